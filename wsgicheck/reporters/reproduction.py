"""A failure to be seen without any tool of ours: octets and application in files, and two shell lines."""

from __future__ import annotations

import re
import shlex
import textwrap
from dataclasses import dataclass, replace

from ..model.exchange import HttpExchange
from ..model.result import Decision, Result, ServerFacts
from ..model.stimulus import (
    Action,
    FinishSending,
    HangUp,
    Leaving,
    Pause,
    Segmented,
    Send,
    Session,
    Several,
    Storm,
    Visit,
)
from .dialogue import LINE, SECONDS, connected, script
from .standalone import application_text
from .words import headline

Client = tuple[list[bytes], tuple[Action, ...], bool]
"""The octets of each connection, what the client does behind them, and whether all at once."""
PORT = 8000
STRAYS = (("HTTP_X_WSGICHECK_STRAY", "from the operating system"), ("WSGICHECK_TEXT", "caf\u00e9 \u20ac"))
"""What a run puts into the server's environment; a failure that speaks of one needs it there."""
COMPANY = 4
"""How many clients send at once what shows only beside other requests."""
SETTLING = "sleep 1"
"""Between the client and a look at what the application saw: it may do more than the client waits for."""


@dataclass(frozen=True)
class Reproduction:
    """What shows a failure again. All files stand in one folder.

    ``serve`` starts the server with the application; ``shell`` is the client, and prints what came back and
    what the application saw. ``packages`` of ours must stand in the folder too: a sample application is no
    few lines.
    """

    files: tuple[tuple[str, bytes], ...]
    serve: str
    shell: str
    packages: tuple[str, ...] = ()


def reproduction(
    result: Result, server: ServerFacts, port: int = PORT, folder: str = ".", seconds: float = SECONDS
) -> Reproduction | None:
    """Return how to show a result without wsgicheck; None where nothing was sent, and nothing can be shown.

    The octets are those that were sent, with another port in their authority. ``folder`` is where the files
    are, as seen from where the lines are run. The client takes a pause of so many ``seconds`` for the end.
    """
    exchange = result.evidence[0] if result.evidence else None
    if exchange is None or not exchange.wire.sent:
        return None
    name = result.check.id.replace("-", "_")
    play = result.check.play
    heading = "\n".join(
        [
            *textwrap.wrap(f"{result.check.id}: {result.check.title}", 100),
            "",
            *textwrap.wrap(f"Found: {headline(result)}", 100),
        ]
    )
    requests, then, at_once = _requests(exchange, port)
    if result.decision is Decision.COMPANY:
        requests, at_once = requests * COMPANY, True
    names = [f"{name}{f'-{n}' if len(requests) > 1 else ''}.octets" for n in range(1, len(requests) + 1)]
    text = application_text(name, heading, play)
    files = [(f"{name}.py", text.encode("utf-8", "backslashreplace")), *zip(names, requests, strict=True)]
    host = exchange.server.host
    connection = connected(host, None if exchange.server.port is None else port, _source(exchange))
    if then or len(requests) > 1:
        client = script(name, result.check.id, names, then, at_once, connection, seconds)
        files.append((f"{name}_client.py", client.encode("utf-8", "backslashreplace")))
        command = f"python3 {name}_client.py"
    else:
        command = f"python3 -c '{LINE.format(connected=connection, seconds=seconds)}' < {names[0]}"
    shell = f"rm -f {name}.seen; {command} | cat -v; echo; {SETTLING}; cat {name}.seen"
    strays = "".join(f"{key}={shlex.quote(value)} " for key, value in STRAYS if key in headline(result))
    return Reproduction(
        files=tuple(files),
        serve=strays + _serve(server, name, host, port, folder),
        shell=shell if folder == "." else f"(cd {shlex.quote(folder)} && {shell})",
        packages=("sample_apps",) if play.application else (),
    )


def _requests(exchange: HttpExchange, port: int) -> Client:
    """Return the octets of each connection, what the client does behind them, and whether all at once."""
    send = exchange.request
    if isinstance(send, Several):
        first = _elsewhere(exchange.wire.sent[0].octets, exchange, port)
        label = f"wct-{exchange.ticket}-".encode()
        plain = re.sub(re.escape(label) + b"[0-9]+", label, first)
        numbered = [plain.replace(label, label + str(n).encode()) for n in range(1, send.times + 1)]
        return numbered, _actions(send.request.then, exchange, port), send.at_once
    if isinstance(send, (Visit, Session)):
        return [_elsewhere(exchange.wire.octets_sent, exchange, port)], (), False
    if isinstance(send, Segmented):
        return _cut_up(send, exchange, port)
    if isinstance(send, Storm):
        return _many_clients(send, exchange, port)
    return (
        [_elsewhere(exchange.wire.sent[0].octets, exchange, port)],
        _actions(send.then, exchange, port),
        False,
    )


def _cut_up(send: Segmented, exchange: HttpExchange, port: int) -> Client:
    """Return the octets in the pieces of one way: the first whose answers are not those of the first way."""
    parts = exchange.parts
    statuses = [[answer.status for answer in part.responses] for part in parts]
    odd = next((n for n, found in enumerate(statuses) if found != statuses[0]), len(parts) - 1)
    whole = _filled(send.octets.octets, exchange, port)
    first, *others = (
        [piece for piece in re.split(send.cuts[odd], whole) if piece] if send.cuts[odd] else [whole]
    )
    pieces = [action for piece in others for action in (Pause(), Send(piece))]
    return [first], (*pieces, *_actions(send.octets.then, exchange, port)), False


def _many_clients(send: Storm, exchange: HttpExchange, port: int) -> Client:
    """Return one round of the clients of a storm."""
    each = [_filled(send.of_client(number), exchange, port) for number in range(send.times)]
    rest: tuple[Action, ...] = (Pause(), Send(_filled(send.rest, exchange, port))) if send.rest else ()
    leaves = {Leaving.RESET: (HangUp(),), Leaving.HALF_CLOSE: (FinishSending(),)}.get(send.leaving, ())
    pause = () if send.headlong else (Pause(0.2),)
    return each, (*rest, *pause, *leaves), True


def _filled(octets: bytes, exchange: HttpExchange, port: int) -> bytes:
    ticket, authority = f"wct-{exchange.ticket}".encode(), exchange.server.authority.encode()
    return _elsewhere(octets.replace(b"{ticket}", ticket).replace(b"{authority}", authority), exchange, port)


def _actions(then: tuple[Action, ...], exchange: HttpExchange, port: int) -> tuple[Action, ...]:
    """Return the actions, with the octets of each filled in as they were sent."""
    filled = []
    for action in then:
        if isinstance(action, Send):
            action = replace(action, octets=_filled(action.octets, exchange, port))
        filled.append(action)
    return tuple(filled)


def _elsewhere(octets: bytes, exchange: HttpExchange, port: int) -> bytes:
    """Return octets that were sent, as they are sent to the same server on another port."""
    if exchange.server.port is None:
        return octets
    before = exchange.server.authority.encode()
    return octets.replace(before, before.rpartition(b":")[0] + b":" + str(port).encode())


def _source(exchange: HttpExchange) -> str | None:
    send = exchange.request.request if isinstance(exchange.request, Several) else exchange.request
    return getattr(send, "source", None)


def _serve(server: ServerFacts, name: str, host: str, port: int, folder: str) -> str:
    """Return the command that starts the server with the application of the folder."""
    inside = "" if folder == "." else folder.rstrip("/") + "/"
    words = []
    command = server.template or server.command
    try:
        split = shlex.split(command)
    except ValueError:
        split = command.split()  # no command that was ever run
    for word in split:
        if ":" in host:
            word = word.replace("{host}:{port}", f"[{host}]:{port}")
        for key, value in {
            "{app}": f"{name}:application",
            "{module}": name,
            "{callable}": "application",
            "{app_file}": f"{inside}{name}.py",
            "{host}": host,
            "{port}": str(port),
            "{socket}": f"{inside}server.sock",
            "{room}": folder,
            "{python}": "python3",
        }.items():
            word = word.replace(key, value)
        words.append(word)
    return f"PYTHONPATH={shlex.quote(folder)} {shlex.join(words)}"
