"""What ``wsgicheck app`` found, in each format: byte for byte, sound, no word of an application obeyed."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from importlib import resources
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.reporters.test_formats import HOSTILE, check_sarif
from tests.unit.reporters.test_reports import golden
from tests.unit.reporters.test_schemas import schema as foreign_schema
from wsgicheck.model.examination import Examination, Finding
from wsgicheck.model.result import Environment
from wsgicheck.model.violation import Side, Violation
from wsgicheck.reporters.application import github, json_document, junit, markdown, sarif, tap
from wsgicheck.reporters.application.registry import FORMATS, renderer
from wsgicheck.spec import pep3333
from wsgicheck.spec import pep3333_applications as law

FILES = {
    "terminal": "application.txt",
    "json": "application.json",
    "junit": "application.junit.xml",
    "sarif": "application.sarif",
    "github": "application.github.txt",
    "markdown": "application.md",
    "tap": "application.tap",
}


def examination(**changes: Any) -> Examination:
    """Two visits, of which one shows something: advice, a duty broken twice, and a fault of the server's."""
    whole = Examination(
        tool="wsgicheck 0.1.0",
        application="mine:app " + HOSTILE,
        middleware=False,
        server="serve " + HOSTILE,
        strict=False,
        environment=Environment("3.12.1", "Linux", "2026-01-02T03:04:05+00:00"),
        visits=("GET /", "POST /" + HOSTILE),
        findings=(
            Finding(Violation(law.WRITE_AVOIDED, "the application uses write()"), "GET /"),
            Finding(Violation(law.BYTES, "the application yielded " + HOSTILE), "GET /"),
            Finding(Violation(law.BYTES, "it wrote a str"), "GET / (over serve)"),
            Finding(Violation(pep3333.CLOSE, "close() was not called", Side.SERVER), "GET / (over serve)"),
        ),
        duration=0.25,
        location=("my site/mine.py", 12),
    )
    return replace(whole, **changes)


def clean() -> Examination:
    return examination(application="mine:app", server=None, visits=("GET /",), findings=())


def schema() -> Any:
    return json.loads(resources.files("wsgicheck.reporters").joinpath("examination.schema.json").read_text())


def validated(document: Any) -> None:
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    jsonschema.Draft202012Validator(schema(), format_checker=checker).validate(document)


def test_every_format_is_held_here() -> None:
    assert FILES.keys() == FORMATS.keys()


@pytest.mark.parametrize("form", FILES)
def test_each_format_is_as_it_was(form: str) -> None:
    golden(FILES[form], renderer(form)(examination()))


@given(text=st.text(max_size=40))
def test_no_format_lets_a_control_character_through(text: str) -> None:
    found = Finding(Violation(law.BYTES, text), "GET /" + text)
    whole = examination(
        application="m:" + text, server=text, visits=("GET /" + text,), findings=(found,), location=(text, 1)
    )
    for form in FORMATS:
        rendered = renderer(form)(whole)
        assert all(character.isprintable() or character == "\n" for character in rendered), form
        rendered.encode("utf-8")


def test_the_document_follows_its_schema_which_names_the_same_version() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    assert schema()["$id"] == json_document.SCHEMA
    validated(json.loads(json_document.render(examination())))
    validated(json.loads(json_document.render(clean())))


def test_the_schema_is_strict() -> None:
    document = json_document.document(examination())
    finding = document["findings"][0]
    for broken in (
        {**document, "more": 1},
        {**document, "visits": []},
        {**document, "findings": [{**finding, "severity": "note"}]},
        {**document, "findings": [{**finding, "side": "client"}]},
        {key: value for key, value in document.items() if key != "violated"},
        {**document, "schema": "https://wsgicheck.dev/schema/examination/2"},
    ):
        with pytest.raises(jsonschema.ValidationError):
            validated(broken)


def test_the_document_says_what_the_exit_code_says() -> None:
    advice = examination(findings=examination().findings[:1])
    for whole, violated in (
        (examination(), True),
        (clean(), False),
        (advice, False),
        (replace(advice, strict=True), True),
    ):
        assert json_document.document(whole)["violated"] is whole.violated is violated


def test_junit_has_a_case_a_broken_duty_and_one_a_clean_visit() -> None:
    root = ElementTree.fromstring(junit.render(examination()).partition("\n")[2])
    cases = list(root.iter("testcase"))
    assert [(case.get("classname"), case.get("name")) for case in cases[:3]] == [
        ("wsgicheck.pep3333.application", law.WRITE_AVOIDED.id),
        ("wsgicheck.pep3333.application", law.BYTES.id),
        ("wsgicheck.pep3333.server", pep3333.CLOSE.id),
    ]
    assert [[child.get("type") for child in case] for case in cases] == [
        ["warning"],
        ["error"],
        ["error"],
        [],
    ]
    assert str(cases[3].get("name")).startswith("POST /")
    assert "it wrote a str" in str(cases[1][0].text) and law.BYTES.url in str(cases[1][0].text)
    assert (root.get("tests"), root.get("failures")) == ("4", "3")
    (only,) = ElementTree.fromstring(junit.render(clean()).partition("\n")[2]).iter("testcase")
    assert (only.get("name"), list(only)) == ("GET /", []), "a clean run is not empty"


@pytest.mark.parametrize("whole", [examination(), clean()], ids=["hostile", "clean"])
def test_formats_of_others_follow_their_schemas(whole: Examination, tmp_path: Any) -> None:
    log = json.loads(sarif.render(whole))
    check_sarif(log)
    kind = foreign_schema("sarif-schema-2.1.0.json")
    jsonschema.validate(log, json.loads(kind.read_text(encoding="utf-8")))
    xmlschema = pytest.importorskip("xmlschema")
    file = tmp_path / "report.xml"
    file.write_text(junit.render(whole), encoding="utf-8")
    xmlschema.XMLSchema(str(foreign_schema("junit-10.xsd"))).validate(str(file))


def test_sarif_points_at_the_callable() -> None:
    log = json.loads(sarif.render(examination()))
    check_sarif(log)
    (run,) = log["runs"]
    places = [found["locations"][0]["physicalLocation"] for found in run["results"]]
    expected = {"artifactLocation": {"uri": "my%20site/mine.py"}, "region": {"startLine": 12}}
    assert places == [expected] * 4
    prints = {found["partialFingerprints"]["wsgicheck/v1"] for found in run["results"]}
    assert len(prints) == 4, "each finding is tracked by itself"


def test_github_gets_one_command_whatever_an_application_says() -> None:
    text = github.render(examination())
    match = re.fullmatch(r"::error file=([^:,\n]*),line=12,title=([^:,\n]*)::([^\n]*)\n", text)
    assert match is not None
    assert match[3].startswith(f"3 fail, 1 warn: {pep3333.CLOSE.id}, {law.BYTES.id}, ")
    assert github.render(clean()) == "::notice title=wsgicheck app mine%3Aapp::0 fail, 0 warn\n"


def test_markdown_keeps_its_table_and_obeys_no_word_of_an_application() -> None:
    text = markdown.render(examination())
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert len(rows) == 6 and {row.count("|") for row in rows} == {6}
    without_code = re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "", text)
    for word in ("<script>", "@everyone", "#1", "evil.example", "[bold]"):
        assert word in text and word not in without_code


def test_tap_plans_what_it_says_and_takes_no_directive() -> None:
    lines = tap.render(examination()).splitlines()
    points = [line for line in lines if re.match(r"(not )?ok \d", line)]
    assert lines[:2] == ["TAP version 14", "1..4"] and len(points) == 4
    assert not any(re.search(r"(?<!\\) # ", line) for line in points)
    assert tap.render(clean()) == "TAP version 14\n1..1\nok 1 - GET /\n"
