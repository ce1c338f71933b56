"""The observer: middleware that changes nothing and misses nothing, between a server and an application."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..model.violation import Side
from ..spec import pep3333
from ..spec import pep3333_applications as law
from .environ import content_length, judge_environ
from .errors import Errors
from .escaping import judge_call, judge_escape
from .faults import Fault
from .file_wrapper import FileWrapper
from .input import Input
from .invocation import Invocation, shown
from .iterable import Iterable, observed
from .start_response import StartResponse
from .witness import Collector, Witness


def observe(
    application: Callable[..., Any], *, collect: Collector | None = None, strict: bool = False
) -> Observer:
    """Return ``application`` under a strict observer, to stand where ``wsgiref.validate`` stands.

    A broken MUST raises ``ApplicationFault`` where it is seen, or ``ServerFault`` where the server broke
    it; both are AssertionErrors that name the duty's id, the sentence and what was seen. One that the
    application traps is raised again at its end. With ``strict``, a broken SHOULD raises as well.

    With ``collect``, nothing is raised: each ``Violation`` is given to that callable, advice included,
    once for each invocation, from whatever thread it is seen in.
    """
    return Observer(application, collect, strict)


class Observer:
    """A WSGI application that hands everything on to another, and judges what passes."""

    def __init__(self, application: Any, collect: Collector | None, strict: bool) -> None:
        self._application = application
        self._collect = collect
        self._strict = strict
        if not callable(application):
            self._witness().record(law.TWO_ARGUMENTS, f"the application is {shown(application)}, no callable")

    def _witness(self) -> Witness:
        return Witness(self._collect, self._strict)

    def __call__(self, *args: Any, **named: Any) -> Iterable | Any:
        """Serve one request as the application serves it."""
        witness = self._witness()
        if named or len(args) != 2:
            witness.record(
                pep3333.APP_POSITIONAL,
                f"the application was called with {len(args)} positional and {len(named)} keyword arguments",
                Side.SERVER,
            )
            return self._application(*args, **named)
        environ, start_response = args
        if not judge_environ(environ, witness):
            return self._application(environ, start_response)
        given = frozenset(environ)
        invocation = Invocation(witness, environ.get("REQUEST_METHOD"), given)
        _put_in_place(environ, witness)
        try:
            returned = self._call(environ, StartResponse(invocation, start_response), given, witness)
        except Fault as fault:
            witness.hand_over(fault)
        witness.insist()
        return observed(returned, invocation)

    def _call(
        self, environ: dict[str, Any], start_response: StartResponse, given: frozenset[str], witness: Witness
    ) -> Any:
        try:
            return self._application(environ, start_response)
        except Fault:
            raise
        except BaseException as error:
            if isinstance(error, TypeError):
                judge_call(self._application, error, witness)
            judge_escape(error, given, witness)
            raise


def _put_in_place(environ: dict[str, Any], witness: Witness) -> None:
    """Put what the observer sees through in the place of the server's streams and file wrapper."""
    if "wsgi.input" in environ:
        environ["wsgi.input"] = Input(environ["wsgi.input"], witness, content_length(environ))
    if "wsgi.errors" in environ:
        environ["wsgi.errors"] = Errors(environ["wsgi.errors"], witness)
    if callable(environ.get("wsgi.file_wrapper")):
        environ["wsgi.file_wrapper"] = FileWrapper(environ["wsgi.file_wrapper"], witness)
