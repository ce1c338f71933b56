"""Requests at the same time: that they are kept apart, and that the environ says the same to all of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations

from ...authoring import (
    PLAIN_TEXT,
    AwaitApp,
    Exchange,
    Observation,
    Play,
    Release,
    Request,
    Response,
    Several,
    calls_of,
    check,
    expect,
    expect_octets,
    inapplicable,
    inconclusive,
    perform,
    readings,
    starts,
    waits,
    writes,
)
from ...spec import pep3333

BARRIER = Several(
    Request(then=(AwaitApp("waiting", 3, seconds=0.5), Release("go"))), times=3, at_once=True, alone=True
)
"""Three requests that wait for each other inside the application: those that a server lets in together.

With nothing beside them, that would have threads of the server to itself.
"""
INSIDE = (perform("identify"), waits("go"), perform("identify"))


def _labelled(number: int) -> Play:
    """Start a response of one's own before the barrier, and end it behind."""
    headers = (("Content-Type", "text/plain"), ("X-Wsgicheck-Number", str(number)))
    return Play(
        before=(perform("identify"), starts(f"20{number} Number {number}", headers), *INSIDE[1:]),
        starts=False,
        chunks=(b"content of request %d" % number,),
    )


TOGETHER = Play(
    before=_labelled(1).before,
    starts=False,
    chunks=_labelled(1).chunks,
    later=(_labelled(2), _labelled(3)),
)


@dataclass(frozen=True)
class Stay:
    """One call of the application, from its barrier to its release."""

    call: Observation
    facts: Observation
    entered: float
    left: float

    @property
    def flags(self) -> tuple[object, object, object]:
        """The three flags, as they evaluate."""
        facts = self.facts.facts
        return facts["multithread"], facts["multiprocess"], facts["run_once"]


def stays(exchange: Exchange) -> list[Stay]:
    """Return the calls that came to the barrier."""
    found = []
    for call in exchange.app.of("called"):
        seen = [entry for entry in exchange.app.observations if entry.call == call.call]
        facts = [entry for entry in seen if entry.kind == "identified"]
        entered = [entry.at for entry in seen if entry.kind == "waiting"]
        left = [entry.at for entry in seen if entry.kind in ("released", "gate-timeout")]
        if facts and entered and left:
            found.append(Stay(call, facts[0], entered[0], left[0]))
    if not found:
        inconclusive("no call of the application came to the barrier")
    return found


def overlapping(exchange: Exchange) -> list[tuple[Stay, Stay]]:
    """Return the pairs of calls that were inside the application at one time."""
    return [
        (one, other)
        for one, other in combinations(stays(exchange), 2)
        if one.entered < other.left and other.entered < one.left
    ]


# ---- the flags --------------------------------------------------------------------------------------


@check(
    "concurrency-flags-steady",
    requires=(pep3333.MULTITHREAD_TRUE, pep3333.MULTIPROCESS_TRUE, pep3333.RUN_ONCE),
    send=BARRIER,
    play=TOGETHER,
)
def concurrency_flags_steady(exchange: Exchange) -> None:
    """wsgi.multithread, multiprocess and run_once are the same in all calls of one process.

    What may happen to an application does not depend on the request; one of two answers is wrong.
    """
    found = stays(exchange)
    if len({stay.call.pid for stay in found}) == len(found):
        inconclusive("no process called the application twice")
    for one, other in combinations(found, 2):
        if one.call.pid == other.call.pid:
            expect(one.flags == other.flags, "the three flags", want=one.flags, got=other.flags)


# ---- kept apart -------------------------------------------------------------------------------------


def pairs(exchange: Exchange) -> list[tuple[Stay, Stay]]:
    """Return the overlapping calls; inapplicable where the server serves one after the other."""
    found = overlapping(exchange)
    if not found:
        inapplicable("the server lets one request at a time into the application")
    return found


@check("environ-own-while-overlapping", requires=pep3333.ENVIRON_FRESH, send=BARRIER, play=TOGETHER)
def environ_own_while_overlapping(exchange: Exchange) -> None:
    """The environs of requests that are served at one time stay those of their requests.

    What is kept in a variable of the server gives a user the cookies of another. (Whether the very same
    dictionary is shared is asked by environ-not-shared-at-once.)
    """
    pairs(exchange)
    for seen in exchange.app.of("identified"):
        now = seen.facts["label_now"]
        expect(now == seen.label, "request that the environ is of", want=seen.label, got=now)
    labels = sorted(stay.call.label for stay in stays(exchange))
    expect(len(set(labels)) == len(labels), "requests that were seen", want="1, 2, 3", got=", ".join(labels))


@check(
    "start-response-own-while-overlapping",
    requires=pep3333.START_RESPONSE_PER_INVOCATION,
    send=BARRIER,
    play=TOGETHER,
)
def start_response_own_while_overlapping(exchange: Exchange) -> None:
    """Each of several requests that are served at one time gets its own status and headers.

    State of the response that is kept by the server and not by the request is mixed up under load.
    """
    pairs(exchange)
    for number, response in numbered(exchange):
        expect(response.status == 200 + number, f"status {number}", want=200 + number, got=response.status)
        got = ", ".join(response.values("x-wsgicheck-number"))
        expect(got == str(number), f"header of response {number}", want=number, got=got)


@check("content-own-while-overlapping", requires=pep3333.APP_CALLED_ONCE, send=BARRIER, play=TOGETHER)
def content_own_while_overlapping(exchange: Exchange) -> None:
    """Each of several requests that are served at one time gets its own content.

    A page that somebody else asked for is the worst that a server can send.
    """
    pairs(exchange)
    for number, response in numbered(exchange):
        want = b"content of request %d" % number
        expect(response.content == want, f"content of response {number}", want=want, got=response.content)


def numbered(exchange: Exchange) -> Iterator[tuple[int, Response]]:
    """Yield each response with the number of its request; inconclusive where one is missing."""
    if len(exchange.responses) != 3:
        inconclusive(f"{len(exchange.responses)} of 3 requests were answered")
    yield from enumerate(exchange.responses, 1)


# ---- what happens later is kept apart, too ----------------------------------------------------------------


@check(
    "close-own-while-overlapping",
    requires=pep3333.CLOSE_ON_RETURNED_OBJECT,
    send=BARRIER,
    play=Play(before=(perform("identify"),), chunks=(b"one, ", waits("go"), b"two")),
)
def close_own_while_overlapping(exchange: Exchange) -> None:
    """Each of several iterables that are served at one time is closed, and none of them in place of another.

    What a server keeps of "the" response under way is that of the latest under load, and the others leak.
    """
    pairs(exchange)
    for number in (1, 2, 3):
        for call in calls_of(exchange, str(number)):
            own = [seen for seen in exchange.app.observations if seen.call == call.call]
            if any(seen.kind == "returned" for seen in own):
                closings = sum(seen.kind == "closed" for seen in own)
                expect(closings > 0, f"calls of close() for request {number}", want=1, got=closings)


def _writing(number: int) -> Play:
    """Start and write before the barrier, and write behind it."""
    return Play(
        headers=PLAIN_TEXT,
        after=(perform("identify"), waits("go"), writes(b"(%d), " % number), writes(b"(%d) again" % number)),
        chunks=(),
    )


@check(
    "write-own-while-overlapping",
    requires=(pep3333.START_RESPONSE_PER_INVOCATION, pep3333.WRITE_AS_YIELDED),
    send=BARRIER,
    play=replace(_writing(1), later=(_writing(2), _writing(3))),
)
def write_own_while_overlapping(exchange: Exchange) -> None:
    """What each of several requests writes that are served at one time goes to its own client.

    A ``write()`` that leads to "the" response under way sends all of them to the latest.
    """
    pairs(exchange)
    for number, part in enumerate(exchange.parts, 1):
        got = part.response.content if part.response else b""
        foreign = any(b"(%d)" % other in got for other in (1, 2, 3) if other != number)
        want = b"(%d), (%d) again" % (number, number)
        expect(not foreign, f"content of response {number}", want=want, got=got)
    if exchange.app.of("write-raised"):
        inconclusive("write() raised")
    for number, response in numbered(exchange):
        want = b"(%d), (%d) again" % (number, number)
        expect(response.content == want, f"content of response {number}", want=want, got=response.content)


UPLOADED = b"".join(b"line %d of an upload\n" % number for number in range(9))


@check(
    "input-own-while-overlapping",
    requires=(pep3333.WSGI_INPUT, pep3333.ENVIRON_FRESH),
    send=replace(BARRIER, request=replace(BARRIER.request, method="POST", body=UPLOADED)),
    play=Play(
        before=(perform("identify"), perform("readline"), waits("go"), perform("readline"), perform("rest")),
    ),
)
def input_own_while_overlapping(exchange: Exchange) -> None:
    """Each of several requests that are served at one time reads its own content, whole and once.

    What readline() has read ahead is kept with the request, or the next one finds it.
    """
    pairs(exchange)
    for number in (1, 2, 3):
        found = readings(exchange, str(number))
        if len(found) < 3 or any(reading.error or not reading.kind for reading in found):
            inconclusive(f"request {number} did not read all of its content")
        got = b"".join(reading.octets for reading in found)
        expect_octets(f"content of request {number}", want=UPLOADED, got=got)
