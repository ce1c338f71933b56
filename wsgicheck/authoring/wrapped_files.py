"""Files that the application wraps (PEP 3333, Optional Platform-Specific File Handling)."""

from __future__ import annotations

from ..model.exchange import Exchange, HttpExchange, Observation, Response
from ..model.play import PLAIN_TEXT, Play, Step
from .calls import called_once
from .judgement import expect, expect_octets, fail, inapplicable, inconclusive
from .steps import perform

FILE_CONTENT = b"".join(b"line %03d of a file\n" % number for number in range(50))  # 950 octets


def wrapped(
    kind: str,
    *before: Step,
    behind: tuple[Step, ...] = (),
    length: int | None = None,
    times: int = 1,
    content: bytes = FILE_CONTENT,
) -> Play:
    """Do something with a file before it is wrapped, or behind, and return the wrapper."""
    return Play(
        headers=PLAIN_TEXT if length is None else (*PLAIN_TEXT, ("Content-Length", str(length))),
        before=(perform("file", kind, content, times), *before, perform("wrap"), *behind),
        shape="wrapped",
    )


FROM_DISK = wrapped("disk")
FROM_MEMORY = wrapped("memory")


def needs_wrapper(exchange: Exchange) -> Observation:
    """Return how the file was wrapped; inapplicable where the server has no wrapper."""
    called_once(exchange)
    if exchange.app.of("no-file-wrapper"):
        inapplicable("the server offers no wsgi.file_wrapper")
    found = exchange.app.of("wrapped")
    if not found:
        inconclusive("the application could not wrap the file")
    return found[0]


def expect_file_sent(exchange: Exchange, want: bytes = FILE_CONTENT) -> Response:
    """Expect that the client got exactly this content, whole, and return the response."""
    needs_wrapper(exchange)
    response = exchange.response
    if response is None:
        fail("a wrapped file: the client got no response that can be read")
    expect(response.status == 200, "response of a wrapped file", want=200, got=response.status)
    expect_octets("content", want=want, got=response.content)
    expect(response.complete, "response of a wrapped file", want="complete", got="cut off")
    return response


def expect_only_so_much(exchange: HttpExchange) -> None:
    """Expect the first 12 octets and nothing behind them."""
    expect_file_sent(exchange, FILE_CONTENT[:12])
    expect(exchange.surplus == b"", "behind the content", want="nothing", got=exchange.surplus[:40])
