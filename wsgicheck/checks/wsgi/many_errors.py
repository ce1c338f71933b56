"""Applications that fail again and again (PEP 3333, Error Handling).

One error is answered by a worker that goes on, or by one that is replaced. What is lost with each of them,
a thread of the pool or a place in a queue, is not missed before it is the last.
"""

from __future__ import annotations

from dataclasses import replace

from ...authoring import (
    MAY_END_WORKER,
    Exchange,
    Leaving,
    Play,
    Storm,
    check,
    expect_served,
    expect_tidy,
    perform,
    raises,
)
from ...spec import pep3333, rfc9112


def _get(label: bytes) -> bytes:
    return (
        b"GET /?storm HTTP/1.1\r\nHost: {authority}\r\n"
        b"X-Wsgicheck-Ticket: {ticket}\r\nX-Fails: " + label + b"\r\nConnection: close\r\n\r\n"
    )


ERRORS = Storm(
    _get(b"not"),
    Leaving.ANSWERED,
    others=(_get(b"in call"), _get(b"halfway"), _get(b"in close")),
    seconds=0.5,
)
"""The first of four clients is served, so that the plain request has the first play, too. Some servers leave
a client without an end when the application fails halfway: others say so, and here nobody waits for it."""
ERRORS_ONCE = replace(ERRORS, times=60, rounds=0)
"""Where a worker may end by each error, what it leaves behind is not looked at."""
NO_EXCEPTION = perform("raise_as", "BaseException", "wsgicheck: no Exception")
FAILS = Play(
    later=(
        Play(after=(raises("in the call"),)),
        Play(chunks=(b"part", raises("halfway"))),
        Play(closing=(raises("in close()"),)),
    )
)
FAILS_BEYOND_EXCEPTION = Play(
    later=(
        Play(after=(NO_EXCEPTION,)),
        Play(chunks=(b"part", NO_EXCEPTION)),
        Play(closing=(NO_EXCEPTION,)),
    )
)


@check("many-application-errors-survived", requires=pep3333.APP_CALLED_ONCE, send=ERRORS, play=FAILS)
def many_application_errors_survived(exchange: Exchange) -> None:
    """An application that fails again and again, in the call, halfway or in close(), is called again.

    A thread that ends with each error, and is not replaced, leaves a server that accepts and never answers.
    """
    expect_served(exchange)


@check(
    "many-application-errors-leave-nothing-behind",
    requires=rfc9112.CLOSURE_MONITORED,
    send=ERRORS,
    play=FAILS,
)
def many_application_errors_leave_nothing_behind(exchange: Exchange) -> None:
    """Applications that fail leave nothing behind in the server that grows with their number.

    The way of an error goes past what gives back a connection, a thread or a file.
    """
    expect_tidy(exchange)


@check(
    "many-errors-beyond-exception-survived",
    requires=pep3333.APP_CALLED_ONCE,
    send=ERRORS_ONCE,
    play=FAILS_BEYOND_EXCEPTION,
    tempered=MAY_END_WORKER,
)
def many_errors_beyond_exception_survived(exchange: Exchange) -> None:
    """Errors that are no ``Exception`` may end a worker each, but not the service.

    Libraries derive their timeouts and cancellations from BaseException, lest they be caught by mistake. A
    pool of twelve threads, of which each such error ends one, is empty behind the twelfth.
    """
    expect_served(exchange)
