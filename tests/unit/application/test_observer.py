"""The observer as middleware: it changes nothing, misses nothing and raises nothing of its own."""

from __future__ import annotations

import gc
import subprocess
import sys
from typing import Any

import pytest

import wsgicheck
from tests.unit.application.comparison import LEGAL, SERVERS, Legal, ServerSin, conduct
from wsgicheck.application.gateway import PlainLog, PlainStream, Visit, environ_of, pay

PLAIN = [("Content-Type", "text/plain")]


def hello(environ: Any, start_response: Any) -> Any:
    start_response("200 OK", list(PLAIN))
    return [b"hello"]


def swallows(environ: Any, start_response: Any) -> Any:
    try:
        start_response(200, list(PLAIN))
    except Exception:
        start_response("500 Oops", list(PLAIN), sys.exc_info())
    return [b"x"]


def test_a_trapped_fault_is_raised_again() -> None:
    error = pay(Visit(), wsgicheck.observe(swallows)).error
    assert isinstance(error, wsgicheck.ApplicationFault)
    assert error.violation.law.id == "application-strings-str"


def test_a_collector_gets_the_violation_and_the_response_goes_on() -> None:
    collected: list[wsgicheck.Violation] = []
    answer = pay(Visit(), wsgicheck.observe(swallows, collect=collected.append))
    assert [violation.law.id for violation in collected] == ["application-strings-str"]
    assert (answer.error, answer.status, answer.body) == (None, 200, [b"x"])


def test_it_keeps_the_length_and_the_blocks() -> None:
    returned = wsgicheck.observe(hello)({**_environ()}, lambda *_: None)
    assert len(returned) == 1
    assert list(returned) == [b"hello"]
    returned.close()


def test_an_application_of_no_kind_is_a_fault() -> None:
    with pytest.raises(wsgicheck.ApplicationFault, match="no callable"):
        wsgicheck.observe(5)  # type: ignore[arg-type]


def test_an_error_of_the_applications_own_comes_through_unchanged() -> None:
    mine = KeyError("mine")

    def fails(environ: Any, start_response: Any) -> Any:
        raise mine

    assert pay(Visit(), wsgicheck.observe(fails)).error is mine


def test_an_error_within_a_fallback_is_not_the_variables() -> None:
    def fails(environ: Any, start_response: Any) -> Any:
        try:
            return [environ["REMOTE_USER"]]
        except KeyError:
            raise ValueError("mine")  # noqa: B904 - its context is what is tested

    assert isinstance(pay(Visit(), wsgicheck.observe(fails, strict=True)).error, ValueError)


def test_a_server_that_does_not_close_is_told() -> None:
    collected: list[wsgicheck.Violation] = []
    returned = wsgicheck.observe(hello, collect=collected.append)(_environ(), lambda *_: None)
    list(returned)
    del returned
    gc.collect()
    assert [(v.side.value, v.law.id) for v in collected] == [("server", "close-called")]


@pytest.mark.parametrize("legal", LEGAL, ids=lambda legal: legal.what)
def test_what_is_legal_raises_nothing(legal: Legal) -> None:
    assert conduct(legal.application, legal.changes, wsgicheck.observe) == "silent"


@pytest.mark.parametrize("sin", SERVERS, ids=lambda sin: sin.what)
def test_a_servers_sin_is_the_servers(sin: ServerSin) -> None:
    assert conduct(hello, sin.changes, wsgicheck.observe) == "caught"


class TextStream(PlainStream):
    """A server's input that returns text."""

    def __init__(self) -> None:
        super().__init__(b"")
        self.read = lambda *_: "text"  # type: ignore[assignment, return-value, misc]


def test_an_input_that_returns_text_is_the_servers_sin() -> None:
    def reads(environ: Any, start_response: Any) -> Any:
        start_response("200 OK", list(PLAIN))
        return [environ["wsgi.input"].read(3)]

    with pytest.raises(wsgicheck.ServerFault, match=r"read of wsgi\.input returned a str, 'text'"):
        wsgicheck.observe(reads)({**_environ(), "wsgi.input": TextStream()}, lambda *_: None)


def test_a_block_asked_for_after_close_is_the_servers_sin() -> None:
    returned = wsgicheck.observe(hello)(_environ(), lambda *_: None)
    returned.close()
    with pytest.raises(wsgicheck.ServerFault, match="after it called close"):
        next(returned)


def test_a_call_by_keyword_is_the_servers_sin() -> None:
    with pytest.raises(wsgicheck.ServerFault, match="0 positional and 2 keyword arguments"):
        wsgicheck.observe(hello)(environ=_environ(), start_response=lambda *_: None)


def test_an_environ_that_is_no_dict_is_the_servers_sin() -> None:
    class Environ(dict[str, Any]):
        pass

    with pytest.raises(wsgicheck.ServerFault, match="want a dict, no subclass"):
        wsgicheck.observe(hello)(Environ(_environ()), lambda *_: None)


def test_the_version_is_told_without_the_observer() -> None:
    code = "import wsgicheck, sys; print(any('application' in name for name in sys.modules))"
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "False\n"


def _environ() -> dict[str, Any]:
    return environ_of(Visit(), PlainLog())
