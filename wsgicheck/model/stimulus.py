"""What the client does: the words of a request, its octets, or a visit of an ordinary client."""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace
from typing import Union


class Carrier(enum.Enum):
    """Where the ticket travels that pairs a request with its play."""

    ANY = "any"
    HEADER = "header"
    QUERY = "query"
    PATH = "path"


@dataclass(frozen=True)
class Send:
    """Send these octets."""

    octets: bytes


@dataclass(frozen=True)
class Receive:
    """Read until these octets have arrived (each ``Receive`` looks behind the previous one).

    ``final`` passes over the status lines of interim responses.
    ``seconds`` is the longest wait where that is shorter than half of the exchange's deadline.
    ``owed`` says that a lawful server sends these octets at once: one that let several such waits run out
    is given shorter ones, and where it fails for that, it is tried again with the whole wait.
    """

    octets: bytes
    seconds: float | None = None
    owed: bool = False
    final: bool = False


@dataclass(frozen=True)
class AwaitApp:
    """Wait until the application has journalled an observation of this kind, ``count`` times.

    ``seconds`` is the longest wait where that is shorter than half of the exchange's deadline.
    """

    kind: str
    count: int = 1
    seconds: float | None = None


@dataclass(frozen=True)
class Release:
    """Open a gate at which the application waits."""

    gate: str


@dataclass(frozen=True)
class HangUp:
    """Close the connection at once, as a browser does whose user goes away (a reset)."""


@dataclass(frozen=True)
class FinishSending:
    """Shut down the sending side of the connection (FIN), and read on.

    Over TLS a closure alert goes before it; without ``alert`` the close is an incomplete one (RFC 9112 9.8).
    """

    alert: bool = True


@dataclass(frozen=True)
class Pause:
    """Let a moment pass, so that what is sent before and behind it arrives apart. No verdict rests on it."""

    seconds: float = 0.02


@dataclass(frozen=True)
class Sip:
    """Read as a slow client does: ``octets`` at a time at most, ``times`` times, with a pause behind each.

    What follows is read as fast as it comes, through a wider window than that of the request.
    """

    octets: int
    times: int
    pause: float = 0.002


@dataclass(frozen=True)
class AwaitEnd:
    """Read on until the server has ended the connection, or shows that it does not mean to.

    For ``seconds``, or half of what is left of the deadline where that is less: shorter than the
    idle timeout of any server, lest that be taken for the end that was asked for. ``asking`` is a further
    request, sent where the end does not come soon: a server that answers it has kept the connection.
    """

    seconds: float = 1.0
    asking: bytes = b""


Action = Union[Send, Receive, Sip, AwaitApp, Release, HangUp, FinishSending, AwaitEnd, Pause]


@dataclass(frozen=True)
class Request:
    """A request in words that every gateway understands.

    ``target`` is the request target as it stands in the request line; ``headers`` are sent as given,
    after ``Host``. ``body`` None means no content; otherwise ``Content-Length`` is added unless given.
    ``then`` is what the client does after sending, before it reads to the end.
    """

    method: str = "GET"
    target: str = "/"
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None
    carrier: Carrier = Carrier.ANY
    then: tuple[Action, ...] = ()
    version: str = "HTTP/1.1"
    source: str | None = None
    """The address of ours to come from: another one of the loopback network is nobody's trusted proxy."""
    window: int | None = None
    """How many octets the client's receive buffer is to hold; the system's choice where it is None."""


@dataclass(frozen=True)
class Beside:
    """A connection of ours to a server that speaks TLS, made before the one on trial and ended behind it.

    It shakes hands, if it ``greets``, sends these octets, and then nothing more.
    """

    octets: bytes = b""
    greets: bool = False


@dataclass(frozen=True)
class Octets:
    """The octets of one or several requests, as they go over the wire.

    ``{ticket}``, ``{authority}`` and ``{scheme}`` are filled in; ``{ticket}-2`` and so on tell several
    requests of one connection apart. ``methods`` are those of the expected responses, in order, for their
    framing.
    """

    octets: bytes
    methods: tuple[str, ...] = ("GET",)
    then: tuple[Action, ...] = ()
    beside: Beside | None = None
    """Another connection that is open meanwhile, where the server speaks TLS."""


@dataclass(frozen=True)
class Visit:
    """What an ordinary client (``requests``) asks for: ``target`` is sent as it stands.

    A ``chunked`` body goes out by that transfer coding instead of by its length.
    """

    method: str = "GET"
    target: str = "/"
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None
    chunked: bool = False

    def by_client(self, number: int) -> Visit:
        """Return the visit with ``{client}`` filled in."""
        body = self.body and self.body.replace(b"{client}", b"%d" % number)
        return replace(self, target=self.target.replace("{client}", str(number)), body=body)


@dataclass(frozen=True)
class Session:
    """Visits of one ordinary client, one after another, over as few connections as the server lets it keep.

    It keeps cookies as browsers do, and follows redirects where it ``follows``: then a redirect and what it
    leads to are two responses. With several ``clients``, each does the same at the same time in a session of
    its own; ``{client}`` in a target or body is its number, from 1. ``HttpExchange.responses`` holds one
    client's responses behind the other's (one of status 0 where nothing came that it could read), and the
    journal tells the visits apart by the labels ``1``, ``2`` and so on, in the same order.
    """

    visits: tuple[Visit, ...]
    clients: int = 1
    follows: bool = False


@dataclass(frozen=True)
class Several:
    """The same request several times, each on a connection of its own.

    One after another, or all at once; the application's journal tells them apart by the labels
    ``1``, ``2`` and so on, and ``HttpExchange.responses`` holds the responses in that order (only
    those that came). ``seconds`` is the longest that each may take, where that is shorter than the timeout:
    then those behind three that were not answered in it are left out.
    ``alone``: with nothing beside it, as it wants every thread of the server.
    """

    request: Request
    times: int = 2
    at_once: bool = False
    seconds: float | None = None
    alone: bool = False


@dataclass(frozen=True)
class Segmented:
    """The same octets once for each of ``cuts``, each time on a connection of its own, one after the other.

    A cut is a regular expression: the octets (those of a later ``Send`` too) are cut wherever it matches,
    and each segment follows when the server has taken the one before, so that they arrive apart. The empty
    cut sends them in one piece. ``Exchange.parts`` holds what came of each, in this order, and of the first
    alone where that was not served; in the journal
    their labels begin with ``1``, ``2`` and so on (``{ticket}b`` marks a second request of a connection).
    """

    octets: Octets
    cuts: tuple[bytes, ...]


class Leaving(enum.Enum):
    """How the clients of a storm leave."""

    RESET = "reset"
    CLOSE = "close"
    HALF_CLOSE = "half-close"
    """They finish sending, listen for a moment, and close."""
    ANSWERED = "answered"
    """They send the rest of their requests, and read the answers to the end."""


@dataclass(frozen=True)
class Storm:
    """Many clients at once that each send ``octets``, and then leave, whether they were served or not.

    Each reads ``receive`` octets of its answer before. There is a first round of ``times`` clients, which
    fills pools and caches, and ``rounds`` more. Behind each round a plain request asks whether the server
    still serves; what its processes hold is counted behind the first and the last. ``Exchange.response`` is
    the answer to the last plain request, ``Exchange.aftermath`` tells the rest. The journal's labels are
    ``storm`` and ``plain``.

    With ``others`` the clients send ``octets`` and these in turn; the labels of those are ``2``, ``3`` and so
    on, for which a play may have something ``later``. Clients that are ``headlong`` come one by one, and
    leave before the server can have accepted their connection: octets and reset go out in one go.
    """

    octets: bytes = b""
    leaving: Leaving = Leaving.RESET
    receive: int = 0
    rest: bytes = b""
    times: int = 30
    rounds: int = 2
    others: tuple[bytes, ...] = ()
    headlong: bool = False
    seconds: float | None = None
    """The longest that clients wait for their answers, where that is shorter than the timeout."""

    def of_client(self, number: int) -> bytes:
        """Return what the client of this number (from 0) sends."""
        return (self.octets, *self.others)[number % (1 + len(self.others))]


Stimulus = Union[Request, Octets, Visit, Session, Several, Segmented, Storm]
