"""Rung 2: the request is read to the end of its head, and taken apart."""

from __future__ import annotations

import argparse
import socket


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


def respond(connection: socket.socket, status: str, text: str) -> None:
    """Send a whole response; its length is that of the octets, not of the characters."""
    content = text.encode()
    kind = "text/plain; charset=utf-8"
    head = f"HTTP/1.0 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(content)}\r\n\r\n"
    connection.sendall(head.encode("latin-1") + content)


def serve(host: str, port: int) -> None:
    """Tell each client what it said."""
    with socket.create_server((host, port)) as listener:
        print(f"http://{host}:{listener.getsockname()[1]}/", flush=True)
        while True:
            connection, _ = listener.accept()
            with connection:
                try:
                    method, target, fields = parse(read_head(connection))
                except ValueError:
                    respond(connection, "400 Bad Request", "That is no request.\n")
                    continue
                said = "".join(f"{name}: {value}\n" for name, value in fields.items())
                respond(connection, "200 OK", f"{method} {target}\n{said}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    options = parser.parse_args()
    serve(options.host, options.port)
