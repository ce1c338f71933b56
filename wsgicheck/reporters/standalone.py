"""A play as an application of its own: one loose module of the standard library, for any WSGI server.

It does what the probe would do, and writes what it sees into a file beside itself.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from ..model.play import Play, Step, Value
from .standalone_parts import (
    BODY,
    CALLED,
    CLASSES,
    FILE,
    RAISE_HOLDING,
    READ,
    READ_ALL,
    SEEN,
    SHAPES,
    TRYING,
    WAIT,
    WRAP,
)

HEADER_KINDS = {
    "tuple": "tuple({})",
    "dict": "dict({})",
    "iterator": "iter({})",
    "lists": "[list(pair) for pair in {}]",
}
IMPORTS = (
    "contextlib",
    "gzip",
    "hashlib",
    "io",
    "os",
    "re",
    "sys",
    "tempfile",
    "threading",
    "time",
    "weakref",
)


def application_text(name: str, heading: str, play: Play) -> str:
    """Return the module. ``name`` is its own, and that of what it writes; ``heading`` says what it shows."""
    writing = _Writing(name)
    plays = (play, *play.later)
    if play.application is not None:
        body = [writing.borrowed(play.application)]
    elif len(plays) == 1:
        body = [writing.function("application", play)]
    else:
        body = [writing.function(f"play_{number}", each) for number, each in enumerate(plays, 1)]
        body.append(_chooser(len(plays)))
    parts = [SEEN.replace("{name}", name), CALLED, *writing.helpers.values(), *body]
    code = "\n\n".join(part.rstrip("\n") + "\n" for part in parts)
    used = [module for module in IMPORTS if f"{module}." in code]
    imports = "".join(f"import {module}\n" for module in used)
    return f'"""{_docstring(heading)}"""\n\n{imports}\n{code}'


def _docstring(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _chooser(count: int) -> str:
    names = ", ".join(f"play_{number}" for number in range(1, count + 1))
    return f'''\
def application(environ, start_response):
    """Perform the play of this request: they count from 1."""
    number = int((re.findall("[0-9]+", request_of(environ)) or ["1"])[0])
    return [{names}][min(number, {count}) - 1](environ, start_response)
'''


class _Writing:
    """Writes functions, and collects the helpers that they use."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._write = ""
        self.helpers: dict[str, str] = {}

    def borrowed(self, application: str) -> str:
        module, _, attribute = application.partition(":")
        return f"""\
from {module} import {attribute or "application"} as sample  # noqa: E402  (the folder beside this file)


def application(environ, start_response):
    called(environ)
    return sample(environ, start_response)
"""

    def function(self, name: str, play: Play) -> str:
        """Return a WSGI application that performs a play."""
        self._write = "call['write'] = " if "op='write" in repr(play) else ""
        if "op='write_by_first'" in repr(play):
            self._write += "call['first_write'] = "
        inner: list[str] = []
        for step in play.before:
            inner += self._step(step)
        if play.starts:
            inner += self._step(Step("start", (play.status, play.headers)))
        for step in play.after:
            inner += self._step(step)
        blocks = self._blocks(play)
        closing = [line for step in play.closing for line in self._step(step)]
        inner += self._returned(play)
        lines = ["called(environ)", *self._state([*inner, *blocks, *closing])]
        if play.shape in CLASSES or play.shape == "generator":
            lines += ["", "def blocks():", *_indented(blocks)]
        if play.shape in CLASSES and play.shape != "closeless":
            lines += ["", "def closing():", *_indented(closing or ["pass"]), ""]
        text = "\n".join([f"def {name}(environ, start_response):", *_indented([*lines, *inner])])
        return text + "\n"

    def _state(self, lines: Iterable[str]) -> list[str]:
        """Return the line that keeps what the steps need: the environ may be changed before they do."""
        text = "\n".join(lines)
        if "call[" not in text and "(call" not in text:
            return []
        reads = "read(call" in text or "read_all(call" in text
        kept = {"consumed": "0"} if reads else {}
        if reads or "call['input']" in text:
            kept["input"] = "environ.get('wsgi.input')"
        if reads:
            kept["length"] = "environ.get('CONTENT_LENGTH')"
            kept["terminated"] = "environ.get('wsgi.input_terminated')"
        if "call['errors']" in text:
            kept["errors"] = "environ.get('wsgi.errors')"
        return ["call = {" + ", ".join(f"{key!r}: {value}" for key, value in kept.items()) + "}"]

    def _blocks(self, play: Play) -> list[str]:
        lines: list[str] = []
        for chunk in play.chunks:
            lines += self._step(chunk) if isinstance(chunk, Step) else [f"yield {chunk!r}"]
        if not any(line.startswith("yield ") for line in lines):
            lines += ["return", "yield"]
        return lines

    def _returned(self, play: Play) -> list[str]:
        plain = [chunk for chunk in play.chunks if not isinstance(chunk, Step)]
        joined = b"".join(chunk for chunk in plain if isinstance(chunk, bytes))
        if play.shape == "generator":
            return ["return blocks()"]
        if play.shape in ("wrapped", "upper_cased"):
            self._shape(play.shape)
            return [
                'return UpperCased(call["wrapped"])'
                if play.shape == "upper_cased"
                else 'return call["wrapped"]'
            ]
        if play.shape == "file_wrapper":
            self._use("file", FILE)
            self._use("wrap", WRAP)
            return [f'return wrap(environ, open_file("held", {joined!r}))']
        simple = {"list": repr(plain), "tuple": repr(tuple(plain)), "nothing": "None", "bytes": repr(joined)}
        if play.shape in simple:
            return [f"return {simple[play.shape]}"]
        self._shape(play.shape)
        lines = [f"body = {CLASSES[play.shape]}(blocks(), closing)"]
        if play.shape in ("sized", "sized_once"):
            again = "blocks" if play.shape == "sized" else "lambda: body.blocks"
            lines += [f"body.length, body.anew = {len(plain)}, {again}"]
        return [*lines, "return body"] if play.shape != "closeless" else ["return Closeless(blocks(), None)"]

    def _shape(self, shape: str) -> None:
        if shape in CLASSES and shape not in ("getitem", "closeless", "list_with_close", "list_by_iteration"):
            self._use("body", BODY)
        shape = "sized" if shape == "sized_once" else shape
        if shape in ("falsy", "equal_to_all", "len_raises"):
            self._use("iterable", SHAPES["iterable"])
        if shape in SHAPES:
            self._use(shape, SHAPES[shape])

    def _use(self, name: str, helper: str) -> None:
        self.helpers.setdefault(name, helper.replace("{name}", self._name))

    # ---- steps ------------------------------------------------------------------------------------------

    def _step(self, step: Step) -> list[str]:
        """Return the lines that do what a step of the probe does."""
        method = getattr(self, f"_do_{step.op}", None)
        if method is None:
            return [f"seen({'a step that is left out here: ' + step.op!r})"]
        lines: list[str] = method(*step.args)
        return lines

    def _do_start(self, status: Value, headers: Value, exc: Value = None) -> list[str]:
        arguments = f"{status!r}, {_headers(headers)}"
        assigned, self._write = self._write, self._write.replace("call['first_write'] = ", "")
        if isinstance(exc, str):
            self._use("raise_holding", RAISE_HOLDING)
            return [
                "try:",
                f"    raise_holding(call, {exc!r})",
                "except RuntimeError:",
                f"    {assigned}start_response({arguments}, sys.exc_info())",
                "seen('start_response returned')",
            ]
        more = f", *{exc!r}" if exc else ""
        return [f"{assigned}start_response({arguments}{more})"]

    def _do_witness(self) -> list[str]:
        return ["seen('what the trapped error held is', 'still held' if call['held']() else 'gone')"]

    def _do_try_start(self, status: Value, headers: Value, exc: Value = None) -> list[str]:
        return self._do_try(Step("start", (status, headers, exc)))

    def _do_try(self, step: Step) -> list[str]:
        self._use("trying", TRYING)
        return ["with trying():", *_indented(self._step(step))]

    def _do_start_keywords(self, status: Value, headers: Value) -> list[str]:
        return [f"{self._write}start_response(status={status!r}, response_headers={_headers(headers)})"]

    def _do_start_headers_as(self, kind: str, status: Value, headers: Value) -> list[str]:
        made = HEADER_KINDS[kind].format(_headers(headers))
        return [f"{self._write}start_response({status!r}, {made})"]

    def _do_write(self, octets: bytes) -> list[str]:
        return [f"call['write']({octets!r})", "seen('write() returned')"]

    def _do_write_by_first(self, octets: bytes) -> list[str]:
        return [f"call['first_write']({octets!r})", "seen('the first write() returned')"]

    def _do_raise(self, message: str) -> list[str]:
        return ["seen('raises')", f"raise RuntimeError({message!r})"]

    def _do_raise_as(self, name: str, message: str) -> list[str]:
        return ["seen('raises')", f"raise {name}({message!r})"]

    def _do_wait(self, gate: str) -> list[str]:
        self._use("wait", WAIT)
        return [f"wait({gate!r})"]

    def _read(self, method: str, *arguments: Value) -> list[str]:
        self._use("read", READ)
        return [f"read({', '.join(['call', repr(method), *map(repr, arguments)])})"]

    def _do_read(self, *size: Value) -> list[str]:
        return self._read("read", *size)

    def _do_readline(self, *size: Value) -> list[str]:
        return self._read("readline", *size)

    def _do_readlines(self, *hint: Value) -> list[str]:
        return self._read("readlines", *hint)

    def _do_weigh(self, *size: Value) -> list[str]:
        return self._read("read", *size)

    def _do_iterate(self) -> list[str]:
        return ["seen('the lines of wsgi.input: %r' % list(call['input']))"]

    def _do_next_line(self) -> list[str]:
        return ["seen('the next line of wsgi.input: %r' % next(iter(call['input']), b''))"]

    def _do_body(self) -> list[str]:
        self._use("read_all", READ_ALL)
        return ["read_all(call)"]

    def _do_content(self, expected: bytes | None = None) -> list[str]:
        self._use("read_all", READ_ALL)
        if expected is None:
            return ["read_all(call)"]
        return [
            f"if read_all(call) != {expected!r}:",
            "    raise RuntimeError('the content is not what was expected')",
        ]

    def _do_rest(self, size: int = 65536) -> list[str]:
        self._use("read_all", READ_ALL)
        return [f"read_all(call, {size})"]

    def _do_digest(self, size: int = 65536) -> list[str]:
        return self._do_rest(size)

    def _do_identify(self) -> list[str]:
        flags = ", ".join(
            f"environ.get('wsgi.{flag}')" for flag in ("multithread", "multiprocess", "run_once")
        )
        return [f"seen('process', os.getpid(), 'thread', threading.get_ident(), 'flags', {flags})"]

    def _do_file(self, kind: str, octets: bytes, times: int = 1) -> list[str]:
        self._use("file", FILE)
        repeated = f" * {times}" if times != 1 else ""
        return [f"call['file'] = open_file({kind!r}, {octets!r}{repeated})"]

    def _do_file_read(self, size: int) -> list[str]:
        return [f"call['file'].read({size})"]

    def _do_file_seek(self, position: int) -> list[str]:
        return [f"call['file'].seek({position})"]

    def _do_file_tell(self) -> list[str]:
        return ["seen('the file stands at', call['file'].tell())"]

    def _do_wrap(self, *block_size: Value) -> list[str]:
        self._use("wrap", WRAP)
        more = "".join(f", {size!r}" for size in block_size)
        return [f"call['wrapped'] = wrap(environ, call['file']{more})"]

    def _do_wrapped_join(self) -> list[str]:
        return ["seen('within the application the wrapper yields %r' % b''.join(call['wrapped']))"]

    def _do_wrapped_close(self) -> list[str]:
        return ["call['wrapped'].close()"]

    def _do_errors_write(self, text: str) -> list[str]:
        return [f"call['errors'].write({text!r})"]

    def _do_errors_writelines(self, lines: Value) -> list[str]:
        return [f"call['errors'].writelines({list(lines) if isinstance(lines, tuple) else lines!r})"]

    def _do_errors_writelines_of_tuple(self, *lines: Value) -> list[str]:
        return [f"call['errors'].writelines({lines!r})"]

    def _do_errors_writelines_of_iterator(self, *lines: Value) -> list[str]:
        return [f"call['errors'].writelines(iter({lines!r}))"]

    def _do_errors_flush(self) -> list[str]:
        return ["call['errors'].flush()"]

    def _do_environ_set(self, key: str, value: Value) -> list[str]:
        return [f"environ[{key!r}] = {value!r}"]

    def _do_environ_clear(self) -> list[str]:
        return ["environ.clear()"]


def _headers(headers: Value) -> str:
    return repr(list(headers)) if isinstance(headers, tuple) else repr(headers)


def _indented(lines: Iterable[str]) -> list[str]:
    return [textwrap.indent(line, "    ") for line in lines]
