"""``wsgi.file_wrapper``: what it takes, what it needs of a file, and when it acts."""

from __future__ import annotations

from ...authoring import (
    AwaitApp,
    Exchange,
    HttpExchange,
    Octets,
    Play,
    Receive,
    Release,
    Request,
    called_once,
    check,
    expect,
    expect_octets,
    inconclusive,
    octets,
    perform,
    tries,
    waits,
    whole_response,
)
from ...authoring.wrapped_files import FILE_CONTENT, expect_file_sent, needs_wrapper
from ...spec import pep3333

LETTERS = b"abcdefghijklmnopqrstuvwxyz"


def returned(kind: str, block_size: int | None = None) -> Play:
    """Wrap a file of some kind in the application, and return the wrapper."""
    wrap = perform("wrap") if block_size is None else perform("wrap", block_size)
    return Play(before=(perform("file", kind, FILE_CONTENT), wrap), shape="wrapped")


# ---- what it is called with, and returns ------------------------------------------------------------


IN_THE_APPLICATION = Play(
    before=(
        perform("file", "held", LETTERS),
        tries("wrap"),
        tries("wrapped_join"),
        tries("wrapped_close"),
    )
)


@check("file-wrapper-takes-one-argument", requires=pep3333.FILE_WRAPPER_ARGUMENTS, play=IN_THE_APPLICATION)
def file_wrapper_takes_one_argument(exchange: Exchange) -> None:
    """wsgi.file_wrapper is called with the file alone.

    The block size is the caller's option.
    """
    called_once(exchange)
    for seen in exchange.app.of("wrap-raised"):
        expect(False, "wsgi.file_wrapper(file)", want="an iterable", got=seen.facts["error"]["type"])


@check(
    "file-wrapper-takes-block-size",
    requires=pep3333.FILE_WRAPPER_ARGUMENTS,
    play=Play(
        before=(perform("file", "held", FILE_CONTENT), tries("wrap", 7), tries("wrap")), shape="wrapped"
    ),
)
def file_wrapper_takes_block_size(exchange: Exchange) -> None:
    """wsgi.file_wrapper takes a block size as its second positional argument.

    Frameworks pass it; it is only a suggestion, but no error.
    """
    called_once(exchange)
    for seen in exchange.app.of("wrap-raised"):
        expect(False, "wsgi.file_wrapper(file, 7)", want="an iterable", got=seen.facts["error"]["type"])


@check(
    "file-wrapper-odd-block-size-whole",
    requires=pep3333.FILE_WRAPPER_SEMANTICS,
    play=returned("held", block_size=7),
)
def file_wrapper_odd_block_size_whole(exchange: Exchange) -> None:
    """A file that is wrapped with a block size of 7 is sent whole.

    The file's length is no multiple of it: the last block is shorter, and belongs to the file too.
    """
    expect_file_sent(exchange)


@check(
    "file-wrapper-iterable-by-application", requires=pep3333.FILE_WRAPPER_ITERABLE, play=IN_THE_APPLICATION
)
def file_wrapper_iterable_by_application(exchange: Exchange) -> None:
    """What wsgi.file_wrapper returns can be iterated by the application, and yields the file.

    Middleware does so: it cannot know that there is a faster way.
    """
    needs_wrapper(exchange)
    joined = exchange.app.of("joined")
    if not joined:
        inconclusive("the application did not iterate over it")
    error = joined[0].facts["error"]
    expect(error is None, "iterating over the wrapper", want="bytes", got=error and error["type"])
    expect_octets("the joined blocks", want=LETTERS, got=joined[0].facts["content"].encode("latin-1"))


@check("file-wrapper-close-closes-file", requires=pep3333.FILE_WRAPPER_CLOSE, play=IN_THE_APPLICATION)
def file_wrapper_close_closes_file(exchange: Exchange) -> None:
    """What wsgi.file_wrapper returns has a close() that calls the file's.

    Middleware that iterates over it closes it: otherwise each request leaks a file.
    """
    facts = needs_wrapper(exchange).facts
    expect(facts["has_close"], "close() of the wrapper", want="a method", got="missing")
    closings = exchange.app.of("wrapper-closed")
    if not closings or closings[0].facts["error"] is not None:
        expect(False, "close() of the wrapper", want="closes the file", got="an error")
    expect(bool(exchange.app.of("file-closed")), "close() of the file", want="called", got="not called")


# ---- what it needs of the file ----------------------------------------------------------------------


@check(
    "file-wrapper-needs-only-read",
    requires=pep3333.FILE_WRAPPER_READ_ONLY,
    play=returned("only-read"),
)
def file_wrapper_needs_only_read(exchange: Exchange) -> None:
    """An object with read() and nothing else can be wrapped, and is sent whole.

    Bodies of other HTTP responses, objects of a database, decompressors: most "files" are not files.
    """
    called_once(exchange)
    for seen in exchange.app.of("wrap-raised"):
        expect(False, "wrapping an object with read()", want="an iterable", got=seen.facts["error"]["type"])
    expect_file_sent(exchange)


@check(
    "file-wrapper-fileno-error-survived",
    requires=pep3333.FILE_WRAPPER_INTROSPECTS,
    play=returned("memory"),
)
def file_wrapper_fileno_error_survived(exchange: Exchange) -> None:
    """A file in memory, whose fileno() raises, is sent whole.

    io.BytesIO has the method all the same, so that looking for it is not enough.
    """
    called_once(exchange)
    for seen in exchange.app.of("wrap-raised"):
        expect(False, "wrapping an io.BytesIO", want="an iterable", got=seen.facts["error"]["type"])
    expect_file_sent(exchange)


@check("file-wrapper-pipe-whole", requires=pep3333.FILE_WRAPPER_INTROSPECTS, play=returned("pipe"))
def file_wrapper_pipe_whole(exchange: Exchange) -> None:
    """A pipe, which has a descriptor but no position and no size, is sent whole.

    The output of a program is wrapped like that. fstat() tells a size of 0 for it.
    """
    expect_file_sent(exchange)


@check("file-wrapper-closable-object-whole", requires=pep3333.FILE_WRAPPER_FALLBACK, play=returned("held"))
def file_wrapper_closable_object_whole(exchange: Exchange) -> None:
    """An object with read() and close(), but no descriptor, is sent whole.

    It is the fallback of every fast path.
    """
    expect_file_sent(exchange)


# ---- when it acts -----------------------------------------------------------------------------------


@check(
    "file-wrapper-discarded-not-sent",
    requires=pep3333.FILE_WRAPPER_NOT_EARLY,
    play=Play(
        before=(perform("file", "disk", FILE_CONTENT), perform("wrap"), perform("file_tell")),
        chunks=(b"something else",),
    ),
)
def file_wrapper_discarded_not_sent(exchange: Exchange) -> None:
    """A file that was wrapped is not sent unless the wrapper is what the application returns.

    A middleware that replaces the response by another would send what it meant to withhold.
    """
    needs_wrapper(exchange)
    content = whole_response(exchange).content
    expect_octets("content", want=b"something else", got=content)


@check(
    "file-wrapper-leaves-file-unread",
    requires=pep3333.FILE_WRAPPER_NOT_EARLY,
    play=Play(
        before=(perform("file", "memory", FILE_CONTENT), perform("wrap"), perform("file_tell")),
        chunks=(b"something else",),
    ),
    tempered="the PEP only forbids transmission before the wrapper is returned",
)
def file_wrapper_leaves_file_unread(exchange: Exchange) -> None:
    """Wrapping a file does not move its position.

    An application that then decides to read it itself finds it where it was.
    """
    needs_wrapper(exchange)
    for seen in exchange.app.of("file-position"):
        expect(seen.facts["position"] == 0, "position behind wrapping", want=0, got=seen.facts["position"])


@check(
    "file-wrapper-waits-for-return",
    requires=(pep3333.FILE_WRAPPER_AFTER_RETURN, pep3333.FILE_WRAPPER_NOT_EARLY),
    send=Octets(
        octets("GET", "Connection: close"),
        then=(AwaitApp("waiting"), Receive(b"HTTP/1.", 0.1, final=True), Release("go")),
    ),
    play=Play(
        before=(perform("file", "disk", FILE_CONTENT),),
        after=(perform("wrap"), waits("go")),
        shape="wrapped",
    ),
)
def file_wrapper_waits_for_return(exchange: HttpExchange) -> None:
    """Nothing is sent between wrapping the file and returning the wrapper.

    Until then the application may still change its mind, and its headers.
    """
    needs_wrapper(exchange)
    if not exchange.app.of("released"):
        inconclusive("the application did not wait at the gate")
    early = [outcome for outcome in exchange.outcomes if outcome.action.startswith("receive")]
    expect(not any(outcome.done for outcome in early), "before the return", want="nothing", got="a response")


@check(
    "file-wrapper-behind-middleware-changed",
    requires=pep3333.FILE_WRAPPER_DISCARDED,
    play=Play(before=(perform("file", "disk", LETTERS), perform("wrap")), shape="upper_cased"),
)
def file_wrapper_behind_middleware_changed(exchange: Exchange) -> None:
    """Where a middleware returns another iterable over the wrapper, what that yields is sent.

    A server that remembers that a file was wrapped sends the file past the middleware, say past the one
    that compresses or signs it.
    """
    expect_file_sent(exchange, LETTERS.upper())


@check(
    "file-wrapper-of-http-1-0-whole",
    requires=pep3333.FILE_WRAPPER_SEMANTICS,
    send=Request(version="HTTP/1.0"),
    play=Play(before=(perform("file", "disk", FILE_CONTENT), perform("wrap")), shape="wrapped"),
)
def file_wrapper_of_http_1_0_whole(exchange: Exchange) -> None:
    """A wrapped file is sent whole to a client of HTTP/1.0 too, without chunks.

    The fast path must frame its response as the slow one does.
    """
    expect_file_sent(exchange)
