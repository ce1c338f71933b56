"""Where a request ends: RFC 9112, section 6."""

from __future__ import annotations

import re
from http import HTTPStatus

from .errors import BadRequest, RequestRejected
from .request_head import RequestHead
from .state import Request, RequestBody

CONTENT_LENGTH = re.compile(rb"[0-9]+")


class BodyFraming(RequestHead):
    """The decision whether there is a body, and how its end is found."""

    def determine_body_framing(self, request: Request) -> None:
        """RFC 9112, 6: "The presence of a message body in a request is signaled by a Content-Length

        or Transfer-Encoding header field", whatever the method is.
        """
        codings = self.field_values(request, b"transfer-encoding")
        lengths = self.field_values(request, b"content-length")
        if codings:
            self.check_no_content_length(lengths)
            self.check_transfer_encoding(request, codings)
            request.framing = "chunked"
        elif lengths:
            request.content_length = self.parse_content_length(lengths)
            request.framing = "length"

    def check_no_content_length(self, lengths: list[bytes]) -> None:
        """RFC 9112, 6.3: both fields together "might indicate an attempt to perform request smuggling"."""
        if lengths:
            raise BadRequest("both Transfer-Encoding and Content-Length")

    def check_transfer_encoding(self, request: Request, codings: list[bytes]) -> None:
        """RFC 9112, 6.1: in HTTP/1.0 the framing is faulty; an unknown coding is 501 (SHOULD).

        6.3: 400 (MUST) when chunked is not the final coding; 7.1: chunked has no parameters.
        Empty list elements are not forgiven here: a stray comma is a known means of smuggling.
        """
        if request.version < (1, 1):
            raise BadRequest("Transfer-Encoding in an HTTP/1.0 request")
        names = [name.strip(b" \t") for name in b",".join(codings).lower().split(b",")]
        if names[-1] != b"chunked" or b"" in names or names.count(b"chunked") > 1:
            raise BadRequest("chunked must be the final transfer coding, once and without parameters")
        if names != [b"chunked"]:
            raise RequestRejected(HTTPStatus.NOT_IMPLEMENTED, "an unknown transfer coding")

    def parse_content_length(self, lengths: list[bytes]) -> int:
        """RFC 9112, 6.3: an invalid Content-Length is an unrecoverable error, answered with 400.

        RFC 9110, 8.6: ``Content-Length = 1*DIGIT``. Python's int() alone would take "+5" and "5_0".
        """
        if len(lengths) > 1:
            raise BadRequest("more than one Content-Length")
        if not CONTENT_LENGTH.fullmatch(lengths[0]):
            raise BadRequest("a malformed Content-Length")
        # Python refuses to convert more than 4300 digits, so leading zeros go first.
        digits = lengths[0].lstrip(b"0") or b"0"
        if len(digits) > 19 or int(digits) > self.MAX_CONTENT_LENGTH:
            raise BadRequest("a Content-Length beyond all bounds")
        return int(digits)

    def check_body_size(self, request: Request) -> None:
        """RFC 9110, 15.5.14: 413, before the application or the client has any work with the content."""
        if request.content_length > self.MAX_BODY:
            raise RequestRejected(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "the content is too large")

    def make_body(self, request: Request) -> RequestBody:
        """Begin to read: nothing of the body has been consumed yet."""
        return RequestBody(
            remaining=request.content_length,
            finished=request.framing != "chunked" and not request.content_length,
            continue_expected=self.expects_continue(request),
        )

    def expects_continue(self, request: Request) -> bool:
        """RFC 9110, 10.1.1: in an HTTP/1.0 request the expectation MUST be ignored."""
        return request.version >= (1, 1) and b"100-continue" in self.list_members(request, b"expect")
