"""Mutants of the origin-form and the asterisk-form."""

from __future__ import annotations

import re

from reference_server import ReferenceServer
from reference_server.errors import BadRequest, ClientGone, RequestRejected
from reference_server.state import Request


class Lenient(ReferenceServer):
    """Takes some octets in a target that no URI has."""

    forgiven = b""

    def take_origin_form(self, request: Request, target: bytes) -> None:
        super().take_origin_form(request, target.translate(None, self.forgiven))


class ForgivesSpace(ReferenceServer):
    """Forgives space."""

    kills = {
        "target-with-space-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def parse_request_line(self, request: Request, line: bytes) -> None:
        super().parse_request_line(request, line.replace(b"/a b ", b"/a%20b "))


class ForgivesTab(Lenient):
    """Forgives tab."""

    kills = {
        "target-with-tab-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    forgiven = b"\t"


class ForgivesNul(Lenient):
    """Forgives nul."""

    kills = {
        "target-with-nul-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    forgiven = b"\0"


class ForgivesControlCharacter(Lenient):
    """Forgives control character."""

    kills = {
        "query-with-control-character-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
        "target-with-control-character-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    forgiven = b"\x01"


class ForgivesDelete(Lenient):
    """Forgives delete."""

    kills = {
        "target-with-delete-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    forgiven = b"\x7f"


class ForgivesHighOctets(Lenient):
    """Forgives high octets."""

    kills = {
        "target-with-octet-above-ascii-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    forgiven = bytes(range(0x80, 0x100))


class DropsFragment(ReferenceServer):
    """Drops fragment."""

    kills = {
        "query-with-fragment-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
        "target-with-fragment-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def take_origin_form(self, request: Request, target: bytes) -> None:
        super().take_origin_form(request, target.partition(b"#")[0])


class TurnsBackslash(ReferenceServer):
    """Turns backslash."""

    kills = {
        "target-with-backslash-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def take_origin_form(self, request: Request, target: bytes) -> None:
        super().take_origin_form(request, target.replace(b"\\", b"/"))


class AddsSlash(ReferenceServer):
    """Adds slash."""

    kills = {
        "target-without-slash-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def take_absolute_form(self, request: Request) -> None:
        if request.target == b"seen":
            self.take_origin_form(request, b"/seen")
        else:
            super().take_absolute_form(request)


class AddsSlashBeforeQuery(ReferenceServer):
    """Adds slash before query."""

    kills = {
        "target-of-query-alone-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def take_absolute_form(self, request: Request) -> None:
        if request.target.startswith(b"?"):
            self.take_origin_form(request, b"/" + request.target)
        else:
            super().take_absolute_form(request)


class TakesAuthorityForPath(ReferenceServer):
    """Takes authority for path."""

    kills = {
        "authority-form-for-get-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def take_absolute_form(self, request: Request) -> None:
        if request.target.endswith(b".example:80"):
            self.take_origin_form(request, b"/" + request.target)
        else:
            super().take_absolute_form(request)


class GetsAsterisk(ReferenceServer):
    """Gets asterisk."""

    kills = {
        "asterisk-form-for-get-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def take_asterisk_form(self, request: Request) -> None:
        request.path = b"*"


class AliasesAsterisk(ReferenceServer):
    """Aliases asterisk."""

    kills = {
        "options-asterisk-not-aliased": "PATH_INFO of OPTIONS *: want 'empty, or *', got '/*'",
    }

    def take_asterisk_form(self, request: Request) -> None:
        super().take_asterisk_form(request)
        request.path = b"/*"


class SplitsAtLastQuestionMark(ReferenceServer):
    """Splits at last question mark."""

    kills = {
        "origin-form-split-at-first-question-mark": "PATH_INFO: want /p, got '/p?x=/'",
        "query-fields-kept": 'the echo of the query from octet 0: want b\'{"form": {}, "method": "\' (116 octets), got b\'<!DOCTYPE html>\\n<html la\' (223 octets)',
        "query-spaces-kept": 'QUERY_STRING: want "a=1+1%202%2B3&to=http://h.example:8/@x/?~!$\'(*),;y"',
        "query-string-from-first-question-mark": "QUERY_STRING: want 'x?y=/z?', got ''",
    }

    def take_origin_form(self, request: Request, target: bytes) -> None:
        super().take_origin_form(request, target)
        if target.count(b"?") > 1:
            request.path, _, request.query = target.rpartition(b"?")


class HoldsOneOctetTooFew(ReferenceServer):
    """A request-line may have 7999 octets."""

    kills = {
        "request-line-of-8000-octets-served": "a request-line of 8000 octets: want a call of the app",
    }

    MAX_REQUEST_LINE = 7999


class CutsLongTarget(ReferenceServer):
    """The last octet of a target does not fit into the buffer."""

    kills = {
        "target-of-64k-never-cut": "length of PATH_INFO",
    }

    MAX_REQUEST_LINE = 100_000

    def take_origin_form(self, request: Request, target: bytes) -> None:
        super().take_origin_form(request, target[:65_535])


class Answers400ForLongTarget(ReferenceServer):
    """Answers 4 0 0 for long target."""

    kills = {
        "target-too-long-answered-414": "answer to a target of 65536 octets",
    }

    def too_long(self, start: bytes) -> RequestRejected:
        return BadRequest("too long")


class TakesAsteriskForBeginning(ReferenceServer):
    """A target that begins with an asterisk is the asterisk-form."""

    kills = {"asterisk-form-is-the-asterisk-alone": "PATH_INFO of *seen: want a refusal, got ''"}

    def check_target(self, request: Request) -> None:
        if request.target == b"*seen":
            self.take_asterisk_form(request)
        else:
            super().check_target(request)


class FindsSchemeAnywhere(ReferenceServer):
    """A target with "://" in its query is in absolute-form, and a bad one."""

    kills = {"target-with-url-inside-served": "a URL within a target: want a call, got 400"}

    def take_origin_form(self, request: Request, target: bytes) -> None:
        if b"?http://two" in target:
            raise BadRequest("an absolute-form without a scheme")
        super().take_origin_form(request, target)


class WaitsForDigitsOfPercent(ReferenceServer):
    """A percent sign without two digits behind it ends the thread that decodes it."""

    kills = {
        "target-with-incomplete-percent-encoding-answered": "answer to the request: want 200 or 400, got nothing",
        "target-with-percent-and-no-digits-answered": "answer to the request: want 200 or 400, got nothing",
    }
    ENDS = re.compile(rb"%(?![0-9A-Fa-f]{2})")

    def check_target(self, request: Request) -> None:
        if self.ENDS.search(request.target):
            raise ClientGone("no digits behind a percent sign")
        super().check_target(request)


class KnowsNoTilde(ReferenceServer):
    """A path with a tilde is refused, as RFC 1738 would have had it."""

    kills = {
        "path-of-all-characters-served": "a path of all the characters of a segment: want a call of the app"
    }

    def take_origin_form(self, request: Request, target: bytes) -> None:
        if b"~" in target.partition(b"?")[0]:
            raise BadRequest("a tilde in the path")
        super().take_origin_form(request, target)


class KnowsOneQuestionMark(ReferenceServer):
    """A query with a question mark in it is refused."""

    kills = {
        "query-of-all-characters-served": "a query of all the characters that it may have: want a call of the app"
    }

    def take_origin_form(self, request: Request, target: bytes) -> None:
        if target.count(b"?") > 1:
            raise BadRequest("two question marks")
        super().take_origin_form(request, target)


class LenientOfQuery(ReferenceServer):
    """Takes an octet in a query that no URI has there."""

    forgiven = b""

    def take_origin_form(self, request: Request, target: bytes) -> None:
        path, mark, query = target.partition(b"?")
        super().take_origin_form(request, path + mark + query.translate(None, self.forgiven))


class ForgivesFragmentBehindQuery(LenientOfQuery):
    """Forgives a fragment behind a query."""

    kills = {
        "query-with-fragment-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    forgiven = b"#"


class ForgivesControlCharacterInQuery(LenientOfQuery):
    """Forgives a control character in a query."""

    kills = {
        "query-with-control-character-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    forgiven = b"\x01"


class KnowsNoEncodedSpace(ReferenceServer):
    """A path with a space is none, encoded or not."""

    kills = {"path-of-encoded-characters-served": "a path with encoded characters: want a call of the app"}

    def take_origin_form(self, request: Request, target: bytes) -> None:
        if target.startswith(b"/a%20b/%C3"):
            raise BadRequest("a space in the path")
        super().take_origin_form(request, target)


class WantsQueryBehindQuestionMark(ReferenceServer):
    """Behind a question mark something is to be asked."""

    kills = {"target-with-empty-query-served": "a target with an empty query: want a call of the app"}

    def take_origin_form(self, request: Request, target: bytes) -> None:
        if target == b"/p?":
            raise BadRequest("nothing behind the question mark")
        super().take_origin_form(request, target)
