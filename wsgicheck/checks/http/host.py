"""The Host field: missing, repeated, empty (RFC 9112 3.2, 3.3)."""

from __future__ import annotations

from ...authoring import (
    PROXY_REFUSES,
    HttpExchange,
    Octets,
    check,
    environ_of,
    expect,
    refused,
)
from ...authoring.refusals import refused_by_400
from ...spec import pep3333, rfc9110, rfc9112


def _hosts(
    *lines: bytes, version: bytes = b"HTTP/1.1", target: bytes = b"/?{ticket}", method: bytes = b"GET"
) -> Octets:
    return Octets(
        method
        + b" "
        + target
        + b" "
        + version
        + b"\r\n"
        + b"".join(line + b"\r\n" for line in lines)
        + b"X-Wsgicheck-Ticket: {ticket}\r\nConnection: close\r\n\r\n",
        methods=(method.decode(),),
    )


PLAIN = _hosts(b"Host: {authority}")
PLAIN_1_0 = _hosts(b"Host: {authority}", version=b"HTTP/1.0")


def _survived(exchange: HttpExchange) -> None:
    """Expect a refusal, or a call with a default for the host (RFC 9112 3.3)."""
    if not exchange.app.called:
        refused(exchange)
        return
    got = environ_of(exchange).get("SERVER_NAME")
    expect(got != "", "SERVER_NAME", want="a default", got=got)


@check(
    "host-missing-answered-400",
    requires=(rfc9112.HOST_MISSING, rfc9110.VERSION_CONFORMANT),
    send=_hosts(),
    control=PLAIN,
    tempered=PROXY_REFUSES,
)
def host_missing_answered_400(exchange: HttpExchange) -> None:
    """A request in HTTP/1.1 without Host is answered with 400.

    Which site is meant is left to a guess, and every recipient guesses by itself.
    """
    refused_by_400(exchange)


@check(
    "host-missing-beside-absolute-form-answered-400",
    requires=rfc9112.HOST_MISSING,
    send=_hosts(target=b"{scheme}://{authority}/"),
    control=_hosts(b"Host: {authority}", target=b"{scheme}://{authority}/"),
    tempered=PROXY_REFUSES,
)
def host_missing_beside_absolute_form_answered_400(exchange: HttpExchange) -> None:
    """A request in HTTP/1.1 without Host is answered with 400 even if its target has one.

    Clients that send no Host do not speak HTTP/1.1, whatever they say.
    """
    refused_by_400(exchange)


@check(
    "host-repeated-answered-400",
    requires=rfc9112.HOST_REPEATED,
    send=_hosts(b"Host: {authority}", b"Host: {ticket}.example"),
    control=PLAIN,
    tempered=PROXY_REFUSES,
)
def host_repeated_answered_400(exchange: HttpExchange) -> None:
    """A request with two different Host fields is answered with 400.

    A filter goes by the first and the application by the last, or the other way round.
    """
    refused_by_400(exchange)


@check(
    "host-repeated-alike-answered-400",
    requires=rfc9112.HOST_REPEATED,
    send=_hosts(b"Host: {authority}", b"Host: {authority}"),
    control=PLAIN,
    tempered=PROXY_REFUSES,
)
def host_repeated_alike_answered_400(exchange: HttpExchange) -> None:
    """A request with the same Host field twice is answered with 400.

    Joined by a comma they name a host that does not exist.
    """
    refused_by_400(exchange)


@check(
    "host-repeated-apart-answered-400",
    requires=rfc9112.HOST_REPEATED,
    send=_hosts(b"Host: {authority}", b"X-A: v", b"hOST: {ticket}.example"),
    control=PLAIN,
    tempered=PROXY_REFUSES,
)
def host_repeated_apart_answered_400(exchange: HttpExchange) -> None:
    """Two Host fields apart, and in different cases, are answered with 400.

    A comparison with the previous line, or with one spelling, does not find the second one.
    """
    refused_by_400(exchange)


@check(
    "host-repeated-in-http-1-0-answered-400",
    requires=rfc9112.HOST_REPEATED,
    send=_hosts(b"Host: {authority}", b"Host: {ticket}.example", version=b"HTTP/1.0"),
    control=PLAIN_1_0,
    tempered=PROXY_REFUSES,
)
def host_repeated_in_http_1_0_answered_400(exchange: HttpExchange) -> None:
    """Two Host fields are answered with 400 in a request of HTTP/1.0 too.

    The rule is for any request; only that Host may be missing is different.
    """
    refused_by_400(exchange)


@check(
    "host-missing-in-http-1-0-survived",
    requires=(rfc9112.AUTHORITY_EMPTY, pep3333.SERVER_NAME),
    send=_hosts(version=b"HTTP/1.0"),
    control=PLAIN_1_0,
)
def host_missing_in_http_1_0_survived(exchange: HttpExchange) -> None:
    """A request of HTTP/1.0 without Host is refused, or served with a default.

    Health checks and old clients send none; a server that looks it up unseen fails with an error of its
    own.
    """
    _survived(exchange)


@check(
    "host-empty-survived",
    requires=(rfc9112.AUTHORITY_EMPTY, pep3333.SERVER_NAME),
    send=_hosts(b"Host:"),
    control=PLAIN,
)
def host_empty_survived(exchange: HttpExchange) -> None:
    """An empty Host is refused, or served with a default.

    It is what a client sends whose target has no authority. A server that takes it apart unseen fails
    with an error of its own.
    """
    _survived(exchange)


@check(
    "host-missing-for-options-asterisk-answered-400",
    requires=rfc9112.HOST_MISSING,
    send=_hosts(method=b"OPTIONS", target=b"*"),
    control=_hosts(b"Host: {authority}", method=b"OPTIONS", target=b"*"),
    tempered=PROXY_REFUSES,
)
def host_missing_for_options_asterisk_answered_400(exchange: HttpExchange) -> None:
    """A request in HTTP/1.1 for the server as a whole is answered with 400 too where it has no Host.

    The asterisk-form goes past the code that makes a URL of target and Host.
    """
    refused_by_400(exchange)


@check(
    "host-repeated-beside-absolute-form-answered-400",
    requires=rfc9112.HOST_REPEATED,
    send=_hosts(b"Host: {authority}", b"Host: {ticket}.example", target=b"http://{authority}/"),
    control=_hosts(b"Host: {authority}", target=b"http://{authority}/"),
    tempered=PROXY_REFUSES,
)
def host_repeated_beside_absolute_form_answered_400(exchange: HttpExchange) -> None:
    """Two Host fields are answered with 400 even if the target has a host of its own.

    The rule is for any request; a host in the target excuses no recipient from reading the fields.
    """
    refused_by_400(exchange)


@check(
    "host-missing-in-http-1-2-answered-400",
    requires=(rfc9110.MINOR_VERSION, rfc9112.HOST_MISSING),
    send=_hosts(version=b"HTTP/1.2"),
    control=_hosts(b"Host: {authority}", version=b"HTTP/1.2"),
    tempered=PROXY_REFUSES,
)
def host_missing_in_http_1_2_answered_400(exchange: HttpExchange) -> None:
    """A request in a later minor version without Host is answered as one in HTTP/1.1 is: with 400.

    It is processed as if it were in the highest version that the server knows, with all that this asks for.
    """
    refused_by_400(exchange)


@check(
    "host-with-zone-answered-400",
    requires=(rfc9112.HOST_INVALID, rfc9110.HOST_SYNTAX),
    send=_hosts(b"Host: [fe80::1%eth0]"),
    control=PLAIN,
    tempered=PROXY_REFUSES,
)
def host_with_zone_answered_400(exchange: HttpExchange) -> None:
    """A Host whose IPv6 address has a zone behind a bare percent sign is answered with 400.

    The zone is the client's own affair, and a percent sign without two digits is no part of a URI.
    """
    refused_by_400(exchange)


@check(
    "host-with-name-in-brackets-answered-400",
    requires=(rfc9112.HOST_INVALID, rfc9110.HOST_SYNTAX),
    send=_hosts(b"Host: [h.example]"),
    control=PLAIN,
    tempered=PROXY_REFUSES,
)
def host_with_name_in_brackets_answered_400(exchange: HttpExchange) -> None:
    """A Host with a name in brackets is answered with 400.

    Brackets are for addresses: whoever strips them, and whoever does not, see two names.
    """
    refused_by_400(exchange)


@check(
    "host-repeated-behind-empty-one-answered-400",
    requires=rfc9112.HOST_REPEATED,
    send=_hosts(b"Host:", b"Host: {authority}"),
    control=PLAIN,
    tempered=PROXY_REFUSES,
)
def host_repeated_behind_empty_one_answered_400(exchange: HttpExchange) -> None:
    """Two Host fields are answered with 400 although the first one is empty.

    To whoever asks whether there is a Host by its value, the second one is the first.
    """
    refused_by_400(exchange)


@check(
    "host-missing-for-head-answered-400",
    requires=rfc9112.HOST_MISSING,
    send=_hosts(method=b"HEAD"),
    control=_hosts(b"Host: {authority}", method=b"HEAD"),
    tempered=PROXY_REFUSES,
)
def host_missing_for_head_answered_400(exchange: HttpExchange) -> None:
    """A HEAD request in HTTP/1.1 without Host is answered with 400.

    See ``host-missing-answered-400``: the rule is for any request.
    """
    refused_by_400(exchange)


@check(
    "host-missing-beside-content-answered-400",
    requires=rfc9112.HOST_MISSING,
    send=_hosts(b"Content-Length: 0", method=b"POST"),
    control=_hosts(b"Host: {authority}", b"Content-Length: 0", method=b"POST"),
    tempered=PROXY_REFUSES,
)
def host_missing_beside_content_answered_400(exchange: HttpExchange) -> None:
    """A POST request in HTTP/1.1 without Host is answered with 400.

    See ``host-missing-answered-400``: what a request has besides does not make up for its Host.
    """
    refused_by_400(exchange)
