"""The value of the Host field (RFC 9110 7.2)."""

from __future__ import annotations

from ...authoring import (
    KNOWS_ITS_NAMES,
    PROXY_REFUSES,
    HttpExchange,
    Octets,
    check,
    expect,
    inapplicable,
)
from ...authoring.refusals import refused_by_400
from ...spec import rfc9110, rfc9112


def _host(value: bytes, target: bytes = b"/?{ticket}", version: bytes = b"HTTP/1.1") -> Octets:
    return Octets(
        b"GET " + target + b" " + version + b"\r\nHost: " + value + b"\r\n"
        b"X-Wsgicheck-Ticket: {ticket}\r\nConnection: close\r\n\r\n"
    )


PLAIN = _host(b"{authority}")
INVALID = (rfc9112.HOST_INVALID, rfc9110.HOST_SYNTAX)


def _accepted(exchange: HttpExchange) -> None:
    if not exchange.app.called:
        got = exchange.response.status if exchange.response else "a closed connection"
        if got == 421:
            inapplicable("the server knows its own names, and this is none of them (RFC 9110 15.5.20)")
        expect(False, "a request with a valid Host", want="a call of the application", got=got)


@check(
    "host-with-space-answered-400",
    requires=INVALID,
    send=_host(b"a b"),
    control=PLAIN,
    tempered=PROXY_REFUSES,
)
def host_with_space_answered_400(exchange: HttpExchange) -> None:
    """A Host with a space is answered with 400.

    Links built from it end at the space.
    """
    refused_by_400(exchange)


@check(
    "host-with-path-answered-400",
    requires=INVALID,
    send=_host(b"h.example/p"),
    control=PLAIN,
    tempered=PROXY_REFUSES,
)
def host_with_path_answered_400(exchange: HttpExchange) -> None:
    """A Host with a path is answered with 400.

    Links built from it lead to another resource.
    """
    refused_by_400(exchange)


@check(
    "host-with-query-answered-400",
    requires=INVALID,
    send=_host(b"h.example?q"),
    control=PLAIN,
    tempered=PROXY_REFUSES,
)
def host_with_query_answered_400(exchange: HttpExchange) -> None:
    """A Host with a query is answered with 400.

    In links built from it the path of the application becomes a part of the query.
    """
    refused_by_400(exchange)


@check(
    "host-with-fragment-answered-400",
    requires=INVALID,
    send=_host(b"h.example#f"),
    control=PLAIN,
    tempered=PROXY_REFUSES,
)
def host_with_fragment_answered_400(exchange: HttpExchange) -> None:
    """A Host with a fragment is answered with 400.

    In links built from it the path of the application becomes a part of the fragment.
    """
    refused_by_400(exchange)


@check(
    "host-with-userinfo-answered-400",
    requires=INVALID,
    send=_host(b"user@h.example"),
    control=PLAIN,
    tempered=PROXY_REFUSES,
)
def host_with_userinfo_answered_400(exchange: HttpExchange) -> None:
    """A Host with userinfo is answered with 400.

    A check of what stands before the @ and a link to what stands behind it concern two hosts.
    """
    refused_by_400(exchange)


@check(
    "host-with-scheme-answered-400",
    requires=INVALID,
    send=_host(b"http://h.example"),
    control=PLAIN,
    tempered=PROXY_REFUSES,
)
def host_with_scheme_answered_400(exchange: HttpExchange) -> None:
    """A Host that is a URL is answered with 400.

    Split at its colon it names the host "http".
    """
    refused_by_400(exchange)


@check(
    "host-with-invalid-port-answered-400",
    requires=INVALID,
    send=_host(b"h.example:99x"),
    control=PLAIN,
    tempered=PROXY_REFUSES,
)
def host_with_invalid_port_answered_400(exchange: HttpExchange) -> None:
    """A Host whose port is no number is answered with 400.

    int() fails on it, in the server or in the application.
    """
    refused_by_400(exchange)


@check(
    "host-with-open-bracket-answered-400",
    requires=INVALID,
    send=_host(b"[::1"),
    control=PLAIN,
    tempered=PROXY_REFUSES,
)
def host_with_open_bracket_answered_400(exchange: HttpExchange) -> None:
    """A Host with a bracket that is never closed is answered with 400.

    A search for the closing bracket finds none, and what follows is an error or another host.
    """
    refused_by_400(exchange)


@check(
    "host-with-octet-above-ascii-answered-400",
    requires=INVALID,
    send=_host(b"h\xe9.example"),
    control=PLAIN,
    tempered=PROXY_REFUSES,
)
def host_with_octet_above_ascii_answered_400(exchange: HttpExchange) -> None:
    """A Host with an octet above US-ASCII is answered with 400.

    A name with such letters is sent in its ASCII form; each recipient reads this one in its own way.
    """
    refused_by_400(exchange)


@check(
    "host-with-control-character-answered-400",
    requires=INVALID,
    send=_host(b"h\x01.example"),
    control=PLAIN,
    tempered=PROXY_REFUSES,
)
def host_with_control_character_answered_400(exchange: HttpExchange) -> None:
    """A Host with a control character is answered with 400.

    It travels on into links, logs and the mails that reset passwords.
    """
    refused_by_400(exchange)


@check(
    "host-with-empty-port-accepted",
    requires=rfc9110.HOST_SYNTAX,
    send=_host(b"h.example:"),
    control=PLAIN,
    tempered=KNOWS_ITS_NAMES,
)
def host_with_empty_port_accepted(exchange: HttpExchange) -> None:
    """A Host with an empty port is accepted.

    The port may be empty by the grammar; int() fails on it.
    """
    _accepted(exchange)


@check(
    "host-of-ipv6-address-accepted",
    requires=rfc9110.HOST_SYNTAX,
    send=_host(b"[::1]:80"),
    control=PLAIN,
    tempered=KNOWS_ITS_NAMES,
)
def host_of_ipv6_address_accepted(exchange: HttpExchange) -> None:
    """A Host that is an IPv6 address is accepted.

    A split at the first colon takes it apart in the wrong place.
    """
    _accepted(exchange)


@check(
    "host-with-underscore-accepted",
    requires=rfc9110.HOST_SYNTAX,
    send=_host(b"h_x.example"),
    control=PLAIN,
    tempered=KNOWS_ITS_NAMES,
)
def host_with_underscore_accepted(exchange: HttpExchange) -> None:
    """A Host with an underscore is accepted.

    A reg-name may have one, and names in containers do.
    """
    _accepted(exchange)


@check(
    "host-with-signed-port-answered-400",
    requires=INVALID,
    send=_host(b"h.example:+80"),
    control=PLAIN,
    tempered=PROXY_REFUSES,
)
def host_with_signed_port_answered_400(exchange: HttpExchange) -> None:
    """A Host with a sign before its port is answered with 400.

    int() reads 80 from it; whoever compares text has another site.
    """
    refused_by_400(exchange)


@check(
    "host-with-backslash-answered-400",
    requires=INVALID,
    send=_host(b"h.example\\p"),
    control=PLAIN,
    tempered=PROXY_REFUSES,
)
def host_with_backslash_answered_400(exchange: HttpExchange) -> None:
    """A Host with a backslash is answered with 400.

    Browsers take a backslash for a slash: links built from it lead to another resource.
    """
    refused_by_400(exchange)


@check(
    "host-with-angle-bracket-answered-400",
    requires=INVALID,
    send=_host(b"<b>.example"),
    control=PLAIN,
    tempered=PROXY_REFUSES,
)
def host_with_angle_bracket_answered_400(exchange: HttpExchange) -> None:
    """A Host with an angle bracket is answered with 400.

    Pages that show their own address carry it as markup.
    """
    refused_by_400(exchange)


@check(
    "host-with-broken-percent-encoding-answered-400",
    requires=INVALID,
    send=_host(b"h%zz.example"),
    control=PLAIN,
    tempered=PROXY_REFUSES,
)
def host_with_broken_percent_encoding_answered_400(exchange: HttpExchange) -> None:
    """A Host with a percent sign and no two hexadecimal digits behind it is answered with 400.

    Decoders differ in what they make of it: two recipients see two hosts.
    """
    refused_by_400(exchange)


@check(
    "host-invalid-beside-absolute-form-answered-400",
    requires=INVALID,
    send=_host(b"h.example/p", target=b"http://{authority}/"),
    control=_host(b"{authority}", target=b"http://{authority}/"),
    tempered=PROXY_REFUSES,
)
def host_invalid_beside_absolute_form_answered_400(exchange: HttpExchange) -> None:
    """An invalid Host is answered with 400 even if the target has a host of its own.

    Whoever builds links from Host, as HTTP_HOST is for, takes it from the invalid one.
    """
    refused_by_400(exchange)


@check(
    "host-invalid-in-http-1-0-answered-400",
    requires=INVALID,
    send=_host(b"h.example/p", version=b"HTTP/1.0"),
    control=_host(b"{authority}", version=b"HTTP/1.0"),
    tempered=PROXY_REFUSES,
)
def host_invalid_in_http_1_0_answered_400(exchange: HttpExchange) -> None:
    """An invalid Host is answered with 400 in a request of HTTP/1.0 too.

    The rule is for any request; only that Host may be missing is different.
    """
    refused_by_400(exchange)


@check(
    "host-with-text-behind-bracket-answered-400",
    requires=INVALID,
    send=_host(b"[::1]x"),
    control=PLAIN,
    tempered=PROXY_REFUSES,
)
def host_with_text_behind_bracket_answered_400(exchange: HttpExchange) -> None:
    """A Host with text behind the bracket of its IPv6 address is answered with 400.

    What stands there is no port: one recipient takes the address, and another the whole.
    """
    refused_by_400(exchange)


@check(
    "host-of-mapped-ipv6-address-accepted",
    requires=rfc9110.HOST_SYNTAX,
    send=_host(b"[::FFFF:192.0.2.1]:80"),
    control=_host(b"[::1]:80"),
    tempered=KNOWS_ITS_NAMES,
)
def host_of_mapped_ipv6_address_accepted(exchange: HttpExchange) -> None:
    """A Host that is an IPv6 address in capitals, with an IPv4 address at its end, is accepted.

    A pattern of small digits and colons knows the address of the loopback alone.
    """
    _accepted(exchange)
