"""One broken application a duty, named by the duty, with the words that it must be caught in."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

PLAIN = [("Content-Type", "text/plain")]


@dataclass(frozen=True)
class Sinner:
    duty: str
    words: str
    application: Any
    what: str


SINNERS: list[Sinner] = []


def sinner(duty: str, words: str) -> Callable[[Any], Any]:
    def note(application: Any) -> Any:
        what = application.__name__.replace("_", " ")
        SINNERS.append(Sinner(f"application-{duty}", words, application, what))
        return application

    return note


def says(duty: str, words: str, what: str, status: Any = "200 OK", headers: Any = None) -> None:
    """A sinner that calls start_response with the wrong thing, then goes on as if all were well."""

    def application(environ: Any, start_response: Any) -> Any:
        start_response(status, list(PLAIN) if headers is None else headers)
        return [b"x"]

    SINNERS.append(Sinner(f"application-{duty}", words, application, what))


says("strings-str", "the status is an int, 200", "a status that is a number", 200)
says("strings-str", "the status is a bytes", "a status in bytes", b"200 OK")
says("status-form", "the status is '200'", "a status without a reason", "200")
says("status-form", "the status is ''", "an empty status", "")
says("status-form", "the status is 'OK'", "a status without a code", "OK")
says("status-form", "the status is ' 200 OK'", "a status after a space", " 200 OK")
says("status-without-controls", "contains a control character", "a status with CRLF", "200 OK\r\n")
says("strings-latin-1", "contains U+20AC", "a status beyond Latin-1", "200 \u20ac")
says("strings-latin-1", "contains U+20AC", "a header beyond Latin-1", headers=[*PLAIN, ("X-A", "\u20ac")])
says("headers-list", "is a tuple", "headers in a tuple", headers=tuple(PLAIN))
says("header-pairs", "is a list, ['X-A', 'b']", "a header in a list", headers=[*PLAIN, ["X-A", "b"]])
says("header-pairs", "is a tuple, ('X-A',)", "a header of one part", headers=[*PLAIN, ("X-A",)])
says(
    "strings-str", "value of 'X-A' is an int", "a header value that is a number", headers=[*PLAIN, ("X-A", 1)]
)
says("header-name", "ends with a colon", "a header name with its colon", headers=[*PLAIN, ("X-A:", "b")])
says("header-name", "is no token", "a header name with a space", headers=[*PLAIN, ("X A", "b")])
says(
    "header-value-without-controls",
    "'X-A' contains",
    "CRLF in a value",
    headers=[*PLAIN, ("X-A", "b\r\nX-B: c")],
)
says("header-value-without-controls", "'X-A' contains", "DEL in a value", headers=[*PLAIN, ("X-A", "b\x7f")])
says("no-hop-by-hop-headers", "sends Upgrade", "an Upgrade header", headers=[*PLAIN, ("Upgrade", "h2c")])
says("no-hop-by-hop-headers", "needs the hop-by-hop header", "a status 101", "101 Switching Protocols")
says(
    "no-persistence-headers",
    "sends Connection",
    "a Connection header",
    headers=[*PLAIN, ("Connection", "close")],
)
says(
    "no-transfer-encoding",
    "sends Transfer-Encoding",
    "a Transfer-Encoding",
    headers=[*PLAIN, ("Transfer-Encoding", "chunked")],
)
says(
    "content-length-kept", "produced only 1 bytes", "too few bytes", headers=[*PLAIN, ("Content-Length", "2")]
)
says(
    "content-length-kept", "has produced 1 bytes", "too many bytes", headers=[*PLAIN, ("Content-Length", "0")]
)
says(
    "content-length-kept",
    "no number of bytes",
    "a Content-Length in words",
    headers=[*PLAIN, ("Content-Length", "one")],
)


@sinner("two-arguments", "cannot be called")
def takes_one_argument(environ: Any) -> Any:
    return []


class Again:
    __name__ = "works_only_once"

    def __init__(self) -> None:
        self.used = False

    def __call__(self, environ: Any, start_response: Any) -> Any:
        if self.used:
            raise RuntimeError("I am used up")
        self.used = True
        start_response("200 OK", list(PLAIN))
        return [b"x"]


class Once(Again):
    __name__ = "is_used_up_after_run_once"

    def __call__(self, environ: Any, start_response: Any) -> Any:
        if self.used:
            raise RuntimeError("I am used up")
        self.used = environ["wsgi.run_once"]
        start_response("200 OK", list(PLAIN))
        return [b"x"]


sinner("called-again", "the second raised RuntimeError('I am used up')")(Again())
sinner("run-once-again", "then raised RuntimeError('I am used up')")(Once())


@sinner("callable-kind", "needs start_response.__name__")
def wants_a_function_for_start_response(environ: Any, start_response: Any) -> Any:
    start_response("200 OK", list(PLAIN))
    return [start_response.__name__.encode()]


@sinner("start-response-positional", "the keyword arguments status, headers")
def calls_start_response_by_keyword(environ: Any, start_response: Any) -> Any:
    start_response(status="200 OK", headers=list(PLAIN))
    return [b"x"]


@sinner("start-response-arguments", "called with 1 arguments")
def calls_start_response_without_headers(environ: Any, start_response: Any) -> Any:
    start_response("200 OK")
    return [b"x"]


@sinner("exc-info-tuple", "want what sys.exc_info() returned")
def passes_True_as_exc_info(environ: Any, start_response: Any) -> Any:
    start_response("500 Oops", list(PLAIN), True)
    return [b"x"]


@sinner("exc-info-from-handler", "outside of an error handler")
def passes_exc_info_without_an_error(environ: Any, start_response: Any) -> Any:
    start_response("200 OK", list(PLAIN), sys.exc_info())
    return [b"x"]


@sinner("start-response-errors-propagate", "trapped ValueError('late')")
def traps_what_start_response_raises(environ: Any, start_response: Any) -> Any:
    start_response("200 OK", list(PLAIN))
    yield b"x"
    try:
        raise ValueError("late")
    except ValueError:
        try:
            start_response("500 Oops", list(PLAIN), sys.exc_info())
        except ValueError:
            yield b"an error page in the middle"


@sinner("second-call-with-exc-info", "called again, with a str, '404 Not Found', and without exc_info")
def calls_start_response_twice(environ: Any, start_response: Any) -> Any:
    start_response("200 OK", list(PLAIN))
    start_response("404 Not Found", list(PLAIN))
    return [b"x"]


@sinner("write-avoided", "uses write()")
def writes(environ: Any, start_response: Any) -> Any:
    start_response("200 OK", list(PLAIN))(b"x")
    return []


@sinner("write-outside-iterable", "while the iterable was producing a block")
def writes_while_iterated(environ: Any, start_response: Any) -> Any:
    write = start_response("200 OK", list(PLAIN))
    write(b"x")
    yield b"y"


@sinner("body-bytes", "wrote a str, 'x'")
def writes_text(environ: Any, start_response: Any) -> Any:
    start_response("200 OK", list(PLAIN))("x")
    return []


@sinner("returns-iterable", "returned None, which is not iterable")
def returns_None(environ: Any, start_response: Any) -> Any:
    start_response("200 OK", list(PLAIN))


@sinner("returns-iterable", "returned an int, 5, which is not iterable")
def returns_a_number(environ: Any, start_response: Any) -> Any:
    start_response("200 OK", list(PLAIN))
    return 5


@sinner("body-bytes", "returned a bytes, b'x', whose items are no bytestrings")
def returns_one_bytestring(environ: Any, start_response: Any) -> Any:
    start_response("200 OK", list(PLAIN))
    return b"x"


@sinner("body-bytes", "returned a str, 'x'")
def returns_a_string(environ: Any, start_response: Any) -> Any:
    start_response("200 OK", list(PLAIN))
    return "x"


@sinner("body-bytes", "yielded a str, 'x'")
def yields_text(environ: Any, start_response: Any) -> Any:
    start_response("200 OK", list(PLAIN))
    return ["x"]


@sinner("body-bytes", "yielded a bytearray")
def yields_a_bytearray(environ: Any, start_response: Any) -> Any:
    start_response("200 OK", list(PLAIN))
    return [bytearray(b"x")]


@sinner("len-accurate", "len() of the iterable is 3, but it yielded 1")
def lies_about_its_length(environ: Any, start_response: Any) -> Any:
    class Liar(list[bytes]):
        def __len__(self) -> int:
            return 3

    start_response("200 OK", list(PLAIN))
    return Liar([b"x"])


@sinner("closable-early", "close() raised RuntimeError")
def cannot_be_closed_early(environ: Any, start_response: Any) -> Any:
    start_response("200 OK", list(PLAIN))
    try:
        yield b"x"
        yield b"y"
    except GeneratorExit:
        raise RuntimeError("not yet") from None


@sinner("start-response-before-body", "yielded a bytes, b'x' before it called start_response")
def starts_too_late(environ: Any, start_response: Any) -> Any:
    yield b"x"
    start_response("200 OK", list(PLAIN))


@sinner("start-response-before-body", "start_response was never called")
def never_starts(environ: Any, start_response: Any) -> Any:
    return []


@sinner("environ-fallback", "KeyError('HTTP_HOST')")
def cannot_do_without_a_variable(environ: Any, start_response: Any) -> Any:
    start_response("200 OK", list(PLAIN))
    return [environ["HTTP_HOST"].encode()]


@sinner("errors-line-endings", "carriage return")
def logs_with_CRLF(environ: Any, start_response: Any) -> Any:
    environ["wsgi.errors"].write("a line\r\n")
    start_response("200 OK", list(PLAIN))
    return [b"x"]


@sinner("strings-str", "wrote a bytes, b'a line' to wsgi.errors")
def logs_bytes(environ: Any, start_response: Any) -> Any:
    environ["wsgi.errors"].write(b"a line")
    start_response("200 OK", list(PLAIN))
    return [b"x"]


@sinner("input-within-content-length", "read(100) was called with 3 bytes")
def reads_beyond_the_content(environ: Any, start_response: Any) -> Any:
    environ["wsgi.input"].read(100)
    start_response("200 OK", list(PLAIN))
    return [b"x"]


@sinner("stream-methods", "needs wsgi.input.seek")
def rewinds_the_input(environ: Any, start_response: Any) -> Any:
    environ["wsgi.input"].seek(0)
    start_response("200 OK", list(PLAIN))
    return [b"x"]


@sinner("stream-methods", "needs wsgi.errors.encoding")
def answers_500_where_the_log_has_no_encoding(environ: Any, start_response: Any) -> Any:
    try:
        body = environ["wsgi.errors"].encoding.encode()
        start_response("200 OK", list(PLAIN))
    except Exception as error:
        start_response("500 Oops", list(PLAIN), sys.exc_info())
        body = str(error).encode()
    return [body]


@sinner("streams-left-open", "closed wsgi.input")
def closes_the_input(environ: Any, start_response: Any) -> Any:
    environ["wsgi.input"].close()
    start_response("200 OK", list(PLAIN))
    return [b"x"]


@sinner("streams-left-open", "closed wsgi.errors")
def closes_the_log(environ: Any, start_response: Any) -> Any:
    environ["wsgi.errors"].close()
    start_response("200 OK", list(PLAIN))
    return [b"x"]


@sinner("errors-trapped", "raised ZeroDivisionError")
def lets_its_errors_out(environ: Any, start_response: Any) -> Any:
    return [1 / 0]


@sinner("no-raw-file", "returned an open file")
def returns_an_open_file(environ: Any, start_response: Any) -> Any:
    start_response("200 OK", list(PLAIN))
    return io.BytesIO(b"x\n")


@sinner("file-wrapper-read", "which has no read()")
def wraps_what_cannot_be_read(environ: Any, start_response: Any) -> Any:
    start_response("200 OK", list(PLAIN))
    return environ["wsgi.file_wrapper"]([b"x"])
