"""What the application may return: every kind of iterable (PEP 3333, Specification Details)."""

from __future__ import annotations

from ...authoring import (
    TEXT_LEFT_OPEN,
    Exchange,
    Play,
    called_once,
    check,
    expect,
    expect_content,
    fail,
    starts,
)
from ...spec import pep3333

BLOCKS = (b"block one, ", b"two, ", b"three")
BODY = b"".join(BLOCKS)
BAIT = Play(shape="bait", chunks=(b"the blocks ", b"that were yielded"))


@check("list-accepted", requires=pep3333.ITERABLE_ANY_KIND, play=Play(shape="list", chunks=BLOCKS))
def list_accepted(exchange: Exchange) -> None:
    """The application may return a list of bytestrings.

    Most applications and frameworks do.
    """
    expect_content(exchange, BODY)


@check("tuple-accepted", requires=pep3333.ITERABLE_ANY_KIND, play=Play(shape="tuple", chunks=BLOCKS))
def tuple_accepted(exchange: Exchange) -> None:
    """The application may return a tuple of bytestrings.

    A server that asks for a list turns away what is just as iterable.
    """
    expect_content(exchange, BODY)


@check("generator-accepted", requires=pep3333.ITERABLE_ANY_KIND, play=Play(shape="generator", chunks=BLOCKS))
def generator_accepted(exchange: Exchange) -> None:
    """The application may be a generator function.

    Streams are written so; a generator has no length, and can be gone through only once.
    """
    expect_content(exchange, BODY)


@check("iterator-accepted", requires=pep3333.ITERABLE_ANY_KIND, play=Play(shape="iterator", chunks=BLOCKS))
def iterator_accepted(exchange: Exchange) -> None:
    """The application may return an iterator that is its own ``iter()``.

    Middleware wraps what it is given in such iterators.
    """
    expect_content(exchange, BODY)


@check("iterable-accepted", requires=pep3333.ITERABLE_ANY_KIND, play=Play(shape="iterable", chunks=BLOCKS))
def iterable_accepted(exchange: Exchange) -> None:
    """The application may return an object whose iterator is another object.

    Response classes of frameworks have an ``__iter__`` and no ``__next__``: ``next()`` on them fails.
    """
    expect_content(exchange, BODY)


@check("sized-iterable-accepted", requires=pep3333.ITERABLE_ANY_KIND, play=Play(shape="sized", chunks=BLOCKS))
def sized_iterable_accepted(exchange: Exchange) -> None:
    """The application may return an iterable with a length that is no sequence.

    A server that takes ``len()`` for a licence to index finds no ``__getitem__``.
    """
    expect_content(exchange, BODY)


@check(
    "one-pass-sized-iterable-accepted",
    requires=pep3333.ITERABLE_ANY_KIND,
    play=Play(shape="sized_once", chunks=BLOCKS),
    tempered="a length makes most people think of a collection that can be gone through again",
)
def one_pass_sized_iterable_accepted(exchange: Exchange) -> None:
    """The application may return an iterable with a length that can be gone through only once.

    A server that adds up the lengths of all blocks first has none of them left to send.
    """
    expect_content(exchange, BODY)


@check(
    "iterator-without-close-accepted",
    requires=pep3333.CLOSE_ONLY_IF_PRESENT,
    play=Play(shape="closeless", chunks=BLOCKS),
)
def iterator_without_close_accepted(exchange: Exchange) -> None:
    """The application may return an iterator that has no ``close()``.

    ``map()``, ``iter()`` and many classes have none; calling what is not there breaks the response.
    """
    expect(expect_content(exchange, BODY).complete, "the response", want="complete", got="cut off")


@check(
    "getitem-iterable-accepted",
    requires=pep3333.ITERATION_GETITEM,
    play=Play(shape="getitem", chunks=BLOCKS),
)
def getitem_iterable_accepted(exchange: Exchange) -> None:
    """The application may return an object of the old protocol: ``__getitem__`` until IndexError.

    ``iter()`` knows it, and the PEP's own ``FileWrapper`` uses it; who looks for ``__iter__`` first does not.
    """
    expect_content(exchange, BODY)


# ---- nothing to send --------------------------------------------------------------------------------


@check("empty-list-accepted", requires=pep3333.ITERABLE_EMPTY, play=Play(shape="list", chunks=()))
def empty_list_accepted(exchange: Exchange) -> None:
    """An empty list is a response with the stored status and no content.

    Redirects are answered so; a server that waits for a first block never sends their headers.
    """
    expect(expect_content(exchange, b"").complete, "the response", want="complete", got="cut off")


@check(
    "empty-iterator-accepted",
    requires=(pep3333.ITERABLE_EMPTY, pep3333.EXHAUSTED_SENDS_HEADERS),
    play=Play(chunks=()),
)
def empty_iterator_accepted(exchange: Exchange) -> None:
    """An iterator that ends at once is a response with the stored status and no content.

    Here no ``len()`` tells the server beforehand that nothing will come.
    """
    expect(expect_content(exchange, b"").complete, "the response", want="complete", got="cut off")


@check(
    "empty-blocks-alone-accepted",
    requires=(pep3333.EXHAUSTED_SENDS_HEADERS, pep3333.EMPTY_BLOCK_HARMLESS),
    play=Play(shape="generator", chunks=(b"", b"")),
)
def empty_blocks_alone_accepted(exchange: Exchange) -> None:
    """Empty blocks and nothing else are a response with the stored status and no content.

    Middleware yields them while it waits for its application, which may have nothing to say.
    """
    expect(expect_content(exchange, b"").complete, "the response", want="complete", got="cut off")


# ---- start_response() and the first block -----------------------------------------------------------


@check(
    "start-response-accepted-in-generator",
    requires=pep3333.START_RESPONSE_LATE,
    play=Play(starts=False, shape="generator", chunks=(starts("201 Created"), b"made")),
)
def start_response_accepted_in_generator(exchange: Exchange) -> None:
    """A generator calls ``start_response`` only when its first block is asked for.

    Nothing in a generator runs before: a server that wants the status as soon as the call returns
    cannot serve one.
    """
    response = expect_content(exchange, b"made")
    expect(response.status == 201, "status", want=201, got=response.status)


@check(
    "start-response-accepted-in-iteration",
    requires=pep3333.START_RESPONSE_LATE,
    play=Play(starts=False, shape="iterable", chunks=(starts("201 Created"), b"made")),
)
def start_response_accepted_in_iteration(exchange: Exchange) -> None:
    """An iterable that is no generator may call ``start_response`` when its first block is asked for.

    An application that is a class, as in the PEP's own example, can do it nowhere else.
    """
    response = expect_content(exchange, b"made")
    expect(response.status == 201, "status", want=201, got=response.status)


@check(
    "body-without-start-response-refused",
    requires=pep3333.BODY_WITHOUT_START_RESPONSE,
    play=Play(starts=False, chunks=(b"no status",)),
)
def body_without_start_response_refused(exchange: Exchange) -> None:
    """A block without a call of ``start_response`` is an error, and no success is made up for it.

    A 200 that nobody asked for hides the fault of the application.
    """
    _expect_no_success(exchange, "a block without start_response()")


@check(
    "end-without-start-response-refused",
    requires=pep3333.END_WITHOUT_START_RESPONSE,
    play=Play(starts=False, chunks=()),
)
def end_without_start_response_refused(exchange: Exchange) -> None:
    """An iterable that ends without a call of ``start_response`` is an error, not an empty success.

    A 200 that nobody asked for hides the fault of the application.
    """
    _expect_no_success(exchange, "an end without start_response()")


@check(
    "headers-before-content",
    requires=pep3333.HEADERS_BEFORE_BODY,
    play=Play(chunks=(b"X-Wsgicheck-Injected: yes\r\n\r\n", b"content")),
)
def headers_before_content(exchange: Exchange) -> None:
    """Status and headers are sent before any content, with an empty line between them.

    A block that looks like a header line must stay content, or whoever writes the content writes headers.
    """
    response = expect_content(exchange, b"X-Wsgicheck-Injected: yes\r\n\r\ncontent")
    got = response.values("X-Wsgicheck-Injected")
    expect(not got, "header made of content", want="none", got=got)


# ---- what is no block, and what is no iterable ------------------------------------------------------


@check(
    "text-block-refused",
    requires=pep3333.BODY_BYTES_ONLY,
    play=Play(chunks=("caf\u00e9",)),
    tempered=TEXT_LEFT_OPEN,
)
def text_block_refused(exchange: Exchange) -> None:
    """A ``str`` is no block: it is refused, and not encoded by a guess of the server.

    The application meant some encoding; what the server picks is wrong for every other one.
    """
    called_once(exchange)
    response = exchange.response
    if response is not None and response.status < 300 and response.complete:
        expect(b"caf" not in response.content, "content made of a str", want="none", got=response.content)


@check(
    "bytes-as-iterable-not-transcribed",
    requires=pep3333.BYTES_NOT_ITERABLE,
    play=Play(shape="bytes", chunks=(b"\x03\x02A",)),
)
def bytes_as_iterable_not_transcribed(exchange: Exchange) -> None:
    """A ``bytes`` object that is returned for an iterable is sent as it is or refused; no content is made up.

    Its items are integers: ``bytes(3)`` of one is three NULs, and ``str(3)`` a digit.
    """
    called_once(exchange)
    response = exchange.response
    if response is not None and response.status < 300 and response.complete and response.content:
        expect(response.content == b"\x03\x02A", "content", want=b"\x03\x02A", got=response.content)


@check(
    "nothing-returned-refused",
    requires=pep3333.ERROR_TRAPPED_ITERATION,
    play=Play(shape="nothing"),
    tempered="what a server does with an application that breaks its own duty is not laid down",
)
def nothing_returned_refused(exchange: Exchange) -> None:
    """None is no iterable: an application that returns it has failed, and no success is sent.

    A forgotten ``return`` otherwise shows as an empty page with status 200.
    """
    _expect_no_success(exchange, "None instead of an iterable")


# ---- what else the object has -----------------------------------------------------------------------


@check("iterable-other-attributes-unused", requires=pep3333.ITERABLE_ATTRIBUTES, play=BAIT)
def iterable_other_attributes_unused(exchange: Exchange) -> None:
    """Of what is returned only iteration, ``len()`` and ``close()`` are used.

    An object that happens to have ``read()`` or ``body`` is not for that reason a file or a response of the
    server's own.
    """
    bitten = [seen.facts["name"] for seen in exchange.app.of("bitten")]
    got = exchange.response.content if exchange.response else b""
    if b"bait" in got:
        fail(f"the content was taken from {', '.join(bitten) or 'an attribute'} and not from the iteration")
    expect_content(exchange, b"the blocks that were yielded")


@check(
    "iterable-other-attributes-not-called",
    requires=pep3333.ITERABLE_ATTRIBUTES,
    play=BAIT,
    tempered="a look that changes nothing harms nobody",
)
def iterable_other_attributes_not_called(exchange: Exchange) -> None:
    """Other methods of what is returned are not even called.

    ``fileno()`` or ``read()`` of a foreign object may have effects that no server expects.
    """
    called_once(exchange)
    bitten = sorted({seen.facts["name"] for seen in exchange.app.of("bitten")})
    expect(not bitten, "attributes used", want="none", got=", ".join(bitten))


def _expect_no_success(exchange: Exchange, what: str) -> None:
    called_once(exchange)
    response = exchange.response
    if response is not None and response.complete:
        got = f"{response.status} {response.reason}"
        expect(response.status >= 500, f"answer to {what}", want="an error of the server", got=got)
