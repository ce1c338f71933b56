"""Whether wsgi.multithread, wsgi.multiprocess and wsgi.run_once are true (PEP 3333, environ Variables)."""

from __future__ import annotations

from ...authoring import (
    AwaitApp,
    Exchange,
    Observation,
    Play,
    Release,
    Request,
    Several,
    called_once,
    check,
    environ_of_call,
    expect,
    inconclusive,
    waits,
)
from ...spec import pep3333

FALSE = ("False", "0", "0.0", "None", "", "()", "[]")
MEETING = Several(
    Request(then=(AwaitApp("waiting", count=4, seconds=0.5), Release("go"))),
    times=4,
    at_once=True,
    alone=True,
)
MEETING_PLAY = Play(before=(waits("go"),), headers=(("Content-Type", "text/plain"), ("Content-Length", "9")))


def is_true(call: Observation, key: str) -> bool:
    """Return whether a flag evaluates true; inconclusive where it is absent or cannot be told."""
    environ = environ_of_call(call)
    if key not in environ:
        inconclusive(f"{key} is absent: wsgi-variables-present fails for it")
    return environ[key] not in FALSE or (environ.type(key) == "str" and environ[key] != "")


def at_once(exchange: Exchange) -> list[Observation]:
    """Return the calls of the application that were all in it together."""
    called_once(exchange)
    waiting = exchange.app.of("waiting")
    ended = exchange.app.of("released", "gate-timeout", "returned")
    first_end = min((entry.at for entry in ended), default=0.0)
    together = {entry.call for entry in waiting if entry.at < first_end}
    return [call for call in exchange.app.of("called") if call.call in together]


@check("wsgi-multithread-true", requires=pep3333.MULTITHREAD_TRUE, send=MEETING, play=MEETING_PLAY)
def wsgi_multithread_true(exchange: Exchange) -> None:
    """wsgi.multithread is true where two threads of a process are in the application at once.

    Applications that keep state without a lock ask for it.
    """
    together = at_once(exchange)
    threads: dict[int, set[int]] = {}
    for call in together:
        threads.setdefault(call.pid, set()).add(call.facts["native_thread"])
    for call in together:
        if len(threads[call.pid]) > 1:
            expect(
                is_true(call, "wsgi.multithread"),
                "wsgi.multithread with two threads in the application",
                want="true",
                got="false",
            )
    if all(len(seen) < 2 for seen in threads.values()):
        inconclusive("no two threads of one process were in the application at once")


@check("wsgi-multiprocess-true", requires=pep3333.MULTIPROCESS_TRUE, send=MEETING, play=MEETING_PLAY)
def wsgi_multiprocess_true(exchange: Exchange) -> None:
    """wsgi.multiprocess is true where two processes are in the application at once.

    Applications that keep state in memory ask for it.
    """
    together = at_once(exchange)
    if len({call.pid for call in together}) < 2:
        inconclusive("no two processes were in the application at once")
    for call in together:
        expect(
            is_true(call, "wsgi.multiprocess"),
            "wsgi.multiprocess with two processes in the application",
            want="true",
            got="false",
        )


@check("wsgi-run-once-false", requires=pep3333.RUN_ONCE, send=Several(Request(), times=3))
def wsgi_run_once_false(exchange: Exchange) -> None:
    """wsgi.run_once is false where the process calls the application more than once.

    Applications take a true value for the leave to cache nothing, or to clean up nothing.
    """
    called_once(exchange)
    calls = exchange.app.of("called")
    pids = [call.pid for call in calls]
    lasting = [call for call in calls if pids.count(call.pid) > 1]
    if not lasting:
        inconclusive("no process called the application twice")
    for call in lasting:
        expect(
            not is_true(call, "wsgi.run_once"),
            "wsgi.run_once in a process that serves many requests",
            want="false",
            got=environ_of_call(call)["wsgi.run_once"],
        )
