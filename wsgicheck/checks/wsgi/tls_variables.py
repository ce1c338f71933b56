"""The environ of a request that came over TLS (PEP 3333, environ Variables)."""

from __future__ import annotations

from ...authoring import Exchange, Request, check, environ_of, expect, inconclusive, needs_tls
from ...spec import pep3333

FEW = "few servers provide the variables of Apache's mod_ssl, and applications go by wsgi.url_scheme"
CONTRADICTED = Request(
    headers=(("X-Forwarded-Proto", "http"), ("X-Forwarded-Ssl", "off"), ("Forwarded", "proto=http")),
    source="127.0.0.2",
)


@check("wsgi-url-scheme-is-https", requires=pep3333.WSGI_URL_SCHEME_VALUE)
def wsgi_url_scheme_is_https(exchange: Exchange) -> None:
    """wsgi.url_scheme is "https" over TLS.

    Links and redirects would lead out of the secured site, and cookies go without their mark.
    """
    needs_tls(exchange)
    environ = environ_of(exchange)
    if "wsgi.url_scheme" not in environ:
        inconclusive("wsgi.url_scheme is absent: wsgi-variables-present fails for it")
    got = environ["wsgi.url_scheme"]
    expect(got == "https", "wsgi.url_scheme over TLS", want="https", got=got)


@check(
    "url-scheme-over-tls-not-from-forwarding-fields",
    requires=pep3333.WSGI_URL_SCHEME_VALUE,
    send=CONTRADICTED,
)
def url_scheme_over_tls_not_from_forwarding_fields(exchange: Exchange) -> None:
    """wsgi.url_scheme is "https" over TLS, whatever a stranger writes into X-Forwarded-Proto or Forwarded.

    Anybody could talk an application out of its secure cookies.
    """
    needs_tls(exchange)
    got = environ_of(exchange).get("wsgi.url_scheme")
    expect(got == "https", "wsgi.url_scheme over TLS", want="https", got=got)


@check("https-variable-on-over-tls", requires=pep3333.SSL_VARIABLES, tempered=FEW)
def https_variable_on_over_tls(exchange: Exchange) -> None:
    """HTTPS is "on" or "1" over TLS.

    Applications that come from CGI look there, and the PEP's own sample gateway does.
    """
    needs_tls(exchange)
    got = environ_of(exchange).get("HTTPS", "absent")
    expect(got.lower() in ("on", "1"), "HTTPS over TLS", want="on", got=got)


@check("ssl-protocol-told-over-tls", requires=pep3333.SSL_VARIABLES, tempered=FEW)
def ssl_protocol_told_over_tls(exchange: Exchange) -> None:
    """SSL_PROTOCOL names the version of TLS that is spoken.

    It is how an application finds out who still comes with an old one.
    """
    needs_tls(exchange)
    got = environ_of(exchange).get("SSL_PROTOCOL", "absent")
    expect(got.startswith("TLSv1"), "SSL_PROTOCOL", want="TLSv1.2 or TLSv1.3", got=got)
