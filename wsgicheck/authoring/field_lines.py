"""Field lines and their values (RFC 9112 5)."""

from __future__ import annotations

from ..model.exchange import HttpExchange
from ..model.stimulus import Octets
from .environs import environ_of
from .judgement import expect
from .refusals import refused
from .requests import LAST_GET, LAST_POST


def with_field_line(line: bytes) -> Octets:
    """Return a request whose last field line is this one."""
    return Octets(LAST_GET + line + b"\r\n\r\n")


VALID_FIELD_LINE = with_field_line(b"X-A: v")
VALID_LENGTH_LINE = Octets(LAST_POST + b"Content-Length: 5\r\n\r\nhello")


def with_value(value: bytes) -> Octets:
    """Return a request whose field X-A has this value, right behind the colon, and that goes on behind it."""
    return Octets(LAST_GET + b"X-A:" + value + b"\r\nX-After: v\r\n\r\n")


VALID_VALUE = with_value(b" v")


def expect_value(exchange: HttpExchange, *wanted: str) -> None:
    """Expect one of these values of X-A."""
    got = environ_of(exchange)["HTTP_X_A"]
    expect(got in wanted, "HTTP_X_A", want=wanted[0], got=got)


def expect_value_or_refused(exchange: HttpExchange, *wanted: str) -> None:
    """Expect one of these values of X-A, or a refusal."""
    if exchange.app.called:
        expect_value(exchange, *wanted)
    else:
        refused(exchange, by_any_error=True)
