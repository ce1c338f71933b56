"""The pytest plugin: one item a check and server, and fixtures for a user's own tests.

``pytest --wsgi-server CMD_OR_PROFILE`` (repeatable; ``wsgi_servers`` in the configuration) collects every
check as ``wsgicheck::SERVER::ID``. Without it nothing is collected, and nothing of ours is imported but
this module: everybody who has wsgicheck installed pays for what stands here at every start of pytest.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .testing import ClientFactory, ExchangeFactory, ServerFactory

MARKERS = (
    "wsgicheck(level, source, topic): every check of a server (pytest --wsgi-server)",
    "wsgicheck_must: checks of a MUST",
    "wsgicheck_must_not: checks of a MUST NOT",
    "wsgicheck_should: checks of a SHOULD",
    "wsgicheck_should_not: checks of a SHOULD NOT",
    "wsgicheck_may: checks of a MAY",
    "wsgicheck_pep3333: checks of PEP 3333",
    "wsgicheck_rfc3875: checks of RFC 3875 (CGI)",
    "wsgicheck_rfc9110: checks of RFC 9110 (HTTP semantics)",
    "wsgicheck_rfc9112: checks of RFC 9112 (HTTP/1.1)",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options; each has its twin in the configuration, which the command line overrides."""
    group = parser.getgroup("wsgicheck", "conformance of WSGI servers (wsgicheck)")
    group.addoption(
        "--wsgi-server",
        dest="wsgi_servers",
        action="append",
        default=[],
        metavar="CMD_OR_PROFILE",
        help="check this server: a command with {host}, {port} and {app}, or a name that"
        " 'wsgicheck servers' lists; repeatable",
    )
    group.addoption(
        "--wsgi-profile",
        choices=("wsgi", "standard", "edge"),
        default=None,
        help="how much is asked of the servers (default: standard)",
    )
    group.addoption(
        "--wsgi-timeout",
        type=float,
        default=None,
        metavar="SECONDS",
        help="the longest wait for any one answer (default: 5)",
    )
    parser.addini("wsgi_servers", "servers to check, as after --wsgi-server, one a line", "linelist", [])
    parser.addini("wsgi_profile", "how much is asked of them: wsgi, standard or edge", default="standard")
    parser.addini("wsgi_timeout", "the longest wait for any one answer, in seconds", default="5")


def pytest_configure(config: pytest.Config) -> None:
    """Register the markers; with a server to check, also what collects and runs its checks."""
    for line in MARKERS:
        config.addinivalue_line("markers", line)
    if config.getoption("wsgi_servers") or config.getini("wsgi_servers"):
        from .pytest_session import Conformance

        config.pluginmanager.register(Conformance(config), "wsgicheck-conformance")


@pytest.fixture(scope="session")
def wsgicheck_server(request: pytest.FixtureRequest) -> Iterator[ServerFactory]:
    """Start any server with any application: ``wsgicheck_server(SERVER, "module:app")``.

    Gives an object with ``url``, ``port``, ``log`` and ``restart()``. A second call with the same arguments
    gives the same server; all are ended with the session. SERVER is a command line with placeholders or a
    profile, as after ``--wsgi-server``.
    """
    from .testing import ServerFactory

    with ServerFactory() as factory:
        yield factory


@pytest.fixture(scope="session")
def wsgicheck_client() -> ClientFactory:
    """Speak to a server: ``wsgicheck_client(server).get("/")``, or ``.send(b"GET / HTTP/1.1\\r\\n...")``."""
    from .testing import ClientFactory

    return ClientFactory()


@pytest.fixture(scope="session")
def wsgicheck_exchange() -> Iterator[ExchangeFactory]:
    """Have a play performed inside a server: ``wsgicheck_exchange(SERVER, request, play)``.

    Gives an ``HttpExchange`` with both logs: ``.app`` (what the application saw and did) and ``.wire``
    (every octet). Each server is started once a session.
    """
    from .testing import ExchangeFactory

    with ExchangeFactory() as factory:
        yield factory
