"""The soak sees a leak, and nothing where there is none."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from tests.soak import Held, growth, soak

LEAKY = """
import sys
from reference_server import ReferenceServer
from reference_server.cli import main

KEPT = []

class Leaky(ReferenceServer):
    def close_connection(self, connection):
        super().close_connection(connection)
        KEPT.append({leak})

main(sys.argv[1:], server_class=Leaky)
"""


@pytest.mark.parametrize(
    ("leak", "words"),
    [
        ("open('/dev/null')", "descriptors grew from "),
        ("bytes(100_000)", "memory grew from "),
        ("None", ""),
    ],
)
def test_a_leak_of_a_connection_shows(
    tmp_path: Path,
    leak: str,
    words: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if "open" in leak:
        monkeypatch.setattr("tests.soak.QUIET_SECONDS", 0.5)
    program = tmp_path / "leaky.py"
    program.write_text(LEAKY.replace("{leak}", leak))
    faults = soak(f"{{python}} {shlex.quote(str(program))} {{app}} --port {{port}}", 1000, 7)
    assert "\n".join(faults).startswith(words) and bool(faults) == bool(words), faults
    assert "descriptors" in capsys.readouterr().out


def test_a_server_that_answers_wrongly_fails_at_once(tmp_path: Path) -> None:
    program = tmp_path / "wrong.py"
    program.write_text(
        "import sys\nfrom reference_server import ReferenceServer\nfrom reference_server.cli import main\n"
        "class Wrong(ReferenceServer):\n"
        "    def keep_alive(self, transaction):\n        return False\n"
        "main(sys.argv[1:], server_class=Wrong)\n"
    )
    (fault, *_) = soak(f"{{python}} {shlex.quote(str(program))} {{app}} --port {{port}}", 1000, 7)
    assert "WrongAnswer" in fault


def test_what_grew_is_named() -> None:
    level = Held(10, 2, 20_000_000, 1)
    assert growth(level, level) == []
    assert growth(level, Held(9, 2, 22_900_000, 1)) == []
    assert growth(level, Held(11, 3, 23_100_000, 2)) == [
        "descriptors grew from 10 to 11",
        "threads grew from 2 to 3",
        "memory grew from 19531 to 22558 kB",
        "processes: 1, then 2",
    ]
