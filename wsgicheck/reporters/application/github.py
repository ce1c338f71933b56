"""GitHub annotations: one line for the whole examination, at the line of the callable."""

from __future__ import annotations

from ...model.examination import Examination
from ..github import MOST_IDS, escaped, escaped_property
from ..timeline import visible
from .words import tally


def render(examination: Examination) -> str:
    """Return one workflow command: an error, a warning or a notice, with the duties, the gravest first."""
    kind = "error" if examination.violated else "warning" if examination.findings else "notice"
    ids = [*reversed(examination.by_duty)]
    more = len(ids) - MOST_IDS
    text = tally(examination) + (": " + ", ".join(ids[:MOST_IDS]) if ids else "")
    text += f" and {more} more" if more > 0 else ""
    file, line = examination.location
    place = f"file={escaped_property(visible(file))},line={line}," if examination.findings else ""
    title = escaped_property(visible(f"wsgicheck app {examination.application}"))
    return f"::{kind} {place}title={title}::{escaped(text)}\n"
