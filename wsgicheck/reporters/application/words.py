"""The words of an examination that every format uses."""

from __future__ import annotations

from ...model.examination import Examination, Finding
from ..timeline import visible


def weight(finding: Finding) -> str:
    """Return ``error`` for a broken MUST and ``warning`` for a broken SHOULD."""
    return "error" if finding.violation.grave else "warning"


def headline(finding: Finding) -> str:
    """Return what was found, and where, in one line."""
    return f"{visible(' '.join(finding.violation.message.split()))} (seen at {visible(finding.visit)})"


def account(finding: Finding) -> str:
    """Return the whole account of a finding as plain text: what was seen, clause, address."""
    law = finding.violation.law
    clause = f'"{law.quote}" ({law.source.value}, {law.section}, {law.level.value})'
    return f"{headline(finding)}\n\n{clause}\n{law.url}"


def topic(finding: Finding) -> str:
    """Return whose duty it is: ``application``, ``middleware`` or ``server``."""
    prefix = finding.violation.law.id.partition("-")[0]
    return prefix if prefix in ("application", "middleware") else "server"


def tally(examination: Examination) -> str:
    """Return the figures in one line."""
    return f"{len(examination.fails)} fail, {len(examination.warnings)} warn"
