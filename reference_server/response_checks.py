"""Errors of the application that ``start_response()`` finds: PEP 3333, The ``start_response()`` Callable.

"Servers **should** check for errors in the headers at the time ``start_response`` is called".
"""

from __future__ import annotations

import re
from typing import Any

# "a Status-Code and a Reason-Phrase, in that order and separated by a single space,
# with no surrounding whitespace or other characters"
STATUS = re.compile(r"[0-9]{3} [^\s](?:.*[^\s])?", re.DOTALL)
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
TOKEN = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
DIGITS = re.compile(r"[0-9]+")

# RFC 2616, 13.5.1, to which the PEP refers, and the unofficial Proxy-Connection.
HOP_BY_HOP = {
    *("connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection"),
    *("te", "trailer", "trailers", "transfer-encoding", "upgrade"),
}
# RFC 9110, 5.3: no more than one line, unless the field is a list. Those that a client would trip over.
SINGLETONS = {"content-length", "content-type", "date", "etag", "last-modified", "location", "server"}


class ResponseChecks:
    """Each check raises while the application is still running and can see it."""

    def check_status(self, status: Any) -> None:
        """A ``str`` like ``"404 Not Found"``, without control characters."""
        if not isinstance(status, str):
            raise TypeError(f"the status must be a str, not {type(status).__name__}")
        self.check_text("the status", status)
        if not STATUS.fullmatch(status):
            raise ValueError(f"the status must be a code, one space and a reason: {status!r}")
        self.check_final(status)

    def check_final(self, status: str) -> None:
        """Interim responses belong to the server: 1xx would leave the request without an answer."""
        if status < "200":
            raise ValueError(f"an application cannot send an interim response: {status!r}")

    def check_headers(self, headers: Any) -> None:
        """PEP 3333: "It must be a Python list" of ``(header_name, header_value)`` tuples."""
        if type(headers) is not list:
            raise TypeError(f"the headers must be a list, not {type(headers).__name__}")
        for header in headers:
            self.check_header(header)
        self.check_singletons([name.lower() for name, _ in headers])

    def check_header(self, header: Any) -> None:
        """A pair of native strings."""
        if not isinstance(header, tuple) or len(header) != 2:
            raise TypeError(f"a header must be a tuple of name and value: {header!r}")
        name, value = header
        if not isinstance(name, str) or not isinstance(value, str):
            raise TypeError(f"name and value of a header must be str: {header!r}")
        self.check_header_name(name)
        self.check_header_value(name, value)
        self.check_hop_by_hop(name)
        self.check_content_length(name, value)

    def check_header_name(self, name: str) -> None:
        """PEP 3333: "a valid HTTP header field-name ... without a trailing colon or other punctuation"."""
        if not TOKEN.fullmatch(name):
            raise ValueError(f"not a field name: {name!r}")

    def check_header_value(self, name: str, value: str) -> None:
        """PEP 3333: "**must not** include *any* control characters", whether embedded or at the end."""
        self.check_text(name, value)

    def check_text(self, what: str, text: str) -> None:
        """No control characters, and nothing beyond ISO-8859-1: PEP 3333, Unicode Issues."""
        if CONTROL.search(text):
            raise ValueError(f"a control character in {what}: {text!r}")
        if not text.isascii() and any(character > "\xff" for character in text):
            raise ValueError(f"a character beyond ISO-8859-1 in {what}: {text!r}")

    def check_hop_by_hop(self, name: str) -> None:
        """PEP 3333: "the exclusive province of the actual web server": a fatal error, raised here."""
        if name.lower() in HOP_BY_HOP:
            raise ValueError(f"a hop-by-hop header is the server's: {name!r}")

    def check_content_length(self, name: str, value: str) -> None:
        """RFC 9110, 8.6: a Content-Length that is no number MUST NOT be sent on."""
        if name.lower() == "content-length" and (not DIGITS.fullmatch(value) or len(value) > 19):
            raise ValueError(f"not a Content-Length: {value!r}")

    def check_singletons(self, names: list[str]) -> None:
        """RFC 9110, 5.3: a sender MUST NOT repeat a field that is not a list (Set-Cookie excepted)."""
        for name in SINGLETONS.intersection(names):
            if names.count(name) > 1:
                raise ValueError(f"more than one {name}")
