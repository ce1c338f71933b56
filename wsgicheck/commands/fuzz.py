"""``wsgicheck fuzz``: random requests and plays, and a small model of the law as the oracle."""

from __future__ import annotations

import secrets
import sys
import threading
from pathlib import Path

import click

from ..errors import UsageTrouble
from .colour import wants_colour
from .progress import signals_as_interrupts
from .writing import may_be_written

SEEDS = 2**32
MOVES_A_SECOND = 10


@click.command("fuzz")
@click.option("--server", default="reference", show_default=True, metavar="CMD|NAME", help="The server: a command line with placeholders, or a profile (see 'wsgicheck servers').")  # fmt: skip
@click.option("--time", "seconds", type=click.FloatRange(0.1), metavar="SECONDS", help="How long to go on. Default: 60, or without end where --examples is given.")  # fmt: skip
@click.option("--examples", type=click.IntRange(1), metavar="N", help="How many cases to generate at most.")
@click.option("--findings", type=click.IntRange(1), metavar="N", help="End as soon as so many have been found.")  # fmt: skip
@click.option("--seed", type=click.IntRange(0), metavar="N", help="The same seed generates the same cases. Default: a new one each time.")  # fmt: skip
@click.option("--replay", metavar="FILE|case:...", help="Deliver one recorded case instead, and judge it.")
@click.option("--save", metavar="FOLDER", help="Write each finding's case into a file there, for --replay.")
@click.option("--timeout", type=click.FloatRange(0.2, 600), default=5.0, show_default=True, metavar="SECONDS", help="The longest wait for any one answer.")  # fmt: skip
@click.option("--report", metavar="json[=FILE]", help="Write the findings as JSON, to standard output or a file.")  # fmt: skip
@click.option("--strict", is_flag=True, help="Let warnings fail the run too.")
@click.option("-q", "--quiet", is_flag=True, help="No progress.")
@click.pass_context
def fuzz(
    context: click.Context,
    server: str,
    seconds: float | None,
    examples: int | None,
    findings: int | None,
    seed: int | None,
    replay: str | None,
    save: str | None,
    timeout: float,
    report: str | None,
    strict: bool,
    quiet: bool,
) -> None:
    """Fuzz a server with requests and application plays, and hold both logs against a model of the law.

    Requests come from the grammar of RFC 9112 and RFC 9110, some of them mutated, alone or pipelined, whole
    or in segments; the application inside the server plays at random. What the application saw, what went
    over the wire and what the law says of both must agree. Where the law leaves freedom, anything is well.

    Each finding is delivered again before it is told, shrunk to the smallest octets that show it, and told
    once. Exit codes: 0 nothing found, 1 findings (warnings count with --strict), 2 usage, 3 the server did
    not start or was lost, 4 a fault of wsgicheck itself.
    """
    from ..fuzzing.campaign import Fuzzer, Order
    from ..fuzzing.recording import load
    from ..reporters import fuzzed
    from ..servers.command import resolve

    file = _json_file(report)
    folder = _folder(save)
    case = load(replay) if replay is not None else None
    name, command = resolve(server)
    if seconds is None and examples is None:
        seconds = 60.0
    seed = secrets.randbelow(SEEDS) if seed is None else seed
    order = Order(name, command, seed, seconds, examples, timeout, findings)
    teller = _Teller(server, order.seed, folder, quiet, silent=report is not None and file is None)
    with signals_as_interrupts():
        fuzzer = Fuzzer(order, teller)
        campaign = fuzzer.run() if case is None else fuzzer.replay(case)
    teller.clear()
    if report is not None:
        text = fuzzed.as_json(campaign) + "\n"
        if file is None:
            click.echo(text, nl=False)
        else:
            file.write_text(text, encoding="utf-8")
    if report is None or file is not None:
        click.echo(fuzzed.summary(campaign), nl=False)
    if any(strict or discovery.breach.rule.grave for discovery in campaign.discoveries):
        context.exit(1)
    context.exit(3 if campaign.trouble else 0)


class _Teller:
    """Tells each finding when it is ready, and how far the campaign is."""

    def __init__(self, server: str, seed: int, folder: Path | None, quiet: bool, silent: bool) -> None:
        self._server, self._seed, self._folder = server, seed, folder
        self._moving = sys.stderr.isatty() and not quiet
        self._silent = silent
        self._findings = 0
        self._last = 0.0
        self._lock = threading.Lock()
        if not quiet:
            click.echo(f"fuzzing {server}, seed {seed}", err=True)

    def __call__(self, event: object) -> None:
        from ..fuzzing.campaign import Found, Shrinking, Tried

        if isinstance(event, Tried) and event.seconds - self._last > 1 / MOVES_A_SECOND:
            self._last = event.seconds
            self._move(f"{event.examples} examples, {event.seconds:.0f} s, {self._findings} findings")
        elif isinstance(event, Shrinking):
            self._move(f"{event.breach.rule.id}: looking for the smallest octets")
        elif isinstance(event, Found):
            self._tell(event)

    def _tell(self, event: object) -> None:
        from ..fuzzing.campaign import Found
        from ..reporters import fuzzed

        assert isinstance(event, Found)
        self._findings += 1
        self.clear()
        if self._folder is not None:
            path = self._folder / f"{event.discovery.breach.rule.id}.json"
            path.write_text(event.recorded, encoding="utf-8")
        if not self._silent:
            colour = wants_colour(sys.stdout)
            click.echo(fuzzed.finding(event.discovery, self._server, self._seed, colour), color=True)

    def clear(self) -> None:
        """Wipe the line that moves."""
        if self._moving:
            click.echo("\r\x1b[K", err=True, nl=False)

    def _move(self, text: str) -> None:
        if self._moving:
            click.echo("\r\x1b[K" + text, err=True, nl=False)


def _json_file(report: str | None) -> Path | None:
    """Return the file that ``--report`` names. Raises UsageTrouble."""
    if report is None:
        return None
    form, _, file = report.partition("=")
    if form != "json":
        raise UsageTrouble(f"there is no report format {form!r} of fuzzing", "write json, or json=FILE")
    if not file:
        return None
    may_be_written(Path(file), f"the report {file!r}")
    return Path(file)


def _folder(save: str | None) -> Path | None:
    """Return the folder for the cases, made if need be. Raises UsageTrouble."""
    if save is None:
        return None
    folder = Path(save)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageTrouble(f"the folder {save!r} cannot be made: {error.strerror}", "name another") from error
    return folder
