"""What the measurement makes of its figures: the tables, and their place in the page."""

from __future__ import annotations

import pytest

from tests.throughput import (
    BEGINNING,
    END,
    IDLE,
    KEEPING,
    PAGE,
    SERVERS,
    TRANSFERS,
    Measured,
    beside_table,
    requests_table,
    transfers_table,
    written_into,
)


def results(own: float) -> dict[str, Measured]:
    """Every other server answers a thousand requests a second."""
    found = {}
    for name in SERVERS:
        rate = own if name.startswith("reference") else 1000.0
        found[name] = Measured(
            [rate, rate * 2, 1.0],
            [100.0] * 3,
            0,
            {kind: [rate] for kind in TRANSFERS},
            {number: [rate / number] for number in IDLE},
            dict.fromkeys(IDLE, 7),
        )
    return found


@pytest.mark.parametrize(("own", "said"), [(1500.0, "met: 1.50 times"), (500.0, "missed: 0.50 times")])
def test_the_aim_is_said_to_be_met_or_missed(own: float, said: str) -> None:
    *_, sentence, empty = requests_table(results(own))
    assert said in sentence and empty == ""


def test_ratios_are_those_of_medians() -> None:
    text = "\n".join(requests_table(results(1500.0)))
    assert "| reference | this tree | 1500 | 1 to 3000 | 1.00 times | 100 | 0 |" in text
    assert "| wsgiref | Python " in text and text.count("| 1.50 times |") == len(SERVERS) - 2
    assert text.index("| reference |") < text.index("| waitress |")
    assert "| 1000 (1.50) |" in "\n".join(transfers_table(results(1500.0)))
    rows = [row for row in beside_table(results(1500.0)) if row.startswith("| ")]
    assert len(rows) == len(KEEPING) + 1
    assert rows[1] == "| reference | 1500 (7) | 150 (7) | 15 (7) | 2 (7) | 0.00 times |"


def test_the_page_has_a_place_for_the_tables_and_keeps_what_is_around() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page.count(BEGINNING) == page.count(END) == 1
    assert written_into(f"a\n{BEGINNING}old\n{END}b\n", "new\n") == f"a\n{BEGINNING}new\n{END}b\n"
    with pytest.raises(SystemExit, match="no place"):
        written_into("a page", "new")
