"""Field names that could pass for others once they are variables (RFC 9110, 17.10; RFC 3875, 4.1.18)."""

from __future__ import annotations

from ...authoring import Carrier, Exchange, Play, Request, body, check, environ_of, expect, inapplicable
from ...spec import pep3333, rfc3875, rfc9110, rfc9112

PLAIN_POST = Request("POST", headers=(("Content-Type", "text/plain"),), body=b"hello")
BODY = Play(after=(body(),))
CONTROL = Request(headers=(("X-Collide", "good"),), carrier=Carrier.QUERY)
POSING = Request(
    target="/path",
    headers=(
        ("Request-Method", "DELETE"),
        ("Script-Name", "/evil"),
        ("Path-Info", "/evil"),
        ("Query-String", "evil"),
        ("Server-Name", "evil"),
        ("Server-Port", "1"),
        ("Server-Protocol", "HTTP/9.9"),
        ("Remote-Addr", "192.0.2.9"),
        ("Remote-User", "evil"),
        ("Auth-Type", "Evil"),
        ("wsgi.url_scheme", "evil"),
        ("wsgi.input", "evil"),
        ("HTTP-Host", "evil"),
    ),
)
POSING_CONTROL = Request(target="/path", headers=(("X-Request-Method", "DELETE"),))
DOUBLES = (
    ("Server_Name", "evil"),
    ("Remote_User", "evil"),
    ("Remote_Addr", "192.0.2.9"),
    ("Auth_Type", "Evil"),
    ("Request_Method", "DELETE"),
    ("Query_String", "evil"),
)
FIRST = Request(headers=(("X-Collide", "good"), ("X_Collide", "evil")), carrier=Carrier.QUERY)
LAST = Request(headers=(("X_Collide", "evil"), ("X-Collide", "good")), carrier=Carrier.QUERY)


def expect_unmixed(exchange: Exchange, key: str) -> None:
    """Fail where a field of another name is in the variable; a refused request is safe."""
    if exchange.app.called:
        got = environ_of(exchange).get(key, "good")
        expect("evil" not in got, key, want="good", got=got)


def expect_content(exchange: Exchange, key: str, want: str) -> None:
    """Fail unless CONTENT_TYPE or CONTENT_LENGTH is that of the real field; a refused request is safe."""
    if exchange.app.called:
        got = environ_of(exchange).get(key)
        expect(got == want, key, want=want, got=got)


@check("underscore-field-does-not-override", requires=rfc9110.FIELD_NAME_MAPPING, send=FIRST, control=CONTROL)
def underscore_field_does_not_override(exchange: Exchange) -> None:
    """A field X_Collide that follows X-Collide does not get into its variable.

    A proxy that sets X-User removes the client's X-User, but not the client's X_User.
    """
    expect_unmixed(exchange, "HTTP_X_COLLIDE")


@check("underscore-field-does-not-precede", requires=rfc9110.FIELD_NAME_MAPPING, send=LAST, control=CONTROL)
def underscore_field_does_not_precede(exchange: Exchange) -> None:
    """A field X_Collide that precedes X-Collide does not get into its variable.

    Where the first of two wins, the order of the attack is the other one.
    """
    expect_unmixed(exchange, "HTTP_X_COLLIDE")


@check(
    "odd-field-names-not-mixed-up",
    requires=rfc9110.FIELD_NAME_MAPPING,
    send=Request(
        headers=(("X.Collide", "evil"), ("X-Collide", "good"), ("X!Collide", "evil"), ("X~Collide", "evil")),
        carrier=Carrier.QUERY,
    ),
    control=CONTROL,
)
def odd_field_names_not_mixed_up(exchange: Exchange) -> None:
    """Fields such as X.Collide and X!Collide do not get into the variable of X-Collide.

    Every token is a name. Mapping all odd characters to "_" makes one of many.
    """
    expect_unmixed(exchange, "HTTP_X_COLLIDE")


@check(
    "underscore-content-length-ignored",
    requires=(pep3333.CONTENT_LENGTH, rfc9110.FIELD_NAME_MAPPING),
    send=Request("POST", headers=(("Content-Length", "5"), ("Content_Length", "3")), body=b"hello"),
    play=BODY,
    control=PLAIN_POST,
)
def underscore_content_length_ignored(exchange: Exchange) -> None:
    """A field Content_Length does not change CONTENT_LENGTH.

    Server and application would disagree where the body ends.
    """
    expect_content(exchange, "CONTENT_LENGTH", "5")


@check(
    "underscore-content-length-of-get-ignored",
    requires=(pep3333.CONTENT_LENGTH, rfc9110.FIELD_NAME_MAPPING),
    send=Request(headers=(("Content_Length", "3"),)),
    control=Request(),
)
def underscore_content_length_of_get_ignored(exchange: Exchange) -> None:
    """A field Content_Length alone does not make a CONTENT_LENGTH.

    The application would wait for a body that never comes.
    """
    if exchange.app.called:
        got = environ_of(exchange).get("CONTENT_LENGTH")
        expect(got != "3", "CONTENT_LENGTH of a request without body", want="absent", got=got)


@check(
    "underscore-content-type-ignored",
    requires=(pep3333.CONTENT_TYPE, rfc9110.FIELD_NAME_MAPPING),
    send=Request(
        "POST", headers=(("Content-Type", "text/plain"), ("Content_Type", "text/x-evil")), body=b"hello"
    ),
    play=BODY,
    control=PLAIN_POST,
)
def underscore_content_type_ignored(exchange: Exchange) -> None:
    """A field Content_Type does not change CONTENT_TYPE.

    A filter in front has looked at the real field.
    """
    expect_content(exchange, "CONTENT_TYPE", "text/plain")


@check(
    "underscore-transfer-encoding-ignored",
    requires=(rfc9112.REQUEST_LENGTH, rfc9110.FIELD_NAME_MAPPING),
    send=Request(
        "POST", headers=(("Transfer_Encoding", "chunked"), ("Content-Length", "5")), body=b"0\r\n\r\n"
    ),
    play=BODY,
    control=PLAIN_POST,
)
def underscore_transfer_encoding_ignored(exchange: Exchange) -> None:
    """A field Transfer_Encoding does not frame the body.

    A front end forwards it without looking at it: the two would disagree where the request ends.
    """
    read = exchange.app.of("body")
    if read:
        got = read[0].facts["body"]
        expect(got == "0\r\n\r\n", "body that the application read", want="0\r\n\r\n", got=got)


@check(
    "request-fields-do-not-pose-as-variables",
    requires=(rfc3875.HTTP_VARIABLE_NAMES, rfc9110.FIELD_NAME_MAPPING),
    send=POSING,
    control=POSING_CONTROL,
)
def request_fields_do_not_pose_as_variables(exchange: Exchange) -> None:
    """Fields named Remote-User, Server-Name or wsgi.input stay apart from the variables of these names.

    Their prefix HTTP_ is what tells the client's word from the server's.
    """
    if exchange.app.called:
        expect_own_words(exchange, "the client's")


@check(
    "underscore-fields-do-not-pose-as-variables",
    requires=(rfc3875.HTTP_VARIABLE_NAMES, rfc9110.FIELD_NAME_MAPPING),
    send=Request(target="/path", headers=DOUBLES),
    control=POSING_CONTROL,
)
def underscore_fields_do_not_pose_as_variables(exchange: Exchange) -> None:
    """Fields named Remote_User or Server_Name stay apart from the variables of these names.

    In upper case they are spelt the same.
    """
    if exchange.app.called:
        expect_own_words(exchange, "the client's")


def expect_own_words(exchange: Exchange, whose: str) -> None:
    """Fail where a variable of the server has the value of a field of the client."""
    environ = environ_of(exchange)
    evil = ("evil", "/evil", "Evil", "DELETE", "1", "HTTP/9.9", "192.0.2.9")
    posing = (
        "REQUEST_METHOD",
        "SCRIPT_NAME",
        "PATH_INFO",
        "QUERY_STRING",
        "SERVER_NAME",
        "SERVER_PORT",
        "SERVER_PROTOCOL",
        "REMOTE_ADDR",
        "REMOTE_USER",
        "AUTH_TYPE",
        "wsgi.url_scheme",
        "wsgi.input",
        "HTTP_HOST",
    )
    for key in posing:
        got = environ.get(key)
        expect(got not in evil, key, want="the server's own word", got=f"{whose}: {got}")


@check(
    "forwarding-fields-with-underscore-not-believed",
    requires=rfc9110.FIELD_NAME_MAPPING,
    send=Request(
        target="/path", headers=(("SCRIPT_NAME", "/path"), ("PATH_INFO", "/evil")), source="127.0.0.2"
    ),
    control=Request(target="/path", source="127.0.0.2"),
)
def forwarding_fields_with_underscore_not_believed(exchange: Exchange) -> None:
    """Fields SCRIPT_NAME and PATH_INFO of a stranger do not set the variables of these names.

    Whoever may set them passes by every rule about paths in front of the application.
    """
    if exchange.server.port is None:
        inapplicable("whoever may write to a UNIX socket was let in as the proxy")
    if exchange.app.called:
        environ = environ_of(exchange)
        for key in ("SCRIPT_NAME", "PATH_INFO"):
            want = "" if key == "SCRIPT_NAME" else "/path"
            expect(environ.get(key) == want, key, want=want, got=environ.get(key))
