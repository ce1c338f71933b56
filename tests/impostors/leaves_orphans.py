"""Leaves orphans behind: forked twice, in sessions of their own, without environment or open files.

They ignore every polite signal. The server itself calls the application for none but the first requests.
"""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import sys
import time

from serving import serve


def leave_an_orphan() -> None:
    if os.fork():
        return
    os.setsid()
    if os.fork():
        os._exit(0)
    for signum in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(signum, signal.SIG_IGN)
    os.closerange(0, 256)
    os.chdir("/")
    os.environ.clear()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(15, b"innocent", 0, 0, 0)  # PR_SET_NAME
    time.sleep(600)
    os._exit(0)


def manner(connection: socket.socket, head: bytes) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")


if __name__ == "__main__":
    for _ in range(3):
        leave_an_orphan()
    serve(manner)
