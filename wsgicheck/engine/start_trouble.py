"""What is said of a server that was started, and is not ours to ask."""

from __future__ import annotations

from dataclasses import dataclass

import psutil

from ..errors import ServerTrouble
from ..transports.connection import Address


@dataclass(frozen=True)
class Arrival:
    """What came of the attempts to reach the application: ``seconds`` were allowed for them."""

    address: Address
    connected: bool
    answered: bool
    seconds: float
    over_tls: bool = False

    @property
    def place(self) -> str:
        """The address in words."""
        return self.address if isinstance(self.address, str) else f"{self.address[0]}:{self.address[1]}"


def exited_at_once(how: str, command_line: str, output: str) -> ServerTrouble:
    """Return the trouble with a server whose process has ended before it answered."""
    return ServerTrouble(
        f"the server exited at once: {how}",
        f"its last words are below; run the command by hand to see more: {command_line}",
        output,
    )


def never_ours(arrival: Arrival, root_pid: int, output: str) -> ServerTrouble:
    """Return the trouble with a server that runs, but never called the application of this run.

    ``root_pid`` is the root of its process tree, among whose sockets a wrong address is looked for.
    """
    if arrival.answered:
        return ServerTrouble(
            f"something answers on {arrival.place}, but it did not call the application of this run",
            "does the command serve {app}? Its output below may tell why the import failed",
            output,
        )
    elsewhere = [] if arrival.connected else _listening(root_pid)
    if elsewhere:
        return ServerTrouble(
            f"the server listens on {', '.join(elsewhere)}, not on {arrival.place}",
            "put {host} and {port} where its address belongs, and check that no configuration overrides it",
            output,
        )
    if arrival.over_tls and arrival.connected:
        return ServerTrouble(
            f"no request came through to {arrival.place} over TLS",
            "does the server speak TLS there, with the certificate that it was given? Its output follows",
            output,
        )
    return ServerTrouble(
        f"the server never answered on {arrival.place} within {arrival.seconds:g} s",
        "it runs, but no request came through; its output is below",
        output,
    )


def _listening(root_pid: int) -> list[str]:
    """Return the addresses on which the processes below ``root_pid`` listen."""
    found: set[str] = set()
    try:
        tree = psutil.Process(root_pid).children(recursive=True)
    except psutil.Error:
        tree = []
    for process in tree:
        try:
            connections = process.net_connections("inet")
        except (psutil.Error, AttributeError):
            continue
        found.update(
            f"{connection.laddr.ip}:{connection.laddr.port}"
            for connection in connections
            if connection.status == psutil.CONN_LISTEN
        )
    return sorted(found)
