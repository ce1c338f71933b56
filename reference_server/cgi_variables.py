"""The CGI variables of ``environ``: PEP 3333, ``environ`` Variables; RFC 3875, section 4.1."""

from __future__ import annotations

import re
from typing import Any

from .file_wrapper import FileWrapping
from .state import Transaction

PERCENT = re.compile(rb"%([0-9A-Fa-f]{2})")


class CgiVariables(FileWrapping):
    """One method for each variable, so that each can be wrong on its own."""

    def request_variables(self, transaction: Transaction) -> dict[str, str]:
        """What the request-line says, and the two fields that have no HTTP_ prefix.

        They "must be native strings, if they are present at all"; one without a value is left out.
        """
        variables: dict[str, str | None] = {
            "REQUEST_METHOD": self.request_method(transaction),
            "SCRIPT_NAME": self.script_name(transaction),
            "PATH_INFO": self.path_info(transaction),
            "QUERY_STRING": self.query_string(transaction),
            "CONTENT_TYPE": self.content_type(transaction),
            "CONTENT_LENGTH": self.content_length(transaction),
            "SERVER_PROTOCOL": self.server_protocol(transaction),
        }
        return {name: value for name, value in variables.items() if value is not None}

    def server_variables(self, transaction: Transaction) -> dict[str, str]:
        """The server, the client, and as many other CGI variables as are applicable."""
        address, port = transaction.connection.remote
        variables = {
            "SERVER_NAME": self.server_name(transaction),
            "SERVER_PORT": self.server_port(transaction),
            "SERVER_SOFTWARE": self.SOFTWARE,
            "GATEWAY_INTERFACE": "CGI/1.1",
            "REMOTE_ADDR": self.remote_addr(transaction),
        }
        if address:
            variables["REMOTE_PORT"] = str(port)
        if self.tls:
            variables |= self.tls_variables(transaction)
        return variables

    def tls_variables(self, transaction: Transaction) -> dict[str, str]:
        """PEP 3333: "if SSL is in use", as many "of the Apache SSL environment variables" as apply."""
        secured: Any = transaction.connection.socket
        name, _, bits = secured.cipher()
        return {
            "HTTPS": "on",
            "SSL_PROTOCOL": secured.version(),
            "SSL_CIPHER": name,
            "SSL_CIPHER_USEKEYSIZE": str(bits),
        }

    def request_method(self, transaction: Transaction) -> str:
        """The method as the client sent it, case preserved: HEAD stays HEAD."""
        return transaction.request.method

    def script_name(self, transaction: Transaction) -> str:
        """Empty, because the application is the root of this server."""
        return ""

    def path_info(self, transaction: Transaction) -> str:
        """The rest of the path, percent-decoded exactly once; dots and slashes are left alone."""
        return self.native_string(self.percent_decode(transaction.request.path))

    def percent_decode(self, octets: bytes) -> bytes:
        """RFC 3875, 4.1.5: PATH_INFO is not URL-encoded."""
        if b"%" not in octets:
            return octets
        return PERCENT.sub(lambda match: bytes([int(match[1], 16)]), octets)

    def native_string(self, octets: bytes) -> str:
        """PEP 3333, Unicode Issues: native strings hold code points "representable in ISO-8859-1"."""
        return octets.decode("latin-1")

    def query_string(self, transaction: Transaction) -> str:
        """What follows the first "?", still encoded; empty when there is none (RFC 3875, 4.1.7)."""
        return self.native_string(transaction.request.query)

    def content_type(self, transaction: Transaction) -> str | None:
        """The Content-Type field, never an invented one."""
        values = self.field_values(transaction.request, b"content-type")
        return self.native_string(values[0]) if values else None

    def content_length(self, transaction: Transaction) -> str | None:
        """The Content-Length field; a chunked body has no length yet and ``wsgi.input`` ends by itself.

        Once it is spooled it has: RFC 3875, 4.1.2, "after the server has removed any transfer-codings".
        """
        if transaction.request.framing == "chunked" and transaction.body.spool is not None:
            return str(transaction.body.received)
        values = self.field_values(transaction.request, b"content-length")
        return self.native_string(values[0]) if values else None

    def server_name(self, transaction: Transaction) -> str:
        """The address the client reached: never empty, even when all addresses are bound.

        RFC 3875, 4.1.14: an IPv6 address stands in brackets. A UNIX socket is on "localhost".
        """
        host = transaction.connection.local[0].partition("%")[0]
        return f"[{host}]" if ":" in host else host

    def server_port(self, transaction: Transaction) -> str:
        """The port the client reached, as a string, whatever Host says; for a UNIX socket the scheme's."""
        return str(transaction.connection.local[1])

    def server_protocol(self, transaction: Transaction) -> str:
        """PEP 3333: "The version of the protocol the client used to send the request", not ours."""
        return transaction.request.protocol

    def remote_addr(self, transaction: Transaction) -> str:
        """The peer of the connection; forwarding fields of unknown origin are not believed.

        Empty for a UNIX socket, whose clients have no address: a made-up 127.0.0.1 would be trusted.
        """
        return transaction.connection.remote[0]
