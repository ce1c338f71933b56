"""Call a sample application in process under ``wsgiref.validate``, or serve it for a real client."""

import io
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote_to_bytes
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server
from wsgiref.util import FileWrapper, setup_testing_defaults
from wsgiref.validate import validator

import pytest

ROOT = str(Path(__file__).resolve().parents[3])
if ROOT not in sys.path:
    sys.path.insert(0, ROOT)

from sample_apps import site  # noqa: E402


class Answer(NamedTuple):
    """What an application answered."""

    status: str
    fields: list[tuple[str, str]]
    body: bytes

    def all(self, name: str) -> list[str]:
        """Return every value of a header field."""
        return [value for key, value in self.fields if key.lower() == name.lower()]

    def one(self, name: str) -> str:
        """Return the one value of a header field."""
        (value,) = self.all(name)
        return value


HOP_BY_HOP = {"connection", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade"}


def call(
    application: Any,
    target: str = "/",
    method: str = "GET",
    body: bytes | None = None,
    wrapper: Any = FileWrapper,
    **environ: Any,
) -> Answer:
    """Call an application under the validator, with the target decoded as a server decodes it."""
    path, _, query = target.partition("?")
    asked: dict[str, Any] = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query,
        "wsgi.input": io.BytesIO(body or b""),
    }
    if body is not None:
        asked["CONTENT_LENGTH"] = str(len(body))
    if wrapper is not None:
        asked["wsgi.file_wrapper"] = wrapper
    asked.update(environ)
    setup_testing_defaults(asked)
    if asked["PATH_INFO"] == "" and not asked["SCRIPT_NAME"]:
        raise AssertionError("the validator wants one of SCRIPT_NAME and PATH_INFO")
    started: list[tuple[str, list[tuple[str, str]]]] = []
    sent: list[bytes] = []

    def start_response(status: str, fields: list[tuple[str, str]], exc_info: Any = None) -> Any:
        if exc_info and any(sent):
            raise exc_info[1].with_traceback(exc_info[2])
        assert exc_info or not started, "start_response called again"
        started.append((status, list(fields)))
        return sent.append

    result: Any = validator(application)(asked, start_response)
    try:
        for block in result:
            assert started
            sent.append(block)
    finally:
        result.close()
    status, fields = started[-1]
    answer = Answer(status, fields, b"".join(sent))
    assert not HOP_BY_HOP & {name.lower() for name, _ in fields}
    if answer.all("Content-Length") and method != "HEAD":
        assert int(answer.one("Content-Length")) == len(answer.body)
    return answer


class QuietHandler(WSGIRequestHandler):
    """A handler that keeps its log, and the tracebacks, to itself."""

    def log_message(self, format: str, *arguments: Any) -> None:
        """Say nothing."""

    def get_stderr(self) -> Any:
        """Collect what is written to ``wsgi.errors``."""
        return io.StringIO()


@contextmanager
def served(application: Any) -> Iterator[str]:
    """Serve an application on loopback by wsgiref; yields the address."""
    with make_server("127.0.0.1", 0, application, WSGIServer, QuietHandler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def ask() -> Callable[..., Answer]:
    """Call an application in process, under the validator."""
    return call


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Serve the whole site by wsgiref and tell its address."""
    with served(site.application) as address:
        yield address
