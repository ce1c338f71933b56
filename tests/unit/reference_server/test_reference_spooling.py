"""``--spool``: content that is taken in before the application is called."""

from __future__ import annotations

import gc
import os
import socket
import sys
import tempfile
import threading
import warnings

import pytest

from reference_server import ReferenceServer
from tests.unit.running import eventually

HEAD = b"POST / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
LARGE = bytes(range(256)) * 4000


class Spooler(ReferenceServer):
    """It keeps a hundred octets in memory, and shows what became of each spool."""

    SPOOL = 100

    def __init__(self, *positional, **named):
        self.spools = []
        self.in_files = []
        super().__init__(*positional, **named)

    def make_spool(self):
        self.spools.append(super().make_spool())
        return self.spools[-1]

    def run_in_turn(self, transaction):
        if transaction.body.spool is not None:
            self.in_files.append(transaction.body.spool._rolled)
        super().run_in_turn(transaction)


def in_chunks(content, size=30_011):
    pieces = [content[at : at + size] for at in range(0, len(content), size)]
    return b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\nX-Trailer: t\r\n\r\n"


@pytest.mark.parametrize(("size", "in_file"), [(1, False), (100, False), (101, True), (len(LARGE), True)])
@pytest.mark.parametrize("chunked", [False, True], ids=["length", "chunked"])
def test_content_is_whole_wherever_it_was_kept(serve, recorder, size, in_file, chunked):
    """Up to the limit in memory, beyond it in a file, and a length in either case."""
    content = LARGE[:size]
    served = serve(recorder, Spooler)
    framed = (
        CHUNKED + in_chunks(content) if chunked else HEAD + b"Content-Length: %d\r\n\r\n" % size + content
    )
    assert served.ask(framed).body == b"<" + content + b">"
    assert served.server.in_files == [in_file]
    assert recorder.environs[0]["CONTENT_LENGTH"] == str(size)
    assert "HTTP_TRANSFER_ENCODING" not in recorder.environs[0]


def test_the_four_ways_of_reading_share_one_position(serve):
    """As they do without a spool."""

    def reads(environ, start_response):
        stream = environ["wsgi.input"]
        parts = [stream.read(2), stream.readline(), stream.readline(3), *stream.readlines(4), *stream]
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"|".join([*parts, stream.read(), stream.read(5)])]

    content = b"abcd\nefghij\nkl\nmn\n" + b"o" * 200
    reply = serve(reads, Spooler).ask(HEAD + b"Content-Length: %d\r\n\r\n" % len(content) + content)
    assert reply.body == b"ab|cd\n|efg|hij\n|kl\n|mn\n|" + b"o" * 200 + b"||"


def test_a_slow_client_does_not_hold_the_only_turn(serve, recorder):
    """Another request is answered while the first one's content is under way."""
    served = serve(recorder, Spooler, threads=1)
    slow = served.connect()
    slow.send(HEAD + b"Content-Length: 300\r\n\r\n" + b"s" * 200)
    eventually(lambda: served.server.spools, "the content is being taken in")
    assert served.get(more="Connection: close\r\n").body == b"<>"
    assert [environ["REQUEST_METHOD"] for environ in recorder.environs] == ["GET"]
    slow.send(b"s" * 100)
    assert slow.rest().endswith(b"<" + b"s" * 300 + b">")


def test_without_it_the_application_runs_while_the_content_is_under_way(serve, recorder):
    """The control: by default nothing is taken in beforehand."""

    class Streamer(Spooler):
        SPOOL = 0

    served = serve(recorder, Streamer)
    client = served.connect()
    client.send(HEAD + b"Content-Length: 300\r\n\r\n")
    eventually(lambda: recorder.environs, "the application is called")
    client.send(b"s" * 300)
    assert client.rest().endswith(b"<" + b"s" * 300 + b">")
    assert served.server.spools == []


@pytest.mark.parametrize(
    ("octets", "status"),
    [
        (HEAD + b"Content-Length: 301\r\n\r\n", 413),
        (CHUNKED + b"12d\r\n" + b"x" * 301 + b"\r\n0\r\n\r\n", 413),
        (CHUNKED + b"3\r\nabc\r\nno size\r\n", 400),
        (CHUNKED + b"3\r\nabc\r\n", 400),
        (HEAD + b"Content-Length: 300\r\n\r\n" + b"x" * 299, 400),
    ],
    ids=["too large", "too large in chunks", "malformed", "chunks that end early", "cut short"],
)
def test_what_is_wrong_with_a_content_never_reaches_the_application(serve, recorder, octets, status):
    """And the connection closes, for nobody knows where the next request begins."""

    class Tight(Spooler):
        MAX_BODY = 300

    served = serve(recorder, Tight)
    reply = served.ask(octets)
    assert (reply.status, reply.one("Connection")) == (status, b"close")
    assert recorder.environs == []
    eventually(lambda: all(spool.closed for spool in served.server.spools), "the spools are gone")


def test_a_content_that_stalls_is_answered_408(serve, recorder):
    """The limits on time are the same as for an application that reads."""

    class Impatient(Spooler):
        BODY_TIMEOUT = 0.2

    client = serve(recorder, Impatient).connect()
    client.send(HEAD + b"Content-Length: 300\r\n\r\nabc")
    assert client.rest().startswith(b"HTTP/1.1 408 ")
    assert recorder.environs == []


def test_continue_is_sent_once_and_not_before_a_refusal(serve, recorder):
    """The server reads, so the client hears 100 before the application is called: the PEP's first way."""

    class Tight(Spooler):
        MAX_BODY = 300

    served = serve(recorder, Tight)
    client = served.connect()
    client.send(HEAD + b"Expect: 100-continue\r\nContent-Length: 300\r\n\r\n")
    assert client.until(b"\r\n\r\n") == b"HTTP/1.1 100 Continue\r\n\r\n"
    assert recorder.environs == []
    client.send(b"x" * 300)
    rest = client.rest()
    assert rest.count(b"HTTP/1.1 ") == 2 and rest.endswith(b"<" + b"x" * 300 + b">")
    assert served.ask(HEAD + b"Expect: 100-continue\r\nContent-Length: 301\r\n\r\n").status == 413


def test_unread_content_leaves_the_connection_to_the_next_request(serve):
    """However much of it there is: it has been taken in."""

    def ignores(environ, start_response):
        start_response("200 OK", [("Content-Length", "2")])
        return [b"ok"]

    large = b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3000000\r\n\r\n" + b"x" * 3_000_000
    served = serve(ignores, Spooler)
    replies = served.exchange(large + b"GET / HTTP/1.1\r\nHost: h\r\n\r\n")
    assert [(reply.status, reply.body) for reply in replies] == [(200, b"ok"), (200, b"ok")]


def raises(environ, start_response):
    """Fail, having read a little."""
    environ["wsgi.input"].read(1)
    raise ValueError("on purpose")


@pytest.mark.skipif(sys.platform != "linux", reason="the open files of a process are listed by Linux")
@pytest.mark.parametrize("ending", ["answered", "raised", "left"])
def test_the_file_is_gone_however_the_request_ends(serve, recorder, tmp_path, monkeypatch, ending):
    """Its folder is empty, no descriptor is left, and nothing waits for the collector to close it."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    served = serve(raises if ending == "raised" else recorder, Spooler)
    client = served.connect()
    client.send(HEAD + b"Content-Length: 300\r\n\r\n" + b"x" * 299)

    def in_folder():
        named = []
        for descriptor in os.listdir("/proc/self/fd"):
            try:
                named.append(os.readlink(f"/proc/self/fd/{descriptor}"))
            except OSError:
                continue
        return [name for name in named if name.startswith(str(tmp_path))]

    eventually(in_folder, "the content is in a file")
    assert os.listdir(tmp_path) == [], "it has no name, so that even a killed server leaves nothing"
    with warnings.catch_warnings():
        warnings.simplefilter("error", ResourceWarning)
        if ending == "left":
            client.socket.close()
        else:
            client.send(b"x")
            assert client.rest().startswith(b"HTTP/1.1 " + (b"500" if ending == "raised" else b"200"))
        eventually(lambda: all(spool.closed for spool in served.server.spools), "the spool is closed")
        assert in_folder() == []
        gc.collect()
    assert os.listdir(tmp_path) == []


def test_a_full_disk_is_not_the_client_s_fault(serve, recorder, capfd):
    """507, a line in the log, and the server goes on."""

    class Full(Spooler):
        def make_spool(self):
            spool = super().make_spool()
            spool.rollover = lambda: self.fail()
            return spool

        def fail(self):
            raise OSError(28, "No space left on device")

    served = serve(recorder, Full)
    reply = served.ask(HEAD + b"Content-Length: 300\r\n\r\n" + b"x" * 300)
    assert (reply.status, reply.one("Connection")) == (507, b"close")
    assert recorder.environs == []
    assert served.ask(HEAD + b"Content-Length: 3\r\n\r\nabc").body == b"<abc>"
    assert "No space left on device" in capfd.readouterr().err


def test_a_graceful_stop_lets_a_content_arrive(serve, recorder):
    """The request is under way, though the application has not heard of it yet."""
    served = serve(recorder, Spooler)
    client = served.connect()
    client.send(HEAD + b"Content-Length: 300\r\n\r\n" + b"x" * 200)
    eventually(lambda: served.server.spools, "the content is being taken in")
    stopper = threading.Thread(target=served.server.stop)
    stopper.start()
    stopper.join(5)
    client.send(b"x" * 100)
    client.socket.shutdown(socket.SHUT_WR)
    assert client.rest().endswith(b"<" + b"x" * 300 + b">")
