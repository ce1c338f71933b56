"""``start_response()`` with ``exc_info`` (PEP 3333, The ``start_response()`` Callable, Error Handling)."""

from __future__ import annotations

from ...authoring import (
    PLAIN_TEXT,
    Exchange,
    Play,
    Request,
    called_once,
    check,
    expect,
    inapplicable,
    inconclusive,
    perform,
    response_of,
    starts,
)
from ...authoring.responses import cookies_given, replaced_response_of
from ...spec import pep3333

# The stale Content-Length is shorter than the new content: kept, it would cut the error page.
OLD = (*PLAIN_TEXT, ("X-Old", "old"), ("Set-Cookie", "old=1"), ("Content-Length", "3"))
NEW = (*PLAIN_TEXT, ("X-New", "new"))
PAGE = b"what went wrong"

REPLACED = Play(headers=OLD, after=(starts("503 Replaced", NEW, exc="before any output"),), chunks=(PAGE,))


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
    response = replaced_response_of(exchange)
    expect(response.status == 503, "status", want=503, got=response.status)


@check("exc-info-replaces-for-head", requires=pep3333.EXC_INFO_REPLACES, send=Request("HEAD"), play=REPLACED)
def exc_info_replaces_for_head(exchange: Exchange) -> None:
    """The status of the call with exc_info is the one that is sent to HEAD too.

    There is no content to wait for, and yet the headers are not the last ones before the application is done.
    """
    response = replaced_response_of(exchange)
    expect(response.status == 503, "status", want=503, got=response.status)


@check("exc-info-replaces-headers", requires=pep3333.EXC_INFO_REPLACES, play=REPLACED)
def exc_info_replaces_headers(exchange: Exchange) -> None:
    """The headers of the call with exc_info replace all earlier ones: nothing is merged.

    Cookies, lifetimes and types of the page that failed do not belong to the error.
    """
    response = replaced_response_of(exchange)
    old = response.values("x-old") + cookies_given(response, [dict(OLD)["Set-Cookie"]])
    expect(not old, "headers of the replaced response", want="none", got=", ".join(old))
    new = response.values("x-new")
    expect(new == ("new",), "X-New", want="new", got=", ".join(new) or "absent")


@check(
    "exc-info-replaces-headers-by-none",
    requires=pep3333.EXC_INFO_REPLACES,
    play=Play(headers=OLD[:-1], after=(starts("503 Replaced", (), exc="before any output"),), chunks=(PAGE,)),
)
def exc_info_replaces_headers_by_none(exchange: Exchange) -> None:
    """An empty list of headers in the call with exc_info replaces all earlier ones, too.

    A list without members is false: whoever writes ``new or old`` sends the cookies of the page that failed.
    """
    response = replaced_response_of(exchange)
    old = response.values("x-old") + cookies_given(response, [dict(OLD)["Set-Cookie"]])
    expect(not old, "headers of the replaced response", want="none", got=", ".join(old))


@check("exc-info-replaces-content-length", requires=pep3333.EXC_INFO_REPLACES, play=REPLACED)
def exc_info_replaces_content_length(exchange: Exchange) -> None:
    """No Content-Length of the replaced response limits the new one.

    The error page would be cut off, or the client would wait for octets that never come.
    """
    response = replaced_response_of(exchange)
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


# ---- no reference is kept ---------------------------------------------------------------------------


def _expect_released(exchange: Exchange, when: str) -> None:
    """Expect that what the frames of the trapped error held is gone, once nobody else holds it."""
    called_once(exchange)
    seen = exchange.app.of("witness")
    if not seen:
        inconclusive(f"start_response() refused exc_info {when}")
    if not seen[0].facts["counting"]:
        inapplicable("this interpreter does not count references")
    got = "gone" if seen[0].facts["gone"] else "held"
    expect(got == "gone", "what the trapped error held", want="gone", got=got)


@check(
    "exc-info-released",
    requires=pep3333.EXC_INFO_RELEASED,
    play=Play(after=(starts("503 Replaced", NEW, exc="held no longer"), perform("witness")), chunks=(PAGE,)),
)
def exc_info_released(exchange: Exchange) -> None:
    """start_response() keeps no reference to exc_info after it has returned.

    Traceback and frames form a cycle, which keeps all that the application held until the collector runs.
    """
    _expect_released(exchange, "before any output")


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
    _expect_released(exchange, "in its first call")
