"""Headers of other types than the PEP's list of pairs of ``str`` (PEP 3333, start_response())."""

from __future__ import annotations

from ...authoring import Exchange, Play, check, perform
from ...authoring.refused_starts import expect_start_refused, with_header
from ...spec import pep3333

LENIENT = "taking what means the same does no harm to anybody"


@check(
    "header-name-of-octets-raises",
    requires=pep3333.HEADER_ERRORS,
    play=with_header(b"X-A", "a"),
    tempered=LENIENT,
)
def header_name_of_octets_raises(exchange: Exchange) -> None:
    """start_response() raises for a name that is no ``str``.

    Code that still thinks in Python 2 is found while it is being written.
    """
    expect_start_refused(exchange, "a name that is bytes")


@check(
    "header-value-of-octets-raises",
    requires=pep3333.HEADER_ERRORS,
    play=with_header("X-A", b"a"),
    tempered=LENIENT,
)
def header_value_of_octets_raises(exchange: Exchange) -> None:
    """start_response() raises for a value that is ``bytes``.

    Formatted into a string it reads ``b'a'``.
    """
    expect_start_refused(exchange, "a value that is bytes")


@check(
    "header-value-of-number-raises",
    requires=pep3333.HEADER_ERRORS,
    play=with_header("X-A", 5),
    tempered=LENIENT,
)
def header_value_of_number_raises(exchange: Exchange) -> None:
    """start_response() raises for a value that is a number.

    A Content-Length that is an ``int`` works on one server, and on the next it does not.
    """
    expect_start_refused(exchange, "a value that is a number")


@check(
    "header-of-three-raises",
    requires=pep3333.HEADER_ERRORS,
    play=Play(starts=False, before=(perform("start", "200 OK", ((("X-A", "a", "b"),))),)),
)
def header_of_three_raises(exchange: Exchange) -> None:
    """start_response() raises for a tuple that is no pair.

    The third item is dropped without a word, or everything fails when the headers leave.
    """
    expect_start_refused(exchange, "a tuple of three")


def _headers_as(kind: str) -> Play:
    return Play(starts=False, before=(perform("start_headers_as", kind, "200 OK", (("X-A", "a"),)),))


@check("headers-in-tuple-raise", requires=pep3333.HEADER_ERRORS, play=_headers_as("tuple"), tempered=LENIENT)
def headers_in_tuple_raise(exchange: Exchange) -> None:
    """start_response() raises for headers that are no list.

    Middleware appends to what must be a list.
    """
    expect_start_refused(exchange, "a tuple of headers")


@check("headers-in-dict-raise", requires=pep3333.HEADER_ERRORS, play=_headers_as("dict"))
def headers_in_dict_raise(exchange: Exchange) -> None:
    """start_response() raises for headers in a dict.

    Iterating it yields the names alone: with names of two letters even that goes through.
    """
    expect_start_refused(exchange, "a dict of headers")


@check("header-in-list-raises", requires=pep3333.HEADER_ERRORS, play=_headers_as("lists"), tempered=LENIENT)
def header_in_list_raises(exchange: Exchange) -> None:
    """start_response() raises for a header that is a list and no tuple.

    Middleware compares and hashes what must be tuples.
    """
    expect_start_refused(exchange, "a list of name and value")
