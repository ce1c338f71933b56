"""Nothing of one request is left over on its connection for the next (RFC 9112 6.3; PEP 3333, environ).

The objects of a kept connection outlive a request: what they remember of it befalls somebody else's.
"""

from __future__ import annotations

from ...authoring import (
    PLAIN_TEXT,
    HttpExchange,
    Octets,
    Play,
    Receive,
    Send,
    announces_close,
    calls_of,
    check,
    content,
    environ_of_second,
    expect,
    inapplicable,
    octets,
    perform,
    raises,
    writes,
)
from ...spec import pep3333, rfc9110, rfc9112

LAST = "Connection: close"
END_OF_HEAD = Receive(b"\r\n\r\n")

# ---- responses --------------------------------------------------------------------------------------


def _answers(*chunks: bytes) -> Play:
    return Play(chunks=chunks, shape="list" if len(chunks) == 1 else "iterator")


HEAD_AND_TWO = (
    END_OF_HEAD,
    Send(octets("GET", label="2")),
    Receive(b"behind HEAD"),
    Send(octets("GET", label="3")),
    END_OF_HEAD,
)
"""Behind a HEAD: a request whose content is awaited, and one whose response has none."""
IN_TURN = Octets(
    octets("HEAD"),
    methods=("HEAD", "GET", "GET", "GET", "GET", "GET"),
    then=(
        *HEAD_AND_TWO,
        Send(octets("GET", label="4")),
        Receive(b"behind 204"),
        Send(octets("GET", label="5")),
        END_OF_HEAD,
        Send(octets("GET", LAST, label="6")),
    ),
)
KINDS = Play(
    headers=(*PLAIN_TEXT, ("Content-Length", "400")),
    chunks=(),
    shape="list",
    later=(
        _answers(b"the content ", b"behind HEAD"),
        Play(status="204 No Content", headers=(), chunks=(), shape="list"),
        _answers(b"the content behind 204"),
        Play(status="304 Not Modified", headers=(), chunks=(), shape="list"),
        Play(after=(writes(b"the content behind 304"),), chunks=()),
    ),
)
STATUSES = (200, 200, 204, 200, 304, 200)


def _expect_content_behind(
    exchange: HttpExchange,
    number: int,
    content: bytes,
    kind: str,
    statuses: tuple[int, ...] = STATUSES,
) -> None:
    """Expect the content of one response of a connection, where it came to that response."""
    answers = exchange.responses[:number]
    before = [response.status for response in answers[: number - 1]]
    wanted = list(statuses[: number - 1])
    if before != wanted or any(map(announces_close, answers[:-1])) or not calls_of(exchange, str(number)):
        inapplicable(f"the connection did not come to a request behind {kind}")
    if len(answers) < number:
        if exchange.wire.ended not in ("timeout", "open"):
            inapplicable(f"the connection ended behind {kind}")
        expect(False, f"answer to the request behind {kind}", want=200, got="none")
    got = answers[-1].content
    expect(got == content, f"content behind {kind}", want=content, got=got)


@check(
    "content-sent-behind-head",
    requires=(pep3333.TRANSMIT_UNBUFFERED, rfc9112.LAST_CHUNK),
    send=IN_TURN,
    play=KINDS,
)
def content_sent_behind_head(exchange: HttpExchange) -> None:
    """The response to GET has its content, though the request before it on the connection was HEAD.

    That a response has no content is a matter of its own request: link checkers and load balancers ask
    with HEAD first, and over one connection.
    """
    _expect_content_behind(exchange, 2, b"the content behind HEAD", "HEAD")


@check(
    "content-sent-behind-no-content",
    requires=(pep3333.TRANSMIT_UNBUFFERED, rfc9110.CONTENT_LENGTH_CORRECT),
    send=IN_TURN,
    play=KINDS,
)
def content_sent_behind_no_content(exchange: HttpExchange) -> None:
    """A response has its content, though the one before it on the connection was a 204.

    See ``content-sent-behind-head``.
    """
    _expect_content_behind(exchange, 4, b"the content behind 204", "204")


@check(
    "content-sent-behind-not-modified",
    requires=(pep3333.TRANSMIT_UNBUFFERED, rfc9112.LAST_CHUNK),
    send=IN_TURN,
    play=KINDS,
)
def content_sent_behind_not_modified(exchange: HttpExchange) -> None:
    """A response that is written has its content, though the one before it on the connection was a 304.

    See ``content-sent-behind-head``. A browser asks for what it has in its cache all the time.
    """
    if calls_of(exchange, "6") and not any(seen.label == "6" for seen in exchange.app.of("wrote")):
        inapplicable("write() did not return: start-response-returns-write fails for it")
    _expect_content_behind(exchange, 6, b"the content behind 304", "304")


CUT_SHORT = Octets(
    octets("HEAD"),
    methods=("HEAD", "GET", "GET", "GET"),
    then=(*HEAD_AND_TWO, Send(octets("GET", LAST, label="4"))),
)
SMALL = Play(
    headers=(*PLAIN_TEXT, ("Content-Length", "3")),
    chunks=(),
    shape="list",
    later=(
        _answers(b"the content ", b"behind HEAD"),
        Play(status="304 Not Modified", headers=(("Content-Length", "3"),), chunks=(), shape="list"),
        _answers(b"the content ", b"behind 304"),
    ),
)
SMALL_STATUSES = (200, 200, 304, 200)


@check(
    "content-behind-small-head-whole",
    requires=(pep3333.TRANSMIT_UNBUFFERED, rfc9112.LAST_CHUNK),
    send=CUT_SHORT,
    play=SMALL,
)
def content_behind_small_head_whole(exchange: HttpExchange) -> None:
    """The Content-Length of a response to HEAD does not bound the next response of the connection.

    None of the octets that it announced were sent. A server that goes on counting towards it takes them from
    the next content, which is cut where it says nothing of its length.
    """
    _expect_content_behind(exchange, 2, b"the content behind HEAD", "HEAD", SMALL_STATUSES)


@check(
    "content-behind-small-not-modified-whole",
    requires=(pep3333.TRANSMIT_UNBUFFERED, rfc9112.LAST_CHUNK),
    send=CUT_SHORT,
    play=SMALL,
)
def content_behind_small_not_modified_whole(exchange: HttpExchange) -> None:
    """The Content-Length of a 304 does not bound the next response of the connection.

    See ``content-behind-small-head-whole``. That of a 304 is the length of what the client has already.
    """
    _expect_content_behind(exchange, 4, b"the content behind 304", "304", SMALL_STATUSES)


@check(
    "head-behind-get-without-content",
    requires=(rfc9110.HEAD_NO_CONTENT, rfc9112.NO_BODY),
    send=Octets(
        octets("GET"),
        methods=("GET", "HEAD"),
        then=(Receive(b"\r\n\r\nwsgicheck"), Send(octets("HEAD", LAST, label="2"))),
    ),
    play=Play(headers=(*PLAIN_TEXT, ("Content-Length", "9"))),
)
def head_behind_get_without_content(exchange: HttpExchange) -> None:
    """What an application yields for HEAD is not sent, though the request before it was GET.

    See ``content-sent-behind-head``: what is asked for is asked for by each request anew.
    """
    if len(exchange.responses) < 2 or not calls_of(exchange, "2"):
        inapplicable("the server does not serve another request on the connection")
    got = exchange.surplus
    expect(not got, "octets behind the header section of a response to HEAD", want=b"", got=got)


# ---- requests ---------------------------------------------------------------------------------------

CHUNKS = b"7\r\nchunked\r\n0\r\n\r\n"
UNREAD = Octets(
    octets("POST", "Content-Length: 10", body=b"left alone"),
    methods=("POST",) * 5,
    then=(
        Receive(b"\r\n\r\nwsgicheck"),
        Send(octets("POST", "Content-Length: 6", label="2", body=b"second")),
        Receive(b"\r\n\r\nwsgicheck"),
        Send(octets("POST", "Content-Length: 10", label="3", body=b"read half.")),
        Receive(b"\r\n\r\nwsgicheck"),
        Send(octets("POST", "Transfer-Encoding: chunked", label="4", body=CHUNKS)),
        Receive(b"\r\n\r\nwsgicheck"),
        Send(octets("POST", "Content-Length: 5", LAST, label="5", body=b"fifth")),
    ),
)
DECLARED = (*PLAIN_TEXT, ("Content-Length", "9"))
READS = Play(headers=DECLARED, before=(content(),))
READS_IN_TURN = Play(
    headers=DECLARED,
    later=(
        READS,
        Play(headers=DECLARED, before=(perform("read", 4),)),
        Play(headers=DECLARED),
        READS,
    ),
)


def _expect_own_content(exchange: HttpExchange, label: str, want: str) -> None:
    seen = [found for found in exchange.app.of("content") if found.label == label]
    if not seen:
        inapplicable("the connection did not come to that request")
    got = seen[0].facts["content"]
    foreign = seen[0].facts["error"] is None and got != want
    expect(not foreign, f"content of request {label}", want=want, got=got)


@check(
    "content-left-unread-not-in-next-request",
    requires=(rfc9112.REQUEST_LENGTH, pep3333.WSGI_INPUT),
    send=UNREAD,
    play=READS_IN_TURN,
)
def content_left_unread_not_in_next_request(exchange: HttpExchange) -> None:
    """The content that an application leaves unread does not get into the next request of the connection.

    Behind a proxy it is another user's: a password in a form that was refused at once, for instance.
    """
    _expect_own_content(exchange, "2", "second")


@check(
    "content-half-read-not-in-later-request",
    requires=(rfc9112.REQUEST_LENGTH, pep3333.WSGI_INPUT),
    send=UNREAD,
    play=READS_IN_TURN,
)
def content_half_read_not_in_later_request(exchange: HttpExchange) -> None:
    """Neither the rest of content that was read by half nor unread chunks get into a later request.

    See ``content-left-unread-not-in-next-request``.
    """
    _expect_own_content(exchange, "5", "fifth")


TICKET = b"X-Wsgicheck-Ticket: {ticket}"
OLD_BEHIND_NEW = Octets(
    b"POST /first/path?first=1 HTTP/1.1\r\nHost: {authority}\r\n" + TICKET + b"-1\r\n"
    b"Content-Length: 5\r\n\r\nfirst",
    methods=("POST", "GET"),
    then=(
        Receive(b"\r\n\r\nwsgicheck"),
        Send(b"GET / HTTP/1.0\r\nHost: {authority}\r\n" + TICKET + b"-2\r\n\r\n"),
    ),
)


@check(
    "target-of-each-request",
    requires=(pep3333.QUERY_STRING, pep3333.PATH_INFO, pep3333.REQUEST_METHOD_VALUE),
    send=OLD_BEHIND_NEW,
    play=READS,
)
def target_of_each_request(exchange: HttpExchange) -> None:
    """Method, path and query are those of the request itself: one without a query has none.

    A query that stays from the request before repeats what it asked for: to delete something, perhaps.
    """
    environ = environ_of_second(exchange)
    for key, want in (("QUERY_STRING", ""), ("PATH_INFO", "/"), ("REQUEST_METHOD", "GET")):
        got = environ.get(key, "")
        expect(got == want, f"{key} of the second request", want=want, got=got)


# ---- errors -----------------------------------------------------------------------------------------


@check(
    "response-behind-error-its-own",
    requires=(pep3333.STATUS_DELIVERED, rfc9112.PIPELINED_ORDER),
    send=Octets(
        octets("GET"),
        methods=("GET", "GET"),
        then=(END_OF_HEAD, Send(octets("GET", LAST, label="2"))),
    ),
    play=Play(
        headers=(("Content-Type", "text/x-first"), ("X-First", "1")),
        after=(raises("behind start_response"),),
        later=(_answers(b"the second answer"),),
    ),
)
def response_behind_error_its_own(exchange: HttpExchange) -> None:
    """Where a connection is kept behind the page about an error, the next response is the application's own.

    Neither status nor fields nor length of the failed one stay behind.
    """
    answers = exchange.responses
    if len(answers) < 2 or not calls_of(exchange, "2"):
        inapplicable("the connection was not kept behind the error")
    second = answers[1]
    expect(second.status == 200, "status behind an error", want=200, got=second.status)
    expect(not second.values("x-first"), "X-First behind an error", want="absent", got="present")
    got = second.content
    expect(got == b"the second answer", "content behind an error", want=b"the second answer", got=got)
