"""Finds the mutants: every subclass of the reference server below ``tests.mutants`` that declares kills."""

from __future__ import annotations

import importlib
import pkgutil
import shlex
from dataclasses import dataclass
from pathlib import Path

import tests.mutants as home
from reference_server import ReferenceServer

SERVE = Path(__file__).with_name("serve.py")


@dataclass(frozen=True)
class Mutant:
    """One defective server: ``kills`` maps the ids of the checks that must fail to a part of their words."""

    name: str
    kills: dict[str, str]
    tls: bool = False
    """Whether its sin shows over TLS alone: its class says ``over_tls = True``."""

    @property
    def command(self) -> str:
        """The command line that serves it."""
        tls = " --tls-cert {tls_cert} --tls-key {tls_key}" if self.tls else ""
        return (
            f"{{python}} {shlex.quote(str(SERVE))} {self.name} {{app}} --host {{host}} --port {{port}}{tls}"
        )


def gather() -> list[Mutant]:
    """Return all mutants, by module and name."""
    found = []
    for module_info in pkgutil.walk_packages(home.__path__, home.__name__ + "."):
        if module_info.ispkg or module_info.name.count(".") < 3:
            continue  # only the modules of a room hold mutants
        module = importlib.import_module(module_info.name)
        for name, value in vars(module).items():
            if (
                isinstance(value, type)
                and issubclass(value, ReferenceServer)
                and value.__module__ == module.__name__
            ):
                kills = vars(value).get("kills")
                if kills is not None:
                    found.append(
                        Mutant(f"{module.__name__}:{name}", kills, getattr(value, "over_tls", False))
                    )
    return found
