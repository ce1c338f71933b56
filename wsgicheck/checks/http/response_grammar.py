"""The octets of a response's head (RFC 9112 2, 4, 5, 6)."""

from __future__ import annotations

from ...authoring import (
    PLAIN_TEXT,
    HttpExchange,
    Play,
    called_once,
    check,
    expect,
    expect_no_fault,
    inapplicable,
    response_of,
)
from ...authoring.requests import GET_KEPT
from ...spec import rfc9110, rfc9112

LISTED = Play(shape="list")


@check("response-lines-end-in-crlf", requires=rfc9112.MESSAGE_FORMAT, send=GET_KEPT, play=LISTED)
def response_lines_end_in_crlf(exchange: HttpExchange) -> None:
    """Every line of a response's head ends in CRLF.

    A proxy and a client that differ about a bare LF see different fields, or different responses.
    """
    called_once(exchange)
    expect_no_fault(response_of(exchange), "a line ends in a bare LF")


@check("streamed-response-lines-end-in-crlf", requires=rfc9112.MESSAGE_FORMAT, send=GET_KEPT)
def streamed_response_lines_end_in_crlf(exchange: HttpExchange) -> None:
    """Every line of the head ends in CRLF where the response is streamed, too.

    Its head has other fields, perhaps from another place.
    """
    called_once(exchange)
    expect_no_fault(response_of(exchange), "a line ends in a bare LF")


@check("response-begins-with-status-line", requires=rfc9112.STATUS_LINE, send=GET_KEPT, play=LISTED)
def response_begins_with_status_line(exchange: HttpExchange) -> None:
    """A response begins with its status line: version, SP, three digits, SP, reason.

    Octets before it, or another form, leave clients with HTTP/0.9 or with an error.
    """
    called_once(exchange)
    response = response_of(exchange)
    expect_no_fault(response, "no status line", "the status line", "the reason phrase")
    good = response.version in ("HTTP/1.1", "HTTP/1.0")
    expect(good, "version of the status line", want="HTTP/1.1 or HTTP/1.0", got=response.version)


@check("response-field-lines-well-formed", requires=rfc9112.FIELD_LINE, send=GET_KEPT, play=LISTED)
def response_field_lines_well_formed(exchange: HttpExchange) -> None:
    """Every field line is a token, a colon and a value without control characters.

    Clients and proxies drop the response, or read the line as something else.
    """
    called_once(exchange)
    expect_no_fault(response_of(exchange), "a field")


@check("streamed-response-field-lines-well-formed", requires=rfc9112.FIELD_LINE, send=GET_KEPT)
def streamed_response_field_lines_well_formed(exchange: HttpExchange) -> None:
    """The field lines of a streamed response are well-formed, too.

    Its head has other fields, perhaps from another place.
    """
    called_once(exchange)
    expect_no_fault(response_of(exchange), "a field")


SINGLETONS = ("content-length", "content-type", "server", "location", "etag", "last-modified")


@check(
    "response-fields-not-duplicated",
    requires=rfc9110.FIELD_NOT_DUPLICATED,
    send=GET_KEPT,
    play=Play(
        headers=(
            ("content-TYPE", "text/plain"),
            ("SERVER", "mine"),
            ("LOCATION", "/a"),
            ("content-LENGTH", "9"),
        ),
        shape="list",
    ),
)
def response_fields_not_duplicated(exchange: HttpExchange) -> None:
    """A field that the application gives, in whatever case, gets no second line from the server.

    Two of Content-Length, Content-Type, Server or Location: each recipient believes another one.
    """
    called_once(exchange)
    response = response_of(exchange)
    for name in SINGLETONS:
        got = response.values(name)
        expect(len(got) <= 1, f"lines of {name}", want="at most 1", got=", ".join(got))


@check(
    "length-and-coding-not-sent-together",
    requires=rfc9112.LENGTH_AND_CODING_NOT_SENT,
    send=GET_KEPT,
    play=Play(headers=(*PLAIN_TEXT, ("content-length", "9"))),
)
def length_and_coding_not_sent_together(exchange: HttpExchange) -> None:
    """A streamed response with the application's Content-Length gets no Transfer-Encoding.

    Two ways to find the end are two ends: the classic means of response smuggling.
    """
    called_once(exchange)
    expect_no_fault(response_of(exchange), "Content-Length beside Transfer-Encoding")


@check("coding-is-chunked-alone", requires=rfc9112.CODING_WITHOUT_CHUNKED, send=GET_KEPT)
def coding_is_chunked_alone(exchange: HttpExchange) -> None:
    """A streamed response has no transfer coding but chunked, for the client offered no other.

    Another coding must be followed by chunked, or by the close.
    """
    called_once(exchange)
    response = response_of(exchange)
    codings = [
        part.strip().lower() for value in response.values("transfer-encoding") for part in value.split(",")
    ]
    if not codings:
        inapplicable("the response has no Transfer-Encoding")
    expect(codings == ["chunked"], "transfer codings of the response", want="chunked", got=", ".join(codings))
