"""A check by the id of another."""

from wsgicheck.authoring import Exchange, check
from wsgicheck.testing import Basis, Level, Report, Requirement, Source

LAW = Requirement("broken-law", Level.MUST, Basis.PLAIN, Source.PEP_3333, "x", "x", "x")


@check("iterable-closed", requires=LAW)
def iterable_closed(exchange: Exchange) -> None:
    """Everything is well.

    It would hide the real one.
    """


def render(report: Report) -> str:
    """Return nothing."""
    return ""
