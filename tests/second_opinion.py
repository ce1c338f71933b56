"""What h11 says of the responses that our own reader accepts.

The raw reader of octets is ours, because malformed traffic is what the suite is for; so it could err in
favour of a server. h11 is a strict parser by other hands: each response that ours takes for complete and
faultless is held against it, and each that ours takes for incomplete must be so for h11 as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import h11

from wsgicheck.engine.script import EXCESSIVE_OCTETS
from wsgicheck.model.exchange import HttpExchange, Response
from wsgicheck.model.result import Report
from wsgicheck.model.stimulus import Octets, Request

EXPLAINED = {
    "Only Transfer-Encoding: chunked is supported": (
        "h11 knows no other coding. A list of them that ends in chunked frames a response all the same (RFC"
        " 9112 6.3); that a coding of the application is in it, transfer-encoding-header-kept-back judges."
    ),
    "_SWITCH_UPGRADE event without a pending proposal": (
        "h11 keeps track of what its request has offered. A reader of octets sees a well-formed 101; that"
        " nobody asked for it, switch-of-application-not-sent-unasked judges."
    ),
}
"""Where h11 objects to what ours accepts, and why ours is right: a part of its words, and the reason."""


@dataclass(frozen=True)
class Opinion:
    """One response, and where h11 thinks otherwise ("" where it agrees)."""

    response: Response
    objection: str

    @property
    def explained(self) -> bool:
        """Whether the difference is one that is known, with its reason."""
        return any(words in self.objection for words in EXPLAINED)


def opinions(exchange: HttpExchange) -> Iterator[Opinion]:
    """Yield what h11 says of each response of a connection, as long as ours could follow it."""
    sent = exchange.request
    if isinstance(sent, Octets):
        methods = sent.methods
    elif isinstance(sent, Request):
        methods = (sent.method,)
    else:
        return  # several connections, or those of another client
    rest = exchange.wire.octets_received
    ended = exchange.wire.ended == "eof"
    upgrade = re.search(rb"(?im)^upgrade:[ \t]*([^\r\n]+)", exchange.wire.octets_sent)
    offered = upgrade[1] if upgrade else None
    for method, response in zip(methods, exchange.responses, strict=False):
        if response.faults and response.complete:
            return  # ours has found fault already, and the two may go on differently
        while rest[:2] == b"\r\n":
            rest = rest[2:]  # ours skips empty lines before a status line
        objection, rest = _second(method, response, rest, ended, offered)
        yield Opinion(response, objection)
        if objection or not response.complete:
            return
    kept = rest[:EXCESSIVE_OCTETS]  # no more is kept of ours
    if len(exchange.responses) >= len(methods) and kept != exchange.surplus:
        objection = f"what is behind the last response: {rest[:40]!r}, and ours has {exchange.surplus[:40]!r}"
        yield Opinion(exchange.responses[-1], objection)


def _second(
    method: str, ours: Response, octets: bytes, ended: bool, offered: bytes | None
) -> tuple[str, bytes]:
    """Return where h11 reads a response otherwise, and what it leaves behind it."""
    client = h11.Connection(h11.CLIENT, max_incomplete_event_size=2**20)
    target = "a:80" if method == "CONNECT" else "/"
    upgrading = [("Connection", "upgrade"), ("Upgrade", offered)] if offered else []
    client.send(h11.Request(method=method, target=target, headers=[("Host", "a"), *upgrading]))
    client.send(h11.EndOfMessage())
    status, content, complete = 0, bytearray(), False
    try:
        client.receive_data(octets)
        if ended:
            client.receive_data(b"")
        while not complete:
            event = client.next_event()
            if event in (h11.NEED_DATA, h11.PAUSED) or isinstance(event, h11.ConnectionClosed):
                break
            if isinstance(event, h11.Response) or (
                isinstance(event, h11.InformationalResponse) and event.status_code == 101
            ):
                status = event.status_code
                # What follows is another protocol, or a tunnel.
                complete = status == 101 or (method == "CONNECT" and 200 <= status < 300)
            elif isinstance(event, h11.Data):
                content += event.data
            elif isinstance(event, h11.EndOfMessage):
                complete = True
    except h11.RemoteProtocolError as error:
        return (f"h11 refuses it: {error}" if ours.complete else ""), b""
    if complete != ours.complete:
        words = "complete" if complete else "incomplete"
        return f"h11 takes it for {words}, and ours does not", b""
    if complete and (status, bytes(content)) != (ours.status, ours.content):
        theirs = f"{status} with {bytes(content)[:60]!r}"
        return f"h11 reads {theirs}, and ours {ours.status} with {ours.content[:60]!r}", b""
    return "", client.trailing_data[0]


def unexplained(report: Report) -> dict[str, str]:
    """Return, by check, where h11 and our reader differ on a response without a known reason."""
    found: dict[str, str] = {}
    for result in report.results:
        for exchange in result.evidence:
            for opinion in opinions(exchange):
                if opinion.objection and not opinion.explained:
                    found.setdefault(result.check.id, f"{opinion.objection}; head {opinion.response.head!r}")
    return found
