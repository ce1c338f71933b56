"""What the reference server takes for a request, and what it refuses."""

from __future__ import annotations

import socket

import pytest

HOST = b"Host: h\r\n"
OK = b"GET / HTTP/1.1\r\nHost: h\r\n\r\n"


def post(fields: bytes, body: bytes = b"") -> bytes:
    """A POST request with these fields."""
    return b"POST / HTTP/1.1\r\n" + HOST + fields + b"\r\n" + body


REFUSED = [
    (b"GET / HTTP/1.1\nHost: h\r\n\r\n", 400),
    (b"GET / HTTP/1.1\r\nHost: h\n\n", 400),
    (b"GET / HTTP/1.1\r\nHost: h\rX: 1\r\n\r\n", 400),
    (b"GET  / HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    (b"GET /\r\n" + HOST + b"\r\n", 400),
    (b"GET / HTTP/1.1 \r\n" + HOST + b"\r\n", 400),
    (b" GET / HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    (b"G@T / HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    (b"GET / http/1.1\r\n" + HOST + b"\r\n", 400),
    (b"GET / HTTP/1.10\r\n" + HOST + b"\r\n", 400),
    (b"GET / HTTP/2.0\r\n" + HOST + b"\r\n", 505),
    (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
    (b"GET / HTTP/0.9\r\n" + HOST + b"\r\n", 505),
    (b"\x16\x03\x01\x02\x00\x01\x00", 400),
    (b"GET /a#b HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    (b"GET /a\\b HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    (b"GET /a|b HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    (b"GET /\xe9 HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    (b"GET /%zz HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    (b"GET /?a[]=1 HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    (b"GET a HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    (b"GET * HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    (b"GET h:80 HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    (b"GET http:///p HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    (b"GET http://u@h/p HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    (b"GET ftp://h/p HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    (b"GET https://h/p HTTP/1.1\r\n" + HOST + b"\r\n", 421),
    (b"CONNECT h:80 HTTP/1.1\r\n" + HOST + b"\r\n", 501),
    (b"CONNECT h: HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    (b"CONNECT h:99999 HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    (b"CONNECT / HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    (b"GET / HTTP/1.1\r\n\r\n", 400),
    (b"GET / HTTP/1.1\r\nHost: h\r\nHost: h\r\n\r\n", 400),
    (b"GET / HTTP/1.0\r\nHost: h\r\nHost: h\r\n\r\n", 400),
    (b"GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400),
    (b"GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400),
    (b"GET / HTTP/1.1\r\nHost: u@h\r\n\r\n", 400),
    (b"GET / HTTP/1.1\r\nHost: h:x\r\n\r\n", 400),
    (b"GET / HTTP/1.1\r\nHost: a, b\r\n\r\n", 400),
    (b"GET / HTTP/1.1\r\n Host: h\r\n\r\n", 400),
    (b"GET / HTTP/1.1\r\n" + HOST + b"X: 1\r\n 2\r\n\r\n", 400),
    (b"GET / HTTP/1.1\r\n" + HOST + b"X : 1\r\n\r\n", 400),
    (b"GET / HTTP/1.1\r\n" + HOST + b"X\r\n\r\n", 400),
    (b"GET / HTTP/1.1\r\n" + HOST + b": 1\r\n\r\n", 400),
    (b"GET / HTTP/1.1\r\n" + HOST + b"X: a\0b\r\n\r\n", 400),
    (b"GET / HTTP/1.1\r\n" + HOST + b"X: a\x0bb\r\n\r\n", 400),
    (b"GET / HTTP/1.1\r\n" + HOST, 400),
    (b"GET / HTTP/1.1\r\n" + HOST + b"Expect: wonders\r\n\r\n", 417),
    (b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\n" + HOST + b"\r\n", 414),
    (b"A" * 9000 + b" / HTTP/1.1\r\n" + HOST + b"\r\n", 501),
    (b"A" * 65 + b" / HTTP/1.1\r\n" + HOST + b"\r\n", 501),
    (b"GET / HTTP/1.1\r\n" + HOST + b"X: " + b"a" * 70000 + b"\r\n\r\n", 431),
    (b"GET / HTTP/1.1\r\n" + HOST + b"X: a\r\n" * 101 + b"\r\n", 431),
    (post(b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n", b"0\r\n\r\n"), 400),
    (post(b"Transfer-Encoding: gzip, chunked\r\n", b"0\r\n\r\n"), 501),
    (post(b"Transfer-Encoding: gzip\r\n", b"x"), 400),
    (post(b"Transfer-Encoding: chunked, gzip\r\n", b"x"), 400),
    (post(b"Transfer-Encoding: chunked, chunked\r\n", b"0\r\n\r\n"), 400),
    (post(b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", b"0\r\n\r\n"), 400),
    (post(b"Transfer-Encoding: chunked;q=1\r\n", b"0\r\n\r\n"), 400),
    (post(b"Transfer-Encoding: xchunked\r\n", b"0\r\n\r\n"), 400),
    (post(b"Transfer-Encoding: ,chunked\r\n", b"0\r\n\r\n"), 400),
    (post(b"Transfer-Encoding:\r\n", b"0\r\n\r\n"), 400),
    (b"POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
    (post(b"Content-Length: 1\r\nContent-Length: 1\r\n", b"x"), 400),
    (post(b"Content-Length: 1, 1\r\n", b"x"), 400),
    (post(b"Content-Length: +1\r\n", b"x"), 400),
    (post(b"Content-Length: -1\r\n", b"x"), 400),
    (post(b"Content-Length: 1_0\r\n", b"x"), 400),
    (post(b"Content-Length: 0x1\r\n", b"x"), 400),
    (post(b"Content-Length:\r\n", b"x"), 400),
    (post(b"Content-Length: " + b"9" * 30 + b"\r\n", b"x"), 400),
    (post(b"Content-Length: " + b"9" * 5000 + b"\r\n", b"x"), 400),
    (post(b"Content-Type: a/b\r\nContent-Type: c/d\r\n"), 400),
]


@pytest.mark.parametrize(("octets", "status"), REFUSED, ids=lambda value: repr(value)[:60])
def test_refused(serve, recorder, octets, status):
    """A faulty request gets one dated answer that closes, never reaches the application, and is the last."""
    served = serve(recorder)
    (reply,) = served.exchange(octets + OK)
    assert reply.status == status
    assert reply.one("Connection") == b"close"
    assert reply.one("Date") and reply.one("Content-Length") and reply.complete
    assert recorder.environs == []


ACCEPTED = [
    (b"\r\n\r\n" + OK, "/"),
    (b"GET //a//b HTTP/1.1\r\n" + HOST + b"\r\n", "//a//b"),
    (b"GET /%e2%82%ac%2525%2F HTTP/1.1\r\n" + HOST + b"\r\n", "/\xe2\x82\xac%25/"),
    (b"GET /../a HTTP/1.1\r\n" + HOST + b"\r\n", "/../a"),
    (b"GET http://x.y:8 HTTP/1.1\r\n" + HOST + b"\r\n", "/"),
    (b"GET http://x.y:8?q HTTP/1.1\r\n" + HOST + b"\r\n", "/"),
    (b"GET HTTP://[::1]/z HTTP/1.1\r\n" + HOST + b"\r\n", "/z"),
    (b"OPTIONS * HTTP/1.1\r\n" + HOST + b"\r\n", ""),
    (b"OPTIONS http://h HTTP/1.1\r\n" + HOST + b"\r\n", ""),
    (b"BREW /tea HTTP/1.1\r\nHost:\r\n\r\n", "/tea"),
    (b"GET /h HTTP/1.1\r\nhOsT: h:\r\n\r\n", "/h"),
    (b"GET /v HTTP/1.7\r\n" + HOST + b"\r\n", "/v"),
    (b"GET /0 HTTP/1.0\r\n\r\n", "/0"),
    (b"GET /" + b"a" * 8000 + b" HTTP/1.1\r\n" + HOST + b"\r\n", "/" + "a" * 8000),
]


@pytest.mark.parametrize(("octets", "path"), ACCEPTED, ids=lambda value: repr(value)[:60])
def test_accepted(serve, recorder, octets, path):
    """What the grammar allows reaches the application with its path decoded exactly once."""
    assert serve(recorder).ask(octets).status == 200
    assert [environ["PATH_INFO"] for environ in recorder.environs] == [path]


def test_octets_that_will_never_be_a_request_are_refused_at_once(serve, recorder):
    """A client that speaks no HTTP gets its 400 although it sends no line end and keeps the connection."""
    client = serve(recorder).connect()
    client.send(b"\x80\x80")
    assert client.rest().startswith(b"HTTP/1.1 400 ")


def test_environ_strings(serve, recorder):
    """Fields become joined Latin-1 strings; those with underscores, and Proxy, are left out."""
    serve(recorder, variables={"deploy.key": "v"}).ask(
        b"GET /?x=%41+y?z HTTP/1.1\r\nHost: h\r\nX-Dup: a\r\nx-dup: b\r\nCookie: c=1\r\nCookie: d=2\r\n"
        b"X_Dup: evil\r\nProxy: evil\r\nX-L: \t\xe9\xff\t\r\nX-Empty:\r\nContent-Type: t/x\r\n\r\n"
    )
    (environ,) = recorder.environs
    assert environ["QUERY_STRING"] == "x=%41+y?z"
    assert environ["HTTP_X_DUP"] == "a, b"
    assert environ["HTTP_COOKIE"] == "c=1; d=2"
    assert environ["HTTP_X_L"] == "\xe9\xff"
    assert environ["HTTP_X_EMPTY"] == ""
    assert environ["CONTENT_TYPE"] == "t/x"
    assert environ["wsgi.version"] == (1, 0)
    assert environ["deploy.key"] == "v"
    assert environ["wsgi.multithread"] is True
    assert environ["SERVER_PORT"].isdigit() and environ["SERVER_NAME"] == "127.0.0.1"
    assert not {"HTTP_PROXY", "CONTENT_LENGTH", "HTTP_CONTENT_TYPE"} & set(environ)


def test_absolute_form_overrides_host(serve, recorder):
    """The Host field is ignored in favour of the authority of the target."""
    serve(recorder).ask(b"GET http://x.y:8/p?q HTTP/1.1\r\nHost: h\r\n\r\n")
    (environ,) = recorder.environs
    assert (environ["HTTP_HOST"], environ["PATH_INFO"], environ["QUERY_STRING"]) == ("x.y:8", "/p", "q")


CHUNKED = b"Transfer-Encoding: Chunked\r\n"


def test_chunked_body_is_decoded_and_its_trailers_are_dropped(serve, recorder):
    """Sizes in any case, extensions and trailers are understood, and the next request is found."""
    body = b'5;a="q\\"x";b ; c = d\r\nhello\r\n00A\r\n0123456789\r\n000\r\nX-Trailer: t\r\n\r\n'
    replies = serve(recorder).exchange(post(CHUNKED, body) + OK)
    assert [reply.body for reply in replies] == [b"<hello0123456789>", b"<>"]
    assert not {"CONTENT_LENGTH", "HTTP_TRANSFER_ENCODING", "HTTP_X_TRAILER"} & set(recorder.environs[0])


@pytest.mark.parametrize(
    "body",
    [
        b"5\nhello\r\n0\r\n\r\n",
        b"5 \r\nhello\r\n0\r\n\r\n",
        b"-5\r\nhello\r\n0\r\n\r\n",
        b"0x5\r\nhello\r\n0\r\n\r\n",
        b"\r\nhello\r\n0\r\n\r\n",
        b"5\r\nhelloX\r\n0\r\n\r\n",
        b"5;\r\nhello\r\n0\r\n\r\n",
        b"5;a\nb\r\nhello\r\n0\r\n\r\n",
        b"1" * 20 + b"\r\nhello\r\n0\r\n\r\n",
        b"5;" + b"a" * 5000 + b"\r\nhello\r\n0\r\n\r\n",
        b"5\r\nhel",
        b"5\r\nhello\r\n",
        b"5\r\nhello\r\n0\r\nX : y\r\n\r\n",
    ],
    ids=repr,
)
def test_malformed_chunks(serve, recorder, body):
    """Broken framing makes reading fail, is answered 400, and closes: it is never handed out as data."""
    reply = serve(recorder).exchange(post(CHUNKED, body))[0]
    assert (reply.status, reply.one("Connection")) == (400, b"close")


def test_input_reads_like_a_file(serve):
    """All ways of reading share one position, only LF ends a line, and the end is an end."""
    seen = []

    def application(environ, start_response):
        stream = environ["wsgi.input"]
        seen.extend([stream.read(0), stream.read(2), stream.readline(), stream.readline(2)])
        seen.extend([next(iter(stream)), stream.readlines(1), stream.readlines()])
        seen.extend([stream.read(), stream.read(5), stream.readline(), stream.readlines(), list(stream)])
        start_response("200 OK", [])
        return []

    body = b"abc\rd\x0b\x85\n" + b"12345\n" + b"x\ny\nz\nlast"
    served = serve(application)
    replies = served.exchange(post(b"Content-Length: %d\r\n" % len(body), body) + OK)
    assert len(replies) == 2
    assert seen[:7] == [b"", b"ab", b"c\rd\x0b\x85\n", b"12", b"345\n", [b"x\n"], [b"y\n", b"z\n", b"last"]]
    assert seen[7:12] == [b"", b"", b"", [], []]


def test_short_body_raises(serve):
    """A body that ends before its Content-Length is an error for the reader, and 400 for the client."""
    errors = []

    def application(environ, start_response):
        try:
            environ["wsgi.input"].read()
        except OSError as error:
            errors.append(error)
            raise
        raise AssertionError

    assert serve(application).ask(post(b"Content-Length: 9\r\n", b"abc")).status == 400
    assert len(errors) == 1


def test_unread_body_is_drained(serve):
    """A body that the application ignores is not taken for the next request."""

    def application(environ, start_response):
        start_response("200 OK", [])
        return [environ["REQUEST_METHOD"].encode()]

    replies = serve(application).exchange(post(b"Content-Length: %d\r\n" % len(OK), OK) + OK)
    assert [reply.body for reply in replies] == [b"POST", b"GET"]


def test_continue_is_sent_when_the_body_is_read(serve, recorder):
    """100 comes when the application reads, and once."""
    client = serve(recorder).connect()
    client.send(post(b"Expect: 100-Continue\r\nContent-Length: 5\r\n"))
    assert client.until(b"\r\n\r\n") == b"HTTP/1.1 100 Continue\r\n\r\n"
    client.send(b"hello")
    assert client.until(b"<hello>").count(b"HTTP/1.1") == 2
    client.socket.close()


def test_no_continue_without_reading_and_none_for_http_1_0(serve):
    """A final answer instead of 100 closes, since nobody knows whether the body will come."""

    def application(environ, start_response):
        start_response("200 OK", [])
        return [environ["wsgi.input"].read() if environ["SERVER_PROTOCOL"] == "HTTP/1.0" else b"x"]

    served = serve(application)
    client = served.connect()
    client.send(post(b"Expect: 100-continue\r\nContent-Length: 5\r\n"))
    assert b"\r\nConnection: close\r\n" in client.rest()
    old = b"POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\nhello"
    assert served.ask(old).body == b"hello"


def test_head_of_a_slow_client_times_out(serve, recorder):
    """408 ends a request that never becomes whole; silence ends a connection that never begins one."""
    served = serve(recorder)
    served.server.HEADER_TIMEOUT = served.server.IDLE_TIMEOUT = 0.05
    client = served.connect()
    client.send(b"GET / HT")
    assert client.rest().startswith(b"HTTP/1.1 408 ")
    assert served.connect().rest() == b""


def test_head_request_gets_refused_without_content(serve, recorder):
    """An error response to HEAD has the fields of the content, not the content."""
    client = serve(recorder).connect()
    client.send(b"HEAD /a#b HTTP/1.1\r\n\r\n")
    client.socket.shutdown(socket.SHUT_WR)
    head, end, rest = client.rest().partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 400 ") and end and not rest
