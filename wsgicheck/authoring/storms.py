"""What is expected of a server behind a storm of clients."""

from __future__ import annotations

from ..model.exchange import Exchange
from .judgement import expect, inconclusive
from .needs import needs_plain

WORD = b"wsgicheck"
"""The content of an ordinary play."""
BLOCK_OCTETS = 64 * 1024
"""Of a long response no more is compared: the client may have been cut off behind it."""
FEWEST = 20
"""Clients, below which growth could be the server's own affair."""


def expect_served(exchange: Exchange, content: bytes = WORD) -> None:
    """Expect that the plain request behind the last round was served, with content that begins like this."""
    needs_plain(exchange)
    calls = [call for call in exchange.app.of("called") if call.label == "plain"]
    response = exchange.response
    got = response.status if response is not None else "no answer"
    expect(response is not None and response.status == 200, "a plain request afterwards", want=200, got=got)
    expect(bool(calls), "calls for the plain requests afterwards", want="some", got=0)
    if response is not None:
        seen = response.content[:BLOCK_OCTETS]
        words = "content of a plain request afterwards"
        expect(seen == content, words, want=content[:40], got=seen[:40])


def needs_service(exchange: Exchange, content: bytes = WORD) -> None:
    """End as inconclusive unless the plain request was served: of a server that does not, others say so."""
    needs_plain(exchange)
    response = exchange.response
    if response is None or response.content[:BLOCK_OCTETS] != content:
        inconclusive("the plain request behind the storm was not served")


def expect_tidy(exchange: Exchange, content: bytes = WORD) -> None:
    """Expect that processes, threads and descriptors did not grow with the number of clients."""
    needs_service(exchange, content)
    found = exchange.aftermath
    if found is None or found.before is None or found.after is None:
        inconclusive("what the server's processes hold could not be counted")
    if found.clients < FEWEST:
        inconclusive(f"only {found.clients} clients could connect")
    before, after, allowed = found.before, found.after, found.clients // 2
    for what, grown in (
        ("processes", after.processes - before.processes),
        ("threads", after.threads - before.threads),
        ("descriptors", after.descriptors - before.descriptors),
    ):
        words = f"{what} that {found.clients} clients left behind"
        expect(grown < allowed, words, want=f"fewer than {allowed}", got=grown)
