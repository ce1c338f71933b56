"""Mutants that do not wait for a client that reads slowly."""

from __future__ import annotations

import contextlib
import os
import socket
from typing import Any

from reference_server import ReferenceServer
from reference_server.errors import ClientGone
from reference_server.file_wrapper import FileWrapper


class SendsOnce(ReferenceServer):
    """What one call of send() does not take is not sent; how much it takes is not left to the kernel."""

    kills = {
        "body-of-large-block-whole": "content, 4194304 octets, from octet",
        "chunks-whole-to-slow-reader": "content for a slow client from octet",
        "file-whole-to-slow-reader": "content for a slow client from octet",
        "large-block-sent-before-next": "all of 4 MiB, while the application waits",
        "large-content-whole-to-slow-http-1-0-reader": "content for a slow client from octet",
        "one-large-block-whole-to-slow-reader": "content for a slow client from octet",
        "response-with-length-whole-behind-unread-upload": "octets of the response to an upload that was not",
        "writes-whole-to-slow-reader": "content for a slow client from octet",
    }

    def send(self, connection: Any, octets: bytes) -> None:
        try:
            connection.socket.send(octets[:1_000_000], socket.MSG_DONTWAIT)
        except BlockingIOError:
            pass
        except OSError as error:
            connection.lost = True
            raise ClientGone("gone") from error


class SendsTheRestTwice(ReferenceServer):
    """After a short write the whole of a large block is sent again, not the rest of it."""

    kills = {"one-large-block-whole-to-slow-reader": "content for a slow client from octet"}

    def send(self, connection: Any, octets: bytes) -> None:
        if len(octets) > 1_000_000:
            with contextlib.suppress(OSError):
                connection.socket.send(octets, socket.MSG_DONTWAIT)
        super().send(connection, octets)


class GivesUpWhenTheClientIsSlow(ReferenceServer):
    """A client that takes nothing for a moment is taken to be gone."""

    kills = {
        "chunks-whole-to-slow-reader": "content for a slow client from octet",
        "file-whole-to-slow-reader": "content for a slow client from octet",
        "large-content-whole-to-slow-http-1-0-reader": "for a slow client",
        "one-large-block-whole-to-slow-reader": "content for a slow client from octet",
        "writes-whole-to-slow-reader": "content for a slow client from octet",
    }
    SEND_TIMEOUT = 0.03


class SendsAFileOnce(ReferenceServer):
    """What sendfile() did not send is skipped."""

    kills = {
        "file-too-short-not-completed": "behind the file",
        "file-whole-to-slow-reader": "content for a slow client from octet",
        "ordinary-file-whole-to-slow-reader": "content for a slow client from octet",
    }

    def can_send_file(self, transaction: Any, iterator: Any) -> bool:
        return type(iterator) is FileWrapper and transaction.head_sent and transaction.framing == "length"

    def send_file(self, transaction: Any, wrapper: Any) -> bool:
        connection = transaction.connection
        count = self.octets_for_kernel(transaction)
        connection.socket.setblocking(False)
        try:
            os.sendfile(connection.socket.fileno(), wrapper.filelike.fileno(), wrapper.filelike.tell(), count)
        except BlockingIOError:
            pass
        except (AttributeError, OSError, ValueError):
            return False
        finally:
            connection.socket.setblocking(True)
        transaction.produced += count
        return True


class GivesUpFullBuffers(ReferenceServer):
    """Where the socket takes nothing more, the file has ended."""

    kills = {"ordinary-file-whole-to-slow-reader": "content for a slow client from octet"}

    def send_file(self, transaction: Any, wrapper: Any) -> bool:
        accepted = transaction.connection.socket
        accepted.setblocking(False)
        try:
            return super().send_file(transaction, wrapper)
        except ClientGone:
            transaction.connection.lost = False
            return True
        finally:
            accepted.setblocking(True)


class ClosesUponUnreadUpload(ReferenceServer):
    """Who has answered closes: what the client sent, and nobody read, is the kernel's affair."""

    kills = {
        "chunks-whole-behind-unread-upload": "octets of the response to an upload that was not read: want 2097152",
        "response-with-length-whole-behind-unread-upload": "octets of the response to an upload that was not",
    }

    def serve_transaction(self, transaction: Any) -> None:
        super().serve_transaction(transaction)
        transaction.connection.unread = transaction.body.remaining == 70_000

    def close_connection(self, connection: Any) -> None:
        if getattr(connection, "unread", False):
            connection.socket.close()
        else:
            super().close_connection(connection)
