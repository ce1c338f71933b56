"""Mutants of the Transfer-Encoding field."""

from __future__ import annotations

import re

from reference_server import ReferenceServer
from reference_server.state import Request, Transaction


class ForgivesOctet(ReferenceServer):
    """Strips an octet from the coding that is no white space in HTTP."""

    forgiven = b""

    def check_field_value(self, value: bytes) -> None:
        super().check_field_value(self.forgive(value) if b"chunked" in value else value)

    def check_transfer_encoding(self, request: Request, codings: list[bytes]) -> None:
        super().check_transfer_encoding(request, [self.forgive(value) for value in codings])

    def forgive(self, value: bytes) -> bytes:
        return value.strip(self.forgiven)


class TakesUnknownForNone(ReferenceServer):
    """Takes unknown for none."""

    kills = {
        "coding-without-chunked-refused": "the malformed request: want a refusal, got 'a call that raised (ProbeError: the content is not what was expected), and 500 as answer'",
    }

    def determine_body_framing(self, request: Request) -> None:
        if self.field_values(request, b"transfer-encoding") != [b"gzip"]:
            super().determine_body_framing(request)


class LooksForTheWordChunked(ReferenceServer):
    """Looks for the word chunked."""

    kills = {
        "coding-behind-chunked-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
        "coding-compressed-refused-or-decoded": "octets that are not gzip: want a refusal, got 'content, and its end'",
        "coding-identity-behind-chunked-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
        "coding-unknown-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
        "compression-parameter-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def check_transfer_encoding(self, request: Request, codings: list[bytes]) -> None:
        super().check_transfer_encoding(
            request, [b"chunked" if b"chunked" in value and b"," in value else value for value in codings]
        )


class TakesIdentityForNone(ReferenceServer):
    """Takes identity for none."""

    kills = {
        "coding-identity-refused": "the malformed request: want a refusal, got 'a call that raised (ProbeError: the content is not what was expected), and 500 as answer'",
    }

    def determine_body_framing(self, request: Request) -> None:
        if self.field_values(request, b"transfer-encoding") != [b"identity"]:
            super().determine_body_framing(request)


class LooksAtEndOfName(ReferenceServer):
    """Looks at end of name."""

    kills = {
        "coding-with-prefix-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def check_transfer_encoding(self, request: Request, codings: list[bytes]) -> None:
        super().check_transfer_encoding(
            request, [value.replace(b"xchunked", b"chunked") for value in codings]
        )


class LooksAtBeginOfName(ReferenceServer):
    """Looks at begin of name."""

    kills = {
        "coding-with-suffix-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def check_transfer_encoding(self, request: Request, codings: list[bytes]) -> None:
        super().check_transfer_encoding(
            request, [value.replace(b"chunkedx", b"chunked") for value in codings]
        )


class Unquotes(ReferenceServer):
    """Unquotes."""

    kills = {
        "coding-in-quotes-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def check_transfer_encoding(self, request: Request, codings: list[bytes]) -> None:
        super().check_transfer_encoding(request, [value.strip(b'"') for value in codings])


class StripsVerticalTab(ForgivesOctet):
    """Strips vertical tab."""

    kills = {
        "coding-before-vertical-tab-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
        "coding-behind-vertical-tab-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    forgiven = b"\x0b"


class StripsNoBreakSpace(ForgivesOctet):
    """Strips no break space."""

    kills = {
        "coding-behind-no-break-space-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    forgiven = b"\xa0"


class StopsAtNul(ReferenceServer):
    """Stops at nul."""

    kills = {
        "coding-with-nul-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def check_field_value(self, value: bytes) -> None:
        super().check_field_value(value.replace(b"chunked\0x", b""))

    def check_transfer_encoding(self, request: Request, codings: list[bytes]) -> None:
        super().check_transfer_encoding(request, [value.partition(b"\0")[0] for value in codings])


class StopsAtSpace(ReferenceServer):
    """Stops at space."""

    kills = {
        "coding-with-space-inside-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def check_transfer_encoding(self, request: Request, codings: list[bytes]) -> None:
        super().check_transfer_encoding(request, [value.partition(b" ")[0] for value in codings])


class TakesEmptyForNone(ReferenceServer):
    """Takes empty for none."""

    kills = {
        "coding-empty-refused": "the malformed request: want a refusal, got 'a call that raised (ProbeError: the content is not what was expected), and 500 as answer'",
    }

    def determine_body_framing(self, request: Request) -> None:
        if self.field_values(request, b"transfer-encoding") != [b""]:
            super().determine_body_framing(request)


class TakesFirstField(ReferenceServer):
    """Takes first field."""

    kills = {
        "coding-repeated-in-other-letters-without-chunked-last-refused": "the malformed request",
        "coding-repeated-without-chunked-last-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def check_transfer_encoding(self, request: Request, codings: list[bytes]) -> None:
        super().check_transfer_encoding(request, codings[:1])


class TakesLastField(ReferenceServer):
    """Takes last field."""

    kills = {
        "coding-repeated-with-chunked-last-understood": "content in a coding unknown: want a refusal, got 'content, and its end'",
    }

    def check_transfer_encoding(self, request: Request, codings: list[bytes]) -> None:
        super().check_transfer_encoding(request, codings[-1:])


class PassesUnknownCodings(ReferenceServer):
    """Passes unknown codings."""

    kills = {
        "coding-compressed-refused-or-decoded": "octets that are not gzip: want a refusal, got 'content, and its end'",
        "coding-unknown-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
        "compression-parameter-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def check_transfer_encoding(self, request: Request, codings: list[bytes]) -> None:
        super().check_transfer_encoding(request, [re.sub(rb"^[a-z;=1]+, ", b"", value) for value in codings])


class CutsParameters(ReferenceServer):
    """Cuts parameters."""

    kills = {
        "chunked-parameter-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def check_transfer_encoding(self, request: Request, codings: list[bytes]) -> None:
        super().check_transfer_encoding(request, [value.partition(b";")[0] for value in codings])


class KnowsSmallLettersAlone(ReferenceServer):
    """Knows small letters alone."""

    kills = {
        "coding-in-mixed-case-decoded": "the content: want hello, got ''",
    }

    def determine_body_framing(self, request: Request) -> None:
        if b"ChUnKeD" not in self.field_values(request, b"transfer-encoding"):
            super().determine_body_framing(request)


class KeepsTrailingTab(ReferenceServer):
    """Keeps trailing tab."""

    kills = {
        "coding-with-white-space-around-decoded": "a request with chunked content: want a call of the application, got 400",
    }

    def determine_body_framing(self, request: Request) -> None:
        super().determine_body_framing(request)

    def parse_field_line(self, line: bytes) -> tuple[bytes, bytes]:
        name, value = super().parse_field_line(line)
        return name, line.partition(b":")[2].strip(b" ") if name == b"Transfer-Encoding" else value

    def check_transfer_encoding(self, request: Request, codings: list[bytes]) -> None:
        super().check_transfer_encoding(request, codings if b"\t" not in codings[0] else [b"unknown"])


class KnowsFieldInOneSpelling(ReferenceServer):
    """Knows field in one spelling."""

    kills = {
        "coding-field-name-in-any-case": "the content: want hello, got ''",
    }

    def determine_body_framing(self, request: Request) -> None:
        if b"tRANSFER-eNCODING" not in [name for name, _ in request.fields]:
            super().determine_body_framing(request)


class TakesEmptyMemberForEnd(ReferenceServer):
    """Takes empty member for end."""

    kills = {
        "coding-with-empty-member-decoded-or-refused": "the content: want hello, got ''",
    }

    def determine_body_framing(self, request: Request) -> None:
        if self.field_values(request, b"transfer-encoding") != [b", chunked"]:
            super().determine_body_framing(request)


class TakesTwiceForNever(ReferenceServer):
    """Takes twice for never."""

    kills = {
        "chunked-twice-never-half-decoded": "the content: want 'hello, or a refusal', got ''",
    }

    def determine_body_framing(self, request: Request) -> None:
        if self.field_values(request, b"transfer-encoding") != [b"chunked, chunked"]:
            super().determine_body_framing(request)


class KeepsHttp10Connection(ReferenceServer):
    """Keeps http 1 0 connection."""

    kills = {
        "coding-from-http-1-0-closes-connection": "the octets behind the request: want no call, got a request of their own",
    }

    def check_transfer_encoding(self, request: Request, codings: list[bytes]) -> None:
        version, request.version = request.version, (1, 1)
        super().check_transfer_encoding(request, codings)
        request.version = version


class KeepsConnectionBehindBoth(ReferenceServer):
    """Keeps connection behind both."""

    kills = {
        "length-before-coding-closes-connection": "the octets behind the request: want no call, got a request of their own",
        "length-behind-coding-closes-connection": "the octets behind the request: want no call, got a request of their own",
        "length-beside-coding-of-get-closes-connection": "the octets behind the request",
        "length-invalid-beside-coding-closes-connection": "the octets behind the request: want no call",
        "length-of-chunks-beside-coding-closes-connection": "the octets behind the request: want no call, got a request of their own",
        "length-of-zero-beside-coding-closes-connection": "the octets behind the request: want no call, got a request of their own",
        "request-behind-coding-in-capitals-not-run": "calls for the request within the content: want 0, got 1",
        "request-behind-coding-with-trailing-space-not-run": "calls for the request within the content: want 0, got 1",
        "request-behind-last-chunk-within-length-not-run": "calls for the request within the content: want 0, got 1",
        "request-behind-last-chunk-within-length-not-run-in-other-order": "calls for the request within the content: want 0, got 1",
    }

    def check_no_content_length(self, lengths: list[bytes]) -> None:
        """Transfer-Encoding decides, and that is all."""

    def content_length(self, transaction: Transaction) -> str | None:
        chunked = transaction.request.framing == "chunked"
        return None if chunked else super().content_length(transaction)


class PrefersLength(ReferenceServer):
    """Prefers length."""

    kills = {
        "coding-overrides-length": "the content: want hello, got '5\\r\\nh'",
    }

    def field_values(self, request: Request, name: bytes) -> list[bytes]:
        both = name == b"transfer-encoding" and super().field_values(request, b"content-length")
        return [] if both else super().field_values(request, name)

    def drain_or_close(self, transaction: Transaction) -> bool:
        coded = any(name.lower() == b"transfer-encoding" for name, _ in transaction.request.fields)
        chunked = transaction.request.framing == "chunked"
        return (chunked or not coded) and super().drain_or_close(transaction)


class StripsFormFeed(ForgivesOctet):
    """Strips form feed."""

    kills = {
        "coding-behind-form-feed-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    forgiven = b"\x0c"


class TakesEmptyLastMemberForEnd(ReferenceServer):
    """Takes empty last member for end."""

    kills = {
        "coding-with-empty-last-member-decoded-or-refused": "the content: want hello, got ''",
    }

    def determine_body_framing(self, request: Request) -> None:
        if self.field_values(request, b"transfer-encoding") != [b"chunked,"]:
            super().determine_body_framing(request)


class TakesLengthOfZeroForNone(ReferenceServer):
    """``if length and coding``: a length of zero is none."""

    kills = {
        "length-of-zero-beside-coding-closes-connection": "the octets behind the request: want no call, got a request of their own",
    }

    def check_no_content_length(self, lengths: list[bytes]) -> None:
        super().check_no_content_length([value for value in lengths if int(value)])

    def content_length(self, transaction: Transaction) -> str | None:
        chunked = transaction.request.framing == "chunked"
        return None if chunked else super().content_length(transaction)


class IgnoresCodingOfHttp10(ReferenceServer):
    """HTTP/1.0 has no Transfer-Encoding: the chunks are what comes next."""

    kills = {
        "coding-beside-length-from-http-1-0-closes-connection": "the octets behind the request",
        "coding-from-http-1-0-closes-connection": "answers, to the request and to what is behind it: want 1, got 2",
    }

    def field_values(self, request: Request, name: bytes) -> list[bytes]:
        values = super().field_values(request, name)
        return [] if name == b"transfer-encoding" and request.version < (1, 1) else values


class GoesByLengthOfHttp10(ReferenceServer):
    """HTTP/1.0 knows no codings, so its requests have the length that they say."""

    kills = {
        "coding-beside-length-from-http-1-0-closes-connection": "the octets behind the request: want no call",
    }

    def determine_body_framing(self, request: Request) -> None:
        lengths = self.field_values(request, b"content-length")
        if request.version < (1, 1) and lengths:
            request.content_length = self.parse_content_length(lengths)
            request.framing = "length"
        else:
            super().determine_body_framing(request)
