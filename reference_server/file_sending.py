"""The rest of a large file, sent by the kernel: PEP 3333, Optional Platform-Specific File Handling."""

from __future__ import annotations

import io
import os
import time
from collections.abc import Iterator
from typing import Any

from .errors import ClientGone
from .file_wrapper import FileWrapper
from .response import Response
from .state import Transaction


class FileSending(Response):
    """The first block takes the ordinary way, with the head before it; ``sendfile()`` is for what follows."""

    SENDFILE_OCTETS = 8_388_608

    def can_send_file(self, transaction: Transaction, iterator: Iterator[bytes]) -> bool:
        """Whether what is left may be copied from descriptor to socket.

        Only for a file that is exactly Python's own: a subclass, or any object with ``fileno()``, may give
        other octets by ``read()`` than its descriptor has. Chunks and TLS need the octets here.
        """
        if type(iterator) is not FileWrapper or not transaction.head_sent or not hasattr(os, "sendfile"):
            return False
        plain = transaction.framing in ("length", "close") and transaction.connection.timed_by_kernel
        return plain and type(iterator.filelike) in (io.BufferedReader, io.FileIO)

    def send_file(self, transaction: Transaction, wrapper: Any) -> bool:
        """Send up to the Content-Length, or to the end of the file; false where it has to be read after all.

        It starts at the position that ``read()`` would start at, which is not that of the descriptor, and
        leaves the file where ``read()`` would have left it.
        """
        file, connection, before = wrapper.filelike, transaction.connection, transaction.produced
        try:
            offset = file.tell()
            while (count := self.octets_for_kernel(transaction)) > 0:
                began = time.monotonic()
                sent = os.sendfile(connection.socket.fileno(), file.fileno(), offset, count)
                if not sent:
                    break
                offset += sent
                transaction.produced += sent
                if sent < count:
                    self.check_pace(sent, began)
            file.seek(offset)
        except (ConnectionError, BlockingIOError, TimeoutError) as error:
            connection.lost = True
            raise ClientGone("the client does not take the file") from error
        except (OSError, ValueError):
            if transaction.produced != before:
                raise
            return False  # a pipe, a device, a closed file: read() knows what to do, or to say
        return True

    def octets_for_kernel(self, transaction: Transaction) -> int:
        """How much to ask of the kernel at a time: RFC 9112, 6.3, never more than was announced."""
        if transaction.content_length is None:
            return self.SENDFILE_OCTETS
        return min(transaction.content_length - transaction.produced, self.SENDFILE_OCTETS)
