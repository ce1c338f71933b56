"""How the application is called (PEP 3333, Specification Details)."""

from __future__ import annotations

from ...authoring import (
    PLAIN_TEXT,
    Exchange,
    Play,
    Request,
    body,
    called_once,
    check,
    expect,
    perform,
)
from ...spec import pep3333


@check("application-called-once", requires=(pep3333.APP_CALLED_ONCE, pep3333.CALLABLE_KIND))
def application_called_once(exchange: Exchange) -> None:
    """A request calls the application exactly once.

    Not at all: the server refuses a request that every client sends. Twice: an order is placed twice.
    """
    calls = exchange.app.of("called")
    expect(len(calls) == 1, "calls of the application for one request", want=1, got=len(calls))


@check("application-called-once-for-head", requires=pep3333.APP_CALLED_ONCE, send=Request("HEAD"))
def application_called_once_for_head(exchange: Exchange) -> None:
    """A HEAD request calls the application exactly once.

    A server that asks it for the headers first, and for the content then, lets it work twice.
    """
    calls = exchange.app.of("called")
    expect(len(calls) == 1, "calls of the application for one request", want=1, got=len(calls))


@check(
    "application-called-once-for-post",
    requires=pep3333.APP_CALLED_ONCE,
    send=Request("POST", body=b"hello"),
    play=Play(after=(body(),)),
)
def application_called_once_for_post(exchange: Exchange) -> None:
    """A POST request calls the application exactly once.

    It is this method that places orders.
    """
    calls = exchange.app.of("called")
    expect(len(calls) == 1, "calls of the application for one request", want=1, got=len(calls))


@check("application-called-positionally", requires=pep3333.APP_POSITIONAL)
def application_called_positionally(exchange: Exchange) -> None:
    """The application is called with two positional arguments.

    Applications name their parameters as they like: a server that passes keywords breaks most of them.
    """
    call = called_once(exchange).facts
    expect(call["positional"] == 2, "positional arguments", want=2, got=call["positional"])
    expect(not call["keywords"], "keyword arguments", want="none", got=", ".join(call["keywords"]))


@check("environ-is-dict", requires=pep3333.ENVIRON_BUILTIN_DICT)
def environ_is_dict(exchange: Exchange) -> None:
    """The environ is a builtin dict, not a subclass and no emulation.

    Applications copy, pickle and compare it; a subclass with behaviour of its own surprises them.
    """
    got = called_once(exchange).facts["environ_type"]
    expect(got == "dict", "type(environ)", want="dict", got=got)


HOPED = (*PLAIN_TEXT, ("X-Hoped", "for"), ("Set-Cookie", "hoped=1"), ("Content-Length", "3"))


def _fails(name: str) -> Play:
    return Play(
        headers=HOPED,
        after=(perform("raise_as", name, f"wsgicheck: a {name} of the application"),),
    )


LOST, SLOW = _fails("ConnectionResetError"), _fails("TimeoutError")


@check("application-called-once-when-connection-lost", requires=pep3333.APP_CALLED_ONCE, play=LOST)
def application_called_once_when_connection_lost(exchange: Exchange) -> None:
    """An application that fails with a ConnectionResetError is not called again.

    A second try is what its own client asks for, where it wants one: the order may have been placed before
    the connection was lost.
    """
    calls = exchange.app.of("called")
    expect(len(calls) == 1, "calls of the application for one request", want=1, got=len(calls))


@check("application-called-once-when-timed-out", requires=pep3333.APP_CALLED_ONCE, play=SLOW)
def application_called_once_when_timed_out(exchange: Exchange) -> None:
    """An application that fails with a TimeoutError is not called again.

    See ``application-called-once-when-connection-lost``.
    """
    calls = exchange.app.of("called")
    expect(len(calls) == 1, "calls of the application for one request", want=1, got=len(calls))
