"""The framing of a response that ``exc_info`` replaced (PEP 3333, start_response(); RFC 9112 6)."""

from __future__ import annotations

from ...authoring import (
    PLAIN_TEXT,
    PROXY_DATES,
    Exchange,
    HttpExchange,
    Octets,
    Play,
    Request,
    Response,
    Several,
    check,
    expect,
    expect_nothing_behind,
    inapplicable,
    inconclusive,
    octets,
    starts,
)
from ...authoring.responses import replaced_response_of
from ...spec import pep3333, rfc9110, rfc9112

PAGE = b"what went wrong"
SIZED = (*PLAIN_TEXT, ("Content-Length", str(len(PAGE))))
GET = Octets(octets("GET", "Connection: close"))
GIVEN = "Sun, 06 Nov 1994 08:49:37 GMT"


def expect_page(response: Response, status: int) -> None:
    """Expect the response of the second call, with all of its content."""
    expect(response.status == status, "status", want=status, got=response.status)
    expect(response.content == PAGE, "content", want=PAGE, got=response.content)


@check(
    "exc-info-replaces-status-without-content",
    requires=(pep3333.EXC_INFO_REPLACES, pep3333.EXC_INFO_RETURNS),
    play=Play(
        status="304 Not Modified",
        headers=(),
        after=(starts("503 Replaced", PLAIN_TEXT, exc="behind a 304"),),
        chunks=(PAGE,),
    ),
)
def exc_info_replaces_status_without_content(exchange: Exchange) -> None:
    """A status that has content gets it, though one without content was there before.

    A server that decides at the first call whether there will be content leaves the error page empty.
    """
    expect_page(replaced_response_of(exchange), 503)


@check(
    "exc-info-replaces-no-content-by-stream",
    requires=(pep3333.EXC_INFO_REPLACES, pep3333.EXC_INFO_RETURNS),
    play=Play(
        status="204 No Content",
        headers=(),
        chunks=(starts("503 Replaced", PLAIN_TEXT, exc="behind a 204"), b"what ", b"went ", b"wrong"),
    ),
)
def exc_info_replaces_no_content_by_stream(exchange: Exchange) -> None:
    """A 204 that is replaced in the first iteration leaves nothing behind in the response that is streamed.

    See ``exc-info-replaces-status-without-content``.
    """
    expect_page(replaced_response_of(exchange), 503)


@check(
    "exc-info-replaces-by-status-without-content",
    requires=(rfc9110.NO_CONTENT, pep3333.EXC_INFO_REPLACES),
    send=GET,
    play=Play(after=(starts("204 Replaced", (), exc="before a 204"),), chunks=()),
)
def exc_info_replaces_by_status_without_content(exchange: HttpExchange) -> None:
    """Nothing follows the header section of a 204 that replaced another status.

    The framing that was decided upon at the first call, chunks for the most part, is not that of the second.
    """
    expect_nothing_behind(exchange, 204)


@check(
    "exc-info-replaces-by-declared-length",
    requires=(rfc9112.LENGTH_AND_CODING_NOT_SENT, pep3333.EXC_INFO_REPLACES),
    play=Play(after=(starts("503 Replaced", SIZED, exc="before a length"),), chunks=(PAGE,)),
)
def exc_info_replaces_by_declared_length(exchange: Exchange) -> None:
    """A Content-Length that comes with ``exc_info`` frames the response: once, alone, and with all content.

    The response before had none: a server that decided upon chunks then sends both, and the client guesses.
    """
    response = replaced_response_of(exchange)
    lengths, codings = response.values("content-length"), response.values("transfer-encoding")
    expect(not (lengths and codings), "Transfer-Encoding beside Content-Length", want="absent", got=codings)
    expect(len(lengths) < 2, "lines of Content-Length", want=1, got=len(lengths))
    expect_page(response, 503)


@check(
    "date-sent-in-place-of-replaced-one",
    requires=(rfc9110.DATE, pep3333.MISSING_HEADER_ADDED),
    send=Several(Request()),
    play=Play(
        status="404 Not Found",
        later=(
            Play(
                headers=(*PLAIN_TEXT, ("Date", GIVEN)),
                after=(starts("404 Not Found", PLAIN_TEXT, exc="behind a Date"),),
                chunks=(PAGE,),
            ),
        ),
    ),
    tempered=PROXY_DATES,
)
def date_sent_in_place_of_replaced_one(exchange: Exchange) -> None:
    """Where the response that was replaced had a Date, and the new one has none, the server adds its own.

    What the application supplied has to be looked at behind the last call: flags that are set at the first
    one stay where they are.
    """
    if exchange.app.of("start-raised"):
        inconclusive("start_response() refused exc_info before any output")
    if len(exchange.responses) < 2 or any(response.status != 404 for response in exchange.responses):
        inconclusive("not both of the two requests were answered as the application did")
    plain, second = (response.values("date") for response in exchange.responses)
    if not plain:
        inapplicable("the server sends no Date")
    if GIVEN in second:
        inconclusive("the headers were not replaced, which exc-info-replaces-headers judges")
    expect(len(second) == 1, "lines of Date", want=1, got=len(second))
