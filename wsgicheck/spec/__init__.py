"""The law: what the texts ask of a server, each duty with the sentence that it rests on."""

from __future__ import annotations

from wsgicheck.model.law import Requirement
from wsgicheck.spec import pep3333, rfc3875, rfc9110, rfc9112

ALL: tuple[Requirement, ...] = (*pep3333.ALL, *rfc3875.ALL, *rfc9110.ALL, *rfc9112.ALL)
"""Every requirement, text by text and in the order of each."""
