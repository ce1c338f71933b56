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
    needs_kept_connection,
    perform,
    raises,
    waits,
)
from ...spec import pep3333, rfc3875

MARK = "wsgicheck.mark"
CLEARED = Play(before=(perform("environ_clear"),))
MARKED = Play(before=(perform("environ_set", MARK, "left by another request"),))

CONCURRENT = Several(
    Request(then=(AwaitApp("waiting", count=2, seconds=0.5), Release("go"))),
    times=2,
    at_once=True,
    alone=True,
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

FAILS = Play(
    before=(perform("environ_set", MARK, "left by a failed request"), raises("before start")),
    later=(Play(),),
)
TWICE = Octets(
    b"GET /?wct HTTP/1.1\r\nHost: {authority}\r\nX-Wsgicheck-Ticket: {ticket}\r\n\r\n",
    methods=("GET", "GET"),
    then=(
        Receive(b"\r\n\r\nwsgicheck"),
        Send(b"GET /?wct HTTP/1.1\r\nHost: {authority}\r\nX-Wsgicheck-Ticket: {ticket}\r\n\r\n"),
        Receive(b"\r\n\r\nwsgicheck"),
    ),
)
VERSIONS = Octets(
    b"GET / HTTP/1.1\r\nHost: {authority}\r\nX-Wsgicheck-Ticket: {ticket}-1\r\n\r\n",
    methods=("GET", "GET"),
    then=(
        Receive(b"\r\n\r\nwsgicheck"),
        Send(b"GET / HTTP/1.0\r\nHost: {authority}\r\nX-Wsgicheck-Ticket: {ticket}-2\r\n\r\n"),
    ),
)
SIZED_PLAY = Play(headers=(("Content-Type", "text/plain"), ("Content-Length", "9")))
MARKED_AND_SIZED = Play(before=MARKED.before, headers=SIZED_PLAY.headers)


def two_calls(exchange: Exchange) -> tuple[Observation, Observation]:
    """Return the first calls of both requests; inconclusive where one did not reach the application."""
    called_once(exchange)
    first = [call for call in exchange.app.of("called") if call.label in ("", "1")]
    second = [call for call in exchange.app.of("called") if call.label == "2"]
    if not first or not second:
        inconclusive("only one of the two requests reached the application")
    return first[0], second[0]


def two_calls_of_one_connection(exchange: HttpExchange) -> tuple[Observation, Observation]:
    """Return the calls of both requests; inapplicable where the connection was not kept for the second."""
    if not any(call.label == "2" for call in exchange.app.of("called")):
        needs_kept_connection(exchange)
    return two_calls(exchange)


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
    _, second = two_calls_of_one_connection(exchange)
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
    environ = environ_of_call(two_calls_of_one_connection(exchange)[1])
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
    environ = environ_of_call(two_calls_of_one_connection(exchange)[1])
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


@check(
    "environ-fresh-for-identical-request", requires=pep3333.ENVIRON_FRESH, send=TWICE, play=MARKED_AND_SIZED
)
def environ_fresh_for_identical_request(exchange: HttpExchange) -> None:
    """A request that equals the one before, octet by octet, has an environ of its own as well.

    A server that remembers what it made of a head hands out what an application has put there meanwhile.
    """
    called_once(exchange)
    calls = exchange.app.of("called")
    if len(calls) < 2:
        needs_kept_connection(exchange)
        inconclusive("only one of the two requests reached the application")
    environ = environ_of_call(calls[1])
    what = "a key that the application set on an identical request"
    expect(MARK not in environ, what, want="absent", got=environ.get(MARK))


@check(
    "environ-fresh-after-failed-request",
    requires=pep3333.ENVIRON_FRESH,
    send=Several(Request()),
    play=FAILS,
)
def environ_fresh_after_failed_request(exchange: Exchange) -> None:
    """What an application that failed had put into its environ is not in that of the next request.

    A server that uses dictionaries again, and tidies up behind a response, has none to tidy up behind here.
    """
    _, second = two_calls(exchange)
    environ = environ_of_call(second)
    what = "a key that the application set before it failed"
    expect(MARK not in environ, what, want="absent", got=environ.get(MARK))


@check(
    "server-protocol-of-each-request",
    requires=(pep3333.SERVER_PROTOCOL_VALUE, rfc3875.SERVER_PROTOCOL),
    send=VERSIONS,
    play=SIZED_PLAY,
)
def server_protocol_of_each_request(exchange: HttpExchange) -> None:
    """SERVER_PROTOCOL is the version of the request, also where the one before on the connection had another.

    An application that asks whether it may stream asks about this request, and not about the first one.
    """
    _, second = two_calls_of_one_connection(exchange)
    got = environ_of_call(second).get("SERVER_PROTOCOL")
    expect(got == "HTTP/1.0", "SERVER_PROTOCOL behind a request in HTTP/1.1", want="HTTP/1.0", got=got)


@check(
    "wsgi-variables-of-next-request-alike",
    requires=(pep3333.WSGI_VARIABLES, pep3333.WSGI_VERSION),
    send=KEPT,
    play=KEPT_PLAY,
)
def wsgi_variables_of_next_request_alike(exchange: HttpExchange) -> None:
    """The variables that say what the server is are the same in the next request of a connection.

    Where the environ of a later request is made in another place, or of what is left of the first one, they
    are there in another type, or not at all.
    """
    first, second = (environ_of_call(call) for call in two_calls(exchange))
    for name in ("version", "url_scheme", "multithread", "multiprocess", "run_once"):
        key = f"wsgi.{name}"
        want = f"{first.types.get(key)}: {first.values.get(key)}"
        got = f"{second.types.get(key)}: {second.values.get(key)}"
        expect(got == want, f"{key} of the second request", want=want, got=got)
