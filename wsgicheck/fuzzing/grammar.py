"""Well-formed requests, drawn from the grammar of RFC 9112 and RFC 9110 (and RFC 3986 for the target)."""

from __future__ import annotations

from dataclasses import replace

from .draft import Chunk, Draft, chunks_of, length_of, ticket_line
from .drawing import DrawFn, among, between, binary, chance, some

METHODS = (b"GET", b"POST", b"HEAD", b"PUT", b"DELETE", b"OPTIONS", b"PATCH")
NAMES = (b"X-A", b"X-B", b"X-Long-Name", b"x-lower", b"Accept", b"User-Agent", b"Cookie", b"Referer")
SEGMENTS = (
    *(b"", b"a", b"index.html", b"a-b_c~d", b"%41", b"%C3%A9", b"%E2%82%AC", b"%2F", b"%25", b"%20"),
    *(b"a;b=1", b"a:b@c", b"!$&'()*+,=", b"...", b"x" * 200),
)
QUERIES = (b"", b"a=1&b=2", b"%41=%2B+", b"?", b"/a?b", b"a=%C3%A9", b"x=" + b"y" * 300)
VALUES = (
    *(b"1", b"", b"a b", b"a, b", b"a,b", b'"q\\"uoted"', b"x" * 120, b"a\tb", b"a:b", b"a=b; c=d"),
    *(b"!#$%&'*+-.^_`|~", b"\\", b"(c)"),
)
WHITE = (b" ", b"", b"  ", b"\t", b" \t ")
"""What may stand around a field value."""
SMUGGLED = b"GET /smuggled HTTP/1.1\r\nHost: h\r\nX-Wsgicheck-Ticket: {ticket}-%d\r\nX-Smuggled: 1\r\n\r\n"
CONTENTS = (
    *(b"", b"a", b"hello", b"a\nb\n", b"\n\n", b"no end of line", b"\r\n", b"0\r\n\r\n", b"\x00\xff\r\n\x80"),
    *(bytes(range(256)), b"line\n" * 40, b"x" * 5000),
)


HOSTS = (b"Host: {authority}", b"host:{authority}", b"HOST:\t{authority} ")
VERSIONS = (b"HTTP/1.1", b"HTTP/1.1", b"HTTP/1.1", b"HTTP/1.0")
WISHES = (None, b"close", b"keep-alive", b"Close", b"x, close", b"X-Other")
TYPES: tuple[tuple[bytes, ...], ...] = ((), (b"Content-Type: text/plain",), (b"content-type:a/b; c=d ",))
EXPECTATIONS = (b"Expect: 100-continue", b"expect: 100-Continue")
LENGTHS = (b"Content-Length: %d", b"content-length:%d\t")
CODINGS = (b"Transfer-Encoding: chunked", b"transfer-encoding:ChunKed")
ZEROS = (b"", b"0", b"000")
EXTENSIONS = (b"", b";a", b";a=b", b';a="b;c"', b";a=b;c")
TRAILERS: tuple[tuple[bytes, ...], ...] = (
    *((), (), ()),
    *((b"X-Trailer: 1",), (b"X-A: trailer", b"X-Trailer: 2")),
)


def draw_draft(draw: DrawFn, number: int, last: bool) -> Draft:
    """Draw a well-formed request; behind one that is the ``last`` the connection is mostly to be closed."""
    method, version = among(draw, METHODS), among(draw, VERSIONS)
    lines = [among(draw, HOSTS), ticket_line(number)]
    if version == b"HTTP/1.0" and chance(draw, 2):
        del lines[0]
    lines += [_field_line(draw) for _ in range(among(draw, (0, 0, 1, 2, 4)))]
    wish = _wish(draw, version, last)
    if wish is not None:
        lines.append(b"Connection: " + wish)
    draft = Draft(number, (method, b" ", _target(draw), b" ", version))
    return _with_body(draw, draft, lines)


def _wish(draw: DrawFn, version: bytes, last: bool) -> bytes | None:
    """Draw what the client wishes of the connection."""
    if version == b"HTTP/1.0" and not last:
        return b"keep-alive"
    if last:
        return b"close" if not chance(draw, 3) else among(draw, WISHES)
    return among(draw, WISHES) if chance(draw, 6) else None


def _with_body(draw: DrawFn, draft: Draft, lines: list[bytes]) -> Draft:
    usual = draft.start[0] in (b"POST", b"PUT", b"PATCH")
    kind = among(
        draw, ("length", "chunked", "none") if usual else ("none", "none", "none", "length", "chunked")
    )
    if kind == "none":
        return _with_lines(draw, draft, lines, b"")
    lines.extend(among(draw, TYPES))
    if draft.start[4] == b"HTTP/1.1" and chance(draw, 10):
        lines.append(among(draw, EXPECTATIONS))
    content = draw_content(draw, draft.number)
    if kind == "length" or draft.start[4] == b"HTTP/1.0":
        lines.append(among(draw, LENGTHS) % length_of(content))
        return _with_lines(draw, draft, lines, content)
    lines.append(among(draw, CODINGS))
    blocks = [content, *(some(draw, CONTENTS, 3) if chance(draw, 2) else ())]
    chunks = chunks_of(blocks)
    if chance(draw, 4):
        chunks = tuple(
            Chunk(among(draw, ZEROS) + chunk.line.upper() + among(draw, EXTENSIONS), chunk.data)
            for chunk in chunks
        )
    plain = _with_lines(draw, draft, lines, b"".join(blocks))
    return replace(plain, chunks=chunks, trailers=among(draw, TRAILERS))


def _with_lines(draw: DrawFn, draft: Draft, lines: list[bytes], content: bytes) -> Draft:
    """Return the draft with its lines, in another order perhaps."""
    turned = among(draw, range(len(lines)))
    return replace(draft, lines=(*lines[turned:], *lines[:turned]), content=content)


def _target(draw: DrawFn) -> bytes:
    """Draw a request-target: mostly the origin-form, now and then the absolute-form."""
    path = b"/" + b"/".join(some(draw, SEGMENTS, 3))
    while path.startswith(b"//"):
        path = path[1:]  # what may look like an authority
    query = b"?" + among(draw, QUERIES) if chance(draw, 3) else b""
    return (b"http://{authority}" if chance(draw, 10) else b"") + path + query


def _field_line(draw: DrawFn) -> bytes:
    """Draw a field line that means nothing to a server."""
    value = among(draw, WHITE) + among(draw, VALUES) + among(draw, (b"", b"", b" ", b"\t"))
    return among(draw, NAMES) + b":" + value


def draw_content(draw: DrawFn, number: int) -> bytes:
    """Draw content; some of it is a request of its own, which nobody may serve."""
    kind = between(draw, 0, 3)
    if kind == 3:
        return SMUGGLED % (90 + number)
    return binary(draw, 40).replace(b"{", b"(") if kind == 2 else among(draw, CONTENTS)
