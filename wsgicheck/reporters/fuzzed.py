"""What fuzzing found, for a terminal and as JSON: octets, play, clause, and how to see it again."""

from __future__ import annotations

import json
import re
import shlex
import textwrap
from dataclasses import MISSING, fields
from typing import Any

from ..model.fuzzed import Campaign, Discovery
from ..model.play import Play, Step
from .timeline import timeline, visible

OCTETS_SHOWN = 1500
"""Octets of a case that are shown; the recording has them all."""
_RUN = re.compile(rb"(.)\1{40,}", re.DOTALL)


def finding(discovery: Discovery, server: str, seed: int, colour: bool = False) -> str:
    """Return the whole account of one finding."""
    breach, case = discovery.breach, discovery.case
    law = breach.rule.law
    word = "FAIL" if breach.rule.grave else "WARN"
    if colour:
        word = f"\x1b[1;{31 if breach.rule.grave else 33}m{word}\x1b[0m"
    wanted = f": want {breach.want}, got {breach.got}" if breach.want or breach.got else ""
    lines = [f"{word} {breach.rule.id}", f"  {visible(breach.message + wanted)}"]
    lines += [f'  "{law.quote}"', f"  {law.source.value}, {law.section} ({law.level.value}): {law.url}"]
    if breach.rule.tempered:
        lines.append(f"  told as a warning: {breach.rule.tempered}")
    lines += ["  the client sends:", *(f"    {line}" for line in octets_in_lines(case.octets))]
    if case.cuts:
        lines.append(f"    cut behind octet {', '.join(map(str, case.cuts))}")
    for number, play in enumerate(case.plays, 1):
        lines += textwrap.wrap(
            f"application {number}: {in_python(play)}",
            120,
            initial_indent="  ",
            subsequent_indent="      ",
            break_long_words=False,
            break_on_hyphens=False,
        )
    lines.append("  what was seen:")
    for moment in timeline(discovery.exchange):
        lines.append(f"    {moment.milliseconds:9.2f} ms  {moment.who} {moment.what}")
    if discovery.restarted:
        lines.append(f"    the server was lost: {visible(discovery.restarted)}")
    lines.append(f"  found in example {discovery.example} of seed {seed}; seen each time it was tried again")
    lines.append("  to see it again:")
    lines.append(
        f"    wsgicheck fuzz --server {shlex.quote(server)} --replay {shlex.quote(discovery.recording)}"
    )
    return "\n".join(lines) + "\n"


def summary(campaign: Campaign) -> str:
    """Return the figures of a campaign."""
    grave = sum(discovery.breach.rule.grave for discovery in campaign.discoveries)
    found = (
        f"{grave} fail, {len(campaign.discoveries) - grave} warn" if campaign.discoveries else "nothing found"
    )
    lines = [
        f"{campaign.server}: {campaign.examples} examples ({campaign.deliveries} deliveries)"
        f" in {campaign.seconds:.0f} s, seed {campaign.seed}: {found}"
    ]
    if campaign.unstable:
        lines.append(f"{campaign.unstable} deliveries showed what did not show again: no findings")
    if campaign.trouble:
        lines.append(f"ended early: {visible(campaign.trouble)}")
    return "\n".join(lines) + "\n"


def as_json(campaign: Campaign) -> str:
    """Return a campaign as JSON."""
    return json.dumps(
        {
            "format": "wsgicheck-fuzz/1",
            "server": campaign.server,
            "command": campaign.command,
            "seed": campaign.seed,
            "examples": campaign.examples,
            "deliveries": campaign.deliveries,
            "unstable": campaign.unstable,
            "seconds": round(campaign.seconds, 3),
            "trouble": campaign.trouble,
            "findings": [_finding(discovery) for discovery in campaign.discoveries],
        },
        indent=2,
    )


def _finding(discovery: Discovery) -> dict[str, Any]:
    rule, exchange = discovery.breach.rule, discovery.exchange
    return {
        "rule": rule.id,
        "severity": "error" if rule.grave else "warning",
        "message": discovery.breach.message,
        "want": discovery.breach.want,
        "got": discovery.breach.got,
        "law": {
            "id": rule.law.id,
            "level": rule.law.level.value,
            "source": rule.law.source.value,
            "section": rule.law.section,
            "quote": rule.law.quote,
            "url": rule.law.url,
        },
        "example": discovery.example,
        "octets": discovery.case.octets.decode("latin-1"),
        "cuts": list(discovery.case.cuts),
        "plays": [in_python(play) for play in discovery.case.plays],
        "sent": exchange.wire.octets_sent.decode("latin-1"),
        "received": exchange.wire.octets_received.decode("latin-1"),
        "ended": exchange.wire.ended,
        "restarted": discovery.restarted,
        "replay": discovery.recording,
    }


def octets_in_lines(octets: bytes) -> list[str]:
    """Return octets as Python has them, a line each: what is not printable ASCII is escaped."""
    shown = octets[:OCTETS_SHOWN]
    lines = [repr(line)[2:-1] for line in re.split(rb"(?<=\n)", shown) if line]
    left = len(octets) - len(shown)
    return lines + ([f"... ({left} more octets, which --replay sends)"] if left else [])


def in_python(value: Any) -> str:
    """Return a play as Python, without what is as usual in it; a run of one octet is a product."""
    if isinstance(value, Play):
        unusual = [
            f"{field.name}={in_python(getattr(value, field.name))}"
            for field in fields(Play)
            if field.default is MISSING or getattr(value, field.name) != field.default
        ]
        return f"Play({', '.join(unusual)})"
    if isinstance(value, Step):
        return f"Step({', '.join([repr(value.op), *([in_python(value.args)] if value.args else [])])})"
    if isinstance(value, tuple):
        inner = ", ".join(in_python(each) for each in value)
        return f"({inner},)" if len(value) == 1 else f"({inner})"
    if isinstance(value, bytes):
        return _octets(value)
    return ascii(value)


def _octets(octets: bytes) -> str:
    parts, at = [], 0
    for run in _RUN.finditer(octets):
        if run.start() > at:
            parts.append(repr(octets[at : run.start()]))
        parts.append(f"{run.group(1)!r} * {len(run.group())}")
        at = run.end()
    if at < len(octets) or not parts:
        parts.append(repr(octets[at:]))
    return " + ".join(parts)
