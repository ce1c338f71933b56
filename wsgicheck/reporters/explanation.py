"""A check explained, so that one can learn the rule from it.

The rule, the harm, the clause; what is accepted; what is sent, and a minimal application to serve; where
to look first when the check fails.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable

from ..model.check import Check
from ..model.law import Level, Requirement
from ..model.stimulus import Beside, Octets, Request, Segmented, Session, Several, Stimulus, Storm
from .abstentions import abstentions
from .actions import in_words
from .lessons import accepted_by, lesson, must_be_served
from .lessons.entry import Lesson
from .minimal_application import source
from .timeline import octets, visible

WIDTH = 88
_SEE = re.compile(r"\bSee ((?:``[a-z0-9-]+``(?: and )?)+)")
_ID = re.compile(r"``([a-z0-9-]+)``")


def render(check: Check, find: Callable[[str], Check] | None = None) -> str:
    """Return the page of a check. ``find`` looks up the checks whose harm is the same ("See ``id``")."""
    law = check.law
    parts = [
        f"{check.id}   ({law.level.value}, {law.source.value}, topic {check.topic}, since {check.since})",
        _wrap(check.title),
        "\n\n".join(_wrap(paragraph) for paragraph in harm(check, find).split("\n\n")),
    ]
    for requirement in check.requires:
        parts.append(_wrap(f'{requirement.source.value}, {requirement.section}: "{requirement.quote}"'))
        if requirement.inference:
            parts.append(_wrap(f"How the duty follows: {requirement.inference}"))
        parts.append(requirement.url)
    parts.append(_wrap(f"What is accepted: {accepted(check)}"))
    if check.tempered:
        parts.append(_wrap(f"One step less severe outside the profile 'edge': {check.tempered}."))
    parts.append("What is sent\n" + textwrap.indent(_sent(check.send), "    "))
    if check.control is not None:
        parts.append(
            "The control, which must reach the application\n" + textwrap.indent(_sent(check.control), "    ")
        )
    parts.append(
        "A minimal application that shows it (save it as app.py, serve app:application)\n"
        + textwrap.indent(source(check.play, closable="clos" in check.id).strip("\n"), "    ")
    )
    parts.append(_wrap(f"What to look at first when it fails: {_lesson(check).look_at}"))
    return "\n\n".join(part for part in parts if part)


def render_duty(law: Requirement) -> str:
    """Return the page of a duty that binds an application or middleware, which no check of servers judges."""
    middleware = law.id.startswith("middleware-")
    raises = "warned of" if law.level in (Level.SHOULD, Level.SHOULD_NOT, Level.MAY) else "a fail"
    command = f"wsgicheck app {'--middleware ' if middleware else ''}MODULE:CALLABLE"
    who = "middleware" if middleware else "an application or of middleware"
    parts = [
        f"{law.id}   ({law.level.value}, {law.basis.value}, {law.source.value})",
        _wrap(f'What is asked of {who}. {law.source.value}, {law.section}: "{law.quote}"'),
        _wrap(f"How the duty follows: {law.inference}") if law.inference else "",
        law.url,
        _wrap(f"Where it is seen broken, it is {raises} of '{command}', which says at which visit."),
        ""
        if middleware
        else _wrap(
            "In a test suite: wsgicheck.observe(application) raises ApplicationFault where it sees a MUST "
            "broken, with strict=True a SHOULD as well. What shows only when several invocations are "
            "compared is seen by the command alone."
        ),
    ]
    return "\n\n".join(part for part in parts if part)


def harm(check: Check, find: Callable[[str], Check] | None = None) -> str:
    """Return what a breach does; where that is said by another check, its words as well."""
    told = check.explanation
    named = _SEE.search(told)
    if named is None or find is None:
        return told
    others = (find(id) for id in _ID.findall(named[1]))
    return "\n\n".join([told, *(f"{other.title} {harm(other, find)}" for other in others)])


def accepted(check: Check) -> str:
    """Return what passes besides the plainest behaviour, and where there is no verdict."""
    words = [accepted_by(check.id, _lesson(check))]
    if check.control is not None:
        what = "A fail" if must_be_served(check.id, _lesson(check)) else "A refusal"
        words.append(f"{what} counts where the control below reaches the application.")
    if check.law.level in (Level.SHOULD, Level.SHOULD_NOT):
        words.append(f"The law only recommends it ({check.law.level.value}): a fail is a warning.")
    reasons = abstentions(check.judge)
    if reasons:
        words.append(f"It does not apply where {'; where '.join(reasons)}.")
    return " ".join(words)


def _lesson(check: Check) -> Lesson:
    return lesson(check.judge.__module__.split(".")[-2], check.topic)


def _wrap(text: str) -> str:
    return textwrap.fill(" ".join(text.split()), WIDTH)


def _beside(beside: Beside) -> str:
    """Return what another connection does meanwhile, in words."""
    how = "over TLS" if beside.greets else "without TLS"
    return f"while another connection, {how}, has sent {octets(beside.octets) or 'nothing'} and waits"


def _sent(send: Stimulus) -> str:
    if isinstance(send, Octets):
        raw = octets(send.octets).replace("\\r\\n", "\\r\\n\n") or "(nothing)"
        beside = [_beside(send.beside)] if send.beside else []
        return "\n".join([raw.rstrip("\n"), *(f"then: {in_words(action)}" for action in send.then), *beside])
    if isinstance(send, Several):
        how = "at once" if send.at_once else "one after another"
        return f"{send.times} times, {how}, each on a connection of its own:\n" + _sent(send.request)
    if isinstance(send, Storm):
        return "\n".join(
            line
            for line in (
                f"{send.times} clients at once, {send.rounds + 1} times, that each send",
                octets(send.octets) or "(nothing)",
                *(f"or {octets(others)}" for others in send.others),
                f"read {send.receive} octets" if send.receive else "",
                f"then {octets(send.rest)}" if send.rest else "",
                f"and leave ({send.leaving.value}{', before they can be accepted' if send.headlong else ''})",
            )
            if line
        )
    if isinstance(send, Segmented):
        cuts = (octets(cut) or "nowhere" for cut in send.cuts)
        return f"each time on a connection of its own, cut at: {', '.join(cuts)}\n" + _sent(send.octets)
    if isinstance(send, Session):
        who = "a client" if send.clients == 1 else f"{send.clients} clients at once, each"
        redirects = ", which follows redirects" if send.follows else ""
        visits = [_sent(visit) for visit in send.visits]
        return "\n".join([f"{who} with a session of its own{redirects}:", *visits])
    lines = [f"{send.method} {visible(send.target)}"]
    lines += [f"{visible(name)}: {visible(value)}" for name, value in send.headers]
    if send.body is not None:
        lines.append(f"({len(send.body)} octets of content: {octets(send.body[:60])})")
    if isinstance(send, Request):
        lines += [f"then: {in_words(action)}" for action in send.then]
    return "\n".join(lines)
