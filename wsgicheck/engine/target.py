"""Where exchanges are delivered to."""

from __future__ import annotations

import ssl
from dataclasses import dataclass

from ..model.exchange import Server
from ..model.stimulus import Carrier
from ..transports.connection import Address


@dataclass(frozen=True)
class Target:
    """Where to deliver: the address, the authority of ``Host``, the carriers that came through."""

    address: Address
    server: Server
    carriers: tuple[Carrier, ...] = (Carrier.HEADER,)
    tls: ssl.SSLContext | None = None
    root_pid: int | None = None
    """The process whose descendants are the server's, where they are to be counted."""
    is_serial: bool = False
    """Whether the server was seen to serve one request at a time: overlaps are not waited for long then."""

    def carrier(self, wanted: Carrier) -> Carrier:
        """Return the carrier to use: the wanted one, or the first that reached the application."""
        return self.carriers[0] if wanted is Carrier.ANY else wanted
