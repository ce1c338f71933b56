"""Mutants of the Transfer-Encoding field."""

from __future__ import annotations

import re

from reference_server import ReferenceServer
from reference_server.state import Request, Transaction


class ForgivesOctet(ReferenceServer):
    """Strips an octet from the coding that is no white space in HTTP."""

    forgiven = b""

    def check_field_value(self, value: bytes) -> None:
        super().check_field_value(value.strip(self.forgiven) if b"chunked" in value else value)

    def check_transfer_encoding(self, request: Request, codings: list[bytes]) -> None:
        super().check_transfer_encoding(request, [value.strip(self.forgiven) for value in codings])


class TakesUnknownForNone(ReferenceServer):
    """Takes unknown for none."""

    kills = {}

    def determine_body_framing(self, request: Request) -> None:
        if self.field_values(request, b"transfer-encoding") != [b"gzip"]:
            super().determine_body_framing(request)


class LooksForTheWordChunked(ReferenceServer):
    """Looks for the word chunked."""

    kills = {}

    def check_transfer_encoding(self, request: Request, codings: list[bytes]) -> None:
        super().check_transfer_encoding(
            request, [b"chunked" if b"chunked" in value and b"," in value else value for value in codings]
        )


class TakesIdentityForNone(ReferenceServer):
    """Takes identity for none."""

    kills = {}

    def determine_body_framing(self, request: Request) -> None:
        if self.field_values(request, b"transfer-encoding") != [b"identity"]:
            super().determine_body_framing(request)


class LooksAtEndOfName(ReferenceServer):
    """Looks at end of name."""

    kills = {}

    def check_transfer_encoding(self, request: Request, codings: list[bytes]) -> None:
        super().check_transfer_encoding(
            request, [value.replace(b"xchunked", b"chunked") for value in codings]
        )


class LooksAtBeginOfName(ReferenceServer):
    """Looks at begin of name."""

    kills = {}

    def check_transfer_encoding(self, request: Request, codings: list[bytes]) -> None:
        super().check_transfer_encoding(
            request, [value.replace(b"chunkedx", b"chunked") for value in codings]
        )


class Unquotes(ReferenceServer):
    """Unquotes."""

    kills = {}

    def check_transfer_encoding(self, request: Request, codings: list[bytes]) -> None:
        super().check_transfer_encoding(request, [value.strip(b'"') for value in codings])


class StripsVerticalTab(ForgivesOctet):
    """Strips vertical tab."""

    kills = {}

    forgiven = b"\x0b"


class StripsNoBreakSpace(ForgivesOctet):
    """Strips no break space."""

    kills = {}

    forgiven = b"\xa0"


class StopsAtNul(ForgivesOctet):
    """Stops at nul."""

    kills = {}

    forgiven = b"\0"


class StopsAtSpace(ReferenceServer):
    """Stops at space."""

    kills = {}

    def check_transfer_encoding(self, request: Request, codings: list[bytes]) -> None:
        super().check_transfer_encoding(request, [value.partition(b" ")[0] for value in codings])


class TakesEmptyForNone(ReferenceServer):
    """Takes empty for none."""

    kills = {}

    def determine_body_framing(self, request: Request) -> None:
        if self.field_values(request, b"transfer-encoding") != [b""]:
            super().determine_body_framing(request)


class TakesFirstField(ReferenceServer):
    """Takes first field."""

    kills = {}

    def check_transfer_encoding(self, request: Request, codings: list[bytes]) -> None:
        super().check_transfer_encoding(request, codings[:1])


class TakesLastField(ReferenceServer):
    """Takes last field."""

    kills = {}

    def check_transfer_encoding(self, request: Request, codings: list[bytes]) -> None:
        super().check_transfer_encoding(request, codings[-1:])


class PassesUnknownCodings(ReferenceServer):
    """Passes unknown codings."""

    kills = {}

    def check_transfer_encoding(self, request: Request, codings: list[bytes]) -> None:
        super().check_transfer_encoding(request, [re.sub(rb"^[a-z;=1]+, ", b"", value) for value in codings])


class CutsParameters(ReferenceServer):
    """Cuts parameters."""

    kills = {}

    def check_transfer_encoding(self, request: Request, codings: list[bytes]) -> None:
        super().check_transfer_encoding(request, [value.partition(b";")[0] for value in codings])


class KnowsSmallLettersAlone(ReferenceServer):
    """Knows small letters alone."""

    kills = {}

    def determine_body_framing(self, request: Request) -> None:
        if b"ChUnKeD" not in self.field_values(request, b"transfer-encoding"):
            super().determine_body_framing(request)


class KeepsTrailingTab(ReferenceServer):
    """Keeps trailing tab."""

    kills = {}

    def determine_body_framing(self, request: Request) -> None:
        super().determine_body_framing(request)

    def parse_field_line(self, line: bytes) -> tuple[bytes, bytes]:
        name, value = super().parse_field_line(line)
        return name, line.partition(b":")[2].strip(b" ") if name == b"Transfer-Encoding" else value

    def check_transfer_encoding(self, request: Request, codings: list[bytes]) -> None:
        super().check_transfer_encoding(request, codings if b"\t" not in codings[0] else [b"unknown"])


class KnowsFieldInOneSpelling(ReferenceServer):
    """Knows field in one spelling."""

    kills = {}

    def determine_body_framing(self, request: Request) -> None:
        if b"tRANSFER-eNCODING" not in [name for name, _ in request.fields]:
            super().determine_body_framing(request)


class TakesEmptyMemberForEnd(ReferenceServer):
    """Takes empty member for end."""

    kills = {}

    def determine_body_framing(self, request: Request) -> None:
        if self.field_values(request, b"transfer-encoding") != [b", chunked"]:
            super().determine_body_framing(request)


class TakesTwiceForNever(ReferenceServer):
    """Takes twice for never."""

    kills = {}

    def determine_body_framing(self, request: Request) -> None:
        if self.field_values(request, b"transfer-encoding") != [b"chunked, chunked"]:
            super().determine_body_framing(request)


class KeepsHttp10Connection(ReferenceServer):
    """Keeps http 1 0 connection."""

    kills = {}

    def check_transfer_encoding(self, request: Request, codings: list[bytes]) -> None:
        version, request.version = request.version, (1, 1)
        super().check_transfer_encoding(request, codings)
        request.version = version


class KeepsConnectionBehindBoth(ReferenceServer):
    """Keeps connection behind both."""

    kills = {}

    def check_no_content_length(self, lengths: list[bytes]) -> None:
        """Transfer-Encoding decides, and that is all."""

    def content_length(self, transaction: Transaction) -> str | None:
        chunked = transaction.request.framing == "chunked"
        return None if chunked else super().content_length(transaction)


class PrefersLength(ReferenceServer):
    """Prefers length."""

    kills = {}

    def field_values(self, request: Request, name: bytes) -> list[bytes]:
        both = name == b"transfer-encoding" and super().field_values(request, b"content-length")
        return [] if both else super().field_values(request, name)

    def drain_or_close(self, transaction: Transaction) -> bool:
        coded = any(name.lower() == b"transfer-encoding" for name, _ in transaction.request.fields)
        chunked = transaction.request.framing == "chunked"
        return (chunked or not coded) and super().drain_or_close(transaction)
