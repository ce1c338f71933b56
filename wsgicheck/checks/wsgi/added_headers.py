"""What the server adds to the headers of the application (PEP 3333, start_response())."""

from __future__ import annotations

from ...authoring import (
    PLAIN_TEXT,
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
from ...spec import pep3333, rfc9110

# ---- none is invented -------------------------------------------------------------------------------


@check(
    "content-type-not-invented-for-response",
    requires=pep3333.PLAY_DUMB,
    play=Play(headers=(("X-Only", "this"),)),
)
def content_type_not_invented_for_response(exchange: Exchange) -> None:
    """A response without Content-Type gets none from the server.

    The application left it to the client to look; a guess of the server forbids that.
    """
    called_once(exchange)
    got = response_of(exchange).values("content-type")
    expect(not got, "Content-Type", want="absent", got=", ".join(got))


@check("empty-header-list-accepted", requires=pep3333.HEADERS_DELIVERED, play=Play(headers=()))
def empty_header_list_accepted(exchange: Exchange) -> None:
    """An empty list of headers is accepted.

    No header is the application's duty: those that HTTP requires are added by the server.
    """
    called_once(exchange)
    refused = bool(exchange.app.of("start-raised"))
    expect(not refused, "start_response() with an empty list", want="accepted", got="refused")
    response = exchange.response
    expect(
        response is not None and response.status == 200, "status", want=200, got=response and response.status
    )


DATE = "Thu, 01 Jan 2026 00:00:00 GMT"


def _cased(value: str, *names: str) -> Play:
    """The same header three times over, each time with its name in another case."""
    first, *later = (Play(headers=((name, value),)) for name in names)
    return Play(headers=first.headers, later=tuple(later))


def expect_single(exchange: Exchange, name: str) -> None:
    """Expect no more than one line of this name in every response."""
    called_once(exchange)
    if not exchange.responses:
        inconclusive("no response can be read")
    for response in exchange.responses:
        got = response.values(name)
        expect(len(got) <= 1, f"lines of {name}", want="at most 1", got="; ".join(got))


@check(
    "date-not-duplicated",
    requires=(pep3333.HEADER_NOT_DUPLICATED, pep3333.HEADER_NAMES_CASE, rfc9110.FIELD_NOT_DUPLICATED),
    send=Several(Request(), times=3),
    play=_cased(DATE, "Date", "date", "dAtE"),
)
def date_not_duplicated(exchange: Exchange) -> None:
    """A Date of the application, in any case of its name, is the only one.

    With two of them a cache computes the age of the response from either.
    """
    expect_single(exchange, "Date")


@check(
    "server-not-duplicated",
    requires=(pep3333.HEADER_NOT_DUPLICATED, pep3333.HEADER_NAMES_CASE, rfc9110.FIELD_NOT_DUPLICATED),
    send=Several(Request(), times=3),
    play=_cased("wsgicheck", "Server", "server", "sErVeR"),
)
def server_not_duplicated(exchange: Exchange) -> None:
    """A Server of the application, in any case of its name, is the only one.

    It is no list, so a second line is an error of the sender.
    """
    expect_single(exchange, "Server")


@check(
    "content-type-not-duplicated",
    requires=(pep3333.HEADER_NOT_DUPLICATED, pep3333.HEADER_NAMES_CASE, rfc9110.FIELD_NOT_DUPLICATED),
    send=Several(Request(), times=3),
    play=_cased("image/png", "Content-Type", "content-type", "cOnTeNt-TyPe"),
)
def content_type_not_duplicated(exchange: Exchange) -> None:
    """A Content-Type of the application, in any case of its name, is the only one.

    With two of them the browser chooses, and may run what was meant to be shown.
    """
    expect_single(exchange, "Content-Type")


@check(
    "content-length-recognised-in-any-case",
    requires=(pep3333.HEADER_NAMES_CASE, pep3333.HEADER_NOT_DUPLICATED),
    send=Several(Request(), times=3),
    play=_cased("9", "Content-Length", "content-length", "cOnTeNt-LeNgTh"),
)
def content_length_recognised_in_any_case(exchange: Exchange) -> None:
    """A Content-Length of the application counts in any case of its name: once, and not beside chunks.

    A server that does not see it frames the response twice, and clients differ in whom they believe.
    """
    expect_single(exchange, "Content-Length")
    for response in exchange.responses:
        codings = response.values("transfer-encoding")
        expect(not codings, "Transfer-Encoding beside Content-Length", want="absent", got=", ".join(codings))
        content = response.content
        expect(content == b"wsgicheck", "content", want=b"wsgicheck", got=content)


@check(
    "status-header-changes-no-status",
    requires=pep3333.STATUS_DELIVERED,
    play=Play(headers=(("Status", "404 Not Found"), *PLAIN_TEXT)),
)
def status_header_changes_no_status(exchange: Exchange) -> None:
    """A header called Status does not change the status of the response.

    It is CGI's way to say it, not WSGI's: whoever can set a header could otherwise set the status.
    """
    called_once(exchange)
    status = response_of(exchange).status
    expect(status != 404, "status", want="200, or a refusal", got=status)
