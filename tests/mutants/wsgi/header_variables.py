"""Mutants of the header variables."""

from __future__ import annotations

import os
from typing import Any

from reference_server import ReferenceServer


class HeaderMutant(ReferenceServer):
    """Its subclasses change the header variables."""

    def header_variables(self, transaction: Any) -> dict[str, str]:
        variables = dict(super().header_variables(transaction))
        self.change(variables, transaction)
        return variables

    def change(self, variables: dict[str, Any], transaction: Any) -> None:
        pass


class DropsUnknownFields(HeaderMutant):
    """Fields that the server does not know are dropped."""

    kills = {"header-has-variable": "variable of X-Wsgicheck-Custom: want a value of its own, got absent"}

    def change(self, variables: dict[str, Any], transaction: Any) -> None:
        for key in [key for key in variables if key.startswith("HTTP_X_WSGICHECK_CUSTOM")]:
            del variables[key]


class KeepsCaseOfNames(HeaderMutant):
    """Digits are taken out of the names."""

    kills = {
        "header-variable-name": "variable of x-mIxEd-cAsE-1: want HTTP_X_MIXED_CASE_1, got HTTP_X_MIXED_CASE1"
    }

    def change(self, variables: dict[str, Any], transaction: Any) -> None:
        if "HTTP_X_MIXED_CASE_1" in variables:
            variables["HTTP_X_MIXED_CASE1"] = variables.pop("HTTP_X_MIXED_CASE_1")


class DecodesValues(HeaderMutant):
    """Values are percent-decoded."""

    kills = {
        "header-value-verbatim": 'HTTP_X_VERBATIM: want \'a:b, "c; d" %41+b=%C3%A9 =?utf-8?q?x?= <{[]}>\\\\/'
    }

    def change(self, variables: dict[str, Any], transaction: Any) -> None:
        if "HTTP_X_VERBATIM" in variables:
            value = variables["HTTP_X_VERBATIM"]
            variables["HTTP_X_VERBATIM"] = value.replace("%41", "A")


class LowersValues(HeaderMutant):
    """Values are in lower case."""

    kills = {"header-value-case-kept": "HTTP_X_CASE: want CamelCase kept, got camelcase kept"}

    def change(self, variables: dict[str, Any], transaction: Any) -> None:
        if "HTTP_X_CASE" in variables:
            value = variables["HTTP_X_CASE"]
            variables["HTTP_X_CASE"] = value.lower()


class CollapsesWhitespace(HeaderMutant):
    """Inner whitespace becomes one space."""

    kills = {"header-inner-whitespace-kept": "HTTP_X_INNER: want 'a  b\\tc', got a b c"}

    def change(self, variables: dict[str, Any], transaction: Any) -> None:
        if "HTTP_X_INNER" in variables:
            value = variables["HTTP_X_INNER"]
            variables["HTTP_X_INNER"] = " ".join(value.split())


class LeavesATab(HeaderMutant):
    """A tab before the value stays."""

    kills = {"header-outer-whitespace-removed": "HTTP_X_AROUND: want v, got '\\tv'"}

    def change(self, variables: dict[str, Any], transaction: Any) -> None:
        if "HTTP_X_AROUND" in variables:
            value = variables["HTTP_X_AROUND"]
            variables["HTTP_X_AROUND"] = "\t" + value


class FillsEmptyValues(HeaderMutant):
    """A field without a value has its name for one."""

    kills = {"header-without-value": "HTTP_X_EMPTY: want '', got X-Empty"}

    def change(self, variables: dict[str, Any], transaction: Any) -> None:
        if "HTTP_X_EMPTY" in variables:
            value = variables["HTTP_X_EMPTY"]
            variables["HTTP_X_EMPTY"] = value or "X-Empty"


class CutsLongValues(HeaderMutant):
    """Values are cut off at 2048 octets."""

    kills = {
        "header-value-long": "HTTP_X_LONG: want 2880 octets, got 2048 octets",
        "header-value-of-6400-octets-whole": "HTTP_X_LONG",
    }

    def change(self, variables: dict[str, Any], transaction: Any) -> None:
        if "HTTP_X_LONG" in variables:
            value = variables["HTTP_X_LONG"]
            variables["HTTP_X_LONG"] = value[:2048]


class DropsNamesWithDigits(HeaderMutant):
    """Names are made of letters."""

    kills = {"ordinary-headers-have-variables": "HTTP_X_B3_TRACEID: want 463ac35c9f6413ad, got ''"}

    def change(self, variables: dict[str, Any], transaction: Any) -> None:
        variables.pop("HTTP_X_B3_TRACEID", None)


class DropsRange(HeaderMutant):
    """Ranges are not for applications."""

    kills = {
        "ordinary-headers-have-variables": "HTTP_RANGE: want 'bytes=0-4', got ''",
        "picture-end-served-by-range": "status of the end of a picture",
        "picture-range-served": "status of a range: want 206, got 200",
        "range-beyond-end-answered-416": "status of a range beyond the end: want 416, got 200",
    }

    def change(self, variables: dict[str, Any], transaction: Any) -> None:
        if "HTTP_RANGE" in variables:
            variables["HTTP_RANGE"] = ""


class TakesThirtyFields(HeaderMutant):
    """The fields behind the thirty-second are left out."""

    kills = {
        "fields-up-to-the-limit-all-there": "fields in the environ: want 60, got 32",
        "many-headers-all-arrive": "fields X-Number-* that did not arrive: want none, got [33, 34, 35, 36, 3",
        "ninety-headers-all-arrive": "fields X-N-* that did not arrive",
    }

    def change(self, variables: dict[str, Any], transaction: Any) -> None:
        for key in list(variables)[34:]:
            del variables[key]


class AddsCookie(HeaderMutant):
    """The server says itself what its client left out."""

    kills = {
        "header-variables-only-of-request": "HTTP_ variables of fields that were not sent: want none, got HTT"
    }

    def change(self, variables: dict[str, Any], transaction: Any) -> None:
        variables.setdefault("HTTP_COOKIE", "")


class DecodesValuesAsUtf8(HeaderMutant):
    """Octets are decoded as UTF-8, what is none is replaced."""

    kills = {"header-octets-latin-1": "HTTP_X_OCTETS: want 'a"}

    def change(self, variables: dict[str, Any], transaction: Any) -> None:
        if "HTTP_X_OCTETS" in variables:
            value = variables["HTTP_X_OCTETS"]
            variables["HTTP_X_OCTETS"] = value.encode("latin-1").decode("utf-8", "replace")


class ReadsUtf8(HeaderMutant):
    """Octets are decoded as UTF-8 where they are that."""

    kills = {"header-text-latin-1": "HTTP_X_TEXT: want 'a"}

    def change(self, variables: dict[str, Any], transaction: Any) -> None:
        if "HTTP_X_TEXT" in variables:
            value = variables["HTTP_X_TEXT"]
            variables["HTTP_X_TEXT"] = value.encode("latin-1").decode()


class DropsOctets(HeaderMutant):
    """A value with octets above 0x7F is left empty."""

    kills = {"header-octets-arrive": "HTTP_X_OCTETS: want 'a"}

    def change(self, variables: dict[str, Any], transaction: Any) -> None:
        if "HTTP_X_OCTETS" in variables:
            value = variables["HTTP_X_OCTETS"]
            variables["HTTP_X_OCTETS"] = value if value.isascii() else ""


class StripsText(HeaderMutant):
    """Values are stripped as text."""

    kills = {"header-octets-not-stripped": "HTTP_X_SPACES: want '\\xa0v\\x85', got v"}

    def change(self, variables: dict[str, Any], transaction: Any) -> None:
        if "HTTP_X_SPACES" in variables:
            value = variables["HTTP_X_SPACES"]
            variables["HTTP_X_SPACES"] = value.strip()


class KeepsLastLine(HeaderMutant):
    """The last of several lines is kept."""

    kills = {
        "repeated-field-joined": "members of HTTP_X_LIST: want 'first, second, third, fourth', got fourth"
    }

    def change(self, variables: dict[str, Any], transaction: Any) -> None:
        if "HTTP_X_LIST" in variables:
            value = variables["HTTP_X_LIST"]
            variables["HTTP_X_LIST"] = value.split(", ")[-1]


class SortsLines(HeaderMutant):
    """Several lines lose their order."""

    kills = {
        "repeated-field-joined-in-any-case": "members of HTTP_X_CASED: want 'one, two, three', got 'one, thre"
    }

    def change(self, variables: dict[str, Any], transaction: Any) -> None:
        if "HTTP_X_CASED" in variables:
            value = variables["HTTP_X_CASED"]
            variables["HTTP_X_CASED"] = ", ".join(sorted(value.split(", ")))


class KnowsAcceptOnce(HeaderMutant):
    """Accept is taken for a field that stands once."""

    kills = {
        "repeated-accept-joined": "members of HTTP_ACCEPT: want 'text/one, text/two;q=0.5', got text/one"
    }

    def change(self, variables: dict[str, Any], transaction: Any) -> None:
        if "HTTP_ACCEPT" in variables:
            value = variables["HTTP_ACCEPT"]
            variables["HTTP_ACCEPT"] = value.partition(", ")[0] if value.startswith("text/one") else value


class DropsSecondCookie(HeaderMutant):
    """Cookies in a second line are dropped."""

    kills = {"repeated-cookie-whole": "cookies: want 'a=1; b=2; c=3', got 'a=1; b=2'"}

    def change(self, variables: dict[str, Any], transaction: Any) -> None:
        if "HTTP_COOKIE" in variables:
            value = variables["HTTP_COOKIE"]
            variables["HTTP_COOKIE"] = value.replace("; c=3", "") if "a=1; b=2" in value else value


class JoinsCookiesByComma(HeaderMutant):
    """Cookies are joined like any other field."""

    kills = {"repeated-cookie-joined-by-semicolon": "between two cookies: want '; ', got ', '"}

    def change(self, variables: dict[str, Any], transaction: Any) -> None:
        if "HTTP_COOKIE" in variables:
            value = variables["HTTP_COOKIE"]
            variables["HTTP_COOKIE"] = value.replace("; c=3", ", c=3") if "a=1; b=2" in value else value


class MakesLists(HeaderMutant):
    """A repeated field is a list."""

    kills = {
        "header-variables-are-str": "types of variables: want str, got HTTP_X_LIST is list",
        "repeated-field-joined": "members of HTTP_X_LIST: want 'first, second, third, fourth', got \"['first",
    }

    def change(self, variables: dict[str, Any], transaction: Any) -> None:
        if ", " in variables.get("HTTP_X_LIST", ""):
            variables["HTTP_X_LIST"] = variables["HTTP_X_LIST"].split(", ")


class MakesNone(HeaderMutant):
    """An empty field is None."""

    kills = {"header-variables-are-str": "types of variables: want str, got HTTP_X_EMPTY is NoneType"}

    def change(self, variables: dict[str, Any], transaction: Any) -> None:
        if "HTTP_X_EMPTY" in variables:
            value = variables["HTTP_X_EMPTY"]
            variables["HTTP_X_EMPTY"] = value or None


class LowersHost(HeaderMutant):
    """The port is taken off Host."""

    kills = {"host-variable-is-the-field": "HTTP_HOST: want wsgicheck.example:81, got wsgicheck.example"}

    def change(self, variables: dict[str, Any], transaction: Any) -> None:
        if "HTTP_HOST" in variables:
            value = variables["HTTP_HOST"]
            variables["HTTP_HOST"] = value.removesuffix(":81")


class InventsHost(HeaderMutant):
    """A request without Host gets one."""

    kills = {"host-variable-not-invented": "HTTP_HOST without Host: want absent, got 127.0.0.1"}

    def change(self, variables: dict[str, Any], transaction: Any) -> None:
        variables.setdefault("HTTP_HOST", transaction.connection.local[0])


class PrefixesContentType(HeaderMutant):
    """Content-Type has two variables."""

    kills = {
        "content-type-only-without-prefix": "HTTP_CONTENT_TYPE: want absent, got 'Text/X-Wsgicheck; charset="
    }

    def change(self, variables: dict[str, Any], transaction: Any) -> None:
        if transaction.request.framing == "length":
            variables["HTTP_CONTENT_TYPE"] = self.content_type(transaction) or ""


class PrefixesContentLength(HeaderMutant):
    """Content-Length has two variables."""

    kills = {"content-length-only-without-prefix": "HTTP_CONTENT_LENGTH: want absent, got 5"}

    def change(self, variables: dict[str, Any], transaction: Any) -> None:
        if transaction.request.framing == "length":
            variables["HTTP_CONTENT_LENGTH"] = self.content_length(transaction) or ""


class StripsContentPrefix(HeaderMutant):
    """All that begins with Content has no prefix."""

    kills = {"other-content-fields-keep-prefix": "CONTENT_LANGUAGE: want absent, got present"}

    def change(self, variables: dict[str, Any], transaction: Any) -> None:
        if "HTTP_CONTENT_LANGUAGE" in variables:
            variables["CONTENT_LANGUAGE"] = variables.pop("HTTP_CONTENT_LANGUAGE")


class HidesContentEncoding(HeaderMutant):
    """The content coding is kept from the application."""

    kills = {
        "content-encoding-keeps-prefix": "HTTP_CONTENT_ENCODING of a body that is as sent: want gzip, got ''"
    }

    def change(self, variables: dict[str, Any], transaction: Any) -> None:
        variables.pop("HTTP_CONTENT_ENCODING", None)


class AddsLowerCase(HeaderMutant):
    """Fields have a variable in their own case besides."""

    kills = {
        "environ-keys-differ-in-more-than-case": "doubles of variables in another case: want none, got HTTP_",
        "header-variables-only-of-request": "HTTP_ variables of fields that were not sent: want none, got HT",
    }

    def change(self, variables: dict[str, Any], transaction: Any) -> None:
        variables["HTTP_Host"] = variables.get("HTTP_HOST", "")


class MakesBytesKeys(HeaderMutant):
    """A key is octets."""

    kills = {
        "environ-keys-are-str": "types of keys: want str, got HTTP_TEXT is bytes",
        "header-variables-only-of-request": "HTTP_ variables of fields that were not sent: want none, got HT",
    }

    def change(self, variables: dict[str, Any], transaction: Any) -> None:
        variables[b"HTTP_TEXT"] = "text"  # type: ignore[index]


class LeaksStray(HeaderMutant):
    """HTTP_ variables of the operating system are headers."""

    kills = {
        "os-variables-not-header-variables": "HTTP_X_WSGICHECK_STRAY, which is in the server's own environmen"
    }

    def change(self, variables: dict[str, Any], transaction: Any) -> None:
        variables.setdefault("HTTP_X_WSGICHECK_STRAY", os.environ["HTTP_X_WSGICHECK_STRAY"])


class PrefersStray(HeaderMutant):
    """Where header and operating system have a variable, the latter's is taken."""

    kills = {
        "header-variables-before-os-variables": "HTTP_X_WSGICHECK_STRAY: want from the request, got from the"
    }

    def change(self, variables: dict[str, Any], transaction: Any) -> None:
        if "HTTP_X_WSGICHECK_STRAY" in variables:
            variables["HTTP_X_WSGICHECK_STRAY"] = os.environ["HTTP_X_WSGICHECK_STRAY"]


class CopiesText(HeaderMutant):
    """Variables of the operating system are copied as text."""

    kills = {"os-variables-latin-1": "WSGICHECK_TEXT, which is in the server's own environment: want 'caf"}

    def change(self, variables: dict[str, Any], transaction: Any) -> None:
        variables["WSGICHECK_TEXT"] = os.environ["WSGICHECK_TEXT"]


class TakesListsApart(HeaderMutant):
    """Lists are taken apart, and joined without their empty members."""

    kills = {"header-list-kept-as-sent": "HTTP_X_LIST: want 'a, , b,,c ,d', got 'a, b, c, d'"}

    def change(self, variables: dict[str, Any], transaction: Any) -> None:
        if "HTTP_X_LIST" in variables:
            members = [member.strip() for member in variables["HTTP_X_LIST"].split(",")]
            variables["HTTP_X_LIST"] = ", ".join(member for member in members if member)


class ForgetsBeyondSixtyFour(HeaderMutant):
    """There is room for 64 variables of fields."""

    kills = {"ninety-headers-all-arrive": "fields X-N-* that did not arrive: want none, got"}

    def change(self, variables: dict[str, Any], transaction: Any) -> None:
        for name in [*variables][64:]:
            del variables[name]


class CutsNames(HeaderMutant):
    """Names are cut off behind 64 octets."""

    kills = {"long-header-name-has-variable": "the variable of a name of 106 octets: want there, got absent"}

    def change(self, variables: dict[str, Any], transaction: Any) -> None:
        for name in [name for name in variables if len(name) > 69]:
            variables[name[:69]] = variables.pop(name)


class CutsValues(HeaderMutant):
    """Values are cut off behind 4096 octets."""

    kills = {"header-value-of-6400-octets-whole": "HTTP_X_LONG: want 6400 octets, got 4096 octets"}

    def change(self, variables: dict[str, Any], transaction: Any) -> None:
        for name, value in variables.items():
            variables[name] = value[:4096]


class DecodesCookies(HeaderMutant):
    """Cookies are text, and text is UTF-8."""

    kills = {"known-header-octets-latin-1": "HTTP_COOKIE: want 'a="}

    def change(self, variables: dict[str, Any], transaction: Any) -> None:
        if "HTTP_COOKIE" in variables:
            variables["HTTP_COOKIE"] = variables["HTTP_COOKIE"].encode("latin-1").decode("utf-8", "replace")


class DropsFieldsWithoutValue(HeaderMutant):
    """What has no value is not worth a variable."""

    kills = {"header-without-value-has-variable": "HTTP_X_EMPTY: want present, got absent"}

    def change(self, variables: dict[str, Any], transaction: Any) -> None:
        for key in [key for key, value in variables.items() if not value]:
            del variables[key]
