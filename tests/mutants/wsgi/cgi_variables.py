"""Mutants of the CGI variables."""

from __future__ import annotations

from typing import Any

from reference_server import ReferenceServer


class LeavesNameEmpty(ReferenceServer):
    """The name is left empty."""

    kills = {
        "host-empty-survived": "SERVER_NAME: want a default, got ''",
        "host-missing-in-http-1-0-survived": "SERVER_NAME: want a default, got ''",
        "server-name-not-empty": "SERVER_NAME of a plain request: want not empty, got ''",
        "server-name-not-empty-with-empty-host": "SERVER_NAME with an empty Host: want not empty, got ''",
        "server-name-not-empty-without-host": "SERVER_NAME without Host: want not empty, got ''",
    }

    def server_name(self, transaction: Any) -> Any:
        return ""


class NeedsHost(ReferenceServer):
    """The name is that of Host."""

    kills = {
        "host-empty-survived": "SERVER_NAME: want a default, got ''",
        "host-missing-in-http-1-0-survived": "SERVER_NAME: want a default, got ''",
        "server-name-not-empty-with-empty-host": "SERVER_NAME with an empty Host: want not empty, got ''",
        "server-name-not-empty-without-host": "SERVER_NAME without Host: want not empty, got ''",
    }

    def server_name(self, transaction: Any) -> Any:
        hosts = self.field_values(transaction.request, b"host")
        return hosts[0].decode().partition(":")[0] if hosts else ""


class CopiesEmptyHost(ReferenceServer):
    """The name is that of Host, where it is sent."""

    kills = {
        "host-empty-survived": "SERVER_NAME: want a default, got ''",
        "server-name-not-empty-with-empty-host": "SERVER_NAME with an empty Host: want not empty, got ''",
    }

    def server_name(self, transaction: Any) -> Any:
        hosts = self.field_values(transaction.request, b"host")
        return hosts[0].decode().partition(":")[0] if hosts else super().server_name(transaction)


class LeavesPortEmpty(ReferenceServer):
    """The port is left empty."""

    kills = {
        "server-port-not-empty": "SERVER_PORT of a plain request: want not empty, got ''",
        "server-port-not-empty-with-portless-host": "SERVER_PORT with a Host that names no port: want not em",
        "server-port-not-empty-without-host": "SERVER_PORT without Host: want not empty, got ''",
    }

    def server_port(self, transaction: Any) -> Any:
        return ""


class NeedsHostForPort(ReferenceServer):
    """Without Host the port is left empty."""

    kills = {"server-port-not-empty-without-host": "SERVER_PORT without Host: want not empty, got ''"}

    def server_port(self, transaction: Any) -> Any:
        return super().server_port(transaction) if self.field_values(transaction.request, b"host") else ""


class NeedsPortOfHost(ReferenceServer):
    """The port is left empty where Host names none."""

    kills = {
        "server-port-not-empty-with-portless-host": "SERVER_PORT with a Host that names no port: want not emp"
    }

    def server_port(self, transaction: Any) -> Any:
        hosts = self.field_values(transaction.request, b"host")
        return "" if hosts == [b"localhost"] else super().server_port(transaction)


class PadsPort(ReferenceServer):
    """The port has six digits."""

    kills = {
        "server-port-decimal": "SERVER_PORT: want a decimal number, got",
        "url-reconstructed-without-host": "reconstructed URL: want http://127.0.0.1:",
    }

    def server_port(self, transaction: Any) -> Any:
        return super().server_port(transaction).zfill(6)


class SaysPort80(ReferenceServer):
    """The port is always the default."""

    kills = {
        "server-port-received-on": "SERVER_PORT: want",
        "url-reconstructed-without-host": "reconstructed URL: want http://127.0.0.1:",
    }

    def server_port(self, transaction: Any) -> Any:
        return "80"


class TakesPortOfHost(ReferenceServer):
    """The port is that of Host."""

    kills = {"server-port-not-from-host": "SERVER_PORT with Host: wsgicheck.example:81: want"}

    def server_port(self, transaction: Any) -> Any:
        hosts = self.field_values(transaction.request, b"host")
        port = hosts[0].decode().partition(":")[2] if hosts else ""
        return port or super().server_port(transaction)


class CountsPort(ReferenceServer):
    """The port is a number."""

    kills = {
        "cgi-variables-are-str": "types of variables: want str, got SERVER_PORT is int",
        "cgi-variables-of-query-are-str": "types of variables",
    }

    def server_port(self, transaction: Any) -> Any:
        return int(super().server_port(transaction))


class SaysOwnProtocol(ReferenceServer):
    """The protocol is that of the answer."""

    kills = {
        "server-protocol-of-http-1-0-request": "SERVER_PROTOCOL: want HTTP/1.0, got HTTP/1.1",
        "server-protocol-of-kept-http-1-0": "SERVER_PROTOCOL: want HTTP/1.0",
    }

    def server_protocol(self, transaction: Any) -> Any:
        return "HTTP/1.1"


class SaysOldProtocol(ReferenceServer):
    """The protocol is HTTP/1.0 whatever was sent."""

    kills = {"server-protocol-of-request": "SERVER_PROTOCOL: want HTTP/1.1, got HTTP/1.0"}

    def server_protocol(self, transaction: Any) -> Any:
        return "HTTP/1.0"


class MistakesGet(ReferenceServer):
    """GET of the root is delivered as get."""

    kills = {
        "second-environ-is-its-own": "second method: want GET, got get",
        "request-method-get": "REQUEST_METHOD: want GET, got get",
    }

    def request_method(self, transaction: Any) -> Any:
        method = super().request_method(transaction)
        return "get" if method == "GET" and transaction.request.target == b"/" else method


class MistakesPost(ReferenceServer):
    """POST is delivered as PUT."""

    kills = {
        "bottle-upload-arrives-whole": "status of an upload",
        "django-upload-arrives-whole": "status of an upload",
        "flask-upload-arrives-whole": "status of an upload",
        "form-fields-kept": "the echo of the form from octet",
        "request-method-not-overridden": "REQUEST_METHOD: want POST, got PUT",
        "request-method-post": "REQUEST_METHOD: want POST, got PUT",
    }

    def request_method(self, transaction: Any) -> Any:
        method = super().request_method(transaction)
        return "PUT" if method == "POST" else method


class MistakesHead(ReferenceServer):
    """HEAD is delivered as GET."""

    kills = {"request-method-head": "REQUEST_METHOD: want HEAD, got GET"}

    def request_method(self, transaction: Any) -> Any:
        method = super().request_method(transaction)
        return "GET" if method == "HEAD" else method


class MistakesPut(ReferenceServer):
    """PUT is delivered as POST."""

    kills = {"request-method-put": "REQUEST_METHOD: want PUT, got POST"}

    def request_method(self, transaction: Any) -> Any:
        method = super().request_method(transaction)
        return "POST" if method == "PUT" else method


class MistakesDelete(ReferenceServer):
    """DELETE is delivered as GET."""

    kills = {"request-method-delete": "REQUEST_METHOD: want DELETE, got GET"}

    def request_method(self, transaction: Any) -> Any:
        method = super().request_method(transaction)
        return "GET" if method == "DELETE" else method


class MistakesOptions(ReferenceServer):
    """OPTIONS is delivered as GET."""

    kills = {"request-method-options": "REQUEST_METHOD: want OPTIONS, got GET"}

    def request_method(self, transaction: Any) -> Any:
        method = super().request_method(transaction)
        return "GET" if method == "OPTIONS" else method


class MistakesPatch(ReferenceServer):
    """PATCH is delivered as PUT."""

    kills = {"request-method-patch": "REQUEST_METHOD: want PATCH, got PUT"}

    def request_method(self, transaction: Any) -> Any:
        method = super().request_method(transaction)
        return "PUT" if method == "PATCH" else method


class TakesUnknownForGet(ReferenceServer):
    """A method that is not in a list is delivered as GET."""

    kills = {"request-method-unknown": "REQUEST_METHOD: want BREW-1, got GET"}

    def request_method(self, transaction: Any) -> Any:
        method = super().request_method(transaction)
        return "GET" if method == "BREW-1" else method


class UppersMethod(ReferenceServer):
    """The method is in upper case."""

    kills = {
        "method-case-kept": "REQUEST_METHOD: want get, got GET",
        "request-method-case-kept": "REQUEST_METHOD: want Get, got GET",
    }

    def request_method(self, transaction: Any) -> Any:
        return super().request_method(transaction).upper()


class OverridesMethod(ReferenceServer):
    """X-HTTP-Method-Override is believed."""

    kills = {"request-method-not-overridden": "REQUEST_METHOD: want POST, got DELETE"}

    def request_method(self, transaction: Any) -> Any:
        values = self.field_values(transaction.request, b"x-http-method-override")
        return values[0].decode() if values else super().request_method(transaction)


class CutsContentType(ReferenceServer):
    """The parameters of a type are cut off."""

    kills = {
        "bottle-upload-arrives-whole": "status of an upload",
        "content-type-is-the-field": "CONTENT_TYPE: want 'Text/X-Wsgicheck; charset=\"a b\"; Q=1', got Text/X",
        "content-type-spaced-as-sent": "CONTENT_TYPE",
        "content-type-without-content-is-the-field": "CONTENT_TYPE of a GET without content",
        "django-upload-arrives-whole": "status of an upload",
        "flask-upload-arrives-whole": "status of an upload",
    }

    def content_type(self, transaction: Any) -> Any:
        value = super().content_type(transaction)
        return (
            value.partition(";")[0]
            if (value and "boundary" in value) or (value and "charset" in value)
            else value
        )


class InventsContentType(ReferenceServer):
    """The default type is text/plain."""

    kills = {
        "content-type-not-invented": "CONTENT_TYPE of a request without one: want absent, got text/plain"
    }

    def content_type(self, transaction: Any) -> Any:
        return super().content_type(transaction) or "text/plain"


class DecodesContentType(ReferenceServer):
    """The type is decoded as UTF-8."""

    kills = {"content-type-latin-1": "CONTENT_TYPE: want 'text/plain; name="}

    def content_type(self, transaction: Any) -> Any:
        value = super().content_type(transaction)
        return value.encode("latin-1").decode("utf-8", "replace") if value else value


class LosesContentLength(ReferenceServer):
    """A length of one digit is left out."""

    kills = {
        "content-length-is-the-field": "CONTENT_LENGTH: want 5, got ''",
        "field-name-in-any-case": "CONTENT_LENGTH: want 5, got ''",
        "underscore-content-length-ignored": "CONTENT_LENGTH: want 5, got ''",
    }

    def content_length(self, transaction: Any) -> Any:
        value = super().content_length(transaction)
        return None if value == "5" else value


class CountsWhatIsThere(ReferenceServer):
    """The length of a PUT is that of what has arrived yet."""

    kills = {"content-length-of-large-body": "CONTENT_LENGTH: want"}

    def content_length(self, transaction: Any) -> Any:
        value = super().content_length(transaction)
        return str(min(int(value), 65536)) if value and transaction.request.method == "PUT" else value


class InventsContentLength(ReferenceServer):
    """Without a body the length is -1."""

    kills = {"content-length-without-body": "CONTENT_LENGTH without a body: want absent, got -1"}

    def content_length(self, transaction: Any) -> Any:
        value = super().content_length(transaction)
        return value if value or transaction.request.framing != "none" else "-1"


class CountsTheWire(ReferenceServer):
    """The length of a chunked body is that of its octets on the wire."""

    kills = {
        "chunked-content-of-100000-octets-whole": "CONTENT_LENGTH of chunked content: want 102400 or none",
        "chunked-upload-arrives-whole": "the receipt of a chunked upload from octet 12: want b'",
        "content-length-of-chunked-body": "CONTENT_LENGTH of a chunked body: want absent or 5, got 20",
    }

    def content_length(self, transaction: Any) -> Any:
        return "20" if transaction.request.framing == "chunked" else super().content_length(transaction)


class ParsesContentLength(ReferenceServer):
    """The length is a number."""

    kills = {
        "content-length-zero-is-str": "types of variables: want str, got CONTENT_LENGTH is int",
        "content-variables-are-str": "types of variables: want str, got CONTENT_LENGTH is int",
        "length-of-5000-zeros-read-or-refused": "answer to the malformed request: want 400",
    }

    def content_length(self, transaction: Any) -> Any:
        value = super().content_length(transaction)
        return int(value) if value else value


class CountsNothing(ReferenceServer):
    """A number is put in where there is nothing to read."""

    kills = {"content-length-zero-is-str": "types of variables: want str, got CONTENT_LENGTH is int"}

    def content_length(self, transaction: Any) -> Any:
        value = super().content_length(transaction)
        return 0 if value == "0" else value


class SaysChunksAreNothing(ReferenceServer):
    """A body without a declared length has the length 0, and can be read all the same."""

    kills = {
        "chunked-content-of-100000-octets-whole": "CONTENT_LENGTH of chunked content: want 102400 or none",
        "content-length-of-chunked-body": "CONTENT_LENGTH of a chunked body: want absent or 5, got 0",
    }

    def content_length(self, transaction: Any) -> Any:
        return "0" if transaction.request.framing == "chunked" else super().content_length(transaction)


class CountsChunks(ReferenceServer):
    """The length of a chunked body is a number."""

    kills = {
        "chunked-content-of-100000-octets-whole": "CONTENT_LENGTH of chunked content: want 102400 or none",
        "content-variables-of-chunked-body-are-str": "types of variables: want str, got CONTENT_LENGTH is int",
    }

    def content_length(self, transaction: Any) -> Any:
        return 5 if transaction.request.framing == "chunked" else super().content_length(transaction)


class TakesUnderscoreLengthOfGet(ReferenceServer):
    """Content_Length is a length where there is no other."""

    kills = {
        "underscore-content-length-of-get-ignored": "CONTENT_LENGTH of a request without body: want absent, g"
    }

    def content_length(self, transaction: Any) -> Any:
        values = self.field_values(transaction.request, b"content_length")
        value = super().content_length(transaction)
        return value or (values[0].decode() if values else None)


class LeavesClientEmpty(ReferenceServer):
    """The client's address is left empty."""

    kills = {"remote-addr-provided": 'REMOTE_ADDR: want "the client\'s address", got absent or empty'}

    def remote_addr(self, transaction: Any) -> Any:
        return ""


class AddsPort(ReferenceServer):
    """The client's address has its port."""

    kills = {"remote-addr-is-the-client": "REMOTE_ADDR: want 127.0.0.2, got 127.0.0.2:"}

    def remote_addr(self, transaction: Any) -> Any:
        return ":".join(map(str, transaction.connection.remote))


class SaysCgi(ReferenceServer):
    """The version of CGI is missing."""

    kills = {"gateway-interface-syntax": "GATEWAY_INTERFACE: want CGI/1.1, got CGI"}

    def make_environ(self, transaction: Any) -> Any:
        environ = super().make_environ(transaction)
        environ["GATEWAY_INTERFACE"] = "CGI"
        return environ


class HidesSoftware(ReferenceServer):
    """The software has an empty name."""

    kills = {"server-software-not-empty": "SERVER_SOFTWARE: want 'a name, or absent', got ''"}

    def make_environ(self, transaction: Any) -> Any:
        environ = super().make_environ(transaction)
        environ["SERVER_SOFTWARE"] = ""
        return environ


class BelievesCredentials(ReferenceServer):
    """Whoever sends credentials is known."""

    kills = {"user-not-invented": "REMOTE_USER without authentication: want absent, got wsgicheck"}

    def make_environ(self, transaction: Any) -> Any:
        environ = super().make_environ(transaction)
        if environ.get("HTTP_AUTHORIZATION", "").startswith("Basic"):
            environ["REMOTE_USER"] = "wsgicheck"
        return environ


class LeavesUserEmpty(ReferenceServer):
    """Nobody is known: the user is empty."""

    kills = {"variables-without-value-left-out": "AUTH_TYPE without a value: want absent, got ''"}

    def make_environ(self, transaction: Any) -> Any:
        environ = super().make_environ(transaction)
        environ["AUTH_TYPE"] = ""
        return environ


class SaysHttps(ReferenceServer):
    """HTTPS says no."""

    kills = {"https-variable-off-without-tls": "HTTPS on a plain connection: want absent, got no"}

    def make_environ(self, transaction: Any) -> Any:
        environ = super().make_environ(transaction)
        environ["HTTPS"] = "no"
        return environ


class DecodesRequestUri(ReferenceServer):
    """The request target is handed over once more, decoded to text."""

    kills = {"variables-latin-1": "variables with characters above U+00FF: want none, got REQUEST_URI"}

    def make_environ(self, transaction: Any) -> Any:
        environ = super().make_environ(transaction)
        environ["REQUEST_URI"] = self.percent_decode(transaction.request.target).decode("utf-8", "replace")
        return environ


class NamesItselfWithPort(ReferenceServer):
    """The name is that of the socket, port included."""

    kills = {"server-name-is-a-host": "SERVER_NAME: want a host, got 127.0.0.1:"}

    def server_name(self, transaction: Any) -> str:
        plain = transaction.request.version >= (1, 1) and transaction.request.method == "GET"
        return super().server_name(transaction) + (f":{self.port}" if plain else "")


class BelievesPrefix(ReferenceServer):
    """The proxy in front says where the application is mounted, whoever that is."""

    kills = {
        "script-name-not-from-forwarding-fields": 'SCRIPT_NAME: want "the server\'s own word", got /forwarded'
    }

    def script_name(self, transaction: Any) -> str:
        prefixes = [value for name, value in transaction.request.fields if name == b"X-Forwarded-Prefix"]
        return self.native_string(prefixes[0]) if prefixes else super().script_name(transaction)


class BelievesUserField(ReferenceServer):
    """The proxy in front says who the user is, whoever that is."""

    kills = {"user-not-invented": "REMOTE_USER without authentication: want absent, got wsgicheck"}

    def make_environ(self, transaction: Any) -> Any:
        environ = super().make_environ(transaction)
        if "HTTP_X_REMOTE_USER" in environ:
            environ["REMOTE_USER"] = environ["HTTP_X_REMOTE_USER"]
        return environ


class TidiesMediaTypes(ReferenceServer):
    """One blank behind each semicolon, and none before."""

    kills = {"content-type-spaced-as-sent": "CONTENT_TYPE: want 'multipart/x-wsgicheck;boundary="}

    def request_variables(self, transaction: Any) -> dict[str, Any]:
        variables = dict(super().request_variables(transaction))
        if "CONTENT_TYPE" in variables:
            parts = [part.strip() for part in variables["CONTENT_TYPE"].split(";")]
            variables["CONTENT_TYPE"] = "; ".join(parts)
        return variables
