"""Mutants of what a path, a query and repeated fields hold at their edges."""

from __future__ import annotations

from typing import Any

from reference_server import ReferenceServer


class WritesSpaceAsPlus(ReferenceServer):
    """A query is a form, and a form writes a space as "+"."""

    kills = {"query-spaces-kept": "QUERY_STRING: want"}

    def query_string(self, transaction: Any) -> str:
        return super().query_string(transaction).replace("%20", "+")


class StripsPath(ReferenceServer):
    """A path is a name, and no name ends in a space."""

    kills = {"path-info-outer-spaces-kept": "PATH_INFO: want"}

    def path_info(self, transaction: Any) -> str:
        return super().path_info(transaction).rstrip(" ")


class CutsLastParameters(ReferenceServer):
    """``urlparse()`` takes the parameters of the last segment for something of their own."""

    kills = {
        "path-info-parameters-of-each-segment": "PATH_INFO: want",
    }

    def path_info(self, transaction: Any) -> str:
        head, slash, last = super().path_info(transaction).rpartition("/")
        return head + slash + last.partition(";")[0]


class TakesEmptyForAbsent(ReferenceServer):
    """A line is the first of its name where nothing is there before it."""

    kills = {"repeated-field-with-empty-lines-whole": "members of HTTP_X_EDGE: want 'first, last', got last"}

    def join_repeated_fields(self, name: str, values: list[bytes]) -> str:
        kept: list[bytes] = []
        for value in values:
            kept = [*kept, value] if kept and kept[-1] else [value]
        return super().join_repeated_fields(name, kept)


class StripsLaterLines(ReferenceServer):
    """``str.strip()`` tidies what is appended."""

    kills = {"repeated-field-octets-kept": "members of HTTP_X_OCTETS: want"}

    def join_repeated_fields(self, name: str, values: list[bytes]) -> str:
        later = [value.decode("latin-1").strip().encode("latin-1") for value in values[1:]]
        return super().join_repeated_fields(name, values[:1] + later)


class DecodesDelimitersOfQuery(ReferenceServer):
    """Escapes of delimiters are resolved, for the convenience of whoever splits there."""

    kills = {"query-delimiters-kept": "QUERY_STRING: want"}

    def query_string(self, transaction: Any) -> str:
        query = super().query_string(transaction)
        return query.replace("%26", "&").replace("%3D", "=") if "%26" in query else query


class CutsQueryAtItsBuffer(ReferenceServer):
    """The buffer for a query has 4096 octets."""

    kills = {"query-of-7900-octets-whole": "length of QUERY_STRING: want 7900, got 4096"}

    def query_string(self, transaction: Any) -> str:
        return super().query_string(transaction)[:4096]
