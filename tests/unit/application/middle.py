"""One broken middleware a duty, with the words that it must be caught in, and some that break none."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Sinner:
    duty: str
    words: str
    factory: Any
    what: str


SINNERS: list[Sinner] = []
KEEPERS: list[Any] = []


def sinner(duty: str, words: str) -> Callable[[Any], Any]:
    def note(factory: Any) -> Any:
        SINNERS.append(Sinner(duty, words, factory, factory.__name__.replace("_", " ")))
        return factory

    return note


def keeper(factory: Any) -> Any:
    KEEPERS.append(factory)
    return factory


class Wrapped:
    """An iterable around another one, as middleware should write it."""

    def __init__(self, inner: Any) -> None:
        self.inner = inner
        self.blocks = iter(inner)

    def __iter__(self) -> Any:
        return self

    def __next__(self) -> Any:
        return next(self.blocks)

    def close(self) -> None:
        if hasattr(self.inner, "close"):
            self.inner.close()


@sinner("middleware-iterable-closed", "closed 0 times: it was iterated to its end")
def forgets_close(app: Any) -> Any:
    def middleware(environ: Any, start_response: Any) -> Any:
        returned = app(environ, start_response)
        return (block for block in returned)

    return middleware


@sinner(
    "middleware-iterable-closed",
    "closed 0 times: it was iterated and left after the first block",
)
def closes_only_at_the_end(app: Any) -> Any:
    def middleware(environ: Any, start_response: Any) -> Any:
        returned = app(environ, start_response)
        blocks = iter(returned)
        while (block := next(blocks, None)) is not None:  # yield from would close it
            yield block
        if hasattr(returned, "close"):
            returned.close()

    return middleware


@sinner("middleware-iterable-closed", "closed 2 times")
def closes_twice(app: Any) -> Any:
    class Twice(Wrapped):
        def close(self) -> None:
            super().close()
            super().close()

    return lambda environ, start_response: Twice(app(environ, start_response))


@sinner("middleware-returns-at-once", "took 3 of 3 blocks before it returned")
def joins_the_body(app: Any) -> Any:
    def middleware(environ: Any, start_response: Any) -> Any:
        returned = app(environ, start_response)
        try:
            return [b"".join(returned)]
        finally:
            if hasattr(returned, "close"):
                returned.close()

    return middleware


@sinner(
    "middleware-block-for-block",
    "took 3 blocks from the application while it yielded 1 values",
)
def joins_the_body_while_iterated(app: Any) -> Any:
    class Joined(Wrapped):
        done = False

        def __next__(self) -> Any:
            if self.done:
                raise StopIteration
            self.done = True
            return b"".join(self.blocks)

    return lambda environ, start_response: Joined(app(environ, start_response))


@sinner("middleware-yielded-not-written", "by write(), and the application yields all")
def writes_what_is_yielded(app: Any) -> Any:
    def middleware(environ: Any, start_response: Any) -> Any:
        writers: list[Any] = []

        def start(*args: Any) -> Any:
            writers.append(start_response(*args))
            return writers[-1]

        class Writing(Wrapped):
            def __next__(self) -> Any:
                block = super().__next__()
                writers[0](block)
                return b""

        return Writing(app(environ, start))

    return middleware


@sinner(
    "middleware-late-start-response", "in its first iteration does not come through: it raised IndexError"
)
def expects_an_early_start(app: Any) -> Any:
    def middleware(environ: Any, start_response: Any) -> Any:
        started: list[Any] = []

        def start(status: Any, headers: Any, exc_info: Any = None) -> Any:
            started[:] = [status]
            return start_response(status, headers, *([exc_info] if exc_info else []))

        returned = app(environ, start)
        assert started[0]
        return returned

    return middleware


@sinner("middleware-start-response-repeated", "TypeError")
def takes_no_exc_info(app: Any) -> Any:
    def middleware(environ: Any, start_response: Any) -> Any:
        def start(status: Any, headers: Any) -> Any:
            return start_response(status, headers)

        return app(environ, start)

    return middleware


@sinner("middleware-start-response-repeated", "what came of it is '200 OK'")
def keeps_the_first_status(app: Any) -> Any:
    def middleware(environ: Any, start_response: Any) -> Any:
        first: list[Any] = []

        def start(status: Any, headers: Any, exc_info: Any = None) -> Any:
            if not first:
                first.extend((status, headers))
                return start_response(*first)
            return lambda block: None

        return app(environ, start)

    return middleware


@sinner("middleware-exc-info-released", "is still held when its response is over")
def keeps_exc_info(app: Any) -> Any:
    def middleware(environ: Any, start_response: Any) -> Any:
        def start(*args: Any) -> Any:
            KEPT[:] = args
            return start_response(*args)

        return app(environ, start)

    return middleware


KEPT: list[Any] = []


@sinner("middleware-write-provided", "cannot be written to: TypeError")
def gives_no_write(app: Any) -> Any:
    def middleware(environ: Any, start_response: Any) -> Any:
        def start(*args: Any) -> None:
            start_response(*args)

        return app(environ, start)

    return middleware


@sinner("middleware-application-kind", "with an object that is no function as its application it raised")
def wants_a_function(app: Any) -> Any:
    name = app.__name__

    def middleware(environ: Any, start_response: Any) -> Any:
        environ["mine.application"] = name
        return app(environ, start_response)

    return middleware


@sinner("middleware-file-wrapper-overridden", "the same content as a wrapped file comes through as")
def takes_every_iterable_for_a_list_of_lines(app: Any) -> Any:
    class Lines(Wrapped):
        def __next__(self) -> Any:
            block = super().__next__()
            if not block.endswith(b"\n"):
                raise ValueError("no line")
            return block

    return lambda environ, start_response: Lines(app(environ, start_response))


@sinner("middleware-conforms-as-server", "called with 1 positional and 1 keyword arguments")
def calls_by_keyword(app: Any) -> Any:
    return lambda environ, start_response: app(environ, start_response=start_response)


@sinner("middleware-conforms-as-server", "a dict, no subclass")
def passes_another_mapping(app: Any) -> Any:
    class Environ(dict[str, Any]):
        pass

    return lambda environ, start_response: app(Environ(environ), start_response)


@sinner("middleware-conforms-as-server", "the environ has no 'wsgi.errors'")
def takes_a_variable_away(app: Any) -> Any:
    def middleware(environ: Any, start_response: Any) -> Any:
        del environ["wsgi.errors"]
        return app(environ, start_response)

    return middleware


@sinner("application-content-length-kept", "but the application produced only")
def changes_the_body_and_not_its_length(app: Any) -> Any:
    class Shorter(Wrapped):
        def __next__(self) -> Any:
            return super().__next__()[:-1]

    return lambda environ, start_response: Shorter(app(environ, start_response))


@sinner("application-no-transfer-encoding", "sends Transfer-Encoding")
def applies_a_transfer_encoding(app: Any) -> Any:
    def middleware(environ: Any, start_response: Any) -> Any:
        def start(status: Any, headers: Any, *exc_info: Any) -> Any:
            return start_response(status, [*headers, ("Transfer-Encoding", "gzip")], *exc_info)

        return app(environ, start)

    return middleware


@sinner("application-no-persistence-headers", "sends Connection")
def closes_the_connection(app: Any) -> Any:
    def middleware(environ: Any, start_response: Any) -> Any:
        def start(status: Any, headers: Any, *exc_info: Any) -> Any:
            return start_response(status, [*headers, ("Connection", "close")], *exc_info)

        return app(environ, start)

    return middleware


@keeper
def does_nothing(app: Any) -> Any:
    return app


@keeper
def passes_on(app: Any) -> Any:
    return lambda environ, start_response: app(environ, start_response)


@keeper
def upper_cases(app: Any) -> Any:
    class Upper(Wrapped):
        def __next__(self) -> Any:
            return super().__next__().upper()

    return lambda environ, start_response: Upper(app(environ, start_response))


@keeper
def accumulates_and_yields_nothing_meanwhile(app: Any) -> Any:
    class Accumulated(Wrapped):
        kept = b""
        ended = False

        def __next__(self) -> Any:
            if self.ended:
                raise StopIteration
            try:
                self.kept += super().__next__()
                return b""
            except StopIteration:
                self.ended = True
                return self.kept

    def middleware(environ: Any, start_response: Any) -> Any:
        def start(status: Any, headers: Any, *exc_info: Any) -> Any:
            rest = [(name, value) for name, value in headers if name.lower() != "content-length"]
            return start_response(status, rest, *exc_info)

        return Accumulated(app(environ, start))

    return middleware


@keeper
def answers_by_itself(app: Any) -> Any:
    def middleware(environ: Any, start_response: Any) -> Any:
        start_response("404 Not Found", [("Content-Type", "text/plain")])
        return [b"no"]

    return middleware


@keeper
def shows_its_own_page_for_errors(app: Any) -> Any:
    def middleware(environ: Any, start_response: Any) -> Any:
        try:
            return app(environ, start_response)
        except Exception:
            start_response("500 Oops", [("Content-Type", "text/plain")], sys.exc_info())
            return [b"oops"]

    return middleware
