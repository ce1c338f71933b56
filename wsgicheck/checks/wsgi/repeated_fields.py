"""Field lines of the same name, which have one variable (RFC 3875, 4.1.18; RFC 9110, 5.2 and 5.3)."""

from __future__ import annotations

from ...authoring import Carrier, Environ, Exchange, Request, check, environ_of, expect, inconclusive
from ...spec import pep3333, rfc3875, rfc9110

REPEATED = Request(
    headers=(
        ("X-List", "first"),
        ("X-List", "second, third"),
        ("X-Between", "between"),
        ("X-List", "fourth"),
        ("x-cased", "one"),
        ("X-CASED", "two"),
        ("X-Cased", "three"),
        ("Accept", "text/one"),
        ("Accept", "text/two;q=0.5"),
        ("X-Forwarded-For", "192.0.2.1"),
        ("X-Forwarded-For", "192.0.2.2"),
        ("X-Same", "twice"),
        ("X-Same", "twice"),
    ),
    carrier=Carrier.QUERY,
)
COOKIES = Request(headers=(("Cookie", "a=1; b=2"), ("Cookie", "c=3")), carrier=Carrier.QUERY)


def members_of(environ: Environ, key: str) -> list[str]:
    """Return the members of a list; inconclusive where it has no variable at all."""
    if key not in environ:
        inconclusive(f"{key} is absent")
    return [member.strip(" \t") for member in environ[key].split(",")]


def expect_members(exchange: Exchange, key: str, want: list[str]) -> None:
    """Fail unless the members of the combined list are these, in this order."""
    environ = environ_of(exchange)
    got = members_of(environ, key)
    expect(got == want, f"members of {key}", want=", ".join(want), got=environ[key])


@check(
    "repeated-field-joined",
    requires=(rfc3875.REPEATED_FIELDS, pep3333.HTTP_VARIABLE_NAMES, rfc9110.FIELD_LINES_COMBINED),
    send=REPEATED,
)
def repeated_field_joined(exchange: Exchange) -> None:
    """Field lines of the same name become one value, joined by commas in their order.

    Keeping the last line only loses what the first said: an address of X-Forwarded-For, or a condition.
    """
    expect_members(exchange, "HTTP_X_LIST", ["first", "second", "third", "fourth"])


@check(
    "repeated-field-joined-in-any-case",
    requires=(rfc3875.REPEATED_FIELDS, rfc9110.FIELD_LINES_COMBINED, rfc9110.FIELD_LINES_ORDER),
    send=REPEATED,
)
def repeated_field_joined_in_any_case(exchange: Exchange) -> None:
    """Field lines whose names differ in case only become one value.

    Clients and the proxies between them write the same name differently.
    """
    expect_members(exchange, "HTTP_X_CASED", ["one", "two", "three"])


@check(
    "repeated-accept-joined",
    requires=(rfc3875.REPEATED_FIELDS, rfc9110.FIELD_LINES_COMBINED),
    send=REPEATED,
)
def repeated_accept_joined(exchange: Exchange) -> None:
    """The lines of a list that the server knows, such as Accept, become one value as well.

    A table of known fields must not be a table of fields that stand once.
    """
    expect_members(exchange, "HTTP_ACCEPT", ["text/one", "text/two;q=0.5"])


@check(
    "repeated-cookie-whole",
    requires=(rfc3875.REPEATED_FIELDS, rfc9110.FIELD_LINES_ORDER),
    send=COOKIES,
    control=Request(headers=(("Cookie", "a=1; b=2"),), carrier=Carrier.QUERY),
)
def repeated_cookie_whole(exchange: Exchange) -> None:
    """No cookie is lost where they come in two lines.

    Front ends split them so. The cookie that is lost may be the session.
    """
    if exchange.app.called:
        environ = environ_of(exchange)
        if "HTTP_COOKIE" not in environ:
            inconclusive("HTTP_COOKIE is absent")
        got = environ["HTTP_COOKIE"].replace(",", ";").split(";")
        crumbs = [crumb.strip(" \t") for crumb in got]
        expect(crumbs == ["a=1", "b=2", "c=3"], "cookies", want="a=1; b=2; c=3", got=environ["HTTP_COOKIE"])


@check(
    "repeated-cookie-joined-by-semicolon",
    requires=rfc3875.REPEATED_FIELDS,
    send=COOKIES,
    control=Request(headers=(("Cookie", "a=1; b=2"),), carrier=Carrier.QUERY),
    tempered="the comma joins every other field, and no browser sends cookies in two lines",
)
def repeated_cookie_joined_by_semicolon(exchange: Exchange) -> None:
    """Cookies in two lines are joined as cookies are: by a semicolon.

    A comma between them becomes a part of the one before: the value is another.
    """
    if exchange.app.called:
        got = environ_of(exchange).get("HTTP_COOKIE")
        if not got.endswith("c=3") or not got.startswith("a=1; b=2") or got.count("=") != 3:
            inconclusive("the cookies are not whole: repeated-cookie-whole fails for it")
        between = got[len("a=1; b=2") : -len("c=3")]
        expect(between.strip(" \t") != ",", "between two cookies", want="; ", got=between)


EDGES = Request(
    headers=(
        ("X-Plain", "one"),
        ("X-Plain", "two"),
        ("X-Edge", ""),
        ("X-Edge", "first"),
        ("X-Edge", ""),
        ("X-Edge", "last"),
        ("X-Octets", "\xe9"),
        ("X-Octets", "\xa0\xe9\xa0"),
    ),
    carrier=Carrier.QUERY,
)


@check(
    "repeated-field-with-empty-lines-whole",
    requires=(rfc3875.REPEATED_FIELDS, rfc9110.FIELD_LINES_COMBINED),
    send=EDGES,
)
def repeated_field_with_empty_lines_whole(exchange: Exchange) -> None:
    """Empty lines among those of a field cost no other line of it.

    ``if value:`` asks whether there was a line before: after an empty one the next is taken for the first.
    """
    environ = environ_of(exchange)
    if members_of(environ, "HTTP_X_PLAIN") != ["one", "two"]:
        inconclusive("lines are not joined at all: repeated-field-joined fails for it")
    got = [member for member in members_of(environ, "HTTP_X_EDGE") if member]
    expect(got == ["first", "last"], "members of HTTP_X_EDGE", want="first, last", got=", ".join(got))


@check(
    "repeated-field-octets-kept",
    requires=(rfc9110.FIELD_VALUE_OBS_TEXT, rfc3875.REPEATED_FIELDS),
    send=EDGES,
    control=Request(headers=(("X-Octets", "e"), ("X-Octets", "e")), carrier=Carrier.QUERY),
)
def repeated_field_octets_kept(exchange: Exchange) -> None:
    """The later lines of a field keep their octets above 0x7F, as the first one does.

    White space is SP and HTAB: ``str.strip()`` takes 0xA0 and 0x85 too, which end many a letter in UTF-8.
    """
    if not exchange.app.called:
        return  # octets above 0x7F may be refused
    got = members_of(environ_of(exchange), "HTTP_X_OCTETS")
    if len(got) != 2 or got[0] != "\xe9":
        inconclusive("the first line has not arrived, or the lines are not joined: other checks fail for it")
    expect(
        got == ["\xe9", "\xa0\xe9\xa0"], "members of HTTP_X_OCTETS", want=["\xe9", "\xa0\xe9\xa0"], got=got
    )


@check(
    "repeated-field-of-equal-lines-whole",
    requires=(rfc3875.REPEATED_FIELDS, rfc9110.FIELD_LINES_COMBINED),
    send=REPEATED,
)
def repeated_field_of_equal_lines_whole(exchange: Exchange) -> None:
    """A field line that says the same as the one before it is a member of its own.

    Whether two equal members are one more than enough is known to whoever knows the field: two hops of a
    proxy are two, and so are two measurements.
    """
    environ = environ_of(exchange)
    if members_of(environ, "HTTP_X_LIST") != ["first", "second", "third", "fourth"]:
        inconclusive("lines are not joined at all: repeated-field-joined fails for it")
    expect_members(exchange, "HTTP_X_SAME", ["twice", "twice"])
