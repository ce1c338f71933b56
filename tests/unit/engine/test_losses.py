"""A server that is lost in mid-run: the guilty exchange is proven, and the others are judged."""

from __future__ import annotations

import time

import pytest

from tests.unit.running import Ground
from wsgicheck.authoring import (
    Exchange,
    Play,
    Request,
    Several,
    called_once,
    check,
    expect,
    fail,
    perform,
    response_of,
)
from wsgicheck.engine.events import Event
from wsgicheck.engine.journal import Journal
from wsgicheck.engine.policy import exit_code
from wsgicheck.engine.session import Order, check_server
from wsgicheck.model.check import Check
from wsgicheck.model.result import Report, Verdict
from wsgicheck.servers.process import MEMORY_LIMIT
from wsgicheck.spec import pep3333


def judge_of(name: str, alone: bool = False) -> Check:
    """Return a check that passes when the application was called for ``/NAME``."""

    def judge(exchange: Exchange) -> None:
        """The application is called.

        Or not.
        """
        called_once(exchange)

    judge.__name__ = name.replace("-", "_")
    request = Request(target="/" + name)
    send = Several(request, times=1, alone=True) if alone else request
    return check(name, requires=pep3333.APP_CALLED_ONCE, send=send)(judge)


def report_on(
    ground: Ground,
    *names: str,
    timeout: float = 1.0,
    manners: tuple[str, ...] = (),
    memory: int = MEMORY_LIMIT,
) -> Report:
    events: list[Event] = []
    checks = tuple(judge_of(name) for name in names)
    order = Order(ground.fragile(*manners), checks, timeout=timeout, memory=memory)
    return check_server(order, events.append)


@pytest.fixture(autouse=True)
def rooms_in_the_ground(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(ground.temporary))


@pytest.mark.parametrize(
    ("guilty", "words"),
    [
        ("crash-now", "its process ended with status 9"),
        ("signal-kill", "its process was ended by SIGKILL"),
        ("behind-the-response", "its process ended with status 5"),
        ("hang-for-ever", "it no longer answers within 1 s"),
    ],
)
def test_the_exchange_that_hurts_the_server_fails_and_no_other(
    ground: Ground, guilty: str, words: str
) -> None:
    report = report_on(ground, "first-one", "second-one", guilty, "third-one", "fourth-one")
    verdicts = {result.check.id: result.verdict for result in report.results}
    assert verdicts.pop(guilty) is Verdict.FAIL
    assert set(verdicts.values()) == {Verdict.PASS}, verdicts
    assert len(verdicts) == 4
    failed = next(result for result in report.results if result.check.id == guilty)
    assert failed.got == words
    assert words in failed.message
    assert report.complete, report.trouble
    assert report.server.restarts == 2, "once to find the guilty one, once because it was found"
    assert exit_code(report) == 1


def test_a_journal_that_is_read_late_makes_no_server_lost(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading = Journal._read_news

    def late(journal: Journal) -> None:
        time.sleep(0.3)  # the machine is busy: the answers are here before the journal has been read
        reading(journal)

    monkeypatch.setattr(Journal, "_read_news", late)
    report = report_on(ground, "first-one", "second-one", "crash-now", "third-one", timeout=5.0)
    failed = [result.check.id for result in report.results if result.verdict is Verdict.FAIL]
    assert failed == ["crash-now"]
    assert report.complete, report.trouble


def test_the_last_exchange_of_a_run_may_be_the_guilty_one(ground: Ground) -> None:
    report = report_on(ground, "first-one", "behind-the-response")
    assert [result.verdict for result in report.results] == [Verdict.PASS, Verdict.FAIL]


def test_a_server_that_dies_of_everything_is_given_up(ground: Ground) -> None:
    names = [f"crash-number-{number}" for number in range(30)]
    report = report_on(ground, *names)
    assert not report.complete
    assert report.trouble is not None and "times in a row" in report.trouble
    assert exit_code(report) == 1
    assert report.server.restarts <= 8


def test_two_guilty_exchanges_among_many_are_both_found(ground: Ground) -> None:
    names = [f"good-{number}" for number in range(20)]
    report = report_on(ground, *names[:10], "crash-now", *names[10:], "hang-for-ever")
    failed = [result.check.id for result in report.results if result.verdict is Verdict.FAIL]
    assert failed == ["crash-now", "hang-for-ever"]
    assert report.complete


def test_what_finds_the_server_dead_is_not_blamed_for_it(ground: Ground) -> None:
    def judge(exchange: Exchange) -> None:
        """It is always wrong.

        Or not.
        """
        fail("wrong")

    def judge_of_status(exchange: Exchange) -> None:
        """The status is right.

        Or not.
        """
        status = response_of(exchange).status
        expect(status == 200, "status", want=200, got=status)

    judge.__name__, judge_of_status.__name__ = "again", "unsteady"
    law = pep3333.APP_CALLED_ONCE
    guilty = check("again", requires=law, send=Request(target="/again"))(judge)
    innocent = check("unsteady", requires=law, send=Request(target="/unsteady"))(judge_of_status)
    report = check_server(Order(ground.fragile(), (guilty, innocent), timeout=1), lambda event: None)
    assert [result.verdict for result in report.results] == [Verdict.FAIL, Verdict.INCONCLUSIVE]
    assert "the server was lost" in report.results[0].message
    assert "unstable" in report.results[1].message
    assert report.complete


def ender(name: str) -> Check:
    """Return a check whose application raises what may end a worker."""

    def judge(exchange: Exchange) -> None:
        """The application is called.

        Or not.
        """
        called_once(exchange)

    judge.__name__ = name.replace("-", "_")
    play = Play(before=(perform("raise_as", "BaseException", "no exception"),))
    law = pep3333.APP_CALLED_ONCE
    return check(name, requires=law, send=Request(target="/" + name), play=play)(judge)


@pytest.mark.parametrize(
    "names", [("late-end", "mild-one"), ("mild-one", "late-end", "mild-two", "mild-three")]
)
def test_who_ends_a_server_a_moment_later_fails_and_nobody_behind(
    ground: Ground, names: tuple[str, ...]
) -> None:
    checks = (judge_of("first-one"), *map(ender, names))
    report = check_server(Order(ground.fragile(), checks, timeout=1), lambda event: None)
    verdicts = {result.check.id: result.verdict for result in report.results}
    assert verdicts.pop("late-end") is Verdict.FAIL, verdicts
    assert set(verdicts.values()) == {Verdict.PASS}, verdicts
    assert report.complete, report.trouble


def test_an_error_of_a_judge_is_ours_and_spoils_nothing_else(ground: Ground) -> None:
    def judge(exchange: Exchange) -> None:
        """The judge is broken.

        Or not.
        """
        raise KeyError("oops")

    broken = check("judge", requires=pep3333.APP_CALLED_ONCE)(judge)
    order = Order(ground.fragile(), (broken, judge_of("first-one")), timeout=1)
    report = check_server(order, lambda event: None)
    assert [result.verdict for result in report.results] == [Verdict.ERROR, Verdict.PASS]
    assert "KeyError: 'oops'" in report.results[0].message
    assert exit_code(report) == 4


def test_an_error_of_the_engine_is_ours_and_spoils_nothing_else(ground: Ground) -> None:
    checks = (judge_of("caf\u00e9-\u20ac"), judge_of("first-one"))  # the euro has no place in Latin-1
    report = check_server(Order(ground.fragile(), checks, timeout=1), lambda event: None)
    assert [result.verdict for result in report.results] == [Verdict.ERROR, Verdict.PASS]
    assert "UnicodeEncodeError" in report.results[0].message
    assert exit_code(report) == 4


MEBIBYTE = 1024**2
GROWN = "its memory grew beyond 256 MiB, where we ended it"


@pytest.mark.parametrize("before", [0, 40])
@pytest.mark.parametrize("behind", [0, 40])
def test_the_exchange_behind_which_memory_grows_without_end_is_found(
    ground: Ground, before: int, behind: int
) -> None:
    """It grows behind a proper response, while other exchanges go on; the last one has none behind it."""
    others = [f"good-{number}" for number in range(before + behind)]
    names = [*others[:before], "grows-for-ever", *others[before:]]
    report = report_on(ground, *names, memory=256 * MEBIBYTE)
    failed = {result.check.id: result.got for result in report.results if result.verdict is not Verdict.PASS}
    assert report.complete, report.trouble
    assert failed == {"grows-for-ever": GROWN}


def test_a_server_that_holds_much_memory_and_no_more_is_let_be(ground: Ground) -> None:
    names = [f"good-{number}" for number in range(40)]
    report = report_on(ground, "holds-much", *names, memory=256 * MEBIBYTE)
    assert {result.verdict for result in report.results} == {Verdict.PASS}
    assert report.server.restarts == 0
    assert report.complete
