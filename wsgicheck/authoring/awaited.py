"""Content that the client withholds until it is answered, as it expects 100-continue (RFC 9110 10.1.1)."""

from __future__ import annotations

from ..model.exchange import HttpExchange
from ..model.stimulus import Action, Octets, Receive, Send
from .calls import gate_passed
from .judgement import expect
from .needs import needs_http_1_1
from .requests import octets
from .responses import response_of

EXPECT_CONTINUE = "Expect: 100-continue"
AWAITED = b"the content"
AWAITED_LENGTH = "Content-Length: 11"
_ANSWER_BEGINS = b"HTTP/1."
CONTINUE_AWAITED = Receive(_ANSWER_BEGINS, 0.5, owed=True)
"""The client waits for 100 or a final response, and goes on all the same where none comes."""


def withholding(
    *fields: str, method: str = "POST", content: bytes = AWAITED, then: tuple[Action, ...] = ()
) -> Octets:
    """Return a request whose content goes out when an answer has begun: ``fields`` frame it, and close."""
    head = octets(method, EXPECT_CONTINUE, *(fields or (AWAITED_LENGTH,)), "Connection: close")
    return Octets(head, methods=(method,), then=(CONTINUE_AWAITED, Send(content), *then))


def is_answered_before_content(exchange: HttpExchange) -> bool:
    """Return whether an answer began before the client of ``CONTINUE_AWAITED`` sent its content."""
    return gate_passed(exchange, "receive " + _ANSWER_BEGINS.decode())


def expect_answered_before_content(exchange: HttpExchange) -> None:
    """Expect 100 or a final response before the content was sent, of a server that speaks HTTP/1.1."""
    response_of(exchange)
    needs_http_1_1(exchange)
    answered = is_answered_before_content(exchange)
    expect(answered, "before the content was sent", want="100 or a final response", got="nothing")
