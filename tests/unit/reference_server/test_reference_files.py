"""``wsgi.file_wrapper`` with ``sendfile()``: the octets are the same, whichever way they go."""

from __future__ import annotations

import io
import os
import tempfile

import pytest

from reference_server import ReferenceServer

CONTENT = bytes(range(256)) * 2000
REQUEST = b"GET / HTTP/1.%d\r\nHost: h\r\nConnection: close\r\n\r\n"
needs_sendfile = pytest.mark.skipif(not hasattr(os, "sendfile"), reason="this platform has no sendfile()")


class Counting(ReferenceServer):
    """Notes what went by way of the kernel."""

    by_kernel = 0
    read = 0

    def send_file(self, transaction, wrapper):
        before = transaction.produced
        done = super().send_file(transaction, wrapper)
        self.by_kernel += transaction.produced - before
        return done

    def read_file_block(self, wrapper):
        block = super().read_file_block(wrapper)
        self.read += len(block)
        return block


class Loud(io.BufferedReader):
    """A file whose read() gives other octets than its descriptor has."""

    def read(self, size=-1, /):
        return super().read(size).swapcase()


@pytest.fixture
def wrap():
    """Make an application that returns a wrapped file, from *start* on."""
    opened = []

    def make(kind=open, length=None, start=0, content=CONTENT):
        def app(environ, start_response):
            with tempfile.NamedTemporaryFile(delete=False) as file:
                file.write(content)
            stream = kind(file.name, "rb") if kind is open else kind(io.FileIO(file.name))
            os.unlink(file.name)
            opened.append(stream)
            stream.read(start)
            headers = [("Content-Type", "application/octet-stream")]
            if length is not None:
                headers.append(("Content-Length", str(length)))
            start_response("200 OK", headers)
            return environ["wsgi.file_wrapper"](stream)

        return app

    yield make
    assert opened and all(stream.closed for stream in opened)


@needs_sendfile
def test_kernel_sends_the_rest_from_the_file_s_position(serve, wrap):
    """Python reads ahead, so the position of the descriptor is another one."""
    served = serve(wrap(length=len(CONTENT) - 7, start=7), Counting)
    (reply,) = served.exchange(REQUEST % 1)
    assert reply.body == CONTENT[7:]
    assert served.server.by_kernel == len(CONTENT) - 7 - ReferenceServer.FILE_BLOCK
    assert served.server.read == ReferenceServer.FILE_BLOCK


@needs_sendfile
def test_kernel_stops_at_the_content_length(serve, wrap):
    """Not an octet more than was announced."""
    served = serve(wrap(length=100_001), Counting)
    (reply,) = served.exchange(REQUEST % 1)
    assert reply.body == CONTENT[:100_001]
    assert served.server.by_kernel == 100_001 - ReferenceServer.FILE_BLOCK


@needs_sendfile
def test_old_client_gets_the_file_to_its_end(serve, wrap):
    """HTTP/1.0 has no chunks: the end of the connection is that of the file."""
    served = serve(wrap(), Counting)
    (reply,) = served.exchange(REQUEST % 0)
    assert reply.body == CONTENT and served.server.by_kernel > 0


@needs_sendfile
def test_file_shorter_than_announced_is_an_incomplete_answer(serve, wrap, capfd):
    """The client can tell, and the operator is told."""
    served = serve(wrap(length=len(CONTENT) + 1), Counting)
    (reply,) = served.exchange(REQUEST % 1)
    assert reply.body == CONTENT and not reply.complete
    assert f"only {len(CONTENT)} bytes" in capfd.readouterr().err
    assert served.server.by_kernel > 0


@pytest.mark.parametrize("kind", [Loud, io.BytesIO], ids=["subclass", "memory"])
def test_what_is_not_python_s_own_file_is_read(serve, wrap, kind):
    """Whoever overrides read() means it; what has no descriptor has no choice."""

    def in_memory(raw):
        with raw:
            return io.BytesIO(raw.read())

    made = in_memory if kind is io.BytesIO else kind
    served = serve(wrap(kind=made, length=len(CONTENT)), Counting)
    (reply,) = served.exchange(REQUEST % 1)
    assert reply.body == (CONTENT.swapcase() if kind is Loud else CONTENT)
    assert served.server.by_kernel == 0


def test_chunks_are_framed_here(serve, wrap):
    """Without a length, an HTTP/1.1 client gets chunks."""
    served = serve(wrap(), Counting)
    (reply,) = served.exchange(REQUEST % 1)
    assert reply.body == CONTENT and reply.complete and served.server.by_kernel == 0


def test_pipe_is_read_where_the_kernel_cannot(serve):
    """A pipe has no position."""
    content = b"x" * 50_000

    def app(environ, start_response):
        reader, writer = os.pipe()
        os.write(writer, content)
        os.close(writer)
        start_response("200 OK", [("Content-Length", str(len(content)))])
        return environ["wsgi.file_wrapper"](open(reader, "rb"), 1000)

    served = serve(app, Counting)
    (reply,) = served.exchange(REQUEST % 1)
    assert reply.body == content and served.server.by_kernel == 0
