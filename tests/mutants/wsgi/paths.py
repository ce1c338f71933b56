"""Mutants of path and query."""

from __future__ import annotations

import re
from typing import Any

from reference_server import ReferenceServer


class PathMutant(ReferenceServer):
    """Its subclasses change PATH_INFO."""

    def path_info(self, transaction: Any) -> str:
        return self.changed(super().path_info(transaction), transaction.request.path)

    def changed(self, path: str, raw: bytes) -> str:
        return path


class EndsPathAtNul(PathMutant):
    """Somewhere the path is a string of C."""

    kills = {"path-info-nul-whole-or-refused": "PATH_INFO: want '/a\\x00b', got /a"}

    def changed(self, path: str, raw: bytes) -> str:
        return path.partition("\0")[0]


class LeavesQueryOctets(ReferenceServer):
    """What is not decoded stays bytes."""

    kills = {"cgi-variables-of-query-are-str": "types of variables: want str, got QUERY_STRING is bytes"}

    def query_string(self, transaction: Any) -> Any:
        octets = transaction.request.query
        return octets if b"%c3%A9" in octets else super().query_string(transaction)


class DropsSecondSegment(PathMutant):
    """A path of two segments loses the second."""

    kills = {"path-info-is-the-path": "SCRIPT_NAME + PATH_INFO: want /alpha/beta, got /alpha"}

    def changed(self, path: str, raw: bytes) -> str:
        return path.replace("/alpha/beta", "/alpha")


class LeavesRootEmpty(PathMutant):
    """The path of the root is taken for none."""

    kills = {"path-info-of-root": "PATH_INFO of the request target /: want /, got ''"}

    def changed(self, path: str, raw: bytes) -> str:
        return "" if path == "/" else path


class KeepsQuery(PathMutant):
    """The query stays behind the path."""

    kills = {
        "absolute-form-of-options-has-its-path": "PATH_INFO: want /p, got '/p?a'",
        "absolute-form-of-post-accepted": "PATH_INFO: want /p, got '/p?a'",
        "absolute-form-of-ipv6-address-accepted": "PATH_INFO: want /p",
        "absolute-form-path-split-off": "PATH_INFO: want /p, got '/p?a'",
        "absolute-form-scheme-in-any-case": "PATH_INFO: want /p, got '/p?a'",
        "origin-form-split-at-first-question-mark": "PATH_INFO: want /p, got '/p?a'",
        "path-info-without-query": "PATH_INFO: want /p, got '/p?a'",
        "query-string-empty-after-question-mark": "PATH_INFO: want /p, got '/p?a'",
    }

    def changed(self, path: str, raw: bytes) -> str:
        return path + "?a" if path == "/p" else path


class KeepsEncoding(PathMutant):
    """Nothing is decoded."""

    kills = {
        "absolute-form-path-percent-decoded": "PATH_INFO: want '/a bÃ©'",
        "bottle-route-found": "the page from octet 18",
        "django-route-found": "the page from octet 18",
        "flask-route-found": "the page from octet 18",
        "path-info-decoded": "PATH_INFO: want /a bA, got '/a%20b%41'",
    }

    def changed(self, path: str, raw: bytes) -> str:
        return raw.decode("latin-1")


class DecodesTwice(PathMutant):
    """What was decoded is decoded again."""

    kills = {
        "path-info-decoded-once": "PATH_INFO: want '/%41', got /A",
        "picture-name-decoded-once": "the answer to /pictures/octets%252epng, which names no file: want '404",
    }

    def changed(self, path: str, raw: bytes) -> str:
        return self.native_string(self.percent_decode(path.encode("latin-1")))


class LosesPercent(PathMutant):
    """A percent sign at the end is taken for a broken encoding."""

    kills = {"path-info-percent-decoded": "PATH_INFO: want '/100%', got /100"}

    def changed(self, path: str, raw: bytes) -> str:
        return path.rstrip("%")


class KnowsUpperCaseDigitsOnly(PathMutant):
    """Only upper-case digits are known."""

    kills = {"path-info-hex-in-any-case": "PATH_INFO: want '/~~"}

    def changed(self, path: str, raw: bytes) -> str:
        return re.sub("[~\xc3]", "%7e", path, count=1) if b"%7e" in raw else path


class DecodesPlus(PathMutant):
    """A plus sign becomes a space, as in a form."""

    kills = {
        "page-named-beyond-ascii-found": "the greeting by name from octet 16",
        "path-info-plus-kept": "PATH_INFO: want '/a+b', got /a b",
    }

    def changed(self, path: str, raw: bytes) -> str:
        return path.replace("+", " ")


class DecodesUtf8(PathMutant):
    """The octets are decoded as UTF-8 where they are that."""

    kills = {
        "absolute-form-path-percent-decoded": "PATH_INFO: want '/a bÃ©'",
        "path-info-latin-1": "PATH_INFO: want '/",
    }

    def changed(self, path: str, raw: bytes) -> str:
        return decoded(path)


class ReplacesWhatIsNoUtf8(PathMutant):
    """What is no UTF-8 becomes question marks."""

    kills = {"path-info-octets-latin-1": "PATH_INFO: want '/"}

    def changed(self, path: str, raw: bytes) -> str:
        return path.replace("\xff", "?") if b"%FF" in raw else path


class StripsPath(PathMutant):
    """The path is stripped of whitespace."""

    kills = {"path-info-all-octets": "PATH_INFO: want '/\\x80\\x85\\x9f\\xa0\\xad"}

    def changed(self, path: str, raw: bytes) -> str:
        return path.replace("\x85", "").replace("\xa0", "")


class CutsAtEncodedSlash(PathMutant):
    """An encoded slash ends the path."""

    kills = {"path-info-encoded-slash": "PATH_INFO: want /a/b/c, got /a"}

    def changed(self, path: str, raw: bytes) -> str:
        return path.split("/b/c")[0] if b"%2F" in raw else path


class CutsAtEncodedQuestionMark(PathMutant):
    """The path is split after it was decoded."""

    kills = {"path-info-encoded-question-mark": "PATH_INFO: want '/a?b', got /a"}

    def changed(self, path: str, raw: bytes) -> str:
        return path.partition("?")[0]


class CutsAtEncodedNumberSign(PathMutant):
    """A fragment is looked for after decoding."""

    kills = {"path-info-encoded-number-sign": "PATH_INFO: want '/a#b', got /a"}

    def changed(self, path: str, raw: bytes) -> str:
        return path.partition("#")[0]


class CutsAtSemicolon(PathMutant):
    """What follows the first parameter is cut off."""

    kills = {
        "path-info-parameters": "PATH_INFO: want '/a;p=1/b;q=2', got /a",
        "path-info-parameters-of-each-segment": "PATH_INFO: want '/a;v=1/b;w=,2'",
    }

    def changed(self, path: str, raw: bytes) -> str:
        return path.partition(";")[0]


class LowersPath(PathMutant):
    """The path is in lower case."""

    kills = {
        "path-info-case-kept": "PATH_INFO: want /AbC/dEF, got /abc/def",
        "path-info-decoded": "PATH_INFO: want /a bA, got /a ba",
    }

    def changed(self, path: str, raw: bytes) -> str:
        return path.lower() if path.isascii() and "%" not in path else path


class StripsTrailingSlash(PathMutant):
    """A slash at the end is stripped."""

    kills = {"path-info-trailing-slash": "PATH_INFO: want /a/b/, got /a/b"}

    def changed(self, path: str, raw: bytes) -> str:
        return path[:-1] if path.endswith("b/") else path


class TakesHostFromPath(PathMutant):
    """Two slashes begin a host."""

    kills = {"path-info-double-slash": "PATH_INFO: want //first/second, got /second"}

    def changed(self, path: str, raw: bytes) -> str:
        return "/" + path[2:].partition("/")[2] if path.startswith("//") else path


class CutsAtEmptySegment(PathMutant):
    """An empty segment ends the path."""

    kills = {"path-info-inner-double-slash": "PATH_INFO: want /a//b, got /a"}

    def changed(self, path: str, raw: bytes) -> str:
        return path.partition("//")[0] if path.startswith("/a") else path


class StripsDots(PathMutant):
    """Dots at the begin of a name are stripped."""

    kills = {"path-info-dots": "PATH_INFO: want /a/./b.c/...d, got /a/./b.c/d"}

    def changed(self, path: str, raw: bytes) -> str:
        return path.replace("/...", "/")


class CutsAtColon(PathMutant):
    """What precedes a colon is taken for a scheme."""

    kills = {"path-info-colon": "PATH_INFO: want /x:80/http://y, got /x"}

    def changed(self, path: str, raw: bytes) -> str:
        return path.partition(":")[0] if ":" in path else path


class AcceptsRawOctets(ReferenceServer):
    """Octets above 0x7F in the request target are taken for UTF-8 text."""

    kills = {
        "path-info-8-bit": "characters of PATH_INFO above U+00FF: want none, got '/",
        "path-info-latin-1": "PATH_INFO: want '/",
        "query-string-8-bit": "characters of QUERY_STRING above U+00FF: want none, got 'q=",
    }

    def take_origin_form(self, request: Any, target: bytes) -> None:
        path, _, query = target.partition(b"?")
        if target.isascii():
            super().take_origin_form(request, target)
        else:
            request.path, request.query = path, query

    def native_string(self, octets: bytes) -> str:
        text = super().native_string(octets)
        return octets.decode() if octets.startswith(b"/\xe2") or octets.startswith(b"q=\xe2") else text


class MountsAtSlash(ReferenceServer):
    """The root is called "/"."""

    kills = {
        "forwarding-fields-with-underscore-not-believed": "SCRIPT_NAME: want '', got /",
        "path-info-is-the-path": "SCRIPT_NAME + PATH_INFO: want /alpha/beta, got //alpha/beta",
        "script-name-empty-at-root": "SCRIPT_NAME at the root: want '', got /",
        "url-reconstructed": "reconstructed URL: want 'http://127.0.0.1:",
        "url-reconstructed-without-host": "reconstructed URL: want http://127.0.0.1:",
    }

    def script_name(self, transaction: Any) -> str:
        return "/"


class DecodesQuery(ReferenceServer):
    """The query is decoded like the path."""

    kills = {
        "bottle-route-found": "the page from octet 12",
        "django-route-found": "the page from octet 12",
        "flask-route-found": "the page from octet 12",
        "query-delimiters-kept": "QUERY_STRING",
        "query-escapes-kept": "escapes in QUERY_STRING",
        "query-fields-kept": "the echo of the query from octet 53",
        "query-spaces-kept": 'QUERY_STRING: want "a=1+1%202%2B3&to=http://h.example:8/@x/?~!$\'(*),;y"',
        "query-string-raw": "QUERY_STRING: want 'a=%41+b&c=%2F%c3%A9;d=&e', got 'a=A+b&c=/",
        "url-reconstructed": "reconstructed URL: want 'http://127.0.0.1:",
    }

    def query_string(self, transaction: Any) -> str:
        return self.native_string(self.percent_decode(transaction.request.query))


class SplitsAtLastQuestionMark(ReferenceServer):
    """A question mark in the query ends it."""

    kills = {
        "origin-form-split-at-first-question-mark": "QUERY_STRING: want",
        "query-spaces-kept": 'QUERY_STRING: want "a=1+1%202%2B3&to=http://h.example:8/@x/?~!$\'(*),;y"',
        "query-string-from-first-question-mark": "QUERY_STRING: want 'x?y=/z?', got x",
    }

    def query_string(self, transaction: Any) -> str:
        return super().query_string(transaction).rstrip("?").partition("?")[0]


class SaysNoneForNoQuery(ReferenceServer):
    """Where there is no query, there is a dash."""

    kills = {
        "query-string-empty-without-query": "QUERY_STRING without a query: want '', got -",
        "url-reconstructed-without-host": "reconstructed URL: want http://127.0.0.1:",
    }

    def query_string(self, transaction: Any) -> str:
        return super().query_string(transaction) or ("" if b"?" in transaction.request.target else "-")


class KeepsQuestionMark(ReferenceServer):
    """An empty query is its question mark."""

    kills = {"query-string-empty-after-question-mark": "QUERY_STRING: want '', got '?'"}

    def query_string(self, transaction: Any) -> str:
        return super().query_string(transaction) or ("?" if b"?" in transaction.request.target else "")


class LosesQueryOfPost(ReferenceServer):
    """A form has its parameters in the body: the query is left out."""

    kills = {
        "absolute-form-of-post-accepted": "QUERY_STRING: want 'x=1', got ''",
        "chunked-content-empty": "a request with chunked content",
        "chunked-request-decoded": "a request with chunked content",
        "form-fields-kept": "the echo of the form from octet",
        "post-of-length-zero-served": "a POST with Content-Length: 0",
        "post-without-length-has-no-content": "a POST without content",
        "query-string-of-post": "QUERY_STRING of a POST: want 'a=1', got ''",
    }

    def query_string(self, transaction: Any) -> str:
        return "" if transaction.request.method == "POST" else super().query_string(transaction)


def decoded(path: str) -> str:
    """Return UTF-8 as text, and anything else as it is."""
    try:
        return path.encode("latin-1").decode()
    except UnicodeDecodeError:
        return path


class DropsEmptyParts(ReferenceServer):
    """A query is taken apart, and joined without its empty parts."""

    kills = {"query-with-empty-parts-kept": "parts of QUERY_STRING: want"}

    def query_string(self, transaction: Any) -> Any:
        query = super().query_string(transaction)
        return "&".join(part for part in query.split("&") if part)


class NormalisesEscapes(ReferenceServer):
    """What need not be escaped is not, as RFC 3986 recommends."""

    kills = {"query-escapes-kept": "escapes in QUERY_STRING: want '%7E %2D %5f', got '%2D %5f'"}

    def query_string(self, transaction: Any) -> Any:
        return super().query_string(transaction).replace("%7E", "~")


class LeavesControlsEncoded(ReferenceServer):
    """Decodes no control character, for those are dangerous."""

    kills = {"path-info-controls-whole-or-refused": "PATH_INFO"}

    def percent_decode(self, octets: bytes) -> bytes:
        return super().percent_decode(octets.replace(b"%0", b"%250"))
