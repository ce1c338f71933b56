"""Correct servers that describe a request otherwise."""

from __future__ import annotations

import os
import re
from typing import Any

from reference_server import ReferenceServer
from reference_server.state import Environ, Transaction
from tests.lenient.freedom import pep3333, rfc3875, rfc9110
from wsgicheck.model.law import Source


class CopiesTheSystemsEnvironment(ReferenceServer):
    """environ begins as a copy of the operating system's, without what looks like a field."""

    freedom = pep3333(
        "environ Variables",
        'the environ dictionary may also contain arbitrary operating-system "environment variables"',
    )

    def make_environ(self, transaction: Transaction) -> Environ:
        environ: Environ = {
            name: os.fsencode(value).decode("latin-1")
            for name, value in os.environ.items()
            if not name.startswith(("HTTP_", "CONTENT_", "REMOTE_", "AUTH_", "HTTPS", "SERVER_", "GATEWAY_"))
        }
        environ.update(super().make_environ(transaction))
        return environ


class AddsVariablesOfItsOwn(ReferenceServer):
    """Keys that many servers add, and one prefixed with a name of its own."""

    freedom = pep3333("environ Variables", "the environ dictionary may also contain server-defined variables")

    def make_environ(self, transaction: Transaction) -> Environ:
        environ = super().make_environ(transaction)
        environ["twin.socket"] = transaction.connection.socket
        environ["twin.version_2"] = (1, 2)
        environ["REQUEST_URI"] = environ["RAW_URI"] = self.native_string(transaction.request.target)
        environ["REQUEST_SCHEME"] = "http"
        environ["REMOTE_HOST"] = environ["REMOTE_ADDR"]
        environ["DOCUMENT_ROOT"] = "/nowhere"
        return environ


class GivesEmptyVariables(ReferenceServer):
    """What has no value is there, and empty."""

    freedom = pep3333("environ Variables", "May be empty or absent.")

    def content_type(self, transaction: Transaction) -> str | None:
        return super().content_type(transaction) or ""

    def content_length(self, transaction: Transaction) -> str | None:
        return super().content_length(transaction) or ""


class LeavesEmptyVariablesOut(ReferenceServer):
    """Each variable that is empty is absent, also those that CGI would have empty."""

    freedom = pep3333(
        "environ Variables",
        "must be present, unless their value would be an empty string, in which case they may be omitted",
    )
    sources = (Source.PEP_3333,)

    def make_environ(self, transaction: Transaction) -> Environ:
        environ = super().make_environ(transaction)
        for name in ("SCRIPT_NAME", "PATH_INFO", "QUERY_STRING", "CONTENT_TYPE", "CONTENT_LENGTH"):
            if environ.get(name) == "":
                del environ[name]
        return environ


class GivesFewCgiVariables(ReferenceServer):
    """Of the variables that the PEP does not require there are none."""

    freedom = pep3333(
        "environ Variables",
        "A server or gateway should attempt to provide as many other CGI variables as are applicable",
    )
    sources = (Source.PEP_3333,)
    warns = {"remote-addr-provided": "the PEP would have a server provide what is applicable"}

    def server_variables(self, transaction: Transaction) -> dict[str, str]:
        variables = super().server_variables(transaction)
        return {name: variables[name] for name in ("SERVER_NAME", "SERVER_PORT")}


class NamesItselfByName(ReferenceServer):
    """SERVER_NAME is a name, and not the address."""

    freedom = rfc3875("4.1.14", "SERVER_NAME = server-name")

    def server_name(self, transaction: Transaction) -> str:
        return "localhost"


class NamesItselfAsAsked(ReferenceServer):
    """SERVER_NAME is the name that the client asked for, where it said one."""

    freedom = rfc3875("4.1.14", "SERVER_NAME = server-name")

    def server_name(self, transaction: Transaction) -> str:
        hosts = self.field_values(transaction.request, b"host")
        authority = transaction.request.authority or (hosts[0] if hosts else b"")
        host = self.native_string(authority)
        name = host.rpartition(":")[0] if ":" in host.rpartition("]")[2] else host
        return name or super().server_name(transaction)


class JoinsWithoutSpace(ReferenceServer):
    """Lines of one name are joined by a comma alone."""

    freedom = rfc9110("5.3", 'separated by a comma (",") and optional whitespace')

    def join_repeated_fields(self, name: str, values: list[bytes]) -> str:
        return self.native_string((b"; " if name == "HTTP_COOKIE" else b",").join(values))


class JoinsCookiesWithoutSpace(ReferenceServer):
    """Cookies of two lines are joined by a semicolon alone."""

    freedom = rfc3875("4.1.18", "the server MUST rewrite them as a single value having the same semantics")

    def join_repeated_fields(self, name: str, values: list[bytes]) -> str:
        return self.native_string((b";" if name == "HTTP_COOKIE" else b", ").join(values))


class KeepsUnderscores(ReferenceServer):
    """A field name with an underscore has its variable, unless one with a hyphen has it."""

    freedom = rfc3875(
        "4.1.18", 'the HTTP header field name is converted to upper case, has all occurrences of "-" replaced'
    )

    def header_variables(self, transaction: Transaction) -> dict[str, str]:
        variables = super().header_variables(transaction)
        taken = set(variables)
        for name, value in transaction.request.fields:
            key = self.header_variable_name(name)
            if (
                b"_" in name
                and key not in taken
                and not key.startswith("HTTP_CONTENT_")
                and key != "HTTP_PROXY"
            ):
                known = variables.get(key)
                variables[key] = self.native_string(value) if known is None else known
        return variables


class KeepsTransferEncoding(ReferenceServer):
    """Transfer-Encoding stays to be seen, though it has been dealt with."""

    freedom = pep3333("Other HTTP Features", 'rely on the content of any incoming "hop-by-hop" headers')

    def keep_field(self, name: bytes) -> bool:
        return name.lower() == b"transfer-encoding" or super().keep_field(name)


class WithholdsHopByHopFields(ReferenceServer):
    """Fields about the connection are the server's, and have no variables."""

    freedom = rfc3875(
        "4.1.18",
        "The server is not required to create meta-variables for all the header fields that it receives.",
    )

    def keep_field(self, name: bytes) -> bool:
        own = (b"connection", b"keep-alive", b"te", b"trailer", b"upgrade", b"expect", b"authorization")
        return name.lower() not in (*own, b"proxy-authorization") and super().keep_field(name)


class OverclaimsConcurrency(ReferenceServer):
    """It says that threads and processes may be at work, which one thread does not disprove."""

    freedom = pep3333("environ Variables", "may be simultaneously invoked by another process")
    options = "--threads 1"

    def multithread(self, transaction: Transaction) -> bool:
        return True

    def multiprocess(self, transaction: Transaction) -> bool:
        return True


class CountsFlags(ReferenceServer):
    """The flags are numbers, which are as true or as false."""

    freedom = pep3333("environ Variables", "This value should evaluate true if the application object may be")

    def multithread(self, transaction: Transaction) -> Any:
        return self.threads

    def multiprocess(self, transaction: Transaction) -> Any:
        return 0

    def run_once(self, transaction: Transaction) -> Any:
        return None


class SaysNothingOfTheEnd(ReferenceServer):
    """wsgi.input_terminated is no key of the PEP's, and is absent."""

    freedom = pep3333(
        "Input and Error Streams",
        "The server is not required to read past the client's specified Content-Length",
    )

    def wsgi_variables(self, transaction: Transaction) -> Environ:
        variables = super().wsgi_variables(transaction)
        del variables["wsgi.input_terminated"]
        return variables


class HasNoFileWrapper(ReferenceServer):
    """There is no wsgi.file_wrapper."""

    freedom = pep3333(
        "Optional Platform-Specific File Handling",
        "Servers and gateways may expose this functionality via an optional wsgi.file_wrapper key",
    )

    def wsgi_variables(self, transaction: Transaction) -> Environ:
        variables = super().wsgi_variables(transaction)
        del variables["wsgi.file_wrapper"]
        return variables


class CollapsesSlashes(ReferenceServer):
    """Two slashes at the beginning of a path are one."""

    freedom = pep3333("URL Reconstruction", "Server rewrite rules, for example, may have modified")

    def path_info(self, transaction: Transaction) -> str:
        found = super().path_info(transaction)
        return "/" + found.lstrip("/") if found.startswith("//") else found


class NormalizesPaths(ReferenceServer):
    """Dot segments are removed, and an encoded slash stays encoded."""

    freedom = rfc3875("4.1.5", "The server MAY impose restrictions and limitations on what values it permits")

    def path_info(self, transaction: Transaction) -> str:
        path = re.sub(rb"%2f", b"%252F", transaction.request.path, flags=re.IGNORECASE)
        segments: list[bytes] = []
        for segment in path.split(b"/"):
            if segment == b"..":
                segments = segments[:-1] if len(segments) > 1 else segments
            elif segment != b".":
                segments.append(segment)
        return self.native_string(self.percent_decode(b"/".join(segments) or path[:1]))
