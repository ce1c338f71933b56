"""Mutants of the wsgi variables."""

from __future__ import annotations

import os
from typing import Any

from reference_server import ReferenceServer


class ForgetsRunOnce(ReferenceServer):
    """One of the required variables is missing."""

    kills = {"wsgi-variables-present": "wsgi variables that are missing: want none, got wsgi.run_once"}

    def make_environ(self, transaction: Any) -> Any:
        environ = super().make_environ(transaction)
        del environ["wsgi.run_once"]
        return environ


class SaysVersion101(ReferenceServer):
    """The version is that of the PEP's revision."""

    kills = {"wsgi-version-is-1-0": "wsgi.version: want '(1, 0)', got '(1, 0, 1)'"}

    def make_environ(self, transaction: Any) -> Any:
        environ = super().make_environ(transaction)
        environ["wsgi.version"] = (1, 0, 1)
        return environ


class MakesVersionList(ReferenceServer):
    """The version is a list."""

    kills = {"wsgi-version-is-1-0": "wsgi.version: want '(1, 0)', got '[1, 0]'"}

    def make_environ(self, transaction: Any) -> Any:
        environ = super().make_environ(transaction)
        environ["wsgi.version"] = [1, 0]
        return environ


class MakesSchemeBytes(ReferenceServer):
    """The scheme is octets."""

    kills = {"wsgi-url-scheme-is-str": "type of wsgi.url_scheme: want str, got bytes"}

    def make_environ(self, transaction: Any) -> Any:
        environ = super().make_environ(transaction)
        environ["wsgi.url_scheme"] = b"http"
        return environ


class SaysSecure(ReferenceServer):
    """The scheme is https."""

    kills = {
        "url-reconstructed": "reconstructed URL: want 'http://",
        "url-reconstructed-without-host": "reconstructed URL: want http://",
        "url-scheme-not-from-forwarding-fields": "wsgi.url_scheme: want http, got https",
        "wsgi-url-scheme-is-http": "wsgi.url_scheme: want http, got https",
    }

    def make_environ(self, transaction: Any) -> Any:
        environ = super().make_environ(transaction)
        environ["wsgi.url_scheme"] = "https"
        return environ


class HasNoInput(ReferenceServer):
    """Without a body there is no input."""

    kills = {
        "content-read-by-framing-of-each-request": "content of request 4: want ''",
        "post-without-length-has-no-content": "reading the content: want no error",
        "request-behind-content-found": "answer to the request behind the content: want 200",
        "request-behind-content-of-kept-http-1-0-found": "answer to the request behind the content: want 200",
        "request-behind-large-content-found": "answer to the request behind the content: want 200",
        "wsgi-input-has-methods": "methods that wsgi.input lacks: want none, got 'read, readline, readlines,",
    }

    def make_environ(self, transaction: Any) -> Any:
        environ = super().make_environ(transaction)
        if transaction.request.framing == "none":
            environ["wsgi.input"] = None
        return environ


class CannotIterateInput(ReferenceServer):
    """The input of a body has no __iter__."""

    kills = {
        "input-exhausted-stays-empty": "__iter__() at the end",
        "input-iteration-supported": "wsgi.input.__iter__",
        "input-of-zero-length-empty": "__iter__() at the end",
        "wsgi-input-of-body-has-methods": "methods that wsgi.input lacks: want none, got __iter__",
    }

    def make_environ(self, transaction: Any) -> Any:
        environ = super().make_environ(transaction)
        if transaction.request.framing == "length" and environ.get("PATH_INFO") == "/":
            environ["wsgi.input"] = ReadOnly(environ["wsgi.input"])
        return environ


class HasNoWritelines(ReferenceServer):
    """The error stream cannot write lines."""

    kills = {"wsgi-errors-has-methods": "methods that wsgi.errors lacks: want none, got writelines"}

    def make_environ(self, transaction: Any) -> Any:
        environ = super().make_environ(transaction)
        environ["wsgi.errors"] = WriteOnly()
        return environ


class SetsWrapperNone(ReferenceServer):
    """There is a file wrapper, which is None."""

    kills = {"wsgi-file-wrapper-callable": "callable(wsgi.file_wrapper): want True, got False"}

    def make_environ(self, transaction: Any) -> Any:
        environ = super().make_environ(transaction)
        environ["wsgi.file_wrapper"] = None
        return environ


class DeniesThreads(ReferenceServer):
    """Threads are not mentioned."""

    kills = {
        "wsgi-multithread-true": "wsgi.multithread with two threads in the application: want true, got false"
    }

    def make_environ(self, transaction: Any) -> Any:
        environ = super().make_environ(transaction)
        environ["wsgi.multithread"] = 0
        return environ


class SaysOnce(ReferenceServer):
    """The application is expected to be called once only."""

    kills = {
        "wsgi-run-once-false": "wsgi.run_once in a process that serves many requests: want false, got True"
    }

    def make_environ(self, transaction: Any) -> Any:
        environ = super().make_environ(transaction)
        environ["wsgi.run_once"] = True
        return environ


class NamesInCapitals(ReferenceServer):
    """Its own variables are named in capitals."""

    kills = {
        "extension-names-lower-case": "names of the server's own variables: want lower case, got Reference.Se"
    }

    def make_environ(self, transaction: Any) -> Any:
        environ = super().make_environ(transaction)
        environ["Reference.Server"] = "1"
        return environ


class NamesWithoutPrefix(ReferenceServer):
    """Its own variables have no prefix."""

    kills = {"extension-names-prefixed": "names without the prefix of a server: want none, got socket"}

    def make_environ(self, transaction: Any) -> Any:
        environ = super().make_environ(transaction)
        environ["socket"] = "1"
        return environ


class DeniesProcesses(ReferenceServer):
    """Two processes serve, one connection each at a time, and neither mentions the other."""

    kills = {
        "wsgi-multiprocess-true": "wsgi.multiprocess with two processes in the application: want true, got fa"
    }
    MAX_CONNECTIONS = 1

    def serve_forever(self) -> None:
        os.fork()
        super().serve_forever()


class ReadOnly:
    """An input with all but ``__iter__``."""

    def __init__(self, stream: Any) -> None:
        self.read, self.readline, self.readlines = stream.read, stream.readline, stream.readlines


class WriteOnly:
    """An error stream with all but ``writelines``."""

    def write(self, text: str) -> None:
        pass

    def flush(self) -> None:
        pass
