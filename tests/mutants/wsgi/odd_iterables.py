"""Mutants that ask an iterable what it is."""

from __future__ import annotations

import contextlib
from typing import Any

from reference_server import ReferenceServer
from reference_server.errors import ClientGone


class AsksForTruth(ReferenceServer):
    """What is false has no content."""

    kills = {
        "falsy-iterable-accepted": "content: want",
        "iterable-whose-len-raises-accepted": "status",
        "nothing-returned-refused": "answer to None instead of an iterable",
    }

    def make_iterator(self, transaction: Any) -> Any:
        return super().make_iterator(transaction) if transaction.iterable else iter(())


class ComparesWithNothing(ReferenceServer):
    """What equals an empty list has no content."""

    kills = {"iterable-equal-to-all-accepted": "content: want"}

    def make_iterator(self, transaction: Any) -> Any:
        return super().make_iterator(transaction) if transaction.iterable != [] else iter(())


class ForgivesEmptyText(ReferenceServer):
    """Nothing is nothing, of whatever type."""

    kills = {"empty-text-block-refused": "a response with a block of text: want cut off, got complete"}

    def check_block(self, block: Any) -> None:
        if block != "":
            super().check_block(block)


class TrustsInLen(ReferenceServer):
    """Where len() fails otherwise than for want of one, the request fails."""

    kills = {"iterable-whose-len-raises-accepted": "status: want a success, got 500"}

    def length_of_iterable(self, transaction: Any) -> int | None:
        try:
            return len(transaction.iterable)
        except (TypeError, AttributeError):
            return None


class ThrowsIntoGenerators(ReferenceServer):
    """The generator hears of the loss where it stands."""

    kills = {"generator-not-thrown-into": "errors in the generator: want none, got ConnectionError"}

    def handle_error(self, transaction: Any, error: BaseException) -> None:
        if isinstance(error, ClientGone) and hasattr(transaction.iterable, "throw"):
            with contextlib.suppress(Exception):
                transaction.iterable.throw(ConnectionError("the client has left"))
        super().handle_error(transaction, error)


class TakesNoneForTheEnd(ReferenceServer):
    """``next(iterator, None)`` says None at the end."""

    kills = {"none-block-refused": "a response with None for a block: want cut off, got complete"}

    def next_block(self, iterator: Any) -> Any:
        block = next(iterator, None)
        if block is not None:
            self.check_block(block)
        return block


class EncodesLaterText(ReferenceServer):
    """What began with octets goes on with octets, made of whatever comes."""

    kills = {"text-block-behind-others-refused": "content made of a str: want none, got"}

    def check_block(self, block: Any) -> None:
        if not isinstance(block, str) or not block:
            super().check_block(block)

    def send_block(self, transaction: Any, block: Any) -> None:
        late = isinstance(block, str) and transaction.produced
        super().send_block(transaction, block.encode("utf-8") if late else block)


class TakesItemsOfLists(ReferenceServer):
    """It is quick with lists."""

    kills = {"list-iterated-by-its-own-iteration": "content: want"}

    def make_iterator(self, transaction: Any) -> Any:
        if isinstance(transaction.iterable, list):
            return iter(tuple(transaction.iterable[:]))
        return super().make_iterator(transaction)
