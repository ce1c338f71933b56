"""The environ as a dictionary of the application's own (PEP 3333, Specification Details)."""

from __future__ import annotations

from ...authoring import (
    AwaitApp,
    Exchange,
    HttpExchange,
    Observation,
    Octets,
    Play,
    Receive,
    Release,
    Request,
    Send,
    Several,
    called_once,
    check,
    environ_of_call,
    expect,
    inconclusive,
    perform,
    waits,
)
from ...spec import pep3333

MARK = "wsgicheck.mark"
CLEARED = Play(before=(perform("environ_clear"),))
MARKED = Play(before=(perform("environ_set", MARK, "left by another request"),))

CONCURRENT = Several(
    Request(then=(AwaitApp("waiting", count=2, seconds=0.5), Release("go"))), times=2, at_once=True
)
MEETING = Play(
    before=(perform("environ_set", MARK, "left by another request"), waits("go")),
    headers=(("Content-Type", "text/plain"), ("Content-Length", "9")),
)

KEPT = Octets(
    b"POST /first?of=two HTTP/1.1\r\nHost: {authority}\r\nX-Wsgicheck-Ticket: {ticket}-1\r\n"
    b"X-Once: first\r\nContent-Type: text/x-first\r\nContent-Length: 5\r\n\r\nfirst",
    methods=("POST", "GET"),
    then=(
        Receive(b"\r\n\r\nwsgicheck"),
        Send(
            b"GET /second HTTP/1.1\r\nHost: {authority}\r\nX-Wsgicheck-Ticket: {ticket}-2\r\n"
            b"Connection: close\r\n\r\n"
        ),
    ),
)
KEPT_PLAY = Play(
    before=(perform("environ_set", MARK, "left by another request"), perform("body")),
    headers=(("Content-Type", "text/plain"), ("Content-Length", "9")),
)


def two_calls(exchange: Exchange) -> tuple[Observation, Observation]:
    """Return the first calls of both requests; inconclusive where one did not reach the application."""
    called_once(exchange)
    first = [call for call in exchange.app.of("called") if call.label in ("", "1")]
    second = [call for call in exchange.app.of("called") if call.label == "2"]
    if not first or not second:
        inconclusive("only one of the two requests reached the application")
    return first[0], second[0]


@check("environ-fresh-for-each-request", requires=pep3333.ENVIRON_FRESH, send=Several(Request()), play=MARKED)
def environ_fresh_for_each_request(exchange: Exchange) -> None:
    """What an application puts into its environ is not in that of the next request.

    Frameworks keep the user there: the next visitor would be somebody else.
    """
    _, second = two_calls(exchange)
    environ = environ_of_call(second)
    expect(
        MARK not in environ,
        "a key that the previous request's application set",
        want="absent",
        got=environ.get(MARK),
    )


@check(
    "environ-complete-after-it-was-cleared",
    requires=pep3333.ENVIRON_FRESH,
    send=Several(Request()),
    play=CLEARED,
)
def environ_complete_after_it_was_cleared(exchange: Exchange) -> None:
    """What an application removes from its environ is in that of the next request again.

    A server that hands out its own dictionary loses what it put there at its start.
    """
    first, second = two_calls(exchange)
    lost = set(environ_of_call(first).values) - set(environ_of_call(second).values)
    expect(
        not lost,
        "keys lost since the previous request's application emptied its environ",
        want="none",
        got=", ".join(sorted(lost)),
    )


@check("environ-fresh-on-kept-connection", requires=pep3333.ENVIRON_FRESH, send=KEPT, play=KEPT_PLAY)
def environ_fresh_on_kept_connection(exchange: HttpExchange) -> None:
    """What an application puts into its environ is not in that of the next request on the connection.

    A server that makes one dictionary for each connection mixes up the requests of a browser or a proxy.
    """
    _, second = two_calls(exchange)
    environ = environ_of_call(second)
    expect(
        MARK not in environ,
        "a key that the application set on the connection's first request",
        want="absent",
        got=environ.get(MARK),
    )


@check(
    "header-variables-gone-on-kept-connection",
    requires=pep3333.HTTP_VARIABLES_ABSENT,
    send=KEPT,
    play=KEPT_PLAY,
)
def header_variables_gone_on_kept_connection(exchange: HttpExchange) -> None:
    """A header variable of the first request is not in the environ of the next on the connection.

    A proxy's connection carries many visitors: one gets the credentials of another.
    """
    environ = environ_of_call(two_calls(exchange)[1])
    expect(
        environ.lacks("HTTP_X_ONCE"),
        "HTTP_X_ONCE of the connection's first request",
        want="absent",
        got=environ.get("HTTP_X_ONCE"),
    )


@check(
    "request-variables-gone-on-kept-connection",
    requires=(
        pep3333.CONTENT_TYPE,
        pep3333.CONTENT_LENGTH,
        pep3333.QUERY_STRING,
        pep3333.REQUEST_METHOD_VALUE,
    ),
    send=KEPT,
    play=KEPT_PLAY,
)
def request_variables_gone_on_kept_connection(exchange: HttpExchange) -> None:
    """Content type, length and query of the first request are not in the environ of the next.

    The second request has neither a body nor a query: an application would wait for a body that never comes.
    """
    environ = environ_of_call(two_calls(exchange)[1])
    for key, stale in (("CONTENT_TYPE", "text/x-first"), ("CONTENT_LENGTH", "5"), ("QUERY_STRING", "of=two")):
        expect(
            environ.get(key) != stale,
            f"{key} of the connection's first request",
            want="gone",
            got=environ.get(key),
        )


@check("environ-not-shared-at-once", requires=pep3333.ENVIRON_FRESH, send=CONCURRENT, play=MEETING)
def environ_not_shared_at_once(exchange: Exchange) -> None:
    """Two requests that are served at once have an environ each.

    With one for both, every variable that one request's application reads may be the other's.
    """
    first, second = two_calls(exchange)
    met = exchange.app.of("waiting")
    released = exchange.app.of("released", "gate-timeout")
    if len(met) < 2 or not released or released[0].at < max(entry.at for entry in met):
        inconclusive("the server did not serve two requests at once")
    if first.pid == second.pid:
        expect(
            first.facts["environ_id"] != second.facts["environ_id"],
            "dictionaries of two requests served at once",
            want="two",
            got="one",
        )
    for call in (first, second):
        expect(
            MARK not in environ_of_call(call),
            "a key that the other request's application set",
            want="absent",
            got="present",
        )
