"""The model's reading of requests: what the law says of the octets of one connection.

It reads strictly and notes where the law leaves freedom: a message is *served* (it must reach the
application), *refused* (it must not), or *free* (either will do). Where two lawful recipients may find the
next message at different octets, the rest of the connection is *lost* to judgement.
"""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

from ..model.fuzzed import Rule
from . import rules

MESSAGES_LIMIT = 32

TOKEN = re.compile(rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
PLAIN_NAME = re.compile(rb"[0-9A-Za-z]+(?:-[0-9A-Za-z]+)*")
"""A name that maps to a variable in one way only."""
REQUEST_LINE = re.compile(rb"([^ ]+) ([^ ]+) HTTP/([0-9])\.([0-9])", re.DOTALL)
LOOSE_REQUEST_LINE = re.compile(
    rb"[ \t\x0b\x0c\r]*[^\s]+[ \t\x0b\x0c\r]+[^\s]+[ \t\x0b\x0c\r]+HTTP/1\.[0-9][ \t\x0b\x0c\r]*"
)
PCHAR = rb"(?:[A-Za-z0-9\-._~!$&'()*+,;=:@]|%[0-9A-Fa-f]{2})"
ORIGIN_FORM = re.compile(rb"((?:/" + PCHAR + rb"*)+)(?:\?((?:" + PCHAR + rb"|[/?])*))?")
ABSOLUTE_FORM = re.compile(rb"[Hh][Tt][Tt][Pp]://([^/?#@]+)([/?].*)?", re.DOTALL)
CONTROL = re.compile(rb"[\x00-\x20\x7f]")
HOST = re.compile(rb"(?:\[[0-9A-Fa-f:.]+\]|(?:[A-Za-z0-9\-._~!$&'()*+,;=]|%[0-9A-Fa-f]{2})*)(?::[0-9]*)?")
LOOSE_LINE_END = re.compile(rb"(?<!\r)\n")
BARE_CR = re.compile(rb"\r(?!\n)")
CHUNK_SIZE = re.compile(rb"([0-9A-Fa-f]+)(.*)", re.DOTALL)
CHUNK_TOKEN = rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]+"
CHUNK_EXTENSION = re.compile(
    rb"(?:;" + CHUNK_TOKEN + rb"(?:=(?:" + CHUNK_TOKEN + rb'|"[\t \x21\x23-\x5b\x5d-\x7e]*"))?)*'
)
TICKET = re.compile(rb"wct-[0-9a-f]{16}(?:-([0-9a-z]+))?")

KNOWN_METHODS = (b"GET", b"HEAD", b"POST", b"PUT", b"DELETE", b"PATCH", b"OPTIONS")
WITHOUT_CONTENT = (b"GET", b"HEAD", b"DELETE", b"OPTIONS")
"""Methods whose requests may be refused for having content."""
OURS_TO_SET = ("HTTP_X_WSGICHECK_STRAY",)
HOP_BY_HOP = (
    *(b"connection", b"keep-alive", b"proxy-connection", b"te", b"trailer", b"transfer-encoding", b"upgrade"),
    *(b"expect", b"host", b"content-length", b"content-type", b"proxy"),
)
"""Fields that the server deals with, or that have a variable of their own: not judged as HTTP variables."""
FRAMING = (b"content-length", b"transfer-encoding", b"connection", b"host", b"expect")


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


def read_connection(octets: bytes, authority: bytes) -> tuple[Reading, ...]:
    """Return the messages of one connection, up to where nothing more can be said."""
    readings: list[Reading] = []
    at = 0
    while len(readings) < MESSAGES_LIMIT:
        reading = _Message(octets, at, authority).read()
        if reading is None:
            break
        readings.append(reading)
        if reading.after is not After.CONTINUES:
            break
        at = reading.end
    return tuple(readings)


@dataclass
class _Message:
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
        self.refusals.append((rule, why))
        if lost:
            self.lose()

    def free(self, why: str) -> None:
        self.freedoms.append(why)

    def unknown(self, why: str) -> None:
        """The message is free, and recipients may differ on what it says and where it ends."""
        self.free(why)
        self.words_known = False
        self.content = None
        self.lose()

    def lose(self) -> None:
        if self.after is After.CONTINUES:
            self.after = After.LOST

    def end_with(self, rule: Rule) -> None:
        if self.after is After.CONTINUES:
            self.after, self.last = After.LAST, rule

    # ---- the whole ----------------------------------------------------------------------------------

    def read(self) -> Reading | None:
        at = self.start
        while self.octets.startswith(b"\r\n", at):
            self.free("an empty line stands before the request")
            at += 2
        if at >= len(self.octets):
            return None
        self.end = len(self.octets)
        head_end = self.octets.find(b"\r\n\r\n", at)
        head = self.octets[at : head_end if head_end >= 0 else len(self.octets)]
        loose = LOOSE_LINE_END.search(head)
        if loose:
            self.unknown("a line ends in a bare LF")
        if head_end < 0:
            if not loose:
                self.read_cut_head(head)
                self.end_with(rules.HEAD_INCOMPLETE)
        elif not loose:
            self.end = head_end + 4
            self.read_head(head)
        return self.reading(at, head)

    def read_cut_head(self, head: bytes) -> None:
        """A head without an end is no request, whatever it says so far; HTTP/0.9 is one no more, either."""
        line, ended, _ = head.partition(b"\r\n")
        if ended and not REQUEST_LINE.fullmatch(line):
            self.refuse(rules.REQUEST_LINE, "the request-line is not three words, one of them a version")
        self.refuse(rules.HEAD_INCOMPLETE, "the head never ends", lost=False)
        self.words_known = False

    def reading(self, at: int, head: bytes) -> Reading:
        refusals = self.refusals[:1] if self.protocol is None else sorted(self.refusals, key=by_gravity)
        fate = Fate.REFUSED if refusals else Fate.FREE if self.freedoms else Fate.SERVED
        label = self.label(head)
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
            words=self.words() if self.words_known and not refusals else None,
            framing=self.framing,
            content=self.content,
            whole=self.whole,
            length_beside=self.length_beside,
            why=", ".join(why),
        )

    def label(self, head: bytes) -> str | None:
        values = [value for name, value, *_ in self.fields if name == b"x-wsgicheck-ticket"] or [head]
        found = TICKET.search(b",".join(values))
        return (found.group(1) or b"1").decode("ascii") if found else None

    def words(self) -> Words:
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

    # ---- the head -----------------------------------------------------------------------------------

    def read_head(self, head: bytes) -> None:
        line, *lines = head.split(b"\r\n")
        self.read_request_line(line)
        self.read_field_lines(lines)
        self.read_host()
        self.read_expectation()
        self.read_framing()
        self.read_persistence()

    def read_request_line(self, line: bytes) -> None:
        found = REQUEST_LINE.fullmatch(line)
        if found is None:
            if BARE_CR.search(line) or LOOSE_REQUEST_LINE.fullmatch(line):
                self.unknown("the request-line has white space that some forgive")
            else:
                self.refuse(rules.REQUEST_LINE, "the request-line is not three words, one of them a version")
            return
        self.method, target, major, minor = found.groups()
        self.protocol = b"HTTP/" + major + b"." + minor
        if BARE_CR.search(line):
            self.unknown("a bare CR stands in the request-line")
        elif not TOKEN.fullmatch(self.method):
            self.refuse(rules.REQUEST_LINE, "the method is no token")
        if major != b"1":
            self.unknown("another major version")
        self.version = (1, min(int(minor), 1))
        if minor > b"1":
            self.free("a higher minor version")
            self.protocol = None
        if self.method in (b"CONNECT", b"TRACE"):
            self.unknown("a method that a server may keep to itself")
        elif self.method not in KNOWN_METHODS:
            self.free("a method that a server need not know")
        self.read_target(target)

    def read_target(self, target: bytes) -> None:
        absolute = ABSOLUTE_FORM.fullmatch(target)
        if absolute:
            self.absolute = True
            authority, rest = absolute.groups()
            if authority != self.authority:
                self.free("the authority is not ours")
            target = rest or b"/"
            if target.startswith(b"?"):
                target = b"/" + target
            if not rest:
                self.free("the path is empty")
                return  # "/", or with OPTIONS what the asterisk-form says (RFC 9112, 3.2.4)
        origin = ORIGIN_FORM.fullmatch(target)
        if origin is not None:
            self.path = unquote_to_bytes(origin.group(1))
            self.query = origin.group(2) or b""
            if CONTROL.sub(b"", self.path.replace(b" ", b"")) != self.path.replace(b" ", b""):
                self.free("the path has control characters, encoded")
            if b"//" in self.path or any(part in (b".", b"..") for part in self.path.split(b"/")):
                self.free("the path is one that some servers normalise")
                self.path = None
            return
        if target == b"*":
            self.free("the asterisk-form")
        elif CONTROL.search(target):
            self.refuse(rules.REQUEST_LINE, "a control character stands in the request-target")
        elif target.startswith(b"/"):
            self.free("the request-target has octets that no URI has, which many forgive")
        elif b"://" in target:
            self.free("an absolute-form that need not be accepted")
        else:
            self.refuse(rules.REQUEST_LINE, "the request-target has none of the four forms", lost=False)

    def read_field_lines(self, lines: list[bytes]) -> None:
        leading = True
        for line in lines:
            if line[:1] in (b" ", b"\t"):
                self.read_continuation(line, leading)
                continue
            leading = False
            name, colon, value = line.partition(b":")
            if not colon:
                self.refuse(rules.FIELD_LINE, "a field line has no colon")
            elif name.rstrip(b" \t") != name and TOKEN.fullmatch(name.rstrip(b" \t")):
                self.refuse(rules.SPACE_BEFORE_COLON, "white space stands before the colon")
            elif BARE_CR.search(name):
                self.unknown("a bare CR stands in a field name")
            elif not TOKEN.fullmatch(name):
                self.refuse(rules.FIELD_LINE, "a field name is no token")
            else:
                self.read_field(name.lower(), value.strip(b" \t"))

    def read_continuation(self, line: bytes, leading: bool) -> None:
        """Read a line that begins with white space: folding, or what must be rejected or ignored."""
        self.free("a line begins with white space")
        name = line.strip(b" \t").partition(b":")[0].rstrip(b" \t")
        if leading:
            if TOKEN.fullmatch(name):
                self.ignored.add(variable_of(name))
            if BARE_CR.search(line):
                self.unknown("a bare CR")
            if name.lower() in FRAMING or TICKET.search(line):
                self.unknown("a line that matters stands behind leading white space")
            return
        if not self.fields or self.refusals:
            self.lose()
            return
        before, value, _, marred = self.fields.pop()
        folded = (value + b" " + line.strip(b" \t")).strip(b" \t")
        self.fields.append((before, folded, True, marred or bool(re.search(rb"[\r\0]", line))))
        if before in FRAMING or before == b"x-wsgicheck-ticket":
            self.unknown("a field that matters is folded")

    def read_field(self, name: bytes, value: bytes) -> None:
        marred = re.search(rb"[\r\0]", value) is not None
        if marred:
            self.free("CR or NUL stands in a field value")
            value = re.sub(rb"[\r\0]", b" ", value)
            if name in FRAMING or name == b"x-wsgicheck-ticket":
                self.unknown("CR or NUL stands in a field that matters")
        elif re.search(rb"[\x01-\x08\x0a-\x1f\x7f-\xff]", value):
            self.free("a field value has controls or octets beyond ASCII")
        if not PLAIN_NAME.fullmatch(name):
            self.free("a field name maps to a variable in several ways")
        self.fields.append((name, value, False, marred))
        if sum(each[0] == name for each in self.fields) > 1 and name == b"content-type":
            self.free("Content-Type is repeated")

    def values(self, name: bytes) -> list[bytes]:
        return [value for key, value, *_ in self.fields if key == name]

    def read_host(self) -> None:
        hosts = self.values(b"host")
        if len(hosts) > 1:
            self.refuse(rules.HOST_REPEATED, "Host is repeated", lost=False)
        elif not hosts:
            if self.version >= (1, 1):
                self.refuse(rules.HOST_MISSING, "Host is missing", lost=False)
        elif not HOST.fullmatch(hosts[0]):
            self.refuse(rules.HOST_INVALID, f"Host is invalid: {hosts[0]!r}", lost=False)
        elif hosts[0] != self.authority:
            self.free("Host is not ours")

    def read_expectation(self) -> None:
        members = b",".join(self.values(b"expect")).lower().split(b",")
        if {member.strip(b" \t") for member in members} - {b"", b"100-continue"}:
            self.free("an unknown expectation")
        if self.values(b"upgrade"):
            self.free("an upgrade")

    def read_persistence(self) -> None:
        options = [
            option.strip(b" \t").lower() for option in b",".join(self.values(b"connection")).split(b",")
        ]
        if b"close" in options:
            self.end_with(rules.CLOSE_RECEIVED)
        elif self.version < (1, 1) and b"keep-alive" not in options:
            self.end_with(rules.HTTP_1_0)

    # ---- the body -----------------------------------------------------------------------------------

    def read_framing(self) -> None:
        codings, lengths = self.values(b"transfer-encoding"), self.values(b"content-length")
        if codings:
            self.read_codings(codings, bool(lengths))
        elif lengths:
            self.read_length(lengths)

    def read_length(self, lengths: list[bytes]) -> None:
        members = [member.strip(b" \t") for member in b",".join(lengths).split(b",")]
        if (
            not all(re.fullmatch(rb"[0-9]+", member) for member in members)
            or len({member.lstrip(b"0") for member in members}) > 1
        ):
            self.refuse(
                rules.LENGTH_INVALID, f"Content-Length is invalid: {b', '.join(lengths)[:60]!r}", lost=False
            )
            self.content = None
            self.end_with(rules.LENGTH_INVALID_LAST)
            return
        if len(members) > 1 or (members[0] != b"0" and members[0].startswith(b"0")):
            self.free("a Content-Length that may be refused")
        digits = members[0].lstrip(b"0") or b"0"
        length = int(digits) if len(digits) <= 19 else 10**19
        self.framing = "length"
        self.content = self.octets[self.end : self.end + length]
        self.end += len(self.content)
        if length and self.method in WITHOUT_CONTENT:
            self.free("a method whose content has no meaning")
        if len(self.content) < length:
            self.cut_short(rules.LENGTH_COVERS)

    def cut_short(self, rule: Rule) -> None:
        """The body does not come to its end, so that everything behind belongs to it."""
        self.free("the body is incomplete")
        self.whole = False
        self.end = len(self.octets)
        self.end_with(rule)

    def read_codings(self, codings: list[bytes], length_too: bool) -> None:
        self.length_beside = length_too
        if length_too:
            self.free("Content-Length stands beside Transfer-Encoding")
            self.end_with(rules.LENGTH_AND_CODING)
        if self.version < (1, 1):
            self.free("Transfer-Encoding in HTTP/1.0")
            self.content = None
            self.end_with(rules.CODING_IN_1_0)
            return
        members = [member.strip(b" \t").lower() for member in b",".join(codings).split(b",")]
        named = [member for member in members if member]
        if members != named:
            self.free("an empty member of Transfer-Encoding")
        if not named or named[-1].partition(b";")[0].rstrip(b" \t") != b"chunked":
            self.refuse(rules.CHUNKED_NOT_FINAL, "chunked is not the final transfer coding", lost=False)
            self.content = None
            self.end_with(rules.CHUNKED_NOT_FINAL_LAST)
        elif named != [b"chunked"]:
            self.unknown("a transfer coding that need not be known")
        else:
            if self.method in WITHOUT_CONTENT:
                self.free("a method whose content has no meaning")
            self.framing = "chunked"
            self.read_chunks()

    def read_chunks(self) -> None:
        content = bytearray()
        while True:
            line = self.take_line()
            if line is None:
                break
            found = CHUNK_SIZE.fullmatch(line)
            if found is None or not self.is_extension(found.group(2)):
                self.free(f"a chunk size is malformed: {line[:40]!r}")
                self.whole = False
                self.end_with(rules.CHUNK_MALFORMED)
                break
            if len(found.group(1)) > 16:
                self.free("a chunk size of many digits")
            size = int(found.group(1), 16) if len(found.group(1).lstrip(b"0")) <= 16 else 1 << 70
            if size == 0:
                self.read_trailers()
                break
            data = self.octets[self.end : self.end + size]
            content += data
            self.end += len(data)
            if not self.take_chunk_end(len(data) == size):
                break
        if self.content is not None:
            self.content = bytes(content)

    def is_extension(self, text: bytes) -> bool:
        """Return whether a server may take what follows the size for extensions; note where it need not."""
        if not CHUNK_EXTENSION.fullmatch(text):
            self.free("what follows a chunk size may be refused")
        return not text.strip(b" \t") or text.lstrip(b" \t").startswith(b";")

    def take_line(self) -> bytes | None:
        """Take a line of the chunked coding; None where it never ends, or recipients may differ on it."""
        at = self.octets.find(b"\n", self.end)
        if at < 0:
            self.cut_short(rules.CHUNKS_COVER)
            return None
        line = self.octets[self.end : at + 1]
        if not line.endswith(b"\r\n") or b"\r" in line[:-2]:
            self.loose_chunks()
            return None
        self.end = at + 1
        return line[:-2]

    def loose_chunks(self) -> None:
        self.free("a bare CR or LF stands in the chunked coding")
        self.content = None
        self.lose()

    def take_chunk_end(self, complete: bool) -> bool:
        behind = self.octets[self.end : self.end + 2]
        if not complete or (len(behind) < 2 and b"\r\n".startswith(behind)):
            self.cut_short(rules.CHUNKS_COVER)
        elif behind == b"\r\n":
            self.end += 2
            return True
        elif behind[:1] in (b"\n", b"\r"):
            self.loose_chunks()
        else:
            self.free("the data of a chunk is longer than its size")
            self.whole = False
            self.end_with(rules.CHUNK_MALFORMED)
        return False

    def read_trailers(self) -> None:
        while (line := self.take_line()) is not None:
            if not line:
                return
            name, colon, value = line.partition(b":")
            if not colon or not TOKEN.fullmatch(name) or re.search(rb"[^\t\x20-\x7e]", value):
                self.free("a trailer line may be refused")
            else:
                self.trailers.add(variable_of(name))


def by_gravity(refusal: tuple[Rule, str]) -> bool:
    """Sort what is a violation before what is a warning."""
    return not refusal[0].grave


def variable_of(name: bytes) -> str:
    """Return the variable of a field name."""
    return "HTTP_" + name.decode("latin-1").upper().replace("-", "_")
