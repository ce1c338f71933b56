"""Iterables and blocks that are not what they seem (PEP 3333, Specification Details)."""

from __future__ import annotations

from ...authoring import (
    TEXT_LEFT_OPEN,
    Exchange,
    HangUp,
    Play,
    Receive,
    Release,
    Request,
    called_once,
    check,
    expect,
    expect_content,
    inconclusive,
    waits,
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


@check(
    "iterable-whose-len-raises-accepted",
    requires=pep3333.ITERABLE_ANY_KIND,
    play=Play(shape="len_raises", chunks=BLOCKS),
    tempered="most errors of len() other than TypeError are faults of the iterable's",
)
def iterable_whose_len_raises_accepted(exchange: Exchange) -> None:
    """An iterable whose ``len()`` raises is one without a length.

    The PEP speaks of a length where the call of ``len()`` succeeds: proxies and lazy results have the method,
    and cannot always answer.
    """
    expect_content(exchange, BODY)


@check(
    "list-iterated-by-its-own-iteration",
    requires=pep3333.ITERABLE_ATTRIBUTES,
    play=Play(shape="list_by_iteration", chunks=BLOCKS),
)
def list_iterated_by_its_own_iteration(exchange: Exchange) -> None:
    """A list whose class has an ``__iter__`` of its own gives the blocks that this gives.

    Lazy results are made as they are iterated over. A slice, an index, and C code that takes every list for
    an exact one get the items, which are no blocks yet.
    """
    expect_content(exchange, BODY)


@check(
    "generator-not-thrown-into",
    requires=pep3333.ITERABLE_ATTRIBUTES,
    send=Request(then=(Receive(b"\x01"), HangUp(), Release("go"))),
    play=Play(shape="generator", chunks=(b"first\x01", waits("go"), *(b"more of the same " * 500,) * 30)),
)
def generator_not_thrown_into(exchange: Exchange) -> None:
    """Nothing is thrown into a generator whose client has left: it is closed.

    An application that catches the errors of its own sources answers for one that is not among them, and
    goes on for nobody. ``throw()`` is not among the attributes that the PEP lets a server use.
    """
    called_once(exchange)
    if not exchange.app.of("yielding"):
        inconclusive("the generator was not iterated")
    thrown = [seen.facts["error"]["type"] for seen in exchange.app.of("raised")]
    expect(not thrown, "errors in the generator", want="none", got=", ".join(thrown))


@check(
    "none-block-refused",
    requires=pep3333.BODY_BYTES_ONLY,
    play=Play(chunks=(b"content", None, b"more")),
    tempered="the PEP leaves open what happens to an application that yields what is no bytestring",
)
def none_block_refused(exchange: Exchange) -> None:
    """None is no block, and not the end of the iterable either.

    A server that asks ``next(iterator, None)`` takes half of a page for all of it.
    """
    called_once(exchange)
    response = exchange.response
    if response is not None and response.status < 300 and response.framing != "close":
        got = "complete" if response.complete else "cut off"
        expect(got == "cut off", "a response with None for a block", want="cut off", got=got)


@check(
    "text-block-behind-others-refused",
    requires=pep3333.BODY_BYTES_ONLY,
    play=Play(shape="generator", chunks=(b"octets, ", "caf\u00e9", b", octets")),
    tempered=TEXT_LEFT_OPEN,
)
def text_block_behind_others_refused(exchange: Exchange) -> None:
    """A ``str`` that follows a bytestring is no block either: it is not encoded by a guess of the server.

    A server that looks at the first block alone sends what nobody decided upon.
    """
    called_once(exchange)
    response = exchange.response
    if response is not None and response.status < 300 and response.framing != "close":
        expect(b"caf" not in response.content, "content made of a str", want="none", got=response.content)
        got = "complete" if response.complete else "cut off"
        expect(got == "cut off", "a response with a block of text", want="cut off", got=got)
