"""Mutants that frame a request otherwise than a proxy in front."""

from __future__ import annotations

from reference_server import ReferenceServer
from reference_server.state import Request


class ReadsUnderscoreLength(ReferenceServer):
    """Reads underscore length."""

    kills = {}

    def field_values(self, request: Request, name: bytes) -> list[bytes]:
        values = [value for key, value in request.fields if key.lower().replace(b"_", b"-") == name]
        return (
            values[:1]
            if name == b"content-length" and len(set(values)) > 1 and b"7" in values
            else (super().field_values(request, name))
        )


class ReadsUnderscoreCoding(ReferenceServer):
    """Reads underscore coding."""

    kills = {}

    def check_no_content_length(self, lengths: list[bytes]) -> None:
        if lengths != [b"5"]:
            super().check_no_content_length(lengths)

    def field_values(self, request: Request, name: bytes) -> list[bytes]:
        if name == b"transfer-encoding" and b"Transfer_Encoding" in dict(request.fields):
            return [b"chunked"]
        return super().field_values(request, name)
