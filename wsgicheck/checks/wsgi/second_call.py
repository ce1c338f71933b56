"""A second call of ``start_response()`` (PEP 3333, The ``start_response()`` Callable)."""

from __future__ import annotations

from ...authoring import (
    PLAIN_TEXT,
    Exchange,
    Play,
    called_once,
    check,
    expect,
    inapplicable,
    inconclusive,
    perform,
    response_of,
    starts,
)
from ...spec import pep3333

LET_PASS = "the error is the application's, and many servers let the second call pass"


def refusals(exchange: Exchange) -> tuple[bool, ...]:
    """Return for each call of start_response, in order, whether it raised."""
    called_once(exchange)
    return tuple(seen.kind == "start-raised" for seen in exchange.app.of("started", "start-raised"))


# ---- a second call ----------------------------------------------------------------------------------

TWICE = Play(
    headers=(("X-First", "1"),),
    after=(starts("404 Second", (("X-Second", "2"),), trapped=True),),
)


def expect_second_refused(exchange: Exchange) -> None:
    """Expect that the first of two calls was accepted, and the second raised."""
    calls = refusals(exchange)
    if calls[:1] != (False,):
        inconclusive("the first call of start_response() was refused")
    got = "refused" if calls[1:] == (True,) else "accepted"
    expect(got == "refused", "a second start_response() without exc_info", want="refused", got=got)


@check("second-call-refused", requires=pep3333.SECOND_CALL_FATAL, play=TWICE, tempered=LET_PASS)
def second_call_refused(exchange: Exchange) -> None:
    """A second call without exc_info raises an error in the application.

    It is a bug of the application (two layers answer one request) that would stay hidden.
    """
    expect_second_refused(exchange)


@check(
    "second-call-with-same-arguments-refused",
    requires=pep3333.SECOND_CALL_FATAL,
    play=Play(after=(starts(trapped=True),)),
    tempered=LET_PASS,
)
def second_call_with_same_arguments_refused(exchange: Exchange) -> None:
    """A second call without exc_info raises also where it says the same as the first.

    That nothing would change does not make it one call.
    """
    expect_second_refused(exchange)


@check(
    "second-call-refused-during-iteration",
    requires=pep3333.SECOND_CALL_FATAL,
    play=Play(chunks=(starts("404 Second", trapped=True), b"content")),
    tempered=LET_PASS,
)
def second_call_refused_during_iteration(exchange: Exchange) -> None:
    """A second call without exc_info raises in the first iteration too.

    The state of the first call has to outlive the return of the application.
    """
    expect_second_refused(exchange)


@check(
    "second-call-refused-after-output",
    requires=pep3333.SECOND_CALL_FATAL,
    play=Play(chunks=(b"part, ", starts("404 Second", trapped=True), b"rest")),
    tempered=LET_PASS,
)
def second_call_refused_after_output(exchange: Exchange) -> None:
    """A second call without exc_info raises behind the first block, too.

    Mostly it cannot even do what it is made for: the application thinks that it has told of an error, and the
    client has read 200.
    """
    expect_second_refused(exchange)


@check("responses-of-two-calls-not-mixed", requires=pep3333.SECOND_CALL_FATAL, play=TWICE, tempered=LET_PASS)
def responses_of_two_calls_not_mixed(exchange: Exchange) -> None:
    """A second call without exc_info mixes no status or header of both calls.

    A 404 with the headers of the 200 before it (a length, a cookie, a cache lifetime) is worse than either.
    """
    called_once(exchange)
    response = response_of(exchange)
    first, second = bool(response.values("x-first")), bool(response.values("x-second"))
    expect(not (first and second), "headers", want="those of one call", got="those of both")
    expect(not (second and response.status == 200), "headers of the 200", want="X-First", got="X-Second")
    expect(not (first and response.status == 404), "headers of the 404", want="X-Second", got="X-First")


NONE = (None,)
"""Stands for None itself, where ``starts()`` would leave the argument out."""


@check(
    "second-call-with-none-refused",
    requires=(pep3333.SECOND_CALL_FATAL, pep3333.EXC_INFO_NONE),
    play=Play(after=(perform("start", "404 Second", PLAIN_TEXT, NONE),)),
    tempered=LET_PASS,
)
def second_call_with_none_refused(exchange: Exchange) -> None:
    """A second call with None as exc_info is refused like one without it.

    A server that counts arguments takes the empty default of middleware for an error being handled.
    """
    expect_second_refused(exchange)


# ---- a second call after a refused first one --------------------------------------------------------

SPLIT = (("X-Split", "a\r\nX-Injected: b"),)


def expect_first_refused(exchange: Exchange) -> tuple[bool, ...]:
    """Return which calls raised; inapplicable where the server did not check the first."""
    calls = refusals(exchange)
    if calls[:1] != (True,):
        inapplicable("start_response() does not refuse what these calls begin with")
    return calls


@check(
    "second-call-refused-after-refused-headers",
    requires=(pep3333.SECOND_CALL_AFTER_ERROR, pep3333.HEADER_ERROR_AFTER_SET),
    play=Play(starts=False, before=(starts(headers=SPLIT, trapped=True), starts("404 Second", trapped=True))),
    tempered=LET_PASS,
)
def second_call_refused_after_refused_headers(exchange: Exchange) -> None:
    """After a first call that failed for its headers, a second one without exc_info is refused too.

    The application is in the middle of handling an error, and has to say so with exc_info.
    """
    calls = expect_first_refused(exchange)
    got = "refused" if calls[1:] == (True,) else "accepted"
    expect(got == "refused", "a second start_response() after a refused one", want="refused", got=got)


@check(
    "second-call-refused-after-refused-status",
    requires=(pep3333.SECOND_CALL_AFTER_ERROR, pep3333.HEADER_ERROR_AFTER_SET),
    play=Play(starts=False, before=(starts("2 hundred", trapped=True), starts("404 Second", trapped=True))),
    tempered=LET_PASS,
)
def second_call_refused_after_refused_status(exchange: Exchange) -> None:
    """After a first call that failed for its status, a second one without exc_info is refused too.

    Status and headers are checked one after the other: the call counts whichever of them failed.
    """
    calls = expect_first_refused(exchange)
    got = "refused" if calls[1:] == (True,) else "accepted"
    expect(got == "refused", "a second start_response() after a refused one", want="refused", got=got)


@check(
    "error-call-accepted-after-refused-headers",
    requires=(pep3333.EXC_INFO_RETURNS, pep3333.EXC_INFO_REPLACES),
    play=Play(
        starts=False,
        before=(
            starts(headers=SPLIT, trapped=True),
            starts("503 Replaced", (("X-Second", "2"),), exc="the headers were refused", trapped=True),
        ),
        chunks=(b"what the application says of it",),
    ),
)
def error_call_accepted_after_refused_headers(exchange: Exchange) -> None:
    """After a first call that failed, one with exc_info is accepted and its response delivered.

    This is how an application answers when its own headers turn out to be wrong.
    """
    calls = expect_first_refused(exchange)
    expect(calls[1:] == (False,), "start_response() with exc_info", want="accepted", got="refused")
    response = response_of(exchange)
    expect(response.status == 503, "status", want=503, got=response.status)
    expect(bool(response.values("x-second")), "X-Second", want="2", got="absent")
    want = b"what the application says of it"
    expect(response.content == want, "content", want=want, got=response.content)


@check(
    "second-call-refused-after-error-call",
    requires=pep3333.SECOND_CALL_FATAL,
    play=Play(
        after=(starts("503 Replaced", exc="before any output"), starts("404 Second", trapped=True)),
    ),
    tempered=LET_PASS,
)
def second_call_refused_after_error_call(exchange: Exchange) -> None:
    """A call without exc_info raises also behind one that had it.

    The error page was to replace the response; that it did so does not begin the invocation anew.
    """
    calls = refusals(exchange)
    if calls[:2] != (False, False):
        inconclusive("one of the first two calls of start_response() was refused")
    got = "refused" if calls[2:] == (True,) else "accepted"
    expect(
        got == "refused", "a start_response() without exc_info behind one with it", want="refused", got=got
    )


# ---- the write() of a response that was replaced --------------------------------------------------------


@check(
    "first-write-sends-replacing-response",
    requires=(pep3333.EXC_INFO_REPLACES, pep3333.START_RESPONSE_WRITE),
    play=Play(
        headers=(("X-First", "1"),),
        after=(
            starts("503 Replaced", (("X-Second", "2"),), exc="before any output"),
            perform("write_by_first", b"written by the first"),
        ),
        chunks=(),
    ),
)
def first_write_sends_replacing_response(exchange: Exchange) -> None:
    """The ``write()`` of the first call sends the headers of the second, which replaced those of the first.

    There is one response. Whoever keeps status and headers with the callable that they came with sends an
    error page as a success, as middleware does that passes the first ``write()`` on.
    """
    called_once(exchange)
    if exchange.app.of("start-raised"):
        inconclusive("start_response() refused exc_info before any output")
    if not exchange.app.of("wrote"):
        inconclusive("the write() of the first call did not take the octets")
    response = response_of(exchange)
    expect(response.status == 503, "status", want=503, got=response.status)
    want = b"written by the first"
    expect(response.content == want, "content", want=want, got=response.content)


# ---- exc_info that is raised ----------------------------------------------------------------------------


@check(
    "exc-info-released-after-raise",
    requires=pep3333.EXC_INFO_RELEASED,
    play=Play(
        chunks=(b"part", starts("500 Late", exc="raised again", trapped=True), perform("witness"), b"rest")
    ),
)
def exc_info_released_after_raise(exchange: Exchange) -> None:
    """start_response() keeps no reference to exc_info where it raises that error either.

    The frame that raises becomes a part of the traceback: a variable of it that still has exc_info makes a
    circle, which keeps all that the application held until the collector runs. Hence the ``finally`` of
    the PEP's sample.
    """
    called_once(exchange)
    seen = exchange.app.of("witness")
    if not seen or not exchange.app.of("start-raised"):
        inconclusive("start_response() did not raise")
    if not seen[0].facts["counting"]:
        inapplicable("this interpreter does not count references")
    got = "gone" if seen[0].facts["gone"] else "held"
    expect(got == "gone", "what the trapped error held", want="gone", got=got)
