"""The 100-continue expectation with other methods and contents, and other ways to read (RFC 9110 10.1.1)."""

from __future__ import annotations

from ...authoring import (
    FinishSending,
    HttpExchange,
    Octets,
    Play,
    Receive,
    Send,
    Step,
    announces_close,
    calls_of,
    check,
    ended_by_server,
    expect,
    inapplicable,
    needs_http_1_1,
    octets,
    perform,
    response_of,
    tries,
)
from ...authoring.awaited import (
    AWAITED,
    AWAITED_LENGTH,
    CONTINUE_AWAITED,
    EXPECT_CONTINUE,
    expect_answered_before_content,
    is_answered_before_content,
    withholding,
)
from ...spec import rfc9110, rfc9112

CLOSE = "Connection: close"
READS = Play(before=(perform("rest"),), chunks=(b"this is the answer\x06",))
"""The play of ``continue-before-content``."""


@check(
    "continue-before-content-of-put",
    requires=(rfc9110.EXPECT_NOT_WAITING, rfc9110.EXPECT_ANSWERED),
    send=withholding(method="PUT"),
    play=READS,
)
def continue_before_content_of_put(exchange: HttpExchange) -> None:
    """A client that expects 100-continue before the content of a PUT is answered before it sends it.

    It is uploads of large files that expect it, and these come with PUT: ``curl -T`` waits a second for it.
    """
    expect_answered_before_content(exchange)


@check(
    "continue-before-content-of-unknown-method",
    requires=(rfc9110.EXPECT_NOT_WAITING, rfc9110.EXPECT_ANSWERED),
    send=withholding(method="WSGICHECK"),
    play=READS,
)
def continue_before_content_of_unknown_method(exchange: HttpExchange) -> None:
    """A client that expects 100-continue is answered before it sends its content, whatever the method is.

    That content follows is said by Content-Length alone (RFC 9112 6), and that the client waits, by Expect.
    """
    expect_answered_before_content(exchange)


@check(
    "expect-with-length-of-zero-answered",
    requires=rfc9110.EXPECT_FINAL_FOLLOWS,
    send=Octets(
        octets("POST", EXPECT_CONTINUE, "Content-Length: 0", CLOSE),
        methods=("POST",),
        then=(Receive(b"HTTP/1.", 0.5, owed=True, final=True), FinishSending()),
    ),
    play=READS,
    tempered="a client must not send the expectation where there is no content",
)
def expect_with_length_of_zero_answered(exchange: HttpExchange) -> None:
    """A request that expects 100-continue and has no octet to send is answered, and does not wait for any.

    An empty file is uploaded as any other. Nothing more comes from this client: it waits, too.
    """
    received = is_answered_before_content(exchange)
    expect(received, "answer to a request of no content", want="the final response", got="nothing")


# ---- however it is read, and however much it is -----------------------------------------------------

ANSWERED = b"all of it was read"
LINES = b"one line\nand another\n"
LARGE = b"0123456789abcdef" * 20_000
"""More than many a server keeps in memory: it goes into a file, before the application is called."""


def _unsent(content: bytes) -> Octets:
    """Return a request whose client waits for an answer, sends its content all the same, and nothing more."""
    ends = (Receive(ANSWERED, 0.3, owed=True), FinishSending())
    return withholding(f"Content-Length: {len(content)}", content=content, then=ends)


def _reads(*steps: Step) -> Play:
    return Play(before=(*steps, tries("digest")), chunks=(ANSWERED,))


@check(
    "continue-before-content-read-by-line",
    requires=(rfc9110.EXPECT_NOT_WAITING, rfc9110.EXPECT_ANSWERED),
    send=_unsent(LINES),
    play=_reads(tries("readline")),
)
def continue_before_content_read_by_line(exchange: HttpExchange) -> None:
    """A client that expects 100-continue is answered where its content is read by ``readline()``.

    Whoever parses a form that may hold files begins with a line. Where ``read()`` alone sends the 100, the
    server waits for that line, and the client for the 100.
    """
    expect_answered_before_content(exchange)


@check(
    "continue-before-large-content",
    requires=(rfc9110.EXPECT_NOT_WAITING, rfc9110.EXPECT_ANSWERED),
    send=_unsent(LARGE),
    play=_reads(),
)
def continue_before_large_content(exchange: HttpExchange) -> None:
    """A client that expects 100-continue is answered where it has much to send.

    Large content takes another way through many a server, and it is for large content that clients wait.
    """
    expect_answered_before_content(exchange)


@check(
    "request-behind-awaited-content-found",
    requires=(rfc9112.REQUEST_LENGTH, rfc9110.ONE_FINAL_RESPONSE),
    send=Octets(
        octets("POST", EXPECT_CONTINUE, AWAITED_LENGTH),
        methods=("POST", "GET"),
        then=(CONTINUE_AWAITED, Send(AWAITED + octets("GET", CLOSE, label="2"))),
    ),
    play=READS,
)
def request_behind_awaited_content_found(exchange: HttpExchange) -> None:
    """The request that comes in one piece with the content that the server has asked for is found.

    What is read in answer to a 100 goes another way than what was there before. Whoever reads as much as
    comes, and takes of it what the length says, has the next request in its hands.
    """
    first = response_of(exchange)
    needs_http_1_1(exchange)
    if first.status != 200 or announces_close(first) or len(calls_of(exchange, "")) != 1:
        inapplicable("the server does not keep the connection behind such a request")
    if calls_of(exchange, "2"):
        return
    if len(exchange.responses) > 1:
        expect(False, "the request behind the content", want="a call", got=exchange.responses[1].status)
    ended = ended_by_server(exchange)
    expect(ended, "the request behind the content", want="a call", got="neither a call nor a close")
