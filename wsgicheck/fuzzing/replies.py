"""One response on the wire against what its play produced."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..model.exchange import Response
from ..model.fuzzed import Breach
from . import rules
from .outcome import Outcome
from .reading import Fate, Reading
from .shown import shown

SERVERS_OWN = ("connection", "content-length", "date", "keep-alive", "server", "transfer-encoding", "via")
"""Fields whose values are the server's to decide on."""
SINGLE = ("content-length", "content-type", "date", "location", "server", "transfer-encoding")
WITHOUT_METADATA = (204, 205, 304)
OF_TWO_HEADS = (
    rules.BODY,
    rules.COMPLETE,
    rules.DUPLICATED,
    rules.GRAMMAR,
    rules.HEADERS,
    rules.STATUS,
    rules.HEAD_LENGTH,
    rules.LENGTH_304,
)
"""What is broken where a replaced head is mixed with its successor."""


def judge_reply(
    reading: Reading, response: Response, outcome: Outcome | None, excused: bool
) -> Iterator[Breach]:
    """Return what a response has otherwise than its play. ``outcome`` None: it is none of the application.

    ``excused``: a reset may have destroyed what was under way, which says nothing.
    """
    for breach in _reply(reading, response, outcome, excused):
        mixed = outcome is not None and outcome.replaced and breach.rule in OF_TWO_HEADS
        yield replace(breach, rule=rules.REPLACED) if mixed else breach


def _reply(reading: Reading, response: Response, outcome: Outcome | None, excused: bool) -> Iterator[Breach]:
    yield from _form(reading, response)
    if outcome is None or reading.refusal is not None:
        return
    if (
        response.status >= 500
        and response.status != outcome.status
        and _may_be_refused(reading, outcome, response)
    ):
        return
    if outcome.fails:
        yield from _failed(reading, response, outcome)
        return
    yield from _head(response, outcome)
    if response.status == outcome.status:
        yield from _content(reading, response, outcome, excused)


# ---- whatever it answers ----------------------------------------------------------------------------


def _form(reading: Reading, response: Response) -> Iterator[Breach]:
    faults = [fault for fault in response.faults if not fault.startswith("the connection ")]
    if "Content-Length beside Transfer-Encoding" in faults:
        yield Breach(rules.BOTH_SENT, "fields that frame the response", "one", "two")
    elif faults:
        yield Breach(rules.GRAMMAR, "the response departs from the grammar", "", "; ".join(faults[:3]))
    for name in SINGLE:
        if len(response.values(name)) > 1 and name != "content-length":
            yield Breach(rules.DUPLICATED, f"field lines of {name}", "1", str(len(response.values(name))))
    if response.values("transfer-encoding"):
        if reading.version < (1, 1) and reading.fate is not Fate.REFUSED:
            yield Breach(rules.CODING_TO_1_0, "Transfer-Encoding to an HTTP/1.0 request", "none", "one")
        if response.status == 204:
            yield Breach(rules.NO_CODING_204, "Transfer-Encoding in a 204", "none", "one")
    if response.status == 204 and response.values("content-length"):
        yield Breach(
            rules.NO_LENGTH_204, "Content-Length in a 204", "none", response.values("content-length")[0]
        )
    if 200 <= response.status < 500 and not response.values("date"):
        yield Breach(rules.DATE, f"Date in a response {response.status}", "one", "none")


def _may_be_refused(reading: Reading, outcome: Outcome, response: Response) -> bool:
    """Whether an error response stands rightly in place of the application's own."""
    misdeclared = outcome.declared is not None and outcome.declared != len(outcome.produced)
    superfluous = outcome.status in WITHOUT_METADATA and bool(outcome.produced)
    return outcome.fails or misdeclared or superfluous or not reading.whole or response.status == 503


# ---- a play that fails ------------------------------------------------------------------------------


def _failed(reading: Reading, response: Response, outcome: Outcome) -> Iterator[Breach]:
    no_content = reading.method == b"HEAD" or outcome.status in WITHOUT_METADATA
    if response.status >= 500 or no_content or response.status != outcome.status:
        return
    if outcome.declared is not None and outcome.declared <= len(outcome.produced):
        return  # all that was announced had come before the failure
    if not outcome.produced.startswith(response.content):
        yield Breach(
            rules.BODY,
            "the content of a failed response",
            repr(outcome.produced[:60]),
            repr(response.content[:60]),
        )
    elif not outcome.produced:
        what = "the application failed before its first block"
        if response.complete and response.framing != "close":
            yield Breach(
                rules.FAILURE_SHOWN,
                what,
                "an error, or an incomplete response",
                f"{response.status}, complete",
            )
        elif not outcome.writes:
            yield Breach(rules.HEAD_EARLY, what, "no head of its own", str(response.status))
    elif response.complete and response.framing in ("chunked", "content-length") and not outcome.sole_block:
        yield Breach(rules.CUT_SHORT, "a response whose application failed halfway", "incomplete", "complete")


# ---- a play that does not ---------------------------------------------------------------------------


def _head(response: Response, outcome: Outcome) -> Iterator[Breach]:
    if response.status != outcome.status:
        yield Breach(rules.STATUS, "the status code", str(outcome.status), str(response.status))
        return
    for name in dict.fromkeys(name.lower() for name, _ in outcome.headers):
        if name in SERVERS_OWN or (name == "content-type" and outcome.status in WITHOUT_METADATA):
            continue
        want, got = outcome.values(name), list(response.values(name))
        if [value.strip(" \t") for value in want] != got:
            yield Breach(rules.HEADERS, f"the field {name}", repr(want), repr(got))


def _content(reading: Reading, response: Response, outcome: Outcome, excused: bool) -> Iterator[Breach]:
    produced, declared = outcome.produced, outcome.declared
    if reading.method == b"HEAD" or outcome.status == 304:
        rule = rules.HEAD_LENGTH if reading.method == b"HEAD" else rules.LENGTH_304
        lawful = {str(len(produced)), str(declared)}
        for value in response.values("content-length"):
            if value not in lawful and outcome.status not in (204, 205):
                yield Breach(
                    rule, "Content-Length where there is no content", " or ".join(sorted(lawful)), value
                )
        return
    if outcome.status == 204:
        return
    if outcome.status == 205:
        if response.content:
            yield Breach(rules.CONTENT_205, "the content of a 205", "none", repr(response.content[:60]))
        return
    if declared is not None and declared > len(produced):
        yield from _shortfall(response, outcome)
        return
    expected = produced[:declared] if declared is not None else produced
    if not response.complete:
        excess = declared is not None and declared < len(produced)
        if not excess and not excused and not outcome.close_raises:
            faults = "; ".join(response.faults) or "cut short"
            yield Breach(rules.COMPLETE, "a response whose application did not fail", "complete", faults)
        if not expected.startswith(response.content):
            yield _differs(expected, response)
    elif response.content != expected:
        excess = len(response.content) > len(expected) and response.content.startswith(expected)
        if excess and expected != produced:
            yield Breach(rules.EXCESS, "octets of content", str(len(expected)), str(len(response.content)))
        else:
            yield _differs(expected, response)


def _shortfall(response: Response, outcome: Outcome) -> Iterator[Breach]:
    if not outcome.produced.startswith(response.content):
        rule = rules.LENGTH_RIGHT if response.content.startswith(outcome.produced) else rules.BODY
        want, got = shown(outcome.produced), shown(response.content)
        yield Breach(rule, "what fills up a response that falls short", want, got)
    elif response.complete and response.framing == "chunked" and response.content != outcome.produced:
        yield Breach(
            rules.SHORTFALL, "a response that falls short of its Content-Length", "incomplete", "complete"
        )


def _differs(expected: bytes, response: Response) -> Breach:
    return Breach(rules.BODY, "the content", shown(expected), shown(response.content))
