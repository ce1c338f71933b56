"""The words of a server's command, with an IPv6 address in them."""

from __future__ import annotations

import pytest

from wsgicheck.servers.command import authority_of, fill_in


@pytest.mark.parametrize(
    ("host", "together", "apart"), [("127.0.0.1", "127.0.0.1:80", "127.0.0.1"), ("::1", "[::1]:80", "::1")]
)
def test_an_ipv6_address_gets_brackets_only_before_a_port(host, together, apart):
    """``-b {host}:{port}`` and ``--host {host}`` are both what servers want."""
    values = {"host": host, "port": "80"}
    assert fill_in(["-b{host}:{port}", "{host}"], values) == [f"-b{together}", apart]
    assert authority_of(host, 80) == together
