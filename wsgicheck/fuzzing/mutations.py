"""Mutations: one thing in a request made odd. What it then is, only the model's reading says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from .draft import Chunk, Draft
from .drawing import DrawFn, among, between, chance
from .grammar import SMUGGLED

ODD_METHODS = (
    b"get",
    b"G T",
    b"GET\x00",
    b"G(T",
    b"",
    b"BREW",
    b"x" * 70,
    b"\x16\x03\x01",
    b"GE\xc9T",
    b"GET:",
)
ODD_TARGETS = (
    *(
        b"*",
        b"",
        b"a",
        b"?a",
        b"/a b",
        b"/%",
        b"/%zz",
        b"/%00",
        b"/\x80",
        b"/a#b",
        b"/\\",
        b'/"<>^`{|}',
        b"/\x01",
    ),
    *(
        b"//",
        b"//a/b",
        b"/../a",
        b"/./a",
        b"/a//b",
        b"http://other.example/a",
        b"http://u:p@{authority}/",
        b"h:80",
    ),
    *(
        b"http://{authority}",
        b"http://{authority}?a",
        b"https://{authority}/",
        b"http:///a",
        b"/" + b"x" * 3000,
    ),
)
ODD_VERSIONS = (
    *(b"http/1.1", b"HTTP/1.2", b"HTTP/1.9", b"HTTP/2.0", b"HTTP/0.9", b"HTTP/1", b"HTTP/1.10", b"HTTP/01.1"),
    *(b"HTTP/+1.1", b"HTTP/1.1x", b"HTTP/1,1", b"", b"HTTP /1.1", b"HTTP/1.\xb2", b"FTP/1.1"),
)
ODD_SPACES = (b"  ", b"\t", b"", b"\r", b"\x0b", b"\x0c", b"\xa0", b" \r\n")
ODD_NAMES = (
    *(
        b"X-A ",
        b"X-A\t",
        b" X-A",
        b"X A",
        b"",
        b"X-A\x00",
        b"X-\xc4",
        b"X_A",
        b"X_B",
        b"X(A)",
        b"X-A\x0b",
        b"X\rA",
    ),
    *(b"X-A!", b"Content_Length", b"Transfer_Encoding", b"Proxy", b"X--A", b"X-A:"),
)
ODD_VALUES = (
    *(
        b"a\rb",
        b"a\x00b",
        b"a\nb",
        b"a\r\n b",
        b"a\r\n\tb",
        b"\x0b1\x0c",
        b"\x01",
        b"\x7f",
        b"\xe9",
        b"\xe2\x82\xac",
    ),
    *(b"\x85a\xa0", b"a\r\n\r\n b", b"\xff" * 5, b"a" * 2000, b"\r\n 1"),
)
ODD_LINES = (
    *(b"X-A", b"X-A 1", b" X-A: 1", b"\tX-B: 1", b" ", b":", b"=", b"\x00", b"HTTP/1.1 200 OK"),
    *(
        b"Host: other.example",
        b"Host: {authority}",
        b"Host:",
        b"Host: a b",
        b"Host: a/b",
        b"Host: u@{authority}",
    ),
    *(b"Host: {authority}:x", b"Host: [::1", b"Host:\x0b{authority}", b"Host : {authority}"),
    *(b"Connection: close", b"Connection: keep-alive", b"Connection: , close", b"Connection: Content-Length"),
    *(
        b"Expect: other",
        b"Expect: 100-continue, other",
        b"Upgrade: h2c",
        b"TE: trailers",
        b"Content-Type: x/y",
    ),
)
FRAMING_LINES = (
    *(b"Content-Length: 0", b"Content-Length: 5", b"Content-Length: 05", b"Content-Length: 5, 5"),
    *(b"Content-Length: 5, 6", b"Content-Length: +5", b"Content-Length: -1", b"Content-Length: 5_0"),
    *(b"Content-Length: 0x5", b"Content-Length: 5.0", b"Content-Length:", b"Content-Length: 5 5"),
    *(b"Content-Length: \xb2", b"Content-Length: \x0b5", b"Content-Length : 5", b"Content-Length: 5\r\n 0"),
    *(b"Content-Length: 18446744073709551621", b"Content-Length: 99999", b"Content-Length: five"),
    *(b"Transfer-Encoding: chunked", b"Transfer-Encoding: identity", b"Transfer-Encoding: gzip, chunked"),
    *(b"Transfer-Encoding: chunked, gzip", b"Transfer-Encoding: xchunked", b"Transfer-Encoding: \x0bchunked"),
    *(b"Transfer-Encoding: chunked\x00", b"Transfer-Encoding : chunked", b"Transfer-Encoding:\r\n chunked"),
    *(
        b"Transfer-Encoding: ,chunked",
        b"Transfer-Encoding: chunked, chunked",
        b"Transfer-Encoding: chunked;a=b",
    ),
    *(b'Transfer-Encoding: "chunked"', b"Transfer-Encoding:", b"Transfer-Encoding: chunked, identity"),
    *(
        b"Transfer_Encoding: chunked",
        b"Content_Length: 5",
        b" Content-Length: 5",
        b"Transfer-Encoding: chunked,",
    ),
)
ODD_CHUNK_LINES = (
    *(b"0x%b", b"+%b", b"-%b", b"%b_0", b" %b", b"%b ", b"%b;", b"%b ;a", b"%bg", b"", b"%b;a=\x00", b";%b"),
    *(
        b"0%b",
        b"00000000000000000000%b",
        b"10000000000000000%b",
        b"FFFFFFFFFFFFFFFF",
        b"%b\r",
        b"%b\n",
        b"%b;a\nb",
    ),
    *(b'%b;a="b', b"\xb2", b"%b,", b"%b\x00", b"%b\t", b"%b;a\r"),
)
ODD_CHUNK_ENDS = (b"", b"\n", b"\r", b"x\r\n", b"\r\r\n", b"\n\r", b"\r\n\r\n", b"00")
ODD_TRAILERS = (
    b"X-A : 1",
    b"X-A",
    b" X-A: 1",
    b"Content-Length: 9",
    b"Host: evil",
    b"X-A: a\x00b",
    b"X-A: \n1",
    b":",
)
ODD_OCTETS = (
    b"\r",
    b"\n",
    b"\x00",
    b" ",
    b"\t",
    b":",
    b"\x0b",
    b"\x7f",
    b"\x80",
    b"\xff",
    b"\r\n",
    b"\r\n\r\n",
    b"0",
    b",",
    b";",
)


def mutate(draw: DrawFn, draft: Draft) -> bytes:
    """Draw one or two mutations of a request, and return its octets."""
    for _ in range(between(draw, 1, 2)):
        draft = among(draw, KINDS)(draw, draft)
    octets = draft.octets()
    if chance(draw, 4):
        octets = among(draw, RAW_KINDS)(draw, octets)
    return octets


def _start(draw: DrawFn, draft: Draft) -> Draft:
    """Make one word of the request-line odd, or what stands between them."""
    which = among(draw, (0, 2, 4, 1, 3))
    odd = {0: ODD_METHODS, 1: ODD_SPACES, 2: ODD_TARGETS, 3: ODD_SPACES, 4: ODD_VERSIONS}[which]
    start = list(draft.start)
    start[which] = among(draw, odd)
    return replace(draft, start=(start[0], start[1], start[2], start[3], start[4]))


def _line(draw: DrawFn, draft: Draft) -> Draft:
    """Put in an odd line."""
    lines = (ODD_LINES, FRAMING_LINES, FRAMING_LINES)
    return _put(draw, draft, among(draw, among(draw, lines)))


def _name(draw: DrawFn, draft: Draft) -> Draft:
    """Put in a line with an odd name."""
    return _put(draw, draft, among(draw, ODD_NAMES) + b": 1")


def _value(draw: DrawFn, draft: Draft) -> Draft:
    """Put in a line with an odd value."""
    return _put(draw, draft, among(draw, (b"X-A: ", b"X-C:")) + among(draw, ODD_VALUES))


def _put(draw: DrawFn, draft: Draft, line: bytes) -> Draft:
    at = between(draw, 0, len(draft.lines))
    return replace(draft, lines=(*draft.lines[:at], line, *draft.lines[at:]))


def _lose_line(draw: DrawFn, draft: Draft) -> Draft:
    """Take a line away: Host perhaps, or what frames the body."""
    if not draft.lines:
        return draft
    at = between(draw, 0, len(draft.lines) - 1)
    return replace(draft, lines=(*draft.lines[:at], *draft.lines[at + 1 :]))


def _repeat_line(draw: DrawFn, draft: Draft) -> Draft:
    if not draft.lines:
        return draft
    return _put(draw, draft, draft.lines[between(draw, 0, len(draft.lines) - 1)])


def _swap_line(draw: DrawFn, draft: Draft) -> Draft:
    """Put another line that frames the body in place of the one that does."""
    kept = [line for line in draft.lines if not line.lower().startswith((b"content-length", b"transfer-enc"))]
    return _put(draw, replace(draft, lines=tuple(kept)), among(draw, FRAMING_LINES))


def _chunk(draw: DrawFn, draft: Draft) -> Draft:
    """Make a chunk odd, or a trailer."""
    if draft.chunks is None:
        return _line(draw, draft)
    if not draft.chunks or chance(draw, 5):
        return replace(draft, trailers=(*draft.trailers, among(draw, ODD_TRAILERS)))
    at = between(draw, 0, len(draft.chunks) - 1)
    chunk = draft.chunks[at]
    if chance(draw, 2):
        line = among(draw, ODD_CHUNK_LINES)
        chunk = Chunk(line.replace(b"%b", chunk.line), chunk.data, chunk.end)
    else:
        chunk = Chunk(chunk.line, chunk.data, among(draw, ODD_CHUNK_ENDS))
    return replace(draft, chunks=(*draft.chunks[:at], chunk, *draft.chunks[at + 1 :]))


def _unframed(draw: DrawFn, draft: Draft) -> Draft:
    """Let a request of its own follow where the framing says nothing of it, or something else."""
    return replace(draft, content=draft.content + SMUGGLED % (90 + draft.number))


def _empty_line(draw: DrawFn, draft: Draft) -> Draft:
    return replace(draft, before=among(draw, (b"\r\n", b"\r\n\r\n", b"\n", b"\r")))


Kind = Callable[[DrawFn, Draft], Draft]
KINDS: tuple[Kind, ...] = (
    *(_line, _start, _name, _value, _chunk, _swap_line, _lose_line, _repeat_line, _chunk, _line, _swap_line),
    *(_unframed, _empty_line),
)


# ---- on the octets ----------------------------------------------------------------------------------


def _insert(draw: DrawFn, octets: bytes) -> bytes:
    at = between(draw, 0, len(octets))
    return octets[:at] + among(draw, ODD_OCTETS) + octets[at:]


def _delete(draw: DrawFn, octets: bytes) -> bytes:
    at = between(draw, 0, len(octets))
    return octets[:at] + octets[at + between(draw, 1, 4) :]


def _overwrite(draw: DrawFn, octets: bytes) -> bytes:
    at = between(draw, 0, len(octets))
    return octets[:at] + among(draw, ODD_OCTETS) + octets[at + 1 :]


def _cut(draw: DrawFn, octets: bytes) -> bytes:
    return octets[: between(draw, 0, len(octets))]


RAW_KINDS: tuple[Callable[[DrawFn, bytes], bytes], ...] = (_insert, _delete, _overwrite, _cut)
