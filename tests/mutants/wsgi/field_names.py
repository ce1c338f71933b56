"""Mutants that let a field pass for another one, or for a variable."""

from __future__ import annotations

import io
from typing import Any

from reference_server import ReferenceServer


class NameMutant(ReferenceServer):
    """Its subclasses let a field pass for another."""

    def header_variables(self, transaction: Any) -> dict[str, str]:
        variables = dict(super().header_variables(transaction))
        for name, value in transaction.request.fields:
            self.pose(variables, name.decode("latin-1"), value.decode("latin-1"))
        return variables

    def pose(self, variables: dict[str, str], name: str, value: str) -> None:
        pass


class LastUnderscoreWins(NameMutant):
    """The last of X-Collide and X_Collide is taken."""

    kills = {"underscore-field-does-not-override": "HTTP_X_COLLIDE: want good, got evil"}

    def pose(self, variables: dict[str, str], name: str, value: str) -> None:
        if name in ("X-Collide", "X_Collide"):
            variables["HTTP_X_COLLIDE"] = value


class FirstUnderscoreWins(ReferenceServer):
    """The first of X-Collide and X_Collide is taken."""

    kills = {"underscore-field-does-not-precede": "HTTP_X_COLLIDE: want good, got evil"}

    def header_variables(self, transaction: Any) -> dict[str, str]:
        variables = dict(super().header_variables(transaction))
        for name, value in reversed(transaction.request.fields):
            if name in (b"X-Collide", b"X_Collide"):
                variables["HTTP_X_COLLIDE"] = value.decode("latin-1")
        return variables


class MapsOddCharacters(NameMutant):
    """All that is no letter or digit becomes an underscore."""

    kills = {"odd-field-names-not-mixed-up": "HTTP_X_COLLIDE: want good, got 'good,evil,evil,evil'"}

    def pose(self, variables: dict[str, str], name: str, value: str) -> None:
        if name in ("X.Collide", "X!Collide", "X~Collide"):
            variables["HTTP_X_COLLIDE"] += "," + value


class TakesUnderscoreLength(NameMutant):
    """Content_Length beside Content-Length is the length."""

    kills = {
        "underscore-content-length-ignored": "CONTENT_LENGTH: want 5, got 3",
        "underscore-content-length-of-get-ignored": "CONTENT_LENGTH of a request without body: want absent,",
    }

    def pose(self, variables: dict[str, str], name: str, value: str) -> None:
        if name == "Content_Length" and "HTTP_X_WSGICHECK_TICKET" in variables:
            variables["CONTENT_LENGTH"] = value


class TakesUnderscoreType(NameMutant):
    """Content_Type is the type."""

    kills = {"underscore-content-type-ignored": "CONTENT_TYPE: want text/plain, got text/x-evil"}

    def pose(self, variables: dict[str, str], name: str, value: str) -> None:
        if name == "Content_Type":
            variables["CONTENT_TYPE"] = value


class TakesFieldForVariable(NameMutant):
    """Remote-User is the user."""

    kills = {
        "request-fields-do-not-pose-as-variables": 'REMOTE_USER: want "the server\'s own word", got "the clie'
    }

    def pose(self, variables: dict[str, str], name: str, value: str) -> None:
        if name == "Remote-User":
            variables["REMOTE_USER"] = value


class TakesDottedField(NameMutant):
    """A field may be named like a variable of WSGI."""

    kills = {
        "request-fields-do-not-pose-as-variables": 'HTTP_HOST: want "the server\'s own word", got "the client'
    }

    def pose(self, variables: dict[str, str], name: str, value: str) -> None:
        if name == "wsgi.input":
            variables["HTTP_HOST"] = value


class TakesUnderscoreField(NameMutant):
    """Server_Name is the name."""

    kills = {
        "underscore-fields-do-not-pose-as-variables": 'REMOTE_USER: want "the server\'s own word", got "the c'
    }

    def pose(self, variables: dict[str, str], name: str, value: str) -> None:
        if name == "Server_Name":
            variables["REMOTE_USER"] = value


class TakesScriptName(NameMutant):
    """A field SCRIPT_NAME mounts the application elsewhere."""

    kills = {"forwarding-fields-with-underscore-not-believed": "SCRIPT_NAME: want '', got /path"}

    def pose(self, variables: dict[str, str], name: str, value: str) -> None:
        if name == "SCRIPT_NAME":
            variables["SCRIPT_NAME"] = value


class BelievesForwardedFor(ReferenceServer):
    """Whoever sends X-Forwarded-For is a proxy."""

    kills = {"remote-addr-not-from-forwarding-fields": "REMOTE_ADDR: want 127.0.0.2, got 192.0.2.9"}

    def make_environ(self, transaction: Any) -> Any:
        environ = super().make_environ(transaction)
        environ["REMOTE_ADDR"] = str(environ.get("HTTP_X_FORWARDED_FOR", environ["REMOTE_ADDR"]))
        return environ


class BelievesForwardedProto(ReferenceServer):
    """Whoever sends X-Forwarded-Ssl is a proxy."""

    kills = {"url-scheme-not-from-forwarding-fields": "wsgi.url_scheme: want http, got https"}

    def make_environ(self, transaction: Any) -> Any:
        environ = super().make_environ(transaction)
        if environ.get("HTTP_X_FORWARDED_SSL") == "on":
            environ["wsgi.url_scheme"] = "https"
        return environ


class BelievesForwardedPort(ReferenceServer):
    """Whoever sends X-Forwarded-Port is a proxy."""

    kills = {
        "server-variables-not-from-forwarding-fields": 'SERVER_PORT: want "the server\'s own word", got 444'
    }

    def make_environ(self, transaction: Any) -> Any:
        environ = super().make_environ(transaction)
        environ["SERVER_PORT"] = environ.get("HTTP_X_FORWARDED_PORT", environ["SERVER_PORT"])
        return environ


class FramesByUnderscore(ReferenceServer):
    """Transfer_Encoding is taken for the field that frames the body."""

    kills = {
        "underscore-coding-frames-nothing": "the content: want '0\\r\\n\\r\\n', got ''",
        "underscore-transfer-encoding-ignored": "body that the application read: want '0\\r\\n\\r\\n', got '",
    }

    def make_input(self, transaction: Any) -> Any:
        if any(name == b"Transfer_Encoding" for name, _ in transaction.request.fields):
            return io.BytesIO()
        return super().make_input(transaction)
