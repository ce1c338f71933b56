"""A server's command line: split as a shell would, placeholders filled in, no shell run."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from difflib import get_close_matches

from ..errors import UsageTrouble
from .builtin import PROFILES
from .known import known_profiles, profile_faults
from .profile import Profile

APPLICATION_PLACEHOLDERS = ("{app}", "{module}", "{app_file}")
PROBE_MODULE = "wsgicheck_probe"


def resolve(server: str, profiles: tuple[Profile, ...] = PROFILES, *, tls: bool = False) -> tuple[str, str]:
    """Return (name, command) of what a user typed after ``--server``: a profile's name or a command.

    For ``tls`` a profile adds its own words for the certificate; a command says them by itself.
    Profiles of other distributions are looked for where no ``profiles`` has the name.
    """
    by_name = {profile.name: profile for profile in profiles}
    if server not in by_name and " " not in server.strip():
        by_name = {**{profile.name: profile for profile in known_profiles()}, **by_name}
    if server in by_name:
        profile = by_name[server]
        return server, f"{profile.command} {profile.tls}" if tls and profile.tls else profile.command
    if not server.strip():
        raise UsageTrouble("the server's command is empty", "name a profile (wsgicheck servers) or a command")
    if " " not in server.strip() and "{" not in server:
        raise UsageTrouble(
            f"{server!r} is neither a profile nor a command with placeholders",
            "".join(f"did you mean {near}? " for near in get_close_matches(server, by_name, 1))
            + f"a profile is one of: {', '.join(sorted(by_name))}; "
            f'a command names {{app}} and {{port}}, as in --server "{server} -b {{host}}:{{port}} {{app}}"'
            + "".join(f"; {fault}" for fault in profile_faults()),
        )
    return server, server


def expect_certificate(command: str) -> None:
    """Raise UsageTrouble for a command that does not hand the certificate of the run to the server."""
    if "{tls_cert}" not in command:
        raise UsageTrouble(
            "the server's command does not name the certificate: {tls_cert} is missing",
            "put {tls_cert} and {tls_key} where its files belong, as in --certfile {tls_cert}"
            " --keyfile {tls_key}; for a server that brings its own, say --tls-ca FILE",
        )


def split(command: str) -> list[str]:
    """Return the words of a command, checked for the placeholders that a run needs."""
    try:
        words = shlex.split(command)
    except ValueError as error:
        raise UsageTrouble(
            f"the server's command cannot be split into words: {error}", "check its quotes"
        ) from None
    if "{port}" not in command and "{socket}" not in command:
        raise UsageTrouble(
            "the server's command does not say where to listen: {port} is missing",
            "put {host} and {port} where its address belongs, as in -b {host}:{port}",
        )
    if not any(name in command for name in (*APPLICATION_PLACEHOLDERS, PROBE_MODULE)):
        raise UsageTrouble(
            "the server's command does not name the application: {app} is missing",
            "put {app} where module:callable belongs ({module} and {callable} are its halves, {app_file}"
            " its file)",
        )
    return words


def authority_of(host: str, port: int | str) -> str:
    """Return ``host:port``, an IPv6 address in brackets (RFC 3986 3.2.2)."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def fill_in(words: list[str], values: Mapping[str, str]) -> list[str]:
    """Return the words with every ``{name}`` of ``values`` replaced; other braces stay as they are.

    An IPv6 address gets its brackets where a port follows it: ``{host}:{port}``.
    """
    filled = []
    for word in words:
        if ":" in values.get("host", ""):
            word = word.replace("{host}:{port}", authority_of(values["host"], values["port"]))
        for name, value in values.items():
            word = word.replace("{" + name + "}", value)
        filled.append(word)
    return filled
