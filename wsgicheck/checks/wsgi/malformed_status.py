"""What is no status, and must not become a status line (PEP 3333, start_response(); RFC 9112 4)."""

from __future__ import annotations

from dataclasses import replace

from ...authoring import (
    APPLICATION_ERRS,
    Exchange,
    Play,
    Request,
    Several,
    called_once,
    check,
    expect,
    expect_no_fault,
    starts,
)
from ...authoring.refused_starts import expect_start_refused
from ...spec import pep3333, rfc9112

# ---- what is no status ------------------------------------------------------------------------------


def _doubtful(status: str | int | bytes) -> Play:
    return Play(starts=False, before=(starts(status),))


def expect_no_such_line(exchange: Exchange) -> None:
    """Expect that what was sent, if anything, begins with a well-formed status line."""
    called_once(exchange)
    if exchange.response is not None:
        kinds = ("no status line", "the status line lacks", "the reason phrase contains")
        expect_no_fault(exchange.response, *kinds)


LENIENT = "taking what means a status all the same does no harm to anybody"

NO_SPACE = _doubtful("200OK")
SPACE_BEFORE = _doubtful(" 200 OK")
NO_DIGITS = _doubtful("2OO OK")
OCTETS = _doubtful(b"200 OK")
NUMBER = _doubtful(200)


@check(
    "status-without-space-not-sent", requires=rfc9112.STATUS_LINE, play=NO_SPACE, tempered=APPLICATION_ERRS
)
def status_without_space_not_sent(exchange: Exchange) -> None:
    """A status without the space behind the code makes no malformed status line.

    A client that cannot read the status line gives up the response.
    """
    expect_no_such_line(exchange)


@check(
    "status-after-space-not-sent", requires=rfc9112.STATUS_LINE, play=SPACE_BEFORE, tempered=APPLICATION_ERRS
)
def status_after_space_not_sent(exchange: Exchange) -> None:
    """A status with a space before the code makes no malformed status line.

    See ``status-without-space-not-sent``.
    """
    expect_no_such_line(exchange)


@check(
    "status-without-digits-not-sent", requires=rfc9112.STATUS_CODE, play=NO_DIGITS, tempered=APPLICATION_ERRS
)
def status_without_digits_not_sent(exchange: Exchange) -> None:
    """A status whose code is no number makes no malformed status line.

    See ``status-without-space-not-sent``.
    """
    expect_no_such_line(exchange)


@check(
    "status-of-octets-not-sent-as-repr", requires=rfc9112.STATUS_LINE, play=OCTETS, tempered=APPLICATION_ERRS
)
def status_of_octets_not_sent_as_repr(exchange: Exchange) -> None:
    """A status that is ``bytes`` makes no malformed status line.

    Formatted into a string it reads ``b'200 OK'``.
    """
    expect_no_such_line(exchange)


@check(
    "status-of-number-not-sent-as-is", requires=rfc9112.STATUS_LINE, play=NUMBER, tempered=APPLICATION_ERRS
)
def status_of_number_not_sent_as_is(exchange: Exchange) -> None:
    """A status that is a number makes no malformed status line.

    Formatted into a string it lacks the space.
    """
    expect_no_such_line(exchange)


@check("status-without-space-raises", requires=pep3333.HEADER_ERRORS, play=NO_SPACE)
def status_without_space_raises(exchange: Exchange) -> None:
    """start_response() raises for a status without the space behind the code.

    The application is still running, and can be told by whom the error was made.
    """
    expect_start_refused(exchange, "'200OK'")


@check("status-without-digits-raises", requires=pep3333.HEADER_ERRORS, play=NO_DIGITS)
def status_without_digits_raises(exchange: Exchange) -> None:
    """start_response() raises for a status whose code is no number.

    See ``status-without-space-raises``.
    """
    expect_start_refused(exchange, "'2OO OK'")


@check("status-after-space-raises", requires=pep3333.HEADER_ERRORS, play=SPACE_BEFORE, tempered=LENIENT)
def status_after_space_raises(exchange: Exchange) -> None:
    """start_response() raises for a status with white space before the code.

    See ``status-without-space-raises``.
    """
    expect_start_refused(exchange, "' 200 OK'")


@check("status-of-octets-raises", requires=pep3333.HEADER_ERRORS, play=OCTETS, tempered=LENIENT)
def status_of_octets_raises(exchange: Exchange) -> None:
    """start_response() raises for a status that is no ``str``.

    Code that still thinks in Python 2 is found while it is being written.
    """
    expect_start_refused(exchange, "b'200 OK'")


@check("status-of-number-raises", requires=pep3333.HEADER_ERRORS, play=NUMBER, tempered=LENIENT)
def status_of_number_raises(exchange: Exchange) -> None:
    """start_response() raises for a status that is a number.

    See ``status-of-octets-raises``.
    """
    expect_start_refused(exchange, "200")


@check(
    "status-before-lf-raises",
    requires=pep3333.HEADER_ERRORS,
    play=_doubtful("200 OK\n"),
    tempered=LENIENT,
)
def status_before_lf_raises(exchange: Exchange) -> None:
    """A status with LF behind it is refused when start_response() is called.

    A ``$`` at the end of a regular expression lets it pass: with a second line it is a header of the user's.
    """
    expect_start_refused(exchange, "LF behind the status")


INJECTION = "503 Oops\r\nX-Injected: yes"


def expect_nothing_injected(exchange: Exchange) -> None:
    """Expect that no header of the client's choice came with the status."""
    called_once(exchange)
    if exchange.response is not None:
        got = ", ".join(exchange.response.values("x-injected"))
        expect(not got, "X-Injected, which stood in the status", want="absent", got=got)


@check(
    "status-with-line-end-injects-nothing",
    requires=rfc9112.STATUS_LINE,
    play=_doubtful(INJECTION),
    tempered=APPLICATION_ERRS,
)
def status_with_line_end_injects_nothing(exchange: Exchange) -> None:
    """A line end in a status begins no header.

    A reason phrase that repeats what the client has sent lets him write headers, and a second response.
    """
    expect_nothing_injected(exchange)


@check(
    "status-of-error-call-injects-nothing",
    requires=rfc9112.STATUS_LINE,
    play=Play(after=(starts(INJECTION, exc="with the user's words", trapped=True),)),
    tempered=APPLICATION_ERRS,
)
def status_of_error_call_injects_nothing(exchange: Exchange) -> None:
    """A line end in the status of a call with exc_info begins no header either.

    It is error pages that repeat what the client has sent.
    """
    expect_nothing_injected(exchange)


@check(
    "status-of-four-digits-not-sent",
    requires=rfc9112.STATUS_CODE,
    send=Several(Request(), times=3),
    play=replace(_doubtful("2000 OK"), later=(_doubtful("20 OK"), _doubtful("200.1 OK"))),
    tempered=APPLICATION_ERRS,
)
def status_of_four_digits_not_sent(exchange: Exchange) -> None:
    """A status whose code has more or fewer than three digits makes no malformed status line.

    A client reads the first three and takes the fourth for the beginning of the reason, or it gives up.
    """
    called_once(exchange)
    for part in exchange.parts:
        if part.response is not None:
            expect_no_fault(part.response, "no status line", "the status line lacks")
            code = part.response.head.partition(b" ")[2].partition(b" ")[0][:8]
            expect(len(code) == 3 and code.isdigit(), "the status code", want="three digits", got=code)
