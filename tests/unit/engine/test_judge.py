"""The judge's word, when it may not be heard, and what it weighs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from wsgicheck.authoring import (
    Exchange,
    HttpExchange,
    Octets,
    check,
    expect,
    fail,
    inapplicable,
    inconclusive,
)
from wsgicheck.engine.judge import Evidence, judge
from wsgicheck.engine.patience import Patience, in_vain
from wsgicheck.engine.policy import exit_code, judged_in, severity
from wsgicheck.model.check import Check
from wsgicheck.model.exchange import AppLog, Observation, Response, Segment, Server, WireLog
from wsgicheck.model.law import Basis, Level, Requirement, Source
from wsgicheck.model.result import Environment, Report, Result, ServerFacts, Severity, Verdict
from wsgicheck.model.stimulus import Action, FinishSending, HangUp, Receive, Request, Several, Stimulus

LAW = Requirement("a-duty", Level.MUST, Basis.PLAIN, Source.PEP_3333, "A", "a", "The server must.")
CALLED = AppLog((Observation(1.0, "called", {}, 1, 1, "1.1"),))
ANSWER = Response("HTTP/1.1", 200, "OK", ())
PROPER = HttpExchange(
    request=Request(),
    target="/",
    ticket="0" * 16,
    server=Server("h", 1, "h:1"),
    app=CALLED,
    response=ANSWER,
    responses=(ANSWER,),
    wire=WireLog(ended="eof"),
)
IN_VAIN = replace(PROPER, response=None, responses=(), wire=WireLog(ended="timeout"))


def made(body: Any = lambda exchange: None, law: Requirement = LAW, **declared: Any) -> Check:
    def judge_(exchange: Exchange) -> None:
        """The rule.

        The harm.
        """
        body(exchange)

    judge_.__name__ = "a_check"
    return check("a-check", requires=law, **declared)(judge_)


def verdict(check: Check, **evidence: Any) -> Verdict:
    return judge(check, Evidence(**{"exchange": PROPER, **evidence})).verdict


def test_a_judge_that_returns_has_seen_the_duty_done() -> None:
    assert verdict(made()) is Verdict.PASS


@pytest.mark.parametrize(
    ("then", "expected"),
    [
        ((FinishSending(),), Verdict.INAPPLICABLE),
        ((Receive(b"x"), FinishSending()), Verdict.PASS),
        ((FinishSending(alert=False),), Verdict.PASS),
        ((), Verdict.PASS),
    ],
)
def test_a_half_close_is_no_stimulus_over_tls(then: tuple[Action, ...], expected: Verdict) -> None:
    """There is none that every version of TLS knows; behind the response it disturbs nobody."""
    secured = replace(PROPER, server=Server("h", 1, "h:1", scheme="https"))
    for send in (Request(then=then), Octets(b"", then=then), Several(Request(then=then))):
        assert verdict(made(send=send), exchange=secured) is expected
        assert verdict(made(send=send)) is Verdict.PASS


CUT_OFF = Response("HTTP/1.1", 200, "OK", (), complete=False)


TWO = Octets(b"", ("GET", "GET"))


@pytest.mark.parametrize(
    ("send", "silence", "responses", "expected"),
    [
        (Request(), 0.1, (CUT_OFF,), Verdict.INCONCLUSIVE),
        (Request(), 0.1, (), Verdict.INCONCLUSIVE),
        (Request(), 3.0, (CUT_OFF,), Verdict.FAIL),
        (Request(), 0.1, (ANSWER,), Verdict.FAIL),
        (TWO, 0.1, (ANSWER, CUT_OFF), Verdict.INCONCLUSIVE),
        (TWO, 0.1, (ANSWER,), Verdict.INCONCLUSIVE),
        (TWO, 3.0, (ANSWER,), Verdict.FAIL),
        (TWO, 0.1, (ANSWER, ANSWER), Verdict.FAIL),
        (Several(Request()), 0.1, (ANSWER,), Verdict.FAIL),
    ],
    ids=[
        "cut off",
        "within its head",
        "silent for long",
        "complete",
        "the next one cut off",
        "the next one not begun",
        "silent for long behind the first",
        "both complete",
        "none on a connection of its own",
    ],
)
def test_what_our_deadline_cut_off_is_no_fail(
    send: Stimulus, silence: float, responses: tuple[Response, ...], expected: Verdict
) -> None:
    wire = WireLog((Segment(0.0, b"GET"),), (Segment(5.0 - silence, b"HTTP"),), "timeout", 5.0)
    late = replace(PROPER, request=send, wire=wire, responses=responses, response=None)
    assert verdict(made(lambda _: fail("it is not as it should be")), exchange=late) is expected


def test_the_words_of_a_judge_become_the_finding() -> None:
    finding = judge(made(lambda _: expect(False, "what", want=1, got="two\n")), Evidence(PROPER))
    assert (finding.verdict, finding.message, finding.want, finding.got) == (
        Verdict.FAIL, "what", "1", "'two\\n'"
    )  # fmt: skip
    assert verdict(made(lambda _: inconclusive("because"))) is Verdict.INCONCLUSIVE
    assert verdict(made(lambda _: inapplicable("because"))) is Verdict.INAPPLICABLE


def test_a_judge_that_raises_is_our_error() -> None:
    finding = judge(made(lambda _: {}["missing"]), Evidence(PROPER))
    assert finding.verdict is Verdict.ERROR
    assert "KeyError: 'missing'" in finding.message


def test_a_death_is_a_fail_before_all_else() -> None:
    finding = judge(made(lambda _: inapplicable("not here")), Evidence(PROPER, death="its process ended"))
    assert finding.verdict is Verdict.FAIL
    assert finding.got == "its process ended"


@pytest.mark.parametrize(
    "control",
    [
        replace(PROPER, app=AppLog()),
        replace(PROPER, response=None),
        replace(PROPER, response=replace(ANSWER, status=400)),
    ],
    ids=["not called", "no response", "refused"],
)
def test_without_its_control_a_verdict_is_not_heard(control: HttpExchange) -> None:
    assert verdict(made(), control=control) is Verdict.INCONCLUSIVE
    assert verdict(made(lambda _: expect(False, "x", want=1, got=2)), control=control) is Verdict.INCONCLUSIVE


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (
            {"error": {"type": "ValueError", "message": "no digits"}},
            "was called, and met ValueError: no digits",
        ),
        ({"error": "a line that the probe did not write"}, "was called"),
    ],
    ids=["an error", "forged"],
)
def test_a_failed_control_tells_what_the_application_met(facts: dict[str, Any], words: str) -> None:
    seen = CALLED.observations
    met = replace(CALLED, observations=(*seen, replace(seen[0], kind="read", facts=facts)))
    control = replace(PROPER, app=met, response=replace(ANSWER, status=500))
    message = judge(made(), Evidence(PROPER, control)).message
    assert message == f"the control failed: the repaired request got 500, and the application {words}"


def test_a_journal_that_did_not_settle_proves_no_absence() -> None:
    unsettled = replace(PROPER, app=replace(CALLED, settled=False))
    assert verdict(made(), exchange=unsettled) is Verdict.INCONCLUSIVE
    failing = made(lambda _: expect(False, "x", want=1, got=2))
    assert verdict(failing, exchange=unsettled) is Verdict.INCONCLUSIVE


def test_a_pass_needs_a_witness() -> None:
    nobody = replace(PROPER, app=AppLog())
    assert verdict(made(), exchange=nobody) is Verdict.INCONCLUSIVE
    assert judge(made(), Evidence(nobody)).message.endswith(f"it answered {ANSWER.status}")
    assert verdict(made(), exchange=nobody, control=PROPER) is Verdict.PASS


def test_a_client_that_waited_in_vain_has_seen_no_duty_done() -> None:
    assert verdict(made(), exchange=IN_VAIN) is Verdict.INCONCLUSIVE
    assert verdict(made(), exchange=IN_VAIN, control=PROPER) is Verdict.PASS


def test_a_check_without_octets_sees_none() -> None:
    seen: list[Exchange] = []
    judge(made(seen.append), Evidence(PROPER))
    judge(made(seen.append, send=Octets(b"")), Evidence(PROPER))
    assert [isinstance(exchange, HttpExchange) for exchange in seen] == [False, True]


@pytest.mark.parametrize(
    ("level", "tempered", "profile", "weight"),
    [
        (Level.MUST, None, "standard", Severity.ERROR),
        (Level.MUST_NOT, None, "wsgi", Severity.ERROR),
        (Level.SHOULD, None, "standard", Severity.WARNING),
        (Level.SHOULD_NOT, None, "edge", Severity.WARNING),
        (Level.MAY, None, "edge", Severity.NOTE),
        (Level.MUST, "practice", "standard", Severity.WARNING),
        (Level.SHOULD, "practice", "wsgi", Severity.NOTE),
        (Level.MAY, "practice", "standard", Severity.NOTE),
        (Level.MUST, "practice", "edge", Severity.ERROR),
    ],
)
def test_the_level_of_the_law_weighs_a_fail(
    level: Level, tempered: str | None, profile: str, weight: Severity
) -> None:
    weighed = made(law=replace(LAW, level=level), tempered=tempered)
    assert severity(weighed, Verdict.FAIL, profile) is weight
    for verdict_ in set(Verdict) - {Verdict.FAIL}:
        assert severity(weighed, verdict_, profile) is Severity.NONE


def test_the_profile_wsgi_leaves_http_to_others() -> None:
    http = made(law=replace(LAW, source=Source.RFC_9112))
    assert not judged_in(http, "wsgi")
    assert judged_in(http, "standard") and judged_in(http, "edge") and judged_in(made(), "wsgi")


PASS, UNCLEAR = (Verdict.PASS, Severity.NONE), (Verdict.INCONCLUSIVE, Severity.NONE)
BROKEN, WARNED = (Verdict.FAIL, Severity.ERROR), (Verdict.FAIL, Severity.WARNING)
OURS = (Verdict.ERROR, Severity.NONE)


@pytest.mark.parametrize(
    ("found", "complete", "strict", "code"),
    [
        ([PASS], True, False, 0),
        ([PASS, WARNED, UNCLEAR], True, False, 0),
        ([PASS, WARNED], True, True, 1),
        ([PASS, BROKEN], True, False, 1),
        ([BROKEN], False, False, 1),
        ([PASS], False, False, 3),
        ([UNCLEAR], True, False, 3),
        ([], True, False, 3),
        ([WARNED], True, False, 3),
        ([PASS, BROKEN, OURS], True, False, 4),
    ],
)
def test_the_exit_code_follows_the_table(
    found: list[tuple[Verdict, Severity]], complete: bool, strict: bool, code: int
) -> None:
    results = tuple(Result(made(), verdict, weight) for verdict, weight in found)
    report = Report(
        "", "standard", strict, ServerFacts("", ""), Environment("", "", ""), (), results, complete
    )
    assert exit_code(report) == code


def test_an_exchange_that_the_client_left_is_not_in_vain() -> None:
    assert in_vain(IN_VAIN)
    assert in_vain(replace(PROPER, response=replace(ANSWER, complete=False), wire=WireLog(ended="limit")))
    assert not in_vain(PROPER)
    assert not in_vain(replace(IN_VAIN, request=Request(then=(HangUp(),))))
    assert not in_vain(replace(IN_VAIN, wire=WireLog(ended="eof"))), "a close is an answer of a kind"


def test_patience_ends_where_nothing_comes_to_an_end() -> None:
    patience = Patience()
    for _ in range(9):
        assert patience.note(IN_VAIN)
    assert patience.end is None
    patience.note(IN_VAIN)
    assert patience.end is not None and "10 of 10 exchanges" in patience.end


def test_patience_lasts_where_most_comes_to_its_end() -> None:
    patience = Patience()
    for _ in range(100):
        for exchange in (PROPER, PROPER, PROPER, IN_VAIN):
            patience.note(exchange)
    assert patience.end is None
    for _ in range(200):
        patience.note(IN_VAIN)
        patience.note(PROPER)
    assert patience.end is not None


def test_patience_ends_with_a_server_that_is_lost_again_and_again() -> None:
    patience = Patience()
    for _ in range(5):
        patience.note_loss()
    patience.note(PROPER)
    patience.note_loss()
    assert patience.end is None
    for _ in range(5):
        patience.note_loss()
    assert patience.end is not None and "6 times in a row" in patience.end
