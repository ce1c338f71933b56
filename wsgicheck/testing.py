"""For authors from outside: of tests, and of checks, servers and reporters of their own.

A distribution brings these along by entry points, in its ``pyproject.toml``::

    [project.entry-points."wsgicheck.checks"]
    mine = "my_package.checks"              # a module, a Check or a list of them

    [project.entry-points."wsgicheck.servers"]
    mine = "my_package.servers:PROFILE"     # a Profile or a list of them

    [project.entry-points."wsgicheck.reporters"]
    csv = "my_package.reporters:render"     # Report -> str; the name is what --report takes

A check is written with the words of ``wsgicheck.authoring``; :func:`prove` shows that it can fail.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Any, Union

from .engine.client import Answer, Client
from .engine.probed_server import ProbedServer
from .engine.running_server import RunningServer
from .engine.session import Order, check_server
from .errors import ServerTrouble, Trouble, UsageTrouble
from .model.check import Check
from .model.exchange import AppLog, Exchange, HttpExchange, Response, WireLog
from .model.law import Basis, Level, Requirement, Source
from .model.play import Play, Step
from .model.result import Report, Result, Severity, Verdict
from .model.stimulus import Octets, Request, Stimulus, Visit
from .reporters.words import headline
from .servers.profile import Profile

__all__ = [
    "Answer",
    "AppLog",
    "Basis",
    "Check",
    "Client",
    "ClientFactory",
    "Exchange",
    "ExchangeFactory",
    "HttpExchange",
    "Level",
    "Octets",
    "Play",
    "ProbedServer",
    "Profile",
    "Report",
    "Request",
    "Requirement",
    "Response",
    "Result",
    "RunningServer",
    "ServerFactory",
    "ServerTrouble",
    "Severity",
    "Source",
    "Step",
    "Stimulus",
    "Trouble",
    "UsageTrouble",
    "Verdict",
    "Visit",
    "WireLog",
    "prove",
    "run_checks",
]

REFERENCE = "reference"
Application = Union[str, Callable[..., Any]]
"""``module:callable``, or the callable itself where it stands at the top of a module."""


def run_checks(server: str, *checks: Check, profile: str = "standard", timeout: float = 5.0) -> Report:
    """Run some checks over a server, and return the report. Raises Trouble where it does not start."""
    return check_server(Order(server, checks, profile, timeout=timeout), lambda event: None)


def prove(check: Check, *, sinner: str, words: str, keeper: str = REFERENCE) -> None:
    """Show that a check can fail and can pass. Raises AssertionError, with what was found instead.

    It must fail on ``sinner`` (a server that breaks exactly this duty) with ``words`` in what it says,
    and pass on ``keeper``. A check that was never seen to fail proves nothing.
    """
    (broken,) = run_checks(sinner, check).results
    found = headline(broken)
    assert broken.verdict is Verdict.FAIL, (
        f"{check.id} does not fail on the sinner: {broken.verdict.value} {found}"
    )
    assert words in found, f"{check.id} fails in other words: {found}"
    (kept,) = run_checks(keeper, check).results
    assert kept.verdict is Verdict.PASS, f"{check.id} does not pass: {kept.verdict.value} {headline(kept)}"


class _Closing:
    """Keeps what it opened under a key, and closes all of it in the end."""

    def __init__(self) -> None:
        self._open: dict[Any, Any] = {}

    def _get(self, key: Any, make: Callable[[], Any]) -> Any:
        if key not in self._open:
            self._open[key] = make()
        return self._open[key]

    def close(self) -> None:
        """Close everything, the newest first."""
        while self._open:
            self._open.popitem()[1].close()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class ServerFactory(_Closing):
    """Starts servers; the same arguments give the same server. The fixture ``wsgicheck_server``."""

    def __enter__(self) -> ServerFactory:
        return self

    def __call__(
        self,
        server: str,
        application: Application,
        *,
        path: Sequence[str] = (),
        env: Mapping[str, str] | None = None,
        cwd: str | None = None,
    ) -> RunningServer:
        """Return the running server; see :class:`RunningServer` for the arguments and errors."""
        name, folders = _named(application)
        path = tuple(map(str, path)) or folders
        key = (server, name, path, tuple(sorted((env or {}).items())), str(cwd or os.getcwd()))
        running: RunningServer = self._get(
            key, lambda: RunningServer(server, name, path=path, env=env, cwd=str(cwd) if cwd else None)
        )
        return running


class ClientFactory:
    """Gives a client of a server. The fixture ``wsgicheck_client``."""

    def __call__(self, server: RunningServer, timeout: float = 5.0) -> Client:
        """Return a client; ``timeout`` bounds each of its calls, in seconds."""
        return Client(server.address, server.authority, timeout)


class ExchangeFactory(_Closing):
    """Conducts exchanges, each server started once. The fixture ``wsgicheck_exchange``."""

    def __enter__(self) -> ExchangeFactory:
        return self

    def __call__(
        self, server: str = REFERENCE, request: Stimulus | None = None, play: Play | None = None
    ) -> HttpExchange:
        """Have the play performed for the request (both plain by default), and return both logs."""
        probed: ProbedServer = self._get(server, lambda: ProbedServer(server))
        return probed.exchange(request, play)


def _named(application: Application) -> tuple[str, tuple[str, ...]]:
    """Return ``module:callable`` of an application, and the folder that its module is imported from."""
    if isinstance(application, str):
        return application, ()
    module, name = application.__module__, getattr(application, "__qualname__", "<unnamed>")
    file = getattr(sys.modules.get(module), "__file__", None)
    if not name.isidentifier() or module == "__main__" or file is None:
        raise UsageTrouble(
            f"the application {name!r} cannot be imported by a server", "put it at the top of a module"
        )
    parts = len(module.split(".")) + os.path.basename(file).startswith("__init__.")
    for _ in range(parts):
        file = os.path.dirname(file)
    return f"{module}:{name}", (file,)
