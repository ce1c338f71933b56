"""The certificate of a run: what a server needs to be checked over TLS, and whom to believe for it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..errors import UsageTrouble

NAMES = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class Certificate:
    """Paths of PEM files. ``authorities`` vouch for the server's certificate.

    ``chain`` and ``key`` are empty where the server brings its own, which may bear any name.
    """

    authorities: str
    chain: str = ""
    key: str = ""


def issue(folder: Path) -> Certificate:
    """Write a certificate of this machine's loopback names, good for a year, and nobody's business later.

    Raises UsageTrouble where ``trustme`` is not installed: the standard library cannot make one.
    """
    try:
        import trustme
    except ImportError:
        raise UsageTrouble(
            "a certificate for the server cannot be made: the library trustme is not installed",
            "pip install 'wsgicheck[tls]', or name the authorities of the server's own with --tls-ca FILE",
        ) from None
    authority = trustme.CA()
    certificate = authority.issue_cert(*NAMES)
    files = Certificate(*(str(folder / name) for name in ("tls-ca.pem", "tls-cert.pem", "tls-key.pem")))
    authority.cert_pem.write_to_path(files.authorities)
    for number, blob in enumerate(certificate.cert_chain_pems):
        blob.write_to_path(files.chain, append=number > 0)
    certificate.private_key_pem.write_to_path(files.key)
    return files
