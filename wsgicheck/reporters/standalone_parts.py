"""What the application of a play is put together from, as text: see ``standalone``."""

from __future__ import annotations

SEEN = '''\
HERE = os.path.dirname(os.path.abspath(__file__))


def seen(*words):
    """Write down what happens, beside this file."""
    with open(os.path.join(HERE, "{name}.seen"), "a", encoding="utf-8") as log:
        log.write(" ".join(map(str, words)) + "\\n")
'''
CALLED = '''\
def called(environ):
    """Write down the call, and what the environ holds."""
    seen("called" + request_of(environ))
    for key in sorted(environ, key=str):
        seen("  %s = %s %r" % (key, type(environ[key]).__name__, environ[key]))


def request_of(environ):
    """Tell several requests of one connection apart."""
    found = re.search("wct-[0-9a-f]{16}-([0-9a-z]+)", " ".join(map(str, environ.values())))
    return " for request %s" % found.group(1) if found else ""
'''
WAIT = '''\
def wait(gate):
    """Hold the application until the client has opened the gate."""
    seen("waits for", gate)
    deadline = time.time() + 20
    while not os.path.exists(os.path.join(HERE, "{name}.gate-" + gate)):
        if time.time() > deadline:
            return seen("nobody opens", gate)
        time.sleep(0.002)
    seen("goes on")
'''
READ = '''\
def read(call, method, *arguments):
    """Call a method of wsgi.input."""
    seen("wsgi.input.%s%r" % (method, arguments))
    try:
        got = getattr(call["input"], method)(*arguments)
    except Exception as error:
        seen("  raised %r" % error)
        raise
    call["consumed"] += len(got if isinstance(got, bytes) else b"".join(got))
    seen("  returned %r" % (got,))
    return got
'''
READ_ALL = '''\
def read_all(call, size=None):
    """Read the content to its end: up to CONTENT_LENGTH, or to the end of the stream."""
    known = call["length"] and not call["terminated"]
    left = int(call["length"]) - call["consumed"] if known else None
    if not known and not call["terminated"] and isinstance(call["input"], io.BufferedReader):
        return seen("no length, and a stream that may be the socket itself: left alone") or b""
    blocks = []
    while left is None or left > 0:
        sizes = [one for one in (size, left) if one is not None]
        block = call["input"].read(*([min(sizes)] if sizes else []))
        if not block:
            break
        blocks.append(block)
        left = left if left is None else left - len(block)
    content = b"".join(blocks)
    call["consumed"] += len(content)
    seen("content of %d octets, SHA-256 %s" % (len(content), hashlib.sha256(content).hexdigest()))
    seen("  %r" % content[:500])
    return content
'''
TRYING = '''\
@contextlib.contextmanager
def trying():
    """Go on whatever is raised."""
    try:
        yield
    except Exception as error:
        seen("raised %r" % error)
'''
RAISE_HOLDING = '''\
class Held:
    """Something that only the trapped error keeps alive."""


def raise_holding(call, message):
    """Raise an error, as a handler finds it."""
    held = Held()
    call["held"] = weakref.ref(held)
    raise RuntimeError(message)
'''
FILE = '''\
class Noting:
    """A stream whose closing is noted."""

    def close(self):
        if not getattr(self, "closed", False):
            seen("the file is closed")
        super().close()


class Memory(Noting, io.BytesIO):
    """A file without a descriptor."""


class Disk(Noting, io.BufferedReader):
    """A file with one."""


class Plain:
    """An object with read() and close(), and nothing else."""

    def __init__(self, octets):
        self.stream = io.BytesIO(octets)

    def read(self, *size):
        return self.stream.read(*size)

    def close(self):
        seen("the file is closed")


class OnlyRead:
    """An object with read() alone."""

    def __init__(self, octets):
        self.read = io.BytesIO(octets).read


class ShortReads(Plain):
    """A file that has less at a time than one asks for."""

    def read(self, size=-1):
        return self.stream.read(7 if size < 0 else min(size, 7))


class Gzip(Noting, gzip.GzipFile):
    """A file whose descriptor has other octets than read() gives."""


class BreaksOff(Plain):
    """A file whose second read() raises."""

    def __init__(self, octets):
        self.octets = octets

    def read(self, *size):
        if not self.octets:
            raise RuntimeError("the file cannot be read any further")
        octets, self.octets = self.octets, b""
        return octets


class DiskFails(BreaksOff):
    """A file whose second read() raises the error of a disk that fails."""

    def read(self, *size):
        if not self.octets:
            raise OSError(5, "the disk fails")
        return BreaksOff.read(self, *size)


def on_disk(octets, kind):
    """Return a file on the disk."""
    descriptor, path = tempfile.mkstemp()
    with os.fdopen(descriptor, "wb") as writing:
        writing.write(octets)
    opened = kind(io.FileIO(path))
    os.unlink(path)
    return opened


def open_file(kind, octets):
    """Open a file of some kind."""
    if kind == "memory":
        return Memory(octets)
    if kind == "pipe":
        reader, writer = os.pipe()
        with io.FileIO(writer, "wb") as writing:
            writing.write(octets)
        return Disk(io.FileIO(reader))
    if kind in ("disk", "plain"):
        return on_disk(octets, io.BufferedReader if kind == "plain" else Disk)
    if kind == "gzip":
        return Gzip(fileobj=on_disk(gzip.compress(octets), Disk), mode="rb")
    kinds = {"held": Plain, "only-read": OnlyRead, "short-reads": ShortReads, "breaks-off": BreaksOff}
    return {**kinds, "disk-fails": DiskFails}[kind](octets)
'''
WRAP = '''\
def wrap(environ, stream, *block_size):
    """Wrap a file as the server offers it."""
    if "wsgi.file_wrapper" not in environ:
        seen("there is no wsgi.file_wrapper")
        return iter(lambda: stream.read(8192), b"")
    return environ["wsgi.file_wrapper"](stream, *block_size)
'''
BODY = '''\
class Body:
    """What the application returns: every use of it is noted."""

    def __init__(self, blocks, closing):
        self.blocks, self.closing = blocks, closing

    def __iter__(self):
        seen("iter()")
        return self

    def __next__(self):
        block = next(self.blocks)
        seen("yields %r" % block[:60])
        return block

    def close(self):
        seen("close()")
        self.closing()
'''
SHAPES = {
    "iterable": '''\
class Iterable(Body):
    """Its iterator is another object, which need not be closed."""

    def __iter__(self):
        seen("iter()")
        inner = Body(self.blocks, lambda: None)
        inner.close = lambda: seen("close() of the iterator, which is not what was returned")
        return inner
''',
    "sized": '''\
class Sized(Body):
    """It has a length, and each iteration begins anew."""

    length = 0

    def __iter__(self):
        seen("iter()")
        return Body(self.anew(), lambda: None)

    def __len__(self):
        return self.length
''',
    "list_with_close": '''\
class ListWithClose(list):
    """A list of a class that has close()."""

    def __init__(self, blocks, closing):
        super().__init__(blocks)

    def close(self):
        seen("close()")
''',
    "list_by_iteration": '''\
class ListByIteration(list):
    """A list that makes its blocks as it is iterated over: its items are what they are made of."""

    def __init__(self, blocks, closing):
        super().__init__(block.swapcase() for block in blocks)

    def __iter__(self):
        seen("iter()")
        return (item.swapcase() for item in super().__iter__())

    def close(self):
        seen("close()")
''',
    "getitem": '''\
class GetItem:
    """The legacy protocol: no iter(), but items by number."""

    def __init__(self, blocks, closing):
        self.blocks, self.closing = blocks, closing

    def __getitem__(self, index):
        try:
            return next(self.blocks)
        except StopIteration:
            raise IndexError(index)

    def close(self):
        seen("close()")
        self.closing()
''',
    "falsy": '''\
class Falsy(Iterable):
    """An iterable that is false."""

    def __bool__(self):
        seen("it was asked whether it is true")
        return False
''',
    "equal_to_all": '''\
class EqualToAll(Iterable):
    """An iterable that calls itself equal to whatever it is compared with."""

    __hash__ = object.__hash__

    def __eq__(self, other):
        return seen("it was compared with", other) or True

    def __ne__(self, other):
        return not self == other
''',
    "len_raises": '''\
class LenRaises(Iterable):
    """An iterable that has a length, and does not know it."""

    def __len__(self):
        raise NotImplementedError("the length is not known")
''',
    "closeless": '''\
class Closeless:
    """An iterator without close()."""

    def __init__(self, blocks, closing):
        self.blocks = blocks

    def __iter__(self):
        return self

    def __next__(self):
        return next(self.blocks)
''',
    "broken": '''\
class Broken(Body):
    """iter() of it raises."""

    def __iter__(self):
        seen("iter() raises")
        raise RuntimeError("in iter()")
''',
    "bait": '''\
class Bait(Body):
    """An iterator that looks like a file with other content."""

    def read(self, *size):
        return seen("read(), which the PEP does not name") or b"bait"

    getvalue = read
    content = body = property(read)
''',
    "upper_cased": '''\
class UpperCased:
    """A middleware that changes the octets of what it wraps."""

    def __init__(self, wrapped):
        self.wrapped = wrapped

    def __iter__(self):
        return (block.upper() for block in self.wrapped)

    def close(self):
        getattr(self.wrapped, "close", lambda: None)()
''',
}
CLASSES = {
    "iterator": "Body",
    "iterable": "Iterable",
    "sized": "Sized",
    "sized_once": "Sized",
    "falsy": "Falsy",
    "equal_to_all": "EqualToAll",
    "len_raises": "LenRaises",
    "getitem": "GetItem",
    "closeless": "Closeless",
    "list_with_close": "ListWithClose",
    "list_by_iteration": "ListByIteration",
    "broken": "Broken",
    "bait": "Bait",
}
