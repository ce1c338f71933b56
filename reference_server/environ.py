"""The ``environ`` dictionary with its ``HTTP_`` and ``wsgi.`` variables: PEP 3333; RFC 3875, 4.1.18."""

from __future__ import annotations

from typing import Any

from .cgi_variables import CgiVariables
from .state import Environ, Transaction

NOT_PREFIXED = {b"content-type", b"content-length"}
HTTPOXY = b"proxy"
DECODED = b"transfer-encoding"
LEFT_OUT = frozenset({*NOT_PREFIXED, HTTPOXY, DECODED})


class EnvironMaking(CgiVariables):
    """The dictionary itself."""

    def make_environ(self, transaction: Transaction) -> Environ:
        """A new builtin dict for each invocation; the application may do with it what it likes."""
        environ: Environ = dict(self.variables)
        environ.update(self.request_variables(transaction))
        environ.update(self.server_variables(transaction))
        environ.update(self.header_variables(transaction))
        environ.update(self.wsgi_variables(transaction))
        return environ

    def header_variables(self, transaction: Transaction) -> dict[str, str]:
        """One variable for each field name; lines of the same name are joined in order."""
        collected: dict[str, list[bytes]] = {}
        for name, value in transaction.request.fields:
            if self.keep_field(name):
                collected.setdefault(self.header_variable_name(name), []).append(value)
        variables = {name: self.join_repeated_fields(name, values) for name, values in collected.items()}
        variables.update(self.host_variable(transaction))
        return variables

    def keep_field(self, name: bytes) -> bool:
        """Leave out what would mislead.

        RFC 9110, 17.10: "_" and "-" must not collide in one variable; HTTP_PROXY is a trap of old (httpoxy);
        Transfer-Encoding has been dealt with, and must not be dealt with twice.
        """
        return b"_" not in name and name.lower() not in LEFT_OUT

    def header_variable_name(self, name: bytes) -> str:
        """RFC 3875, 4.1.18: upper case, "-" becomes "_", "HTTP_" before it."""
        return "HTTP_" + name.decode("ascii").upper().replace("-", "_")

    def join_repeated_fields(self, name: str, values: list[bytes]) -> str:
        """RFC 9110, 5.3: joined by a comma and a space; RFC 6265, 4.2.1: cookies by a semicolon."""
        separator = b"; " if name == "HTTP_COOKIE" else b", "
        return self.native_string(separator.join(values))

    def host_variable(self, transaction: Transaction) -> dict[str, str]:
        """RFC 9112, 3.2.2: with an absolute-form target, Host is that of the target."""
        authority = transaction.request.authority
        return {} if authority is None else {"HTTP_HOST": self.native_string(authority)}

    def wsgi_variables(self, transaction: Transaction) -> Environ:
        """The variables that PEP 3333 requires, and two that it or custom allows."""
        return {
            "wsgi.version": self.wsgi_version(transaction),
            "wsgi.url_scheme": self.url_scheme(transaction),
            "wsgi.input": self.make_input(transaction),
            "wsgi.errors": self.make_errors(transaction),
            "wsgi.multithread": self.multithread(transaction),
            "wsgi.multiprocess": self.multiprocess(transaction),
            "wsgi.run_once": self.run_once(transaction),
            "wsgi.file_wrapper": self.file_wrapper,
            "wsgi.input_terminated": self.input_terminated(transaction),
        }

    def wsgi_version(self, transaction: Transaction) -> Any:
        """PEP 3333: "The tuple ``(1, 0)``", whatever the number of the PEP."""
        return (1, 0)

    def url_scheme(self, transaction: Transaction) -> str:
        """Whether TLS is spoken here; nobody is trusted who says that it were, somewhere before."""
        return "https" if self.tls else "http"

    def multithread(self, transaction: Transaction) -> bool:
        """True if another thread may be inside the application at the same time."""
        return self.threads > 1

    def multiprocess(self, transaction: Transaction) -> bool:
        """True if another process may be inside the same application at the same time."""
        return self.processes > 1

    def run_once(self, transaction: Transaction) -> bool:
        """The application is expected to be called again."""
        return False

    def input_terminated(self, transaction: Transaction) -> bool:
        """Not of the PEP, but of custom: reading ``wsgi.input`` until b"" is safe."""
        return True
