"""``wsgi.errors`` (PEP 3333, Input and Error Streams)."""

from __future__ import annotations

import re

from ...authoring import (
    Exchange,
    Observation,
    Play,
    called_once,
    check,
    expect,
    inconclusive,
    perform,
    tries,
)
from ...spec import pep3333

WRITTEN = "wsgicheck-4f1c07 was written"
FIRST_LINE, SECOND_LINE = "wsgicheck-9a3e11 first line", "wsgicheck-9a3e12 second line"
LISTED = ("wsgicheck-77d0a1 listed,", "wsgicheck-77d0a2 joined\n", "wsgicheck-77d0a3 listed\n")
ANY_SCRIPT = "wsgicheck-5b2e60 \u20ac \u0416\u4e2d\u05d0 \U0001f600 wsgicheck-5b2e61"
SURROGATE = "wsgicheck-18c3d2 \udc80 wsgicheck-18c3d3"
WHILE_ITERATED = "wsgicheck-c94b20 while iterated"
IN_CLOSE = "wsgicheck-d1f6a8 in close()"

ORDINARY = Play(
    before=(
        tries("errors_write", WRITTEN + "\n"),
        tries("errors_flush"),
        tries("errors_write", f"{FIRST_LINE}\n{SECOND_LINE}\n"),
        tries("errors_write", ""),
        tries("errors_write", "wsgicheck-4f1c08: 100 % of %s, {0} and %(name)d\n"),
        tries("errors_flush"),
    )
)
LISTS = Play(
    before=(
        perform("try", perform("errors_writelines", LISTED)),
        tries("errors_writelines_of_tuple", "wsgicheck-77d0a4 in a tuple\n"),
        tries("errors_flush"),
    )
)
SCRIPTS = Play(before=(tries("errors_write", ANY_SCRIPT + "\n"), tries("errors_flush")))
SURROGATES = Play(before=(tries("errors_write", SURROGATE + "\n"), tries("errors_flush")))
LATE = Play(
    chunks=(perform("errors_write", WHILE_ITERATED + "\n"), b"wsgicheck"),
    closing=(perform("errors_write", IN_CLOSE + "\n"),),
)
ELSEWHERE = "the PEP leaves it to the server where the error log is"


def reported(exchange: Exchange, method: str) -> tuple[Observation, ...]:
    """Return the calls of a method of wsgi.errors; inconclusive where there was none."""
    called_once(exchange)
    found = tuple(seen for seen in exchange.app.of("reported") if seen.facts["method"] == method)
    if not found:
        inconclusive(f"wsgi.errors.{method}() was not called")
    return found


def written_and_flushed(exchange: Exchange) -> tuple[Observation, ...]:
    """Return the calls of write(), and of flush() where that exists: either may be the one that encodes."""
    written = reported(exchange, "write")
    flushes = "flush" in called_once(exchange).facts["errors_methods"]
    return (*written, *reported(exchange, "flush")) if flushes else written


def accepted(exchange: Exchange, method: str) -> None:
    """Expect that a method is there, and raised nothing."""
    methods = called_once(exchange).facts["errors_methods"]
    expect(method in methods, f"wsgi.errors.{method}", want="a method", got="missing")
    for seen in reported(exchange, method):
        error = seen.facts["error"]
        expect(error is None, f"wsgi.errors.{method}()", want="no error", got=error and error["type"])


def without_error(exchange: Exchange, method: str) -> None:
    """End as inconclusive where a call raised: the check of the method itself fails for it."""
    for seen in reported(exchange, method):
        if seen.facts["error"] is not None:
            inconclusive(f"wsgi.errors.{method}() raised {seen.facts['error']['type']}")


@check("errors-write-supported", requires=pep3333.ERRORS_WRITE, play=ORDINARY)
def errors_write_supported(exchange: Exchange) -> None:
    """write(str) of wsgi.errors can be called, with an empty string too, and with signs of formatting.

    It is where applications and their logging write; an error there hides the first one.
    """
    accepted(exchange, "write")


@check("errors-flush-supported", requires=pep3333.ERRORS_FLUSH, play=ORDINARY)
def errors_flush_supported(exchange: Exchange) -> None:
    """flush() of wsgi.errors can be called.

    The logging module flushes behind each record.
    """
    accepted(exchange, "flush")


@check("errors-writelines-supported", requires=pep3333.ERRORS_WRITELINES, play=LISTS)
def errors_writelines_supported(exchange: Exchange) -> None:
    """writelines() of wsgi.errors can be called with a sequence of strings, a list or a tuple.

    The traceback module gives its text in such a form. Wrappers of a stream often forget it.
    """
    accepted(exchange, "writelines")


@check("errors-text-recorded", requires=pep3333.ERRORS_RECORDED, play=ORDINARY, tempered=ELSEWHERE)
def errors_text_recorded(exchange: Exchange) -> None:
    """What is written to wsgi.errors and flushed appears in the server's output.

    It is all that an operator has of an error at night. Look for the file that the server logs to.
    """
    without_error(exchange, "write")
    found = WRITTEN in exchange.server.output
    expect(found, "the server's output", want=WRITTEN, got="nothing of it")


@check("errors-newlines-end-lines", requires=pep3333.ERRORS_TEXT, play=ORDINARY)
def errors_newlines_end_lines(exchange: Exchange) -> None:
    """A line feed written to wsgi.errors ends a line of the log.

    A traceback on a single line can hardly be read.
    """
    without_error(exchange, "write")
    output = exchange.server.output
    if FIRST_LINE not in output or SECOND_LINE not in output:
        inconclusive("the text is not in the server's output")
    between = output.rpartition(FIRST_LINE)[2].partition(SECOND_LINE)[0]
    expect("\n" in between, "between the two lines", want="a line ending", got=between)


@check("errors-line-end-of-each-write-kept", requires=pep3333.ERRORS_TEXT, play=ORDINARY)
def errors_line_end_of_each_write_kept(exchange: Exchange) -> None:
    """What is written to wsgi.errors behind a text that ended in a line feed begins a line of the log.

    A server that strips the text, for a log that ends its records itself, and then writes it as it is, makes
    one line of all.
    """
    without_error(exchange, "write")
    output = exchange.server.output
    if WRITTEN not in output or FIRST_LINE not in output:
        inconclusive("the text is not in the server's output")
    between = output.rpartition(WRITTEN)[2].partition(FIRST_LINE)[0]
    expect("\n" in between, "between two texts that end in a line feed", want="a line ending", got=between)


@check("errors-writelines-recorded", requires=pep3333.ERRORS_RECORDED, play=LISTS, tempered=ELSEWHERE)
def errors_writelines_recorded(exchange: Exchange) -> None:
    """All that is given to writelines() of wsgi.errors appears in the server's output.

    The last line of a traceback says what happened.
    """
    without_error(exchange, "writelines")
    for text in LISTED:
        found = text.strip() in exchange.server.output
        expect(found, "the server's output", want=text.strip(), got="nothing of it")


@check("errors-writelines-adds-nothing", requires=pep3333.ERRORS_NO_SEPARATORS, play=LISTS)
def errors_writelines_adds_nothing(exchange: Exchange) -> None:
    """writelines() of wsgi.errors puts no line ending behind a string that has none.

    Its name misleads; a line that was given in two parts comes out as two. A log that makes a record
    of its own of each part is not meant.
    """
    without_error(exchange, "writelines")
    output = exchange.server.output
    first, second, third = (text.strip() for text in LISTED)
    if first not in output or second not in output or third not in output:
        inconclusive("the text is not in the server's output")
    if re.search(re.escape(first) + r"\s+" + re.escape(second), output):
        expect(False, "between two strings of writelines()", want="nothing", got="a line ending")
    blank = re.search(re.escape(second) + r"\n[ \t]*\r?\n[ \t]*" + re.escape(third), output)
    expect(blank is None, "behind a string that ends a line", want="nothing", got="an empty line")


@check("errors-any-script-accepted", requires=pep3333.ERRORS_UNICODE, play=SCRIPTS)
def errors_any_script_accepted(exchange: Exchange) -> None:
    """Text of any script can be written to wsgi.errors without an error.

    The message of an error quotes what the user typed; a log that raises for it turns one error into
    two, and shows the second one.
    """
    for seen in written_and_flushed(exchange):
        error = seen.facts["error"]
        expect(error is None, "text of several scripts", want="accepted", got=error and error["type"])


@check("errors-any-script-recorded", requires=pep3333.ERRORS_UNICODE, play=SCRIPTS)
def errors_any_script_recorded(exchange: Exchange) -> None:
    """A line with text of any script appears in the server's output, however its letters are shown.

    A line that is dropped because of one letter is missing when it is needed.
    """
    without_error(exchange, "write")
    output = exchange.server.output
    first, last = ANY_SCRIPT.split(" ")[0], ANY_SCRIPT.split(" ")[-1]
    if "wsgicheck-" not in output:
        inconclusive("nothing that was written to wsgi.errors is in the server's output")
    found = first in output and last in output
    expect(found, "the server's output", want=f"{first} ... {last}", got="not all of it")


@check(
    "errors-lone-surrogate-accepted",
    requires=pep3333.ERRORS_UNICODE,
    play=SURROGATES,
    tempered="a lone surrogate is no character, though it is unicode to Python",
)
def errors_lone_surrogate_accepted(exchange: Exchange) -> None:
    """A lone surrogate can be written to wsgi.errors without an error.

    It is what file names become that are not valid in the file system's encoding.
    """
    for seen in written_and_flushed(exchange):
        error = seen.facts["error"]
        expect(error is None, "a lone surrogate", want="accepted", got=error and error["type"])


@check("errors-usable-while-iterated", requires=pep3333.WSGI_ERRORS, play=LATE)
def errors_usable_while_iterated(exchange: Exchange) -> None:
    """wsgi.errors still takes text while the response is iterated.

    Most work of a streaming application is done there, and most of its errors happen there.
    """
    late_text(exchange, "iteration")


@check("errors-usable-in-close", requires=pep3333.WSGI_ERRORS, play=LATE)
def errors_usable_in_close(exchange: Exchange) -> None:
    """wsgi.errors still takes text in close() of the iterable.

    What goes wrong while files and connections are given back is to be heard of, too.
    """
    if not exchange.app.of("closed"):
        inconclusive("close() was not called")
    late_text(exchange, "close")


def late_text(exchange: Exchange, where: str) -> None:
    """Expect that nothing raised in one phase of the response."""
    called_once(exchange)
    if not exchange.app.of("reported"):
        inconclusive("nothing was written to wsgi.errors")
    for seen in exchange.app.of("raised"):
        if seen.facts["where"] == where:
            error = seen.facts["error"]
            expect(False, f"wsgi.errors.write() in {where}", want="no error", got=error["type"])


LONG = "wsgicheck-2c9f70 " + "one line of a long text,\n" * 1500 + "wsgicheck-2c9f71"
"""36,000 characters in lines: a traceback of a deep recursion, or a request that is shown whole."""


@check(
    "errors-long-text-recorded",
    requires=pep3333.ERRORS_RECORDED,
    play=Play(before=(tries("errors_write", LONG + "\n"), tries("errors_flush"))),
)
def errors_long_text_recorded(exchange: Exchange) -> None:
    """A text of 36,000 characters that is written to wsgi.errors appears whole, where it appears at all.

    The last line of a traceback says what happened, and it is the end that is cut off.
    """
    without_error(exchange, "write")
    output = exchange.server.output
    if LONG[:40] not in output:
        inconclusive("the text is not in the server's output")
    end = LONG.rpartition("\n")[2]
    expect(end in output, "the end of a long text", want=end, got="nothing of it")


@check(
    "errors-writelines-of-iterator-supported",
    requires=pep3333.ERRORS_WRITELINES,
    play=Play(
        before=(
            tries("errors_writelines_of_iterator", "wsgicheck-77d0a5 of an\n", "wsgicheck-77d0a6 iterator\n"),
            tries("errors_flush"),
        )
    ),
    tempered="the PEP calls the argument of writelines() a sequence",
)
def errors_writelines_of_iterator_supported(exchange: Exchange) -> None:
    """writelines() of wsgi.errors takes any iterable of strings, as that of a file does.

    ``traceback.TracebackException.format()`` is a generator.
    """
    if "writelines" not in called_once(exchange).facts["errors_methods"]:
        inconclusive("wsgi.errors has no writelines()")
    accepted(exchange, "writelines")
