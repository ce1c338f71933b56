"""Mutants that ask an iterable what it is."""

from __future__ import annotations

from typing import Any

from reference_server import ReferenceServer


class AsksForTruth(ReferenceServer):
    """What is false has no content."""

    kills = {"falsy-iterable-accepted": "content: want"}

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
