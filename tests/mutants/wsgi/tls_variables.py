"""Mutants of the environ of a request that came over TLS."""

from __future__ import annotations

from typing import Any

from reference_server import ReferenceServer


class SaysHttpOverTls(ReferenceServer):
    """The scheme is that of a plain connection, as where a proxy is expected to have TLS."""

    over_tls = True
    kills = {
        "wsgi-url-scheme-is-https": "wsgi.url_scheme over TLS: want https, got http",
        "url-scheme-over-tls-not-from-forwarding-fields": "wsgi.url_scheme over TLS: want https, got http",
        "url-reconstructed": "reconstructed URL: want 'https://",
        "url-reconstructed-without-host": "reconstructed URL: want https://",
    }

    def url_scheme(self, transaction: Any) -> str:
        return "http"


class BelievesForwardedProtoOverTls(ReferenceServer):
    """A field of the client decides."""

    over_tls = True
    kills = {
        "url-scheme-over-tls-not-from-forwarding-fields": "wsgi.url_scheme over TLS: want https, got http"
    }

    def url_scheme(self, transaction: Any) -> str:
        (scheme,) = self.field_values(transaction.request, b"x-forwarded-proto") or [b"https"]
        return scheme.decode("latin-1")


class KeepsHttpsQuiet(ReferenceServer):
    """Everything of TLS is told but its name."""

    over_tls = True
    kills = {"https-variable-on-over-tls": "HTTPS over TLS: want on, got absent"}

    def tls_variables(self, transaction: Any) -> dict[str, str]:
        variables = super().tls_variables(transaction)
        del variables["HTTPS"]
        return variables


class SaysHttpsTrue(ReferenceServer):
    """The word is another one than that of Apache."""

    over_tls = True
    kills = {"https-variable-on-over-tls": "HTTPS over TLS: want on, got true"}

    def tls_variables(self, transaction: Any) -> dict[str, str]:
        return {**super().tls_variables(transaction), "HTTPS": "true"}


class KeepsProtocolQuiet(ReferenceServer):
    """Nobody learns which version of TLS is spoken."""

    over_tls = True
    kills = {"ssl-protocol-told-over-tls": "SSL_PROTOCOL: want TLSv1.2 or TLSv1.3, got absent"}

    def tls_variables(self, transaction: Any) -> dict[str, str]:
        variables = super().tls_variables(transaction)
        del variables["SSL_PROTOCOL"]
        return variables
