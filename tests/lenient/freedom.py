"""A freedom: the sentence of the law that leaves a server a choice."""

from __future__ import annotations

from dataclasses import dataclass

from wsgicheck.model.law import Source


@dataclass(frozen=True)
class Freedom:
    """``quote`` stands in ``section`` of ``source``, as the quotation of a requirement does."""

    source: Source
    section: str
    quote: str


def pep3333(section: str, quote: str) -> Freedom:
    return Freedom(Source.PEP_3333, section, quote)


def rfc3875(section: str, quote: str) -> Freedom:
    return Freedom(Source.RFC_3875, section, quote)


def rfc9110(section: str, quote: str) -> Freedom:
    return Freedom(Source.RFC_9110, section, quote)


def rfc9112(section: str, quote: str) -> Freedom:
    return Freedom(Source.RFC_9112, section, quote)
