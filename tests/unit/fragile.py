"""A server on wsgiref that breaks on demand: ``fragile.py HOST PORT APP MARKER [MANNER ...]``.

A request for ``/crash`` (and so on) breaks it; a manner changes how it runs. Standard library only.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import socket
import sys
import threading
import time
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

host, port, app, marker, *manners = sys.argv[1:]
hoard: list[bytes] = []
module, _, name = app.partition(":")


class Server(WSGIServer):
    dies_behind_this = False

    def shutdown_request(self, request: Any) -> None:
        super().shutdown_request(request)
        if self.dies_behind_this:
            os._exit(5)


class Handler(WSGIRequestHandler):
    def log_message(self, *_: Any) -> None:
        pass


def fragile(environ: dict[str, Any], start_response: Any) -> Any:
    path = environ["PATH_INFO"]
    if path.startswith("/crash"):
        print("about to crash", file=sys.stderr, flush=True)
        os._exit(9)
    if path.startswith("/signal"):
        os.kill(os.getpid(), signal.SIGKILL)
    if path.startswith("/behind"):
        server.dies_behind_this = True
    if path.startswith("/again") and seen_before("again"):
        server.dies_behind_this = True
    if path.startswith("/unsteady") and not seen_before("unsteady"):
        start_response("503 Service Unavailable", [("Content-Length", "0")])
        return []
    if path.startswith("/grows"):
        threading.Thread(target=grow, args=(10**6,), daemon=True).start()
    if path.startswith("/holds"):
        grow(20)
    if path.startswith("/late"):
        threading.Timer(0.15, os._exit, (6,)).start()
    if path.startswith("/hang"):
        time.sleep(600)
    if "slow" in manners:
        time.sleep(0.02)
    return application(environ, start_response)


def grow(times: int) -> None:
    """Hold 4 MiB more, so many times over."""
    for _ in range(times):
        hoard.append(b"x" * 4 * 1024 * 1024)
        time.sleep(0.004)


def seen_before(name: str) -> bool:
    """Return whether this was asked before, by this server or by one that it replaces."""
    seen = os.path.exists(f"{marker}.{name}")
    open(f"{marker}.{name}", "w").close()
    return seen


def fork_twice() -> bool:
    """Return True in the daemon."""
    if os.fork():
        return False
    os.setsid()
    if os.fork():
        os._exit(0)
    return True


def wait_for_the_daemon() -> None:
    while True:
        try:
            socket.create_connection((host, int(port)), 1).close()
            return
        except OSError:
            time.sleep(0.01)


def prefork() -> None:
    """Keep two workers: one that dies is replaced."""
    listener = socket.create_server((host, int(port)), backlog=64)
    workers: set[int] = set()
    while True:
        while len(workers) < 2:
            pid = os.fork()
            if not pid:
                serve(listener)
            workers.add(pid)
            with open(marker + ".workers", "a") as stream:
                stream.write(f"{pid}\n")
        workers.discard(os.wait()[0])


def serve(listener: socket.socket | None = None) -> None:
    global server
    server = Server((host, int(port)), Handler, bind_and_activate=listener is None)
    if listener is not None:
        server.socket = listener
        server.server_name, server.server_port = host, int(port)
        server.setup_environ()
    server.set_app(fragile)
    server.serve_forever()


if "tells" in manners:
    with open(marker + ".told", "w") as told:
        json.dump({"cwd": os.getcwd(), "environ": dict(os.environ), "path": sys.path}, told)
if "raises" in manners:
    raise RuntimeError("the configuration is wrong")
if "sleeps" in manners:
    time.sleep(600)
if "elsewhere" in manners:
    elsewhere = socket.create_server((host, 0))
    time.sleep(600)
if "stubborn" in manners:
    for signum in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(signum, signal.SIG_IGN)
if "only-once" in manners:
    open(marker + ".lock", "x").close()
if "waits-for-the-other" in manners and seen_before("the-other"):
    time.sleep(600)
if "port-taken-once" in manners and not os.path.exists(marker):
    open(marker, "w").close()
    raise OSError(98, "Address already in use")
if "floods" in manners:
    for line in range(60_000):
        print(f"line {line} of a flood", flush=False)
    sys.stdout.flush()
if "dumb" in manners:
    silent = socket.create_server((host, int(port)))
    kept = []
    while True:
        kept.append(silent.accept())

application = getattr(importlib.import_module(module), name)
if "leaves-daemon" in manners and fork_twice():
    for signum in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(signum, signal.SIG_IGN)
    time.sleep(600)
if "daemon" in manners and not fork_twice():
    os._exit(0)
if "late-daemon" in manners and not fork_twice():
    wait_for_the_daemon()
    time.sleep(0.5)  # so that some exchanges have been conducted when this process takes its leave
    os._exit(0)
if "stranger" in manners:

    def fragile(environ: dict[str, Any], start_response: Any) -> Any:
        start_response("200 OK", [("Content-Length", "0")])
        return []


if "prefork" in manners:
    prefork()
with open(marker + ".pid", "w") as pid_file:
    pid_file.write(str(os.getpid()))
if "thread-alone" in manners:  # the first thread ends, and the process is half a zombie
    import ctypes

    threading.Thread(target=serve).start()
    ctypes.CDLL(None).pthread_exit(None)
serve()
