"""One result told at length: the rule, the verdict, both ends of every exchange, and how to see it again."""

from __future__ import annotations

import textwrap

from rich.console import Console
from rich.text import Text

from ..model.result import Result, ServerFacts, Verdict
from .reproduction import Reproduction
from .terminal import MARKS, WORDS, console_of, text_of, visible_lines
from .timeline import octets, timeline, visible


def render(
    result: Result,
    server: ServerFacts,
    shown: Reproduction | None,
    folder: str | None,
    *,
    colour: bool = False,
) -> str:
    """Return the text. ``folder`` is where the files of ``shown`` were written, None where they were not."""
    console = console_of(colour)
    law = result.check.law
    plain = (result.verdict.value.upper(), MARKS[result.verdict][1])
    word, style = WORDS.get(result.severity, plain)
    heading = Text()
    heading.append(word, style=style)
    heading.append(f" {result.check.id}", style="bold")
    heading.append(f"  {result.check.title}")
    console.print(heading)
    if result.message:
        console.print(Text("  " + visible_lines(result.message) + (":" if result.want is not None else "")))
    if result.want is not None:
        console.print(Text(f"    want  {visible(result.want)}"))
        console.print(Text(f"    got   {visible(result.got or '')}"))
    quote = textwrap.fill(f'"{law.quote}"', width=96, initial_indent="  ", subsequent_indent="   ")
    console.print(Text(f"  {law.source.value}, {law.section} ({law.level.value}, {law.basis.value}):"))
    console.print(Text(quote, style="italic"))
    console.print(Text(f"  {law.url}", style="dim"))
    for number, exchange in enumerate(result.evidence):
        console.print()
        name = "the exchange" if number == 0 else "the control, which must reach the application"
        settled = "" if exchange.app.settled else ", the application's journal not settled"
        console.print(Text(f"{name}{settled}", style="bold"))
        for moment in timeline(exchange):
            line = Text(f"  {moment.milliseconds:9.2f} ms  ", style="dim")
            line.append(f"{moment.who} ", style="cyan")
            line.append(moment.what)
            console.print(line)
        for call in exchange.app.of("called"):
            console.print(Text(f"  environ of {call.label or 'the call'}:", style="dim"))
            for key_kind, key, kind, value in _environ(call.facts.get("environ")):
                of_key = "" if key_kind == "str" else f" (its key is a {visible(key_kind)})"
                console.print(Text(f"    {visible(key)} = {visible(kind)} {visible(repr(value))}{of_key}"))
    if server.output.strip():
        console.print()
        console.print(Text("the server's last words", style="bold"))
        for line_ in server.output.rstrip().splitlines()[-12:]:
            console.print(Text("  | " + visible(line_)))
    if shown is not None:
        _reproduction(console, shown, folder)
    elif result.verdict is not Verdict.PASS:
        console.print(Text("\nnothing was sent, so that there is nothing to show without wsgicheck"))
    return text_of(console)


def _environ(items: object) -> list[tuple[str, str, str, str]]:
    if not isinstance(items, list):
        return []
    return [tuple(item) for item in items if isinstance(item, list) and len(item) == 4]


def _reproduction(console: Console, shown: Reproduction, folder: str | None) -> None:
    console.print()
    if folder is None:
        console.print(Text("to see it without wsgicheck: --write DIR writes these files", style="bold"))
        for name, content in shown.files:
            console.print(Text(f"  {name}", style="cyan"))
            lines = content.decode("utf-8").splitlines() if name.endswith(".py") else [octets(content)]
            for line in lines:
                console.print(Text(f"    {visible(line)}"))
        for package in shown.packages:
            console.print(Text(f"  and the package {package}, which comes with wsgicheck"))
        console.print(Text("and in their folder:"))
    else:
        console.print(Text(f"to see it without wsgicheck, in {visible(folder)}:", style="bold"))
    console.print(Text(f"  {visible(shown.serve)}"))
    console.print(Text(f"  {visible(shown.shell)}"))
