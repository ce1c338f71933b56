"""The evidence: what the application journalled, what went over the wire, and both as one exchange."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .stimulus import Octets, Stimulus

STILL_ARRIVING = "the response was still arriving at the deadline: a longer --timeout would tell"


@dataclass(frozen=True)
class Observation:
    """One line of the probe's journal. ``at`` is in seconds of the monotonic clock."""

    at: float
    kind: str
    facts: Mapping[str, Any]
    pid: int
    thread: int
    call: str
    """Names the invocation of the application: one process may serve one ticket several times."""
    label: str = ""
    """Which of several requests of one exchange: what follows the ticket's hyphen."""


@dataclass(frozen=True)
class AppLog:
    """All that the application saw and did in one exchange, in order.

    ``settled`` says that nothing more will come: only then does an absence mean anything.
    """

    observations: tuple[Observation, ...] = ()
    settled: bool = True

    def of(self, *kinds: str) -> tuple[Observation, ...]:
        """Return the observations of these kinds, in order."""
        return tuple(seen for seen in self.observations if seen.kind in kinds)

    @property
    def called(self) -> bool:
        """Whether the application was called at all."""
        return any(seen.kind == "called" for seen in self.observations)

    def before(self, at: float) -> AppLog:
        """Return the log up to a moment."""
        return AppLog(tuple(seen for seen in self.observations if seen.at < at), self.settled)


@dataclass(frozen=True)
class Response:
    """One response as it was read: text is the Latin-1 image of the octets.

    ``status`` is 0 and ``version`` empty where no status line can be read. ``headers`` are the field lines
    in order, names as written, values without the white space around them. ``content`` is free of the
    chunked coding, and as much as came; ``head`` is as it came, with its empty line. ``framing`` is how the
    end was found: ``none``, ``content-length``, ``chunked`` or ``close`` (RFC 9112 6.3). ``complete`` is
    False for a response that ended before its framing said so. ``faults`` name what in the octets is against
    the grammar.
    """

    version: str
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    content: bytes = b""
    framing: str = "none"
    complete: bool = True
    faults: tuple[str, ...] = ()
    head: bytes = b""

    def values(self, name: str) -> tuple[str, ...]:
        """Return the values of all field lines of this name (in any case), in order."""
        return tuple(value for key, value in self.headers if key.lower() == name.lower())


@dataclass(frozen=True)
class Segment:
    """Octets that went one way at one moment (seconds of the monotonic clock)."""

    at: float
    octets: bytes


@dataclass(frozen=True)
class WireLog:
    """All octets of one connection, and when they went: all times are seconds of the monotonic clock.

    ``ended``: ``eof`` (the server closed), ``reset``, ``open`` (still open when the client left),
    ``left`` (the client hung up by design), ``timeout``, ``limit`` (too many octets), ``refused``.
    """

    sent: tuple[Segment, ...] = ()
    received: tuple[Segment, ...] = ()
    ended: str = "refused"
    ended_at: float = 0.0
    epoch: float = 0.0
    """What the time of day (seconds since 1970, UTC) was when the monotonic clock read zero."""
    alerted: bool | None = None
    """Over TLS: whether the server's closure alert came (RFC 9112 9.8); None on a plain connection."""

    @property
    def span(self) -> tuple[float, float]:
        """From the first octet that was sent to the last that was seen; empty where none was sent."""
        if not self.sent:
            return (0.0, 0.0)
        last = max(self.ended_at, *(way[-1].at for way in (self.sent, self.received) if way))
        return (self.sent[0].at, last)

    @property
    def was_arriving(self) -> bool:
        """Whether the deadline came while octets did: in the last fifth of the time, too.

        Then the server is slow, or the machine busy; one that is stuck has been silent for longer.
        """
        if self.ended != "timeout" or not (self.sent and self.received):
            return False
        silence, whole = self.ended_at - self.received[-1].at, self.ended_at - self.sent[0].at
        return silence < whole / 5

    @property
    def octets_sent(self) -> bytes:
        """Everything that the client sent."""
        return b"".join(segment.octets for segment in self.sent)

    @property
    def octets_received(self) -> bytes:
        """Everything that the server sent."""
        return b"".join(segment.octets for segment in self.received)


@dataclass(frozen=True)
class Outcome:
    """How one of the client's actions went.

    ``action`` is its name, with what tells it apart: ``receive HTTP/1.``, ``release go``, ``await end``.
    ``done`` says whether it came about in its time; ``at`` is when it was over (monotonic clock).
    """

    action: str
    done: bool
    at: float


@dataclass(frozen=True)
class Census:
    """What the server's process tree holds at one moment: the sums over all of its processes."""

    processes: int
    threads: int
    descriptors: int


@dataclass(frozen=True)
class Aftermath:
    """What came of a storm of clients, and how it left the server.

    ``clients`` are those of the rounds between the two counts; ``silent`` are clients that got neither an
    answer nor an end although they waited for it. A count is None where it cannot be taken.
    """

    clients: int
    answered: int
    silent: int
    before: Census | None
    after: Census | None


@dataclass(frozen=True)
class Server:
    """What is known of the server: the words that an environ must agree with.

    ``output`` is what the server process has written so far (bounded); ``port`` is None on a UNIX socket.
    """

    host: str
    port: int | None
    authority: str
    output: str = field(default="", repr=False)
    scheme: str = "http"
    """``https`` where the server is spoken to over TLS."""


@dataclass(frozen=True)
class Exchange:
    """Both ends of one exchange, without the wire: all that a WSGI check may know."""

    request: Stimulus
    target: str
    """The request target that was sent, with the ticket where that travels in it."""
    ticket: str
    server: Server
    app: AppLog
    response: Response | None
    outcomes: tuple[Outcome, ...] = ()
    responses: tuple[Response, ...] = ()
    """All final responses in order, where several requests were sent; ``response`` is the first."""
    ended: str = ""
    """How the connection ended (see ``WireLog.ended``), which tells a server that never answers."""
    parts: tuple[Exchange, ...] = ()
    """What came over each connection, in order, where a stimulus takes several; without application logs."""
    aftermath: Aftermath | None = None
    """What a storm left behind."""


@dataclass(frozen=True)
class HttpExchange(Exchange):
    """An exchange with its octets: interim responses apart, ``surplus`` behind the last one."""

    wire: WireLog = WireLog()
    interim: tuple[Response, ...] = ()
    surplus: bytes = b""
    owing: int = 0
    """How many owed octets the client waited for in vain (see ``Receive``)."""
    hasty: bool = False
    """Whether it did so with a shortened wait: a fail is not to be believed before it was tried again."""
    cut_short: bool = False
    """Whether it waited in vain, and its time was shortened: no fail is believed before it had all of it."""

    @property
    def is_unfinished(self) -> bool:
        """Whether the deadline came in the midst of what was still arriving: the judge hears no fail then.

        That may be within a response, or behind one whose successor on the connection had not begun.
        """
        expected = len(self.request.methods) if isinstance(self.request, Octets) else 1
        whole = len(self.responses) >= expected and all(response.complete for response in self.responses)
        return self.wire.was_arriving and not whole

    def without_wire(self) -> Exchange:
        """Return what a WSGI check may see."""
        return Exchange(
            self.request,
            self.target,
            self.ticket,
            self.server,
            self.app,
            self.response,
            self.outcomes,
            self.responses,
            self.wire.ended,
            self.parts,
            self.aftermath,
        )
