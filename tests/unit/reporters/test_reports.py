"""Reports are text from a Report: byte for byte, nothing of the server's is obeyed or interpreted.

``WSGICHECK_WRITE_GOLDEN=1 pytest`` writes the golden files anew; read the difference before you keep it.
"""

from __future__ import annotations

import json
import os
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.unit.running import Ground
from wsgicheck.authoring import Exchange, HttpExchange, Octets, Play, Request, Session, Visit, check
from wsgicheck.model.check import Check
from wsgicheck.model.exchange import AppLog, Observation, Outcome, Response, Segment, Server, WireLog
from wsgicheck.model.law import Basis, Level, Requirement, Source
from wsgicheck.model.result import Environment, Report, Result, ServerFacts, Severity, Verdict
from wsgicheck.reporters import explanation, json_report, terminal
from wsgicheck.reporters.timeline import MOMENTS, octets, timeline, visible

GOLDEN = Path(__file__).parents[2] / "golden"
NASTY = "\x1b[31mred\x07 [bold]rich[/bold] :warning: <script>alert(1)</script> \u202egnp.exe \x9b2J\\"


def judged(name: str, octets_: bool = False, tempered: str | None = None) -> Check:
    def judge(exchange: Exchange) -> None:
        """The rule stands in one sentence.

        The harm stands in another.
        """

    def judge_octets(exchange: HttpExchange) -> None:
        """The rule about octets stands in one sentence.

        The harm stands in another.
        """

    chosen: Any = judge_octets if octets_ else judge
    chosen.__name__ = name.replace("-", "_")
    source = Source.RFC_9112 if octets_ else Source.PEP_3333
    law = Requirement("a-duty", Level.MUST, Basis.PLAIN, source, "2.1", "section-2.1", "A server must. " * 9)
    send = Octets(b"GET / HTTP/1.1\r\n\r\n") if octets_ else Request()
    return check(name, requires=law, send=send, play=Play(), tempered=tempered)(chosen)


def exchange() -> HttpExchange:
    seen = (
        Observation(10.001, "called", {"environ": [1], "positional": 2, "word": NASTY}, 1, 1, "1.1"),
        Observation(10.002, NASTY, {}, 1, 1, "1.1"),
    )
    response = Response("HTTP/1.1", 200, "OK", (("A", "b"),), b"content")
    return HttpExchange(
        request=Request(),
        target="/",
        ticket="0" * 16,
        server=Server("127.0.0.1", 8000, "127.0.0.1:8000"),
        app=AppLog(seen),
        response=response,
        outcomes=(Outcome("receive " + NASTY, False, 10.004),),
        responses=(response,),
        wire=WireLog(
            (Segment(10.0, b"GET / HTTP/1.1\r\n\r\n"),),
            (Segment(10.003, b"HTTP/1.1 200 OK\r\nA: \x1b[2J\\\xff\x00\r\n\r\n" + b"x" * 500),),
            "eof",
            10.005,
        ),
    )


def report(**changes: Any) -> Report:
    values: dict[str, Any] = {
        "tool": "wsgicheck 0.0",
        "profile": "standard",
        "strict": False,
        "server": ServerFacts("a server", "serve --port 8000 " + NASTY, 4, 1, "its words\n" + NASTY + "\n"),
        "environment": Environment("3.11.7", "Linux", "2026-01-01T00:00:00+00:00"),
        "requirements": (),
        "results": (
            Result(judged("rule-kept"), Verdict.PASS, Severity.NONE, evidence=(exchange(),)),
            Result(
                judged("rule-broken"),
                Verdict.FAIL,
                Severity.ERROR,
                NASTY,
                want="want " + NASTY,
                got="got " + NASTY,
                evidence=(exchange(),),
                duration=0.005,
            ),
            Result(
                judged("octets-broken", octets_=True, tempered="people do it"),
                Verdict.FAIL,
                Severity.WARNING,
                "in words alone",
                evidence=(exchange(), exchange()),
            ),
            Result(judged("not-clear"), Verdict.INCONCLUSIVE, Severity.NONE, "the control failed: " + NASTY),
            Result(judged("not-here"), Verdict.INAPPLICABLE, Severity.NONE, "the server lacks it"),
            Result(judged("our-fault"), Verdict.ERROR, Severity.NONE, "we raised: Traceback\n  a line"),
        ),
        "complete": False,
        "trouble": "the server was lost: " + NASTY,
        "duration": 1.25,
    }
    return Report(**{**values, **changes})


def golden(name: str, text: str) -> None:
    path = GOLDEN / name
    if os.environ.get("WSGICHECK_WRITE_GOLDEN"):
        path.write_bytes(text.encode("utf-8"))
    assert text.encode("utf-8") == path.read_bytes(), f"tests/golden/{name} differs"


@pytest.mark.parametrize(("name", "verbosity"), [("quiet", -1), ("plain", 0), ("verbose", 1)])
def test_the_report_for_a_terminal_is_as_it_was(name: str, verbosity: int) -> None:
    golden(f"terminal-{name}.txt", terminal.render(report(), verbosity=verbosity))


def test_the_coloured_report_for_a_terminal_is_as_it_was() -> None:
    golden("terminal-coloured.txt", terminal.render(report(), colour=True))


def test_the_report_in_json_is_as_it_was() -> None:
    golden("report.json", json_report.render(report()))


@pytest.mark.parametrize("verbosity", [-1, 0, 1, 2])
def test_nothing_of_the_server_reaches_the_terminal_unescaped(verbosity: int) -> None:
    text = terminal.render(report(), verbosity=verbosity)
    assert all(character.isprintable() or character == "\n" for character in text)
    assert "[bold]rich[/bold]" in text, "markup of rich is text of the server here"
    assert ":warning:" in text, "and so are names of emoji"
    assert "\\x1b[31mred\\x07" in text


def test_octets_are_told_apart_from_their_escapes() -> None:
    assert octets(b"a\\n\n\r\t\x00\x7f\xff") == "a\\\\n\\n\\r\\t\\x00\\x7f\\xff"
    assert octets(b"a" * 1000).endswith(" ... (600 more octets)")


@pytest.mark.parametrize(
    "character", ["\x1b", "\x07", "\x9b", "\u202e", "\u2066", "\u2028", "\ud800", "\u200b"]
)
def test_a_character_that_a_terminal_would_obey_is_shown_as_an_escape(character: str) -> None:
    assert visible(f"a{character}b") == "a" + repr(character)[1:-1] + "b"


def test_letters_of_all_scripts_stay_readable() -> None:
    assert visible("café 東京 [bold] <b>") == "café 東京 [bold] <b>"


def test_a_timeline_merges_both_ends_by_time_and_begins_at_zero() -> None:
    moments = timeline(exchange())
    assert [moment.who.strip() for moment in moments] == [
        "client ->", "app", "app", "server <-", "client", "wire"
    ]  # fmt: skip
    assert [round(moment.milliseconds, 3) for moment in moments] == [0, 1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("alerted", "words"),
    [
        (None, "the server closed the connection"),
        (True, "the server closed the connection"),
        (False, "the server closed the connection without a closure alert"),
    ],
)
def test_a_timeline_tells_of_a_missing_closure_alert(alerted: bool | None, words: str) -> None:
    wire = WireLog(ended="eof", ended_at=1.0, alerted=alerted)
    (moment,) = timeline(HttpExchange(Request(), "/", "0", Server("h", 1, "h:1"), AppLog(), None, wire=wire))
    assert moment.what == words


def test_a_session_is_explained_visit_by_visit() -> None:
    session = Session((Visit(target="/a"), Visit("POST", "/b", (), b"x")), clients=3, follows=True)
    text = explanation.render(replace(judged("a-session"), send=session))
    assert "3 clients at once, each with a session of its own, which follows redirects:" in text
    assert "GET /a" in text and "POST /b" in text and "(1 octets of content: x)" in text


def test_a_timeline_without_end_is_cut_in_the_middle() -> None:
    flood = tuple(Segment(10 + number / 1000, b"x") for number in range(5000))
    wire = WireLog((), flood, "limit", 16.0)
    moments = timeline(HttpExchange(Request(), "/", "0", Server("h", 1, "h:1"), AppLog(), None, wire=wire))
    assert len(moments) == MOMENTS + 1
    assert "4881 more moments" in moments[MOMENTS - 20].what
    assert moments[-1].what == "the server sent more than was read"


def schema() -> Any:
    return json.loads(resources.files("wsgicheck.reporters").joinpath("report.schema.json").read_text())


def validated(document: Any) -> None:
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    jsonschema.Draft202012Validator(schema(), format_checker=checker).validate(document)


def test_the_schema_is_one_and_names_the_version_that_reports_name() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    assert schema()["$id"] == json_report.SCHEMA


def test_a_report_in_json_follows_its_schema() -> None:
    validated(json_report.document(report()))
    validated(json_report.document(report(results=(), complete=True, trouble=None)))


def test_the_schema_is_strict() -> None:
    document = json_report.document(report())
    for broken in (
        {**document, "more": 1},
        {key: value for key, value in document.items() if key != "complete"},
        {**document, "results": [{**document["results"][1], "severity": "none"}]},
        {**document, "results": [{**document["results"][0], "severity": "error"}]},
        {**document, "results": [{**document["results"][0], "verdict": "maybe"}]},
    ):
        with pytest.raises(jsonschema.ValidationError):
            validated(broken)


def test_the_report_of_a_real_run_follows_the_schema(ground: Ground, tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    ended = ground.run("--server", "wsgiref", "--select", "call,http-1-0,environ", "--report", f"json={file}")
    assert ended.exit_code in (0, 1), ended.err
    document = json.loads(file.read_text())
    validated(document)
    assert len(document["results"]) == sum(document["summary"].values()) > 3
    assert document["complete"] is True
