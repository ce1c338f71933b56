"""A case as text, exact to the octet: as JSON in a file, or in one word that a command line carries."""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any

from ..errors import UsageTrouble
from ..model.fuzzed import Case
from ..model.play import Play, Step

FORMAT = "wsgicheck-case/1"
WORD = "case:"
"""What a case in one word begins with."""
WORD_LIMIT = 256 * 1024
"""Octets of JSON that a word may unfold to."""


def to_json(case: Case) -> dict[str, Any]:
    """Return a case as JSON has it; octets are their Latin-1 image."""
    return {
        "format": FORMAT,
        "octets": case.octets.decode("latin-1"),
        "cuts": list(case.cuts),
        "plays": [_play(play) for play in case.plays],
    }


def to_word(case: Case) -> str:
    """Return a case in one word of letters, digits, hyphens and underscores."""
    packed = zlib.compress(json.dumps(to_json(case), separators=(",", ":")).encode("ascii"), 9)
    return WORD + base64.urlsafe_b64encode(packed).decode("ascii").rstrip("=")


def load(text: str) -> Case:
    """Return the case that a word holds, or the file of that name. Raises UsageTrouble."""
    try:
        return from_json(json.loads(_unfolded(text) if text.startswith(WORD) else Path(text).read_bytes()))
    except OSError as error:
        hint = f"name a file that --save wrote, or a word that begins with {WORD}"
        raise UsageTrouble(f"the case {text!r} cannot be read: {error.strerror}", hint) from error
    except (ValueError, KeyError, TypeError, AttributeError, zlib.error, binascii.Error) as error:
        shown = text if len(text) < 60 else text[:60] + "..."
        hint = "copy it whole, as it was printed"
        raise UsageTrouble(f"{shown!r} holds no case of this version of wsgicheck", hint) from error


def from_json(data: dict[str, Any]) -> Case:
    """Return the case that JSON describes. Raises ValueError, KeyError or TypeError where it does not."""
    if data["format"] != FORMAT:
        raise ValueError(data["format"])
    case = Case(
        data["octets"].encode("latin-1"),
        tuple(Play(**{key: _value(value) for key, value in play.items()}) for play in data["plays"]),
        tuple(int(cut) for cut in data["cuts"]),
    )
    if not case.plays:
        raise ValueError("no play")
    return case


def _unfolded(word: str) -> bytes:
    packed = word.removeprefix(WORD)
    octets = base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4))
    return zlib.decompressobj().decompress(octets, WORD_LIMIT)


def _play(play: Play) -> dict[str, Any]:
    """Return what in a play is not as usual."""
    return {
        field.name: _plain(getattr(play, field.name))
        for field in fields(Play)
        if field.default is MISSING or getattr(play, field.name) != field.default
    }


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return {"bytes": value.decode("latin-1")}
    if isinstance(value, Step):
        return {"step": value.op, "args": [_plain(argument) for argument in value.args]}
    return [_plain(each) for each in value] if isinstance(value, tuple) else value


def _value(data: Any) -> Any:
    if isinstance(data, list):
        return tuple(_value(each) for each in data)
    if isinstance(data, dict):
        if "bytes" in data:
            return data["bytes"].encode("latin-1")
        return Step(data["step"], tuple(_value(argument) for argument in data["args"]))
    return data
