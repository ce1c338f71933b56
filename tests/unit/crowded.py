"""A server on threads that serves badly in a crowd: ``crowded.py HOST PORT APP MANNER``.

Two calls meet where both ask for ``/meet``: the first waits until the second is there. ``shares``: both
then say whose call the last one was. ``refuses``: the second is told 503. ``once``: the server shares only
in the first meeting.
"""

from __future__ import annotations

import importlib
import sys
import threading
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

host, port, app, manner = sys.argv[1:]
module, _, name = app.partition(":")
application = getattr(importlib.import_module(module), name)

ALONE_SECONDS = 1.2
meeting = threading.Condition()
inside: list[str] = []
arrived: list[str] = []
met: list[str] = []


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Handler(WSGIRequestHandler):
    def log_message(self, *_: Any) -> None:
        pass


def served(environ: dict[str, Any], start_response: Any) -> Any:
    if not environ["PATH_INFO"].startswith("/meet"):
        return application(environ, start_response)
    ticket = environ["HTTP_X_WSGICHECK_TICKET"].replace("wct-", "")
    with meeting:
        inside.append(ticket)
        arrived.append(ticket)
        meeting.notify_all()
        in_company = meeting.wait_for(lambda: len(inside) > 1 or arrived[-1] != ticket, ALONE_SECONDS)
        last = arrived[-1]
        is_later = len(met) >= 2
        if in_company:
            met.append(ticket)
    try:
        if manner == "refuses" and in_company and last == ticket:
            start_response("503 Service Unavailable", [("Content-Length", "0")])
            return []
        shares = in_company and (manner == "shares" or (manner == "once" and not is_later))
        more = [("X-Whose", last if shares else ticket)]
        return application(
            environ, lambda status, headers, *exc: start_response(status, headers + more, *exc)
        )
    finally:
        with meeting:
            inside.remove(ticket)


server = Server((host, int(port)), Handler)
server.set_app(served)
server.serve_forever()
