"""What happens in a session of pytest that has servers to check."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Generator
from typing import Any

import pytest

from .catalog import all_checks, faults
from .engine.policy import PROFILES, judged_in
from .errors import UsageTrouble
from .pytest_items import ROOT, CheckItem, ServerCollector, ServerRuns, marker_name
from .pytest_shards import shards
from .reporters.timeline import visible
from .servers.command import resolve, split

SHARING = ("load", "loadgroup", "worksteal")
"""The ways of pytest-xdist to deal out tests under which the checks of a server go to several workers."""


class Conformance:
    """The hooks of a session: collects the checks, keeps shared exchanges together, minds the outcome."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        try:
            self.servers = _labelled(config.getoption("wsgi_servers") or config.getini("wsgi_servers"))
            self.profile = _profile(config)
            self.timeout = _timeout(config)
        except UsageTrouble as trouble:
            raise pytest.UsageError(f"{trouble.message}\nhint: {trouble.hint}") from None
        self.checks = tuple(
            check for check in all_checks() if check.withdrawn is None and judged_in(check, self.profile)
        )
        for topic in sorted({check.topic for check in self.checks}):
            config.addinivalue_line("markers", f"{marker_name(topic)}: checks of the topic {topic}")
        self._take_node_ids()
        self._outcomes: dict[str, set[str]] = defaultdict(set)
        if not hasattr(config, "workerinput"):
            config.option.wsgicheck_shared = config.getoption("dist", "no") in SHARING  # told to the workers

    def _take_node_ids(self) -> None:
        """Take ``wsgicheck::...`` out of the arguments: they name our items, and no file."""
        option = self.config.option
        if not hasattr(option, "wsgicheck_node_ids"):
            named = [argument for argument in self.config.args if _is_node_id(argument)]
            option.wsgicheck_node_ids = [argument[argument.index(ROOT) :] for argument in named]
            option.wsgicheck_alone = bool(named) and len(named) == len(self.config.args)
            self.config.args[:] = [argument for argument in self.config.args if argument not in named]
        if option.wsgicheck_alone:
            self.config.args[:] = []  # a worker without arguments would collect its whole folder
        self._node_ids: list[str] = option.wsgicheck_node_ids

    # ---- collecting -----------------------------------------------------------------------------------

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_collection_modifyitems(
        self, session: pytest.Session, items: list[pytest.Item]
    ) -> Generator[None, None, None]:
        """Add our items before anybody selects, sorts or marks."""
        shard_of = shards(self.checks, self._workers())
        for label, server in self.servers.items():
            collector = ServerCollector.from_parent(
                session,
                name=label,
                nodeid=f"{ROOT}::{label}",
                runs=ServerRuns(server, self.profile, self.timeout),
                checks=self.checks,
                shard_of=shard_of,
            )
            found = [item for item in session.genitems(collector) if self._is_named(item.nodeid)]
            for item in found:
                assert isinstance(item, CheckItem)
                item.add_marker(pytest.mark.xdist_group(f"{ROOT}-{label}-{item.shard}"))
            items += found
        self._refuse_unknown(items)
        return (yield)

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Tell each server which of its checks are left."""
        selected: dict[ServerRuns, list[Any]] = defaultdict(list)
        for item in session.items:
            if isinstance(item, CheckItem):
                selected[item.runs].append((item.check, item.shard))
        for runs, checks in selected.items():
            runs.select(checks)

    def _is_named(self, nodeid: str) -> bool:
        return not self._node_ids or any(
            nodeid == named or nodeid.startswith(named + "::") for named in self._node_ids
        )

    def _refuse_unknown(self, items: list[pytest.Item]) -> None:
        for named in self._node_ids:
            if not any(item.nodeid == named or item.nodeid.startswith(named + "::") for item in items):
                servers = ", ".join(f"{ROOT}::{label}" for label in self.servers)
                raise pytest.UsageError(f"there is no {named}\nhint: the servers are {servers}")

    def _workers(self) -> int:
        if not getattr(self.config.option, "wsgicheck_shared", False):
            return 1
        workerinput = getattr(self.config, "workerinput", None)
        return int(workerinput["workercount"]) if workerinput else 1

    # ---- dealing out ----------------------------------------------------------------------------------

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_make_scheduler(self, config: pytest.Config, log: Any) -> Any:
        """Keep the items of a shard together under xdist's default, which deals out one by one."""
        if config.getoption("dist") != "load":
            return None  # asked for by name: then it is what people get
        from .pytest_scheduler import ShardScheduling

        scheduling = ShardScheduling(config, log, lambda nodeid: self._group(nodeid, scheduling.numnodes))
        return scheduling

    def _group(self, nodeid: str, workers: int) -> str | None:
        if not _is_node_id(nodeid):
            return None
        if not hasattr(self, "_shard_of"):
            self._shard_of = shards(self.checks, workers)
        root, label, id = nodeid.split("::")
        return f"{root}::{label}::{self._shard_of[id]}"

    # ---- minding the outcome --------------------------------------------------------------------------

    def pytest_report_header(self) -> list[str]:
        """Say which servers are checked, and which extensions cannot be used."""
        servers = ", ".join(self.servers)
        broken = [f"wsgicheck: warning: {visible(str(fault))}" for fault in faults()]
        return [f"wsgicheck: {servers} (profile {self.profile})", *broken]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take note of what came of each server's items."""
        if _is_node_id(report.nodeid) and (report.when == "call" or report.failed):
            self._outcomes[report.nodeid.split("::")[1]].add(report.outcome)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Never end with 0 where nothing conclusive was found."""
        if session.exitstatus == pytest.ExitCode.OK and self._inconclusive():
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Say why the session failed although no item did."""
        for label in self._inconclusive():
            terminalreporter.write_line(
                f"wsgicheck: nothing conclusive was tested on {label}: every check was skipped", red=True
            )

    def _inconclusive(self) -> list[str]:
        return [label for label, outcomes in self._outcomes.items() if outcomes == {"skipped"}]


def _is_node_id(text: str) -> bool:
    return re.search(rf"(^|/){ROOT}::", text) is not None


def _labelled(servers: list[str]) -> dict[str, str]:
    """Return the servers by the label that stands in their node ids. Raises UsageTrouble."""
    found: dict[str, str] = {}
    for server in servers:
        name, command = resolve(server)
        split(command)
        label = plain = label_of(name)
        number = 2
        while label in found:
            label, number = f"{plain}-{number}", number + 1
        found[label] = server
    return found


def label_of(name: str) -> str:
    """Return a profile's name, or of a command the words that tell servers apart, without any address.

    ``gunicorn -k gthread --threads 4 -b {host}:{port} {app}`` becomes ``gunicorn-gthread-4``.
    """
    if " " not in name:
        return name
    words = [word.rpartition("/")[2] for word in name.split() if "{" not in word and not word.startswith("-")]
    return re.sub(r"[^A-Za-z0-9._-]+", "-", "-".join(words)).strip("-.") or "server"


def _profile(config: pytest.Config) -> str:
    profile = str(config.getoption("wsgi_profile") or config.getini("wsgi_profile"))
    if profile not in PROFILES:
        raise UsageTrouble(
            f"there is no profile {profile!r} (wsgi_profile)", f"one of: {', '.join(PROFILES)}"
        )
    return profile


def _timeout(config: pytest.Config) -> float:
    given = config.getoption("wsgi_timeout")
    if given is None:
        given = config.getini("wsgi_timeout")
    try:
        timeout = float(given)
    except ValueError:
        timeout = 0.0
    if not 0.2 <= timeout <= 600:
        raise UsageTrouble(f"wsgi_timeout is {given!r}", "it is a number of seconds, 0.2 to 600")
    return timeout
