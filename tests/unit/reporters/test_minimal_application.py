"""The minimal application of every check can be saved and served: it runs, and yields what the play does."""

from __future__ import annotations

import io
import re
import sys
import time
from dataclasses import replace
from typing import Any

import pytest

from wsgicheck.catalog import all_checks
from wsgicheck.model.check import Check
from wsgicheck.model.play import Play, Repeated, Step
from wsgicheck.reporters.minimal_application import literal, source

CHECKS = [check for check in all_checks() if not check.play.application]


def plays_by_topic() -> dict[str, dict[str, Play]]:
    """Many checks share a play: each is served once, under the name of its first check."""
    plays: dict[str, dict[str, Play]] = {}
    for check in {check.play: check for check in reversed(CHECKS)}.values():
        plays.setdefault(check.topic, {})[check.id] = check.play
    return plays


PLAYS = plays_by_topic()


def wrap(file: Any, size: int = 8192, /) -> Any:
    """Do as the PEP's own example does."""
    return iter(lambda: file.read(size), b"")


class Wrapper:
    def __init__(self, file: Any, size: int = 8192, /) -> None:
        self.blocks = wrap(file, size)
        self.close = getattr(file, "close", lambda: None)

    def __iter__(self) -> Any:
        return self.blocks


def environ_of() -> dict[str, Any]:
    return {
        "REQUEST_METHOD": "POST",
        "CONTENT_LENGTH": "11",
        "wsgi.input": io.BytesIO(b"the content"),
        "wsgi.errors": io.StringIO(),
        "wsgi.file_wrapper": Wrapper,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }


def served(application: Any) -> tuple[list[tuple[Any, ...]], bytes, BaseException | None]:
    """Serve one request as the PEP's sample gateway does; return calls, content, and what was raised."""
    calls: list[tuple[Any, ...]] = []
    content: list[Any] = []

    def start_response(*arguments: Any) -> Any:
        calls.append(arguments)
        return content.append

    raised: BaseException | None = None
    returned = None
    try:
        returned = application(environ_of(), start_response)
        content.extend(block for block in returned)
    except BaseException as error:  # a play may raise what is no Exception
        raised = error
    finally:
        if hasattr(returned, "close"):
            try:
                returned.close()
            except BaseException as error:
                raised = raised or error
    return calls, b"".join(block for block in content if isinstance(block, bytes)), raised


def octets_of(value: object) -> bytes:
    if isinstance(value, Repeated):
        return value.octets * value.times
    return value if isinstance(value, bytes) else b""


def raises(steps: tuple[Any, ...]) -> bool:
    return any(isinstance(step, Step) and step.op in ("raise", "raise_as") for step in steps)


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("closable", [True, False], ids=["closable", "short"])
@pytest.mark.parametrize("topic", PLAYS)
def test_a_minimal_application_runs_and_yields_what_the_play_does(
    topic: str, closable: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(time, "sleep", lambda seconds: None)
    for id, play in PLAYS[topic].items():
        _run(id, play, closable)


def _run(id: str, play: Play, closable: bool) -> None:
    module: dict[str, Any] = {}
    exec(compile(source(play, closable=closable), f"<{id}>", "exec"), module)
    calls, content, raised = served(module["application"])
    fails = raises((*play.before, *play.after, *play.chunks, *play.closing))
    unable = play.shape in ("broken", "nothing", "bytes") or re.search(
        "breaks-off|disk-fails", repr(play.before)
    )
    if fails or unable or not all(isinstance(c, (bytes, Step, Repeated)) for c in play.chunks):
        return
    assert raised is None, f"{raised!r}\n{source(play)}"
    starts = [step for step in (*play.before, *play.after, *play.chunks) if isinstance(step, Step)]
    assert len(calls) == play.starts + sum("start" in step.op for step in starts)
    if play.starts and not play.before:
        assert calls[0][0] == play.status
        assert [name for name, _ in calls[0][1]] == [name for name, _ in play.headers]
    if play.shape not in ("wrapped", "upper_cased"):
        steps = [step.args[0] if step.op == "try" else step for step in play.after]
        written = [step.args[0] for step in steps if isinstance(step, Step) and step.op.startswith("write")]
        assert content == b"".join(map(octets_of, (*written, *play.chunks)))


@pytest.mark.parametrize("check", CHECKS[:5], ids=lambda check: check.id)
def test_a_minimal_application_is_no_longer_than_a_page(check: Check) -> None:
    assert len(source(check.play).splitlines()) < 60


def test_the_application_of_a_later_request_is_another() -> None:
    play = Play(chunks=(b"first",), later=(Play(status="201 Second", chunks=(b"second",)),))
    module: dict[str, Any] = {}
    exec(source(play), module)
    assert [served(module["application"])[1] for _ in range(3)] == [b"first", b"second", b"second"]


def test_each_of_many_requests_has_its_application() -> None:
    wanted = [b"number %d" % number for number in range(12)]
    first, *later = (Play(chunks=(text,)) for text in wanted)
    module: dict[str, Any] = {}
    exec(source(replace(first, later=tuple(later))), module)
    assert [served(module["application"])[1] for _ in wanted] == wanted


def test_what_is_long_is_written_as_a_repetition() -> None:
    for value in (b"x" * 5000, b"0123456789abcde\n" * 3000 + b"\x01", "ab" * 3000 + "a"):
        text = literal(value)
        assert len(text) < 100
        assert eval(text) == value


def test_a_sample_application_is_imported() -> None:
    module: dict[str, Any] = {}
    exec(source(Play(application="sample_apps.site:application")), module)
    assert callable(module["application"]) and "sample_apps.site" in sys.modules
