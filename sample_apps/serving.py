"""Serve one application with ``wsgiref``, on loopback unless told otherwise."""

import argparse
from typing import Optional, Sequence
from wsgiref.simple_server import make_server

from sample_apps.environ import Application


def main(application: Application, arguments: Optional[Sequence[str]] = None) -> None:
    """Read ``--host`` and ``--port`` and serve until interrupted; port 0 takes a free one."""
    parser = argparse.ArgumentParser(description="Serve a sample application with wsgiref.")
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (%(default)s)")
    parser.add_argument("--port", default=8000, type=int, help="the port to listen on (%(default)s)")
    options = parser.parse_args(arguments)
    with make_server(options.host, options.port, application) as server:
        print("http://{}:{}/".format(options.host, server.server_port), flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            pass
