"""The model's reading of requests: strict where the law is, free where it is not."""

from __future__ import annotations

import pytest

from wsgicheck.fuzzing.reader import read_connection
from wsgicheck.fuzzing.reading import After, Fate, Reading

AUTHORITY = b"127.0.0.1:80"
TICKET = b"X-Wsgicheck-Ticket: wct-0123456789abcdef-1"
GET = b"GET /a?b HTTP/1.1\r\nHost: 127.0.0.1:80\r\n" + TICKET + b"\r\n%b\r\n"


def read(octets: bytes) -> Reading:
    return read_connection(octets, AUTHORITY)[0]


def with_lines(*lines: bytes) -> bytes:
    return GET % b"".join(line + b"\r\n" for line in lines)


def post(*lines: bytes, body: bytes = b"") -> bytes:
    return with_lines(*lines).replace(b"GET", b"POST", 1) + body


SERVED = {
    "plain": with_lines(),
    "close": with_lines(b"Connection: close"),
    "a length": post(b"Content-Length: 5", body=b"hello"),
    "chunks": post(b"Transfer-Encoding: chunked", body=b"5;a=b\r\nhello\r\n0\r\nX-T: 1\r\n\r\n"),
    "chunked in another case": post(b"transfer-encoding:ChunKed", body=b"0\r\n\r\n"),
    "absolute-form": with_lines().replace(b"/a", b"http://127.0.0.1:80/a"),
    "HTTP/1.0 without Host": b"GET / HTTP/1.0\r\n" + TICKET + b"\r\n\r\n",
    "length zero": with_lines(b"Content-Length: 0"),
    "100-continue": post(b"Expect: 100-Continue", b"Content-Length: 1", body=b"a"),
}


@pytest.mark.parametrize("octets", SERVED.values(), ids=SERVED)
def test_what_must_be_served(octets: bytes) -> None:
    reading = read(octets)
    assert (reading.fate, reading.label, reading.whole) == (Fate.SERVED, "1", True), reading.why
    assert reading.end == len(octets)


REFUSED = {
    "space-before-colon-refused": with_lines(b"X-A : 1"),
    "missing-host-refused": b"GET / HTTP/1.1\r\n" + TICKET + b"\r\n\r\n",
    "repeated-host-refused": with_lines(b"Host: 127.0.0.1:80"),
    "invalid-host-refused": with_lines().replace(b"127.0.0.1:80", b"a b"),
    "malformed-field-line-refused": with_lines(b"X-A"),
    "invalid-request-line-refused": with_lines().replace(b"GET", b"G(T"),
    "invalid-content-length-refused": post(b"Content-Length: +5", body=b"hello"),
    "coding-without-final-chunked-refused": post(b"Transfer-Encoding: chunked, gzip", body=b"0\r\n\r\n"),
    "incomplete-head-not-served": with_lines()[:-2],
}


@pytest.mark.parametrize(("rule", "octets"), REFUSED.items(), ids=REFUSED)
def test_what_must_be_refused(rule: str, octets: bytes) -> None:
    reading = read(octets)
    assert reading.fate is Fate.REFUSED
    assert reading.refusal is not None
    assert reading.refusal.id == rule


@pytest.mark.parametrize(
    "value", [b"5_0", b"-1", b"0x5", b"5.0", b"", b"5 5", b"\xb2", b"5, 6", b"five", b"\x0b5"]
)
def test_content_lengths_that_int_forgives(value: bytes) -> None:
    reading = read(post(b"Content-Length: " + value))
    assert reading.refusal is not None
    assert (reading.refusal.id, reading.after) == ("invalid-content-length-refused", After.LAST)


FREE = {
    "obs-fold": with_lines(b"X-A: 1\r\n 2"),
    "a bare LF": with_lines().replace(b"\r\n", b"\n"),
    "an empty line before": b"\r\n" + with_lines(),
    "CR in a value": with_lines(b"X-A: a\rb"),
    "NUL in a value": with_lines(b"X-A: a\x00b"),
    "obs-text": with_lines(b"X-A: \xe9"),
    "an underscore": with_lines(b"X_A: 1"),
    "another host": with_lines().replace(b"Host: 127.0.0.1:80", b"Host: other.example"),
    "an empty Host": with_lines().replace(b"Host: 127.0.0.1:80", b"Host:"),
    "an unknown method": with_lines().replace(b"GET", b"BREW"),
    "HTTP/1.2": with_lines().replace(b"/1.1", b"/1.2"),
    "HTTP/2.0": with_lines().replace(b"/1.1", b"/2.0"),
    "spaces that some forgive": with_lines().replace(b" /a", b"  /a"),
    "octets that no URI has": with_lines().replace(b"/a", b"/\x80|"),
    "the asterisk-form": with_lines().replace(b"/a?b", b"*").replace(b"GET", b"OPTIONS"),
    "content of a GET": with_lines(b"Content-Length: 1") + b"a",
    "the same length twice": post(b"Content-Length: 5, 5", body=b"hello"),
    "leading zeros": post(b"Content-Length: 05", body=b"hello"),
    "an unknown coding": post(b"Transfer-Encoding: gzip, chunked", body=b"0\r\n\r\n"),
    "length and coding": post(b"Content-Length: 5", b"Transfer-Encoding: chunked", body=b"0\r\n\r\n"),
    "an incomplete body": post(b"Content-Length: 5", body=b"hell"),
    "an unknown expectation": with_lines(b"Expect: other"),
}


@pytest.mark.parametrize("octets", FREE.values(), ids=FREE)
def test_where_either_is_well(octets: bytes) -> None:
    reading = read(octets)
    assert (reading.fate, reading.refusal) == (Fate.FREE, None)
    assert reading.why


BEHIND = {
    "nothing-served-behind-close": with_lines(b"Connection: x, Close"),
    "nothing-served-behind-http-1-0": b"GET / HTTP/1.0\r\n" + TICKET + b"\r\n\r\n",
    "nothing-served-behind-length-and-coding": post(
        b"Content-Length: 5", b"Transfer-Encoding: chunked", body=b"0\r\n\r\n"
    ),
    "nothing-served-behind-malformed-chunk": post(
        b"Transfer-Encoding: chunked", body=b"0x5\r\nhello\r\n0\r\n\r\n"
    ),
    "content-of-a-length-is-no-request": post(b"Content-Length: 999", body=b"a"),
    "content-of-chunks-is-no-request": post(b"Transfer-Encoding: chunked", body=b"fff\r\na"),
}


@pytest.mark.parametrize(("rule", "octets"), BEHIND.items(), ids=BEHIND)
def test_behind_what_nothing_may_be_served(rule: str, octets: bytes) -> None:
    readings = read_connection(octets + with_lines(), AUTHORITY)
    assert [reading.after for reading in readings] == [After.LAST]
    assert readings[0].last is not None
    assert readings[0].last.id == rule


@pytest.mark.parametrize("octets", [FREE["a bare LF"], with_lines(b"X-A : 1"), FREE["an unknown coding"]])
def test_where_recipients_may_differ_nothing_more_is_judged(octets: bytes) -> None:
    readings = read_connection(octets + with_lines(), AUTHORITY)
    assert [reading.after for reading in readings] == [After.LOST]


def test_the_empty_path_of_an_absolute_form_is_not_judged() -> None:
    """OPTIONS may say "*" by it, for which a server has more than one word."""
    words = read(with_lines().replace(b"GET /a?b", b"OPTIONS http://127.0.0.1:80")).words
    assert words is not None
    assert words.path is None


def test_pipelined_requests_are_read_one_by_one() -> None:
    body = post(b"Transfer-Encoding: chunked", body=b"3\r\nabc\r\n0\r\n\r\n")
    readings = read_connection(with_lines() + body + with_lines(b"Connection: close"), AUTHORITY)
    assert [reading.fate for reading in readings] == [Fate.SERVED] * 3
    assert [reading.content for reading in readings] == [b"", b"abc", b""]


def test_the_words_of_an_environ() -> None:
    words = read(
        with_lines(b"X-A: 1 ", b"x-a:\t2", b"X-B: a\r\n b", b"X_B: 3").replace(b"/a?b", b"/%41%2F?%41")
    ).words
    assert words is not None
    assert (words.path, words.query) == (b"/A/", b"%41")
    assert words.variables["HTTP_X_A"].values == (b"1", b"2")
    assert "HTTP_X_B" in words.unjudged
