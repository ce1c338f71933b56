"""Errors of the application, of whatever class they are (PEP 3333, Error Handling; RFC 9112 8)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...authoring import (
    PLAIN_TEXT,
    Exchange,
    Play,
    Request,
    Response,
    Several,
    called_once,
    calls_of,
    check,
    expect,
    inapplicable,
    inconclusive,
    perform,
    raises,
    starts,
    writes,
)
from ...authoring.steps import in_turn
from ...spec import pep3333, rfc9112

CLASSES = (
    "TypeError",
    "ValueError",
    "KeyError",
    "AttributeError",
    "EOFError",
    "AssertionError",
    "NotImplementedError",
    "UnicodeError",
    "BlockingIOError",
    "InterruptedError",
    "BrokenPipeError",
    "StopAsyncIteration",
    "IndexError",
    "OSError",
    "TimeoutError",
)
"""Each of them is caught somewhere in a server, for an error of its own."""
OWN_CLIENT = ("BlockingIOError", "InterruptedError", "BrokenPipeError", "OSError", "TimeoutError")
"""Those that a server may take for the loss of its own client, which is nothing to report."""
PLAIN_ERROR = "wsgicheck: an error of no special class"


def _marked(name: str) -> tuple[tuple[str, str], ...]:
    return (*PLAIN_TEXT, ("X-Raised", name))


def _message(name: str, where: str) -> str:
    return f"wsgicheck: {name} {where}"


EACH = Several(Request(), times=len(CLASSES), seconds=0.5)
AT_ONCE = in_turn(
    *(
        Play(headers=_marked(name), after=(perform("raise_as", name, _message(name, "at once")),))
        for name in CLASSES
    )
)
HALFWAY = in_turn(
    *(
        Play(headers=_marked(name), chunks=(b"part", perform("raise_as", name, _message(name, "halfway"))))
        for name in CLASSES
    )
)
FROM_CLOSE = in_turn(
    Play(chunks=(raises(PLAIN_ERROR),)),
    *(Play(closing=(perform("raise_as", name, _message(name, "in close()")),)) for name in CLASSES),
)
FROM_CALL = in_turn(
    Play(before=(raises(PLAIN_ERROR),)),
    *(Play(before=(perform("raise_as", name, _message(name, "logged")),)) for name in CLASSES),
)
PLAIN_AND_EACH = Several(Request(), times=len(CLASSES) + 1, seconds=0.5)


def raised_responses(exchange: Exchange) -> Iterator[tuple[str, Response]]:
    """Go through the responses that have what the application stored before it raised."""
    called_once(exchange)
    for response in exchange.responses:
        for name in response.values("x-raised"):
            yield name, response


@check(
    "application-called-once-whatever-it-raises", requires=pep3333.APP_CALLED_ONCE, send=EACH, play=AT_ONCE
)
def application_called_once_whatever_it_raises(exchange: Exchange) -> None:
    """An application that fails is not called again, whatever the class of its error.

    A server that tries two ways of calling it, and takes a TypeError for its own mistake, lets it work twice.
    """
    called_once(exchange)
    for number, name in enumerate(CLASSES, 1):
        got = len(calls_of(exchange, str(number)))
        expect(got < 2, f"calls of an application that raises {name}", want=1, got=got)


@check("error-of-any-class-answered", requires=pep3333.ERROR_TRAPPED, send=EACH, play=AT_ONCE)
def error_of_any_class_answered(exchange: Exchange) -> None:
    """Behind start_response() an error of any class leaves nothing of the stored response.

    What a server catches for a reason of its own (a key that is absent, a value that cannot be read) it must
    not catch around the application.
    """
    for name, response in raised_responses(exchange):
        expect(response.status >= 400, f"the status after {name}", want="an error", got=response.status)


@check("error-of-any-class-cuts-response", requires=rfc9112.ABORTED_INCOMPLETE, send=EACH, play=HALFWAY)
def error_of_any_class_cuts_response(exchange: Exchange) -> None:
    """A response that an error of any class ended halfway can be told from a whole one.

    ``except EOFError`` around the loop, which is there for the content of requests, ends a download halfway
    as if all were well.
    """
    judged = 0
    for name, response in raised_responses(exchange):
        if response.status < 400 and response.framing != "close":
            judged += 1
            got = "complete" if response.complete else "cut off"
            expect(got == "cut off", f"the response that {name} ended", want="cut off", got=got)
    if not judged and exchange.responses:
        inapplicable("without chunks or a length the end of the connection is the end of any response")


def expect_all_logged(exchange: Exchange, where: str) -> None:
    """Expect that each error is logged, where one of no special class is."""
    called_once(exchange)
    output = exchange.server.output
    if PLAIN_ERROR not in output:
        inapplicable("no error of an application is in the server's output")
    raised = {seen.facts["message"] for seen in exchange.app.of("raising")}
    missing = [
        name
        for name in CLASSES
        if name not in OWN_CLIENT and _message(name, where) in raised and _message(name, where) not in output
    ]
    if not raised - {PLAIN_ERROR}:
        inconclusive("the application did not get to its errors")
    got = ", ".join(missing)
    expect(not missing, "errors that are not logged, unlike an ordinary one", want="none", got=got)


@check("error-of-any-class-logged", requires=pep3333.ERROR_LOGGED, send=PLAIN_AND_EACH, play=FROM_CALL)
def error_of_any_class_logged(exchange: Exchange) -> None:
    """An error of the application is logged with its message, whatever its class is.

    See ``error-before-start-response-logged``. Of some classes a server says nothing because it raises them
    itself.
    """
    expect_all_logged(exchange, "logged")


@check(
    "error-of-any-class-in-close-logged",
    requires=pep3333.ERROR_LOGGED_ITERATION,
    send=PLAIN_AND_EACH,
    play=FROM_CLOSE,
    tempered="the PEP speaks of the application and the iteration, and leaves out close()",
)
def error_of_any_class_in_close_logged(exchange: Exchange) -> None:
    """An error in close() is logged with its message, whatever its class is.

    ``except AttributeError`` around the call, for iterables that have no close(), hides those of the close()
    that is there.
    """
    expect_all_logged(exchange, "in close()")


# ---- errors whose record is easily lost ---------------------------------------------------------------


ODD_MESSAGE = "wsgicheck: an odd message, 100%s of {0} and %(name)d, caf\u00e9 \u20ac"
STREAM_REPLACED = "wsgicheck: behind a stream that was replaced"
ALL_WRITTEN = "wsgicheck: behind all of the content"
EASILY_LOST = {
    "wsgicheck: an odd message": "one whose message looks like a format",
    STREAM_REPLACED: "one behind another wsgi.errors in the environ",
    ALL_WRITTEN: "one behind all of the declared content",
}
"""What each is, by the beginning of its message, which no log has a reason to change."""

PLAIN_AND_ODD = Several(Request(), times=4, seconds=0.5)
ODDLY = in_turn(
    Play(before=(raises(PLAIN_ERROR),)),
    Play(before=(raises(ODD_MESSAGE),)),
    Play(before=(perform("environ_set", "wsgi.errors", None), raises(STREAM_REPLACED))),
    Play(
        headers=(*PLAIN_TEXT, ("Content-Length", "9")),
        after=(writes(b"wsgicheck"), raises(ALL_WRITTEN)),
        chunks=(),
    ),
)


@check(
    "error-easily-lost-logged",
    requires=(pep3333.ERROR_LOGGED, pep3333.ENVIRON_MODIFIABLE),
    send=PLAIN_AND_ODD,
    play=ODDLY,
)
def error_easily_lost_logged(exchange: Exchange) -> None:
    """An error is logged whatever its message is made of, and whatever the application did before it.

    A message that is taken for a format, or that the log cannot encode, ends in an error of the logging.
    Middleware puts a stream of its own in place of wsgi.errors: who writes the traceback to whatever
    stands in environ by now has given it out of hand. And where all of the content had been written, the
    client has a whole response: what was to come behind it (a commit) did not, and only the log can tell.
    """
    called_once(exchange)
    output = exchange.server.output
    if PLAIN_ERROR not in output:
        inapplicable("no error of an application is in the server's output")
    raised = [seen.facts["message"] for seen in exchange.app.of("raising")]
    lost, judged = [], 0
    for beginning, words in EASILY_LOST.items():
        if any(message.startswith(beginning) for message in raised):
            judged += 1
            if beginning not in output:
                lost.append(words)
    if not judged:
        inconclusive("the application did not get to its errors")
    got = ", ".join(lost)
    expect(not lost, "errors that are not logged, unlike an ordinary one", want="none", got=got)


# ---- what start_response() raises -----------------------------------------------------------------------


def _behind_plain_error(play: Play) -> Play:
    return in_turn(Play(before=(raises(PLAIN_ERROR),)), play)


def expect_refusal_logged(exchange: Exchange) -> None:
    """Expect that what start_response() raised is logged with its message, where an ordinary error is.

    The message is the server's own: where it quotes what it refuses, its longest plain part counts.
    """
    called_once(exchange)
    if PLAIN_ERROR not in exchange.server.output:
        inapplicable("no error of an application is in the server's output")
    refused = exchange.app.of("start-raised")
    if not refused:
        inapplicable("start_response() lets this pass")
    error = refused[0].facts["error"]
    words = max(re.findall(r"[\w ,.:()-]+", error["message"]), key=len, default="").strip()
    words = words or error["type"].rpartition(".")[2]
    got = "logged" if words in exchange.server.output else "not, unlike an ordinary one"
    expect(got == "logged", f"the error of start_response() ({words})", want="logged", got=got)


@check(
    "error-of-refused-header-logged",
    requires=pep3333.ERROR_LOGGED,
    send=Several(Request()),
    play=_behind_plain_error(Play(starts=False, before=(starts(headers=(("X-Refused", "a\nb"),)),))),
)
def error_of_refused_header_logged(exchange: Exchange) -> None:
    """The error that start_response() raises for a header is logged, as one of the application's own is.

    It ends the application like any other. A server that knows the class for its own takes it for told: all
    that is left of a page that fails for some visitors is a 500 that nobody can explain.
    """
    expect_refusal_logged(exchange)


@check(
    "error-of-second-call-logged",
    requires=pep3333.ERROR_LOGGED,
    send=Several(Request()),
    play=_behind_plain_error(Play(after=(starts("404 Second"),))),
)
def error_of_second_call_logged(exchange: Exchange) -> None:
    """The error that start_response() raises for a second call is logged, as one of the application's own is.

    See ``error-of-refused-header-logged``: two layers that both answer are found by nothing else.
    """
    expect_refusal_logged(exchange)
