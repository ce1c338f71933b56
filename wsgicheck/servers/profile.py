"""How a known server is started: the command behind a name."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Profile:
    """A server that can be asked for by name.

    ``command`` reads as it would be typed after ``--server``: it is split like a shell command
    but run without a shell, so there is no redirection, globbing or ``$VARIABLE`` in it.
    Eleven placeholders are replaced, each literally; other braces stand for themselves:
    ``{app}`` (``module:callable``), its halves ``{module}`` and ``{callable}``, ``{app_file}``,
    ``{host}``, ``{port}``, ``{socket}`` (the path of a unix socket), ``{room}`` (a scratch
    directory, on the server's import path), ``{python}`` (the interpreter to run in), and over TLS
    ``{tls_cert}`` and ``{tls_key}`` (a certificate chain and its key, made for this run).
    """

    name: str
    """What a user types after ``--server``."""
    command: str
    requires: tuple[str, ...]
    """Distributions to install, pinned to the version that was tried; none for the standard library."""
    summary: str
    """One sentence: what distinguishes this server for somebody who tests it."""
    kind: str
    """``"production"``, or ``"development"`` where its authors advise against serving with it."""
    needs: tuple[str, ...] = ()
    """System packages that installing it takes, by their Debian names."""
    tls: str = ""
    """What is added to the command for ``--tls``; empty where its command line cannot say it."""
