"""``wsgicheck diff``: what changed between two reports."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--format", "form", default="terminal", type=click.Choice(("terminal", "markdown")), show_default=True, help="Markdown suits a pull request.")  # fmt: skip
@click.pass_context
def diff(context: click.Context, old: Path, new: Path, form: str) -> None:
    """Tell what changed between two JSON reports: broken, gone, silenced, changed, fixed and new checks.

    The exit code is 1 where a check is broken, gone or says nothing any more, and 0 otherwise.
    """
    from ..engine.diff import compare
    from ..engine.saved_report import read_report
    from ..reporters import comparison

    found = compare(read_report(old), read_report(new))
    click.echo(comparison.markdown(found) if form == "markdown" else comparison.terminal(found), nl=False)
    context.exit(1 if found.regressions else 0)
