"""``wsgicheck replay``: one check's exchange again, told at length, and how to see it without us."""

from __future__ import annotations

import shutil
import sys
from importlib import resources
from pathlib import Path

import click

from .. import configuration
from ..catalog import find
from ..configuration import Settings
from ..engine.policy import PROFILES
from ..engine.session import Order, check_server
from ..errors import ServerTrouble, UsageTrouble
from ..model.result import Verdict
from ..reporters import account
from ..reporters.reproduction import PORT, Reproduction, reproduction
from .colour import wants_colour
from .extensions import say_faults
from .progress import progress, signals_as_interrupts

EXIT_CODES = {Verdict.PASS: 0, Verdict.FAIL: 1, Verdict.ERROR: 4}
"""Of one check, whatever it weighs; 3 where it says nothing."""


@click.command()
@click.argument("id", metavar="ID")
@click.option("--server", metavar="CMD|NAME", help="The server, as for a run. Default: reference.")
@click.option("--target", metavar="NAME", help="A target of [tool.wsgicheck.targets] in pyproject.toml.")
@click.option("--profile", type=click.Choice(tuple(PROFILES)), help="How much is asked. Default: standard.")
@click.option("--timeout", type=click.FloatRange(0.2, 600), metavar="SECONDS", help="The longest wait for any one answer. Default: 5.")  # fmt: skip
@click.option("--host", type=click.Choice(("127.0.0.1", "::1")), help="What {host} stands for. Default: 127.0.0.1.")  # fmt: skip
@click.option("--write", "folder", type=click.Path(path_type=Path), metavar="DIR", help="Write the octets, the application and the client into this folder: they show the exchange without wsgicheck.")  # fmt: skip
@click.option("--port", type=click.IntRange(1, 65535), default=PORT, show_default=True, help="The port that those files and lines name.")  # fmt: skip
@click.option("-q", "--quiet", count=True, help="Say less: no progress.")
@click.pass_context
def replay(
    context: click.Context,
    id: str,
    server: str | None,
    target: str | None,
    profile: str | None,
    timeout: float | None,
    host: str | None,
    folder: Path | None,
    port: int,
    quiet: int,
) -> None:
    """Repeat the exchange of one check, and tell all of it: octets, application, verdict.

    Ends with two shell lines that show the same without wsgicheck, on any machine that has the server and
    Python: the first serves an application of a few lines, the second sends the octets. The exit code is 0
    for a pass, 1 for a fail of whatever weight, 3 where the check says nothing, 4 for a fault of ours.

    \b
    Examples:
      wsgicheck replay iterable-closed --server wsgiref
      wsgicheck replay iterable-closed --server waitress --write shown
    """
    check = find(id)
    if check.withdrawn is not None:
        raise UsageTrouble(
            f"the check {id!r} was withdrawn: {check.withdrawn}", "'wsgicheck list' shows all others"
        )
    if folder is not None:
        _may_be_folder(folder)
    configured = configuration.load(Path.cwd(), target)
    settings = configuration.overlaid(
        configured, Settings(server=server, profile=profile, timeout=timeout, host=host)
    )
    say_faults()
    order = Order(
        server="reference" if settings.server is None else settings.server,
        checks=(check,),
        profile="edge" if settings.profile is None else settings.profile,
        timeout=settings.timeout or 5.0,
        host=settings.host or "127.0.0.1",
        folder=configured.folder if server is None and configured.server is not None else "",
    )
    with signals_as_interrupts():
        report = check_server(order, progress(quiet))
    if report.trouble is not None and not report.results:
        raise ServerTrouble(report.trouble, "its last words are below", report.server.output)
    if not report.results:
        raise UsageTrouble(
            f"{id!r} is no check of the profile {order.profile!r}", "'--profile edge' runs every check"
        )
    (result,) = report.results
    shown = reproduction(result, report.server, port, str(folder or "."))
    if shown is not None and folder is not None:
        _write(shown, folder)
    text = account.render(
        result,
        report.server,
        shown,
        str(folder) if folder is not None else None,
        colour=wants_colour(sys.stdout),
    )
    click.echo(text, nl=False, color=True)
    context.exit(EXIT_CODES.get(result.verdict, 3))


def _may_be_folder(folder: Path) -> None:
    """Raise UsageTrouble where the files cannot be written, before a run is spent on them."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / ".wsgicheck").touch()
        (folder / ".wsgicheck").unlink()
    except OSError as error:
        raise UsageTrouble(
            f"nothing can be written into {str(folder)!r}: {error.strerror}", "name another folder"
        ) from None


def _write(shown: Reproduction, folder: Path) -> None:
    for name, octets in shown.files:
        (folder / name).write_bytes(octets)
    for package in shown.packages:
        with resources.as_file(resources.files(package)) as source:
            shutil.copytree(
                source, folder / package, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__")
            )
