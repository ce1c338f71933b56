"""The names of transfer codings (RFC 9112 6.1, 6.3, 7)."""

from __future__ import annotations

from ...authoring import HttpExchange, check, expect, refused
from ...authoring.chunked_content import READS_HELLO
from ...authoring.coded_content import VALID_CODING, coded_as
from ...spec import rfc9112


@check(
    "coding-without-chunked-refused",
    requires=rfc9112.CHUNKED_NOT_FINAL,
    send=coded_as(b" gzip"),
    play=READS_HELLO,
    control=VALID_CODING,
)
def coding_without_chunked_refused(exchange: HttpExchange) -> None:
    """A transfer coding without chunked behind it is refused.

    Its end cannot be found: who reads to the end of the connection takes the next request for content.
    """
    refused(exchange, by_any_error=True)


@check(
    "coding-behind-chunked-refused",
    requires=rfc9112.CHUNKED_NOT_FINAL,
    send=coded_as(b" chunked, gzip"),
    play=READS_HELLO,
    control=VALID_CODING,
)
def coding_behind_chunked_refused(exchange: HttpExchange) -> None:
    """A transfer coding applied behind chunked is refused.

    The chunks cannot be seen; who looks for the word alone decodes what is not there.
    """
    refused(exchange, by_any_error=True)


@check(
    "coding-identity-refused",
    requires=rfc9112.CHUNKED_NOT_FINAL,
    send=coded_as(b" identity"),
    play=READS_HELLO,
    control=VALID_CODING,
)
def coding_identity_refused(exchange: HttpExchange) -> None:
    """The coding "identity", which is no more, is refused.

    Some take it for no coding at all, and go by Content-Length.
    """
    refused(exchange, by_any_error=True)


@check(
    "coding-identity-behind-chunked-refused",
    requires=rfc9112.CHUNKED_NOT_FINAL,
    send=coded_as(b" chunked, identity"),
    play=READS_HELLO,
    control=VALID_CODING,
)
def coding_identity_behind_chunked_refused(exchange: HttpExchange) -> None:
    """The coding "identity" behind chunked is refused.

    Chunked is not the last one, whatever the last one does.
    """
    refused(exchange, by_any_error=True)


@check(
    "coding-with-prefix-refused",
    requires=rfc9112.CHUNKED_NOT_FINAL,
    send=coded_as(b" xchunked"),
    play=READS_HELLO,
    control=VALID_CODING,
)
def coding_with_prefix_refused(exchange: HttpExchange) -> None:
    """A coding whose name only ends in "chunked" is refused.

    A search within the value finds chunked, a comparison does not.
    """
    refused(exchange, by_any_error=True)


@check(
    "coding-with-suffix-refused",
    requires=rfc9112.CHUNKED_NOT_FINAL,
    send=coded_as(b" chunkedx"),
    play=READS_HELLO,
    control=VALID_CODING,
)
def coding_with_suffix_refused(exchange: HttpExchange) -> None:
    """A coding whose name only begins with "chunked" is refused.

    A search within the value finds chunked, a comparison does not.
    """
    refused(exchange, by_any_error=True)


@check(
    "coding-unknown-refused",
    requires=rfc9112.CODING_UNKNOWN,
    send=coded_as(b" foo, chunked"),
    play=READS_HELLO,
    control=VALID_CODING,
)
def coding_unknown_refused(exchange: HttpExchange) -> None:
    """Content in an unknown coding within chunked is refused.

    Undecoded, it is something else than what was sent.
    """
    refused(exchange)


@check(
    "coding-compressed-refused-or-decoded",
    requires=rfc9112.CODING_UNKNOWN,
    send=coded_as(b" gzip, chunked"),
    play=READS_HELLO,
    control=VALID_CODING,
)
def coding_compressed_refused_or_decoded(exchange: HttpExchange) -> None:
    """Compressed content within chunked is refused, unless it is decompressed.

    An application that gets the compressed octets takes them for the content.
    """
    if exchange.app.called:
        got = [seen.facts["error"] is None for seen in exchange.app.of("content") if seen.label == ""]
        expect(not any(got), "octets that are not gzip", want="a refusal", got="content, and its end")
        return
    refused(exchange)


@check(
    "chunked-parameter-refused",
    requires=rfc9112.CHUNKED_PARAMETERS,
    send=coded_as(b" chunked;q=1"),
    play=READS_HELLO,
    control=VALID_CODING,
)
def chunked_parameter_refused(exchange: HttpExchange) -> None:
    """The coding chunked with a parameter is refused.

    It has none; who cuts at the semicolon and who compares the whole differ.
    """
    refused(exchange)


@check(
    "compression-parameter-refused",
    requires=rfc9112.COMPRESSION_PARAMETERS,
    send=coded_as(b" gzip;x=1, chunked"),
    play=READS_HELLO,
    control=VALID_CODING,
)
def compression_parameter_refused(exchange: HttpExchange) -> None:
    """A compression coding with a parameter is refused.

    It has none, and nobody knows what it changes.
    """
    refused(exchange)


@check(
    "chunked-twice-never-half-decoded",
    requires=rfc9112.CHUNKED_LENGTH,
    send=coded_as(b" chunked, chunked"),
    play=READS_HELLO,
    control=VALID_CODING,
)
def chunked_twice_never_half_decoded(exchange: HttpExchange) -> None:
    """Content that is said to be chunked twice is refused, or decoded.

    Who ignores both leaves the chunks for the next request.
    """
    if not exchange.app.called:
        refused(exchange, by_any_error=True)
    for seen in exchange.app.of("content"):
        if seen.label == "" and seen.facts["error"] is None:
            got = seen.facts["content"]
            expect(got == "hello", "the content", want="hello, or a refusal", got=got)
