"""The fixtures, in the tests of a user with an application of his own."""

from __future__ import annotations

import re
import socket

from tests.unit.pytest_plugin.plugged import Plugged

SHOP = """
    import os

    def app(environ, start_response):
        content = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        print("asked for", environ["PATH_INFO"], flush=True)
        start_response("200 OK", [("Content-Type", "text/plain"), ("X-Pid", str(os.getpid()))])
        return [environ["REQUEST_METHOD"].encode(), b" ", content]
"""


def test_a_server_runs_any_application_and_can_be_started_again(plugged: Plugged) -> None:
    plugged.pytester.makepyfile(shop=SHOP)
    plugged.pytester.makepyfile(
        """
        import pytest
        import shop
        import urllib.request

        @pytest.mark.parametrize("name", ["reference", "wsgiref"])
        def test_server(wsgicheck_server, wsgicheck_client, name):
            server = wsgicheck_server(name, "shop:app")
            assert wsgicheck_server(name, "shop:app") is server, "it is started once a session"
            client = wsgicheck_client(server)
            first = client.post("/cart", b"eggs")
            assert (first.status, first.content) == (200, b"POST eggs")
            with urllib.request.urlopen(server.url + "/by-url") as page:
                assert page.read() == b"GET "
            server.await_log("asked for /cart")
            with pytest.raises(TimeoutError, match="asked for /cart"):
                server.await_log("never written", 0.05)
            before = server.port
            server.restart()
            assert server.port == before
            assert client.get("/").values("X-Pid") != first.values("X-Pid")
            assert "asked for /cart" in server.log, "what it wrote before stays"

        def test_octets(wsgicheck_server, wsgicheck_client):
            client = wsgicheck_client(wsgicheck_server("reference", shop.app))
            octets = b"GET /1 HTTP/1.1\\r\\nHost: a\\r\\n\\r\\nHEAD /2 HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n"
            answer = client.send(octets, methods=("GET", "HEAD"))
            assert [one.status for one in answer.responses] == [200, 200]
            assert answer.responses[1].content == b""
            assert answer.wire.ended == "open" and answer.octets.startswith(b"HTTP/1.1 200")
            assert client.send(b"nonsense\\r\\n\\r\\n").response.status == 400
        """
    )
    plugged.run_apart().assert_outcomes(passed=3)


def test_an_exchange_gives_both_logs(plugged: Plugged) -> None:
    plugged.pytester.makepyfile(
        """
        from wsgicheck.authoring import Play, Request, raises

        def test_both(wsgicheck_exchange):
            play = Play(chunks=(b"first", raises("halfway")))
            seen = wsgicheck_exchange("reference", Request("POST", "/a%20b", body=b"x"), play)
            assert len(seen.app.of("closed")) == 1
            assert seen.app.of("called")[0].facts["environ"]
            assert seen.wire.octets_sent.startswith(b"POST /a%20b HTTP/1.1\\r\\n")
            assert b"first" in seen.wire.octets_received

        def test_the_plain_one(wsgicheck_exchange):
            assert wsgicheck_exchange().response.content == b"wsgicheck"
        """
    )
    plugged.run().assert_outcomes(passed=2)


def test_troubles_say_what_to_do_next(plugged: Plugged) -> None:
    plugged.pytester.makepyfile(shop=SHOP)
    plugged.pytester.makepyfile(
        """
        import pytest
        from wsgicheck.testing import ServerTrouble, UsageTrouble

        def test_troubles(wsgicheck_server):
            with pytest.raises(ServerTrouble) as exited:
                wsgicheck_server("reference", "shopp:app")
            assert "no module 'shopp'" in exited.value.output
            with pytest.raises(UsageTrouble, match="neither a profile nor a command"):
                wsgicheck_server("gunicron", "shop:app")
            with pytest.raises(UsageTrouble, match="cannot be imported by a server"):
                wsgicheck_server("reference", lambda environ, start_response: [])
            with pytest.raises(UsageTrouble, match="names no application"):
                wsgicheck_server("reference", "shop")
        """
    )
    plugged.run().assert_outcomes(passed=1)


def test_nothing_is_left_running(plugged: Plugged) -> None:
    plugged.pytester.makepyfile(shop=SHOP)
    plugged.pytester.makepyfile(
        """
        def test_server(wsgicheck_server):
            print("port", wsgicheck_server("reference", "shop:app").port)
        """
    )
    out = plugged.run("-s")
    out.assert_outcomes(passed=1)
    (port,) = re.findall(r"port (\d+)", out.stdout.str())
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", int(port)))
