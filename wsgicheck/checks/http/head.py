"""Responses to HEAD (RFC 9110 9.3.2, 8.6; RFC 9112 6.3)."""

from __future__ import annotations

from ...authoring import (
    HttpExchange,
    Octets,
    Play,
    Receive,
    Repeated,
    Send,
    announces_close,
    called_once,
    calls_of,
    check,
    expect,
    fail,
    inapplicable,
    octets,
    perform,
    raises,
    response_of,
    writes,
)
from ...authoring.responses import cookies_given
from ...spec import pep3333, rfc3875, rfc9110, rfc9112

HEAD = Octets(octets("HEAD", "Connection: close"), methods=("HEAD",))
HEAD_THEN_GET = Octets(
    octets("HEAD") + octets("GET", "Connection: close", label="2"), methods=("HEAD", "GET")
)
HEAD_THEN_HEAD = Octets(
    octets("HEAD"),
    methods=("HEAD", "HEAD"),
    then=(Receive(b"\r\n\r\n"), Send(octets("HEAD", "Connection: close", label="2"))),
)
GET_THEN_HEAD = Octets(
    octets("GET") + octets("HEAD", "Connection: close", label="2"), methods=("GET", "HEAD")
)
REFUSED_HEAD = Octets(octets("HEAD", "Content-Length: five", "Connection: close"), methods=("HEAD",))
PLAIN_HEAD = Octets(octets("HEAD", "Content-Length: 0", "Connection: close"), methods=("HEAD",))

TYPE = ("Content-Type", "text/plain")
DECLARED = (TYPE, ("Content-Length", "9"))
MARKED = (TYPE, ("ETag", '"mark"'), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2"), ("X-Mark", "mark"))
FRAMING = ("date", "content-length", "transfer-encoding", "vary", "connection", "keep-alive", "trailer")
"""What may differ: made at its time, while generating content (RFC 9110 9.3.2), or of the connection."""


def _expect_no_content(exchange: HttpExchange) -> None:
    called_once(exchange)
    response_of(exchange)
    got = exchange.surplus
    expect(not got, "octets behind the header section of a response to HEAD", want=b"", got=got)


@check(
    "head-without-content",
    requires=(rfc9110.HEAD_NO_CONTENT, rfc9112.NO_BODY, rfc3875.HEAD_BODY_DISCARDED),
    send=HEAD,
)
def head_without_content(exchange: HttpExchange) -> None:
    """What an application yields for HEAD is not sent, nor is a last chunk.

    Few applications treat HEAD apart. The client stops at the empty line: whatever follows is taken for
    the beginning of another response.
    """
    _expect_no_content(exchange)


@check("head-without-listed-content", requires=rfc9110.HEAD_NO_CONTENT, send=HEAD, play=Play(shape="list"))
def head_without_listed_content(exchange: HttpExchange) -> None:
    """The one block of a list is not sent for HEAD.

    Servers that infer a Content-Length from such lists have a path of their own for them.
    """
    _expect_no_content(exchange)


@check(
    "head-without-written-content",
    requires=rfc9110.HEAD_NO_CONTENT,
    send=HEAD,
    play=Play(after=(writes(b"written"),), chunks=()),
)
def head_without_written_content(exchange: HttpExchange) -> None:
    """What is passed to ``write()`` is not sent for HEAD.

    ``write()`` bypasses the loop in which a server may suppress the content.
    """
    if exchange.app.of("write-raised") or not exchange.app.of("wrote"):
        inapplicable("write() did not take the octets")
    _expect_no_content(exchange)


@check(
    "head-without-declared-content", requires=rfc9110.HEAD_NO_CONTENT, send=HEAD, play=Play(headers=DECLARED)
)
def head_without_declared_content(exchange: HttpExchange) -> None:
    """Content is not sent for HEAD although the application declares its length.

    The Content-Length says what GET would get; a server that counts up to it sends just that.
    """
    _expect_no_content(exchange)


@check(
    "head-without-file-content", requires=rfc9110.HEAD_NO_CONTENT, send=HEAD, play=Play(shape="file_wrapper")
)
def head_without_file_content(exchange: HttpExchange) -> None:
    """A wrapped file is not sent for HEAD.

    Transmission by the operating system is a path of its own.
    """
    if exchange.app.of("no-file-wrapper"):
        inapplicable("the server has no wsgi.file_wrapper")
    _expect_no_content(exchange)


@check(
    "head-error-without-content",
    requires=rfc9110.HEAD_NO_CONTENT,
    send=HEAD,
    play=Play(before=(raises("before start"),)),
)
def head_error_without_content(exchange: HttpExchange) -> None:
    """The page about an error of the application is not sent for HEAD.

    It is the server's own content, yet the client reads it as the next response all the same.
    """
    _expect_no_content(exchange)


@check(
    "head-refusal-without-content",
    requires=rfc9110.HEAD_NO_CONTENT,
    send=REFUSED_HEAD,
    control=PLAIN_HEAD,
    tempered="the request is invalid, and servers close behind their answer to it",
)
def head_refusal_without_content(exchange: HttpExchange) -> None:
    """A refusal of a HEAD request has no content.

    Its method was read before the fault was found.
    """
    if exchange.app.called:
        inapplicable("the server accepts the malformed request")
    response_of(exchange)
    expect(
        not exchange.surplus, "octets behind the refusal of a HEAD request", want=b"", got=exchange.surplus
    )


@check(
    "head-of-overwritten-method-without-content",
    requires=(rfc9110.HEAD_NO_CONTENT, pep3333.ENVIRON_MODIFIABLE),
    send=HEAD_THEN_HEAD,
    play=Play(later=(Play(before=(perform("environ_set", "REQUEST_METHOD", "GET"),)),)),
)
def head_of_overwritten_method_without_content(exchange: HttpExchange) -> None:
    """The response to a HEAD has no content although the application set REQUEST_METHOD to GET.

    Middleware does that, to answer HEAD with what is written for GET. What was asked is known from the
    request, and not from the environ, which was given away.
    """
    called_once(exchange)
    if not exchange.app.of("environ-changed"):
        inapplicable("the second request of the connection did not come to change its environ")
    if len(exchange.responses) < 2 or not exchange.responses[1].head.startswith(b"HTTP/1."):
        inapplicable("the server sends content for HEAD in any case, which head-without-content is about")
    got = exchange.surplus
    expect(not got, "octets behind the header section of a response to HEAD", want=b"", got=got)


@check("head-keeps-connection-aligned", requires=rfc9112.NO_BODY, send=HEAD_THEN_GET, play=Play(shape="list"))
def head_keeps_connection_aligned(exchange: HttpExchange) -> None:
    """On a kept connection the next response begins right behind the header section of that to HEAD.

    Otherwise every later response is misread: the client takes content of one for the head of another.
    """
    first = response_of(exchange)
    if not (calls_of(exchange, "") and calls_of(exchange, "2")):
        inapplicable("the server does not serve another request on the connection")
    behind = exchange.wire.octets_received.partition(first.head)[2]
    aligned = behind.startswith(b"HTTP/1.") or not behind
    expect(aligned, "octets behind the response to HEAD", want="HTTP/1.", got=behind[:40])


def _expect_length_of_get(exchange: HttpExchange) -> None:
    called_once(exchange)
    response = response_of(exchange)
    if response.status != 200:
        inapplicable(f"the server answers {response.status} instead of the application")
    lengths = response.values("content-length")
    expect(all(value == "9" for value in lengths), "Content-Length for HEAD", want="9 or none", got=lengths)


@check(
    "head-content-length-not-invented",
    requires=rfc9110.HEAD_CONTENT_LENGTH,
    send=HEAD,
    play=Play(chunks=(), shape="list"),
)
def head_content_length_not_invented(exchange: HttpExchange) -> None:
    """A HEAD response whose application leaves the content out gets no Content-Length of the server's making.

    The application answers GET with 9 octets and HEAD with an empty list, as frameworks do. A
    Content-Length of 0 tells a download manager or a cache that the representation is empty.
    """
    _expect_length_of_get(exchange)


@check(
    "head-content-length-not-invented-at-end",
    requires=rfc9110.HEAD_CONTENT_LENGTH,
    send=HEAD,
    play=Play(chunks=()),
)
def head_content_length_not_invented_at_end(exchange: HttpExchange) -> None:
    """No Content-Length is invented for HEAD when the iterator ends without a block either.

    See ``head-content-length-not-invented``: here the server learns only at the end that nothing comes.
    """
    _expect_length_of_get(exchange)


@check(
    "head-content-length-unchanged",
    requires=rfc9110.HEAD_CONTENT_LENGTH,
    send=HEAD,
    play=Play(headers=DECLARED, chunks=(), shape="list"),
)
def head_content_length_unchanged(exchange: HttpExchange) -> None:
    """The Content-Length that an application gives for HEAD is kept or left out, but not changed.

    It is the length that GET would get, though no content stands behind it now.
    """
    _expect_length_of_get(exchange)


@check(
    "head-content-length-of-listed-content",
    requires=rfc9110.HEAD_CONTENT_LENGTH,
    send=HEAD,
    play=Play(shape="list"),
)
def head_content_length_of_listed_content(exchange: HttpExchange) -> None:
    """Where a Content-Length is inferred for HEAD, it is that of the content which GET would get.

    A server that suppresses the content first and counts it then says 0.
    """
    _expect_length_of_get(exchange)


@check(
    "head-content-length-not-of-first-block",
    requires=rfc9110.HEAD_CONTENT_LENGTH,
    send=HEAD,
    play=Play(chunks=(b"wsgi", b"check")),
)
def head_content_length_not_of_first_block(exchange: HttpExchange) -> None:
    """Where several blocks come for HEAD, the first one's length is not sent as that of the content.

    The server stops at the first block, since nothing is to be sent: what it has then is not all of it.
    """
    _expect_length_of_get(exchange)


@check("head-fields-as-given", requires=rfc9110.HEAD_SAME_FIELDS, send=HEAD, play=Play(headers=MARKED))
def head_fields_as_given(exchange: HttpExchange) -> None:
    """All fields of the application are sent for HEAD.

    HEAD is how clients ask for them: a cache revalidates by the ETag, a link checker reads the type.
    """
    called_once(exchange)
    response = response_of(exchange)
    for name in dict.fromkeys(name for name, _ in MARKED):
        want = [value for key, value in MARKED if key == name]
        got = response.values(name)
        arrived = cookies_given(response, want) if name == "Set-Cookie" else got
        expect(list(arrived) == want, f"{name} for HEAD", want=want, got=list(got))


@check(
    "head-fields-as-for-get", requires=rfc9110.HEAD_SAME_FIELDS, send=GET_THEN_HEAD, play=Play(headers=MARKED)
)
def head_fields_as_for_get(exchange: HttpExchange) -> None:
    """The server's own fields are the same for HEAD as for GET.

    Left out may be what is determined while the content is generated.
    """
    if len(exchange.responses) < 2 or not calls_of(exchange, "2"):
        inapplicable("the server does not serve another request on the connection")
    for_get, for_head = (
        {name.lower() for name, _ in response.headers} - set(FRAMING) for response in exchange.responses
    )
    if for_get != for_head:
        fail(
            f"fields differ: only for GET {sorted(for_get - for_head)}, "
            f"only for HEAD {sorted(for_head - for_get)}"
        )


@check(
    "head-connection-not-abandoned",
    requires=rfc9110.ONE_FINAL_RESPONSE,
    send=HEAD_THEN_GET,
    play=Play(shape="list"),
)
def head_connection_not_abandoned(exchange: HttpExchange) -> None:
    """A connection that is kept behind HEAD answers the next request.

    A server that waits for content to be sent, or miscounts, leaves the client waiting.
    """
    first = response_of(exchange)
    if announces_close(first) or first.version == "HTTP/1.0" or exchange.wire.ended in ("eof", "reset"):
        return
    expect(
        len(exchange.responses) == 2, "responses on the kept connection", want=2, got=len(exchange.responses)
    )


# ---- to HTTP/1.0, and behind the first block --------------------------------------------------------

OLD_HEAD = Octets(octets("HEAD", version="HTTP/1.0"), methods=("HEAD",))


@check("head-of-http-1-0-without-content", requires=rfc9110.HEAD_NO_CONTENT, send=OLD_HEAD)
def head_of_http_1_0_without_content(exchange: HttpExchange) -> None:
    """What an application yields for HEAD is not sent to a client of HTTP/1.0 either.

    See ``head-without-content``; that the connection ends here is no reason to fill it.
    """
    _expect_no_content(exchange)


@check(
    "head-without-later-content",
    requires=rfc9110.HEAD_NO_CONTENT,
    send=HEAD,
    play=Play(after=(writes(b"one"), writes(b"two")), chunks=(b"three", b"four")),
)
def head_without_later_content(exchange: HttpExchange) -> None:
    """Nothing is sent for HEAD behind the headers, however much is written and yielded.

    See ``head-without-content``; the first block is dropped with the headers, the later ones pass by there.
    """
    _expect_no_content(exchange)


@check(
    "head-without-ordinary-file-content",
    requires=rfc9110.HEAD_NO_CONTENT,
    send=HEAD,
    play=Play(
        headers=(("Content-Type", "text/plain"), ("Content-Length", "16")),
        before=(perform("file", "plain", b"a file of Python"), perform("wrap")),
        shape="wrapped",
    ),
)
def head_without_ordinary_file_content(exchange: HttpExchange) -> None:
    """What ``open()`` returned is not sent for HEAD, though its length is told.

    See ``head-without-file-content``: here a server finds nothing that keeps it from sendfile().
    """
    if exchange.app.of("no-file-wrapper"):
        inapplicable("the server has no wsgi.file_wrapper")
    _expect_no_content(exchange)


@check(
    "head-without-large-content",
    requires=rfc9110.HEAD_NO_CONTENT,
    send=HEAD,
    play=Play(shape="iterable", chunks=(Repeated(b"a block of much\n", 8192),)),
)
def head_without_large_content(exchange: HttpExchange) -> None:
    """A block of 128 KB, which has a way of its own past many a buffer, is not sent for HEAD.

    See ``head-without-content``.
    """
    _expect_no_content(exchange)
