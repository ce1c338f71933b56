"""The same octets whole and cut into segments, and whether they were served alike (RFC 9112 9)."""

from __future__ import annotations

import re

from ..model.exchange import Exchange, Observation
from ..model.stimulus import Octets, Receive, Segmented, Send
from .calls import parts_of
from .environs import environ_of_call
from .judgement import expect, inapplicable, inconclusive

CUTS = {
    "in one piece": b"",
    "octet by octet": rb"(?s)(?<=.)",
    "cut between CR and LF": rb"(?<=\r)(?=\n)",
    "cut behind each line": rb"(?<=\n)",
    "cut before each line end": rb"(?=\r\n)",
    "cut before the empty line": rb"(?<=\r\n)(?=\r\n)",
    "cut before the last LF of the head": rb"(?<=\r\n\r)(?=\n)",
    "cut at each word": rb"\b",
    "cut within each word": rb"(?<=\b\w)(?=\w)",
}
WAYS = {cut: way for way, cut in CUTS.items()}
WHOLE = "in one piece"
OCTETS = "octet by octet"
LINES = tuple(way for way in CUTS if "line" in way or "LF" in way)
WORDS = ("cut at each word", "cut within each word")

ANSWER = b"the answer"
NEXT_ONE = "b"
"""What the labels of a second request on a connection end in."""
VARIABLES = (
    "REQUEST_METHOD",
    "SCRIPT_NAME",
    "PATH_INFO",
    "QUERY_STRING",
    "CONTENT_TYPE",
    "CONTENT_LENGTH",
    "SERVER_NAME",
    "SERVER_PORT",
    "SERVER_PROTOCOL",
    "wsgi.url_scheme",
)
LENGTH_KNOWN = ("CONTENT_LENGTH", "HTTP_CONTENT_LENGTH", "HTTP_TRANSFER_ENCODING")
"""A server may tell the length of chunked content where all of it has come, and not where it has not."""


def segmented(octets: bytes, *methods: str, then: tuple[Receive | Send, ...] = ()) -> Segmented:
    """Return octets that are sent in one piece, and then cut in each of the ways."""
    return Segmented(Octets(octets, methods or ("GET",), then), tuple(CUTS.values()))


def expect_alike(exchange: Exchange, *ways: str) -> None:
    """Expect that the request was served alike in all these ways as in one piece."""
    whole, parts = _served_whole(exchange)
    for way in ways:
        _expect_like(whole, parts[way], "", f"the request {way}")


def expect_next_alike(exchange: Exchange, *ways: str) -> None:
    """Expect that of two requests behind each other both were served alike.

    The server may close behind any response; what it may not do is to keep the connection and be silent.
    """
    whole, parts = _served_whole(exchange)
    if not _calls(whole, NEXT_ONE):
        inapplicable("the server does not serve another request on the connection")
    _control(whole, NEXT_ONE)
    for way in ways:
        part = parts[way]
        _expect_like(whole, part, "", f"the request {way}")
        closed = part.ended in ("eof", "reset") and len(part.responses) < 2
        if not closed:
            _expect_like(whole, part, NEXT_ONE, f"the request behind one {way}")


def _served_whole(exchange: Exchange) -> tuple[Exchange, dict[str, Exchange]]:
    """Return what came of the octets in one piece, the control, and in each other way."""
    send = exchange.request
    cuts = send.cuts if isinstance(send, Segmented) else ()
    whole, *others = parts_of(exchange)
    _control(whole, "")
    return whole, {WAYS[cut]: part for cut, part in zip(cuts[1:], others, strict=False)}


def _calls(part: Exchange, label: str) -> list[Observation]:
    return [call for call in part.app.of("called") if call.label.endswith(NEXT_ONE) is bool(label)]


def _answer(part: Exchange, label: str) -> str:
    number = 1 if label else 0
    if len(part.responses) <= number:
        return "no answer"
    response = part.responses[number]
    return f"{response.status} with {response.content!r}" + ("" if response.complete else ", cut off")


def _control(whole: Exchange, label: str) -> None:
    """Without the same octets in one piece being served, the others say nothing."""
    calls, answer = len(_calls(whole, label)), _answer(whole, label)
    if calls != 1 or answer not in (f"200 with {ANSWER!r}", f"200 with {b''!r}"):
        inconclusive(f"the request in one piece got {calls} calls and {answer}")


def _expect_like(whole: Exchange, part: Exchange, label: str, request: str) -> None:
    calls = _calls(part, label)
    answered = _answer(part, label).partition(" with")[0]
    expect(len(calls) == 1, f"calls for {request}", want=1, got=f"{len(calls)} and {answered}")
    want_environ, got_environ = (_environ(call) for call in (_calls(whole, label)[0], calls[0]))
    for key in sorted(want_environ.keys() | got_environ.keys()):
        want, found = want_environ.get(key, "absent"), got_environ.get(key, "absent")
        expect(want == found, f"environ[{key!r}] of {request}", want=want, got=found)
    want, found = _content(whole, label), _content(part, label)
    expect(want == found, f"content of {request}", want=want, got=found)
    want, found = _answer(whole, label), _answer(part, label)
    expect(want == found, f"answer to {request}", want=want, got=found)


def _environ(call: Observation) -> dict[str, str]:
    """What the environ has of the request, without what tells one connection from the other."""
    environ = environ_of_call(call)
    left_out = LENGTH_KNOWN if "chunks" in environ.get("QUERY_STRING") else ()
    return {
        key: re.sub(r"wct-[0-9a-f]{16}-[0-9]+", "the ticket", value)
        for key, value in environ.values.items()
        if (key in VARIABLES or key.startswith("HTTP_")) and key not in left_out
    }


def _content(part: Exchange, label: str) -> str:
    for seen in part.app.of("content"):
        if seen.label.endswith(NEXT_ONE) is bool(label):
            error = seen.facts["error"]
            return str(seen.facts["content"]) if error is None else str(error["type"])
    return "not read"
