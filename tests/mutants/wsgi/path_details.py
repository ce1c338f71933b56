"""Mutants that decode a path as if it were something else."""

from __future__ import annotations

from typing import Any

from reference_server import ReferenceServer


class DecodesPlusBesideEscapes(ReferenceServer):
    """What has escapes comes from a form."""

    kills = {"path-info-signs-kept-beside-escapes": "PATH_INFO: want"}

    def path_info(self, transaction: Any) -> str:
        path = super().path_info(transaction)
        return path.replace("+", " ") if b"%" in transaction.request.path else path


class KeepsCapitalSlashes(ReferenceServer):
    """An encoded slash is kept, where it is written in capitals."""

    kills = {"path-info-slash-alike-in-both-cases": "PATH_INFO: want"}

    def percent_decode(self, octets: bytes) -> bytes:
        return super().percent_decode(octets.replace(b"%2Fb%2f", b"%252Fb%2f"))


class DropsSlashesAtEnd(ReferenceServer):
    """Slashes at the end of a path are one."""

    kills = {"path-info-of-many-slashes-whole-or-merged": "PATH_INFO: want"}

    def path_info(self, transaction: Any) -> str:
        path = super().path_info(transaction)
        return path.rstrip("/") + "/" if path.endswith("//") and len(path) > 9 else path
