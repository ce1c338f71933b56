"""Applications that fail: the client must be able to tell."""

from __future__ import annotations

from ...authoring import (
    Exchange,
    Visit,
    called_once,
    check,
    expect,
    expect_octets,
    fail,
    inapplicable,
    inconclusive,
    response_of,
    whole_response,
)
from ...authoring.sample_sites import SITE
from ...spec import pep3333, rfc9112

RECOVERED = Visit(target="/failing/recovered")


def answered_500(exchange: Exchange) -> None:
    """Judge the answer to an application that raised before anything was sent."""
    called_once(exchange)
    if not exchange.app.of("raised"):
        inconclusive("the application was called, and did not raise")
    if exchange.response is None:
        fail("an application that raised was not answered at all: want 500, got no response")
    status = exchange.response.status
    expect(500 <= status < 600, "status where the application raised", want="500", got=status)


def shows_failure(exchange: Exchange) -> None:
    """Judge the answer to an application that raised after a block: an error, or visibly incomplete."""
    called_once(exchange)
    response = response_of(exchange)
    if response.status >= 500:
        return
    if response.framing == "close":
        inapplicable("the end of the connection is the end of this response, in order or not")
    expect(
        not response.complete,
        f"the end of a response that failed midway ({response.framing})",
        want="cut off",
        got=f"in order after {len(response.content)} octets",
    )


@check(
    "failure-answered-500", requires=pep3333.ERROR_TRAPPED, send=Visit(target="/failing/before"), play=SITE
)
def failure_answered_500(exchange: Exchange) -> None:
    """An application that raises before it begins a response is answered for with a 500.

    Without an answer, clients and proxies try again, and monitoring sees a network problem.
    """
    answered_500(exchange)


@check(
    "failure-once-begun-answered-500",
    requires=(pep3333.ERROR_TRAPPED, pep3333.HEADERS_NOT_EARLY),
    send=Visit(target="/failing/begun"),
    play=SITE,
)
def failure_once_begun_answered_500(exchange: Exchange) -> None:
    """An application that raises after ``start_response`` and before any block is answered for with a 500.

    Nothing was sent yet, so nothing obliges the server to its 200.
    """
    answered_500(exchange)


@check(
    "failure-midway-shows",
    requires=rfc9112.ABORTED_INCOMPLETE,
    send=Visit(target="/failing/midway"),
    play=SITE,
)
def failure_midway_shows(exchange: Exchange) -> None:
    """A response whose application raised midway cannot be mistaken for a whole one.

    Ended politely, half a page is stored by every cache on the way.
    """
    shows_failure(exchange)


@check(
    "failure-short-of-length-shows",
    requires=(rfc9112.BODY_SIGNALED, pep3333.SHORTFALL_CLOSES),
    send=Visit(target="/failing/short"),
    play=SITE,
)
def failure_short_of_length_shows(exchange: Exchange) -> None:
    """A response that fell short of its announced length, for an error, cannot be mistaken for a whole one.

    The announced length is what tells: a server that corrects or fills it up hides the loss.
    """
    shows_failure(exchange)


@check("recovered-failure-replaces-status", requires=pep3333.EXC_INFO_REPLACES, send=RECOVERED, play=SITE)
def recovered_failure_replaces_status(exchange: Exchange) -> None:
    """An error page that an application puts in the place of its begun response has the error's status.

    With the first status, a failure is stored as the page.
    """
    called_once(exchange)
    response = whole_response(exchange)
    expect(response.status == 500, "status of the error page", want=500, got=response.status)


@check("recovered-failure-shown", requires=pep3333.EXC_INFO_REPLACES, send=RECOVERED, play=SITE)
def recovered_failure_shown(exchange: Exchange) -> None:
    """The error page of an application arrives whole, with its own header fields alone.

    Fields of the response that it replaces, above all Content-Length, do not fit it.
    """
    called_once(exchange)
    response = response_of(exchange)
    expect_octets("the error page", want=b"Something went wrong.\n", got=response.content)
    kinds = response.values("content-type")
    expect(kinds == ("text/plain",), "Content-Type", want="text/plain", got=" | ".join(kinds))
