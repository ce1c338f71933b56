"""One session: a room, a server, a run, a report."""

from __future__ import annotations

import os
import platform
import shlex
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timezone

from .. import __version__
from ..model.check import Check
from ..model.exchange import HttpExchange
from ..model.law import Requirement
from ..model.result import Environment, Report, Result, ServerFacts
from ..servers.command import resolve
from .events import Listener, RoomKept, ServerReady
from .policy import judged_in, severity
from .room import Room
from .run import Judged, Run
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


def check_server(order: Order, listener: Listener) -> Report:
    """Start the server, run the checks, and return the report.

    Raises UsageTrouble for a command that cannot be obeyed and ServerTrouble for a server that does not
    start; one that is lost later makes the report incomplete. Nothing is left running in either case.
    """
    began, started = time.monotonic(), datetime.now(timezone.utc)
    name, command = resolve(order.server)
    checks = [check for check in order.checks if judged_in(check, order.profile)]
    room = Room()
    try:
        if order.keep_room:
            listener(RoomKept(str(room.path)))
        folder = order.folder or os.getcwd()
        subject = Subject(command, room, order.timeout, dict(os.environ), folder, order.host)
        try:
            seconds = subject.start()
            subject.prove_concurrency()
            listener(ServerReady(subject.command_line, seconds, subject.concurrency))
            judged, trouble = Run(checks, subject, listener).run()
            facts = ServerFacts(
                name=name,
                command=subject.command_line,
                template=command,
                option=f"--server {shlex.quote(order.server)}",
                concurrency=subject.concurrency,
                restarts=subject.restarts,
                output=subject.process.output[-OUTPUT_TAIL:],
            )
        finally:
            subject.stop()
    finally:
        room.close(keep=order.keep_room)
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
    times = [segment.at for segment in (*exchange.wire.sent, *exchange.wire.received)]
    times += [seen.at for seen in exchange.app.observations]
    return max(times) - min(times) if times else 0.0


def _requirements(checks: Iterable[Check]) -> tuple[Requirement, ...]:
    return tuple(dict.fromkeys(requirement for check in checks for requirement in check.requires))
