"""Preconditions and ranges, which PEP 3333 leaves to the application (RFC 9110 13, 14, 15.3.7).

A server that acts on them by itself keeps the rules for it; one that does not passes them all.
"""

from __future__ import annotations

from ...authoring import (
    PLAIN_TEXT,
    HttpExchange,
    Octets,
    Play,
    Response,
    called_once,
    check,
    ended_by_server,
    expect,
    inapplicable,
    octets,
    response_of,
)
from ...spec import rfc9110

CONTENT = b"0123456789"
FIELDS = (
    *PLAIN_TEXT,
    ("ETag", '"v1"'),
    ("Last-Modified", "Sun, 06 Nov 1994 08:49:37 GMT"),
    ("Cache-Control", "max-age=60"),
    ("Vary", "Accept"),
)
VALIDATED = Play(headers=FIELDS, chunks=(CONTENT,), shape="list")
MISSING = Play(status="404 Not Found", headers=FIELDS, chunks=(b"not found",), shape="list")

PLAIN = Octets(octets("GET", "Connection: close"))
PLAIN_POST = Octets(octets("POST", "Content-Length: 0", "Connection: close"), methods=("POST",))
PLAIN_OPTIONS = Octets(octets("OPTIONS", "Connection: close"), methods=("OPTIONS",))
FIRST_FOUR = Octets(octets("GET", "Range: bytes=0-3", "Connection: close"))
BEYOND = Octets(octets("GET", "Range: bytes=100-200", "Connection: close"))
TWO_RANGES = Octets(octets("GET", "Range: bytes=0-1,6-7", "Connection: close"))
OVERLAPPING = Octets(
    octets("GET", "Range: bytes=" + ",".join(f"0-{last}" for last in range(1000)), "Connection: close")
)


def _get(*fields: str) -> Octets:
    return Octets(octets("GET", *fields, "Connection: close"))


def _expect_whole(exchange: HttpExchange, what: str) -> None:
    """Expect the response of the application as it was made."""
    response = response_of(exchange)
    expect(response.status == 200, f"answer to {what}", want=200, got=response.status)
    expect(response.content == CONTENT, f"content for {what}", want=CONTENT, got=response.content)


@check(
    "if-modified-since-invalid-ignored",
    requires=rfc9110.IF_MODIFIED_SINCE_INVALID,
    send=_get("If-Modified-Since: the day before yesterday"),
    control=PLAIN,
    play=VALIDATED,
)
def if_modified_since_invalid_ignored(exchange: HttpExchange) -> None:
    """An If-Modified-Since that is no date changes nothing.

    A 304 for it leaves the client with nothing to show, an error with less.
    """
    _expect_whole(exchange, "an If-Modified-Since that is no date")


@check(
    "if-range-without-range-ignored",
    requires=rfc9110.IF_RANGE_WITHOUT_RANGE,
    send=_get('If-Range: "v0"'),
    control=PLAIN,
    play=VALIDATED,
)
def if_range_without_range_ignored(exchange: HttpExchange) -> None:
    """An If-Range without a Range changes nothing.

    There is no range that it could be a condition of.
    """
    _expect_whole(exchange, "an If-Range without Range")


@check(
    "preconditions-of-missing-resource-ignored",
    requires=rfc9110.PRECONDITIONS_OF_FAILURE,
    send=_get("If-None-Match: *"),
    play=MISSING,
)
def preconditions_of_missing_resource_ignored(exchange: HttpExchange) -> None:
    """A 404 of the application stays one, whatever the preconditions say.

    A 304 in its place tells the client that what it holds is still there.
    """
    called_once(exchange)
    got = response_of(exchange).status
    expect(got == 404, "answer to If-None-Match where there is nothing", want=404, got=got)


@check(
    "preconditions-of-options-ignored",
    requires=rfc9110.PRECONDITIONS_OF_METHOD,
    send=Octets(octets("OPTIONS", "If-None-Match: *", "Connection: close"), methods=("OPTIONS",)),
    control=PLAIN_OPTIONS,
    play=VALIDATED,
)
def preconditions_of_options_ignored(exchange: HttpExchange) -> None:
    """Preconditions of an OPTIONS request are ignored.

    It asks about communication, not for a representation that could be the same.
    """
    _expect_whole(exchange, "If-None-Match of OPTIONS")


@check(
    "range-of-post-ignored",
    requires=rfc9110.RANGE_METHOD,
    send=Octets(
        octets("POST", "Content-Length: 0", "Range: bytes=0-3", "Connection: close"), methods=("POST",)
    ),
    control=PLAIN_POST,
    play=VALIDATED,
)
def range_of_post_ignored(exchange: HttpExchange) -> None:
    """A Range in a POST request is ignored.

    The result of an action is cut to its first octets, and nobody asked for that.
    """
    _expect_whole(exchange, "Range of POST")


@check(
    "range-of-unknown-unit-ignored",
    requires=rfc9110.RANGE_UNIT,
    send=_get("Range: lines=0-3"),
    control=PLAIN,
    play=VALIDATED,
)
def range_of_unknown_unit_ignored(exchange: HttpExchange) -> None:
    """A Range in a unit that the server does not know is ignored.

    Units are an extension point: only bytes are octets.
    """
    _expect_whole(exchange, "a Range of lines")


@check(
    "range-of-many-digits-survived",
    requires=rfc9110.RANGE_NUMBERS,
    send=_get("Range: bytes=0-99999999999999999999999999999999"),
    control=PLAIN,
    play=VALIDATED,
)
def range_of_many_digits_survived(exchange: HttpExchange) -> None:
    """A Range that ends beyond 64 bits is served, in whole or in part.

    A number that overflows becomes a small or a negative one.
    """
    response = response_of(exchange)
    expect(response.status in (200, 206), "answer to a huge Range", want="200 or 206", got=response.status)
    expect(response.content == CONTENT, "content for a huge Range", want=CONTENT, got=response.content)


@check(
    "overlapping-ranges-not-multiplied",
    requires=rfc9110.RANGES_EGREGIOUS,
    send=OVERLAPPING,
    control=PLAIN,
    play=VALIDATED,
)
def overlapping_ranges_not_multiplied(exchange: HttpExchange) -> None:
    """A thousand ranges of the same octets are ignored, merged or refused.

    Served one by one, a short request makes a response of many times the resource.
    """
    if exchange.response is None and ended_by_server(exchange):
        return  # rejected, though without a word
    response = response_of(exchange)
    got = len(response.content)
    expect(got < 5000 or response.status >= 400, "octets for a thousand ranges of ten", want="few", got=got)
    expect(response.status < 500, "answer to a thousand ranges", want="below 500", got=response.status)


@check(
    "content-range-of-get-ignored",
    requires=rfc9110.CONTENT_RANGE_RECEIVED,
    send=_get("Content-Range: bytes 0-3/10"),
    control=PLAIN,
    play=VALIDATED,
)
def content_range_of_get_ignored(exchange: HttpExchange) -> None:
    """A Content-Range in a GET request is ignored.

    It describes content, and there is none.
    """
    _expect_whole(exchange, "Content-Range of GET")


# ---- a part of the server's own ---------------------------------------------------------------------


def _partial(exchange: HttpExchange) -> Response:
    called_once(exchange)
    response = response_of(exchange)
    if response.status != 206:
        inapplicable("the server leaves ranges to the application")
    return response


@check(
    "partial-response-names-its-range",
    requires=rfc9110.PARTIAL_RANGE,
    send=FIRST_FOUR,
    control=PLAIN,
    play=VALIDATED,
)
def partial_response_names_its_range(exchange: HttpExchange) -> None:
    """A 206 that the server makes of the application's 200 has a Content-Range.

    Without it nobody knows which part that is.
    """
    got = _partial(exchange).values("content-range")
    expect(got == ("bytes 0-3/10",), "Content-Range of a 206", want="bytes 0-3/10", got=got or "absent")


@check(
    "partial-response-in-one-part",
    requires=rfc9110.PARTIAL_SINGLE,
    send=FIRST_FOUR,
    control=PLAIN,
    play=VALIDATED,
)
def partial_response_in_one_part(exchange: HttpExchange) -> None:
    """A 206 for a single range is not in several parts.

    A client that asked for one need not understand a multipart response.
    """
    got = ", ".join(_partial(exchange).values("content-type")).lower()
    expect("multipart/byteranges" not in got, "Content-Type of a 206", want="no multipart", got=got)


@check(
    "partial-response-keeps-fields",
    requires=rfc9110.PARTIAL_FIELDS,
    send=FIRST_FOUR,
    control=PLAIN,
    play=VALIDATED,
)
def partial_response_keeps_fields(exchange: HttpExchange) -> None:
    """A 206 that the server makes has the ETag, Cache-Control and Vary of the application's 200.

    A cache puts parts together by their entity tag.
    """
    response = _partial(exchange)
    missing = [name for name in ("ETag", "Cache-Control", "Vary") if not response.values(name)]
    expect(not missing, "fields that the 206 lost", want="none", got=missing)


@check(
    "unsatisfied-range-names-length",
    requires=rfc9110.RANGE_UNSATISFIED,
    send=BEYOND,
    control=PLAIN,
    play=VALIDATED,
)
def unsatisfied_range_names_length(exchange: HttpExchange) -> None:
    """A 416 of the server's own says in Content-Range how long the representation is.

    The client learns from it what it could ask for.
    """
    response = response_of(exchange)
    if response.status != 416:
        inapplicable("the server leaves ranges to the application")
    got = response.values("content-range")
    expect(got == ("bytes */10",), "Content-Range of a 416", want="bytes */10", got=got or "absent")


@check(
    "if-range-of-another-tag-serves-whole",
    requires=rfc9110.IF_RANGE_FALSE,
    send=_get("Range: bytes=0-3", 'If-Range: "v0"'),
    control=PLAIN,
    play=VALIDATED,
)
def if_range_of_another_tag_serves_whole(exchange: HttpExchange) -> None:
    """A Range on the condition of another entity tag is ignored.

    A part of the new representation, put behind a part of the old one, is a broken file.
    """
    _expect_whole(exchange, "a Range on the condition of another tag")


def _parts(exchange: HttpExchange) -> Response:
    response = _partial(exchange)
    if len(response.values("content-range")) == 1 and len(response.content) <= 5:
        inapplicable("the server merges the ranges, or serves one of them")
    return response


@check(
    "partial-response-in-several-parts-says-so",
    requires=rfc9110.PARTIAL_MULTIPLE,
    send=TWO_RANGES,
    control=PLAIN,
    play=VALIDATED,
)
def partial_response_in_several_parts_says_so(exchange: HttpExchange) -> None:
    """A 206 with several parts is ``multipart/byteranges``.

    Without that type, and the boundary in it, nobody can take the parts apart.
    """
    got = ", ".join(_parts(exchange).values("content-type")).lower()
    good = "multipart/byteranges" in got and "boundary=" in got
    expect(good, "Content-Type of a 206 in parts", want="multipart/byteranges and a boundary", got=got)


@check(
    "partial-response-in-several-parts-names-no-range",
    requires=rfc9110.PARTIAL_MULTIPLE_RANGE,
    send=TWO_RANGES,
    control=PLAIN,
    play=VALIDATED,
)
def partial_response_in_several_parts_names_no_range(exchange: HttpExchange) -> None:
    """A 206 with several parts has no Content-Range in its head.

    It would be taken for a single part, boundaries and all.
    """
    response = _parts(exchange)
    if "multipart/byteranges" not in ", ".join(response.values("content-type")).lower():
        inapplicable("the response is in one part")
    got = ", ".join(response.values("content-range"))
    expect(not got, "Content-Range of a 206 in parts", want="absent", got=got)
