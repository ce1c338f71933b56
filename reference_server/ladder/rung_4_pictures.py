"""Rung 4: pictures are read from the disk, beside the program and nowhere else."""

from __future__ import annotations

import argparse
import mimetypes
import socket
from pathlib import Path
from urllib.parse import unquote

PICTURES = Path(__file__).resolve().parent / "pictures"
"""Relative to the program, not to the folder that it is started in: that one is anybody's choice."""
PLAIN = "text/plain; charset=utf-8"


def read_head(connection: socket.socket) -> str:
    """Return the head of a request: TCP is a stream, so one ``recv`` may bring half of it."""
    octets = b""
    while b"\r\n\r\n" not in octets and len(octets) < 65536:
        more = connection.recv(4096)
        if not more:
            break
        octets += more
    return octets.partition(b"\r\n\r\n")[0].decode("latin-1")


def parse(head: str) -> tuple[str, str, dict[str, str]]:
    """Return method, target and the header fields; raises ValueError where there are none."""
    line, *lines = head.split("\r\n")
    method, target, _ = line.split(" ")
    fields = {}
    for each in lines:
        name, _, value = each.partition(":")
        fields[name.lower()] = value.strip(" \t")
    return method, target, fields


def respond(connection: socket.socket, status: str, kind: str, content: bytes) -> None:
    """Send a whole response: a picture is octets, and no text."""
    head = f"HTTP/1.0 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(content)}\r\n\r\n"
    connection.sendall(head.encode("latin-1") + content)


def picture(name: str) -> Path | None:
    """Return the file of a picture; None where there is none, or the name leads out of the folder."""
    if "\0" in name:
        return None
    path = (PICTURES / name).resolve()
    return path if path.parent == PICTURES and path.is_file() else None


def route(method: str, target: str) -> tuple[str, str, bytes]:
    """Return status, media type and content."""
    path = unquote(target.partition("?")[0])
    if method != "GET":
        return "405 Method Not Allowed", PLAIN, b"Only GET.\n"
    if path == "/":
        return "200 OK", "text/html; charset=utf-8", b'<img src="/pictures/circle.svg" alt="A circle.">\n'
    found = picture(path.removeprefix("/pictures/")) if path.startswith("/pictures/") else None
    if found is None:
        return "404 Not Found", PLAIN, f"There is nothing at {path}\n".encode("utf-8", "replace")
    return "200 OK", mimetypes.guess_type(found.name)[0] or "application/octet-stream", found.read_bytes()


def serve(host: str, port: int) -> None:
    """Show each client the page or picture that it asks for."""
    with socket.create_server((host, port)) as listener:
        print(f"http://{host}:{listener.getsockname()[1]}/", flush=True)
        while True:
            connection, _ = listener.accept()
            with connection:
                try:
                    method, target, _fields = parse(read_head(connection))
                except ValueError:
                    respond(connection, "400 Bad Request", PLAIN, b"That is no request.\n")
                    continue
                respond(connection, *route(method, target))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    options = parser.parse_args()
    serve(options.host, options.port)
