"""``start_response()`` with ``exc_info`` after output (PEP 3333, The ``start_response()`` Callable)."""

from __future__ import annotations

from ...authoring import (
    PLAIN_TEXT,
    Exchange,
    Play,
    Receive,
    Release,
    Repeated,
    Request,
    called_once,
    check,
    expect,
    fail,
    gate_passed,
    inconclusive,
    response_of,
    starts,
    waits,
    writes,
)
from ...spec import pep3333, rfc9110

LATE_ERROR = starts("500 Late", (("X-Late", "late"),), exc="wsgicheck: after output")
SEES_PART = Request(then=(Receive(b"part"), Release("go")))
AFTER_BLOCK = Play(chunks=(b"part", waits("go"), LATE_ERROR, b"rest"))
AFTER_WRITE = Play(after=(writes(b"part"), waits("go"), LATE_ERROR), chunks=(b"rest",))


def expect_raised(exchange: Exchange, seen: str = "part") -> None:
    """Expect that start_response() raised, once the client had seen the first block."""
    called_once(exchange)
    if not gate_passed(exchange, f"receive {seen}"):
        inconclusive("the client did not see the first block in time")
    if len(exchange.app.of("starting")) < 2:
        inconclusive("the application did not get to its second start_response()")
    got = "an error" if exchange.app.of("start-raised") else "returned"
    expect(got == "an error", "start_response() with exc_info after output", want="an error", got=got)


@check("exc-info-raises-after-block", requires=pep3333.EXC_INFO_RAISES, send=SEES_PART, play=AFTER_BLOCK)
def exc_info_raises_after_block(exchange: Exchange) -> None:
    """With exc_info, start_response() raises once a block has been sent.

    The error would otherwise pass for handled: its page is appended to half of another.
    """
    expect_raised(exchange)


@check("exc-info-raises-after-write", requires=pep3333.EXC_INFO_RAISES, send=SEES_PART, play=AFTER_WRITE)
def exc_info_raises_after_write(exchange: Exchange) -> None:
    """With exc_info, start_response() raises once something was written with write().

    Output is output, whichever way it took.
    """
    expect_raised(exchange)


@check(
    "exc-info-raises-after-large-block",
    requires=pep3333.EXC_INFO_RAISES,
    send=Request(then=(Receive(b"part", 0.3, owed=True), Release("go"))),
    play=Play(chunks=(Repeated(b"part of a block\n", 4096), waits("go"), LATE_ERROR, b"rest")),
)
def exc_info_raises_after_large_block(exchange: Exchange) -> None:
    """With exc_info, start_response() raises once 64 KB have been sent.

    A server that collects small blocks may replace them, and not what is too large to be kept back.
    """
    expect_raised(exchange)


@check("exc-info-reraised", requires=pep3333.EXC_INFO_RERAISED, send=SEES_PART, play=AFTER_BLOCK)
def exc_info_reraised(exchange: Exchange) -> None:
    """What start_response() raises then is the very error of exc_info.

    The log names the cause only if it is not another error, or a copy.
    """
    called_once(exchange)
    raised = exchange.app.of("start-raised")
    if not raised:
        inconclusive("start_response() did not raise")
    got = raised[0].facts["error"]["type"]
    expect(
        raised[0].facts["same"],
        "what was raised",
        want="the error of exc_info",
        got=f"another object ({got})",
    )


@check("exc-info-traceback-kept", requires=pep3333.EXC_INFO_RERAISED, send=SEES_PART, play=AFTER_BLOCK)
def exc_info_traceback_kept(exchange: Exchange) -> None:
    """What start_response() raises then still has the traceback of exc_info.

    The line where it went wrong is what the log is read for.
    """
    called_once(exchange)
    raised = exchange.app.of("start-raised")
    if not raised or not raised[0].facts["same"]:
        inconclusive("start_response() did not raise the error of exc_info")
    got = "kept" if raised[0].facts["traced"] else "lost"
    expect(got == "kept", "the traceback of exc_info", want="kept", got=got)


@check(
    "no-second-head-after-exc-info",
    requires=(pep3333.EXC_INFO_RAISES, rfc9110.ONE_FINAL_RESPONSE),
    send=SEES_PART,
    play=AFTER_BLOCK,
)
def no_second_head_after_exc_info(exchange: Exchange) -> None:
    """An error that comes too late puts no second status line into the response.

    The client reads it as content, or as the answer to its next request.
    """
    called_once(exchange)
    if not gate_passed(exchange, "receive part"):
        inconclusive("the client did not see the first block in time")
    response = response_of(exchange)
    if b"HTTP/1." in response.content or any("HTTP/1." in fault for fault in response.faults):
        fail("a second status line follows the first block")
    late = response.values("x-late")
    expect(not late and response.status == 200, "the response", want="that of before", got="the late one")


@check(
    "exc-info-raises-after-head-was-answered",
    requires=pep3333.EXC_INFO_RAISES,
    send=Request("HEAD", then=(Receive(b"HTTP/1.", final=True), Release("go"))),
    play=AFTER_WRITE,
)
def exc_info_raises_after_head_was_answered(exchange: Exchange) -> None:
    """With exc_info, start_response() raises once the headers have been sent, for HEAD too.

    That the client waits for no content does not make the headers replaceable that it has.
    """
    called_once(exchange)
    if not gate_passed(exchange, "receive HTTP/1."):
        inconclusive("the headers are held until the application has returned")
    if len(exchange.app.of("starting")) < 2:
        inconclusive("the application did not get to its second start_response()")
    got = "an error" if exchange.app.of("start-raised") else "returned"
    expect(got == "an error", "start_response() with exc_info after the headers", want="an error", got=got)


@check(
    "exc-info-raises-behind-complete-content",
    requires=pep3333.EXC_INFO_RAISES,
    send=Request(then=(Receive(b"wsgicheck"), Release("go"))),
    play=Play(
        headers=(*PLAIN_TEXT, ("Content-Length", "9")),
        after=(writes(b"wsgicheck"), waits("go"), LATE_ERROR),
        chunks=(),
    ),
)
def exc_info_raises_behind_complete_content(exchange: Exchange) -> None:
    """With exc_info, start_response() raises where all of the content that was announced has been sent.

    The response is done, and the server may have closed its books on it; the error is not handled for that.
    """
    expect_raised(exchange, "wsgicheck")
