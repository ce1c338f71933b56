"""What an application may do to its environ, which is its own (PEP 3333, Specification Details)."""

from __future__ import annotations

from ...authoring import (
    Exchange,
    Play,
    Request,
    Several,
    Step,
    called_once,
    check,
    environ_of,
    expect,
    inconclusive,
    perform,
    response_of,
)
from ...spec import pep3333

CLEARED = Play(before=(perform("environ_clear"),))


def changes(*pairs: tuple[str, str | int | None]) -> Play:
    """Return a play that overwrites variables before it calls ``start_response``."""
    return Play(before=tuple(perform("environ_set", key, value) for key, value in pairs))


def expect_untouched_response(exchange: Exchange) -> None:
    """Fail unless the response is the one that the same play gets without touching the environ."""
    if not exchange.app.of("environ-changed"):
        called_once(exchange)
        inconclusive("the application did not come to change its environ")
    expect(
        exchange.response is not None,
        "response to an application that changed its environ",
        want=200,
        got="none",
    )
    response = response_of(exchange)
    expect(
        response.status == 200,
        "status after the application changed its environ",
        want=200,
        got=response.status,
    )
    expect(
        response.complete and response.content == b"wsgicheck",
        "content after the application changed its environ",
        want=b"wsgicheck",
        got=response.content,
    )


@check(
    "environ-kept-during-iteration",
    requires=pep3333.WSGI_VARIABLES,
    play=Play(shape="generator", chunks=(perform("identify"), b"wsgicheck")),
)
def environ_kept_during_iteration(exchange: Exchange) -> None:
    """The environ is still there while the application is iterated.

    The whole of a generator runs there. A server that empties the dictionary when the call returns, to
    break a cycle, takes it from those who still read it.
    """
    seen = exchange.app.of("identified")
    if not seen:
        inconclusive("the application did not get to its iteration")
    given = environ_of(exchange)
    lost = [
        f"wsgi.{name}"
        for name in ("multithread", "multiprocess", "run_once")
        if seen[0].facts[name] is None and f"wsgi.{name}" in given
    ]
    expect(not lost, "variables that were lost before the iteration", want="none", got=", ".join(lost))


@check("environ-may-be-cleared", requires=pep3333.ENVIRON_MODIFIABLE, play=CLEARED)
def environ_may_be_cleared(exchange: Exchange) -> None:
    """An application may empty its environ, and is served as before.

    A server that looks something up in it afterwards fails with a KeyError in the middle of a response.
    """
    expect_untouched_response(exchange)


@check(
    "environ-may-be-cleared-on-post",
    requires=pep3333.ENVIRON_MODIFIABLE,
    send=Request("POST", "/", (("Content-Type", "text/plain"),), b"hello"),
    play=CLEARED,
)
def environ_may_be_cleared_on_post(exchange: Exchange) -> None:
    """An application may empty its environ and leave the body of a POST unread.

    A server that looks up CONTENT_LENGTH afterwards, to know what is left to read, no longer finds it.
    """
    expect_untouched_response(exchange)


@check(
    "environ-may-be-cleared-on-head",
    requires=pep3333.ENVIRON_MODIFIABLE,
    send=Several(Request("HEAD")),
    play=Play(later=(CLEARED,)),
)
def environ_may_be_cleared_on_head(exchange: Exchange) -> None:
    """An application may empty its environ on a HEAD request, and is served as before.

    The server knows from the request, not from REQUEST_METHOD, that no content is to follow.
    """
    called_once(exchange)
    if not exchange.app.of("environ-changed"):
        inconclusive("only one of the two requests reached the application")
    if not exchange.responses or exchange.responses[0].status != 200:
        inconclusive("a HEAD request is not answered even where the environ is left alone")
    status = exchange.responses[1].status if len(exchange.responses) > 1 else "none"
    expect(status == 200, "status after the application emptied its environ", want=200, got=status)


@check(
    "environ-may-be-cleared-in-iteration",
    requires=pep3333.ENVIRON_MODIFIABLE,
    play=Play(
        headers=(("Content-Type", "text/plain"), ("Content-Length", "9")),
        chunks=(b"wsgi", Step("environ_clear"), b"check"),
    ),
)
def environ_may_be_cleared_in_iteration(exchange: Exchange) -> None:
    """An application may empty its environ between two blocks of its response.

    Headers are out by then, so a server that stumbles here cuts its response off.
    """
    expect_untouched_response(exchange)


@check(
    "request-method-may-be-overwritten",
    requires=pep3333.ENVIRON_MODIFIABLE,
    play=changes(("REQUEST_METHOD", "HEAD")),
)
def request_method_may_be_overwritten(exchange: Exchange) -> None:
    """The response to a GET has its content although the application set REQUEST_METHOD to HEAD.

    Middleware rewrites the method. A server that believes it withholds the content, or sends some to HEAD.
    """
    expect_untouched_response(exchange)


@check(
    "server-protocol-may-be-overwritten",
    requires=pep3333.ENVIRON_MODIFIABLE,
    play=changes(("SERVER_PROTOCOL", "HTTP/0.9")),
)
def server_protocol_may_be_overwritten(exchange: Exchange) -> None:
    """The response is complete although the application overwrote SERVER_PROTOCOL.

    A server that frames its response by it sends no status line, or a framing that the client does not know.
    """
    expect_untouched_response(exchange)


@check(
    "content-length-variable-may-be-overwritten",
    requires=pep3333.ENVIRON_MODIFIABLE,
    send=Request("POST", "/", (("Content-Type", "text/plain"),), b"hello"),
    play=changes(("CONTENT_LENGTH", "many"), ("CONTENT_TYPE", None)),
)
def content_length_variable_may_be_overwritten(exchange: Exchange) -> None:
    """A POST is answered although the application overwrote CONTENT_LENGTH.

    A server that reads the rest of a body by it trips over what is no number.
    """
    expect_untouched_response(exchange)


@check(
    "wsgi-variables-may-be-overwritten",
    requires=pep3333.ENVIRON_MODIFIABLE,
    play=changes(
        ("wsgi.input", None),
        ("wsgi.errors", None),
        ("wsgi.file_wrapper", None),
        ("wsgi.url_scheme", 7),
        ("wsgi.multithread", None),
        ("wsgi.version", None),
    ),
)
def wsgi_variables_may_be_overwritten(exchange: Exchange) -> None:
    """The response is complete although the application overwrote the wsgi variables.

    Middleware replaces wsgi.input by a copy. A server that closes or asks the replacement fails.
    """
    expect_untouched_response(exchange)


@check(
    "environ-may-hold-any-key",
    requires=pep3333.ENVIRON_MODIFIABLE,
    play=Play(before=(Step("environ_set", (7, None)), Step("environ_set", ("HTTP_HOST", 7)))),
)
def environ_may_hold_any_key(exchange: Exchange) -> None:
    """An application may put keys and values of any type into its environ.

    A server that sorts or prints the dictionary afterwards raises.
    """
    expect_untouched_response(exchange)
