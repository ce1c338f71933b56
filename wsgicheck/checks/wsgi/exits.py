"""``sys.exit()`` in an application, and in the midst of its response (PEP 3333, Error Handling)."""

from __future__ import annotations

from ...authoring import (
    Exchange,
    Pause,
    Play,
    Request,
    Several,
    calls_of,
    check,
    expect,
    inapplicable,
    inconclusive,
    perform,
)
from ...spec import pep3333

MEANT = "some servers take a SystemExit for the order to end, and say so"

EXITS = Several(Request(then=(Pause(0.05),)), times=3)
"""With a pause, as some servers come to their end a moment later: that is to be in this exchange."""
PLAY = Play(
    after=(perform("raise_as", "SystemExit", "wsgicheck: exit in the call"),),
    later=(
        Play(chunks=(b"part", perform("raise_as", "SystemExit", "wsgicheck: exit halfway"))),
        Play(status="202 Well", chunks=(b"well",)),
    ),
)


def _exited(exchange: Exchange, number: int) -> Exchange:
    """Return what came of one of the requests that exit; inconclusive where it did not get there."""
    raising = [seen for seen in exchange.app.of("raising") if seen.label == str(number)]
    if not raising or len(exchange.parts) < number:
        inconclusive("the application did not get to its sys.exit()")
    return exchange.parts[number - 1]


@check(
    "system-exit-of-application-answered",
    requires=pep3333.ERROR_TRAPPED,
    send=EXITS,
    play=PLAY,
    tempered=MEANT,
)
def system_exit_of_application_answered(exchange: Exchange) -> None:
    """A SystemExit of the application is an error like any other, and no success.

    Libraries that were written for the command line call ``sys.exit()`` where they should raise.
    """
    part = _exited(exchange, 1)
    got = part.response.status if part.response else 0
    expect(not 0 < got < 400, "the status after a SystemExit", want="an error", got=got)


@check(
    "system-exit-halfway-cuts-response",
    requires=pep3333.ERROR_TRAPPED_ITERATION,
    send=EXITS,
    play=PLAY,
    tempered=MEANT,
)
def system_exit_halfway_cuts_response(exchange: Exchange) -> None:
    """A response that a SystemExit ends can be told from a whole one.

    ``sys.exit()`` somewhere below the application has not completed its content.
    """
    part = _exited(exchange, 2)
    if part.response is None or part.response.status >= 400:
        return
    if part.response.framing == "close":
        inapplicable("without chunks or a length the end of the connection is the end of any response")
    got = "complete" if part.response.complete else "cut off"
    expect(got == "cut off", f"the response ({part.response.framing})", want="cut off", got=got)


@check("system-exit-survived", requires=pep3333.ERROR_TRAPPED, send=EXITS, play=PLAY, tempered=MEANT)
def system_exit_survived(exchange: Exchange) -> None:
    """The service goes on behind a SystemExit of the application.

    The worker may end by it and be replaced; one request, that somebody can repeat, must not be the end of
    the service.
    """
    _exited(exchange, 2)
    third = calls_of(exchange, "3")
    expect(bool(third), "calls for the request behind a SystemExit", want=1, got=len(third))


@check(
    "iterable-closed-after-system-exit",
    requires=pep3333.CLOSE_ON_ERROR,
    send=EXITS,
    play=PLAY,
    tempered=MEANT,
)
def iterable_closed_after_system_exit(exchange: Exchange) -> None:
    """An iterable that a SystemExit ends is closed.

    A server that lets the order to end pass by its ``close()`` leaves files half written and locks held.
    """
    _exited(exchange, 2)
    if not any(seen.label == "2" for seen in exchange.app.of("returned")):
        inconclusive("the application returned nothing that could be closed")
    closings = sum(seen.label == "2" for seen in exchange.app.of("closed"))
    expect(closings > 0, "calls of close() after a SystemExit", want=1, got=closings)


EXITS_IN_CLOSE = Play(
    closing=(perform("raise_as", "SystemExit", "wsgicheck: exit in close()"),),
    later=(Play(status="202 Well", chunks=(b"well",)),),
)


@check(
    "system-exit-in-close-survived",
    requires=pep3333.ERROR_TRAPPED,
    send=Several(Request(then=(Pause(0.05),)), times=2),
    play=EXITS_IN_CLOSE,
    tempered=MEANT,
)
def system_exit_in_close_survived(exchange: Exchange) -> None:
    """The service goes on behind a SystemExit in close().

    See ``system-exit-survived``. close() is often called outside the handlers that trap what the application
    raises, where the order to end is obeyed by whoever hears it: the thread, the loop, the process.
    """
    _exited(exchange, 1)
    second = calls_of(exchange, "2")
    expect(bool(second), "calls for the request behind a SystemExit in close()", want=1, got=len(second))
