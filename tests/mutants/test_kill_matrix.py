"""The kill matrix as tests, one a mutant, with the checks of its own topics: for those who write checks.

``tox -e kills`` holds every mutant against every check, and prints the matrix.
"""

from __future__ import annotations

import pytest

from tests.mutants.gather import Mutant, gather
from tests.mutants.verdicts import complaints, near
from wsgicheck.catalog import select

pytestmark = pytest.mark.kills


@pytest.mark.parametrize("mutant", gather(), ids=lambda mutant: mutant.name.removeprefix("tests.mutants."))
def test_mutant_dies_of_exactly_what_it_declares(mutant: Mutant, pytestconfig: pytest.Config) -> None:
    wanted = pytestconfig.getoption("only_checks")
    assert complaints(mutant, select([wanted], []) if wanted else near(mutant)) == []
