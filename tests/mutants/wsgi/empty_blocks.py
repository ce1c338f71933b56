"""Mutants of empty blocks."""

from __future__ import annotations

from typing import Any

from reference_server import ReferenceServer


class EndsWithEmptyChunk(ReferenceServer):
    """An empty block in the midst of others becomes a chunk, which is the last one."""

    kills = {
        "hundred-empty-blocks-harmless": "content: want b'content', got b'con'",
        "chunks-carry-content": "content in chunks",
        "stream-outlives-empty-blocks": "the octets of a stream with empty blocks",
        "empty-block-between-harmless": "content: want b'content', got b'con'",
        "empty-block-last-adds-nothing": "octets behind the response: want none, got b'0\\r\\n\\r\\n'",
        "empty-block-written-harmless": "content: want b'content', got b'con'",
    }

    def send_block(self, transaction: Any, block: Any) -> None:
        super().send_block(transaction, block)
        listed = isinstance(transaction.iterable, list)
        if not block and transaction.head_sent and transaction.framing == "chunked" and not listed:
            transaction.outgoing += b"0\r\n\r\n"
            self.flush(transaction)


class LosesPatience(ReferenceServer):
    """Twenty empty blocks are taken for an application that hangs."""

    kills = {"hundred-empty-blocks-harmless": "content: want b'content', got b''"}

    def next_block(self, iterator: Any) -> Any:
        block = super().next_block(iterator)
        for _ in range(20):
            if block != b"":
                return block
            block = super().next_block(iterator)
        return None


class StopsAtEmptyBlock(ReferenceServer):
    """``while block:`` where the length is declared."""

    kills = {"empty-block-between-harmless-with-content-length": "content: want b'content', got b'con'"}

    def iterate(self, transaction: Any) -> None:
        if self.declared_content_length(transaction) != 7:
            super().iterate(transaction)
            return
        for block in self.make_iterator(transaction):
            if not block:
                break
            self.send_block(transaction, block)
            if self.response_satisfied(transaction):
                break


class StopsAtEmptyBlockForHttp10(ReferenceServer):
    """``while block:`` for old clients."""

    kills = {"empty-block-between-harmless-to-http-1-0": "content: want b'content', got b'con'"}

    def iterate(self, transaction: Any) -> None:
        if transaction.request.version >= (1, 1):
            super().iterate(transaction)
            return
        for block in self.make_iterator(transaction):
            if not block:
                break
            self.send_block(transaction, block)


class TakesEmptyFirstBlockForAll(ReferenceServer):
    """Where the first block of an iterator is empty, nothing else is expected of it."""

    kills = {
        "hundred-empty-blocks-harmless": "content: want b'content', got b''",
        "empty-block-first-harmless": "content: want b'content', got b''",
    }

    def iterate(self, transaction: Any) -> None:
        if hasattr(transaction.iterable, "__next__"):
            first = self.next_block(transaction.iterable)
            if first == b"" and transaction.request.target.startswith(b"/"):
                second = self.next_block(transaction.iterable)
                if second == b"":
                    return
                self.send_block(transaction, second or b"")
            elif first is None:
                return
            else:
                self.send_block(transaction, first)
        super().iterate(transaction)
