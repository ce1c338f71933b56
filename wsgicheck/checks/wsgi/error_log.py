"""Errors of the application: what the operator gets, and the next client (PEP 3333, Error Handling)."""

from __future__ import annotations

from dataclasses import replace

from ...authoring import (
    MAY_END_WORKER,
    Exchange,
    HttpExchange,
    Octets,
    Play,
    Receive,
    Request,
    Send,
    Several,
    called_once,
    calls_of,
    check,
    expect,
    inapplicable,
    inconclusive,
    octets,
    perform,
    raises,
)
from ...spec import pep3333

ELSEWHERE = "a server may log to where its output does not show"

BEFORE_START = "wsgicheck: logged before start_response"
AFTER_START = "wsgicheck: logged after start_response"
AT_ONCE = "wsgicheck: logged at once in the iteration"
HALFWAY = "wsgicheck: logged halfway through the iteration"
IN_CLOSE = "wsgicheck: raised in close"
FOR_HEAD = "wsgicheck: logged in answer to HEAD"

WELL = (Play(status="202 Well", chunks=(b"well",)),)


def expect_logged(exchange: Exchange, message: str) -> None:
    """Expect that the message of the error stands in the output of the server."""
    called_once(exchange)
    if not exchange.app.of("raising"):
        inconclusive("the application did not get to its error")
    got = "logged" if message in exchange.server.output else "not in the server's output"
    expect(got == "logged", "the error of the application", want="logged", got=got)


def expect_served(exchange: Exchange) -> None:
    """Expect that the request behind one that failed is served."""
    if not exchange.app.of("raising"):
        inconclusive("the application did not get to its error")
    second = [call for call in exchange.app.of("called") if call.label == "2"]
    expect(len(second) == 1, "calls for the request after the error", want=1, got=len(second))
    got = exchange.responses[-1].status if exchange.responses else "no response"
    expect(got == 202, "status of the response after the error", want=202, got=got)
    content = exchange.responses[-1].content
    expect(content == b"well", "content of the response after the error", want=b"well", got=content)


TWO = Several(Request())
FAILS_BEFORE_START = Play(before=(raises(BEFORE_START),), later=WELL)
FAILS_AFTER_START = Play(after=(raises(AFTER_START),), later=WELL)
FAILS_AT_ONCE = Play(chunks=(raises(AT_ONCE),), later=WELL)
FAILS_HALFWAY = Play(shape="generator", chunks=(b"part", raises(HALFWAY)), later=WELL)
FAILS_IN_CLOSE = Play(closing=(raises(IN_CLOSE),), later=WELL)


@check(
    "error-before-start-response-logged",
    requires=pep3333.ERROR_LOGGED,
    send=TWO,
    play=FAILS_BEFORE_START,
    tempered=ELSEWHERE,
)
def error_before_start_response_logged(exchange: Exchange) -> None:
    """An error before start_response() is logged with its message.

    Without it the operator knows that something failed, and nothing else.
    """
    expect_logged(exchange, BEFORE_START)


@check(
    "error-after-start-response-logged",
    requires=pep3333.ERROR_LOGGED,
    send=TWO,
    play=FAILS_AFTER_START,
    tempered=ELSEWHERE,
)
def error_after_start_response_logged(exchange: Exchange) -> None:
    """An error behind start_response() is logged with its message.

    See ``error-before-start-response-logged``.
    """
    expect_logged(exchange, AFTER_START)


@check(
    "error-in-first-iteration-logged",
    requires=pep3333.ERROR_LOGGED_ITERATION,
    send=TWO,
    play=FAILS_AT_ONCE,
    tempered=ELSEWHERE,
)
def error_in_first_iteration_logged(exchange: Exchange) -> None:
    """An error in the first iteration is logged with its message.

    See ``error-before-start-response-logged``.
    """
    expect_logged(exchange, AT_ONCE)


@check(
    "error-halfway-logged",
    requires=pep3333.ERROR_LOGGED_ITERATION,
    send=TWO,
    play=FAILS_HALFWAY,
    tempered=ELSEWHERE,
)
def error_halfway_logged(exchange: Exchange) -> None:
    """An error behind the first block is logged with its message.

    Nobody else learns of it: for the client the connection just ended.
    """
    expect_logged(exchange, HALFWAY)


@check(
    "error-before-start-response-survived", requires=pep3333.ERROR_TRAPPED, send=TWO, play=FAILS_BEFORE_START
)
def error_before_start_response_survived(exchange: Exchange) -> None:
    """The request after one that failed before start_response() is served.

    An error that leaves the loop of a worker ends it, and with the last worker the service.
    """
    expect_served(exchange)


@check(
    "error-after-start-response-survived", requires=pep3333.ERROR_TRAPPED, send=TWO, play=FAILS_AFTER_START
)
def error_after_start_response_survived(exchange: Exchange) -> None:
    """The request after one that failed behind start_response() is served.

    See ``error-before-start-response-survived``.
    """
    expect_served(exchange)


@check(
    "error-in-first-iteration-survived",
    requires=pep3333.ERROR_TRAPPED_ITERATION,
    send=TWO,
    play=FAILS_AT_ONCE,
)
def error_in_first_iteration_survived(exchange: Exchange) -> None:
    """The request after one that failed in its first iteration is served.

    See ``error-before-start-response-survived``.
    """
    expect_served(exchange)


@check("error-halfway-survived", requires=pep3333.ERROR_TRAPPED_ITERATION, send=TWO, play=FAILS_HALFWAY)
def error_halfway_survived(exchange: Exchange) -> None:
    """The request after one that failed behind its first block is served.

    See ``error-before-start-response-survived``.
    """
    expect_served(exchange)


@check("error-in-close-survived", requires=pep3333.ERROR_TRAPPED, send=TWO, play=FAILS_IN_CLOSE)
def error_in_close_survived(exchange: Exchange) -> None:
    """The request after one whose close() raised is served.

    close() is called behind all other handlers, and its error is easily forgotten.
    """
    expect_served(exchange)


# ---- errors that are easily overlooked ------------------------------------------------------------------


PLAIN_ERROR = "wsgicheck: logged as an ordinary error"
CONNECTION_LOST = "wsgicheck: logged though a ConnectionResetError halfway"
SYSTEM_ERROR = "wsgicheck: logged though an OSError halfway"
NO_EXCEPTION = "wsgicheck: logged though no Exception"
LATE_IN_CLOSE = "wsgicheck: logged though in close"
ON_KEPT = "wsgicheck: logged on a kept connection"

THREE = Several(Request(), times=3, seconds=2.0)
"""An ordinary error, which shows whether the log is in the output at all; another one; and a good request."""


def _beside(ordinary: Play, other: Play) -> Play:
    return replace(ordinary, later=(other, *WELL))


LOSES_CONNECTION = _beside(
    Play(chunks=(b"part", raises(PLAIN_ERROR))),
    Play(chunks=(b"part", perform("raise_as", "ConnectionResetError", CONNECTION_LOST))),
)
SYSTEM_FAILS = _beside(
    Play(chunks=(b"part", raises(PLAIN_ERROR))),
    Play(chunks=(b"part", perform("raise_as", "FileNotFoundError", SYSTEM_ERROR))),
)
IS_NO_EXCEPTION = _beside(
    Play(before=(raises(PLAIN_ERROR),)), Play(before=(perform("raise_as", "BaseException", NO_EXCEPTION),))
)
LATE = _beside(Play(chunks=(b"part", raises(PLAIN_ERROR))), Play(closing=(raises(LATE_IN_CLOSE),)))


def expect_logged_too(exchange: Exchange, message: str) -> None:
    """Expect that an error is logged where an ordinary one is."""
    if not any(seen.facts["message"] == message for seen in exchange.app.of("raising")):
        inconclusive("the application did not get to its error")
    if PLAIN_ERROR not in exchange.server.output:
        inapplicable("no error of an application is in the server's output")
    got = "logged" if message in exchange.server.output else "not, unlike an ordinary one"
    expect(got == "logged", "the error of the application", want="logged", got=got)


def expect_third_served(exchange: Exchange) -> None:
    """Expect that the request behind two that failed is served."""
    if len(exchange.app.of("raising")) < 2:
        inconclusive("the application did not get to its error")
    third = calls_of(exchange, "3")
    expect(bool(third), "calls for the request after the error", want=1, got=len(third))
    got = exchange.responses[-1].status if exchange.responses else "no response"
    expect(got == 202, "status of the response after the error", want=202, got=got)


@check(
    "error-in-close-logged",
    requires=pep3333.ERROR_LOGGED_ITERATION,
    send=THREE,
    play=LATE,
    tempered="the PEP speaks of the application and the iteration, and leaves out close()",
)
def error_in_close_logged(exchange: Exchange) -> None:
    """An error in close() is logged with its message, as an ordinary one is.

    The client has all of his response, so that nobody but the operator can hear of a commit that failed.
    """
    expect_logged_too(exchange, LATE_IN_CLOSE)


@check(
    "system-error-halfway-logged",
    requires=pep3333.ERROR_LOGGED_ITERATION,
    send=THREE,
    play=SYSTEM_FAILS,
)
def system_error_halfway_logged(exchange: Exchange) -> None:
    """An OSError of the application halfway is logged with its message, as an ordinary error is.

    Here it is a file that is missing; a server that catches the class around its own sending hears of a
    client that has gone, and says nothing.
    """
    expect_logged_too(exchange, SYSTEM_ERROR)


@check(
    "connection-error-halfway-logged",
    requires=pep3333.ERROR_LOGGED_ITERATION,
    send=THREE,
    play=LOSES_CONNECTION,
    tempered="by its class it may be the loss of the server's own client, which is nothing to report",
)
def connection_error_halfway_logged(exchange: Exchange) -> None:
    """A ConnectionResetError of the application halfway is logged with its message, as an ordinary error is.

    A server that takes it for its own client's, which is nothing to report, hides that a backend is down.
    """
    expect_logged_too(exchange, CONNECTION_LOST)


@check(
    "connection-error-halfway-survived",
    requires=pep3333.ERROR_TRAPPED_ITERATION,
    send=THREE,
    play=LOSES_CONNECTION,
)
def connection_error_halfway_survived(exchange: Exchange) -> None:
    """The request after one that failed halfway with a ConnectionResetError is served.

    See ``error-before-start-response-survived``.
    """
    expect_third_served(exchange)


@check(
    "error-that-is-no-exception-logged",
    requires=pep3333.ERROR_LOGGED,
    send=THREE,
    play=IS_NO_EXCEPTION,
    tempered=MAY_END_WORKER,
)
def error_that_is_no_exception_logged(exchange: Exchange) -> None:
    """An error outside the class Exception is logged with its message, as an ordinary one is.

    The timeouts of gevent and eventlet are such errors, and the only trace of a request that hung.
    """
    expect_logged_too(exchange, NO_EXCEPTION)


@check(
    "error-that-is-no-exception-survived",
    requires=pep3333.ERROR_TRAPPED,
    send=THREE,
    play=IS_NO_EXCEPTION,
    tempered=MAY_END_WORKER,
)
def error_that_is_no_exception_survived(exchange: Exchange) -> None:
    """The request after one that failed with an error outside the class Exception is served.

    Whatever becomes of the worker, the service goes on.
    """
    expect_third_served(exchange)


@check(
    "error-on-kept-connection-logged",
    requires=pep3333.ERROR_LOGGED,
    send=Octets(
        octets(),
        methods=("GET", "GET"),
        then=(Receive(b"well"), Send(octets("GET", "Connection: close", label="2"))),
    ),
    play=Play(
        headers=(("Content-Length", "4"),), chunks=(b"well",), later=(Play(before=(raises(ON_KEPT),)),)
    ),
    tempered=ELSEWHERE,
)
def error_on_kept_connection_logged(exchange: HttpExchange) -> None:
    """An error in the second request of a connection is logged with its message.

    Most requests are not the first of their connection.
    """
    if not calls_of(exchange, "2"):
        inapplicable("the server does not serve another request on the connection")
    expect_logged(exchange, ON_KEPT)


@check(
    "error-for-head-logged",
    requires=pep3333.ERROR_LOGGED,
    send=Request("HEAD"),
    play=Play(before=(raises(FOR_HEAD),)),
    tempered=ELSEWHERE,
)
def error_for_head_logged(exchange: Exchange) -> None:
    """An error in answer to HEAD is logged with its message.

    The client gets no page that tells of it: the log is all there is.
    """
    expect_logged(exchange, FOR_HEAD)
