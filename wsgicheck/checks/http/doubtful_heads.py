"""Heads of an application that the grammar forbids to send (RFC 9112 2, 4, 5, 6, 11.1)."""

from __future__ import annotations

import re

from ...authoring import (
    PLAIN_TEXT,
    HttpExchange,
    Octets,
    Play,
    called_once,
    check,
    expect,
    expect_no_fault,
    octets,
    response_of,
)
from ...authoring.requests import GET_KEPT
from ...spec import rfc9110, rfc9112

GET = Octets(octets("GET", "Connection: close"))
APPLICATION_ERRS = "the application errs first, and many servers send what it passes"


def _doubtful(status: str = "200 OK", *fields: tuple[str, str]) -> Play:
    """A play with a doubtful head; what the server raises goes back to the server."""
    return Play(status=status, headers=(*PLAIN_TEXT, *fields), shape="list")


def _lines(exchange: HttpExchange) -> list[bytes]:
    """The lines of the head as they were sent, however they end."""
    called_once(exchange)
    return re.split(rb"\r?\n", response_of(exchange).head.rstrip(b"\r\n"))


@check(
    "bare-cr-not-sent",
    requires=rfc9112.BARE_CR_NOT_SENT,
    send=GET,
    play=_doubtful("200 OK", ("X-Bare", "a\rX-Injected: b")),
    tempered=APPLICATION_ERRS,
)
def bare_cr_not_sent(exchange: HttpExchange) -> None:
    """A CR in a value of the application is not sent.

    Some recipients take it for the end of the line: the rest becomes a field of an attacker's choice.
    """
    called_once(exchange)
    head = response_of(exchange).head
    expect(not re.search(rb"\r(?!\n)", head), "bare CR in the head", want="none", got=head)


@check(
    "bare-cr-not-sent-in-status",
    requires=rfc9112.BARE_CR_NOT_SENT,
    send=GET,
    play=_doubtful("200 O\rK"),
    tempered=APPLICATION_ERRS,
)
def bare_cr_not_sent_in_status(exchange: HttpExchange) -> None:
    """A CR in a status of the application is not sent.

    See ``bare-cr-not-sent``.
    """
    called_once(exchange)
    head = response_of(exchange).head
    expect(not re.search(rb"\r(?!\n)", head), "bare CR in the head", want="none", got=head)


@check(
    "response-not-split",
    requires=rfc9112.MESSAGE_FORMAT,
    send=GET,
    play=_doubtful("200 OK", ("X-Split", "a\r\nX-Injected: b")),
    tempered=APPLICATION_ERRS,
)
def response_not_split(exchange: HttpExchange) -> None:
    """A CRLF in a value of the application makes no second field line.

    Whoever can put text into a redirect then sets cookies, or writes the next response (RFC 9112 11.1).
    """
    injected = [line for line in _lines(exchange) if line.startswith(b"X-Injected")]
    expect(not injected, "field lines from within a value", want="none", got=injected)


@check(
    "response-not-split-by-status",
    requires=rfc9112.MESSAGE_FORMAT,
    send=GET,
    play=_doubtful("200 OK\r\nX-Injected: b"),
    tempered=APPLICATION_ERRS,
)
def response_not_split_by_status(exchange: HttpExchange) -> None:
    """A CRLF in a status of the application makes no field line.

    See ``response-not-split``.
    """
    injected = [line for line in _lines(exchange) if line.startswith(b"X-Injected")]
    expect(not injected, "field lines from within the status", want="none", got=injected)


@check(
    "response-not-split-by-name",
    requires=rfc9112.MESSAGE_FORMAT,
    send=GET,
    play=_doubtful("200 OK", ("X-Injected: b\r\nX-Split", "a")),
    tempered=APPLICATION_ERRS,
)
def response_not_split_by_name(exchange: HttpExchange) -> None:
    """A CRLF in a field name of the application makes no second field line.

    See ``response-not-split``.
    """
    injected = [line for line in _lines(exchange) if line.startswith(b"X-Injected")]
    expect(not injected, "field lines from within a name", want="none", got=injected)


@check(
    "folded-line-not-sent",
    requires=rfc9112.FOLDING_NOT_SENT,
    send=GET,
    play=_doubtful("200 OK", ("X-Folded", "a\r\n b")),
    tempered=APPLICATION_ERRS,
)
def folded_line_not_sent(exchange: HttpExchange) -> None:
    """A folded value of the application is not sent folded.

    Recipients replace, refuse or drop such lines.
    """
    folded = [line for line in _lines(exchange) if line[:1] in (b" ", b"\t")]
    expect(not folded, "folded lines", want="none", got=folded)


@check(
    "whitespace-not-sent-before-first-field",
    requires=rfc9112.LEADING_WHITESPACE_NOT_SENT,
    send=GET,
    play=Play(headers=((" X-Indented", "a"), *PLAIN_TEXT), shape="list"),
    tempered=APPLICATION_ERRS,
)
def whitespace_not_sent_before_first_field(exchange: HttpExchange) -> None:
    """A name of the application that begins with a space is not sent right behind the status line.

    Recipients drop the line, or the response.
    """
    lines = _lines(exchange)
    indented = lines[1:2] if lines[1:] and lines[1][:1] in (b" ", b"\t") else []
    expect(not indented, "white space before the first field", want="none", got=indented)


def _expect_line_absent(exchange: HttpExchange, line: bytes) -> None:
    got = [sent for sent in _lines(exchange) if line in sent]
    expect(not got, "field line sent", want="none", got=got)


@check(
    "field-name-invalid-not-sent",
    requires=rfc9112.FIELD_LINE,
    send=GET,
    play=_doubtful("200 OK", ("X Mark", "marked")),
    tempered=APPLICATION_ERRS,
)
def field_name_invalid_not_sent(exchange: HttpExchange) -> None:
    """A field name of the application that is no token is not sent.

    Proxies refuse the whole response for it.
    """
    _expect_line_absent(exchange, b"marked")


@check(
    "field-value-nul-not-sent",
    requires=rfc9112.FIELD_LINE,
    send=GET,
    play=_doubtful("200 OK", ("X-Mark", "mar\x00ked")),
    tempered=APPLICATION_ERRS,
)
def field_value_nul_not_sent(exchange: HttpExchange) -> None:
    """A NUL in a value of the application is not sent.

    Recipients in C cut the line there; others refuse the response.
    """
    _expect_line_absent(exchange, b"\x00")


@check(
    "reason-control-not-sent",
    requires=rfc9112.REASON_PHRASE,
    send=GET,
    play=_doubtful("200 O\x07K"),
    tempered=APPLICATION_ERRS,
)
def reason_control_not_sent(exchange: HttpExchange) -> None:
    """A control character in a reason of the application is not sent.

    The grammar of the status line has no place for it.
    """
    _expect_line_absent(exchange, b"\x07")


@check(
    "status-code-of-three-digits",
    requires=rfc9112.STATUS_CODE,
    send=GET,
    play=_doubtful("2000 OK"),
    tempered=APPLICATION_ERRS,
)
def status_code_of_three_digits(exchange: HttpExchange) -> None:
    """A status code of four digits is not sent.

    A client that cannot read the status line gives up the response.
    """
    line = _lines(exchange)[0]
    expect(not re.match(rb"HTTP/1\.[01] [0-9]{4}", line), "status line", want="three digits", got=line)


@check(
    "status-line-space-without-reason",
    requires=rfc9112.STATUS_LINE_SPACE,
    send=GET,
    play=_doubtful("200"),
    tempered=APPLICATION_ERRS,
)
def status_line_space_without_reason(exchange: HttpExchange) -> None:
    """A space follows the status code even where the application gives no reason.

    Strict parsers look for it.
    """
    called_once(exchange)
    expect_no_fault(response_of(exchange), "the status line lacks the space")


@check(
    "status-line-space-before-empty-reason",
    requires=rfc9112.STATUS_LINE_SPACE,
    send=GET,
    play=_doubtful("200 "),
)
def status_line_space_before_empty_reason(exchange: HttpExchange) -> None:
    """A space follows the status code where the application gives a reason that is empty.

    The application gave the space: a server that trims the status has taken it away.
    """
    called_once(exchange)
    expect_no_fault(response_of(exchange), "the status line lacks the space")


@check(
    "content-length-invalid-not-sent",
    requires=rfc9110.CONTENT_LENGTH_SINGLE,
    send=GET,
    play=_doubtful("200 OK", ("Content-Length", "+9")),
    tempered=APPLICATION_ERRS,
)
def content_length_invalid_not_sent(exchange: HttpExchange) -> None:
    """A Content-Length of the application that is no number is not sent.

    Each recipient repairs it in its own way, and finds another end of the response.
    """
    called_once(exchange)
    got = response_of(exchange).values("content-length")
    expect("+9" not in got, "Content-Length", want="a number or none", got=", ".join(got))


@check(
    "content-length-list-not-sent",
    requires=rfc9110.CONTENT_LENGTH_SINGLE,
    send=GET,
    play=_doubtful("200 OK", ("Content-Length", "9, 8")),
    tempered=APPLICATION_ERRS,
)
def content_length_list_not_sent(exchange: HttpExchange) -> None:
    """A Content-Length of the application with two numbers is not sent.

    See ``content-length-invalid-not-sent``.
    """
    called_once(exchange)
    got = response_of(exchange).values("content-length")
    expect("9, 8" not in got, "Content-Length", want="a number or none", got=", ".join(got))


@check(
    "content-length-lines-not-sent-twice",
    requires=rfc9110.FIELD_NOT_DUPLICATED,
    send=GET,
    play=_doubtful("200 OK", ("Content-Length", "9"), ("Content-Length", "8")),
    tempered=APPLICATION_ERRS,
)
def content_length_lines_not_sent_twice(exchange: HttpExchange) -> None:
    """Two lines of Content-Length that differ are not sent.

    See ``content-length-invalid-not-sent``.
    """
    called_once(exchange)
    got = response_of(exchange).values("content-length")
    expect(len(got) <= 1, "lines of Content-Length", want="at most 1", got=", ".join(got))


@check(
    "length-and-given-coding-not-sent-together",
    requires=rfc9112.LENGTH_AND_CODING_NOT_SENT,
    send=GET,
    play=_doubtful("200 OK", ("Transfer-Encoding", "chunked")),
    tempered=APPLICATION_ERRS,
)
def length_and_given_coding_not_sent_together(exchange: HttpExchange) -> None:
    """A Transfer-Encoding that the application gives is not sent beside a Content-Length of the server.

    PEP 3333 leaves hop-by-hop fields to the server, which may refuse or drop this one.
    """
    called_once(exchange)
    expect_no_fault(response_of(exchange), "Content-Length beside Transfer-Encoding")


@check(
    "chunked-not-applied-twice",
    requires=rfc9112.CHUNKED_ONCE,
    send=GET_KEPT,
    play=Play(
        headers=(*PLAIN_TEXT, ("Transfer-Encoding", "chunked")), chunks=(b"9\r\nwsgicheck\r\n0\r\n\r\n",)
    ),
    tempered=APPLICATION_ERRS,
)
def chunked_not_applied_twice(exchange: HttpExchange) -> None:
    """Where an application sends chunks of its own, the server does not put them into chunks again.

    It may refuse the field or drop it; where the field says chunked twice, no client can read the response.
    """
    called_once(exchange)
    expect_no_fault(response_of(exchange), "chunked is applied more than once")
