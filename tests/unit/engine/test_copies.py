"""Several copies of a server share the exchanges, and the verdicts are those of one."""

from __future__ import annotations

import os
import shutil
import sys
import threading
from collections import Counter
from pathlib import Path

import pytest

from tests.unit.engine.test_losses import ender, judge_of
from tests.unit.running import SECONDS, Ground, eventually
from wsgicheck.catalog import own_checks
from wsgicheck.engine import copies
from wsgicheck.engine.events import Confirming, CopyMissing, Event, Progress, ServerReady
from wsgicheck.engine.room import Room
from wsgicheck.engine.session import Order, check_server
from wsgicheck.engine.side_by_side import side_by_side
from wsgicheck.engine.subject import Subject
from wsgicheck.errors import ServerTrouble
from wsgicheck.model.check import Check
from wsgicheck.model.result import Report, Verdict

FAILED_BY_WSGIREF = ("header-validation", "request-target", "persistence")
NAMES = tuple(f"number-{number}" for number in range(60))


@pytest.fixture(autouse=True)
def rooms_in_the_ground(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(ground.temporary))


def report_on(
    command: str, checks: tuple[Check, ...], number: int, events: list[Event], timeout: float = 5.0
) -> Report:
    return check_server(Order(command, checks, timeout=timeout, copies=number), events.append)


def verdicts(report: Report) -> dict[str, Verdict]:
    return {result.check.id: result.verdict for result in report.results}


def report_of_two(
    command: str, checks: tuple[Check, ...], events: list[Event], monkeypatch: pytest.MonkeyPatch
) -> Report:
    """Have it checked over two copies, of which the first lets the other one come."""
    joined, take_as_proven = threading.Event(), Subject.take_as_proven

    def join(copy: Subject, first: Subject) -> None:
        take_as_proven(copy, first)
        joined.set()

    def listen(event: Event) -> None:
        events.append(event)
        if isinstance(event, Progress):
            joined.wait(SECONDS)
            joined.set()  # once is enough, even in vain

    monkeypatch.setattr(Subject, "take_as_proven", join)
    return check_server(Order(command, checks, copies=2), listen)


def test_each_exchange_is_conducted_once_by_one_of_the_copies(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    events: list[Event] = []
    report = report_of_two(ground.fragile("slow"), tuple(map(judge_of, NAMES)), events, monkeypatch)
    assert report.complete and set(verdicts(report).values()) == {Verdict.PASS}
    assert [result.check.id for result in report.results] == list(NAMES), "the order is that of the checks"
    assert report.server.copies == 2
    asked = Counter(result.evidence[0].server.authority for result in report.results)
    assert len(asked) == 2, asked
    tickets = {result.evidence[0].ticket for result in report.results}
    assert len(tickets) == len(NAMES)
    assert max(event.done for event in events if isinstance(event, Progress)) == len(NAMES)
    assert ground.is_clean()


def test_the_verdicts_are_those_of_one_copy() -> None:
    checks = tuple(check for check in own_checks() if check.topic in FAILED_BY_WSGIREF)
    alone, shared = (report_on("wsgiref", checks, number, []) for number in (1, 3))
    assert Verdict.FAIL in verdicts(alone).values(), "or nothing is confirmed"
    assert verdicts(shared) == verdicts(alone)


def test_what_fails_is_tried_again_by_whichever_copy_is_free(monkeypatch: pytest.MonkeyPatch) -> None:
    checks = tuple(check for check in own_checks() if check.topic in FAILED_BY_WSGIREF)
    events: list[Event] = []
    report_of_two("wsgiref", checks, events, monkeypatch)
    counts = [event.count for event in events if isinstance(event, Confirming)]
    assert len(counts) == 2 and min(counts) >= 1, counts


def test_what_may_end_a_worker_is_asked_of_one_copy_while_another_is_asked_the_rest(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = [judge_of(f"alone-{number}", alone=True) for number in range(30)]
    checks = (*map(judge_of, NAMES[:10]), *alone, *map(ender, ("mild-one", "mild-two", "mild-three")))
    report = report_of_two(ground.fragile("slow"), checks, [], monkeypatch)
    assert report.complete and set(verdicts(report).values()) == {Verdict.PASS}
    began = {result.check.id: result.evidence[0].wire.span[0] for result in report.results}
    assert began["mild-one"] < max(began[each.id] for each in alone)


def test_a_copy_that_is_still_being_started_when_all_is_done_is_not_waited_for(ground: Ground) -> None:
    """The timeout is so long that waiting for the copy would exceed every limit of the tests."""
    events: list[Event] = []
    command = ground.fragile("waits-for-the-other")
    report = report_on(command, tuple(map(judge_of, NAMES[:5])), 2, events, timeout=300.0)
    assert report.complete and set(verdicts(report).values()) == {Verdict.PASS}
    assert report.server.copies == 1
    assert not any(isinstance(event, CopyMissing) for event in events)
    assert ground.is_clean()


def test_a_server_that_cannot_be_started_twice_is_checked_by_itself(ground: Ground) -> None:
    events: list[Event] = []
    report = report_on(ground.fragile("slow", "only-once"), tuple(map(judge_of, NAMES)), 3, events)
    assert report.complete and set(verdicts(report).values()) == {Verdict.PASS}
    missing = [event for event in events if isinstance(event, CopyMissing)]
    assert report.server.copies == 1
    assert len(missing) == 2 and all("FileExistsError" not in event.reason for event in missing)
    assert ground.is_clean()


@pytest.mark.parametrize("guilty", ["crash-now", "hang-for-ever"])
def test_the_copy_that_is_lost_is_started_again_and_its_exchange_blamed(ground: Ground, guilty: str) -> None:
    checks = tuple(map(judge_of, (*NAMES[:30], guilty, *NAMES[30:])))
    report = report_on(ground.fragile("slow"), checks, 2, [], timeout=1.0)
    assert report.complete, report.trouble
    found = verdicts(report)
    assert found.pop(guilty) is Verdict.FAIL
    assert set(found.values()) == {Verdict.PASS}
    assert report.server.restarts >= 1
    assert ground.is_clean()


def test_a_server_that_is_given_up_is_given_up_by_all_copies(ground: Ground) -> None:
    checks = tuple(judge_of(f"crash-{number}") for number in range(40))
    report = report_on(ground.fragile(), checks, 3, [], timeout=1.0)
    assert not report.complete
    assert "lost" in (report.trouble or "")
    assert len(report.results) < len(checks)
    assert ground.is_clean()


def test_a_kept_room_is_that_of_the_only_copy(ground: Ground) -> None:
    events: list[Event] = []
    order = Order(ground.fragile("slow"), tuple(map(judge_of, NAMES[:5])), keep_room=True, copies=3)
    report = check_server(order, events.append)
    assert ground.rooms() == [Path(report.room).name]
    assert [event.copies for event in events if isinstance(event, ServerReady)] == [1]
    shutil.rmtree(report.room)


def test_short_runs_and_single_cores_need_one_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    checks = own_checks()
    monkeypatch.setattr(copies, "_cores", lambda: 2)
    assert copies.fitting_copies(checks) == 3
    assert copies.fitting_copies(checks[:20]) == 1
    monkeypatch.setattr(copies, "_cores", lambda: 32)
    assert copies.fitting_copies(checks) == 4
    monkeypatch.setattr(copies, "_cores", lambda: 1)
    assert copies.fitting_copies(checks) == 1


def test_our_own_error_in_one_copy_is_not_lost() -> None:
    def fine() -> None:
        done.append("fine")

    def broken() -> None:
        raise ZeroDivisionError

    done: list[str] = []
    with pytest.raises(ZeroDivisionError):
        side_by_side([fine, broken, fine])
    assert done == ["fine", "fine"]


def test_an_interrupt_ends_every_copy(ground: Ground) -> None:
    run = ground.start("--server", ground.fragile("slow"), "--jobs", "3", "--select", "cgi-variables,paths")
    eventually(lambda: len(ground.processes()) >= 3, "three copies run")
    run.terminate()
    run.communicate(timeout=SECONDS)
    assert run.returncode == 130 or run.returncode == 143, run.returncode
    assert ground.is_clean()


@pytest.mark.parametrize("wrong", ["0", "17", "many", "-1"])
def test_a_wrong_number_of_copies_is_refused(ground: Ground, wrong: str) -> None:
    ended = ground.run("--server", "wsgiref", "--jobs", wrong)
    assert ended.exit_code == 2
    assert "is not a number of copies: 1 to 16, or auto" in ended.err
    assert sys.executable not in ended.err


def test_a_copy_that_is_lost_behind_the_end_is_not_started_again(ground: Ground) -> None:
    room = Room()
    subject = Subject(ground.fragile(), room, 1.0, dict(os.environ), str(ground.folder))
    try:
        subject.start()
        subject.end()
        with pytest.raises(ServerTrouble, match="the run is over"):
            subject.restart()
        assert not ground.processes()
    finally:
        room.close()
