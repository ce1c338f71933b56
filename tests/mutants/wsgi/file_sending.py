"""Mutants of what is sent of a wrapped file."""

from __future__ import annotations

import os
from typing import Any

from reference_server import ReferenceServer
from reference_server.file_wrapper import FileWrapper


def on_disk(wrapper: Any) -> bool:
    """Return whether the file has a descriptor."""
    return type(wrapper.filelike).__name__ == "NotingFile"


class LosesTheLastOctetOnDisk(ReferenceServer):
    """The size is counted from 1."""

    kills = {
        "file-sent-to-its-end": "content from octet 949",
        "file-status-and-headers-kept": "content from octet 949",
        "file-wrapper-of-http-1-0-whole": "content from octet 949: want b'\\n' (950 octets), got b'' (949 octets)",
        "file-wrapper-pipe-whole": "content from octet 949: want b'\\n' (950 octets), got b'' (949 octets)",
    }

    def read_file_block(self, wrapper: Any) -> bytes:
        block = super().read_file_block(wrapper)
        return block[:-1] if on_disk(wrapper) and len(block) == 950 else block


class LosesTheLastOctetInMemory(ReferenceServer):
    """The size is counted from 1, in memory alone."""

    kills = {
        "file-in-memory-sent-to-its-end": "content from octet 949",
        "file-wrapper-fileno-error-survived": "content from octet 949: want b'\\n' (950 octets), got b'' (949 octets)",
    }

    def read_file_block(self, wrapper: Any) -> bytes:
        block = super().read_file_block(wrapper)
        return (
            block[:-1] if type(wrapper.filelike).__name__ == "NotingMemory" and len(block) == 950 else block
        )


class EndsAtShortRead(ReferenceServer):
    """Less than was asked for is the end."""

    kills = {"file-of-short-reads-sent-whole": "content from octet 7: want b'"}

    def read_file_block(self, wrapper: Any) -> bytes:
        if getattr(wrapper, "ended", False):
            return b""
        block = super().read_file_block(wrapper)
        wrapper.ended = len(block) == 7 < wrapper.block_size
        return block


class SendsFilesWith200(ReferenceServer):
    """A file that is there is a success."""

    kills = {"file-status-and-headers-kept": "status of a wrapped file: want 404, got 200"}

    def make_iterator(self, transaction: Any) -> Any:
        if isinstance(transaction.iterable, FileWrapper) and transaction.status == "404 Not Found":
            transaction.status = "200 OK"
        return super().make_iterator(transaction)


class SendsABlockTwice(ReferenceServer):
    """What the system took of a large file is counted one octet short."""

    kills = {
        "file-large-sent-whole": "content from octet",
        "file-large-with-length-sent-whole": "content from octet 589824",
        "file-of-short-reads-sent-whole": "content from octet 64",
        "file-whole-to-slow-reader": "content for a slow client from octet 589824",
        "file-wrapper-odd-block-size-whole": "content from octet 64",
    }

    def read_file_block(self, wrapper: Any) -> bytes:
        block = super().read_file_block(wrapper)
        wrapper.blocks = getattr(wrapper, "blocks", 0) + 1
        return block + block[-1:] if wrapper.blocks == 9 else block


class LosesAnOctetWithLength(ReferenceServer):
    """Where there is a length, one octet of a large file is left out."""

    kills = {"file-large-with-length-sent-whole": "content from octet 1048575"}

    def truncate(self, transaction: Any, block: bytes) -> bytes:
        left = super().truncate(transaction, block)
        odd = transaction.produced == 1_048_576 - len(block) and transaction.content_length
        return left[:-1] + b"\0" if odd and isinstance(transaction.iterable, FileWrapper) else left


class UsesTheDescriptor(ReferenceServer):
    """The descriptor is read, whose offset is not the file's position."""

    kills = {
        "file-sent-from-position-after-read": "content from octet 0",
        "file-sent-from-position-with-length": "response of a wrapped file: want 200, got 500",
    }

    def read_file_block(self, wrapper: Any) -> bytes:
        if on_disk(wrapper):
            return os.read(wrapper.filelike.fileno(), wrapper.block_size)
        return super().read_file_block(wrapper)


class StartsAtTheBeginning(ReferenceServer):
    """sendfile() is told to begin at 0 where a length is given."""

    kills = {"file-sent-from-position-with-length": "content from octet 0"}

    def make_iterator(self, transaction: Any) -> Any:
        returned = transaction.iterable
        if (
            isinstance(returned, FileWrapper)
            and on_disk(returned)
            and dict(transaction.headers).get("Content-Length")
        ):
            returned.filelike.seek(0)
        return super().make_iterator(transaction)


class RewindsWhenWrapping(ReferenceServer):
    """A file is sent from its beginning, so it is rewound."""

    kills = {
        "file-sent-from-position-after-read": "content from octet 0",
        "file-sent-from-position-with-length": "content from octet 0",
        "file-sent-from-sought-position": "content from octet 0",
    }

    def file_wrapper(self, filelike: Any, block_size: int = 0, /) -> Any:
        if type(filelike).__name__ == "NotingFile" and filelike.seekable():
            filelike.seek(0)
        return super().file_wrapper(filelike, block_size)


class Remembering(ReferenceServer):
    """Begins where the file stood when it was wrapped, if that was noted."""

    def make_iterator(self, transaction: Any) -> Any:
        begin = getattr(transaction.iterable, "begin", None)
        if begin is not None:
            transaction.iterable.filelike.seek(begin)
        return super().make_iterator(transaction)


class RemembersThePosition(Remembering):
    """The position counts when the wrapper is made."""

    kills = {"file-sent-from-late-position": "content from octet 0"}

    def file_wrapper(self, filelike: Any, block_size: int = 0, /) -> Any:
        wrapper = super().file_wrapper(filelike, block_size)
        if type(filelike).__name__ == "NotingFile" and filelike.seekable():
            wrapper.begin = filelike.tell()
        return wrapper


class TakesTheContentOut(Remembering):
    """What is in memory is taken out when it is wrapped."""

    kills = {"file-in-memory-sent-from-late-position": "content from octet 0"}

    def file_wrapper(self, filelike: Any, block_size: int = 0, /) -> Any:
        wrapper = super().file_wrapper(filelike, block_size)
        if hasattr(filelike, "getvalue"):
            wrapper.begin = filelike.tell()
        return wrapper


class SendsAllOfTheFile(ReferenceServer):
    """sendfile() is told the size of the file, not the length that was declared."""

    kills = {"file-stops-at-content-length": "behind the content: want nothing"}

    def truncate(self, transaction: Any, block: bytes) -> bytes:
        wrapper = transaction.iterable
        if isinstance(wrapper, FileWrapper) and on_disk(wrapper) and transaction.connection:
            return block
        return super().truncate(transaction, block)


class SendsAllOfTheMemory(ReferenceServer):
    """The blocks of a file in memory are not counted."""

    kills = {"file-in-memory-stops-at-content-length": "behind the content: want nothing"}

    def truncate(self, transaction: Any, block: bytes) -> bytes:
        wrapper = transaction.iterable
        if isinstance(wrapper, FileWrapper) and type(wrapper.filelike).__name__ == "NotingMemory":
            return block
        return super().truncate(transaction, block)


class KeepsTheConnectionAfterAFile(ReferenceServer):
    """Whether a file was long enough is not looked at."""

    kills = {"file-too-short-not-completed": "behind the file: want the end of the connection"}

    def check_enough(self, transaction: Any) -> None:
        if not isinstance(transaction.iterable, FileWrapper):
            super().check_enough(transaction)
