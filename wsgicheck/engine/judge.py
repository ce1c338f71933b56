"""Puts a check and its evidence together: the judge's word, and when it may not be heard."""

from __future__ import annotations

import traceback
from dataclasses import dataclass, replace

from ..model.check import Check
from ..model.exchange import STILL_ARRIVING, HttpExchange
from ..model.result import Finding, Verdict
from ..model.stimulus import (
    FinishSending,
    Octets,
    Receive,
    Segmented,
    Session,
    Several,
    Stimulus,
    Storm,
    Visit,
)
from .patience import in_vain


@dataclass(frozen=True)
class Evidence:
    """What a check is judged on: its exchange, its control's, and whether the exchange killed the server."""

    exchange: HttpExchange
    control: HttpExchange | None = None
    death: str | None = None


def judge(check: Check, evidence: Evidence) -> Finding:
    """Return the finding of one check. Never raises: an error of the judge is a finding too."""
    if evidence.death is not None:
        return Finding(
            Verdict.FAIL,
            f"the server was lost while it served this exchange alone: {evidence.death}",
            want="the server goes on serving",
            got=evidence.death,
        )
    if evidence.control is not None and not reached(evidence.control):
        return Finding(Verdict.INCONCLUSIVE, _control_failed(evidence.control))
    if evidence.exchange.server.scheme == "https" and half_closes(check.send):
        return Finding(
            Verdict.INAPPLICABLE,
            "over TLS a server may take the end of our sending for that of the connection",
        )
    finding = _hear(check, evidence.exchange)
    if finding.verdict is Verdict.FAIL and evidence.exchange.is_unfinished:
        return Finding(Verdict.INCONCLUSIVE, STILL_ARRIVING)
    if finding.verdict in (Verdict.PASS, Verdict.FAIL) and not evidence.exchange.app.settled:
        return Finding(
            Verdict.INCONCLUSIVE, "the application's journal did not settle: more may have followed"
        )
    if finding.verdict is Verdict.PASS and evidence.control is None and in_vain(evidence.exchange):
        return Finding(Verdict.INCONCLUSIVE, "the client waited in vain for the end of a response")
    if finding.verdict is Verdict.PASS and not _witnessed(evidence):
        return Finding(
            Verdict.INCONCLUSIVE,
            "nothing shows that the server reaches the application at all: it answered "
            + _answer(evidence.exchange),
        )
    return finding


def in_company(finding: Finding) -> Finding:
    """Return the finding of an exchange that failed in company and never alone, with words that say so."""
    words = "only beside other requests: alone it did not fail again"
    return replace(finding, message=f"{finding.message} ({words})")


def reached(control: HttpExchange) -> bool:
    """Return whether a control reached the application and was answered by it."""
    return control.app.called and control.response is not None and control.response.status < 400


def half_closes(send: Stimulus) -> bool:
    """Return whether the client ends its side before it has received what it then waits for."""
    if isinstance(send, (Visit, Session, Segmented, Storm)):
        return False
    for action in send.request.then if isinstance(send, Several) else send.then:
        if isinstance(action, Receive):
            return False
        if isinstance(action, FinishSending) and action.alert:
            return True
    return False


def _hear(check: Check, exchange: HttpExchange) -> Finding:
    seen = exchange if isinstance(check.send, Octets) else exchange.without_wire()
    try:
        check.judge(seen)
    except Exception as error:
        finding = getattr(error, "finding", None)
        if isinstance(finding, Finding):
            return finding
        return Finding(Verdict.ERROR, "the judge raised: " + traceback.format_exc(limit=-2).strip())
    return Finding(Verdict.PASS)


def _witnessed(evidence: Evidence) -> bool:
    return evidence.exchange.app.called or evidence.control is not None


def _control_failed(control: HttpExchange) -> str:
    called = "was called" if control.app.called else "was not called"
    words = f"the control failed: the repaired request got {_answer(control)}, and the application {called}"
    for seen in control.app.of("read", "raised"):
        error = seen.facts.get("error")
        if type(error) is dict:  # a server may write lines of its own into the journal
            return f"{words}, and met {error.get('type')}: {error.get('message')}"
    return words


def _answer(exchange: HttpExchange) -> str:
    return str(exchange.response.status) if exchange.response else "nothing"
