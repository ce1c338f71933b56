"""The framework sites under a real server: where the frameworks are installed, and where they are not."""

from __future__ import annotations

import importlib.util

import pytest

from wsgicheck.catalog import all_checks
from wsgicheck.engine.session import Order, check_server
from wsgicheck.model.result import Verdict

FRAMEWORKS = ("bottle", "django", "flask")
WITHOUT = (
    "{python} -c '"
    'import sys; sys.modules.update(dict.fromkeys(("bottle", "django", "flask"))); '
    "from reference_server.cli import main; "
    'sys.exit(main(["{app}", "--host", "{host}", "--port", "{port}"]))\''
)
"""The reference server in an interpreter where none of the three can be imported."""


def verdicts(server: str, *names: str) -> dict[str, Verdict]:
    """Return the verdict of each check of these frameworks, and of one that needs none."""
    checks = tuple(
        check
        for check in all_checks()
        if check.id.partition("-")[0] in names or check.id == "missing-page-answered-404"
    )
    report = check_server(Order(server, checks), lambda event: None)
    assert report.complete, report.trouble
    return {result.check.id: result.verdict for result in report.results}


@pytest.mark.parametrize("name", FRAMEWORKS)
def test_the_site_is_served_in_order(name: str) -> None:
    if importlib.util.find_spec(name) is None:
        pytest.skip(f"{name} is not installed: tox -e field has it")
    found = verdicts("reference", name)
    assert len(found) == 9
    assert set(found.values()) == {Verdict.PASS}, found


def test_a_framework_that_is_not_installed_makes_its_checks_inapplicable() -> None:
    """Nobody is at fault, and the checks of other applications go on."""
    found = verdicts(WITHOUT, *FRAMEWORKS)
    assert found.pop("missing-page-answered-404") is Verdict.PASS
    assert len(found) == 24
    assert set(found.values()) == {Verdict.INAPPLICABLE}, found
