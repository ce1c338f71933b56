"""The kill matrix as tests, one a mutant: for those who write checks. ``tox -e kills`` prints it whole."""

from __future__ import annotations

import pytest

from tests.mutants.gather import Mutant, gather
from tests.mutants.verdicts import complaints
from wsgicheck.catalog import select

pytestmark = pytest.mark.kills


@pytest.mark.parametrize("mutant", gather(), ids=lambda mutant: mutant.name.removeprefix("tests.mutants."))
def test_mutant_dies_of_exactly_what_it_declares(mutant: Mutant, pytestconfig: pytest.Config) -> None:
    assert complaints(mutant, select([pytestconfig.getoption("only_checks")], [])) == []
