"""The probe performs plays as they were written down, under every interpreter at hand."""

from __future__ import annotations

import contextlib
import importlib.util
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import wsgicheck
from tests.unit.running import SECONDS, Ground
from wsgicheck.authoring import perform
from wsgicheck.engine.room import Room, encode_play
from wsgicheck.model.play import Play, Repeated, Step

VERSIONS = [f"3.{minor}" for minor in range(6, 15)]
WSGIREF = (
    "'{interpreter}' -c '"
    "from wsgiref.simple_server import make_server; from {{module}} import {{callable}} as application; "
    'make_server("{{host}}", {{port}}, application).serve_forever()\''
)


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    room = Room()
    yield room
    room.close()
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def probe(room: Room) -> ModuleType:
    """Return the probe as a server imports it: the copy in the room."""
    spec = importlib.util.spec_from_file_location("probe_of_a_test", room.path / "wsgicheck_probe.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_names_in_a_room_are_what_the_probe_expects(room: Room, probe: ModuleType) -> None:
    assert room.path.name.startswith("wsgicheck-")
    assert {path.name for path in room.path.iterdir()} == {
        "__pycache__", "bell", "gates", "journal", "plays", "sample_apps", "wsgicheck_probe.py"
    }  # fmt: skip
    assert Path(probe.ROOM) == room.path
    assert (room.path.stat().st_mode & 0o022) == 0, "nobody else may write into the room"
    ticket = room.put_play(Play())
    assert probe.TICKET.fullmatch("wct-" + ticket)
    assert probe.load_play(ticket)["status"] == Play().status
    assert probe.load_play(ticket[:8] + "0" * 8) is None, "a ticket that nobody gave out"
    room.open_gate(ticket, "go")
    assert (room.path / "gates" / f"{ticket}.go").exists()


VALUES: list[Any] = [
    None, True, 7, 1.5, "text", "caf\u00e9 \u20ac \ud800", b"", bytes(range(256)), (), (1, b"2", ("3",)),
]  # fmt: skip


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_a_value_of_a_play_arrives_in_the_probe_as_it_was(probe: ModuleType, value: Any) -> None:
    written = json.loads(encode_play(Play(before=(Step("do", (value,)),))))
    step = probe.plain(written["before"][0])
    assert (step.op, step.args) == ("do", [value])
    assert type(step.args[0]) is type(value)


def test_repeated_octets_are_one_bytestring_in_the_probe(probe: ModuleType) -> None:
    play = Play(chunks=(Repeated(b"\xff\n", 3),), after=(Step("do", (Repeated(b"a", 2),)),))
    written = json.loads(encode_play(play))
    assert probe.plain(written["chunks"][0]) == b"\xff\n\xff\n\xff\n"
    assert probe.plain(written["after"][0]).args == [b"aa"]


def test_the_headers_of_a_start_are_a_list_of_tuples(probe: ModuleType) -> None:
    for op in ("start", "try_start"):
        written = json.loads(encode_play(Play(before=(Step(op, ("200 OK", (("A", "b"),))),))))
        assert probe.plain(written["before"][0]).args == ["200 OK", [("A", "b")]]


def test_chunks_may_be_octets_text_and_steps(probe: ModuleType) -> None:
    written = json.loads(encode_play(Play(chunks=(b"\xff", "text", Step("raise", ("why",))))))
    octets, text, step = (probe.plain(chunk) for chunk in written["chunks"])
    assert (octets, text, step.op, step.args) == (b"\xff", "text", "raise", ["why"])


def test_each_later_request_has_a_play_of_its_own(probe: ModuleType) -> None:
    play = Play(later=(Play(status="201 Second"), Play(status="202 Third")))
    written = json.loads(encode_play(play))
    for label in ("", "1", "2", "3", "4", "x"):
        assert probe.play_of_label(written, label)["status"] == play.of_label(label).status


def performed(room: Room, probe: ModuleType, play: Play) -> tuple[list[str], bytes]:
    """Return the kinds of what is journalled when a server does all that it should."""
    ticket = room.put_play(play)
    environ = {"HTTP_X_WSGICHECK_TICKET": "wct-" + ticket}
    returned = probe.application(environ, lambda status, headers, exc_info=None: lambda octets: None)
    content = b"".join(returned)
    if hasattr(returned, "close"):
        returned.close()
    lines = [json.loads(line) for line in (room.path / "journal").read_text().splitlines()]
    return [line["kind"] for line in lines if line["ticket"] == ticket], content


@pytest.mark.parametrize(
    "shape",
    ["iterator", "iterable", "getitem", "sized", "list", "tuple", "generator", "closeless", "file_wrapper"],
)
def test_the_journal_of_a_whole_call_contains_the_end_that_its_play_promises(
    room: Room, probe: ModuleType, shape: Any
) -> None:
    play = Play(shape=shape, chunks=(b"one", b"two"))
    kinds, content = performed(room, probe, play)
    assert content == b"onetwo"
    assert kinds[0] == "called"
    assert play.ends_with & set(kinds)


class EndlessInput:
    """It gives more, whatever it is asked for, as a stream that counts wrongly does."""

    def read(self, size: int = 1024**2) -> bytes:
        return b"x" * min(size, 1024**2)


@pytest.mark.parametrize("step", ["body", "content", "rest", "digest"])
def test_an_input_that_never_ends_is_not_read_for_ever(room: Room, probe: ModuleType, step: str) -> None:
    ticket = room.put_play(Play(before=(perform(step),)))
    environ = {
        "HTTP_X_WSGICHECK_TICKET": "wct-" + ticket,
        "wsgi.input": EndlessInput(),
        "wsgi.input_terminated": True,
    }
    with contextlib.suppress(probe.ProbeError):
        probe.application(environ, lambda status, headers, exc_info=None: None)
    lines = [json.loads(line) for line in (room.path / "journal").read_text().splitlines()]
    errors = [line["facts"]["error"] for line in lines if line["facts"].get("error")]
    assert "wsgi.input gives more than 16777216 octets" in str(errors[0])


def test_a_request_of_somebody_else_is_told_who_answers(probe: ModuleType) -> None:
    started: list[Any] = []
    assert probe.application({}, lambda *words: started.append(words)) == [
        b"This is the probe of wsgicheck.\n"
    ]
    assert started[0][0] == "200 OK"


def interpreter(version: str) -> str | None:
    """Return an interpreter of this version: of pyenv, or on PATH."""
    installed = sorted(Path("~/.pyenv/versions").expanduser().glob(f"{version}.*/bin/python"))
    candidates = [*map(str, installed), shutil.which(f"python{version}")]
    for candidate in filter(None, candidates):
        asked = subprocess.run(
            [candidate, "-c", "import sys, wsgiref.simple_server; print('%d.%d' % sys.version_info[:2])"],
            capture_output=True,
            text=True,
            timeout=SECONDS,
        )
        if asked.stdout.strip() == version:
            return candidate
    return None


@pytest.mark.parametrize("version", VERSIONS)
def test_a_server_under_this_interpreter_can_be_checked(ground: Ground, version: str) -> None:
    found = interpreter(version)
    if found is None:
        pytest.skip(f"there is no Python {version} here")
    command = WSGIREF.format(interpreter=found).replace("{{", "{").replace("}}", "}")
    ended = ground.run("--server", command, "--select", "call,iterable,close,strings", "--timeout", "2")
    assert ended.exit_code in (0, 1), ended.err + ended.out
    assert "INCOMPLETE" not in ended.out
    passed = int(next(line for line in ended.out.splitlines() if line.startswith("all ")).split()[1])
    assert passed > 10, ended.out


def test_the_probe_needs_nothing_but_the_standard_library() -> None:
    """Isolated and without site-packages it can still be imported."""
    file = Path(wsgicheck.__file__).parent / "probe" / "wsgicheck_probe.py"
    words = f"import sys; sys.path.insert(0, {str(file.parent)!r}); import wsgicheck_probe"
    subprocess.run([sys.executable, "-I", "-S", "-B", "-c", words], check=True, timeout=SECONDS)


def test_a_server_on_our_interpreter_takes_the_probe_as_we_compiled_it(room: Room) -> None:
    environment = {"PYTHONPATH": str(room.path), "PYTHONDONTWRITEBYTECODE": "1"}
    words = [sys.executable, "-v", "-c", "import wsgicheck_probe; print(wsgicheck_probe.ROOM)"]
    ended = subprocess.run(words, env=environment, capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == str(room.path)
    assert "# code object from '" + str(room.path / "__pycache__") in ended.stderr
