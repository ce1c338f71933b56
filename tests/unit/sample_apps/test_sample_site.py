"""The other applications, each as the site mounts it: in process under the validator, and served."""

import ast
import hashlib
import http.client
import io
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests

import sample_apps
from sample_apps import closing, download, echo, failing, streaming, upload, writing
from sample_apps.site import Mounts, application

Ask = Callable[..., Any]
PACKAGE = Path(sample_apps.__file__).parent

PAGES = [
    ("/", 200, "text/html; charset=utf-8", b"Welcome"),
    ("/about", 200, "text/html; charset=utf-8", b"sample site"),
    ("/hello/World", 200, "text/plain; charset=utf-8", b"Hello, World!\n"),
    ("/hello/Ren%C3%A9e%20%3Cb%3E", 200, "text/plain; charset=utf-8", "Hello, Ren\u00e9e <b>!\n".encode()),
    (
        "/colours?colour=red&size=1&colour=%3Cb%3E",
        200,
        "text/html; charset=utf-8",
        b"red</li><li>&lt;b&gt;</li>",
    ),
    ("/plain", 200, "text/plain", b"Hello, world!\n"),
    ("/plain/", 200, "text/plain", b"Hello, world!\n"),
    ("/echo/headers", 200, "application/json", b'"HTTP_HOST"'),
    ("/stream", 200, "text/plain", b"first\nsecond\nthird\n"),
    ("/stream/3", 200, "text/plain", b"line 1\nline 2\nline 3\n"),
    ("/stream/0", 200, "text/plain", b""),
    ("/closing", 200, "text/plain", b"open\nstill open\n"),
    ("/writing", 200, "text/plain", b"written first\nwritten second\nreturned third\nreturned fourth\n"),
    (
        "/writing/length",
        200,
        "text/plain",
        b"written first\nwritten second\nreturned third\nreturned fourth\n",
    ),
    ("/cookies", 200, "text/plain; charset=utf-8", b"visits: 1\n"),
    ("/failing", 200, "text/plain; charset=utf-8", b"/midway\n"),
    ("/failing/recovered", 500, "text/plain", failing.APOLOGY),
    ("/upload", 405, "text/html; charset=utf-8", b"POST, PUT"),
    ("/download", 200, "text/csv; charset=utf-8", b"19999,399960001\r\n"),
    ("/download/memory", 200, "text/csv; charset=utf-8", b"number,square\r\n0,0\r\n"),
    ("/download/rest", 200, "text/csv; charset=utf-8", b"19999,399960001\r\n"),
]
MISSING = [
    "/missing",
    "/about/",
    "/hello/",
    "/hello/a/b",
    "/about//",
    "/plain/x",
    "/echo/x",
    "/upload/x",
    "/stream/x",
    "/stream/-1",
    "/stream/100000",
    "/closing/x",
    "/writing/x",
    "/failing/x",
    "/download/x",
    "/cookies/x",
    "/pictures",
    "/pictures/",
    "/picturesque",
    "/echoes",
]


@pytest.mark.parametrize(("target", "status", "content_type", "words"), PAGES)
def test_pages(ask: Ask, address: str, target: str, status: int, content_type: str, words: bytes) -> None:
    """Every page has its status, type and words, in process and through a server."""
    answer = ask(application, target)
    assert (int(answer.status[:3]), answer.one("Content-Type")) == (status, content_type)
    assert words in answer.body
    response = requests.get(address + target, timeout=5)
    assert (response.status_code, response.headers["Content-Type"]) == (status, content_type)
    assert words in response.content


@pytest.mark.parametrize("target", MISSING)
def test_missing_pages(ask: Ask, address: str, target: str) -> None:
    """Everything else is not found, and the page says what."""
    answer = ask(application, target)
    assert (answer.status, answer.one("Content-Type")) == ("404 Not Found", "text/html; charset=utf-8")
    assert target.encode() in answer.body
    assert requests.get(address + target, timeout=5).status_code == 404


def test_the_missing_path_is_escaped(ask: Ask) -> None:
    """A path cannot become markup, and octets that are no text do no harm."""
    body = ask(application, "/%3Cscript%3E%22%27&%FF%C3%A9").body.decode()
    assert "/&lt;script&gt;&quot;&#x27;&amp;\ufffd\u00e9" in body
    assert "<script" not in body


@pytest.mark.parametrize("target", ["/", "/about", "/old", "/hello/x", "/pictures/octets.png", "/download"])
def test_methods_not_allowed(ask: Ask, target: str) -> None:
    """Pages that can only be read name the methods that read them."""
    answer = ask(application, target, "POST", b"x")
    assert (answer.status, answer.one("Allow")) == ("405 Method Not Allowed", "GET, HEAD")


@pytest.mark.parametrize("target", ["/", "/old", "/missing", "/echo", "/cookies", "/download", "/upload"])
def test_head_says_what_get_says(ask: Ask, target: str) -> None:
    """Where an application minds HEAD, it says what GET would say, without the body."""
    get, head = (ask(application, target, method, HTTP_COOKIE="") for method in ("GET", "HEAD"))
    assert (head.status, head.body) == (get.status, b"")
    if target != "/echo":
        assert head.fields == get.fields


def test_the_redirect_knows_its_mount_point(ask: Ask, address: str) -> None:
    """The old page leads to the new one by an absolute path, escaped, below whatever it is mounted at."""
    assert ask(application, "/old").one("Location") == "/about"
    assert ask(application, "/old").status == "302 Found"
    mounted = Mounts(application, {"caf\u00e9".encode().decode("latin-1"): application})
    assert ask(mounted, "/caf%C3%A9/old").one("Location") == "/caf%C3%A9/about"
    response = requests.get(address + "/old", timeout=5)
    assert (response.url, response.history[0].status_code) == (address + "/about", 302)


def test_mounting_moves_the_segment(ask: Ask) -> None:
    """SCRIPT_NAME grows by what PATH_INFO loses, and the caller's environ is left alone."""
    seen = []

    def inner(environ: Any, start_response: Any) -> list[bytes]:
        seen.append((environ["SCRIPT_NAME"], environ["PATH_INFO"]))
        start_response("200 OK", [("Content-Type", "text/plain")])
        return []

    mounts = Mounts(inner, {"a": inner})
    for target in ("/a", "/a/", "/a/b//c", "/a%2Fb", "/ab", "/b/a", "//a"):
        ask(mounts, target, SCRIPT_NAME="/top")
    assert seen == [
        ("/top/a", ""),
        ("/top/a", "/"),
        ("/top/a", "/b//c"),
        ("/top/a", "/b"),
        ("/top", "/ab"),
        ("/top", "/b/a"),
        ("/top", "//a"),
    ]


def test_keys_that_may_be_missing() -> None:
    """A server may leave out what would be empty; the site then shows its first page."""
    started: list[Any] = []

    def start_response(*arguments: Any) -> Callable[[bytes], None]:
        started.append(arguments)
        return started.append

    body = application({"REQUEST_METHOD": "GET"}, start_response)
    assert started[0][0] == "200 OK"
    assert b"Welcome" in b"".join(body)


def test_echo_of_fields(address: str) -> None:
    """Repeated keys, blank values and text of any script come back, of the query and of the form."""
    target = "/echo?a=1&b&a=2&c=%C3%A9+%26;d=%FF"
    told = requests.post(address + target, data=[("x", "1"), ("x", "\u00e9 &="), ("y", "")], timeout=5).json()
    assert told["query"] == {"a": ["1", "2"], "b": [""], "c": ["\u00e9 &;d=\ufffd"]}
    assert told["form"] == {"x": ["1", "\u00e9 &="], "y": [""]}
    assert (told["method"], told["path"]) == ("POST", "")


def test_echo_of_a_body(address: str) -> None:
    """A body comes back octet for octet, under its own type."""
    body = bytes(range(256)) * 300
    headers = {"Content-Type": "image/x-own; q=1"}
    response = requests.put(address + "/echo/body", data=body, headers=headers, timeout=5)
    assert (response.content, response.headers["Content-Type"]) == (body, "image/x-own; q=1")


@pytest.mark.parametrize("content_type", ["", "a\r\nX: y", "a\tb", "a\x7f"])
def test_echo_of_a_type_that_is_none(ask: Ask, content_type: str) -> None:
    """A type that could not stand in a header field is not sent back."""
    answer = ask(echo.application, "/body", "POST", b"x", CONTENT_TYPE=content_type)
    assert answer.one("Content-Type") == echo.UNKNOWN


def test_echo_of_headers(address: str) -> None:
    """Header fields come back under the names that CGI gives them."""
    told = requests.get(address + "/echo/headers", headers={"X-Odd-Name": "a, b"}, timeout=5).json()
    assert told["HTTP_X_ODD_NAME"] == "a, b"


def test_echo_has_a_limit(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    """A body too large to hold is refused."""
    monkeypatch.setattr(echo, "LARGEST", 10)
    assert ask(echo.application, "/body", "POST", b"x" * 10).status == "200 OK"
    assert ask(echo.application, "/body", "POST", b"x" * 11).status[:3] == "413"


@pytest.mark.parametrize("size", [0, 1, 65536, 65537, 300000])
def test_upload(ask: Ask, address: str, size: int) -> None:
    """The size and sum are those of what was sent, by either method."""
    body = bytes(range(251)) * (size // 251 + 1)
    body = body[:size]
    checksum = hashlib.sha256(body).hexdigest()
    want = {"size": size, "sha256": checksum}
    assert requests.post(address + "/upload", data=body, timeout=5).json() == want
    assert requests.put(address + "/upload", data=body, timeout=5).json() == want
    beyond = io.BytesIO(body + b"the next request")
    answer = ask(upload.application, "/", "POST", body, **{"wsgi.input": beyond})
    assert checksum.encode() in answer.body
    assert beyond.read() == b"the next request"


def test_upload_without_a_length(ask: Ask) -> None:
    """A body of no announced length is read only where the server promises it an end."""
    terminated = {"wsgi.input_terminated": True, "wsgi.input": io.BytesIO(b"x" * 70000)}
    assert b'"size": 70000' in ask(upload.application, "/", "POST", **terminated).body
    untouched = io.BytesIO(b"x")
    assert b'"size": 0' in ask(upload.application, "/", "POST", **{"wsgi.input": untouched}).body
    assert untouched.tell() == 0
    chunked = {"HTTP_TRANSFER_ENCODING": "chunked"}
    assert ask(upload.application, "/", "POST", **chunked).status == "411 Length Required"
    assert ask(echo.application, "/body", "POST", **chunked).status == "411 Length Required"


@pytest.mark.parametrize("length", ["ten", "-1", "1_0", "+1", "\u0661", "9" * 5000])
def test_upload_of_a_wrong_length(length: str) -> None:
    """A length that is no number is the client's fault."""
    environ = {"CONTENT_LENGTH": length, "wsgi.input": io.BytesIO(b"x")}
    started: list[str] = []

    def start_response(status: str, headers: Any) -> Callable[[bytes], Any]:
        started.append(status)
        return len

    # Past the validator, which refuses such an environ itself.
    application({**environ, "REQUEST_METHOD": "POST", "PATH_INFO": "/upload"}, start_response)
    application({**environ, "REQUEST_METHOD": "POST", "PATH_INFO": "/echo/body"}, start_response)
    assert started == ["400 Bad Request"] * 2


def test_streams_have_no_length_and_empty_blocks(ask: Ask) -> None:
    """The stream leaves its length to the server, and some of its blocks are empty."""
    assert ask(streaming.application, "/").all("Content-Length") == []
    assert b"" in streaming.BLOCKS
    assert ask(streaming.application, "/99999").body.count(b"\n") == 99999


def test_closing_counts(ask: Ask, address: str) -> None:
    """Every body that was opened was closed, also through a server and under HEAD."""
    before = closing.COUNTER.opened
    ask(closing.application, "/")
    requests.get(address + "/closing", timeout=5)
    told = requests.get(address + "/closing/count", timeout=5).json()
    assert told["opened"] == before + 2
    assert told["closed"] == told["opened"]


def test_writing_announces_its_length(ask: Ask) -> None:
    """What is written counts towards the length as what is returned does."""
    assert ask(writing.application, "/length").one("Content-Length") == str(writing.LENGTH)
    assert ask(writing.application, "/").all("Content-Length") == []


@pytest.mark.parametrize("how", ["before", "begun", "midway", "short", "late"])
def test_failures_reach_the_server(ask: Ask, how: str) -> None:
    """The failure is raised to the server, which alone can know what to do about it."""
    with pytest.raises(failing.Failure):
        ask(failing.application, "/" + how)


@pytest.mark.parametrize(("how", "status"), [("before", 500), ("begun", 500), ("midway", 200), ("late", 200)])
def test_failures_through_a_server(address: str, how: str, status: int) -> None:
    """What was not sent yet becomes a 500; what was sent stays."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc)
    connection.request("GET", "/failing/" + how)
    response = connection.getresponse()
    assert response.status == status
    if status == 200:
        assert response.read() == b"So far so good.\n"
    connection.close()


@pytest.mark.parametrize("wrapped", [True, False])
def test_downloads(ask: Ask, wrapped: bool) -> None:
    """The table is the same from a file and from memory, by wrapper or not; the rest begins later."""
    wrapper = {} if wrapped else {"wrapper": None}
    whole, memory, rest = (ask(download.application, path, **wrapper) for path in ("/", "/memory", "/rest"))
    assert whole == memory
    assert whole.body == download.HEADING + rest.body
    assert whole.body.count(b"\r\n") == download.ROWS + 1
    assert "filename*=UTF-8''pr%C3%A9cis%2020000.csv" in whole.one("Content-Disposition")


def test_cookies(address: str) -> None:
    """Two cookies are set, each in a field of its own, and the visits are counted."""
    with requests.Session() as session:
        for visit in (1, 2, 3):
            response = session.get(address + "/cookies", timeout=5)
            assert response.text == f"visits: {visit}\n"
            assert len(response.raw.headers.getlist("Set-Cookie")) == 2
        assert session.cookies.get_dict() == {"visits": "3", "colour": "blue"}


@pytest.mark.parametrize(
    "cookie", ["visits=-1", "visits=x", "visits=" + "9" * 5000, "a b; =;;", 'visits="', "\xe9=1"]
)
def test_cookies_that_are_none(ask: Ask, cookie: str) -> None:
    """A cookie that makes no sense counts as no visit."""
    assert ask(application, "/cookies", HTTP_COOKIE=cookie).body == b"visits: 1\n"


@pytest.mark.parametrize("path", sorted(PACKAGE.glob("*.py")), ids=lambda path: path.name)
def test_the_package_is_an_island(path: Path) -> None:
    """Only itself and the standard library are imported, in the syntax of Python 3.6."""
    tree = ast.parse(path.read_text("utf-8"), feature_version=(3, 6))
    for node in ast.walk(tree):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0
            names = [str(node.module)]
        for name in names:
            assert name.partition(".")[0] in sys.stdlib_module_names | {"sample_apps"}


@pytest.mark.parametrize("module", ["sample_apps", "sample_apps.router"])
def test_each_can_be_run(module: str) -> None:
    """Run as a module, it says where it listens and answers there."""
    command = [sys.executable, "-m", module, "--port", "0"]
    with subprocess.Popen(
        command, cwd=PACKAGE.parent, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            assert process.stdout is not None
            found = re.match(r"http://127\.0\.0\.1:\d+/", process.stdout.readline())
            assert found
            assert "Welcome" in requests.get(found.group(), timeout=5).text
        finally:
            process.kill()
