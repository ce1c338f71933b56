"""The ground: what a server is made of, its limits and its log."""

from __future__ import annotations

import sys
import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING, TextIO

from .state import Application

if TYPE_CHECKING:
    import ssl


class Base:
    """Configuration and limits.

    RFC 9110, 17.5: a server ought to limit what it parses. Each limit is an attribute of the class,
    so that a subclass or a test can tighten it.
    """

    SOFTWARE = "reference_server/1.0"

    MAX_REQUEST_LINE = 8190
    """RFC 9112, 3: "request-line lengths of 8000 octets" at a minimum must be supported."""
    MAX_METHOD = 64
    MAX_EMPTY_LINES = 4
    MAX_FIELD_OCTETS = 65_536
    MAX_FIELDS = 100
    MAX_CONTENT_LENGTH = 2**63 - 1
    MAX_BODY = 1_073_741_824
    """Octets of a request's content: nothing of it is kept here, but an application may keep it."""
    SPOOL = 0
    """Octets of content taken in beforehand that stay in memory, the others in a file; 0: read on demand."""
    MAX_CHUNK_LINE = 4096
    MAX_CHUNK_EXTENSIONS = 65_536
    MAX_DRAIN = 1_048_576
    MAX_CONNECTIONS = 512
    BACKLOG = 128

    IDLE_TIMEOUT = 30.0
    HEADER_TIMEOUT = 10.0
    BODY_TIMEOUT = 60.0
    SEND_TIMEOUT = 60.0
    DRAIN_TIMEOUT = 1.0
    LINGER_TIMEOUT = 0.5
    STOP_TIMEOUT = 5.0
    MIN_RATE = 500
    """Octets a second, on average: who drips below it, either way, keeps a turn from the others."""
    TLS_IDLE_SLICE = 0.25
    """Seconds after which an idle TLS connection looks whether the server stops; see ``end_if_idle``."""
    RECEIVE_OCTETS = 65_536

    def __init__(
        self,
        application: Application,
        host: str = "127.0.0.1",
        port: int = 0,
        *,
        threads: int = 8,
        processes: int = 1,
        unix: str | None = None,
        tls: ssl.SSLContext | None = None,
        access_log: TextIO | None = None,
        variables: Mapping[str, str] | None = None,
    ) -> None:
        """Prepare to serve *application*; nothing is bound before ``bind()``.

        *unix* is the path of a UNIX socket to listen on, in place of host and port. *tls* makes it https.
        *access_log* takes a line for each answer. *variables* are the name-value pairs of PEP 3333,
        Application Configuration.
        """
        self.application = application
        self.host = host
        self.port = port
        self.threads = threads
        self.processes = processes
        self.unix = unix
        self.tls = tls
        self.access_log = access_log
        self.variables = dict(variables or {})
        self.stopping = threading.Event()
        self.turns = threading.BoundedSemaphore(threads)
        self.log_lock = threading.Lock()

    def log(self, message: str) -> None:
        """Tell the operator. PEP 3333, Error Handling: errors are to be trapped and logged."""
        self.write_error(f"reference_server: {message}\n")

    def log_exception(self, occasion: str, error: BaseException) -> None:
        """Log a traceback; the import is late because a healthy server never needs it."""
        import traceback

        self.log(f"{occasion}\n" + "".join(traceback.format_exception(error)).rstrip())

    def write_error(self, text: str) -> None:
        """Write to standard error at once, whatever characters *text* is made of.

        PEP 3333, Input and Error Streams: the stream may be forwarded "without buffering".
        A lost log line must not become a lost response, so a broken stderr is ignored.
        """
        stream = sys.stderr
        try:
            encoding = getattr(stream, "encoding", None) or "utf-8"
            printable = text.encode(encoding, "backslashreplace").decode(encoding)
            with self.log_lock:
                stream.write(printable)
                stream.flush()
        except (AttributeError, OSError, ValueError):
            pass
