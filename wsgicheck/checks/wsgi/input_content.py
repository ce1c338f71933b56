"""What the content of a request is made of, and how it arrives, as the application reads it."""

from __future__ import annotations

import hashlib

from ...authoring import (
    AwaitApp,
    Exchange,
    Pause,
    Play,
    Request,
    Send,
    check,
    expect,
    expect_octets,
    fail,
    inconclusive,
    perform,
    reads_of,
    tries,
)
from ...spec import pep3333

DIGITS = b"0123456789"
ALL_OCTETS = bytes(range(256)) * 16
LARGE = (131072 * "%07d\n" % tuple(range(131072))).encode()  # 1 MiB

LATE_CONTENT = Request(
    "POST",
    headers=(("Content-Length", "10"),),
    then=(AwaitApp("reading", seconds=0.3), Send(b"012"), Pause(), Send(b"3456"), Pause(), Send(b"789")),
)
LATE_LINE = Request(
    "POST",
    headers=(("Content-Length", "10"),),
    then=(AwaitApp("reading", seconds=0.3), Send(b"012"), Pause(), Send(b"3456"), Pause(), Send(b"78\n")),
)
"""With a line ending at its end, for servers whose input has none."""
OCTET_BY_OCTET = Request(
    "POST",
    headers=(("Content-Length", "6"),),
    then=tuple(action for octet in b"abcdef" for action in (Pause(), Send(bytes([octet])))),
)


@check(
    "input-octets-exact",
    requires=pep3333.WSGI_INPUT,
    send=Request("POST", body=ALL_OCTETS),
    play=Play(before=(perform("rest", 1000),)),
)
def input_octets_exact(exchange: Exchange) -> None:
    """Every octet from 0 to 255 reaches the application as it was sent.

    Pictures and archives are broken by one translated line ending or one decoded character.
    """
    reading = reads_of(exchange)[0]
    if reading.error:
        fail(f"reading the body raised {reading.error}")
    expect_octets("body", want=ALL_OCTETS, got=reading.octets)


@check(
    "input-large-body-whole",
    requires=pep3333.WSGI_INPUT,
    send=Request("POST", body=LARGE),
    play=Play(before=(perform("digest", 4096),)),
)
def input_large_body_whole(exchange: Exchange) -> None:
    """A body of 1 MiB, read in blocks of 4096, is octet for octet the one that was sent.

    It does not fit any buffer on the way: what is spilled, spooled or wrapped around shows here.
    """
    large_and_whole(exchange)


@check(
    "input-large-body-in-one-read",
    requires=pep3333.WSGI_INPUT,
    send=Request("POST", body=LARGE),
    play=Play(before=(perform("digest", 2 * 1024 * 1024),)),
)
def input_large_body_in_one_read(exchange: Exchange) -> None:
    """A body of 1 MiB that is asked for in one read() is octet for octet the one that was sent.

    The answer to one call comes in many segments: a server that puts them together may lose one.
    """
    large_and_whole(exchange)


def large_and_whole(exchange: Exchange) -> None:
    """Expect that the large body was read as it was sent."""
    reading = reads_of(exchange)[0]
    if reading.error:
        fail(f"reading the body raised {reading.error}")
    expect(reading.length == len(LARGE), "octets of the body", want=len(LARGE), got=reading.length)
    digest = hashlib.sha256(LARGE).hexdigest()
    got = reading.lines[0].decode("latin-1")
    expect(got == digest, "SHA-256 of the body", want=digest, got=got)


@check(
    "input-readable-during-iteration",
    requires=pep3333.WSGI_INPUT,
    send=Request("POST", body=DIGITS),
    play=Play(chunks=(perform("rest", 4), b"wsgicheck")),
)
def input_readable_during_iteration(exchange: Exchange) -> None:
    """The body can be read as long as the application is iterated, and not only while it is called.

    The whole of a generator runs there. A server that tidies up the body when the call returns empties it.
    """
    digits_read(exchange)


@check(
    "input-readable-behind-first-block",
    requires=pep3333.WSGI_INPUT,
    send=Request("POST", body=DIGITS),
    play=Play(chunks=(b"wsgi", perform("rest", 4), b"check")),
)
def input_readable_behind_first_block(exchange: Exchange) -> None:
    """The body can still be read when a block of the response has been sent.

    Who converts or counts what comes in, and answers on the way, reads there. A server that throws away
    what was not read before its header section goes out shows such an application a body cut off.
    """
    digits_read(exchange)


def digits_read(exchange: Exchange) -> None:
    """Expect that the digits were read as they were sent."""
    reading = reads_of(exchange)[0]
    if reading.error:
        fail(f"reading the body raised {reading.error}")
    expect_octets("body", want=DIGITS, got=reading.octets)


@check(
    "input-of-several-segments-is-bytes",
    requires=pep3333.INPUT_BYTES,
    send=LATE_LINE,
    play=Play(before=(tries("read", 5), tries("readline"))),
)
def input_of_several_segments_is_bytes(exchange: Exchange) -> None:
    """What read() and readline() put together of several segments is of type bytes, too.

    Where one segment has all of it, it is returned as it came; what collects several of them is mostly a
    bytearray, and has to be made one of bytes.
    """
    for reading in reads_of(exchange):
        if reading.error or not reading.kind:
            inconclusive(f"{reading.call} did not return")
        expect(reading.kind == "bytes", f"type of {reading.call}", want="bytes", got=reading.kind)


@check(
    "input-waits-for-late-content",
    requires=pep3333.INPUT_READ_SIZE,
    send=LATE_CONTENT,
    play=Play(before=(perform("rest", 10),)),
)
def input_waits_for_late_content(exchange: Exchange) -> None:
    """Content that arrives behind the head, in several segments, is waited for.

    Every upload of some size does so. A server that takes what is there by chance passes every test on
    one machine, and loses data on a network.
    """
    digits_read(exchange)


@check(
    "input-octet-by-octet-whole",
    requires=pep3333.WSGI_INPUT,
    send=OCTET_BY_OCTET,
    play=Play(before=(perform("rest", 4),)),
)
def input_octet_by_octet_whole(exchange: Exchange) -> None:
    """Content that arrives in segments of one octet is read as if it had come at once.

    How a body is cut up on its way is nobody's choice, and nobody's business.
    """
    reading = reads_of(exchange)[0]
    if reading.error:
        fail(f"reading the body raised {reading.error}")
    expect_octets("body", want=b"abcdef", got=reading.octets)
