"""What a response leaves behind on its connection for the next one: nothing (PEP 3333, start_response())."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from ...authoring import (
    PLAIN_TEXT,
    HttpExchange,
    Observation,
    Octets,
    Play,
    Receive,
    Release,
    Send,
    called_once,
    calls_of,
    check,
    content,
    environ_of_call,
    expect,
    gate_passed,
    inapplicable,
    inconclusive,
    needs_finished,
    octets,
    perform,
    raises,
    starts,
    waits,
    writes,
)
from ...authoring.steps import in_turn
from ...authoring.turns import turns_taken
from ...spec import pep3333

LAST = "Connection: close"


@dataclass(frozen=True)
class Turn:
    """One request of a connection: what is sent, what is played, and what has to come of it.

    Those that are ``odd`` may be in the wrong themselves, which is the matter of other checks.
    """

    play: Play
    status: int = 200
    method: str = "GET"
    body: bytes = b""
    odd: bool = True

    @property
    def text(self) -> bytes:
        """The content that the client has to get."""
        blocks = [step.args[0] for step in self.play.after if step.op == "write"]
        return b"".join(block for block in (*blocks, *self.play.chunks) if isinstance(block, bytes))

    def request(self, number: int) -> bytes:
        """Return its octets."""
        fields = [f"Content-Length: {len(self.body)}"] if self.body else []
        fields += [f"X-Turn-{number}: of request {number}"]
        fields += [LAST] if number == len(TURNS) else []
        return octets(self.method, *fields, label=str(number), body=self.body)


def _sized(text: bytes, *, odd: bool) -> Turn:
    headers = (*PLAIN_TEXT, ("Content-Length", str(len(text))), *((("X-Odd", "odd"),) if odd else ()))
    return Turn(Play(headers=headers, chunks=(text,)), odd=odd)


def _streamed(*blocks: bytes) -> Turn:
    return Turn(Play(status="201 Next", chunks=blocks), 201, odd=False)


def _listed(*blocks: bytes) -> Turn:
    return Turn(Play(shape="iterable", chunks=blocks), odd=False)


def _reading(body: bytes) -> Turn:
    return Turn(Play(before=(content(body),), chunks=(b"read",)), 200, "POST", body, odd=False)


TURNS = (
    Turn(Play("202 Odd", headers=(("X-Odd", "odd"),), shape="list", chunks=()), 202, "HEAD"),
    _streamed(b"behind ", b"a HEAD"),
    Turn(Play("304 Not Modified", headers=(("X-Odd", "odd"),), chunks=()), 304),
    _streamed(b"behind a 304"),
    Turn(Play(after=(writes(b"written, "),), chunks=(b"yielded",))),
    _listed(b"behind what was written"),
    Turn(Play("204 No Content", headers=(("X-Odd", "odd"),), chunks=()), 204),
    _sized(b"behind a 204", odd=False),
    _sized(b"short", odd=True),
    _streamed(b"longer than what was ", b"before"),
    Turn(Play(after=(starts("503 Replaced", PLAIN_TEXT, exc="for once"),), chunks=(b"replaced",)), 503),
    _streamed(b"behind an error ", b"of the application"),
    Turn(Play(before=(perform("readline"),), chunks=(b"a line",)), 200, "POST", b"a line\nand another"),
    _reading(b"behind what was left\nof the content"),
    Turn(Play(status="404 Odd", headers=(("X-Odd", "odd"),), shape="list", chunks=()), 404),
    _listed(b"the last but two"),
    Turn(Play(headers=(("X-Odd", "odd"),), after=(raises("wsgicheck: one of many"),)), 500),
    _listed(b"the last one"),
)


def _turns() -> Octets:
    """Return the turns: the next request is sent when the last block before it has come."""
    then: list[Receive | Send] = []
    for number, (turn, following) in enumerate(itertools.pairwise(TURNS), 2):
        blocks = [block for block in turn.play.chunks if isinstance(block, bytes)]
        then += [Receive(b"HTTP/1."), Receive(b"\r\n\r\n")]
        if turn.text and blocks:
            then.append(Receive(blocks[-1]))
        then.append(Send(following.request(number)))
    return Octets(TURNS[0].request(1), tuple(turn.method for turn in TURNS), then=tuple(then))


IN_TURN = _turns()
ALL_PLAYS = in_turn(*(turn.play for turn in TURNS))


@check(
    "response-unmarked-by-previous-ones",
    requires=pep3333.START_RESPONSE_PER_INVOCATION,
    send=IN_TURN,
    play=ALL_PLAYS,
)
def response_unmarked_by_previous_ones(exchange: HttpExchange) -> None:
    """A response is the same behind a HEAD, a 204, a 304, a write() and an error as on a new connection.

    What a server notes for one response (no content, so many octets, chunked, begun) has to go with it: the
    next page of the same client would come without its content, or cut off.
    """
    needs_finished(exchange)
    for number, turn, _ in turns_taken(exchange, TURNS):
        if turn.status == 500:
            continue  # the page is the server's own
        response = exchange.responses[number - 1] if number <= len(exchange.responses) else None
        status = response.status if response else "none that can be read"
        got = response.content if response else b""
        if status == 0 or (response is None and exchange.surplus):
            inconclusive(f"behind response {number - 1} of the connection stands no status line")
        if turn.odd and (status != turn.status or got != turn.text):
            inconclusive(f"response {number} of the connection is wrong by itself: {status}")
        what = f"response {number} of the connection"
        expect(status == turn.status, f"status of {what}", want=turn.status, got=status)
        expect(got == turn.text, f"content of {what}", want=turn.text, got=got)
        stale = response.values("x-odd") if response and not turn.odd else ()
        expect(not stale, f"X-Odd in {what}", want="absent", got=", ".join(stale))


@check(
    "iterables-behind-others-closed",
    requires=(pep3333.CLOSE, pep3333.CLOSE_ONCE),
    send=IN_TURN,
    play=ALL_PLAYS,
)
def iterables_behind_others_closed(exchange: HttpExchange) -> None:
    """Each iterable of a kept connection is closed, once, and not the first one alone.

    Most requests are not the first of their connection.
    """
    for number, turn, call in turns_taken(exchange, TURNS):
        if number == 1 or turn.odd or not exchange.app.of("returned"):
            continue
        if not any(seen.call == call.call for seen in exchange.app.of("returned")):
            inconclusive(f"the application returned nothing to request {number} of the connection")
        closings = sum(seen.call == call.call for seen in exchange.app.of("closed"))
        expect(closings == 1, f"calls of close() for request {number} of a connection", want=1, got=closings)


@check(
    "iterables-on-kept-connection-closed",
    requires=(pep3333.CLOSE, pep3333.CLOSE_WHEN_CUT_SHORT),
    send=IN_TURN,
    play=ALL_PLAYS,
)
def iterables_on_kept_connection_closed(exchange: HttpExchange) -> None:
    """On a kept connection the iterable of a 204, a 304 or an error page is closed as any other.

    Where a connection ends, much is given back with it. One that is kept behind a 304, as those of browsers
    are all day, gives back what the server remembers to.
    """
    for number, turn, call in turns_taken(exchange, TURNS):
        if (
            not turn.odd
            or turn.play.shape == "list"
            or not any(seen.call == call.call for seen in exchange.app.of("returned"))
        ):
            continue
        closings = sum(seen.call == call.call for seen in exchange.app.of("closed"))
        what = f"calls of close() for a {turn.status}, request {number} of a connection"
        expect(closings > 0, what, want=1, got=closings)


@check(
    "environ-of-each-request-its-own",
    requires=(pep3333.ENVIRON_FRESH, pep3333.HTTP_VARIABLES_ABSENT),
    send=IN_TURN,
    play=ALL_PLAYS,
)
def environ_of_each_request_its_own(exchange: HttpExchange) -> None:
    """Method, lengths and fields are those of each request alone, be it the third or the tenth.

    A dictionary that is filled anew keeps what the new request does not have: of the one before last, of
    one with content, of one that failed.
    """
    for number, turn, call in turns_taken(exchange, TURNS):
        environ = environ_of_call(call)
        what = f"of request {number} of a connection"
        got = environ.get("REQUEST_METHOD")
        expect(got == turn.method, f"REQUEST_METHOD {what}", want=turn.method, got=got)
        length = str(len(turn.body)) if turn.body else ""
        got = environ.get("CONTENT_LENGTH")
        expect(got in (length, length or "0"), f"CONTENT_LENGTH {what}", want=length or "absent", got=got)
        found = sorted(key for key in environ.values if key.startswith("HTTP_X_TURN_"))
        foreign = [key for key in found if key != f"HTTP_X_TURN_{number}"]
        expect(not foreign, f"variables of other requests {what}", want="none", got=", ".join(foreign))


# ---- what is told, written and awaited in the second request ------------------------------------------


FIRST = Play(headers=(*PLAIN_TEXT, ("Content-Length", "9")))


def _behind(*then: Receive | Release, first: bytes = octets(), second: bytes | None = None) -> Octets:
    request = second or octets("GET", LAST, label="2")
    methods = (first.split(b" ")[0].decode(), request.split(b" ")[0].decode())
    return Octets(first, methods, then=(Receive(b"\r\n\r\nwsgicheck"), Send(request), *then))


def needs_second_call(exchange: HttpExchange) -> Observation:
    """Return the call for the second request; inapplicable where the connection was not kept for it."""
    called_once(exchange)
    calls = calls_of(exchange, "2")
    if not calls:
        inapplicable("the second request of the connection did not reach the application")
    return calls[0]


TOLD_FIRST = "wsgicheck-6e91d3 told in the first request"
TOLD_NEXT = "wsgicheck-6e91d4 told in the second request"


def _tells(text: str) -> Play:
    told = (perform("errors_write", text + "\n"), perform("errors_flush"))
    return Play(headers=FIRST.headers, before=told)


@check(
    "errors-text-of-next-request-recorded",
    requires=pep3333.ERRORS_RECORDED,
    send=_behind(),
    play=Play(headers=FIRST.headers, before=_tells(TOLD_FIRST).before, later=(_tells(TOLD_NEXT),)),
)
def errors_text_of_next_request_recorded(exchange: HttpExchange) -> None:
    """What is written to wsgi.errors in the second request of a connection is recorded as in the first.

    A stream that is closed with the first request, or belongs to it, is none for the others.
    """
    needs_second_call(exchange)
    for seen in exchange.app.of("reported"):
        error = seen.facts["error"]
        if error is not None and seen.label == "2":
            method = f"wsgi.errors.{seen.facts['method']}()"
            expect(False, f"{method} in the second request", want="no error", got=error["type"])
    if TOLD_FIRST not in exchange.server.output:
        inapplicable("what the first request wrote is not in the server's output")
    found = TOLD_NEXT in exchange.server.output
    expect(found, "the server's output", want=TOLD_NEXT, got="the text of the first request alone")


@check(
    "written-block-of-next-response-sent-at-once",
    requires=(pep3333.WRITE_IMMEDIATE, pep3333.HEADERS_AT_WRITE),
    send=_behind(Receive(b"\x01"), Release("go")),
    play=Play(
        headers=FIRST.headers, later=(Play(after=(writes(b"written\x01"), waits("go")), chunks=(b"end",)),)
    ),
)
def written_block_of_next_response_sent_at_once(exchange: HttpExchange) -> None:
    """What is written in the second response of a connection is on its way while the application goes on.

    A server that begins to collect where a connection is kept delays all responses but the first.
    """
    needs_second_call(exchange)
    if not exchange.app.of("wrote"):
        inconclusive("write() did not return")
    sent = gate_passed(exchange, "receive \x01")
    expect(sent, "the written block, while the application waits", want="received", got="held back")


@check(
    "exc-info-raises-in-next-response",
    requires=pep3333.EXC_INFO_RAISES,
    send=_behind(Receive(b"part"), Release("go")),
    play=Play(
        headers=FIRST.headers,
        later=(Play(chunks=(b"part", waits("go"), starts("500 Late", exc="wsgicheck: late"), b"rest")),),
    ),
)
def exc_info_raises_in_next_response(exchange: HttpExchange) -> None:
    """With exc_info, start_response() raises behind the first block of the second response, too.

    See ``exc-info-raises-after-block``.
    """
    needs_second_call(exchange)
    if not gate_passed(exchange, "receive part"):
        inconclusive("the client did not see the first block in time")
    if sum(seen.label == "2" for seen in exchange.app.of("starting")) < 2:
        inconclusive("the application did not get to its second start_response()")
    got = "an error" if exchange.app.of("start-raised") else "returned"
    expect(got == "an error", "start_response() with exc_info after output", want="an error", got=got)


CHUNKS = b"6\r\nchunks\r\n0\r\n\r\n"


@check(
    "content-length-of-previous-request-gone",
    requires=(pep3333.ENVIRON_FRESH, pep3333.CONTENT_LENGTH),
    send=_behind(
        first=octets("POST", "Content-Length: 9", "Content-Type: text/x-first", body=b"the first"),
        second=octets("POST", "Transfer-Encoding: chunked", LAST, label="2", body=CHUNKS),
    ),
    play=Play(headers=FIRST.headers, before=(content(),)),
)
def content_length_of_previous_request_gone(exchange: HttpExchange) -> None:
    """CONTENT_LENGTH and CONTENT_TYPE of a request in chunks are not those of the request before it.

    The application would wait for octets that nobody sends, or leave some of those that came.
    """
    environ = environ_of_call(needs_second_call(exchange))
    got = environ.get("CONTENT_LENGTH")
    expect(got != "9", "CONTENT_LENGTH of a request in chunks", want="6 or absent", got=got)
    kind = environ.get("CONTENT_TYPE")
    expect("x-first" not in kind, "CONTENT_TYPE of a request without Content-Type", want="absent", got=kind)


FAILS_THEN_SERVES = Play(
    before=(raises("wsgicheck: the first of a connection fails"),), later=(Play(shape="iterable"),)
)


@check(
    "iterable-closed-behind-failed-request",
    requires=pep3333.CLOSE,
    send=Octets(
        octets(),
        ("GET", "GET"),
        then=(Receive(b"\r\n\r\n"), Send(octets("GET", LAST, label="2"))),
    ),
    play=FAILS_THEN_SERVES,
)
def iterable_closed_behind_failed_request(exchange: HttpExchange) -> None:
    """Where a connection is kept behind an application that failed, the next iterable is closed as any other.

    The flag that something went wrong has to go with the request that it was about.
    """
    call = needs_second_call(exchange).call
    if not any(seen.call == call for seen in exchange.app.of("returned")):
        inconclusive("the application returned nothing to the second request")
    closings = sum(seen.call == call for seen in exchange.app.of("closed"))
    expect(closings == 1, "calls of close() for the second request", want=1, got=closings)
