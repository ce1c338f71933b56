"""What the application read from ``wsgi.input`` against the content of its request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ..model.exchange import Observation
from ..model.fuzzed import Breach, Rule
from . import rules
from .reading import Reading
from .shown import shown


def judge_inputs(reading: Reading, observations: Sequence[Observation]) -> Iterator[Breach]:
    """Return what the application read otherwise than it was sent. Reading less is nobody's fault."""
    if reading.content is None:
        return
    position = 0
    for seen in observations:
        if seen.kind == "content":
            yield from _whole_content(reading, seen)
        elif seen.kind == "read":
            got = _octets(seen.facts.get("got"))
            if got is None:
                return  # it raised: what is left can no longer be told
            yield from _one_reading(reading, seen, got, position)
            if not reading.content.startswith(got, position):
                return
            position += len(got)


def _whole_content(reading: Reading, seen: Observation) -> Iterator[Breach]:
    content = reading.content or b""
    got = str(seen.facts["content"]).encode("latin-1")
    if seen.facts.get("ended_by") == "nothing":
        return  # the application had no way of knowing where the content ends
    if seen.facts.get("error") and content.startswith(got):
        if reading.whole and reading.fate.value == "served":
            yield Breach(
                _rule(reading),
                "reading the content raised",
                repr(content[:60]),
                str(seen.facts["error"]["type"]),
            )
        return
    if got != content and not (not reading.whole and content.startswith(got)):
        yield Breach(_rule(reading), "the content that the application read", shown(content), shown(got))


def _one_reading(reading: Reading, seen: Observation, got: bytes, position: int) -> Iterator[Breach]:
    content = reading.content or b""
    method, arguments = seen.facts["method"], seen.facts["arguments"]
    rest = content[position:]
    if not rest.startswith(got):
        yield Breach(
            _rule(reading), f"what {method}{_shown_arguments(arguments)} returned", shown(rest), shown(got)
        )
        return
    if not reading.whole:
        return
    size = arguments[0] if arguments else -1
    if method == "read" and size > 0 and (len(got) > size or (not got and rest)):
        yield Breach(rules.READ, f"octets that read({size}) returned", f"1 to {size}", str(len(got)))
    elif method == "readline" and size > 0:
        line = rest[:size]
        line = line[: line.index(b"\n") + 1] if b"\n" in line else line
        if got != line:
            yield Breach(rules.READLINE, f"what readline({size}) returned", shown(line), shown(got))
    elif method == "rest" and got != rest:
        yield Breach(_rule(reading), "the rest of the content", shown(rest), shown(got))


def _rule(reading: Reading) -> Rule:
    if reading.framing == "chunked":
        return rules.OVERRIDDEN_LENGTH if reading.length_beside else rules.CHUNKED_CONTENT
    return rules.CONTENT if reading.framing == "length" else rules.NO_CONTENT


def _octets(described: Any) -> bytes | None:
    if not isinstance(described, list) or described[0] != "bytes":
        return None
    return str(described[1]).encode("latin-1")


def _shown_arguments(arguments: Sequence[Any]) -> str:
    return "(" + ", ".join(str(each) for each in arguments) + ")"
