"""The probe of wsgicheck: a WSGI application that performs plays and keeps a journal.

It runs inside the interpreter of the server under test, so it is one loose file for Python 3.6 and
later, standard library only. It finds its room from its own ``__file__``:

    room/plays                what to do with the request that carries a ticket: "TICKET JSON", one play
                              a line; a ticket begins with its line's place, 8 hexadecimal digits
    room/journal              what was seen and done: one JSON object a line, one os.write each
    room/bell                 a FIFO that wakes the reader of the journal
    room/gates/TICKET.GATE    a file whose presence opens a gate

No evidence travels through the response, which is itself on trial.
"""

import builtins
import errno
import importlib
import io
import itertools
import json
import os
import re
import socket
import sys
import threading
import time
import weakref

try:
    from posix import write as write_octets  # eventlet replaces os.write by one that raises where two wait
except ImportError:
    write_octets = os.write

ROOM = os.path.dirname(os.path.abspath(__file__))
TICKET = re.compile(r"wct-([0-9a-f]{16})(?:-([0-9a-z]+))?")
GATE_SECONDS = 20.0
GATE_POLL_SECONDS = 0.002
INPUT_LIMIT = 16 * 1024 * 1024  # octets; far more than any request of ours carries
MOST_INTERESTING = ("HTTP_X_WSGICHECK_TICKET", "QUERY_STRING", "PATH_INFO", "REQUEST_URI", "RAW_URI")
BYTES_LIKE = (bytes, bytearray, memoryview)
PRIMITIVE = (bool, int, float, tuple, list, type(None), bytes)

_calls = itertools.count(1)


class ProbeError(Exception):
    """What an application raises when a play tells it to."""


def digest_of(octets):
    import hashlib  # like all that few plays need: to import it takes milliseconds at each start of a server

    return ["digest", hashlib.sha256(octets).hexdigest()]


def within_limit(size):
    """Return the octets read so far; raise where a stream gives more than anybody can have sent."""
    if size > INPUT_LIMIT:
        raise ProbeError("wsgi.input gives more than %d octets" % INPUT_LIMIT)
    return size


class Journal(object):
    """Appends one line an event; opened anew in each process, so that forked workers share no offset."""

    def __init__(self):
        self._pid = None
        self._journal = None
        self._bell = None

    def write(self, ticket, label, call, kind, facts):
        pid = os.getpid()
        if pid != self._pid:
            self._open(pid)
        line = json.dumps(
            {
                "at": time.monotonic(),
                "kind": kind,
                "facts": facts,
                "pid": pid,
                "thread": threading.get_ident(),
                "ticket": ticket,
                "label": label,
                "call": call,
            }
        )
        write_octets(self._journal, line.encode("ascii") + b"\n")
        if self._bell is not None:
            try:
                write_octets(self._bell, b".")
            except OSError:
                pass  # a full FIFO wakes the reader all the same

    def _open(self, pid):
        flags = os.O_WRONLY | os.O_APPEND | getattr(os, "O_CLOEXEC", 0)
        self._journal = os.open(os.path.join(ROOM, "journal"), flags)
        try:
            self._bell = os.open(os.path.join(ROOM, "bell"), flags | os.O_NONBLOCK)
        except OSError:
            self._bell = None  # no reader, or no FIFOs here: the reader polls
        self._pid = pid


JOURNAL = Journal()


def type_name(value):
    kind = type(value)
    if kind.__module__ == "builtins":
        return kind.__name__
    return "%s.%s" % (kind.__module__, kind.__name__)


def describe(value):
    """Return [exact type, text]: strings as they are, other plain values by repr, objects by type alone."""
    if type(value) is str:
        return ["str", value]
    if type(value) is bytes:
        return ["bytes", value.decode("latin-1")]
    if isinstance(value, str):
        return [type_name(value), str.__str__(value)]
    if isinstance(value, (bytes, bytearray, memoryview)):
        return [type_name(value), bytes(value).decode("latin-1")]
    if isinstance(value, PRIMITIVE):
        try:
            return [type_name(value), repr(value)[:500]]
        except Exception as error:
            return [type_name(value), "repr raised %s" % type_name(error)]
    return [type_name(value), ""]


def describe_error(error):
    return {
        "type": type_name(error),
        "message": str(error)[:500],
        "bases": [type_name_of(c) for c in type(error).__mro__],
    }


def type_name_of(kind):
    return kind.__name__ if kind.__module__ == "builtins" else "%s.%s" % (kind.__module__, kind.__name__)


def plain(value):
    """Return a value of a play: JSON has no octets and no tuples, so these come in a dict."""
    if isinstance(value, dict):
        if "bytes" in value:
            return value["bytes"].encode("latin-1") * value.get("times", 1)
        if "tuple" in value:
            return tuple(plain(item) for item in value["tuple"])
        return Step(value["step"], [plain(item) for item in value["args"]])
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value


class Step(object):
    def __init__(self, op, args):
        self.op = op
        self.args = args


def find_ticket(environ):
    """Return (ticket, label), or (None, '') where no value of the environ carries one."""
    keys = [key for key in MOST_INTERESTING if key in environ]
    for key in itertools.chain(keys, sorted(environ, key=str)):
        value = environ.get(key)
        if isinstance(value, str):
            found = TICKET.search(value)
            if found:
                return found.group(1), found.group(2) or ""
    return None, ""


def load_play(ticket):
    try:
        with io.open(os.path.join(ROOM, "plays"), "rb") as stream:
            stream.seek(int(ticket[:8], 16))
            found, _, play = stream.readline().decode("ascii").partition(" ")
        return json.loads(play) if found == ticket else None
    except (IOError, OSError, ValueError):
        return None


def play_of_label(play, label):
    """Return the play of one of several requests: the label counts them from 1."""
    number = int(label) if label.isdigit() else 1
    if play and number > 1 and play["later"]:
        return play["later"][min(number - 2, len(play["later"]) - 1)]
    return play


class Application(object):
    """The callable that the server runs; it notes how it is called and what is asked about it."""

    def __call__(self, *args, **keywords):
        call = "%d.%d" % (os.getpid(), next(_calls))
        environ = args[0] if args else keywords.get("environ", {})
        start_response = args[1] if len(args) > 1 else keywords.get("start_response")
        try:
            ticket, label = find_ticket(environ)
        except Exception:
            ticket, label = None, ""
        performance = Performance(ticket or "", label, call, environ, start_response)
        performance.note_call(args, keywords)
        play = play_of_label(load_play(ticket), label) if ticket else None
        if play is None:
            return performance.say_who_we_are()
        try:
            returned = performance.run(play)
        except BaseException as error:
            performance.note("raised", where="call", error=describe_error(error))
            raise
        performance.note("returned", shape=play["shape"])
        return returned

    def __getattr__(self, name):
        JOURNAL.write("", "", "", "introspected", {"name": name})
        raise AttributeError(name)


class Performance(object):
    """One invocation of the application: the steps of a play, each noted in the journal."""

    consumed = 0
    file = None
    wrapped = None

    def __init__(self, ticket, label, call, environ, start_response):
        self.ticket = ticket
        self.label = label
        self.call = call
        self.environ = environ
        self.start_response = start_response
        self.input = environ.get("wsgi.input") if isinstance(environ, dict) else None
        self.errors = environ.get("wsgi.errors") if isinstance(environ, dict) else None
        self.file_wrapper = environ.get("wsgi.file_wrapper") if isinstance(environ, dict) else None
        self.content_length = environ.get("CONTENT_LENGTH") if isinstance(environ, dict) else None
        self.terminated = bool(environ.get("wsgi.input_terminated")) if isinstance(environ, dict) else False
        self.play = None
        self.writer = None
        self.first_writer = None
        self.witness = None
        self.yielded = 0

    def note(self, kind, **facts):
        JOURNAL.write(self.ticket, self.label, self.call, kind, facts)

    def note_call(self, args, keywords):
        environ = self.environ
        items = []
        try:
            for key in sorted(environ, key=str):
                items.append(describe(key) + describe(environ[key]))
        except Exception as error:
            self.note("environ-unreadable", error=describe_error(error))
        self.note(
            "called",
            positional=len(args),
            keywords=sorted(keywords),
            environ_type=type_name(environ),
            environ_id=id(environ),
            environ=items,
            input_methods=methods_of(self.input, ("read", "readline", "readlines", "__iter__")),
            errors_methods=methods_of(self.errors, ("flush", "write", "writelines")),
            start_response_callable=callable(self.start_response),
            file_wrapper_callable=callable(self.file_wrapper),
            native_thread=getattr(threading, "get_native_id", threading.get_ident)(),
        )

    def say_who_we_are(self):
        """Answer a request that carries no ticket of ours."""
        body = b"This is the probe of wsgicheck.\n"
        self.start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
        return [body]

    def say_what_is_missing(self, name, error):
        """Answer for an application that cannot be imported here: a framework that is not installed."""
        self.note("application-missing", name=name, error=describe_error(error))
        body = b"The application cannot be imported.\n"
        self.start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
        return [body]

    # ---- the call -------------------------------------------------------------------------------

    def run(self, play):
        self.play = play
        if play["application"]:
            try:
                application = load_application(play["application"])
            except Exception as error:
                return self.say_what_is_missing(play["application"], error)
            return application(self.environ, self.start_response)
        self.perform_all(play["before"])
        if play["starts"]:
            self.perform(Step("start", [play["status"], [tuple(pair) for pair in play["headers"]]]))
        self.perform_all(play["after"])
        return self.iterable(play["shape"], [plain(chunk) for chunk in play["chunks"]])

    def perform_all(self, steps):
        for step in steps:
            self.perform(plain(step))

    def perform(self, step):
        return getattr(self, "do_" + step.op)(*step.args)

    # ---- the steps ------------------------------------------------------------------------------

    def do_start(self, status, headers, exc=None):
        """Call start_response; ``exc`` is a message: then an error is raised, trapped and passed on."""
        arguments = [status, headers]
        try:
            if isinstance(exc, str):
                self.start_in_handler(arguments, exc)
            else:
                arguments.extend(exc or ())
                self.start(arguments, exc)
        finally:
            del arguments[:]  # the traceback leads to this frame, which must not lead back to it

    def start_in_handler(self, arguments, message):
        """Call start_response where the PEP has it called: while the error is being handled."""
        held = Witness()
        self.witness = weakref.ref(held)
        try:
            raise_holding(held, message)
        except ProbeError:
            arguments.append(sys.exc_info())
            self.start(arguments, message)

    def start(self, arguments, exc):
        self.note("starting", status=describe(arguments[0]), with_exc_info=exc is not None)
        try:
            self.writer = self.start_response(*arguments)
            if self.first_writer is None:
                self.first_writer = self.writer
        except BaseException as error:
            same = exc is not None and len(arguments) > 2 and arguments[2] and error is arguments[2][1]
            traced = same and leads_to(error.__traceback__, raise_holding)
            self.note("start-raised", error=describe_error(error), same=bool(same), traced=bool(traced))
            raise
        self.note("started", write_callable=callable(self.writer))

    def do_start_keywords(self, status, headers):
        self.writer = self.start_response(status=status, response_headers=headers)

    def do_try_start(self, status, headers, exc=None):
        """Call start_response and swallow what it raises (the journal has it)."""
        try:
            self.do_start(status, headers, exc)
        except Exception:
            pass

    def do_start_headers_as(self, kind, status, headers):
        """Call start_response with the headers in something else than a list of tuples."""
        self.start([status, HEADER_KINDS[kind](headers)], None)

    def do_write(self, octets):
        self.writing(self.writer, octets)

    def do_write_by_first(self, octets):
        """Write by what the first call of start_response returned, though another call followed."""
        self.writing(self.first_writer, octets)

    def writing(self, writer, octets):
        self.note("writing", size=len(octets))
        try:
            writer(octets)
        except BaseException as error:
            self.note("write-raised", error=describe_error(error))
            raise
        self.note("wrote", size=len(octets))

    def do_raise(self, message):
        self.note("raising", message=message)
        raise ProbeError(message)

    def do_raise_as(self, name, message):
        """Raise a builtin error: some servers take theirs and the application's for the same."""
        self.note("raising", message=message)
        raise getattr(builtins, name)(message)

    def do_wait(self, gate):
        """Hold the application until the client opens the gate; a deadline keeps nobody for ever."""
        path = os.path.join(ROOM, "gates", "%s.%s" % (self.ticket, gate))
        self.note("waiting", gate=gate)
        deadline = time.monotonic() + GATE_SECONDS
        while not os.path.exists(path):
            if time.monotonic() > deadline:
                self.note("gate-timeout", gate=gate)
                return
            time.sleep(GATE_POLL_SECONDS)
        self.note("released", gate=gate)

    def do_read(self, *size):
        return self.reading("read", *size)

    def do_readline(self, *size):
        return self.reading("readline", *size)

    def do_readlines(self, *hint):
        return self.reading("readlines", *hint)

    def do_weigh(self, *size):
        """Read by one read(), and note how many octets that were and their SHA-256."""
        self.note("reading", method="read", arguments=list(size))
        try:
            octets = self.input.read(*size)
        except BaseException as error:
            self.note("read", method="read", arguments=list(size), error=describe_error(error))
            raise
        self.consumed += len(octets)
        self.note("read", method="read", arguments=list(size), got=digest_of(octets), length=len(octets))

    def do_iterate(self):
        self.note("reading", method="__iter__", arguments=[])
        try:
            lines = list(self.input)
        except BaseException as error:
            self.note("read", method="__iter__", arguments=[], error=describe_error(error))
            raise
        self.consumed += sum(len(line) for line in lines if isinstance(line, BYTES_LIKE))
        self.note("read", method="__iter__", arguments=[], got=described_lines(lines))

    def reading(self, method, *arguments):
        self.note("reading", method=method, arguments=list(arguments))
        try:
            got = getattr(self.input, method)(*arguments)
        except BaseException as error:
            self.note("read", method=method, arguments=list(arguments), error=describe_error(error))
            raise
        described = described_lines(got) if isinstance(got, list) else describe(got)
        lines = got if isinstance(got, list) else [got]
        self.consumed += sum(len(line) for line in lines if isinstance(line, BYTES_LIKE))
        self.note("read", method=method, arguments=list(arguments), got=described)
        return got

    def drain(self, blocks):
        """Append what the stream gives until it gives no more, or more than anybody can have sent."""
        size = 0
        block = self.input.read()
        while block:
            size = within_limit(size + len(block))
            blocks.append(block)
            block = self.input.read()

    def do_body(self):
        """Read the request body as a careful application does, and note it whole."""
        blocks = []
        try:
            if self.terminated:
                self.drain(blocks)
            else:
                left = int(self.content_length or 0)
                while left > 0:
                    block = self.input.read(left)
                    if not block:
                        break
                    blocks.append(block)
                    left -= len(block)
        except BaseException as error:
            self.note("body", body=b"".join(blocks).decode("latin-1"), error=describe_error(error))
            raise
        self.note("body", body=b"".join(blocks).decode("latin-1"), error=None)

    def do_content(self, expected=None):
        """Read the content of the request to its end, also where only the stream knows where that is.

        Without a length a plain BufferedReader is the socket itself, which ends with the connection:
        it is left alone. One over something else may decode, or not: it is left alone as well.
        What differs from ``expected`` raises, so that the response shows it too.
        """
        ended_by = "nothing"
        if self.terminated or self.content_length:
            ended_by = "stream" if self.terminated else "length"
        elif not isinstance(self.input, io.BufferedReader):
            ended_by = "stream"
        elif not isinstance(getattr(self.input, "raw", None), socket.SocketIO):
            ended_by = "unknown"
        blocks = []
        try:
            if ended_by == "length":
                left = int(self.content_length)
                while left > 0:
                    block = self.input.read(left)
                    if not block:
                        break
                    blocks.append(block)
                    left -= len(block)
            elif ended_by == "stream":
                self.drain(blocks)
        except BaseException as error:
            text = b"".join(blocks).decode("latin-1")
            self.note("content", content=text, ended_by=ended_by, error=describe_error(error))
            raise
        content = b"".join(blocks)
        self.note("content", content=content.decode("latin-1"), ended_by=ended_by, error=None)
        if expected is not None and content != expected:
            raise ProbeError("the content is not what was expected")

    def do_try(self, step):
        """Perform a step and swallow what it raises (the journal has it)."""
        try:
            self.perform(step)
        except Exception:
            pass

    def do_next_line(self):
        """Take one line by a new iterator, as a loop that is left early does."""
        self.note("reading", method="next", arguments=[])
        try:
            line = next(iter(self.input), b"")
        except BaseException as error:
            self.note("read", method="next", arguments=[], error=describe_error(error))
            raise
        self.consumed += len(line) if isinstance(line, BYTES_LIKE) else 0
        self.note("read", method="next", arguments=[], got=describe(line))

    def do_rest(self, size=65536):
        """Read what is left in pieces: up to CONTENT_LENGTH, or to the end where that is not known."""
        self.rest("rest", size)

    def do_digest(self, size=65536):
        """The same, but note how many octets they are and their SHA-256."""
        self.rest("digest", size)

    def rest(self, method, size):
        self.note("reading", method=method, arguments=[size])
        blocks, sizes, error, total = [], [], None, 0
        left = int(self.content_length) - self.consumed if self.content_length else None
        try:
            while left is None or left > 0:
                block = self.input.read(size if left is None else min(size, left))
                sizes.append(len(block))
                if not block:
                    break
                total = within_limit(total + len(block))
                blocks.append(block)
                left = None if left is None else left - len(block)
        except Exception as caught:
            error = describe_error(caught)
        octets = b"".join(blocks)
        self.consumed += len(octets)
        facts = {"method": method, "arguments": [size], "longest": max(sizes) if sizes else 0}
        if error is not None:
            facts["error"] = error
        if method == "digest":
            facts.update(got=digest_of(octets), length=len(octets))
        else:
            facts.update(got=describe(octets))
        self.note("read", **facts)

    def do_identify(self):
        """Note what tells overlapping calls apart, and whether the three flags evaluate true."""
        flags = {}
        for name in ("multithread", "multiprocess", "run_once"):
            key = "wsgi." + name
            flags[name] = bool(self.environ[key]) if key in self.environ else None
        label = find_ticket(self.environ)[1]
        self.note("identified", os_thread=os_thread(), environ_id=id(self.environ), label_now=label, **flags)

    def do_file(self, kind, octets, times=1):
        """Open a file of some kind, whose closing is noted."""
        self.file = open_file(kind, self, octets * times)

    def do_file_read(self, size):
        self.file.read(size)

    def do_file_seek(self, position):
        self.file.seek(position)

    def do_file_tell(self):
        self.note("file-position", position=self.file.tell())

    def do_wrap(self, *block_size):
        """Wrap the file as the server offers it; ``no-file-wrapper`` says that it does not."""
        if self.file_wrapper is None:
            self.note("no-file-wrapper")
            self.wrapped = PlainWrapper(self.file)
            return
        try:
            self.wrapped = self.file_wrapper(self.file, *block_size)
        except BaseException as error:
            self.note("wrap-raised", error=describe_error(error))
            raise
        self.note("wrapped", type=type_name(self.wrapped), has_close=hasattr(self.wrapped, "close"))

    def do_wrapped_join(self):
        """Iterate over the wrapper within the application."""
        try:
            content = b"".join(iter(self.wrapped))
        except BaseException as error:
            self.note("joined", content="", error=describe_error(error))
            raise
        self.note("joined", content=content.decode("latin-1"), error=None)

    def do_wrapped_close(self):
        """Close the wrapper, as a middleware does that returns something else."""
        try:
            self.wrapped.close()
        except BaseException as error:
            self.note("wrapper-closed", error=describe_error(error))
            raise
        self.note("wrapper-closed", error=None)

    def do_errors_write(self, text):
        self.reporting("write", text)

    def do_errors_writelines(self, lines):
        self.reporting("writelines", list(lines))

    def do_errors_writelines_of_tuple(self, *lines):
        self.reporting("writelines", lines)

    def do_errors_writelines_of_iterator(self, *lines):
        self.reporting("writelines", iter(lines))

    def do_errors_flush(self):
        self.reporting("flush")

    def reporting(self, method, *arguments):
        try:
            getattr(self.errors, method)(*arguments)
        except BaseException as error:
            self.note("reported", method=method, error=describe_error(error))
            raise
        self.note("reported", method=method, error=None)

    def do_environ_set(self, key, value):
        self.environ[key] = value
        self.note("environ-changed", key=key)

    def do_environ_clear(self):
        self.environ.clear()
        self.note("environ-changed", key="")

    def do_witness(self):
        """Note whether what the trapped error's frame held is gone (the collector is not asked)."""
        gone = self.witness is not None and self.witness() is None
        self.note("witness", gone=gone, counting=sys.implementation.name == "cpython")

    # ---- what is returned -----------------------------------------------------------------------

    def iterable(self, shape, chunks):
        if shape == "nothing":
            return None
        if shape == "list":
            return [chunk for chunk in chunks if not isinstance(chunk, Step)]
        if shape == "tuple":
            return tuple(chunk for chunk in chunks if not isinstance(chunk, Step))
        if shape == "generator":
            return self.generator(chunks)
        if shape == "wrapped":
            return self.wrapped
        if shape == "upper_cased":
            return UpperCased(self.wrapped)
        if shape == "bytes":
            return b"".join(chunk for chunk in chunks if isinstance(chunk, bytes))
        if shape == "file_wrapper":
            held = HeldFile(self, b"".join(chunk for chunk in chunks if isinstance(chunk, bytes)))
            if self.file_wrapper is None:
                self.note("no-file-wrapper")
                return held
            return self.file_wrapper(held)
        return SHAPES[shape](self, chunks)

    def generator(self, chunks):
        try:
            for chunk in chunks:
                if isinstance(chunk, Step):
                    self.perform(chunk)
                else:
                    yield self.note_block(chunk)
        except GeneratorExit:
            self.note("generator-closed")
            raise
        except BaseException as error:
            self.note("raised", where="iteration", error=describe_error(error))
            raise
        self.note("exhausted")

    def note_block(self, chunk):
        self.yielded += 1
        self.note("yielding", number=self.yielded, size=0 if chunk is None else len(chunk))
        return chunk


def methods_of(stream, names):
    return [name for name in names if hasattr(stream, name)]


def described_lines(lines):
    return ["list", [describe(line) for line in lines]]


def load_application(name):
    module, _, attribute = name.partition(":")
    return getattr(importlib.import_module(module), attribute or "application")


def leads_to(traceback, function):
    """Return whether a traceback leads to a call of this function."""
    while traceback is not None:
        if traceback.tb_frame.f_code is function.__code__:
            return True
        traceback = traceback.tb_next
    return False


def raise_holding(held, message):
    """Raise an error whose traceback frame is the only owner of an object."""
    raise ProbeError(message)


class Witness(object):
    """Something that only a traceback keeps alive."""


class Returned(object):
    """What all instruments have in common: they note every use that a server makes of them."""

    def __init__(self, performance, chunks):
        self._performance = performance
        self._chunks = chunks
        self._position = 0

    def close(self):
        self._performance.note("closed")
        try:
            self._performance.perform_all(self._performance.play["closing"])
        except BaseException as error:
            self._performance.note("raised", where="close", error=describe_error(error))
            raise

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        self._performance.note("attribute", name=name)
        raise AttributeError(name)

    def _next_block(self):
        """Return the next chunk; perform what stands before it. Raises StopIteration at the end."""
        performance = self._performance
        performance.note("next")
        try:
            while self._position < len(self._chunks):
                chunk = self._chunks[self._position]
                self._position += 1
                if isinstance(chunk, Step):
                    performance.perform(chunk)
                else:
                    return performance.note_block(chunk)
        except BaseException as error:
            performance.note("raised", where="iteration", error=describe_error(error))
            raise
        performance.note("exhausted")
        raise StopIteration


class Iterator(Returned):
    def __iter__(self):
        self._performance.note("iter")
        return self

    def __next__(self):
        return self._next_block()


class Bait(Iterator):
    """Looks like a file with other content: whoever reads it has used what the PEP does not name."""

    content = body = filelike = property(lambda self: self._bite("content"))
    _hook = None

    def read(self, *size):
        return self._bite("read")

    def fileno(self):
        octets = self._bite("fileno")
        if self._hook is None:  # it works, and yet its use is allowed for the server's own type alone
            import tempfile

            self._hook = tempfile.TemporaryFile(dir=ROOM if os.access(ROOM, os.W_OK) else None)
            self._hook.write(octets)
            self._hook.seek(0)
        return self._hook.fileno()

    def getvalue(self):
        return self._bite("getvalue")

    def readlines(self, *hint):
        return [self._bite("readlines")]

    def _bite(self, name):
        self._performance.note("bitten", name=name)
        return b"bait"


class Broken(Returned):
    """iter() of it raises: there is no iterator, yet there is something to close."""

    def __iter__(self):
        self._performance.note("iter")
        self._performance.do_raise("in iter()")


class Iterable(Returned):
    def __iter__(self):
        self._performance.note("iter")
        return Inner(self)


class Inner(object):
    """The iterator of an iterable: closing this one is not what the PEP asks for."""

    def __init__(self, outer):
        self._outer = outer

    def __iter__(self):
        return self

    def __next__(self):
        return self._outer._next_block()

    def close(self):
        self._outer._performance.note("inner-closed")


class Falsy(Iterable):
    """An iterable that is false, as objects of some libraries are whose truth is another question."""

    def __bool__(self):
        self._performance.note("bitten", name="__bool__")
        return False


class EqualToAll(Iterable):
    """An iterable that calls itself equal to whatever it is compared with."""

    __hash__ = object.__hash__

    def __eq__(self, other):
        self._performance.note("bitten", name="__eq__")
        return True

    def __ne__(self, other):
        self._performance.note("bitten", name="__ne__")
        return False


class LenRaises(Iterable):
    """An iterable that has a length, and does not know it."""

    def __len__(self):
        raise NotImplementedError("the length is not known")


class GetItem(Returned):
    def __getitem__(self, index):
        try:
            return self._next_block()
        except StopIteration:
            raise IndexError(index)


class SizedOnce(Iterable):
    """An iterable with a length, whose blocks can be taken only once all the same."""

    def __len__(self):
        length = sum(not isinstance(chunk, Step) for chunk in self._chunks)
        self._performance.note("len", length=length)
        return length


class Sized(SizedOnce):
    """The same as a collection: each iteration of it begins anew."""

    def __iter__(self):
        self._performance.note("iter")
        return Inner(Returned(self._performance, self._chunks))


class ListWithClose(list):
    """A list, whose class has a close() as well."""

    def __init__(self, performance, chunks):
        list.__init__(self, (chunk for chunk in chunks if not isinstance(chunk, Step)))
        self._performance = performance

    def close(self):
        self._performance.note("closed")


class ListByIteration(ListWithClose):
    """A list that makes its blocks as it is iterated over: its items are what they are made of."""

    def __init__(self, performance, chunks):
        ListWithClose.__init__(self, performance, chunks)
        self[:] = [chunk.swapcase() for chunk in list.__iter__(self)]

    def __iter__(self):
        self._performance.note("iter")
        return (item.swapcase() for item in list.__iter__(self))


class Closeless(object):
    def __init__(self, performance, chunks):
        self._returned = Returned(performance, chunks)

    def __iter__(self):
        return self

    def __next__(self):
        return self._returned._next_block()


SHAPES = {
    "iterator": Iterator,
    "iterable": Iterable,
    "falsy": Falsy,
    "equal_to_all": EqualToAll,
    "len_raises": LenRaises,
    "getitem": GetItem,
    "sized": Sized,
    "sized_once": SizedOnce,
    "list_with_close": ListWithClose,
    "list_by_iteration": ListByIteration,
    "closeless": Closeless,
    "bait": Bait,
    "broken": Broken,
}


HEADER_KINDS = {
    "tuple": tuple,
    "dict": dict,
    "iterator": iter,
    "lists": lambda pairs: [list(pair) for pair in pairs],
}


def os_thread():
    """Return the identity of the operating system's thread, also where greenlets pose as threads."""
    here = sys._getframe()
    for ident, frame in sys._current_frames().items():
        if frame is here:
            return ident
    return threading.get_ident()


class PlainWrapper(object):
    """What an application does where the server has no wsgi.file_wrapper."""

    def __init__(self, filelike):
        self._file = filelike

    def __iter__(self):
        return iter(lambda: self._file.read(8192), b"")

    def close(self):
        getattr(self._file, "close", lambda: None)()


class UpperCased(object):
    """A middleware that changes the octets of what it wraps."""

    def __init__(self, wrapped):
        self._wrapped = wrapped

    def __iter__(self):
        for block in self._wrapped:
            yield block.upper()

    def close(self):
        getattr(self._wrapped, "close", lambda: None)()


class Noting(object):
    """Notes each close() of a stream, but not the one by which the collector ends it."""

    _performance = None

    def close(self):
        if self._performance is not None and not getattr(self, "_finalizing", False):
            self._performance.note("file-closed")
        super(Noting, self).close()


class NotingFile(Noting, io.BufferedReader):
    """A file that has a descriptor."""


class NotingMemory(Noting, io.BytesIO):
    """A file whose fileno() raises."""


class OnlyRead(object):
    """An object with read() and nothing else."""

    __slots__ = ("_read",)

    def __init__(self, performance, octets):
        self._read = io.BytesIO(octets).read

    def read(self, size=-1):
        return self._read(size)


class BreaksOff(object):
    """A file whose second read() raises."""

    def __init__(self, performance, octets):
        self._performance = performance
        self._octets = octets

    def read(self, size=-1):
        if not self._octets:
            self._performance.do_raise("the file cannot be read any further")
        octets, self._octets = self._octets, b""
        return octets

    def close(self):
        self._performance.note("file-closed")


class DiskFails(BreaksOff):
    """A file whose second read() raises the OSError of a disk that fails."""

    def read(self, size=-1):
        if not self._octets:
            self._performance.note("raising", message="the disk fails")
            raise OSError(errno.EIO, "wsgicheck: the disk fails")
        return BreaksOff.read(self, size)


def on_disk(octets, kind=NotingFile):
    """Return a file on the disk that nobody else can open."""
    import tempfile

    descriptor, path = tempfile.mkstemp(dir=ROOM if os.access(ROOM, os.W_OK) else None)
    with os.fdopen(descriptor, "wb") as writing:
        writing.write(octets)
    stream = kind(io.FileIO(path))
    os.unlink(path)
    return stream


def packed_on_disk(octets):
    """Return a file whose descriptor has other octets than read() gives."""
    import gzip

    class NotingGzip(Noting, gzip.GzipFile):
        pass

    return NotingGzip(fileobj=on_disk(gzip.compress(octets)), mode="rb")


def open_file(kind, performance, octets):
    if kind == "memory":
        stream = NotingMemory(octets)
    elif kind == "disk":
        stream = on_disk(octets)
    elif kind == "gzip":
        stream = packed_on_disk(octets)
    elif kind == "pipe":
        reader, writer = os.pipe()
        with io.FileIO(writer, "wb") as writing:  # gevent puts off os.close(), and there is no end then
            writing.write(octets)
        stream = NotingFile(io.FileIO(reader))
    elif kind == "plain":  # what open() returns, and no subclass: nobody notes its closing
        return on_disk(octets, io.BufferedReader)
    else:
        return FILES[kind](performance, octets)
    stream._performance = performance
    return stream


class HeldFile(object):
    """A file-like object with read() and close() alone, both noted."""

    def __init__(self, performance, octets):
        self._performance = performance
        self._stream = io.BytesIO(octets)

    def read(self, *size):
        return self._stream.read(*size)

    def close(self):
        self._performance.note("file-closed")
        self._stream.close()

    def __iter__(self):
        return iter(lambda: self._stream.read(8192), b"")


class ShortReads(HeldFile):
    """A file that has less at a time than one asks for, like a device or a stream that is unpacked."""

    def read(self, size=-1):
        return self._stream.read(7 if size is None or size < 0 else min(size, 7))


FILES = {
    "short-reads": ShortReads,
    "held": HeldFile,
    "only-read": OnlyRead,
    "breaks-off": BreaksOff,
    "disk-fails": DiskFails,
}

application = Application()
