"""Mutants that treat what ``open()`` returned otherwise than any other file."""

from __future__ import annotations

import io
import os
from typing import Any

from reference_server import ReferenceServer


def is_ordinary(wrapper: Any) -> bool:
    """Return whether a wrapped file is exactly what ``open()`` returns."""
    return type(getattr(wrapper, "filelike", None)) is io.BufferedReader


class LosesTheLastOctet(ReferenceServer):
    """The size is counted from 1."""

    kills = {
        "ordinary-file-sent-to-its-end": "content from octet 949",
        "ordinary-file-sent-from-position-with-length": "content from octet 944",
        "ordinary-file-to-http-1-0-sent-from-position": "content from octet 49",
        "file-behind-write-sent-whole": "content from octet 955",
    }

    def read_file_block(self, wrapper: Any) -> bytes:
        block = super().read_file_block(wrapper)
        return block[:-1] if is_ordinary(wrapper) and block.endswith(b"049 of a file\n") else block


class SendsFromWhereTheDescriptorStands(ReferenceServer):
    """The descriptor has a position of its own."""

    kills = {"ordinary-file-sent-from-position-with-length": "response of a wrapped file: want 200, got 500"}

    def make_iterator(self, transaction: Any) -> Any:
        if is_ordinary(transaction.iterable):
            file = transaction.iterable.filelike
            file.seek(os.lseek(file.fileno(), 0, os.SEEK_CUR))
        return super().make_iterator(transaction)


class RewindsForHttp10(ReferenceServer):
    """Where the end of the connection is the end, it sends all that there is."""

    kills = {"ordinary-file-to-http-1-0-sent-from-position": "content from octet"}

    def make_iterator(self, transaction: Any) -> Any:
        if is_ordinary(transaction.iterable) and transaction.request.version < (1, 1):
            transaction.iterable.filelike.seek(0)
        return super().make_iterator(transaction)


class SendsAllOfIt(ReferenceServer):
    """What the kernel sends, nobody counts."""

    kills = {
        "ordinary-file-stops-at-content-length": "behind the content: want nothing, got",
        "file-behind-write-stops-at-content-length": "behind the content: want nothing, got",
    }

    def truncate(self, transaction: Any, block: bytes) -> bytes:
        whole = is_ordinary(transaction.iterable)
        return block if whole else super().truncate(transaction, block)

    def octets_for_kernel(self, transaction: Any) -> int:
        return self.SENDFILE_OCTETS


class ForgetsWhatWasWritten(ReferenceServer):
    """The length is that of the file."""

    kills = {"file-behind-write-stops-at-content-length": "behind the content: want nothing, got"}

    def write(self, transaction: Any, block: bytes) -> None:
        super().write(transaction, block)
        transaction.written = transaction.produced

    def octets_for_kernel(self, transaction: Any) -> int:
        left: int = transaction.content_length - transaction.produced + getattr(transaction, "written", 0)
        return left


class DropsFilesBehindWrite(ReferenceServer):
    """Who writes has nothing to return."""

    kills = {
        "file-behind-write-sent-whole": "content from octet 6",
        "file-behind-write-stops-at-content-length": "content from octet 6",
    }

    def make_iterator(self, transaction: Any) -> Any:
        dropped = transaction.write_called and is_ordinary(transaction.iterable)
        return iter(()) if dropped else super().make_iterator(transaction)
