"""The second request of a connection is held to the rules of the first (RFC 9112 3.2, 5.1, 6.3)."""

from __future__ import annotations

from ...authoring import (
    HARDLY_ANY_PIPELINES,
    PROXY_REFUSES,
    AwaitEnd,
    HttpExchange,
    Octets,
    Play,
    Receive,
    Send,
    announces_close,
    called_once,
    calls_of,
    check,
    content,
    ended_by_server,
    environ_of_call,
    environ_of_second,
    expect,
    inapplicable,
    inconclusive,
)
from ...authoring.smuggled import NINE_OCTETS
from ...spec import pep3333, rfc9110, rfc9112

HOST = b"Host: {authority}\r\n"
CHUNKS = b"5\r\nhello\r\n0\r\n\r\n"
LAST = b"Connection: close\r\n"


def _behind_good_one(*lines: bytes, body: bytes = b"", host: bytes = HOST, last: bytes = LAST) -> Octets:
    method = b"POST" if body else b"GET"
    second = method + b" /?{ticket}-2 HTTP/1.1\r\n" + host + b"".join(line + b"\r\n" for line in lines)
    return Octets(
        b"GET /?{ticket}-1 HTTP/1.1\r\nHost: {authority}\r\n\r\n",
        methods=("GET", method.decode()),
        then=(Receive(b"\r\n\r\nwsgicheck"), Send(second + last + b"\r\n" + body)),
    )


def _second_answered_400(exchange: HttpExchange) -> None:
    """Expect that the second request was answered with 400, and did not reach the application."""
    if len(exchange.responses) < 2 and not calls_of(exchange, "2"):
        inapplicable("one request was answered on this connection")
    status = exchange.responses[1].status if len(exchange.responses) > 1 else "none"
    got = f"a call of the application, and {status}" if calls_of(exchange, "2") else status
    expect(got == 400, "answer to the second request", want=400, got=got)


@check(
    "host-missing-in-next-request-answered-400",
    requires=rfc9112.HOST_MISSING,
    send=_behind_good_one(host=b""),
    play=NINE_OCTETS,
    control=_behind_good_one(),
    tempered=PROXY_REFUSES,
)
def host_missing_in_next_request_answered_400(exchange: HttpExchange) -> None:
    """The second request of a connection needs its Host as the first one does.

    A connection may serve several sites: that of the request before is none of this one's business.
    """
    _second_answered_400(exchange)


@check(
    "space-before-colon-in-next-request-answered-400",
    requires=rfc9112.WHITESPACE_BEFORE_COLON,
    send=_behind_good_one(b"X-A : v"),
    play=NINE_OCTETS,
    control=_behind_good_one(b"X-A: v"),
)
def space_before_colon_in_next_request_answered_400(exchange: HttpExchange) -> None:
    """A space between field name and colon is answered with 400 in the second request of a connection too.

    That the first request was in order speaks for nobody: many clients come over one connection of a proxy.
    """
    _second_answered_400(exchange)


@check(
    "length-with-plus-in-next-request-answered-400",
    requires=rfc9112.LENGTH_INVALID_400,
    send=_behind_good_one(b"Content-Length: +5", body=b"hello"),
    play=NINE_OCTETS,
    control=_behind_good_one(b"Content-Length: 5", body=b"hello"),
)
def length_with_plus_in_next_request_answered_400(exchange: HttpExchange) -> None:
    """A Content-Length with a sign is answered with 400 in the second request of a connection too.

    See ``space-before-colon-in-next-request-answered-400``.
    """
    _second_answered_400(exchange)


@check(
    "length-beside-coding-in-next-request-not-kept",
    requires=rfc9112.LENGTH_AND_CODING,
    send=_behind_good_one(
        b"Content-Length: 5",
        b"Transfer-Encoding: chunked",
        last=b"",
        body=b"0\r\n\r\nGET /?{ticket}-3 HTTP/1.1\r\nHost: {authority}\r\n\r\n",
    ),
    play=NINE_OCTETS,
    control=_behind_good_one(b"Content-Length: 5", body=b"hello"),
)
def length_beside_coding_in_next_request_not_kept(exchange: HttpExchange) -> None:
    """Behind a second request with both Content-Length and Transfer-Encoding nothing more is run.

    The server may go by the coding, and must close the connection then: what follows may be smuggled.
    """
    if len(exchange.responses) < 2 and not calls_of(exchange, "2"):
        inapplicable("one request was answered on this connection")
    got = len(calls_of(exchange, "3"))
    expect(got == 0, "calls for a request behind one with both fields", want=0, got=got)


def _twice(first: bytes, second: bytes, *then: AwaitEnd) -> Octets:
    return Octets(first, ("GET", "GET"), then=(Receive(b"\r\n\r\nwsgicheck"), Send(second), *then))


GET_OF_ONE = b"GET /?{ticket}-1 HTTP/1.1\r\nHost: one.example\r\n\r\n"


@check(
    "host-of-previous-request-gone",
    requires=pep3333.HTTP_VARIABLES_ABSENT,
    send=_twice(GET_OF_ONE, b"GET /?{ticket}-2 HTTP/1.0\r\n\r\n"),
    play=NINE_OCTETS,
)
def host_of_previous_request_gone(exchange: HttpExchange) -> None:
    """HTTP_HOST of a request without Host is not that of the request before it on the connection.

    One connection of a proxy carries requests for many sites.
    """
    got = environ_of_second(exchange).get("HTTP_HOST")
    expect("one.example" not in got, "HTTP_HOST of a request without Host", want="absent", got=got)


@check(
    "host-of-previous-target-gone",
    requires=(pep3333.URL_HTTP_HOST, pep3333.HTTP_VARIABLES),
    send=_twice(
        b"GET {scheme}://one.example/?{ticket}-1 HTTP/1.1\r\nHost: one.example\r\n\r\n",
        b"GET /?{ticket}-2 HTTP/1.1\r\nHost: two.example\r\nConnection: close\r\n\r\n",
    ),
    play=NINE_OCTETS,
)
def host_of_previous_target_gone(exchange: HttpExchange) -> None:
    """The host of an absolute-form counts for its own request alone, and not for the next on the connection.

    See ``host-of-previous-request-gone``.
    """
    got = environ_of_second(exchange).get("HTTP_HOST")
    expect("one.example" not in got, "HTTP_HOST behind an absolute-form", want="two.example", got=got)


@check(
    "chunked-not-sent-to-http-1-0-behind-http-1-1",
    requires=rfc9112.CHUNKED_ONLY_TO_HTTP_1_1,
    send=_twice(GET_OF_ONE, b"GET /?{ticket}-2 HTTP/1.0\r\nHost: one.example\r\n\r\n"),
    play=Play(headers=NINE_OCTETS.headers, later=(Play(chunks=(b"first ", b"second")),)),
)
def chunked_not_sent_to_http_1_0_behind_http_1_1(exchange: HttpExchange) -> None:
    """A response to HTTP/1.0 is not chunked, though the request before it on the connection was of HTTP/1.1.

    A proxy that takes requests of several clients over one connection passes on the version of each.
    """
    environ_of_second(exchange)
    if len(exchange.responses) < 2:
        inapplicable("one request was answered on this connection")
    got = ", ".join(exchange.responses[1].values("transfer-encoding"))
    expect(not got, "Transfer-Encoding to HTTP/1.0", want="absent", got=got)


@check(
    "chunked-not-sent-to-http-1-0-behind-chunks",
    requires=rfc9112.CHUNKED_ONLY_TO_HTTP_1_1,
    send=Octets(
        GET_OF_ONE,
        ("GET", "GET"),
        then=(Receive(b"second"), Send(b"GET /?{ticket}-2 HTTP/1.0\r\nHost: one.example\r\n\r\n")),
    ),
    play=Play(chunks=(b"first ", b"second")),
)
def chunked_not_sent_to_http_1_0_behind_chunks(exchange: HttpExchange) -> None:
    """A response to HTTP/1.0 is not chunked, though the response before it on the connection was.

    See ``chunked-not-sent-to-http-1-0-behind-http-1-1``: here it is the response that leaves it behind.
    """
    environ_of_second(exchange)
    if len(exchange.responses) < 2:
        inapplicable("one request was answered on this connection")
    got = ", ".join(exchange.responses[1].values("transfer-encoding"))
    expect(not got, "Transfer-Encoding to HTTP/1.0 behind chunks", want="absent", got=got)


@check(
    "keep-alive-of-previous-request-gone",
    requires=rfc9112.HTTP_1_0_CLOSES,
    send=_twice(
        b"GET /?{ticket}-1 HTTP/1.0\r\nHost: one.example\r\nConnection: keep-alive\r\n\r\n",
        b"GET /?{ticket}-2 HTTP/1.0\r\nHost: one.example\r\n\r\n",
        AwaitEnd(),
    ),
    play=NINE_OCTETS,
)
def keep_alive_of_previous_request_gone(exchange: HttpExchange) -> None:
    """A request of HTTP/1.0 without keep-alive is the last of its connection, though one before it had it.

    The client reads up to the close, for whose sake it said nothing.
    """
    environ_of_second(exchange)
    got = exchange.wire.ended
    expect(ended_by_server(exchange), "connection behind the second response", want="closed", got=got)


@check(
    "content-read-by-framing-of-each-request",
    requires=(rfc9112.REQUEST_LENGTH, rfc9112.CHUNKED_LENGTH, rfc9112.BODY_SIGNALED),
    send=Octets(
        b"POST /?{ticket}-1 HTTP/1.1\r\nHost: {authority}\r\nTransfer-Encoding: chunked\r\n\r\n" + CHUNKS,
        ("POST", "POST", "POST", "GET"),
        then=(
            Receive(b"\r\n\r\nwsgicheck"),
            Send(b"POST /?{ticket}-2 HTTP/1.1\r\nHost: {authority}\r\nContent-Length: 15\r\n\r\n" + CHUNKS),
            Receive(b"\r\n\r\nwsgicheck"),
            Send(
                b"POST /?{ticket}-3 HTTP/1.1\r\nHost: {authority}\r\n"
                b"Transfer-Encoding: chunked\r\n\r\n" + CHUNKS
            ),
            Receive(b"\r\n\r\nwsgicheck"),
            Send(b"GET /?{ticket}-4 HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\n\r\n"),
        ),
    ),
    play=Play(headers=NINE_OCTETS.headers, before=(content(),)),
)
def content_read_by_framing_of_each_request(exchange: HttpExchange) -> None:
    """Chunks, a length and nothing take turns on a connection: each request is read by what it says itself.

    What is left of the request before makes chunks of a length, or keeps the last request waiting.
    """
    read = {seen.label: seen.facts for seen in exchange.app.of("content")}
    if "2" not in read or read.get("1", {}).get("content") != "hello":
        inapplicable("one request was served on this connection, or chunks are not decoded")
    for label, want in (("2", CHUNKS.decode()), ("3", "hello"), ("4", "")):
        if label in read:
            got = read[label]["content"] if read[label]["error"] is None else read[label]["error"]["type"]
            expect(got == want, f"content of request {label}", want=want, got=got)


MANY = 40
"""Requests at once: with two thousand octets of padding each, more than any server receives in one piece."""


def _padded(number: int) -> bytes:
    head = b"GET /?{ticket}-%d HTTP/1.1\r\nHost: {authority}\r\nX-Padding: " % number + b"v" * 2000
    return head + (b"\r\nConnection: close" if number == MANY else b"") + b"\r\n\r\n"


FORTY = Octets(b"".join(_padded(number) for number in range(1, MANY + 1)), ("GET",) * MANY)


@check(
    "forty-pipelined-requests-answered",
    requires=(rfc9110.ONE_FINAL_RESPONSE, rfc9112.PIPELINED_ORDER),
    send=FORTY,
    play=NINE_OCTETS,
    tempered=HARDLY_ANY_PIPELINES,
)
def forty_pipelined_requests_answered(exchange: HttpExchange) -> None:
    """Forty requests at once are answered each, once, unless the server closes: then the last ones are not.

    A head that lies across the end of a buffer is cut there, or what is behind it is thrown away.
    """
    called_once(exchange)
    statuses = [response.status for response in exchange.responses]
    strange = [status for status in statuses if status != 200]
    expect(not strange, "answers to requests that are in order", want=200, got=", ".join(map(str, strange)))
    calls = [call.label for call in exchange.app.of("called")]
    expect(len(calls) == len(set(calls)), "calls for each request", want=1, got=max(map(calls.count, calls)))
    if not ended_by_server(exchange) and not any(map(announces_close, exchange.responses)):
        expect(len(statuses) == MANY, "answers on a kept connection", want=MANY, got=len(statuses))


MORE = 110
"""More than the hundred that some servers grant to a connection, and so small that they arrive at once."""
HUNDRED_AND_TEN = Octets(
    b"".join(b"GET /?{ticket}-%d HTTP/1.1\r\nHost: a\r\n\r\n" % number for number in range(1, MORE))
    + b"GET /?{ticket}-%d HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n" % MORE,
    ("GET",) * MORE,
)


@check(
    "close-behind-several-requests-announced",
    requires=rfc9112.CLOSE_ANNOUNCED,
    send=HUNDRED_AND_TEN,
    play=NINE_OCTETS,
)
def close_behind_several_requests_announced(exchange: HttpExchange) -> None:
    """A server that serves so many requests on a connection and no more says close with the last of them.

    Without it the client's next request meets a connection that is being closed, now and then: it fails, or
    is sent twice.
    """
    called_once(exchange)
    answers = exchange.responses
    if not 1 < len(answers) < MORE or any(response.status != 200 for response in answers):
        inapplicable("the server answered all of the requests, hardly any, or one with an error")
    if exchange.wire.ended == "reset":
        inconclusive("the connection was reset, and later answers may have been lost with it")
    if not ended_by_server(exchange) or not answers[-1].complete:
        inapplicable("the server kept the connection")
    got = ", ".join(answers[-1].values("connection")) or "absent"
    words = f"Connection of response {len(answers)}, behind which the server closes"
    expect(announces_close(answers[-1]), words, want="close", got=got)


@check(
    "request-behind-content-of-kept-http-1-0-found",
    requires=rfc9112.REQUEST_LENGTH,
    send=Octets(
        b"POST /?{ticket}-1 HTTP/1.0\r\nHost: {authority}\r\nConnection: keep-alive\r\n"
        b"Content-Length: 5\r\n\r\nhello",
        ("POST", "GET"),
        then=(
            Receive(b"\r\n\r\nwsgicheck"),
            Send(b"GET /?{ticket}-2 HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\n\r\n"),
        ),
    ),
    play=Play(headers=NINE_OCTETS.headers, before=(content(),)),
)
def request_behind_content_of_kept_http_1_0_found(exchange: HttpExchange) -> None:
    """Behind the content of a request in HTTP/1.0 the next request is found, where the connection is kept.

    Content is framed alike in both versions; one octet too many or too few, and the next request is an error.
    """
    called_once(exchange)
    if len(exchange.responses) < 2 and not calls_of(exchange, "2"):
        inapplicable("one request was answered on this connection")
    got = exchange.responses[1].status if len(exchange.responses) > 1 else "nothing"
    expect(got == 200, "answer to the request behind the content", want=200, got=got)
    for call in calls_of(exchange, "2"):
        method = environ_of_call(call)["REQUEST_METHOD"]
        expect(method == "GET", "the method of the request behind the content", want="GET", got=method)
