"""More data than the Content-Length (PEP 3333, Handling the ``Content-Length`` Header)."""

from __future__ import annotations

from ...authoring import (
    Exchange,
    HttpExchange,
    Octets,
    Play,
    called_once,
    check,
    expect,
    expect_content,
    inconclusive,
    octets,
    tries,
    writes,
)
from ...authoring.two_in_turn import SECOND_PLAY, two_in_turn, with_length
from ...spec import pep3333, rfc9110

CLOSE = Octets(
    b"GET / HTTP/1.1\r\nHost: {authority}\r\nX-Wsgicheck-Ticket: {ticket}\r\nConnection: close\r\n\r\n"
)


@check(
    "excess-block-not-sent",
    requires=pep3333.EXCESS_NOT_SENT,
    send=CLOSE,
    play=Play(headers=with_length(5), chunks=(b"12345", b"67")),
)
def excess_block_not_sent(exchange: HttpExchange) -> None:
    """A block behind the Content-Length is not sent.

    The client takes what follows for the beginning of something else.
    """
    _expect_no_excess(exchange)


@check(
    "excess-of-block-not-sent",
    requires=pep3333.EXCESS_NOT_SENT,
    send=CLOSE,
    play=Play(headers=with_length(5), chunks=(b"123", b"4567")),
)
def excess_of_block_not_sent(exchange: HttpExchange) -> None:
    """Of a block that reaches beyond the Content-Length only the part within is sent.

    Stopping before the next block is not enough where this one is too long.
    """
    _expect_no_excess(exchange)


@check(
    "excess-of-list-not-sent",
    requires=(pep3333.EXCESS_NOT_SENT, rfc9110.CONTENT_LENGTH_INCORRECT),
    send=CLOSE,
    play=Play(headers=with_length(5), shape="list", chunks=(b"1234567",)),
)
def excess_of_list_not_sent(exchange: HttpExchange) -> None:
    """A list of one block that is longer than the Content-Length is not sent beyond it.

    A server that sends lists in one go must look at the length there as well.
    """
    _expect_no_excess(exchange)


@check(
    "excess-written-not-sent",
    requires=pep3333.EXCESS_NOT_SENT,
    send=CLOSE,
    play=Play(headers=with_length(5), after=(writes(b"1234567"),), chunks=()),
)
def excess_written_not_sent(exchange: HttpExchange) -> None:
    """Nothing that is written beyond the Content-Length is sent.

    ``write()`` counts as the iterable does.
    """
    if exchange.app.of("started") and not exchange.app.of("started")[0].facts["write_callable"]:
        inconclusive("start_response() returned nothing that can be called")
    _expect_no_excess(exchange)


@check(
    "excess-after-write-not-sent",
    requires=(pep3333.EXCESS_NOT_SENT, pep3333.WRITE_AS_YIELDED),
    send=CLOSE,
    play=Play(headers=with_length(5), after=(writes(b"12"),), chunks=(b"345", b"67")),
)
def excess_after_write_not_sent(exchange: HttpExchange) -> None:
    """What was written counts when the yielded blocks reach the Content-Length.

    A server that counts only what is yielded sends too much by what was written.
    """
    if not exchange.app.of("wrote"):
        inconclusive("write() did not return")
    _expect_no_excess(exchange)


@check(
    "excess-not-sent-on-kept-connection",
    requires=(rfc9110.CONTENT_LENGTH_CORRECT, pep3333.EXCESS_NOT_SENT),
    send=two_in_turn(b"12345"),
    play=Play(headers=with_length(5), chunks=(b"12345", b"67"), later=(SECOND_PLAY,)),
)
def excess_not_sent_on_kept_connection(exchange: HttpExchange) -> None:
    """No octet of an excess stands before the next response on the same connection.

    There it becomes the beginning of that response, which so answers somebody else's request.
    """
    called_once(exchange)
    mixed = b"67HTTP/1." in exchange.wire.octets_received
    expect(not mixed, "before the second status line", want="nothing", got="67" if mixed else "")


@check(
    "iteration-stops-at-content-length",
    requires=pep3333.EXCESS_STOPS,
    play=Play(headers=with_length(7), chunks=(b"12345",) * 6),
)
def iteration_stops_at_content_length(exchange: Exchange) -> None:
    """The iterable is not asked for more when enough was sent (one look ahead is no harm).

    The rest is work for nothing, and may never end.
    """
    called_once(exchange)
    taken = len(exchange.app.of("yielding"))
    expect(taken <= 3, "blocks of five octets taken for a Content-Length of 7", want="2 or 3", got=taken)


@check(
    "write-past-content-length-raises",
    requires=pep3333.EXCESS_WRITE_RAISES,
    play=Play(headers=with_length(5), after=(writes(b"12345"), writes(b"6")), chunks=()),
)
def write_past_content_length_raises(exchange: Exchange) -> None:
    """``write()`` raises when the Content-Length has been reached.

    The application would otherwise go on without ever hearing that nothing of it is sent.
    """
    _expect_write_raises(exchange, accepted=1)


@check(
    "write-across-content-length-raises",
    requires=pep3333.EXCESS_WRITE_RAISES,
    play=Play(headers=with_length(5), after=(writes(b"123456"),), chunks=()),
)
def write_across_content_length_raises(exchange: Exchange) -> None:
    """``write()`` raises when its block reaches beyond the Content-Length, by one octet here.

    What was cut off is lost, and only an error tells the application.
    """
    _expect_write_raises(exchange, accepted=0)


def _expect_write_raises(exchange: Exchange, accepted: int) -> None:
    called_once(exchange)
    started = exchange.app.of("started")
    if not started or not started[0].facts["write_callable"]:
        inconclusive("start_response() returned nothing that can be called")
    wrote = len(exchange.app.of("wrote"))
    if wrote < accepted:
        inconclusive("write() raised before the Content-Length was reached")
    raised = bool(exchange.app.of("write-raised"))
    expect(raised, "write() past the Content-Length", want="an error", got="no error")


@check(
    "write-up-to-content-length-accepted",
    requires=pep3333.WRITE_AS_YIELDED,
    play=Play(headers=with_length(5), after=(writes(b"123"), writes(b"45")), shape="list", chunks=()),
)
def write_up_to_content_length_accepted(exchange: Exchange) -> None:
    """``write()`` takes everything up to the last octet of the Content-Length.

    The octet that completes the content is not beyond it.
    """
    called_once(exchange)
    started = exchange.app.of("started")
    if not started or not started[0].facts["write_callable"]:
        inconclusive("start_response() returned nothing that can be called")
    raised = [seen.facts["error"]["message"] for seen in exchange.app.of("write-raised")]
    expect(not raised, "write() up to the Content-Length", want="no error", got="; ".join(raised))
    expect_content(exchange, b"12345")


def _expect_no_excess(exchange: HttpExchange, declared: int = 5) -> None:
    called_once(exchange)
    response = exchange.response
    if response is None or response.framing != "content-length" or response.status >= 500:
        return
    length = int(response.values("Content-Length")[0])
    if length != declared:
        return  # the server corrected it, as it may while nothing has been sent
    got = exchange.surplus
    expect(not got, "octets behind the Content-Length", want="none", got=got)


# ---- a length of zero, and other edges ------------------------------------------------------------------


@check(
    "excess-of-zero-length-not-sent",
    requires=(pep3333.EXCESS_NOT_SENT, rfc9110.CONTENT_LENGTH_CORRECT),
    send=CLOSE,
    play=Play(headers=with_length(0), chunks=(b"1234", b"567")),
)
def excess_of_zero_length_not_sent(exchange: HttpExchange) -> None:
    """Nothing is sent behind a Content-Length of 0.

    Zero is a length like any other, and false to whoever only asks whether there is one.
    """
    _expect_no_excess(exchange, 0)


@check(
    "excess-written-of-zero-length-not-sent",
    requires=(pep3333.EXCESS_NOT_SENT, pep3333.WRITE_AS_YIELDED),
    send=CLOSE,
    play=Play(headers=with_length(0), after=(tries("write", b"1234"), tries("write", b"567")), chunks=()),
)
def excess_written_of_zero_length_not_sent(exchange: HttpExchange) -> None:
    """Nothing that is written behind a Content-Length of 0 is sent.

    See ``excess-of-zero-length-not-sent``.
    """
    _expect_no_excess(exchange, 0)


@check(
    "write-past-zero-length-raises",
    requires=pep3333.EXCESS_WRITE_RAISES,
    send=CLOSE,
    play=Play(headers=with_length(0), after=(tries("write", b"1234"), tries("write", b"567")), chunks=()),
)
def write_past_zero_length_raises(exchange: HttpExchange) -> None:
    """``write()`` raises where the Content-Length is 0.

    The application would otherwise go on without ever hearing that nothing of it is sent.
    """
    _expect_write_raises(exchange, accepted=0)


@check(
    "excess-to-http-1-0-not-sent",
    requires=pep3333.EXCESS_NOT_SENT,
    send=Octets(octets("GET", version="HTTP/1.0")),
    play=Play(headers=with_length(5), after=(writes(b"12"),), chunks=(b"3456", b"78")),
)
def excess_to_http_1_0_not_sent(exchange: HttpExchange) -> None:
    """Nothing is sent behind the Content-Length to a client of HTTP/1.0 either.

    That the connection ends there does not make its end the end of the content: the length is.
    """
    _expect_no_excess(exchange)


@check(
    "empty-write-at-content-length-accepted",
    requires=(pep3333.EMPTY_BLOCK_HARMLESS, pep3333.WRITE_AS_YIELDED),
    play=Play(headers=with_length(5), after=(writes(b"12345"), writes(b"")), shape="list", chunks=()),
    tempered="the PEP has an application yield empty blocks, and says nothing of writing them",
)
def empty_write_at_content_length_accepted(exchange: Exchange) -> None:
    """``write()`` of nothing is accepted when the Content-Length has been reached.

    No octet of it is past that point; the flush of a buffer at its end is such a call.
    """
    called_once(exchange)
    if not exchange.app.of("wrote"):
        inconclusive("write() did not take the content")
    raised = [seen.facts["error"]["message"] for seen in exchange.app.of("write-raised")]
    expect(not raised, "write(b'') at the Content-Length", want="no error", got="; ".join(raised))
    expect_content(exchange, b"12345")
