"""Mutants of what the application may return."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator
from types import GeneratorType
from typing import Any

from reference_server import ReferenceServer
from reference_server.errors import ApplicationFault


class RefusesLists(ReferenceServer):
    """It takes the returned object itself for an iterator, unless it is a tuple."""

    kills = {"list-accepted": "status: want a success, got 500"}

    def make_iterator(self, transaction: Any) -> Iterator[bytes]:
        if (
            type(transaction.iterable) is list
            and len(transaction.iterable) == 3
            and all(transaction.iterable)
        ):
            raise ApplicationFault("no iterator")
        return super().make_iterator(transaction)


class RefusesTuples(ReferenceServer):
    """It knows lists and what has a ``__next__``, and forgets tuples."""

    kills = {"tuple-accepted": "status: want a success, got 500"}

    def make_iterator(self, transaction: Any) -> Iterator[bytes]:
        if isinstance(transaction.iterable, tuple):
            raise ApplicationFault("neither a list nor an iterator")
        return super().make_iterator(transaction)


class NeedsOldProtocolAbsent(ReferenceServer):
    """It asks for ``__iter__`` before it calls ``iter()``."""

    kills = {
        "getitem-iterable-accepted": "status: want a success, got 500",
    }

    def make_iterator(self, transaction: Any) -> Iterator[bytes]:
        if not hasattr(transaction.iterable, "__iter__"):
            raise ApplicationFault("not iterable")
        return super().make_iterator(transaction)


class CallsMissingClose(ReferenceServer):
    """It calls ``close()`` of whatever is no list or tuple, before it has ended the response."""

    kills = {"iterator-without-close-accepted": "the response: want complete, got cut off"}

    def finish_response(self, transaction: Any) -> None:
        if not isinstance(transaction.iterable, (list, tuple)):
            _ = transaction.iterable.close
        super().finish_response(transaction)


class AddsUpLengths(ReferenceServer):
    """It goes through what has a length once for the sum and once for the content."""

    kills = {"one-pass-sized-iterable-accepted": "content: want b'block one, two, three', got b''"}

    def make_iterator(self, transaction: Any) -> Iterator[bytes]:
        if (self.length_of_iterable(transaction) or 0) > 2:
            sum(len(block) for block in transaction.iterable if isinstance(block, bytes))
        return super().make_iterator(transaction)


class SendsDescriptors(ReferenceServer):
    """Whatever has a descriptor is sent from there."""

    kills = {
        "iterable-other-attributes-unused": "the content was taken from fileno and not from the iteration",
        "iterable-other-attributes-not-called": "attributes used: want none, got fileno",
    }

    def make_iterator(self, transaction: Any) -> Iterator[bytes]:
        if hasattr(transaction.iterable, "fileno"):
            return iter([os.read(transaction.iterable.fileno(), 1000)])
        return super().make_iterator(transaction)


class ReadsLookalikes(ReferenceServer):
    """It takes every object with a ``read()`` for a file."""

    kills = {
        "iterable-other-attributes-unused": "the content was taken from read and not from the iteration",
        "iterable-other-attributes-not-called": "attributes used: want none, got read",
    }

    def make_iterator(self, transaction: Any) -> Iterator[bytes]:
        if hasattr(transaction.iterable, "read") and not self.is_wrapper(transaction.iterable):
            return iter([transaction.iterable.read()])
        return super().make_iterator(transaction)

    def is_wrapper(self, iterable: Any) -> bool:
        """Tell the server's own type from foreign ones."""
        return type(iterable).__module__.startswith("reference_server")


class AsksForDescriptor(ReferenceServer):
    """It calls ``fileno()`` of everything, and goes on when that fails."""

    kills = {"iterable-other-attributes-not-called": "attributes used: want none, got fileno"}

    def make_iterator(self, transaction: Any) -> Iterator[bytes]:
        with contextlib.suppress(AttributeError, OSError):
            transaction.iterable.fileno()  # type: ignore[union-attr]
        return super().make_iterator(transaction)


class EncodesText(ReferenceServer):
    """It encodes a text that is yielded or written, as UTF-8."""

    kills = {
        "empty-text-block-refused": "a response with a block of text",
        "none-block-refused": "a response with None for a block",
        "text-block-behind-others-refused": "content made of a str",
        "text-block-refused": "content made of a str: want none, got b'caf\\xc3\\xa9'",
        "text-written-refused": "content made of a str: want none, got b'caf\\xc3\\xa9'",
    }

    def check_block(self, block: Any) -> None:
        pass

    def send_block(self, transaction: Any, block: Any) -> None:
        super().send_block(transaction, block.encode() if isinstance(block, str) else block)


class TranscribesBytes(ReferenceServer):
    """It makes blocks of the integers of a bytes object."""

    kills = {"bytes-as-iterable-not-transcribed": "content: want b'\\x03\\x02A', got b'3265'"}

    def make_iterator(self, transaction: Any) -> Iterator[bytes]:
        if isinstance(transaction.iterable, bytes):
            return iter([str(number).encode() for number in transaction.iterable])
        return super().make_iterator(transaction)


class TakesNothingForEmpty(ReferenceServer):
    """``returned or ()``."""

    kills = {
        "falsy-iterable-accepted": "content",
        "iterable-of-any-shape-closed-after-head": "calls of close() of len_raises",
        "iterable-of-any-shape-closed-after-write": "calls of close() of len_raises",
        "iterable-of-any-shape-closed-without-content": "calls of close() of len_raises with 204",
        "iterable-whose-len-raises-accepted": "status",
        "nothing-returned-refused": "answer to None instead of an iterable: want an error",
    }

    def call_application(self, transaction: Any) -> Iterable[bytes]:
        return super().call_application(transaction) or ()


class InjectsFirstBlock(ReferenceServer):
    """A first block that looks like field lines is sent as such."""

    kills = {"headers-before-content": "content: want b'X-Wsgicheck-Injected: yes"}

    def send_block(self, transaction: Any, block: Any) -> None:
        if not transaction.head_sent and isinstance(block, bytes) and block.startswith(b"X-Wsgicheck"):
            name, _, value = block.decode("latin-1").strip().partition(": ")
            transaction.headers.append((name, value))
            block = b""
        super().send_block(transaction, block)


class CutsGenerators(ReferenceServer):
    """It closes a generator behind its second block."""

    kills = {
        "generator-accepted": "content: want b'block one, two, three', got b'block one, two, '",
    }

    def send_block(self, transaction: Any, block: Any) -> None:
        super().send_block(transaction, block)
        if block == b"two, " and isinstance(transaction.iterable, GeneratorType):
            transaction.iterable.close()


class SkipsSecondBlock(ReferenceServer):
    """It peeks at the first block of an iterator, and loses the next."""

    kills = {
        "iterator-accepted": "content: want b'block one, two, three', got b'block one, three'",
    }

    def send_block(self, transaction: Any, block: Any) -> None:
        peeked = block == b"two, " and transaction.produced == len(b"block one, ")
        if peeked and type(transaction.iterable).__name__ == "Iterator":
            block = b""
        super().send_block(transaction, block)


class NeedsNext(ReferenceServer):
    """It calls ``next()`` on what was returned, unless that has a length."""

    kills = {
        "iterable-accepted": "status: want a success, got 500",
        "start-response-accepted-in-iteration": "status: want a success, got 500",
    }

    def make_iterator(self, transaction: Any) -> Iterator[bytes]:
        sized = self.length_of_iterable(transaction) is not None
        if type(transaction.iterable).__name__ == "Iterable" and not sized:
            raise ApplicationFault("'Iterable' object is not an iterator")
        return super().make_iterator(transaction)


class IndexesSized(ReferenceServer):
    """What has a length is indexed."""

    kills = {"sized-iterable-accepted": "status: want a success, got 500"}

    def make_iterator(self, transaction: Any) -> Iterator[bytes]:
        if type(transaction.iterable).__name__ == "Sized" and len(transaction.iterable) == 3:
            return iter([transaction.iterable[number] for number in range(3)])
        return super().make_iterator(transaction)


class RefusesEmptyLists(ReferenceServer):
    """``if not returned:`` the application has failed."""

    kills = {
        "empty-list-accepted": "status: want a success, got 500",
        "iterable-equal-to-all-accepted": "status",
    }

    def make_iterator(self, transaction: Any) -> Iterator[bytes]:
        plain = not transaction.write_called and self.declared_content_length(transaction) is None
        if transaction.iterable == [] and plain and transaction.status == "200 OK":
            raise ApplicationFault("nothing was returned")
        return super().make_iterator(transaction)


class NeedsABlock(ReferenceServer):
    """An iterator that ends without a block gets no response."""

    kills = {
        "headers-released-at-exhaustion": "want 203, got 500",
        "headers-released-after-empty-blocks": "want 203, got 500",
        "empty-iterator-accepted": "status: want a success, got 500",
        "empty-blocks-alone-accepted": "status: want a success, got 500",
    }

    def length_of_exhausted(self, transaction: Any) -> int | None:
        if hasattr(transaction.iterable, "__next__"):
            raise ApplicationFault("no block")
        return super().length_of_exhausted(transaction)


class WantsStatusAtOnce(ReferenceServer):
    """It looks for the status as soon as the application has returned."""

    kills = {
        "start-response-callable-in-iterator": "want 201 Late, got 500",
        "start-response-callable-in-sized-iterable": "want 201 Late, got 500",
        "start-response-accepted-in-generator": "status: want a success, got 500",
        "start-response-accepted-in-iteration": "status: want a success, got 500",
    }

    def make_iterator(self, transaction: Any) -> Iterator[bytes]:
        self.check_started(transaction)
        return super().make_iterator(transaction)


class MakesUpStatus(ReferenceServer):
    """Without ``start_response`` a block is a 200."""

    kills = {
        "body-without-start-response-refused": "answer to a block without start_response(): want an error",
        "list-without-start-response-refused": "want an error, got 200",
        "wrapped-file-without-start-response-refused": "the status after a wrapped file without start_response()",
    }

    def send_block(self, transaction: Any, block: Any) -> None:
        if block and transaction.status is None and not transaction.start_response_called:
            transaction.status = "200 OK"
        super().send_block(transaction, block)


class MakesUpStatusAtEnd(ReferenceServer):
    """Without ``start_response`` an end is an empty 200."""

    kills = {
        "empty-list-without-start-response-refused": "want an error, got 200",
        "end-without-start-response-refused": "answer to an end without start_response(): want an error",
    }

    def finish_response(self, transaction: Any) -> None:
        if transaction.status is None and not transaction.start_response_called:
            transaction.status = "200 OK"
        super().finish_response(transaction)
