"""The citations hold: each quoted sentence stands in the section that it is said to stand in.

The texts are no part of the project. They are read from the folder named by ``WSGICHECK_SPECS``, else
from ``../shared/spec`` beside the project where that exists; without a text its quotations are skipped.
"""

from __future__ import annotations

import functools
import html
import os
import re
from collections import Counter
from pathlib import Path

import pytest

from wsgicheck.model.law import Basis, Requirement, Source
from wsgicheck.spec import ALL as SERVERS
from wsgicheck.spec import pep3333_applications, pep3333_middleware

ALL = (*SERVERS, *pep3333_applications.ALL, *pep3333_middleware.ALL)

PROJECT = Path(__file__).resolve().parents[3]
FILES = {
    Source.PEP_3333: "pep-3333.rst",
    Source.RFC_3875: "rfc3875.txt",
    Source.RFC_9110: "rfc9110.xml",
    Source.RFC_9112: "rfc9112.xml",
}


def fold(text: str) -> str:
    return " ".join(text.split())


def plain_rst(text: str) -> str:
    text = re.sub(r":(pep|rfc):`(\d+)`", lambda m: f"{m[1].upper()} {m[2]}", text)
    text = re.sub(r":[a-z]+:`([^`<]+?)\s*<[^`>]*>`", r"\1", text)
    text = re.sub(r"``(.+?)``", r"\1", text, flags=re.DOTALL)
    text = re.sub(r"`([^`]+?)`_", r"\1", text)
    text = re.sub(r"(\[\d+\])_", r"\1", text)
    text = re.sub(r"\*\*(.+?)\*\*", r"\1", text, flags=re.DOTALL)
    text = re.sub(r"(?<![\w*])\*(\w[^*\n]*?)\*(?![\w*])", r"\1", text)
    return fold(text)


def rst_sections(text: str) -> dict[str, str]:
    """The text under each heading, up to the next heading of whatever depth."""
    heading = re.compile(r"^(\S.*)\n([=~-])\2{3,}$", re.MULTILINE)
    heads = list(heading.finditer(text))
    ends = [head.start() for head in heads[1:]] + [len(text)]
    pairs = zip(heads, ends, strict=True)
    return {plain_rst(head[1]): plain_rst(text[head.end() : end]) for head, end in pairs}


def plain_xml(text: str) -> str:
    """The text without its tags, and so without the parentheses that held only a cross-reference."""
    text = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    text = re.sub(r"<[^>]*>", "", text)
    text = re.sub(r"&(MUST|SHOULD|SHALL|MAY|REQUIRED|RECOMMENDED|OPTIONAL)(-NOT)?;", _keyword, text)
    return fold(re.sub(r"\s*\(\s*\)", "", html.unescape(text)))


def _keyword(match: re.Match[str]) -> str:
    return match[1] + (" NOT" if match[2] else "")


def xml_sections(text: str) -> dict[str, str]:
    """The text of each numbered section without its subsections; a source in XML has no numbers."""
    body = text[text.index("<middle>") : text.index("</middle>")]
    parts: dict[str, str] = {}
    numbers = [0]
    start = 0
    for tag in re.finditer(r"<section\b[^>]*>|</section>", body):
        name = ".".join(map(str, numbers[:-1]))
        parts[name] = parts.get(name, "") + body[start : tag.start()]
        start = tag.end()
        if tag[0] == "</section>":
            numbers.pop()
        else:
            numbers[-1] += 1
            numbers.append(0)
    return {name: plain_xml(part) for name, part in parts.items()}


def txt_sections(text: str) -> dict[str, str]:
    """The text of each numbered section of an RFC in pages, up to the next heading."""
    text = re.sub(r"^.*\[Page \d+\]$|^RFC \d+ .* \d{4}$|\f", "", text, flags=re.MULTILINE)
    heads = list(re.finditer(r"^(\d+(?:\.\d+)*)\.  \S.*$", text, re.MULTILINE))
    ends = [head.start() for head in heads[1:]] + [len(text)]
    return {head[1]: fold(text[head.end() : end]) for head, end in zip(heads, ends, strict=True)}


READERS = {".rst": rst_sections, ".xml": xml_sections, ".txt": txt_sections}


def specs() -> Path:
    named = os.environ.get("WSGICHECK_SPECS")
    return Path(named) if named else PROJECT.parent / "shared" / "spec"


@functools.cache
def sections(source: Source) -> dict[str, str] | None:
    path = specs() / FILES[source]
    return READERS[path.suffix](path.read_text(encoding="utf-8")) if path.is_file() else None


BY_SECTION: dict[str, list[Requirement]] = {}
for _requirement in ALL:
    BY_SECTION.setdefault(f"{_requirement.source.value} {_requirement.section}", []).append(_requirement)

each_section = pytest.mark.parametrize("cited", BY_SECTION.values(), ids=BY_SECTION)


def one(requirement: Requirement) -> str:
    return requirement.id


def test_ids_are_unique() -> None:
    assert [name for name, count in Counter(map(one, ALL)).items() if count > 1] == []


def test_ids_are_kebab_case() -> None:
    assert [r.id for r in ALL if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", r.id)] == []


@each_section
def test_quote_stands_in_its_section(cited: list[Requirement]) -> None:
    source, section = cited[0].source, cited[0].section
    found = sections(source)
    if found is None:
        pytest.skip(f"no {FILES[source]} in {specs()}; WSGICHECK_SPECS names another folder")
    assert section in found
    for requirement in cited:
        assert fold(requirement.quote) in found[section], requirement.id


@each_section
def test_quote_is_short_and_folded(cited: list[Requirement]) -> None:
    for requirement in cited:
        assert requirement.quote == fold(requirement.quote), requirement.id
        assert len(re.findall(r"[.!?](?= [A-Z]|$)", requirement.quote)) <= 3, requirement.id
        assert len(requirement.quote) <= 400, requirement.id


@each_section
def test_keyword_in_an_rfc_is_quoted(cited: list[Requirement]) -> None:
    """An RFC gives a level by a capitalised word and by nothing else."""
    for requirement in cited:
        if requirement.source is Source.PEP_3333:
            continue
        words = set(re.findall(r"\b(?:MUST|SHOULD)(?: NOT)?\b|\bMAY\b", requirement.quote))
        if "RECOMMENDED" in requirement.quote:
            words.add("SHOULD")
        if requirement.basis is Basis.KEYWORD:
            assert requirement.level.value in words, requirement.id
        else:
            assert requirement.basis is Basis.INFERRED, requirement.id
            assert not words, requirement.id


@each_section
def test_anchor_is_that_of_the_section(cited: list[Requirement]) -> None:
    for requirement in cited:
        if requirement.source is Source.PEP_3333:
            words = re.findall(r"[a-z0-9]+", requirement.section.lower())
            assert requirement.anchor == "-".join(words), requirement.id
        else:
            assert re.fullmatch(r"\d+(\.\d+)*", requirement.section), requirement.id
            assert requirement.anchor == f"section-{requirement.section}", requirement.id
