"""The ``write()`` callable (PEP 3333, The ``write()`` Callable)."""

from __future__ import annotations

from dataclasses import replace

from ...authoring import (
    PLAIN_TEXT,
    Exchange,
    Play,
    Receive,
    Release,
    Request,
    called_once,
    check,
    expect,
    expect_content,
    gate_passed,
    inconclusive,
    perform,
    starts,
    waits,
    writes,
)
from ...spec import pep3333

GATED = Request(then=(Receive(b"\x01"), Release("go")))
OCTETS = bytes(range(256))
STEPWISE = Request(then=(Receive(b"\x01"), Release("one"), Receive(b"\x02"), Release("two")))
WRITTEN_STEPWISE = Play(
    after=(writes(b"\x01"), waits("one"), writes(b"\x02"), waits("two")), shape="list", chunks=(b"end",)
)


def _needs_write(exchange: Exchange) -> None:
    """End where ``start_response`` gave no callable: ``start-response-returns-write`` fails for that."""
    called_once(exchange)
    started = exchange.app.of("started")
    if not started or not started[0].facts["write_callable"]:
        inconclusive("start_response() returned nothing that can be called")


def _expect_written(exchange: Exchange, content: bytes) -> None:
    _needs_write(exchange)
    response = expect_content(exchange, content)
    expect(response.complete, "the response", want="complete", got="cut off")


def _expect_second_sent(exchange: Exchange) -> None:
    """Fail where the second written block was held back; for the first there is another check."""
    _needs_write(exchange)
    if len(exchange.app.of("wrote")) < 2 or not gate_passed(exchange, "receive \x01"):
        inconclusive("the first written block was not sent at once")
    sent = gate_passed(exchange, "receive \x02")
    expect(sent, "the second written block, while the application waits", want="received", got="held back")


@check("start-response-returns-write", requires=pep3333.START_RESPONSE_WRITE)
def start_response_returns_write(exchange: Exchange) -> None:
    """``start_response`` returns a callable.

    Libraries that write their output as they go have no other way to do so.
    """
    called_once(exchange)
    started = exchange.app.of("started")
    if not started:
        inconclusive("start_response() did not return")
    got = "a callable" if started[0].facts["write_callable"] else "nothing to call"
    expect(got == "a callable", "what start_response() returned", want="a callable", got=got)


@check(
    "start-response-with-exc-info-returns-write",
    requires=pep3333.START_RESPONSE_WRITE,
    play=Play(after=(starts("500 Oops", exc="before any output"),), chunks=(b"sorry",)),
)
def start_response_with_exc_info_returns_write(exchange: Exchange) -> None:
    """``start_response`` returns a callable also when it is called again with ``exc_info``.

    The page that reports the error may be written just like any other.
    """
    _needs_write(exchange)
    started = exchange.app.of("started")
    if len(started) < 2:
        inconclusive("the second call of start_response() did not return")
    got = "a callable" if started[1].facts["write_callable"] else "nothing to call"
    expect(got == "a callable", "what start_response() returned", want="a callable", got=got)


@check(
    "write-takes-one-argument",
    requires=pep3333.WRITE_ARGUMENT,
    play=Play(after=(writes(b"written"),), shape="list", chunks=()),
)
def write_takes_one_argument(exchange: Exchange) -> None:
    """``write()`` takes one bytestring, and what it is given is the content.

    Nothing has to follow: the iterable may be empty.
    """
    _needs_write(exchange)
    for seen in exchange.app.of("write-raised"):
        expect(False, "write(b'written')", want="no error", got=seen.facts["error"]["message"])
    _expect_written(exchange, b"written")


@check(
    "written-block-sent-at-once",
    requires=(pep3333.WRITE_IMMEDIATE, pep3333.HEADERS_AT_WRITE),
    send=GATED,
    play=Play(after=(writes(b"written\x01"), waits("go")), shape="list", chunks=(b", returned",)),
)
def written_block_sent_at_once(exchange: Exchange) -> None:
    """What is written is on its way, with the headers before it, while the application goes on.

    Collecting it until the application returns is what ``write()`` is there to avoid.
    """
    _needs_write(exchange)
    if not exchange.app.of("wrote"):
        inconclusive("write() did not return")
    sent = gate_passed(exchange, "receive \x01")
    expect(sent, "the written block, while the application waits", want="received", got="held back")


@check(
    "second-written-block-sent-at-once",
    requires=pep3333.WRITE_IMMEDIATE,
    send=STEPWISE,
    play=replace(WRITTEN_STEPWISE, headers=(*PLAIN_TEXT, ("Content-Length", "5"))),
)
def second_written_block_sent_at_once(exchange: Exchange) -> None:
    """Every written block is on its way at once, not only the one that takes the headers along.

    Small blocks that are collected until there are enough of them are late.
    """
    _expect_second_sent(exchange)


@check(
    "second-written-block-of-unknown-length-sent-at-once",
    requires=pep3333.WRITE_IMMEDIATE,
    send=STEPWISE,
    play=WRITTEN_STEPWISE,
)
def second_written_block_of_unknown_length_sent_at_once(exchange: Exchange) -> None:
    """Every written block is on its way at once also where no length was declared.

    See ``second-written-block-sent-at-once``: a chunk has a head of its own, and to collect a few small
    blocks for one saves some octets.
    """
    _expect_second_sent(exchange)


@check(
    "written-blocks-before-yielded",
    requires=(pep3333.WRITE_FIRST, pep3333.WRITE_AND_ITERABLE),
    play=Play(after=(writes(b"one, "), writes(b"two, ")), shape="list", chunks=(b"three, ", b"four")),
)
def written_blocks_before_yielded(exchange: Exchange) -> None:
    """What was written comes first, then what is yielded; nothing of either is lost.

    A server with two queues may mix them up, or send only one.
    """
    _expect_written(exchange, b"one, two, three, four")


@check(
    "yielded-block-after-write-not-delayed",
    requires=(pep3333.WRITE_AND_ITERABLE, pep3333.BLOCK_NOT_DELAYED),
    send=GATED,
    play=Play(after=(writes(b"written, "),), chunks=(b"yielded\x01", waits("go"), b", the rest")),
)
def yielded_block_after_write_not_delayed(exchange: Exchange) -> None:
    """Blocks that are yielded after ``write()`` was used are sent before the next one is ready.

    Both ways may be used in one response, and both are streams.
    """
    _needs_write(exchange)
    if not exchange.app.of("waiting"):
        inconclusive("the application was not asked for anything behind that block")
    sent = gate_passed(exchange, "receive \x01")
    expect(sent, "the yielded block, while the application waits", want="received", got="held back")


@check(
    "written-octets-unchanged",
    requires=(pep3333.WRITE_AS_YIELDED, pep3333.NO_TRANSCODING),
    play=Play(after=(writes(OCTETS), writes(b"\r\n\n\x00")), chunks=()),
)
def written_octets_unchanged(exchange: Exchange) -> None:
    """Every octet that is written arrives as it is.

    What is written is treated exactly as though it had been yielded: opaque.
    """
    _expect_written(exchange, OCTETS + b"\r\n\n\x00")


@check(
    "empty-block-written-harmless",
    requires=(pep3333.WRITE_AS_YIELDED, pep3333.EMPTY_BLOCK_NOT_LAST_CHUNK),
    play=Play(after=(writes(b"con"), writes(b""), writes(b"tent")), chunks=()),
)
def empty_block_written_harmless(exchange: Exchange) -> None:
    """Writing an empty block neither ends the content nor adds to it.

    In the chunked coding a chunk of no octets would be the last one.
    """
    _expect_written(exchange, b"content")


@check(
    "empty-block-written-first-harmless",
    requires=(pep3333.WRITE_AS_YIELDED, pep3333.EMPTY_BLOCK_HARMLESS),
    play=Play(after=(writes(b""),), chunks=(b"content",)),
)
def empty_block_written_first_harmless(exchange: Exchange) -> None:
    """Writing an empty block before anything else loses nothing of what follows.

    Whether it releases the headers, the PEP leaves open; the content is the same.
    """
    _expect_written(exchange, b"content")


@check(
    "written-blocks-to-http-1-0",
    requires=pep3333.WRITE_AS_YIELDED,
    send=Request(version="HTTP/1.0"),
    play=Play(after=(writes(b"one, "), writes(b"two, ")), chunks=(b"three",)),
)
def written_blocks_to_http_1_0(exchange: Exchange) -> None:
    """What is written reaches an HTTP/1.0 client, without chunks around it.

    The framing is that of any other response to this client.
    """
    _needs_write(exchange)
    if exchange.response is not None and exchange.response.framing == "chunked":
        expect(False, "framing for an HTTP/1.0 client", want="no chunks", got="chunked")
    _expect_written(exchange, b"one, two, three")


@check(
    "written-blocks-counted",
    requires=pep3333.WRITE_AS_YIELDED,
    play=Play(
        headers=(*PLAIN_TEXT, ("Content-Length", "12")),
        after=(writes(b"written"),),
        shape="list",
        chunks=(b"yield",),
    ),
)
def written_blocks_counted(exchange: Exchange) -> None:
    """What is written and what is yielded together make up the Content-Length.

    A server that counts the yielded octets alone finds too few of them.
    """
    _expect_written(exchange, b"writtenyield")


@check(
    "text-written-refused",
    requires=pep3333.BODY_BYTES_ONLY,
    play=Play(after=(perform("write", "caf\u00e9"),), chunks=()),
    tempered="the PEP leaves open what happens to an application that writes text",
)
def text_written_refused(exchange: Exchange) -> None:
    """A ``str`` cannot be written: it is refused, and not encoded by a guess of the server.

    The application meant some encoding; what the server picks is wrong for every other one.
    """
    _needs_write(exchange)
    response = exchange.response
    if response is not None and response.status < 300 and response.complete:
        expect(b"caf" not in response.content, "content made of a str", want="none", got=response.content)


@check(
    "written-block-to-http-1-0-sent-at-once",
    requires=(pep3333.WRITE_IMMEDIATE, pep3333.HEADERS_AT_WRITE),
    send=Request(
        version="HTTP/1.0", then=(Receive(b"\x01"), Release("one"), Receive(b"\x02"), Release("two"))
    ),
    play=Play(after=(writes(b"\x01"), waits("one"), writes(b"\x02"), waits("two")), shape="list", chunks=()),
)
def written_block_to_http_1_0_sent_at_once(exchange: Exchange) -> None:
    """What is written for a client of HTTP/1.0 is on its way while the application goes on.

    Without chunks the end of the connection marks the end; that is no reason to wait for it.
    """
    _needs_write(exchange)
    if len(exchange.app.of("wrote")) < 2:
        inconclusive("write() did not return")
    for octet, what in ((b"\x01", "the first"), (b"\x02", "the second")):
        sent = gate_passed(exchange, f"receive {octet.decode()}")
        expect(sent, f"{what} written block, while the application waits", want="received", got="held back")


@check(
    "write-for-head-accepted",
    requires=pep3333.WRITE_AS_YIELDED,
    send=Request("HEAD"),
    play=Play(after=(writes(b"written, "), writes(b"and again")), chunks=()),
)
def write_for_head_accepted(exchange: Exchange) -> None:
    """``write()`` is accepted for HEAD as it is for GET, however often.

    That nothing of it is sent is the server's affair: the application is not to know, and would answer 500.
    """
    _needs_write(exchange)
    raised = [seen.facts["error"]["message"] for seen in exchange.app.of("write-raised")]
    expect(not raised, "write() for HEAD", want="no error", got="; ".join(raised))
