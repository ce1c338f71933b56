"""Pictures and files below one folder, and no way out of it.

Names are handled as octets throughout: PATH_INFO carries octets, the filesystem stores
octets, and no locale in between (that of an old server may be ASCII) has a say.
"""

import mimetypes
import os
import re
import stat
import time
from email.utils import formatdate, mktime_tz, parsedate_tz
from typing import IO, Iterable, List, Optional, Tuple

from sample_apps.environ import Environ, StartResponse, method_of
from sample_apps.files import FilePart, rest_of
from sample_apps.replies import not_allowed, not_found
from sample_apps.serving import main

PICTURES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "pictures")

TYPES = mimetypes.MimeTypes()
# The machine's own tables differ; what is shipped here shall have one type everywhere.
for _type, _extension in (
    ("image/png", ".png"),
    ("image/gif", ".gif"),
    ("image/svg+xml", ".svg"),
    ("text/plain", ".txt"),
):
    TYPES.add_type(_type, _extension)


DEVICE = re.compile(rb"(con|prn|aux|nul|conin\$|conout\$|com[0-9]|lpt[0-9]) *(\.|\Z)", re.IGNORECASE)
"""Names that mean a device in every folder of one operating system, whatever extension follows."""


class Unsatisfiable(ValueError):
    """The range begins beyond the end of the file."""


def type_of(name: bytes) -> str:
    """Guess the media type by the file's name; text is UTF-8 here."""
    guessed, encoding = TYPES.guess_type(name.decode("utf-8", "replace"))
    if guessed is None or encoding is not None:
        return "application/octet-stream"
    return guessed + "; charset=utf-8" if guessed.startswith("text/") else guessed


def is_plain(segment: bytes) -> bool:
    """Tell whether a segment of a path can only name something in its own folder.

    Empty, dotted (``.``, ``..``, hidden files), backslashes and colons (drives, streams), NUL, names of
    devices, and a dot or space at the end (which one operating system takes away) cannot.
    """
    if not segment or segment.startswith(b".") or segment.endswith((b".", b" ")):
        return False
    return not re.search(rb"[\\:\x00]", segment) and not DEVICE.match(segment)


class StaticFiles:
    """An application that serves the files below a folder."""

    def __init__(self, folder: str) -> None:
        self.root = os.path.realpath(os.fsencode(folder))

    def open(self, path_info: str) -> Optional[IO[bytes]]:
        """Open the regular file that a path names below the folder, or return None.

        The path is taken as the server decoded it and never decoded again. Links are followed
        first, and judged by where they end.
        """
        before, *segments = path_info.encode("latin-1").split(b"/")
        if before or not segments or not all(is_plain(segment) for segment in segments):
            return None
        try:
            path = os.path.realpath(os.path.join(self.root, *segments))
            if not path.startswith(os.path.join(self.root, b"")) or not stat.S_ISREG(os.stat(path).st_mode):
                return None
            return open(path, "rb")
        except (OSError, ValueError):
            # No such file, a loop of links, a name too long or unknown to this filesystem.
            return None

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer GET and HEAD: the file, a part of it, or the news that it has not changed."""
        file = self.open(environ.get("PATH_INFO", ""))
        if file is None:
            return not_found(environ, start_response)
        try:
            if method_of(environ) in ("GET", "HEAD"):
                body = send(file, environ, start_response)
            else:
                body = not_allowed(environ, start_response, "GET, HEAD")
        except BaseException:
            file.close()
            raise
        if isinstance(body, list):
            file.close()
        return body


def send(file: IO[bytes], environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """Answer with an open file; a list is an answer that no longer needs it."""
    facts = os.fstat(file.fileno())
    size = facts.st_size
    modified = min(int(facts.st_mtime), int(time.time()))
    tag = '"{:x}-{:x}"'.format(facts.st_mtime_ns, size)
    headers: List[Tuple[str, str]] = [("ETag", tag), ("Last-Modified", formatdate(modified, usegmt=True))]
    if is_unchanged(environ, tag, modified):
        start_response("304 Not Modified", headers)
        return []
    headers.append(("Accept-Ranges", "bytes"))
    try:
        part = part_of(environ, size, headers)
    except Unsatisfiable:
        headers += [("Content-Range", "bytes */{}".format(size)), ("Content-Length", "0")]
        start_response("416 Range Not Satisfiable", headers + [("Content-Type", "text/plain")])
        return []
    headers.append(("Content-Type", type_of(os.fsencode(file.name))))
    if part is not None:
        first, last = part
        headers.append(("Content-Range", "bytes {}-{}/{}".format(first, last, size)))
        headers.append(("Content-Length", str(last - first + 1)))
        start_response("206 Partial Content", headers)
        file.seek(first)
        return FilePart(file, last - first + 1)
    headers.append(("Content-Length", str(size)))
    start_response("200 OK", headers)
    return [] if method_of(environ) == "HEAD" else rest_of(environ, file, size)


def is_unchanged(environ: Environ, tag: str, modified: int) -> bool:
    """Tell whether the client has this very version; tags, where given, overrule dates."""
    tags = environ.get("HTTP_IF_NONE_MATCH")
    if tags is not None:
        known = re.findall(r'"[^"]*"', tags)
        return tags.strip() == "*" or tag in known
    since = seconds_of(environ.get("HTTP_IF_MODIFIED_SINCE", ""))
    return since is not None and modified <= since


def seconds_of(date: str) -> Optional[int]:
    """Read a date of a header field, or return None where it is none."""
    try:
        parts = parsedate_tz(date)
        return None if parts is None else int(mktime_tz(parts))
    except (ValueError, OverflowError, TypeError, IndexError):
        return None


def part_of(environ: Environ, size: int, validators: List[Tuple[str, str]]) -> Optional[Tuple[int, int]]:
    """Return the first and last octet asked for, or None for the whole file.

    Several ranges, nonsense, a method other than GET, and an ``If-Range`` that speaks of another
    version all get the whole file.
    """
    match = re.match(r"bytes=([0-9]{0,18})-([0-9]{0,18})\Z", environ.get("HTTP_RANGE", "").strip())
    if method_of(environ) != "GET" or match is None:
        return None
    condition = environ.get("HTTP_IF_RANGE")
    if condition is not None and condition not in [value for _, value in validators[:2]]:
        return None
    begin, end = match.groups()
    if not begin and not end:
        return None
    if not begin:
        first, last = max(size - int(end), 0), size - 1
    else:
        first, last = int(begin), min(int(end), size - 1) if end else size - 1
        if end and int(end) < first:
            return None
    if first >= size:
        raise Unsatisfiable()
    return first, last


application = StaticFiles(PICTURES)


if __name__ == "__main__":
    main(application)
