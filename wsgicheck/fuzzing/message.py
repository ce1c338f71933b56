"""A message that is being read: what is noted of it, and what comes of that.

The law is read strictly, and where it leaves freedom that is noted: a message is *served* (it must reach the
application), *refused* (it must not), or *free* (either will do). Where two lawful recipients may find the
next message at different octets, the rest of the connection is *lost* to judgement.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..model.fuzzed import Rule
from . import rules
from .reading import After, Fate, Reading, Variable, Words

TOKEN = re.compile(rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
PLAIN_NAME = re.compile(rb"[0-9A-Za-z]+(?:-[0-9A-Za-z]+)*")
"""A name that maps to a variable in one way only."""
TICKET = re.compile(rb"wct-[0-9a-f]{16}(?:-([0-9a-z]+))?")
HOP_BY_HOP = (
    *(b"connection", b"keep-alive", b"proxy-connection", b"te", b"trailer", b"transfer-encoding", b"upgrade"),
    *(b"expect", b"host", b"content-length", b"content-type", b"proxy"),
)
"""Fields that the server deals with, or that have a variable of their own: not judged as HTTP variables."""
FRAMING = (b"content-length", b"transfer-encoding", b"connection", b"host", b"expect")
"""Fields that decide where the message ends, or who reads it."""
WITHOUT_CONTENT = (b"GET", b"HEAD", b"DELETE", b"OPTIONS")
"""Methods whose requests may be refused for having content."""


@dataclass
class Message:
    """One message of a connection, from ``start`` on; ``end`` is how far it was read.

    ``refusals`` and ``freedoms`` say in words what made it refused or free.
    """

    octets: bytes
    start: int
    authority: bytes
    refusals: list[tuple[Rule, str]] = field(default_factory=list)
    freedoms: list[str] = field(default_factory=list)
    after: After = After.CONTINUES
    last: Rule | None = None
    method: bytes = b"GET"
    version: tuple[int, int] = (1, 1)
    protocol: bytes | None = None
    path: bytes | None = None
    query: bytes | None = None
    absolute: bool = False
    fields: list[tuple[bytes, bytes, bool, bool]] = field(default_factory=list)
    """Name in lower case, value, whether it was folded, whether it has CR or NUL."""
    ignored: set[str] = field(default_factory=set)
    trailers: set[str] = field(default_factory=set)
    unjudged: set[str] = field(default_factory=set)
    words_known: bool = True
    framing: str = "none"
    content: bytes | None = b""
    whole: bool = True
    end: int = 0
    length_beside: bool = False

    # ---- notes --------------------------------------------------------------------------------------

    def refuse(self, rule: Rule, why: str, *, lost: bool = True) -> None:
        """Note that the message must be refused; ``lost`` where recipients may go on at different octets."""
        self.refusals.append((rule, why))
        if lost:
            self.lose()

    def free(self, why: str) -> None:
        """Note that either will do."""
        self.freedoms.append(why)

    def unknown(self, why: str) -> None:
        """Note that either will do, and that recipients may differ on what it says and where it ends."""
        self.free(why)
        self.words_known = False
        self.content = None
        self.lose()

    def lose(self) -> None:
        """Judge nothing behind the message."""
        if self.after is After.CONTINUES:
            self.after = After.LOST

    def end_with(self, rule: Rule) -> None:
        """Note that nothing behind the message may be served, by this rule."""
        if self.after is After.CONTINUES:
            self.after, self.last = After.LAST, rule

    def cut_short(self, rule: Rule) -> None:
        """Note that the body does not come to its end, so that everything behind belongs to it."""
        self.free("the body is incomplete")
        self.whole = False
        self.end = len(self.octets)
        self.end_with(rule)

    def values(self, name: bytes) -> list[bytes]:
        """Return the values of all field lines of this name, which is in lower case."""
        return [value for key, value, *_ in self.fields if key == name]

    # ---- what comes of it ---------------------------------------------------------------------------

    def reading(self, at: int, head: bytes) -> Reading:
        """Return what the law says of the message, whose head begins at ``at``."""
        refusals = self.refusals[:1] if self.protocol is None else sorted(self.refusals, key=_by_gravity)
        fate = Fate.REFUSED if refusals else Fate.FREE if self.freedoms else Fate.SERVED
        label = self._label(head)
        if label is None and fate is Fate.SERVED:
            fate = Fate.FREE
        why = [refusals[0][1]] if refusals else self.freedoms
        return Reading(
            fate=fate,
            label=label,
            after=self.after,
            start=at,
            end=self.end,
            method=self.method,
            version=self.version,
            refusal=refusals[0][0] if refusals else None,
            last=self.last,
            words=self._words() if self.words_known and not refusals else None,
            framing=self.framing,
            content=self.content,
            whole=self.whole,
            length_beside=self.length_beside,
            why=", ".join(why),
        )

    def _label(self, head: bytes) -> str | None:
        values = [value for name, value, *_ in self.fields if name == b"x-wsgicheck-ticket"] or [head]
        found = TICKET.search(b",".join(values))
        return (found.group(1) or b"1").decode("ascii") if found else None

    def _words(self) -> Words:
        variables: dict[str, Variable] = {}
        unjudged = set(self.unjudged)
        by_variable: dict[str, set[bytes]] = {}
        for name, *_ in self.fields:
            by_variable.setdefault(variable_of(name), set()).add(name)
        for variable, names in by_variable.items():
            lines = [line for line in self.fields if line[0] in names]
            name = lines[0][0]
            if len(names) > 1 or not PLAIN_NAME.fullmatch(name) or name in HOP_BY_HOP:
                unjudged.add(variable)
                continue
            folded = any(line[2] for line in lines)
            marred = any(line[3] for line in lines)
            rule = rules.FIELD_VALUE
            if marred:
                rule = rules.CR_LF_NUL
            elif folded:
                rule = rules.FOLDING
            elif len(lines) > 1:
                rule = rules.FIELDS_COMBINED
            variables[variable] = Variable(tuple(line[1] for line in lines), rule, folded or marred)
        types = [line for line in self.fields if line[0] == b"content-type"]
        plain_type = len(types) == 1 and not types[0][2] and not types[0][3]
        return Words(
            method=self.method,
            protocol=self.protocol,
            path=self.path,
            query=self.query,
            absolute=self.absolute,
            content_type=types[0][1] if plain_type else None,
            variables=variables,
            unjudged=frozenset(unjudged),
            trailers=frozenset(self.trailers),
            ignored=frozenset(self.ignored),
        )


def _by_gravity(refusal: tuple[Rule, str]) -> bool:
    """Sort what is a violation before what is a warning."""
    return not refusal[0].grave


def variable_of(name: bytes) -> str:
    """Return the variable of a field name."""
    return "HTTP_" + name.decode("latin-1").upper().replace("-", "_")
