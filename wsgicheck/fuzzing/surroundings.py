"""The environ of one call against the model's reading of its request."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ..model.fuzzed import Breach, Rule
from . import rules
from .reading import Reading, Variable, Words

INVENTABLE = re.compile(r"HTTP_X_[A-Z0-9_]+")
"""Variables that no server sets on its own account: what fuzzing names its fields."""
OURS_TO_SET = ("HTTP_X_WSGICHECK_STRAY",)
"""What stands in the environment of the server, which some copy (see ``engine/launch.py``)."""


def judge_environ(reading: Reading, environ: Mapping[str, str]) -> Iterator[Breach]:
    """Return what the environ says otherwise than the request."""
    words = reading.words
    if words is None:
        return
    yield from _request_line(words, environ)
    yield from _content_fields(reading, words, environ)
    for name, variable in words.variables.items():
        yield from _variable(name, variable, environ)
    yield from _invented(words, environ)


def _request_line(words: Words, environ: Mapping[str, str]) -> Iterator[Breach]:
    method = words.method.decode("latin-1")
    if environ.get("REQUEST_METHOD") != method:
        yield _differs(rules.METHOD, "REQUEST_METHOD", method, environ)
    target = rules.QUERY
    if words.path is not None:
        path = words.path.decode("latin-1")
        got = environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", "")
        if got != path:
            target = rules.ABSOLUTE_PATH if words.absolute else rules.QUERY
            yield Breach(
                rules.ABSOLUTE_PATH if words.absolute else rules.PATH, "PATH_INFO", repr(path), repr(got)
            )
    if words.query is not None and environ.get("QUERY_STRING", "") != words.query.decode("latin-1"):
        yield _differs(target, "QUERY_STRING", words.query.decode("latin-1"), environ)
    if words.protocol is not None and environ.get("SERVER_PROTOCOL") != words.protocol.decode("latin-1"):
        yield _differs(rules.PROTOCOL, "SERVER_PROTOCOL", words.protocol.decode("latin-1"), environ)


def _content_fields(reading: Reading, words: Words, environ: Mapping[str, str]) -> Iterator[Breach]:
    if words.content_type is not None and environ.get("CONTENT_TYPE", "") != words.content_type.decode(
        "latin-1"
    ):
        yield _differs(rules.CONTENT_TYPE, "CONTENT_TYPE", words.content_type.decode("latin-1"), environ)
    if not reading.whole or reading.content is None:
        return
    length = environ.get("CONTENT_LENGTH", "")
    lawful = {"", str(len(reading.content))} if reading.framing != "length" else {str(len(reading.content))}
    if reading.framing == "none":
        lawful = {"", "0"}
    elif not reading.content:
        lawful.add("")
    if length not in lawful and not (length.isascii() and length.isdigit() and str(int(length)) in lawful):
        want = " or ".join(repr(each) for each in sorted(lawful))
        if reading.length_beside or "," in length:
            return  # which of several fields it repeats is nobody's to say
        yield Breach(rules.CONTENT_LENGTH, "CONTENT_LENGTH", want, repr(environ.get("CONTENT_LENGTH")))


def _variable(name: str, variable: Variable, environ: Mapping[str, str]) -> Iterator[Breach]:
    values = [value.decode("latin-1") for value in variable.values]
    got = environ.get(name)
    if got is None:
        if any(values):
            yield Breach(rules.FIELD_MISSING, name, repr(", ".join(values)), "absent")
        return
    if re.search(r"[\r\n\0]", got):
        rule = variable.rule if variable.rule is rules.FOLDING else rules.CR_LF_NUL
        yield Breach(rule, name, "no CR, LF or NUL", repr(got))
    elif _comparable(got, variable.folded) not in _joined(values, variable.folded):
        rule = variable.rule
        if rule is rules.FIELDS_COMBINED and [part.strip(" \t") for part in got.split(",")] == values:
            rule = rules.FIELD_VALUE  # combined well, of values that kept the white space around them
        yield Breach(rule, name, repr(", ".join(values)), repr(got))


def _joined(values: list[str], loose: bool) -> set[str]:
    """Return the ways of joining the lines of one field: by a comma, and a semicolon for cookies."""
    every = {separator.join(values) for separator in (",", ", ", ";", "; ")}
    full = [value for value in values if value]
    every |= {separator.join(full) for separator in (",", ", ", ";", "; ")}
    return {_comparable(each, loose) for each in every}


def _comparable(text: str, loose: bool) -> str:
    return re.sub(r"[ \t]+", " ", text).strip(" ") if loose else text


def _invented(words: Words, environ: Mapping[str, str]) -> Iterator[Breach]:
    for name, value in environ.items():
        if not INVENTABLE.fullmatch(name) or name in words.variables or name in words.unjudged:
            continue
        if name in OURS_TO_SET:
            continue
        rule = rules.FIELD_INVENTED
        if name in words.trailers:
            rule = rules.TRAILER
        elif name in words.ignored:
            rule = rules.LEADING_SPACE
        yield Breach(rule, f"{name}, which the header section does not have", "absent", repr(value))


def _differs(rule: Rule, name: str, want: str, environ: Mapping[str, str]) -> Breach:
    return Breach(rule, name, repr(want), repr(environ.get(name)))
