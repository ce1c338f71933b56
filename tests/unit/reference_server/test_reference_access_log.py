"""The access log: one line for each answer, in the Common Log Format."""

from __future__ import annotations

import io
import re
import sys

import pytest

from reference_server import cli

LINE = re.compile(r'(\S+) - - \[[0-3]\d/[A-Z][a-z]{2}/\d{4}(?::\d\d){3} \+0000\] "(.*)" (\d{3}|-) (\d+|-)\n')
OK = b"GET /a?b HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"


def app(environ, start_response):
    if environ["PATH_INFO"] == "/fails":
        raise RuntimeError("on purpose")
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"12345"]


@pytest.mark.parametrize(
    ("octets", "line", "status", "size"),
    [
        (OK, "GET /a?b HTTP/1.1", "200", "5"),
        (OK.replace(b"GET", b"HEAD"), "HEAD /a?b HTTP/1.1", "200", "-"),
        (OK.replace(b"/a?b", b"/fails"), "GET /fails HTTP/1.1", "500", "-"),
        (b"GET / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1", "400", "-"),
        (b'GET /\x01"\\\xe9 HTTP/1.1\r\n\r\n', r"GET /\x01\"\\\xe9 HTTP/1.1", "400", "-"),
        (b"nonsense\r\n\r\n", "-", "400", "-"),
    ],
    ids=repr,
)
def test_line(serve, octets, line, status, size):
    """Who, when, what, how it went; and a hostile target forges nothing."""
    log = io.StringIO()
    served = serve(app, access_log=log)
    served.exchange(octets)
    served.server.stop()
    served.thread.join(5)
    match = LINE.fullmatch(log.getvalue())
    assert match, log.getvalue()
    assert match.groups() == ("127.0.0.1", line, status, size)


def test_a_log_that_cannot_be_written_costs_no_answer(serve, capfd):
    """The operator is told instead."""
    log = io.StringIO()
    log.close()
    assert serve(app, access_log=log).ask(OK).body == b"12345"
    assert serve(app, access_log=log).ask(OK).body == b"12345"
    assert "the access log cannot be written" in capfd.readouterr().err


def test_log_files_are_appended_to(tmp_path):
    """A restart must not erase what was."""
    path = tmp_path / "log"
    path.write_text("before\n")
    log = cli.open_access_log(str(path))
    assert log is not None
    with log:
        log.write("after\n")
    assert path.read_text() == "before\nafter\n"
    assert cli.open_access_log("-") is sys.stdout
