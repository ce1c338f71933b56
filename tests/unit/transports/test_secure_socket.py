"""A connection over TLS: an end with a closure alert, one without, a half-close, and silence."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.transports.peers import Serving, drain, serving
from wsgicheck.servers.certificate import Certificate, issue
from wsgicheck.transports.connection import Connection
from wsgicheck.transports.secure_socket import client_context

Peer = Serving[ssl.SSLSocket]
LARGE = bytes(range(256)) * 8192


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return issue(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def context(certificate: Certificate) -> ssl.SSLContext:
    return client_context(certificate.authorities, any_name=False)


@pytest.fixture(params=[ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3], ids=lambda version: version.name)
def peer(certificate: Certificate, request: pytest.FixtureRequest) -> Iterator[Peer]:
    """Return what serves one connection over TLS in a given manner, and says where."""
    secured = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    secured.maximum_version = request.param
    secured.load_cert_chain(certificate.chain, certificate.key)
    with serving(lambda accepted: secured.wrap_socket(accepted, server_side=True)) as serve:
        yield serve


def test_an_end_with_a_closure_alert_is_told_from_one_without(peer: Peer, context: ssl.SSLContext) -> None:
    def politely(opened: ssl.SSLSocket) -> None:
        opened.sendall(b"x")
        opened.settimeout(5)
        opened.unwrap()

    for manner, alerted in ((politely, True), (lambda opened: opened.sendall(b"x"), False)):
        connection = Connection(peer(manner), time.monotonic() + 10, tls=context)
        drain(connection)
        log = connection.close()
        assert (log.ended, log.octets_received, log.alerted) == ("eof", b"x", alerted)


def test_a_plain_connection_knows_of_no_alert() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        connection = Connection(listener.getsockname(), time.monotonic() + 10)
        assert connection.close().alerted is None


def test_what_follows_our_alert_is_still_received(peer: Peer, context: ssl.SSLContext) -> None:
    """Also what came before it, and lay unread."""

    def answer(opened: ssl.SSLSocket) -> None:
        opened.sendall(b"before ")
        assert opened.recv(10) == b"x"
        while opened.recv(10):
            pass
        opened.sendall(b"behind")

    connection = Connection(peer(answer), time.monotonic() + 10, tls=context)
    assert connection.send(b"x")
    connection.finish_sending()
    drain(connection)
    assert connection.close().octets_received == b"before behind"


def test_an_incomplete_close_has_no_alert(peer: Peer, context: ssl.SSLContext) -> None:
    seen: list[str] = []

    def watch(opened: ssl.SSLSocket) -> None:
        opened.suppress_ragged_eofs = False
        try:
            seen.append(repr(opened.recv(10)))
        except ssl.SSLError as error:
            seen.append(type(error).__name__)

    for alert in (False, True):
        connection = Connection(peer(watch), time.monotonic() + 10, tls=context)
        connection.finish_sending(alert)
        drain(connection)
        connection.close()
    assert seen[1] == "b''" and seen[0] in ("SSLEOFError", "b''"), seen


def test_large_octets_go_both_ways(peer: Peer, context: ssl.SSLContext) -> None:
    def echo(opened: ssl.SSLSocket) -> None:
        octets = bytearray()
        while len(octets) < len(LARGE) and (block := opened.recv(65536)):
            octets += block
        opened.sendall(octets)

    connection = Connection(peer(echo), time.monotonic() + 30, tls=context)
    assert connection.send(LARGE)
    drain(connection)
    assert connection.close().octets_received == LARGE


def test_a_peer_that_does_not_speak_tls_or_says_nothing(context: ssl.SSLContext) -> None:
    def answer(listener: socket.socket) -> None:
        accepted, _ = listener.accept()
        with accepted:
            accepted.settimeout(20)
            accepted.recv(1000)
            accepted.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=answer, args=(listener,), daemon=True)
        thread.start()
        refused = Connection(listener.getsockname(), time.monotonic() + 10, tls=context)
        thread.join(20)
        assert not thread.is_alive()
        assert refused.ended == "reset" and refused.receive() == b"" and not refused.send(b"x")
        assert refused.close().ended == "reset"
        silent = Connection(listener.getsockname(), time.monotonic() + 0.2, tls=context)
        assert silent.close().ended == "timeout"


def test_a_certificate_of_somebody_else_is_not_believed(peer: Peer, tmp_path: Path) -> None:
    stranger = client_context(issue(tmp_path).authorities, any_name=True)
    connection = Connection(peer(lambda opened: None), time.monotonic() + 10, tls=stranger)
    assert connection.close().ended == "reset"
