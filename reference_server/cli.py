"""The command line: ``python -m reference_server module:app``."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TextIO

from .server import ReferenceServer

if TYPE_CHECKING:
    import argparse
    import ssl


# Option, attribute of the server, type, meaning.
LIMITS: tuple[tuple[str, str, type, str], ...] = (
    ("max-line", "MAX_REQUEST_LINE", int, "octets of a request-line"),
    ("max-fields", "MAX_FIELD_OCTETS", int, "octets of a field section"),
    ("max-body", "MAX_BODY", int, "octets of a request's content"),
    ("spool", "SPOOL", int, "octets of content taken in beforehand that stay in memory, 0: read on demand"),
    ("max-connections", "MAX_CONNECTIONS", int, "connections open at a time, in each process"),
    ("header-timeout", "HEADER_TIMEOUT", float, "seconds for a request head"),
    ("body-timeout", "BODY_TIMEOUT", float, "seconds without progress in a request's content"),
    ("idle-timeout", "IDLE_TIMEOUT", float, "seconds between two requests"),
    ("min-rate", "MIN_RATE", int, "octets a second that a client must send or take, on average"),
    ("stop-timeout", "STOP_TIMEOUT", float, "seconds that a graceful stop waits for requests"),
)
MAY_BE_ZERO = ("MAX_BODY", "SPOOL")


class UsageError(Exception):
    """The command line cannot be carried out."""


def main(argv: Sequence[str] | None = None, server_class: type[ReferenceServer] = ReferenceServer) -> int:
    """Serve until SIGTERM or SIGINT; the exit code is 0, or 2 for a mistake in the command line."""
    options = make_parser().parse_args(argv)
    try:
        server = make_server(options, server_class)
        bind(server)
    except UsageError as error:
        print(f"reference_server: error: {error}", file=sys.stderr)
        return 2
    stop_on_signals(server)
    processes = f"processes: {server.processes}, " if server.processes > 1 else ""
    # In one write, since a suite may be waiting for exactly this line.
    server.log(f"listening on {server.describe_endpoint()} ({processes}threads: {server.threads})")
    server.serve_forever()
    return 0


def make_server(options: argparse.Namespace, server_class: type[ReferenceServer]) -> ReferenceServer:
    """Turn words into a server."""
    if options.threads < 1 or options.processes < 1:
        raise UsageError("--threads and --processes must be at least 1")
    if options.processes > 1 and not hasattr(os, "fork"):
        raise UsageError("--processes needs fork(), which this system has not")
    if not 0 <= options.port <= 65535:
        raise UsageError("--port must be between 0 and 65535")
    variables = dict(parse_variable(text) for text in options.environ)
    tls = make_tls(options.tls_cert, options.tls_key)
    server = server_class(
        load_application(options.application),
        options.host,
        options.port,
        threads=options.threads,
        processes=options.processes,
        unix=options.unix,
        tls=tls,
        access_log=open_access_log(options.access_log),
        variables=variables,
    )
    set_limits(server, options)
    return server


def set_limits(server: ReferenceServer, options: argparse.Namespace) -> None:
    """A limit that was given becomes an attribute of the server, in front of that of its class."""
    for option, attribute, _, _ in LIMITS:
        value = getattr(options, option.replace("-", "_"))
        if value is None:
            continue
        if value < 0 or (value == 0 and attribute not in MAY_BE_ZERO):
            least = "at least" if attribute in MAY_BE_ZERO else "more than"
            raise UsageError(f"--{option} must be {least} zero")
        setattr(server, attribute, value)


def make_tls(certificate: str | None, key: str | None) -> ssl.SSLContext | None:
    """HTTP/1.1 over TLS 1.2 or later; the key may be in the file of the certificate."""
    if certificate is None:
        if key is not None:
            raise UsageError("--tls-key needs --tls-cert")
        return None
    import ssl

    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.set_alpn_protocols(["http/1.1"])
    context.options |= ssl.OP_NO_RENEGOTIATION  # a cheap way to keep a server busy with handshakes
    try:
        context.load_cert_chain(certificate, key)
    except OSError as error:
        raise UsageError(f"cannot use the certificate {certificate!r}: {error}") from error
    return context


def open_access_log(name: str | None) -> TextIO | None:
    """Append, so that several processes may write lines to one file; "-" is standard output."""
    if name is None or name == "-":
        return None if name is None else sys.stdout
    try:
        return open(name, "a", encoding="ascii", errors="backslashreplace")
    except OSError as error:
        raise UsageError(f"cannot write the access log {name!r}: {error}") from error


def make_parser() -> argparse.ArgumentParser:
    """The options; argparse is imported late because importing the package needs no parser."""
    import argparse

    parser = argparse.ArgumentParser(prog="reference_server", description="Serve a WSGI application.")
    option = parser.add_argument
    option("application", metavar="MODULE:NAME", help="what to serve, for example 'myapp.wsgi:app'")
    option("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    option("--port", type=int, default=8000, help="port, 0 for any free one (default: %(default)s)")
    option("--threads", type=int, default=8, help="requests served at a time (default: %(default)s)")
    option("--unix", metavar="PATH", help="listen on a UNIX socket, in place of host and port")
    option("--tls-cert", metavar="FILE", help="speak https, with this certificate chain (PEM)")
    option("--tls-key", metavar="FILE", help="its key (default: in the file of the certificate)")
    option("--processes", type=int, default=1, help="processes that serve (default: %(default)s)")
    option("--access-log", metavar="FILE", help="write a line for each answer; - is standard output")
    for name, attribute, kind, text in LIMITS:
        default = getattr(ReferenceServer, attribute)
        option(f"--{name}", type=kind, metavar="N", help=f"{text} (default: {default})".replace("%", "%%"))
    option("--environ", metavar="NAME=VALUE", action="append", default=[], help="put it into environ")
    return parser


def parse_variable(text: str) -> tuple[str, str]:
    """PEP 3333, Application Configuration: name-value pairs "to be placed in ``environ``"."""
    name, equals, value = text.partition("=")
    if not name or not equals:
        raise UsageError(f"--environ takes NAME=VALUE, not {text!r}")
    # Native strings are bytes in the guise of ISO-8859-1, see Unicode Issues.
    return name, value.encode("utf-8", "surrogateescape").decode("latin-1")


def load_application(name: str) -> Any:
    """Import "module:attribute"; the current directory is searched last, so that it can shadow nothing."""
    module_name, colon, attributes = name.partition(":")
    if not module_name or (colon and not attributes):
        raise UsageError(f"the application is named MODULE:NAME, not {name!r}")
    if "" not in sys.path:
        sys.path.append(os.getcwd())
    import importlib

    try:
        found: Any = importlib.import_module(module_name)
    except ModuleNotFoundError as error:
        if error.name is None or not f"{module_name}.".startswith(f"{error.name}."):
            raise  # the module was found: what is missing is something that it imports
        raise UsageError(f"there is no module {error.name!r} (from {name!r})") from error
    for attribute in (attributes or "application").split("."):
        if not hasattr(found, attribute):
            raise UsageError(f"{module_name!r} has no {attributes or 'application'!r}")
        found = getattr(found, attribute)
    if not callable(found):
        raise UsageError(f"{name!r} is not callable")
    return found


def bind(server: ReferenceServer) -> None:
    """Open the port, or say why not."""
    try:
        server.bind()
    except OSError as error:
        where = server.unix if server.unix is not None else f"{server.host} port {server.port}"
        raise UsageError(f"cannot listen on {where}: {error}") from error


def stop_on_signals(server: ReferenceServer) -> None:
    """The first signal asks for a graceful stop, the second one takes its usual effect."""

    signals = (signal.SIGTERM, signal.SIGINT)

    def stop(signum: int, frame: object) -> None:
        for each in signals:
            signal.signal(each, signal.SIG_DFL)
        server.stop()

    for each in signals:
        signal.signal(each, stop)
    server.heed_signals()
