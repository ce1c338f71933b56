"""What the law says of one message: what must become of it, of its content, and of the octets behind it."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from ..model.fuzzed import Rule


class Fate(enum.Enum):
    """What must become of a message."""

    SERVED = "served"
    FREE = "free"
    REFUSED = "refused"


class After(enum.Enum):
    """What the octets behind a message are."""

    CONTINUES = "the next message"
    LAST = "nothing that may be served"
    LOST = "not judged"


@dataclass(frozen=True)
class Variable:
    """What one HTTP variable must say: the values of its field lines, in order."""

    values: tuple[bytes, ...]
    rule: Rule
    folded: bool = False


@dataclass(frozen=True)
class Words:
    """What the environ of a message must say; None where that is not judged."""

    method: bytes
    protocol: bytes | None
    path: bytes | None
    query: bytes | None
    absolute: bool
    content_type: bytes | None
    variables: dict[str, Variable]
    unjudged: frozenset[str]
    trailers: frozenset[str]
    ignored: frozenset[str]
    """Names of lines that stand behind leading white space, and so nowhere."""


@dataclass(frozen=True)
class Reading:
    """One message, as the law reads it."""

    fate: Fate
    label: str | None
    after: After
    start: int
    end: int
    method: bytes = b"GET"
    version: tuple[int, int] = (1, 1)
    refusal: Rule | None = None
    last: Rule | None = None
    words: Words | None = None
    framing: str = "none"
    content: bytes | None = None
    """The octets of the content as far as they are known; None where nothing is."""
    whole: bool = True
    """Whether the content comes to its end."""
    length_beside: bool = False
    why: str = ""
    """In words, what makes the message refused or free."""
