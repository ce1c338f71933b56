"""The CGI variables of the request line, the server and the client (PEP 3333, environ Variables)."""

from __future__ import annotations

import re

from ...authoring import (
    Exchange,
    HttpExchange,
    Octets,
    Request,
    check,
    environ_of,
    expect,
    inapplicable,
    inconclusive,
)
from ...spec import pep3333, rfc3875

WITHOUT_HOST = Octets(b"GET / HTTP/1.0\r\nX-Wsgicheck-Ticket: {ticket}\r\n\r\n")
EMPTY_HOST = Octets(b"GET / HTTP/1.1\r\nHost:\r\nX-Wsgicheck-Ticket: {ticket}\r\nConnection: close\r\n\r\n")
OTHER_HOST = Request(headers=(("Host", "wsgicheck.example:81"),))


def expect_required(exchange: Exchange, key: str, occasion: str) -> None:
    """Fail unless a variable that "must never be empty" has a value."""
    environ = environ_of(exchange)
    expect(key in environ, f"{key} {occasion}", want="present", got="absent")
    expect(not environ.lacks(key), f"{key} {occasion}", want="not empty", got=environ.get(key))


def port_of(exchange: Exchange) -> str:
    """Return the port that the server listens on; inapplicable where there is none."""
    if exchange.server.port is None:
        inapplicable("a UNIX socket has no port")
    return str(exchange.server.port)


@check(
    "server-name-not-empty", requires=(pep3333.SERVER_NAME, rfc3875.SERVER_NAME, rfc3875.SERVER_NAME_SYNTAX)
)
def server_name_not_empty(exchange: Exchange) -> None:
    """SERVER_NAME is present and not empty.

    The PEP's algorithm for the URL of a request looks it up without asking.
    """
    expect_required(exchange, "SERVER_NAME", "of a plain request")


@check("server-name-is-a-host", requires=rfc3875.SERVER_NAME_SYNTAX)
def server_name_is_a_host(exchange: Exchange) -> None:
    """SERVER_NAME is a name or an address alone: no port behind it, no path, no white space.

    A URL is made by putting ":" and SERVER_PORT behind it.
    """
    if exchange.server.port is None:
        inapplicable("a UNIX socket has no host")
    got = environ_of(exchange)["SERVER_NAME"]
    address = got.count(":") > 1
    alone = not re.search(r"[\s/]", got) and (address or ":" not in got)
    expect(alone, "SERVER_NAME", want="a host", got=got)


@check("server-name-not-empty-without-host", requires=pep3333.SERVER_NAME, send=WITHOUT_HOST)
def server_name_not_empty_without_host(exchange: HttpExchange) -> None:
    """SERVER_NAME is present and not empty for an HTTP/1.0 request without Host.

    There it is all that an application has to tell where it is.
    """
    expect_required(exchange, "SERVER_NAME", "without Host")


@check(
    "server-name-not-empty-with-empty-host", requires=pep3333.SERVER_NAME, send=EMPTY_HOST, control=Request()
)
def server_name_not_empty_with_empty_host(exchange: HttpExchange) -> None:
    """SERVER_NAME is present and not empty where Host has no value, or the request is refused.

    An empty Host is grammatical: a server that copies it hands out an empty name.
    """
    if exchange.app.called:
        expect_required(exchange, "SERVER_NAME", "with an empty Host")


@check("server-port-not-empty", requires=pep3333.SERVER_PORT)
def server_port_not_empty(exchange: Exchange) -> None:
    """SERVER_PORT is present and not empty.

    The PEP's algorithm for the URL of a request looks it up without asking.
    """
    expect_required(exchange, "SERVER_PORT", "of a plain request")


@check("server-port-not-empty-without-host", requires=pep3333.SERVER_PORT, send=WITHOUT_HOST)
def server_port_not_empty_without_host(exchange: HttpExchange) -> None:
    """SERVER_PORT is present and not empty for an HTTP/1.0 request without Host.

    There it is all that an application has to tell where it is.
    """
    expect_required(exchange, "SERVER_PORT", "without Host")


@check(
    "server-port-not-empty-with-portless-host",
    requires=pep3333.SERVER_PORT,
    send=Request(headers=(("Host", "localhost"),)),
)
def server_port_not_empty_with_portless_host(exchange: Exchange) -> None:
    """SERVER_PORT is present and not empty where Host names no port.

    A server that takes the port out of Host finds none there.
    """
    expect_required(exchange, "SERVER_PORT", "with a Host that names no port")


@check(
    "server-port-decimal",
    requires=(pep3333.URL_SERVER_PORT, rfc3875.SERVER_PORT_SYNTAX),
)
def server_port_decimal(exchange: Exchange) -> None:
    """SERVER_PORT is a plain decimal number.

    Applications compare it with "80" and "443" as text: "080" is another port.
    """
    port_of(exchange)
    environ = environ_of(exchange)
    if environ.lacks("SERVER_PORT"):
        inconclusive("SERVER_PORT has no value: server-port-not-empty fails for it")
    got = environ["SERVER_PORT"]
    expect(re.fullmatch("0|[1-9][0-9]*", got) is not None, "SERVER_PORT", want="a decimal number", got=got)


@check("server-port-received-on", requires=(rfc3875.SERVER_PORT, pep3333.SERVER_NAME_PORT_DEFAULT))
def server_port_received_on(exchange: Exchange) -> None:
    """SERVER_PORT is the port on which the request was received.

    Links that an application makes from another one lead nowhere.
    """
    want = port_of(exchange)
    environ = environ_of(exchange)
    got = environ.get("SERVER_PORT")
    if environ.lacks("SERVER_PORT") or not got.isdigit():
        inconclusive("SERVER_PORT is no number: server-port-decimal fails for it")
    expect(int(got) == int(want), "SERVER_PORT", want=want, got=got)


@check("server-port-not-from-host", requires=rfc3875.SERVER_PORT, send=OTHER_HOST)
def server_port_not_from_host(exchange: Exchange) -> None:
    """SERVER_PORT is the port on which the request was received, whatever Host says.

    Host is the client's word, which it has a variable for.
    """
    want = port_of(exchange)
    environ = environ_of(exchange)
    got = environ.get("SERVER_PORT")
    if environ.lacks("SERVER_PORT") or not got.isdigit():
        inconclusive("SERVER_PORT is no number: server-port-decimal fails for it")
    expect(got != "81", "SERVER_PORT with Host: wsgicheck.example:81", want=want, got=got)


@check(
    "server-protocol-of-request",
    requires=(pep3333.SERVER_PROTOCOL_VALUE, pep3333.SERVER_PROTOCOL, rfc3875.SERVER_PROTOCOL),
)
def server_protocol_of_request(exchange: Exchange) -> None:
    """SERVER_PROTOCOL is HTTP/1.1 for a request of HTTP/1.1.

    It is the version that the client used, not the one that the server answers with.
    """
    got = environ_of(exchange).get("SERVER_PROTOCOL")
    expect(got == "HTTP/1.1", "SERVER_PROTOCOL", want="HTTP/1.1", got=got)


@check(
    "server-protocol-of-http-1-0-request",
    requires=(pep3333.SERVER_PROTOCOL_VALUE, rfc3875.SERVER_PROTOCOL),
    send=Request(version="HTTP/1.0"),
)
def server_protocol_of_http_1_0_request(exchange: Exchange) -> None:
    """SERVER_PROTOCOL is HTTP/1.0 for a request of HTTP/1.0.

    An application that believes it was 1.1 sends what an old client does not understand.
    """
    got = environ_of(exchange).get("SERVER_PROTOCOL")
    expect(got == "HTTP/1.0", "SERVER_PROTOCOL", want="HTTP/1.0", got=got)


@check(
    "host-variable-is-the-field", requires=(pep3333.URL_HTTP_HOST, pep3333.HTTP_VARIABLES), send=OTHER_HOST
)
def host_variable_is_the_field(exchange: Exchange) -> None:
    """HTTP_HOST is the value of Host, port and all.

    It is the first choice for the URL of a request, and what applications for several hosts look at.
    """
    got = environ_of(exchange).get("HTTP_HOST")
    expect(got.lower() == "wsgicheck.example:81", "HTTP_HOST", want="wsgicheck.example:81", got=got)


@check("host-variable-not-invented", requires=pep3333.HTTP_VARIABLES_ABSENT, send=WITHOUT_HOST)
def host_variable_not_invented(exchange: HttpExchange) -> None:
    """HTTP_HOST is absent or empty where the request has no Host.

    SERVER_NAME and SERVER_PORT are the default; the application can tell one from the other.
    """
    environ = environ_of(exchange)
    expect(environ.lacks("HTTP_HOST"), "HTTP_HOST without Host", want="absent", got=environ.get("HTTP_HOST"))


@check("gateway-interface-syntax", requires=rfc3875.GATEWAY_INTERFACE)
def gateway_interface_syntax(exchange: Exchange) -> None:
    """GATEWAY_INTERFACE, where it is present, is CGI, a slash and a version.

    WSGI servers need not have it.
    """
    environ = environ_of(exchange)
    got = environ.get("GATEWAY_INTERFACE", "CGI/1.1")
    expect(re.fullmatch(r"CGI/[0-9]+\.[0-9]+", got) is not None, "GATEWAY_INTERFACE", want="CGI/1.1", got=got)


@check("server-software-not-empty", requires=rfc3875.SERVER_SOFTWARE)
def server_software_not_empty(exchange: Exchange) -> None:
    """SERVER_SOFTWARE, where it is present, names the server.

    A variable without a value is left out.
    """
    environ = environ_of(exchange)
    got = environ.get("SERVER_SOFTWARE", "left out")
    expect(got.strip() != "", "SERVER_SOFTWARE", want="a name, or absent", got=got)
