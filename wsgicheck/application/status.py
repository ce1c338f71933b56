"""Duties about the status."""

from __future__ import annotations

import re

from ..spec import pep3333_applications as law
from .invocation import shown
from .witness import Witness

CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
FORM = re.compile(r"[1-9][0-9]{2} (\S(.*\S)?)?", re.ASCII)  # HTTP allows an empty reason after the space


def judge_status(status: object, witness: Witness) -> int:
    """Judge a status; return its code, 0 where there is none."""
    if type(status) is not str:
        witness.record(
            law.NATIVE_STRINGS, f'the status is {shown(status)}; it must be a str such as "200 OK"'
        )
        return 0
    if CONTROLS.search(status):
        witness.record(law.STATUS_CONTROLS, f"the status {status!r} contains a control character")
    elif not FORM.fullmatch(status):
        witness.record(
            law.STATUS_FORM,
            f"the status is {status!r}; want three digits, one space, and a reason, nothing around them",
        )
    judge_latin_1(status, "the status", witness)
    code = int(status[:3]) if re.fullmatch(r"[0-9]{3}", status[:3], re.ASCII) else 0
    if code == 101:
        witness.record(law.HOP_BY_HOP, f"the status is {status!r}, which needs the hop-by-hop header Upgrade")
    return code


def judge_latin_1(text: str, what: str, witness: Witness) -> None:
    """Judge that every character of a string is at most U+00FF."""
    beyond = next((character for character in text if ord(character) > 0xFF), None)
    if beyond is not None:
        witness.record(
            law.LATIN_1,
            f"{what} {text!r} contains U+{ord(beyond):04X}, which ISO-8859-1 has not: encode it",
        )
