"""A baseline is held against a run in both directions, and every kind of departure has its own words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.unit.reporters.test_reports import judged, report
from wsgicheck.engine import baseline
from wsgicheck.engine.baseline import Baseline, Entry
from wsgicheck.engine.policy import exit_code
from wsgicheck.errors import UsageTrouble
from wsgicheck.model.departure import Change
from wsgicheck.model.result import Report, Result, Severity, Verdict

TODAY = date(2026, 6, 1)
IDS = frozenset({"a-rule", "b-rule", "left-out"})


def run(verdict: Verdict, message: str = "calls of close()") -> Report:
    severity = Severity.ERROR if verdict is Verdict.FAIL else Severity.NONE
    results = (
        Result(judged("a-rule"), verdict, severity, message),
        Result(judged("b-rule"), Verdict.PASS, Severity.NONE),
    )
    return report(results=results, complete=True, trouble=None)


def known(**changes: object) -> Baseline:
    values: dict[str, object] = {"reason": "upstream #1", "found": "calls of close()", **changes}
    return Baseline({"a-rule": Entry(**values)})  # type: ignore[arg-type]


FAIL, PASS, UNCLEAR = Verdict.FAIL, Verdict.PASS, Verdict.INCONCLUSIVE


@pytest.mark.parametrize(
    ("verdict", "given", "departs", "code"),
    [
        (PASS, Baseline(), None, 0),
        (FAIL, known(), None, 0),
        (FAIL, known(found=""), None, 0),
        (FAIL, known(expires=TODAY), None, 0),
        (UNCLEAR, Baseline({}, frozenset({"a-rule"})), None, 0),
        (PASS, Baseline({}, frozenset({"a-rule"})), None, 0),
        (PASS, Baseline({"left-out": Entry("not run today")}), None, 0),
        (FAIL, Baseline(), "a-rule: a new failure (calls of close())", 1),
        (FAIL, Baseline({}, frozenset({"a-rule"})), "a-rule: a new failure (calls of close())", 1),
        (PASS, known(), "a-rule: no longer fails: take it out of the baseline (upstream #1)", 1),
        (
            FAIL,
            known(found="no close()"),
            "a-rule: fails for another reason than the known one (known: no close(); now: calls of close())",
            1,
        ),
        (
            FAIL,
            known(expires=date(2026, 5, 31)),
            "a-rule: is a known failure, but its day is over (2026-05-31)",
            1,
        ),
        (
            UNCLEAR,
            Baseline(),
            "a-rule: says nothing any more (not known to be skipped; now inconclusive: calls of close())",
            1,
        ),
        (
            UNCLEAR,
            known(),
            "a-rule: says nothing any more (known to fail; now inconclusive: calls of close())",
            1,
        ),
        (
            PASS,
            Baseline({"b-rulle": Entry("x")}),
            "b-rulle: is no check that this version has (renamed to b-rule?)",
            1,
        ),
        (PASS, Baseline({}, frozenset({"gone"})), "gone: is no check that this version has", 1),
    ],
)
def test_each_kind_of_departure_is_told_apart_in_words_and_in_the_exit_code(
    verdict: Verdict, given: Baseline, departs: str | None, code: int
) -> None:
    accepted = baseline.accept(run(verdict), given, IDS, TODAY)
    assert [str(departure) for departure in accepted.departures] == ([] if departs is None else [departs])
    assert exit_code(accepted) == code


def test_only_what_fails_as_it_is_known_to_is_marked_as_expected() -> None:
    def marks(given: Baseline) -> list[str | None]:
        return [result.expected for result in baseline.accept(run(FAIL), given, IDS, TODAY).results]

    assert marks(known(issue="https://example.org/1")) == ["upstream #1 (https://example.org/1)", None]
    assert marks(known(found="another thing")) == [None, None]
    assert marks(known(expires=date(2026, 1, 1))) == [None, None]


def test_without_a_baseline_the_same_failure_is_a_violation() -> None:
    assert exit_code(run(FAIL)) == 1
    assert exit_code(run(PASS)) == 0


def test_an_error_of_ours_is_no_departure_and_no_baseline_hides_it() -> None:
    accepted = baseline.accept(run(Verdict.ERROR), known(), IDS, TODAY)
    assert accepted.departures == ()
    assert exit_code(accepted) == 4


def test_a_baseline_that_was_just_written_is_not_departed_from(tmp_path: Path) -> None:
    file = tmp_path / "known.toml"
    nasty = run(FAIL, 'says "\x1b[31m\x00\ud800\\ = [x]\n#"')
    file.write_text(baseline.write(nasty, Baseline(), IDS), encoding="utf-8")
    accepted = baseline.accept(nasty, baseline.load(file), IDS, TODAY)
    assert accepted.departures == ()
    assert [result.expected for result in accepted.results] == ["not explained yet", None]


def test_an_update_keeps_reasons_and_what_was_left_out_and_drops_the_rest(tmp_path: Path) -> None:
    previous = Baseline(
        {
            "a-rule": Entry("upstream #1", "old words", "https://example.org/1", date(2027, 1, 1)),
            "b-rule": Entry("passes now"),
            "left-out": Entry("not run today"),
            "no-such-check": Entry("renamed"),
        },
        frozenset({"b-rule", "no-such-check"}),
    )
    file = tmp_path / "known.toml"
    file.write_text(baseline.write(run(FAIL), previous, IDS), encoding="utf-8")
    assert baseline.load(file) == Baseline(
        {
            "a-rule": Entry("upstream #1", "calls of close()", "https://example.org/1", date(2027, 1, 1)),
            "left-out": Entry("not run today"),
        }
    )


def test_the_gravest_departures_come_first() -> None:
    given = Baseline({"b-rule": Entry("old"), "aaa": Entry("unknown")})
    changes = [each.change for each in baseline.compare(run(FAIL), given, IDS, TODAY)]
    assert changes == [Change.NEW, Change.STALE, Change.UNKNOWN]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("fails = 1", "'fails' must be a table"),
        ("skips = 1", "'skips' a list"),
        ("format = 2", "format 2 is unknown"),
        ("fail = {}", "unknown key 'fail'"),
        ("[fails.x]", "x has no reason"),
        ('[fails]\nx = " "', "x has no reason"),
        ("[fails]\nx = 3", "x has no reason"),
        ('[fails.x]\nreason = "r"\nexpire = 2027-01-01', "x has an unknown key 'expire'"),
        ('[fails.x]\nreason = "r"\nexpires = "soon"', "expires of x must be a date such as 2027-01-31"),
        ('[fails.x]\nreason = "r"\nexpires = 2027-01-01T00:00:00', "expires of x must be a date"),
        ('[fails.x]\nreason = "r"\nissue = 3', "issue of x must be a string"),
        ("fails = [", "is not valid TOML"),
    ],
)
def test_a_broken_baseline_is_refused_in_words(tmp_path: Path, text: str, words: str) -> None:
    file = tmp_path / "known.toml"
    file.write_text(text)
    with pytest.raises(UsageTrouble, match=r"known\.toml") as caught:
        baseline.load(file)
    assert words in caught.value.message
    assert caught.value.hint


def test_a_reason_alone_is_an_entry_and_a_missing_file_says_how_to_make_one(tmp_path: Path) -> None:
    file = tmp_path / "known.toml"
    with pytest.raises(UsageTrouble, match="there is no file") as caught:
        baseline.load(file)
    assert "--update-baseline" in caught.value.hint
    file.write_text('[fails]\na-rule = "upstream #1"\n')
    assert baseline.load(file) == Baseline({"a-rule": Entry("upstream #1")})
