"""Requests at the same time: what the environ says of them, and that they are kept apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from ...authoring import (
    AwaitApp,
    Exchange,
    Observation,
    Play,
    Release,
    Request,
    Response,
    Several,
    check,
    expect,
    inapplicable,
    inconclusive,
    perform,
    starts,
    waits,
)
from ...spec import pep3333

BARRIER = Several(Request(then=(AwaitApp("waiting", 3, seconds=0.5), Release("go"))), times=3, at_once=True)
"""Three requests that wait for each other inside the application: those that a server lets in together."""
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


@check("multithread-true-with-threads", requires=pep3333.MULTITHREAD_TRUE, send=BARRIER, play=TOGETHER)
def multithread_true_with_threads(exchange: Exchange) -> None:
    """wsgi.multithread is true where two threads of one process are inside the application together.

    An application that believes the false one keeps its state without locks. Greenlets are no threads.
    """
    for pair in overlapping(exchange):
        one, other = pair
        same_process = one.call.pid == other.call.pid
        if same_process and one.facts.facts["os_thread"] != other.facts.facts["os_thread"]:
            flags = [stay.facts.facts["multithread"] for stay in pair]
            if None in flags:
                inconclusive("wsgi.multithread is missing")
            expect(all(flags), "wsgi.multithread with two threads in the application", want=True, got=False)


@check("multiprocess-true-with-processes", requires=pep3333.MULTIPROCESS_TRUE, send=BARRIER, play=TOGETHER)
def multiprocess_true_with_processes(exchange: Exchange) -> None:
    """wsgi.multiprocess is true where two processes are inside the application together.

    An application that believes the false one keeps sessions in its memory, and forgets them now and then.
    """
    for pair in overlapping(exchange):
        if pair[0].call.pid != pair[1].call.pid:
            flags = [stay.facts.facts["multiprocess"] for stay in pair]
            if None in flags:
                inconclusive("wsgi.multiprocess is missing")
            expect(all(flags), "wsgi.multiprocess with two processes at work", want=True, got=False)


@check("run-once-false-with-more-calls", requires=pep3333.RUN_ONCE, send=BARRIER, play=TOGETHER)
def run_once_false_with_more_calls(exchange: Exchange) -> None:
    """wsgi.run_once is false in a process that calls the application again and again.

    Applications that believe the true one do not cache anything, and are slow.
    """
    found = stays(exchange)
    for stay in found:
        calls = sum(other.call.pid == stay.call.pid for other in found)
        once = stay.facts.facts["run_once"]
        if once is None:
            inconclusive("wsgi.run_once is missing")
        expect(calls < 2 or not once, f"wsgi.run_once with {calls} calls in a process", want=False, got=once)


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
    for one, other in combinations(stays(exchange), 2):
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
    """Two requests that are served at one time have two environs, in which nothing changes.

    One that is shared, or kept in a global variable, gives a user the cookies of another.
    """
    for one, other in pairs(exchange):
        if one.call.pid == other.call.pid:
            same = one.facts.facts["environ_id"] == other.facts.facts["environ_id"]
            expect(not same, "environs of two requests at one time", want="two", got="one")
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
