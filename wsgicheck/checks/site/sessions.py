"""Sessions of ordinary clients: one page after another, with cookies, redirects, and others beside them.

Whether the connection is kept is the server's affair; what comes over it must be what was asked for.
"""

from __future__ import annotations

from ...authoring import (
    Exchange,
    Response,
    Session,
    Visit,
    check,
    expect,
    expect_octets,
    inconclusive,
)
from ...authoring.sample_sites import DOT_GIF, SITE
from ...spec import pep3333, rfc9110, rfc9112

TEXT = (("Content-Type", "text/plain"),)
PICTURE = "/pictures/small/dot.gif"


def responses_of(exchange: Exchange, *statuses: int) -> tuple[Response, ...]:
    """Return the responses, which must all be readable and end in order.

    Other statuses than these are no fault of a session, and a check of their own fails for them.
    """
    if not exchange.app.called:
        inconclusive("the application was not called")
    for at, response in enumerate(exchange.responses, 1):
        expect(response.status != 0, f"response {at} of a session", want="one", got="none that can be read")
        expect(response.complete, f"the end of response {at} of a session", want="in order", got="cut off")
    got = tuple(response.status for response in exchange.responses)
    if got != statuses:
        inconclusive(f"the statuses are {got}, not {statuses}")
    return exchange.responses


@check(
    "session-pages-in-order",
    requires=(rfc9112.BODY_SIGNALED, pep3333.TRANSMIT_UNBUFFERED),
    send=Session(
        (
            Visit(target="/hello/one"),
            Visit(target="/no/such/page"),
            Visit(target=PICTURE),
            Visit(target="/stream/20"),
            Visit(target="/pictures/empty.txt"),
            Visit("POST", "/echo/body", TEXT, b"two"),
            Visit(target="/hello/three"),
        )
    ),
    play=SITE,
)
def session_pages_in_order(exchange: Exchange) -> None:
    """A session gets page after page as it asked for them: short, missing, streamed, empty and posted ones.

    One octet too many or too few behind a response is read as the beginning of the next.
    """
    responses = responses_of(exchange, 200, 404, 200, 200, 200, 200, 200)
    lines = b"".join(b"line %d\n" % number for number in range(1, 21))
    wanted = {0: b"Hello, one!\n", 2: DOT_GIF, 3: lines, 4: b"", 5: b"two", 6: b"Hello, three!\n"}
    for at, want in wanted.items():
        expect_octets(f"the octets of response {at + 1}", want=want, got=responses[at].content)


@check(
    "session-head-beside-get",
    requires=(rfc9110.HEAD_NO_CONTENT, rfc9110.HEAD_SAME_FIELDS),
    send=Session(
        (
            Visit("HEAD", PICTURE),
            Visit(target=PICTURE),
            Visit("HEAD", "/no/such/page"),
            Visit("HEAD", "/stream"),
            Visit(target="/hello/last"),
        )
    ),
    play=SITE,
)
def session_head_beside_get(exchange: Exchange) -> None:
    """A session that mixes HEAD and GET gets content for GET alone, and the right one.

    Content behind the answer to HEAD is what the client takes for its next answer.
    """
    responses = responses_of(exchange, 200, 200, 404, 200, 200)
    expect_octets("the picture", want=DOT_GIF, got=responses[1].content)
    expect_octets("the last page", want=b"Hello, last!\n", got=responses[4].content)


@check(
    "session-cookies-kept",
    requires=(rfc9110.SET_COOKIE_SEPARATE, pep3333.HTTP_VARIABLES),
    send=Session((Visit(target="/cookies"),) * 3),
    play=SITE,
)
def session_cookies_kept(exchange: Exchange) -> None:
    """The cookies that are set on one page come back with the next, so that the visits are counted.

    Baskets are emptied and users logged out where this fails.
    """
    responses = responses_of(exchange, 200, 200, 200)
    got = b"".join(response.content for response in responses)
    expect_octets("the counts of visits", want=b"visits: 1\nvisits: 2\nvisits: 3\n", got=got)


@check(
    "session-redirect-followed",
    requires=pep3333.HEADERS_WAIT,
    send=Session((Visit(target="/old"), Visit(target="/hello/again")), follows=True),
    play=SITE,
)
def session_redirect_followed(exchange: Exchange) -> None:
    """A client that follows a redirect arrives at the right page, and goes on from there.

    Whatever scheme, host and port the server may have added to Location, they are its own.
    """
    first, *behind = exchange.responses
    if first.status != 302 or len(behind) != 2:
        inconclusive(f"the first response is {first.status}, and {len(behind)} followed")
    statuses = tuple(response.status for response in behind)
    expect(statuses == (200, 200), "statuses behind a redirect", want=(200, 200), got=statuses)
    content = behind[0].content
    expect(b"<h1>About</h1>" in content, "the page behind the redirect", want="About", got=content)
    expect_octets("the page after that", want=b"Hello, again!\n", got=behind[1].content)


@check(
    "session-goes-on-after-refused-upload",
    requires=(rfc9112.BODY_READ_OR_CLOSED, pep3333.PLAY_DUMB),
    send=Session(
        (
            Visit("POST", "/about", TEXT, b"not wanted here\r\n" * 60),
            Visit(target="/hello/one"),
            Visit("PUT", "/about", TEXT, b"nor here\r\n" * 2000, chunked=True),
            Visit(target="/hello/two"),
        )
    ),
    play=SITE,
)
def session_goes_on_after_refused_upload(exchange: Exchange) -> None:
    """A session goes on after an upload that the application refused unread.

    What it left unread is thrown away, or the connection closed: never taken for the next request.
    """
    if not exchange.app.called:
        inconclusive("the application was not called")
    for at, want in ((1, b"Hello, one!\n"), (3, b"Hello, two!\n")):
        response = exchange.responses[at]
        expect(response.status == 200, "status of the page after a refusal", want=200, got=response.status)
        expect_octets("the page after a refusal", want=want, got=response.content)


@check(
    "session-goes-on-after-failure",
    requires=pep3333.ERROR_TRAPPED,
    send=Session(
        (
            Visit(target="/failing/before"),
            Visit(target="/hello/failed"),
            Visit(target="/failing/recovered"),
            Visit(target="/hello/recovered"),
        )
    ),
    play=SITE,
)
def session_goes_on_after_failure(exchange: Exchange) -> None:
    """A session goes on after an application that raised: the next pages are what was asked for.

    One user's broken page must not become the next one's, nor the end of the visit.
    """
    if not exchange.app.of("raised"):
        inconclusive("the application did not raise")
    if exchange.ended == "timeout":
        inconclusive("the client waited in vain: failure-answered-500 fails for that")
    for at, want in ((1, b"Hello, failed!\n"), (3, b"Hello, recovered!\n")):
        response = exchange.responses[at]
        expect(response.status == 200, "status of the page after a failure", want=200, got=response.status)
        expect_octets("the page after a failure", want=want, got=response.content)


@check(
    "sessions-at-once-kept-apart",
    requires=(pep3333.TRANSMIT_UNBUFFERED, pep3333.HTTP_VARIABLES, pep3333.WSGI_INPUT),
    send=Session(
        (
            Visit(target="/hello/client-{client}"),
            Visit(target="/cookies"),
            Visit("POST", "/echo/body", TEXT, b"of client {client}\n" * 2000),
            Visit(target="/cookies"),
        ),
        clients=4,
    ),
    play=SITE,
)
def sessions_at_once_kept_apart(exchange: Exchange) -> None:
    """Four sessions at once each get what is theirs: their names, their uploads, the count of their visits.

    What is shared between threads by mistake shows one user the page of another.
    """
    responses = responses_of(exchange, *(200,) * 16)
    for client in range(4):
        mine = responses[4 * client : 4 * client + 4]
        name = b"client-%d" % (client + 1)
        expect_octets("a greeting", want=b"Hello, " + name + b"!\n", got=mine[0].content)
        upload = b"of client %d\n" % (client + 1) * 2000
        expect_octets("an upload", want=upload, got=mine[2].content)
        counts = mine[1].content + mine[3].content
        expect_octets("the counts of visits", want=b"visits: 1\nvisits: 2\n", got=counts)
