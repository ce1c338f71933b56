"""``wsgicheck app``: the user's own application under the observer, in this process."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from ..errors import UsageTrouble


@click.command("app")
@click.argument("application", metavar="MODULE:CALLABLE")
@click.option("--path", "paths", multiple=True, metavar="TARGET", help="A path, with ?query perhaps, to ask for; repeatable. Default: /")  # fmt: skip
@click.option("--method", default=None, metavar="METHOD", help="Default: GET, or POST where there is a body.")
@click.option("--body", default="", metavar="TEXT|@FILE", help="The content of each request.")
@click.option("--content-type", default="application/x-www-form-urlencoded", show_default=True, metavar="TYPE", help="The Content-Type of the body.")  # fmt: skip
@click.option("--strict", is_flag=True, help="Let warnings (SHOULD) fail the run too.")
@click.pass_context
def app(
    context: click.Context,
    application: str,
    paths: tuple[str, ...],
    method: str | None,
    body: str,
    content_type: str,
    strict: bool,
) -> None:
    """Check what PEP 3333 asks of an APPLICATION, by calling it under a strict observer.

    It is imported from the current directory and called up to six times for each path: plain, again, twice
    as if by a server that runs it once, with a sparse environ, and left after the first block. No server
    and no network take part. Exit code 1 where it breaks a duty.
    """
    from ..application.examination import examine
    from ..application.gateway import Visit
    from ..reporters.application import render

    loaded = load(application)
    content = _content(body)
    wanted = method or ("POST" if content else "GET")
    visits = [Visit(path, wanted, content, content_type if content else "") for path in (paths or ("/",))]
    findings = [(finding.violation, finding.visit) for finding in examine(loaded, visits)]
    click.echo(render(findings, [visit.words for visit in visits]), nl=False)
    context.exit(int(any(violation.grave or strict for violation, _ in findings)))


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
