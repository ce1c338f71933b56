"""Servers that break one duty each, for fuzzing to find: ``finds`` names the rules that may show it first."""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import unquote

from reference_server import ReferenceServer
from reference_server.state import Connection, Request, RequestBody, Transaction


class ForgetsClose(ReferenceServer):
    finds = {"close-called"}

    def close_iterable(self, transaction: Transaction) -> None:
        pass


class SendsContentForHead(ReferenceServer):
    finds = {"head-without-content"}

    def may_have_content(self, transaction: Transaction) -> bool:
        code = self.status_code(transaction)
        return code >= 200 and code not in (204, 304)


class ForgivesHost(ReferenceServer):
    finds = {"missing-host-refused", "repeated-host-refused", "invalid-host-refused"}

    def check_host(self, request: Request) -> None:
        pass


class ReadsLengthWithInt(ReferenceServer):
    finds = {"invalid-content-length-refused", "nothing-served-behind-invalid-content-length"}

    def parse_content_length(self, lengths: list[bytes]) -> int:
        try:
            return abs(int(lengths[0]))
        except ValueError:
            return super().parse_content_length(lengths)


class EndsFailedResponsesPolitely(ReferenceServer):
    finds = {"failed-response-incomplete"}

    def application_error(self, transaction: Transaction, error: BaseException) -> None:
        super().application_error(transaction, error)
        if transaction.head_sent:
            self.send(transaction.connection, self.last_chunk(transaction))


class ForgetsToDrain(ReferenceServer):
    finds = {"content-is-no-request", "content-of-a-length-is-no-request", "one-response-a-request"}

    def drain_or_close(self, transaction: Transaction) -> bool:
        return True


class PersistsBehindClose(ReferenceServer):
    finds = {"nothing-served-behind-close"}

    def client_persists(self, request: Request) -> bool:
        return request.version >= (1, 1) or super().client_persists(request)


class ForgivesSpaceBeforeColon(ReferenceServer):
    finds = {"space-before-colon-refused"}

    def check_field_name(self, name: bytes) -> None:
        super().check_field_name(name.rstrip(b" \t"))

    def header_variable_name(self, name: bytes) -> str:
        return super().header_variable_name(name.rstrip(b" \t"))


class DecodesQuery(ReferenceServer):
    finds = {"environ-query"}

    def query_string(self, transaction: Transaction) -> str:
        return unquote(super().query_string(transaction), "latin-1")


class ChunksForEverybody(ReferenceServer):
    finds = {"coding-only-to-http-1-1"}

    def framing_of_response(self, transaction: Transaction) -> Any:
        framing = super().framing_of_response(transaction)
        return "chunked" if framing == "close" else framing


class LastLineWins(ReferenceServer):
    finds = {"environ-fields-combined"}

    def join_repeated_fields(self, name: str, values: list[bytes]) -> str:
        return self.native_string(values[-1])


class ReadsToTheEndOfTheBuffer(ReferenceServer):
    finds = {"content-by-length", "input-read"}

    def read_delimited(self, transaction: Transaction, limit: int) -> bytes:
        octets = self.take(transaction.connection, transaction.body, limit)
        transaction.body.remaining = max(0, transaction.body.remaining - len(octets))
        transaction.body.finished = transaction.body.remaining == 0
        return octets


class GoesByLengthBesideCoding(ReferenceServer):
    finds = {
        "nothing-served-behind-length-and-coding",
        "content-by-chunks-beside-length",
        "content-is-no-request",
        "coding-without-final-chunked-refused",
    }

    def field_values(self, request: Request, name: bytes) -> list[bytes]:
        if name == b"transfer-encoding" and super().field_values(request, b"content-length"):
            return []
        return super().field_values(request, name)


class DiesOfAnExtension(ReferenceServer):
    finds = {"server-survives", "request-answered"}

    def decode_chunk_size(self, connection: Connection, body: RequestBody) -> int:
        if b";" in connection.buffer.partition(b"\r\n")[0]:
            os._exit(3)
        return super().decode_chunk_size(connection, body)


class HangsOnDelete(ReferenceServer):
    finds = {"request-answered"}

    def run_application(self, transaction: Transaction) -> None:
        if transaction.request.method == "DELETE":
            self.stopping.wait(20)
        super().run_application(transaction)


class SkipsEmptyBlocksAsEnd(ReferenceServer):
    finds = {"response-content", "response-complete"}

    def next_block(self, iterator: Any) -> bytes | None:
        return super().next_block(iterator) or None


SINNERS = [
    value
    for value in list(globals().values())
    if isinstance(value, type) and issubclass(value, ReferenceServer) and "finds" in vars(value)
]
