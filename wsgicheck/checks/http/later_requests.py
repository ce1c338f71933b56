"""What a connection has served well before changes nothing for a later request (RFC 9112 2.2, 6.3, 9).

Its third request is the one on trial: that two were answered shows that the server keeps connections.
"""

from __future__ import annotations

from ...authoring import (
    HARDLY_ANY_PIPELINES,
    AwaitApp,
    AwaitEnd,
    FinishSending,
    HttpExchange,
    Octets,
    Pause,
    Play,
    Receive,
    Release,
    Send,
    announces_close,
    calls_of,
    check,
    content,
    ended_by_server,
    environ_of_call,
    expect,
    inapplicable,
    inconclusive,
    waits,
)
from ...authoring.smuggled import NINE_OCTETS
from ...spec import rfc9110, rfc9112

ANSWER = Receive(b"\r\n\r\nwsgicheck")
LAST = b"Connection: close\r\n"
HARMLESS = b"X-A: v\r\n"


def _get(number: int, *lines: bytes) -> bytes:
    head = b"GET /?{ticket}-%d HTTP/1.1\r\nHost: {authority}\r\n" % number
    return head + b"".join(lines) + b"\r\n"


def _after_two(*then: Receive | Send | AwaitEnd) -> Octets:
    """Return two requests, one after the other, and what follows them."""
    return Octets(_get(1), ("GET",) * 5, then=(ANSWER, Send(_get(2)), ANSWER, *then))


def _needs_kept(exchange: HttpExchange, times: int = 2) -> None:
    """End as inapplicable unless so many requests were answered, and the connection kept behind each."""
    answers = exchange.responses[:times]
    if len(answers) < times or not calls_of(exchange, str(times)):
        inapplicable("the server does not serve that many requests on one connection")
    if any(response.status != 200 or announces_close(response) for response in answers):
        inapplicable("the server did not keep the connection")


def _status(exchange: HttpExchange, number: int) -> object:
    """Return how a request was answered; inconclusive where a reset may have taken the answer with it."""
    if len(exchange.responses) < number:
        if exchange.wire.ended == "reset":
            inconclusive("the connection was reset, and an answer may have been lost with it")
        return "none"
    return exchange.responses[number - 1].status


@check(
    "space-before-colon-in-third-request-answered-400",
    requires=rfc9112.WHITESPACE_BEFORE_COLON,
    send=_after_two(Send(_get(3, b"X-A : v\r\n", LAST))),
    play=NINE_OCTETS,
    control=_after_two(Send(_get(3, HARMLESS, LAST))),
)
def space_before_colon_in_third_request_answered_400(exchange: HttpExchange) -> None:
    """A malformed request is answered with 400 on a connection that has served others before it, too.

    To a client of a kept connection a close without an answer looks like the idle timeout: it sends the
    request again, and again.
    """
    _needs_kept(exchange)
    status = _status(exchange, 3)
    got = f"a call of the application, and {status}" if calls_of(exchange, "3") else status
    expect(got == 400, "answer to the third request", want=400, got=got)


@check(
    "request-behind-invalid-length-of-third-not-run",
    requires=rfc9112.LENGTH_INVALID_400,
    send=_after_two(Send(_get(3, b"Content-Length: 5x\r\n") + b"hello" + _get(4) + _get(5, LAST))),
    play=NINE_OCTETS,
    control=_after_two(Send(_get(3, b"Content-Length: 5\r\n") + b"hello" + _get(4) + _get(5, LAST))),
)
def request_behind_invalid_length_of_third_not_run(exchange: HttpExchange) -> None:
    """Behind a request with an invalid Content-Length nothing is run or answered, however many came before.

    Where it ends is not known: what is taken for the next request may be its content. The connection has
    to be closed.
    """
    _needs_kept(exchange)
    got = len(calls_of(exchange, "4")) + len(calls_of(exchange, "5"))
    expect(got == 0, "calls for what is behind the malformed request", want=0, got=got)
    answers = [response.status for response in exchange.responses[2:]]
    expect(len(answers) < 2, "answers to the malformed request", want=400, got=", ".join(map(str, answers)))


@check(
    "field-value-nul-in-third-request-refused-or-replaced",
    requires=rfc9110.FIELD_VALUE_CR_LF_NUL,
    send=_after_two(Send(_get(3, b"X-A: a\x00b\r\n", LAST))),
    play=NINE_OCTETS,
    control=_after_two(Send(_get(3, HARMLESS, LAST))),
)
def field_value_nul_in_third_request_refused_or_replaced(exchange: HttpExchange) -> None:
    """A NUL in a field value is refused, or replaced by a space, in a later request too.

    See ``field-value-nul-refused-or-replaced``.
    """
    _needs_kept(exchange)
    for call in calls_of(exchange, "3"):
        got = environ_of_call(call).get("HTTP_X_A")
        expect(got == "a b", "HTTP_X_A of the third request", want="a b", got=got)


def _third_served(exchange: HttpExchange) -> None:
    """Expect that the third request was run and answered, unless the server had announced its close."""
    status = _status(exchange, 3)
    expect(status == 200, "answer to the third request", want=200, got=status)


HEAD_OF_THIRD = _get(3, b"X-A: value\r\n", LAST)
POST_OF_SECOND = b"POST /?{ticket}-2 HTTP/1.1\r\nHost: {authority}\r\nContent-Length: 5\r\n\r\nhello"


def _begun_behind(second: bytes, method: str = "GET") -> Octets:
    """Return three requests, of which the third begins in the segment of the second."""
    begun, rest = HEAD_OF_THIRD[:-20], HEAD_OF_THIRD[-20:]
    return Octets(_get(1), ("GET", method, "GET"), then=(ANSWER, Send(second + begun), ANSWER, Send(rest)))


@check(
    "request-begun-behind-another-found",
    requires=(rfc9112.ORDERED_TRANSPORT, rfc9110.ONE_FINAL_RESPONSE),
    send=_begun_behind(_get(2)),
    play=NINE_OCTETS,
    tempered=HARDLY_ANY_PIPELINES,
)
def request_begun_behind_another_found(exchange: HttpExchange) -> None:
    """A request whose head begins in the segment of the one before, and ends in a later one, is found.

    A segment knows nothing of requests: what is left in the buffer behind one is the beginning of the next.
    """
    _needs_kept(exchange)
    _third_served(exchange)


@check(
    "request-begun-behind-content-found",
    requires=(rfc9112.ORDERED_TRANSPORT, rfc9110.ONE_FINAL_RESPONSE),
    send=_begun_behind(POST_OF_SECOND, "POST"),
    play=Play(headers=NINE_OCTETS.headers, before=(content(),)),
    tempered=HARDLY_ANY_PIPELINES,
)
def request_begun_behind_content_found(exchange: HttpExchange) -> None:
    """A request whose head begins in the segment of the content before it is found.

    See ``request-begun-behind-another-found``.
    """
    _needs_kept(exchange)
    _third_served(exchange)


@check(
    "request-sent-during-another-found",
    requires=rfc9110.ONE_FINAL_RESPONSE,
    send=Octets(
        _get(1),
        ("GET",) * 3,
        then=(
            ANSWER,
            Send(_get(2)),
            AwaitApp("called", 2),
            Send(_get(3, LAST)),
            Pause(),
            Release("go"),
        ),
    ),
    play=Play(
        headers=NINE_OCTETS.headers,
        later=(Play(headers=NINE_OCTETS.headers, before=(waits("go"),)), NINE_OCTETS),
    ),
    tempered=HARDLY_ANY_PIPELINES,
)
def request_sent_during_another_found(exchange: HttpExchange) -> None:
    """A request that comes while the application runs for the one before it is found when that is done.

    What a server reads meanwhile, to see whether the client is still there, it has to keep.
    """
    _needs_kept(exchange)
    _third_served(exchange)


@check(
    "half-closed-client-with-pipeline-answered",
    requires=rfc9112.HALF_CLOSE,
    send=Octets(_get(1) + _get(2), ("GET", "GET"), then=(FinishSending(),)),
    play=NINE_OCTETS,
    tempered="many servers take the end of the client's sending for the end of its interest",
)
def half_closed_client_with_pipeline_answered(exchange: HttpExchange) -> None:
    """A client that has finished sending behind two requests is answered twice.

    ``printf ... | nc`` sends all it has and ends. See ``half-closed-client-answered``.
    """
    answers = exchange.responses
    if not answers or not answers[0].complete or announces_close(answers[0]):
        inapplicable("the first request was not answered, or the last by what its answer says")
    if answers[0].version == "HTTP/1.0":
        inapplicable("the server answers in HTTP/1.0, which does not persist")
    if not ended_by_server(exchange) and len(answers) < 2:
        inconclusive("the client got neither a second response nor the end")
    got = len(answers)
    expect(got == 2, "answers to a client that has finished sending", want=2, got=got)


@check(
    "close-honoured-in-third-request",
    requires=rfc9112.CLOSE_RECEIVED,
    send=_after_two(Send(_get(3, LAST)), AwaitEnd(asking=_get(4))),
    play=NINE_OCTETS,
)
def close_honoured_in_third_request(exchange: HttpExchange) -> None:
    """The server closes the connection behind the first request that says close, though it is the third.

    Whether a connection persists is said by each request, not by the one that opened it.
    """
    _needs_kept(exchange)
    _third_served(exchange)
    got = exchange.wire.ended
    expect(ended_by_server(exchange), "connection behind the third response", want="closed", got=got)
