"""``start_response`` and ``write`` as the observed application gets them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from ..spec import pep3333_applications as law
from .escaping import judge_escape
from .headers import judge_headers
from .invocation import Invocation, shown
from .provided import Provided
from .status import judge_status


class StartResponse(Provided):
    """Judges each call, then hands it on to the server."""

    name = "start_response"
    promise = "a call, for any kind of callable will do"
    law = law.CALLABLE_KIND

    def __init__(self, invocation: Invocation, server: Callable[..., Any]) -> None:
        self._invocation = invocation
        self._server = server

    def __call__(self, *args: Any, **named: Any) -> Write:
        """Judge a call by what the PEP asks of the application; raise whatever the server raises."""
        invocation, witness = self._invocation, self._invocation.witness
        again, invocation.started = invocation.started, True  # a first call that fails counts as well
        if named:
            names = ", ".join(named)
            witness.record(law.POSITIONAL, f"start_response was called with the keyword arguments {names}")
        elif len(args) not in (2, 3):
            witness.record(
                law.START_ARGUMENTS,
                f"start_response was called with {len(args)} arguments; want status, response_headers and, "
                "in an error handler, exc_info",
            )
        else:
            exc_info = args[2] if len(args) == 3 else None
            if exc_info is not None:
                self._judge_exc_info(exc_info)
            if again and not exc_info:
                witness.record(
                    law.SECOND_CALL,
                    f"start_response was called again, with {shown(args[0])}, and without exc_info",
                )
            if invocation.refused is not None:
                invocation.trapped("and called start_response again")
            invocation.code = judge_status(args[0], witness)
            invocation.content_length = judge_headers(args[1], witness)
            trapped = sys.exc_info()[1]
            if trapped is not None and invocation.code >= 500:  # what it traps, a framework answers with 500
                judge_escape(trapped, invocation.given, witness)
        return self._hand_on(args, named)

    def _hand_on(self, args: tuple[Any, ...], named: dict[str, Any]) -> Write:
        try:
            return Write(self._invocation, self._server(*args, **named))
        except BaseException as error:
            if len(args) == 3 and args[2]:
                self._invocation.refused = error
            raise

    def _judge_exc_info(self, exc_info: object) -> None:
        witness = self._invocation.witness
        if exc_info == (None, None, None):
            witness.record(
                law.EXC_INFO_HANDLER,
                "exc_info is (None, None, None): sys.exc_info() was called outside of an error handler",
            )
        elif not (
            type(exc_info) is tuple and len(exc_info) == 3 and isinstance(exc_info[1], BaseException)
        ) or exc_info[0] is not type(exc_info[1]):
            witness.record(law.EXC_INFO, f"exc_info is {shown(exc_info)}; want what sys.exc_info() returned")
        elif sys.exc_info()[1] is None:
            witness.record(
                law.EXC_INFO_HANDLER, f"exc_info brings {exc_info[1]!r}, but no exception is being handled"
            )


class Write(Provided):
    """Judges each block that is written, then hands it on."""

    name = "write"
    promise = "a call, for any kind of callable will do"
    law = law.CALLABLE_KIND

    def __init__(self, invocation: Invocation, server: Callable[[bytes], object]) -> None:
        self._invocation = invocation
        self._server = server

    def __call__(self, block: bytes) -> None:
        """Write a block of the body; discouraged, and forbidden from within the iterable."""
        witness = self._invocation.witness
        if self._invocation.iterating:
            witness.record(
                law.WRITE_IN_ITERABLE,
                f"write was called with {shown(block)} while the iterable was producing a block: yield it",
            )
        witness.record(law.WRITE_AVOIDED, "the application uses write(); return or yield the body instead")
        self._invocation.send(block, "wrote")
        self._server(block)
