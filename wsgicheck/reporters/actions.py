"""What a client does behind its request, in words."""

from __future__ import annotations

from ..model.stimulus import (
    Action,
    AwaitApp,
    AwaitEnd,
    FinishSending,
    HangUp,
    Pause,
    Receive,
    Release,
    Send,
    Sip,
)
from .timeline import octets


def in_words(action: Action) -> str:
    """Return one action of a client as a clause."""
    if isinstance(action, Send):
        return f"send {octets(action.octets)}"
    if isinstance(action, Receive):
        return f"read until {octets(action.octets)} has come{_at_most(action.seconds)}"
    if isinstance(action, Sip):
        return f"read {action.octets} octets, {action.times} times, each with a pause of {action.pause:g} s"
    if isinstance(action, AwaitApp):
        times = f" {action.count} times" if action.count > 1 else ""
        return f"wait until the application has noted {action.kind!r}{times}{_at_most(action.seconds)}"
    if isinstance(action, Release):
        return f"open the gate {action.gate!r}, at which the application waits"
    if isinstance(action, Pause):
        return f"pause for {action.seconds:g} s"
    if isinstance(action, AwaitEnd):
        return f"read until the server ends the connection{_at_most(action.seconds)}"
    if isinstance(action, FinishSending):
        return "finish sending (FIN), and read on"
    assert isinstance(action, HangUp)
    return "hang up (RST)"


def _at_most(seconds: float | None) -> str:
    return "" if seconds is None else f", for {seconds:g} s at most"
