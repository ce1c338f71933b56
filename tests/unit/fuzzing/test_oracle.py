"""The oracle on hand-written logs: what is a finding, and what merely uses freedom."""

from __future__ import annotations

from dataclasses import replace

import pytest

from wsgicheck.fuzzing.oracle import judge
from wsgicheck.fuzzing.reader import read_connection
from wsgicheck.model.exchange import AppLog, HttpExchange, Observation, Response, Segment, Server, WireLog
from wsgicheck.model.fuzzed import Case
from wsgicheck.model.play import Play, Step
from wsgicheck.model.stimulus import Octets
from wsgicheck.transports.request_writer import fill

GET = b"GET /a HTTP/1.1\r\nHost: {authority}\r\nX-Wsgicheck-Ticket: {ticket}-1\r\nX-A: 1\r\n\r\n"
TICKET = "0123456789abcdef"
AUTHORITY = "127.0.0.1:80"
ENVIRON = {
    "REQUEST_METHOD": "GET",
    "SCRIPT_NAME": "",
    "PATH_INFO": "/a",
    "QUERY_STRING": "",
    "SERVER_PROTOCOL": "HTTP/1.1",
    "HTTP_X_A": "1",
    "HTTP_X_WSGICHECK_TICKET": f"wct-{TICKET}-1",
}
OK = Response(
    "HTTP/1.1",
    200,
    "OK",
    (("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", "9"), ("Date", "now")),
    b"wsgicheck",
    "content-length",
)


def call(label: str = "1", *, closed: int = 1, **changes: str | None) -> tuple[Observation, ...]:
    environ = {key: value for key, value in {**ENVIRON, **changes}.items() if value is not None}
    facts = {"environ": [["str", key, "str", value] for key, value in environ.items()]}
    kinds = [("called", facts), ("returned", {}), ("exhausted", {})] + [("closed", {})] * closed
    return tuple(
        Observation(float(at), kind, facts, 1, 1, f"1.{label}", label)
        for at, (kind, facts) in enumerate(kinds)
    )


def found(
    octets: bytes = GET,
    observations: tuple[Observation, ...] = call(),
    responses: tuple[Response, ...] = (OK,),
    play: Play = Play(),  # noqa: B008 (frozen)
    ended: str = "eof",
    strangers: int = 0,
) -> set[str]:
    filled = fill(octets, TICKET, AUTHORITY)
    exchange = HttpExchange(
        Octets(octets),
        "/a",
        TICKET,
        Server("127.0.0.1", 80, AUTHORITY),
        AppLog(observations),
        responses[0] if responses else None,
        responses=responses,
        wire=WireLog((Segment(0.0, filled),), (Segment(9.0, b"?"),), ended),
    )
    readings = read_connection(filled, AUTHORITY.encode())
    return {breach.rule.id for breach in judge(Case(octets, (play,)), readings, exchange, strangers)}


def test_what_is_as_it_must_be() -> None:
    assert found() == set()


ENVIRONS = {
    "environ-method": {"REQUEST_METHOD": "get"},
    "environ-path": {"PATH_INFO": "/A"},
    "environ-query": {"QUERY_STRING": "a"},
    "environ-protocol": {"SERVER_PROTOCOL": "HTTP/1.0"},
    "environ-content-length": {"CONTENT_LENGTH": "5"},
    "environ-field-value": {"HTTP_X_A": "1 "},
    "environ-field-present": {"HTTP_X_A": None},
    "environ-field-not-invented": {"HTTP_X_B": "1"},
}


@pytest.mark.parametrize(("rule", "changes"), ENVIRONS.items(), ids=ENVIRONS)
def test_an_environ_that_says_otherwise(rule: str, changes: dict[str, str | None]) -> None:
    assert found(observations=call(**changes)) == {rule}


RESPONSES = {
    "response-status": replace(OK, status=201),
    "response-headers": replace(OK, headers=OK.headers[1:]),
    "response-content": replace(OK, content=b"wsgicheek"),
    "response-complete": replace(OK, complete=False, content=b"wsgi"),
    "response-grammar": replace(OK, faults=("a line ends in a bare LF",)),
    "response-dated": replace(OK, headers=OK.headers[:2]),
    "response-field-not-duplicated": replace(OK, headers=(*OK.headers, ("date", "now"))),
}


@pytest.mark.parametrize(("rule", "response"), RESPONSES.items(), ids=RESPONSES)
def test_a_response_that_the_play_did_not_produce(rule: str, response: Response) -> None:
    assert found(responses=(response,)) == {rule}


def test_calls_of_close() -> None:
    assert found(observations=call(closed=0)) == {"close-called"}
    assert found(observations=call(closed=2)) == {"close-called-once"}


def test_a_call_too_many_and_a_call_too_few() -> None:
    assert found(observations=(*call(), *replace_calls(call(), "1.2"))) == {"request-served-once"}
    assert found(observations=(), responses=(replace(OK, status=400),)) == {"well-formed-request-served"}
    assert found(observations=(), responses=()) == {"request-answered"}
    assert found(observations=(*call(), *call("91"))) == {"content-is-no-request"}
    assert found(strangers=1) == {"content-is-no-request"}


def replace_calls(observations: tuple[Observation, ...], name: str) -> tuple[Observation, ...]:
    return tuple(replace(seen, call=name) for seen in observations)


BAD = GET.replace(b"X-A: 1", b"X-A : 1")


def test_what_must_be_refused() -> None:
    assert found(BAD) == {"space-before-colon-refused"}
    refusal = replace(OK, status=400, headers=OK.headers[2:])
    assert found(BAD, (), (refusal,)) == set()
    assert found(BAD, (), ()) == set()


FREE = GET.replace(b"X-A: 1", b"X-A: 1\r\n 2")


def test_where_the_law_leaves_freedom() -> None:
    assert found(FREE, (), (replace(OK, status=400),)) == set()
    assert found(FREE, call(HTTP_X_A="1 2")) == set()
    assert found(FREE, call(HTTP_X_A="1")) == {"environ-unfolded"}


RAISES = Play(chunks=(b"wsgi", Step("raise", ("halfway",))))
CHUNKED = replace(
    OK,
    headers=(OK.headers[0], OK.headers[2], ("Transfer-Encoding", "chunked")),
    framing="chunked",
    content=b"wsgi",
)


def test_a_play_that_fails() -> None:
    assert found(play=RAISES, responses=(replace(CHUNKED, complete=False),)) == set()
    assert found(play=RAISES, responses=(replace(OK, status=500),)) == set()
    assert found(play=RAISES, responses=(CHUNKED,)) == {"failed-response-incomplete"}
    assert found(play=RAISES, responses=(replace(CHUNKED, framing="close"),)) == set()


def test_a_reset_says_nothing_where_more_was_under_way() -> None:
    cut = replace(OK, complete=False, content=b"w")
    assert found(GET + GET.replace(b"-1", b"-2"), responses=(cut,), ended="reset") == set()
    assert found(responses=(cut,), ended="reset") == {"response-complete"}
