"""The reader of responses finds every end and names every fault, however the octets arrive."""

from __future__ import annotations

from dataclasses import replace

import h11
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wsgicheck.transports.response_reader import HEAD_LIMIT, INTERIM_LIMIT, ResponseReader

OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"


def read(octets: bytes, *methods: str, size: int = 0, orderly: bool = True) -> ResponseReader:
    reader = ResponseReader(methods or ("GET",))
    step = size or max(1, len(octets))
    for start in range(0, len(octets), step):
        reader.feed(octets[start : start + step])
    reader.finish(orderly)
    return reader


WELL_FORMED = {
    "content-length": (OK + b"Content-Length: 5\r\n\r\nhello", "GET", b"hello", "content-length"),
    "length zero": (OK + b"Content-Length: 0\r\n\r\n", "GET", b"", "content-length"),
    "close": (OK + b"\r\nhello", "GET", b"hello", "close"),
    "close without content": (OK + b"\r\n", "GET", b"", "close"),
    "chunked": (CHUNKED + b"3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n", "GET", b"hello", "chunked"),
    "chunk extension": (CHUNKED + b"5;a=b\r\nhello\r\n0\r\n\r\n", "GET", b"hello", "chunked"),
    "trailer": (CHUNKED + b"5\r\nhello\r\n0\r\nA: b\r\n\r\n", "GET", b"hello", "chunked"),
    "capital hexadecimal": (CHUNKED + b"A\r\n0123456789\r\n0\r\n\r\n", "GET", b"0123456789", "chunked"),
    "head request": (OK + b"Content-Length: 5\r\n\r\n", "HEAD", b"", "none"),
    "no content": (b"HTTP/1.1 204 No Content\r\n\r\n", "GET", b"", "none"),
    "not modified": (b"HTTP/1.1 304 \r\nContent-Length: 5\r\n\r\n", "GET", b"", "none"),
    "http/1.0": (b"HTTP/1.0 200 OK\r\n\r\nhello", "GET", b"hello", "close"),
    "tunnel": (OK + b"Content-Length: 9\r\n\r\n", "CONNECT", b"", "none"),
    "latin-1": (b"HTTP/1.1 200 caf\xe9\r\nA: \xe9\r\n\r\n", "GET", b"", "close"),
}


@pytest.mark.parametrize("size", [0, 1, 3], ids=["whole", "octet by octet", "three by three"])
@pytest.mark.parametrize("name", WELL_FORMED)
def test_a_well_formed_response_is_read_whole(name: str, size: int) -> None:
    octets, method, content, framing = WELL_FORMED[name]
    reader = read(octets, method, size=size)
    (response,) = reader.responses
    assert (response.content, response.framing) == (content, framing)
    assert response.complete and not response.faults and not reader.broken
    assert reader.surplus == b""


FAULTY = {
    "no status line": (b"hello\r\n\r\n", "no status line: b'hello'"),
    "no space": (b"HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n", "the status line lacks the space"),
    "control in reason": (b"HTTP/1.1 200 O\x07K\r\n\r\n", "the reason phrase contains a control character"),
    "bare lf": (b"HTTP/1.1 200 OK\nA: b\n\n", "a line ends in a bare LF"),
    "no colon": (OK + b"nonsense\r\n\r\n", "a field line has no colon: b'nonsense'"),
    "no token": (OK + b"a b: c\r\n\r\n", "a field name is no token: b'a b'"),
    "control in value": (OK + b"a: \x1b[2J\r\n\r\n", "a field value contains a control character"),
    "both framings": (OK + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "beside"),
    "repeated length": (OK + b"Content-Length: 0\r\nContent-Length: 0\r\n\r\n", "Content-Length is repeated"),
    "bad length": (OK + b"Content-Length: +5\r\n\r\nhello", "Content-Length is not a number: '+5'"),
    "chunked twice": (OK + b"Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n", "more than once"),
    "no chunk size": (CHUNKED + b"hello\r\n", "no chunk size: b'hello'"),
    "long chunk": (CHUNKED + b"2\r\nhello\r\n", "chunk data is not followed by CRLF but by b'll'"),
    "chunk with lf": (CHUNKED + b"1\na\r\n0\r\n\r\n", "a chunk line ends in a bare LF"),
    "cut length": (OK + b"Content-Length: 9\r\n\r\nhello", "the connection ended within the content"),
    "cut chunk": (CHUNKED + b"9\r\nhello", "the connection ended within the content"),
    "cut before last chunk": (CHUNKED + b"5\r\nhello\r\n", "the connection ended within the content"),
    "cut head": (OK + b"Content-Length: 0\r\n", "the connection ended within the head"),
    "cut head without content": (b"HTTP/1.1 204 No Content\r\nA: b", "the connection ended within the head"),
    "trailer": (CHUNKED + b"0\r\nnonsense\r\n\r\n", "trailer section: a field line has no colon"),
}


@pytest.mark.parametrize("size", [0, 1], ids=["whole", "octet by octet"])
@pytest.mark.parametrize("name", FAULTY)
def test_a_fault_is_named(name: str, size: int) -> None:
    octets, fault = FAULTY[name]
    (response,) = read(octets, size=size).responses
    assert any(fault in said for said in response.faults), response.faults
    if "cut" in name or "no " in fault[:3] or "long" in name:
        assert response.complete is ("colon" in fault)


def test_a_reset_makes_a_response_by_close_incomplete() -> None:
    (response,) = read(OK + b"\r\nhello", orderly=False).responses
    assert not response.complete
    assert response.content == b"hello"


def test_responses_follow_one_another_and_what_is_behind_the_last_is_surplus() -> None:
    first, second = OK + b"Content-Length: 1\r\n\r\na", CHUNKED + b"1\r\nb\r\n0\r\n\r\n"
    reader = read(first + second + b"more", "GET", "GET")
    assert [response.content for response in reader.responses] == [b"a", b"b"]
    assert reader.surplus == b"more"


def test_interim_responses_stand_apart() -> None:
    reader = read(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nA: b\r\n\r\n" + OK + b"\r\n")
    assert [response.status for response in reader.interim] == [100, 103]
    assert [response.status for response in reader.responses] == [200]


def test_nothing_is_no_response() -> None:
    assert read(b"").responses == []
    assert read(b"\r\n").responses == []


def test_interim_responses_without_end_are_cut_off() -> None:
    reader = read(b"HTTP/1.1 100 Continue\r\n\r\n" * 5000, size=1000)
    assert reader.broken and len(reader.interim) == INTERIM_LIMIT + 1
    assert reader.responses[0].faults == ("interim responses without end",)


def test_a_head_without_end_is_cut_off_in_linear_time() -> None:
    """Quadratic reading of single octets would take minutes here."""
    reader = ResponseReader(("GET",))
    for _ in range(HEAD_LIMIT + 2 * len(OK)):
        reader.feed(b"a")
    assert reader.broken
    reader = read(OK + b"A: b\r\n" * HEAD_LIMIT, size=60_000)
    assert reader.broken and not reader.responses[0].complete
    assert "the head is longer" in reader.responses[0].faults[-1]


def test_the_faults_of_a_trailer_section_without_end_are_bounded() -> None:
    reader = read(CHUNKED + b"0\r\n" + b"".join(b"bad %d\r\n" % number for number in range(100_000)))
    assert len(reader.responses[0].faults) < 30


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from([b"\r\n", b"\n", b"0", b"5", b"a", b":", b" ", b";", b"HTTP/1.1 200 OK\r\n",
    b"Content-Length: 3\r\n", b"Transfer-Encoding: chunked\r\n", b"\x00", b"\xff"]), max_size=25),
    st.integers(1, 7), st.sampled_from(["GET", "HEAD"]), st.booleans())  # fmt: skip
def test_how_octets_are_cut_makes_no_difference(parts: list[bytes], size: int, method: str, ok: bool) -> None:
    octets = b"".join(parts)
    whole, cut = read(octets, method, orderly=ok), read(octets, method, size=size, orderly=ok)
    assert whole.responses == cut.responses
    assert whole.interim == cut.interim


FIELD_NAMES = st.text("abcXYZ-09", min_size=1, max_size=8).map("X-{}".format)
FIELD_VALUES = st.text("".join(map(chr, range(0x21, 0x7F))), max_size=9)


@settings(max_examples=100, deadline=None)
@given(
    st.integers(200, 599),
    st.lists(st.tuples(FIELD_NAMES, FIELD_VALUES), max_size=5),
    st.binary(max_size=60),
    st.sampled_from(["content-length", "chunked", "close"]),
)  # fmt: skip
def test_h11_reads_the_same(status: int, fields: list[tuple[str, str]], content: bytes, framing: str) -> None:
    lines = [f"{name}: {value}\r\n".encode() for name, value in fields]
    body = content
    if framing == "content-length":
        lines.append(b"Content-Length: %d\r\n" % len(content))
    elif framing == "chunked":
        lines.append(b"Transfer-Encoding: chunked\r\n")
        body = (b"%x\r\n" % len(content) + content + b"\r\n" if content else b"") + b"0\r\n\r\n"
    if status in (204, 304):
        body = b""
    octets = b"HTTP/1.1 %d Fine\r\n" % status + b"".join(lines) + b"\r\n" + body
    (ours,) = read(octets).responses
    assert ours.complete and not ours.faults
    client = h11.Connection(h11.CLIENT)
    client.send(h11.Request(method="GET", target="/", headers=[("Host", "a")]))
    client.send(h11.EndOfMessage())
    client.receive_data(octets)
    client.receive_data(b"")
    head = client.next_event()
    assert isinstance(head, h11.Response)
    assert head.status_code == ours.status
    assert [(name.decode(), value.decode()) for name, value in head.headers.raw_items()] == list(ours.headers)
    theirs = b""
    while isinstance(event := client.next_event(), h11.Data):
        theirs += event.data
    assert theirs == ours.content


def test_a_response_knows_its_fields_in_any_case() -> None:
    (response,) = read(OK + b"A: 1\r\na: 2\r\nB: 3\r\n\r\n").responses
    assert response.values("A") == ("1", "2")
    assert replace(response, headers=()).values("a") == ()
