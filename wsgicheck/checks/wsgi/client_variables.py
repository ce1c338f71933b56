"""The variables of the client and its connection, whatever it claims (RFC 3875, 4.1.8 to 4.1.11)."""

from __future__ import annotations

from ...authoring import (
    Exchange,
    Request,
    check,
    environ_of,
    expect,
    inapplicable,
    inconclusive,
    needs_plain,
)
from ...spec import pep3333, rfc3875

STRANGER = "127.0.0.2"
STRANGERS = Request(source=STRANGER)
FORWARDED = Request(
    headers=(
        ("X-Forwarded-For", "192.0.2.9"),
        ("X-Real-IP", "192.0.2.9"),
        ("X-Forwarded-Proto", "https"),
        ("X-Forwarded-Protocol", "ssl"),
        ("X-Forwarded-Ssl", "on"),
        ("X-Forwarded-Host", "forwarded.example"),
        ("X-Forwarded-Port", "444"),
        ("X-Forwarded-Server", "forwarded.example"),
        ("X-Forwarded-Prefix", "/forwarded-prefix"),
        ("Forwarded", 'for=192.0.2.9;proto=https;host="forwarded.example:444"'),
    ),
    source=STRANGER,
)


def expect_tcp(exchange: Exchange) -> None:
    """A UNIX socket's client has no address: inapplicable there."""
    if exchange.server.port is None:
        inapplicable("the client of a UNIX socket has no address")


@check("remote-addr-provided", requires=pep3333.CGI_VARIABLES_OTHER)
def remote_addr_provided(exchange: Exchange) -> None:
    """REMOTE_ADDR is provided.

    Logs, limits and permissions rest on it.
    """
    expect_tcp(exchange)
    environ = environ_of(exchange)
    expect(
        not environ.lacks("REMOTE_ADDR"), "REMOTE_ADDR", want="the client's address", got="absent or empty"
    )


@check("remote-addr-is-the-client", requires=rfc3875.REMOTE_ADDR, send=STRANGERS)
def remote_addr_is_the_client(exchange: Exchange) -> None:
    """REMOTE_ADDR is the address that the connection comes from, without its port.

    Here that is 127.0.0.2, one of the loopback network's addresses.
    """
    expect_tcp(exchange)
    environ = environ_of(exchange)
    if environ.lacks("REMOTE_ADDR"):
        inconclusive("REMOTE_ADDR has no value: remote-addr-provided fails for it")
    got = environ["REMOTE_ADDR"]
    expect(got in (STRANGER, f"::ffff:{STRANGER}"), "REMOTE_ADDR", want=STRANGER, got=got)


@check(
    "remote-addr-not-from-forwarding-fields", requires=rfc3875.REMOTE_ADDR, send=FORWARDED, control=STRANGERS
)
def remote_addr_not_from_forwarding_fields(exchange: Exchange) -> None:
    """REMOTE_ADDR is not what a stranger writes into X-Forwarded-For, X-Real-IP or Forwarded.

    Whoever is believed walks past every limit and every list of addresses.
    """
    if exchange.app.called:
        got = environ_of(exchange).get("REMOTE_ADDR")
        expect("192.0.2.9" not in got, "REMOTE_ADDR", want=STRANGER, got=got)


@check(
    "url-scheme-not-from-forwarding-fields",
    requires=pep3333.WSGI_URL_SCHEME_VALUE,
    send=FORWARDED,
    control=STRANGERS,
)
def url_scheme_not_from_forwarding_fields(exchange: Exchange) -> None:
    """wsgi.url_scheme is not what a stranger writes into X-Forwarded-Proto, X-Forwarded-Ssl or Forwarded.

    Applications send secrets where they believe that the connection is secure.
    """
    needs_plain(exchange)
    expect_tcp(exchange)  # whoever may write to a UNIX socket was let in as the proxy
    if exchange.app.called:
        got = environ_of(exchange).get("wsgi.url_scheme")
        expect(got != "https", "wsgi.url_scheme", want="http", got=got)


@check(
    "server-variables-not-from-forwarding-fields",
    requires=(rfc3875.SERVER_PORT, pep3333.SERVER_NAME_PORT_DEFAULT, pep3333.URL_HTTP_HOST),
    send=FORWARDED,
    control=STRANGERS,
)
def server_variables_not_from_forwarding_fields(exchange: Exchange) -> None:
    """SERVER_NAME, SERVER_PORT and HTTP_HOST are not what a stranger writes into X-Forwarded-Host or -Port.

    Links in mails are made of them: they would lead to the attacker.
    """
    if exchange.app.called:
        environ = environ_of(exchange)
        for key in ("SERVER_NAME", "SERVER_PORT", "HTTP_HOST"):
            got = environ.get(key)
            expect(
                "forwarded.example" not in got and got != "444", key, want="the server's own word", got=got
            )


@check(
    "script-name-not-from-forwarding-fields", requires=pep3333.SCRIPT_NAME, send=FORWARDED, control=STRANGERS
)
def script_name_not_from_forwarding_fields(exchange: Exchange) -> None:
    """SCRIPT_NAME is not what a stranger writes into X-Forwarded-Prefix.

    Every link of the application begins with it.
    """
    if exchange.app.called:
        got = environ_of(exchange).get("SCRIPT_NAME")
        expect("forwarded-prefix" not in got, "SCRIPT_NAME", want="the server's own word", got=got)


@check(
    "user-not-invented",
    requires=pep3333.VARIABLES_LEFT_OUT,
    send=Request(
        headers=(
            ("Authorization", "Basic d3NnaWNoZWNrOnNlY3JldA=="),
            ("X-Remote-User", "wsgicheck"),
            ("X-Forwarded-User", "wsgicheck"),
        )
    ),
)
def user_not_invented(exchange: Exchange) -> None:
    """REMOTE_USER is left out where the server did not authenticate anybody, whatever was sent.

    Applications take who stands there for known.
    """
    environ = environ_of(exchange)
    for key in ("REMOTE_USER", "REMOTE_IDENT"):
        expect(environ.lacks(key), f"{key} without authentication", want="absent", got=environ.get(key))


@check(
    "variables-without-value-left-out",
    requires=pep3333.VARIABLES_LEFT_OUT,
    tempered="an empty string reads like an absent variable in most applications",
)
def variables_without_value_left_out(exchange: Exchange) -> None:
    """REMOTE_USER, AUTH_TYPE, REMOTE_IDENT and PATH_TRANSLATED are absent rather than empty.

    ``"REMOTE_USER" in environ`` is how applications ask whether somebody is known.
    """
    environ = environ_of(exchange)
    for key in ("REMOTE_USER", "AUTH_TYPE", "REMOTE_IDENT", "PATH_TRANSLATED"):
        expect(environ.get(key, "absent") != "", f"{key} without a value", want="absent", got="")


@check("https-variable-off-without-tls", requires=pep3333.VARIABLES_LEFT_OUT)
def https_variable_off_without_tls(exchange: Exchange) -> None:
    """HTTPS is absent or "off" on a plain connection.

    Applications take any other value for a secure connection.
    """
    needs_plain(exchange)
    got = environ_of(exchange).get("HTTPS", "off")
    expect(got.lower() in ("off", "", "0"), "HTTPS on a plain connection", want="absent", got=got)
