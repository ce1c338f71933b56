"""The octets around the name of a transfer coding (RFC 9112 6.3, 7, RFC 9110 5.5)."""

from __future__ import annotations

from ...authoring import HttpExchange, check, refused
from ...authoring.chunked_content import READS_HELLO
from ...authoring.coded_content import VALID_CODING, coded_as, expect_decoded
from ...spec import rfc9110, rfc9112


def _decoded_or_refused(exchange: HttpExchange) -> None:
    if exchange.app.called:
        expect_decoded(exchange)
    else:
        refused(exchange, by_any_error=True)


@check(
    "coding-in-quotes-refused",
    requires=rfc9112.CHUNKED_NOT_FINAL,
    send=coded_as(b' "chunked"'),
    play=READS_HELLO,
    control=VALID_CODING,
)
def coding_in_quotes_refused(exchange: HttpExchange) -> None:
    """The coding chunked in quotes is refused.

    Whoever unquotes every value decodes it, others do not.
    """
    refused(exchange, by_any_error=True)


@check(
    "coding-behind-vertical-tab-refused",
    requires=rfc9112.CHUNKED_NOT_FINAL,
    send=coded_as(b" \x0bchunked"),
    play=READS_HELLO,
    control=VALID_CODING,
)
def coding_behind_vertical_tab_refused(exchange: HttpExchange) -> None:
    """The coding chunked behind a vertical tab is refused.

    str.strip() takes the tab for white space: a proxy in front does not know this coding, and goes by
    Content-Length.
    """
    refused(exchange, by_any_error=True)


@check(
    "coding-before-vertical-tab-refused",
    requires=rfc9112.CHUNKED_NOT_FINAL,
    send=coded_as(b" chunked\x0b"),
    play=READS_HELLO,
    control=VALID_CODING,
)
def coding_before_vertical_tab_refused(exchange: HttpExchange) -> None:
    """The coding chunked before a vertical tab is refused.

    str.strip() takes the tab for white space: a proxy in front does not know this coding, and goes by
    Content-Length.
    """
    refused(exchange, by_any_error=True)


@check(
    "coding-behind-no-break-space-refused",
    requires=rfc9112.CHUNKED_NOT_FINAL,
    send=coded_as(b" \xa0chunked"),
    play=READS_HELLO,
    control=VALID_CODING,
)
def coding_behind_no_break_space_refused(exchange: HttpExchange) -> None:
    """The coding chunked behind a no-break space is refused.

    str.strip() takes it for white space once the field has been decoded.
    """
    refused(exchange, by_any_error=True)


@check(
    "coding-with-nul-refused",
    requires=rfc9112.CHUNKED_NOT_FINAL,
    send=coded_as(b" chunked\x00x"),
    play=READS_HELLO,
    control=VALID_CODING,
)
def coding_with_nul_refused(exchange: HttpExchange) -> None:
    """The coding chunked with a NUL and more behind it is refused.

    What is written in C reads the value up to the NUL. (With a space in its place it is no coding either.)
    """
    refused(exchange, by_any_error=True)


@check(
    "coding-with-space-inside-refused",
    requires=rfc9112.CHUNKED_NOT_FINAL,
    send=coded_as(b" chunked foo"),
    play=READS_HELLO,
    control=VALID_CODING,
)
def coding_with_space_inside_refused(exchange: HttpExchange) -> None:
    """The coding chunked with another word behind it is refused.

    A split at spaces takes the first word, a comparison finds none.
    """
    refused(exchange, by_any_error=True)


@check(
    "coding-empty-refused",
    requires=rfc9112.CHUNKED_NOT_FINAL,
    send=coded_as(b""),
    play=READS_HELLO,
    control=VALID_CODING,
    tempered="a list without members may be taken for no list",
)
def coding_empty_refused(exchange: HttpExchange) -> None:
    """An empty Transfer-Encoding is refused.

    A field that is there and says nothing is absent for some and faulty for others.
    """
    refused(exchange, by_any_error=True)


@check(
    "coding-in-mixed-case-decoded",
    requires=rfc9112.CODING_NAME_CASE,
    send=coded_as(b" ChUnKeD"),
    play=READS_HELLO,
    control=VALID_CODING,
)
def coding_in_mixed_case_decoded(exchange: HttpExchange) -> None:
    """The coding chunked is known in any mixture of cases.

    Where it is not recognised, the chunks are the next request.
    """
    expect_decoded(exchange)


@check(
    "coding-with-white-space-around-decoded",
    requires=rfc9110.FIELD_VALUE_WHITESPACE,
    send=coded_as(b"\tchunked \t"),
    play=READS_HELLO,
    control=VALID_CODING,
)
def coding_with_white_space_around_decoded(exchange: HttpExchange) -> None:
    """White space around the coding is no part of it.

    Where it is not recognised, the chunks are the next request.
    """
    expect_decoded(exchange)


@check(
    "coding-with-empty-member-decoded-or-refused",
    requires=rfc9110.EMPTY_LIST_ELEMENTS,
    send=coded_as(b" , chunked"),
    play=READS_HELLO,
    control=VALID_CODING,
)
def coding_with_empty_member_decoded_or_refused(exchange: HttpExchange) -> None:
    """An empty member before chunked is ignored, or the request refused.

    Read as an unknown coding, or as none, it leaves the chunks for the next request.
    """
    _decoded_or_refused(exchange)


@check(
    "coding-behind-form-feed-refused",
    requires=rfc9112.CHUNKED_NOT_FINAL,
    send=coded_as(b" \x0cchunked"),
    play=READS_HELLO,
    control=VALID_CODING,
)
def coding_behind_form_feed_refused(exchange: HttpExchange) -> None:
    """The coding chunked behind a form feed is refused.

    See ``coding-behind-vertical-tab-refused``.
    """
    refused(exchange, by_any_error=True)


@check(
    "coding-with-empty-last-member-decoded-or-refused",
    requires=rfc9110.EMPTY_LIST_ELEMENTS,
    send=coded_as(b" chunked,"),
    play=READS_HELLO,
    control=VALID_CODING,
)
def coding_with_empty_last_member_decoded_or_refused(exchange: HttpExchange) -> None:
    """An empty member behind chunked is ignored, or the request refused.

    Whoever looks at the last member alone finds no chunked there.
    """
    _decoded_or_refused(exchange)
