"""The static files: what they say of themselves, and that there is no way out of their folder."""

import http.client
import io
import os
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests

from sample_apps import static_files
from sample_apps.static_files import PICTURES, StaticFiles

SECRET = b"the outside file"
Ask = Callable[..., Any]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder to serve, a file and a like-named folder beside it, and links that lead out and astray."""
    inside = tmp_path / "public"
    (inside / "sub").mkdir(parents=True)
    (inside / "page.txt").write_bytes(b"inside")
    (inside / ".hidden").write_bytes(SECRET)
    (inside / "back\\slash.txt").write_bytes(SECRET)
    (inside / "C:drive.txt").write_bytes(SECRET)
    for name in ("con", "NUL.txt", "com1.tar.gz", "aux .txt", "page.txt.", "page.txt "):
        (inside / name).write_bytes(SECRET)
    (inside / "zero").symlink_to("/dev/zero")
    (inside / "-loop").symlink_to("-loop")
    (tmp_path / "secret.txt").write_bytes(SECRET)
    (tmp_path / "public-not").mkdir()
    (tmp_path / "public-not" / "secret.txt").write_bytes(SECRET)
    (inside / "link.txt").symlink_to(tmp_path / "secret.txt")
    (inside / "relative.txt").symlink_to("../secret.txt")
    (inside / "out").symlink_to(tmp_path)
    (inside / "neighbour").symlink_to(tmp_path / "public-not")
    (inside / "again.txt").symlink_to("page.txt")
    os.mkfifo(inside / "pipe")
    return inside


ESCAPES = [
    "/../secret.txt",
    "/%2e%2e/secret.txt",
    "/..%2fsecret.txt",
    "/%252e%252e/secret.txt",
    "/sub/../../secret.txt",
    "/sub/../page.txt",
    "/./page.txt",
    "/../public/page.txt",
    "/../public-not/secret.txt",
    "/..\\secret.txt",
    "/sub\\..\\..\\secret.txt",
    "/..%5csecret.txt",
    "/%c0%ae%c0%ae/secret.txt",
    "/..;/secret.txt",
    "/..%00/secret.txt",
    "//secret.txt",
    "//page.txt",
    "/%2f{outside}",
    "/{outside}",
    "{outside}",
    "secret.txt",
    "../secret.txt",
    "page.txt",
    "/C:/secret.txt",
    "/page.txt::$DATA",
    "/back\\slash.txt",
    "/back%5Cslash.txt",
    "/C:drive.txt",
    "/con",
    "/NUL.txt",
    "/com1.tar.gz",
    "/aux%20.txt",
    "/page.txt.",
    "/page.txt%20",
    "/zero",
    "/page.txt%00",
    "/page.txt%00.png",
    "/%00",
    "/page.txt/",
    "/page.txt/../page.txt",
    "/link.txt",
    "/relative.txt",
    "/out/secret.txt",
    "/neighbour/secret.txt",
    "/out/public/../secret.txt",
    "/-loop",
    "/pipe",
    "/.hidden",
    "/sub",
    "/sub/",
    "/",
    "*",
    "/missing.txt",
    "/%ff%fe.txt",
    "/" + "n" * 5000,
    "/" + "n/" * 5000 + "n",
]


@pytest.mark.parametrize("target", ESCAPES, ids=lambda target: target[:40])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_no_escape_finds_anything(ask: Ask, folder: Path, target: str, method: str) -> None:
    """Whatever is not a plain name of a regular file inside is not found, and nothing of it is shown."""
    target = target.format(outside=folder.parent / "secret.txt")
    application = StaticFiles(str(folder))
    if not target.startswith("/"):
        # The validator refuses a path without its slash: only a server that is wrong already sends one.
        assert application.open(target) is None
        return
    answer = ask(application, target, method)
    assert answer.status == "404 Not Found"
    assert SECRET not in answer.body
    assert answer.body != b"inside"


def test_the_secret_would_have_been_readable(ask: Ask, folder: Path) -> None:
    """The control: the file outside is there, and is served when its own folder is."""
    assert ask(StaticFiles(str(folder.parent)), "/secret.txt").body == SECRET


def test_a_name_that_only_begins_like_a_device_is_a_name(ask: Ask, folder: Path) -> None:
    for name in ("console.txt", "null", "com10x", "auxiliary"):
        (folder / name).write_bytes(b"inside")
        assert ask(StaticFiles(str(folder)), "/" + name).body == b"inside"


def test_a_link_that_stays_inside_is_followed(ask: Ask, folder: Path) -> None:
    """Links are judged by where they end, not by being links."""
    assert ask(StaticFiles(str(folder)), "/again.txt").body == b"inside"


def test_the_folder_itself_may_be_a_link(ask: Ask, folder: Path) -> None:
    """A folder reached by a link is the folder it leads to."""
    (folder.parent / "alias").symlink_to(folder)
    application = StaticFiles(str(folder.parent / "alias"))
    assert ask(application, "/page.txt").body == b"inside"
    assert ask(application, "/link.txt").status == "404 Not Found"


@pytest.mark.parametrize(
    "target", ["/../static_files.py", "/%2e%2e/static_files.py", "/..%2Fstatic_files.py"]
)
def test_no_escape_through_a_real_server(address: str, target: str) -> None:
    """Through a server, from the site's own mount, the source beside the folder stays unseen."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc)
    connection.request("GET", "/pictures" + target)
    response = connection.getresponse()
    assert response.status == 404
    assert b"import" not in response.read()
    connection.close()


def chunks_of(picture: bytes) -> dict[bytes, bytes]:
    """Take a PNG apart, checking every sum."""
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    stream, chunks = io.BytesIO(picture[8:]), {}
    while head := stream.read(8):
        length, name = struct.unpack(">I4s", head)
        chunks[name] = stream.read(length)
        assert struct.unpack(">I", stream.read(4))[0] == zlib.crc32(name + chunks[name])
    return chunks


def test_the_png_is_valid_and_holds_every_octet() -> None:
    """The picture can be decoded, and no octet value is missing from it."""
    picture = Path(PICTURES, "octets.png").read_bytes()
    chunks = chunks_of(picture)
    assert next(iter(chunks)) == b"IHDR"
    assert list(chunks)[-1] == b"IEND"
    assert len(zlib.decompress(chunks[b"IDAT"])) == 8 * (1 + 8 * 3)
    assert chunks[b"ocTs"] == bytes(range(256))


@pytest.mark.parametrize(
    ("target", "content_type", "name"),
    [
        ("/octets.png", "image/png", "octets.png"),
        ("/small/dot.gif", "image/gif", "small/dot.gif"),
        ("/circle.svg", "image/svg+xml", "circle.svg"),
        ("/blue%20caf%C3%A9.svg", "image/svg+xml", "blue caf\u00e9.svg"),
        ("/lines.txt", "text/plain; charset=utf-8", "lines.txt"),
        ("/empty.txt", "text/plain; charset=utf-8", "empty.txt"),
    ],
)
@pytest.mark.parametrize("wrapped", [True, False])
def test_every_picture_arrives_unchanged(
    ask: Ask, address: str, target: str, content_type: str, name: str, wrapped: bool
) -> None:
    """The octets, their type and length are those of the file, in process and through a server."""
    octets = Path(PICTURES, name).read_bytes()
    answer = ask(static_files.application, target, **({} if wrapped else {"wrapper": None}))
    assert (answer.status, answer.body) == ("200 OK", octets)
    assert (answer.one("Content-Type"), answer.one("Content-Length")) == (content_type, str(len(octets)))
    response = requests.get(address + "/pictures" + target, timeout=5)
    assert (response.status_code, response.content) == (200, octets)
    assert response.headers["Content-Type"] == content_type


def test_the_text_keeps_its_line_ends() -> None:
    """No checkout may have turned CRLF into LF."""
    text = Path(PICTURES, "lines.txt").read_bytes()
    assert text.count(b"\r\n") == text.count(b"\n") == 5
    assert not text.isascii()


def test_head_says_what_get_says(ask: Ask) -> None:
    """HEAD has the header fields of GET and no body."""
    get, head = (ask(static_files.application, "/octets.png", method) for method in ("GET", "HEAD"))
    assert (head.status, head.fields, head.body) == (get.status, get.fields, b"")


def test_other_methods_are_not_allowed(ask: Ask) -> None:
    """A picture cannot be posted to."""
    answer = ask(static_files.application, "/octets.png", "POST", b"x")
    assert (answer.status, answer.one("Allow")) == ("405 Method Not Allowed", "GET, HEAD")


def conditions(answer: Any) -> list[tuple[dict[str, str], str]]:
    """Pair conditional requests with the status that they must get."""
    tag, date = answer.one("ETag"), answer.one("Last-Modified")
    past, future = "Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 31 Dec 2100 23:59:59 GMT"
    return [
        ({"HTTP_IF_NONE_MATCH": tag}, "304"),
        ({"HTTP_IF_NONE_MATCH": f'"other", W/{tag}'}, "304"),
        ({"HTTP_IF_NONE_MATCH": "*"}, "304"),
        ({"HTTP_IF_NONE_MATCH": '"other"'}, "200"),
        ({"HTTP_IF_NONE_MATCH": '"other"', "HTTP_IF_MODIFIED_SINCE": date}, "200"),
        ({"HTTP_IF_MODIFIED_SINCE": date}, "304"),
        ({"HTTP_IF_MODIFIED_SINCE": future}, "304"),
        ({"HTTP_IF_MODIFIED_SINCE": past}, "200"),
        ({"HTTP_IF_MODIFIED_SINCE": "yesterday, 99 Foo"}, "200"),
        ({"HTTP_IF_MODIFIED_SINCE": "Fri, 99 Dec 99999999 99:99:99 GMT"}, "200"),
    ]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_conditional_requests(ask: Ask, method: str) -> None:
    """What the client has already is not sent again: 304, without a body, its length or type."""
    for environ, status in conditions(ask(static_files.application, "/octets.png")):
        answer = ask(static_files.application, "/octets.png", method, **environ)
        assert answer.status[:3] == status, environ
        if status == "304":
            assert answer.body == b""
            assert not answer.all("Content-Length") + answer.all("Content-Type")
            assert answer.one("ETag") and answer.one("Last-Modified")


@pytest.mark.parametrize(
    ("asked", "status", "content_range", "part"),
    [
        ("bytes=0-0", "206", "bytes 0-0/472", slice(0, 1)),
        ("bytes=10-19", "206", "bytes 10-19/472", slice(10, 20)),
        ("bytes=470-", "206", "bytes 470-471/472", slice(470, 472)),
        ("bytes=-5", "206", "bytes 467-471/472", slice(467, 472)),
        ("bytes=-9999", "206", "bytes 0-471/472", slice(0, 472)),
        ("bytes=400-9999", "206", "bytes 400-471/472", slice(400, 472)),
        ("bytes=472-", "416", "bytes */472", slice(0, 0)),
        ("bytes=-0", "416", "bytes */472", slice(0, 0)),
        ("bytes=5-2", "200", None, slice(0, 472)),
        ("bytes=-", "200", None, slice(0, 472)),
        ("bytes=0-1,5-6", "200", None, slice(0, 472)),
        ("lines=0-1", "200", None, slice(0, 472)),
        ("bytes=" + "9" * 5000 + "-", "200", None, slice(0, 472)),
    ],
    ids=lambda value: str(value)[:20],
)
def test_ranges(ask: Ask, asked: str, status: str, content_range: str | None, part: slice) -> None:
    """A single range gets its octets, one beyond the end gets 416, and what is not understood gets all."""
    octets = Path(PICTURES, "octets.png").read_bytes()
    answer = ask(static_files.application, "/octets.png", HTTP_RANGE=asked)
    assert (answer.status[:3], answer.body) == (status, octets[part])
    assert answer.all("Content-Range") == ([content_range] if content_range else [])


def test_if_range(ask: Ask) -> None:
    """A range of another version is not sent; that of this version is."""
    tag = ask(static_files.application, "/octets.png").one("ETag")
    for condition, status in ((tag, "206"), ('"other"', "200")):
        answer = ask(static_files.application, "/octets.png", HTTP_RANGE="bytes=0-0", HTTP_IF_RANGE=condition)
        assert answer.status[:3] == status


@pytest.mark.parametrize("wrapped", [True, False])
@pytest.mark.parametrize("environ", [{}, {"HTTP_RANGE": "bytes=1-2"}, {"HTTP_RANGE": "bytes=999-"}])
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_the_file_is_closed(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, wrapped: bool, environ: dict[str, str], method: str
) -> None:
    """However the answer was made, the file is closed after it."""
    files = []

    class Watched(StaticFiles):
        def open(self, path_info: str) -> Any:
            files.append(super().open(path_info))
            return files[-1]

    ask(Watched(PICTURES), "/octets.png", method, **environ, **({} if wrapped else {"wrapper": None}))
    assert [file.closed for file in files if file is not None] == [True]
