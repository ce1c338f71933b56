"""Duties about the response headers."""

from __future__ import annotations

import re

from ..spec import pep3333_applications as law
from .invocation import shown
from .status import CONTROLS, judge_latin_1
from .witness import Witness

TOKEN = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
HOP_BY_HOP = {
    "connection": law.PERSISTENCE,
    "keep-alive": law.PERSISTENCE,
    "proxy-connection": law.PERSISTENCE,
    "proxy-authenticate": law.HOP_BY_HOP,
    "proxy-authorization": law.HOP_BY_HOP,
    "te": law.HOP_BY_HOP,
    "trailer": law.HOP_BY_HOP,
    "trailers": law.HOP_BY_HOP,  # what RFC 2616, 13.5.1 calls it
    "transfer-encoding": law.TRANSFER_ENCODING,
    "upgrade": law.HOP_BY_HOP,
}


def judge_headers(headers: object, witness: Witness) -> int | None:
    """Judge a list of headers; return the Content-Length that it states, in bytes."""
    if type(headers) is not list:
        witness.record(law.HEADERS_LIST, f"response_headers is {shown(headers)}; want a list, no subclass")
        if not isinstance(headers, (list, tuple)):
            return None  # reading it could use it up
    length = None
    for item in headers:
        if type(item) is not tuple or len(item) != 2:
            witness.record(
                law.HEADER_PAIRS, f"an item of response_headers is {shown(item)}; want a tuple (name, value)"
            )
            continue
        name, value = item
        if _are_strings(name, value, witness):
            _judge_name(name, value, witness)
            _judge_value(name, value, witness)
            if name.lower() == "content-length":
                length = _length_of(value, witness)
    return length


def _are_strings(name: object, value: object, witness: Witness) -> bool:
    for what, text in (("name", name), ("value", value)):
        if type(text) is not str:
            of = f" of {name!r}" if what == "value" else ""
            witness.record(law.NATIVE_STRINGS, f"the header {what}{of} is {shown(text)}; want a str")
            return False
    return True


def _judge_name(name: str, value: str, witness: Witness) -> None:
    if name.endswith(":"):
        witness.record(law.HEADER_NAME, f"the header name {name!r} ends with a colon, which the server adds")
    elif not TOKEN.fullmatch(name):
        witness.record(
            law.HEADER_NAME, f"the header name {name!r} is no token: letters, digits and !#$%&'*+-.^_`|~"
        )
    hop = HOP_BY_HOP.get(name.lower())
    if hop is not None:
        witness.record(hop, f"the application sends {name}: {shown(value)}; only the server may")


def _judge_value(name: str, value: str, witness: Witness) -> None:
    if CONTROLS.search(value):
        witness.record(
            law.HEADER_VALUE, f"the value of {name!r} contains a control character: {shown(value)}"
        )
    judge_latin_1(value, f"the value of {name!r},", witness)


def _length_of(value: str, witness: Witness) -> int | None:
    if re.fullmatch(r"[0-9]+", value.strip(" "), re.ASCII):
        return int(value)
    witness.record(law.CONTENT_LENGTH, f"Content-Length is {value!r}, which is no number of bytes")
    return None
