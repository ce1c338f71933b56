"""The certificate of a run: it is believed, and its absence is explained."""

from __future__ import annotations

import ssl
import sys
from pathlib import Path

import pytest

from wsgicheck.catalog import select
from wsgicheck.engine.session import Order, check_server
from wsgicheck.errors import ServerTrouble, UsageTrouble
from wsgicheck.model.result import Verdict
from wsgicheck.servers.certificate import issue
from wsgicheck.servers.command import expect_certificate, resolve

REFERENCE = "{python} -m reference_server {app} --host {host} --port {port}"


def test_without_the_library_it_is_said_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trustme", None)
    with pytest.raises(UsageTrouble) as caught:
        issue(tmp_path)
    assert "trustme" in caught.value.message
    assert "wsgicheck[tls]" in caught.value.hint and "--tls-ca" in caught.value.hint


def test_the_files_fit_together(tmp_path: Path) -> None:
    certificate = issue(tmp_path)
    ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(certificate.chain, certificate.key)
    assert ssl.create_default_context(cafile=certificate.authorities).cert_store_stats()["x509_ca"] == 1


def test_a_profile_adds_its_own_words_for_tls() -> None:
    for name in ("reference", "gunicorn", "hypercorn", "uvicorn", "granian"):
        plain, secured = resolve(name)[1], resolve(name, tls=True)[1]
        assert secured.startswith(plain) and "{tls_cert}" in secured and "{tls_key}" in secured
    expect_certificate(resolve("reference", tls=True)[1])
    with pytest.raises(UsageTrouble, match="tls_cert} is missing"):
        expect_certificate(resolve("waitress", tls=True)[1])


def test_a_command_that_names_the_certificate_is_spoken_to_over_tls() -> None:
    checks = select(["wsgi-url-scheme-is-https", "wsgi-url-scheme-is-http"], ())
    command = f"{REFERENCE} --tls-cert {{tls_cert}} --tls-key {{tls_key}}"
    report = check_server(Order(command, checks), lambda event: None)
    found = {result.check.id: result.verdict for result in report.results}
    assert found == {
        "wsgi-url-scheme-is-https": Verdict.PASS,
        "wsgi-url-scheme-is-http": Verdict.INAPPLICABLE,
    }


def test_a_server_that_speaks_no_tls_is_told_from_one_that_does_not_listen() -> None:
    checks = select(["wsgi-url-scheme-is-https"], ())
    order = Order(f"env NONE={{tls_cert}} {REFERENCE}", checks, timeout=0.5)
    with pytest.raises(ServerTrouble, match="no request came through to "):
        check_server(order, lambda event: None)


def test_a_server_with_a_certificate_of_its_own_is_believed_by_its_authority(tmp_path: Path) -> None:
    """It may bear any name: the server is reached by its loopback address."""
    import trustme

    authority = trustme.CA()
    own = authority.issue_cert("www.example.org")
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    own.private_key_and_cert_chain_pem.write_to_path(tmp_path / "own.pem")
    checks = select(["tls", "tls-variables"], ())
    command = f"{REFERENCE} --tls-cert {tmp_path / 'own.pem'}"
    report = check_server(Order(command, checks, tls_ca=str(tmp_path / "ca.pem")), lambda event: None)
    assert {result.verdict for result in report.results} == {Verdict.PASS}
