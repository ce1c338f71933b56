"""Errors of the application: what the client gets (PEP 3333, Error Handling)."""

from __future__ import annotations

from ...authoring import (
    PLAIN_TEXT,
    Exchange,
    Play,
    Step,
    called_once,
    check,
    expect,
    expect_no_fault,
    inconclusive,
    no_success,
    perform,
    raises,
    response_of,
)
from ...authoring.responses import cookies_given
from ...spec import pep3333, rfc9110

# What the response would have been; nothing of it belongs to an error.
HOPED = (*PLAIN_TEXT, ("X-Hoped", "for"), ("Set-Cookie", "hoped=1"), ("Content-Length", "3"))

BEFORE_START = Play(before=(raises("wsgicheck: before start_response"),))
AFTER_START = Play(headers=HOPED, after=(raises("wsgicheck: after start_response"),))
IN_GENERATOR = Play(headers=HOPED, shape="generator", chunks=(raises("wsgicheck: at once in a generator"),))
IN_ITERATOR = Play(headers=HOPED, chunks=(raises("wsgicheck: at once in an iterator"),))
AFTER_EMPTY = Play(headers=HOPED[:3], chunks=(b"", raises("wsgicheck: after an empty block")))


def expect_error(exchange: Exchange, after: str) -> None:
    """Expect an error response, or none, and nothing of the response that was hoped for."""
    response = no_success(exchange, after)
    if response is not None:
        hoped = response.values("x-hoped") + cookies_given(response, [dict(HOPED)["Set-Cookie"]])
        expect(not hoped, "headers of the failed response", want="none", got=", ".join(hoped))
        expect_no_fault(response)
        expect(response.complete, "the error response", want="complete", got="cut off")


# ---- nothing was sent: the client is told -----------------------------------------------------------


@check("error-before-start-response-answered", requires=pep3333.ERROR_TRAPPED, play=BEFORE_START)
def error_before_start_response_answered(exchange: Exchange) -> None:
    """An application that raises at once is answered with an error, or not at all, but not for it.

    The server has to find a status of its own: there is none stored.
    """
    expect_error(exchange, "an error before start_response()")


@check(
    "error-before-output-gets-response",
    requires=rfc9110.FAILURE_ANSWERED,
    play=AFTER_START,
    tempered="PEP 3333 leaves it to the server what the client of a failed application gets",
)
def error_before_output_gets_response(exchange: Exchange) -> None:
    """An application that fails before it has sent anything leaves the client with a response.

    A connection that just ends looks like a broken network: clients try again, and nobody looks for
    the fault.
    """
    called_once(exchange)
    if exchange.response is None and exchange.ended in ("eof", "reset"):
        expect(False, "behind an error of the application", want="an error response", got="the end")


@check(
    "error-after-start-response-answered",
    requires=(pep3333.HEADERS_NOT_EARLY, pep3333.ERROR_TRAPPED),
    play=AFTER_START,
)
def error_after_start_response_answered(exchange: Exchange) -> None:
    """After an error behind start_response() nothing of the stored response is sent.

    The 200 was only stored: it must not be sent without content, and an error page needs another status.
    """
    expect_error(exchange, "an error behind start_response()")


@check(
    "error-in-first-iteration-answered",
    requires=(pep3333.HEADERS_NOT_EARLY, pep3333.ERROR_TRAPPED_ITERATION),
    play=IN_ITERATOR,
)
def error_in_first_iteration_answered(exchange: Exchange) -> None:
    """After an error in the first iteration nothing of the stored response is sent.

    The application has returned long before, so another handler of the server has to catch it.
    """
    expect_error(exchange, "an error in the first iteration")


@check(
    "error-in-generator-answered",
    requires=(pep3333.HEADERS_NOT_EARLY, pep3333.ERROR_TRAPPED_ITERATION),
    play=IN_GENERATOR,
)
def error_in_generator_answered(exchange: Exchange) -> None:
    """After an error of a generator before its first block nothing of the stored response is sent.

    This is how the errors of most streaming applications look.
    """
    expect_error(exchange, "an error in a generator")


@check(
    "error-after-empty-block-answered",
    requires=(pep3333.HEADERS_NOT_EARLY, pep3333.ERROR_TRAPPED_ITERATION),
    play=AFTER_EMPTY,
)
def error_after_empty_block_answered(exchange: Exchange) -> None:
    """After an error behind an empty block nothing of the stored response is sent.

    Nothing has been sent by then, so nothing forbids to say what happened.
    """
    response = exchange.response
    if (
        response is not None
        and response.status == 200
        and not (response.complete and response.framing != "close")
    ):
        inconclusive("the headers had left with the empty block: headers-held-across-empty-block judges that")
    expect_error(exchange, "an error behind an empty block")


@check(
    "error-response-without-traceback",
    requires=pep3333.ERROR_TRAPPED,
    play=BEFORE_START,
    tempered="development servers show it on purpose",
)
def error_response_without_traceback(exchange: Exchange) -> None:
    """The traceback is for the log, and not for the client.

    It tells strangers about paths, versions and queries.
    """
    called_once(exchange)
    content = response_of(exchange).content
    for words in (b"Traceback (most recent call last)", b"wsgicheck_probe"):
        expect(words not in content, "the error response", want="no traceback", got=words)


def _raises_builtin(name: str) -> Step:
    return perform("raise_as", name, f"wsgicheck: a {name} of the application")


@check(
    "connection-error-of-application-answered",
    requires=pep3333.ERROR_TRAPPED,
    play=Play(headers=HOPED, after=(_raises_builtin("ConnectionResetError"),)),
)
def connection_error_of_application_answered(exchange: Exchange) -> None:
    """A ConnectionResetError of the application (its database is gone) is an error like any other.

    A server that takes it for its own client's leaves the client without an answer for ever.
    """
    expect_error(exchange, "a ConnectionResetError")


@check(
    "stop-iteration-of-application-answered",
    requires=pep3333.ERROR_TRAPPED,
    play=Play(headers=HOPED, after=(_raises_builtin("StopIteration"),)),
)
def stop_iteration_of_application_answered(exchange: Exchange) -> None:
    """A StopIteration of the application (it took the next of nothing) is an error like any other.

    A server that calls the application where it iterates takes it for the end of the response.
    """
    expect_error(exchange, "a StopIteration")


TIMES_OUT = Play(headers=HOPED, after=(_raises_builtin("TimeoutError"),))


@check("timeout-of-application-answered", requires=pep3333.ERROR_TRAPPED, play=TIMES_OUT)
def timeout_of_application_answered(exchange: Exchange) -> None:
    """A TimeoutError of the application (its backend is slow) is an error like any other.

    ``socket.timeout`` is the same class, and servers catch that around their own reading.
    """
    expect_error(exchange, "a TimeoutError")


@check("timeout-of-application-not-answered-408", requires=rfc9110.REQUEST_TIMEOUT, play=TIMES_OUT)
def timeout_of_application_not_answered_408(exchange: Exchange) -> None:
    """A TimeoutError of the application is not answered as a timeout of the request.

    408 says that the request did not come in time, so that nothing was done: clients and proxies send it
    again by themselves, and an order is placed twice.
    """
    called_once(exchange)
    response = exchange.response
    if response is None:
        return  # the end of the connection says nothing of the request
    expect(response.status != 408, "the status after a TimeoutError", want="another error", got=408)


@check(
    "error-with-any-message-answered",
    requires=pep3333.ERROR_TRAPPED,
    play=Play(headers=HOPED, after=(raises("wsgicheck: caf\u00e9 \u20ac \U0001f600 \udc80\r\n%s {0}"),)),
)
def error_with_any_message_answered(exchange: Exchange) -> None:
    """An error is trapped whatever its message is made of.

    Where the log cannot encode it or takes it for a format, trapping the error raises another one.
    """
    expect_error(exchange, "an error with an odd message")


@check(
    "index-error-in-first-iteration-answered",
    requires=(pep3333.HEADERS_NOT_EARLY, pep3333.ERROR_TRAPPED_ITERATION),
    play=Play(headers=HOPED[:3], chunks=(_raises_builtin("IndexError"),)),
)
def index_error_in_first_iteration_answered(exchange: Exchange) -> None:
    """An IndexError of an iterator (it took the first of nothing) is an error, and not an empty response.

    It ends an iteration by the old protocol of ``__getitem__`` alone, and ``iter()`` knows which that is.
    """
    expect_error(exchange, "an IndexError")


@check(
    "error-that-is-no-exception-gets-response",
    requires=rfc9110.FAILURE_ANSWERED,
    play=Play(headers=HOPED, after=(_raises_builtin("BaseException"),)),
    tempered="PEP 3333 leaves it to the server what the client of a failed application gets",
)
def error_that_is_no_exception_gets_response(exchange: Exchange) -> None:
    """An application that fails with an error outside the class Exception leaves the client with a response.

    See ``error-before-output-gets-response``: the same handler should answer for both.
    """
    called_once(exchange)
    if exchange.response is None:
        got = "the end" if exchange.ended in ("eof", "reset") else "silence"
        expect(False, "behind an error that is no Exception", want="an error response", got=got)
