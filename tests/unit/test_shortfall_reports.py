"""Which lines of a server's log are taken for the report of content that is too short."""

from __future__ import annotations

import pytest

from wsgicheck.checks.wsgi.shortfall import tells_of_length


@pytest.mark.parametrize(
    "line",
    [
        "ERROR response content is shorter than its Content-Length",
        "AssertionError: Content-Length is 20, and 9 octets were written",
        "WARNING:waitress:application returned too few bytes (9) for specified Content-Length (20)",
        "h11._util.LocalProtocolError: Too little data for declared Content-Length",
        "expected 20 bytes, got 9",
        "[warn] 11 bytes missing in the body of GET /",
        "the response was truncated",
    ],
)
def test_a_report_is_known_by_its_words(line: str) -> None:
    assert tells_of_length(line)


@pytest.mark.parametrize(
    "line",
    [
        '127.0.0.1 - - [28/Nov/2026 18:00:00] "GET / HTTP/1.1" 200 9',
        "wsgicheck_probe.ProbeError: the content is not what was expected",
        "RuntimeError: wsgicheck: short of the Content-Length",
        "    self.headers.setdefault('Content-Length', \"0\")",
        "TypeError: not enough arguments for format string",
        "ValueError: too many values to unpack (expected 2)",
    ],
)
def test_what_other_exchanges_leave_in_the_log_is_no_report(line: str) -> None:
    assert not tells_of_length(line)
