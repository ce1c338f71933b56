"""The command line: words in, exit code out. Each command stands in a module of its own, loaded late."""

from __future__ import annotations

import errno
import importlib
import io
import os
import signal
import sys
from difflib import get_close_matches
from typing import NoReturn

import click
from click.core import ParameterSource

from . import __version__
from .errors import Trouble, UsageTrouble

OUTPUT_LINES = 15
COMMANDS = {
    "list": "overview:list_checks",
    "explain": "overview:explain",
    "servers": "overview:servers",
    "diff": "diff:diff",
    "judge": "judge:judge",
    "replay": "replay:replay",
    "app": "app:app",
    "fuzz": "fuzz:fuzz",
}
"""The modules of ``commands`` and what in them is run."""
EXAMPLES = """
\b
Examples:
  wsgicheck                                   check the reference server
  wsgicheck --server wsgiref                  check a server by name
  wsgicheck --server "gunicorn -k gthread --threads 4 -b {host}:{port} {app}"
  wsgicheck --select 'close-*' --server waitress
  wsgicheck explain iterable-closed           what a check demands, and why
  wsgicheck --target production               a target of [tool.wsgicheck.targets]
  wsgicheck --server waitress --baseline waitress.toml --report junit=report.xml
  wsgicheck diff old.json new.json            what changed between two reports
  wsgicheck judge old.json                    the verdicts of this version on saved evidence
  wsgicheck replay iterable-closed --server waitress --write shown
  wsgicheck app mysite.wsgi:application       check the application's side instead
  wsgicheck fuzz --server waitress --time 60  random requests against a model of the law

\b
Placeholders in a server's command:
  {app}       module:callable of the application; {module} and {callable} are
              its halves, {app_file} its file
  {host} {port}   where to listen; or {socket}, the path of a UNIX socket
  {room}      the scratch directory of this run, already on PYTHONPATH
  {python}    the interpreter that runs wsgicheck
  {tls_cert} {tls_key}   with --tls: files for the server, made for this run

\b
Exit codes:
  0  nothing unexpected        3  incomplete: the server did not start or was
  1  violations, or departures    lost, or nothing conclusive was tested
     from the baseline
  2  usage or configuration    4  a fault of wsgicheck itself
  130  interrupted (Ctrl-C): the server was ended, no report was written
"""


class LateCommands(click.Group):
    """A group whose commands are loaded when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names, in the order of the table."""
        return list(COMMANDS)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command of some words; for one that does not exist, name what may have been meant."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            from .servers.builtin import PROFILES

            if any(profile.name == name for profile in PROFILES):
                raise UsageTrouble(
                    f"there is no command {name!r}", f"a server stands behind --server: --server {name}"
                )
            near = get_close_matches(name, COMMANDS, 1)
            raise UsageTrouble(
                f"there is no command {name!r}",
                (f"did you mean {near[0]}? " if near else "") + f"there are: {', '.join(COMMANDS)}",
            )
        return super().resolve_command(ctx, args)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, or None where there is no such name."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(importlib.import_module(f".commands.{module}", __package__), name)
        return command


def _size(context: click.Context, parameter: click.Parameter, value: str | None) -> int | None:
    """Return the octets of a size, or raise what click says about a wrong value."""
    from .model.size import octets_of

    try:
        return None if value is None else octets_of(value)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


def _copies(context: click.Context, parameter: click.Parameter, value: str | None) -> int | None:
    """Return a number of copies, or raise what click says about a wrong value."""
    from .model.jobs import jobs_of

    try:
        return None if value is None else jobs_of(value)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


@click.group(
    cls=LateCommands,
    invoke_without_command=True,
    epilog=EXAMPLES,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option(
    "--server",
    metavar="CMD|NAME",
    help="The server to check: a command line with placeholders, or a profile (see 'wsgicheck servers'). Default: reference.",
)
@click.option(
    "--target",
    metavar="NAME",
    help="A target of [tool.wsgicheck.targets] in pyproject.toml; other options override what it says.",
)
@click.option(
    "--select",
    multiple=True,
    metavar="PATTERN",
    help="Run only these checks: ids, topics or wildcards; repeatable, or separated by commas.",
)
@click.option("--ignore", multiple=True, metavar="PATTERN", help="Leave these checks out.")
@click.option(
    "--profile",
    type=click.Choice(("wsgi", "standard", "edge")),
    help="How much is asked: the PEP alone, everything with accepted leniency, or everything by the letter. Default: standard.",
)
@click.option("--strict/--no-strict", default=None, help="Let warnings (SHOULD) fail the run too.")
@click.option(
    "--timeout",
    type=click.FloatRange(0.2, 600),
    metavar="SECONDS",
    help="The longest wait for any one answer. Default: 5.",
)
@click.option(
    "--memory-limit",
    callback=_size,
    metavar="SIZE",
    help="What the server's processes may hold together, as 512M or 4G, before it is ended and the guilty exchange is looked for; or none. Default: 2G.",
)
@click.option(
    "-j",
    "--jobs",
    callback=_copies,
    metavar="N",
    help="How many copies of the server are started, to share the exchanges: each mostly waits. 1 for a server that must not be started twice. Default: auto, one more than there are cores, 4 at most.",
)
@click.option(
    "--host",
    type=click.Choice(("127.0.0.1", "::1")),
    help="What {host} stands for: ::1 checks the server over IPv6. Default: 127.0.0.1.",
)
@click.option(
    "--tls/--no-tls",
    default=None,
    help="Speak TLS with the server, as a command that names {tls_cert} and {tls_key} says already (wsgicheck[tls]).",
)
@click.option(
    "--tls-ca",
    metavar="FILE",
    help="Speak TLS with a server that has a certificate of its own, vouched for by this PEM file.",
)
@click.option(
    "--baseline",
    metavar="FILE",
    help="Hold the run against the known failures of a TOML file, in both directions.",
)
@click.option("--update-baseline", is_flag=True, help="Write that file anew from this run; reasons are kept.")
@click.option(
    "--report",
    "reports",
    multiple=True,
    metavar="FORMAT[=FILE]",
    help="Write a report, to standard output or a file: terminal, json, junit, sarif, github, markdown, tap or badge; repeatable. Default: terminal.",
)
@click.option(
    "--keep-room", is_flag=True, help="Keep the scratch directory (plays and journal) and say where it is."
)
@click.option("-v", "--verbose", count=True, help="Say more; repeatable.")
@click.option("-q", "--quiet", count=True, help="Say less: no progress, no overview.")
@click.version_option(__version__, "-V", "--version", message="wsgicheck %(version)s")
@click.pass_context
def cli(
    context: click.Context,
    server: str | None,
    target: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    profile: str | None,
    strict: bool | None,
    timeout: float | None,
    memory_limit: int | None,
    jobs: int | None,
    host: str | None,
    tls: bool | None,
    tls_ca: str | None,
    baseline: str | None,
    update_baseline: bool,
    reports: tuple[str, ...],
    keep_room: bool,
    verbose: int,
    quiet: int,
) -> None:
    """Prove whether a WSGI server keeps PEP 3333 and the HTTP/1.1 rules that it inherits.

    The server is started with a probe application inside and watched from both ends: what goes over
    the wire, and what the application sees. Every fail quotes the sentence of the law that it rests on.
    """
    from .commands.colour import wants_colour

    context.color = wants_colour(sys.stdout)
    if context.invoked_subcommand is not None:
        _refuse_options(context)
        return
    from .commands.check import check
    from .configuration import Settings

    given = Settings(
        server=server,
        select=select,
        ignore=dict.fromkeys(ignore, "") or None,
        profile=profile,
        strict=strict,
        timeout=timeout,
        memory_limit=memory_limit,
        jobs=jobs,
        host=host,
        tls=tls,
        tls_ca=tls_ca,
        baseline=baseline,
        reports=reports,
    )
    context.exit(check(given, target, update_baseline, keep_room, verbose - quiet, quiet))


def _refuse_options(context: click.Context) -> None:
    """Raise UsageTrouble for an option in front of a command: it would have no effect, and nobody would notice."""
    for parameter in context.command.params:
        if context.get_parameter_source(str(parameter.name)) is ParameterSource.COMMANDLINE:
            raise UsageTrouble(
                f"{parameter.opts[-1]} stands before the command {context.invoked_subcommand!r}, and has no"
                " effect there",
                f"options of a command stand behind it; 'wsgicheck {context.invoked_subcommand} --help' lists them",
            )


def main() -> NoReturn:
    """Run the command line and end the process with its exit code."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by the shell (>&-): then nobody wants to read it
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 (until the end)
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
    except OSError as error:
        if error.filename is not None or error.errno not in (errno.ENOSPC, errno.EIO, errno.EBADF):
            code = _our_fault()
        else:
            click.echo(f"error: standard output cannot be written: {error.strerror}", err=True)
            _reader_left()
            code = 4
    except Exception:
        code = _our_fault()
    sys.exit(code)


def _our_fault() -> int:
    import traceback

    traceback.print_exc()
    click.echo("this is a fault of wsgicheck itself, not of the server", err=True)
    return 4


def _reader_left() -> int:
    """Return the exit code of a process whose reader has gone (``| head``): what SIGPIPE would give."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.__stdout__.fileno() if sys.__stdout__ else 1)
    return 128 + signal.SIGPIPE


def _say(trouble: Trouble) -> None:
    from .commands.colour import wants_colour
    from .reporters.timeline import visible

    click.secho(f"error: {visible(trouble.message)}", err=True, fg="red", color=wants_colour(sys.stderr))
    if trouble.hint:
        click.echo(f"hint: {visible(trouble.hint)}", err=True)
    lines = trouble.output.rstrip().splitlines()[-OUTPUT_LINES:]
    if lines:
        click.echo("the server's last words:", err=True)
        for line in lines:
            click.echo("  | " + visible(line), err=True)
