"""A saved report is judged again: the same words on the same evidence, or a clear trouble."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.unit.engine.test_losses import judge_of
from tests.unit.reporters.test_reports import exchange, report, validated
from tests.unit.running import Ground
from wsgicheck.authoring import Exchange, HttpExchange, Octets, Request, check, fail
from wsgicheck.engine.rejudge import Demand, rejudge
from wsgicheck.engine.saved_report import read_report
from wsgicheck.engine.session import Order, check_server
from wsgicheck.errors import UsageTrouble
from wsgicheck.model.check import Check
from wsgicheck.model.exchange import AppLog, Observation, Outcome, Response, Segment, Server, WireLog
from wsgicheck.model.result import Decision, Report, Result, Severity, Verdict
from wsgicheck.model.saved import DamagedEvidence, Saved, Saving
from wsgicheck.reporters import json_report
from wsgicheck.spec import pep3333

EVERY_OCTET = bytes(range(256))


def judged(name: str = "rule-one", send: Any = None, control: Any = None) -> Check:
    def judge(seen: Exchange) -> None:
        """The response is a success.

        Or not.
        """
        if seen.response is None or seen.response.status != 200:
            fail("no success")

    judge.__name__ = name.replace("-", "_")
    return check(name, requires=pep3333.APP_CALLED_ONCE, send=send, control=control)(judge)


def hard_to_save() -> HttpExchange:
    """An exchange with everything that JSON has no word for, or only a long one."""
    head = b"HTTP/1.1 200 OK\r\nX-A: " + EVERY_OCTET.replace(b"\r", b"").replace(b"\n", b"") + b"\r\n\r\n"
    content = EVERY_OCTET * 700
    response = Response("HTTP/1.1", 200, "OK", (("X-A", "\xff\x00"),), content, head=head, faults=("odd",))
    late = Response("", 0, "", (), EVERY_OCTET, "chunked", complete=False)
    environ = [
        ["str", "PATH_INFO", "str", "/\xe9"],
        ["a.Key", "x", "int", "1"],
        ["str", "lone", "str", "\ud800"],
    ]
    seen = (
        Observation(1234567.0123456789, "called", {"environ": environ, "positional": 2}, 7, 8, "7.1", "2"),
        Observation(
            1234567.0123456791, "read", {"got": ["bytes", "\xff" * 5000], "arguments": []}, 7, 8, "7.1"
        ),
        Observation(1.5, "called", {"environ": [1], "nested": {"zlib": 1, "a": None}}, 7, 8, "7.2"),
    )
    return HttpExchange(
        request=Request(),
        target="/" + "a" * 5000,
        ticket="0" * 16,
        server=Server("::1", None, "localhost", output="\x1b[1m\ufffd\ud800" * 2000),
        app=AppLog(seen, settled=False),
        response=response,
        outcomes=(Outcome("receive \r\n", False, 0.1 + 0.2),),
        responses=(late, response),
        wire=WireLog(
            (Segment(0.1, b""), Segment(0.2, EVERY_OCTET)),
            (Segment(0.3, head + content[:99]), Segment(0.4, content[99:] + EVERY_OCTET)),
            "reset",
            0.5,
            1e9 + 1 / 3,
        ),
        interim=(Response("HTTP/1.1", 100, "", ()),),
        surplus=EVERY_OCTET,
    )


@pytest.mark.parametrize("whole", [hard_to_save(), exchange()], ids=["hard", "plain"])
def test_an_exchange_comes_back_as_it_was(whole: HttpExchange) -> None:
    whole = replace(whole, response=whole.responses[-1])
    saving = Saving()
    play = judged().play
    assert [saving.number(each, play) for each in (whole, whole, replace(whole, ticket="1"))] == [0, 0, 1]
    document = json.loads(json.dumps(saving.document()))
    assert len(document["exchanges"]) == 2 and len(document["outputs"]) == 1
    assert Saved(document).exchange(0, whole.request) == whole
    assert Saved(document).exchange(1, whole.request).ticket == "1"


def test_what_is_long_is_compressed_and_content_is_not_saved_twice() -> None:
    saving = Saving()
    saving.number(hard_to_save(), judged().play)
    text = json.dumps(saving.document())
    assert len(text) < 20_000, "two hundred thousand octets and more"
    assert '{"received": [' in text and '{"zlib": "' in text


def test_damage_is_told() -> None:
    saving = Saving()
    saving.number(exchange(), judged().play)
    document = saving.document()
    with pytest.raises(DamagedEvidence, match="there is no exchange 1"):
        Saved(document).exchange(1, Request())
    for name, value in (("sent", [[1]]), ("ended", []), ("responses", [{}]), ("app", [[1.0, "called", {}]])):
        broken = {**document, "exchanges": [{**document["exchanges"][0], name: value}]}
        with pytest.raises(DamagedEvidence, match="exchange 0"):
            Saved(broken).exchange(0, Request())
    bomb = base64.b64encode(zlib.compress(bytes(65 * 1024 * 1024))).decode()
    for packed in ("AAAA", "?", bomb, bomb[:-40]):
        with pytest.raises(DamagedEvidence):
            Saved({**document, "outputs": [{"zlib": packed}]})


def a_report(*results: Result) -> Report:
    return report(results=results, complete=True, trouble=None)


def again(folder: Path, whole: Report, *checks: Check, **demand: Any) -> Report:
    """Judge a report that went through a file."""
    file = folder / "report.json"
    file.write_text(json_report.render(whole), encoding="utf-8")
    document = read_report(file)
    validated(document)
    return rejudge(file, document, checks, Demand(**demand))


def result(check: Check, verdict: Verdict = Verdict.PASS, **more: Any) -> Result:
    severity = Severity.ERROR if verdict is Verdict.FAIL else Severity.NONE
    return Result(check, verdict, severity, evidence=(exchange(),), **more)


def test_the_judge_has_the_word_and_not_the_file(tmp_path: Path) -> None:
    one = judged()
    (found,) = again(tmp_path, a_report(result(one, Verdict.FAIL, message="it was so")), one).results
    assert (found.verdict, found.message, found.severity) == (Verdict.PASS, "", Severity.NONE)


@pytest.mark.parametrize("decision", [Decision.LOSS, Decision.TRIES, Decision.FAULT])
def test_what_only_the_run_saw_stays_as_it_was_saved(tmp_path: Path, decision: Decision) -> None:
    one = judged()
    verdict = {Decision.LOSS: Verdict.FAIL, Decision.TRIES: Verdict.INCONCLUSIVE}.get(decision, Verdict.ERROR)
    saved = result(one, verdict, message="seen once", want="a", got="b", decision=decision)
    (found,) = again(tmp_path, a_report(saved), one).results
    assert (found.verdict, found.message, found.want, found.got) == (verdict, "seen once", "a", "b")
    assert found.decision is decision


def test_a_server_that_was_lost_is_a_fail_again(ground: Ground, tmp_path: Path) -> None:
    checks = tuple(judge_of(name) for name in ("first-one", "crash-now"))
    run = check_server(Order(ground.fragile(), checks, timeout=1.0), lambda event: None)
    assert [each.decision for each in run.results] == [Decision.JUDGE, Decision.LOSS]
    found = again(tmp_path, run, *checks)
    assert [(each.verdict, each.message) for each in found.results] == [
        (each.verdict, each.message) for each in run.results
    ]


@pytest.mark.parametrize(
    ("checks", "words", "hint"),
    [
        ((), "this version has no check 'rule-one'", "judge it with wsgicheck 0.0, or leave it out"),
        ((judged("rule-ones"),), "this version has no check 'rule-one'", "is it rule-ones now?"),
        ((replace(judged(), withdrawn="it was wrong"),), "was withdrawn: it was wrong", "--ignore rule-one"),
        ((judged(send=Request(target="/other")),), "asks for another exchange", "run the check again"),
        ((judged(control=Request(target="/c")),), "the control of rule-one is missing", "cut short"),
    ],
)
def test_what_no_check_of_this_version_can_judge_is_told(
    tmp_path: Path, checks: tuple[Check, ...], words: str, hint: str
) -> None:
    with pytest.raises(UsageTrouble, match=words) as caught:
        again(tmp_path, a_report(result(judged())), *checks)
    assert hint in caught.value.hint


def test_what_cannot_be_judged_can_be_left_out(tmp_path: Path) -> None:
    both = a_report(result(judged()), result(judged("rule-two")))
    (found,) = again(tmp_path, both, judged(), ignore=("rule-two",)).results
    assert found.check.id == "rule-one"
    with pytest.raises(UsageTrouble, match=r"no result of .* matches 'rule-tow'") as caught:
        again(tmp_path, both, judged(), select=("rule-tow",))
    assert "did you mean rule-two" in caught.value.hint
    with pytest.raises(UsageTrouble, match=r"nothing .* is left to judge"):
        again(tmp_path, both, judged(), ignore=("rule-*",))


def test_profile_and_strictness_are_those_of_the_run_unless_asked_otherwise(tmp_path: Path) -> None:
    wire = judged("octets-kept", send=Octets(b"GET / HTTP/1.1\r\n\r\n"))
    whole = a_report(result(judged()), result(wire))
    whole = replace(whole, results=(whole.results[0], replace(whole.results[1], evidence=())))
    found = again(tmp_path, a_report(result(judged())), judged())
    assert (found.profile, found.strict) == ("standard", False)
    found = again(tmp_path, a_report(result(judged())), judged(), profile="wsgi", strict=True)
    assert (found.profile, found.strict) == ("wsgi", True)


Edit = Callable[[dict[str, Any]], object]


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (lambda it: it.pop("exchanges"), "holds no evidence"),
        (lambda it: it.pop("variables"), "is damaged: KeyError: 'variables'"),
        (lambda it: it.update(schema=it["schema"][:-1] + "2"), "follows version 2 of the report's schema"),
        (lambda it: it.update(schema="https://example.org/1"), "is not a report of wsgicheck"),
        (lambda it: it.update(results={}), "is damaged: it has no results"),
        (lambda it: it["results"][0].pop("id"), "is damaged: its result 0 has no id"),
        (lambda it: it["results"][0].update(verdict="maybe"), "has the verdict 'maybe'"),
        (lambda it: it["results"][0].update(exchanges=[9]), "is damaged: there is no exchange 9"),
        (lambda it: it["results"][0].update(exchanges=[]), "rests on no exchange"),
        (lambda it: it["results"][0].update(decision="dice"), "is damaged: ValueError"),
        (lambda it: it["environment"].pop("python"), "is damaged: TypeError"),
        (lambda it: it.update(profile="lax"), "there is no profile 'lax'"),
    ],
)
def test_a_damaged_report_is_no_fault_of_ours(tmp_path: Path, edit: Edit, words: str) -> None:
    document = json_report.document(a_report(result(judged())))
    edit(document)
    file = tmp_path / "report.json"
    file.write_text(json.dumps(document))
    with pytest.raises(UsageTrouble, match=words):
        rejudge(file, read_report(file), [judged()], Demand())


def test_the_command_says_what_the_run_said(ground: Ground, tmp_path: Path) -> None:
    """Over a real server, with controls, several requests, ordinary visits and fails among them."""
    file, twice = tmp_path / "report.json", tmp_path / "again.json"
    select = ("--select", "close,environ,environ-changes,head,concurrency,not-found,chunk-size")
    run = ground.run("--server", "wsgiref", *select, "--report", f"json={file}", "--report", "terminal", "-q")
    told = ground.run("judge", str(file), "-q")
    assert (told.exit_code, told.err) == (run.exit_code, "")
    assert told.out == run.out
    first = json.loads(file.read_text())
    assert {each["verdict"] for each in first["results"]} >= {"pass", "fail"}
    assert ground.run("judge", str(file), "--report", f"json={twice}").exit_code == run.exit_code
    second = json.loads(twice.read_text())
    assert first["results"] == second["results"]
    assert first["exchanges"] == second["exchanges"]
    edge = ground.run(
        "judge", str(file), "--profile", "edge", "--strict", "--select", "environ", "--report", "tap"
    )
    assert edge.exit_code in (0, 1) and edge.out.startswith("TAP version 14")


def test_the_command_is_held_against_a_baseline(ground: Ground, tmp_path: Path) -> None:
    file, known = tmp_path / "report.json", tmp_path / "known.toml"
    ran = ("--select", "environ-may-be-cleared", "--report", f"json={file}", "--baseline", str(known))
    assert ground.run("--server", "wsgiref", *ran, "--update-baseline").exit_code == 0
    assert ground.run("judge", str(file)).exit_code == 1
    assert ground.run("judge", str(file), "--baseline", str(known)).exit_code == 0
    known.write_text('[fails]\nenviron-may-be-cleard = "misspelt"\n')
    departed = ground.run("judge", str(file), "--baseline", str(known))
    assert departed.exit_code == 1
    assert "renamed to environ-may-be-cleared?" in departed.out


@pytest.mark.parametrize("text", [None, "", "{", "[]", "{}", "\xff", '"a"', "[" * 100_000])
def test_what_is_no_report_is_usage(ground: Ground, tmp_path: Path, text: str | None) -> None:
    file = tmp_path / "report.json"
    if text is not None:
        file.write_bytes(text.encode("latin-1"))
    ended = ground.run("judge", str(file))
    assert (ended.exit_code, ended.out) == (2, "")
    assert ended.err.startswith("error: ") and "hint: " in ended.err and "Traceback" not in ended.err
