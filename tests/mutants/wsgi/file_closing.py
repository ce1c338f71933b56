"""Mutants of who closes a wrapped file."""

from __future__ import annotations

from typing import Any

from reference_server import ReferenceServer
from reference_server.file_wrapper import FileWrapper


class _Forgets(ReferenceServer):
    """The ground of the others: in some case, the file is not closed."""

    def close_iterable(self, transaction: Any) -> None:
        wrapper = transaction.iterable
        if isinstance(wrapper, FileWrapper) and self.forgets(transaction, type(wrapper.filelike).__name__):
            transaction.closed = True
        super().close_iterable(transaction)

    def forgets(self, transaction: Any, kind: str) -> bool:
        """Return whether this is the case."""
        raise NotImplementedError


class ForgetsFilesOnDisk(_Forgets):
    """A file that sendfile() has sent is not closed."""

    kills = {
        "file-closed-after-not-modified": "close() of the file: want called, got not called",
        "file-closed-after-response": "close() of the file: want called, got not called",
        "file-closed-while-connection-idle": "close() of the file, while the connection is idle",
    }

    def forgets(self, transaction: Any, kind: str) -> bool:
        whole = transaction.produced == 950 and transaction.request.method == "GET"
        return whole and kind == "NotingFile" and transaction.request.version == (1, 1)


class ForgetsFilesInMemory(_Forgets):
    """Where there is no descriptor there is nothing to close."""

    kills = {
        "file-in-memory-closed-after-response": "close() of the file: want called, got not called",
        "files-on-kept-connection-closed": "close() of the file of request 5 of a connection",
    }

    def forgets(self, transaction: Any, kind: str) -> bool:
        return kind == "NotingMemory"


class ClosesTwice(ReferenceServer):
    """The server closes the file, and so does the wrapper."""

    kills = {"file-closed-only-once": "calls of close() of the file: want 1, got 2"}

    def close_file(self, wrapper: Any) -> None:
        super().close_file(wrapper)
        super().close_file(wrapper)


class ForgetsAfterHead(_Forgets):
    """What was not sent is not closed."""

    kills = {"file-closed-after-head": "close() of the file: want called, got not called"}

    def forgets(self, transaction: Any, kind: str) -> bool:
        return transaction.request.method == "HEAD"  # type: ignore[no-any-return]


class ForgetsAfterNotModified(_Forgets):
    """What the client has already needs no file."""

    kills = {
        "file-closed-after-not-modified": "close() of the file: want called, got not called",
        "files-on-kept-connection-closed": "close() of the file of request 13 of a connection",
    }

    def forgets(self, transaction: Any, kind: str) -> bool:
        return self.status_code(transaction) == 304


class ForgetsAfterAPart(_Forgets):
    """Only the end of the file closes it."""

    kills = {"file-closed-after-content-length": "close() of the file: want called, got not called"}

    def forgets(self, transaction: Any, kind: str) -> bool:
        return transaction.content_length == 12  # type: ignore[no-any-return]


class ForgetsAfterAnError(_Forgets):
    """A file that cannot be read is left alone."""

    kills = {"file-closed-after-read-error": "close() of the file: want called, got not called"}

    def forgets(self, transaction: Any, kind: str) -> bool:
        return kind == "BreaksOff"


class ForgetsAfterAHangUp(_Forgets):
    """The client is gone, and the file with it."""

    kills = {"file-closed-after-hang-up": "close() of the file: want called, got not called"}

    def forgets(self, transaction: Any, kind: str) -> bool:
        return transaction.connection.lost and kind == "NotingFile"  # type: ignore[no-any-return]
