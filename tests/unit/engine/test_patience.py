"""When timeouts get shorter, and when they must not."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from wsgicheck.engine.attendant import Attendant
from wsgicheck.engine.conduct import Delivery
from wsgicheck.engine.patience import HASTY_AFTER, IN_A_ROW, SHORTER_AFTER, SHORTEST_AFTER, Patience
from wsgicheck.model.exchange import AppLog, HttpExchange, Response, Segment, Server, WireLog
from wsgicheck.model.play import Play
from wsgicheck.model.stimulus import Octets, Request, Segmented, Session, Stimulus, Visit


def exchange(answered_after: float | None, owing: int = 0) -> HttpExchange:
    """Return an exchange that was answered after so many seconds, or ran out of time."""
    sent = (Segment(10.0, b"GET / HTTP/1.1\r\n\r\n"),)
    received = () if answered_after is None else (Segment(10.0 + answered_after, b"HTTP/1.1 200 OK\r\n\r\n"),)
    response = None if answered_after is None else Response("HTTP/1.1", 200, "OK", ())
    return HttpExchange(
        request=Request(),
        target="/",
        ticket="wct-0",
        server=Server("127.0.0.1", 80, "127.0.0.1:80"),
        app=AppLog(),
        response=response,
        wire=WireLog(sent, received, "timeout" if answered_after is None else "eof"),
        owing=owing,
    )


def after(*exchanges: HttpExchange) -> Patience:
    patience = Patience()
    for seen in exchanges:
        patience.note(seen)
    return patience


def test_timeouts_get_shorter_with_their_number() -> None:
    assert after(*[exchange(None)] * (SHORTER_AFTER - 1)).allowance(5.0) == 5.0
    assert after(*[exchange(None)] * SHORTER_AFTER).allowance(5.0) == 1.5
    assert after(*[exchange(None)] * SHORTEST_AFTER).allowance(5.0) == 0.75


def test_a_slow_machine_is_not_taken_for_a_mute_server() -> None:
    assert after(exchange(0.5), *[exchange(None)] * SHORTEST_AFTER).allowance(5.0) == 3.0
    assert after(exchange(4.0), *[exchange(None)] * SHORTEST_AFTER).allowance(5.0) == 5.0


def test_haste_begins_with_several_owed_waits_in_vain() -> None:
    assert not after(*[exchange(0.1, owing=1)] * (HASTY_AFTER - 1)).hasty
    assert after(*[exchange(0.1, owing=1)] * HASTY_AFTER).hasty


@pytest.mark.parametrize(
    ("send", "seconds"),
    [
        (Request(), 0.75),
        (Octets(b"GET / HTTP/1.1"), 0.75),
        (Segmented(Octets(b"GET / HTTP/1.1"), (b"",)), 5.0),
        (Session((Visit(),)), 5.0),
    ],
    ids=["request", "octets", "many pieces", "many visits"],
)
def test_what_takes_long_by_itself_is_given_its_time_on_a_mute_server(send: Stimulus, seconds: float) -> None:
    subject: Any = SimpleNamespace(timeout=5.0)
    attendant = Attendant(subject, lambda event: None, after(*[exchange(None)] * SHORTEST_AFTER))
    assert attendant.seconds_for(Delivery(send, Play())) == seconds


def test_what_runs_out_at_one_moment_over_several_copies_is_no_row_of_one() -> None:
    alone, together = Patience(), Patience(copies=3)
    for _ in range(IN_A_ROW):
        alone.note(exchange(None))
        together.note(exchange(0.1))
    for _ in range(IN_A_ROW):
        together.note(exchange(None))
    assert alone.end is not None and together.end is None
    for _ in range(2 * IN_A_ROW):
        together.note(exchange(None))
    assert together.end is not None
