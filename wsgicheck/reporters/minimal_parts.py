"""What a minimal application is put together from, as text: see ``minimal_application``."""

from __future__ import annotations

SHOW = '''
def show(call, *arguments):
    """Print what a call returns or raises, and go on."""
    try:
        result = call(*arguments)
    except Exception as error:
        print(call.__name__, arguments, "raised", repr(error), file=sys.stderr)
    else:
        print(call.__name__, arguments, "returned", repr(result)[:200], file=sys.stderr)
        return result
'''
CONTENT_OF = '''
def content_of(environ):
    """Read the content: to its end where the server marks that, else up to its length."""
    if environ.get("wsgi.input_terminated"):
        return environ["wsgi.input"].read()
    return environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
'''
ONLY_READ = '''
class OnlyRead:
    """A file-like object with nothing but read()."""

    def __init__(self, octets):
        self.read = io.BytesIO(octets).read
'''
HELD = '''
class Held:
    """A file-like object with read() and close()."""

    def __init__(self, octets):
        self.read = io.BytesIO(octets).read

    def close(self):
        print("the file is closed", file=sys.stderr)
'''
SHORT_READS = '''
class ShortReads(Held):
    """A file that has less at a time than one asks for."""

    def __init__(self, octets):
        self.stream = io.BytesIO(octets)

    def read(self, size=-1):
        return self.stream.read(7 if size < 0 else min(size, 7))
'''
BREAKS_OFF = '''
class BreaksOff(Held):
    """A file-like object whose second read() raises."""

    def read(self, *size):
        self.read = self.fail
        return b"the beginning"

    def fail(self, *size):
        raise OSError("the disk is gone")

    def __init__(self, octets):
        pass
'''
GZIP = '''
def unpacked(octets):
    """Return a file whose descriptor has other octets than read() gives."""
    return gzip.GzipFile(fileobj=disk(gzip.compress(octets)))
'''
PIPE = '''
def pipe(octets):
    """Return a file that has a descriptor, but neither position nor size."""
    reader, writer = os.pipe()
    with open(writer, "wb") as stream:
        stream.write(octets)
    return open(reader, "rb")
'''
DISK = '''
def disk(octets):
    """Return a file on the disk that holds these octets."""
    file = tempfile.TemporaryFile()
    file.write(octets)
    file.seek(0)
    return file
'''
CLASSES = {
    "iterator": """
class Blocks:
    \"\"\"An iterator with a close().\"\"\"

    def __init__(self, blocks):
        self.blocks = blocks

    def __iter__(self):
        return self

    def __next__(self):
        return next(self.blocks)
""",
    "iterable": """
class Blocks:
    \"\"\"An iterable whose iterator is another object; close() is the iterable's.\"\"\"

    def __init__(self, blocks):
        self.blocks = blocks

    def __iter__(self):
        return self.blocks
""",
    "getitem": """
class Blocks:
    \"\"\"An iterable of the old protocol: __getitem__ until IndexError.\"\"\"

    def __init__(self, blocks):
        self.blocks = blocks

    def __getitem__(self, index):
        for block in self.blocks:
            return block
        raise IndexError(index)
""",
    "falsy": """
class Blocks:
    \"\"\"An iterable that is false.\"\"\"

    def __init__(self, blocks):
        self.blocks = blocks

    def __bool__(self):
        return False

    def __iter__(self):
        return self.blocks
""",
    "equal_to_all": """
class Blocks:
    \"\"\"An iterable that calls itself equal to whatever it is compared with.\"\"\"

    def __init__(self, blocks):
        self.blocks = blocks

    def __eq__(self, other):
        return True

    def __iter__(self):
        return self.blocks
""",
    "len_raises": """
class Blocks:
    \"\"\"An iterable that has a length, and does not know it.\"\"\"

    def __init__(self, blocks):
        self.blocks = blocks

    def __len__(self):
        raise NotImplementedError("the length is not known")

    def __iter__(self):
        return self.blocks
""",
    "sized": """
class Blocks:
    \"\"\"An iterable with a length that is no sequence.\"\"\"

    def __init__(self, blocks):
        self.blocks = blocks

    def __len__(self):
        return {length}

    def __iter__(self):
        return self.blocks
""",
    "bait": """
class Blocks:
    \"\"\"An iterator that looks like a file with other content.\"\"\"

    def __init__(self, blocks):
        self.blocks = blocks
        self.read = io.BytesIO(b"bait").read
        self.body = b"bait"

    def __iter__(self):
        return self

    def __next__(self):
        return next(self.blocks)

    def fileno(self):
        raise OSError("this is no file")
""",
    "list_with_close": """
class Blocks(list):
    \"\"\"A list with a close().\"\"\"
""",
    "list_by_iteration": """
class Blocks(list):
    \"\"\"A list that makes its blocks as it is iterated over.\"\"\"

    def __init__(self, blocks):
        super().__init__(block.swapcase() for block in blocks)

    def __iter__(self):
        return (item.swapcase() for item in super().__iter__())
""",
    "broken": """
class Blocks:
    \"\"\"An iterable that cannot be iterated.\"\"\"

    def __init__(self, blocks):
        pass

    def __iter__(self):
        raise RuntimeError("no iterator")
""",
}
CLASSES["sized_once"] = CLASSES["sized"]
CLOSE = """
    def close(self):
        print("close() was called", file=sys.stderr)
"""
FILES = {
    "disk": ("disk", DISK),
    "plain": ("disk", DISK),
    "memory": ("io.BytesIO", ""),
    "held": ("Held", HELD),
    "only-read": ("OnlyRead", ONLY_READ),
    "pipe": ("pipe", PIPE),
    "short-reads": ("ShortReads", HELD + "\n" + SHORT_READS),
    "breaks-off": ("BreaksOff", HELD + "\n" + BREAKS_OFF),
    "disk-fails": ("BreaksOff", HELD + "\n" + BREAKS_OFF),
    "gzip": ("unpacked", DISK + "\n" + GZIP),
}
