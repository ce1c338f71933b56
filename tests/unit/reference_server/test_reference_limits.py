"""The limits of the reference server, and the options that set them."""

from __future__ import annotations

import socket

import pytest

from reference_server import ReferenceServer, cli
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
