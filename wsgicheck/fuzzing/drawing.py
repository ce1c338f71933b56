"""How a choice is drawn: a strategy made once, since hypothesis looks at each new one at length."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Any, TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

__all__ = ["DrawFn", "among", "between", "binary", "chance", "some"]

T = TypeVar("T")


@functools.cache
def _sampled(values: tuple[Any, ...]) -> st.SearchStrategy[Any]:
    return st.sampled_from(values)


_between = functools.cache(st.integers)
_lists = functools.cache(lambda values, most: st.lists(_sampled(values), max_size=most))
_binary = functools.cache(lambda most: st.binary(max_size=most))


def among(draw: DrawFn, values: Iterable[T]) -> T:
    """Draw one of these; the first is the simplest."""
    chosen: T = draw(_sampled(tuple(values)))
    return chosen


def between(draw: DrawFn, least: int, most: int) -> int:
    """Draw a number, both ends included."""
    return draw(_between(least, most))


def chance(draw: DrawFn, times: int) -> bool:
    """Draw whether something happens that happens once in so many times."""
    return draw(_between(0, times - 1)) == times - 1


def some(draw: DrawFn, values: Iterable[T], most: int) -> list[T]:
    """Draw a list of at most so many of these."""
    chosen: list[T] = draw(_lists(tuple(values), most))
    return chosen


def binary(draw: DrawFn, most: int) -> bytes:
    """Draw octets of any kind."""
    return draw(_binary(most))
