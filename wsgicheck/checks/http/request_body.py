"""The content of a request, as the application reads it (RFC 9112 6.3, 8)."""

from __future__ import annotations

from ...authoring import (
    HARDLY_ANY_PIPELINES,
    PLAIN_TEXT,
    AwaitApp,
    FinishSending,
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
    expect,
    expect_octets,
    inapplicable,
    inconclusive,
    refused,
    tries,
)
from ...authoring.requests import LAST_GET, LAST_POST, NEXT_REQUEST
from ...spec import rfc9112

EVERY_OCTET = bytes(range(256))
KEPT = b"POST /?{ticket} HTTP/1.1\r\nHost: {authority}\r\n"
READ = Play(before=(content(),))
READ_AND_FRAMED = Play(headers=(*PLAIN_TEXT, ("Content-Length", "9")), before=(content(),))
"""A response after which any server can keep the connection: what comes next on it is what is on trial."""


def _read(exchange: HttpExchange, want: bytes) -> None:
    """Expect that the application read this content, and then its end."""
    called_once(exchange)
    contents = [seen.facts for seen in exchange.app.of("content") if seen.label == ""]
    if not contents:
        inconclusive("the application did not come to the end of the content")
    error = contents[0]["error"]
    expect(error is None, "reading the content", want="no error", got=error and error["type"])
    expect_octets("the content", want=want, got=contents[0]["content"].encode("latin-1"))


@check(
    "post-of-length-zero-served",
    requires=rfc9112.REQUEST_LENGTH,
    send=Octets(LAST_POST + b"Content-Length: 0\r\n\r\n"),
    play=READ,
)
def post_of_length_zero_served(exchange: HttpExchange) -> None:
    """A POST with Content-Length: 0 is served at once, with empty content.

    Forms without fields are sent so; a server that waits for a first octet keeps them waiting.
    """
    if not exchange.app.called:
        got = exchange.response.status if exchange.response else "nothing"
        expect(False, "a POST with Content-Length: 0", want="a call of the application", got=got)
    _read(exchange, b"")


@check(
    "post-without-length-has-no-content",
    requires=rfc9112.REQUEST_WITHOUT_BODY,
    send=Octets(LAST_POST + b"\r\n"),
    play=READ,
)
def post_without_length_has_no_content(exchange: HttpExchange) -> None:
    """A POST with neither Content-Length nor Transfer-Encoding has empty content.

    A server that reads to the end of the connection keeps the client waiting.
    """
    if not exchange.app.called and exchange.response and exchange.response.status == 411:
        inapplicable("the server wants a Content-Length, as it may (RFC 9112 6.3)")
    if not exchange.app.called:
        got = exchange.response.status if exchange.response else "nothing"
        expect(False, "a POST without content", want="a call of the application", got=got)
    contents = [seen.facts for seen in exchange.app.of("content")]
    if contents and contents[0]["ended_by"] == "nothing":
        return  # there is nothing that the application could have read
    _read(exchange, b"")


@check(
    "content-octets-unchanged",
    requires=rfc9112.REQUEST_LENGTH,
    send=Octets(LAST_POST + b"Content-Length: 256\r\n\r\n" + EVERY_OCTET),
    play=READ,
)
def content_octets_unchanged(exchange: HttpExchange) -> None:
    """Every octet of the content arrives as it was sent.

    Content is no text: a decoder or a line reader on the way damages pictures and archives.
    """
    _read(exchange, EVERY_OCTET)


@check(
    "content-of-100000-octets-whole",
    requires=rfc9112.REQUEST_LENGTH,
    send=Octets(LAST_POST + b"Content-Length: 102400\r\n\r\n" + EVERY_OCTET * 400),
    play=READ,
)
def content_of_100000_octets_whole(exchange: HttpExchange) -> None:
    """Content larger than a buffer arrives whole.

    A server that hands over one packet, or one buffer, cuts it.
    """
    _read(exchange, EVERY_OCTET * 400)


@check(
    "content-in-pieces-joined",
    requires=rfc9112.REQUEST_LENGTH,
    send=Octets(
        LAST_POST + b"Content-Length: 10\r\n\r\nhel",
        then=(AwaitApp("called", seconds=0.1), Send(b"lo"), AwaitApp("never", seconds=0.05), Send(b"world")),
    ),
    play=READ,
)
def content_in_pieces_joined(exchange: HttpExchange) -> None:
    """Content that arrives in pieces is joined.

    The network cuts where it likes.
    """
    _read(exchange, b"helloworld")


@check(
    "content-of-get-read",
    requires=rfc9112.REQUEST_LENGTH,
    send=Octets(LAST_GET + b"Content-Length: 5\r\n\r\nhello"),
    play=READ,
    control=Octets(LAST_POST + b"Content-Length: 5\r\n\r\nhello"),
)
def content_of_get_read(exchange: HttpExchange) -> None:
    """Content of a GET request is framed like any other, or the request is refused.

    The framing does not depend on the method; searches in JSON are sent so.
    """
    if not exchange.app.called:
        refused(exchange, by_any_error=True)
        return
    _read(exchange, b"hello")


@check(
    "content-ends-before-next-request",
    requires=rfc9112.REQUEST_LENGTH,
    send=Octets(KEPT + b"Content-Length: 5\r\n\r\nhello" + NEXT_REQUEST, ("POST", "GET")),
    play=READ,
)
def content_ends_before_next_request(exchange: HttpExchange) -> None:
    """The application reads no octet of the request behind its own.

    It may be the request of somebody else, with a password in it.
    """
    _read(exchange, b"hello")


@check(
    "request-behind-content-found",
    requires=rfc9112.REQUEST_LENGTH,
    send=Octets(KEPT + b"Content-Length: 5\r\n\r\nhello" + NEXT_REQUEST, ("POST", "GET")),
    play=READ,
)
def request_behind_content_found(exchange: HttpExchange) -> None:
    """The request behind the content is found where the content ends.

    One octet too many or too few, and the next request is an error.
    """
    called_once(exchange)
    if not calls_of(exchange, ""):
        inconclusive("the application was called for the second request, and not for the first")
    if len(exchange.responses) < 2 and not calls_of(exchange, "2"):
        inapplicable("the server closes the connection behind the first request")
    got = exchange.responses[1].status if len(exchange.responses) > 1 else 200
    expect(0 < got < 400, "answer to the request behind the content", want=200, got=got)
    for call in calls_of(exchange, "2"):
        method = environ_of_call(call)["REQUEST_METHOD"]
        expect(method == "GET", "the method of the request behind the content", want="GET", got=method)


@check(
    "request-behind-post-without-length-found",
    requires=rfc9112.REQUEST_WITHOUT_BODY,
    send=Octets(KEPT + b"\r\n" + NEXT_REQUEST, ("POST", "GET")),
    play=READ,
    control=Octets(LAST_POST + b"Content-Length: 0\r\n\r\n"),
)
def request_behind_post_without_length_found(exchange: HttpExchange) -> None:
    """Behind a POST without Content-Length and Transfer-Encoding the next request begins at once.

    Taken for content, the next request is lost.
    """
    if not exchange.app.called:
        refused(exchange, by_any_error=True)
    contents = [seen.facts for seen in exchange.app.of("content") if seen.label == ""]
    if not contents:
        inconclusive("the application did not come to the end of the content")
    got = contents[0]["content"]
    expect(got == "", "the content of the first request", want="empty", got=got)
    if len(exchange.responses) > 1:
        got = exchange.responses[1].status
        expect(0 < got < 400, "answer to the request behind it", want=200, got=got)


@check(
    "request-behind-input-without-length-found",
    requires=rfc9112.REQUEST_WITHOUT_BODY,
    send=Octets(KEPT + b"\r\n" + NEXT_REQUEST, ("POST", "GET")),
    play=Play(headers=READ_AND_FRAMED.headers, before=(tries("read", 5),)),
    control=Octets(KEPT + b"Content-Length: 5\r\n\r\nhello" + NEXT_REQUEST, ("POST", "GET")),
)
def request_behind_input_without_length_found(exchange: HttpExchange) -> None:
    """Behind a POST without a length the next request is served, though the application tried to read.

    What it reads there is not its own: the first octets of the next request are gone, and what is left of it
    is an error, or another request than the one that was sent.
    """
    called_once(exchange)
    if calls_of(exchange, "2"):
        return
    behind = exchange.responses[1:]
    got = behind[0].status or behind[0].head[:40] if behind else "nothing"
    if not behind and (ended_by_server(exchange) or any(map(announces_close, exchange.responses))):
        inapplicable("the server closes the connection behind the first request")
    expect(got == 200, "answer to the request behind it", want=200, got=got)


def _without_content(*lines: bytes) -> Octets:
    """Return a GET that no field gives content, and a request behind it."""
    head = b"GET /?{ticket} HTTP/1.1\r\nHost: {authority}\r\n"
    return Octets(head + b"".join(line + b"\r\n" for line in lines) + b"\r\n" + NEXT_REQUEST, ("GET", "GET"))


def _expect_next_request(exchange: HttpExchange) -> None:
    """Expect that the first request has no content, and that the next begins behind its head."""
    called_once(exchange)
    for seen in exchange.app.of("content"):
        if seen.label == "":
            got = seen.facts["content"]
            expect(got == "", "the content of the first request", want="empty", got=got)
    if len(exchange.responses) < 2 and not calls_of(exchange, "2"):
        inapplicable("the server closes the connection behind the first request")
    for response in exchange.responses[1:]:
        expect(0 < response.status < 400, "answer to the request behind it", want=200, got=response.status)


@check(
    "request-behind-websocket-key-found",
    requires=(rfc9112.BODY_SIGNALED, rfc9112.REQUEST_WITHOUT_BODY),
    send=_without_content(
        b"Sec-WebSocket-Key1: 4 @1  46546xW%0l 1 5",
        b"Sec-WebSocket-Key2: 12998 5 Y3 1  .P00",
    ),
    play=READ_AND_FRAMED,
)
def request_behind_websocket_key_found(exchange: HttpExchange) -> None:
    """A Sec-WebSocket-Key1 field gives a request no content.

    A draft of WebSocket sent eight octets behind such a head, without a length. A server that still reads
    them takes them from the next request, which a proxy in front has let pass as another one.
    """
    _expect_next_request(exchange)


@check(
    "request-behind-fields-like-content-length-found",
    requires=(rfc9112.BODY_SIGNALED, rfc9112.REQUEST_WITHOUT_BODY),
    send=_without_content(
        b"X-Content-Length: 5",
        b"Content-Length-Hint: 5",
        b"X-Transfer-Encoding: chunked",
        b"Content-Encoding: identity",
    ),
    play=READ_AND_FRAMED,
)
def request_behind_fields_like_content_length_found(exchange: HttpExchange) -> None:
    """Fields whose names only resemble Content-Length and Transfer-Encoding give a request no content.

    Names are compared whole: one that begins or ends like them says nothing of where the request ends.
    """
    _expect_next_request(exchange)


@check(
    "content-cut-off-not-complete",
    requires=rfc9112.BODY_INCOMPLETE,
    send=Octets(LAST_POST + b"Content-Length: 10\r\n\r\nhello", then=(FinishSending(),)),
    play=READ,
    control=Octets(LAST_POST + b"Content-Length: 10\r\n\r\nhelloworld"),
)
def content_cut_off_not_complete(exchange: HttpExchange) -> None:
    """Content that ends before its Content-Length does not look complete to the application.

    Half an upload is stored as a whole one. The application can tell by an error, or by reading less
    than CONTENT_LENGTH.
    """
    _cut_off(exchange, "10")


@check(
    "content-cut-by-one-octet-not-complete",
    requires=rfc9112.BODY_INCOMPLETE,
    send=Octets(LAST_POST + b"Content-Length: 6\r\n\r\nhello", then=(FinishSending(),)),
    play=READ,
    control=Octets(LAST_POST + b"Content-Length: 6\r\n\r\nhello!"),
)
def content_cut_by_one_octet_not_complete(exchange: HttpExchange) -> None:
    """Content that lacks one octet of its Content-Length does not look complete to the application.

    See ``content-cut-off-not-complete``: the edge of the rule.
    """
    _cut_off(exchange, "6")


def _behind_another(content_octets: bytes) -> Octets:
    """Return a request whose client sends these octets, and no more, behind another one."""
    head = b"POST /?{ticket}-2 HTTP/1.1\r\nHost: {authority}\r\nContent-Length: 10\r\n\r\n"
    first = b"GET /?{ticket} HTTP/1.1\r\nHost: {authority}\r\n\r\n"
    then = (Receive(b"wsgicheck"), Send(head + content_octets), FinishSending())
    return Octets(first, methods=("GET", "POST"), then=then)


@check(
    "later-content-cut-off-not-complete",
    requires=rfc9112.BODY_INCOMPLETE,
    send=_behind_another(b"hello"),
    play=Play(headers=(*PLAIN_TEXT, ("Content-Length", "9")), later=(READ,)),
    control=_behind_another(b"helloworld"),
)
def later_content_cut_off_not_complete(exchange: HttpExchange) -> None:
    """Content that ends before its Content-Length does not look complete in a later request, either.

    See ``content-cut-off-not-complete``: what is known of the end of the connection may be that of the first.
    """
    if not calls_of(exchange, "2"):
        inapplicable("one request was served on this connection, or the one cut off was refused")
    _cut_off(exchange, "10", "2")


def _cut_off(exchange: HttpExchange, length: str, label: str = "") -> None:
    for seen in exchange.app.of("content"):
        if seen.facts["error"] is None and seen.label == label:
            environ = environ_of_call(calls_of(exchange, label)[0])
            read, said = len(seen.facts["content"]), environ.get("CONTENT_LENGTH")
            want = "fewer than CONTENT_LENGTH"
            expect(str(read) != said, "octets read of content cut off", want=want, got=read)
            expect(read <= 5, "octets read of content cut off", want="5 at most", got=read)
            expect(said == length, "CONTENT_LENGTH of content cut off", want=length, got=said)


@check(
    "request-behind-large-content-found",
    requires=rfc9112.REQUEST_LENGTH,
    send=Octets(KEPT + b"Content-Length: 70000\r\n\r\n" + b"x" * 70_000 + NEXT_REQUEST, ("POST", "GET")),
    play=READ_AND_FRAMED,
    control=Octets(LAST_POST + b"Content-Length: 5\r\n\r\nhello"),
    tempered=HARDLY_ANY_PIPELINES,
)
def request_behind_large_content_found(exchange: HttpExchange) -> None:
    """The request behind content larger than a buffer is found where the content ends.

    What was received along with the end of the content is the next request, and not to be thrown away.
    """
    called_once(exchange)
    if len(exchange.responses) < 2 and not calls_of(exchange, "2") and ended_by_server(exchange):
        inapplicable("the server closes the connection behind the first request")
    got = exchange.responses[1].status if len(exchange.responses) > 1 else "nothing"
    expect(got == 200, "answer to the request behind the content", want=200, got=got)
