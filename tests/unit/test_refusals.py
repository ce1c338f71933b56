"""What counts as a refusal of a malformed request, and what as its acceptance."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from wsgicheck.authoring import HttpExchange, Judged, content_refused, needs_http_1_1, refused
from wsgicheck.model.exchange import AppLog, Observation, Response, Server, WireLog
from wsgicheck.model.result import Verdict
from wsgicheck.model.stimulus import Octets


def seen(
    status: int | None, *, calls: tuple[str, ...] = (), ended: str = "eof", **content: Any
) -> HttpExchange:
    observations = [Observation(1.0, "called", {}, 1, 1, "1.1", label) for label in calls]
    if content:
        observations.append(Observation(2.0, "content", content, 1, 1, "1.1"))
    response = None if status is None else Response("HTTP/1.0", status, "", ())
    return HttpExchange(
        request=Octets(b""),
        target="/",
        ticket="0" * 16,
        server=Server("h", 1, "h:1"),
        app=AppLog(tuple(observations)),
        response=response,
        wire=WireLog(ended=ended),
    )


def verdict(judge: Any, *arguments: Any, **options: Any) -> Verdict:
    try:
        judge(*arguments, **options)
    except Judged as judged:
        return judged.finding.verdict
    return Verdict.PASS


@pytest.mark.parametrize(
    ("exchange", "wanted"),
    [
        (seen(400), Verdict.PASS),
        (seen(431), Verdict.PASS),
        (seen(501), Verdict.PASS),
        (seen(None), Verdict.PASS),
        (seen(None, ended="reset"), Verdict.PASS),
        (seen(500), Verdict.FAIL),
        (seen(200), Verdict.FAIL),
        (seen(None, ended="timeout"), Verdict.FAIL),
        (seen(400, calls=("",)), Verdict.FAIL),
        (seen(400, calls=("2",)), Verdict.FAIL),
    ],
)
def test_refusal(exchange: HttpExchange, wanted: Verdict) -> None:
    assert verdict(refused, exchange) is wanted


@pytest.mark.parametrize(
    ("exchange", "wanted"),
    [
        (seen(400), Verdict.PASS),
        (seen(413), Verdict.FAIL),
        (seen(None), Verdict.FAIL),
        (seen(None, ended="reset"), Verdict.INCONCLUSIVE),
    ],
)
def test_refusal_with_a_status_that_the_law_names(exchange: HttpExchange, wanted: Verdict) -> None:
    assert verdict(refused, exchange, 400) is wanted


def test_crash_is_a_refusal_where_the_law_says_no_more() -> None:
    assert verdict(refused, seen(500), by_any_error=True) is Verdict.PASS
    assert verdict(refused, seen(200), by_any_error=True) is Verdict.FAIL


@pytest.mark.parametrize(
    ("exchange", "wanted"),
    [
        (seen(200, calls=("",), content="hello", error=None), Verdict.FAIL),
        (seen(500, calls=("",), content="hello", error={"type": "OSError"}), Verdict.PASS),
        (seen(200, calls=("",), content="", error=None), Verdict.PASS),
        (seen(200, calls=("", "2"), content="", error=None), Verdict.FAIL),
    ],
)
def test_content_is_forgiven_where_what_is_behind_the_fault_was_read(
    exchange: HttpExchange, wanted: Verdict
) -> None:
    assert verdict(content_refused, exchange, "hello") is wanted


def test_server_of_http_1_0_is_spared() -> None:
    assert verdict(needs_http_1_1, seen(200)) is Verdict.INAPPLICABLE
    assert verdict(needs_http_1_1, seen(None)) is Verdict.PASS


@pytest.mark.parametrize(
    ("exchange", "got"),
    [
        (seen(200, calls=("",)), "'a call, and 200 as answer'"),
        (seen(None, calls=("",)), "'a call, and nothing that can be read as answer'"),
        (seen(400, calls=("",)), "'400 as answer, but a call, too'"),
        (seen(200, calls=("", "")), "'2 calls, and 200 as answer'"),
        (seen(200, calls=("", "2")), "'a call, and 200 as answer'"),
        (seen(400, calls=("2",)), "a request of their own"),
        (seen(200), "200"),
        (seen(500), "500"),
        (seen(None, ended="timeout"), "neither"),
    ],
)
def test_words_tell_apart_what_became_of_a_malformed_request(exchange: HttpExchange, got: str) -> None:
    """Accepted, refused when it had run, run twice, smuggled, answered without a call."""
    with pytest.raises(Judged) as judged:
        refused(exchange)
    assert judged.value.finding.got == got


def test_words_tell_an_error_of_the_application_from_a_refusal() -> None:
    error = {"type": "wsgicheck_probe.ProbeError", "message": "the content is not what was expected"}
    called = seen(500, calls=("",))
    raised = Observation(3.0, "raised", {"where": "call", "error": error}, 1, 1, "1.1")
    with pytest.raises(Judged) as judged:
        refused(replace(called, app=AppLog((*called.app.observations, raised))))
    assert judged.value.finding.got == (
        "'a call that raised (ProbeError: the content is not what was expected), and 500 as answer'"
    )


def test_words_tell_wrong_content_from_a_second_request() -> None:
    with pytest.raises(Judged) as judged:
        content_refused(seen(200, calls=("",), content="hello", error=None), "hello")
    assert (judged.value.finding.message, judged.value.finding.got) == ("content with a fault", "hello")
    with pytest.raises(Judged) as judged:
        content_refused(seen(200, calls=("", "2"), content="", error=None), "hello")
    assert judged.value.finding.got == "a request of its own"
