"""The Connection field of a response (RFC 9110 7.6.1)."""

from __future__ import annotations

from ...authoring import AwaitEnd, HttpExchange, Octets, Play, called_once, check, expect, octets, response_of
from ...spec import rfc9110

KEPT = Octets(octets("GET"))
CLOSING = Octets(octets("GET", "Connection: close"), then=(AwaitEnd(),))
LISTED = Play(shape="list")
OF_CONNECTION = ("keep-alive", "upgrade")
"""Fields about the connection that servers send."""
OF_CONTENT = (
    *("cache-control", "content-encoding", "content-length", "content-type", "date", "etag", "expires"),
    *("last-modified", "location", "server", "set-cookie", "vary"),
)
"""Fields for all recipients."""


def _options(exchange: HttpExchange) -> list[str]:
    """Return the members of Connection, empty ones too."""
    called_once(exchange)
    values = response_of(exchange).values("connection")
    return [member.strip(" \t").lower() for value in values for member in value.split(",")]


@check(
    "connection-without-empty-members",
    requires=rfc9110.EMPTY_LIST_ELEMENTS_NOT_SENT,
    send=CLOSING,
    play=LISTED,
)
def connection_without_empty_members(exchange: HttpExchange) -> None:
    """The list of options in Connection has no empty members.

    Whoever compares the whole value, or its first member, does not see the close behind the comma.
    """
    got = ", ".join(_options(exchange))
    expect("" not in _options(exchange), "members of Connection", want="none that is empty", got=got)


@check(
    "fields-about-connection-listed",
    requires=rfc9110.CONNECTION_LISTS_FIELDS,
    send=KEPT,
    play=LISTED,
)
def fields_about_connection_listed(exchange: HttpExchange) -> None:
    """Keep-Alive and Upgrade stand in Connection where they are sent.

    A proxy passes on what is not listed there: the client then goes by a timeout, or by a protocol, of a
    connection that is not its own.
    """
    options = _options(exchange)
    for name in OF_CONNECTION:
        if response_of(exchange).values(name):
            expect(
                name in options, f"{name} in Connection", want="listed", got=", ".join(options) or "no field"
            )


@check(
    "connection-lists-no-field-of-content",
    requires=rfc9110.CONNECTION_LISTS_NO_CONTENT_FIELD,
    send=KEPT,
    play=LISTED,
)
def connection_lists_no_field_of_content(exchange: HttpExchange) -> None:
    """No field that is for all recipients is listed in Connection.

    A proxy takes out what is listed there, before anybody else has seen it.
    """
    got = [option for option in _options(exchange) if option in OF_CONTENT]
    expect(not got, "fields of the content in Connection", want="none", got=", ".join(got))
