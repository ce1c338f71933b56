"""``start_response()`` with ``exc_info`` (PEP 3333, The ``start_response()`` Callable, Error Handling)."""

from __future__ import annotations

from ...authoring import (
    PLAIN_TEXT,
    Exchange,
    Play,
    Receive,
    Release,
    Repeated,
    Request,
    Response,
    called_once,
    check,
    expect,
    fail,
    gate_passed,
    inapplicable,
    inconclusive,
    perform,
    response_of,
    starts,
    waits,
    writes,
)
from ...spec import pep3333, rfc9110

# The stale Content-Length is shorter than the new content: kept, it would cut the error page.
OLD = (*PLAIN_TEXT, ("X-Old", "old"), ("Set-Cookie", "old=1"), ("Content-Length", "3"))
NEW = (*PLAIN_TEXT, ("X-New", "new"))
PAGE = b"what went wrong"

REPLACED = Play(headers=OLD, after=(starts("503 Replaced", NEW, exc="before any output"),), chunks=(PAGE,))


def replaced(exchange: Exchange) -> Response:
    """Return the response; inconclusive where start_response() did not accept exc_info."""
    called_once(exchange)
    if exchange.app.of("start-raised"):
        inconclusive("start_response() refused exc_info before any output")
    return response_of(exchange)


# ---- before any output ------------------------------------------------------------------------------


def expect_accepted(exchange: Exchange, calls: int) -> None:
    """Expect that all calls of start_response() returned, each with a callable."""
    called_once(exchange)
    started = exchange.app.of("started")
    for refused in exchange.app.of("start-raised"):
        if exchange.response is not None and exchange.response.status == 200:
            inconclusive("the headers had left before: the checks of header-timing judge that")
        got = refused.facts["error"]["type"]
        expect(False, "start_response() with exc_info before any output", want="returns", got=got)
    expect(len(started) == calls, "calls of start_response() that returned", want=calls, got=len(started))
    for call in started:
        expect(
            call.facts["write_callable"],
            "what start_response() returned",
            want="callable",
            got="not callable",
        )


@check("exc-info-accepted-before-output", requires=pep3333.EXC_INFO_RETURNS, play=REPLACED)
def exc_info_accepted_before_output(exchange: Exchange) -> None:
    """Before any output, start_response() with exc_info returns normally, with a callable.

    The application is about to say what went wrong, and would be aborted instead.
    """
    expect_accepted(exchange, 2)


@check(
    "exc-info-accepted-in-first-call",
    requires=(pep3333.EXC_INFO_RETURNS, pep3333.START_RESPONSE_ARGUMENTS),
    play=Play(starts=False, before=(starts("503 Replaced", NEW, exc="in the first call"),), chunks=(PAGE,)),
)
def exc_info_accepted_in_first_call(exchange: Exchange) -> None:
    """The first call of start_response() may have exc_info.

    An application that fails before it ever got to its 200 calls it like this.
    """
    expect_accepted(exchange, 1)
    response = response_of(exchange)
    expect(response.status == 503, "status", want=503, got=response.status)


@check(
    "exc-info-accepted-in-first-iteration",
    requires=pep3333.EXC_INFO_RETURNS,
    play=Play(chunks=(starts("503 Replaced", NEW, exc="in the first iteration"), PAGE)),
)
def exc_info_accepted_in_first_iteration(exchange: Exchange) -> None:
    """In the first iteration, before the first block, exc_info replaces the response.

    That the application returned is no output.
    """
    expect_accepted(exchange, 2)
    response = response_of(exchange)
    expect(response.status == 503, "status", want=503, got=response.status)
    expect(response.content == PAGE, "content", want=PAGE, got=response.content)


@check("exc-info-replaces-status", requires=pep3333.EXC_INFO_REPLACES, play=REPLACED)
def exc_info_replaces_status(exchange: Exchange) -> None:
    """The status of the call with exc_info is the one that is sent.

    An error page with the status 200 is cached, indexed and taken for success.
    """
    response = replaced(exchange)
    expect(response.status == 503, "status", want=503, got=response.status)


@check("exc-info-replaces-for-head", requires=pep3333.EXC_INFO_REPLACES, send=Request("HEAD"), play=REPLACED)
def exc_info_replaces_for_head(exchange: Exchange) -> None:
    """The status of the call with exc_info is the one that is sent to HEAD too.

    There is no content to wait for, and yet the headers are not the last ones before the application is done.
    """
    response = replaced(exchange)
    expect(response.status == 503, "status", want=503, got=response.status)


@check("exc-info-replaces-headers", requires=pep3333.EXC_INFO_REPLACES, play=REPLACED)
def exc_info_replaces_headers(exchange: Exchange) -> None:
    """The headers of the call with exc_info replace all earlier ones: nothing is merged.

    Cookies, lifetimes and types of the page that failed do not belong to the error.
    """
    response = replaced(exchange)
    old = response.values("x-old") + response.values("set-cookie")
    expect(not old, "headers of the replaced response", want="none", got=", ".join(old))
    new = response.values("x-new")
    expect(new == ("new",), "X-New", want="new", got=", ".join(new) or "absent")


@check("exc-info-replaces-content-length", requires=pep3333.EXC_INFO_REPLACES, play=REPLACED)
def exc_info_replaces_content_length(exchange: Exchange) -> None:
    """No Content-Length of the replaced response limits the new one.

    The error page would be cut off, or the client would wait for octets that never come.
    """
    response = replaced(exchange)
    expect("3" not in response.values("content-length"), "Content-Length", want="not that of before", got="3")
    expect(response.content == PAGE, "content", want=PAGE, got=response.content)


@check(
    "exc-info-replaces-repeatedly",
    requires=(pep3333.EXC_INFO_REPLACES, pep3333.EXC_INFO_RETURNS),
    play=Play(
        headers=OLD,
        after=(
            starts("502 Middle", (("X-Old", "middle"),), exc="the first error"),
            starts("503 Replaced", NEW, exc="the second error"),
        ),
        chunks=(PAGE,),
    ),
)
def exc_info_replaces_repeatedly(exchange: Exchange) -> None:
    """Several calls with exc_info are accepted, and the last one counts.

    The handler of an error may fail too, and another layer then handles that.
    """
    expect_accepted(exchange, 3)
    response = response_of(exchange)
    expect(response.status == 503, "status", want=503, got=response.status)
    old = response.values("x-old")
    expect(not old, "X-Old", want="absent", got=", ".join(old))


# ---- after output -----------------------------------------------------------------------------------

LATE_ERROR = starts("500 Late", (("X-Late", "late"),), exc="wsgicheck: after output")
SEES_PART = Request(then=(Receive(b"part"), Release("go")))
AFTER_BLOCK = Play(chunks=(b"part", waits("go"), LATE_ERROR, b"rest"))
AFTER_WRITE = Play(after=(writes(b"part"), waits("go"), LATE_ERROR), chunks=(b"rest",))


def expect_raised(exchange: Exchange) -> None:
    """Expect that start_response() raised, once the client had seen the first block."""
    called_once(exchange)
    if not gate_passed(exchange, "receive part"):
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


# ---- no reference is kept ---------------------------------------------------------------------------


@check(
    "exc-info-released",
    requires=pep3333.EXC_INFO_RELEASED,
    play=Play(after=(starts("503 Replaced", NEW, exc="held no longer"), perform("witness")), chunks=(PAGE,)),
)
def exc_info_released(exchange: Exchange) -> None:
    """start_response() keeps no reference to exc_info after it has returned.

    Traceback and frames form a cycle, which keeps all that the application held until the collector runs.
    """
    called_once(exchange)
    seen = exchange.app.of("witness")
    if not seen:
        inconclusive("start_response() refused exc_info before any output")
    if not seen[0].facts["counting"]:
        inapplicable("this interpreter does not count references")
    got = "gone" if seen[0].facts["gone"] else "held"
    expect(got == "gone", "what the trapped error held", want="gone", got=got)


# ---- the same for HEAD, and in the first call -------------------------------------------------------


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
    "exc-info-of-first-call-released",
    requires=pep3333.EXC_INFO_RELEASED,
    play=Play(
        starts=False,
        before=(starts("503 Replaced", NEW, exc="in the first call"), perform("witness")),
        chunks=(PAGE,),
    ),
)
def exc_info_of_first_call_released(exchange: Exchange) -> None:
    """start_response() keeps no reference to exc_info where its first call has one.

    See ``exc-info-released``: there is no earlier response that a server might compare it with.
    """
    called_once(exchange)
    seen = exchange.app.of("witness")
    if not seen:
        inconclusive("start_response() refused exc_info in its first call")
    if not seen[0].facts["counting"]:
        inapplicable("this interpreter does not count references")
    got = "gone" if seen[0].facts["gone"] else "held"
    expect(got == "gone", "what the trapped error held", want="gone", got=got)
