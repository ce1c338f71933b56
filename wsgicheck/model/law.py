"""A sentence of the law, and on what basis its level was read."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Level(enum.Enum):
    """How binding a requirement is."""

    MUST = "MUST"
    MUST_NOT = "MUST NOT"
    SHOULD = "SHOULD"
    SHOULD_NOT = "SHOULD NOT"
    MAY = "MAY"


class Basis(enum.Enum):
    """Why the level was read as it was.

    PEP 3333 never invokes RFC 2119, so its levels are a reading, and the basis says which kind.
    """

    KEYWORD = "keyword"
    """An RFC 2119 word in an RFC, or a bold word in the PEP."""
    PLAIN = "plain"
    """A "must", "should" or "required" in the PEP's running text."""
    INFERRED = "inferred"
    """A definition, the sample gateway, or a consequence; ``inference`` says how."""


class Source(enum.Enum):
    """The text that a requirement is quoted from."""

    PEP_3333 = "PEP 3333"
    RFC_3875 = "RFC 3875"
    RFC_9110 = "RFC 9110"
    RFC_9112 = "RFC 9112"


@dataclass(frozen=True)
class Requirement:
    """One duty of a server, with the sentence that it rests on.

    ``id`` is kebab-case and unique over all sources; ``quote`` stands verbatim (white space folded,
    markup stripped) in ``section`` of ``source``; ``anchor`` is the URL fragment of the section.
    """

    id: str
    level: Level
    basis: Basis
    source: Source
    section: str
    anchor: str
    quote: str
    inference: str | None = None
    """For ``Basis.INFERRED``: how the duty follows from the quoted sentence."""
    untested: str | None = None
    """Why no check can judge this duty, or None where one does."""

    def __post_init__(self) -> None:
        if (self.basis is Basis.INFERRED) != (self.inference is not None):
            raise ValueError(f"{self.id}: an inferred requirement says how, and only such a one does")

    @property
    def url(self) -> str:
        """Where the section can be read."""
        return _PAGES[self.source] + "#" + self.anchor


_PAGES = {
    Source.PEP_3333: "https://peps.python.org/pep-3333/",
    Source.RFC_3875: "https://www.rfc-editor.org/rfc/rfc3875",
    Source.RFC_9110: "https://www.rfc-editor.org/rfc/rfc9110.html",
    Source.RFC_9112: "https://www.rfc-editor.org/rfc/rfc9112.html",
}
