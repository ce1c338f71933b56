"""The server under test: started with our probe, proven to be ours, and started again when lost."""

from __future__ import annotations

import re
import shlex
import threading
import time
from dataclasses import replace

from ..errors import ServerTrouble
from ..model.exchange import HttpExchange
from ..model.stimulus import Carrier, Request
from ..servers.certificate import Certificate
from ..servers.command import fill_in, split
from ..servers.port import Port
from ..servers.process import MEMORY_LIMIT, ServerProcess
from ..transports.connection import Address
from ..transports.secure_socket import client_context
from . import concurrency
from .concurrency import Concurrency
from .conduct import Conductor, Delivery
from .hello import HELLO, HELLO_PLAY
from .launch import environment, prepare
from .room import Room
from .start_trouble import Arrival, exited_at_once, never_ours
from .target import Target

HOST = "127.0.0.1"
START_TIMEOUTS = 3
"""How many timeouts a server may take from its first connection until it has called our probe."""
START_SECONDS = 5.0
"""How long it may take at least until it listens: a short timeout is meant for answers, not for imports."""
STRANGER_SECONDS = 2.0
"""How long a port may answer without calling our probe before it is taken for somebody else's."""
ATTEMPT_SECONDS = 2.0
RETRY_SECONDS = 0.01
JOURNAL_SECONDS = 0.5
"""How far the journal may lag behind an answer: a busy machine reads it late."""
OUTPUT_PAUSE_SECONDS = 0.05
OUTPUT_SECONDS = 1.0
PORT_ATTEMPTS = 3
CALLS_LIMIT = 20
"""For one hello an application is called once; a proxy may try again a few times."""
EXIT_SECONDS = 0.5
_ADDRESS_IN_USE = re.compile("address already in use|EADDRINUSE", re.I)


class Subject:
    """One server under test for the length of a run.

    ``command`` has placeholders (see ``Launch.values``); ``timeout`` is the longest wait for one answer, in
    seconds. The server is started in ``cwd``, with ``env`` and little more, and speaks TLS where there is a
    ``certificate``. One whose processes hold more than ``memory`` octets is ended.
    """

    def __init__(
        self,
        command: str,
        room: Room,
        timeout: float,
        env: dict[str, str],
        cwd: str,
        host: str = HOST,
        certificate: Certificate | None = None,
        memory: int = MEMORY_LIMIT,
    ) -> None:
        self.host = host
        self._memory_limit = memory
        self._certificate = certificate
        self._tls = (
            client_context(certificate.authorities, any_name=not certificate.chain) if certificate else None
        )
        self.command = command
        self.words = split(command)
        self.room = room
        self.timeout = timeout
        self._env = env
        self._cwd = cwd
        self._port: Port | None = None
        self._process: ServerProcess | None = None
        self.conductor: Conductor
        self._is_daemon = False
        self._last_hello: HttpExchange | None = None
        self._waited_behind: set[str] = set()
        self._concurrency = Concurrency()
        self._is_over = False
        self._starting = threading.Lock()
        self.restarts = 0
        self._earlier_output = ""
        """What was written before the server was lost: a judge may look for a line of that time."""

    @property
    def process(self) -> ServerProcess:
        """The running process; raises ServerTrouble before the first start."""
        if self._process is None:
            raise ServerTrouble("the server was not started")
        return self._process

    @property
    def has_started(self) -> bool:
        """Whether the server was started at all."""
        return self._process is not None

    @property
    def command_line(self) -> str:
        """The command as it was run."""
        return shlex.join(self.process.argv)

    def start(self) -> float:
        """Start the server; return the seconds until our probe had answered.

        Raises ServerTrouble, in words for its user, where that does not come about. A port that somebody else
        took meanwhile is replaced.
        """
        began = time.monotonic()
        for attempt in range(1, PORT_ATTEMPTS + 1):
            try:
                self._start_on_a_free_port()
                break
            except ServerTrouble as trouble:
                output = self._process.output if self._process else ""
                self.stop()
                if attempt == PORT_ATTEMPTS or not _ADDRESS_IN_USE.search(output):
                    raise trouble from None
        return time.monotonic() - began

    def stop(self) -> None:
        """End the server's process tree and give its port back."""
        if self._process is not None:
            self._process.stop()
        if self._port is not None:
            self._port.release()

    def end(self) -> None:
        """Stop for good: a thread that does not know yet cannot start the server again."""
        with self._starting:
            self._is_over = True
        self.stop()

    def restart(self) -> None:
        """Start the server again after it was lost. Raises ServerTrouble where that fails."""
        self.restarts += 1
        self.stop()
        self._earlier_output += self.process.output
        self.start()

    @property
    def has_ended(self) -> bool:
        """Whether the server's process has ended; of one that made a daemon of itself: all its processes."""
        process = self.process
        return process.ended.is_set() or (process.exited.is_set() and not self._is_daemon)

    @property
    def has_swollen(self) -> bool:
        """Whether the server outgrew its memory, and was ended for it."""
        return self.process.swollen.is_set()

    @property
    def concurrency(self) -> int:
        """How many calls of the application were seen at once."""
        return self._concurrency.calls

    @property
    def at_once(self) -> int:
        """How many exchanges are conducted at once (see ``Concurrency``)."""
        return self._concurrency.exchanges

    @property
    def is_crowded(self) -> bool:
        """Whether exchanges that are conducted at once may have to wait for each other's calls."""
        return self.at_once > self.concurrency

    def hello(self) -> HttpExchange | None:
        """Exchange a plain hello with the server; None where it has ended."""
        process = self.process
        if process.ended.is_set() or (self.has_ended and process.exit_status != 0):
            return None
        exchange = self._last_hello = self.conductor.conduct(HELLO)
        if self.called(exchange) and process.exited.is_set():
            self._is_daemon = True  # its parent took its leave only now
        return exchange

    def healthy(self) -> bool:
        """Return whether the server still runs, and calls our probe."""
        exchange = self.hello()
        return exchange is not None and self.called(exchange)

    @property
    def has_deserted(self) -> bool:
        """Whether the server answers a hello without calling the application."""
        hello = self._last_hello
        return hello is not None and hello.response is not None and not self.called(hello)

    @property
    def calls_without_end(self) -> bool:
        """Whether the server calls the application again and again for one hello."""
        hello = self._last_hello
        return hello is not None and self.room.journal.count(hello.ticket, "called") > CALLS_LIMIT

    def why_lost(self) -> str:
        """Say in words how the server was lost."""
        hello = self._last_hello
        if hello is not None and hello.response is None and hello.wire.ended in ("refused", "reset", "eof"):
            self.process.exited.wait(EXIT_SECONDS)  # the word of its end may be on its way
        if self.has_ended:
            return self.process.how_exited
        if self.has_deserted:
            return "it answers, but no longer calls the application"
        if hello is not None and hello.wire.ended in ("eof", "reset"):
            return "it ends every connection without an answer"
        return f"it no longer answers within {self.timeout:g} s"

    def quiet_output(self) -> str:
        """Return what the server has written, once it has paused: a log line may follow its response."""
        deadline = time.monotonic() + OUTPUT_SECONDS
        output = self.process.output
        while time.monotonic() < deadline:
            time.sleep(OUTPUT_PAUSE_SECONDS)
            before, output = output, self.process.output
            if output == before:
                break
        return self._earlier_output + output

    # ---- starting -----------------------------------------------------------------------------------

    def _start_on_a_free_port(self) -> None:
        launch = prepare(self.command, self.host, self.room, self._certificate)
        self._port = launch.port
        argv = fill_in(self.words, launch.values)
        self._is_daemon, self._last_hello = False, None
        with self._starting:
            if self._is_over:
                raise ServerTrouble("the run is over")
            self._process = ServerProcess(
                argv, environment(self._env, self.room), self._cwd, str(self.room.path), self._memory_limit
            )
        target = Target(launch.address, launch.server, tls=self._tls)
        self.conductor = Conductor(self.room, target, self.timeout)
        self._wait_until_ours(launch.address)
        carriers = self._proven_carriers()
        target = replace(
            target, carriers=carriers, root_pid=self.process.keeper_pid, is_serial=self._concurrency.is_serial
        )
        self.conductor = Conductor(self.room, target, self.timeout)

    def _wait_until_ours(self, address: Address) -> None:
        """Return when a request of this run has called our probe: an open port alone proves nothing."""
        patience = START_TIMEOUTS * self.timeout
        deadline = time.monotonic() + max(patience, START_SECONDS)
        first_answer: float | None = None
        answered = connected = False
        hellos: list[HttpExchange] = []
        patient = Conductor(self.room, self.conductor.target, min(ATTEMPT_SECONDS, self.timeout))
        while time.monotonic() < deadline:
            if self.process.ended.is_set():
                raise exited_at_once(self.process.how_exited, self.command_line, self.quiet_output())
            exchange = patient.conduct(HELLO)
            hellos.append(exchange)
            if any(self.called(hello) for hello in hellos):
                self._is_daemon = self.process.exited.is_set()
                return
            if exchange.wire.ended != "refused" and not connected:
                connected = True
                deadline = min(deadline, time.monotonic() + patience)
            if exchange.wire.received:
                answered = True
                first_answer = first_answer or time.monotonic()
                if time.monotonic() - first_answer > min(STRANGER_SECONDS, patience):
                    break
            time.sleep(RETRY_SECONDS)
        seconds = patience if connected else max(patience, START_SECONDS)
        raise never_ours(
            Arrival(address, connected, answered, seconds, over_tls=self._certificate is not None),
            self.process.keeper_pid,
            self.quiet_output(),
        )

    def called(self, exchange: HttpExchange) -> bool:
        """Return whether the probe was called; an answer may be here before the journal has been read.

        An answer is waited behind once: what was not journalled then was not written before the answer.
        """
        journal = self.room.journal
        is_first = exchange.ticket not in self._waited_behind
        patience = JOURNAL_SECONDS if exchange.wire.received and is_first else 0.0
        self._waited_behind.add(exchange.ticket)
        return journal.wait(lambda: journal.count(exchange.ticket, "called") > 0, time.monotonic() + patience)

    # ---- what the server can do ---------------------------------------------------------------------

    def _proven_carriers(self) -> tuple[Carrier, ...]:
        """Return the ways by which a ticket reaches the application of this server."""
        proven = tuple(
            carrier
            for carrier in (Carrier.HEADER, Carrier.QUERY, Carrier.PATH)
            if self.called(self.conductor.conduct(Delivery(Request(carrier=carrier), HELLO_PLAY)))
        )
        if not proven:
            raise ServerTrouble(
                "the application was called, but neither header, query nor path of a request reached it",
                "without one of them no request can be told from another",
                self.process.output,
            )
        return proven

    def prove_concurrency(self) -> None:
        """See how many requests the server serves at once."""
        self._concurrency = concurrency.prove(self.conductor, self.called)
        self._tell_conductor()

    def take_as_proven(self, other: Subject) -> None:
        """Serve as many at once as another copy of this server has proved to."""
        self._concurrency = other._concurrency
        self._tell_conductor()

    def _tell_conductor(self) -> None:
        target = replace(self.conductor.target, is_serial=self._concurrency.is_serial)
        self.conductor = Conductor(self.room, target, self.timeout)
