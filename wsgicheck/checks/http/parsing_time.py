"""Values that a careless pattern takes a long time over (RFC 9110 5.5, 17.5, RFC 9112 5, 7.1.1).

A pattern that can match one octet in two ways tries all of them where the match fails in the end: with the
square of the length for white space that may belong to what stands before it or behind it, and twice as long
with each octet for words within words. One such request keeps a worker busy for minutes, and all of a server
that has one thread to read with. A server may refuse each of these requests, or close: judged is whether the
client learns it in time, and whether the next one is served.
"""

from __future__ import annotations

from ...authoring import (
    PLAIN_TEXT,
    PROXY_REFUSES,
    Exchange,
    Leaving,
    Play,
    Storm,
    check,
    content,
    expect,
    inconclusive,
    needs_plain,
)
from ...spec import rfc9110, rfc9112

BLANKS = b" " * 24_000
"""Half of what readers of lines commonly take; the square of it keeps a processor busy for seconds."""
GET = b"GET /?storm HTTP/1.1\r\nHost: {authority}\r\nX-Wsgicheck-Ticket: {ticket}\r\nConnection: close\r\n"
POST = GET.replace(b"GET", b"POST")
CHUNKED = POST + b"Transfer-Encoding: chunked\r\n\r\n"
ANSWERED = rfc9110.ONE_FINAL_RESPONSE
ANSWERS = Play(headers=(*PLAIN_TEXT, ("Content-Length", "9")), before=(content(),), shape="list")


def _client(octets: bytes) -> Storm:
    """Return one client that waits a moment for its answer or the end of the connection."""
    return Storm(octets, Leaving.ANSWERED, times=1, rounds=0, seconds=1.5)


def _in_time(exchange: Exchange) -> None:
    """Expect that the client got an answer or an end, and that the server serves the next one."""
    needs_plain(exchange)
    found = exchange.aftermath
    if found is None or not found.clients + found.answered + found.silent:
        inconclusive("no client could connect")
    expect(not found.silent, "clients that got neither an answer nor an end", want=0, got=found.silent)
    got = exchange.response.status if exchange.response is not None else "no answer"
    expect(got == 200, "a plain request afterwards", want=200, got=got)


# ---- what fails at its last octet -------------------------------------------------------------------


@check(
    "control-character-behind-long-word-answered-in-time",
    requires=(ANSWERED, rfc9110.FIELD_VALUE_CONTROL),
    send=_client(GET + b"X-A: " + b"x" * 60 + b"\x10\r\n\r\n"),
    play=ANSWERS,
)
def control_character_behind_long_word_answered_in_time(exchange: Exchange) -> None:
    """A field value of sixty letters and a control character is refused or served at once.

    A pattern for words with optional blanks between them tries every way to cut the letters into words
    before it finds that none of them ends well (CVE-2020-5236).
    """
    _in_time(exchange)


@check(
    "control-character-behind-many-words-answered-in-time",
    requires=(ANSWERED, rfc9110.FIELD_VALUE_CONTROL),
    send=_client(GET + b"X-A: " + b"ab\t cd  " * 40 + b"\x7f\r\n\r\n"),
    play=ANSWERS,
)
def control_character_behind_many_words_answered_in_time(exchange: Exchange) -> None:
    """A field value of many words and a control character is refused or served at once.

    See ``control-character-behind-long-word-answered-in-time``: here the blanks can be cut in many ways.
    """
    _in_time(exchange)


# ---- white space in plenty --------------------------------------------------------------------------


@check(
    "blanks-before-field-value-answered-in-time",
    requires=(ANSWERED, rfc9112.FIELD_WHITESPACE),
    send=_client(GET + b"X-A:" + BLANKS + b"v\r\n\r\n"),
    play=ANSWERS,
    tempered=PROXY_REFUSES,
)
def blanks_before_field_value_answered_in_time(exchange: Exchange) -> None:
    """Twenty-four thousand spaces before a field value are served or refused in time.

    Optional white space before a value that may begin with white space is cut in twenty-four thousand ways.
    """
    _in_time(exchange)


@check(
    "blanks-behind-field-value-answered-in-time",
    requires=(ANSWERED, rfc9112.FIELD_WHITESPACE),
    send=_client(GET + b"X-A: v" + BLANKS + b"\r\n\r\n"),
    play=ANSWERS,
    tempered=PROXY_REFUSES,
)
def blanks_behind_field_value_answered_in_time(exchange: Exchange) -> None:
    """Twenty-four thousand spaces behind a field value are served or refused in time.

    See ``blanks-before-field-value-answered-in-time``.
    """
    _in_time(exchange)


@check(
    "blanks-within-field-value-answered-in-time",
    requires=(ANSWERED, rfc9112.FIELD_WHITESPACE),
    send=_client(GET + b"X-A: v" + BLANKS + b"v\r\n\r\n"),
    play=ANSWERS,
    tempered=PROXY_REFUSES,
)
def blanks_within_field_value_answered_in_time(exchange: Exchange) -> None:
    """Twenty-four thousand spaces within a field value are served or refused in time.

    A search for white space at the end begins anew at each of them.
    """
    _in_time(exchange)


@check(
    "blanks-before-content-length-answered-in-time",
    requires=(ANSWERED, rfc9112.FIELD_WHITESPACE),
    send=_client(POST + b"Content-Length:" + BLANKS + b"5\r\n\r\nhello"),
    play=ANSWERS,
    tempered=PROXY_REFUSES,
)
def blanks_before_content_length_answered_in_time(exchange: Exchange) -> None:
    """Twenty-four thousand spaces before a Content-Length are served or refused in time.

    What frames a request is often read by a pattern of its own. See
    ``blanks-before-field-value-answered-in-time``.
    """
    _in_time(exchange)


@check(
    "blanks-in-chunk-extension-answered-in-time",
    requires=(ANSWERED, rfc9110.BAD_WHITESPACE),
    send=_client(CHUNKED + b"5;" + BLANKS + b"a\r\nhello\r\n0\r\n\r\n"),
    play=ANSWERS,
    tempered=PROXY_REFUSES,
)
def blanks_in_chunk_extension_answered_in_time(exchange: Exchange) -> None:
    """Twenty-four thousand spaces before the name of a chunk extension are served or refused in time.

    See ``blanks-before-field-value-answered-in-time``.
    """
    _in_time(exchange)


@check(
    "blanks-in-trailer-answered-in-time",
    requires=(ANSWERED, rfc9112.FIELD_WHITESPACE),
    send=_client(CHUNKED + b"5\r\nhello\r\n0\r\nX-A:" + BLANKS + b"v\r\n\r\n"),
    play=ANSWERS,
    tempered=PROXY_REFUSES,
)
def blanks_in_trailer_answered_in_time(exchange: Exchange) -> None:
    """Twenty-four thousand spaces before the value of a trailer field are served or refused in time.

    See ``blanks-before-field-value-answered-in-time``.
    """
    _in_time(exchange)
