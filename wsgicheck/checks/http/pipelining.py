"""Several requests on one connection, one after the other or all at once (RFC 9112 9.2, 9.3, 9.3.2)."""

from __future__ import annotations

from ...authoring import (
    HARDLY_ANY_PIPELINES,
    PLAIN_TEXT,
    AwaitApp,
    HttpExchange,
    Observation,
    Octets,
    Play,
    Receive,
    Release,
    Send,
    announces_close,
    body,
    called_once,
    calls_of,
    check,
    ended_by_server,
    expect,
    fail,
    inapplicable,
    inconclusive,
    octets,
    response_of,
    waits,
    writes,
)
from ...spec import pep3333, rfc9110, rfc9112

LAST = "Connection: close"
SECRETS = ("X-Once: secret", "Cookie: a=1", "Authorization: Basic YTpi", "Content-Type: text/x-first")


def _answer(content: bytes, *fields: tuple[str, str]) -> Play:
    return Play(headers=(*PLAIN_TEXT, *fields), chunks=(content,), shape="list")


SEQUENTIAL = Octets(
    octets("POST", *SECRETS, "Content-Length: 5", body=b"hello"),
    methods=("POST", "GET"),
    then=(Receive(b"the first answer"), Send(octets("GET", LAST, label="2"))),
)
FIRST_MARKED = Play(
    headers=(*PLAIN_TEXT, ("X-First", "first")),
    before=(body(),),
    chunks=(b"the first answer",),
    shape="list",
    later=(Play(chunks=(b"the second answer",), shape="list"),),
)
SEQUENTIAL_STREAMED = Octets(
    octets("GET"),
    methods=("GET", "GET"),
    then=(Receive(b"the first answer"), Send(octets("GET", LAST, label="2"))),
)
FIRST_WRITTEN = Play(
    after=(writes(b"the first answer"),),
    chunks=(),
    later=(Play(chunks=(b"the second answer",), shape="list"),),
)

PIPELINED = Octets(
    octets("GET") + octets("GET", label="2") + octets("GET", LAST, label="3"), methods=("GET", "GET", "GET")
)
ANSWERS = (b"answer one", b"answer two", b"answer three")
IN_ORDER = Play(chunks=(ANSWERS[0],), shape="list", later=(_answer(ANSWERS[1]), Play(chunks=(ANSWERS[2],))))
SLOW_FIRST = Octets(
    octets("GET") + octets("GET", LAST, label="2"),
    methods=("GET", "GET"),
    then=(AwaitApp("returned", 1, seconds=0.2), Release("go")),
)
FIRST_WAITS = Play(before=(waits("go"),), chunks=(ANSWERS[0],), shape="list", later=(_answer(ANSWERS[1]),))

WITH_BODIES = Octets(
    octets("POST", "Content-Length: 5", body=b"hello")
    + octets("POST", "Content-Length: 6", label="2", body=b"world!")
    + octets("GET", LAST, label="3"),
    methods=("POST", "POST", "GET"),
)
READS = Play(
    before=(body(),),
    chunks=(ANSWERS[0],),
    shape="list",
    later=(Play(before=(body(),), chunks=(ANSWERS[1],), shape="list"), _answer(ANSWERS[2])),
)
MIXED = Octets(
    octets("HEAD")
    + octets("GET", label="2")
    + octets("GET", label="3")
    + octets("POST", "Content-Length: 5", label="4", body=b"hello")
    + octets("GET", LAST, label="5"),
    methods=("HEAD", "GET", "GET", "POST", "GET"),
)
STATUSES = ("200 OK", "204 No Content", "304 Not Modified", "404 Not Found", "201 Created")
IN_MANY_WAYS = Play(
    status=STATUSES[0],
    headers=(*PLAIN_TEXT, ("Content-Length", "400")),
    chunks=(),
    shape="list",
    later=(
        Play(status=STATUSES[1], headers=(), chunks=(), shape="list"),
        Play(status=STATUSES[2], headers=(), chunks=(), shape="list"),
        Play(status=STATUSES[3], chunks=(b"a", b"b")),
        Play(status=STATUSES[4], chunks=(b"c",), shape="list"),
    ),
)


def first_called(exchange: HttpExchange) -> None:
    """Inconclusive unless the first request was run: where a later one alone was, others say so."""
    called_once(exchange)
    if not calls_of(exchange, ""):
        inconclusive("the application was called for a later request, and not for the first")


def _second(exchange: HttpExchange) -> Observation:
    """The call for the second request; not applicable where the server ended the connection before it."""
    called_once(exchange)
    calls = calls_of(exchange, "2")
    if not calls:
        inapplicable("the server does not serve another request on the connection")
    return calls[0]


def _keys(call: Observation) -> dict[str, str]:
    return {key: value for _, key, _, value in call.facts["environ"]}


@check("second-request-answered", requires=rfc9110.ONE_FINAL_RESPONSE, send=SEQUENTIAL, play=FIRST_MARKED)
def second_request_answered(exchange: HttpExchange) -> None:
    """On a kept connection the second request is answered.

    A server may close behind any response; what it may not do is to keep the connection and be silent.
    """
    first_called(exchange)
    first = response_of(exchange)
    if ended_by_server(exchange) or announces_close(first):
        return
    expect(
        len(exchange.responses) == 2, "responses on a kept connection", want=2, got=len(exchange.responses)
    )


@check("second-response-is-its-own", requires=rfc9112.PIPELINED_ORDER, send=SEQUENTIAL, play=FIRST_MARKED)
def second_response_is_its_own(exchange: HttpExchange) -> None:
    """The second response of a connection has its own content, and no field of the first.

    What stays behind in a connection's objects goes to whoever uses it next: behind a proxy, to another user.
    """
    _second(exchange)
    if len(exchange.responses) < 2:
        inapplicable("the second response was not read")
    second = exchange.responses[1]
    expect(
        b"first" not in second.content, "content of the second response", want="its own", got=second.content
    )
    expect(not second.values("x-first"), "X-First in the second response", want="absent", got="present")


@check(
    "second-response-after-written-one",
    requires=rfc9112.PIPELINED_ORDER,
    send=SEQUENTIAL_STREAMED,
    play=FIRST_WRITTEN,
)
def second_response_after_written_one(exchange: HttpExchange) -> None:
    """The response behind one that was made by ``write()`` has a head of its own.

    A connection that remembers "headers sent" sends the second one without.
    """
    _second(exchange)
    if len(exchange.responses) < 2:
        if exchange.wire.ended == "eof":
            inapplicable("the second response was not sent")
        fail("the second request of the connection got no response")
    second = exchange.responses[1]
    expect(second.status == 200, "status of the second response", want=200, got=second.status or second.head)


@check("second-environ-is-its-own", requires=pep3333.ENVIRON_FRESH, send=SEQUENTIAL, play=FIRST_MARKED)
def second_environ_is_its_own(exchange: HttpExchange) -> None:
    """The environ of a connection's second request has nothing of the first.

    Two requests of one connection need not come from one user (RFC 9110 3.3): a proxy mixes them. The
    cookie or the credentials of the first would log in the second.
    """
    environ = _keys(_second(exchange))
    for key in ("HTTP_X_ONCE", "HTTP_COOKIE", "HTTP_AUTHORIZATION"):
        expect(
            key not in environ, f"environ[{key!r}] of the second request", want="absent", got=environ.get(key)
        )
    for key in ("CONTENT_LENGTH", "CONTENT_TYPE"):
        stale = environ.get(key) in ("5", "text/x-first")
        expect(
            not stale, f"environ[{key!r}] of the second request", want="absent or empty", got=environ.get(key)
        )
    expect(
        environ.get("REQUEST_METHOD") == "GET", "second method", want="GET", got=environ.get("REQUEST_METHOD")
    )


# ---- pipelined --------------------------------------------------------------------------------------


def _numbers(exchange: HttpExchange, answers: tuple[bytes, ...] = ANSWERS) -> list[int]:
    """Which answers came, in the order of their coming."""
    got = [
        response.content for response in exchange.responses if response.complete and response.status == 200
    ]
    return [answers.index(content) + 1 for content in got if content in answers]


@check("pipelined-responses-in-order", requires=rfc9112.PIPELINED_ORDER, send=PIPELINED, play=IN_ORDER)
def pipelined_responses_in_order(exchange: HttpExchange) -> None:
    """Responses to pipelined requests come in the order of the requests.

    Nothing but the order says which response belongs to which request.
    """
    first_called(exchange)
    numbers = _numbers(exchange)
    expect(numbers == sorted(set(numbers)), "order of the responses", want=sorted(set(numbers)), got=numbers)


@check(
    "first-pipelined-response-is-of-first-request",
    requires=(rfc9112.PIPELINED_ORDER, pep3333.APP_CALLED_ONCE),
    send=PIPELINED,
    play=IN_ORDER,
)
def first_pipelined_response_is_of_first_request(exchange: HttpExchange) -> None:
    """The first response to pipelined requests is that to the first of them.

    A server that parses a whole segment before it runs anything may keep but the last request in it. The
    client takes that answer for another one: behind a proxy, it is that of another user.
    """
    called_once(exchange)
    first = response_of(exchange)
    later = first.status == 200 and first.content in ANSWERS[1:]
    expect(not later, "content of the first response", want=ANSWERS[0], got=first.content)


@check(
    "pipelined-responses-in-order-when-slow",
    requires=rfc9112.PIPELINED_ORDER,
    send=SLOW_FIRST,
    play=FIRST_WAITS,
)
def pipelined_responses_in_order_when_slow(exchange: HttpExchange) -> None:
    """Responses come in the order of the requests although the first takes longer.

    A server may process pipelined requests in parallel, but not answer in the order of completion.
    """
    first_called(exchange)
    numbers = _numbers(exchange)
    expect(numbers == sorted(set(numbers)), "order of the responses", want=sorted(set(numbers)), got=numbers)


@check(
    "pipelined-responses-not-lost",
    requires=rfc9110.ONE_FINAL_RESPONSE,
    send=PIPELINED,
    play=IN_ORDER,
    tempered=HARDLY_ANY_PIPELINES,
)
def pipelined_responses_not_lost(exchange: HttpExchange) -> None:
    """Of pipelined requests every one is answered, unless the server closes: then the last ones are not.

    A response that is missing in the middle shifts all later ones to the wrong request.
    """
    called_once(exchange)
    numbers = _numbers(exchange)
    want = list(range(1, len(numbers) + 1))
    expect(numbers == want, "answers to pipelined requests", want=want, got=numbers)
    if len(numbers) < 3 and not ended_by_server(exchange):
        expect(False, "answers on a kept connection", want=3, got=len(numbers))


@check("pipelined-requests-answered-once", requires=pep3333.APP_CALLED_ONCE, send=PIPELINED, play=IN_ORDER)
def pipelined_requests_answered_once(exchange: HttpExchange) -> None:
    """The application is called once for each of several pipelined requests.

    A buffer that is parsed again from its beginning runs the first request twice.
    """
    first_called(exchange)
    for label in ("", "2", "3"):
        got = len(calls_of(exchange, label))
        expect(got <= 1, f"calls for request {label or 1}", want="at most 1", got=got)


@check("pipelined-bodies-kept-apart", requires=rfc9112.REQUEST_LENGTH, send=WITH_BODIES, play=READS)
def pipelined_bodies_kept_apart(exchange: HttpExchange) -> None:
    """Each of several pipelined requests has its own body.

    One octet too many or too few, and the rest of the connection is misread.
    """
    first_called(exchange)
    for label, want in (("", "hello"), ("2", "world!")):
        for seen in exchange.app.of("body"):
            if seen.label == label:
                got = seen.facts["body"]
                expect(got == want, f"body of request {label or 1}", want=want, got=got)


@check(
    "pipelined-requests-behind-bodies-served", requires=rfc9112.REQUEST_LENGTH, send=WITH_BODIES, play=READS
)
def pipelined_requests_behind_bodies_served(exchange: HttpExchange) -> None:
    """A request behind one with a body is found where it begins.

    A server that reads the body too far swallows the next request; the client waits for its answer.
    """
    first_called(exchange)
    refused = [response.status for response in exchange.responses if response.status >= 400]
    expect(not refused, "answers to pipelined requests", want="200", got=refused)
    silent = exchange.wire.ended == "timeout"
    expect(not silent, "answers on a kept connection", want=3, got=len(exchange.responses))


@check("pipelined-responses-well-framed", requires=rfc9112.NO_BODY, send=MIXED, play=IN_MANY_WAYS)
def pipelined_responses_well_framed(exchange: HttpExchange) -> None:
    """Responses to HEAD, with 204, with 304 and with content stand one behind the other without a gap.

    Each begins where the one before ends; the client has no other means to find them.
    """
    called_once(exchange)
    for number, response in enumerate(exchange.responses):
        if not response.version:
            expect(False, f"beginning of response {number + 1}", want="a status line", got=response.head[:40])
        if not STATUSES[number].startswith(str(response.status)):
            return  # an answer was lost, or is an error: others judge that


POSTS_AT_ONCE = Octets(
    octets("POST", "Content-Length: 0") + octets("POST", "Content-Length: 0", LAST, label="2"),
    methods=("POST", "POST"),
    then=(AwaitApp("called", 2, seconds=0.1), Release("go")),
)


@check(
    "pipelined-posts-one-after-the-other",
    requires=rfc9112.PIPELINED_UNSAFE,
    send=POSTS_AT_ONCE,
    play=FIRST_WAITS,
)
def pipelined_posts_one_after_the_other(exchange: HttpExchange) -> None:
    """Of two POST requests in a pipeline, the second begins when the first is done.

    The client relies on it: the second may be about what the first makes.
    """
    called_once(exchange)
    second = calls_of(exchange, "2")
    returned = [seen for seen in exchange.app.of("returned") if seen.label == ""]
    if not second:
        inapplicable("the server processes no second request on this connection")
    early = not returned or second[0].at < returned[0].at
    expect(not early, "call for the second POST", want="behind the first", got="while the first waits")
