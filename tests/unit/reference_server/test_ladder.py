"""The ladder: each rung runs, and its page says what is so; ``tox -e ladder`` runs all checks on it."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.ladder import LADDER, RUNGS, Claim, claim_of, claims, complaints, found_on, said, written_into
from wsgicheck.catalog import all_checks

PAGE = (LADDER / "README.md").read_text(encoding="utf-8")
SAMPLE = (
    "environ-builtin-dict",
    "missing-page-answered-404",
    "hop-by-hop-header-recognised-in-any-case",
    "write-past-content-length-raises",
)
"""A few checks for the quick test: some that every rung passes, and some that tell the rungs apart."""


@contextmanager
def running(rung: str, folder: Path) -> Iterator[int]:
    """Run a rung in a folder of its own, on a port that it chooses; give the port."""
    command = [sys.executable, str(LADDER / f"{rung}.py"), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=folder) as process:
        try:
            assert process.stdout is not None
            found = re.fullmatch(r"http://127\.0\.0\.1:([0-9]+)/\n", process.stdout.readline())
            assert found, "a rung says where it listens"
            yield int(found[1])
        finally:
            process.terminate()


def answer(port: int, *pieces: bytes) -> tuple[str, bytes]:
    """Send a request in pieces; return the status code and the content of the answer."""
    with socket.create_connection(("127.0.0.1", port), 10) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for piece in pieces:
            connection.sendall(piece)
        octets = b"".join(iter(lambda: connection.recv(65536), b""))
    head, _, content = octets.partition(b"\r\n\r\n")
    return head[9:12].decode("ascii"), content


def get(port: int, target: str) -> tuple[str, bytes]:
    return answer(port, f"GET {target} HTTP/1.1\r\nHost: x\r\n\r\n".encode("ascii"))


def test_rung_1_gives_everybody_the_same_answer(tmp_path: Path) -> None:
    with running("rung_1_answer", tmp_path) as port:
        assert get(port, "/") == get(port, "/no/such/page") == ("200", b"Hello.\n")
        assert answer(port, b"nonsense\r\n\r\n") == ("200", b"Hello.\n")


def test_rung_2_reads_to_the_end_of_the_head(tmp_path: Path) -> None:
    with running("rung_2_parsing", tmp_path) as port:
        status, content = answer(port, b"GET /a?b HT", b"TP/1.1\r\nHo", b"st: x\r\n\r", b"\n")
        assert (status, content) == ("200", b"GET /a?b\nhost: x\n")
        assert answer(port, b"nonsense\r\n\r\n")[0] == "400"


def test_rung_3_chooses_by_path_and_knows_what_is_missing(tmp_path: Path) -> None:
    with running("rung_3_routing", tmp_path) as port:
        assert get(port, "/caf%C3%A9?when=now") == ("200", b"Open until six.\n")
        assert get(port, "/no/such/page")[0] == "404"
        assert answer(port, b"POST / HTTP/1.1\r\nHost: x\r\n\r\n")[0] == "405"


def test_rung_4_serves_pictures_from_beside_the_program_and_nothing_else(tmp_path: Path) -> None:
    """It is started in another folder, where there is no picture."""
    with running("rung_4_pictures", tmp_path) as port:
        picture = (LADDER / "pictures" / "octets.png").read_bytes()
        assert get(port, "/pictures/octets.png") == ("200", picture)
        for name in (
            "none.png",
            "../README.md",
            "%2e%2e/README.md",
            "..%2FREADME.md",
            "%00",
            "",
            "//etc/passwd",
        ):
            assert get(port, "/pictures/" + name)[0] == "404", name


def test_a_rung_claims_no_failure_that_the_one_below_does_not_have() -> None:
    claimed = claims()
    assert tuple(claimed) == RUNGS
    ids = {check.id for check in all_checks()}
    for rung, below in zip(RUNGS[1:], RUNGS, strict=False):
        assert set(claimed[rung]["fails"]) <= set(claimed[below]["fails"]) <= ids, rung
    assert claimed["reference_server"] == {"fails": [], "varies": []}


def test_the_page_has_a_section_for_each_rung_and_the_figures_of_the_claims() -> None:
    for path in sorted(LADDER.glob("rung_*.py")):
        assert f"`{path.name}`" in PAGE, f"the page says nothing of {path.name}"
    for rung, claim in claims().items():
        assert f"| `{rung}` | {len(claim['fails'])} |" in PAGE, rung
    named = re.findall(r"^- `([a-z0-9-]+)`", PAGE, re.M)
    assert named and set(named) <= set(claims()["rung_5_wsgi"]["fails"])
    assert written_into(PAGE, claims()) == PAGE, "python -m tests.ladder --write brings the page up to date"
    assert PAGE.count("<!-- so far -->") == 4


def test_what_fails_in_one_run_of_two_varies() -> None:
    assert claim_of({"a", "b"}, {"a", "c"}) == Claim(fails=["a"], varies=["b", "c"])


def test_a_place_of_the_page_is_written_anew_and_the_rest_kept() -> None:
    claimed = {rung: Claim(fails=["date-sent"], varies=[]) for rung in RUNGS}
    claimed["rung_6_threads"] = Claim(fails=[], varies=[])
    page = "a\n<!-- rung_6_threads mends -->\nold\nolder\n<!-- so far -->\nb\n"
    assert written_into(page, claimed) == page.replace(
        "old\nolder", "- `date-sent`: A response has a Date field."
    )
    assert said("rung_6_threads fails", claimed) == "- nothing"
    assert "| `rung_5_wsgi` | 1 |\n| `rung_6_threads` | 0 |" in said("table", claimed)


@pytest.mark.parametrize("rung", [rung for rung in RUNGS if rung != "reference_server"])
def test_a_few_checks_find_on_a_rung_what_it_claims(rung: str) -> None:
    assert set(found_on(rung, SAMPLE)) == set(claims()[rung]["fails"]) & set(SAMPLE)


def test_what_departs_from_a_claim_is_named() -> None:
    claimed = {"low": Claim(fails=["a", "gone"], varies=["b"]), "high": Claim(fails=["new"], varies=[])}
    found = {"low": {"a": "words", "b": "luck"}, "high": {"new": "words", "more": "worse"}}
    assert complaints(claimed, found) == [
        "low does not fail gone, as its claim says",
        "high fails more, which its claim does not say: worse",
        "high fails more, which low does not",
        "high fails new, which low does not",
    ]
