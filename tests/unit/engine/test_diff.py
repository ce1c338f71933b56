"""Two reports side by side: what became of each check, and what counts as a regression."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.unit.reporters.test_reports import NASTY, golden, report
from tests.unit.running import Ground
from wsgicheck.engine.diff import compare
from wsgicheck.engine.saved_report import read_report
from wsgicheck.errors import UsageTrouble
from wsgicheck.model.step import Comparison, Kind
from wsgicheck.reporters import comparison, json_report


def document(results: dict[str, tuple[str, str]], **changes: Any) -> dict[str, Any]:
    whole = json_report.document(report(complete=True, trouble=None))
    entries = [
        {"id": id, "verdict": verdict, "message": message, "want": None, "got": None}
        for id, (verdict, message) in results.items()
    ]
    return {**whole, "results": entries, **changes}


OLD = document(
    {
        "kept": ("pass", ""),
        "still": ("fail", "as ever"),
        "broke": ("pass", ""),
        "mended": ("fail", "it was so"),
        "other-words": ("fail", "one"),
        "silenced": ("pass", ""),
        "cleared": ("inconclusive", "unstable"),
        "left": ("pass", ""),
        "hid": ("fail", "loud"),
    }
)
NEW = document(
    {
        "kept": ("pass", ""),
        "still": ("fail", "as ever"),
        "broke": ("fail", NASTY),
        "mended": ("pass", ""),
        "other-words": ("fail", "two | three"),
        "silenced": ("inconclusive", "no answer"),
        "cleared": ("pass", ""),
        "hid": ("inapplicable", "lacks it"),
        "came-failing": ("fail", "at once"),
        "came": ("pass", ""),
    },
    profile="edge",
)


def found() -> Comparison:
    return compare(OLD, NEW)


def test_each_check_has_become_what_it_has() -> None:
    assert [(step.id, step.kind, step.regression) for step in found().steps] == [
        ("broke", Kind.BROKEN, True),
        ("left", Kind.GONE, True),
        ("silenced", Kind.SILENCED, True),
        ("came-failing", Kind.NEW, True),
        ("other-words", Kind.CHANGED, False),
        ("mended", Kind.FIXED, False),
        ("came", Kind.NEW, False),
        ("cleared", Kind.OTHER, False),
        ("hid", Kind.OTHER, False),
    ]
    assert found().unchanged == 2
    assert found().remarks == ("the profile differs: standard and edge",)


def test_a_report_and_itself_differ_in_nothing() -> None:
    same = compare(OLD, OLD)
    assert (same.steps, same.unchanged, same.remarks) == ((), 9, ())


def test_an_incomplete_run_is_remarked_on() -> None:
    cut = document({}, complete=False, trouble="the server was lost")
    assert compare(cut, OLD).remarks == ("the older run is incomplete: the server was lost",)


def test_the_comparison_for_a_terminal_is_as_it_was() -> None:
    text = comparison.terminal(found())
    golden("comparison.txt", text)
    assert all(character.isprintable() or character == "\n" for character in text)


def test_the_comparison_in_markdown_is_as_it_was() -> None:
    text = comparison.markdown(found())
    golden("comparison.md", text)
    assert "<script>" in text and "<script>" not in re.sub(r"`[^`]*`", "", text)
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert {row.count("|") for row in rows} == {5}, "no word of a server ends a cell"


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"schema": "https://wsgicheck.dev/schema/report/1"}', "{"])
def test_what_is_no_whole_report_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "report.json"
    file.write_text(text)
    with pytest.raises(UsageTrouble, match=r"report\.json"):
        read_report(file)


def test_the_command_ends_with_1_on_a_regression_alone(ground: Ground, tmp_path: Path) -> None:
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    old.write_text(json.dumps(OLD))
    new.write_text(json.dumps(NEW))
    ended = ground.run("diff", str(old), str(new))
    assert (ended.exit_code, ended.err) == (1, "")
    assert ended.out == comparison.terminal(found())
    ended = ground.run("diff", str(old), str(new), "--format", "markdown")
    assert (ended.exit_code, ended.out) == (1, comparison.markdown(found()))
    assert ground.run("diff", str(old), str(old)).exit_code == 0
    ended = ground.run("diff", str(old), str(tmp_path / "none.json"))
    assert ended.exit_code == 2
    assert "hint: write one with --report json=FILE" in ended.err
