"""The headers of the application and those that are sent (PEP 3333, The ``start_response()`` Callable)."""

from __future__ import annotations

import re
from dataclasses import replace

from ...authoring import (
    PLAIN_TEXT,
    Exchange,
    Play,
    Request,
    Response,
    Several,
    called_once,
    check,
    expect,
    inconclusive,
    response_of,
)
from ...authoring.responses import cookies_given
from ...spec import pep3333, rfc9110

LONG = "".join(f"{number:04}." for number in range(800))
HEADERS = (
    *PLAIN_TEXT,
    ("X-Plain", 'a "b", c; d=e'),
    ("X-Empty", ""),
    ("X-Inner", "two  spaces"),
    ("X-Long", LONG),
    ("X-Order", "A"),
    ("x-order", "B"),
    ("X-Order", "A"),
    ("X-Order", "C"),
    ("Set-Cookie", "a=1; Path=/"),
    ("Set-Cookie", "b=2; Expires=Thu, 01 Jan 2099 00:00:00 GMT"),
    ("ETag", '"wsgicheck"'),
    ("Location", "elsewhere?a=b#c"),
    ("Cache-Control", "no-store"),
    ("Vary", "X-Plain"),
    ("x_under.score~1", "token"),
)
RICH = Play(headers=HEADERS, chunks=(b"con", b"tent"))


def delivered(exchange: Exchange) -> Response:
    """Return the response that has the application's headers; inconclusive where they were refused."""
    called_once(exchange)
    if exchange.app.of("start-raised"):
        inconclusive("start_response() refused the headers")
    response = response_of(exchange)
    if response.status >= 500:
        inconclusive(f"the client got {response.status} instead: headers-accepted judges that")
    return response


def expect_value(exchange: Exchange, name: str, value: str) -> None:
    """Expect one line with this value."""
    got = delivered(exchange).values(name)
    expect(got == (value,), name, want=value, got=", ".join(got) if got else "absent")


def expect_accepted(exchange: Exchange, status: int) -> None:
    """Expect that start_response() took the headers, and that the response has the application's status."""
    called_once(exchange)
    for refused in exchange.app.of("start-raised"):
        error = refused.facts["error"]
        expect(
            False,
            "start_response() with valid headers",
            want="accepted",
            got=f"{error['type']}: {error['message']}",
        )
    got = exchange.response.status if exchange.response else "no response"
    expect(got == status, "status", want=status, got=got)


# ---- none is lost, none is changed ------------------------------------------------------------------


@check("headers-accepted", requires=(pep3333.HEADERS_DELIVERED, pep3333.PLAY_DUMB), play=RICH)
def headers_accepted(exchange: Exchange) -> None:
    """Headers that HTTP allows are accepted, whatever they are.

    An empty value or an unusual name is no reason to refuse a response.
    """
    expect_accepted(exchange, 200)


@check("header-value-delivered", requires=pep3333.HEADERS_DELIVERED, play=RICH)
def header_value_delivered(exchange: Exchange) -> None:
    """A header reaches the client with its value.

    What the application says about its response is all that the client knows of it.
    """
    expect_value(exchange, "X-Plain", 'a "b", c; d=e')


@check("header-without-value-delivered", requires=pep3333.HEADERS_DELIVERED, play=RICH)
def header_without_value_delivered(exchange: Exchange) -> None:
    """A header with an empty value reaches the client.

    Empty is not absent: ``Accept-Ranges`` and ``Vary`` of that kind have a meaning.
    """
    expect_value(exchange, "X-Empty", "")


@check("header-inner-spaces-delivered", requires=pep3333.HEADERS_DELIVERED, play=RICH)
def header_inner_spaces_delivered(exchange: Exchange) -> None:
    """Spaces within a value are left as they are.

    Only those around a value are nobody's.
    """
    expect_value(exchange, "X-Inner", "two  spaces")


@check(
    "header-value-sent-as-latin-1",
    requires=pep3333.RESPONSE_LATIN_1,
    play=Play(headers=(("X-Latin", "caf\u00e9 \u00ff"),)),
)
def header_value_sent_as_latin_1(exchange: Exchange) -> None:
    """Characters up to U+00FF are sent as one octet each, or refused.

    Applications put encoded text into values as Latin-1: encoded once more it is garbled.
    """
    called_once(exchange)
    response = exchange.response
    if response is None or response.status >= 400:
        return
    got = response.values("x-latin")
    expect(got == ("caf\u00e9 \u00ff",), "X-Latin", want="caf\u00e9 \u00ff", got=", ".join(got) or "absent")


@check("header-long-value-delivered", requires=pep3333.HEADERS_DELIVERED, play=RICH)
def header_long_value_delivered(exchange: Exchange) -> None:
    """A value of 4000 characters arrives whole, on one line.

    Security policies and signed cookies are that long.
    """
    got = delivered(exchange).values("x-long")
    expect(
        got == (LONG,), "X-Long", want=f"{len(LONG)} octets", got=" + ".join(f"{len(value)}" for value in got)
    )


@check("header-token-name-delivered", requires=pep3333.HEADERS_DELIVERED, play=RICH)
def header_token_name_delivered(exchange: Exchange) -> None:
    """A name of any token characters reaches the client as it is.

    A server that turns one character into another has made another header.
    """
    expect_value(exchange, "x_under.score~1", "token")


@check(
    "header-lines-delivered-in-order",
    requires=(pep3333.HEADERS_DELIVERED, rfc9110.FIELD_LINES_ORDER),
    play=RICH,
)
def header_lines_delivered_in_order(exchange: Exchange) -> None:
    """Headers of one name are all delivered, in their order, whatever the case of the name.

    Whoever keeps headers in a dictionary loses all but one, or equal ones.
    """
    values = delivered(exchange).values("x-order")
    got = re.sub(r"[ \t]*,[ \t]*", ",", ",".join(values))
    expect(got == "A,B,A,C", "X-Order", want="A,B,A,C", got=got)


@check(
    "set-cookie-lines-delivered-apart", requires=(pep3333.PLAY_DUMB, rfc9110.SET_COOKIE_SEPARATE), play=RICH
)
def set_cookie_lines_delivered_apart(exchange: Exchange) -> None:
    """Two cookies stay two Set-Cookie lines, in their order.

    A date has a comma: joined to one line, cookies cannot be told apart.
    """
    response = delivered(exchange)
    want = tuple(value for name, value in HEADERS if name == "Set-Cookie")
    arrived = cookies_given(response, want)
    expect(arrived == want, "Set-Cookie", want=want, got=response.values("set-cookie"))


@check("headers-with-meaning-unchanged", requires=pep3333.SEMANTICS_UNCHANGED, play=RICH)
def headers_with_meaning_unchanged(exchange: Exchange) -> None:
    """ETag, Location, Cache-Control, Vary and Content-Type arrive as given.

    A server that improves them answers for caches and redirects that it knows nothing of.
    """
    for name in ("ETag", "Cache-Control", "Content-Type"):
        expect_value(exchange, name, dict(HEADERS)[name])
    want = dict(HEADERS)["Vary"]
    got = delivered(exchange).values("vary")  # to which a server may add what it varies itself
    members = [member.strip(" \t") for value in got for member in value.split(",")]
    expect(want in members, "Vary", want=want, got=", ".join(got))
    got = delivered(exchange).values("location")
    # RFC 2616 asked for an absolute URL, and some servers still make one.
    fair = len(got) == 1 and got[0].endswith("elsewhere?a=b#c")
    expect(fair, "Location", want="elsewhere?a=b#c", got=", ".join(got))


@check(
    "content-type-without-charset-unchanged",
    requires=pep3333.SEMANTICS_UNCHANGED,
    play=Play(headers=(("Content-Type", "text/html"),)),
)
def content_type_without_charset_unchanged(exchange: Exchange) -> None:
    """A Content-Type of text that names no charset gets none.

    The application may say it in the document; what stands in the header overrides that.
    """
    expect_value(exchange, "Content-Type", "text/html")


MANY = tuple((f"X-Number-{number}", f"{number}") for number in range(1, 101))


@check("many-headers-delivered", requires=pep3333.HEADERS_DELIVERED, play=Play(headers=MANY))
def many_headers_delivered(exchange: Exchange) -> None:
    """Of 100 headers every one is delivered.

    A table of fixed size drops what does not fit.
    """
    response = delivered(exchange)
    lost = [name for name, value in MANY if response.values(name) != (value,)]
    expect(not lost, "headers lost or changed", want="none", got=", ".join(lost))


# ---- many and long ----------------------------------------------------------------------------------

MANY_LINES = Play(
    headers=(*PLAIN_TEXT, *((f"X-Number-{number}", f"value {number}") for number in range(150)))
)
LONGEST = "0123456789abcde " * 749 + "0123456789abcde."
LONGEST_VALUE = Play(headers=(*PLAIN_TEXT, ("X-Very-Long", LONGEST)))


@check("many-header-lines-delivered", requires=pep3333.HEADERS_DELIVERED, play=MANY_LINES)
def many_header_lines_delivered(exchange: Exchange) -> None:
    """Each of 150 header lines reaches the client.

    Whoever finds that too much raises; nobody leaves some of them out.
    """
    response = delivered(exchange)
    lost = [number for number in range(150) if response.values(f"x-number-{number}") != (f"value {number}",)]
    expect(not lost, "lines X-Number-* that did not arrive", want="none", got=lost)


@check("very-long-header-value-delivered", requires=pep3333.HEADERS_DELIVERED, play=LONGEST_VALUE)
def very_long_header_value_delivered(exchange: Exchange) -> None:
    """A value of 12 000 octets reaches the client whole.

    Content security policies are that long. Whoever finds that too much raises; nobody cuts.
    """
    got = delivered(exchange).values("x-very-long")
    sizes = ", ".join(f"{len(value)} octets" for value in got) or "absent"
    expect(got == (LONGEST,), "X-Very-Long", want=f"{len(LONGEST)} octets", got=sizes)


OF_NO_CONTENT = (("X-Plain", "of no content"), ("Set-Cookie", "a=1"))


@check(
    "headers-delivered-with-no-content",
    requires=pep3333.HEADERS_DELIVERED,
    play=Play(status="204 No Content", headers=OF_NO_CONTENT, chunks=(), shape="list"),
)
def headers_delivered_with_no_content(exchange: Exchange) -> None:
    """The headers of a 204 reach the client: it lacks content, and not what is said of it.

    Behind a form that was sent by script, the cookie is all that there is.
    """
    called_once(exchange)
    response = response_of(exchange)
    if response.status != 204:
        inconclusive(f"the server answers {response.status} instead")
    for name, want in OF_NO_CONTENT:
        values = response.values(name)
        got = ", ".join(values) or "absent"
        expect(want in values, f"{name} in a 204", want=want, got=got)


COOKIES = (
    ("Set-Cookie", "session=1; Path=/; HttpOnly"),
    ("Set-Cookie", "session=2; Path=/admin; Secure"),
    ("set-cookie", "session=; Max-Age=0; Path=/old"),
    ("Set-Cookie", "Session=3"),
    ("SET-COOKIE", "other=a,b; Expires=Thu, 01 Jan 2099 00:00:00 GMT"),
    ("Set-Cookie", "other=c"),
)


@check(
    "set-cookie-lines-of-one-name-delivered",
    requires=(pep3333.PLAY_DUMB, rfc9110.SET_COOKIE_SEPARATE),
    play=Play(headers=(*PLAIN_TEXT, *COOKIES)),
)
def set_cookie_lines_of_one_name_delivered(exchange: Exchange) -> None:
    """Several cookies of one name are all delivered, in their order, whatever the case of Set-Cookie.

    Cookies are told apart by their path and domain as well: what replaces one by the other leaves a user
    logged in whose session was to be deleted.
    """
    response = delivered(exchange)
    want = tuple(value for _, value in COOKIES)
    arrived = cookies_given(response, want)
    expect(arrived == want, "Set-Cookie", want=want, got=response.values("set-cookie"))


# ---- whatever the status is -------------------------------------------------------------------------

STATUSES = (
    *("201 Created", "204 No Content", "302 Found", "304 Not Modified"),
    *("401 Unauthorized", "404 Not Found", "500 Internal Server Error", "503 Service Unavailable"),
)
GIVEN = (
    *(("Set-Cookie", "a=1; Path=/"), ("X-Given", "by the application"), ("Location", "/elsewhere")),
    *(("WWW-Authenticate", 'Basic realm="wsgicheck"'), ("Retry-After", "9")),
)


def _each_status() -> Play:
    first, *later = (Play(status=status, headers=GIVEN, chunks=(), shape="list") for status in STATUSES)
    return replace(first, later=tuple(later))


@check(
    "headers-delivered-with-any-status",
    requires=(pep3333.HEADERS_DELIVERED, pep3333.PLAY_DUMB),
    send=Several(Request(), times=len(STATUSES)),
    play=_each_status(),
)
def headers_delivered_with_any_status(exchange: Exchange) -> None:
    """Set-Cookie, Location and what else the application gives is delivered with every status.

    A 304 or an error page that loses its cookie logs somebody out. Which header has a meaning with which
    status is the application's to know; of a 304 the cookie alone is looked at, as HTTP would have it short.
    """
    called_once(exchange)
    if [response.status for response in exchange.responses] != [int(status[:3]) for status in STATUSES]:
        inconclusive("not every response has its status: the checks of status judge that")
    for response in exchange.responses:
        for name, want in GIVEN[:1] if response.status == 304 else GIVEN:
            values = response.values(name)
            made_absolute = name == "Location" and len(values) == 1 and values[0].endswith(want)
            got = ", ".join(values) if values else "absent"
            expect(want in values or made_absolute, f"{name} with a {response.status}", want=want, got=got)


OWN_DATE_AND_SERVER = (
    *PLAIN_TEXT,
    ("Date", "Thu, 01 Jan 2015 00:00:00 GMT"),
    ("Server", "Behind/1.0 (of the application)"),
)


@check(
    "date-and-server-headers-accepted",
    requires=(pep3333.HEADERS_DELIVERED, pep3333.PLAY_DUMB),
    play=Play(headers=OWN_DATE_AND_SERVER),
)
def date_and_server_headers_accepted(exchange: Exchange) -> None:
    """An application may give Date and Server itself.

    The server adds them where they are missing. An application that hands on what it got from elsewhere has
    them already; which of the two is sent is not asked here.
    """
    expect_accepted(exchange, 200)


@check(
    "length-with-not-modified-accepted",
    requires=(pep3333.HEADERS_DELIVERED, pep3333.PLAY_DUMB),
    play=Play(status="304 Not Modified", headers=(("ETag", '"x"'), ("Content-Length", "9")), chunks=()),
)
def length_with_not_modified_accepted(exchange: Exchange) -> None:
    """A 304 with the Content-Length that a 200 would have is accepted, and no shortfall.

    HTTP allows it (RFC 9110 8.6). What misses the nine octets makes an error of a page that has not changed.
    """
    expect_accepted(exchange, 304)
