"""Mutants of the way out of a folder."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import sample_apps
from reference_server import ReferenceServer

PICTURES = Path(sample_apps.__file__).parent / "pictures"


class SendsFilesItself(ReferenceServer):
    """What is no picture is sent by the server, which trusts the path."""

    kills = {
        "dot-segments-stay-in-folder": "the answer to /pictures/../static_files.py",
        "encoded-dot-segments-stay-in-folder": "the answer to /pictures/%2e%2E/static_files.py",
        "encoded-slash-stays-in-folder": "the answer to /pictures/small%2F..%2f..%2Fstatic_files.py",
        "absolute-path-stays-in-folder": "the answer to /pictures/%2Fetc/passwd",
    }

    def call_application(self, transaction: Any) -> Iterable[bytes]:
        path = self.percent_decode(transaction.request.path).decode("latin-1")
        file = PICTURES / path.removeprefix("/pictures/")
        sent_here = path.startswith("/pictures/") and not path.endswith((".png", ".gif", ".svg", ".txt"))
        if sent_here and "\x00" not in path and file.is_file():
            self.start_response(transaction, "200 OK", [("Content-Type", "text/plain")], None)
            return [file.read_bytes()]
        return super().call_application(transaction)


class TurnsBackslashes(ReferenceServer):
    """A backslash is a slash that leans the other way."""

    kills = {"backslash-is-no-separator": "the answer to /pictures/small%5Cdot.gif"}

    def percent_decode(self, octets: bytes) -> bytes:
        return super().percent_decode(octets).replace(b"\\", b"/")


class EndsPathAtNul(ReferenceServer):
    """A path is a string of C."""

    kills = {
        "nul-does-not-end-path": "the answer to /pictures/octets.png%00.txt",
        "path-info-nul-whole-or-refused": "PATH_INFO",
    }

    def percent_decode(self, octets: bytes) -> bytes:
        return super().percent_decode(octets).partition(b"\x00")[0]


class DecodesTwice(ReferenceServer):
    """A path is decoded by the reader of the request, and by the maker of the environ."""

    kills = {
        "picture-name-decoded-once": "the answer to /pictures/octets%252epng",
        "path-info-decoded-once": "PATH_INFO: want",
    }

    def percent_decode(self, octets: bytes) -> bytes:
        return super().percent_decode(super().percent_decode(octets))


class FailsAtEncodedSlash(ReferenceServer):
    """A slash that is encoded was not thought of."""

    kills = {"encoded-slash-served-or-refused": "the answer to /pictures/small%2Fdot.gif"}

    def path_info(self, transaction: Any) -> str:
        assert not transaction.request.path.endswith(b"%2Fdot.gif")
        return super().path_info(transaction)


class FailsAtEmptySegment(ReferenceServer):
    """A segment without characters behind one of a dot was not thought of."""

    kills = {"empty-segment-served-or-refused": "the answer to /pictures/./small//dot.gif"}

    def path_info(self, transaction: Any) -> str:
        path = transaction.request.path
        assert not (b"/./" in path and b"//" in path)
        return super().path_info(transaction)
