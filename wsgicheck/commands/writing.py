"""Reports written where the user wants them: to standard output, or to files."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Collection
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import click

from ..catalog import reporters
from ..errors import Trouble, UsageTrouble
from ..model.result import Report
from ..reporters.registry import FORMATS, renderer
from .colour import wants_colour
from .extensions import say_faults


@dataclass(frozen=True)
class Wanted:
    """One report: a format, and its file or None for standard output."""

    form: str
    file: Path | None = None


def wanted(text: str, folder: Path, formats: Collection[str] = ()) -> Wanted:
    """Return what ``FORMAT[=FILE]`` asks for, relative to a folder. Raises UsageTrouble.

    ``formats`` are those of a report that is not of checks, which extensions know nothing of.
    """
    form, _, file = text.partition("=")
    if form not in (formats or FORMATS) and (formats or form not in reporters()):
        if not formats:
            say_faults()
        known = tuple(formats) or (*FORMATS, *reporters())
        near = get_close_matches(form, known, 1)
        raise UsageTrouble(
            f"there is no report format {form!r}",
            (f"did you mean {near[0]}? " if near else "") + f"choose one of: {', '.join(known)}",
        )
    if file in ("", "-"):
        return Wanted(form)
    path = folder / file
    may_be_written(path, f"the report {file!r}")
    return Wanted(form, path)


def may_be_written(path: Path, what: str) -> None:
    """Raise UsageTrouble where a file cannot be written, before a run is spent on it."""
    if not path.absolute().parent.is_dir():
        raise UsageTrouble(f"{what} cannot be written: its folder does not exist", "create it first")
    if path.is_dir():
        raise UsageTrouble(f"{what} cannot be written: it is a folder", "name a file in it")
    is_new = not path.exists()
    try:
        path.open("ab").close()  # permissions alone do not tell: there are read-only file systems, and root
        if is_new:
            path.unlink()
    except OSError as error:
        raise UsageTrouble(f"{what} cannot be written: {error.strerror}", "name another file") from None


def write(report: Report, reports: list[Wanted], verbosity: int) -> None:
    """Write a report in each format that is wanted."""
    for each in reports:
        text = _render(report, each, verbosity)
        if each.file is None:
            click.echo(text, nl=False, color=True)
        else:
            write_text(each.file, text, f"the report {str(each.file)!r}")


def write_text(path: Path, text: str, what: str) -> None:
    """Write a file. Raises Trouble where that fails after all: a disk may be full by now."""
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise Trouble(f"{what} cannot be written: {error.strerror}", "the run is lost") from None


def _render(report: Report, each: Wanted, verbosity: int) -> str:
    if each.form != "terminal":
        return renderer(each.form)(report) if each.form in FORMATS else reporters()[each.form](report)
    from ..reporters import terminal

    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else terminal.WIDTH
    colour = each.file is None and wants_colour(sys.stdout)
    return terminal.render(report, colour=colour, verbosity=verbosity, width=width)
