"""The servers that can be named without typing their command.

A profile is a server as its own documentation starts it: no default is turned off, except where
it would leave files behind or replace the process while it is being watched. Servers without a
command line that takes ``module:callable`` get a few statements for ``python -c``.
"""

from __future__ import annotations

import shlex
from pathlib import Path

from .profile import Profile

PRODUCTION = "production"
DEVELOPMENT = "development"

IMPORT_APPLICATION = "from {module} import {callable} as application"


BEHIND_NGINX = shlex.quote(str(Path(__file__).with_name("behind_nginx.py")))


def _python(*statements: str) -> str:
    """The command that runs these statements; they must not contain a single quote."""
    return "{python} -c '" + "; ".join(statements) + "'"


PROFILES: tuple[Profile, ...] = (
    Profile(
        name="reference",
        command="{python} -m reference_server {app} --host {host} --port {port}",
        requires=(),
        summary="The project's own server, which is meant to pass every check.",
        kind=DEVELOPMENT,
        tls="--tls-cert {tls_cert} --tls-key {tls_key}",
    ),
    Profile(
        name="wsgiref",
        command=_python(
            "from wsgiref.simple_server import make_server",
            IMPORT_APPLICATION,
            'make_server("{host}", {port}, application).serve_forever()',
        ),
        requires=(),
        summary="The standard library's: HTTP/1.0, one request at a time, unbounded input.",
        kind=DEVELOPMENT,
    ),
    Profile(
        name="wsgiref-threading",
        command=_python(
            "from socketserver import ThreadingMixIn",
            "from wsgiref.simple_server import WSGIServer, make_server",
            IMPORT_APPLICATION,
            'Server = type("Server", (ThreadingMixIn, WSGIServer), {"daemon_threads": True})',
            'make_server("{host}", {port}, application, server_class=Server).serve_forever()',
        ),
        requires=(),
        summary="wsgiref with a thread per request, which its environ does not mention.",
        kind=DEVELOPMENT,
    ),
    Profile(
        name="gunicorn",
        command="{python} -m gunicorn --no-control-socket --bind {host}:{port} {app}",
        requires=("gunicorn==27.0.1",),
        summary="Gunicorn's default worker: one request at a time, a connection for each.",
        kind=PRODUCTION,
        tls="--certfile {tls_cert} --keyfile {tls_key}",
    ),
    Profile(
        name="gunicorn-gthread",
        command=(
            "{python} -m gunicorn --no-control-socket -k gthread --threads 4 --bind {host}:{port} {app}"
        ),
        requires=("gunicorn==27.0.1",),
        summary="Gunicorn with four threads and kept connections.",
        kind=PRODUCTION,
        tls="--certfile {tls_cert} --keyfile {tls_key}",
    ),
    Profile(
        name="gunicorn-gevent",
        command=("{python} -m gunicorn --no-control-socket -k gevent --bind {host}:{port} {app}"),
        requires=("gunicorn==27.0.1", "gevent==26.9.0"),
        summary="Gunicorn's HTTP reader in greenlets, in a monkey-patched worker.",
        kind=PRODUCTION,
        tls="--certfile {tls_cert} --keyfile {tls_key}",
    ),
    Profile(
        name="waitress",
        command="{python} -m waitress --listen={host}:{port} {app}",
        requires=("waitress==3.0.2",),
        summary="Four threads behind a reader that takes in the whole body first.",
        kind=PRODUCTION,
    ),
    Profile(
        name="cheroot",
        command="{python} -m cheroot --bind {host}:{port} {app}",
        requires=("cheroot==11.1.2",),
        summary="CherryPy's server on its own, with ten threads.",
        kind=PRODUCTION,
    ),
    Profile(
        name="cherrypy",
        # The autoreloader would replace the process when a source file changes.
        command=_python(
            "import cherrypy",
            IMPORT_APPLICATION,
            'cherrypy.config.update({"server.socket_host": "{host}"})',
            'cherrypy.config.update({"server.socket_port": {port}})',
            'cherrypy.config.update({"engine.autoreload.on": False})',
            'cherrypy.tree.graft(application, "/")',
            "cherrypy.engine.signals.subscribe()",
            "cherrypy.engine.start()",
            "cherrypy.engine.block()",
        ),
        requires=("CherryPy==18.10.0", "cheroot==11.1.2"),
        summary="An application grafted into CherryPy's tree, served by cheroot.",
        kind=PRODUCTION,
    ),
    Profile(
        name="werkzeug",
        command=_python(
            "from werkzeug.serving import run_simple",
            IMPORT_APPLICATION,
            'run_simple("{host}", {port}, application, threaded=True)',
        ),
        requires=("Werkzeug==3.1.9",),
        summary="The server behind flask run: a thread and a connection for each request.",
        kind=DEVELOPMENT,
    ),
    Profile(
        name="django",
        # Without --noreload a second process would do the serving.
        command=_python(
            "from django.conf import settings",
            "from django.core.management import execute_from_command_line",
            'settings.configure(SECRET_KEY="wsgicheck", DEBUG=True, ALLOWED_HOSTS=["*"],'
            ' WSGI_APPLICATION="{module}.{callable}")',
            'execute_from_command_line(["django-admin", "runserver", "--noreload", "{host}:{port}"])',
        ),
        requires=("Django==5.2.19",),
        summary="Django's runserver: wsgiref with threads, HTTP/1.1 and kept connections.",
        kind=DEVELOPMENT,
    ),
    Profile(
        name="gevent",
        command=_python(
            "from gevent import monkey",
            "monkey.patch_all()",
            "from gevent.pywsgi import WSGIServer",
            IMPORT_APPLICATION,
            'WSGIServer(("{host}", {port}), application).serve_forever()',
        ),
        requires=("gevent==26.9.0",),
        summary="gevent.pywsgi: a greenlet for each connection, in a monkey-patched process.",
        kind=PRODUCTION,
    ),
    Profile(
        name="eventlet",
        command=_python(
            "import eventlet",
            "eventlet.monkey_patch()",
            "import eventlet.wsgi",
            IMPORT_APPLICATION,
            'eventlet.wsgi.server(eventlet.listen(("{host}", {port})), application)',
        ),
        requires=("eventlet==0.41.3",),
        summary="eventlet.wsgi: green threads, deprecated by its authors but widely deployed.",
        kind=PRODUCTION,
    ),
    Profile(
        name="bjoern",
        command=_python(
            "import bjoern",
            IMPORT_APPLICATION,
            'bjoern.run(application, "{host}", {port})',
        ),
        requires=("bjoern==3.2.2",),
        summary="A single-threaded server in C on libev, without write().",
        kind=PRODUCTION,
        needs=("gcc", "python3-dev", "libev-dev"),
    ),
    Profile(
        name="uwsgi",
        command=_python("import pyuwsgi", "pyuwsgi.run()")
        + " --need-app --die-on-term --master --enable-threads --threads 4"
        " --http-socket {host}:{port} --module {app}",
        requires=("pyuwsgi==2.0.30.post1",),
        summary="uWSGI's worker reading HTTP itself, with four threads.",
        kind=PRODUCTION,
    ),
    Profile(
        name="uwsgi-http",
        command=_python("import pyuwsgi", "pyuwsgi.run()")
        + " --need-app --die-on-term --master --http {host}:{port} --module {app}",
        requires=("pyuwsgi==2.0.30.post1",),
        summary="uWSGI behind its HTTP router, a process of its own.",
        kind=PRODUCTION,
    ),
    Profile(
        name="nginx-uwsgi",
        command=f"{{python}} {BEHIND_NGINX} uwsgi {{host}} {{port}} {{room}} "
        + _python("import pyuwsgi", "pyuwsgi.run()")
        + " --need-app --die-on-term --enable-threads --threads 4"
        " --socket {behind} --chmod-socket=666 --module {app}",
        requires=("pyuwsgi==2.0.30.post1",),
        summary="nginx in front of uWSGI, to which it speaks the protocol uwsgi.",
        kind=PRODUCTION,
        needs=("nginx-light",),
    ),
    Profile(
        name="nginx-gunicorn",
        command=f"{{python}} {BEHIND_NGINX} http {{host}} {{port}} {{room}} {{python}} -m gunicorn"
        " --no-control-socket -k gthread --threads 4 --bind unix:{behind} {app}",
        requires=("gunicorn==27.0.1",),
        summary="nginx as a proxy in front of gunicorn, as gunicorn's authors advise.",
        kind=PRODUCTION,
        needs=("nginx-light",),
    ),
    Profile(
        name="granian",
        command="{python} -m granian --interface wsgi --host {host} --port {port} {app}",
        requires=("granian==2.8.7",),
        summary="A server in Rust on hyper, with blocking threads for WSGI and without write().",
        kind=PRODUCTION,
        tls="--ssl-certificate {tls_cert} --ssl-keyfile {tls_key}",
    ),
    Profile(
        name="hypercorn",
        command="{python} -m hypercorn --bind {host}:{port} wsgi:{app}",
        requires=("Hypercorn==0.18.0",),
        summary="An ASGI server with a WSGI mode that reads the whole body first.",
        kind=PRODUCTION,
        tls="--certfile {tls_cert} --keyfile {tls_key}",
    ),
    Profile(
        name="uvicorn",
        command="{python} -m uvicorn --interface wsgi --host {host} --port {port} {app}",
        requires=("uvicorn==0.54.0", "a2wsgi==1.10.10"),
        summary="An ASGI server whose WSGI mode hands over to a2wsgi where that is installed.",
        kind=PRODUCTION,
        tls="--ssl-certfile {tls_cert} --ssl-keyfile {tls_key}",
    ),
    Profile(
        name="twisted",
        command=("{python} -m twisted web --wsgi {module}.{callable} --listen tcp:{port}:interface={host}"),
        requires=("Twisted==26.10.0",),
        summary="twist web: the reactor's thread pool behind twisted.web.",
        kind=PRODUCTION,
    ),
    Profile(
        name="tornado",
        command=_python(
            "import asyncio",
            "from tornado.httpserver import HTTPServer",
            "from tornado.wsgi import WSGIContainer",
            IMPORT_APPLICATION,
            "loop = asyncio.new_event_loop()",
            "asyncio.set_event_loop(loop)",
            'HTTPServer(WSGIContainer(application)).listen({port}, address="{host}")',
            "loop.run_forever()",
        ),
        requires=("tornado==6.6.1",),
        summary="Tornado's WSGIContainer: on the event loop, one at a time, answers buffered.",
        kind=PRODUCTION,
    ),
    Profile(
        name="aiohttp-wsgi",
        command=_python("from aiohttp_wsgi.__main__ import main", "main()")
        + " --host {host} --port {port} {app}",
        requires=("aiohttp-wsgi==0.10.0", "aiohttp==3.14.5"),
        summary="Four threads under aiohttp, request and answer buffered.",
        kind=PRODUCTION,
    ),
    Profile(
        name="paste",
        command=_python(
            "from paste.httpserver import serve",
            IMPORT_APPLICATION,
            'serve(application, host="{host}", port={port})',
        ),
        requires=("Paste==3.10.1",),
        summary="paste.httpserver: HTTP/1.0 with a pool of ten threads.",
        kind=PRODUCTION,
    ),
    Profile(
        name="rocket3",
        command=_python(
            "from rocket3 import Rocket3",
            IMPORT_APPLICATION,
            'Rocket3(("{host}", {port}), "wsgi", {"wsgi_app": application}).start()',
        ),
        requires=("rocket3==20260526.0",),
        summary="The threaded server that py4web ships, in pure Python.",
        kind=PRODUCTION,
    ),
    Profile(
        name="fastwsgi",
        command=_python("from fastwsgi import run_from_cli", "run_from_cli()")
        + " --host {host} --port {port} {app}",
        # setuptools: it imports pkg_resources, which later releases no longer have.
        requires=("fastwsgi==0.0.9", "setuptools==80.9.0"),
        summary="A single-threaded server in C on libuv, answers buffered, without write().",
        kind=PRODUCTION,
        needs=("gcc", "python3-dev"),
    ),
    Profile(
        name="pyruvate",
        command=_python(
            "import pyruvate",
            IMPORT_APPLICATION,
            'pyruvate.serve(application, "{host}:{port}", 2)',
        ),
        requires=("pyruvate==1.6.1",),
        summary="A server in Rust with two worker threads, without write().",
        kind=PRODUCTION,
    ),
    Profile(
        name="meinheld",
        command=_python(
            "from meinheld import server",
            IMPORT_APPLICATION,
            'server.listen(("{host}", {port}))',
            "server.run(application)",
        ),
        # Builds on CPython 3.6 to 3.9; 0.5 also builds on 3.11, but crashes there.
        requires=("meinheld==1.0.2",),
        summary="An abandoned single-threaded server in C, for CPython 3.9 and older.",
        kind=PRODUCTION,
        needs=("gcc", "python3-dev"),
    ),
    Profile(
        name="socketify",
        command="{python} -m socketify {app} --interface wsgi --host {host} --port {port}",
        requires=("socketify==0.0.31",),
        summary="Python bindings of uWebSockets, single-threaded; an exception ends the process.",
        kind=PRODUCTION,
        needs=("libuv1", "zlib1g"),
    ),
)
