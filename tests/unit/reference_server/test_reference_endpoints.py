"""Where the reference server is reached: IPv6, UNIX sockets, TLS."""

from __future__ import annotations

import socket
import ssl
import threading

import pytest
import trustme

from reference_server.cli import make_tls
from tests.unit.reference_server.reference_clients import exchange_over, open_unix
from tests.unit.running import eventually

REQUEST = b"GET /a HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"


@pytest.fixture(scope="module")
def authority():
    return trustme.CA()


@pytest.fixture
def tls(authority):
    """A server's context with a certificate for localhost."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost").configure_cert(context)
    return context


@pytest.fixture
def secure(authority):
    """Connect to a port over TLS, with a client that trusts nobody else."""
    context = ssl.create_default_context()
    authority.configure_trust(context)
    # What the default context ignores: an end without a closure alert is an error here.
    context.options &= ~getattr(ssl, "OP_IGNORE_UNEXPECTED_EOF", 0)

    def connect(port: int) -> ssl.SSLSocket:
        plain = socket.create_connection(("127.0.0.1", port), timeout=5)
        return context.wrap_socket(plain, server_hostname="localhost", suppress_ragged_eofs=False)

    return connect


def test_ipv6_has_its_own_address_in_environ(serve, recorder):
    """SERVER_NAME stands in brackets (RFC 3875, 4.1.14), REMOTE_ADDR does not."""
    served = serve(recorder, host="::1")
    answer = exchange_over(socket.create_connection(("::1", served.server.port), timeout=5), REQUEST)
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert recorder.environs[0]["SERVER_NAME"] == "[::1]"
    assert recorder.environs[0]["SERVER_PORT"] == str(served.server.port)
    assert recorder.environs[0]["REMOTE_ADDR"] == "::1"
    assert served.server.describe_endpoint() == f"http://[::1]:{served.server.port}"


def test_unix_socket_is_served_and_removed(serve, recorder, tmp_path):
    """A client without an address gets none invented; the path goes when the server stops."""
    path = tmp_path / "s"
    served = serve(recorder, unix=str(path))
    assert exchange_over(open_unix(path), REQUEST).startswith(b"HTTP/1.1 200 ")
    environ = recorder.environs[0]
    assert (environ["SERVER_NAME"], environ["SERVER_PORT"]) == ("localhost", "80")
    assert environ["REMOTE_ADDR"] == "" and "REMOTE_PORT" not in environ
    served.server.stop()
    served.thread.join(5)
    assert not path.exists()


def test_stale_unix_socket_is_replaced(serve, recorder, tmp_path):
    """What a killed server left behind is in nobody's way."""
    path = tmp_path / "s"
    with socket.socket(socket.AF_UNIX) as killed:
        killed.bind(str(path))
    serve(recorder, unix=str(path))
    assert exchange_over(open_unix(path), REQUEST).startswith(b"HTTP/1.1 200 ")


def test_served_unix_socket_is_not_taken_away(serve, recorder, tmp_path):
    """A second server fails to bind, and the first one goes on."""
    path = tmp_path / "s"
    serve(recorder, unix=str(path))
    with pytest.raises(OSError, match="in use"):
        serve(recorder, unix=str(path))
    assert exchange_over(open_unix(path), REQUEST).startswith(b"HTTP/1.1 200 ")


def test_file_in_place_of_unix_socket_is_kept(serve, recorder, tmp_path):
    """A slip in the path must not cost a file."""
    path = tmp_path / "s"
    path.write_text("precious")
    with pytest.raises(FileExistsError):
        serve(recorder, unix=str(path))
    assert path.read_text() == "precious"


def test_tls_is_https_for_the_application(serve, recorder, tls, secure):
    """wsgi.url_scheme is https, and the connection ends with a closure alert (RFC 9112, 9.8)."""
    served = serve(recorder, tls=tls)
    answer = exchange_over(secure(served.server.port), REQUEST)
    assert answer.startswith(b"HTTP/1.1 200 ") and answer.endswith(b"<>")
    assert recorder.environs[0]["wsgi.url_scheme"] == "https"


def test_tls_keeps_connections(serve, recorder, tls, secure):
    """Two requests in one flight are two answers on one secure connection."""
    served = serve(recorder, tls=tls)
    first = REQUEST.replace(b"close", b"keep-alive")
    answer = exchange_over(secure(served.server.port), first + REQUEST)
    assert answer.count(b"HTTP/1.1 200 OK\r\n") == 2
    ports = {environ["REMOTE_PORT"] for environ in recorder.environs}
    assert len(ports) == 1


@pytest.mark.parametrize(("scheme", "status"), [(b"https", b"200"), (b"http", b"421"), (b"ftp", b"400")])
def test_tls_takes_the_absolute_form_of_its_scheme(serve, recorder, tls, secure, scheme, status):
    """RFC 9110, 7.4: a request for another scheme than the connection's is misdirected."""
    served = serve(recorder, tls=tls)
    request = REQUEST.replace(b"/a ", scheme + b"://localhost/a ")
    assert exchange_over(secure(served.server.port), request)[9:12] == status


def test_large_body_both_ways_over_tls(serve, tls, secure):
    """Records are cut at other places than blocks."""

    def echo(environ, start_response):
        start_response("200 OK", [("Content-Type", "application/octet-stream")])
        return iter(lambda: environ["wsgi.input"].read(70_001), b"")

    served = serve(echo, tls=tls)
    body = bytes(range(256)) * 4000
    head = b"POST / HTTP/1.0\r\nContent-Length: %d\r\n\r\n" % len(body)
    client = secure(served.server.port)
    answer = exchange_over(client, head + body)
    assert answer.partition(b"\r\n\r\n")[2] == body


def test_plain_http_on_a_tls_port_never_reaches_the_application(serve, recorder, tls, secure, capfd):
    """The handshake fails, quietly, and the next client is served."""
    served = serve(recorder, tls=tls)
    with served.connect().socket as client:
        client.sendall(REQUEST)
        received = b""
        while octets := client.recv(4096):
            received += octets
    assert not received.startswith(b"HTTP/")
    assert recorder.environs == []
    assert exchange_over(secure(served.server.port), REQUEST).startswith(b"HTTP/1.1 200 ")
    assert "Traceback" not in capfd.readouterr().err


def test_handshake_that_never_comes_keeps_nobody_waiting(serve, recorder, tls, secure):
    """Each connection shakes hands in its own thread, whatever the number of turns is."""
    served = serve(recorder, tls=tls, threads=1)
    with socket.create_connection(("127.0.0.1", served.server.port)):
        assert exchange_over(secure(served.server.port), REQUEST).startswith(b"HTTP/1.1 200 ")


def test_stop_ends_an_idle_tls_connection(serve, recorder, tls, secure):
    """A graceful stop is told by a closure alert, not by a cut."""
    served = serve(recorder, tls=tls)
    client = secure(served.server.port)
    client.sendall(REQUEST.replace(b"close", b"keep-alive"))
    while not (block := client.recv(65536)).endswith(b"<>"):
        assert block, "the server has ended the connection"
    stopping = threading.Thread(target=served.server.stop)
    stopping.start()
    assert client.recv(1) == b""
    stopping.join(20)
    assert not stopping.is_alive()
    client.close()


def test_stop_does_not_wait_for_a_handshake_that_never_comes(serve, recorder, tls, secure):
    """Nothing is under way yet that could be finished."""
    served = serve(recorder, tls=tls)
    with socket.create_connection(("127.0.0.1", served.server.port), timeout=5):
        with secure(served.server.port) as client:  # so the silent one has been taken, too
            client.sendall(REQUEST)
            assert client.recv(15) == b"HTTP/1.1 200 OK"
        eventually(lambda: len(served.server.connections) == 1, "only the silent one is left")
        served.server.stop()
        served.thread.join(served.server.STOP_TIMEOUT / 2)
        assert not served.thread.is_alive()


def test_renegotiation_is_not_offered(tmp_path, authority):
    """It would keep a server busy with handshakes that cost the client little."""
    certificate = authority.issue_cert("localhost")
    certificate.private_key_and_cert_chain_pem.write_to_path(tmp_path / "own.pem")
    context = make_tls(str(tmp_path / "own.pem"), None)
    assert context.options & ssl.OP_NO_RENEGOTIATION
    assert context.minimum_version >= ssl.TLSVersion.TLSv1_2
