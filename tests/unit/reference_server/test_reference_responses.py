"""What the reference server makes of an application's answers."""

from __future__ import annotations

import gc
import io
import socket
import struct
import sys
import threading
import weakref

import pytest

GET = b"GET / HTTP/1.1\r\nHost: h\r\n\r\n"


class Blocks:
    """An iterable that counts what is done to it."""

    def __init__(self, *blocks):
        self.blocks = blocks
        self.asked = 0
        self.closed = []

    def __iter__(self):
        for block in self.blocks:
            self.asked += 1
            if isinstance(block, Exception):
                raise block
            yield block

    def close(self):
        """Remember the call."""
        self.closed.append(True)


def answering(result, status="200 OK", headers=()):
    """An application that answers always the same."""

    def application(environ, start_response):
        start_response(status, list(headers))
        return result

    return application


def test_framing(serve):
    """A length where it is known, else chunks for 1.1 and the end of the connection for 1.0."""
    assert serve(answering([b"abc"])).get().one("Content-Length") == b"3"
    assert serve(answering([])).get().one("Content-Length") == b"0"
    assert serve(answering([b"", b""])).get().one("Content-Length") == b"0"
    served = serve(answering([b"a", b"", b"b"]))
    reply = served.get()
    assert (reply.one("Transfer-Encoding"), reply.body, reply.complete) == (b"chunked", b"ab", True)
    old = served.get(version="1.0", more="Connection: keep-alive\r\n")
    assert (old.one("Transfer-Encoding"), old.one("Connection"), old.body) == (None, b"close", b"ab")


def test_persistence(serve):
    """HTTP/1.1 persists unless closed, 1.0 closes unless kept alive; after close nothing is served."""
    served = serve(answering([b"x"]))
    assert len(served.exchange(GET * 3)) == 3
    closing = GET.replace(b"\r\n\r\n", b"\r\nConnection: , foo, CLOSE ,\r\n\r\n")
    (reply,) = served.exchange(closing + GET)
    assert reply.one("Connection") == b"close"
    old = b"GET / HTTP/1.0\r\n\r\n"
    assert len(served.exchange(old + GET)) == 1
    kept = served.exchange(old.replace(b"\r\n\r\n", b"\r\nConnection: keep-alive\r\n\r\n") + GET)
    assert [reply.one("Connection") for reply in kept] == [b"keep-alive", None]


@pytest.mark.parametrize(
    ("method", "status", "headers", "length"),
    [
        ("HEAD", "200 OK", [("content-length", "5")], b"5"),
        ("HEAD", "200 OK", [], None),
        ("GET", "204 No Content", [("Content-Length", "5")], None),
        ("GET", "304 Not Modified", [("Content-Length", "5")], b"5"),
        ("GET", "205 Reset Content", [("Content-Length", "5")], b"0"),
    ],
)
def test_responses_without_content(serve, method, status, headers, length):
    """No octet of content is sent, the connection stays in step, and the iterable is closed."""
    bodies = []

    def application(environ, start_response):
        start_response(status, headers)
        bodies.append(Blocks(b"hello", b"more"))
        return bodies[-1]

    request = GET.replace(b"GET", method.encode())
    replies = serve(application).exchange(request * 2)
    assert [(reply.body, reply.one("Content-Length")) for reply in replies] == [(b"", length)] * 2
    assert all(reply.one("Transfer-Encoding") is None for reply in replies)
    assert all(len(body.closed) == 1 for body in bodies)


def test_too_much_data(serve, capfd):
    """The response is cut at its Content-Length, iteration stops, and write() raises."""
    body = Blocks(b"abc", b"def", b"ghi")
    served = serve(answering(body, headers=[("Content-Length", "4")]))
    (reply,) = served.exchange(GET)
    assert (reply.body, body.asked, len(body.closed)) == (b"abcd", 2, 1)
    assert "more data" in capfd.readouterr().err
    raised = []

    def writer(environ, start_response):
        write = start_response("200 OK", [("Content-Length", "3")])
        write(b"abc")
        try:
            write(b"d")
        except Exception as error:
            raised.append(error)
        return []

    assert serve(writer).get().body == b"abc" and raised


def test_too_little_data(serve, capfd):
    """Missing data closes the connection and is logged; with nothing sent yet, it is a 500."""
    body = Blocks(b"abc")
    (reply,) = serve(answering(body, headers=[("Content-Length", "9")])).exchange(GET * 2)
    assert not reply.complete and body.closed
    assert "only 3 bytes" in capfd.readouterr().err
    assert serve(answering([], headers=[("Content-Length", "9")])).get().status == 500


@pytest.mark.parametrize(
    ("blocks", "status"), [((ValueError("at once"),), 500), ((b"part", ValueError("midway")), 200)]
)
def test_error_during_iteration(serve, capfd, blocks, status):
    """Before the first block a 500; after it an abort without a last chunk. Closed and logged either way."""
    body = Blocks(*blocks)
    (reply,) = serve(answering(body)).exchange(GET * 2)
    assert (reply.status, reply.complete, len(body.closed)) == (status, status == 500, 1)
    assert "ValueError: " in capfd.readouterr().err


@pytest.mark.parametrize("result", [["text"], [bytearray(b"x")], b"raw", None, [None], 5])
def test_wrong_results(serve, result):
    """What is no iterable of bytestrings is an application error."""
    assert serve(answering(result)).get().status == 500


def test_missing_start_response(serve):
    """No status is invented, whether there is a body or none."""
    assert serve(lambda environ, start_response: [b"x"]).get().status == 500
    assert serve(lambda environ, start_response: []).get().status == 500


def test_error_in_close_does_not_corrupt(serve, capfd):
    """The response is complete, the error is logged, the connection goes on."""

    class Bad(list):
        def close(self):
            raise RuntimeError("in close")

    replies = serve(answering(Bad([b"x"]))).exchange(GET * 2)
    assert [reply.body for reply in replies] == [b"x", b"x"]
    assert "in close" in capfd.readouterr().err


def test_close_of_the_returned_object_and_old_iteration(serve):
    """Not the iterator but the returned object is closed, and __getitem__ is enough to be iterated."""

    class Old:
        closed = 0

        def __getitem__(self, index):
            return [b"a", b"b"][index]

        def close(self):
            """Count."""
            self.closed += 1

    old = Old()
    assert serve(answering(old)).get().body == b"ab"
    assert old.closed == 1


def test_blocks_are_not_delayed_and_disconnect_closes(serve):
    """Each block arrives while the application is stuck before the next; a gone client ends the iteration."""
    gate, closed = threading.Event(), threading.Event()

    class Endless:
        def __iter__(self):
            yield b""
            yield b"first"
            gate.wait(5)
            while True:
                yield b"x" * 65536

        def close(self):
            """Tell."""
            closed.set()

    client = serve(answering(Endless())).connect()
    client.send(GET)
    assert client.until(b"5\r\nfirst\r\n")
    client.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    client.socket.close()
    gate.set()
    assert closed.wait(5)


def test_head_waits_for_the_first_octet_of_the_body(serve):
    """Neither start_response() nor an empty block sends the head, which can still be replaced."""

    def application(environ, start_response):
        start_response("200 OK", [("X-Old", "1"), ("Content-Length", "99")])
        yield b""
        try:
            raise KeyError("late")
        except KeyError:
            start_response("500 Oops", [("X-New", "1")], sys.exc_info())
        yield b"sorry"

    reply = serve(application).get()
    assert (reply.line, reply.body) == (b"HTTP/1.1 500 Oops", b"sorry")
    assert reply.one("X-Old") is None and reply.one("X-New") == b"1" and reply.one("Content-Length") is None


def test_exc_info_after_the_head(serve):
    """The very same exception is raised again, and the response is aborted."""
    caught = []

    def application(environ, start_response):
        start_response("200 OK", [])
        yield b"part"
        try:
            raise KeyError("mine")
        except KeyError as error:
            try:
                start_response("500 Oops", [], sys.exc_info())
            except BaseException as raised:
                caught.append(raised is error)
                raise

    (reply,) = serve(application).exchange(GET)
    assert caught == [True] and reply.body == b"part" and not reply.complete


def test_exc_info_is_released(serve):
    """No reference to it outlives the call, so what its frames hold is free at once."""
    alive = []

    class Sentinel:
        pass

    def fail(start_response):
        sentinel = Sentinel()
        reference = weakref.ref(sentinel)
        try:
            raise KeyError
        except KeyError:
            start_response("200 OK", [], sys.exc_info())
        return reference

    def application(environ, start_response):
        gc.disable()
        try:
            alive.append(fail(start_response)())
        finally:
            gc.enable()
        return [b"x"]

    assert serve(application).get().body == b"x"
    assert alive == [None]


def test_second_call(serve):
    """Fatal without exc_info, even after a call that raised; a retry with exc_info succeeds."""
    raised = []

    def application(environ, start_response):
        for headers in ([("X", "a\nb")], []):
            try:
                start_response("200 OK", headers)
            except Exception as error:
                raised.append(type(error).__name__)
                info = sys.exc_info()
        start_response("503 Later", [], info)
        return [b"x"]

    reply = serve(application).get()
    assert raised == ["ValueError", "ApplicationFault"]
    assert reply.line == b"HTTP/1.1 503 Later"


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        ("404", []),
        ("404 ", []),
        (" 200 OK", []),
        ("200  OK", []),
        ("200 OK\r\n", []),
        ("200 O\x00K", []),
        ("200 \u20ac", []),
        ("100 Continue", []),
        ("\u0662\u0660\u0660 OK", []),
        (200, []),
        (b"200 OK", []),
        ("200 OK", ()),
        ("200 OK", [["X", "y"]]),
        ("200 OK", [("X", "y", "z")]),
        ("200 OK", [("X", 1)]),
        ("200 OK", [(b"X", b"y")]),
        ("200 OK", [("X:", "y")]),
        ("200 OK", [("X Y", "y")]),
        ("200 OK", [("", "y")]),
        ("200 OK", [("X\xe9", "y")]),
        ("200 OK", [("X", "a\r\nB: c")]),
        ("200 OK", [("X", "a\n")]),
        ("200 OK", [("X", "a\tb")]),
        ("200 OK", [("X", "a\x00")]),
        ("200 OK", [("X", "\u20ac")]),
        ("200 OK", [("Connection", "close")]),
        ("200 OK", [("tRANSFER-eNCODING", "chunked")]),
        ("200 OK", [("Upgrade", "h2c")]),
        ("200 OK", [("Content-Length", "x")]),
        ("200 OK", [("Content-Length", "1"), ("content-length", "1")]),
    ],
    ids=repr,
)
def test_faulty_heads(serve, status, headers):
    """start_response() itself raises, while the application is running."""
    raised = []

    def application(environ, start_response):
        try:
            start_response(status, headers)
        except (TypeError, ValueError) as error:
            raised.append(error)
            raise
        return [b"x"]

    assert serve(application).get().status == 500
    assert raised


def test_headers_pass_unchanged(serve):
    """The server plays dumb: order, repetition, unknown codes and Latin-1 survive; nothing is duplicated."""
    headers = [("dAtE", "Thu, 01 Jan 1970 00:00:00 GMT"), ("sErVeR", "mine"), ("CONTENT-LENGTH", "1")]
    headers += [("Set-Cookie", "a"), ("Set-Cookie", "b"), ("X-L", "caf\xe9")]
    reply = serve(answering([b"x"], "299 Strang\xe9 Thing!", headers)).get()
    assert reply.line == b"HTTP/1.1 299 Strang\xe9 Thing!"
    assert reply.fields == [(name.encode(), value.encode("latin-1")) for name, value in headers]


def test_write_and_iterable(serve):
    """What is written precedes what is yielded, and forbids to infer a length."""

    def application(environ, start_response):
        write = start_response("200 OK", [])
        write(b"")
        write(b"12")
        write(b"3")
        return [b"456"]

    reply = serve(application).get()
    assert (reply.body, reply.one("Content-Length")) == (b"123456", None)


def test_environ_is_the_applications(serve):
    """Clearing it harms nobody, not even a HEAD request, nor the next request."""

    def application(environ, start_response):
        assert type(environ) is dict and "x.leak" not in environ
        environ.clear()
        environ["x.leak"] = environ["REQUEST_METHOD"] = "GET"
        start_response("200 OK", [])
        return [b"x"]

    replies = serve(application).exchange((GET.replace(b"GET", b"HEAD") + GET) * 2)
    assert [reply.body for reply in replies] == [b"", b"x"] * 2


def test_error_stream(serve, capfd):
    """wsgi.errors takes any str, and only str."""

    def application(environ, start_response):
        errors = environ["wsgi.errors"]
        errors.write("tok\u20ac\udc80")
        errors.writelines(["A", "B\n"])
        errors.flush()
        with pytest.raises(TypeError):
            errors.write(b"x")
        start_response("200 OK", [])
        return []

    assert serve(application).get().status == 200
    assert capfd.readouterr().err.endswith("\\udc80AB\n")


def test_file_wrapper(serve):
    """Position at transmission, late seeks, Content-Length and close() are all honoured."""
    files = []

    class ReadOnly:
        def __init__(self):
            self.read = io.BytesIO(b"only").read

    def application(environ, start_response):
        wrap, path = environ["wsgi.file_wrapper"], environ["PATH_INFO"]
        file = ReadOnly() if path == "/only" else io.BytesIO(b"0123456789")
        files.append(file)
        wrapped = wrap(file, 3)
        headers = []
        if path == "/late":
            file.seek(7)
        elif path == "/short":
            headers = [("Content-Length", "4")]
        start_response("200 OK", headers)
        return [b"other"] if path == "/unused" else wrapped

    paths = [b"/", b"/late", b"/short", b"/only", b"/unused"]
    replies = serve(application).exchange(b"".join(GET.replace(b"/ ", path + b" ") for path in paths))
    assert [reply.body for reply in replies] == [b"0123456789", b"789", b"0123", b"only", b"other"]
    assert [getattr(file, "closed", None) for file in files] == [True, True, True, None, False]


def test_one_request_at_a_time(serve):
    """With one thread no two requests overlap, and yet idle connections block nobody."""
    inside, most = [], []
    lock = threading.Lock()

    def application(environ, start_response):
        with lock:
            inside.append(1)
            most.append(len(inside))
        start_response("200 OK", [])
        yield str(environ["wsgi.multithread"]).encode()
        with lock:
            inside.pop()

    served = serve(application, threads=1)
    idle = served.connect()
    clients = [served.connect() for _ in range(8)]
    for client in clients:
        client.send(GET)
    for client in clients:
        assert b"False" in client.until(b"0\r\n\r\n")
        client.socket.close()
    idle.socket.close()
    assert max(most) == 1


def test_positional_call_of_any_callable(serve):
    """Whatever the callable is, it gets two positional arguments, and SystemExit does not end the server."""

    class Application:
        def __call__(self, *arguments, **keywords):
            assert len(arguments) == 2 and not keywords
            raise SystemExit

    served = serve(Application())
    assert served.get().status == served.get().status == 500
