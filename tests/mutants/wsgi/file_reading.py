"""Mutants that know better than ``read()`` what a file has."""

from __future__ import annotations

import os
from typing import Any

from reference_server import ReferenceServer


class SendsThePackedFile(ReferenceServer):
    """What has a descriptor is sent by it."""

    kills = {
        "file-with-other-descriptor-sent-as-read": "content from octet 0",
        "file-with-other-descriptor-and-length-sent-as-read": "content from octet 0",
    }

    def read_file_block(self, wrapper: Any) -> bytes:
        if type(wrapper.filelike).__name__ == "NotingGzip":
            return os.read(wrapper.filelike.fileno(), wrapper.block_size)
        return super().read_file_block(wrapper)


class TakesErrorsForTheEnd(ReferenceServer):
    """A file that cannot be read any further has ended."""

    kills = {
        "file-read-error-cuts-response": "the response (chunked): want cut off, got complete",
        "file-disk-error-cuts-response": "the response (chunked): want cut off, got complete",
    }
    errors: type[Exception] = Exception

    def read_file_block(self, wrapper: Any) -> bytes:
        try:
            return super().read_file_block(wrapper)
        except self.errors:
            return b""


class TakesDiskErrorsForTheEnd(TakesErrorsForTheEnd):
    """What ends a connection ends a file."""

    kills = {"file-disk-error-cuts-response": "the response (chunked): want cut off, got complete"}
    errors = OSError


class PadsFailedFiles(ReferenceServer):
    """The client gets as many octets as it was promised."""

    kills = {
        "file-disk-error-short-of-length-cuts-response": "the response (content-length): want cut off, got complete"
    }

    def application_error(self, transaction: Any, error: BaseException) -> None:
        super().application_error(transaction, error)
        if isinstance(error, OSError) and transaction.content_length and transaction.head_sent:
            self.send(transaction.connection, bytes(transaction.content_length - transaction.produced))
