"""Mutants of ``wsgi.file_wrapper``."""

from __future__ import annotations

import os
import threading
from typing import Any

from reference_server import ReferenceServer
from reference_server.file_wrapper import FileWrapper


class WantsABlockSize(ReferenceServer):
    """The block size is no option."""

    kills = {"file-wrapper-takes-one-argument": "wsgi.file_wrapper(file): want an iterable, got TypeError"}

    def file_wrapper(self, filelike: Any, block_size: Any = None, /) -> Any:
        if (
            block_size is None
            and type(filelike).__name__ == "HeldFile"
            and len(filelike._stream.getvalue()) == 26
        ):
            raise TypeError("file_wrapper() takes 2 arguments")
        return super().file_wrapper(filelike, block_size or 0)


class TakesNoOddBlockSize(ReferenceServer):
    """A block size is a number of kilobytes, or an error."""

    kills = {"file-wrapper-takes-block-size": "wsgi.file_wrapper(file, 7): want an iterable, got ValueError"}

    def file_wrapper(self, filelike: Any, block_size: int = 0, /) -> Any:
        if block_size == 7:
            raise ValueError("the block size")
        return super().file_wrapper(filelike, block_size)


class SendsWholeBlocksOnly(ReferenceServer):
    """A block that is not full is the end."""

    kills = {"file-wrapper-odd-block-size-whole": "content from octet 945"}

    def read_file_block(self, wrapper: Any) -> bytes:
        block = super().read_file_block(wrapper)
        return block if wrapper.block_size > 4096 or len(block) == wrapper.block_size else b""


class _Marker:
    """What only the server itself can iterate over."""

    def __init__(self, wrapper: Any) -> None:
        self.wrapper, self.close = wrapper, wrapper.close


class ReturnsAMarker(ReferenceServer):
    """The wrapper tells the server which file is meant, and is no iterable."""

    kills = {
        "file-wrapper-iterable-by-application": "iterating over the wrapper: want bytes, got TypeError",
        "file-wrapper-behind-middleware-changed": "response of a wrapped file: want 200, got 500",
    }

    def file_wrapper(self, filelike: Any, block_size: int = 0, /) -> Any:
        return _Marker(super().file_wrapper(filelike, block_size))

    def make_iterator(self, transaction: Any) -> Any:
        if isinstance(transaction.iterable, _Marker):
            transaction.iterable = transaction.iterable.wrapper
        return super().make_iterator(transaction)


class ClosesOnlyByItself(ReferenceServer):
    """The server closes the file; close() of the wrapper does nothing."""

    kills = {"file-wrapper-close-closes-file": "close() of the file: want called, got not called"}

    def close_file(self, wrapper: Any) -> None:
        if wrapper.served:
            super().close_file(wrapper)

    def file_wrapper(self, filelike: Any, block_size: int = 0, /) -> Any:
        wrapper = super().file_wrapper(filelike, block_size)
        wrapper.served = False
        return wrapper

    def close_iterable(self, transaction: Any) -> None:
        if isinstance(transaction.iterable, FileWrapper):
            transaction.iterable.served = True  # type: ignore[attr-defined]
        elif hasattr(transaction.iterable, "_wrapped"):
            transaction.iterable._wrapped.served = True
        super().close_iterable(transaction)


class AsksForTheDescriptor(ReferenceServer):
    """Every file is asked for its fileno(), and refused where it has none."""

    kills = {
        "file-wrapper-needs-only-read": "wrapping an object with read(): want an iterable, got AttributeError"
    }

    def file_wrapper(self, filelike: Any, block_size: int = 0, /) -> Any:
        if not hasattr(filelike, "close"):
            filelike.fileno()
        return super().file_wrapper(filelike, block_size)


class TrustsTheAttribute(ReferenceServer):
    """Who has a method fileno() has a descriptor."""

    kills = {
        "file-wrapper-fileno-error-survived": "wrapping an io.BytesIO: want an iterable, got io.UnsupportedOperation",
        "download-from-memory-arrives-whole": "status of a download from memory: want 200, got 500",
    }

    def file_wrapper(self, filelike: Any, block_size: int = 0, /) -> Any:
        if hasattr(filelike, "fileno"):
            filelike.fileno()
        return super().file_wrapper(filelike, block_size)


class BelievesTheSize(ReferenceServer):
    """As much is sent as fstat() tells."""

    kills = {"file-wrapper-pipe-whole": "content from octet 0"}

    def read_file_block(self, wrapper: Any) -> bytes:
        try:
            size = os.fstat(wrapper.filelike.fileno()).st_size
        except (AttributeError, OSError):
            size = -1
        return b"" if size == 0 else super().read_file_block(wrapper)


class CannotFallBack(ReferenceServer):
    """What has no descriptor but can be closed is not sent to its end."""

    kills = {"file-wrapper-closable-object-whole": "content from octet 949"}

    def read_file_block(self, wrapper: Any) -> bytes:
        block = super().read_file_block(wrapper)
        held = type(wrapper.filelike).__name__ == "HeldFile" and wrapper.block_size > 4096
        return block[:-1] if held and len(block) > 26 else block


class SendsWhatWasWrapped(ReferenceServer):
    """The last file that was wrapped is sent, whatever is returned."""

    kills = {
        "file-wrapper-behind-middleware-changed": "content from octet 0",
        "file-wrapper-discarded-not-sent": "content from octet 0",
    }

    of_thread = threading.local()

    def file_wrapper(self, filelike: Any, block_size: int = 0, /) -> Any:
        wrapper = super().file_wrapper(filelike, block_size)
        self.of_thread.last = wrapper
        return wrapper

    def make_iterator(self, transaction: Any) -> Any:
        last, self.of_thread.last = getattr(self.of_thread, "last", None), None
        on_disk = type(getattr(last, "filelike", None)).__name__ == "NotingFile"
        if last is not None and on_disk and not isinstance(transaction.iterable, FileWrapper):
            return iter(last)
        return super().make_iterator(transaction)


class ReadsTheFirstBlockAtOnce(ReferenceServer):
    """The first block is read when the file is wrapped."""

    kills = {"file-wrapper-leaves-file-unread": "position behind wrapping: want 0, got 950"}

    def file_wrapper(self, filelike: Any, block_size: int = 0, /) -> Any:
        wrapper = super().file_wrapper(filelike, block_size)
        if type(filelike).__name__ == "NotingMemory" and filelike.tell() == 0:
            wrapper.ahead = filelike.read(wrapper.block_size)
        return wrapper

    def read_file_block(self, wrapper: Any) -> bytes:
        ahead, wrapper.ahead = getattr(wrapper, "ahead", b""), b""
        return ahead or super().read_file_block(wrapper)


class SendsTheHeadWhenWrapping(ReferenceServer):
    """With the file known, the head can go out."""

    kills = {"file-wrapper-waits-for-return": "before the return: want nothing, got a response"}

    def call_application(self, transaction: Any) -> Any:
        transaction.environ = environ = self.make_environ(transaction)

        def wrap(filelike: Any, block_size: int = 0) -> Any:
            if transaction.status is not None and not transaction.head_sent:
                self.send_head(transaction, b"x")
                self.flush(transaction)
            return self.file_wrapper(filelike, block_size)

        environ["wsgi.file_wrapper"] = wrap
        return self.application(environ, self.make_start_response(transaction))


class PassesByMiddleware(ReferenceServer):
    """A middleware's iterable over the wrapper is unwrapped again."""

    kills = {"file-wrapper-behind-middleware-changed": "content from octet 0"}

    def make_iterator(self, transaction: Any) -> Any:
        inner = getattr(transaction.iterable, "_wrapped", None)
        return iter(inner) if inner is not None else super().make_iterator(transaction)


class SendsLessToHttp10(ReferenceServer):
    """Without chunks the last octet of a file is missing."""

    kills = {
        "file-wrapper-of-http-1-0-whole": "content from octet 949",
        "ordinary-file-to-http-1-0-sent-from-position": "content from octet 49",
    }

    def send_block(self, transaction: Any, block: bytes) -> None:
        old = transaction.request.version == (1, 0) and isinstance(transaction.iterable, FileWrapper)
        super().send_block(transaction, block[:-1] if old else block)
