"""204 (No Content) and 1xx, which have no content (RFC 9110 8.6, 15; RFC 9112 6.1, 6.3)."""

from __future__ import annotations

from dataclasses import replace

from ...authoring import (
    NO_INTERIM_IN_WSGI,
    HttpExchange,
    Octets,
    Play,
    called_once,
    check,
    expect,
    expect_absent,
    expect_aligned,
    expect_nothing_behind,
    fail,
    inapplicable,
    octets,
    perform,
    response_of,
    two_with_status,
    writes,
)
from ...authoring.requests import GET_KEPT, GET_TWICE
from ...spec import rfc9110, rfc9112

GET = Octets(octets("GET", "Connection: close"))
NO_CONTENT = Play(status="204 No Content", headers=(), chunks=(), shape="list")
NO_CONTENT_BLOCKS = Play(status="204 No Content", headers=())
NO_CONTENT_LIST = Play(status="204 No Content", headers=(), shape="list")


def _with_length(value: str, name: str = "Content-Length") -> Play:
    return replace(NO_CONTENT, headers=((name, value),))


@check("response-204-without-content", requires=rfc9110.NO_CONTENT, send=GET, play=NO_CONTENT_BLOCKS)
def response_204_without_content(exchange: HttpExchange) -> None:
    """What an application yields with a 204 is not sent, nor is a last chunk.

    The client stops reading at the empty line and takes the octets for the next response.
    """
    expect_nothing_behind(exchange, 204)


@check("response-204-without-listed-content", requires=rfc9110.NO_CONTENT, send=GET, play=NO_CONTENT_LIST)
def response_204_without_listed_content(exchange: HttpExchange) -> None:
    """The one block of a list is not sent with a 204.

    See ``response-204-without-content``.
    """
    expect_nothing_behind(exchange, 204)


@check(
    "response-204-of-any-reason-without-content",
    requires=rfc9110.NO_CONTENT,
    send=GET,
    play=Play(status="204 NOTHING HERE", headers=()),
)
def response_204_of_any_reason_without_content(exchange: HttpExchange) -> None:
    """A 204 has no content whatever its reason phrase says.

    Frameworks write it in capitals, or leave it out, and applications have their own. What a status means is
    in its three digits: a server that compares the whole of it with "204 No Content" sends chunks.
    """
    expect_nothing_behind(exchange, 204)


NO_CONTENT_WRITTEN = Play(status="204 No Content", headers=(), after=(writes(b"written"),), chunks=())


@check("response-204-without-written-content", requires=rfc9110.NO_CONTENT, send=GET, play=NO_CONTENT_WRITTEN)
def response_204_without_written_content(exchange: HttpExchange) -> None:
    """What is passed to ``write()`` is not sent with a 204.

    See ``response-204-without-content``.
    """
    if not exchange.app.of("wrote"):
        inapplicable("write() did not take the octets")
    expect_nothing_behind(exchange, 204)


@check(
    "response-204-without-last-chunk",
    requires=rfc9110.NO_CONTENT,
    send=GET_KEPT,
    play=Play(status="204 No Content", headers=(), chunks=()),
)
def response_204_without_last_chunk(exchange: HttpExchange) -> None:
    """On a kept connection nothing follows a 204, not even an empty chunked body.

    The client reads ``0`` as the first line of the next response.
    """
    expect_nothing_behind(exchange, 204)


@check("response-204-without-length", requires=rfc9110.NO_CONTENT_NO_LENGTH, send=GET_KEPT, play=NO_CONTENT)
def response_204_without_length(exchange: HttpExchange) -> None:
    """The server adds no Content-Length to a 204, not even 0.

    Some clients wait for content, or drop the connection, when they see one.
    """
    expect_absent(exchange, 204, "Content-Length")


@check(
    "response-204-without-inferred-length",
    requires=rfc9110.NO_CONTENT_NO_LENGTH,
    send=GET_KEPT,
    play=Play(status="204 No Content", headers=(), chunks=()),
)
def response_204_without_inferred_length(exchange: HttpExchange) -> None:
    """No Content-Length is inferred for a 204 from an iterator that yields nothing.

    See ``response-204-without-length``.
    """
    expect_absent(exchange, 204, "Content-Length")


@check(
    "response-204-without-given-length",
    requires=rfc9110.NO_CONTENT_NO_LENGTH,
    send=GET,
    play=_with_length("0"),
)
def response_204_without_given_length(exchange: HttpExchange) -> None:
    """A Content-Length of 0 that an application gives with a 204 is not sent on.

    The application should know better, but it is the server that must not send it.
    """
    expect_absent(exchange, 204, "Content-Length")


@check(
    "response-204-without-given-length-of-content",
    requires=rfc9110.NO_CONTENT_NO_LENGTH,
    send=GET,
    play=_with_length("5"),
)
def response_204_without_given_length_of_content(exchange: HttpExchange) -> None:
    """A Content-Length of 5 that an application gives with a 204 is not sent on either.

    See ``response-204-without-given-length``: here a client waits for content, and takes the next response
    for it.
    """
    expect_absent(exchange, 204, "Content-Length")


@check(
    "response-204-without-coding",
    requires=rfc9112.NO_CONTENT_NO_CODING,
    send=GET_KEPT,
    play=Play(status="204 No Content", headers=(), chunks=()),
)
def response_204_without_coding(exchange: HttpExchange) -> None:
    """A 204 has no Transfer-Encoding.

    A server that streams whatever has no length announces chunks which never come.
    """
    expect_absent(exchange, 204, "Transfer-Encoding")


@check(
    "later-response-204-without-coding",
    requires=rfc9112.NO_CONTENT_NO_CODING,
    send=GET_TWICE,
    play=Play(
        status="204 No Content",
        headers=(),
        chunks=(),
        later=(Play(status="204 No Content", headers=(), chunks=()),),
    ),
)
def later_response_204_without_coding(exchange: HttpExchange) -> None:
    """A later 204 of a connection has no Transfer-Encoding, either.

    What was decided for the first holds for that alone; see ``response-204-without-coding``.
    """
    first, second = two_with_status(exchange, 204)
    if first.values("transfer-encoding"):
        inapplicable("response-204-without-coding fails already")
    got = second.values("transfer-encoding")
    expect(not got, "Transfer-Encoding in the second 204", want="absent", got=", ".join(got))


@check(
    "response-204-without-coding-beside-content",
    requires=rfc9112.NO_CONTENT_NO_CODING,
    send=GET,
    play=NO_CONTENT_BLOCKS,
)
def response_204_without_coding_beside_content(exchange: HttpExchange) -> None:
    """A 204 has no Transfer-Encoding where the application yields content for it, either.

    The content is left out, and the field that announces its chunks stays: a client waits for them.
    """
    expect_absent(exchange, 204, "Transfer-Encoding")


@check(
    "response-204-without-coding-when-written",
    requires=rfc9112.NO_CONTENT_NO_CODING,
    send=GET,
    play=NO_CONTENT_WRITTEN,
)
def response_204_without_coding_when_written(exchange: HttpExchange) -> None:
    """A 204 has no Transfer-Encoding where the application calls ``write()``, either.

    See ``response-204-without-coding-beside-content``.
    """
    expect_absent(exchange, 204, "Transfer-Encoding")


@check(
    "response-204-keeps-connection-aligned",
    requires=rfc9112.NO_BODY,
    send=GET_TWICE,
    play=Play(status="204 No Content", headers=(), later=(Play(),)),
)
def response_204_keeps_connection_aligned(exchange: HttpExchange) -> None:
    """On a kept connection the next response begins right behind the header section of a 204.

    The application yields content for it, which must go nowhere.
    """
    expect_aligned(exchange)


@check(
    "interim-status-of-application-answered",
    requires=rfc9110.ONE_FINAL_RESPONSE,
    send=GET,
    play=Play(status="103 Early Hints", headers=(("Link", "</a>; rel=preload"),), chunks=(), shape="list"),
    tempered=NO_INTERIM_IN_WSGI,
)
def interim_status_of_application_answered(exchange: HttpExchange) -> None:
    """A request is answered finally even if its application gives an interim status.

    A 1xx alone leaves the client waiting for the response that it announces.
    """
    called_once(exchange)
    if exchange.response is None and exchange.interim:
        fail(f"the only response is a {exchange.interim[0].status}, which is none")
    response_of(exchange)


@check(
    "interim-status-of-application-without-length",
    requires=(rfc9110.NO_CONTENT_NO_LENGTH, rfc9112.NO_CONTENT_NO_CODING),
    send=GET,
    play=Play(status="103 Early Hints", headers=(("Link", "</a>; rel=preload"),), chunks=(), shape="list"),
    tempered=NO_INTERIM_IN_WSGI,
)
def interim_status_of_application_without_length(exchange: HttpExchange) -> None:
    """No 1xx response has a Content-Length or a Transfer-Encoding.

    A client reads another head right behind its empty line.
    """
    called_once(exchange)
    for interim in exchange.interim:
        got = interim.values("content-length") + interim.values("transfer-encoding")
        expect(not got, f"length or coding in a {interim.status}", want="absent", got=", ".join(got))


OLD = Octets(octets("GET", version="HTTP/1.0"))


@check(
    "response-204-to-http-1-0-without-content", requires=rfc9110.NO_CONTENT, send=OLD, play=NO_CONTENT_LIST
)
def response_204_to_http_1_0_without_content(exchange: HttpExchange) -> None:
    """What an application yields with a 204 is not sent to a client of HTTP/1.0 either.

    See ``response-204-without-content``.
    """
    expect_nothing_behind(exchange, 204)


LATER_BLOCKS = (b"", b"one", b"two")
WRITTEN_TWICE = (writes(b"one"), writes(b"two"))


def _expect_written(exchange: HttpExchange) -> None:
    """End as inapplicable where ``write()`` did not take both blocks."""
    if len(exchange.app.of("wrote")) < 2:
        inapplicable("write() did not take the octets")


@check(
    "response-204-without-later-content",
    requires=rfc9110.NO_CONTENT,
    send=GET,
    play=Play(status="204 No Content", headers=(), chunks=LATER_BLOCKS),
)
def response_204_without_later_content(exchange: HttpExchange) -> None:
    """No later block of an iterable is sent with a 204 either.

    The first block is dropped where the headers are made; the later ones pass by there.
    """
    expect_nothing_behind(exchange, 204)


@check(
    "response-204-without-later-written-content",
    requires=rfc9110.NO_CONTENT,
    send=GET,
    play=Play(status="204 No Content", headers=(), after=WRITTEN_TWICE, chunks=(b"three",)),
)
def response_204_without_later_written_content(exchange: HttpExchange) -> None:
    """What is passed to a second ``write()``, and yielded behind it, is not sent with a 204.

    See ``response-204-without-later-content``.
    """
    _expect_written(exchange)
    expect_nothing_behind(exchange, 204)


@check(
    "response-204-without-given-length-in-any-case",
    requires=rfc9110.NO_CONTENT_NO_LENGTH,
    send=GET_TWICE,
    play=replace(_with_length("0"), later=(_with_length("0", "content-length"),)),
)
def response_204_without_given_length_in_any_case(exchange: HttpExchange) -> None:
    """A server that takes Content-Length out of a 204 takes out content-length, too.

    Frameworks write names in small letters; it is the same field.
    """
    first, second = two_with_status(exchange, 204)
    if first.values("content-length"):
        inapplicable("response-204-without-given-length fails already")
    got = second.values("content-length")
    expect(not got, "content-length in a 204", want="absent", got=", ".join(got))


@check(
    "response-204-to-head-without-length",
    requires=rfc9110.NO_CONTENT_NO_LENGTH,
    send=Octets(octets("HEAD"), methods=("HEAD",)),
    play=NO_CONTENT_LIST,
)
def response_204_to_head_without_length(exchange: HttpExchange) -> None:
    """A 204 to HEAD gets no Content-Length.

    The length that GET would get is told for HEAD; with a 204 it must not be told to either of them.
    """
    expect_absent(exchange, 204, "Content-Length")


@check(
    "response-204-to-head-without-given-length",
    requires=rfc9110.NO_CONTENT_NO_LENGTH,
    send=Octets(octets("HEAD"), methods=("HEAD",)),
    play=_with_length("0"),
)
def response_204_to_head_without_given_length(exchange: HttpExchange) -> None:
    """A Content-Length of 0 that an application gives with a 204 is not sent on to HEAD either.

    HEAD keeps the length of what GET would have had, and a 204 to GET has none.
    """
    expect_absent(exchange, 204, "Content-Length")


@check(
    "response-204-without-file-content",
    requires=rfc9110.NO_CONTENT,
    send=GET,
    play=Play(
        status="204 No Content",
        headers=(),
        before=(perform("file", "plain", b"a file that is not sent", 40), perform("wrap")),
        shape="wrapped",
    ),
)
def response_204_without_file_content(exchange: HttpExchange) -> None:
    """A wrapped file is not sent with a 204.

    sendfile() goes past the place where the content of other responses is dropped.
    """
    expect_nothing_behind(exchange, 204)
