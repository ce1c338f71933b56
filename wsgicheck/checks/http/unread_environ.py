"""Unread content is no request, whatever the application made of its environ (RFC 9112 9.3; PEP 3333).

What is left of a request is known to the server from the request. The environ was given away.
"""

from __future__ import annotations

from dataclasses import replace

from ...authoring import (
    NINE_OCTETS,
    NOTHING_SMUGGLED,
    SMUGGLED_LENGTH,
    HttpExchange,
    Play,
    Step,
    called_once,
    check,
    expect_not_smuggled,
    inconclusive,
    perform,
    smuggling,
)
from ...spec import pep3333, rfc9112

UNREAD = smuggling(b"POST", SMUGGLED_LENGTH)
LAW = (rfc9112.BODY_READ_OR_CLOSED, pep3333.ENVIRON_MODIFIABLE)


def _behind(change: Step) -> Play:
    return replace(NINE_OCTETS, before=(change,), later=(NINE_OCTETS,))


def _expect_not_smuggled(exchange: HttpExchange) -> None:
    called_once(exchange)
    if not exchange.app.of("environ-changed"):
        inconclusive("the application did not come to change its environ")
    expect_not_smuggled(exchange)


@check(
    "unread-content-behind-replaced-input-not-run",
    requires=LAW,
    send=UNREAD,
    control=NOTHING_SMUGGLED,
    play=_behind(perform("environ_set", "wsgi.input", None)),
)
def unread_content_behind_replaced_input_not_run(exchange: HttpExchange) -> None:
    """Content that nobody reads is not run as a request where the application replaced wsgi.input.

    Middleware that buffers uploads does. A server that asks the replacement to read on leaves the content on
    the connection.
    """
    _expect_not_smuggled(exchange)


@check(
    "unread-content-behind-overwritten-length-not-run",
    requires=LAW,
    send=UNREAD,
    control=NOTHING_SMUGGLED,
    play=_behind(perform("environ_set", "CONTENT_LENGTH", "0")),
)
def unread_content_behind_overwritten_length_not_run(exchange: HttpExchange) -> None:
    """Content that nobody reads is not run as a request where the application set CONTENT_LENGTH to 0.

    Middleware that has taken the content for itself does.
    """
    _expect_not_smuggled(exchange)


@check(
    "unread-content-behind-cleared-environ-not-run",
    requires=LAW,
    send=UNREAD,
    control=NOTHING_SMUGGLED,
    play=_behind(perform("environ_clear")),
)
def unread_content_behind_cleared_environ_not_run(exchange: HttpExchange) -> None:
    """Content that nobody reads is not run as a request where the application emptied its environ.

    A server that looks up there whether there was any content finds none.
    """
    _expect_not_smuggled(exchange)
