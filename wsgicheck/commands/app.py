"""``wsgicheck app``: the user's own application under the observer, in this process."""

from __future__ import annotations

import importlib
import inspect
import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import click

from .. import __version__
from ..application.gateway import Visit
from ..errors import UsageTrouble
from ..model.examination import Examination, Finding
from ..model.result import Environment
from ..model.stimulus import Carrier, Request
from ..model.violation import Side, Violation
from ..reporters.application.registry import FORMATS, renderer
from .writing import wanted, write_text

ROOT = str(Path(__file__).parents[2])
"""Where this package is imported from: the server must find it too."""


@click.command("app")
@click.argument("application", metavar="MODULE:CALLABLE")
@click.option("--path", "paths", multiple=True, metavar="TARGET", help="A path, with ?query perhaps, to ask for; repeatable. Default: /")  # fmt: skip
@click.option("--method", default=None, metavar="METHOD", help="Default: GET, or POST where there is a body.")
@click.option("--body", default="", metavar="TEXT|@FILE", help="The content of each request.")
@click.option("--content-type", default="application/x-www-form-urlencoded", show_default=True, metavar="TYPE", help="The Content-Type of the body.")  # fmt: skip
@click.option("--middleware", is_flag=True, help="MODULE:CALLABLE takes an application and returns one: check what stands between the two.")  # fmt: skip
@click.option("--server", default="reference", show_default=True, metavar="CMD|NAME", help="Pay each visit over this server too, as after 'wsgicheck --server'.")  # fmt: skip
@click.option("--in-process", is_flag=True, help="Start no server at all.")
@click.option("--report", "reports", multiple=True, metavar="FORMAT[=FILE]", help=f"Write a report, to standard output or a file: {', '.join(FORMATS)}; repeatable. Default: terminal.")  # fmt: skip
@click.option("--strict", is_flag=True, help="Let warnings (SHOULD) fail the run too.")
@click.pass_context
def app(
    context: click.Context,
    application: str,
    paths: tuple[str, ...],
    method: str | None,
    body: str,
    content_type: str,
    middleware: bool,
    server: str,
    in_process: bool,
    reports: tuple[str, ...],
    strict: bool,
) -> None:
    """Check what PEP 3333 asks of an APPLICATION, by calling it under a strict observer.

    It is imported from the current directory and called up to six times for each path: plain, again, twice
    as if by a server that runs it once, with a sparse environ, and left after the first block; then twice
    more over a server. Exit code 1 where it breaks a duty.

    With --middleware, the callable is called with an application of ours, and what it returns is checked as an
    application, as a server, and for what is asked of middleware alone.

    \b
    Examples:
      wsgicheck app mysite.wsgi:application --path / --path '/search?q=x'
      wsgicheck app mysite.wsgi:application --path /login --body 'user=a'
      wsgicheck app --middleware mysite.gzip:GzipMiddleware
      wsgicheck app mysite.wsgi:application --report terminal --report junit=application.xml
    """
    from ..application.examination import examine
    from ..application.middleware import examine_middleware

    chosen = [wanted(text, Path(), FORMATS) for text in reports or ("terminal",)]
    loaded = load(application)
    content = _content(body)
    verb = method or ("POST" if content else "GET")
    visits = [Visit(path, verb, content, content_type if content else "") for path in (paths or ("/",))]
    environment = Environment(
        platform.python_version(),
        platform.platform(),
        datetime.now(timezone.utc).isoformat(timespec="seconds"),
    )
    began = time.monotonic()
    found = examine_middleware(loaded, visits) if middleware else examine(loaded, visits)
    if not in_process:
        found += over_server(server, application, middleware, visits, found)
    examination = Examination(
        f"wsgicheck {__version__}",
        application,
        middleware,
        None if in_process else server,
        strict,
        environment,
        tuple(visit.words for visit in visits),
        tuple(sorted(found, key=lambda finding: finding.violation.grave)),
        time.monotonic() - began,
        location_of(loaded),
    )
    for report in chosen:
        text = renderer(report.form)(examination)
        if report.file is None:
            click.echo(text, nl=False)
        else:
            write_text(report.file, text, f"the report {str(report.file)!r}")
    context.exit(int(examination.violated))


def location_of(application: Any) -> tuple[str, int]:
    """Return file and line of a callable, where its source is below the current directory.

    An instance is where its class is. What has no such source is at the project's first line.
    """
    found = inspect.unwrap(application) if callable(application) else application
    for place in (found, type(found)):
        try:
            file = Path(inspect.getsourcefile(place) or "").resolve()
            return file.relative_to(Path.cwd().resolve()).as_posix(), inspect.getsourcelines(place)[1] or 1
        except (OSError, TypeError, ValueError):
            continue
    return "pyproject.toml", 1


def over_server(
    server: str,
    application: str,
    middleware: bool,
    visits: list[Visit],
    known: list[Finding],
) -> list[Finding]:
    """Pay each visit twice over a server, and return what that shows beyond what is known already."""
    from ..application import served
    from ..engine.client import Client
    from ..engine.running_server import RunningServer

    told = {(finding.violation.law.id, finding.violation.message) for finding in known}
    found: list[Finding] = []
    with tempfile.TemporaryDirectory(prefix="wsgicheck-") as folder:
        file = Path(folder) / "findings"
        file.touch()
        env = {served.APPLICATION: application, served.FINDINGS: str(file)}
        if middleware:
            env[served.MIDDLEWARE] = "1"
        running = RunningServer(server, f"{served.__name__}:application", path=(os.getcwd(), ROOT), env=env)
        try:
            client = Client(running.address, running.authority)
            read = 0
            for visit in visits:
                headers = [("Content-Type", visit.content_type)] if visit.content_type else []
                octets = Request(visit.method, visit.target, tuple(headers), visit.content or None)
                for _ in range(2):
                    client.send(octets_of(octets, running.authority), methods=(visit.method,))
                lines = file.read_text(encoding="ascii").splitlines()
                for line in lines[read:]:
                    violation = _violation(*json.loads(line))
                    if (violation.law.id, violation.message) not in told:
                        told.add((violation.law.id, violation.message))
                        found.append(Finding(violation, f"{visit.words} (over {running.name})"))
                read = len(lines)
        finally:
            running.close()
    return found


def octets_of(request: Request, authority: str) -> bytes:
    """Return the octets of a plain request."""
    from ..transports.request_writer import write_request

    return write_request(request, "", authority, Carrier.ANY).octets


def _violation(id: str, message: str, side: str) -> Violation:
    from ..spec import ALL, pep3333_applications

    laws = {law.id: law for law in (*ALL, *pep3333_applications.ALL)}
    return Violation(laws[id], message, Side(side))


def load(name: str) -> Callable[..., Any]:
    """Return the application that is named as ``module:callable``, the callable perhaps dotted.

    Raises ``UsageTrouble`` where the module cannot be imported or has no such attribute.
    """
    module, colon, attribute = name.partition(":")
    if not module or not colon or not attribute:
        raise UsageTrouble(f"{name!r} names no application", "write module:callable, such as mysite.wsgi:application")  # fmt: skip
    if os.getcwd() not in sys.path:
        sys.path.insert(0, os.getcwd())
    try:
        found: Any = importlib.import_module(module)
    except Exception as error:
        hint = "run wsgicheck where the module can be imported, in its own environment"
        raise UsageTrouble(f"the module {module!r} cannot be imported: {error!r}", hint) from error
    for part in attribute.split("."):
        if not hasattr(found, part):
            raise UsageTrouble(f"the module {module!r} has no {attribute!r}", "name the callable after the colon")  # fmt: skip
        found = getattr(found, part)
    return found  # type: ignore[no-any-return]


def _content(body: str) -> bytes:
    if not body.startswith("@"):
        return body.encode()
    try:
        return Path(body[1:]).read_bytes()
    except OSError as error:
        raise UsageTrouble(f"the body {body[1:]!r} cannot be read: {error}", "name a file after the @") from error  # fmt: skip
