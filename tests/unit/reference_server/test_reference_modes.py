"""The suite over the reference server, in each mode: one thread, many, processes, UNIX, IPv6, TLS."""

from __future__ import annotations

import pytest

from wsgicheck.catalog import all_checks, select
from wsgicheck.engine.session import Order, check_server
from wsgicheck.model.result import Verdict

TCP = "{python} -m reference_server {app} --host {host} --port {port}"
TLS = "--tls-cert {tls_cert} --tls-key {tls_key}"
UNIX = "{python} -m reference_server {app} --unix {socket}"
MODES = {
    "one thread": (f"{TCP} --threads 1", "127.0.0.1"),
    "eight threads": (f"{TCP} --threads 8", "127.0.0.1"),
    "two processes": (f"{TCP} --processes 2 --threads 2", "127.0.0.1"),
    "two processes of one thread": (f"{TCP} --processes 2 --threads 1", "127.0.0.1"),
    "content spooled": (f"{TCP} --spool 1000", "127.0.0.1"),
    "content spooled, one thread": (f"{TCP} --spool 1000 --threads 1", "127.0.0.1"),
    "UNIX": (UNIX, "127.0.0.1"),
    "UNIX and two processes": (f"{UNIX} --processes 2 --threads 2", "127.0.0.1"),
    "IPv6": (TCP, "::1"),
    "TLS": (f"{TCP} {TLS}", "127.0.0.1"),
    "TLS and one thread": (f"{TCP} {TLS} --threads 1", "127.0.0.1"),
    "TLS and two processes": (f"{TCP} {TLS} --processes 2 --threads 2", "127.0.0.1"),
    "TLS over IPv6": (f"{TCP} {TLS}", "::1"),
    "TLS over UNIX": (f"{UNIX} {TLS}", "127.0.0.1"),
}
# What may depend on where and by whom a request is served.
TOPICS = (
    "cgi-variables",
    "client-variables",
    "concurrency",
    "wsgi-variables",
    "expect-continue",
    "file-sending",
    "input-content",
    "persistence",
    "tls",
    "tls-variables",
)


def troubles(mode: str, checks) -> tuple[list[str], int]:
    """Return what went wrong, in words, and how many checks passed."""
    command, host = MODES[mode]
    order = Order(command, checks, profile="edge", host=host, tls=TLS in command)
    report = check_server(order, lambda event: None)
    assert report.complete, report.trouble
    wrong = [
        f"{result.check.id}: {result.message}"
        for result in report.results
        if result.verdict in (Verdict.FAIL, Verdict.ERROR)
    ]
    return wrong, sum(result.verdict is Verdict.PASS for result in report.results)


@pytest.mark.parametrize("mode", MODES)
def test_what_depends_on_the_mode_holds_in_it(mode):
    """The checks of the topics that a mode could break."""
    checks = select(TOPICS, ())
    wrong, passed = troubles(mode, checks)
    assert wrong == [] and passed > len(checks) * 0.7


@pytest.mark.modes
@pytest.mark.parametrize("mode", MODES)
def test_every_check_holds_in_the_mode(mode):
    """All of them, by the letter; few find nothing to look at: storms and plain-text schemes over TLS."""
    wrong, passed = troubles(mode, all_checks())
    assert wrong == [] and passed > 0.9 * len(all_checks())
