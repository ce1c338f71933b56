"""The absolute-form of the request target (RFC 9112 3.2.2, RFC 9110 4.2, 7.4)."""

from __future__ import annotations

from ...authoring import (
    KNOWS_ITS_NAMES,
    PLAIN_TEXT,
    HttpExchange,
    Octets,
    Play,
    check,
    environ_of,
    environ_of_call,
    expect,
    inapplicable,
    inconclusive,
    needs_http_1_1,
    needs_plain,
    refused,
    response_of,
)
from ...spec import rfc3875, rfc9110, rfc9112


def _target(
    target: bytes, host: bytes = b"{authority}", version: bytes = b"HTTP/1.1", method: bytes = b"GET"
) -> Octets:
    return Octets(
        method + b" " + target + b" " + version + b"\r\nHost: " + host + b"\r\n"
        b"X-Wsgicheck-Ticket: {ticket}\r\nConnection: close\r\n\r\n"
    )


def _absolute(version: bytes, label: bytes) -> bytes:
    return (
        b"GET {scheme}://one.example/p?x=1 " + version + b"\r\nHost: two.example\r\n"
        b"X-Wsgicheck-Ticket: {ticket}" + label + b"\r\n\r\n"
    )


PLAIN = _target(b"/p?x=1")
ABSOLUTE = _target(b"{scheme}://{authority}/p?x=1")


def _accepted(exchange: HttpExchange) -> None:
    """Expect a call of the application, unless the server implements HTTP/1.0 alone."""
    if not exchange.app.called:
        needs_http_1_1(exchange)
        got = exchange.response.status if exchange.response else "a closed connection"
        expect(False, "a request in absolute-form", want="a call of the application", got=got)


def _accepted_with_method(exchange: HttpExchange) -> None:
    """Expect a call, unless the method is what the server does not want (or, of a POST, without a length)."""
    if exchange.response and exchange.response.status in (403, 405, 411, 501) and not exchange.app.called:
        inapplicable(f"the server answers {exchange.response.status} to this method")
    _accepted(exchange)


def _path(exchange: HttpExchange, *wanted: str) -> None:
    """Expect one of these paths, and the query behind it."""
    environ = environ_of(exchange)
    if environ.get("PATH_INFO") not in wanted:
        needs_http_1_1(exchange)
        expect(False, "PATH_INFO", want=wanted[0], got=environ.get("PATH_INFO"))
    query = environ.get("QUERY_STRING")
    expect(query == "x=1", "QUERY_STRING", want="x=1", got=query)


def _split_off(exchange: HttpExchange) -> None:
    """End where the path is not split off at all: another check fails for that."""
    if "://" in environ_of(exchange).get("PATH_INFO"):
        inconclusive("PATH_INFO has the authority in it: absolute-form-path-split-off fails for it")


def _rejected(exchange: HttpExchange) -> None:
    """Expect a refusal, unless the server implements HTTP/1.0 alone."""
    if exchange.app.called:
        needs_http_1_1(exchange)
    refused(exchange, by_any_error=True)


@check(
    "absolute-form-accepted",
    requires=(rfc9112.ABSOLUTE_FORM_ACCEPTED, rfc9110.VERSION_CONFORMANT),
    send=ABSOLUTE,
    control=PLAIN,
)
def absolute_form_accepted(exchange: HttpExchange) -> None:
    """A target in absolute-form is accepted.

    A client that takes the server for a proxy sends it, and one day all may.
    """
    _accepted(exchange)


@check(
    "absolute-form-path-split-off",
    requires=rfc9112.ABSOLUTE_FORM_ACCEPTED,
    send=ABSOLUTE,
    control=PLAIN,
)
def absolute_form_path_split_off(exchange: HttpExchange) -> None:
    """Of a target in absolute-form, the application gets the path and the query alone.

    With scheme and host in PATH_INFO no application finds its resource, and every rule about paths is
    passed by.
    """
    _path(exchange, "/p")


@check(
    "absolute-form-without-path-is-root",
    requires=rfc9112.ABSOLUTE_FORM_ACCEPTED,
    send=_target(b"{scheme}://{authority}?x=1"),
    control=ABSOLUTE,
)
def absolute_form_without_path_is_root(exchange: HttpExchange) -> None:
    """A target in absolute-form without a path means the root.

    A split at slashes finds none there, and fails or takes the authority for the path.
    """
    _accepted(exchange)
    _path(exchange, "/", "")


@check(
    "absolute-form-scheme-in-any-case",
    requires=rfc9112.ABSOLUTE_FORM_ACCEPTED,
    send=_target(b"HTTP://{authority}/p?x=1"),
    control=ABSOLUTE,
)
def absolute_form_scheme_in_any_case(exchange: HttpExchange) -> None:
    """The scheme of an absolute-form is case-insensitive.

    Compared as it stands, HTTP:// makes an unknown scheme, or a path.
    """
    needs_plain(exchange)
    _accepted(exchange)
    _path(exchange, "/p")


@check(
    "absolute-form-overrides-host",
    requires=rfc9112.ABSOLUTE_FORM_HOST,
    send=_target(b"{scheme}://one.example/p?x=1", host=b"two.example"),
    control=ABSOLUTE,
    tempered="PEP 3333 says that HTTP_HOST is what the Host field says",
)
def absolute_form_overrides_host(exchange: HttpExchange) -> None:
    """With an absolute-form, the host of the target counts and that of the Host field does not.

    A cache or filter in front goes by the target. An application that builds links from the other host
    sends its users there.
    """
    if not exchange.app.called:
        refused(exchange)
        return
    needs_http_1_1(exchange)
    environ = environ_of(exchange)
    host = environ.get("HTTP_HOST", environ.get("SERVER_NAME"))
    expect(host != "two.example", "the host that the application sees", want="one.example", got=host)


@check(
    "absolute-form-with-empty-host-refused",
    requires=rfc9110.EMPTY_HOST,
    send=_target(b"{scheme}:///p?x=1"),
    control=ABSOLUTE,
    tempered="many servers look at nothing but the path",
)
def absolute_form_with_empty_host_refused(exchange: HttpExchange) -> None:
    """An absolute-form with an empty host is refused.

    No http URI has an empty host. Whoever takes the first word of the path for it, and whoever takes
    Host, serve two sites.
    """
    _rejected(exchange)


@check(
    "absolute-form-with-userinfo-refused",
    requires=rfc9110.USERINFO,
    send=_target(b"{scheme}://user:secret@{authority}/p?x=1"),
    control=ABSOLUTE,
)
def absolute_form_with_userinfo_refused(exchange: HttpExchange) -> None:
    """An absolute-form with userinfo is refused.

    What stands before the @ is made to look like a host.
    """
    _rejected(exchange)


@check(
    "absolute-form-with-invalid-port-refused",
    requires=(rfc9112.REQUEST_LINE_INVALID, rfc9110.HOST_SYNTAX),
    send=_target(b"{scheme}://{ticket}.example:8o/p?x=1"),
    control=ABSOLUTE,
)
def absolute_form_with_invalid_port_refused(exchange: HttpExchange) -> None:
    """An absolute-form whose port is no number is refused.

    int() fails on it: an error of the server instead of an answer.
    """
    _rejected(exchange)


@check(
    "https-over-plain-connection-refused",
    requires=rfc9110.HTTPS_UNSECURED,
    send=_target(b"https://{authority}/p?x=1"),
    control=ABSOLUTE,
    tempered="hardly any server looks at the scheme, and wsgi.url_scheme still says http",
)
def https_over_plain_connection_refused(exchange: HttpExchange) -> None:
    """A request for an https resource over a connection without TLS is refused.

    What is meant for the secured site must not be had in the clear.
    """
    needs_plain(exchange)
    _rejected(exchange)


@check(
    "absolute-form-with-port-alone-refused",
    requires=rfc9110.EMPTY_HOST,
    send=_target(b"http://:80/p?x=1"),
    control=ABSOLUTE,
    tempered="many servers look at nothing but the path",
)
def absolute_form_with_port_alone_refused(exchange: HttpExchange) -> None:
    """An absolute-form with a port and no host before it is refused.

    The authority is not empty, its host is: whoever looks at the authority alone finds nothing wrong.
    """
    _rejected(exchange)


@check(
    "redirect-without-userinfo",
    requires=rfc9110.USERINFO_SENT,
    send=_target(b"http://user:secret@{authority}/p?x=1"),
    control=ABSOLUTE,
)
def redirect_without_userinfo(exchange: HttpExchange) -> None:
    """A redirect of the server's own does not repeat the userinfo of the target.

    A password in Location ends up in histories and logs, and an @ hides the host in it.
    """
    response = response_of(exchange)
    if exchange.app.called or not 300 <= response.status < 400:
        inapplicable("the server does not redirect by itself")
    got = ", ".join(response.values("location"))
    expect("@" not in got, "Location of a redirect", want="no userinfo", got=got)


@check(
    "absolute-form-port-kept",
    requires=rfc9112.ABSOLUTE_FORM_HOST,
    send=_target(b"{scheme}://one.example:8123/p?x=1", host=b"two.example"),
    control=ABSOLUTE,
)
def absolute_form_port_kept(exchange: HttpExchange) -> None:
    """Where the host of an absolute-form is taken for that of the request, its port comes along.

    Links without the port lead to another server.
    """
    host = environ_of(exchange).get("HTTP_HOST")
    if not host.startswith("one.example"):
        inapplicable("the application does not see the host of the target")
    expect(host == "one.example:8123", "HTTP_HOST", want="one.example:8123", got=host)


@check(
    "absolute-form-overrides-host-in-http-1-0",
    requires=rfc9112.ABSOLUTE_FORM_HOST,
    send=Octets(
        _absolute(b"HTTP/1.1", b"") + _absolute(b"HTTP/1.0", b"-2"),
        methods=("GET", "GET"),
    ),
    play=Play(headers=(*PLAIN_TEXT, ("Content-Length", "9"))),
    control=ABSOLUTE,
)
def absolute_form_overrides_host_in_http_1_0(exchange: HttpExchange) -> None:
    """In HTTP/1.0 too, the host of an absolute-form counts and that of the Host field does not.

    See ``absolute-form-overrides-host``: whoever wants the other host need only write the older version.
    """
    hosts = [environ_of_call(call).get("HTTP_HOST") for call in exchange.app.of("called")]
    if len(hosts) < 2 or hosts[0] == "two.example":
        inapplicable("the host of the target does not count, or the connection is not kept")
    expect(hosts[1] != "two.example", "the host that the application sees", want="one.example", got=hosts[1])


@check(
    "absolute-form-of-ipv6-address-accepted",
    requires=(rfc9112.ABSOLUTE_FORM_ACCEPTED, rfc9110.HOST_SYNTAX),
    send=_target(b"{scheme}://[::1]:8123/p?x=1", host=b"[::1]:8123"),
    control=ABSOLUTE,
    tempered=KNOWS_ITS_NAMES,
)
def absolute_form_of_ipv6_address_accepted(exchange: HttpExchange) -> None:
    """An absolute-form whose host is an IPv6 address is accepted, and its path is found.

    Brackets and colons are a part of the authority: a split at the wrong one finds another path.
    """
    if exchange.response and exchange.response.status == 421 and not exchange.app.called:
        inapplicable("the server knows its own names, and this is none of them (RFC 9110 15.5.20)")
    _accepted(exchange)
    _split_off(exchange)
    _path(exchange, "/p")


@check(
    "absolute-form-path-percent-decoded",
    requires=(rfc9112.ABSOLUTE_FORM_ACCEPTED, rfc3875.PATH_INFO_DECODED),
    send=_target(b"{scheme}://{authority}/a%20b%C3%A9?x=1"),
    control=_target(b"/a%20b?x=1"),
)
def absolute_form_path_percent_decoded(exchange: HttpExchange) -> None:
    """The path of an absolute-form is decoded as any other.

    An application that compares PATH_INFO with a rule sees another path by the one form than by the other.
    """
    _split_off(exchange)
    _path(exchange, "/a b\xc3\xa9")


@check(
    "https-in-capitals-over-plain-connection-refused",
    requires=rfc9110.HTTPS_UNSECURED,
    send=_target(b"HTTPS://{authority}/p?x=1"),
    control=ABSOLUTE,
    tempered="hardly any server looks at the scheme, and wsgi.url_scheme still says http",
)
def https_in_capitals_over_plain_connection_refused(exchange: HttpExchange) -> None:
    """HTTPS is the scheme https too: over a connection without TLS its requests are refused.

    See ``https-over-plain-connection-refused``; schemes are case-insensitive.
    """
    needs_plain(exchange)
    _rejected(exchange)


@check(
    "absolute-form-of-host-alone-is-root",
    requires=rfc9112.ABSOLUTE_FORM_ACCEPTED,
    send=_target(b"{scheme}://{authority}"),
    control=ABSOLUTE,
)
def absolute_form_of_host_alone_is_root(exchange: HttpExchange) -> None:
    """A target in absolute-form with neither path nor query means the root.

    Only for OPTIONS is it the server as a whole. See ``absolute-form-without-path-is-root``.
    """
    _accepted(exchange)
    environ = environ_of(exchange)
    got = environ.get("PATH_INFO")
    if got not in ("/", ""):
        needs_http_1_1(exchange)
        expect(False, "PATH_INFO", want="/", got=got)


@check(
    "absolute-form-of-options-has-its-path",
    requires=rfc9112.ABSOLUTE_FORM_ACCEPTED,
    send=_target(b"{scheme}://{authority}/p?x=1", method=b"OPTIONS"),
    control=ABSOLUTE,
)
def absolute_form_of_options_has_its_path(exchange: HttpExchange) -> None:
    """OPTIONS with a path in its absolute-form asks about that path, and not about the server as a whole.

    Browsers ask so before a request to another site; the answer for the server is none for the resource.
    """
    _accepted_with_method(exchange)
    _split_off(exchange)
    _path(exchange, "/p")


@check(
    "absolute-form-of-post-accepted",
    requires=rfc9112.ABSOLUTE_FORM_ACCEPTED,
    send=_target(b"{scheme}://{authority}/p?x=1", method=b"POST"),
    control=ABSOLUTE,
)
def absolute_form_of_post_accepted(exchange: HttpExchange) -> None:
    """A target in absolute-form is accepted whatever the method is.

    The sentence is about requests, and not about GET. See ``absolute-form-accepted``.
    """
    _accepted_with_method(exchange)
    _split_off(exchange)
    _path(exchange, "/p")
