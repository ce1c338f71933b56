"""Writes ``docs/checks.md`` and ``docs/field.md`` from the code: ``python -m tests.document``."""

from __future__ import annotations

from pathlib import Path

from tests.field.test_field import expectations
from wsgicheck.catalog import all_checks, find
from wsgicheck.model.check import Check
from wsgicheck.model.law import Source
from wsgicheck.reporters.explanation import render

DOCS = Path(__file__).parents[1] / "docs"


def checks_page() -> str:
    """Return the reference of all checks, by source and topic."""
    lines = [
        "# The checks",
        "",
        "Generated from the code by `python -m tests.document`; `wsgicheck explain ID` shows one of them.",
        "",
        f"{len(all_checks())} checks.",
    ]
    for source in Source:
        topics: dict[str, list[Check]] = {}
        for check in all_checks():
            if check.source is source:
                topics.setdefault(check.topic, []).append(check)
        if topics:
            lines += ["", f"## {source.value}"]
        for topic, checks in topics.items():
            lines += ["", f"### {source.value}: {topic}"]
            for check in checks:
                lines += ["", f"#### {check.id}", "", "```text", render(check, find), "```"]
    return "\n".join(lines) + "\n"


def field_page() -> str:
    """Return the table of real servers: which checks fail where."""
    known = expectations()
    lines = [
        "# What real servers fail",
        "",
        "Generated from `tests/field/expectations.toml`, at the versions in `tests/field/requirements`.",
        "The octets behind many are in `confirmations.md`, by grade: not each was repeated by hand. It is no",
        "ranking; development servers are not meant for production.",
        "",
        "| failing check | level | source | servers |",
        "|---|---|---|---|",
    ]
    for check in all_checks():
        servers = [name for name, table in known.items() if check.id in table["fails"]]
        if servers:
            lines.append(
                f"| {check.id} | {check.law.level.value} | {check.source.value} | {', '.join(servers)} |"
            )
    return "\n".join(lines) + "\n"


PAGES = {"checks.md": checks_page, "field.md": field_page}


def main() -> None:
    DOCS.mkdir(exist_ok=True)
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
