"""The 100-continue expectation on the wire (RFC 9110 10.1.1)."""

from __future__ import annotations

from ...authoring import (
    AwaitApp,
    FinishSending,
    HttpExchange,
    Octets,
    Play,
    Receive,
    Send,
    announces_close,
    calls_of,
    check,
    ended_by_server,
    expect,
    expect_no_fault,
    expect_octets,
    gate_passed,
    inapplicable,
    inconclusive,
    needs_http_1_1,
    octets,
    perform,
    readings,
    response_of,
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
LAST = b"\x06"
"""One octet, because no chunk can end within it."""
ANSWERED = b"this is the answer" + LAST

READS = Play(before=(perform("rest"),), chunks=(ANSWERED,))
REFUSES = Play(status="403 Forbidden", chunks=(ANSWERED,))

WITHHELD = withholding()
FROM_HTTP_1_0 = Octets(
    octets("POST", EXPECT_CONTINUE, AWAITED_LENGTH, version="HTTP/1.0"),
    methods=("POST",),
    then=(AwaitApp("reading", seconds=0.3), Receive(b"HTTP/1.", 0.1), Send(AWAITED)),
)
AT_ONCE = Octets(octets("POST", EXPECT_CONTINUE, AWAITED_LENGTH, CLOSE, body=AWAITED), methods=("POST",))
WITHOUT_CONTENT = Octets(
    octets("GET", EXPECT_CONTINUE, CLOSE), then=(Receive(LAST, 0.5, owed=True), FinishSending())
)
IN_CAPITALS = Octets(
    octets("POST", EXPECT_CONTINUE, AWAITED_LENGTH),
    methods=("POST", "POST"),
    then=(
        *(CONTINUE_AWAITED, Send(AWAITED), Receive(LAST, 0.5, owed=True)),
        *(
            Send(octets("POST", "Expect: 100-CONTINUE", AWAITED_LENGTH, CLOSE, label="2")),
            Receive(b" 100 ", 0.5, owed=True),
        ),
        Send(AWAITED),
    ),
)


def taken(exchange: HttpExchange) -> None:
    """End where the request did not reach the application: a final status at once is always allowed."""
    if not exchange.app.called:
        status = response_of(exchange).status
        inapplicable(f"the server answers the expectation itself ({status})")


def statuses(exchange: HttpExchange) -> str:
    """Return the codes of the interim responses."""
    return ", ".join(str(interim.status) for interim in exchange.interim) or "none"


@check(
    "continue-before-content",
    requires=(rfc9110.EXPECT_NOT_WAITING, rfc9110.EXPECT_ANSWERED, rfc9110.VERSION_CONFORMANT),
    send=WITHHELD,
    play=READS,
)
def continue_before_content(exchange: HttpExchange) -> None:
    """A client that expects 100-continue gets 100, or a final status, before it sends its content.

    A server that waits for the content first waits for a client that waits for it.
    """
    expect_answered_before_content(exchange)


@check(
    "continue-sent-once", requires=rfc9110.EXPECT_ANSWERED, send=WITHHELD, play=READS,
    tempered="clients have to take any number of interim responses",
)  # fmt: skip
def continue_sent_once(exchange: HttpExchange) -> None:
    """A request that expects 100-continue gets one 100, not one for each read.

    A client that counts them takes the second for the answer to its next request.
    """
    taken(exchange)
    times = sum(interim.status == 100 for interim in exchange.interim)  # others may come for other reasons
    expect(times <= 1, "interim responses", want="at most one", got=statuses(exchange))


@check(
    "continue-well-formed",
    requires=(rfc9112.MESSAGE_FORMAT, rfc9110.NO_CONTENT_NO_LENGTH),
    send=WITHHELD,
    play=READS,
)
def continue_well_formed(exchange: HttpExchange) -> None:
    """The 100 is a status line, perhaps fields, and an empty line; it has no content and no length.

    What is missing or too much there shifts the final response.
    """
    if not exchange.interim:
        inconclusive("there was no 100")
    hundreds = [interim for interim in exchange.interim if interim.status == 100]
    expect(bool(hundreds), "interim response", want=100, got=statuses(exchange))
    interim = hundreds[0]
    expect(not interim.faults, "faults of the 100", want="none", got="; ".join(interim.faults))
    for name in ("Content-Length", "Transfer-Encoding"):
        expect(not interim.values(name), f"{name} in the 100", want="absent", got=interim.values(name))


@check("continue-followed-by-final", requires=rfc9110.EXPECT_FINAL_FOLLOWS, send=WITHHELD, play=READS)
def continue_followed_by_final(exchange: HttpExchange) -> None:
    """Behind 100 and the content comes the final response of the application.

    The 100 only says "go on".
    """
    if not exchange.interim:
        inconclusive("there was no 100")
    response = exchange.response
    got = response.status if response else "nothing"
    expect(got == 200, "final response", want=200, got=got)
    assert response is not None
    expect_octets("content", want=ANSWERED, got=response.content)


@check(
    "continue-not-within-response",
    requires=rfc9110.ONE_FINAL_RESPONSE,
    send=Octets(
        octets("POST", EXPECT_CONTINUE, AWAITED_LENGTH, CLOSE),
        methods=("POST",),
        then=(Receive(b"first block", 1.0), AwaitApp("reading", seconds=0.3), Send(AWAITED)),
    ),
    play=Play(chunks=(b"first block, ", perform("rest"), b"second block")),
)
def continue_not_within_response(exchange: HttpExchange) -> None:
    """No 100 is sent once the final response has begun, though the application only reads then.

    It would stand in the middle of the content, or be the end of it.
    """
    taken(exchange)
    response = response_of(exchange)
    expect(b"100 Continue" not in response.content, "within the content", want="no 100", got=response.content)
    expect_no_fault(response)
    expect_octets("content", want=b"first block, second block", got=response.content)


@check("expect-ignored-from-http-1-0", requires=rfc9110.EXPECT_HTTP_1_0, send=FROM_HTTP_1_0, play=READS)
def expect_ignored_from_http_1_0(exchange: HttpExchange) -> None:
    """The expectation in a request of HTTP/1.0 changes nothing: its content is read, and it is answered.

    A proxy of that age passes the field on without knowing it.
    """
    response = exchange.response
    status = response.status if response else "nothing"
    expect(exchange.app.called, "the application", want="called", got=f"{status} without a call")
    for reading in readings(exchange):
        expect_octets("content", want=AWAITED, got=reading.octets)
    expect(status == 200, "final response", want=200, got=status)


@check("expect-case-insensitive", requires=rfc9110.EXPECT_CASE, send=IN_CAPITALS, play=READS)
def expect_case_insensitive(exchange: HttpExchange) -> None:
    """The expectation 100-CONTINUE means the same as 100-continue.

    A server that compares letters waits for the content of a client that waits for its answer.
    """
    if not exchange.interim:
        inconclusive("there was no 100 for lower case either")
    nothing_came = len(exchange.responses) < 2 and len(exchange.interim) < 2
    if nothing_came and not calls_of(exchange, "2") and ended_by_server(exchange):
        inconclusive("the connection was closed behind the first request")
    capitals = exchange.responses[1].status if len(exchange.responses) > 1 else "no response"
    answered = len(exchange.interim) > 1 or (not calls_of(exchange, "2") and capitals == 417)
    expect(answered, "answer to 100-CONTINUE", want=100, got=capitals)
    expect(capitals != 417, "answer to 100-CONTINUE", want=100, got=capitals)


@check("expect-with-content-answered", requires=rfc9110.EXPECT_FINAL_FOLLOWS, send=AT_ONCE, play=READS)
def expect_with_content_answered(exchange: HttpExchange) -> None:
    """A request whose content comes along with the expectation is answered, with 100 before or without.

    Some clients do not wait at all.
    """
    taken(exchange)
    for reading in readings(exchange):
        expect_octets("content", want=AWAITED, got=reading.octets)
    response = exchange.response
    got = response.status if response else "nothing"
    expect(got == 200, "final response", want=200, got=got)
    assert response is not None
    expect_octets("content of the response", want=ANSWERED, got=response.content)


@check(
    "expect-without-content-answered",
    requires=rfc9110.EXPECT_FINAL_FOLLOWS,
    send=WITHOUT_CONTENT,
    play=Play(chunks=(ANSWERED,)),
    tempered="a client must not send the expectation where there is no content",
)
def expect_without_content_answered(exchange: HttpExchange) -> None:
    """A request without content that expects 100-continue is answered, and does not wait for any.

    Some libraries set the field on every request. The client sees a server that hangs.
    """
    if not exchange.app.called and exchange.response is not None:
        return
    got = f"{statuses(exchange)}, and then nothing"
    received = gate_passed(exchange, "receive " + LAST.decode())
    expect(received, "answer to a request without content", want="the final response", got=got)


# ---- a final status at once -------------------------------------------------------------------------


REFUSED = Octets(
    octets("POST", EXPECT_CONTINUE, AWAITED_LENGTH),
    methods=("POST", "GET"),
    then=(Receive(LAST, 0.5, owed=True), Send(AWAITED + octets("GET", CLOSE, label="2"))),
)
"""The client gets its refusal, and sends its content all the same, with a request behind it."""


@check("expect-refused-before-content", requires=rfc9110.EXPECT_ANSWERED, send=REFUSED, play=REFUSES)
def expect_refused_before_content(exchange: HttpExchange) -> None:
    """The refusal of an application that does not read the content reaches the client that withholds it.

    Refusing a large upload before it is sent is what the expectation is for.
    """
    taken(exchange)
    response_of(exchange)
    needs_http_1_1(exchange)
    received = gate_passed(exchange, "receive " + LAST.decode())
    if exchange.interim and not received:
        inapplicable("the server asked for the content, and waits for it")
    expect(received, "before the content was sent", want=403, got="nothing")


@check("expect-refused-says-close", requires=rfc9110.EXPECT_EARLY_FINAL, send=REFUSED, play=REFUSES)
def expect_refused_says_close(exchange: HttpExchange) -> None:
    """A final status before the content says so where the connection is closed behind it.

    A client that is not told sends its content, and perhaps a request behind it, to nobody.
    """
    taken(exchange)
    response = response_of(exchange)
    needs_http_1_1(exchange)
    if exchange.interim:
        inapplicable("the server asked for the content")
    if len(exchange.responses) < 2 and ended_by_server(exchange):
        expect(announces_close(response), "Connection of the refusal", want="close", got="persistent")


@check("expect-refused-content-no-request", requires=rfc9112.BODY_READ_OR_CLOSED, send=REFUSED, play=REFUSES)
def expect_refused_content_no_request(exchange: HttpExchange) -> None:
    """Content that comes behind a refusal is never taken for a request.

    The next request on the connection is either answered for itself, or not at all.
    """
    taken(exchange)
    response_of(exchange)
    if len(exchange.responses) > 1:
        second = exchange.responses[1].status
        called = bool(calls_of(exchange, "2"))
        expect(called, "the request behind the content", want="answered for itself", got=f"{second}, unseen")


@check(
    "continue-before-chunks",
    requires=(rfc9110.EXPECT_NOT_WAITING, rfc9110.EXPECT_ANSWERED),
    send=withholding(
        "Transfer-Encoding: chunked",
        content=b"b\r\n" + AWAITED + b"\r\n0\r\n\r\n",
        then=(Receive(ANSWERED, 0.3, owed=True), FinishSending()),
    ),
    play=READS,
)
def continue_before_chunks(exchange: HttpExchange) -> None:
    """A client that expects 100-continue before chunked content is answered before it sends its first chunk.

    See ``continue-before-content``: it is Transfer-Encoding too that says that content follows.
    """
    response_of(exchange)
    needs_http_1_1(exchange)
    answered = is_answered_before_content(exchange)
    expect(answered, "before the chunks were sent", want="100 or a final response", got="nothing")


@check(
    "continue-for-expectation-in-list",
    requires=(rfc9110.EXPECT_ANSWERED, rfc9110.EMPTY_LIST_ELEMENTS),
    send=Octets(
        octets("POST", "Expect: 100-continue, 100-continue", AWAITED_LENGTH, CLOSE),
        methods=("POST",),
        then=(CONTINUE_AWAITED, Send(AWAITED)),
    ),
    play=READS,
    tempered="no client is known to send a list",
)
def continue_for_expectation_in_list(exchange: HttpExchange) -> None:
    """The expectation is found where the field has it as a member of a list.

    Two lines that a proxy has joined are a list; whoever compares the whole value waits for content.
    """
    expect_answered_before_content(exchange)
