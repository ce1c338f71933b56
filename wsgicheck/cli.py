"""The command line: words in, exit code out."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import signal
import sys
import threading
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any, NoReturn, TextIO

import click

from . import __version__
from .commands.app import app
from .errors import Trouble, UsageTrouble

if TYPE_CHECKING:
    from .engine.events import Event, Listener
    from .model.result import Report

OUTPUT_LINES = 15
REPORT_FORMATS = ("terminal", "json")
EXAMPLES = """
\b
Examples:
  wsgicheck                                   check the reference server
  wsgicheck --server wsgiref                  check a server by name
  wsgicheck --server "gunicorn -k gthread --threads 4 -b {host}:{port} {app}"
  wsgicheck --select 'close-*' --server waitress
  wsgicheck explain iterable-closed           what a check demands, and why
  wsgicheck app mysite.wsgi:application       check the application's side instead

\b
Placeholders in a server's command:
  {app}       module:callable of the application; {module} and {callable} are
              its halves, {app_file} its file
  {host} {port}   where to listen; or {socket}, the path of a UNIX socket
  {room}      the scratch directory of this run, already on PYTHONPATH
  {python}    the interpreter that runs wsgicheck

\b
Exit codes:
  0  nothing unexpected        3  incomplete: the server did not start or was
  1  violations                   lost, or nothing conclusive was tested
  2  usage or configuration    4  a fault of wsgicheck itself
"""


@click.group(
    invoke_without_command=True, epilog=EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.option("--server", metavar="CMD|NAME", default="reference", help="The server to check: a command line with placeholders, or a profile (see 'wsgicheck servers').")  # fmt: skip
@click.option("--select", multiple=True, metavar="PATTERN", help="Run only these checks: ids, topics or wildcards; repeatable, or separated by commas.")  # fmt: skip
@click.option("--ignore", multiple=True, metavar="PATTERN", help="Leave these checks out.")
@click.option("--profile", default="standard", type=click.Choice(("wsgi", "standard", "edge")), show_default=True, help="How much is asked: the PEP alone, everything with accepted leniency, or everything by the letter.")  # fmt: skip
@click.option("--strict", is_flag=True, help="Let warnings (SHOULD) fail the run too.")
@click.option("--timeout", default=5.0, type=click.FloatRange(0.2, 600), show_default=True, metavar="SECONDS", help="The longest wait for any one answer.")  # fmt: skip
@click.option("--report", "reports", multiple=True, metavar="FORMAT[=FILE]", help="Write a report: terminal or json, to standard output or a file; repeatable. Default: terminal.")  # fmt: skip
@click.option(
    "--keep-room", is_flag=True, help="Keep the scratch directory (plays and journal) and say where it is."
)
@click.option("-v", "--verbose", count=True, help="Say more; repeatable.")
@click.option("-q", "--quiet", count=True, help="Say less: no progress, no overview.")
@click.version_option(__version__, "-V", "--version", message="wsgicheck %(version)s")
@click.pass_context
def cli(
    context: click.Context,
    server: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    profile: str,
    strict: bool,
    timeout: float,
    reports: tuple[str, ...],
    keep_room: bool,
    verbose: int,
    quiet: int,
) -> None:
    """Prove whether a WSGI server keeps PEP 3333 and the HTTP/1.1 rules that it inherits.

    The server is started with a probe application inside and watched from both ends: what goes over
    the wire, and what the application sees. Every fail quotes the sentence of the law that it rests on.
    """
    context.color = _wants_colour(sys.stdout)
    if context.invoked_subcommand is not None:
        return
    from .catalog import select as select_checks
    from .engine.session import Order, check_server

    wanted = [_report_format(text) for text in reports] or [("terminal", None)]
    checks = select_checks(select, ignore)
    if not checks:
        raise UsageTrouble("no check is left to run", "loosen --select or --ignore")
    order = Order(server, checks, profile, strict, timeout, keep_room)
    with _signals_as_interrupts():
        report = check_server(order, _progress(quiet))
    _write(report, wanted, verbose - quiet)
    from .engine.policy import exit_code

    context.exit(exit_code(report))


cli.add_command(app)


@cli.command("list")
@click.option("--select", multiple=True, metavar="PATTERN", help="Ids, topics or wildcards.")
@click.option("--ignore", multiple=True, metavar="PATTERN", help="Leave these out.")
@click.option("--coverage", is_flag=True, help="Print the law instead, each requirement with its checks.")
def list_checks(select: tuple[str, ...], ignore: tuple[str, ...], coverage: bool) -> None:
    """List the checks: id, level, source and rule, by topic."""
    from .catalog import select as select_checks

    if coverage:
        from .reporters.coverage import render
        from .spec import ALL

        click.echo(render(ALL, select_checks(select, ignore)))
        return
    checks = select_checks(select, ignore)
    topic = ""
    for check in checks:
        if f"{check.source.value}: {check.topic}" != topic:
            topic = f"{check.source.value}: {check.topic}"
            click.secho(topic, bold=True)
        click.echo(f"  {check.id:<44} {check.law.level.value:<10} {check.title}")
    click.echo(f"{len(checks)} checks")


@cli.command()
@click.argument("id")
def explain(id: str) -> None:
    """Explain a check: the rule, the harm, the clause, what is sent and played, what is accepted."""
    from .catalog import find
    from .reporters.explanation import render

    click.echo(render(find(id)))


@cli.command()
def servers() -> None:
    """List the servers that can be named after --server."""
    from .servers.builtin import PROFILES

    for profile in PROFILES:
        click.secho(f"{profile.name}", bold=True, nl=False)
        click.echo(f"  ({profile.kind}{'; ' + ', '.join(profile.requires) if profile.requires else ''})")
        click.echo(f"    {profile.summary}")
        click.echo(f"    {profile.command}")


def _report_format(text: str) -> tuple[str, str | None]:
    name, _, file = text.partition("=")
    if name not in REPORT_FORMATS:
        raise UsageTrouble(
            f"there is no report format {name!r}", f"choose one of: {', '.join(REPORT_FORMATS)}"
        )
    if file and not Path(file).absolute().parent.is_dir():
        raise UsageTrouble(
            f"the report {file!r} cannot be written: its folder does not exist", "create it first"
        )
    if file and Path(file).is_dir():
        raise UsageTrouble(f"the report {file!r} cannot be written: it is a folder", "name a file in it")
    existing = Path(file) if Path(file).exists() else Path(file).absolute().parent
    if file and not os.access(existing, os.W_OK):
        raise UsageTrouble(f"the report {file!r} cannot be written: no permission", "name another file")
    return name, file or None


def _write(report: Report, wanted: list[tuple[str, str | None]], verbosity: int) -> None:
    for name, file in wanted:
        text = _render(report, name, verbosity, colour=file is None and _wants_colour(sys.stdout))
        if file is None:
            click.echo(text, nl=False, color=True)
        else:
            Path(file).write_text(text, encoding="utf-8")


def _render(report: Report, name: str, verbosity: int, colour: bool) -> str:
    if name == "json":
        from .reporters import json_report

        return json_report.render(report)
    from .reporters import terminal

    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else terminal.WIDTH
    return terminal.render(report, colour=colour, verbosity=verbosity, width=width)


def _wants_colour(stream: TextIO) -> bool:
    """Colours only on a terminal; NO_COLOR and FORCE_COLOR decide before that."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or stream.isatty()


def _progress(quiet: int) -> Listener:
    """Return what shows the run's events on standard error: a line that moves on a terminal, few words elsewhere."""
    from .engine.events import Confirming, Progress, Restarting, RoomKept, ServerReady, Settling

    moving = sys.stderr.isatty() and not quiet
    lock = threading.Lock()

    def show(text: str, passing: bool = False) -> None:
        with lock, contextlib.suppress(OSError):  # a closed standard error is no reason to stop
            if moving:
                click.echo("\r\x1b[K" + text, err=True, nl=not passing)
            elif not quiet and not passing:
                click.echo(text, err=True)

    def tell(event: Event) -> None:
        if isinstance(event, RoomKept):
            click.echo(f"the room will be kept: {event.path}", err=True)
        elif isinstance(event, ServerReady):
            at_once = f"{event.concurrency} at a time" if event.concurrency > 1 else "one at a time"
            show(f"{event.command}\nready after {event.seconds:.2f} s; serves {at_once}")
        elif isinstance(event, Progress):
            show(f"exchanges: {event.done}/{event.total}", passing=True)
        elif isinstance(event, Settling):
            show("waiting for the application's last words", passing=True)
        elif isinstance(event, Confirming):
            show(f"trying {event.count} exchanges again, alone")
        elif isinstance(event, Restarting):
            show(f"the server was lost ({event.reason}); starting it again")

    return tell


class _signals_as_interrupts:
    """Turns signals into an orderly end, so that neither server nor room outlives us.

    The first one interrupts; what follows while we put things in order is ignored, for that takes a
    bounded time. A signal that we were started with as ignored (``nohup``) stays ignored.
    """

    def __enter__(self) -> None:
        self._before: dict[int, Any] = {}
        if threading.current_thread() is threading.main_thread():
            for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                if signal.getsignal(signum) is not signal.SIG_IGN:
                    self._before[signum] = signal.signal(signum, self._interrupt)

    def __exit__(self, *_: object) -> None:
        for signum, handler in self._before.items():
            signal.signal(signum, handler)

    def _interrupt(self, signum: int, frame: FrameType | None) -> NoReturn:
        for handled in self._before:
            signal.signal(handled, signal.SIG_IGN)
        raise KeyboardInterrupt


def main() -> NoReturn:
    """Run the command line and end the process with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a narrow terminal is no reason to fail
    try:
        code = cli.main(standalone_mode=False) or 0  # click returns the code of Context.exit
        sys.stdout.flush()
    except (click.exceptions.Abort, KeyboardInterrupt):
        click.echo("\ninterrupted; the server was ended", err=True)
        code = 130
    except click.ClickException as error:
        error.show()
        code = 2
    except Trouble as trouble:
        _say(trouble)
        code = trouble.exit_code
    except SystemExit:
        code = _reader_left()  # how click puts a broken pipe
    except BrokenPipeError:
        code = _reader_left()
    except Exception:
        import traceback

        traceback.print_exc()
        click.echo("this is a fault of wsgicheck itself, not of the server", err=True)
        code = 4
    sys.exit(code)


def _reader_left() -> int:
    """Return the exit code of a process whose reader has gone (``| head``): what SIGPIPE would give."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.__stdout__.fileno() if sys.__stdout__ else 1)
    return 128 + signal.SIGPIPE


def _say(trouble: Trouble) -> None:
    from .reporters.timeline import visible

    click.secho(f"error: {visible(trouble.message)}", err=True, fg="red", color=_wants_colour(sys.stderr))
    if trouble.hint:
        click.echo(f"hint: {visible(trouble.hint)}", err=True)
    lines = trouble.output.rstrip().splitlines()[-OUTPUT_LINES:]
    if lines:
        click.echo("the server's last words:", err=True)
        for line in lines:
            click.echo("  | " + visible(line), err=True)
