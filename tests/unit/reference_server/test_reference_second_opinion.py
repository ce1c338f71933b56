"""h11, a strict reader by other hands, on every response of the reference server, and that it can object."""

from __future__ import annotations

import pytest

from tests.second_opinion import EXPLAINED, Opinion, opinions, unexplained
from wsgicheck.catalog import all_checks
from wsgicheck.engine.session import Order, check_server
from wsgicheck.model.exchange import AppLog, HttpExchange, Segment, Server, WireLog
from wsgicheck.model.stimulus import Octets
from wsgicheck.transports.response_reader import ResponseReader

LENGTH = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"


def exchange(
    octets: bytes, *methods: str, sent: bytes = b"", ended: str = "eof", ours: bytes | None = None
) -> HttpExchange:
    """Return what was received; ``ours`` is what our reader was given, where it is to err."""
    methods = methods or ("GET",)
    reader = ResponseReader(methods)
    reader.feed(octets if ours is None else ours)
    reader.finish(orderly=ended == "eof")
    return HttpExchange(
        request=Octets(b"", methods),
        target="/",
        ticket="0" * 16,
        server=Server("h", 1, "h:1"),
        app=AppLog(),
        response=reader.responses[0] if reader.responses else None,
        responses=tuple(reader.responses),
        wire=WireLog(sent=(Segment(0.0, sent),), received=(Segment(0.0, octets),), ended=ended),
        surplus=reader.surplus,
    )


def objections(seen: HttpExchange) -> list[str]:
    return [opinion.objection for opinion in opinions(seen)]


@pytest.mark.parametrize(
    ("octets", "methods"),
    [
        (LENGTH, ("GET",)),
        (LENGTH + LENGTH, ("GET", "GET")),
        (b"HTTP/1.1 100 Continue\r\n\r\n" + LENGTH, ("POST",)),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n" + LENGTH, ("HEAD", "GET")),
        (b"HTTP/1.1 204 No Content\r\n\r\n" + LENGTH, ("GET", "GET")),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;a\r\nhi\r\n0\r\nA: b\r\n\r\n", ("GET",)),
        (b"HTTP/1.0 200 OK\r\n\r\nhello", ("GET",)),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello", ("GET",)),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", ("CONNECT",)),
    ],
)
def test_h11_agrees(octets: bytes, methods: tuple[str, ...]) -> None:
    found = objections(exchange(octets, *methods))
    assert found == [""] * len(methods)


@pytest.mark.parametrize(
    ("octets", "ours", "objection"),
    [
        (b"HTTP/1.1 200 OK\r\nA\x00: b\r\nContent-Length: 0\r\n\r\n", LENGTH, "h11 refuses it"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello", LENGTH, "h11 refuses it: peer closed"),
        (LENGTH.replace(b"hello", b"world"), LENGTH, "h11 reads 200 with b'world'"),
        (LENGTH.replace(b"200 OK", b"203 OK"), LENGTH, "h11 reads 203 with b'hello'"),
        (LENGTH + b"more", LENGTH, "what is behind the last response: b'more'"),
        (LENGTH, b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello", "h11 takes it for complete"),
    ],
)
def test_h11_objects_where_our_reader_errs(octets: bytes, ours: bytes, objection: str) -> None:
    assert objection in "".join(objections(exchange(octets, ours=ours)))


@pytest.mark.parametrize(
    "octets",
    [
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: x-a, chunked\r\n\r\n0\r\n\r\n",
        b"HTTP/1.1 101 Switching Protocols\r\n\r\n",
    ],
)
def test_an_objection_with_a_known_reason_is_explained(octets: bytes) -> None:
    (opinion,) = opinions(exchange(octets))
    assert opinion.objection and opinion.explained


def test_an_objection_without_a_known_reason_is_not_explained() -> None:
    assert not Opinion(exchange(LENGTH).responses[0], "h11 refuses it: illegal header line").explained
    assert all(len(reason) > 40 for reason in EXPLAINED.values())


def test_h11_accepts_every_response_of_the_reference_server() -> None:
    """Whole ones as they are, and those that are cut off on purpose as such."""
    report = check_server(Order("reference", all_checks()), lambda event: None)
    assert report.complete
    assert unexplained(report) == {}
    heard = [opinion for result in report.results for seen in result.evidence for opinion in opinions(seen)]
    assert len(heard) > 1000
    assert [opinion.objection for opinion in heard if opinion.objection] == []
