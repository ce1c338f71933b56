"""Mutants of Content-Length fields that are valid, alike or enormous."""

from __future__ import annotations

from http import HTTPStatus

from reference_server import ReferenceServer
from reference_server.errors import RequestRejected
from reference_server.state import Transaction


class KeepsTabs(ReferenceServer):
    """Keeps tabs."""

    kills = {
        "length-with-white-space-around-read": "a valid Content-Length: want a call of the application, got 400",
    }

    def parse_field_line(self, line: bytes) -> tuple[bytes, bytes]:
        name, value = super().parse_field_line(line)
        return name, line.partition(b":")[2].strip(b" ") if name == b"Content-Length" else value


class ReadsLeadingZerosAsOctal(ReferenceServer):
    """Reads leading zeros as octal."""

    kills = {
        "length-with-leading-zeros-read-as-decimal": "the content: want helloworld, got hellowor",
    }

    def parse_content_length(self, lengths: list[bytes]) -> int:
        length = super().parse_content_length(lengths)
        return int(lengths[0], 8) if lengths[0].startswith(b"00") else length


class HandsOverRepeated(ReferenceServer):
    """Hands over repeated."""

    kills = {
        "length-repeated-alike-read-once-or-refused": "CONTENT_LENGTH: want 5, got '5, 5'",
    }

    def parse_content_length(self, lengths: list[bytes]) -> int:
        return super().parse_content_length(sorted(set(lengths)))

    def content_length(self, transaction: Transaction) -> str | None:
        values = self.field_values(transaction.request, b"content-length")
        return ", ".join(value.decode() for value in values) or None


class HandsOverList(ReferenceServer):
    """Hands over list."""

    kills = {
        "length-list-alike-read-once-or-refused": "CONTENT_LENGTH: want 5, got '5, 5'",
    }

    def parse_content_length(self, lengths: list[bytes]) -> int:
        return super().parse_content_length([value.removesuffix(b", 5") for value in lengths])


class WrapsAt64Bits(ReferenceServer):
    """Wraps at 6 4 bits."""

    kills = {
        "length-above-64-bits-not-wrapped": "CONTENT_LENGTH",
    }

    def parse_content_length(self, lengths: list[bytes]) -> int:
        if len(lengths[0]) == 20 and lengths[0].isdigit():
            return int(lengths[0]) % 2**64
        return super().parse_content_length(lengths)

    def content_length(self, transaction: Transaction) -> str | None:
        length = super().content_length(transaction)
        return length and (str(int(length) % 2**64) if len(length) == 20 else length)


class WrapsAt32Bits(ReferenceServer):
    """Wraps at 3 2 bits."""

    kills = {
        "length-above-32-bits-not-wrapped": "octets within the content: want no call, got a request of their own",
    }

    def parse_content_length(self, lengths: list[bytes]) -> int:
        return super().parse_content_length(lengths) % 2**32


class WrapsTo63Bits(ReferenceServer):
    """Wraps to 6 3 bits."""

    kills = {
        "length-of-2-to-the-63-not-negative": "octets within the content: want no call, got a request of their own",
    }

    def parse_content_length(self, lengths: list[bytes]) -> int:
        return 0 if lengths == [str(2**63).encode()] else super().parse_content_length(lengths)


class FailsForManyDigits(ReferenceServer):
    """Fails for many digits."""

    kills = {
        "length-of-5000-zeros-read-or-refused": "answer to the malformed request: want 400, got 500",
        "length-of-5000-digits-survived": "answer to an enormous Content-Length: want '413, or another 4xx', got 500",
    }

    def parse_content_length(self, lengths: list[bytes]) -> int:
        if len(lengths[0]) > 4300:
            raise RequestRejected(HTTPStatus.INTERNAL_SERVER_ERROR, "Exceeds the limit (4300 digits)")
        return super().parse_content_length(lengths)
