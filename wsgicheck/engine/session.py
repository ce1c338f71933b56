"""One session: a room, a server, a run, a report."""

from __future__ import annotations

import contextlib
import os
import platform
import shlex
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timezone

from .. import __version__
from ..errors import UsageTrouble
from ..model.check import Check
from ..model.exchange import HttpExchange
from ..model.law import Requirement
from ..model.play import Play
from ..model.result import Environment, Report, Result, ServerFacts
from ..servers.certificate import Certificate, issue
from ..servers.command import expect_certificate, resolve
from ..servers.process import MEMORY_LIMIT
from ..transports.secure_socket import client_context
from .copies import Copies
from .events import Listener, RoomKept, ServerReady
from .garbage import collecting_rarely
from .judged import Judged
from .policy import judged_in, severity
from .room import Room
from .side_by_side import side_by_side
from .subject import HOST, Subject

OUTPUT_TAIL = 16 * 1024
"""Characters of the server's output that a report keeps."""


@dataclass(frozen=True)
class Order:
    """What is wanted of a session. ``timeout`` is the longest wait for any one thing, in seconds."""

    server: str
    checks: tuple[Check, ...]
    profile: str = "standard"
    strict: bool = False
    timeout: float = 5.0
    keep_room: bool = False
    host: str = HOST
    """The loopback address to listen on: 127.0.0.1 or ::1."""
    folder: str = ""
    """Where the server is started; "" for the current folder."""
    tls: bool = False
    """Speak TLS with the server, which gets a certificate of this run: so does a command with {tls_cert}."""
    tls_ca: str = ""
    """Speak TLS with a server that has its own certificate, believed by the authorities in this PEM file."""
    memory: int = MEMORY_LIMIT
    """Octets of memory that the server's processes may hold together before they are ended."""
    copies: int = 1
    """How many copies of the server share the exchanges; one where the room is kept."""


def check_server(order: Order, listener: Listener) -> Report:
    """Start the server, run the checks, and return the report.

    Raises UsageTrouble for a command that cannot be obeyed and ServerTrouble for a server that does not
    start; one that is lost later makes the report incomplete. Nothing is left running in either case.
    """
    began, started = time.monotonic(), datetime.now(timezone.utc)
    name, command = resolve(order.server, tls=order.tls and not order.tls_ca)
    checks = [check for check in order.checks if judged_in(check, order.profile)]
    samples = order.keep_room or any(_has_sample(check.play) for check in checks)
    with collecting_rarely(), contextlib.ExitStack() as rooms, contextlib.ExitStack() as servers:
        subjects: list[Subject] = []
        servers.callback(lambda: side_by_side([subject.end for subject in subjects]))
        for _ in range(1 if order.keep_room else order.copies):
            room = Room(subjects[0].room if subjects else None, samples)
            rooms.callback(room.close, keep=order.keep_room)
            subjects.append(_subject(order, command, room))
        subject, room = subjects[0], subjects[0].room
        if order.keep_room:
            listener(RoomKept(str(room.path)))
        seconds = subject.start()
        subject.prove_concurrency()
        listener(ServerReady(subject.command_line, seconds, subject.concurrency, len(subjects)))
        copies = Copies(checks, subjects, listener)
        judged, trouble = copies.run()
        facts = ServerFacts(
            name=name,
            command=subject.command_line,
            template=command,
            option=f"--server {shlex.quote(order.server)}",
            concurrency=subject.concurrency,
            copies=copies.running,
            restarts=sum(copy.restarts for copy in subjects),
            output=_outputs(subjects),
        )
    return Report(
        tool=f"wsgicheck {__version__}",
        profile=order.profile,
        strict=order.strict,
        server=facts,
        environment=Environment(platform.python_version(), platform.platform(), started.isoformat()),
        requirements=_requirements(checks),
        results=tuple(_result(entry, order.profile) for entry in judged),
        complete=trouble is None and len(judged) == len(checks),
        trouble=trouble,
        duration=time.monotonic() - began,
        room=str(room.path) if order.keep_room else "",
    )


def _has_sample(play: Play) -> bool:
    return play.application is not None or any(map(_has_sample, play.later))


def _subject(order: Order, command: str, room: Room) -> Subject:
    secured = order.tls or bool(order.tls_ca) or "{tls_cert}" in order.server
    certificate = _certificate(order, command, room) if secured else None
    folder = order.folder or os.getcwd()
    return Subject(
        command, room, order.timeout, dict(os.environ), folder, order.host, certificate, order.memory
    )


def _outputs(subjects: list[Subject]) -> str:
    """Return the last that each copy wrote."""
    written = [subject.process.output for subject in subjects if subject.has_started]
    return "".join(output[-OUTPUT_TAIL // len(written) :] for output in written)


def _certificate(order: Order, command: str, room: Room) -> Certificate:
    if not order.tls_ca:
        expect_certificate(command)
        return issue(room.path)
    try:
        client_context(order.tls_ca, any_name=True)
    except OSError as error:
        raise UsageTrouble(
            f"the authorities in {order.tls_ca!r} cannot be used: {error}",
            "--tls-ca takes a PEM file: the server's certificate, or that of its authority",
        ) from None
    return Certificate(order.tls_ca)


def _result(entry: Judged, profile: str) -> Result:
    finding = entry.finding
    return Result(
        check=entry.check,
        verdict=finding.verdict,
        severity=severity(entry.check, finding.verdict, profile),
        message=finding.message,
        want=finding.want,
        got=finding.got,
        evidence=entry.evidence,
        duration=_duration(entry.evidence[0]) if entry.evidence else 0.0,
        decision=entry.decision,
    )


def _duration(exchange: HttpExchange) -> float:
    each_way = (exchange.wire.sent, exchange.wire.received)
    times = [segment.at for way in each_way if way for segment in (way[0], way[-1])]
    times += [seen.at for seen in exchange.app.observations]
    return max(times) - min(times) if times else 0.0


def _requirements(checks: Iterable[Check]) -> tuple[Requirement, ...]:
    return tuple(dict.fromkeys(requirement for check in checks for requirement in check.requires))
