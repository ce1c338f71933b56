"""Mutants of blocks on their way."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from types import GeneratorType
from typing import Any

from reference_server import ReferenceServer


class LooksAhead(ReferenceServer):
    """It always keeps one block, to know which is the last."""

    kills = {
        "block-of-next-response-sent-before-next": "the first block of the second response, while the application waits",
        "block-sent-before-next": "the first block, while the application waits",
        "block-sent-before-next-to-http-1-0": "the first block",
        "block-sent-before-next-with-content-length": "the first block",
        "every-block-sent-before-next": "the first block",
        "every-block-sent-before-next-to-http-1-0": "the first block, while the application waits",
        "every-block-sent-before-next-with-content-length": "the first block, while the application waits",
        "headers-released-by-first-content": "want a status line, got nothing sent",
        "iterator-block-sent-before-next": "the first block",
        "large-block-sent-before-next": "all of 4 MiB",
        "last-block-sent-before-end": "the last block",
        "late-block-sent-before-next": "the 41st block, while the application waits",
        "none-block-refused": "a response with None for a block",
        "only-block-of-sized-iterable-sent-before-end": "the only block, while the application waits",
        "yielded-block-after-write-not-delayed": "the yielded block",
    }

    def make_iterator(self, transaction: Any) -> Iterator[bytes]:
        iterator = super().make_iterator(transaction)
        return one_behind(iterator)


def one_behind(iterator: Iterator[bytes]) -> Iterator[bytes]:
    """Yield each block when the next one has come."""
    previous = None
    for block in iterator:
        if previous is not None:
            yield previous
        previous = block
    if previous is not None:
        yield previous


class JoinsIterables(ReferenceServer):
    """It streams generators and iterators, and joins the blocks of every other iterable."""

    kills = {"iterator-block-sent-before-next": "the first block, while the application waits"}

    def make_iterator(self, transaction: Any) -> Iterator[bytes]:
        iterator = super().make_iterator(transaction)
        if iterator is transaction.iterable or self.length_of_iterable(transaction) is not None:
            return iterator
        return itertools.chain.from_iterable([blocks] for blocks in [*iterator])


class HoldsSizedStreams(ReferenceServer):
    """Where the generator's length is declared, it is collected until it is complete."""

    kills = {"block-sent-before-next-with-content-length": "the first block, while the application waits"}

    def flush(self, transaction: Any) -> None:
        sized = transaction.framing == "length" and transaction.produced < (transaction.content_length or 0)
        if not (sized and isinstance(transaction.iterable, GeneratorType)) or transaction.closed:
            super().flush(transaction)


class HoldsForHttp10(ReferenceServer):
    """What an old client gets is collected until the end."""

    kills = {"block-sent-before-next-to-http-1-0": "the first block, while the application waits"}

    def flush(self, transaction: Any) -> None:
        waits = transaction.request.version < (1, 1) and transaction.outgoing.endswith(b"\x01")
        if not waits or not isinstance(transaction.iterable, GeneratorType):
            super().flush(transaction)


class CollectsSmallBlocks(ReferenceServer):
    """A single octet behind the first block is not worth a packet."""

    kills = {
        "every-block-sent-before-next": "the second block, while the application waits",
        "every-block-sent-before-next-to-http-1-0": "the second block, while the application waits",
        "every-block-sent-before-next-with-content-length": "the second block, while the application waits",
        "second-written-block-of-unknown-length-sent-at-once": "the second written block, while the application waits",
        "second-written-block-sent-at-once": "the second written block, while the application waits",
        "written-block-to-http-1-0-sent-at-once": "the second written block, while the application waits",
    }

    def send_block(self, transaction: Any, block: Any) -> None:
        self.small = len(block) == 1 and transaction.head_sent
        super().send_block(transaction, block)

    def finish_response(self, transaction: Any) -> None:
        self.small = False
        super().finish_response(transaction)

    def flush(self, transaction: Any) -> None:
        if not (getattr(self, "small", False) and transaction.outgoing.endswith((b"\x02", b"\x02\r\n"))):
            super().flush(transaction)


class HoldsBeforeEmptyBlock(ReferenceServer):
    """A stream that began with an empty block is sent from its third block on."""

    kills = {"block-sent-before-empty-block": "the first block, while the application waits"}

    def send_block(self, transaction: Any, block: Any) -> None:
        if not block and not transaction.head_sent:
            transaction.began_empty = True
        super().send_block(transaction, block)

    def flush(self, transaction: Any) -> None:
        if not (getattr(transaction, "began_empty", False) and transaction.outgoing.endswith(b"\x01\r\n")):
            super().flush(transaction)


class FlushesAfterClose(ReferenceServer):
    """A response of a single block goes out when the iterable has been closed."""

    kills = {"last-block-sent-before-close": "the last block, while the application waits"}

    def flush(self, transaction: Any) -> None:
        if transaction.closed or self.length_of_iterable(transaction) != 1:
            super().flush(transaction)

    def close_iterable(self, transaction: Any) -> None:
        super().close_iterable(transaction)
        self.flush(transaction)


class SendsRemainderLater(ReferenceServer):
    """What is behind the first three megabytes of a block waits for the next one."""

    kills = {"large-block-sent-before-next": "all of 4 MiB, while the application waits"}

    def flush(self, transaction: Any) -> None:
        octets = bytes(transaction.outgoing)
        if len(octets) < 4_194_304 or octets.endswith(b"\n\r\n"):
            super().flush(transaction)
            return
        self.send(transaction.connection, octets[:3_000_000])
        transaction.outgoing[:] = octets[3_000_000:]


class TakesStreamsForDownloads(ReferenceServer):
    """Behind the 32nd small block they are collected: it is a download."""

    kills = {
        "late-block-sent-before-next": "the 41st block, while the application waits: want received, got held"
    }

    def send_block(self, transaction: Any, block: Any) -> None:
        self.blocks = getattr(transaction, "blocks", 0) + 1
        transaction.blocks = self.blocks
        super().send_block(transaction, block)

    def finish_response(self, transaction: Any) -> None:
        transaction.blocks = 0
        super().finish_response(transaction)

    def flush(self, transaction: Any) -> None:
        small = len(transaction.outgoing) < 4096
        if not (small and getattr(transaction, "blocks", 0) > 32) or transaction.closed:
            super().flush(transaction)


class CollectsNextResponse(ReferenceServer):
    """Behind the first request of a connection each response is sent whole."""

    kills = {
        "block-of-next-response-sent-before-next": "the first block of the second response, while the applicati"
    }

    def make_iterator(self, transaction: Any) -> Iterator[bytes]:
        iterator = super().make_iterator(transaction)
        served = transaction.connection.__dict__.setdefault("served", [])
        served.append(transaction)
        return iter([b"".join(iterator)]) if len(served) == 2 and served[0].framing == "length" else iterator


class WaitsBehindTheOnlyBlock(ReferenceServer):
    """One block goes out with the end."""

    kills = {"only-block-of-sized-iterable-sent-before-end": "the only block"}

    def flush(self, transaction: Any) -> None:
        one = transaction.produced and self.length_of_iterable(transaction) == 1
        if not one or getattr(transaction, "at_end", False):
            super().flush(transaction)

    def finish_response(self, transaction: Any) -> None:
        transaction.at_end = True
        super().finish_response(transaction)

    def response_satisfied(self, transaction: Any) -> bool:
        one = self.length_of_iterable(transaction) == 1 and transaction.request.method != "HEAD"
        return not one and super().response_satisfied(transaction)


class CollectsSmallOnesOf(ReferenceServer):
    """What the mutants below have in common: behind the first, a block of an octet is held back."""

    kills: dict[str, str]

    def collects(self, transaction: Any) -> bool:
        """Return whether this response is one of those."""
        raise NotImplementedError

    def flush(self, transaction: Any) -> None:
        small = 0 < len(transaction.outgoing) < 7  # an octet, with the frame of a chunk or without
        small = small and not transaction.outgoing.startswith(b"0\r\n")
        if not (small and transaction.head_sent and self.collects(transaction)):
            super().flush(transaction)


class CollectsSmallYieldedOfLength(CollectsSmallOnesOf):
    """It yields, and the length is known."""

    kills = {
        "every-block-sent-before-next-with-content-length": "the second block, while the application waits",
    }

    def collects(self, transaction: Any) -> bool:
        return transaction.framing == "length" and not transaction.write_called


class CollectsSmallYieldedForHttp10(CollectsSmallOnesOf):
    """It yields, and the end of the connection is the end."""

    kills = {"every-block-sent-before-next-to-http-1-0": "the second block, while the application waits"}

    def collects(self, transaction: Any) -> bool:
        return transaction.framing == "close" and not transaction.write_called


class CollectsSmallWrittenChunks(CollectsSmallOnesOf):
    """It writes, and a chunk of one octet is not worth its head."""

    kills = {
        "second-written-block-of-unknown-length-sent-at-once": "the second written block, while the applicati"
    }

    def collects(self, transaction: Any) -> bool:
        return transaction.framing == "chunked" and bool(transaction.write_called)
