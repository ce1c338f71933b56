"""Iterables and blocks that are not what they seem (PEP 3333, Specification Details)."""

from __future__ import annotations

from ...authoring import (
    TEXT_LEFT_OPEN,
    Exchange,
    Play,
    called_once,
    check,
    expect,
    expect_content,
)
from ...spec import pep3333

BLOCKS = (b"block one, ", b"two, ", b"three")
BODY = b"".join(BLOCKS)


@check(
    "falsy-iterable-accepted", requires=pep3333.ITERABLE_ATTRIBUTES, play=Play(shape="falsy", chunks=BLOCKS)
)
def falsy_iterable_accepted(exchange: Exchange) -> None:
    """An iterable whose truth is false is iterated like any other.

    Whether there is content is known when the iterable has ended, and not by what ``bool()`` says of it.
    """
    expect_content(exchange, BODY)


@check(
    "iterable-equal-to-all-accepted",
    requires=pep3333.ITERABLE_ATTRIBUTES,
    play=Play(shape="equal_to_all", chunks=BLOCKS),
)
def iterable_equal_to_all_accepted(exchange: Exchange) -> None:
    """An iterable that calls itself equal to whatever it is compared with is iterated like any other.

    Objects of numerical libraries and of query builders are of such a kind: ``==`` asks the object, and
    ``is`` does not.
    """
    expect_content(exchange, BODY)


@check(
    "empty-text-block-refused",
    requires=pep3333.BODY_BYTES_ONLY,
    play=Play(chunks=(b"content", "")),
    tempered=TEXT_LEFT_OPEN,
)
def empty_text_block_refused(exchange: Exchange) -> None:
    """An empty ``str`` is no block either, though there is nothing in it to be encoded.

    The application yields text by mistake, and it will not be empty the next time.
    """
    called_once(exchange)
    response = exchange.response
    if response is not None and response.status < 300 and response.framing != "close":
        got = "complete" if response.complete else "cut off"
        expect(got == "cut off", "a response with a block of text", want="cut off", got=got)
