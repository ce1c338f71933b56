"""A play as the small WSGI application that it stands for, ready to be saved and served.

Where the suite holds the application at a gate, this one waits for a moment; where the probe writes its
journal, this one prints to standard error.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from typing import Any

from ..model.play import Play, Step
from .minimal_parts import (
    CLASSES,
    CLOSE,
    CONTENT_OF,
    FILES,
    SHOW,
)

GATE_SECONDS = 3
SHOWN_OCTETS = 1200
"""What is longer is written as a repetition."""
LONGEST_PERIOD = 300
LONGEST_LINE = 100
PART_OCTETS = 60

ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
MODULES = ("gzip", "io", "itertools", "os", "sys", "tempfile", "threading", "time")


def source(play: Play, *, closable: bool = True) -> str:
    """Return the text of a module that has ``application``.

    Not ``closable``: an iterator of plain blocks is written in one line, without the close() of the play's.
    """
    if play.application:
        module, _, name = play.application.partition(":")
        return f"from {module} import {name}\n"
    writer = _Writer(closable)
    if not play.later:
        writer.add(play, "application")
    else:
        plays = (play, *play.later)
        names = [*ORDINALS[: len(plays)], *(f"number_{n}" for n in range(len(ORDINALS) + 1, len(plays) + 1))]
        for name, later in zip(names, plays, strict=True):
            writer.add(later, name)
        writer.functions.append(
            "applications = iter([" + ", ".join(names) + "])\n\n\n"
            "def application(environ, start_response):\n"
            '    """Let each request have the next of them, and the last again."""\n'
            "    global current\n"
            "    current = next(applications, None) or current\n"
            "    return current(environ, start_response)\n"
        )
    return writer.text()


class _Writer:
    """Collects the functions and helpers of one module."""

    def __init__(self, closable: bool) -> None:
        self.closable = closable
        self.helpers: dict[str, None] = {}
        self.functions: list[str] = []
        self.assigned = ""
        """What a call of start_response() is assigned to, where the play writes."""

    def text(self) -> str:
        body = "\n\n".join([*(helper.strip("\n") + "\n" for helper in self.helpers), *self.functions])
        needed = [name for name in MODULES if f"{name}." in body]
        imports = "".join(f"import {name}\n" for name in needed)
        return (imports + "\n\n" if imports else "") + body

    def add(self, play: Play, name: str) -> None:
        """Add the function of one play."""
        self.assigned = "write = " if _writes(play) else ""
        if "write_by_first" in repr(play):
            self.assigned = "write = first_write = "
        lines = [f"def {name}(environ, start_response):"]
        for step in play.before:
            lines += _indented(self.step(step))
        if play.starts:
            lines += _indented([self.assignment() + self.start(play.status, play.headers)])
        for step in play.after:
            lines += _indented(self.step(step))
        lines += self.returned(play)
        self.functions.append("\n".join(lines) + "\n")

    # ---- what is returned -------------------------------------------------------------------------

    def returned(self, play: Play) -> list[str]:
        octets = [chunk for chunk in play.chunks if not isinstance(chunk, Step)]
        joined = b"".join(chunk for chunk in octets if isinstance(chunk, bytes))
        plain = {
            "nothing": "return None",
            "list": f"return [{', '.join(map(literal, octets))}]",
            "tuple": f"return ({''.join(literal(chunk) + ', ' for chunk in octets)})",
            "bytes": f"return {literal(joined)}",
            "wrapped": "return wrapper",
            "upper_cased": "return (block.upper() for block in wrapper)",
            "file_wrapper": f'return environ["wsgi.file_wrapper"](io.BytesIO({literal(joined)}))',
        }
        if not self.closable and play.shape == "iterator" and len(octets) == len(play.chunks) > 0:
            plain["iterator"] = f"return iter({literal(list(octets))})"
        if play.shape in plain and not (play.shape == "iterator" and play.closing):
            return _indented(plain[play.shape].split("\n"))
        lines = ["", "    def blocks():"]
        for chunk in play.chunks:
            step = self.step(chunk) if isinstance(chunk, Step) else [f"yield {literal(chunk)}"]
            lines += _indented(step, 2)
        if not octets:
            lines += _indented(["return", "yield"], 2)
        lines.append("")
        if play.shape in ("generator", "closeless"):
            value = "blocks()" if play.shape == "generator" else "map(lambda block: block, blocks())"
            return [*lines, f"    return {value}"]
        closing = "".join(
            textwrap.indent("\n".join(self.step(step)) + "\n", " " * 8) for step in play.closing
        )
        kind = CLASSES[play.shape].replace("{length}", str(len(octets))) + CLOSE + closing
        if closing:  # what is closed needs the names of this call
            lines += [*textwrap.indent(kind.strip("\n"), " " * 4).split("\n"), ""]
        else:
            self.helpers[kind] = None
        return [*lines, "    return Blocks(blocks())"]

    # ---- steps ------------------------------------------------------------------------------------

    def start(self, status: object, headers: object, *more: str) -> str:
        listed = literal([_listed(header) for header in headers] if isinstance(headers, tuple) else headers)
        return f"start_response({', '.join([literal(status), listed, *more])})"

    def assignment(self) -> str:
        """Return what a call of start_response() is assigned to; the first write() is kept once."""
        assigned, self.assigned = self.assigned, self.assigned.replace("first_write = ", "")
        return assigned

    def step(self, step: Step) -> list[str]:
        """Return the lines of one step."""
        return getattr(self, "of_" + step.op)(*step.args)  # type: ignore[no-any-return]

    def of_start(self, status: object, headers: object, exc: object = None) -> list[str]:
        if isinstance(exc, str):
            call = self.assignment() + self.start(status, headers, "sys.exc_info()")
            return [
                *("try:", f"    raise RuntimeError({exc!r})"),
                *("except RuntimeError:", *(f"    {line}" for line in call.split("\n"))),
            ]
        return (self.assignment() + self.start(status, headers, *(("None",) if exc else ()))).split("\n")

    def of_try_start(self, status: object, headers: object, exc: object = None) -> list[str]:
        return _trying(self.of_start(status, headers, exc))

    def of_start_headers_as(self, kind: str, status: object, headers: tuple[object, ...]) -> list[str]:
        pairs = [_listed(header) for header in headers]
        as_kind = {"dict": f"dict({pairs!r})", "lists": repr([list(pair) for pair in headers])}  # type: ignore[call-overload]
        return [f"start_response({status!r}, {as_kind.get(kind, f'{kind}({pairs!r})')})"]

    def of_write(self, octets: object) -> list[str]:
        return [f"write({literal(octets)})"]

    def of_write_by_first(self, octets: object) -> list[str]:
        return [f"first_write({literal(octets)})"]

    def of_raise(self, message: str) -> list[str]:
        return [f"raise RuntimeError({message!r})"]

    def of_raise_as(self, name: str, message: str) -> list[str]:
        return [f"raise {name}({message!r})"]

    def of_wait(self, gate: str) -> list[str]:
        return [f"time.sleep({GATE_SECONDS})  # the suite waits for its client here (gate {gate!r})"]

    def of_try(self, step: Step) -> list[str]:
        simple = {
            "read": "read",
            "readline": "readline",
            "readlines": "readlines",
            "errors_write": "write",
            "errors_writelines": "writelines",
            "errors_flush": "flush",
        }
        if step.op in simple:
            stream = "errors" if step.op.startswith("errors") else "input"
            return self.show(f'environ["wsgi.{stream}"].{simple[step.op]}', *step.args)
        if step.op == "write":
            return _trying(self.step(step))
        if step.op == "wrap":
            call = self.show('environ["wsgi.file_wrapper"]')[0]
            return [
                "wrapper = "
                + call[:-1]
                + "".join(f", {arg}" for arg in ("file", *map(literal, step.args)))
                + ")"
            ]
        if step.op == "wrapped_join":
            return self.show('b"".join', raw="wrapper")
        if step.op == "wrapped_close":
            return self.show("wrapper.close")
        return self.step(step)

    def show(self, call: str, *arguments: object, raw: str = "") -> list[str]:
        self.helpers[SHOW] = None
        return [f"show({', '.join([call, *([raw] if raw else []), *map(literal, arguments)])})"]

    def of_read(self, *size: object) -> list[str]:
        return self.show('environ["wsgi.input"].read', *size)

    def of_readline(self, *size: object) -> list[str]:
        return self.show('environ["wsgi.input"].readline', *size)

    def of_readlines(self, *hint: object) -> list[str]:
        return self.show('environ["wsgi.input"].readlines', *hint)

    def of_weigh(self, *size: object) -> list[str]:
        return self.of_read(*size)

    def of_iterate(self) -> list[str]:
        return self.show("list", raw='environ["wsgi.input"]')

    def of_next_line(self) -> list[str]:
        return self.show("next", raw='iter(environ["wsgi.input"]), b""')

    def of_rest(self, size: int = 0) -> list[str]:
        return self.show('environ["wsgi.input"].read')

    def of_content(self, expected: object = None) -> list[str]:
        self.helpers[CONTENT_OF] = None
        return self.show("content_of", raw="environ")

    def of_body(self) -> list[str]:
        return self.of_content()

    def of_digest(self, size: int = 0) -> list[str]:
        return self.of_content()

    def of_identify(self) -> list[str]:
        return [
            'flags = [environ["wsgi." + flag] for flag in ("multithread", "multiprocess", "run_once")]',
            "print(os.getpid(), threading.get_ident(), flags, file=sys.stderr)",
        ]

    def of_witness(self) -> list[str]:
        return ["# a weak reference to what the frame of that error held must be dead by now"]

    def of_file(self, kind: str, octets: bytes, times: int = 1) -> list[str]:
        name, helper = FILES[kind]
        if helper:
            self.helpers[helper] = None
        repeated = f" * {times}" if times > 1 else ""
        return f"file = {name}({literal(octets)}{repeated})".split("\n")

    def of_file_read(self, size: int) -> list[str]:
        return [f"file.read({size})"]

    def of_file_seek(self, position: int) -> list[str]:
        return [f"file.seek({position})"]

    def of_file_tell(self) -> list[str]:
        return ["print(file.tell(), file=sys.stderr)"]

    def of_wrap(self, *size: int) -> list[str]:
        return [f'wrapper = environ["wsgi.file_wrapper"]({", ".join(["file", *map(str, size)])})']

    def of_errors_write(self, text: str) -> list[str]:
        return [f'environ["wsgi.errors"].write({text!r})']

    def of_errors_writelines(self, lines: object) -> list[str]:
        return [f'environ["wsgi.errors"].writelines({literal(lines)})']

    def of_errors_writelines_of_tuple(self, *lines: object) -> list[str]:
        return [f'environ["wsgi.errors"].writelines({lines!r})']

    def of_errors_writelines_of_iterator(self, *lines: object) -> list[str]:
        return [f'environ["wsgi.errors"].writelines(iter({lines!r}))']

    def of_errors_flush(self) -> list[str]:
        return ['environ["wsgi.errors"].flush()']

    def of_environ_set(self, key: object, value: object) -> list[str]:
        return [f"environ[{key!r}] = {value!r}"]

    def of_environ_clear(self) -> list[str]:
        return ["environ.clear()"]


def literal(value: object) -> str:
    """Return a value as Python writes it; what is long and repeats itself as a repetition."""
    if isinstance(value, (bytes, str)) and len(value) > SHOWN_OCTETS:
        return _repetition(value)
    if isinstance(value, (bytes, str)) and len(value) > LONGEST_LINE:
        parts = (value[at : at + PART_OCTETS] for at in range(0, len(value), PART_OCTETS))
        return "(\n" + "".join(f"    {part!r}\n" for part in parts) + ")"
    if isinstance(value, list):
        items = [literal(item) for item in value]
        line = "[" + ", ".join(items) + "]"
        return (
            line if len(line) <= LONGEST_LINE else "[\n" + "".join(f"    {item},\n" for item in items) + "]"
        )
    if isinstance(value, tuple):
        items = [literal(item) for item in value]
        return f"({items[0]},)" if len(items) == 1 else f"({', '.join(items)})"
    return repr(value)


def _repetition(value: Any) -> str:
    for period in range(1, LONGEST_PERIOD):
        if value[:period] != value[period : 2 * period]:
            continue
        times, left = divmod(len(value), period)
        if value[:period] * times + value[:left] == value:
            rest = f" + {value[:left]!r}" if left else ""
            return f"{value[:period]!r} * {times}{rest}"
        if value[:period] * times == value[: period * times] and left < 9:
            return f"{value[:period]!r} * {times} + {value[-left:]!r}"
    return f"{value[:10]!r} * {len(value) // 10}"


def _listed(header: object) -> object:
    return tuple(header) if isinstance(header, tuple) else header


def _writes(play: Play) -> bool:
    return any(_reaches_write(step) for step in (*play.before, *play.after))


def _reaches_write(step: Step) -> bool:
    return step.op == "write" or any(isinstance(arg, Step) and _reaches_write(arg) for arg in step.args)


def _trying(lines: list[str]) -> list[str]:
    return [
        *("try:", *(f"    {line}" for line in lines)),
        *("except Exception as error:", '    print("raised", repr(error), file=sys.stderr)'),
    ]


def _indented(lines: Iterable[str], depth: int = 1) -> list[str]:
    return textwrap.indent("\n".join(lines), " " * 4 * depth).split("\n")
