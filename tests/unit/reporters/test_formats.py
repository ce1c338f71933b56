"""The formats of CI systems: byte for byte, structurally sound, and nothing of a hostile server obeyed."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from typing import Any

import pytest

from tests.unit.reporters.test_reports import NASTY, golden, judged, report
from wsgicheck.model.departure import Change, Departure
from wsgicheck.model.result import Report, Result, ServerFacts, Severity, Verdict
from wsgicheck.reporters import badge, github, junit, markdown, sarif, tap, terminal
from wsgicheck.reporters.registry import FORMATS, renderer

HOSTILE = (
    NASTY + "\r\n::error::mine %0A, `code` ``` | cell\n]]> <!-- & \x00 @everyone #1 https://evil.example"
)
FILES = {
    "junit": "report.junit.xml",
    "sarif": "report.sarif",
    "github": "report.github.txt",
    "markdown": "report.md",
    "tap": "report.tap",
    "badge": "badge.json",
}


def against_baseline(**changes: Any) -> Report:
    """The usual report, one failure known, and a departure of each kind that has no other case."""
    whole = report(**changes)
    known = Result(
        judged("rule-known"), Verdict.FAIL, Severity.ERROR, HOSTILE, expected="upstream knows # | " + NASTY
    )
    departures = (
        Departure(Change.NEW, "rule-broken", HOSTILE),
        Departure(Change.STALE, "rule-kept", "upstream\n#2"),
        Departure(Change.UNKNOWN, "no-such-rule"),
    )
    server = ServerFacts("a, server: 100%\n" + NASTY, "serve --port 8000 " + HOSTILE)
    return replace(whole, server=server, results=(*whole.results, known), departures=departures)


def sane() -> Report:
    return report(
        results=(Result(judged("rule-kept"), Verdict.PASS, Severity.NONE),), complete=True, trouble=None
    )


@pytest.mark.parametrize("form", FILES)
def test_each_format_is_as_it_was(form: str) -> None:
    golden(FILES[form], renderer(form)(against_baseline()))


def test_the_report_against_a_baseline_for_a_terminal_is_as_it_was() -> None:
    golden("terminal-baseline.txt", terminal.render(against_baseline()))


@pytest.mark.parametrize("form", FORMATS)
def test_no_format_lets_a_control_character_through(form: str) -> None:
    text = renderer(form)(against_baseline())
    assert all(character.isprintable() or character == "\n" for character in text)
    text.encode("utf-8")


def tree(whole: Report) -> ElementTree.Element:
    return ElementTree.fromstring(junit.render(whole).partition("\n")[2])


def cases(whole: Report) -> dict[str, ElementTree.Element]:
    return {str(case.get("name")): case for case in tree(whole).iter("testcase")}


def test_junit_has_one_outcome_a_case_and_figures_that_count_them() -> None:
    root = tree(against_baseline())
    suite = root[0]
    assert [child.tag for child in root] == ["testsuite"]
    assert suite[0].tag == "properties", "the schema wants the properties first"
    outcomes = [[child.tag for child in case] for case in suite.findall("testcase")]
    assert all(len(each) <= 1 for each in outcomes)
    flat = [each[0] if each else "pass" for each in outcomes]
    counts = {
        "tests": str(len(flat)),
        "failures": str(flat.count("failure")),
        "errors": str(flat.count("error")),
        "skipped": str(flat.count("skipped")),
    }
    assert {name: suite.get(name) for name in counts} == counts
    del counts["skipped"]
    assert root.attrib == {**counts, "time": "1.250"}, "the schema allows these and no other"
    assert flat.count("failure") == 4 and flat.count("pass") == 1
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", str(suite.get("timestamp")))


def test_junit_tells_failures_from_errors_and_says_why_something_was_skipped() -> None:
    found = cases(against_baseline())
    assert [child.tag for child in found["rule-broken"]] == ["failure"]
    assert found["rule-broken"][0].get("type") == "error"
    assert found["octets-broken"][0].get("type") == "warning"
    assert "section-2.1" in str(found["rule-broken"][0].text)
    assert [child.tag for child in found["not-clear"]] == ["error"]
    assert [child.tag for child in found["our-fault"]] == ["error"]
    assert found["not-here"][0].get("message") == "the server lacks it"
    assert str(found["rule-known"][0].get("message")).startswith("known failure: upstream knows")
    assert found["no-such-rule"].get("classname") == "wsgicheck.baseline"
    assert found["no-such-rule"][0].tag == "failure"
    assert found["complete"][0].tag == "error", "an incomplete run is not green"
    assert "complete" not in cases(sane())


def check_sarif(log: dict[str, Any]) -> None:
    """What GitHub refuses a whole file for, and what SARIF 2.1.0 asks of what we use."""
    assert log["version"] == "2.1.0" and log["$schema"].endswith("sarif-2.1.0.json")
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for found in run["results"]:
        assert rules[found["ruleIndex"]]["id"] == found["ruleId"]
        assert found["level"] in ("error", "warning", "note"), "a fail has one of these levels"
        assert found["message"]["text"]
        (location,) = found["locations"]
        place = location["physicalLocation"]
        assert re.fullmatch(r"[A-Za-z0-9._~/%-]+", place["artifactLocation"]["uri"]), "a URI reference"
        assert place["region"]["startLine"] >= 1
        assert location["logicalLocations"][0]["name"]


def test_sarif_gives_every_result_a_rule_and_a_location() -> None:
    log = json.loads(sarif.render(against_baseline(location=("my project/pyproject.toml", 12))))
    check_sarif(log)
    (run,) = log["runs"]
    assert [found["ruleId"] for found in run["results"]] == [
        "rule-broken", "octets-broken", "our-fault", "rule-known"
    ]  # fmt: skip
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place == {
        "artifactLocation": {"uri": "my%20project/pyproject.toml"},
        "region": {"startLine": 12},
    }
    assert run["results"][3]["suppressions"][0]["justification"].startswith("upstream knows")
    assert "suppressions" not in run["results"][0]
    assert run["invocations"][0]["executionSuccessful"] is False
    check_sarif(json.loads(sarif.render(sane())))


def test_github_gets_one_command_and_no_word_of_a_server_begins_another() -> None:
    text = github.render(against_baseline())
    assert text.count("\n") == 1 and text.endswith("\n")
    match = re.fullmatch(r"::error title=([^:,\n]*)::([^\n]*)\n", text)
    assert match is not None
    assert match[1].startswith("wsgicheck a%2C server%3A 100%25")
    assert "rule-kept: no longer fails" in match[2]
    assert "rule-known" not in match[2]
    assert github.render(sane()) == (
        "::notice title=wsgicheck a server::1 of 1 pass, 0 errors, 0 warnings, 0 notes, 0 inconclusive,"
        " 0 inapplicable\n"
    )


def test_github_names_no_more_ids_than_can_be_read() -> None:
    failing = Result(judged("rule-broken"), Verdict.FAIL, Severity.ERROR, "no")
    text = github.render(replace(sane(), results=(failing,) * 33))
    assert text.count("rule-broken") == github.MOST_IDS
    assert text.endswith(" and 13 more\n")


def test_markdown_puts_every_word_of_a_server_into_code_and_keeps_its_table() -> None:
    text = markdown.render(against_baseline())
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert len(rows) == 5 and {row.count("|") for row in rows} == {5}
    without_code = re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "", text)
    for word in ("<script>", "@everyone", "#1", "evil.example", "[bold]", ":warning:"):
        assert word in text and word not in without_code
    assert "Known failures (1): `rule-known`" in text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "`plain`"),
        ("", ""),
        ("a\n\tb  c", "`a b c`"),
        ("a`b", "`` a`b ``"),
        ("```", "```` ``` ````"),
        ("a|b", "`a\\x7cb`"),
        ("\x1b[0m\u202e", "`\\x1b[0m\\u202e`"),
    ],
)
def test_nothing_ends_inline_code(text: str, shown: str) -> None:
    assert markdown.code(text) == shown


def test_a_step_summary_stays_within_its_limit_and_says_what_is_left_out() -> None:
    failing = Result(judged("rule-broken"), Verdict.FAIL, Severity.ERROR, "x" * 10_000)
    text = markdown.render(replace(sane(), results=(failing,) * 150))
    assert len(text.encode()) < 1024 * 1024
    shown = text.count("`rule-broken`")
    assert shown < 150 and f"{150 - shown} more are left out here" in text


def test_tap_plans_what_it_says_and_words_of_a_server_give_no_directive() -> None:
    lines = tap.render(against_baseline()).splitlines()
    points = [line for line in lines if re.match(r"(not )?ok \d", line)]
    assert lines[:2] == ["TAP version 14", f"1..{len(points)}"]
    assert [int(re.findall(r"\d+", line)[0]) for line in points] == list(range(1, len(points) + 1))
    directives = [re.findall(r"(?<!\\) # (\w+)", line) for line in points]
    assert directives == [[], [], [], ["SKIP"], ["SKIP"], [], ["TODO"]]
    assert lines[-1].startswith("Bail out!")
    assert tap.render(sane()) == "TAP version 14\n1..1\nok 1 - rule-kept\n"


@pytest.mark.parametrize(
    ("results", "complete", "message", "colour"),
    [
        ((Verdict.PASS, Verdict.PASS), True, "2/2", "brightgreen"),
        ((Verdict.PASS, Verdict.FAIL), True, "1/2", "red"),
        ((Verdict.PASS, Verdict.INAPPLICABLE), True, "1/1", "brightgreen"),
        ((Verdict.PASS,), False, "incomplete", "lightgrey"),
    ],
)
def test_a_badge_says_how_many_pass(
    results: tuple[Verdict, ...], complete: bool, message: str, colour: str
) -> None:
    entries = tuple(
        Result(judged("a"), each, Severity.ERROR if each is Verdict.FAIL else Severity.NONE)
        for each in results
    )
    shown = json.loads(badge.render(replace(sane(), results=entries, complete=complete)))
    assert (shown["schemaVersion"], shown["message"], shown["color"]) == (1, message, colour)
    assert shown.get("isError", False) is not complete
