"""Mutants that take one field name for another that resembles it."""

from __future__ import annotations

from typing import Any

from reference_server import ReferenceServer


class KnowsNamesByTheirBeginning(ReferenceServer):
    """Names that were seen are looked up by sixteen octets."""

    kills = {"similar-field-names-not-mixed-up": "HTTP_X_ALIKE_AAAAAAAA_ONE: want value 0 of its own, got"}

    def header_variables(self, transaction: Any) -> dict[str, str]:
        names: dict[bytes, bytes] = {}
        fields = transaction.request.fields
        custom = [(name[:15] if name.startswith(b"X-") else name, name, value) for name, value in fields]
        alike = [(names.setdefault(key, name), value) for key, name, value in custom]
        transaction.request.fields = alike
        try:
            return super().header_variables(transaction)
        finally:
            transaction.request.fields = fields


class KnowsTypeByItsLength(ReferenceServer):
    """The field of twelve octets that begins with "content-ty" is the type."""

    kills = {
        "field-names-similar-to-known-ones-not-mixed-up": "CONTENT_TYPE: want absent or empty, got value 0 of",
    }

    def content_type(self, transaction: Any) -> str | None:
        for name, value in transaction.request.fields:
            if len(name) == 12 and name.lower().startswith(b"content-ty"):
                return self.native_string(value)
        return None


class KnowsLettersAlone(ReferenceServer):
    """A name is made of letters, digits and dashes; whatever else comes is none."""

    kills = {"fields-of-unusual-names-not-lost": "fields that no variable has: want none, got"}

    def keep_field(self, name: bytes) -> bool:
        return super().keep_field(name) and name.replace(b"-", b"").isalnum()
