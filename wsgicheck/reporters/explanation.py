"""A check explained, so that one can learn the rule from it."""

from __future__ import annotations

import textwrap

from ..model.check import Check
from ..model.play import Play, Step
from ..model.stimulus import Octets, Request, Session, Several, Stimulus
from .timeline import octets, visible

WIDTH = 88


def render(check: Check) -> str:
    """Return the page of a check: rule, harm, clause, what is sent, what is played."""
    law = check.law
    parts = [
        f"{check.id}   ({law.level.value}, {law.source.value}, topic {check.topic}, since {check.since})",
        _wrap(check.title),
        "\n\n".join(_wrap(paragraph) for paragraph in check.explanation.split("\n\n")),
    ]
    for requirement in check.requires:
        parts.append(_wrap(f'{requirement.source.value}, {requirement.section}: "{requirement.quote}"'))
        if requirement.inference:
            parts.append(_wrap(f"How the duty follows: {requirement.inference}"))
        parts.append(requirement.url)
    parts.append("What is sent\n" + textwrap.indent(_sent(check.send), "    "))
    if check.control is not None:
        parts.append(
            "The control, which must reach the application\n" + textwrap.indent(_sent(check.control), "    ")
        )
    parts.append("What the application plays\n" + textwrap.indent(_played(check.play), "    "))
    if check.tempered:
        parts.append(_wrap(f"One step less severe outside the profile 'edge': {check.tempered}"))
    return "\n\n".join(part for part in parts if part)


def _wrap(text: str) -> str:
    return textwrap.fill(" ".join(text.split()), WIDTH)


def _sent(send: Stimulus) -> str:
    if isinstance(send, Octets):
        raw = octets(send.octets).replace("\\r\\n", "\\r\\n\n")
        return "\n".join([raw, *(f"then: {action}" for action in send.then)])
    if isinstance(send, Several):
        how = "at once" if send.at_once else "one after another"
        return f"{send.times} times, {how}, each on a connection of its own:\n" + _sent(send.request)
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
        lines += [f"then: {action}" for action in send.then]
    return "\n".join(lines)


def _played(play: Play) -> str:
    """Return a play as the few lines of Python that it stands for."""
    if play.application:
        return f"the sample application {play.application}"
    lines = ["def application(environ, start_response):"]
    lines += ["    " + _step(step) for step in play.before]
    if play.starts:
        lines.append(f"    start_response({play.status!r}, {[tuple(pair) for pair in play.headers]!r})")
    lines += ["    " + _step(step) for step in play.after]
    if play.shape in ("list", "tuple", "nothing"):
        chunks = [chunk for chunk in play.chunks if not isinstance(chunk, Step)]
        value = {"list": repr(chunks), "tuple": repr(tuple(chunks)), "nothing": "None"}[play.shape]
        return "\n".join([*lines, f"    return {value}"])
    lines.append(f"    # returns an object of shape {play.shape!r} whose iteration does:")
    for chunk in play.chunks:
        lines.append("    " + (_step(chunk) if isinstance(chunk, Step) else f"yield {chunk!r}"))
    if play.closing:
        lines.append("    # and whose close() does:")
        lines += ["    " + _step(step) for step in play.closing]
    return "\n".join(lines)


def _step(step: Step) -> str:
    arguments = ", ".join(repr(argument) for argument in step.args)
    return {
        "start": f"start_response({arguments})",
        "try_start": f"try: start_response({arguments})  # and go on",
        "raise": f"raise ProbeError({arguments})",
        "wait": f"wait until the client has opened the gate {arguments}",
        "body": "read the request body, by Content-Length or to its end",
    }.get(step.op, f"{step.op}({arguments})")
