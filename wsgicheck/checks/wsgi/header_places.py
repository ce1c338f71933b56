"""A line end in a header, whichever header it is, and how far behind (PEP 3333, start_response())."""

from __future__ import annotations

from ...authoring import (
    APPLICATION_ERRS,
    Exchange,
    Play,
    Request,
    Several,
    called_once,
    calls_of,
    check,
    expect,
    inconclusive,
    starts,
)
from ...spec import pep3333, rfc9110

KNOWN = ("Set-Cookie", "Location", "Content-Type", "Content-Disposition", "ETag", "Link", "WWW-Authenticate")
"""Fields that servers look at, or that carry what came from a client."""
LONG = "long " * 1000


def _broken(name: str, begin: str = "a", *before: tuple[str, str]) -> Play:
    """Return a play with a line end in the value of one header, which is the last of them."""
    split = (name, f"{begin}\r\nX-Injected: {name}")
    return Play(starts=False, before=(starts(headers=(*before, split)),))


ORDINARY, LATE = _broken("X-Ordinary"), _broken("X-Long", LONG)
SECOND = _broken("X-Second", "a", ("X-First", "first"), ("X-Good", "good"))
EACH = Several(Request(), times=3 + len(KNOWN), seconds=0.5)
PLACES = Play(starts=False, before=ORDINARY.before, later=(LATE, *map(_broken, KNOWN), SECOND))
NUMBERS = {
    "X-Ordinary": 1,
    "X-Long": 2,
    **{name: number for number, name in enumerate((*KNOWN, "X-Second"), 3)},
}


def raised(exchange: Exchange, name: str) -> bool:
    """Return whether ``start_response()`` refused this header; inconclusive where it was not called."""
    called_once(exchange)
    label = str(NUMBERS[name])
    if not calls_of(exchange, label):
        inconclusive(f"the application was not called for {name}")
    return any(seen.label == label for seen in exchange.app.of("start-raised"))


def expect_raised(exchange: Exchange, *names: str) -> None:
    """Expect that the headers of these names are refused, where those of others are."""
    if not raised(exchange, "X-Ordinary"):
        inconclusive("a line end passes in any header: header-value-with-crlf-raises fails for it")
    passed = [name for name in names if not raised(exchange, name)]
    what = "headers with a line end that start_response() takes"
    expect(not passed, what, want="none", got=", ".join(passed))


def expect_not_split(exchange: Exchange, *names: str) -> None:
    """Expect that no line end of these headers made another line, where those of others do not."""
    called_once(exchange)
    found = [name for response in exchange.responses for name in response.values("x-injected")]
    if "X-Ordinary" in found:
        inconclusive("a line end passes in any header: response-not-split fails for it")
    split = [name for name in names if name in found]
    expect(not split, "headers whose line end reaches the client", want="none", got=", ".join(split))


@check("header-value-with-late-line-end-raises", requires=pep3333.HEADER_ERRORS, send=EACH, play=PLACES)
def header_value_with_late_line_end_raises(exchange: Exchange) -> None:
    """start_response() raises for a line end behind 5000 octets of a value as for one at its begin.

    Looking at the begin alone is quick, and whoever wants to get in writes a long value.
    """
    expect_raised(exchange, "X-Long")


@check("known-header-with-line-end-raises", requires=pep3333.HEADER_ERRORS, send=EACH, play=PLACES)
def known_header_with_line_end_raises(exchange: Exchange) -> None:
    """start_response() raises for a line end in a header that has a meaning as for one in any other.

    Set-Cookie and Location are handled by a branch of their own here and there, and carry what clients sent.
    """
    expect_raised(exchange, *KNOWN)


@check("line-end-behind-good-headers-raises", requires=pep3333.HEADER_ERRORS, send=EACH, play=PLACES)
def line_end_behind_good_headers_raises(exchange: Exchange) -> None:
    """start_response() raises for a line end in the last of several headers as for one in the only one.

    All headers are to be looked at, and not the first one alone.
    """
    expect_raised(exchange, "X-Second")


@check(
    "response-not-split-by-late-line-end",
    requires=rfc9110.FIELD_VALUE_CR_LF_NUL,
    send=EACH,
    play=PLACES,
    tempered=APPLICATION_ERRS,
)
def response_not_split_by_late_line_end(exchange: Exchange) -> None:
    """A line end behind 5000 octets of a value makes no second field line.

    See ``response-not-split``.
    """
    expect_not_split(exchange, "X-Long")


@check(
    "response-not-split-by-known-header",
    requires=rfc9110.FIELD_VALUE_CR_LF_NUL,
    send=EACH,
    play=PLACES,
    tempered=APPLICATION_ERRS,
)
def response_not_split_by_known_header(exchange: Exchange) -> None:
    """A line end in a cookie, a location or another header that has a meaning makes no second field line.

    A cookie of the attacker's choice, or a page, is what response splitting is used for.
    """
    expect_not_split(exchange, *KNOWN)
