"""What a server has not read of a request that it refused is no request of its own (RFC 9112 2.2, 9.3).

It reads the rest, throws it away, or closes the connection; answered by itself it is a request that no
filter has seen, or an answer that the client takes for that of its next request.
"""

from __future__ import annotations

from ...authoring import PLAIN_TEXT, HttpExchange, Octets, Play, calls_of, check, expect, needs_plain
from ...spec import rfc9110, rfc9112

SMUGGLED = b"GET /?{ticket}-2 HTTP/1.1\r\nHost: x\r\n\r\n"
SIZE = len(SMUGGLED) + len("wct-0123456789abcdef") - len("{ticket}")
"""How long the request is when its ticket has been filled in."""
BEHIND = b"GET /?{ticket}-3 HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\n\r\n"
FRAMED = Play(headers=(*PLAIN_TEXT, ("Content-Length", "9")))
"""A response after which any server can keep the connection: what comes next on it is what is on trial."""
HOST = b"Host: {authority}"
LENGTH = b"Content-Length: %d" % SIZE


def _with_content(*lines: bytes, target: bytes = b"/?{ticket}", version: bytes = b"HTTP/1.1") -> Octets:
    """Return a request whose content looks like a request, with another one behind it."""
    head = (
        b"POST " + target + b" " + version + b"\r\n" + b"".join(line + b"\r\n" for line in (*lines, LENGTH))
    )
    return Octets(head + b"\r\n" + SMUGGLED + BEHIND, ("POST", "GET"))


def _without_content(line: bytes, *fields: bytes) -> Octets:
    head = line + b"\r\n" + b"".join(field + b"\r\n" for field in fields)
    return Octets(head + b"\r\n" + BEHIND, ("GET", "GET"))


CLOSING = b"POST /?{ticket} HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\n"
PLAIN = Octets(CLOSING + b"Content-Length: 0\r\n\r\n")
NOT_RUN = (rfc9112.BODY_READ_OR_CLOSED, rfc9112.BODY_SIGNALED)


def _in_step(exchange: HttpExchange) -> None:
    """Expect that what is left of the request is neither run nor answered.

    A server that found the end of the request may answer the one behind it.
    """
    got = len(calls_of(exchange, "2"))
    expect(got == 0, "calls for the request within the content", want=0, got=got)
    if calls_of(exchange, ""):
        return
    own = [response.status for response in exchange.responses]
    if own and own[0] >= 400 and len(own) > 1 and not calls_of(exchange, "3"):
        answers = ", ".join(map(str, own))
        expect(False, "answers to the one request that is refused", want=own[0], got=answers)


@check(
    "request-in-content-of-refused-version-not-run",
    requires=(*NOT_RUN, rfc9110.ONE_FINAL_RESPONSE),
    send=_with_content(HOST, version=b"HTTP/2.0"),
    play=FRAMED,
    control=PLAIN,
)
def request_in_content_of_refused_version_not_run(exchange: HttpExchange) -> None:
    """Behind the head of a request in an unknown version nothing is run, nor answered once more.

    How that version ends its messages is not known: the connection has to be closed.
    """
    _in_step(exchange)


@check(
    "request-in-content-of-refused-scheme-not-run",
    requires=(*NOT_RUN, rfc9110.ONE_FINAL_RESPONSE),
    send=_with_content(HOST, target=b"https://{authority}/p?x={ticket}"),
    play=FRAMED,
    control=PLAIN,
)
def request_in_content_of_refused_scheme_not_run(exchange: HttpExchange) -> None:
    """The content of a misdirected request (421) is not run, nor answered once more.

    The request is in order, so the connection may be kept: but its content comes all the same.
    """
    needs_plain(exchange)
    _in_step(exchange)


@check(
    "request-in-content-of-refused-host-not-run",
    requires=(*NOT_RUN, rfc9110.ONE_FINAL_RESPONSE),
    send=_with_content(),
    play=FRAMED,
    control=PLAIN,
)
def request_in_content_of_refused_host_not_run(exchange: HttpExchange) -> None:
    """The content of a request without Host is not run, nor answered once more.

    See ``request-in-content-of-refused-scheme-not-run``.
    """
    _in_step(exchange)


@check(
    "request-in-content-of-refused-field-not-run",
    requires=(rfc9112.NOT_HTTP_REJECTED, *NOT_RUN, rfc9110.ONE_FINAL_RESPONSE),
    send=_with_content(HOST, b"X A: v"),
    play=FRAMED,
    control=PLAIN,
)
def request_in_content_of_refused_field_not_run(exchange: HttpExchange) -> None:
    """Behind a malformed field line nothing is run, nor answered once more: not the rest of its head either.

    The fields behind it, which say where the request ends, have not been read.
    """
    _in_step(exchange)


@check(
    "rest-of-too-large-head-not-answered",
    requires=(rfc9110.ONE_FINAL_RESPONSE, rfc9110.FIELD_LIMITS),
    send=_without_content(
        b"GET /?{ticket} HTTP/1.1", HOST, *(b"X-N-%d: " % number + b"v" * 90 for number in range(1000))
    ),
    play=FRAMED,
    control=PLAIN,
)
def rest_of_too_large_head_not_answered(exchange: HttpExchange) -> None:
    """What is left of a head that was too large (431) is not answered once more.

    The next field line is no request line, and the client has sent one request.
    """
    _in_step(exchange)


@check(
    "rest-of-too-long-target-not-answered",
    requires=(rfc9110.ONE_FINAL_RESPONSE, rfc9112.TARGET_TOO_LONG),
    send=_without_content(b"GET /?{ticket}&" + b"a" * 70_000 + b" HTTP/1.1", HOST),
    play=FRAMED,
    control=PLAIN,
)
def rest_of_too_long_target_not_answered(exchange: HttpExchange) -> None:
    """What is left of a request whose target was too long (414) is not answered once more.

    See ``rest-of-too-large-head-not-answered``.
    """
    _in_step(exchange)


@check(
    "request-in-chunks-of-refused-expectation-not-run",
    requires=(*NOT_RUN, rfc9110.ONE_FINAL_RESPONSE),
    send=Octets(
        b"POST /?{ticket} HTTP/1.1\r\nHost: {authority}\r\nExpect: x-wsgicheck\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n%x\r\n" % SIZE + SMUGGLED + b"\r\n0\r\n\r\n" + BEHIND,
        ("POST", "GET"),
    ),
    play=FRAMED,
    control=PLAIN,
)
def request_in_chunks_of_refused_expectation_not_run(exchange: HttpExchange) -> None:
    """The chunks of a request whose expectation is refused (417) are not run, nor answered once more.

    The client need not have waited: its chunks are on their way.
    """
    _in_step(exchange)
