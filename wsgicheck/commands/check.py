"""``wsgicheck --server ...``: the run itself, with its configuration, its baseline and its reports."""

from __future__ import annotations

import contextlib
import shlex
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path

import click

from .. import configuration
from ..catalog import all_checks
from ..catalog import select as select_checks
from ..configuration import Settings
from ..engine import baseline
from ..engine.copies import fitting_copies
from ..engine.garbage import collecting_rarely
from ..engine.session import Order, check_server
from ..errors import UsageTrouble
from ..model.check import Check
from ..model.result import Report, Verdict
from ..servers.command import resolve, split
from ..servers.process import MEMORY_LIMIT
from .extensions import say_faults
from .outcome import outcome, say_briefly
from .progress import progress, signals_as_interrupts
from .writing import may_be_written, wanted, write, write_text


@collecting_rarely()  # what is said of a run has all of its evidence before it, too
def check(
    given: Settings, target: str | None, update_baseline: bool, keep_room: bool, verbosity: int, quiet: int
) -> int:
    """Run the checks as configured, write the reports, and return the exit code.

    ``given`` are the words of the command line; they override what stands in ``[tool.wsgicheck]``.
    """
    configured = configuration.load(Path.cwd(), target)
    settings = configuration.overlaid(configured, given)
    with _said_by(configured, given, "reports"):
        folder = Path() if given.reports else Path(settings.folder)
        reports = [wanted(text, folder) for text in settings.reports]
    say_faults()
    with _said_by(configured, given, "select", "ignore"):
        checks = _checks(settings, quiet)
    file = _baseline_file(given, configured)
    with _said_by(configured, given, "baseline"):
        known = _known_failures(file, update_baseline)
    with _said_by(configured, given, "server"):
        split(resolve("reference" if settings.server is None else settings.server)[1])
    order = Order(
        server="reference" if settings.server is None else settings.server,
        checks=checks,
        profile=settings.profile or "standard",
        strict=bool(settings.strict),
        timeout=settings.timeout or 5.0,
        memory=MEMORY_LIMIT if settings.memory_limit is None else settings.memory_limit,
        copies=settings.jobs or fitting_copies(checks),
        keep_room=keep_room,
        host=settings.host or "127.0.0.1",
        tls=bool(settings.tls),
        tls_ca=_authorities(given, configured),
        folder=configured.folder if given.server is None and configured.server is not None else "",
    )
    with signals_as_interrupts():
        report = check_server(order, progress(quiet))
    report = replace(report, location=configured.location)
    if target is not None and given.server is None:
        facts = replace(report.server, name=target, option=f"--target {shlex.quote(target)}")
        report = replace(report, server=facts)
    if file is not None and known is not None:
        report = _hold_against(report, file, known, update_baseline)
    reports = reports or [wanted("terminal", Path())]
    write(report, reports, verbosity)
    say_briefly(report, reports, quiet)
    return outcome(report)


@contextlib.contextmanager
def _said_by(configured: Settings, given: Settings, *keys: str) -> Iterator[None]:
    """Name the file and the key in a trouble about what the configuration says, and not the command line."""
    try:
        yield
    except UsageTrouble as trouble:
        theirs = [key for key in keys if getattr(configured, key) and not getattr(given, key)]
        if not theirs or any(getattr(given, key) for key in keys):
            raise
        where = f"{configured.file}: {' or '.join(theirs)} of [tool.wsgicheck]"
        raise UsageTrouble(f"{where}: {trouble.message}", trouble.hint, trouble.output) from None


def _checks(settings: Settings, quiet: int) -> tuple[Check, ...]:
    ignored = settings.ignore or {}
    checks = select_checks(settings.select, ignored)
    if not checks:
        raise UsageTrouble("no check is left to run", "loosen --select or --ignore")
    for pattern, reason in ignored.items():
        if reason and not quiet:
            click.echo(f"ignored: {pattern} ({reason})", err=True)
    return checks


def _authorities(given: Settings, configured: Settings) -> str:
    if given.tls_ca is not None:
        return given.tls_ca
    if configured.tls_ca is None or given.tls is not None:
        return ""
    return str(Path(configured.folder, configured.tls_ca))


def _baseline_file(given: Settings, configured: Settings) -> Path | None:
    if given.baseline is not None:
        return Path(given.baseline)
    return Path(configured.folder, configured.baseline) if configured.baseline is not None else None


def _known_failures(file: Path | None, update: bool) -> baseline.Baseline | None:
    """Read the baseline before a run is spent on a broken one."""
    if file is None:
        if update:
            raise UsageTrouble(
                "there is no baseline to update", "name its file with --baseline FILE, or in [tool.wsgicheck]"
            )
        return None
    if not update:
        return baseline.load(file)
    may_be_written(file, f"the baseline {str(file)!r}")
    return baseline.load(file) if file.exists() else baseline.Baseline()


def _hold_against(report: Report, file: Path, known: baseline.Baseline, update: bool) -> Report:
    ids = frozenset(check.id for check in all_checks() if check.withdrawn is None)
    if update:
        if not report.complete or report.count(Verdict.ERROR):
            click.echo(f"{file} is left as it was: the run is incomplete", err=True)
        else:
            write_text(file, baseline.write(report, known, ids), f"the baseline {str(file)!r}")
            known = baseline.load(file)
            click.echo(f"{file}: {len(known.entries)} known failures, {len(known.skips)} skips", err=True)
    return baseline.accept(report, known, ids, datetime.now(timezone.utc).date())
