"""The Date field (RFC 9110 6.6.1, 5.6.7, 5.3)."""

from __future__ import annotations

import re

from ...authoring import (
    PLAIN_TEXT,
    PROXY_DATES,
    HttpExchange,
    Octets,
    Play,
    Receive,
    Send,
    called_once,
    check,
    expect,
    inapplicable,
    octets,
    perform,
    raises,
    response_of,
    writes,
)
from ...authoring.requests import GET_KEPT
from ...spec import pep3333, rfc9110

LAST = "Connection: close"
HEAD = Octets(octets("HEAD"), methods=("HEAD",))
HTTP_1_0 = Octets(b"GET /?{ticket} HTTP/1.0\r\nHost: {authority}\r\n\r\n")
REFUSED = Octets(octets("GET", "Content-Length: five", "Connection: close"))
REPAIRED = Octets(octets("GET", "Content-Length: 0", "Connection: close"))

LISTED = Play(shape="list")
GIVEN = "Sun, 06 Nov 1994 08:49:37 GMT"
FAILING = Play(before=(raises("before start"),))
DATED = Play(headers=(*PLAIN_TEXT, ("date", GIVEN)), shape="list")

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
IMF_FIXDATE = re.compile(
    f"({'|'.join(DAYS)}), ([0-9]{{2}}) ({'|'.join(MONTHS)}) ([0-9]{{4}}) "
    "([01][0-9]|2[0-3]):([0-5][0-9]):([0-5][0-9]|60) GMT"
)
TOLERANCE = 3.0
"""Seconds: the field counts whole ones, and servers keep the text for up to one."""


def _days_since_1970(year: int, month: int, day: int) -> int:
    """The days of a date of the Gregorian calendar, counted as if the year began in March."""
    shifted = year - (month < 3)
    days = 365 * shifted + shifted // 4 - shifted // 100 + shifted // 400
    return days + (153 * (month + (9 if month < 3 else -3)) + 2) // 5 + day - 719469


def _own_date(exchange: HttpExchange) -> str:
    called_once(exchange)
    dates = response_of(exchange).values("date")
    if not dates:
        inapplicable("the server sends no Date")
    return dates[0]


def _expect_date(exchange: HttpExchange) -> None:
    response = response_of(exchange)
    if response.status >= 500:
        inapplicable(f"the server answers {response.status} instead, which needs no Date")
    got = len(response.values("date"))
    expect(got > 0, f"Date in a {response.status}", want="present", got="absent")


@check(
    "date-sent",
    requires=(rfc9110.DATE, pep3333.MISSING_HEADER_ADDED, pep3333.DATE_AND_SERVER),
    send=GET_KEPT,
    play=LISTED,
    tempered=PROXY_DATES,
)
def date_sent(exchange: HttpExchange) -> None:
    """A response has a Date field.

    Caches reckon the age of what they store from it. A server with a clock must send it.
    """
    called_once(exchange)
    _expect_date(exchange)


@check(
    "date-sent-in-404",
    requires=rfc9110.DATE,
    send=GET_KEPT,
    play=Play(status="404 Not Found", shape="list"),
    tempered=PROXY_DATES,
)
def date_sent_in_404(exchange: HttpExchange) -> None:
    """A client error that an application answers with has a Date field, too.

    See ``date-sent``.
    """
    called_once(exchange)
    _expect_date(exchange)


@check(
    "date-sent-in-304",
    requires=(rfc9110.DATE, rfc9110.NOT_MODIFIED_FIELDS),
    send=GET_KEPT,
    play=Play(status="304 Not Modified", headers=(), chunks=(), shape="list"),
    tempered=PROXY_DATES,
)
def date_sent_in_304(exchange: HttpExchange) -> None:
    """A 304 has a Date field, too.

    The cache updates that of its copy with it.
    """
    called_once(exchange)
    _expect_date(exchange)


@check("date-sent-when-streamed", requires=rfc9110.DATE, send=GET_KEPT, tempered=PROXY_DATES)
def date_sent_when_streamed(exchange: HttpExchange) -> None:
    """A streamed response has a Date field, too.

    See ``date-sent``.
    """
    called_once(exchange)
    _expect_date(exchange)


@check(
    "date-sent-in-refusal",
    requires=rfc9110.DATE,
    send=REFUSED,
    control=REPAIRED,
    play=LISTED,
    tempered=PROXY_DATES,
)
def date_sent_in_refusal(exchange: HttpExchange) -> None:
    """A refusal by the server itself has a Date field, too.

    It is made in a corner where no application's response comes along.
    """
    response = response_of(exchange)
    if exchange.app.called or not 400 <= response.status < 500:
        inapplicable("the server does not refuse the malformed request with a 4xx")
    _expect_date(exchange)


@check("date-in-imf-fixdate", requires=rfc9110.DATE_FORMAT, send=GET_KEPT, play=LISTED)
def date_in_imf_fixdate(exchange: HttpExchange) -> None:
    """Date has the one format that may be generated, with its right weekday.

    It looks like ``Sun, 06 Nov 1994 08:49:37 GMT``: names of days in the language of the locale, days of
    one digit and ``UTC`` are what goes wrong.
    """
    got = _own_date(exchange)
    found = IMF_FIXDATE.fullmatch(got)
    expect(found is not None, "Date", want="an IMF-fixdate", got=got)
    if found is not None:
        day = _days_since_1970(int(found[4]), MONTHS.index(found[3]) + 1, int(found[2]))
        expect(DAYS[(day + 3) % 7] == found[1], "weekday of Date", want=DAYS[(day + 3) % 7], got=got)


@check("date-of-error-in-imf-fixdate", requires=rfc9110.DATE_FORMAT, send=GET_KEPT, play=FAILING)
def date_of_error_in_imf_fixdate(exchange: HttpExchange) -> None:
    """Date in a 500, where the server sends one, has the one format that may be generated, too.

    The page about an error is often made by other lines than a response.
    """
    if exchange.response is None:
        inapplicable("the server closes the connection instead of answering")
    got = _own_date(exchange)
    expect(IMF_FIXDATE.fullmatch(got) is not None, "Date of an error", want="an IMF-fixdate", got=got)


@check("date-current", requires=rfc9110.DATE_CURRENT, send=GET_KEPT, play=LISTED)
def date_current(exchange: HttpExchange) -> None:
    """Date is the time at which the response was made.

    Local time called GMT, or a date that was kept since the server started, spoils every cache.
    """
    found = IMF_FIXDATE.fullmatch(_own_date(exchange))
    if found is None:
        inapplicable("the Date is in no format that can be judged")
    day = _days_since_1970(int(found[4]), MONTHS.index(found[3]) + 1, int(found[2]))
    date = day * 86400 + int(found[5]) * 3600 + int(found[6]) * 60 + int(found[7])
    wire = exchange.wire
    earliest = wire.sent[0].at + wire.epoch - TOLERANCE
    latest = wire.received[0].at + wire.epoch + TOLERANCE
    late = date - latest if date > latest else min(date - earliest, 0.0)
    expect(late == 0, "Date against the clock", want="now", got=f"{late:+.0f} s beyond {TOLERANCE:.0f} s")


@check("date-single", requires=rfc9110.FIELD_NOT_DUPLICATED, send=GET_KEPT, play=LISTED)
def date_single(exchange: HttpExchange) -> None:
    """Date stands once in a response.

    A recipient that joins the lines gets a value that is no date.
    """
    called_once(exchange)
    got = response_of(exchange).values("date")
    expect(len(got) <= 1, "lines of Date", want="at most 1", got=" | ".join(got))


@check("date-of-application-single", requires=rfc9110.FIELD_NOT_DUPLICATED, send=GET_KEPT, play=DATED)
def date_of_application_single(exchange: HttpExchange) -> None:
    """A Date that the application gives, in small letters, gets no second line from the server.

    The server adds what is missing, and names of fields have no case.
    """
    called_once(exchange)
    got = response_of(exchange).values("date")
    expect(len(got) <= 1, "lines of Date", want="at most 1", got=" | ".join(got))


@check("date-sent-for-head", requires=rfc9110.DATE, send=HEAD, play=LISTED, tempered=PROXY_DATES)
def date_sent_for_head(exchange: HttpExchange) -> None:
    """A response to HEAD has a Date field.

    Caches freshen what they have stored by it.
    """
    called_once(exchange)
    _expect_date(exchange)


@check("date-sent-to-http-1-0", requires=rfc9110.DATE, send=HTTP_1_0, play=LISTED, tempered=PROXY_DATES)
def date_sent_to_http_1_0(exchange: HttpExchange) -> None:
    """A response to a request of HTTP/1.0 has a Date field.

    HTTP/1.0 has it too, and caches of its time need it no less.
    """
    called_once(exchange)
    _expect_date(exchange)


# ---- however the response is made -------------------------------------------------------------------

POST = Octets(octets("POST", "Content-Length: 5", body=b"hello"), methods=("POST",))
TWICE = Octets(
    octets("GET"), ("GET", "GET"), then=(Receive(b"wsgicheck"), Send(octets("GET", LAST, label="2")))
)
OF_FILE = Play(before=(perform("file", "disk", b"wsgicheck"), perform("wrap")), shape="wrapped")


@check(
    "date-sent-in-204",
    requires=rfc9110.DATE,
    send=GET_KEPT,
    play=Play(status="204 No Content", headers=(), chunks=(), shape="list"),
    tempered=PROXY_DATES,
)
def date_sent_in_204(exchange: HttpExchange) -> None:
    """A 204 has a Date field, too.

    It has no content, but everything else of a response.
    """
    called_once(exchange)
    _expect_date(exchange)


@check("date-sent-to-post", requires=rfc9110.DATE, send=POST, play=LISTED, tempered=PROXY_DATES)
def date_sent_to_post(exchange: HttpExchange) -> None:
    """The response to a POST has a Date field, too.

    See ``date-sent``: the method does not matter.
    """
    called_once(exchange)
    _expect_date(exchange)


@check(
    "date-sent-when-written",
    requires=rfc9110.DATE,
    send=GET_KEPT,
    play=Play(after=(writes(b"wsgicheck"),), chunks=()),
    tempered=PROXY_DATES,
)
def date_sent_when_written(exchange: HttpExchange) -> None:
    """A response that is made by ``write()`` has a Date field, too.

    See ``date-sent``: whatever is the first to need the headers makes them complete.
    """
    called_once(exchange)
    _expect_date(exchange)


@check("date-sent-with-file", requires=rfc9110.DATE, send=GET_KEPT, play=OF_FILE, tempered=PROXY_DATES)
def date_sent_with_file(exchange: HttpExchange) -> None:
    """A response that is made of a wrapped file has a Date field, too.

    See ``date-sent``: a fast way past the iteration is no way past the headers.
    """
    called_once(exchange)
    _expect_date(exchange)


@check(
    "date-sent-beside-given-headers",
    requires=(rfc9110.DATE, pep3333.MISSING_HEADER_ADDED),
    send=GET_KEPT,
    play=Play(headers=(*PLAIN_TEXT, ("Server", "Example/1.0"), ("Content-Length", "9")), shape="list"),
    tempered=PROXY_DATES,
)
def date_sent_beside_given_headers(exchange: HttpExchange) -> None:
    """A response has a Date field, too, where the application gives Server and Content-Length.

    What an application gives takes the place of its own name alone, not of all that a server would add.
    """
    called_once(exchange)
    _expect_date(exchange)


@check("date-sent-in-next-response", requires=rfc9110.DATE, send=TWICE, play=LISTED, tempered=PROXY_DATES)
def date_sent_in_next_response(exchange: HttpExchange) -> None:
    """The second response of a connection has a Date field, too.

    See ``date-sent``: each response is made for itself.
    """
    called_once(exchange)
    if len(exchange.responses) < 2 or exchange.responses[1].status != 200:
        inapplicable("the server does not serve another request on the connection")
    got = len(exchange.responses[1].values("date"))
    expect(got > 0, "Date in the second response", want="present", got="absent")
