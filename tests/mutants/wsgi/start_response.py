"""Mutants of the calls of ``start_response()`` that are accepted."""

from __future__ import annotations

import types
from collections.abc import Callable, Iterator
from typing import Any

from reference_server import ReferenceServer
from reference_server.errors import ApplicationFault
from reference_server.file_wrapper import FileWrapper


class TakesNoneForAnError(ReferenceServer):
    """Whatever is passed as the third argument is raised."""

    kills = {
        "exc-info-released-after-raise": "what the trapped error held",
        "none-accepted-as-exc-info": "start_response() with None as exc_info: want accepted, got refused",
    }

    def make_start_response(self, transaction: Any) -> Callable[..., Any]:
        start_response = super().make_start_response(transaction)

        def counting(status: str, headers: Any, *rest: Any) -> Any:
            if rest == (None,):
                raise TypeError("exceptions must derive from BaseException")
            return start_response(status, headers, *rest)

        return counting


class WantsStatusOfIterators(ReferenceServer):
    """Only generators are known to call start_response() late."""

    kills = {
        "start-response-callable-in-iterator": "the application was not iterated: want 201 Late, got 500"
    }

    def make_iterator(self, transaction: Any) -> Iterator[bytes]:
        returned = transaction.iterable
        if hasattr(returned, "__next__") and not isinstance(returned, types.GeneratorType):
            self.check_started(transaction)
        return super().make_iterator(transaction)


class WantsStatusToInferLength(ReferenceServer):
    """The length is inferred before the iteration, and with it the head is made."""

    kills = {"start-response-callable-in-sized-iterable": "the application was not iterated: want 201 "}

    def make_iterator(self, transaction: Any) -> Iterator[bytes]:
        if self.length_of_iterable(transaction) == 1 and transaction.status is None:
            raise ApplicationFault("no status to infer a length for")
        return super().make_iterator(transaction)


class FabricatesForLists(ReferenceServer):
    """A list is joined and sent on a short cut of its own, which has a default."""

    kills = {"list-without-start-response-refused": "the status after a list without start_response():"}

    def send_block(self, transaction: Any, block: bytes) -> None:
        if isinstance(transaction.iterable, list) and not transaction.start_response_called:
            transaction.status = "200 OK"
        super().send_block(transaction, block)


class FabricatesForEmptyLists(ReferenceServer):
    """Nothing to send is no reason to ask for a status."""

    kills = {
        "empty-list-without-start-response-refused": "an empty list without start_response(): want an error"
    }

    def finish_response(self, transaction: Any) -> None:
        if transaction.iterable == [] and not transaction.start_response_called:
            transaction.status = "200 OK"
        super().finish_response(transaction)


class KeepsResponseWithConnection(ReferenceServer):
    """Status and headers are kept with the connection, and are there until others are."""

    kills = {
        "response-without-start-response-not-of-previous": "the response to the second request: want an error"
    }

    def store_response(self, transaction: Any, status: Any, headers: Any) -> None:
        super().store_response(transaction, status, headers)
        transaction.connection.kept_response = status, list(headers)

    def check_started(self, transaction: Any) -> None:
        kept = getattr(transaction.connection, "kept_response", None)
        if transaction.status is None and kept is not None and not transaction.start_response_called:
            super().store_response(transaction, *kept)
        super().check_started(transaction)


class MakesStatusForFile(ReferenceServer):
    """A file that is to be sent needs no start_response()."""

    kills = {"wrapped-file-without-start-response-refused": "a wrapped file without start_response()"}

    def check_started(self, transaction: Any) -> None:
        if transaction.status is None and isinstance(transaction.iterable, FileWrapper):
            transaction.status = "200 OK"
        super().check_started(transaction)

    def can_send_file(self, transaction: Any, iterator: Any) -> bool:
        return transaction.status is not None and super().can_send_file(transaction, iterator)
