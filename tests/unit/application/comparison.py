"""The observer beside ``wsgiref.validate`` and werkzeug's lint, on the same set.

``python -m tests.unit.application.comparison`` writes ``docs/applications.md`` anew.
"""

from __future__ import annotations

import contextlib
import copy
import gc
import io
import sys
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from wsgiref.validate import validator

from tests.unit.application import middle
from tests.unit.application.sinners import PLAIN, SINNERS
from wsgicheck.application.examination import examine
from wsgicheck.application.gateway import Visit, pay
from wsgicheck.application.middleware import examine_middleware
from wsgicheck.application.observer import observe

PAGE = Path(__file__).parents[3] / "docs" / "applications.md"
ABSENT = object()
Changes = dict[str, Any]


@dataclass(frozen=True)
class ServerSin:
    what: str
    changes: Changes


SERVERS = [
    *(
        ServerSin(f"no {name}", {name: ABSENT})
        for name in ("REQUEST_METHOD", "SERVER_NAME", "SERVER_PORT", "wsgi.version", "wsgi.url_scheme")
    ),
    *(
        ServerSin(f"no {name}", {name: ABSENT})
        for name in ("wsgi.input", "wsgi.errors", "wsgi.multithread", "wsgi.multiprocess", "wsgi.run_once")
    ),
    ServerSin("a variable that is a number", {"CONTENT_LENGTH": 3}),
    ServerSin("a CONTENT_LENGTH below zero", {"CONTENT_LENGTH": "-1"}),
    ServerSin("a CONTENT_LENGTH in words", {"CONTENT_LENGTH": "three"}),
    ServerSin("wsgi.version in a list", {"wsgi.version": [1, 0]}),
    ServerSin("wsgi.input without methods", {"wsgi.input": object()}),
    ServerSin("wsgi.errors without methods", {"wsgi.errors": object()}),
]


def plain(environ: Any, start_response: Any) -> Any:
    start_response("200 OK", list(PLAIN))
    return [b"x"]


def reads(method: str, *args: int) -> Any:
    def application(environ: Any, start_response: Any) -> Any:
        start_response("200 OK", list(PLAIN))
        return [bytes(getattr(environ["wsgi.input"], method)(*args))]

    return application


def answers(status: str = "200 OK", headers: Any = PLAIN, body: Any = (b"x",)) -> Any:
    def application(environ: Any, start_response: Any) -> Any:
        start_response(status, list(headers))
        return list(body)

    return application


def waits_with_empty_blocks(environ: Any, start_response: Any) -> Any:
    yield b""
    start_response("200 OK", list(PLAIN))
    yield b"x"


@dataclass(frozen=True)
class Legal:
    what: str
    application: Any = plain
    changes: Changes = field(default_factory=dict)


LEGAL = [
    Legal("an ordinary response"),
    Legal("an environ without SCRIPT_NAME", changes={"SCRIPT_NAME": ABSENT}),
    Legal(
        "an environ without PATH_INFO and SCRIPT_NAME", changes={"SCRIPT_NAME": ABSENT, "PATH_INFO": ABSENT}
    ),
    Legal("an environ without QUERY_STRING", changes={"QUERY_STRING": ABSENT}),
    Legal('SCRIPT_NAME "/", which RFC 3875 4.1.13 allows', changes={"SCRIPT_NAME": "/"}),
    Legal("PATH_INFO * of an OPTIONS *", changes={"PATH_INFO": "*", "REQUEST_METHOD": "OPTIONS"}),
    Legal("a method of WebDAV", changes={"REQUEST_METHOD": "PROPFIND"}),
    Legal("HTTP_CONTENT_TYPE in the environ", changes={"HTTP_CONTENT_TYPE": "text/plain"}),
    Legal("a server's own key without a dot, not a str", changes={"SERVER_EXTRA": 5}),
    Legal("wsgi.url_scheme neither http nor https", changes={"wsgi.url_scheme": "coap"}),
    Legal("read() without a size", reads("read")),
    Legal("readline(size)", reads("readline", 2)),
    Legal("no Content-Type", answers(headers=[])),
    Legal("a Content-Type with 304", answers("304 Not Modified", body=[])),
    Legal("a header named Status", answers(headers=[*PLAIN, ("Status", "fine")])),
    Legal("a header name that ends with -", answers(headers=[*PLAIN, ("X-A-", "b")])),
    Legal("a header name that starts with a digit", answers(headers=[*PLAIN, ("3D", "b")])),
    Legal("an empty block before start_response", waits_with_empty_blocks),
    Legal("an empty response", answers(body=[])),
]


@contextlib.contextmanager
def quiet_collection() -> Iterator[None]:
    """Validate's iterator raises when it is collected half made; that goes to nobody, and not to pytest."""
    before, sys.unraisablehook = sys.unraisablehook, lambda _: None
    try:
        yield
    finally:
        sys.unraisablehook = before


def conduct(application: Any, changes: Changes, tool: Callable[[Any], Any]) -> str:
    """Return what a tool says: ``caught``, ``warned``, ``silent``, or ``breaks``, with its bare exception."""

    def server(environ: Any, start_response: Any) -> Any:
        for name, value in changes.items():
            environ[name] = value
            if value is ABSENT:
                del environ[name]
        return tool(copy.copy(application))(environ, start_response)

    with quiet_collection(), warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        error = pay(Visit(content=b"abc", method="POST"), server).error
        warned = [w for w in caught if w.category.__name__ in ("WSGIWarning", "HTTPWarning")]
        if error is not None:
            error.__traceback__ = None
    if isinstance(error, AssertionError):
        return "caught"
    alone = pay(
        Visit(content=b"abc", method="POST"), lambda e, s: copy.copy(application)(_changed(e, changes), s)
    )
    if error is not None and type(error) is not type(alone.error):
        return f"breaks: {type(error).__name__}"
    return "warned" if warned else "silent"


def _changed(environ: dict[str, Any], changes: Changes) -> dict[str, Any]:
    return {k: v for k, v in {**environ, **changes}.items() if v is not ABSENT}


def observer(application: Any) -> Any:
    """The observer at its strictest, where a sin can be advice."""
    return observe(application, strict=True)


def lint() -> Callable[[Any], Any] | None:
    """Return werkzeug's lint, None where it is not installed."""
    try:
        from werkzeug.middleware.lint import LintMiddleware
    except ImportError:
        return None
    return LintMiddleware  # type: ignore[no-any-return]


def tools() -> dict[str, Callable[[Any], Any]]:
    """Return the tools at hand by the heads of their columns."""
    found = lint()
    return {
        "observe": observer,
        "wsgiref.validate": validator,
        **({"werkzeug lint": found} if found else {}),
    }


HEADS = ("observe", "wsgicheck app", "wsgiref.validate", "werkzeug lint")


def cells(what: str, application: Any, changes: Changes) -> dict[str, str]:
    """Return what each tool at hand says of one case."""
    row = {head: conduct(application, changes, tool) for head, tool in tools().items()}
    if not changes:
        found = examine(copy.copy(application), [Visit(content=b"abc", method="POST")])
        row["wsgicheck app"] = "caught" if found else "silent"
    else:
        row["wsgicheck app"] = "n/a"
    return row


def cases() -> dict[str, list[tuple[str, Any, Changes]]]:
    """Return the set by chapter: name, application, and what is changed in the environ."""
    return {
        "What an application must not do": [
            (f"{s.what} ({s.duty.removeprefix('application-')})", s.application, {}) for s in SINNERS
        ],
        "What a server must not do": [(s.what, plain, s.changes) for s in SERVERS],
        "What is legal": [(c.what, c.application, c.changes) for c in LEGAL],
    }


MIDDLE_HEADS = ("wsgicheck app --middleware", "observe on both sides", "wsgiref.validate on both sides")


def middle_cells(factory: Any) -> dict[str, str]:
    """Return what each tool says of middleware, an application that is beyond reproach behind it."""

    def sandwiched(tool: Callable[[Any], Any]) -> str:
        late: list[Any] = []
        before, sys.unraisablehook = sys.unraisablehook, lambda told: late.append(told.exc_value)
        try:
            with warnings.catch_warnings(), contextlib.redirect_stderr(io.StringIO()):
                warnings.simplefilter("ignore")
                try:
                    error = pay(Visit(), tool(factory(tool(plain)))).error
                except Exception as raised:
                    error = raised
                if error is not None:
                    error.__traceback__ = None
                gc.collect()
        finally:
            sys.unraisablehook = before
        if isinstance(error, AssertionError):
            return "caught"
        if error is not None:
            return f"breaks: {type(error).__name__}"
        return "late" if any(isinstance(each, AssertionError) for each in late) else "silent"

    found = examine_middleware(factory, [Visit()])
    answers = ("caught" if found else "silent", sandwiched(observer), sandwiched(validator))
    return dict(zip(MIDDLE_HEADS, answers, strict=True))


def middle_cases() -> list[tuple[str, Any]]:
    """Return the broken middleware by name and duty, then what is legal."""
    broken = [(f"{s.what} ({s.duty})", s.factory) for s in middle.SINNERS]
    return [*broken, *((f"legal: {keeper.__name__.replace('_', ' ')}", keeper) for keeper in middle.KEEPERS)]


LATE = (
    "*late*: an AssertionError while objects are collected, which reaches `sys.unraisablehook` and no caller."
)
HEAD = """# The application's side

Generated by `python -m tests.unit.application.comparison` (werkzeug must be installed).

`wsgicheck app module:callable --path /` calls an application in process, several times for each path,
then over the reference server (or any other: `--server`; none: `--in-process`), and reports each duty of
PEP 3333 that it breaks. `wsgicheck app --middleware module:callable` calls the callable with an application
of ours, and checks what stands between the two: as an application, as a server, and for what the PEP asks of
middleware alone. `coverage-applications.tsv` lists every sentence that binds either, and says why some are
not judged. `wsgicheck explain ID` tells what a reported duty says, and `--report FORMAT[=FILE]` hands the
findings to other programs: `json`, `junit`, `sarif`, `github`, `markdown` and `tap` (see `ci.md`).
`wsgicheck.observe(application)` is the same as middleware, for a test suite:

```python
from wsgicheck import observe

application = observe(application)                   # a broken MUST raises ApplicationFault
application = observe(application, strict=True)      # a broken SHOULD as well
application = observe(application, collect=print)    # nothing is raised; each Violation is handed over
```

`ApplicationFault`, and `ServerFault` for what the server owes, are AssertionErrors that name the duty's id,
the sentence of the law and what was seen. A fault that the application traps is raised again at its end.

Below, three tools on one set, `observe` with `strict=True`. *caught*: an AssertionError (for `wsgicheck app`,
a finding); *warned*: a Python warning; *silent*: nothing is said; *breaks*: a bare exception of the tool's
own, which says nothing of the duty; n/a: `wsgicheck app` brings its own server.
Duties that show only when several invocations are compared are the business of `wsgicheck app`.
"""


def page() -> str:
    """Return the page, every tool at hand in a column."""
    lines = [HEAD]
    for chapter, rows in cases().items():
        lines += [f"## {chapter}", "", f"| case | {' | '.join(HEADS)} |", "|---" * (len(HEADS) + 1) + "|"]
        for what, application, changes in rows:
            row = cells(what, application, changes)
            lines.append(f"| {what} | {' | '.join(row.get(head, '?') for head in HEADS)} |")
        lines.append("")
    lines += [
        "## What middleware must not do",
        "",
        f"| case | {' | '.join(MIDDLE_HEADS)} |",
        "|---" * 4 + "|",
    ]
    for what, factory in middle_cases():
        row = middle_cells(factory)
        lines.append(f"| {what} | {' | '.join(row[head] for head in MIDDLE_HEADS)} |")
    return "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__":
    if lint() is None:
        raise SystemExit("werkzeug is not installed: its column would be lost")
    PAGE.write_text(page(), encoding="utf-8")
