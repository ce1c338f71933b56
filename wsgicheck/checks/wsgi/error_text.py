"""What is told to ``wsgi.errors`` at each stage of a response is recorded (PEP 3333, Error Streams).

All of it is flushed, as the PEP asks of those who need to be sure that it has been written.
"""

from __future__ import annotations

from ...authoring import (
    Exchange,
    Play,
    Request,
    Several,
    Step,
    called_once,
    check,
    expect,
    inapplicable,
    inconclusive,
    perform,
    raises,
)
from ...authoring.steps import in_turn
from ...spec import pep3333

ORDINARY = "wsgicheck-b07e10 told as usual"
ITERATED = "wsgicheck-b07e11 told between two blocks"
CLOSED = "wsgicheck-b07e12 told while it is closed"
CLOSED_EMPTY = "wsgicheck-b07e13 told while a 304 is closed"
FAILING = "wsgicheck-b07e14 told before an error"
FAILING_HALFWAY = "wsgicheck-b07e15 told before an error halfway"
FAILED = "wsgicheck-b07e16 told while what failed is closed"
OPEN_ENDED = "wsgicheck-b07e17 told without a line end"
PRINTED, PRINTED_NEXT = "wsgicheck-b07e18 printed", "wsgicheck-b07e19 printed behind it"


def _tells(text: str, end: str = "\n") -> tuple[Step, Step]:
    return (perform("errors_write", text + end), perform("errors_flush"))


STAGES = in_turn(
    Play(before=_tells(ORDINARY)),
    Play(chunks=(b"part", *_tells(ITERATED), b"rest")),
    Play(closing=_tells(CLOSED)),
    Play("304 Not Modified", (), chunks=(), closing=_tells(CLOSED_EMPTY)),
    Play(before=(*_tells(FAILING), raises("wsgicheck: behind what was told"))),
    Play(
        chunks=(b"part", *_tells(FAILING_HALFWAY), raises("wsgicheck: halfway behind what was told")),
        closing=_tells(FAILED),
    ),
    Play(before=_tells(OPEN_ENDED, end="")),
    Play(before=(*_tells(PRINTED, end=""), *_tells(""), *_tells(PRINTED_NEXT, end=""), *_tells(""))),
)
EACH_STAGE = Several(Request(), times=1 + len(STAGES.later), seconds=0.5)


def _expect_recorded(exchange: Exchange, number: int, *texts: str) -> None:
    """Expect a text in the server's output, where an ordinary one is there, and nothing raised."""
    called_once(exchange)
    output = exchange.server.output
    if ORDINARY not in output:
        inapplicable("what is written to wsgi.errors is not in the server's output")
    told = [seen for seen in exchange.app.of("reported") if seen.label == str(number)]
    if len(told) < 2 * len(texts):
        inconclusive("the application did not get to writing it")
    if any(seen.facts["error"] is not None for seen in told):
        inconclusive("wsgi.errors raised, for which other checks fail")
    for text in texts:
        expect(text in output, "the server's output", want=text, got="nothing of it, unlike an ordinary text")


@check("errors-text-of-iteration-recorded", requires=pep3333.ERRORS_RECORDED, send=EACH_STAGE, play=STAGES)
def errors_text_of_iteration_recorded(exchange: Exchange) -> None:
    """What is written to wsgi.errors between two blocks is recorded, as what is written in the call is.

    Most work of a streaming application is done there.
    """
    _expect_recorded(exchange, 2, ITERATED)


@check("errors-text-of-close-recorded", requires=pep3333.ERRORS_RECORDED, send=EACH_STAGE, play=STAGES)
def errors_text_of_close_recorded(exchange: Exchange) -> None:
    """What is written to wsgi.errors in close() is recorded, though the response is complete.

    It tells of the transaction that could not be committed. A stream that is emptied, or taken back for the
    next request, when the last block is out loses it.
    """
    _expect_recorded(exchange, 3, CLOSED)


@check(
    "errors-text-of-close-of-not-modified-recorded",
    requires=pep3333.ERRORS_RECORDED,
    send=EACH_STAGE,
    play=STAGES,
)
def errors_text_of_close_of_not_modified_recorded(exchange: Exchange) -> None:
    """What is written to wsgi.errors in close() behind a response without content is recorded.

    See ``errors-text-of-close-recorded``.
    """
    if not any(seen.label == "4" for seen in exchange.app.of("closed")):
        inconclusive("close() was not called")
    _expect_recorded(exchange, 4, CLOSED_EMPTY)


@check("errors-text-before-error-recorded", requires=pep3333.ERRORS_RECORDED, send=EACH_STAGE, play=STAGES)
def errors_text_before_error_recorded(exchange: Exchange) -> None:
    """What is written to wsgi.errors before the application fails is recorded.

    It says what the application was about to do, which the traceback does not.
    """
    _expect_recorded(exchange, 5, FAILING)


@check(
    "errors-text-around-error-halfway-recorded",
    requires=pep3333.ERRORS_RECORDED,
    send=EACH_STAGE,
    play=STAGES,
)
def errors_text_around_error_halfway_recorded(exchange: Exchange) -> None:
    """What is written to wsgi.errors before the iterable fails halfway, and in its close(), is recorded.

    See ``errors-text-before-error-recorded``. The connection is broken off there, and the stream is not.
    """
    if not any(seen.label == "6" for seen in exchange.app.of("closed")):
        inconclusive("close() was not called")
    _expect_recorded(exchange, 6, FAILING_HALFWAY, FAILED)


@check(
    "errors-text-without-line-end-recorded", requires=pep3333.ERRORS_RECORDED, send=EACH_STAGE, play=STAGES
)
def errors_text_without_line_end_recorded(exchange: Exchange) -> None:
    """A text without a line feed at its end that is written to wsgi.errors and flushed is recorded.

    ``sys.stderr.write("retrying... ")`` is such a text. A stream that waits for the end of the line has to
    give that up when it is flushed.
    """
    _expect_recorded(exchange, 7, OPEN_ENDED)


@check("errors-line-end-alone-ends-line", requires=pep3333.ERRORS_TEXT, send=EACH_STAGE, play=STAGES)
def errors_line_end_alone_ends_line(exchange: Exchange) -> None:
    """A line feed that is written to wsgi.errors by itself ends the line.

    ``print(..., file=environ["wsgi.errors"])`` writes its text and its line end one after the other.
    """
    _expect_recorded(exchange, 8)
    output = exchange.server.output
    if PRINTED not in output or PRINTED_NEXT not in output:
        inconclusive("the text is not in the server's output")
    between = output[output.index(PRINTED) + len(PRINTED) : output.index(PRINTED_NEXT)]
    expect("\n" in between, "between two lines that were printed", want="a line ending", got=between)
