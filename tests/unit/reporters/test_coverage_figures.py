"""The figures of ``wsgicheck list --coverage`` over a small ruler."""

from __future__ import annotations

from wsgicheck.model.row import Row
from wsgicheck.reporters.coverage import row_figures

ROWS = (
    Row("S-1", "MUST", "probe", ("one",)),
    Row("S-2", "MUST NOT", "client", ("withdrawn",)),
    Row("S-3", "SHOULD", "log", reason="nothing tells"),
    Row("S-4", "MAY", "both"),
    Row("S-5", "MUST", "untestable", reason="a duty of the documentation"),
)


def test_only_what_can_be_seen_is_counted_and_only_checks_that_exist_judge() -> None:
    assert row_figures(ROWS, {"one"})[2:] == [
        "rows that can be seen from outside: 3 of 4 accounted for",
        "rows that are more than a tolerance: 1 of 3 judged (33.3 %)",
        "every MUST that can be seen from outside: 1 of 2 judged (50.0 %)",
        "tolerances: 0 of 1 judged (0.0 %); the others are nothing that a server could fail",
    ]


def test_without_a_ruler_nothing_is_said() -> None:
    assert row_figures((), {"one"}) == []
