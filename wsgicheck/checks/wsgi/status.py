"""The status of the application and the one that is sent (PEP 3333, The ``start_response()`` Callable)."""

from __future__ import annotations

from ...authoring import (
    Exchange,
    Play,
    Request,
    Several,
    called_once,
    check,
    expect,
    inconclusive,
    response_of,
)
from ...spec import pep3333

SUCCESSES = ("201 Created", "202 Accepted", "203 Non-Authoritative Information", "226 IM Used", "299 Odd")
REDIRECTS = (
    "300 Multiple Choices",
    "301 Moved Permanently",
    "302 Found",
    "303 See Other",
    "307 Temporary Redirect",
)
CLIENT_ERRORS = ("400 Bad Request", "403 Forbidden", "404 Not Found", "410 Gone", "418 Teapot", "499 Odd")
SERVER_ERRORS = ("500 Internal Server Error", "501 Not Implemented", "503 Service Unavailable", "599 Odd")


def _each(statuses: tuple[str, ...]) -> Play:
    first, *later = (Play(status=status, chunks=(b"content",)) for status in statuses)
    return Play(status=first.status, chunks=first.chunks, later=tuple(later))


def _as_often(statuses: tuple[str, ...]) -> Several:
    return Several(Request(), times=len(statuses))


def expect_codes(exchange: Exchange, statuses: tuple[str, ...]) -> None:
    """Expect that each response has the code of its status, and the content of the application."""
    called_once(exchange)
    if len(exchange.app.of("called")) < len(statuses):
        inconclusive("not every request reached the application")
    want = tuple(int(status[:3]) for status in statuses)
    got = tuple(response.status for response in exchange.responses)
    expect(got == want, "status codes", want=want, got=got)
    for response in exchange.responses:
        what = f"content of a {response.status}"
        expect(response.content == b"content", what, want=b"content", got=response.content)


# ---- what is given is sent --------------------------------------------------------------------------


@check(
    "status-success-delivered",
    requires=(pep3333.STATUS_DELIVERED, pep3333.STATUS_UNCHANGED),
    send=_as_often(SUCCESSES),
    play=_each(SUCCESSES),
)
def status_success_delivered(exchange: Exchange) -> None:
    """The code of any 2xx status reaches the client, and the content with it.

    A server with a table of the codes that it knows breaks those of tomorrow.
    """
    expect_codes(exchange, SUCCESSES)


@check(
    "status-redirect-delivered",
    requires=(pep3333.STATUS_DELIVERED, pep3333.STATUS_UNCHANGED),
    send=_as_often(REDIRECTS),
    play=_each(REDIRECTS),
)
def status_redirect_delivered(exchange: Exchange) -> None:
    """The code of a 3xx status reaches the client, and the content with it.

    301 and 307 differ in what becomes of the method, and in what caches remember.
    """
    expect_codes(exchange, REDIRECTS)


@check(
    "status-client-error-delivered",
    requires=(pep3333.STATUS_DELIVERED, pep3333.STATUS_UNCHANGED),
    send=_as_often(CLIENT_ERRORS),
    play=_each(CLIENT_ERRORS),
)
def status_client_error_delivered(exchange: Exchange) -> None:
    """The code of a 4xx status reaches the client, with the application's own page.

    A server that puts its error page in place of the application's hides what the user should know.
    """
    expect_codes(exchange, CLIENT_ERRORS)


@check(
    "status-server-error-delivered",
    requires=(pep3333.STATUS_DELIVERED, pep3333.STATUS_UNCHANGED),
    send=_as_often(SERVER_ERRORS),
    play=_each(SERVER_ERRORS),
)
def status_server_error_delivered(exchange: Exchange) -> None:
    """The code of a 5xx status reaches the client, with the application's own page.

    A 503 of the application says when to come back; it is not an error of the server.
    """
    expect_codes(exchange, SERVER_ERRORS)


@check(
    "status-reason-delivered",
    requires=(pep3333.STATUS_UNCHANGED, pep3333.PLAY_DUMB),
    play=Play(status="200 Froody, indeed: (yes)!"),
    tempered="HTTP lets every recipient ignore the reason, and HTTP/2 has none",
)
def status_reason_delivered(exchange: Exchange) -> None:
    """The reason of the status reaches the client unchanged.

    People read it in logs and tools; the application chose the words.
    """
    called_once(exchange)
    response = response_of(exchange)
    want = "Froody, indeed: (yes)!"
    expect(response.reason == want, "reason", want=want, got=response.reason)


@check(
    "status-reason-of-known-code-delivered",
    requires=(pep3333.STATUS_UNCHANGED, pep3333.PLAY_DUMB),
    play=Play(status="404 Nothing Here"),
    tempered="HTTP lets every recipient ignore the reason, and HTTP/2 has none",
)
def status_reason_of_known_code_delivered(exchange: Exchange) -> None:
    """The reason is the application's too where the standard has another one for the code.

    A server that knows better has taken control of the output.
    """
    called_once(exchange)
    response = response_of(exchange)
    expect(response.reason == "Nothing Here", "reason", want="Nothing Here", got=response.reason)


@check("status-reason-latin-1", requires=pep3333.RESPONSE_LATIN_1, play=Play(status="200 Caf\u00e9"))
def status_reason_latin_1(exchange: Exchange) -> None:
    """A reason with Latin-1 characters is sent as Latin-1 octets, if it is sent.

    Native strings stand for octets one to one: encoded as UTF-8 they are other octets.
    """
    called_once(exchange)
    response = response_of(exchange)
    if response.status == 200 and response.reason[:3] == "Caf":
        expect(response.reason == "Caf\u00e9", "reason", want="Caf\u00e9", got=response.reason)
