"""Mutants of 205 (Reset Content)."""

from __future__ import annotations

from typing import Any

from reference_server import ReferenceServer


class TakesResetForNoContent(ReferenceServer):
    """A 205 ends at its empty line, as a 204 does."""

    kills = {
        "response-205-delimited": "end of a 205 on a kept connection: want found, got timeout",
    }

    def framing_header(self, transaction: Any) -> Any:
        return [] if self.status_code(transaction) == 205 else super().framing_header(transaction)


class SendsContent205(ReferenceServer):
    """What an application yields with a 205 is sent."""

    kills = {
        "response-205-without-content": "content of a 205: want b'', got b'wsgicheck'",
        "response-205-without-later-content": "content of a 205",
    }

    def length_of_response(self, transaction: Any, block: bytes) -> int | None:
        if self.status_code(transaction) == 205:
            return len(block)
        return super().length_of_response(transaction, block)


class SendsLaterContent205(ReferenceServer):
    """What is written behind the first block of a 205 is sent."""

    kills = {"response-205-without-later-content": "content of a 205: want b'', got b'two'"}

    def refuse_excess(self, transaction: Any) -> Any:
        if self.status_code(transaction) != 205:
            super().refuse_excess(transaction)
        transaction.written_before = True

    def truncate(self, transaction: Any, block: bytes) -> bytes:
        return (
            block if getattr(transaction, "written_before", False) else super().truncate(transaction, block)
        )


class SendsListedContent205(ReferenceServer):
    """A list is known whole, and sent with a 205."""

    kills = {"response-205-without-listed-content": "content of a 205: want b'', got b'wsgicheck'"}

    def length_of_response(self, transaction: Any, block: bytes) -> Any:
        length = super().length_of_response(transaction, block)
        listed = self.length_of_iterable(transaction) == 1
        return len(block) if listed and self.status_code(transaction) == 205 else length


class SendsContentBehind205(ReferenceServer):
    """A 205 says that it has no content, and what comes is sent all the same."""

    kills = {
        "nothing-follows-205": "octets behind the header section of a 205: want b'', got b'wsgicheck'",
        "response-205-without-later-content": "content of a 205",
    }

    def truncate(self, transaction: Any, block: bytes) -> bytes:
        return block if self.status_code(transaction) == 205 else super().truncate(transaction, block)


class KeepsLengthOfReset(ReferenceServer):
    """The content of a 205 is dropped, the length that the application gave is not."""

    kills = {
        "response-205-as-long-as-declared": "content of a 205: want as much as its Content-Length says, got 0 octets of 9"
    }

    def keep_header(self, transaction: Any, name: str, value: str) -> bool:
        return self.status_code(transaction) == 205 or super().keep_header(transaction, name, value)
