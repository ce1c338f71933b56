"""The limits of the reference server, and the options that set them."""

from __future__ import annotations

import errno
import socket
import threading

import pytest

from reference_server import ReferenceServer, cli
from reference_server.state import Connection
from tests.unit.running import eventually

HEAD = b"POST / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n"


class Tight(ReferenceServer):
    """A server with little patience and less room."""

    MAX_BODY = 10
    IDLE_TIMEOUT = HEADER_TIMEOUT = BODY_TIMEOUT = 0.2


def test_content_up_to_the_limit_is_taken(serve, recorder):
    """Ten octets are ten octets, with a length and in chunks."""
    served = serve(recorder, Tight)
    assert served.ask(HEAD + b"Content-Length: 10\r\n\r\n0123456789").body == b"<0123456789>"
    chunks = b"5\r\n01234\r\n5\r\n56789\r\n0\r\n\r\n"
    assert served.ask(HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + chunks).body == b"<0123456789>"


def test_declared_content_beyond_the_limit_never_reaches_the_application(serve, recorder):
    """413 (RFC 9110, 15.5.14), though not an octet of it was sent."""
    served = serve(recorder, Tight)
    reply = served.ask(HEAD + b"Content-Length: 11\r\n\r\n")
    assert reply.status == 413 and reply.one("Connection") == b"close"
    assert recorder.environs == []


def test_chunked_content_beyond_the_limit_is_refused_where_it_shows(serve, recorder):
    """The application gets an OSError from read(), the client 413."""
    served = serve(recorder, Tight)
    reply = served.ask(HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + b"b\r\n0123456789a\r\n0\r\n\r\n")
    assert reply.status == 413
    assert len(recorder.environs) == 1


@pytest.mark.parametrize(
    ("octets", "answer"),
    [
        (b"", b""),
        (b"GET / HTTP/1.1\r\nHost: h\r\n", b"HTTP/1.1 408 "),
        (HEAD + b"Content-Length: 5\r\n\r\nabc", b"HTTP/1.1 408 "),
    ],
    ids=["idle", "head", "content"],
)
def test_waits_end(serve, recorder, octets, answer):
    """An idle connection is closed without a word (RFC 9112, 9.5), a request that stalls gets 408."""
    client = serve(recorder, Tight).connect()
    client.send(octets)
    assert client.rest()[:13] == answer


def test_dripping_does_not_renew_the_head_s_time(serve, recorder):
    """The deadline is for the whole head: a client that keeps sending octets is refused all the same."""
    client = serve(recorder, Tight).connect()
    client.socket.settimeout(0.02)
    client.send(b"GET / HTTP/1.1\r\nX: ")
    received = b""
    for _ in range(200):
        try:
            client.send(b"a")
            received += client.socket.recv(4096)
        except TimeoutError:
            continue
        except OSError:
            break
        if received:
            break
    assert received.startswith(b"HTTP/1.1 408 ")
    client.socket.close()


def test_slow_reader_holds_the_application_back(serve):
    """Back-pressure: what the client does not take is not asked of the application."""
    taken = []

    def endless(environ, start_response):
        start_response("200 OK", [("Content-Type", "application/octet-stream")])
        for number in range(2000):
            taken.append(number)
            yield b"x" * 65_536

    class Impatient(ReferenceServer):
        SEND_TIMEOUT = 0.3

    served = serve(endless, Impatient)
    client = served.connect()
    client.send(b"GET / HTTP/1.1\r\nHost: h\r\n\r\n")
    eventually(lambda: taken, "the application is called")
    served.server.stop()  # waits for the transaction, which ends by SEND_TIMEOUT
    served.thread.join(5)
    assert 0 < len(taken) < 1000
    client.socket.close()


def test_options_become_limits(recorder, monkeypatch, tmp_path):
    """Each option sets the attribute that the server reads."""
    options = ["its:app"]
    for number, (name, _, _, _) in enumerate(cli.LIMITS, 1):
        options += [f"--{name}", str(number)]
    monkeypatch.setattr(cli, "load_application", lambda name: recorder)
    server = cli.make_server(cli.make_parser().parse_args(options), ReferenceServer)
    assert [getattr(server, attribute) for _, attribute, _, _ in cli.LIMITS] == [
        *range(1, len(cli.LIMITS) + 1)
    ]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--max-line", "0"], "--max-line must be more than zero"),
        (["--idle-timeout", "-1"], "--idle-timeout must be more than zero"),
        (["--processes", "0"], "--processes must be at least 1"),
        (["--tls-key", "k"], "--tls-key needs --tls-cert"),
        (["--tls-cert", "/nowhere"], "cannot use the certificate"),
        (["--access-log", "/nowhere/log"], "cannot write the access log"),
        (["--unix", "/nowhere/s"], "cannot listen on /nowhere/s"),
    ],
    ids=repr,
)
def test_mistakes_are_explained(capsys, options, message):
    """A mistake is told in one line, with exit code 2."""
    assert cli.main(["os:getcwd", *options]) == 2
    error = capsys.readouterr().err
    assert message in error and error.count("\n") == 1


def test_listening_socket_survives_a_full_house(serve, recorder):
    """Beyond MAX_CONNECTIONS a client waits in the kernel's queue, and is served when there is room."""

    class Narrow(ReferenceServer):
        MAX_CONNECTIONS = 1

    served = serve(recorder, Narrow)
    first = served.connect()
    first.send(b"GET / HTTP/1.1\r\nHost: h\r\n\r\n")
    first.until(b"<>")
    second = served.connect()
    second.send(b"GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
    first.socket.shutdown(socket.SHUT_WR)
    assert second.rest().endswith(b"<>")
    first.socket.close()


def test_the_oldest_idle_connection_makes_room(serve, recorder):
    """Whoever asks for nothing locks nobody out; a connection with a request under way stays."""

    class Narrow(ReferenceServer):
        MAX_CONNECTIONS = 3

    served = serve(recorder, Narrow)
    busy = served.connect()
    busy.send(HEAD + b"Content-Length: 4\r\n\r\nab")
    idle = [served.connect() for _ in range(2)]
    for client in idle:
        client.send(b"GET / HTTP/1.1\r\nHost: h\r\n\r\n")
        client.until(b"<>")
    assert served.get(more="Connection: close\r\n").body == b"<>"
    assert idle[0].rest().endswith(b"<>")
    busy.send(b"cd")
    assert busy.rest().endswith(b"<abcd>")
    idle[1].socket.close()


def test_a_dripping_upload_does_not_hold_its_turn_for_ever(serve, recorder):
    """Each octet is progress, and yet the only turn is soon free again: the average counts."""

    class Pressed(ReferenceServer):
        BODY_TIMEOUT = 0.5
        MIN_RATE = 1000

    client = serve(recorder, Pressed, threads=1).connect()
    client.socket.settimeout(0.02)
    client.send(HEAD + b"Content-Length: 100000\r\n\r\n")
    received = b""
    for _ in range(500):
        try:
            client.send(b"a")
            received += client.socket.recv(4096)
        except TimeoutError:
            continue
        break
    assert received.startswith(b"HTTP/1.1 408 ")
    client.socket.close()


def test_an_application_that_pauses_is_not_the_client_s_fault(serve):
    """Only the time of waiting for content counts against its rate."""

    class Pressed(ReferenceServer):
        BODY_TIMEOUT = 0.2
        MIN_RATE = 1000

    def ponders(environ, start_response):
        first = environ["wsgi.input"].read(1)
        threading.Event().wait(0.5)
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [first + environ["wsgi.input"].read()]

    assert serve(ponders, Pressed).ask(HEAD + b"Content-Length: 3\r\n\r\nabc").body == b"abc"


@pytest.mark.parametrize("by_file", [False, True], ids=["blocks", "file"])
def test_a_dripping_reader_does_not_hold_its_turn_for_ever(serve, tmp_path, by_file):
    """It takes a little whenever the kernel's patience is nearly over."""
    path = tmp_path / "large"
    path.write_bytes(b"x" * 30_000_000)
    closed = threading.Event()

    def large(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "30000000")])
        if by_file:
            return environ["wsgi.file_wrapper"](open(path, "rb"))
        return [b"x" * 30_000_000]

    class Pressed(ReferenceServer):
        SEND_TIMEOUT = 0.2
        MIN_RATE = 10_000_000

        def close_iterable(self, transaction):
            super().close_iterable(transaction)
            closed.set()

    client = serve(large, Pressed).connect()
    client.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    client.send(b"GET / HTTP/1.1\r\nHost: h\r\n\r\n")
    for _ in range(500):
        client.socket.recv(3000)
        if closed.wait(0.02):
            break
    assert closed.is_set()
    client.socket.close()


def test_a_connection_for_which_no_thread_can_be_had_is_dropped(serve, recorder, monkeypatch, capfd):
    """The server goes on, and says once what is the matter."""
    served = serve(recorder)
    thread = threading.Thread

    class Starved(thread):
        def start(self):
            if self.name.startswith("starved"):
                raise RuntimeError("can't start new thread")
            super().start()

    def make(*positional, **named):
        return Starved(*positional, name="starved", **named)

    monkeypatch.setattr("reference_server.listening.threading.Thread", make)
    for _ in range(3):
        client = served.connect()
        assert client.rest() == b""
    monkeypatch.setattr("reference_server.listening.threading.Thread", thread)
    assert served.get(more="Connection: close\r\n").body == b"<>"
    eventually(lambda: not served.server.connections, "all ended")
    assert capfd.readouterr().err.count("can't start new thread") >= 1


def test_running_out_of_descriptors_is_told_once_and_passes(serve, recorder, monkeypatch, capfd):
    """Nothing is leaked, and clients in the queue are served when there are descriptors again."""
    served = serve(recorder)
    scarce = threading.Event()
    failed = threading.Semaphore(0)
    accept = served.server.listener.accept

    class Listener:
        def __getattr__(self, name):
            return getattr(listener, name)

        def accept(self):
            if not scarce.is_set():
                failed.release()
                raise OSError(errno.EMFILE, "Too many open files")
            return accept()

    listener = served.server.listener
    served.server.listener = Listener()
    client = served.connect()
    for _ in range(3):
        assert failed.acquire(timeout=5)
    scarce.set()
    client.send(b"GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
    assert client.rest().endswith(b"<>")
    assert capfd.readouterr().err.count("Too many open files") == 1


def test_a_dripped_head_costs_no_more_the_longer_it_is():
    """Each octet that arrives is looked at once or twice, not with all that came before it."""
    looked_at = 0

    class Counting(ReferenceServer):
        def check_line_ends(self, octets):
            nonlocal looked_at
            looked_at += len(octets)
            super().check_line_ends(octets)

    def receive(connection, deadline):
        connection.buffer += next(octets)
        return True

    octets = iter([*([b"a"] * 5000), b"\r", b"\n"])
    server = Counting(lambda environ, start_response: [])
    server.receive = receive
    ours, theirs = socket.socketpair()
    with ours, theirs:
        line = server.receive_line(Connection(ours, ("", 0), ("", 0)), 8000, 0.0)
    assert line == b"a" * 5000
    assert looked_at < 5000 * 4
