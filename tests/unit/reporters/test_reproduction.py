"""Every check can be shown without wsgicheck: its application, its octets, its client."""

from __future__ import annotations

import ast
import io
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.topics import each_topic
from tests.unit.reporters.test_reports import NASTY, exchange, golden, judged, report
from tests.unit.running import Ground
from wsgicheck.authoring import (
    AwaitApp,
    AwaitEnd,
    FinishSending,
    HangUp,
    Octets,
    Pause,
    Play,
    Receive,
    Release,
    Request,
    Send,
    Several,
    Visit,
    raises,
    waits,
)
from wsgicheck.catalog import all_checks
from wsgicheck.model.check import Check
from wsgicheck.model.exchange import HttpExchange, Segment, Server, WireLog
from wsgicheck.model.play import Play as AnyPlay
from wsgicheck.model.result import Result, ServerFacts, Severity, Verdict
from wsgicheck.reporters import account
from wsgicheck.reporters.reproduction import Reproduction, reproduction
from wsgicheck.reporters.standalone import application_text

SERVER = ServerFacts(
    "a server", "serve 127.0.0.1:4711 probe", template="{python} -m serve {host}:{port} {app}"
)
OURS_TO_RAISE = (RuntimeError, TimeoutError, ValueError, KeyError, OSError, TypeError, BaseException)


def shown(check: Check, whole: HttpExchange | None = None, server: ServerFacts = SERVER) -> Reproduction:
    evidence = (whole if whole is not None else replace(exchange(), request=check.send),)
    found = reproduction(Result(check, Verdict.FAIL, Severity.ERROR, "it fails", "a", "b", evidence), server)
    assert found is not None
    return found


@each_topic
def test_each_check_has_an_application_and_a_client_of_the_standard_library(checks: list[Check]) -> None:
    for found in map(shown, checks):
        for name, text in found.files:
            if name.endswith(".py"):
                assert b"left out here" not in text, name
                allowed = {*sys.stdlib_module_names, *found.packages}
                assert _imported(text.decode()) <= allowed, name
        assert "\n" not in found.shell and "\n" not in found.serve


def _imported(source: str) -> set[str]:
    """Return the names of the packages that a program imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        names |= {alias.name for alias in node.names} if isinstance(node, ast.Import) else set()
        names |= {str(node.module)} if isinstance(node, ast.ImportFrom) else set()
    return {name.split(".")[0] for name in names}


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@each_topic
def test_each_application_can_be_performed(checks: list[Check], tmp_path: Path) -> None:
    """In process: whatever it raises, it is not a name that it lacks."""
    plays = {check.play: check.id for check in checks if check.play.application is None}
    for play, id in plays.items():
        (tmp_path / id).mkdir()
        _perform_thrice(play, tmp_path / id)


def _perform_thrice(play: AnyPlay, folder: Path) -> None:
    module: dict[str, Any] = {"__file__": str(folder / "shown.py")}
    for each in _gates(play):
        (folder / f"shown.gate-{each}").touch()
    exec(compile(application_text("shown", "a heading", play), "shown.py", "exec"), module)
    for label in ("1", "2", "3"):
        environ = {
            "wsgi.input": io.BytesIO(b"body\nand more\n"),
            "wsgi.errors": io.StringIO(),
            "CONTENT_LENGTH": "14",
            "HTTP_X_WSGICHECK_TICKET": f"wct-{'0' * 16}-{label}",
            "wsgi.file_wrapper": lambda stream, *size: iter(lambda: stream.read(8192), b""),
        }
        try:
            _perform(module["application"], environ)
        except (NameError, UnboundLocalError, SyntaxError):
            raise
        except KeyError as error:
            assert error.args[0] not in ("write", "file", "wrapped", "input", "length", "consumed"), error
        except BaseException as error:
            assert isinstance(error, OURS_TO_RAISE)
    seen = (folder / "shown.seen").read_text(encoding="utf-8")
    assert seen.startswith("called for request 1\n"), folder.name


def _perform(application: Any, environ: dict[str, Any]) -> None:
    body = application(environ, lambda status, headers, exc_info=None: lambda octets: None)
    try:
        for _, _block in zip(range(10), iter(body), strict=False):
            pass
    finally:
        if hasattr(body, "close"):
            body.close()


def _gates(play: AnyPlay) -> set[str]:
    return set(re.findall(r"op='wait', args=\('([^']+)'", repr(play)))


def test_an_application_is_as_it_was() -> None:
    play = Play(chunks=(b"first", waits("go"), raises("halfway \" ' \\ " + NASTY)))
    golden("reproduction.py.txt", application_text("rule_one", f'rule-one: "quoted" \\ {NASTY!r}', play))


def test_a_client_that_does_more_than_send_is_as_it_was() -> None:
    then = (
        Receive(b"first"),
        AwaitApp("waiting"),
        Release("go"),
        Pause(0.02),
        Send(b"X: {ticket} {authority}\r\n"),
        AwaitEnd(),
        FinishSending(),
        HangUp(),
    )
    check = judged("rule-one", octets_=True)
    check = replace(check, send=Octets(b"GET / HTTP/1.1\r\nHost: {authority}\r\n\r\n", then=then))
    found = shown(check)
    files = dict(found.files)
    golden("reproduction-client.py.txt", files["rule_one_client.py"].decode())
    assert found.shell == (
        "rm -f rule_one.seen; python3 rule_one_client.py | cat -v; echo; sleep 1; cat rule_one.seen"
    )


def test_the_octets_are_those_that_were_sent_to_another_port() -> None:
    sent = b"GET / HTTP/1.1\r\nHost: 127.0.0.1:4711\r\nX: \x00\xff\r\n\r\n"
    whole = replace(
        exchange(), wire=WireLog((Segment(1.0, sent),)), server=Server("127.0.0.1", 4711, "127.0.0.1:4711")
    )
    found = shown(judged("rule-one"), whole)
    assert dict(found.files)["rule_one.octets"] == sent.replace(b"4711", b"8000")
    assert found.serve == "PYTHONPATH=. python3 -m serve 127.0.0.1:8000 rule_one:application"
    assert found.shell.startswith("rm -f rule_one.seen; python3 -c 'import select, socket, sys; ")
    assert found.shell.endswith(" < rule_one.octets | cat -v; echo; sleep 1; cat rule_one.seen")


def test_the_same_request_several_times_goes_over_several_connections() -> None:
    send = Several(Request(then=(Receive(b"x"),)), times=3, at_once=True)
    sent = f"GET / HTTP/1.1\r\nHost: h\r\nX-Wsgicheck-Ticket: wct-{'0' * 16}-2\r\n\r\n".encode()
    whole = replace(exchange(), request=send, wire=WireLog((Segment(1.0, sent),)))
    found = shown(replace(judged("rule-one"), send=send), whole)
    files = dict(found.files)
    assert [name for name in files if name.endswith(".octets")] == [f"rule_one-{n}.octets" for n in (1, 2, 3)]
    assert files["rule_one-3.octets"] == sent.replace(b"-2\r\n", b"-3\r\n")
    assert b"threading.Thread(target=run" in files["rule_one_client.py"]


def test_ipv6_a_unix_socket_and_what_was_never_sent() -> None:
    server = replace(SERVER, template="serve -b {host}:{port} {app_file} {room} {callable}")
    whole = replace(exchange(), server=Server("::1", 4711, "[::1]:4711"))
    assert shown(judged("rule-one"), whole, server).serve == (
        "PYTHONPATH=. serve -b '[::1]:8000' rule_one.py . application"
    )
    whole = replace(exchange(), server=Server("localhost", None, "localhost"))
    found = shown(judged("rule-one"), whole, replace(SERVER, template="serve {socket} {module}"))
    assert found.serve == "PYTHONPATH=. serve server.sock rule_one"
    assert "socket.AF_UNIX" in found.shell
    nothing = replace(exchange(), wire=WireLog())
    result = Result(judged("rule-one"), Verdict.FAIL, Severity.ERROR, evidence=(nothing,))
    assert reproduction(result, SERVER) is None
    assert reproduction(replace(result, evidence=()), SERVER) is None


def test_the_lines_can_be_run_from_elsewhere() -> None:
    result = Result(judged("rule-one"), Verdict.FAIL, Severity.ERROR, evidence=(exchange(),))
    found = reproduction(result, SERVER, port=9, folder="my shown")
    assert found is not None
    assert found.serve == "PYTHONPATH='my shown' python3 -m serve 127.0.0.1:9 rule_one:application"
    assert found.shell.startswith("(cd 'my shown' && rm -f rule_one.seen; ")


def test_a_visit_is_the_octets_that_the_ordinary_client_sent() -> None:
    check = replace(
        judged("rule-one"), send=Visit("GET", "/a"), play=Play(application="sample_apps.site:application")
    )
    found = shown(check)
    assert found.packages == ("sample_apps",)
    assert b"from sample_apps.site import application" in dict(found.files)["rule_one.py"]


@pytest.mark.parametrize("folder", [None, "shown"])
def test_an_account_obeys_no_word_of_a_server(folder: str | None) -> None:
    failed = report().results[1]
    server = ServerFacts("a server", "serve " + NASTY, template="serve {port} {app} " + NASTY, output=NASTY)
    text = account.render(failed, server, reproduction(failed, server), folder)
    assert all(character.isprintable() or character == "\n" for character in text)
    assert "[bold]rich[/bold]" in text
    assert "to see it without wsgicheck" in text


SINNER = (
    "{python} -m tests.mutants.serve tests.mutants.wsgi.close:ClosesIterator"
    " {app} --host {host} --port {port}"
)


def test_replay_tells_all_and_writes_what_is_needed(ground: Ground, tmp_path: Path) -> None:
    folder = tmp_path / "shown"
    replay = ("replay", "sized-iterable-closed", "-q")
    ended = ground.run(*replay, "--server", SINNER, "--write", str(folder))
    assert ended.exit_code == 1, ended.err
    assert ended.out.startswith("FAIL sized-iterable-closed")
    for words in ("calls of close():", "client -> GET /", "PATH_INFO = str '/'", f"in {folder}:", "cat -v"):
        assert words in ended.out
    assert {path.name for path in folder.iterdir()} == {
        "sized_iterable_closed.py",
        "sized_iterable_closed.octets",
    }
    kept = ground.run(*replay)
    assert (kept.exit_code, kept.err) == (0, "")
    assert kept.out.startswith("PASS sized-iterable-closed")
    assert "    def blocks():" in kept.out, "the application stands there, where it is not written"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("no-such-check",), "there is no check 'no-such-check'"),
        (("iterable-close",), "did you mean iterable-closed"),
        (("iterable-closed", "--write", "/proc/none"), "nothing can be written into '/proc/none'"),
        (("iterable-closed", "--server", "gunicron"), "neither a profile nor a command"),
        (("iterable-closed", "--port", "0"), "--port"),
        (("host-missing-answered-400", "--profile", "wsgi"), "is no check of the profile 'wsgi'"),
        ((), "Missing argument"),
    ],
)
def test_what_cannot_be_replayed_is_usage(ground: Ground, arguments: tuple[str, ...], words: str) -> None:
    ended = ground.run("replay", *arguments)
    assert ended.exit_code == 2, ended.err
    assert words in ended.err and "Traceback" not in ended.err


def test_a_server_that_does_not_start_cannot_be_replayed(ground: Ground) -> None:
    ended = ground.run("replay", "iterable-closed", "--server", "no-such-command {port} {app}")
    assert ended.exit_code == 3


def test_a_sample_application_is_written_too(ground: Ground, tmp_path: Path) -> None:
    (check, *_) = (
        check for check in all_checks() if check.play.application == "sample_apps.site:application"
    )
    folder = tmp_path / "shown"
    assert ground.run("replay", check.id, "--write", str(folder), "-q").exit_code == 0
    words = [sys.executable, "-c", f"import {check.id.replace('-', '_')}"]
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    subprocess.run([words[0], "-S", "-E", *words[1:]], cwd=folder, env=environment, check=True)
