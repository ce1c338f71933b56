"""What came of the examination of an application, or of middleware."""

from __future__ import annotations

from dataclasses import dataclass

from .result import Environment
from .violation import Violation


@dataclass(frozen=True)
class Finding:
    """A violation, and the visit that showed it first."""

    violation: Violation
    visit: str


@dataclass(frozen=True)
class Examination:
    """All visits to one application, and what they showed.

    A duty without a finding was not seen broken. That is less than a pass: perhaps no visit came near it.
    """

    tool: str
    application: str
    middleware: bool
    server: str | None
    """Over what the visits were paid besides in process, or None where that was all."""
    strict: bool
    environment: Environment
    visits: tuple[str, ...]
    findings: tuple[Finding, ...]
    duration: float = 0.0
    location: tuple[str, int] = ("pyproject.toml", 1)
    """File and line of the callable, for formats that must point somewhere."""

    @property
    def fails(self) -> tuple[Finding, ...]:
        """Each MUST that was broken."""
        return tuple(finding for finding in self.findings if finding.violation.grave)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """Each SHOULD that was broken."""
        return tuple(finding for finding in self.findings if not finding.violation.grave)

    @property
    def by_duty(self) -> dict[str, list[Finding]]:
        """The findings of each duty's id, in the order in which they were made."""
        grouped: dict[str, list[Finding]] = {}
        for finding in self.findings:
            grouped.setdefault(finding.violation.law.id, []).append(finding)
        return grouped

    @property
    def clean_visits(self) -> tuple[str, ...]:
        """The visits that showed nothing, in whatever manner they were paid."""
        return tuple(
            visit
            for visit in self.visits
            if not any(each.visit == visit or each.visit.startswith(f"{visit} (") for each in self.findings)
        )

    @property
    def violated(self) -> bool:
        """Whether the exit code is 1: a MUST was broken, or a SHOULD where that counts as well."""
        return bool(self.fails or (self.strict and self.findings))
