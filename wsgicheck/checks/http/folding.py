"""Obsolete line folding in a request (RFC 9112 5.2)."""

from __future__ import annotations

import re

from ...authoring import HttpExchange, Octets, Play, check, content, environ_of, expect, refused
from ...authoring.requests import LAST_GET, LAST_POST
from ...spec import rfc3875, rfc9112

READ = Play(before=(content(b"hello"),))


def _lines(lines: bytes) -> Octets:
    return Octets(LAST_GET + lines + b"\r\nX-After: v\r\n\r\n")


PLAIN = _lines(b"X-A: a")


def _unfolded(exchange: HttpExchange, pattern: str) -> None:
    """Expect a refusal, or the value in one piece, and the next field untouched."""
    if not exchange.app.called:
        refused(exchange)
        return
    environ = environ_of(exchange)
    got = environ.get("HTTP_X_A")
    expect(re.fullmatch(pattern, got) is not None, "HTTP_X_A", want="'a b', or a refusal", got=got)
    expect("HTTP_X_B" not in environ, "environ['HTTP_X_B']", want="absent", got=environ.get("HTTP_X_B"))
    expect("HTTP_X_AFTER" in environ, "the field behind the folded one", want="in the environ", got="lost")


@check(
    "folded-value-joined-or-refused",
    requires=(rfc9112.FOLDING_RECEIVED, rfc3875.FOLDED_FIELDS),
    send=_lines(b"X-A: a\r\n b"),
    control=PLAIN,
)
def folded_value_joined_or_refused(exchange: HttpExchange) -> None:
    """A folded field line is refused, or its parts are joined by spaces.

    A part that is dropped is one that a filter saw; a line end that is kept forges a field wherever the
    value is written.
    """
    _unfolded(exchange, "a +b")


@check(
    "tab-folded-value-joined-or-refused",
    requires=rfc9112.FOLDING_RECEIVED,
    send=_lines(b"X-A: a\r\n\tb"),
    control=PLAIN,
)
def tab_folded_value_joined_or_refused(exchange: HttpExchange) -> None:
    """A field line folded by a tab is refused, or its parts are joined.

    A check for the space alone takes the second line for a field without a colon.
    """
    _unfolded(exchange, "a[ \t]+b")


@check(
    "twice-folded-value-joined-or-refused",
    requires=rfc9112.FOLDING_RECEIVED,
    send=_lines(b"X-A: a\r\n b\r\n c"),
    control=PLAIN,
)
def twice_folded_value_joined_or_refused(exchange: HttpExchange) -> None:
    """A field line folded twice is refused, or all its parts are joined.

    A server that joins one continuation has the next one make a line of its own.
    """
    _unfolded(exchange, "a +b +c")


@check(
    "folded-line-makes-no-field",
    requires=rfc9112.FOLDING_RECEIVED,
    send=_lines(b"X-A: a\r\n X-B: b"),
    control=PLAIN,
)
def folded_line_makes_no_field(exchange: HttpExchange) -> None:
    """A continuation line that looks like a field makes none.

    Whoever strips the line first takes what a filter in front took for a part of another value.
    """
    _unfolded(exchange, "a +X-B: b")


@check(
    "empty-continuation-ends-nothing",
    requires=rfc9112.FOLDING_RECEIVED,
    send=_lines(b"X-A: a\r\n \r\n\tb"),
    control=PLAIN,
)
def empty_continuation_ends_nothing(exchange: HttpExchange) -> None:
    """A continuation line of white space alone does not end the head.

    Taken for the empty line, it makes content, or another request, of the fields behind it.
    """
    _unfolded(exchange, "a[ \t]+b")


@check(
    "folded-host-read-or-refused",
    requires=rfc9112.FOLDING_RECEIVED,
    send=Octets(LAST_GET.replace(b"Host: ", b"Host:\r\n ") + b"\r\n"),
    control=PLAIN,
)
def folded_host_read_or_refused(exchange: HttpExchange) -> None:
    """A Host field folded before its value is refused, or read.

    An empty Host makes the server choose a site by itself, another one than a filter saw.
    """
    if not exchange.app.called:
        refused(exchange)
        return
    got, want = environ_of(exchange).get("HTTP_HOST"), exchange.server.authority
    expect(got.strip(" ") == want, "HTTP_HOST", want=want, got=got)


def _hello_or_refused(exchange: HttpExchange) -> None:
    """Expect that the content was framed by the folded field, or a refusal."""
    if not exchange.app.called:
        refused(exchange)
        return
    contents = exchange.app.of("content")
    got = contents[0].facts["content"] if contents else "nothing"
    expect(got == "hello", "the content", want="hello", got=got)


@check(
    "folded-length-read-or-refused",
    requires=rfc9112.FOLDING_RECEIVED,
    send=Octets(LAST_POST + b"Content-Length:\r\n 5\r\n\r\nhello"),
    play=READ,
    control=Octets(LAST_POST + b"Content-Length: 5\r\n\r\nhello"),
)
def folded_length_read_or_refused(exchange: HttpExchange) -> None:
    """A Content-Length folded before its value is refused, or read.

    Taken for empty, it leaves the content for the next request.
    """
    _hello_or_refused(exchange)


@check(
    "folded-coding-read-or-refused",
    requires=rfc9112.FOLDING_RECEIVED,
    send=Octets(LAST_POST + b"Transfer-Encoding:\r\n chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"),
    play=READ,
    control=Octets(LAST_POST + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"),
)
def folded_coding_read_or_refused(exchange: HttpExchange) -> None:
    """A Transfer-Encoding folded before its value is refused, or read.

    Taken for empty, it leaves the chunks for the next request.
    """
    _hello_or_refused(exchange)
