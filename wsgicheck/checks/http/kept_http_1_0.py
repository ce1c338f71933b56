"""Where a connection of HTTP/1.0 is kept, the end of each response can be found (RFC 9112 6.3, 9.3)."""

from __future__ import annotations

from ...authoring import (
    HttpExchange,
    Play,
    check,
    perform,
    writes,
)
from ...authoring.requests import GET_KEPT_BY_HTTP_1_0
from ...authoring.responses import expect_delimited_where_kept
from ...spec import rfc9112


@check(
    "kept-http-1-0-written-response-delimited",
    requires=rfc9112.CLOSE_DELIMITED,
    send=GET_KEPT_BY_HTTP_1_0,
    play=Play(after=(writes(b"wsgicheck"),), chunks=()),
)
def kept_http_1_0_written_response_delimited(exchange: HttpExchange) -> None:
    """Where a connection of HTTP/1.0 is kept, a response that was made by ``write()`` has a Content-Length.

    See ``http-1-0-kept-response-delimited``.
    """
    expect_delimited_where_kept(exchange)


@check(
    "kept-http-1-0-file-response-delimited",
    requires=rfc9112.CLOSE_DELIMITED,
    send=GET_KEPT_BY_HTTP_1_0,
    play=Play(before=(perform("file", "disk", b"wsgicheck"), perform("wrap")), shape="wrapped"),
)
def kept_http_1_0_file_response_delimited(exchange: HttpExchange) -> None:
    """Where a connection of HTTP/1.0 is kept, a response that is made of a file has a Content-Length.

    See ``http-1-0-kept-response-delimited``.
    """
    expect_delimited_where_kept(exchange)


@check(
    "kept-http-1-0-empty-response-delimited",
    requires=rfc9112.CLOSE_DELIMITED,
    send=GET_KEPT_BY_HTTP_1_0,
    play=Play(chunks=(), shape="list"),
)
def kept_http_1_0_empty_response_delimited(exchange: HttpExchange) -> None:
    """Where a connection of HTTP/1.0 is kept, a response without an octet has a Content-Length, of 0.

    See ``http-1-0-kept-response-delimited``: a client waits for the end of nothing, too.
    """
    expect_delimited_where_kept(exchange)
