"""The reading of a head: request-line, field lines, and what some of them ask for (RFC 9112 2 to 5)."""

from __future__ import annotations

import re
from urllib.parse import unquote_to_bytes

from . import rules
from .message import FRAMING, PLAIN_NAME, TICKET, TOKEN, Message, variable_of

REQUEST_LINE = re.compile(rb"([^ ]+) ([^ ]+) HTTP/([0-9])\.([0-9])", re.DOTALL)
LOOSE_REQUEST_LINE = re.compile(
    rb"[ \t\x0b\x0c\r]*[^\s]+[ \t\x0b\x0c\r]+[^\s]+[ \t\x0b\x0c\r]+HTTP/1\.[0-9][ \t\x0b\x0c\r]*"
)
PCHAR = rb"(?:[A-Za-z0-9\-._~!$&'()*+,;=:@]|%[0-9A-Fa-f]{2})"
ORIGIN_FORM = re.compile(rb"((?:/" + PCHAR + rb"*)+)(?:\?((?:" + PCHAR + rb"|[/?])*))?")
ABSOLUTE_FORM = re.compile(rb"[Hh][Tt][Tt][Pp]://([^/?#@]+)([/?].*)?", re.DOTALL)
CONTROL = re.compile(rb"[\x00-\x20\x7f]")
HOST = re.compile(rb"(?:\[[0-9A-Fa-f:.]+\]|(?:[A-Za-z0-9\-._~!$&'()*+,;=]|%[0-9A-Fa-f]{2})*)(?::[0-9]*)?")
BARE_CR = re.compile(rb"\r(?!\n)")
KNOWN_METHODS = (b"GET", b"HEAD", b"POST", b"PUT", b"DELETE", b"PATCH", b"OPTIONS")


def read_head(message: Message, head: bytes) -> None:
    """Read the octets of a head, without its empty line."""
    line, *lines = head.split(b"\r\n")
    _read_request_line(message, line)
    _read_field_lines(message, lines)
    _read_host(message)
    _read_expectation(message)


def _read_request_line(message: Message, line: bytes) -> None:
    found = REQUEST_LINE.fullmatch(line)
    if found is None:
        if BARE_CR.search(line) or LOOSE_REQUEST_LINE.fullmatch(line):
            message.unknown("the request-line has white space that some forgive")
        else:
            message.refuse(rules.REQUEST_LINE, "the request-line is not three words, one of them a version")
        return
    message.method, target, major, minor = found.groups()
    message.protocol = b"HTTP/" + major + b"." + minor
    if BARE_CR.search(line):
        message.unknown("a bare CR stands in the request-line")
    elif not TOKEN.fullmatch(message.method):
        message.refuse(rules.REQUEST_LINE, "the method is no token")
    if major != b"1":
        message.unknown("another major version")
    message.version = (1, min(int(minor), 1))
    if minor > b"1":
        message.free("a higher minor version")
        message.protocol = None
    if message.method in (b"CONNECT", b"TRACE"):
        message.unknown("a method that a server may keep to itself")
    elif message.method not in KNOWN_METHODS:
        message.free("a method that a server need not know")
    _read_target(message, target)


def _read_target(message: Message, target: bytes) -> None:
    absolute = ABSOLUTE_FORM.fullmatch(target)
    if absolute:
        message.absolute = True
        authority, rest = absolute.groups()
        if authority != message.authority:
            message.free("the authority is not ours")
        target = rest or b"/"
        if target.startswith(b"?"):
            target = b"/" + target
        if not rest:
            message.free("the path is empty")
            return  # "/", or with OPTIONS what the asterisk-form says (RFC 9112, 3.2.4)
    origin = ORIGIN_FORM.fullmatch(target)
    if origin is not None:
        message.path = unquote_to_bytes(origin.group(1))
        message.query = origin.group(2) or b""
        if CONTROL.sub(b"", message.path.replace(b" ", b"")) != message.path.replace(b" ", b""):
            message.free("the path has control characters, encoded")
        if b"//" in message.path or any(part in (b".", b"..") for part in message.path.split(b"/")):
            message.free("the path is one that some servers normalise")
            message.path = None
        return
    if target == b"*":
        message.free("the asterisk-form")
    elif CONTROL.search(target):
        message.refuse(rules.REQUEST_LINE, "a control character stands in the request-target")
    elif target.startswith(b"/"):
        message.free("the request-target has octets that no URI has, which many forgive")
    elif b"://" in target:
        message.free("an absolute-form that need not be accepted")
    else:
        message.refuse(rules.REQUEST_LINE, "the request-target has none of the four forms", lost=False)


def _read_field_lines(message: Message, lines: list[bytes]) -> None:
    leading = True
    for line in lines:
        if line[:1] in (b" ", b"\t"):
            _read_continuation(message, line, leading)
            continue
        leading = False
        name, colon, value = line.partition(b":")
        if not colon:
            message.refuse(rules.FIELD_LINE, "a field line has no colon")
        elif name.rstrip(b" \t") != name and TOKEN.fullmatch(name.rstrip(b" \t")):
            message.refuse(rules.SPACE_BEFORE_COLON, "white space stands before the colon")
        elif BARE_CR.search(name):
            message.unknown("a bare CR stands in a field name")
        elif not TOKEN.fullmatch(name):
            message.refuse(rules.FIELD_LINE, "a field name is no token")
        else:
            _read_field(message, name.lower(), value.strip(b" \t"))


def _read_continuation(message: Message, line: bytes, leading: bool) -> None:
    """Read a line that begins with white space: folding, or what must be rejected or ignored."""
    message.free("a line begins with white space")
    name = line.strip(b" \t").partition(b":")[0].rstrip(b" \t")
    if leading:
        if TOKEN.fullmatch(name):
            message.ignored.add(variable_of(name))
        if BARE_CR.search(line):
            message.unknown("a bare CR")
        if name.lower() in FRAMING or TICKET.search(line):
            message.unknown("a line that matters stands behind leading white space")
        return
    if not message.fields or message.refusals:
        message.lose()
        return
    before, value, _, marred = message.fields.pop()
    folded = (value + b" " + line.strip(b" \t")).strip(b" \t")
    message.fields.append((before, folded, True, marred or bool(re.search(rb"[\r\0]", line))))
    if before in FRAMING or before == b"x-wsgicheck-ticket":
        message.unknown("a field that matters is folded")


def _read_field(message: Message, name: bytes, value: bytes) -> None:
    marred = re.search(rb"[\r\0]", value) is not None
    if marred:
        message.free("CR or NUL stands in a field value")
        value = re.sub(rb"[\r\0]", b" ", value)
        if name in FRAMING or name == b"x-wsgicheck-ticket":
            message.unknown("CR or NUL stands in a field that matters")
    elif re.search(rb"[\x01-\x08\x0a-\x1f\x7f-\xff]", value):
        message.free("a field value has controls or octets beyond ASCII")
    if not PLAIN_NAME.fullmatch(name):
        message.free("a field name maps to a variable in several ways")
    message.fields.append((name, value, False, marred))
    if sum(each[0] == name for each in message.fields) > 1 and name == b"content-type":
        message.free("Content-Type is repeated")


def _read_host(message: Message) -> None:
    hosts = message.values(b"host")
    if len(hosts) > 1:
        message.refuse(rules.HOST_REPEATED, "Host is repeated", lost=False)
    elif not hosts:
        if message.version >= (1, 1):
            message.refuse(rules.HOST_MISSING, "Host is missing", lost=False)
    elif not HOST.fullmatch(hosts[0]):
        message.refuse(rules.HOST_INVALID, f"Host is invalid: {hosts[0]!r}", lost=False)
    elif hosts[0] != message.authority:
        message.free("Host is not ours")


def _read_expectation(message: Message) -> None:
    members = b",".join(message.values(b"expect")).lower().split(b",")
    if {member.strip(b" \t") for member in members} - {b"", b"100-continue"}:
        message.free("an unknown expectation")
    if message.values(b"upgrade"):
        message.free("an upgrade")


def read_persistence(message: Message) -> None:
    """Read what the head says of the connection (RFC 9112 9.3)."""
    options = [
        option.strip(b" \t").lower() for option in b",".join(message.values(b"connection")).split(b",")
    ]
    if b"close" in options:
        message.end_with(rules.CLOSE_RECEIVED)
    elif message.version < (1, 1) and b"keep-alive" not in options:
        message.end_with(rules.HTTP_1_0)


def read_cut_head(message: Message, head: bytes) -> None:
    """A head without an end is no request, whatever it says so far; HTTP/0.9 is one no more, either."""
    line, ended, _ = head.partition(b"\r\n")
    if ended and not REQUEST_LINE.fullmatch(line):
        message.refuse(rules.REQUEST_LINE, "the request-line is not three words, one of them a version")
    message.refuse(rules.HEAD_INCOMPLETE, "the head never ends", lost=False)
    message.words_known = False
