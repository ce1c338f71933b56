"""The report for a terminal: what was checked, then what failed, complete, then the figures."""

from __future__ import annotations

import io
import itertools
import textwrap
from collections import Counter

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..model.law import Source
from ..model.result import Report, Result, Severity, Verdict
from .timeline import timeline, visible
from .words import again

WIDTH = 110
MARKS = {
    Verdict.PASS: (".", "green"),
    Verdict.FAIL: ("F", "red"),
    Verdict.INCONCLUSIVE: ("?", "yellow"),
    Verdict.INAPPLICABLE: ("-", "dim"),
    Verdict.UNTESTED: ("-", "dim"),
    Verdict.ERROR: ("E", "magenta"),
}
WORDS = {
    Severity.ERROR: ("FAIL", "bold red"),
    Severity.WARNING: ("WARN", "bold yellow"),
    Severity.NOTE: ("NOTE", "bold cyan"),
}
OUTPUT_LINES = 12


def render(report: Report, *, colour: bool = False, verbosity: int = 0, width: int = WIDTH) -> str:
    """Return the text of a report; ``verbosity`` below 0 leaves the overview out, above 0 shows more."""
    console = console_of(colour, width)
    if verbosity >= 0:
        _overview(console, report)
    for result in sorted(report.results, key=_weight):
        if result.verdict in (Verdict.FAIL, Verdict.ERROR) and result.expected is None:
            _failure(console, result, verbosity, report.server.option)
    _unclear(console, report, verbosity)
    _against_baseline(console, report)
    _summary(console, report, verbosity)
    return text_of(console)


def failure(
    result: Result, option: str = "", *, colour: bool = False, verbosity: int = 0, width: int = WIDTH
) -> str:
    """Return the text of one failure, as it stands in the whole report: finding, both ends, clause.

    ``option`` is what selects the server on the command line.
    """
    console = console_of(colour, width)
    _failure(console, result, verbosity, option)
    return text_of(console)


def console_of(colour: bool, width: int = WIDTH) -> Console:
    """Return a console that writes into memory, and obeys nothing that it is given."""
    return Console(
        file=io.StringIO(),
        force_terminal=colour,
        no_color=not colour,
        color_system="standard" if colour else None,
        width=width,
        highlight=False,
        soft_wrap=True,
        legacy_windows=False,
        _environ={},
    )


def text_of(console: Console) -> str:
    """Return what was written to such a console."""
    text = console.file.getvalue()  # type: ignore[attr-defined]
    assert isinstance(text, str)
    return text


def _weight(result: Result) -> int:
    """Order failures by growing weight, so that the gravest stand last, next to the summary."""
    if result.verdict is Verdict.ERROR:
        return 3
    return {Severity.ERROR: 2, Severity.WARNING: 1}.get(result.severity, 0)


def _overview(console: Console, report: Report) -> None:
    for source in Source:
        groups: dict[str, list[Result]] = {}
        for result in report.results:
            if result.check.source is source:
                groups.setdefault(result.check.topic, []).append(result)
        if not groups:
            continue
        console.print(Text(source.value, style="bold"))
        for topic, results in groups.items():
            line = Text(f"  {topic:<24} ")
            for (mark, style), run in itertools.groupby(MARKS[result.verdict] for result in results):
                line.append(mark * len(list(run)), style=style)
            passed = sum(result.verdict is Verdict.PASS for result in results)
            line.append(f"  {passed}/{len(results)}", style="dim")
            console.print(line)
    console.print()


def _failure(console: Console, result: Result, verbosity: int, option: str) -> None:
    word, style = WORDS.get(result.severity, ("ERROR", "bold magenta"))
    law = result.check.law
    heading = Text()
    heading.append(word, style=style)
    heading.append(f" {result.check.id}", style="bold")
    heading.append(f"  {result.check.title}")
    console.print(heading)
    console.print(Text("  " + visible_lines(result.message) + (":" if result.want is not None else "")))
    if result.want is not None:
        console.print(Text(f"    want  {visible(result.want)}"))
        console.print(Text(f"    got   {visible(result.got or '')}"))
    if result.check.tempered and result.severity is not Severity.ERROR:
        console.print(Text(f"  tempered: {result.check.tempered}", style="dim"))
    for exchange in result.evidence[: 2 if verbosity > 0 else 1]:
        lines = [
            Text.assemble(
                f"  {moment.milliseconds:9.2f} ms  ", (f"{moment.who} ", "cyan"), moment.what, style="dim"
            )
            for moment in timeline(exchange)
        ]
        if lines:
            console.print(Text("\n").join(lines))
    quote = textwrap.fill(f'"{law.quote}"', width=96, initial_indent="  ", subsequent_indent="   ")
    console.print(Text(f"  {law.source.value}, {law.section} ({law.level.value}, {law.basis.value}):"))
    console.print(Text(quote, style="italic"))
    if result.verdict is Verdict.FAIL:
        console.print(Text(f"  to see it without wsgicheck: {again(result, option)}", style="dim"))
    console.print(Text(f"  {law.url}   wsgicheck explain {result.check.id}", style="dim"))
    console.print()


def visible_lines(text: str) -> str:
    """Return text with control characters escaped, its line breaks kept."""
    return "\n  ".join(visible(line) for line in text.split("\n"))


def _unclear(console: Console, report: Report, verbosity: int) -> None:
    for verdict in (Verdict.INCONCLUSIVE, Verdict.INAPPLICABLE):
        results = [result for result in report.results if result.verdict is verdict]
        if not results or (verdict is Verdict.INAPPLICABLE and verbosity < 1):
            continue
        console.print(Text(f"{verdict.value} ({len(results)})", style="bold yellow"))
        for message, count in Counter(result.message for result in results).items():
            ids = [result.check.id for result in results if result.message == message]
            shown = ids if verbosity > 0 else ids[:6]
            console.print(Text(f"  {visible(message)}"))
            console.print(
                Text(
                    "    "
                    + ", ".join(shown)
                    + (f" and {count - len(shown)} more" if count > len(shown) else ""),
                    style="dim",
                )
            )
        console.print()


def _against_baseline(console: Console, report: Report) -> None:
    """Show the known failures briefly, then every departure."""
    if report.known:
        console.print(Text(f"known failures ({len(report.known)})", style="bold"))
        for result in report.known:
            console.print(Text(f"  {result.check.id}: {visible(result.expected or '')}", style="dim"))
        console.print()
    if report.departures:
        console.print(Text(f"departures from the baseline ({len(report.departures)})", style="bold red"))
        for departure in report.departures:
            console.print(Text(f"  {visible(str(departure))}"))
        console.print()


def _summary(console: Console, report: Report, verbosity: int) -> None:
    table = Table(box=None, pad_edge=False, show_edge=False, header_style="bold")
    for column in ("", "pass", "fail", "warn", "note", "unclear", "n/a", "error"):
        table.add_column(column, justify="left" if not column else "right")
    for source in Source:
        results = [result for result in report.results if result.check.source is source]
        if results:
            table.add_row(source.value, *(str(number) for number in _figures(results)))
    table.add_row("all", *(str(number) for number in _figures(list(report.results))), style="bold")
    console.print(table)
    console.print(
        Text(
            f"{visible(report.server.command)}\n{len(report.results)} checks in {report.duration:.1f} s, "
            f"{report.server.concurrency} at a time"
            + (f" in each of {report.server.copies} copies" if report.server.copies > 1 else "")
            + f", profile {report.profile}"
            + (", strict" if report.strict else "")
            + (f", {report.server.restarts} restarts" if report.server.restarts else "")
            + (f"; {len(report.known)} of the failures are known" if report.known else ""),
            style="dim",
        )
    )
    if not report.complete:
        console.print(
            Text(
                f"INCOMPLETE: {visible(report.trouble or 'not every check was conducted')}", style="bold red"
            )
        )
        if report.server.output.strip():
            console.print(Text("the server's last words:"))
            for line in report.server.output.rstrip().splitlines()[-OUTPUT_LINES:]:
                console.print(Text("  | " + visible(line)))


def _figures(results: list[Result]) -> tuple[int, ...]:
    by = Counter(result.verdict for result in results)
    weights = Counter(result.severity for result in results)
    return (
        by[Verdict.PASS],
        weights[Severity.ERROR],
        weights[Severity.WARNING],
        weights[Severity.NOTE],
        by[Verdict.INCONCLUSIVE],
        by[Verdict.INAPPLICABLE] + by[Verdict.UNTESTED],
        by[Verdict.ERROR],
    )
