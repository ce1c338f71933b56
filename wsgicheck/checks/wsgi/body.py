"""The octets of the content: as they were yielded, and all of them (PEP 3333, Specification Details)."""

from __future__ import annotations

from ...authoring import (
    Exchange,
    Play,
    check,
    expect,
    expect_content,
)
from ...spec import pep3333

LARGE = b"0123456789abcde\n" * 262_144
SIZES = (
    1,
    9,
    10,
    15,
    16,
    17,
    100,
    255,
    256,
    257,
    999,
    1000,
    1024,
    4095,
    4096,
    4097,
    8192,
    16384,
    65535,
    65536,
)
SIZED_BLOCKS = tuple(bytes([65 + at]) * size for at, size in enumerate(SIZES))
LINES = tuple(b"%d\n" % number for number in range(300))
LOW = bytes(range(0x80)) * 2
HIGH = b"caf\xc3\xa9 caf\xe9 \xff\xfe\x80\x81\xed\xa0\x80"


@check(
    "body-octets-unchanged",
    requires=pep3333.BODY_BINARY,
    play=Play(chunks=(LOW, LOW[::-1])),
)
def body_octets_unchanged(exchange: Exchange) -> None:
    """Blocks are opaque: NUL, control characters and every other octet arrive as they were yielded.

    The content type says text here; the server has no business with that.
    """
    expect_content(exchange, LOW + LOW[::-1])


@check("body-not-transcoded", requires=pep3333.NO_TRANSCODING, play=Play(chunks=(HIGH, bytes(range(256)))))
def body_not_transcoded(exchange: Exchange) -> None:
    """Octets above 0x7F arrive as they were yielded, whether or not they are UTF-8.

    All encoding is the application's; a picture that is decoded and encoded again is none.
    """
    expect_content(exchange, HIGH + bytes(range(256)))


@check(
    "body-line-ends-unchanged",
    requires=pep3333.BODY_LINE_ENDINGS,
    play=Play(chunks=(b"a\nb\r\nc\rd\n\re\r\n\r\n", b"\n\n", b"\r\n")),
)
def body_line_ends_unchanged(exchange: Exchange) -> None:
    """Line ends in the content are not altered.

    A changed line end changes a checksum, and makes the length wrong.
    """
    expect_content(exchange, b"a\nb\r\nc\rd\n\re\r\n\r\n\n\n\r\n")


@check(
    "body-of-many-blocks-whole",
    requires=(pep3333.CHUNKED_COMPLIES, pep3333.ITERABLE_ANY_KIND),
    play=Play(shape="generator", chunks=SIZED_BLOCKS),
)
def body_of_many_blocks_whole(exchange: Exchange) -> None:
    """Blocks of 1 to 65536 octets arrive whole and in order, whatever marks their ends.

    The size of a chunk is hexadecimal: a mistake in it first shows at ten octets.
    """
    if exchange.response is not None and exchange.response.framing == "chunked":
        faults = exchange.response.faults
        expect(not faults, "chunked coding", want="no fault", got="; ".join(faults))
    response = expect_content(exchange, b"".join(SIZED_BLOCKS))
    expect(response.complete, "the response", want="complete", got="cut off")


@check(
    "body-of-many-small-blocks-whole",
    requires=(pep3333.ITERABLE_ANY_KIND, pep3333.BLOCK_TRANSMISSION),
    play=Play(shape="generator", chunks=LINES),
)
def body_of_many_small_blocks_whole(exchange: Exchange) -> None:
    """Three hundred blocks of a few octets arrive, every one and in order.

    Templates yield a block for each line. Who counts or collects them stops somewhere.
    """
    response = expect_content(exchange, b"".join(LINES))
    expect(response.complete, "the response", want="complete", got="cut off")


@check("body-of-large-block-whole", requires=pep3333.BLOCK_TRANSMISSION, play=Play(chunks=(LARGE,)))
def body_of_large_block_whole(exchange: Exchange) -> None:
    """One block of 4 MiB arrives whole.

    ``send()`` takes as much as it likes and says how much; who does not ask loses the remainder.
    """
    response = expect_content(exchange, LARGE)
    expect(response.complete, "the response", want="complete", got="cut off")
