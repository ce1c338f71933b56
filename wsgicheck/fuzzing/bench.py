"""Where cases are tried: one server under test, one connection at a time, both logs judged."""

from __future__ import annotations

import itertools
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..engine.room import Room
from ..engine.subject import Subject
from ..errors import ServerTrouble
from ..model.exchange import AppLog, HttpExchange, Observation
from ..model.fuzzed import Breach, Case
from ..model.play import Play
from ..model.stimulus import Octets
from ..transports.connection import Connection
from ..transports.request_writer import fill
from ..transports.response_reader import ResponseReader
from . import rules
from .oracle import judge
from .outcome import CLOSABLE, foresee
from .reader import read_connection
from .reading import Fate, Reading

CUT_SECONDS = 0.002
"""What lies between two segments, so that they arrive apart. No verdict rests on it."""
QUIET_SECONDS = 0.03
"""After so much silence the client says that it has finished, where the model cannot say that more comes."""
LAST_SECONDS = 0.5
"""How long a server is given to end a connection that its client has finished."""
PATIENCE = 4
"""How many times as long these two are where a breach is to be confirmed."""
SETTLE_SECONDS = 0.7
PATIENT_SETTLE_SECONDS = 2.0
"""How long the journal is given to show what the model wants of it; more where a breach is doubted."""
JOURNAL_OCTETS = 12 * 1024 * 1024
PLAYS_OCTETS = 256 * 1024 * 1024
"""A room whose journal, or whose plays, have grown so large is exchanged for a new one, with a new server."""
LOSSES_LIMIT = 60
"""How often a server may be lost before the campaign is given up."""
LOSSES_IN_A_ROW = 12


@dataclass(frozen=True)
class Trial:
    """What one delivery showed."""

    exchange: HttpExchange
    breaches: tuple[Breach, ...]
    lost: str | None = None
    """How the server was lost, or None."""

    def breach_of(self, rule: str) -> Breach | None:
        """Return the breach of a rule, if it was broken."""
        return next((breach for breach in self.breaches if breach.rule.id == rule), None)


class Bench:
    """A server for the length of a campaign. A context manager: it ends the server."""

    def __init__(self, command: str, timeout: float = 5.0) -> None:
        self._command = command
        self.timeout = timeout
        self.deliveries = 0
        self.losses = 0
        self._losses_in_a_row = 0
        self._begin()

    def _begin(self) -> None:
        self._room = Room()
        try:
            self._subject = Subject(self._command, self._room, self.timeout, dict(os.environ), os.getcwd())
            self.seconds = self._subject.start()
        except BaseException:
            self._room.close()
            raise

    def close(self) -> None:
        """End the server, and remove its scratch directory."""
        self._subject.stop()
        self._room.close()

    def __enter__(self) -> Bench:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def command_line(self) -> str:
        """The command as it was run."""
        return self._subject.command_line

    def try_case(self, case: Case, *, patient: bool = False) -> Trial:
        """Deliver a case and judge it. Raises ServerTrouble where the server is lost for good.

        ``patient``: give the journal more time, where a breach is doubted.
        """
        self._renew()
        self.deliveries += 1
        strangers = self._room.journal.count("", "called")
        exchange, readings = self._deliver(case, patient)
        settled, exchange = self._settle(
            case, exchange, readings, PATIENT_SETTLE_SECONDS if patient else SETTLE_SECONDS
        )
        strangers = self._room.journal.count("", "called") - strangers
        lost = self._lost(exchange, readings, settled)
        breaches = judge(case, readings, exchange, strangers)
        if lost is not None:
            breaches = (Breach(rules.SURVIVED, "the server was lost", "it goes on serving", lost), *breaches)
        return Trial(exchange, breaches, lost)

    def _renew(self) -> None:
        """Begin anew in time: neither journal nor plays nor memory grow without end."""
        if self._size_of("journal") > JOURNAL_OCTETS or self._size_of("plays") > PLAYS_OCTETS:
            self.close()
            self._begin()

    def _size_of(self, file: str) -> int:
        return (self._room.path / file).stat().st_size

    # ---- delivering ---------------------------------------------------------------------------------

    def _deliver(self, case: Case, patient: bool) -> tuple[HttpExchange, tuple[Reading, ...]]:
        target = self._subject.conductor.target
        ticket = self._room.put_play(_as_one(case.plays))
        octets = fill(case.octets, ticket, target.server.authority)
        readings = read_connection(octets, target.server.authority.encode("ascii"))
        methods = tuple(reading.method.decode("latin-1") for reading in readings) or ("GET",)
        certain = all(reading.fate is Fate.SERVED and reading.whole for reading in readings)
        connection = Connection(target.address, time.monotonic() + self.timeout)
        reader = ResponseReader(methods)
        for number, segment in enumerate(_segments(octets, case.cuts)):
            if number:
                time.sleep(CUT_SECONDS)
            connection.send(segment)
        _listen(connection, reader, certain, PATIENCE if patient else 1)
        wire = connection.close()
        if not reader.done:
            reader.finish(orderly=wire.ended == "eof")
        exchange = HttpExchange(
            request=Octets(case.octets, methods),
            target="",
            ticket=ticket,
            server=target.server,
            app=AppLog(),
            response=reader.responses[0] if reader.responses else None,
            responses=tuple(reader.responses),
            wire=wire,
            interim=tuple(reader.interim),
            surplus=reader.surplus,
        )
        return exchange, readings

    def _settle(
        self, case: Case, exchange: HttpExchange, readings: Sequence[Reading], seconds: float
    ) -> tuple[bool, HttpExchange]:
        """Wait until the journal has everything that the model wants, or a while; return what it has."""
        journal, ticket = self._room.journal, exchange.ticket
        wanted = _labels_to_come(case, readings, exchange)

        def done() -> bool:
            seen = journal.of(ticket)
            called = {entry.label or "1" for entry in seen if entry.kind == "called"}
            return wanted <= called and _have_ended(case, seen)

        ended = journal.wait(done, time.monotonic() + seconds)
        settled = ended or self._subject.healthy()
        return settled, replace(exchange, app=AppLog(journal.of(ticket), settled))

    def _lost(self, exchange: HttpExchange, readings: Sequence[Reading], settled: bool) -> str | None:
        """Return how the server was lost, having started it again; None while it serves."""
        vain = exchange.response is None and exchange.wire.ended != "eof"
        doubtful = not settled or self._subject.has_ended or vain
        if not doubtful or self._subject.healthy():
            self._losses_in_a_row = 0
            return None
        reason = self._subject.why_lost()
        self.losses += 1
        self._losses_in_a_row += 1
        if self.losses > LOSSES_LIMIT or self._losses_in_a_row > LOSSES_IN_A_ROW:
            raise ServerTrouble(f"the server was lost {self.losses} times; the last time {reason}")
        self._subject.restart()
        return reason


def _labels_to_come(case: Case, readings: Sequence[Reading], exchange: HttpExchange) -> set[str]:
    """Return the labels of the calls that the journal will show, sooner or later.

    What got just the status that the application gives, which no refusal is likely to have, and the first
    that got another or none, where it must be served.
    """
    labels: set[str] = set()
    for position, reading in enumerate(readings):
        answered = position < len(exchange.responses)
        play = _play_of(case, reading.label)
        if play is None or reading.label is None:
            continue
        likely = answered and exchange.responses[position].status == foresee(play).status
        if not answered and position:
            break  # the server may close behind any response
        if reading.fate is Fate.SERVED or likely:
            labels.add(reading.label)
        if not likely:
            break
    return labels


def _have_ended(case: Case, seen: Sequence[Observation]) -> bool:
    """Return whether every call has journalled all that is judged of it.

    A generator that is left early says nothing more: only ``close()`` is waited for, where it is noted.
    """
    kinds: dict[str, set[str]] = {}
    labels: dict[str, str] = {}
    for entry in seen:
        raised = entry.kind == "raised" and entry.facts.get("where") == "call"
        kinds.setdefault(entry.call, set()).add("ended" if raised else entry.kind)
        labels[entry.call] = entry.label
    for call, noted in kinds.items():
        play = _play_of(case, labels[call] or "1")
        closable = play is not None and play.shape in CLOSABLE
        if "ended" not in noted and ("closed" if closable else "returned") not in noted:
            return False
    return True


def _play_of(case: Case, label: str | None) -> Play | None:
    number = int(label) if label is not None and label.isdigit() else 0
    return case.plays[number - 1] if 0 < number <= len(case.plays) else None


def _as_one(plays: tuple[Play, ...]) -> Play:
    first, *later = plays or (Play(),)
    return replace(first, later=tuple(later))


def _segments(octets: bytes, cuts: Sequence[int]) -> list[bytes]:
    places = [0, *(cut for cut in cuts if 0 < cut < len(octets)), len(octets)]
    return [octets[start:end] for start, end in itertools.pairwise(places) if start < end]


def _listen(connection: Connection, reader: ResponseReader, certain: bool, patience: int) -> None:
    """Read what must come; then say that nothing more will be sent, and read to the end of the connection.

    Where the model cannot be ``certain`` that responses must come, silence is an answer.
    """
    while connection.ended == "open" and not reader.done:
        octets = connection.receive(None if certain else time.monotonic() + patience * QUIET_SECONDS)
        if octets:
            reader.feed(octets)
        elif connection.ended == "open":
            break
    if connection.ended != "open":
        return
    connection.finish_sending()
    limit = time.monotonic() + patience * LAST_SECONDS
    while connection.ended == "open" and time.monotonic() < limit:
        octets = connection.receive(limit)
        if octets:
            reader.feed(octets)
    connection.left_open = connection.ended == "open"
