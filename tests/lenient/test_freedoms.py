"""What each lenient twin promises, without serving it."""

from __future__ import annotations

import fnmatch
import importlib

import pytest

from tests.lenient.gather import Twin, gather
from tests.unit.spec.test_citations import FILES, fold, sections, specs
from wsgicheck.catalog import all_checks

TWINS = gather()

each_twin = pytest.mark.parametrize("twin", TWINS, ids=lambda twin: twin.name.removeprefix("tests.lenient."))


def test_there_are_dozens_of_twins() -> None:
    assert len(TWINS) >= 50


@each_twin
def test_the_sentence_that_grants_the_freedom_stands_in_its_section(twin: Twin) -> None:
    found = sections(twin.freedom.source)
    if found is None:
        pytest.skip(f"no {FILES[twin.freedom.source]} in {specs()}; WSGICHECK_SPECS names another folder")
    assert twin.freedom.section in found
    assert fold(twin.freedom.quote) in found[twin.freedom.section]


@each_twin
def test_a_twin_says_what_it_does(twin: Twin) -> None:
    module, _, name = twin.name.partition(":")
    assert getattr(importlib.import_module(module), name).__doc__


@each_twin
def test_a_declared_warning_is_of_a_check_that_exists(twin: Twin) -> None:
    ids = [check.id for check in all_checks()]
    assert [pattern for pattern in twin.warns if not fnmatch.filter(ids, pattern)] == []
    assert all(twin.warns.values())
