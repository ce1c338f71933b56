"""CONTENT_TYPE and CONTENT_LENGTH, and the fields that keep their prefix (RFC 3875, 4.1.2, 4.1.3)."""

from __future__ import annotations

from ...authoring import Exchange, Play, Request, body, check, environ_of, expect, inconclusive
from ...spec import pep3333, rfc3875

MEDIA_TYPE = 'Text/X-Wsgicheck; charset="a b"; Q=1'
POST = Request("POST", "/", (("cOnTeNt-tYpE", MEDIA_TYPE), ("Content-Language", "de")), b"hello")
GZIPPED = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xcbH\xcd\xc9\xc9\x07\x00\x86\xa6\x106\x05\x00\x00\x00"
ENCODED = Request("POST", "/", (("Content-Type", "text/plain"), ("Content-Encoding", "gzip")), GZIPPED)
CHUNKED = Request(
    "POST",
    "/",
    (("Content-Type", "text/plain"), ("Transfer-Encoding", "chunked")),
    b"3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n",
)
SPACED = 'multipart/x-wsgicheck;boundary="a;b" ;  q=1'
SPACED_TYPE = Request("POST", "/", (("Content-Type", SPACED),), b"hello")
OCTETS = Request("POST", "/", (("Content-Type", "text/plain; name=\xe2\x82\xac\xff"),), b"hello")


@check(
    "content-type-is-the-field",
    requires=(pep3333.CONTENT_TYPE, pep3333.CGI_VARIABLES_PRESENT, rfc3875.CONTENT_TYPE_SET),
    send=POST,
)
def content_type_is_the_field(exchange: Exchange) -> None:
    """CONTENT_TYPE is the value of the Content-Type field, with its parameters and in its case.

    The boundary of a form is one of them.
    """
    got = environ_of(exchange).get("CONTENT_TYPE")
    expect(got == MEDIA_TYPE, "CONTENT_TYPE", want=MEDIA_TYPE, got=got)


@check(
    "content-length-is-the-field",
    requires=(pep3333.CONTENT_LENGTH, pep3333.CGI_VARIABLES_PRESENT, rfc3875.CONTENT_LENGTH_SET),
    send=POST,
)
def content_length_is_the_field(exchange: Exchange) -> None:
    """CONTENT_LENGTH is the value of the Content-Length field.

    It tells an application how far it may read.
    """
    got = environ_of(exchange).get("CONTENT_LENGTH")
    expect(got == "5", "CONTENT_LENGTH", want="5", got=got)


@check(
    "content-length-of-large-body",
    requires=(pep3333.CONTENT_LENGTH, rfc3875.CONTENT_LENGTH_SYNTAX),
    send=Request("PUT", "/", (("Content-Type", "text/plain"),), b"0123456789" * 10000),
    play=Play(after=(body(),)),
)
def content_length_of_large_body(exchange: Exchange) -> None:
    """CONTENT_LENGTH of a body of 100000 octets is that number.

    The number is that of the field, not of what has arrived yet.
    """
    got = environ_of(exchange).get("CONTENT_LENGTH")
    expect(got == "100000", "CONTENT_LENGTH", want="100000", got=got)


@check("content-length-without-body", requires=(pep3333.CONTENT_LENGTH, rfc3875.CONTENT_LENGTH_SET))
def content_length_without_body(exchange: Exchange) -> None:
    """CONTENT_LENGTH is absent, empty or 0 where the request has no body.

    With any other number the application waits for a body that never comes.
    """
    environ = environ_of(exchange)
    got = environ.get("CONTENT_LENGTH")
    expect(
        environ.lacks("CONTENT_LENGTH") or got == "0", "CONTENT_LENGTH without a body", want="absent", got=got
    )


@check(
    "content-length-of-chunked-body",
    requires=(rfc3875.CONTENT_LENGTH_DECODED, rfc3875.TRANSFER_CODINGS_REMOVED),
    send=CHUNKED,
    play=Play(after=(body(),)),
)
def content_length_of_chunked_body(exchange: Exchange) -> None:
    """CONTENT_LENGTH of a chunked body is absent, or the number of octets without their framing.

    The application reads what was decoded: with the number of octets on the wire it waits for more.
    """
    environ = environ_of(exchange)
    got = environ.get("CONTENT_LENGTH")
    # 0 is what a server of HTTP/1.0 says, which knows no chunks and gives the application nothing to read.
    decoded = any("hello" in read.facts["body"] for read in exchange.app.of("body"))
    expect(
        environ.lacks("CONTENT_LENGTH") or got == "5" or (got == "0" and not decoded),
        "CONTENT_LENGTH of a chunked body",
        want="absent or 5",
        got=got,
    )


@check("content-type-not-invented", requires=rfc3875.CONTENT_TYPE_OMITTED)
def content_type_not_invented(exchange: Exchange) -> None:
    """CONTENT_TYPE is absent or empty where the request has neither body nor Content-Type.

    An application cannot tell what the client said from what the server made up.
    """
    environ = environ_of(exchange)
    expect(
        environ.lacks("CONTENT_TYPE"),
        "CONTENT_TYPE of a request without one",
        want="absent",
        got=environ.get("CONTENT_TYPE"),
    )


@check("content-type-latin-1", requires=pep3333.HTTP_VARIABLE_LATIN_1, send=OCTETS, control=POST)
def content_type_latin_1(exchange: Exchange) -> None:
    """Octets above 0x7F in Content-Type arrive as one Latin-1 character each, or are refused.

    CONTENT_TYPE is made apart from the other variables, and decoded apart.
    """
    if exchange.app.called:
        environ = environ_of(exchange)
        got, want = environ.get("CONTENT_TYPE"), "text/plain; name=\xe2\x82\xac\xff"
        if not environ.lacks("CONTENT_TYPE"):
            expect(got == want, "CONTENT_TYPE", want=want, got=got)


@check(
    "content-type-only-without-prefix",
    requires=rfc3875.CONTENT_FIELDS_REMOVED,
    send=POST,
    tempered="PEP 3333 does not forbid an equal HTTP_CONTENT_TYPE beside CONTENT_TYPE",
)
def content_type_only_without_prefix(exchange: Exchange) -> None:
    """Content-Type is delivered as CONTENT_TYPE, and not as HTTP_CONTENT_TYPE as well.

    Of two variables for one field, middleware changes one.
    """
    got = environ_of(exchange).get("HTTP_CONTENT_TYPE", "absent")
    expect(got == "absent", "HTTP_CONTENT_TYPE", want="absent", got=got)


@check(
    "content-length-only-without-prefix",
    requires=rfc3875.CONTENT_FIELDS_REMOVED,
    send=POST,
    tempered="PEP 3333 does not forbid an equal HTTP_CONTENT_LENGTH beside CONTENT_LENGTH",
)
def content_length_only_without_prefix(exchange: Exchange) -> None:
    """Content-Length is delivered as CONTENT_LENGTH, and not as HTTP_CONTENT_LENGTH as well.

    Of two variables for one field, middleware changes one.
    """
    got = environ_of(exchange).get("HTTP_CONTENT_LENGTH", "absent")
    expect(got == "absent", "HTTP_CONTENT_LENGTH", want="absent", got=got)


@check(
    "other-content-fields-keep-prefix",
    requires=(pep3333.HTTP_VARIABLE_NAMES, rfc3875.HTTP_VARIABLE_NAMES),
    send=POST,
)
def other_content_fields_keep_prefix(exchange: Exchange) -> None:
    """Content-Language is delivered as HTTP_CONTENT_LANGUAGE: only type and length have no prefix.

    A server that strips the prefix from all that begins with Content hides them from applications.
    """
    environ = environ_of(exchange)
    if environ.lacks("HTTP_CONTENT_LANGUAGE") and "CONTENT_LANGUAGE" not in environ:
        inconclusive("Content-Language did not arrive under any name")
    expect("CONTENT_LANGUAGE" not in environ, "CONTENT_LANGUAGE", want="absent", got="present")


@check(
    "content-encoding-keeps-prefix",
    requires=(pep3333.HTTP_VARIABLES, rfc3875.HTTP_VARIABLE_NAMES),
    send=ENCODED,
    play=Play(after=(body(),)),
)
def content_encoding_keeps_prefix(exchange: Exchange) -> None:
    """A content coding is delivered with the octets: HTTP_CONTENT_ENCODING and the coded body.

    A server that decodes the body removes the field with it. One without the other is unreadable.
    """
    environ = environ_of(exchange)
    read = exchange.app.of("body")
    if not read:
        inconclusive("the application did not come to read its body")
    coded = read[0].facts["body"] == GZIPPED.decode("latin-1")
    got = environ.get("HTTP_CONTENT_ENCODING")
    want = "gzip" if coded else ""
    expect(
        got == want,
        f"HTTP_CONTENT_ENCODING of a body that is {'' if coded else 'not '}as sent",
        want=want,
        got=got,
    )
    expect("CONTENT_ENCODING" not in environ, "CONTENT_ENCODING", want="absent", got="present")


@check(
    "content-type-spaced-as-sent", requires=(pep3333.CONTENT_TYPE, rfc3875.CONTENT_TYPE_SET), send=SPACED_TYPE
)
def content_type_spaced_as_sent(exchange: Exchange) -> None:
    """CONTENT_TYPE keeps the blanks around its semicolons, or their absence.

    A semicolon may stand within a quoted boundary, where a blank more is another boundary.
    """
    got = environ_of(exchange).get("CONTENT_TYPE")
    expect(got == SPACED, "CONTENT_TYPE", want=SPACED, got=got)


@check(
    "content-type-without-content-is-the-field",
    requires=(pep3333.CONTENT_TYPE, rfc3875.CONTENT_TYPE_SET),
    send=Request(headers=(("Content-Type", MEDIA_TYPE),)),
)
def content_type_without_content_is_the_field(exchange: Exchange) -> None:
    """CONTENT_TYPE is the value of the field also where a request has no content.

    Clients of programming interfaces say their type with each request; some services choose by it what they
    answer.
    """
    got = environ_of(exchange).get("CONTENT_TYPE")
    expect(got == MEDIA_TYPE, "CONTENT_TYPE of a GET without content", want=MEDIA_TYPE, got=got or "absent")
