"""One pytest item a check and server, and the run of a server that several items share."""

from __future__ import annotations

import inspect
import shlex
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from _pytest._code.code import (
    ExceptionInfo,
    ReprEntryNative,
    ReprExceptionInfo,
    ReprFileLocation,
    ReprTraceback,
    TerminalRepr,
)

from .engine.session import Order, check_server
from .errors import Trouble
from .model.check import Check
from .model.result import Report, Result, Verdict
from .reporters.terminal import failure
from .reporters.timeline import visible
from .reporters.words import headline

ROOT = "wsgicheck"
OUTPUT_LINES = 15


class ServerRuns:
    """The runs of one server: each shard is run once, when the first of its items is asked for.

    Runs exactly the checks that were selected; a server that does not start is not tried again.
    """

    def __init__(self, server: str, profile: str, timeout: float) -> None:
        self._order = (server, profile, timeout)
        self.option = f"--server {shlex.quote(server)}"
        self._selected: dict[int, list[Check]] = {}
        self._reports: dict[int, Report] = {}
        self._results: dict[str, Result] = {}
        self.trouble: Trouble | None = None

    def select(self, selected: Iterable[tuple[Check, int]]) -> None:
        """Take note of what is to be run: each check with its shard."""
        for check, shard in selected:
            self._selected.setdefault(shard, []).append(check)

    def has_run(self, shard: int) -> bool:
        """Return whether a shard was run, or will never be."""
        return self.trouble is not None or shard in self._reports

    def run(self, shard: int) -> Report:
        """Run a shard. Raises Trouble where the server cannot be started."""
        server, profile, timeout = self._order
        order = Order(server, tuple(self._selected[shard]), profile, timeout=timeout)
        try:
            report = check_server(order, lambda event: None)
        except Trouble as trouble:
            self.trouble = trouble
            raise
        self._reports[shard] = report
        self._results.update({result.check.id: result for result in report.results})
        return report

    def result(self, check: Check, shard: int) -> Result | str:
        """Return what was found, or in words why nothing was."""
        if self.trouble is not None:
            return f"the server did not start: {visible(self.trouble.message)} (the first error shows more)"
        found = self._results.get(check.id)
        if found is not None:
            return found
        return f"was not conducted: {visible(self._reports[shard].trouble or 'the run was given up')}"


class ServerCollector(pytest.Collector):
    """Collects the checks of one server."""

    def __init__(self, *, runs: ServerRuns, checks: Iterable[Check], shard_of: dict[str, int], **more: Any):
        super().__init__(**more)
        self.runs = runs
        self._checks = tuple(checks)
        self._shard_of = shard_of

    def collect(self) -> Iterable[CheckItem]:
        """Return an item for each check, those of one shard together."""
        for check in sorted(self._checks, key=lambda check: self._shard_of[check.id]):
            shard = self._shard_of[check.id]
            yield CheckItem.from_parent(self, name=check.id, check=check, runs=self.runs, shard=shard)


class CheckItem(pytest.Item):
    """One check of one server."""

    def __init__(self, *, check: Check, runs: ServerRuns, shard: int, **more: Any) -> None:
        super().__init__(**more)
        self.check = check
        self.runs = runs
        self.shard = shard
        self._incomplete = ""
        words = {"level": check.law.level.value, "source": check.source.value, "topic": check.topic}
        self.add_marker(pytest.mark.wsgicheck(**words))
        for word in words.values():
            self.add_marker(getattr(pytest.mark, marker_name(word)))
        self.user_properties += [(f"wsgicheck_{name}", word) for name, word in words.items()]

    def setup(self) -> None:
        """Run the item's shard if need be. What says nothing about the server is an error, not a failure."""
        if not self.runs.has_run(self.shard):
            try:
                report = self.runs.run(self.shard)
            except Trouble as trouble:
                pytest.fail(_trouble_text(trouble), pytrace=False)
            if not report.complete:
                self._incomplete = "INCOMPLETE: " + visible(report.trouble or "not every check was conducted")
        result = self.runs.result(self.check, self.shard)
        if isinstance(result, str):
            pytest.fail(result, pytrace=False)
        self.result = result
        self.user_properties.append(("wsgicheck_verdict", result.verdict.value))
        if result.verdict is Verdict.FAIL:
            self.user_properties.append(("wsgicheck_severity", result.severity.value))
        if result.verdict is Verdict.ERROR:
            pytest.fail(failure(result), pytrace=False)

    def runtest(self) -> None:
        """Say what was found."""
        verdict = self.result.verdict
        if verdict is Verdict.FAIL:
            raise CheckFailure(self.result, self.runs.option)
        if verdict is not Verdict.PASS:
            reason = f"{verdict.value}: {headline(self.result)}"
            raise pytest.skip.Exception(reason, _use_item_location=True)

    def teardown(self) -> None:
        """An incomplete run is told once, behind the item that started it."""
        if self._incomplete:
            pytest.fail(self._incomplete, pytrace=False)

    def repr_failure(self, excinfo: ExceptionInfo[BaseException], style: Any = None) -> str | TerminalRepr:
        """Return the same text as the command line prints."""
        if not isinstance(excinfo.value, CheckFailure):
            return super().repr_failure(excinfo, style)
        result = excinfo.value.result
        path, line, _ = self.reportinfo()
        lines = failure(result, excinfo.value.option).splitlines(keepends=True)
        text = ReprTraceback([ReprEntryNative(lines)], None, "native")
        return ReprExceptionInfo(text, ReprFileLocation(str(path), line + 1, headline(result)))

    def reportinfo(self) -> tuple[Path, int, str]:
        """Return where the check is written: its judge's file, line (from 0) and its name."""
        code = inspect.unwrap(self.check.judge).__code__
        return Path(code.co_filename), code.co_firstlineno - 1, self.check.id


class CheckFailure(Exception):
    """A check that failed; carries its result, and what selects its server on the command line."""

    def __init__(self, result: Result, option: str) -> None:
        super().__init__(headline(result))
        self.result, self.option = result, option


def marker_name(word: str) -> str:
    """Return the marker of a level, a source or a topic: ``wsgicheck_`` and the word itself."""
    plain = word.lower().replace("-", "_")
    letters, _, number = plain.partition(" ")
    return f"{ROOT}_{letters}{number}" if number.isdigit() else f"{ROOT}_{plain.replace(' ', '_')}"


def _trouble_text(trouble: Trouble) -> str:
    lines = [visible(trouble.message), f"hint: {visible(trouble.hint)}"]
    last = trouble.output.rstrip().splitlines()[-OUTPUT_LINES:]
    if last:
        lines += ["the server's last words:", *("  | " + visible(line) for line in last)]
    return "\n".join(lines)
