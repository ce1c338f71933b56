"""205 (Reset Content): no content, and yet framed like any other (RFC 9110 15.3.6; RFC 9112 6.3)."""

from __future__ import annotations

from ...authoring import (
    HttpExchange,
    Octets,
    Play,
    check,
    expect,
    expect_nothing_behind,
    inapplicable,
    octets,
    two_with_status,
    with_status,
    writes,
)
from ...authoring.requests import GET_KEPT, GET_TWICE
from ...spec import rfc9110, rfc9112

GET = Octets(octets("GET", "Connection: close"))
WRITTEN_TWICE = (writes(b"one"), writes(b"two"))
RESET = Play(status="205 Reset Content", headers=(), chunks=(), shape="list")
HARDLY_KNOWN = "it is the application that generates the content, and servers hardly know 205"


@check("response-205-delimited", requires=rfc9112.CLOSE_DELIMITED, send=GET_KEPT, play=RESET)
def response_205_delimited(exchange: HttpExchange) -> None:
    """The end of a 205 can be found: by a length of 0, an empty chunked body, or the close.

    Unlike 204 and 304 it does not end at the empty line, so without a length on a kept connection the
    client waits for ever.
    """
    response = with_status(exchange, 205)
    expect(response.complete, "end of a 205 on a kept connection", want="found", got=exchange.wire.ended)


@check(
    "response-205-without-content",
    requires=rfc9110.RESET_CONTENT,
    send=GET,
    play=Play(status="205 Reset Content", headers=()),
    tempered=HARDLY_KNOWN,
)
def response_205_without_content(exchange: HttpExchange) -> None:
    """What an application yields with a 205 is not sent.

    The status says that no content is provided.
    """
    response = with_status(exchange, 205)
    expect(not response.content, "content of a 205", want=b"", got=response.content)


@check(
    "response-205-without-later-content",
    requires=rfc9110.RESET_CONTENT,
    send=GET,
    play=Play(status="205 Reset Content", headers=(), after=WRITTEN_TWICE, chunks=(b"three", b"four")),
    tempered=HARDLY_KNOWN,
)
def response_205_without_later_content(exchange: HttpExchange) -> None:
    """Nothing is sent with a 205, however much is written and yielded.

    See ``response-204-without-later-content``.
    """
    response = with_status(exchange, 205)
    got = response.content + exchange.surplus
    expect(not got, "content of a 205", want=b"", got=got)


@check(
    "response-205-without-listed-content",
    requires=rfc9110.RESET_CONTENT,
    send=GET_TWICE,
    play=Play(
        status="205 Reset Content",
        headers=(),
        later=(Play(status="205 Reset Content", headers=(), shape="list"),),
    ),
)
def response_205_without_listed_content(exchange: HttpExchange) -> None:
    """A server that keeps back what an iterator yields with a 205 keeps back the block of a list, too.

    See ``response-205-without-content``.
    """
    first, second = two_with_status(exchange, 205)
    if first.content:
        inapplicable("response-205-without-content fails already")
    expect(not second.content, "content of a 205", want=b"", got=second.content)


@check(
    "nothing-follows-205",
    requires=(rfc9110.CONTENT_LENGTH_CORRECT, rfc9110.RESET_CONTENT),
    send=GET,
    play=Play(status="205 Reset Content", headers=()),
)
def nothing_follows_205(exchange: HttpExchange) -> None:
    """No octet follows the end of a 205, wherever its length or its chunks say that this is.

    A length of 0 before content that is sent all the same makes the content the next response.
    """
    expect_nothing_behind(exchange, 205)


@check(
    "response-205-as-long-as-declared",
    requires=(rfc9110.CONTENT_LENGTH_CORRECT, rfc9110.RESET_CONTENT),
    send=GET_KEPT,
    play=Play(status="205 Reset Content", headers=(("Content-Length", "9"),)),
)
def response_205_as_long_as_declared(exchange: HttpExchange) -> None:
    """A 205 whose content is kept back has no length of that content.

    The client would wait for octets that never come, or take those of the next response for them. Content
    that is sent all the same is for ``response-205-without-content``.
    """
    response = with_status(exchange, 205)
    lengths = ", ".join(response.values("content-length"))
    if not lengths:
        inapplicable("the server sends no length with a 205")
    got = f"{len(response.content)} octets of {lengths}"
    expect(response.complete, "content of a 205", want="as much as its Content-Length says", got=got)
