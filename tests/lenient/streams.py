"""Correct servers whose error streams and file wrappers are made otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reference_server import ReferenceServer
from reference_server.error_stream import ErrorStream
from reference_server.state import Transaction
from tests.lenient.freedom import pep3333


class BuffersErrors(ReferenceServer):
    """wsgi.errors reaches the log by flush(), or when the request is over."""

    freedom = pep3333(
        "Input and Error Streams",
        "Portable applications, however, cannot assume that output is unbuffered or that flush() is a no-op.",
    )

    def make_errors(self, transaction: Transaction) -> Any:
        server = self

        class Buffered(ErrorStream):
            __slots__ = ("lines",)

            def write(self, text: str, /) -> int:
                if not isinstance(text, str):
                    raise TypeError("only text")
                self.lines = [*getattr(self, "lines", []), text]
                return len(text)

            def flush(self) -> None:
                server.write_error("".join(getattr(self, "lines", [])))
                self.lines = []

        stream = Buffered(self)
        transaction.errors = stream  # type: ignore[attr-defined]
        return stream

    def run_application(self, transaction: Transaction) -> None:
        super().run_application(transaction)
        transaction.errors.flush()  # type: ignore[attr-defined]


class SubstitutesCharacters(ReferenceServer):
    """What ASCII cannot show is a question mark in the log."""

    freedom = pep3333(
        "environ Variables",
        "it is allowed, however, to substitute characters that cannot be rendered in the stream's encoding",
    )

    def write_error(self, text: str) -> None:
        super().write_error(text.encode("ascii", "replace").decode("ascii"))


class PrefixesErrors(ReferenceServer):
    """Each line of wsgi.errors stands behind a prefix, as a log has it."""

    freedom = pep3333(
        "environ Variables", "For many servers, wsgi.errors will be the server's main error log."
    )

    def make_errors(self, transaction: Transaction) -> Any:
        server = self

        class Prefixed(ErrorStream):
            __slots__ = ()

            def write(self, text: str, /) -> int:
                if not isinstance(text, str):
                    raise TypeError("only text")
                for line in text.splitlines(True):
                    server.write_error(f"[wsgi] {line}" if line.endswith("\n") else f"[wsgi] {line}\n")
                return len(text)

        return Prefixed(self)


class NeverUsesSendfile(ReferenceServer):
    """A file is read block by block, of the size that was asked for, and through."""

    freedom = pep3333(
        "Optional Platform-Specific File Handling",
        "Servers and gateways may expose this functionality via an optional wsgi.file_wrapper key",
    )

    def can_send_file(self, transaction: Transaction, iterator: Iterator[bytes]) -> bool:
        return False


class IgnoresBlockSize(ReferenceServer):
    """A file is read in the server's own blocks."""

    freedom = pep3333(
        "Optional Platform-Specific File Handling",
        'the second parameter is an optional block size "suggestion" (which the server/gateway need not use)',
    )

    def file_wrapper(self, filelike: Any, block_size: int = 0, /) -> Any:
        return super().file_wrapper(filelike, 1009)


class WrapsByClass(ReferenceServer):
    """wsgi.file_wrapper is a class of the server's, as in the PEP's own example."""

    freedom = pep3333(
        "Optional Platform-Specific File Handling",
        "Servers and gateways may expose this functionality via an optional wsgi.file_wrapper key",
    )

    def wsgi_variables(self, transaction: Transaction) -> dict[str, Any]:
        return {**super().wsgi_variables(transaction), "wsgi.file_wrapper": Wrapper}


class Wrapper:
    """The file wrapper of the PEP, with the sentinel that Python 3 needs."""

    def __init__(self, filelike: Any, blksize: int = 8192) -> None:
        self.filelike = filelike
        self.blksize = blksize
        if hasattr(filelike, "close"):
            self.close = filelike.close

    def __getitem__(self, key: int) -> bytes:
        data: bytes = self.filelike.read(self.blksize)
        if data:
            return data
        raise IndexError
