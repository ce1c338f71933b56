"""Content that comes when its request was answered already (RFC 9112 9.3).

Whoever reads on from a request that is done has to remember what it announced, and how far that has come.
"""

from __future__ import annotations

from ...authoring import (
    BEHIND_SMUGGLED,
    NINE_OCTETS,
    NOTHING_SMUGGLED,
    SMUGGLED,
    SMUGGLED_LENGTH,
    SMUGGLED_SIZE,
    AwaitApp,
    FinishSending,
    HttpExchange,
    Octets,
    Play,
    Receive,
    Send,
    called_once,
    check,
    expect_not_smuggled,
    inapplicable,
    octets,
    perform,
)
from ...spec import rfc9112

BEGUN = b"%x\r\nhello" % (SMUGGLED_SIZE + 5)
"""A chunk of which the first five octets have come."""
ANSWERED = Receive(b"\r\n\r\n", 0.3)


def _refused_then_sent(*fields: str) -> Octets:
    """Return a request that is likely to be refused, and its content, with a request in it, behind that."""
    return Octets(
        octets("POST", *fields),
        methods=("POST", "GET"),
        then=(ANSWERED, Send(SMUGGLED + BEHIND_SMUGGLED), FinishSending()),
    )


@check(
    "rest-of-chunk-that-comes-late-not-a-request",
    requires=rfc9112.BODY_READ_OR_CLOSED,
    send=Octets(
        octets("POST", "Transfer-Encoding: chunked", body=BEGUN),
        methods=("POST", "GET"),
        then=(
            AwaitApp("returned", seconds=0.3),
            ANSWERED,
            Send(SMUGGLED + b"\r\n0\r\n\r\n" + BEHIND_SMUGGLED),
        ),
    ),
    play=Play(headers=NINE_OCTETS.headers, before=(perform("read", 5),)),
)
def rest_of_chunk_that_comes_late_not_a_request(exchange: HttpExchange) -> None:
    """The rest of a chunk that comes when the application is done is not taken for a request.

    See ``rest-of-body-that-comes-late-not-a-request``: of chunks nobody knows how many are to come.
    """
    called_once(exchange)
    expect_not_smuggled(exchange)


@check(
    "content-of-head-that-comes-late-not-a-request",
    requires=rfc9112.BODY_READ_OR_CLOSED,
    send=Octets(
        octets("HEAD", SMUGGLED_LENGTH.decode()),
        methods=("HEAD", "GET"),
        then=(ANSWERED, Send(SMUGGLED + BEHIND_SMUGGLED)),
    ),
    play=NINE_OCTETS,
)
def content_of_head_that_comes_late_not_a_request(exchange: HttpExchange) -> None:
    """The content of a HEAD request that comes when that was answered is not taken for a request.

    What was announced comes, whatever the method is: drain it, or close.
    """
    called_once(exchange)
    expect_not_smuggled(exchange)


@check(
    "content-behind-refused-expectation-not-run",
    requires=rfc9112.BODY_READ_OR_CLOSED,
    send=_refused_then_sent("Expect: x-wsgicheck", SMUGGLED_LENGTH.decode()),
    control=NOTHING_SMUGGLED,
    play=NINE_OCTETS,
)
def content_behind_refused_expectation_not_run(exchange: HttpExchange) -> None:
    """The content that comes behind the refusal of an expectation (417) is not taken for a request.

    See ``request-in-content-of-refused-expectation-not-run``: here the server waits for what comes next.
    """
    expect_not_smuggled(exchange)


@check(
    "content-behind-refused-size-not-run",
    requires=rfc9112.BODY_READ_OR_CLOSED,
    send=_refused_then_sent("Content-Length: 999999999999999"),
    control=NOTHING_SMUGGLED,
    play=NINE_OCTETS,
)
def content_behind_refused_size_not_run(exchange: HttpExchange) -> None:
    """The content that comes behind its refusal as too large (413) is not taken for a request.

    A server that does not want to read it has to close the connection, for it comes all the same.
    """
    if exchange.app.called and exchange.response is None:
        inapplicable("the server waits for all of the content")
    expect_not_smuggled(exchange)
