"""Errors in headers, which ``start_response()`` should find (PEP 3333, start_response(), Unicode Issues).

What of them reaches the wire is judged in ``checks/http``; here the application is to hear of them.
"""

from __future__ import annotations

import re
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
    no_success,
    starts,
)
from ...authoring.refused_starts import expect_start_refused, with_header
from ...spec import pep3333, rfc9112

OTHER_CONTROLS = "many servers leave controls that end no line to the application"


FOLDED = Play(starts=False, before=(starts(headers=(("X-Folded", "a\r\n b"),)),))


# ---- controls and characters ------------------------------------------------------------------------


@check(
    "header-value-with-crlf-raises", requires=pep3333.HEADER_ERRORS, play=with_header("X-A", "a\r\nX-B: b")
)
def header_value_with_crlf_raises(exchange: Exchange) -> None:
    """start_response() raises for a value with a line end in it.

    The application can still answer with an error page, and its log names the line at fault.
    """
    expect_start_refused(exchange, "CR LF in a value")


@check("header-value-folded-raises", requires=pep3333.HEADER_ERRORS, play=FOLDED)
def header_value_folded_raises(exchange: Exchange) -> None:
    """start_response() raises for a value that goes on in a folded line.

    A pattern that lets a line end pass where a space follows lets this one pass.
    """
    expect_start_refused(exchange, "a folded value")


@check("header-value-with-lf-raises", requires=pep3333.HEADER_ERRORS, play=with_header("X-A", "a\nX-B: b"))
def header_value_with_lf_raises(exchange: Exchange) -> None:
    """start_response() raises for a value with a bare LF in it.

    Most clients take a bare LF for the end of a line.
    """
    expect_start_refused(exchange, "LF in a value")


@check("header-value-with-cr-raises", requires=pep3333.HEADER_ERRORS, play=with_header("X-A", "a\rX-B: b"))
def header_value_with_cr_raises(exchange: Exchange) -> None:
    """start_response() raises for a value with a bare CR in it.

    Some clients take it for the end of a line.
    """
    expect_start_refused(exchange, "CR in a value")


@check("header-value-before-lf-raises", requires=pep3333.HEADER_ERRORS, play=with_header("X-A", "a\n"))
def header_value_before_lf_raises(exchange: Exchange) -> None:
    """start_response() raises for a value with a line end behind it.

    "Embedded or at the end": a pattern that ends in ``$`` lets this one pass, and the header section ends.
    """
    expect_start_refused(exchange, "LF at the end of a value")


@check("header-value-with-nul-raises", requires=pep3333.HEADER_ERRORS, play=with_header("X-A", "a\x00b"))
def header_value_with_nul_raises(exchange: Exchange) -> None:
    """start_response() raises for a value with a NUL in it.

    Recipients in C cut the value there.
    """
    expect_start_refused(exchange, "NUL in a value")


DELETE = with_header("X-Mark", "a\x7fb")
BELL = with_header("X-Mark", "a\x07b")


@check("header-value-with-bell-raises", requires=pep3333.HEADER_ERRORS, play=BELL, tempered=OTHER_CONTROLS)
def header_value_with_bell_raises(exchange: Exchange) -> None:
    """start_response() raises for a value with any control character in it.

    Headers are shown in terminals and logs.
    """
    expect_start_refused(exchange, "BEL in a value")


@check(
    "header-value-with-delete-raises", requires=pep3333.HEADER_ERRORS, play=DELETE, tempered=OTHER_CONTROLS
)
def header_value_with_delete_raises(exchange: Exchange) -> None:
    """start_response() raises for a value with a DEL in it.

    It is a control character although it stands behind the letters.
    """
    expect_start_refused(exchange, "DEL in a value")


@check("header-name-with-lf-raises", requires=pep3333.HEADER_ERRORS, play=with_header("X-A: a\nX-B", "b"))
def header_name_with_lf_raises(exchange: Exchange) -> None:
    """start_response() raises for a name with a line end in it.

    Names are made of input less often than values, and checked less often too.
    """
    expect_start_refused(exchange, "LF in a name")


@check("header-name-with-colon-raises", requires=pep3333.HEADER_ERRORS, play=with_header("X-A:", "a"))
def header_name_with_colon_raises(exchange: Exchange) -> None:
    """start_response() raises for a name with a colon behind it.

    The colon would become a part of the value.
    """
    expect_start_refused(exchange, "a colon in a name")


@check("header-name-with-space-raises", requires=pep3333.HEADER_ERRORS, play=with_header("X A", "a"))
def header_name_with_space_raises(exchange: Exchange) -> None:
    """start_response() raises for a name with a space in it.

    Proxies refuse the whole response for it.
    """
    expect_start_refused(exchange, "a space in a name")


@check("header-without-name-raises", requires=pep3333.HEADER_ERRORS, play=with_header("", "a"))
def header_without_name_raises(exchange: Exchange) -> None:
    """start_response() raises for an empty name.

    A line that begins with its colon is no field line.
    """
    expect_start_refused(exchange, "an empty name")


EMPTY_NAME = with_header("", "marked")


@check(
    "header-without-name-not-sent", requires=rfc9112.FIELD_LINE, play=EMPTY_NAME, tempered=APPLICATION_ERRS
)
def header_without_name_not_sent(exchange: Exchange) -> None:
    """A header with an empty name does not reach the client.

    Proxies refuse the whole response for it.
    """
    called_once(exchange)
    if exchange.response is not None:
        expect_no_fault(exchange.response, "a field name is no token", "a field line has no colon")


@check(
    "header-name-with-colon-not-sent",
    requires=rfc9112.FIELD_LINE,
    play=with_header("X-Colon: b", "marked"),
    tempered=APPLICATION_ERRS,
)
def header_name_with_colon_not_sent(exchange: Exchange) -> None:
    """A name with a colon in it does not reach the client as another name.

    What stands behind the colon becomes the beginning of the value.
    """
    called_once(exchange)
    if exchange.response is not None:
        got = exchange.response.values("x-colon")
        expect(not got, "X-Colon", want="absent", got=", ".join(got))


@check(
    "header-value-before-lf-not-sent",
    requires=rfc9112.MESSAGE_FORMAT,
    play=with_header("X-A", "a\r\n"),
    tempered=APPLICATION_ERRS,
)
def header_value_before_lf_not_sent(exchange: Exchange) -> None:
    """A line end behind a value does not end the header section.

    The headers behind it become content: cookies are lost, and policies are not applied.
    """
    called_once(exchange)
    response = exchange.response
    if response is not None and response.status == 200:
        expect(response.content == b"wsgicheck", "content", want=b"wsgicheck", got=response.content)


@check("header-value-with-delete-not-sent", requires=rfc9112.FIELD_LINE, play=DELETE, tempered=OTHER_CONTROLS)
def header_value_with_delete_not_sent(exchange: Exchange) -> None:
    """A control character in a value does not reach the client.

    The grammar of a value has no place for it, and strict clients refuse the response.
    """
    called_once(exchange)
    if exchange.response is not None:
        expect_no_fault(exchange.response, "a field value contains")


@check(
    "header-value-beyond-latin-1-refused",
    requires=pep3333.NON_LATIN_1_FATAL,
    play=with_header("X-A", "\u20ac 5"),
)
def header_value_beyond_latin_1_refused(exchange: Exchange) -> None:
    """A value with characters beyond U+00FF ends in an error.

    Neither UTF-8 nor a question mark is what the application said: the server would be guessing.
    """
    no_success(exchange, "a header value with U+20AC")


@check(
    "header-value-beyond-latin-1-raises",
    requires=pep3333.HEADER_ERRORS,
    play=with_header("X-A", "\u20ac 5"),
)
def header_value_beyond_latin_1_raises(exchange: Exchange) -> None:
    """start_response() raises for a value with characters beyond U+00FF.

    Where the value is encoded only when it is sent, the application has left the place that made it: its
    own error page is never seen, and the log does not say where the value came from.
    """
    expect_start_refused(exchange, "U+20AC in a value")


@check(
    "header-name-beyond-latin-1-refused",
    requires=pep3333.NON_LATIN_1_FATAL,
    play=with_header("X-\u20ac", "5"),
)
def header_name_beyond_latin_1_refused(exchange: Exchange) -> None:
    """A name with characters beyond U+00FF ends in an error.

    No header has such a name.
    """
    no_success(exchange, "a header name with U+20AC")


STATUS_BEYOND = Play(starts=False, before=(starts("200 \u20ac"),))


@check("status-beyond-latin-1-refused", requires=pep3333.NON_LATIN_1_FATAL, play=STATUS_BEYOND)
def status_beyond_latin_1_refused(exchange: Exchange) -> None:
    """A status with characters beyond U+00FF ends in an error.

    The status line takes another way to the wire than the headers, with an encoding of its own.
    """
    no_success(exchange, "a status with U+20AC")


@check(
    "status-beyond-latin-1-raises",
    requires=pep3333.HEADER_ERRORS,
    play=STATUS_BEYOND,
    tempered="the sentence speaks of headers, and an error that comes late is one all the same",
)
def status_beyond_latin_1_raises(exchange: Exchange) -> None:
    """start_response() raises for a status with characters beyond U+00FF.

    See ``header-value-beyond-latin-1-raises``.
    """
    expect_start_refused(exchange, "U+20AC in the status")


# ---- in the call that replaces ----------------------------------------------------------------------

REPLACED_BADLY = Play(after=(starts("503 Replaced", (("X-A", "a\nX-B: b"),), exc="replaced"),))


@check("header-of-error-call-with-lf-raises", requires=pep3333.HEADER_ERRORS, play=REPLACED_BADLY)
def header_of_error_call_with_lf_raises(exchange: Exchange) -> None:
    """start_response() looks at the headers of a call with exc_info as at those of the first one.

    Error pages repeat what the client has sent more than any other.
    """
    expect_start_refused(exchange, "exc_info and LF in a value")


ODD_NAMES = (
    "X(Odd)",
    "X/Odd",
    "X@Odd",
    'X"Odd"',
    "X,Odd",
    "X[Odd]",
    "X\xe9Odd",
    "X\tOdd",
    "X-Odd\n",
    "X-Odd ",
)
TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")


@check(
    "header-names-with-delimiters-not-sent",
    requires=rfc9112.FIELD_LINE,
    send=Several(Request(), times=len(ODD_NAMES)),
    play=replace(
        with_header(ODD_NAMES[0], "marked"),
        later=tuple(with_header(name, "marked") for name in ODD_NAMES[1:]),
    ),
    tempered=APPLICATION_ERRS,
)
def header_names_with_delimiters_not_sent(exchange: Exchange) -> None:
    """A name that is no token, as one with a bracket, a slash or a letter beyond ASCII, is not sent.

    What reads it may refuse the whole response, or read another name: a proxy answers 502 for the page then.
    """
    called_once(exchange)
    for part in exchange.parts:
        if part.response is not None:
            got = [
                name
                for name, value in part.response.headers
                if value == "marked" and not TOKEN.fullmatch(name)
            ]
            expect(not got, "names that are no tokens", want="absent", got=", ".join(got))
            odd = [fault for fault in part.response.faults if "marked" in fault]
            expect(not odd, "names that are no tokens", want="absent", got="; ".join(odd))
