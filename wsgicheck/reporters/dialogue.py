"""The client's part of an exchange, for a machine that has Python and nothing else."""

from __future__ import annotations

from ..model.stimulus import (
    Action,
    AwaitApp,
    AwaitEnd,
    FinishSending,
    HangUp,
    Pause,
    Receive,
    Release,
    Send,
    Sip,
)

LINE = (
    "import select, socket, sys; s = {connected}; s.sendall(sys.stdin.buffer.read()); "
    "sys.stdout.buffer.writelines("
    'iter(lambda: select.select([s], [], [], {seconds})[0] and s.recv(65536) or b"", b""))'
)
"""Sends standard input, and prints what comes until the server ends the connection or pauses."""
SECONDS = 3

SCRIPT = '''\
"""The client: {what}."""

import glob
import os
import select
import socket
import struct
import sys
import threading
import time

NAME = {name!r}
REQUESTS = {requests!r}
"""The files with the octets, each sent on a connection of its own."""


def say(words):
    """Tell what the client does, in one piece."""
    sys.stderr.flush()
    sys.stdout.buffer.write(("\\n[client] " + words + "\\n").encode())
    sys.stdout.buffer.flush()


class Client:
    """One connection."""

    def __init__(self, file):
        self.socket = {connected}
        self.received = b""
        self.looked = 0
        self.open = True
        with open(file, "rb") as octets:
            self.send(octets.read())

    def send(self, octets):
        try:
            self.socket.sendall(octets)
        except OSError as error:
            say("could not send: %r" % error)

    def sip(self, octets, times, pause):
        """Read a little at a time, as a slow client does."""
        for _ in range(times):
            self.take(2.5, octets)
            time.sleep(pause)

    def take(self, seconds, most=65536):
        """Take what comes next; False where nothing more does."""
        if not self.open or not select.select([self.socket], [], [], max(0, seconds))[0]:
            return False
        try:
            octets = self.socket.recv(most)
        except OSError as error:
            octets = b""
            say("the connection was reset: %r" % error)
        self.open = bool(octets)
        self.received += octets
        sys.stdout.buffer.write(octets)
        sys.stdout.buffer.flush()
        return self.open

    def receive(self, octets, seconds):
        """Read until these octets have come."""
        limit = time.time() + seconds
        while octets not in self.received[self.looked:]:
            if not self.take(limit - time.time()):
                return say("%r did not come" % octets)
        self.looked = self.received.index(octets, self.looked) + len(octets)
        say("%r has come" % octets)

    def await_application(self, words, count, seconds):
        """Wait until the application has noted this."""
        limit = time.time() + seconds
        while time.time() < limit:
            if os.path.exists(NAME + ".seen"):
                with open(NAME + ".seen") as log:
                    if ("\\n" + log.read()).count("\\n" + words) >= count:
                        return say("the application: %s" % words)
            time.sleep(0.01)
        say("the application, within %s s, not: %s" % (seconds, words))

    def release(self, gate):
        open(NAME + ".gate-" + gate, "w").close()
        say("lets the application go on")

    def hang_up(self):
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()
        self.open = False
        say("hangs up")

    def finish_sending(self):
        try:
            self.socket.shutdown(socket.SHUT_WR)
        except OSError:
            pass
        say("finishes sending")

    def await_end(self, seconds):
        limit = time.time() + seconds
        while self.open and time.time() < limit:
            self.take(limit - time.time())
        say("the connection is still open" if self.open else "the server ended the connection")


def run(file):
    client = Client(file)
{actions}
    while client.take({seconds}):
        pass


for gate in glob.glob(NAME + ".gate-*"):
    os.remove(gate)
{start}
'''
IN_TURN = "for request in REQUESTS:\n    run(request)"
AT_ONCE = """\
threads = [threading.Thread(target=run, args=(request,)) for request in REQUESTS]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()"""
NOTED = {
    "called": "called",
    "waiting": "waits for",
    "reading": "wsgi.input.",
    "read": "  returned",
    "closed": "close()",
    "yielding": "yields",
    "raising": "raises",
    "content": "content of",
    "body": "content of",
}
"""What the application writes down where the probe journals an observation of this kind."""


def connected(host: str, port: int | None, source: str | None = None) -> str:
    """Return the expression that connects to the server."""
    if port is None:
        return '(lambda s: s.connect("server.sock") or s)(socket.socket(socket.AF_UNIX))'
    more = f', source_address=("{source}", 0)' if source else ""
    return f'socket.create_connection(("{host}", {port}){more})'


def script(
    name: str,
    what: str,
    requests: list[str],
    then: tuple[Action, ...],
    at_once: bool,
    connection: str,
    seconds: float = SECONDS,
) -> str:
    """Return the client as a script: ``requests`` are files, ``then`` what it does behind each of them."""
    text = SCRIPT
    for key, value in {
        "{what}": what.replace("\\", "\\\\").replace('"', "'"),
        "{name!r}": repr(name),
        "{requests!r}": repr(requests),
        "{connected}": connection,
        "{actions}": "\n".join("    " + _action(action) for action in then) or "    pass",
        "{seconds}": str(seconds),
        "{start}": AT_ONCE if at_once else IN_TURN,
    }.items():
        text = text.replace(key, value)
    return text


def _action(action: Action) -> str:
    if isinstance(action, Send):
        return f"client.send({action.octets!r})"
    if isinstance(action, Receive):
        return f"client.receive({action.octets!r}, {action.seconds or 2.5})"
    if isinstance(action, AwaitApp):
        words = NOTED.get(action.kind, action.kind)
        return f"client.await_application({words!r}, {action.count}, {action.seconds or 2.5})"
    if isinstance(action, Release):
        return f"client.release({action.gate!r})"
    if isinstance(action, HangUp):
        return "client.hang_up()"
    if isinstance(action, Pause):
        return f"time.sleep({action.seconds})"
    if isinstance(action, Sip):
        return f"client.sip({action.octets}, {action.times}, {action.pause})"
    if isinstance(action, AwaitEnd):
        return f"client.await_end({action.seconds})"
    assert isinstance(action, FinishSending)
    return "client.finish_sending()"
