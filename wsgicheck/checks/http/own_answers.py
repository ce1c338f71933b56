"""What a server answers by itself: CONNECT, TRACE, methods, hosts and expectations (RFC 9110 9.3, 10, 15)."""

from __future__ import annotations

from ...authoring import (
    HttpExchange,
    Octets,
    Play,
    Response,
    check,
    environ_of,
    expect,
    inapplicable,
    octets,
    response_of,
)
from ...spec import rfc9110, rfc9112

LISTED = Play(shape="list")
STREAM = Play()
PLAIN = Octets(octets("GET", "Connection: close"))
CONNECT = Octets(
    b"CONNECT {ticket}.example:80 HTTP/1.1\r\nHost: {ticket}.example:80\r\n"
    b"X-Wsgicheck-Ticket: {ticket}\r\nConnection: close\r\n\r\n",
    methods=("CONNECT",),
)
SECRET = "c2VjcmV0OnNlY3JldA=="
TRACE = Octets(
    octets("TRACE", f"Authorization: Basic {SECRET}", f"Cookie: session={SECRET}", "Connection: close"),
    methods=("TRACE",),
)
BREW = Octets(
    b"BREW /?{ticket} HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\n\r\n", methods=("BREW",)
)
LATER_VERSION = Octets(
    b"GET /?{ticket} HTTP/2.0\r\nHost: {authority}\r\nConnection: close\r\n\r\n", methods=("GET",)
)
BAD_LENGTH = Octets(octets("GET", "Content-Length: five"))
GOOD_LENGTH = Octets(octets("GET", "Content-Length: 0", "Connection: close"))
OTHER_HOST = Octets(
    b"GET / HTTP/1.1\r\nHost: no-site-of-yours.example\r\n"
    b"X-Wsgicheck-Ticket: {ticket}\r\nConnection: close\r\n\r\n"
)
EXPECTING = Octets(octets("GET", "Expect: x-wsgicheck", "Connection: close"))
UNKNOWN_FIELD = Octets(octets("GET", 'Frobnicate: a;b="c", d', "Connection: close"))
FROM_HTTP_1_0 = Octets(octets("GET", version="HTTP/1.0"))


def _own_answer(exchange: HttpExchange, what: str) -> Response:
    """Return what the server answered without the application."""
    if exchange.app.called:
        inapplicable(f"the server leaves {what} to the application")
    return response_of(exchange)


# ---- CONNECT and TRACE ------------------------------------------------------------------------------


def _tunnel(exchange: HttpExchange) -> Response:
    response = response_of(exchange)
    if not 200 <= response.status < 300:
        inapplicable("the server refuses CONNECT, as most do")
    return response


@check(
    "connect-success-without-coding",
    requires=(rfc9112.CONNECT_NO_CODING, rfc9110.CONNECT_NO_FRAMING),
    send=CONNECT,
    control=PLAIN,
    play=STREAM,
    tempered="no client sends CONNECT to an origin server",
)
def connect_success_without_coding(exchange: HttpExchange) -> None:
    """A 2xx to CONNECT has no Transfer-Encoding.

    Everything behind its head is the tunnel's: the client reads chunk sizes as data of the far end.
    """
    got = ", ".join(_tunnel(exchange).values("transfer-encoding"))
    expect(not got, "Transfer-Encoding in a 2xx to CONNECT", want="absent", got=got)


@check(
    "connect-success-without-length",
    requires=rfc9110.CONNECT_NO_FRAMING,
    send=CONNECT,
    control=PLAIN,
    play=LISTED,
    tempered="no client sends CONNECT to an origin server",
)
def connect_success_without_length(exchange: HttpExchange) -> None:
    """A 2xx to CONNECT has no Content-Length.

    See ``connect-success-without-coding``.
    """
    got = ", ".join(_tunnel(exchange).values("content-length"))
    expect(not got, "Content-Length in a 2xx to CONNECT", want="absent", got=got)


@check(
    "trace-without-secrets", requires=rfc9110.TRACE_WITHOUT_SECRETS, send=TRACE, control=PLAIN, play=LISTED
)
def trace_without_secrets(exchange: HttpExchange) -> None:
    """A server that reflects a TRACE request leaves out Authorization and Cookie.

    A script in a browser reads there what the browser hides from it.
    """
    response = _own_answer(exchange, "TRACE")
    found = SECRET.encode() in response.content
    expect(not found, "content of the answer to TRACE", want="no credentials", got=response.content[:300])


@check("trace-refusal-lists-methods", requires=rfc9110.ALLOW_IN_405, send=TRACE, control=PLAIN, play=LISTED)
def trace_refusal_lists_methods(exchange: HttpExchange) -> None:
    """A 405 of the server's own for TRACE has Allow.

    It is the one field that a 405 must have.
    """
    _expect_allow(_own_answer(exchange, "TRACE"))


@check("method-refusal-lists-methods", requires=rfc9110.ALLOW_IN_405, send=BREW, control=PLAIN, play=LISTED)
def method_refusal_lists_methods(exchange: HttpExchange) -> None:
    """A 405 of the server's own for a method that it does not know has Allow.

    The client learns from it what it could do instead.
    """
    _expect_allow(_own_answer(exchange, "unknown methods"))


def _expect_allow(response: Response) -> None:
    if response.status != 405:
        inapplicable(f"the server answers {response.status}")
    expect(bool(response.values("allow")), "Allow in a 405", want="present", got="absent")


# ---- refusals ---------------------------------------------------------------------------------------


@check(
    "version-refusal-explains",
    requires=rfc9110.VERSION_REFUSAL_EXPLAINED,
    send=LATER_VERSION,
    control=PLAIN,
    play=LISTED,
)
def version_refusal_explains(exchange: HttpExchange) -> None:
    """A 505 has content that says why.

    A client of another major version has nothing else to go by.
    """
    response = _own_answer(exchange, "HTTP/2.0")
    if response.status != 505:
        inapplicable(f"the server answers {response.status}")
    expect(bool(response.content), "content of a 505", want="an explanation", got="nothing")


@check(
    "refusal-names-its-type",
    requires=rfc9110.CONTENT_TYPE_SENT,
    send=BAD_LENGTH,
    control=GOOD_LENGTH,
    play=LISTED,
)
def refusal_names_its_type(exchange: HttpExchange) -> None:
    """A refusal with content has a Content-Type.

    A browser that has to guess may take what is echoed from the request for a page, and its scripts.
    """
    response = _own_answer(exchange, "malformed requests")
    if not response.content or not response.version:
        inapplicable("the refusal has no content, or no head")
    expect(bool(response.values("content-type")), "Content-Type of a refusal", want="present", got="absent")


# ---- what is to be served all the same --------------------------------------------------------------


@check("host-of-no-site-served-or-refused", requires=rfc9110.MISDIRECTED, send=OTHER_HOST, control=PLAIN)
def host_of_no_site_served_or_refused(exchange: HttpExchange) -> None:
    """A request for a host that the server does not know is served, or refused with 4xx.

    Names point at servers that do not know of it; the answer must not be a crash.
    """
    response = response_of(exchange)
    good = exchange.app.called or 400 <= response.status < 500
    expect(good, "answer for an unknown host", want="the application's, or 4xx", got=response.status)


@check("expectation-unknown-served-or-417", requires=rfc9110.EXPECT_UNKNOWN, send=EXPECTING, control=PLAIN)
def expectation_unknown_served_or_417(exchange: HttpExchange) -> None:
    """A request with an expectation that the server does not know is served, or answered with 417.

    Another error tells the client nothing that it could mend.
    """
    response = response_of(exchange)
    good = exchange.app.called or response.status == 417
    expect(good, "answer to an unknown expectation", want="the application's, or 417", got=response.status)


@check("field-unknown-ignored", requires=rfc9110.FIELD_UNKNOWN, send=UNKNOWN_FIELD, control=PLAIN)
def field_unknown_ignored(exchange: HttpExchange) -> None:
    """A field that the server does not know changes nothing.

    New fields are how HTTP grows: a server that refuses them holds its applications back.
    """
    got = response_of(exchange).status
    expect(got == 200, "answer to a request with an unknown field", want=200, got=got)
    expect(exchange.app.called, "the application", want="called", got="not called")


@check("host-read-from-http-1-0", requires=rfc9110.FIELDS_OF_ALL_VERSIONS, send=FROM_HTTP_1_0)
def host_read_from_http_1_0(exchange: HttpExchange) -> None:
    """Host in a request of HTTP/1.0 counts as in one of HTTP/1.1.

    nginx speaks HTTP/1.0 to the servers behind it by default, and says there which site is meant.
    """
    environ = environ_of(exchange)
    got, want = environ.get("HTTP_HOST"), exchange.server.authority
    expect(got == want, "HTTP_HOST of a request in HTTP/1.0", want=want, got=got or "absent")
