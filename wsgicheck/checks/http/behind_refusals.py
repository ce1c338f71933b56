"""What a server has not read of a request that it refused is no request of its own (RFC 9112 2.2, 9.3).

It reads the rest, throws it away, or closes the connection; answered by itself it is a request that no
filter has seen, or an answer that the client takes for that of its next request.
"""

from __future__ import annotations

from ...authoring import (
    BEHIND_SMUGGLED,
    NINE_OCTETS,
    NOTHING_SMUGGLED,
    SMUGGLED,
    SMUGGLED_LENGTH,
    SMUGGLED_SIZE,
    HttpExchange,
    Octets,
    calls_of,
    check,
    expect,
    expect_not_smuggled,
    needs_plain,
    smuggling,
)
from ...spec import rfc9110, rfc9112

HOST = b"Host: {authority}"


def _without_content(line: bytes, *fields: bytes) -> Octets:
    head = line + b"\r\n" + b"".join(field + b"\r\n" for field in fields)
    return Octets(head + b"\r\n" + BEHIND_SMUGGLED, ("GET", "GET"))


NOT_RUN = (rfc9112.BODY_READ_OR_CLOSED, rfc9112.BODY_SIGNALED)


def _in_step(exchange: HttpExchange) -> None:
    """Expect that what is left of the request is neither run nor answered.

    A server that found the end of the request may answer the one behind it.
    """
    expect_not_smuggled(exchange)
    if calls_of(exchange, ""):
        return
    own = [response.status for response in exchange.responses]
    if own and own[0] >= 400 and len(own) > 1 and not calls_of(exchange, "3"):
        answers = ", ".join(map(str, own))
        expect(False, "answers to the one request that is refused", want=own[0], got=answers)


@check(
    "request-in-content-of-refused-version-not-run",
    requires=(*NOT_RUN, rfc9110.ONE_FINAL_RESPONSE),
    send=smuggling(b"POST", SMUGGLED_LENGTH, version=b"HTTP/2.0"),
    play=NINE_OCTETS,
    control=NOTHING_SMUGGLED,
)
def request_in_content_of_refused_version_not_run(exchange: HttpExchange) -> None:
    """Behind the head of a request in an unknown version nothing is run, nor answered once more.

    How that version ends its messages is not known: the connection has to be closed.
    """
    _in_step(exchange)


@check(
    "request-in-content-of-refused-scheme-not-run",
    requires=(*NOT_RUN, rfc9110.ONE_FINAL_RESPONSE),
    send=smuggling(b"POST", SMUGGLED_LENGTH, target=b"https://{authority}/p?x={ticket}"),
    play=NINE_OCTETS,
    control=NOTHING_SMUGGLED,
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
    send=smuggling(b"POST", SMUGGLED_LENGTH, host=b""),
    play=NINE_OCTETS,
    control=NOTHING_SMUGGLED,
)
def request_in_content_of_refused_host_not_run(exchange: HttpExchange) -> None:
    """The content of a request without Host is not run, nor answered once more.

    See ``request-in-content-of-refused-scheme-not-run``.
    """
    _in_step(exchange)


@check(
    "request-in-content-of-refused-field-not-run",
    requires=(rfc9112.NOT_HTTP_REJECTED, *NOT_RUN, rfc9110.ONE_FINAL_RESPONSE),
    send=smuggling(b"POST", b"X A: v", SMUGGLED_LENGTH),
    play=NINE_OCTETS,
    control=NOTHING_SMUGGLED,
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
    play=NINE_OCTETS,
    control=NOTHING_SMUGGLED,
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
    play=NINE_OCTETS,
    control=NOTHING_SMUGGLED,
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
        b"Transfer-Encoding: chunked\r\n\r\n%x\r\n"
        % SMUGGLED_SIZE
        + SMUGGLED
        + b"\r\n0\r\n\r\n"
        + BEHIND_SMUGGLED,
        ("POST", "GET"),
    ),
    play=NINE_OCTETS,
    control=NOTHING_SMUGGLED,
)
def request_in_chunks_of_refused_expectation_not_run(exchange: HttpExchange) -> None:
    """The chunks of a request whose expectation is refused (417) are not run, nor answered once more.

    The client need not have waited: its chunks are on their way.
    """
    _in_step(exchange)


@check(
    "request-in-content-of-refused-expectation-not-run",
    requires=rfc9112.BODY_SIGNALED,
    send=smuggling(b"POST", SMUGGLED_LENGTH, b"Expect: x-wsgicheck"),
    play=NINE_OCTETS,
    control=NOTHING_SMUGGLED,
)
def request_in_content_of_refused_expectation_not_run(exchange: HttpExchange) -> None:
    """What stands in the content of a request is not run where the expectation of the request is refused.

    A server that answers 417 has not read the content, and must read or drop it, or close the connection.
    """
    expect_not_smuggled(exchange)


@check(
    "request-behind-unknown-coding-not-run",
    requires=(rfc9112.CHUNKED_NOT_FINAL, rfc9112.BODY_SIGNALED),
    send=smuggling(b"POST", b"Transfer-Encoding: x-wsgicheck"),
    play=NINE_OCTETS,
    control=NOTHING_SMUGGLED,
)
def request_behind_unknown_coding_not_run(exchange: HttpExchange) -> None:
    """What follows a request in an unknown transfer coding is not run.

    A server that answers 501 does not know where that request ends.
    """
    expect_not_smuggled(exchange)
