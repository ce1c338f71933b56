"""What a 100 (Continue) leaves as it was: the response, and its place (RFC 9110 10.1.1, 15.2)."""

from __future__ import annotations

from ...authoring import (
    BEHIND_SMUGGLED,
    NINE_OCTETS,
    PLAIN_TEXT,
    SMUGGLED,
    SMUGGLED_CHUNK,
    SMUGGLED_LENGTH,
    FinishSending,
    HttpExchange,
    Octets,
    Play,
    Receive,
    Release,
    Send,
    called_once,
    check,
    expect,
    expect_not_smuggled,
    expect_octets,
    inapplicable,
    inconclusive,
    octets,
    perform,
    raises,
    response_of,
    starts,
    waits,
)
from ...authoring.awaited import (
    AWAITED,
    AWAITED_LENGTH,
    CONTINUE_AWAITED,
    EXPECT_CONTINUE,
    expect_answered_before_content,
    withholding,
)
from ...spec import pep3333, rfc9110, rfc9112

WITHHELD = withholding()


def _needs_continue(exchange: HttpExchange) -> None:
    """End where no 100 was sent: then there is nothing that it could have changed."""
    called_once(exchange)
    if not any(interim.status == 100 for interim in exchange.interim):
        inapplicable("the server sent no 100 (Continue)")


@check(
    "continue-before-content-read-by-iteration",
    requires=(rfc9110.EXPECT_NOT_WAITING, rfc9110.EXPECT_ANSWERED),
    send=withholding(then=(Receive(b"wsgicheck", 0.3, owed=True), FinishSending())),
    play=Play(before=(perform("iterate"),)),
)
def continue_before_content_read_by_iteration(exchange: HttpExchange) -> None:
    """A client that expects 100-continue is answered where its content is iterated over, line by line.

    See ``continue-before-content``: an input stream has four methods, and each can be the first to be used.
    """
    expect_answered_before_content(exchange)


@check(
    "continue-before-content-read-by-iterable",
    requires=(rfc9110.EXPECT_NOT_WAITING, rfc9110.EXPECT_ANSWERED),
    send=WITHHELD,
    play=Play(chunks=(perform("rest"), b"what the generator answers")),
)
def continue_before_content_read_by_iterable(exchange: HttpExchange) -> None:
    """A client that expects 100-continue is answered where it is the iterable that reads its content.

    See ``continue-before-content``: an application that is a generator does nothing before its first block is
    asked for, reading included. Where 100 is sent within the call alone, it and the client await each other.
    """
    expect_answered_before_content(exchange)


@check(
    "error-behind-continue-answered",
    requires=(rfc9110.FAILURE_ANSWERED, rfc9110.EXPECT_FINAL_FOLLOWS),
    send=WITHHELD,
    play=Play(before=(perform("rest"), raises("wsgicheck: behind the content"))),
    tempered="PEP 3333 leaves it to the server what the client of a failed application gets",
)
def error_behind_continue_answered(exchange: HttpExchange) -> None:
    """An application that fails when it has read what 100 asked for leaves the client with a response.

    The 100 was not the response: where it counts as one, nothing can be sent for the error any more.
    """
    _needs_continue(exchange)
    if not exchange.app.of("raising"):
        inconclusive("the application did not get to its error")
    got = exchange.response.status if exchange.response else "nothing"
    expect(isinstance(got, int) and got >= 400, "behind 100 and an error", want="an error response", got=got)


@check(
    "exc-info-accepted-behind-continue",
    requires=(pep3333.EXC_INFO_RETURNS, pep3333.EXC_INFO_REPLACES),
    send=WITHHELD,
    play=Play(
        after=(perform("rest"), starts("503 Replaced", PLAIN_TEXT, exc="behind 100", trapped=True)),
        chunks=(b"what went wrong",),
    ),
)
def exc_info_accepted_behind_continue(exchange: HttpExchange) -> None:
    """Behind a 100, and before any output, start_response() with exc_info returns and replaces the response.

    An interim response has no headers of the application's: those are still to be sent.
    """
    _needs_continue(exchange)
    for refused in exchange.app.of("start-raised"):
        error = refused.facts["error"]["type"]
        expect(False, "start_response() with exc_info behind a 100", want="returns", got=error)
    status = response_of(exchange).status
    expect(status == 503, "final response", want=503, got=status)


@check(
    "continue-not-before-earlier-response",
    requires=(rfc9112.PIPELINED_ORDER, rfc9110.ONE_FINAL_RESPONSE),
    send=Octets(
        octets("GET") + octets("POST", EXPECT_CONTINUE, AWAITED_LENGTH, "Connection: close", label="2"),
        methods=("GET", "POST"),
        then=(
            Receive(b"first block", 0.5),
            Release("go"),
            Receive(b"second block"),
            CONTINUE_AWAITED,
            Send(AWAITED),
        ),
    ),
    play=Play(
        headers=(*PLAIN_TEXT, ("Content-Length", "25")),
        chunks=(b"first block, ", waits("go"), b"second block"),
        later=(Play(before=(perform("rest"),)),),
    ),
)
def continue_not_before_earlier_response(exchange: HttpExchange) -> None:
    """No 100 is sent for a request while the response to the one before it is still to be sent.

    A server that reads ahead finds the expectation early. Its answer would stand in the middle of the
    other response, or be taken for a part of that.
    """
    called_once(exchange)
    first = response_of(exchange)
    if first.status != 200:
        inconclusive(f"the first request was answered with {first.status}")
    early = exchange.wire.octets_received.partition(first.head)[0]
    expect(b" 100 " not in early, "before the first response", want="no 100", got=early)
    expect(b" 100 " not in first.content, "within the first response", want="no 100", got=first.content)
    if first.complete:
        expect_octets("content of the first response", want=b"first block, second block", got=first.content)


AWAITED_CHUNKS = Octets(
    octets("POST", EXPECT_CONTINUE, "Transfer-Encoding: chunked"),
    methods=("POST", "GET"),
    then=(Receive(b"wsgicheck", 0.5), Send(SMUGGLED_CHUNK + BEHIND_SMUGGLED)),
)
AWAITED_OF_FAILED = Octets(
    octets("POST", EXPECT_CONTINUE, SMUGGLED_LENGTH.decode()),
    methods=("POST", "GET"),
    then=(Receive(b"\r\n\r\n", 0.5), Send(SMUGGLED + BEHIND_SMUGGLED)),
)


@check(
    "unread-expected-chunks-not-run",
    requires=rfc9112.BODY_READ_OR_CLOSED,
    send=AWAITED_CHUNKS,
    play=NINE_OCTETS,
)
def unread_expected_chunks_not_run(exchange: HttpExchange) -> None:
    """Chunks that come behind the response, as the client never got its 100, are not run as a request.

    See ``expect-refused-content-no-request``: that no 100 was sent does not say that no content comes.
    """
    called_once(exchange)
    expect_not_smuggled(exchange)


@check(
    "expected-content-of-failed-application-not-run",
    requires=rfc9112.BODY_READ_OR_CLOSED,
    send=AWAITED_OF_FAILED,
    play=Play(before=(raises("wsgicheck: before it read"),), later=(NINE_OCTETS,)),
)
def expected_content_of_failed_application_not_run(exchange: HttpExchange) -> None:
    """Content that comes behind the page about an error is not run as a request, though 100 was never sent.

    The way of an error often goes past the place where the rest of a request is thrown away.
    """
    called_once(exchange)
    expect_not_smuggled(exchange)
