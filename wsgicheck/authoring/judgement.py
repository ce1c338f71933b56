"""How a judge ends: it returns, or calls one of these."""

from __future__ import annotations

import re
from typing import NoReturn

from ..model.result import Finding, Verdict

_PLAIN_WORDS = re.compile(r"[A-Za-z0-9_.:/-]+( [A-Za-z0-9_.:/-]+)*\Z")


class Judged(Exception):
    """How a judge ends early; carries its finding."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


def show(value: object) -> str:
    """Return a value as a person should read it: control characters escaped, never too long."""
    text = value if isinstance(value, str) and _PLAIN_WORDS.match(value) else repr(value)
    return text if len(text) <= 300 else text[:300] + f"... ({len(text)} characters)"


def expect(condition: bool, what: str, *, want: object, got: object) -> None:
    """Fail with ``what: want X, got Y`` unless the condition holds."""
    if not condition:
        raise Judged(Finding(Verdict.FAIL, what, want=show(want), got=show(got)))


def expect_octets(what: str, *, want: bytes, got: bytes) -> None:
    """Fail unless these are the same octets, showing where they part and how many there are."""
    if want != got:
        at = next((n for n, pair in enumerate(zip(want, got, strict=False)) if pair[0] != pair[1]), -1)
        at = at if at >= 0 else min(len(want), len(got))
        raise Judged(
            Finding(
                Verdict.FAIL,
                f"{what} from octet {at}",
                want=f"{want[at : at + 24]!r} ({len(want)} octets)",
                got=f"{got[at : at + 24]!r} ({len(got)} octets)",
            )
        )


def fail(what: str) -> NoReturn:
    """Fail in words alone."""
    raise Judged(Finding(Verdict.FAIL, what))


def inconclusive(reason: str) -> NoReturn:
    """End without a verdict on the server: what the judgement stands on was not seen."""
    raise Judged(Finding(Verdict.INCONCLUSIVE, reason))


def inapplicable(reason: str) -> NoReturn:
    """End because the server lacks the optional feature."""
    raise Judged(Finding(Verdict.INAPPLICABLE, reason))
