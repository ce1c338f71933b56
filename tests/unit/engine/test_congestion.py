"""Who was kept waiting by a long call of the application."""

from __future__ import annotations

import pytest

from wsgicheck.engine.congestion import Congestion
from wsgicheck.model.exchange import AppLog, HttpExchange, Observation, Segment, Server, WireLog
from wsgicheck.model.stimulus import Request


def exchange(ticket: str, wire: tuple[float, float], call: tuple[float, ...]) -> HttpExchange:
    """Return an exchange with the times of its octets and of what its application did."""
    return HttpExchange(
        request=Request(),
        target="/",
        ticket=ticket,
        server=Server("127.0.0.1", 80, "127.0.0.1:80"),
        app=AppLog(observations=tuple(Observation(at, "called", {}, 1, 1, "1.1") for at in call)),
        response=None,
        wire=WireLog((Segment(wire[0], b"GET"),), (Segment(wire[1], b"HTTP"),), "eof", wire[1]),
    )


LONG = exchange("long", (10.0, 11.0), (10.1, 10.9))
SHORT = exchange("short", (10.0, 10.1), (10.0, 10.04))


@pytest.mark.parametrize(
    ("sent", "ended", "waited"),
    [
        (9.0, 10.05, False),
        (9.0, 10.2, True),
        (10.2, 10.3, True),
        (10.8, 12.0, True),
        (10.95, 12.0, False),
    ],
)
def test_whoever_overlaps_a_long_call_was_kept_waiting(sent: float, ended: float, waited: bool) -> None:
    congestion = Congestion([LONG, SHORT])
    assert congestion.kept_waiting(exchange("other", (sent, ended), ())) is waited


def test_nobody_waits_for_himself_nor_for_a_short_call() -> None:
    assert not Congestion([LONG]).kept_waiting(LONG)
    assert not Congestion([SHORT]).kept_waiting(exchange("other", (9.0, 12.0), ()))


def test_an_exchange_that_sent_nothing_waited_for_nothing() -> None:
    mute = HttpExchange(
        request=Request(), target="/", ticket="mute", server=LONG.server, app=AppLog(), response=None
    )
    assert not Congestion([LONG]).kept_waiting(mute)
