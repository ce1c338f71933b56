"""A gateway without a network: one request to an application, in this process."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote_to_bytes
from wsgiref.util import FileWrapper

OPTIONAL = ("SCRIPT_NAME", "PATH_INFO", "QUERY_STRING", "CONTENT_TYPE", "CONTENT_LENGTH", "HTTP_HOST")


@dataclass(frozen=True)
class Visit:
    """One request: the target as a client sends it, the content in bytes, and how the gateway behaves."""

    target: str = "/"
    method: str = "GET"
    content: bytes = b""
    content_type: str = ""
    sparse: bool = False
    """Leave out of the environ whatever may be left out."""
    run_once: bool = False
    leaves: bool = False
    """Close the iterable after its first block, as when the client has gone."""

    @property
    def words(self) -> str:
        """The visit in a few words."""
        extras = [
            *(["an environ without what may be absent"] if self.sparse else []),
            *(["wsgi.run_once true"] if self.run_once else []),
            *(["closed after the first block"] if self.leaves else []),
        ]
        return f"{self.method} {self.target}" + (f" ({', '.join(extras)})" if extras else "")


@dataclass
class Answer:
    """What came of a visit: status (None if there was none), headers, body, log, and what escaped."""

    status: Any = None
    headers: Any = None
    body: list[Any] = field(default_factory=list)
    log: str = ""
    error: BaseException | None = None


class PlainStream:
    """A stream with the methods of the PEP's table and no more."""

    def __init__(self, content: bytes) -> None:
        stream = io.BytesIO(content)
        self.read = stream.read
        self.readline = stream.readline
        self.readlines = stream.readlines
        self._iter = stream.__iter__

    def __iter__(self) -> Any:
        return self._iter()


class PlainLog:
    """An error stream with the methods of the PEP's table and no more; ``lines`` keeps what is written."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def write(self, text: str) -> None:
        """Keep a text."""
        self.lines.append(text)

    def writelines(self, texts: Iterable[str]) -> None:
        """Keep texts."""
        self.lines.extend(texts)

    def flush(self) -> None:
        """Do nothing: all is kept already."""


def environ_of(visit: Visit, errors: PlainLog) -> dict[str, Any]:
    """Return the environ of a visit, its streams without any method beyond the table of the PEP."""
    path, _, query = visit.target.partition("?")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": visit.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query,
        "CONTENT_TYPE": visit.content_type,
        "CONTENT_LENGTH": str(len(visit.content)) if visit.content else "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "localhost",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": PlainStream(visit.content),
        "wsgi.errors": errors,
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": visit.run_once,
        "wsgi.file_wrapper": FileWrapper,
    }
    if visit.sparse:
        for name in OPTIONAL:
            if name == "HTTP_HOST" or not environ[name]:
                del environ[name]
        del environ["REMOTE_ADDR"], environ["wsgi.file_wrapper"]
    return environ


def pay(visit: Visit, application: Callable[..., Any]) -> Answer:
    """Make a visit and return the answer; nothing that the application raises escapes, save an interrupt."""
    answer = Answer()
    errors = PlainLog()

    def write(block: Any) -> None:
        answer.body.append(block)

    def start_response(status: Any, headers: Any, exc_info: Any = None) -> Callable[[Any], None]:
        if exc_info and any(answer.body):
            raise exc_info[1].with_traceback(exc_info[2])
        answer.status, answer.headers = status, headers
        return write

    try:
        _iterate(application(environ_of(visit, errors), start_response), visit, answer)
    except (KeyboardInterrupt, GeneratorExit):
        raise
    except BaseException as error:  # a SystemExit is the application's as well
        answer.error = error
    answer.log = "".join(map(str, errors.lines))
    return answer


def _iterate(returned: Any, visit: Visit, answer: Answer) -> None:
    try:
        for block in returned:
            answer.body.append(block)
            if visit.leaves:
                break
    finally:
        if hasattr(returned, "close"):
            returned.close()
