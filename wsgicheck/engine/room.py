"""The room: the scratch directory where the probe finds its plays and leaves its journal."""

from __future__ import annotations

import atexit
import contextlib
import functools
import importlib.util
import json
import marshal
import os
import secrets
import shutil
import sys
import tempfile
import threading
from importlib import resources
from pathlib import Path
from typing import Any

from ..model.play import Play, Repeated, Step
from .journal import Journal

PROBE_FILE = "wsgicheck_probe.py"


class Room:
    """A directory of one run, put on the server's ``PYTHONPATH``: the probe, the plays, gates, a journal.

    One ``within`` another room goes with that one, should we be killed. ``samples``: whether the sample
    applications are put there too.
    """

    def __init__(self, within: Room | None = None, samples: bool = True) -> None:
        prefix, folder = ("copy-", within.path) if within else ("wsgicheck-", None)
        self.path: Path = Path(tempfile.mkdtemp(prefix=prefix, dir=folder))
        atexit.register(self._remove)  # for an interrupt at any point from here on
        (self.path / "gates").mkdir()
        (self.path / PROBE_FILE).write_bytes(_probe())
        self._put_compiled_probe()
        if samples:
            _copy_tree(resources.files("sample_apps"), self.path / "sample_apps")
        (self.path / "journal").touch()
        self._open_for_dropped_privileges()
        self.journal = Journal(self.path)
        self._plays = open(self.path / "plays", "wb", buffering=0)  # noqa: SIM115 (closed with the room)
        self._writing = threading.Lock()

    def _open_for_dropped_privileges(self) -> None:
        """Let a server that root starts, and that then becomes another user, reach the room."""
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            self.path.chmod(0o755)
            (self.path / "journal").chmod(0o666)

    def _put_compiled_probe(self) -> None:
        """Spare a server on our own interpreter the compilation; any other takes the probe as it is."""
        tag = sys.implementation.cache_tag
        if tag is not None:
            (self.path / "__pycache__").mkdir()
            name = f"{Path(PROBE_FILE).stem}.{tag}.pyc"
            (self.path / "__pycache__" / name).write_bytes(_compiled_probe())

    def put_play(self, play: Play) -> str:
        """Store a play under a new ticket, and return the ticket (16 hexadecimal digits).

        One file for all: to create one for each costs a millisecond on some file systems.
        """
        encoded = encode_play(play)
        with self._writing:
            ticket = f"{self._plays.tell():08x}{secrets.token_hex(4)}"
            line = memoryview(f"{ticket} {encoded}\n".encode("ascii"))
            while line:
                line = line[self._plays.write(line) :]
        return ticket

    def open_gate(self, ticket: str, gate: str) -> None:
        """Release an application that waits at a gate, or will."""
        (self.path / "gates" / f"{ticket}.{gate}").touch()

    def close(self, keep: bool = False) -> None:
        """Remove the directory, unless it is to be kept."""
        self.journal.close()
        self._plays.close()
        if not keep:
            self._remove()
        atexit.unregister(self._remove)

    def _remove(self) -> None:
        shutil.rmtree(self.path, ignore_errors=True)


def encode_play(play: Play) -> str:
    """Return a play as the JSON that the probe reads."""
    return json.dumps(_play(play))


def _play(play: Play) -> dict[str, Any]:
    return {
        "status": play.status,
        "headers": [list(pair) for pair in play.headers],
        "before": [_plain(step) for step in play.before],
        "starts": play.starts,
        "after": [_plain(step) for step in play.after],
        "chunks": [_plain(chunk) for chunk in play.chunks],
        "shape": play.shape,
        "closing": [_plain(step) for step in play.closing],
        "application": play.application,
        "later": [_play(later) for later in play.later],
    }


def _plain(value: Any) -> Any:
    """Return a value of a play in JSON's words: octets and steps in a dict, header pairs as tuples."""
    if isinstance(value, bytes):
        return {"bytes": value.decode("latin-1")}
    if isinstance(value, Repeated):
        return {"bytes": value.octets.decode("latin-1"), "times": value.times}
    if isinstance(value, Step):
        if value.op in ("start", "try_start", "start_keywords"):
            status, headers, *rest = value.args
            return {"step": value.op, "args": [_plain(status), _headers(headers), *map(_plain, rest)]}
        return {"step": value.op, "args": [_plain(argument) for argument in value.args]}
    if isinstance(value, tuple):
        return {"tuple": [_plain(item) for item in value]}
    return value


def _headers(headers: Any) -> Any:
    """Return a header list: a tuple of pairs stands for the list that the PEP wants."""
    return [_plain(pair) for pair in headers] if isinstance(headers, tuple) else _plain(headers)


@functools.cache
def _probe() -> bytes:
    return resources.files("wsgicheck").joinpath("probe", PROBE_FILE).read_bytes()


@functools.cache
def _compiled_probe() -> bytes:
    """Return what our interpreter makes of the probe, good for as long as its octets are these (PEP 552)."""
    hashed_and_checked = (0b11).to_bytes(4, "little")
    code = compile(_probe(), PROBE_FILE, "exec", dont_inherit=True)
    source = importlib.util.source_hash(_probe())
    return importlib.util.MAGIC_NUMBER + hashed_and_checked + source + marshal.dumps(code)


def _copy_tree(source: Any, to: Path) -> None:
    to.mkdir()
    for entry in source.iterdir():
        if entry.name == "__pycache__":
            continue
        if entry.is_dir():
            _copy_tree(entry, to / entry.name)
        else:
            with contextlib.suppress(FileNotFoundError):
                (to / entry.name).write_bytes(entry.read_bytes())
