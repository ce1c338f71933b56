"""Clients that come in numbers, take their time, and leave without a goodbye (RFC 9112 8, 9.5, 9.6).

Each exchange is a storm: thirty clients at once (seven that download), three times or four, each round
followed by a plain request.
Whatever became of the clients, the server has to serve that. What its processes hold is counted behind the
first round, which may fill pools and caches, and behind the last: what has grown with the number of clients
by then is never given back.
"""

from __future__ import annotations

from ...authoring import (
    PLAIN_TEXT,
    Exchange,
    Leaving,
    Play,
    Repeated,
    Storm,
    check,
    content,
    expect,
    expect_served,
    expect_tidy,
    inconclusive,
    needs_service,
)
from ...spec import pep3333, rfc9110, rfc9112

HEAD = b"Host: {authority}\r\nX-Wsgicheck-Ticket: {ticket}\r\nConnection: close\r\n"
PART_OF_HEAD = b"GET /?storm HTTP/1.1\r\nHost: {authority}\r\nX-Half: a fie"
GET = b"GET /?storm HTTP/1.1\r\n" + HEAD + b"\r\n"
POST = b"POST /?storm HTTP/1.1\r\n" + HEAD + b"Content-Length: 10\r\n\r\n"
PART_OF_BODY = POST + b"01234"

WORD = b"wsgicheck"
BLOCK = b"%07d\n" % 1 * 8192
SHORT = Play(
    headers=(*PLAIN_TEXT, ("Content-Length", "9")), before=(content(),), chunks=(WORD,), shape="list"
)
"""An application that reads what it is sent, and answers in a word."""
LONG = Play(chunks=(Repeated(BLOCK[:8], 8 * 8192),) * 8)
"""Four megabytes in a few blocks: more than the operating system takes for a client that does not read."""

IDLE = Storm(leaving=Leaving.CLOSE)
RESET_AT_ONCE = Storm()
SLOW_HEAD = Storm(PART_OF_HEAD, Leaving.CLOSE)
RESET_IN_HEAD = Storm(PART_OF_HEAD)
HALF_CLOSED_IN_HEAD = Storm(PART_OF_HEAD, Leaving.HALF_CLOSE)
SLOW_BODY = Storm(PART_OF_BODY, Leaving.CLOSE)
RESET_IN_BODY = Storm(PART_OF_BODY)
HALF_CLOSED_IN_BODY = Storm(PART_OF_BODY, Leaving.HALF_CLOSE)
RESET_BEFORE_RESPONSE = Storm(GET)
RESET_IN_RESPONSE = Storm(GET, receive=2000, times=7, rounds=3)
LATE_HEADS = Storm(GET[:30], Leaving.ANSWERED, rest=GET[30:])
LATE_BODIES = Storm(PART_OF_BODY, Leaving.ANSWERED, rest=b"56789")

SERVES = pep3333.APP_CALLED_ONCE
"""Whoever invokes the application for each request does so for the one behind a storm as well."""
TIDIES = rfc9112.CLOSURE_MONITORED


def expect_all_answered(exchange: Exchange) -> None:
    """Expect that no client which sent a whole request was left without an answer or an end."""
    needs_service(exchange)
    found = exchange.aftermath
    if found is None or not found.answered:
        inconclusive("no client of the storm was answered")
    words = "clients with a whole request that were left waiting"
    expect(not found.silent, words, want=0, got=found.silent)


# ---- idle connections -------------------------------------------------------------------------------


@check("idle-connections-survived", requires=SERVES, send=IDLE, play=SHORT)
def idle_connections_survived(exchange: Exchange) -> None:
    """Connections on which nothing was ever sent do not keep the server from serving.

    Browsers open them in advance, and scanners by the thousand.
    """
    expect_served(exchange)


@check("idle-connections-leave-nothing-behind", requires=TIDIES, send=IDLE, play=SHORT)
def idle_connections_leave_nothing_behind(exchange: Exchange) -> None:
    """Connections on which nothing was ever sent leave nothing behind that grows with their number.

    Each one that is not let go brings the server nearer to its limit of open files.
    """
    expect_tidy(exchange)


@check("resets-before-request-survived", requires=SERVES, send=RESET_AT_ONCE, play=SHORT)
def resets_before_request_survived(exchange: Exchange) -> None:
    """Connections that are reset before a request do not keep the server from serving.

    Port scans and health checks do that; an error of accept() or getpeername() ends a careless loop.
    """
    expect_served(exchange)


@check("resets-before-request-leave-nothing-behind", requires=TIDIES, send=RESET_AT_ONCE, play=SHORT)
def resets_before_request_leave_nothing_behind(exchange: Exchange) -> None:
    """Connections that are reset before a request leave nothing behind that grows with their number.

    A descriptor a health check is a thousand an hour.
    """
    expect_tidy(exchange)


# ---- in the head ------------------------------------------------------------------------------------


@check("abandoned-heads-survived", requires=SERVES, send=SLOW_HEAD, play=SHORT)
def abandoned_heads_survived(exchange: Exchange) -> None:
    """Clients that leave in the middle of a head do not keep the server from serving.

    A worker that goes on waiting for the rest of it serves nobody any more.
    """
    expect_served(exchange)


@check("abandoned-heads-leave-nothing-behind", requires=TIDIES, send=SLOW_HEAD, play=SHORT)
def abandoned_heads_leave_nothing_behind(exchange: Exchange) -> None:
    """Clients that leave in the middle of a head leave nothing behind that grows with their number.

    What was kept for the rest of the head is kept for ever.
    """
    expect_tidy(exchange)


@check("resets-in-head-survived", requires=SERVES, send=RESET_IN_HEAD, play=SHORT)
def resets_in_head_survived(exchange: Exchange) -> None:
    """Connections that are reset in the middle of a head do not keep the server from serving.

    An error of recv() that nobody expects ends the worker, or the server.
    """
    expect_served(exchange)


@check("resets-in-head-leave-nothing-behind", requires=TIDIES, send=RESET_IN_HEAD, play=SHORT)
def resets_in_head_leave_nothing_behind(exchange: Exchange) -> None:
    """Connections that are reset in the middle of a head leave nothing behind that grows with their number.

    An error's way out of the server goes past the close().
    """
    expect_tidy(exchange)


@check("half-closed-heads-survived", requires=SERVES, send=HALF_CLOSED_IN_HEAD, play=SHORT)
def half_closed_heads_survived(exchange: Exchange) -> None:
    """Clients that finish sending in the middle of a head do not keep the server from serving.

    recv() returns nothing from then on: a loop that waits for the rest never ends, and takes all time.
    """
    expect_served(exchange)


@check("half-closed-heads-leave-nothing-behind", requires=TIDIES, send=HALF_CLOSED_IN_HEAD, play=SHORT)
def half_closed_heads_leave_nothing_behind(exchange: Exchange) -> None:
    """Clients that finish sending in the middle of a head leave nothing behind that grows with their number.

    A connection half of which is closed is no connection to wait for.
    """
    expect_tidy(exchange)


# ---- in the content ---------------------------------------------------------------------------------


@check("abandoned-bodies-survived", requires=SERVES, send=SLOW_BODY, play=SHORT)
def abandoned_bodies_survived(exchange: Exchange) -> None:
    """Clients that leave in the middle of the content do not keep the server from serving.

    An upload that was broken off keeps its worker for good.
    """
    expect_served(exchange)


@check("abandoned-bodies-leave-nothing-behind", requires=TIDIES, send=SLOW_BODY, play=SHORT)
def abandoned_bodies_leave_nothing_behind(exchange: Exchange) -> None:
    """Clients that leave in the middle of the content leave nothing behind that grows with their number.

    The application's request never ends, and what it holds stays open.
    """
    expect_tidy(exchange)


@check("resets-in-body-survived", requires=SERVES, send=RESET_IN_BODY, play=SHORT)
def resets_in_body_survived(exchange: Exchange) -> None:
    """Connections that are reset in the middle of the content do not keep the server from serving.

    The error comes up within wsgi.input, in the application's hands, and must not end more than the request.
    """
    expect_served(exchange)


@check("resets-in-body-leave-nothing-behind", requires=TIDIES, send=RESET_IN_BODY, play=SHORT)
def resets_in_body_leave_nothing_behind(exchange: Exchange) -> None:
    """Connections that are reset in the middle of the content leave nothing behind that grows with their
    number.

    What the request held is not given back behind an error.
    """
    expect_tidy(exchange)


@check("half-closed-bodies-survived", requires=SERVES, send=HALF_CLOSED_IN_BODY, play=SHORT)
def half_closed_bodies_survived(exchange: Exchange) -> None:
    """Clients that finish sending in the middle of the content do not keep the server from serving.

    The content will never come to its end; a read that waits for it never returns.
    """
    expect_served(exchange)


@check("half-closed-bodies-leave-nothing-behind", requires=TIDIES, send=HALF_CLOSED_IN_BODY, play=SHORT)
def half_closed_bodies_leave_nothing_behind(exchange: Exchange) -> None:
    """Clients that finish sending in the middle of the content leave nothing behind that grows with their
    number.

    A connection half of which is closed is no connection to wait for.
    """
    expect_tidy(exchange)


# ---- in the response --------------------------------------------------------------------------------


@check("resets-before-response-survived", requires=SERVES, send=RESET_BEFORE_RESPONSE, play=SHORT)
def resets_before_response_survived(exchange: Exchange) -> None:
    """Clients that reset the connection before they are answered do not keep the server from serving.

    A user who clicks twice does that; the first write of the response raises.
    """
    expect_served(exchange)


@check("resets-before-response-leave-nothing-behind", requires=TIDIES, send=RESET_BEFORE_RESPONSE, play=SHORT)
def resets_before_response_leave_nothing_behind(exchange: Exchange) -> None:
    """Clients that reset the connection before they are answered leave nothing behind that grows with
    their number.

    The response that could not be sent is kept with all that belongs to it.
    """
    expect_tidy(exchange)


@check("resets-in-response-survived", requires=SERVES, send=RESET_IN_RESPONSE, play=LONG)
def resets_in_response_survived(exchange: Exchange) -> None:
    """Clients that reset the connection in the middle of a response do not keep the server from serving.

    A download that was broken off must not end more than itself.
    """
    expect_served(exchange, BLOCK)


@check("resets-in-response-leave-nothing-behind", requires=TIDIES, send=RESET_IN_RESPONSE, play=LONG)
def resets_in_response_leave_nothing_behind(exchange: Exchange) -> None:
    """Clients that reset the connection in the middle of a response leave nothing behind that grows with
    their number.

    The iterable, its file and the connection stay open.
    """
    expect_tidy(exchange, BLOCK)


# ---- more than there are workers --------------------------------------------------------------------


@check("late-heads-all-answered", requires=rfc9110.ONE_FINAL_RESPONSE, send=LATE_HEADS, play=SHORT)
def late_heads_all_answered(exchange: Exchange) -> None:
    """Thirty requests whose heads come to their end later are all answered, whatever the number of workers.

    More connections than workers is what every busy hour brings; one that is forgotten waits for ever.
    """
    expect_all_answered(exchange)


@check("late-heads-leave-nothing-behind", requires=TIDIES, send=LATE_HEADS, play=SHORT)
def late_heads_leave_nothing_behind(exchange: Exchange) -> None:
    """Requests whose heads come to their end later leave nothing behind that grows with their number.

    What grows with each busy hour ends the server on a busy day.
    """
    expect_tidy(exchange)


@check("late-bodies-all-answered", requires=rfc9110.ONE_FINAL_RESPONSE, send=LATE_BODIES, play=SHORT)
def late_bodies_all_answered(exchange: Exchange) -> None:
    """Thirty requests whose content comes to its end later are all answered, whatever the number of workers.

    Uploads over slow lines come in numbers; one that is forgotten waits for ever.
    """
    expect_all_answered(exchange)


@check("late-bodies-leave-nothing-behind", requires=TIDIES, send=LATE_BODIES, play=SHORT)
def late_bodies_leave_nothing_behind(exchange: Exchange) -> None:
    """Requests whose content comes to its end later leave nothing behind that grows with their number.

    What grows with each upload ends the server on a busy day.
    """
    expect_tidy(exchange)


# ---- large content ----------------------------------------------------------------------------------

LARGE_BODIES = Storm(
    POST.replace(b"Content-Length: 10", b"Content-Length: 2000000") + b"x" * 100_000, Leaving.CLOSE
)
"""A tenth of what was announced: what is too large for the memory is put into a file at once, or later."""


@check("abandoned-large-bodies-survived", requires=SERVES, send=LARGE_BODIES, play=SHORT)
def abandoned_large_bodies_survived(exchange: Exchange) -> None:
    """Clients that leave in the middle of large content do not keep the server from serving.

    Uploads break off every day.
    """
    expect_served(exchange)


@check("abandoned-large-bodies-leave-nothing-behind", requires=TIDIES, send=LARGE_BODIES, play=SHORT)
def abandoned_large_bodies_leave_nothing_behind(exchange: Exchange) -> None:
    """Clients that leave in the middle of large content leave nothing behind that grows with their number.

    Large content is put into a temporary file, which has to be closed where the request never comes to its
    end, too.
    """
    expect_tidy(exchange)
