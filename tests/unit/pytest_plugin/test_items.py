"""One item a check and server, and what people do with items."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.unit.pytest_plugin.plugged import SINNER, Plugged, cases

BROKEN = "iterable-closed-on-returned-object"
KEPT = "iterable-closed-when-empty"
LABEL = "serve.py-tests.mutants.wsgi.close-ClosesIterator"
A_TEST = "def test_mine(): pass\n"


def test_without_the_option_it_collects_nothing_and_imports_nothing(plugged: Plugged) -> None:
    plugged.pytester.makepyfile(
        """
        import sys

        def test_mine(pytestconfig):
            ours = {name for name in sys.modules if name.split(".")[0] == "wsgicheck"}
            assert ours == {"wsgicheck", "wsgicheck.pytest_plugin"}
            assert not {"requests", "rich", "click", "psutil"} & set(sys.modules)
        """
    )
    plugged.run_apart().assert_outcomes(passed=1)


def test_its_names_are_all_its_own(plugged: Plugged) -> None:
    """A fixture or option called ``server`` or ``--profile`` would take another plugin's place."""
    fixtures = plugged.run("--fixtures", "-q").stdout.str()
    ours = re.findall(r"^(\w+)[^\n]*wsgicheck/pytest_plugin\.py", fixtures, re.M)
    assert sorted(ours) == ["wsgicheck_client", "wsgicheck_exchange", "wsgicheck_server"]
    plugged.pytester.makeini("[pytest]\naddopts = --strict-markers --strict-config\n")
    plugged.pytester.makepyfile(A_TEST)
    plugged.run().assert_outcomes(passed=1)


def test_items_carry_the_id_and_are_selected_by_it(plugged: Plugged) -> None:
    out = plugged.run("--wsgi-server", "reference", "-k", KEPT, "-v")
    out.assert_outcomes(passed=1, deselected=out.parseoutcomes()["deselected"])
    out.stdout.fnmatch_lines([f"wsgicheck::reference::{KEPT} PASSED*"])


def test_the_node_id_can_be_given_as_it_was_printed(plugged: Plugged) -> None:
    plugged.pytester.makepyfile(A_TEST)
    plugged.run("--wsgi-server", "reference", f"wsgicheck::reference::{KEPT}").assert_outcomes(passed=1)
    out = plugged.run("--wsgi-server", "reference", "wsgicheck::reference::no-such-check")
    assert out.ret == pytest.ExitCode.USAGE_ERROR
    out.stderr.fnmatch_lines(["*there is no wsgicheck::reference::no-such-check*"])


def test_markers_select_by_level_source_and_topic(plugged: Plugged) -> None:
    def selected(marks: str) -> int:
        out = plugged.run("--wsgi-server", "reference", "--collect-only", "-q", "-m", marks)
        return sum(line.startswith("wsgicheck::") for line in out.outlines)

    close, must = selected("wsgicheck_close"), selected("wsgicheck_close and wsgicheck_must")
    assert 0 < must <= close
    assert selected("wsgicheck_close and wsgicheck_rfc9112") == 0
    assert "wsgicheck_rfc9112" in plugged.run("--markers").stdout.str()


def test_a_failure_prints_what_the_command_line_prints(plugged: Plugged) -> None:
    out = plugged.run("--wsgi-server", SINNER, "-k", BROKEN)
    assert out.ret == pytest.ExitCode.TESTS_FAILED
    out.stdout.fnmatch_lines([f"FAILED wsgicheck::{LABEL}::{BROKEN} - calls of close(): want 1, got 0"])
    printed = plugged.command_line("-q", "--server", SINNER, "--select", BROKEN).stdout
    said = told(printed)
    assert said[0].startswith(f"FAIL {BROKEN}") and said[-1].endswith(f"wsgicheck explain {BROKEN}")
    assert told(out.stdout.str()) == said
    for end in (printed, out.stdout.str()):
        assert re.search(r"^ +[\d.]+ ms  client -> GET / ", end, re.M), "both ends are shown"
        assert re.search(r"^ +[\d.]+ ms  app       called ", end, re.M), "both ends are shown"


def told(text: str) -> list[str]:
    """Return the lines of the failure, but for its moments, which differ from run to run."""
    lines = text[text.index(f"FAIL {BROKEN}") :].splitlines()
    end = next(number for number, line in enumerate(lines) if "wsgicheck explain" in line)
    return [line for line in lines[: end + 1] if not re.match(r" +[\d.]+ ms  ", line)]


def test_a_failure_can_be_expected_and_an_expectation_can_be_stale(plugged: Plugged) -> None:
    plugged.pytester.makeconftest(
        f"""
        import pytest

        def pytest_collection_modifyitems(items):
            for item in items:
                if item.name in ("{BROKEN}", "{KEPT}"):
                    item.add_marker(pytest.mark.xfail(reason="known", strict=True))
        """
    )
    out = plugged.run("--wsgi-server", SINNER, "-k", f"{BROKEN} or {KEPT}")
    out.assert_outcomes(xfailed=1, failed=1, deselected=out.parseoutcomes()["deselected"])
    out.stdout.fnmatch_lines(["*XPASS(strict)*known*"])


def test_the_last_failed_are_run_again_and_nothing_else(plugged: Plugged) -> None:
    plugged.pytester.makepyfile(A_TEST)
    first = plugged.run("--wsgi-server", SINNER, "-k", f"{BROKEN} or {KEPT} or mine")
    assert (first.parseoutcomes()["failed"], first.parseoutcomes()["passed"]) == (1, 2)
    again = plugged.run("--wsgi-server", SINNER, "--lf", "-v")
    assert again.parseoutcomes().get("passed", 0) == 0
    again.stdout.fnmatch_lines([f"*::{BROKEN} FAILED*"])
    stopped = plugged.run("--wsgi-server", SINNER, "-x", "-k", f"{BROKEN} or getitem-iterable-closed")
    assert stopped.parseoutcomes()["failed"] == 1


def test_what_does_not_apply_is_skipped_and_says_why(plugged: Plugged) -> None:
    out = plugged.run("--wsgi-server", "wsgiref", "-m", "wsgicheck_expect_continue or wsgicheck_call", "-rs")
    assert out.parseoutcomes()["skipped"] >= 1
    out.stdout.re_match_lines(
        [r"SKIPPED \[\d+\] .*expect_continue\.py:\d+: (inapplicable|inconclusive): \w+"]
    )


def test_a_session_in_which_nothing_was_conclusive_does_not_succeed(plugged: Plugged) -> None:
    skipped = "-m", "wsgicheck_expect_continue and wsgicheck_rfc9110"
    verdicts = plugged.verdicts("--wsgi-server", "wsgiref", *skipped)
    silent = [id for id, verdict in verdicts.items() if verdict not in ("pass", "fail")]
    assert silent, "wsgiref speaks HTTP/1.0, which has no such rules"
    out = plugged.run("--wsgi-server", "wsgiref", *(f"wsgicheck::wsgiref::{id}" for id in silent))
    assert out.ret == pytest.ExitCode.TESTS_FAILED
    out.stdout.fnmatch_lines(["*nothing conclusive was tested on wsgiref*"])


def test_a_server_that_does_not_start_is_an_error_not_a_failure(plugged: Plugged, tmp_path: Path) -> None:
    server = "{python} -c 'print(\"no luck\"); raise SystemExit(7)' {app} {port}"
    out = plugged.run("--wsgi-server", server, "-m", "wsgicheck_close", "--junitxml", str(tmp_path / "j.xml"))
    assert set(out.parseoutcomes()) == {"errors", "deselected"}
    out.stdout.fnmatch_lines(["*the server exited at once*status 7*", "*| no luck*"])
    assert {tuple(outcomes) for _, outcomes, _ in cases(tmp_path / "j.xml")} == {("error",)}
    assert out.stdout.str().count("no luck") < 5, "the whole story is told once"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--wsgi-server", "gunicron"), "*'gunicron' is neither a profile nor a command*"),
        (("--wsgi-server", "serve {app}"), "*does not say where to listen: {port} is missing*"),
        (("--wsgi-server", "reference", "--wsgi-timeout", "0"), "*wsgi_timeout is*"),
    ],
)
def test_what_cannot_be_obeyed_is_a_usage_error(
    plugged: Plugged, arguments: tuple[str, ...], words: str
) -> None:
    out = plugged.run(*arguments)
    assert out.ret == pytest.ExitCode.USAGE_ERROR
    out.stderr.fnmatch_lines([words, "hint: *"])


def test_servers_stand_in_the_configuration_and_the_command_line_overrides_them(plugged: Plugged) -> None:
    plugged.pytester.makepyprojecttoml(
        '[tool.pytest.ini_options]\nwsgi_servers = ["reference", "wsgiref"]\nwsgi_profile = "wsgi"\n'
    )
    out = plugged.run("-k", KEPT, "-v")
    out.stdout.fnmatch_lines([f"wsgicheck::reference::{KEPT} PASSED*", f"wsgicheck::wsgiref::{KEPT} *"])
    out = plugged.run("-k", KEPT, "-v", "--wsgi-server", "wsgiref")
    out.stdout.no_fnmatch_line("wsgicheck::reference::*")
    assert "profile wsgi)" in out.stdout.str()
