"""``wsgicheck judge``: the verdicts of this version on the evidence of a saved report."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path

import click

from ..engine import baseline
from ..engine.policy import PROFILES


@click.command()
@click.argument("report", type=click.Path(path_type=Path), metavar="REPORT.json")
@click.option("--select", multiple=True, metavar="PATTERN", help="Judge only these results: ids, topics or wildcards; repeatable, or separated by commas.")  # fmt: skip
@click.option("--ignore", multiple=True, metavar="PATTERN", help="Leave these results out.")
@click.option("--profile", type=click.Choice(tuple(PROFILES)), help="How much is asked. Default: as in the run.")  # fmt: skip
@click.option("--strict/--no-strict", default=None, help="Let warnings (SHOULD) count too. Default: as in the run.")  # fmt: skip
@click.option("--baseline", "known", type=click.Path(path_type=Path), metavar="FILE", help="Hold the verdicts against the known failures of a TOML file.")  # fmt: skip
@click.option("--report", "reports", multiple=True, metavar="FORMAT[=FILE]", help="Write a report, as for a run; repeatable. Default: terminal.")  # fmt: skip
@click.option("-v", "--verbose", count=True, help="Say more; repeatable.")
@click.option("-q", "--quiet", count=True, help="Say less: no overview.")
@click.pass_context
def judge(
    context: click.Context,
    report: Path,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    profile: str | None,
    strict: bool | None,
    known: Path | None,
    reports: tuple[str, ...],
    verbose: int,
    quiet: int,
) -> None:
    """Judge the evidence of a JSON report again, without a server.

    The exchanges that were saved with --report json=FILE go before the judges of this version. Nothing is
    started and nothing is sent, so it takes a second, wherever the file was written. What only the run could
    see stays as it was saved: a server that was lost, and a fail that did not come again. The exit code is
    that of a run.

    \b
    Examples:
      wsgicheck --server waitress --report json=waitress.json
      wsgicheck judge waitress.json                    the verdicts of this version
      wsgicheck judge waitress.json --profile edge     the same evidence, by the letter
      wsgicheck judge waitress.json --report junit=report.xml
    """
    from ..catalog import all_checks
    from ..engine.rejudge import Demand, rejudge
    from ..engine.saved_report import read_report
    from .extensions import say_faults
    from .outcome import outcome
    from .writing import wanted, write

    written = [wanted(text, Path()) for text in reports or ("terminal",)]
    say_faults()
    checks = all_checks()
    expected = None if known is None else baseline.load(known)
    judged = rejudge(report, read_report(report), checks, Demand(select, ignore, profile, strict))
    if expected is not None:
        ids = frozenset(check.id for check in checks if check.withdrawn is None)
        judged = baseline.accept(judged, expected, ids, datetime.now(timezone.utc).date())
    write(judged, written, verbose - quiet)
    context.exit(outcome(judged))
