"""What the environ has of a request of any method, and for how long (PEP 3333, environ Variables)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ...authoring import (
    PLAIN_TEXT,
    Environ,
    HttpExchange,
    Octets,
    Play,
    Receive,
    Send,
    check,
    content,
    environ_of,
    environ_of_call,
    expect,
    inconclusive,
    octets,
    perform,
)
from ...spec import pep3333, rfc9112

METHODS = ("DELETE", "POST", "OPTIONS", "PATCH", "PROPFIND", "PUT", "GET")
"""Each with content, on one connection; behind them comes a plain GET."""
REFUSABLE = ("GET", "OPTIONS", "PROPFIND")
"""Methods whose request with content may be answered with 400 for itself (RFC 9110 9.3.1, 9.3.7, 9.1).

None of them follows another, so that each is followed by one that may not."""
MARK = "wsgicheck.mark"


def _of_method(number: int, method: str) -> bytes:
    fields = (f"Content-Type: text/x-of-{number}", f"X-Of-{number}: yes", "Content-Length: 5")
    return octets(method, *fields, label=str(number), body=b"hello")


def _in_chunks(number: int, method: str) -> bytes:
    body = b"4\r\nhell\r\n1\r\no\r\n0\r\n\r\n"
    return octets(method, "Transfer-Encoding: chunked", label=str(number), body=body)


def _of_all_methods(request: Callable[[int, str], bytes]) -> Octets:
    """Return the requests, each of them sent when the one before has been answered."""
    then: list[Receive | Send] = []
    for number, method in enumerate(METHODS[1:], 2):
        then += [Receive(b"\r\n\r\nwsgicheck"), Send(request(number, method))]
    last = octets("GET", "Connection: close", label=str(len(METHODS) + 1))
    then += [Receive(b"\r\n\r\nwsgicheck"), Send(last)]
    return Octets(request(1, METHODS[0]), (*METHODS, "GET"), then=tuple(then))


ALL_METHODS = _of_all_methods(_of_method)
READS_AND_MARKS = Play(
    headers=(*PLAIN_TEXT, ("Content-Length", "9")), before=(content(), perform("environ_set", MARK, "set"))
)


def _requests(exchange: HttpExchange) -> Iterator[tuple[int, Environ, str]]:
    """Go through the calls: the number of the request, its environ and how the application is to be named."""
    calls = exchange.app.of("called")
    if not calls:
        environ_of(exchange)  # which says that there is none
    for call in calls:
        yield int(call.label) if call.label.isdigit() else 1, environ_of_call(call), call.call


@check(
    "content-variables-of-any-method",
    requires=(pep3333.CONTENT_TYPE, pep3333.CONTENT_LENGTH, pep3333.CGI_VARIABLES_STR),
    send=ALL_METHODS,
    play=READS_AND_MARKS,
)
def content_variables_of_any_method(exchange: HttpExchange) -> None:
    """CONTENT_TYPE and CONTENT_LENGTH are there whatever the method is, and so is the content.

    It is the fields that tell of content, and not the method: DELETE with a list of what is to go, PATCH,
    and the PROPFIND of WebDAV have some as well as POST and PUT.
    """
    for number, environ, call in _requests(exchange):
        if number > len(METHODS):
            continue
        method = METHODS[number - 1]
        for key, want in (("CONTENT_TYPE", f"text/x-of-{number}"), ("CONTENT_LENGTH", "5")):
            got = environ.get(key)
            expect(got == want, f"{key} of {method}", want=want, got=got or "absent or empty")
            kind = environ.type(key)
            expect(kind == "str", f"the type of {key} of {method}", want="str", got=kind)
        for seen in exchange.app.of("content"):
            if seen.call == call and seen.facts["error"] is None and seen.facts["ended_by"] != "unknown":
                got = seen.facts["content"]
                expect(got == "hello", f"content of {method}", want="hello", got=got)


@check(
    "environ-not-marked-by-request-of-any-method",
    requires=(pep3333.ENVIRON_FRESH, pep3333.HTTP_VARIABLES_ABSENT),
    send=ALL_METHODS,
    play=READS_AND_MARKS,
)
def environ_not_marked_by_request_of_any_method(exchange: HttpExchange) -> None:
    """What one request had, and what the application added for it, is gone in the next, of whatever method.

    Where methods have ways of their own, one of them may fill the dictionary that all others are copied from:
    from then on every request has the credentials of that one.
    """
    for number, environ, _ in _requests(exchange):
        method = METHODS[number - 1] if number <= len(METHODS) else "the last GET"
        found = [
            key for key in environ.values if key.startswith("HTTP_X_OF_") and key != f"HTTP_X_OF_{number}"
        ]
        found += [MARK] if MARK in environ else []
        expect(not found, f"what {method} has of other requests", want="nothing", got=", ".join(found))
        got = environ.get("CONTENT_TYPE")
        own = (f"text/x-of-{number}", "", "text/plain")
        expect(got in own, f"CONTENT_TYPE of {method}", want="its own or absent", got=got)


ALL_IN_CHUNKS = _of_all_methods(_in_chunks)
READS = Play(headers=(*PLAIN_TEXT, ("Content-Length", "9")), before=(content(),))


@check(
    "chunks-of-any-method-read",
    requires=(rfc9112.CHUNKED_DECODED, rfc9112.CHUNKED_UNDERSTOOD),
    send=ALL_IN_CHUNKS,
    play=READS,
    tempered="PEP 3333 has it decoded where applicable, and many gateways leave it to a proxy",
)
def chunks_of_any_method_read(exchange: HttpExchange) -> None:
    """Content in chunks is read whatever the method is.

    See ``content-variables-of-any-method``.
    """
    for number, _, call in _requests(exchange):
        method = METHODS[number - 1] if number <= len(METHODS) else ""
        for seen in exchange.app.of("content"):
            if method and seen.call == call and seen.facts["error"] is None:
                if seen.facts["ended_by"] in ("unknown", "nothing"):
                    inconclusive("how the content of a request in chunks ends is not known")
                got = seen.facts["content"]
                expect(got == "hello", f"content of {method} in chunks", want="hello", got=got)


@check(
    "request-behind-chunks-of-any-method-found",
    requires=rfc9112.BODY_READ_OR_CLOSED,
    send=ALL_IN_CHUNKS,
    play=READS,
)
def request_behind_chunks_of_any_method_found(exchange: HttpExchange) -> None:
    """Where a connection is kept behind content in chunks, the next request is found, of any method.

    Chunks that are not looked for with DELETE or OPTIONS are taken for the next request: it is answered with
    400, or run, and the answers that follow go to the wrong questions.
    """
    called = max((number for number, _, _ in _requests(exchange)), default=0)
    if called and called < len(exchange.responses):
        behind, response = METHODS[called - 1], exchange.responses[called]
        may_be_refused = called < len(METHODS) and METHODS[called] in REFUSABLE
        refused = response.status == 400 and not may_be_refused
        got = f"{response.status} without a call"
        expect(
            not refused, f"answer to the request behind {behind} in chunks", want="that of its own", got=got
        )
