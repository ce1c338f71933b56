"""When the headers leave: with the first content, and no sooner (PEP 3333, start_response())."""

from __future__ import annotations

from ...authoring import (
    AwaitApp,
    Exchange,
    Play,
    Receive,
    Release,
    Request,
    called_once,
    check,
    expect,
    gate_passed,
    inconclusive,
    starts,
    waits,
    writes,
)
from ...spec import pep3333

# The application stands at the gate. What was sent before it got there is here by now, unless another
# thread of the server sends: it is given a moment. The gate opens without regard to what has come.
LISTENS = Request(then=(AwaitApp("waiting"), Receive(b"HTTP/1.", seconds=0.15, final=True), Release("go")))


def expect_silence(exchange: Exchange, until: str) -> None:
    """Expect that nothing of a response had come while the application stood at the gate."""
    called_once(exchange)
    if not gate_passed(exchange, "await waiting"):
        inconclusive("the application did not get to the gate")
    early = gate_passed(exchange, "receive HTTP/1.")
    expect(not early, f"headers before {until}", want="nothing sent", got="a status line")


# ---- not yet ----------------------------------------------------------------------------------------


@check(
    "headers-not-sent-by-start-response",
    requires=pep3333.START_RESPONSE_SENDS_NOTHING,
    send=LISTENS,
    play=Play(after=(waits("go"),)),
)
def headers_not_sent_by_start_response(exchange: Exchange) -> None:
    """Calling start_response() transmits nothing.

    The application may still fail, and wants to answer 500 with exc_info: too late, if the 200 is out.
    """
    expect_silence(exchange, "the application returned")


@check(
    "headers-not-sent-by-start-response-for-head",
    requires=pep3333.START_RESPONSE_SENDS_NOTHING,
    send=Request("HEAD", then=LISTENS.then),
    play=Play(after=(waits("go"),)),
)
def headers_not_sent_by_start_response_for_head(exchange: Exchange) -> None:
    """Calling start_response() transmits nothing for HEAD either.

    That headers are all that was asked for does not make these the last ones.
    """
    expect_silence(exchange, "the application returned")


@check(
    "headers-not-sent-by-error-call",
    requires=pep3333.START_RESPONSE_SENDS_NOTHING,
    send=LISTENS,
    play=Play(starts=False, before=(starts("503 Replaced", exc="before any output"), waits("go"))),
)
def headers_not_sent_by_error_call(exchange: Exchange) -> None:
    """Calling start_response() with exc_info transmits nothing either.

    The error page has yet to be made, which may fail as the page before did, and be replaced in its turn.
    """
    if exchange.app.of("start-raised"):
        inconclusive("start_response() refused exc_info in its first call")
    expect_silence(exchange, "the application returned")


@check(
    "headers-held-until-first-block",
    requires=pep3333.HEADERS_WAIT,
    send=LISTENS,
    play=Play(shape="generator", chunks=(waits("go"), b"content")),
)
def headers_held_until_first_block(exchange: Exchange) -> None:
    """The headers wait until the first block has been produced, not only until the application returned.

    A generator does all its work, and fails, in its first iteration.
    """
    expect_silence(exchange, "the first block")


@check(
    "headers-held-across-empty-block",
    requires=(pep3333.HEADERS_WAIT, pep3333.EMPTY_BLOCK_HOLDS_HEADERS),
    send=LISTENS,
    play=Play(chunks=(b"", waits("go"), b"content")),
)
def headers_held_across_empty_block(exchange: Exchange) -> None:
    """An empty block releases no headers: they wait for the first one with content.

    Middleware yields empty blocks while it waits for the application behind it, which may yet fail.
    """
    expect_silence(exchange, "the first block that is not empty")


@check(
    "headers-held-until-exhaustion",
    requires=pep3333.HEADERS_NOT_EARLY,
    send=LISTENS,
    play=Play(chunks=(waits("go"),)),
)
def headers_held_until_exhaustion(exchange: Exchange) -> None:
    """Without any content the headers wait until the iterable is exhausted.

    Only then is it known that nothing will fail, and that the length is zero.
    """
    expect_silence(exchange, "the end of an iterable without content")


@check(
    "headers-held-with-content-length",
    requires=pep3333.HEADERS_WAIT,
    send=LISTENS,
    play=Play(headers=(("Content-Length", "7"),), chunks=(waits("go"), b"content")),
)
def headers_held_with_content_length(exchange: Exchange) -> None:
    """A Content-Length releases no headers, unless it is zero.

    A server that needs no length from the body has no better reason to send the head ahead of it.
    """
    expect_silence(exchange, "the first block")


# ---- but then ---------------------------------------------------------------------------------------


def expect_release(exchange: Exchange, by: str) -> None:
    """Expect that the headers had come while the application stood at the gate behind content."""
    called_once(exchange)
    if not exchange.app.of("waiting"):
        inconclusive("the application did not get to the gate")
    came = gate_passed(exchange, "receive HTTP/1.")
    expect(came, f"headers after {by}", want="a status line", got="nothing sent")


@check(
    "headers-released-by-write",
    requires=pep3333.HEADERS_AT_WRITE,
    send=Request(then=(Receive(b"HTTP/1.", final=True), Release("go"))),
    play=Play(after=(writes(b"written"), waits("go"))),
)
def headers_released_by_write(exchange: Exchange) -> None:
    """The first write() releases the headers while the application still runs.

    Applications that use it report progress with it.
    """
    expect_release(exchange, "the first write()")


@check(
    "headers-released-by-first-content",
    requires=pep3333.HEADERS_WAIT,
    send=Request(then=(Receive(b"HTTP/1.", final=True), Release("go"))),
    play=Play(chunks=(b"", b"content", waits("go"))),
)
def headers_released_by_first_content(exchange: Exchange) -> None:
    """The first block with content releases the headers, even if empty ones came before it.

    A client that waits for the status while the application produces a long body gives up.
    """
    expect_release(exchange, "the first block with content")


STORED = (("X-Stored", "yes"),)


def expect_stored(exchange: Exchange) -> None:
    """Expect the stored status and headers in a response without content."""
    called_once(exchange)
    if not exchange.app.of("started"):
        inconclusive("start_response() was refused")
    response = exchange.response
    got = response.status if response else "no response"
    expect(got == 203, "status of a response without content", want=203, got=got)
    assert response is not None
    expect(response.values("x-stored") == ("yes",), "X-Stored", want="yes", got=response.values("x-stored"))


@check(
    "headers-released-at-exhaustion",
    requires=pep3333.EXHAUSTED_SENDS_HEADERS,
    play=Play(status="203 Empty", headers=STORED, chunks=()),
)
def headers_released_at_exhaustion(exchange: Exchange) -> None:
    """An iterable that ends without a block sends the stored headers.

    A redirect has no body: the client would wait for an answer that never comes.
    """
    expect_stored(exchange)


@check(
    "headers-released-after-empty-blocks",
    requires=pep3333.EXHAUSTED_SENDS_HEADERS,
    play=Play(status="203 Empty", headers=STORED, shape="generator", chunks=(b"", b"")),
)
def headers_released_after_empty_blocks(exchange: Exchange) -> None:
    """An iterable of nothing but empty blocks sends the stored headers at its end.

    That they were held across the blocks must not mean that they are lost.
    """
    expect_stored(exchange)


# ---- replaced at the last moment --------------------------------------------------------------------


@check(
    "headers-replaceable-after-empty-block",
    requires=(pep3333.EXC_INFO_REPLACES, pep3333.EMPTY_BLOCK_HOLDS_HEADERS),
    play=Play(
        headers=(("X-First", "1"),),
        chunks=(
            b"",
            starts("503 Replaced", (("X-Second", "2"),), exc="after an empty block"),
            b"replaced",
        ),
    ),
)
def headers_replaceable_after_empty_block(exchange: Exchange) -> None:
    """After an empty block the response can still be replaced with exc_info.

    That is what the headers wait for. A flag that says "sent" though nothing was sent undoes it.
    """
    called_once(exchange)
    response = exchange.response
    if len(exchange.app.of("starting")) < 2:
        inconclusive("the application did not get to its second start_response()")
    raised = exchange.app.of("start-raised")
    if raised and response is not None and response.status == 200:
        inconclusive("the headers had left with the empty block: headers-held-across-empty-block judges that")
    expect(not raised, "start_response() with exc_info", want="accepted", got="refused")
    got = response.status if response else "no response"
    expect(got == 503, "status", want=503, got=got)
    assert response is not None
    expect(bool(response.values("x-second")), "X-Second", want="2", got="absent")
    expect(not response.values("x-first"), "X-First", want="absent", got="1")


SOON = (AwaitApp("waiting", seconds=1.0), *LISTENS.then[1:])
"""Where no content is to be sent, a server may never come to the gate: it need not iterate."""


# ---- not yet, though no content will be sent --------------------------------------------------------------


@check(
    "headers-held-for-head-until-first-block",
    requires=pep3333.HEADERS_WAIT,
    send=Request("HEAD", then=SOON),
    play=Play(shape="generator", chunks=(waits("go"), b"content")),
)
def headers_held_for_head_until_first_block(exchange: Exchange) -> None:
    """The headers wait until the first block has been produced for HEAD too.

    A generator that fails in its first iteration answers 500 to GET, and so it should to HEAD.
    """
    expect_silence(exchange, "the first block")


@check(
    "headers-held-for-status-without-content",
    requires=pep3333.HEADERS_NOT_EARLY,
    send=Request(then=SOON),
    play=Play(status="304 Not Modified", headers=(("ETag", '"mark"'),), chunks=(waits("go"),)),
)
def headers_held_for_status_without_content(exchange: Exchange) -> None:
    """The headers of a 304 wait until the iterable is exhausted, or has a block.

    That the status forbids content is no reason to send it before the application is done: it may yet
    fail, and replace it.
    """
    expect_silence(exchange, "the end of an iterable without content")


@check(
    "headers-held-for-sized-iterable-of-known-length",
    requires=pep3333.HEADERS_WAIT,
    send=LISTENS,
    play=Play(headers=(("Content-Length", "7"),), shape="sized", chunks=(waits("go"), b"content")),
)
def headers_held_for_sized_iterable_of_known_length(exchange: Exchange) -> None:
    """An iterable of one block, with a Content-Length, releases no headers before that block.

    Everything is known of the response but whether it will succeed.
    """
    expect_silence(exchange, "the first block")
