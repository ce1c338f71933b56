"""How much of what was sent still waits in the peer's receive queue: the kernel knows, for a local peer."""

from __future__ import annotations

import contextlib
import errno
import socket
import struct
import sys
from types import TracebackType

NETLINK_SOCK_DIAG = 4
SOCK_DIAG_BY_FAMILY = 20
NLM_F_REQUEST = 1
NLMSG_ERROR = 2
ALL_STATES = 0xFFFFFFFF
NO_COOKIE = 0xFFFFFFFF
HEADER = struct.Struct("=IHHII")
"""``struct nlmsghdr``: length, type, flags, sequence number, port."""
RECEIVE_QUEUE = struct.Struct("=I")
RECEIVE_QUEUE_AT = HEADER.size + 4 + 48 + 4
"""Behind family, state, timer and retransmissions, the socket's identity and its timer's end."""


class PeerQueue:
    """The receive queue of the socket at the other end of a TCP connection within this machine.

    Asks Linux for it by its addresses (``sock_diag(7)``, which takes no privilege). Elsewhere, and for
    other families, the length is unknown. A context manager.
    """

    def __init__(self, ours: socket.socket | None) -> None:
        self._kernel: socket.socket | None = None
        if ours is None or sys.platform != "linux":
            return
        with contextlib.suppress(OSError):
            self._question = _question(ours)
            self._kernel = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, NETLINK_SOCK_DIAG)
            self._kernel.settimeout(0.1)

    def length(self) -> int | None:
        """Return how many octets the peer has not taken yet; 0 where it is gone, None where nobody knows."""
        if self._kernel is None:
            return None
        try:
            self._kernel.send(self._question)
            answer = self._kernel.recv(4096)
        except OSError:
            return None
        _, kind, _, _, _ = HEADER.unpack_from(answer)
        if kind == NLMSG_ERROR:
            (error,) = struct.unpack_from("=i", answer, HEADER.size)
            return 0 if error == -errno.ENOENT else None
        (length,) = RECEIVE_QUEUE.unpack_from(answer, RECEIVE_QUEUE_AT)
        return int(length)

    def __enter__(self) -> PeerQueue:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._kernel is not None:
            self._kernel.close()


def _question(ours: socket.socket) -> bytes:
    """Ask for the socket whose own address is our peer's. Raises OSError where there is none by TCP."""
    if ours.family not in (socket.AF_INET, socket.AF_INET6):
        raise OSError("not by TCP")
    (theirs, their_port), (here, our_port) = ours.getpeername()[:2], ours.getsockname()[:2]
    identity = (
        struct.pack(">HH", their_port, our_port)
        + socket.inet_pton(ours.family, theirs).ljust(16, b"\0")
        + socket.inet_pton(ours.family, here).ljust(16, b"\0")
        + struct.pack("=III", 0, NO_COOKIE, NO_COOKIE)
    )
    request = struct.pack("=BBBBI", ours.family, socket.IPPROTO_TCP, 0, 0, ALL_STATES) + identity
    head = HEADER.pack(HEADER.size + len(request), SOCK_DIAG_BY_FAMILY, NLM_F_REQUEST, 0, 0)
    return head + request
