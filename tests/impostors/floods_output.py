"""Writes to its standard output without end, and answers nothing."""

from __future__ import annotations

import os
import socket
import threading

from serving import serve


def flood() -> None:
    while True:
        os.write(1, b"\x1b[31m<b>line</b>\n" * 1000)


def manner(connection: socket.socket, head: bytes) -> None:
    return


if __name__ == "__main__":
    threading.Thread(target=flood, daemon=True).start()
    serve(manner)
