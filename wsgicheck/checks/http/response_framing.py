"""Where a response ends (RFC 9112 6; RFC 9110 8.6)."""

from __future__ import annotations

from ...authoring import (
    PLAIN_TEXT,
    HttpExchange,
    Play,
    announces_close,
    called_once,
    check,
    ended_by_server,
    expect,
    expect_octets,
    fail,
    inapplicable,
    response_of,
    writes,
)
from ...authoring.requests import GET_KEPT
from ...spec import rfc9110, rfc9112

LISTED = Play(shape="list")
BLOCKS = Play(chunks=(b"first ", b"second"))
EMPTY_LIST = Play(chunks=(), shape="list")
EMPTY_ITERATOR = Play(chunks=())
WRITTEN = Play(after=(writes(b"first "), writes(b"second")), chunks=())
EMPTY_WRITTEN = Play(after=(writes(b""),), chunks=(), shape="list")
DECLARED = Play(headers=(*PLAIN_TEXT, ("Content-Length", "12")), chunks=(b"first ", b"second"))
FILE = Play(chunks=(b"first second",), shape="file_wrapper")


def _expect_delimited(exchange: HttpExchange) -> None:
    called_once(exchange)
    response = response_of(exchange)
    if response.complete:
        return
    if response.framing == "close" and exchange.wire.ended == "timeout":
        fail("the response says no length, and the connection is not closed behind it")
    expect(
        False, f"end of the response (framed by {response.framing})", want="found", got=exchange.wire.ended
    )


@check("listed-response-delimited", requires=rfc9112.CLOSE_DELIMITED, send=GET_KEPT, play=LISTED)
def listed_response_delimited(exchange: HttpExchange) -> None:
    """The end of the response to a plain request can be found.

    By Content-Length, by chunks, or by the close of the connection; otherwise the client waits for ever.
    """
    _expect_delimited(exchange)


@check("streamed-response-delimited", requires=rfc9112.CLOSE_DELIMITED, send=GET_KEPT, play=BLOCKS)
def streamed_response_delimited(exchange: HttpExchange) -> None:
    """The end of a streamed response can be found.

    See ``listed-response-delimited``; here nobody knows the length beforehand.
    """
    _expect_delimited(exchange)


@check("written-response-delimited", requires=rfc9112.CLOSE_DELIMITED, send=GET_KEPT, play=WRITTEN)
def written_response_delimited(exchange: HttpExchange) -> None:
    """The end of a response made by ``write()`` can be found.

    See ``listed-response-delimited``; here the head goes out before the application has returned.
    """
    if not exchange.app.of("wrote"):
        inapplicable("write() did not take the octets")
    _expect_delimited(exchange)


@check(
    "empty-written-response-delimited", requires=rfc9112.CLOSE_DELIMITED, send=GET_KEPT, play=EMPTY_WRITTEN
)
def empty_written_response_delimited(exchange: HttpExchange) -> None:
    """The end of a response can be found for which an empty block was written, and nothing else.

    A call of ``write()`` says that no length will be known, so chunks are announced: a last chunk that
    is owed to no other then stays away, and the client waits.
    """
    if not exchange.app.of("wrote"):
        inapplicable("write() did not take the octets")
    _expect_delimited(exchange)


@check("empty-list-delimited", requires=rfc9112.CLOSE_DELIMITED, send=GET_KEPT, play=EMPTY_LIST)
def empty_list_delimited(exchange: HttpExchange) -> None:
    """The end of a response without content can be found: a 200 does not end at its empty line.

    It needs a length of 0, an empty chunked body, or the close.
    """
    _expect_delimited(exchange)


@check("empty-iterator-delimited", requires=rfc9112.CLOSE_DELIMITED, send=GET_KEPT, play=EMPTY_ITERATOR)
def empty_iterator_delimited(exchange: HttpExchange) -> None:
    """The end of a response whose iterator yields nothing can be found.

    See ``empty-list-delimited``; here only the exhaustion says that nothing comes.
    """
    _expect_delimited(exchange)


@check("file-response-delimited", requires=rfc9112.CLOSE_DELIMITED, send=GET_KEPT, play=FILE)
def file_response_delimited(exchange: HttpExchange) -> None:
    """The end of a response made of a wrapped file can be found.

    See ``listed-response-delimited``; files have a path of their own.
    """
    if exchange.app.of("no-file-wrapper"):
        inapplicable("the server has no wsgi.file_wrapper")
    _expect_delimited(exchange)


@check(
    "response-delimited-without-close",
    requires=rfc9112.DELIMITED,
    send=GET_KEPT,
    play=BLOCKS,
    tempered="PEP 3333 allows a response that ends with its connection",
)
def response_delimited_without_close(exchange: HttpExchange) -> None:
    """A streamed response to HTTP/1.1 is chunked, so that its end does not depend on the connection's.

    A client cannot tell a close from a loss: half a download looks like a whole one.
    """
    called_once(exchange)
    response = response_of(exchange)
    if response.version == "HTTP/1.0":
        inapplicable("the server answers in HTTP/1.0, which has no chunks")
    expect(
        response.framing != "close", "framing of a streamed response", want="chunked", got=response.framing
    )


@check(
    "content-length-sent-where-known", requires=rfc9110.CONTENT_LENGTH_IF_KNOWN, send=GET_KEPT, play=LISTED
)
def content_length_sent_where_known(exchange: HttpExchange) -> None:
    """The response to one block in a list has a Content-Length, or is chunked.

    The length was known before the head was sent; clients show progress by it, and keep the connection.
    """
    called_once(exchange)
    response = response_of(exchange)
    expect(
        response.framing != "close", "framing of one known block", want="Content-Length", got=response.framing
    )


# ---- the length is right ----------------------------------------------------------------------------


def _expect_content(exchange: HttpExchange, want: bytes) -> None:
    called_once(exchange)
    response = response_of(exchange)
    if response.status != 200 or response.framing != "content-length":
        inapplicable("the response has no Content-Length")
    if not response.complete and exchange.wire.ended == "timeout":
        expect(
            False,
            "octets behind the Content-Length on a kept connection",
            want=", ".join(response.values("content-length")),
            got=len(response.content),
        )
    expect_octets("content of the response", want=want, got=response.content)


@check("content-length-is-of-content", requires=rfc9110.CONTENT_LENGTH_CORRECT, send=GET_KEPT, play=LISTED)
def content_length_is_of_content(exchange: HttpExchange) -> None:
    """The Content-Length that a server infers is that of the octets it sends.

    One too many and the client waits; one too few and the rest is the next response.
    """
    _expect_content(exchange, b"wsgicheck")


@check(
    "content-length-is-of-octets",
    requires=rfc9110.CONTENT_LENGTH_CORRECT,
    send=GET_KEPT,
    play=Play(chunks=("é€".encode(),), shape="list"),
)
def content_length_is_of_octets(exchange: HttpExchange) -> None:
    """The Content-Length counts octets, not characters.

    Text that was decoded, counted and encoded again is cut at its first letter with an accent.
    """
    _expect_content(exchange, "é€".encode())


@check("content-length-of-file", requires=rfc9110.CONTENT_LENGTH_CORRECT, send=GET_KEPT, play=FILE)
def content_length_of_file(exchange: HttpExchange) -> None:
    """The Content-Length that a server infers for a wrapped file is that of the octets it sends.

    See ``content-length-is-of-content``.
    """
    if exchange.app.of("no-file-wrapper"):
        inapplicable("the server has no wsgi.file_wrapper")
    _expect_content(exchange, b"first second")


@check("content-length-as-declared", requires=rfc9110.CONTENT_LENGTH_CORRECT, send=GET_KEPT, play=DECLARED)
def content_length_as_declared(exchange: HttpExchange) -> None:
    """A response with the application's Content-Length has just that many octets.

    On a kept connection the next response begins behind them.
    """
    _expect_content(exchange, b"first second")


# ---- one response a request -------------------------------------------------------------------------


def _expect_nothing_behind(exchange: HttpExchange) -> None:
    called_once(exchange)
    response = response_of(exchange)
    if not response.complete:
        inapplicable("the end of the response was not found")
    got = exchange.surplus
    expect(not got, "octets behind the response", want=b"", got=got)


@check("nothing-follows-listed-response", requires=rfc9110.ONE_FINAL_RESPONSE, send=GET_KEPT, play=LISTED)
def nothing_follows_listed_response(exchange: HttpExchange) -> None:
    """No octet follows the end of a response with a Content-Length.

    The client would take it for the beginning of the next response.
    """
    _expect_nothing_behind(exchange)


@check("nothing-follows-streamed-response", requires=rfc9110.ONE_FINAL_RESPONSE, send=GET_KEPT, play=BLOCKS)
def nothing_follows_streamed_response(exchange: HttpExchange) -> None:
    """No octet follows the end of a streamed response.

    See ``nothing-follows-listed-response``.
    """
    _expect_nothing_behind(exchange)


@check("nothing-follows-empty-response", requires=rfc9110.ONE_FINAL_RESPONSE, send=GET_KEPT, play=EMPTY_LIST)
def nothing_follows_empty_response(exchange: HttpExchange) -> None:
    """No octet follows a response without content.

    See ``nothing-follows-listed-response``; a last chunk behind a length of 0 is a likely one.
    """
    _expect_nothing_behind(exchange)


@check("nothing-follows-declared-response", requires=rfc9110.ONE_FINAL_RESPONSE, send=GET_KEPT, play=DECLARED)
def nothing_follows_declared_response(exchange: HttpExchange) -> None:
    """No octet follows a response with the application's Content-Length.

    See ``nothing-follows-listed-response``; a last chunk behind a declared length is a likely one.
    """
    _expect_nothing_behind(exchange)


# ---- more than declared ---------------------------------------------------------------------

SHORT_OF_BLOCKS = (*PLAIN_TEXT, ("Content-Length", "6"))
EXCESS_WRITTEN = Play(headers=SHORT_OF_BLOCKS, after=(writes(b"first second"),), chunks=())


def _excess_kept(exchange: HttpExchange) -> None:
    called_once(exchange)
    response = response_of(exchange)
    kept = exchange.surplus and not ended_by_server(exchange) and not announces_close(response)
    if kept and response.version != "HTTP/1.0":
        fail(f"the connection is kept behind octets beyond the Content-Length: {exchange.surplus!r}")


@check(
    "excess-written-not-on-kept-connection",
    requires=rfc9110.CONTENT_LENGTH_CORRECT,
    send=GET_KEPT,
    play=EXCESS_WRITTEN,
)
def excess_written_not_on_kept_connection(exchange: HttpExchange) -> None:
    """No connection is kept behind octets written beyond the Content-Length.

    The next request on it is answered with the excess: whoever controls it controls that answer.
    """
    if not exchange.app.of("writing"):
        inapplicable("the server has no write()")
    _excess_kept(exchange)
