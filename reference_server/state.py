"""The state of a connection, a request and a transaction: plain data, without behaviour.

All behaviour is in the methods of the server, so that one overridden method is one changed duty.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import IO, Any, Literal, TypeAlias

Environ: TypeAlias = dict[str, Any]
"""PEP 3333, Specification Details: "must be a builtin Python dictionary"."""

Application: TypeAlias = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]
Headers: TypeAlias = list[tuple[str, str]]
Framing: TypeAlias = Literal["none", "length", "chunked", "close"]


@dataclass(eq=False)
class Connection:
    """One connection, and the octets that arrived on it but were not consumed yet."""

    socket: socket.socket
    local: tuple[str, int]
    remote: tuple[str, int]
    buffer: bytearray = field(default_factory=bytearray)
    ended: bool = False
    """The client has finished sending (it may still be listening)."""
    lost: bool = False
    """The client no longer takes what we send."""
    empty_lines: int = 0
    idle: bool = True
    """Between two requests, where a graceful stop may end it."""
    greeted: bool = True
    """Whether the handshake of TLS is over, where there is one."""
    dismissed: bool = False
    """It has been idle for the longest time, and its place is wanted for another."""
    timed_by_kernel: bool = True
    """Whether the kernel limits the waits (SO_RCVTIMEO): the fastest way, but not for TLS or greenlets."""
    receive_limit: float = -1.0
    """Seconds that the kernel was told to wait at most for octets; negative before it was told."""


@dataclass
class Request:
    """A request head as it was received; octets stay octets until ``environ`` is made."""

    method: str = ""
    target: bytes = b""
    protocol: str = ""
    version: tuple[int, int] = (1, 1)
    path: bytes = b""
    query: bytes = b""
    authority: bytes | None = None
    """The authority of an absolute-form target, which overrides Host."""
    fields: list[tuple[bytes, bytes]] = field(default_factory=list)
    framing: Literal["none", "length", "chunked"] = "none"
    content_length: int = 0
    error_status: int = 0
    """The status that the server itself answered, 0 if it left that to the application."""


@dataclass
class RequestBody:
    """How far the body of a request has been read."""

    remaining: int = 0
    """Octets left of the body, or of the current chunk."""
    finished: bool = False
    broken: str = ""
    """Why nothing more can be read, if the framing turned out to be wrong."""
    broken_status: HTTPStatus = HTTPStatus.BAD_REQUEST
    deadline: float | None = None
    received: int = 0
    """Decoded octets so far, for the limit on bodies without a declared length."""
    waited: float = 0.0
    """Seconds spent on reading it so far: the application's own pauses do not count."""
    extension_octets: int = 0
    continue_expected: bool = False
    continue_sent: bool = False
    lookahead: bytearray = field(default_factory=bytearray)
    """Decoded octets that readline() had to fetch, but did not hand out."""
    spool: IO[bytes] | None = None
    """All of it, where it was taken in before the application is called."""


@dataclass(eq=False)
class Transaction:
    """One invocation of the application, and the response that comes of it."""

    connection: Connection
    request: Request
    body: RequestBody
    environ: Environ = field(default_factory=dict)
    start_response_called: bool = False
    status: str | None = None
    headers: Headers = field(default_factory=list)
    head_sent: bool = False
    write_called: bool = False
    framing: Framing = "none"
    content_length: int | None = None
    produced: int = 0
    """Octets of the response body accounted for: sent, or suppressed for want of content."""
    outgoing: bytearray = field(default_factory=bytearray)
    iterable: Iterable[bytes] | None = None
    closed: bool = False
    persistent: bool = False
    """Whether another request may follow on the connection."""
