"""The declaration of a requirement, in the same words for every text."""

from __future__ import annotations

import re

from wsgicheck.model.law import Basis, Level, Requirement, Source


def law(
    source: Source,
    section: str,
    id: str,
    level: Level,
    basis: Basis,
    quote: str,
    *,
    inference: str | None = None,
    untested: str | None = None,
) -> Requirement:
    """Return a requirement; its section is a heading of the PEP, or a number of an RFC such as ``6.1``."""
    return Requirement(
        id, level, basis, source, section, _anchor(source, section), quote, inference, untested
    )


def _anchor(source: Source, section: str) -> str:
    if source is Source.PEP_3333:
        return re.sub(r"[^a-z0-9]+", "-", section.lower()).strip("-")
    return f"section-{section}"
