"""A server with somebody's own application: started, spoken to, started again and ended."""

from __future__ import annotations

import os
import shlex
import sys
import time
from collections.abc import Mapping, Sequence

import psutil

from ..errors import ServerTrouble, UsageTrouble
from ..servers.command import fill_in, resolve, split
from ..servers.port import Port
from ..servers.process import ServerProcess
from ..transports.connection import Address, Connection
from .room import Room

HOST = "127.0.0.1"
START_SECONDS = 15.0
RETRY_SECONDS = 0.02


class RunningServer:
    """Any server, any application. ``application`` is ``module:callable``, importable on ``path``.

    ``server`` is a command line with placeholders, or a profile's name. ``path`` are folders to import
    from (the current one by default), ``env`` is added to the environment. Nothing of ours stands between
    the server and the application. Raises UsageTrouble for a command that cannot be obeyed, ServerTrouble
    for a server that does not start within ``seconds``.
    """

    def __init__(
        self,
        server: str,
        application: str,
        *,
        path: Sequence[str] = (),
        env: Mapping[str, str] | None = None,
        cwd: str | None = None,
        seconds: float = START_SECONDS,
    ) -> None:
        module, colon, callable = application.partition(":")
        if not (module and colon and callable):
            raise UsageTrouble(f"{application!r} names no application", "write module:callable")
        self.name, command = resolve(server)
        self._words, self._seconds = split(command), seconds
        self._cwd = cwd or os.getcwd()
        self._room = Room()
        self._port = Port(HOST) if "{port}" in command else None
        self._socket = str(self._room.path / "server.sock")
        folders = [*(path or [self._cwd]), *filter(None, [os.environ.get("PYTHONPATH")])]
        self._env = {**os.environ, **(env or {}), "PYTHONPATH": os.pathsep.join(folders)}
        self._env["PYTHONUNBUFFERED"] = "1"
        self._values = {
            "app": application,
            "module": module,
            "callable": callable,
            "app_file": self._file(module, folders),
            "host": HOST,
            "port": str(self._port.number if self._port else 0),
            "socket": self._socket,
            "room": str(self._room.path),
            "python": sys.executable,
        }
        self._earlier_log = ""
        try:
            self._process = self._start()
        except BaseException:
            self._put_away()
            raise

    @property
    def port(self) -> int | None:
        """The port on the loopback interface; None on a UNIX socket. A restart keeps it."""
        return self._port.number if self._port else None

    @property
    def address(self) -> Address:
        """Where to connect: (host, port), or the path of a UNIX socket."""
        return (HOST, self._port.number) if self._port else self._socket

    @property
    def authority(self) -> str:
        """What belongs into ``Host``."""
        return f"{HOST}:{self._port.number}" if self._port else "localhost"

    @property
    def url(self) -> str:
        """The root of the site, without a slash at its end."""
        return f"http://{self.authority}"

    @property
    def log(self) -> str:
        """What the server has written so far to its standard output and error, restarts included.

        A line may follow its response: :meth:`await_log` waits for one.
        """
        return self._earlier_log + self._process.output

    def await_log(self, words: str, seconds: float = 5.0) -> str:
        """Return the log as soon as it has these words. Raises TimeoutError where it never does."""
        deadline = time.monotonic() + seconds
        while words not in self.log:
            if time.monotonic() > deadline:
                raise TimeoutError(
                    f"the server did not write {words!r} within {seconds:g} s, but:\n{self.log}"
                )
            time.sleep(RETRY_SECONDS)
        return self.log

    def restart(self) -> None:
        """End the server and start it again, at the same address."""
        self._process.stop()
        self._earlier_log += self._process.output
        self._process = self._start()

    def close(self) -> None:
        """End the server with all its processes, and remove its scratch directory."""
        self._process.stop()
        self._put_away()

    def _put_away(self) -> None:
        if self._port is not None:
            self._port.release()
        self._room.close()

    def _file(self, module: str, folders: Sequence[str]) -> str:
        parts = module.split(".")
        for folder in folders:
            for name in (f"{parts[-1]}.py", os.path.join(parts[-1], "__init__.py")):
                file = os.path.join(folder, *parts[:-1], name)
                if os.path.exists(file):
                    return file
        return f"{module}.py"

    def _start(self) -> ServerProcess:
        argv = fill_in(self._words, self._values)
        process = ServerProcess(argv, self._env, self._cwd, str(self._room.path), memory=0)
        deadline = time.monotonic() + self._seconds
        while time.monotonic() < deadline:
            if process.ended.is_set() or (process.exited.is_set() and process.exit_status != 0):
                process.stop()
                raise ServerTrouble(
                    f"the server exited at once: {process.how_exited}",
                    "its last words are below; run the command by hand to see more: " + shlex.join(argv),
                    process.output,
                )
            if self._listens(process, deadline):
                return process
            time.sleep(RETRY_SECONDS)
        process.stop()
        raise ServerTrouble(
            f"the server does not listen on {self.authority} after {self._seconds:g} s",
            "put {host} and {port} where its address belongs: " + shlex.join(argv),
            process.output,
        )

    def _listens(self, process: ServerProcess, deadline: float) -> bool:
        """Return whether one of the server's own processes takes connections: an open port proves nothing."""
        connection = Connection(self.address, min(deadline, time.monotonic() + 1.0))
        if connection.ended == "refused":
            return False
        connection.close()
        return self._port is None or self._port.number in _ports_of(process)


def _ports_of(process: ServerProcess) -> set[int]:
    found: set[int] = set()
    try:
        tree = psutil.Process(process.keeper_pid).children(recursive=True)
    except psutil.Error:
        return found
    for member in tree:
        try:
            connections = member.net_connections("inet")
        except (psutil.Error, AttributeError):
            continue
        found.update(one.laddr.port for one in connections if one.status == psutil.CONN_LISTEN)
    return found
