"""How much of the law on an origin server is judged, and that no case of other suites is forgotten."""

from __future__ import annotations

import pytest

from tests.floor import LARGEST_PEER, figures, http_rows, request_cases, table
from wsgicheck.catalog import all_checks

IDS = {check.id for check in all_checks()}
PEERS = {
    "MDA2AV/Http11Probe": 215,
    "dropseed/h1spec": 33,
    "uNetworking/h1spec": 33,
    "jonashaag/WSGITest": 27,
    "rschoon/wsgitester": 20,
    "cispa/http-conformance": 106,
}


def test_nearly_every_requirement_on_the_server_is_judged() -> None:
    own = [row for row in http_rows() if row.testable and row.responsible == "server"]
    covered = [row for row in own if row.covered]
    assert len(own) == 180
    assert len(covered) >= 0.95 * len(own), f"{len(covered)} of {len(own)}"


@pytest.mark.parametrize("responsible", ["server", "shared"])
def test_every_must_on_the_server_is_judged(responsible: str) -> None:
    """Shared is what an application may cause, and a server that sends it could have kept back."""
    own = [row for row in http_rows() if row.testable and row.responsible == responsible and row.is_must]
    assert [row.id for row in own if not row.covered] == []


@pytest.mark.parametrize("row", [row for row in http_rows() if not row.covered], ids=lambda row: row.id)
def test_what_is_not_judged_has_a_reason(row: object) -> None:
    judged = getattr(row, "judged", "")
    assert len(judged) > 10
    assert "not yet" not in judged


@pytest.mark.parametrize("peer", PEERS)
def test_every_case_of_a_peer_is_listed_once(peer: str) -> None:
    cases = [case for name, case, _ in table("peers.tsv") if name == peer]
    assert len(cases) == len(set(cases)) == PEERS[peer]


def test_cases_of_peers_name_checks_that_exist_or_say_why_there_are_none() -> None:
    for peer, case, judged in table("peers.tsv"):
        assert peer in PEERS
        named = set() if judged.startswith("- ") else set(judged.split())
        assert judged.startswith("- ") or named, case
        assert named <= IDS, f"{peer}, {case}: {named - IDS}"


def test_there_are_more_distinct_requests_than_the_largest_peer_has_cases() -> None:
    assert len(request_cases()) > LARGEST_PEER


def test_the_figures_can_be_printed() -> None:
    assert any("with a check" in line for line in figures())
