"""The command line: ``python -m reference_server module:app``."""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from .server import ReferenceServer

if TYPE_CHECKING:
    import argparse


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
    host = f"[{server.host}]" if ":" in server.host else server.host
    # In one write, since a suite may be waiting for exactly this line.
    server.log(f"listening on http://{host}:{server.port} (threads: {server.threads})")
    server.serve_forever()
    return 0


def make_server(options: argparse.Namespace, server_class: type[ReferenceServer]) -> ReferenceServer:
    """Turn words into a server."""
    if options.threads < 1:
        raise UsageError("--threads must be at least 1")
    if not 0 <= options.port <= 65535:
        raise UsageError("--port must be between 0 and 65535")
    variables = dict(parse_variable(text) for text in options.environ)
    application = load_application(options.application)
    return server_class(application, options.host, options.port, threads=options.threads, variables=variables)


def make_parser() -> argparse.ArgumentParser:
    """The options; argparse is imported late because importing the package needs no parser."""
    import argparse

    parser = argparse.ArgumentParser(prog="reference_server", description="Serve a WSGI application.")
    option = parser.add_argument
    option("application", metavar="MODULE:NAME", help="what to serve, for example 'myapp.wsgi:app'")
    option("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    option("--port", type=int, default=8000, help="port, 0 for any free one (default: %(default)s)")
    option("--threads", type=int, default=8, help="requests served at a time (default: %(default)s)")
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
        import os

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
        raise UsageError(f"cannot listen on {server.host} port {server.port}: {error}") from error


def stop_on_signals(server: ReferenceServer) -> None:
    """The first signal asks for a graceful stop, the second one takes its usual effect."""

    def stop(signum: int, frame: object) -> None:
        signal.signal(signum, signal.SIG_DFL)
        server.stop()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
