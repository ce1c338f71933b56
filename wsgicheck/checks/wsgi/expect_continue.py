"""HTTP 1.1 Expect/Continue, as the application sees it: all three ways of PEP 3333 pass."""

from __future__ import annotations

from ...authoring import (
    AwaitApp,
    Exchange,
    Pause,
    Play,
    Receive,
    Request,
    Send,
    called_once,
    check,
    expect,
    expect_octets,
    gate_passed,
    inapplicable,
    inconclusive,
    perform,
    reads_of,
    response_of,
    tries,
)
from ...spec import pep3333

EXPECTING = (("Expect", "100-continue"), ("Content-Length", "11"))
CONTENT = b"the content"
STATUS_LINE = b"HTTP/1."
"""Of a 100, or of a final response: whichever comes first ends the wait for it."""
WAITING = Request("POST", headers=EXPECTING, then=(Receive(STATUS_LINE, 0.5, owed=True), Send(CONTENT)))
"""A client that waits a second for the 100, and then sends its content all the same."""
SLOW = Request(
    "POST",
    headers=EXPECTING,
    then=(
        *(Receive(STATUS_LINE, 0.5, owed=True), AwaitApp("reading", seconds=0.3), Pause(0.1)),
        *(Send(CONTENT[:4]), Pause(), Send(CONTENT[4:])),
    ),
)
READS = Play(before=(perform("rest"),))
READS_ONCE = Play(before=(tries("read", 11), perform("rest")))
READS_NOTHING = Play(chunks=(b"refused without a look",))


def refused_early(exchange: Exchange) -> None:
    """End where the server itself gave a final status at once, as it may."""
    response = response_of(exchange)
    if not exchange.app.called and response.status >= 400:
        inapplicable(f"the server answers the expectation itself ({response.status})")


@check("expect-content-delivered", requires=pep3333.EXPECT_CONTINUE, send=WAITING, play=READS)
def expect_content_delivered(exchange: Exchange) -> None:
    """The content of a request that expects 100-continue reaches the application, however it is asked for.

    The application need not know of the mechanism; clients use it for large uploads.
    """
    refused_early(exchange)
    called_once(exchange)
    reading = reads_of(exchange)[0]
    expect(not reading.error, "reading the content", want="bytes", got=reading.error)
    expect_octets("content", want=CONTENT, got=reading.octets)
    response = response_of(exchange)
    expect(response.status == 200, "final response", want=200, got=response.status)


@check("expect-read-blocks", requires=pep3333.EXPECT_READ_BLOCKS, send=SLOW, play=READS_ONCE)
def expect_read_blocks(exchange: Exchange) -> None:
    """A read that makes the server send 100 waits until the client has sent its content.

    The client needs a moment for it; an empty bytestring in the meantime is the end to the application.
    """
    refused_early(exchange)
    reads = reads_of(exchange)
    if reads[0].error:
        expect(False, "the first read()", want="bytes", got=reads[0].error)
    expect(reads[0].octets != b"", "the first read()", want="bytes of the content", got=b"")
    got = b"".join(reading.octets for reading in reads)
    expect_octets("content", want=CONTENT, got=got)


@check(
    "expect-not-waited-out",
    requires=pep3333.EXPECT_SILENT,
    send=WAITING,
    play=READS,
    tempered="the PEP lists this way among the three that it allows",
)
def expect_not_waited_out(exchange: Exchange) -> None:
    """The client that expects 100-continue gets some answer before it sends its content.

    Otherwise it waits until it gives up, say a second with each upload. RFC 9110 forbids it, see
    continue-before-content.
    """
    refused_early(exchange)
    called_once(exchange)
    if response_of(exchange).version == "HTTP/1.0":
        inapplicable("the server implements HTTP/1.0, which has no such mechanism")
    answered = gate_passed(exchange, "receive " + STATUS_LINE.decode())
    expect(answered, "before the content was sent", want="100 or a final response", got="nothing")


@check(
    "expect-unread-content-answered",
    requires=pep3333.EXPECT_CONTINUE,
    send=Request("POST", headers=EXPECTING, then=(Receive(b"without a look", 0.5, owed=True), Send(CONTENT))),
    play=READS_NOTHING,
)
def expect_unread_content_answered(exchange: Exchange) -> None:
    """A request that expects 100-continue is answered where the application does not read its content.

    It refuses an upload by what the headers say: that is the point of the mechanism.
    """
    refused_early(exchange)
    called_once(exchange)
    if exchange.response is None:
        inconclusive("the client got no response that can be read")
    expect_octets("content", want=b"refused without a look", got=exchange.response.content)
