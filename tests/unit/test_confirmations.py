"""What is taken for a difference between a server and the reference server."""

from __future__ import annotations

import pytest

from tests.field.confirm import LATER, Shown, Transcript, amended, page
from wsgicheck.catalog import all_checks
from wsgicheck.model.result import Result, Severity, Verdict

HEAD = "HTTP/1.1 200 OK^M\nDate: Sat, 28 Nov 2026 18:01:17 GMT^M\nServer: a^M\nContent-Length: 2^M\n^M\nok\n"
SEEN = ("called", "  REMOTE_PORT = str '40000'", "  PATH_INFO = str '/'", "close()")


@pytest.mark.parametrize(
    "received",
    [
        HEAD.replace("Server: a", "Server: b").replace("18:01:17", "18:02:00"),
        HEAD.replace("Server: a^M\nContent-Length: 2", "content-length: 2^M\nServer: a"),
        HEAD.replace("HTTP/1.1", "HTTP/1.0").replace("Server: a", "Connection: close"),
    ],
    ids=["names and days", "order and case", "the connection"],
)
def test_what_any_two_servers_differ_in_is_no_difference(received: str) -> None:
    other = Transcript(received, (SEEN[0], "  REMOTE_PORT = str '40001'", *SEEN[2:]))
    assert Transcript(HEAD, SEEN).essence == other.essence


@pytest.mark.parametrize(
    ("received", "seen"),
    [
        (HEAD.replace("200 OK", "400 Bad Request"), SEEN),
        (HEAD.replace("ok\n", "oks\n"), SEEN),
        (HEAD.replace("Content-Length: 2^M\n", ""), SEEN),
        (HEAD + HEAD, SEEN),
        (HEAD, SEEN[:-1]),
        (HEAD, (*SEEN[:2], "  PATH_INFO = str '//'", "close()")),
        (HEAD, ()),
    ],
    ids=["status", "content", "framing", "twice", "not closed", "environ", "not called"],
)
def test_what_a_fail_is_about_is_a_difference(received: str, seen: tuple[str, ...]) -> None:
    assert Transcript(HEAD, SEEN).essence != Transcript(received, seen).essence


def shown(number: int, words: str) -> Shown:
    """Return an exchange on which one check failed, in these words."""
    result = Result(all_checks()[number], Verdict.FAIL, Severity.ERROR, words)
    return Shown((result,), b"GET", Transcript(HEAD, ()), Transcript(HEAD, SEEN))


def test_what_is_shown_later_stands_behind_the_rest_each_check_once() -> None:
    first, second = all_checks()[1].id, all_checks()[2].id
    before = page("waitress", [shown(0, "at first")])
    once = amended(before, [shown(1, "seen once"), shown(2, "seen once too")])
    assert once.startswith(before.rstrip())
    again = amended(once, [shown(1, "seen again")])
    assert again.startswith(before.rstrip()) and again.count(LATER) == 1
    assert "seen once too" in again and "seen again" in again and "seen once\n" not in again
    assert again.count(f"### {first}\n") == again.count(f"### {second}\n") == 1
    assert amended(again, []) == again
