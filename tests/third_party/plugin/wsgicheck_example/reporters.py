"""Comma-separated values."""

from wsgicheck.testing import Report


def render(report: Report) -> str:
    """Return a line for each check: its id and its verdict."""
    return "".join(f"{result.check.id},{result.verdict.value}\n" for result in report.results)
