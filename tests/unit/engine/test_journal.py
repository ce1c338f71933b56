"""The journal takes what the probe writes, and nothing else that may stand in its file."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from wsgicheck.engine import journal as module
from wsgicheck.engine.journal import Journal

TICKET = "0123456789abcdef"


def line(**changes: Any) -> bytes:
    entry = {"at": 1.5, "kind": "called", "facts": {}, "pid": 1, "thread": 2, "call": "1.1", "label": ""}
    return json.dumps({**entry, "ticket": TICKET, **changes}).encode() + b"\n"


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    (tmp_path / "journal").touch()
    journal = Journal(tmp_path)
    yield journal
    journal.close()


def write(folder: Path, octets: bytes) -> None:
    with open(folder / "journal", "ab") as stream:
        stream.write(octets)


def came(journal: Journal, kind: str, count: int = 1) -> bool:
    return journal.wait(lambda: journal.count(TICKET, kind) >= count, time.monotonic() + 10)


def test_a_line_is_read_without_the_bell(journal: Journal, tmp_path: Path) -> None:
    write(tmp_path, line(facts={"a": 1}))
    assert came(journal, "called")
    (seen,) = journal.of(TICKET)
    assert (seen.at, seen.facts, seen.pid, seen.call) == (1.5, {"a": 1}, 1, "1.1")


def test_a_line_that_comes_in_pieces_is_read_once(journal: Journal, tmp_path: Path) -> None:
    whole = line()
    write(tmp_path, whole[:20])
    assert not journal.wait(lambda: journal.count(TICKET, "called") > 0, time.monotonic() + 0.2)
    write(tmp_path, whole[20:])
    assert came(journal, "called")
    assert len(journal.of(TICKET)) == 1


GARBAGE = (
    b"", b"null", b"[]", b'"text"', b"7", b"{}", b"{", b"\xff\xfe\x00", b"[" * 100_000,
    line(at="soon"), line(facts=[]), line(kind=None), line(ticket=[]), line(pid=True), line(label=1),
    json.dumps({"ticket": TICKET}).encode(),
)  # fmt: skip


@pytest.mark.parametrize("garbage", GARBAGE, ids=lambda octets: repr(octets[:30]))
def test_garbage_is_passed_over(journal: Journal, tmp_path: Path, garbage: bytes) -> None:
    write(tmp_path, garbage.rstrip(b"\n") + b"\n" + line(kind="closed"))
    assert came(journal, "closed")
    assert [seen.kind for seen in journal.of(TICKET)] == ["closed"]


def test_members_that_a_later_probe_may_add_do_no_harm(journal: Journal, tmp_path: Path) -> None:
    write(tmp_path, line(more="of it"))
    assert came(journal, "called")


def test_an_exchange_without_end_is_bounded(
    journal: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "TICKET_LIMIT", 5)
    write(tmp_path, line() * 50 + line(ticket="f" * 16, kind="last"))
    assert journal.wait(lambda: journal.count("f" * 16, "last") > 0, time.monotonic() + 10)
    assert len(journal.of(TICKET)) == journal.count(TICKET, "called") == 5


def test_a_journal_without_end_is_bounded(
    journal: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "JOURNAL_LIMIT", 100)
    write(tmp_path, line() * 50)
    assert came(journal, "called")
    assert journal.full


def test_what_is_written_at_once_is_read_in_pieces(
    journal: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PIECE_OCTETS", 100)
    write(tmp_path, line() * 50)
    assert came(journal, "called", 50)


def test_a_journal_whose_bell_never_ceases_can_be_closed(tmp_path: Path) -> None:
    (tmp_path / "journal").touch()
    journal = Journal(tmp_path)
    journal._closing = True  # so that nobody takes what rings
    journal._thread.join(10)
    with pytest.raises(BlockingIOError):
        while True:
            os.write(journal._bell, b"." * 4096)
    journal.close()


def test_a_wait_ends_as_soon_as_the_line_is_there(journal: Journal, tmp_path: Path) -> None:
    began = time.monotonic()
    threading.Timer(0.05, write, (tmp_path, line())).start()
    assert journal.wait(lambda: journal.count(TICKET, "called") > 0, began + 60)
    assert time.monotonic() - began < 30


def test_what_a_server_copied_from_our_environment_is_masked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """wsgiref and others hand all of it to the application, and a report in JSON may be published."""
    monkeypatch.setenv("TOKEN_OF_CI", "s3cret w\u00f6rd")
    monkeypatch.setenv("HTTP_PROXY", "http://user:word@proxy")
    (tmp_path / "journal").touch()
    journal = Journal(tmp_path)
    try:
        environ = [
            ["str", "TOKEN_OF_CI", "str", "s3cret w\u00f6rd"],
            ["str", "TOKEN_OF_CI", "str", "s3cret w\u00c3\u00b6rd"],
            ["str", "HTTP_PROXY", "str", "http://user:word@proxy"],
            ["str", "HTTP_PROXY", "str", "of the request"],
            ["str", "PATH_INFO", "str", "/"],
            ["nonsense", []],
            [[], [], [], []],
        ]
        write(tmp_path, line(facts={"environ": environ}))
        assert came(journal, "called")
        (seen,) = journal.of(TICKET)
        assert [item[3] for item in seen.facts["environ"][:5]] == [
            "****** *\u00f6**",
            "****** *\u00c3\u00b6**",
            "*" * 22,
            "of the request",
            "/",
        ]
    finally:
        journal.close()
