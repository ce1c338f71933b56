"""Where a check does not apply is read off its judge, and off what that calls."""

from __future__ import annotations

from wsgicheck.catalog import find
from wsgicheck.reporters.abstentions import abstentions


def test_the_reason_of_a_helper_is_found() -> None:
    assert abstentions(find("server-port-decimal").judge) == ("a UNIX socket has no port",)


def test_what_varies_is_left_out() -> None:
    assert "the server refuses a request in chunks (...)" in abstentions(find("chunked-input-ends").judge)


def test_a_judge_that_always_judges_has_none() -> None:
    assert abstentions(find("application-called-once").judge) == ()
