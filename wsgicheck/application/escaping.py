"""Exceptions that leave the application: which of them show that a duty was broken."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from ..spec import pep3333_applications as law
from .environ import is_cgi
from .provided import Provided
from .witness import Witness


def judge_escape(error: BaseException, given: frozenset[str], witness: Witness) -> None:
    """Judge an exception by its cause: an attribute of ours that no server need have, or a variable.

    ``given`` are the keys of the environ as the application got it. Returns where the exception is the
    application's own affair.
    """
    seen: BaseException | None = error
    judged: set[int] = set()  # a cause may be the error itself, or lead back to it
    direct = True  # a KeyError that was handled before another error arose is a fallback, not a fault
    while seen is not None and id(seen) not in judged:
        judged.add(id(seen))
        if isinstance(seen, AttributeError):
            _judge_attribute(seen, witness)
        elif (
            direct
            and isinstance(seen, KeyError)
            and seen.args
            and is_cgi(seen.args[0])
            and seen.args[0] not in given
        ):
            witness.record(
                law.VARIABLES,
                f"the application fails with KeyError({seen.args[0]!r}), for the environ has no such key; "
                "use environ.get",
                cause=error,
            )
        direct = direct and seen.__cause__ is not None
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)


def _judge_attribute(error: AttributeError, witness: Witness) -> None:
    owner = error.obj
    if isinstance(owner, Provided):
        witness.record(
            owner.law,
            f"the application needs {owner.name}.{error.name}; all that it need have is {owner.promise}",
            cause=error,
        )


def judge_call(application: Callable[..., Any], error: TypeError, witness: Witness) -> None:
    """Judge a TypeError of the call itself: the application does not take two positional arguments."""
    if error.__traceback__ is not None and error.__traceback__.tb_next is not None:
        return  # it was raised further in
    try:
        inspect.signature(application).bind({}, None)
    except (TypeError, ValueError):
        witness.record(
            law.TWO_ARGUMENTS, f"application(environ, start_response) cannot be called: {error}", cause=error
        )
