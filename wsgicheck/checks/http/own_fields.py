"""The fields that a server adds to responses (RFC 9110 2.2, 5.6, 6.2, 7.6.1, 8.4, 10.2.4)."""

from __future__ import annotations

import re

from ...authoring import (
    PLAIN_TEXT,
    AwaitEnd,
    HttpExchange,
    Octets,
    Play,
    Receive,
    Response,
    Send,
    called_once,
    check,
    expect,
    inapplicable,
    inconclusive,
    octets,
    response_of,
)
from ...authoring.requests import GET_KEPT, GET_KEPT_BY_HTTP_1_0
from ...spec import rfc9110

CLOSING = Octets(octets("GET", "Connection: close"), then=(AwaitEnd(),))
NEW_THEN_OLD = Octets(
    octets("GET"),
    methods=("GET", "GET"),
    then=(Receive(b"\r\n\r\n"), Send(octets("GET", label="2", version="HTTP/1.0"))),
)
LISTED = Play(shape="list")
STREAM = Play()
LONG = b"the quick brown fox jumps over the lazy dog. " * 100
COMPRESSIBLE = Play(
    headers=(*PLAIN_TEXT, ("ETag", '"v1"'), ("Content-Length", str(len(LONG)))), chunks=(LONG,), shape="list"
)
CODINGS_WANTED = Octets(octets("GET", "Accept-Encoding: gzip, deflate, br, zstd", "Connection: close"))
CODING_UNKNOWN = Octets(octets("GET", "Accept-Encoding: x-wsgicheck", "Connection: close"))

OF_REQUESTS = (
    *(
        "authorization",
        "expect",
        "from",
        "host",
        "if-match",
        "if-modified-since",
        "if-none-match",
        "if-range",
    ),
    *("if-unmodified-since", "max-forwards", "proxy-authorization", "range", "referer", "te", "user-agent"),
)
"""Fields that RFC 9110 gives to requests alone."""
CONTROLS = ("keep-alive", "proxy-connection", "te", "upgrade")
"""Fields about the connection; Transfer-Encoding stands for itself."""
END_TO_END = (
    *("accept-ranges", "age", "allow", "cache-control", "content-encoding", "content-language"),
    *("content-length", "content-location", "content-range", "content-type", "date", "etag", "expires"),
    *("last-modified", "location", "retry-after", "server", "set-cookie", "vary", "www-authenticate"),
)
"""Fields that are meant for all recipients."""
LISTS = (
    *("accept-ranges", "allow", "connection", "content-encoding", "content-language", "trailer"),
    *("transfer-encoding", "upgrade", "vary", "via"),
)
_TOKEN = r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+"
_COMMENT = r"\((?:[^()\\]|\\.|\([^()]*\))*\)"
_SERVER = re.compile(
    rf"{_TOKEN}(?:/{_TOKEN})?(?:[ \t]+(?:{_TOKEN}(?:/{_TOKEN})?|{_COMMENT}))*",
)
_PLATFORM = re.compile(
    r"\b(?:linux|ubuntu|debian|centos|red ?hat|fedora|alpine|darwin|mac ?os|windows|win32|win64|freebsd"
    r"|openbsd|x86|amd64|aarch64|arm64)",
    re.I,
)


def _members(response: Response, name: str) -> list[str]:
    return [member.strip(" \t") for value in response.values(name) for member in value.split(",")]


# ---- which fields -----------------------------------------------------------------------------------


@check("request-fields-not-sent", requires=rfc9110.ROLE_OF_SENDER, send=GET_KEPT, play=LISTED)
def request_fields_not_sent(exchange: HttpExchange) -> None:
    """A response has no field that belongs to requests alone, such as Host.

    A server that echoes fields of the request discloses them to whoever stores the response.
    """
    called_once(exchange)
    got = [name for name, _ in response_of(exchange).headers if name.lower() in OF_REQUESTS]
    expect(not got, "fields of requests in a response", want="none", got=", ".join(got))


def _expect_listed(exchange: HttpExchange) -> None:
    called_once(exchange)
    response = response_of(exchange)
    options = [option.lower() for option in _members(response, "connection")]
    controls = [name for name, _ in response.headers if name.lower() in CONTROLS]
    missing = [name for name in controls if name.lower() not in options]
    got = ", ".join(options) or "absent"
    expect(not missing, "Connection beside " + ", ".join(missing), want="lists it", got=got)


@check("connection-fields-listed", requires=rfc9110.CONNECTION_FIELD_LISTED, send=GET_KEPT, play=LISTED)
def connection_fields_listed(exchange: HttpExchange) -> None:
    """Keep-Alive, Upgrade and the like are listed in Connection.

    A proxy forwards what is not listed, to a client that has no such connection.
    """
    _expect_listed(exchange)


@check(
    "connection-fields-listed-to-http-1-0",
    requires=rfc9110.CONNECTION_FIELD_LISTED,
    send=GET_KEPT_BY_HTTP_1_0,
    play=LISTED,
)
def connection_fields_listed_to_http_1_0(exchange: HttpExchange) -> None:
    """Keep-Alive and the like are listed in Connection in a response to HTTP/1.0 as well.

    See ``connection-fields-listed``; it is to such clients that Keep-Alive is usually sent.
    """
    _expect_listed(exchange)


def _expect_hop_by_hop(exchange: HttpExchange) -> None:
    called_once(exchange)
    got = [option for option in _members(response_of(exchange), "connection") if option.lower() in END_TO_END]
    expect(not got, "end-to-end fields in Connection", want="none", got=", ".join(got))


@check(
    "connection-lists-no-end-to-end-field",
    requires=rfc9110.CONNECTION_OPTION_END_TO_END,
    send=CLOSING,
    play=LISTED,
)
def connection_lists_no_end_to_end_field(exchange: HttpExchange) -> None:
    """Connection does not list a field that is meant for all recipients.

    The next intermediary takes every listed field out of the message.
    """
    _expect_hop_by_hop(exchange)


def _expect_full_lists(exchange: HttpExchange) -> None:
    called_once(exchange)
    response = response_of(exchange)
    for name in LISTS:
        members = _members(response, name)
        if response.values(name):
            expect(all(members), f"members of {name}", want="none empty", got=members)


@check("lists-without-empty-members", requires=rfc9110.LIST_WITHOUT_EMPTY_ELEMENTS, send=CLOSING, play=LISTED)
def lists_without_empty_members(exchange: HttpExchange) -> None:
    """Lists in fields of the server, such as Connection, have no empty members.

    Recipients have to put up with them, but a simple one stops at the first.
    """
    _expect_full_lists(exchange)


@check(
    "lists-without-empty-members-when-streamed",
    requires=rfc9110.LIST_WITHOUT_EMPTY_ELEMENTS,
    send=GET_KEPT,
    play=STREAM,
)
def lists_without_empty_members_when_streamed(exchange: HttpExchange) -> None:
    """Lists in the fields of a streamed response, such as Transfer-Encoding, have no empty members.

    See ``lists-without-empty-members``.
    """
    _expect_full_lists(exchange)


@check("field-space-single", requires=rfc9110.OPTIONAL_WHITESPACE, send=GET_KEPT, play=LISTED)
def field_space_single(exchange: HttpExchange) -> None:
    """One space follows the colon of a field line, and no white space its value.

    Every recipient can read more or less of it; simple ones cut at ``": "``.
    """
    called_once(exchange)
    for line in response_of(exchange).head.split(b"\r\n")[1:]:
        _, colon, value = line.partition(b":")
        single = re.fullmatch(rb" [^ \t](?:.*[^ \t])?| ?", value, re.S)
        if colon:
            expect(single is not None, "a field line", want="one space behind the colon", got=line)


# ---- Server -----------------------------------------------------------------------------------------


def _server(exchange: HttpExchange) -> str:
    called_once(exchange)
    values = response_of(exchange).values("server")
    if not values:
        inapplicable("the server sends no Server")
    return values[0]


@check("server-field-well-formed", requires=rfc9110.SERVER_FIELD_SYNTAX, send=GET_KEPT, play=LISTED)
def server_field_well_formed(exchange: HttpExchange) -> None:
    """Server names products, each with a version behind a slash, and comments in parentheses.

    Surveys, clients that work around a fault, and scanners take it apart by that grammar.
    """
    got = _server(exchange)
    expect(_SERVER.fullmatch(got) is not None, "Server", want="products and comments", got=got)


@check(
    "server-field-without-platform",
    requires=rfc9110.SERVER_FIELD_DETAIL,
    send=GET_KEPT,
    play=LISTED,
    tempered="what is needless detail is a matter of opinion",
)
def server_field_without_platform(exchange: HttpExchange) -> None:
    """Server does not name the operating system or the machine.

    That is of use to those alone who look for something to attack.
    """
    got = _server(exchange)
    expect(_PLATFORM.search(got) is None, "Server", want="no platform", got=got)


# ---- content codings --------------------------------------------------------------------------------


@check("content-coding-named", requires=rfc9110.CONTENT_CODING_NAMED, send=CODINGS_WANTED, play=COMPRESSIBLE)
def content_coding_named(exchange: HttpExchange) -> None:
    """A server that compresses content says so in Content-Encoding.

    Otherwise the client shows the compressed octets to its user.
    """
    called_once(exchange)
    response = response_of(exchange)
    if response.content != LONG and response.complete:
        got = response.values("content-encoding")
        expect(bool(got), "Content-Encoding of content that was changed", want="the coding", got="absent")


@check(
    "entity-tag-of-coded-content-its-own",
    requires=rfc9110.ENTITY_TAG_WEAK,
    send=CODINGS_WANTED,
    play=COMPRESSIBLE,
)
def entity_tag_of_coded_content_its_own(exchange: HttpExchange) -> None:
    """A server that compresses content does not send the application's strong entity tag with it.

    Two representations with one tag are mixed up by caches, and by clients that resume a download.
    """
    called_once(exchange)
    response = response_of(exchange)
    if not response.values("content-encoding"):
        inapplicable("the server does not compress")
    got = response.values("etag")
    expect(got != ('"v1"',), "ETag of compressed content", want="another, or a weak one", got=got)


@check("content-coding-not-unasked", requires=rfc9110.IDENTITY_CODING, send=CODING_UNKNOWN, play=COMPRESSIBLE)
def content_coding_not_unasked(exchange: HttpExchange) -> None:
    """Content is not compressed for a client that accepts only codings which the server does not know.

    It could not read it.
    """
    called_once(exchange)
    response = response_of(exchange)
    got = ", ".join(response.values("content-encoding"))
    expect(not got, "Content-Encoding where none is acceptable", want="absent", got=got)


# ---- the version ------------------------------------------------------------------------------------


@check(
    "version-of-response-highest",
    requires=rfc9110.RESPONSE_VERSION,
    send=NEW_THEN_OLD,
    play=LISTED,
    tempered="many servers answer HTTP/1.0 in HTTP/1.0, for the sake of old clients",
)
def version_of_response_highest(exchange: HttpExchange) -> None:
    """A server that speaks HTTP/1.1 says so in responses to HTTP/1.0 as well.

    The version tells what the server can do, not what the client has asked in.
    """
    versions = [response.version for response in exchange.responses]
    if versions[:1] != ["HTTP/1.1"]:
        inapplicable("the server speaks HTTP/1.0")
    if len(versions) < 2:
        inapplicable("the server closed the connection behind the first response")
    if not versions[1]:
        inconclusive("the second response has no status line")
    expect(versions[1] == "HTTP/1.1", "version of a response to HTTP/1.0", want="HTTP/1.1", got=versions[1])


# ---- trailers ---------------------------------------------------------------------------------------


@check("trailers-announced", requires=rfc9110.TRAILER_ANNOUNCED, send=GET_KEPT, play=STREAM)
def trailers_announced(exchange: HttpExchange) -> None:
    """A server that sends trailer fields of its own has listed them in Trailer.

    A recipient that wants them has to know before it begins to read.
    """
    called_once(exchange)
    response = response_of(exchange)
    end = exchange.wire.octets_received[len(response.head) :]
    trailers = re.search(rb"\r\n0+(?:;[^\r\n]*)?\r\n((?:[^\r\n]+\r\n)+)\r\n\Z", end)
    if response.framing != "chunked" or trailers is None:
        inapplicable("the server sends no trailers")
    lines = [line for line in trailers[1].split(b"\r\n") if b":" in line]
    names = [line.partition(b":")[0].decode("latin-1").lower() for line in lines]
    announced = [name.lower() for name in _members(response, "trailer")]
    missing = [name for name in names if name not in announced]
    expect(not missing, "trailers that Trailer does not list", want="none", got=missing)
