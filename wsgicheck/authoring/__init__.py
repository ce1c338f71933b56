"""The words that a check is written in.

A check is a function that judges one exchange::

    @check(
        "iterable-closed-after-error",
        requires=pep3333.CLOSE,
        play=Play(chunks=(b"first", raises("halfway"))),
    )
    def iterable_closed_after_error(exchange: Exchange) -> None:
        ...

It returns when the duty was done, and calls :func:`expect` (or :func:`fail`), :func:`inconclusive` or
:func:`inapplicable` otherwise. It can do nothing else: no socket, no clock, no file, no state.
"""

from __future__ import annotations

from ..model.exchange import AppLog, Exchange, HttpExchange, Observation, Response
from ..model.play import PLAIN_TEXT, Play, Repeated, Shape, Step
from ..model.stimulus import (
    AwaitApp,
    AwaitEnd,
    Beside,
    Carrier,
    FinishSending,
    HangUp,
    Leaving,
    Octets,
    Pause,
    Receive,
    Release,
    Request,
    Segmented,
    Send,
    Session,
    Several,
    Sip,
    Storm,
    Visit,
)
from .bodiless import (
    expect_absent,
    expect_aligned,
    expect_nothing_behind,
    two_with_status,
    with_status,
)
from .calls import called_once, calls_of, expect_called, gate_passed, parts_of
from .declaration import check
from .environs import Environ, environ_of, environ_of_call, environ_of_second
from .judgement import Judged, expect, expect_octets, fail, inapplicable, inconclusive, show
from .needs import needs_http_1_1, needs_plain, needs_tls
from .practices import (
    APPLICATION_ERRS,
    HARDLY_ANY_PIPELINES,
    KNOWS_ITS_NAMES,
    MAY_END_WORKER,
    NO_INTERIM_IN_WSGI,
    PROXY_DATES,
    PROXY_REFUSES,
    TEXT_LEFT_OPEN,
)
from .readings import Reading, readings, reads_of
from .refusals import content_refused, refused
from .requests import octets
from .responses import (
    announces_close,
    ended_by_server,
    expect_content,
    expect_no_fault,
    needs_finished,
    needs_kept_connection,
    no_success,
    response_of,
    whole_response,
)
from .smuggled import (
    BEHIND_SMUGGLED,
    NINE_OCTETS,
    NOTHING_SMUGGLED,
    SMUGGLED,
    SMUGGLED_CHUNK,
    SMUGGLED_LENGTH,
    SMUGGLED_SIZE,
    expect_not_smuggled,
    smuggling,
)
from .steps import body, content, perform, raises, starts, tries, waits, writes
from .storms import expect_served, expect_tidy, needs_service

__all__ = [
    "APPLICATION_ERRS",
    "BEHIND_SMUGGLED",
    "HARDLY_ANY_PIPELINES",
    "KNOWS_ITS_NAMES",
    "MAY_END_WORKER",
    "NINE_OCTETS",
    "NOTHING_SMUGGLED",
    "NO_INTERIM_IN_WSGI",
    "PLAIN_TEXT",
    "PROXY_DATES",
    "PROXY_REFUSES",
    "SMUGGLED",
    "SMUGGLED_CHUNK",
    "SMUGGLED_LENGTH",
    "SMUGGLED_SIZE",
    "TEXT_LEFT_OPEN",
    "AppLog",
    "AwaitApp",
    "AwaitEnd",
    "Beside",
    "Carrier",
    "Environ",
    "Exchange",
    "FinishSending",
    "HangUp",
    "HttpExchange",
    "Judged",
    "Leaving",
    "Observation",
    "Octets",
    "Pause",
    "Play",
    "Reading",
    "Receive",
    "Release",
    "Repeated",
    "Request",
    "Response",
    "Segmented",
    "Send",
    "Session",
    "Several",
    "Shape",
    "Sip",
    "Step",
    "Storm",
    "Visit",
    "announces_close",
    "body",
    "called_once",
    "calls_of",
    "check",
    "content",
    "content_refused",
    "ended_by_server",
    "environ_of",
    "environ_of_call",
    "environ_of_second",
    "expect",
    "expect_absent",
    "expect_aligned",
    "expect_called",
    "expect_content",
    "expect_no_fault",
    "expect_not_smuggled",
    "expect_nothing_behind",
    "expect_octets",
    "expect_served",
    "expect_tidy",
    "fail",
    "gate_passed",
    "inapplicable",
    "inconclusive",
    "needs_finished",
    "needs_http_1_1",
    "needs_kept_connection",
    "needs_plain",
    "needs_service",
    "needs_tls",
    "no_success",
    "octets",
    "parts_of",
    "perform",
    "raises",
    "readings",
    "reads_of",
    "refused",
    "response_of",
    "show",
    "smuggling",
    "starts",
    "tries",
    "two_with_status",
    "waits",
    "whole_response",
    "with_status",
    "writes",
]
