"""The keeper: a small process between wsgicheck and the server that it starts.

Everything that the server starts, double-forked daemons included, becomes a descendant of the keeper
(a "child subreaper" on Linux). When wsgicheck asks, or dies in any way, its end of the pipe closes,
and the keeper ends exactly its own descendants. Where wsgicheck died without the word ``done``, the
keeper removes the room as well.

Run as ``python -I -S keeper.py`` with one JSON line on standard input:
``{"argv": [...], "env": {...}, "cwd": "...", "output": fd, "room": "..."}``.
It answers on standard output: ``started PID``, ``failed MESSAGE`` or ``exited STATUS``, a line each.
Standard library only; nothing of ours is imported.
"""

import ctypes
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time

PR_SET_CHILD_SUBREAPER = 36
GRACE_SECONDS = 1.0
POLL_SECONDS = 0.01


def main() -> None:
    """Start the server, report how it fares, and end it with the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    adopt_orphans()
    order = json.loads(sys.stdin.readline())
    try:
        server = subprocess.Popen(
            order["argv"],
            env=order["env"],
            cwd=order["cwd"],
            stdin=subprocess.DEVNULL,
            stdout=order["output"],
            stderr=order["output"],
            start_new_session=True,
            preexec_fn=default_signals,
        )
    except OSError as error:
        say(f"failed {error.strerror or error}")
        return
    os.close(order["output"])
    say(f"started {server.pid}")
    threading.Thread(target=report_exit, args=(server,), daemon=True).start()
    last_word = sys.stdin.read()  # ends when wsgicheck closes its end, or is no more
    end_descendants()
    if "done" not in last_word:
        shutil.rmtree(order["room"], ignore_errors=True)


def default_signals() -> None:
    """Undo what the server would inherit: a server that ignores SIGINT is not what the user runs."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def adopt_orphans() -> None:
    """Become the parent of every descendant whose own parent dies (Linux; elsewhere sessions serve)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def report_exit(server: "subprocess.Popen[bytes]") -> None:
    """Tell when the process that was started has ended."""
    say(f"exited {server.wait()}")


def say(line: str) -> None:
    """Report to wsgicheck, which may be gone."""
    try:
        print(line, flush=True)
    except OSError:
        pass


def end_descendants() -> None:
    """SIGTERM to all, a moment of grace, then SIGKILL until nothing is left."""
    tell(signal.SIGTERM)
    deadline = time.monotonic() + GRACE_SECONDS
    while living() and time.monotonic() < deadline:
        time.sleep(POLL_SECONDS)
    deadline = time.monotonic() + GRACE_SECONDS
    while living() and time.monotonic() < deadline:
        tell(signal.SIGKILL)
        time.sleep(POLL_SECONDS)


def tell(signum: int) -> None:
    """Send a signal to every descendant."""
    for pid in living():
        try:
            os.kill(pid, signum)
        except OSError:
            pass


def living() -> "list[int]":
    """Return the descendants that still run; the dead ones among our children are reaped."""
    parents = parent_table()
    found = []
    for pid in parents:
        ancestor = parents.get(pid)
        while ancestor in parents and ancestor != os.getpid():
            ancestor = parents[ancestor]
        if ancestor == os.getpid():
            found.append(pid)
    return found


def parent_table() -> "dict[int, int]":
    """Return the parent of each process that is not a zombie; zombies of ours are reaped here."""
    parents = {}
    for pid, parent, state in processes():
        if state != "Z":
            parents[pid] = parent
        elif parent == os.getpid():
            try:
                os.waitpid(pid, os.WNOHANG)
            except OSError:
                pass
    return parents


def processes() -> "list[tuple[int, int, str]]":
    """Return (pid, parent, state) of all processes, from /proc or, without it, from ps."""
    found = []
    if not os.path.isdir("/proc/self"):
        listed = subprocess.run(["ps", "-axo", "pid=,ppid=,stat="], stdout=subprocess.PIPE, text=True).stdout
        for line in listed.splitlines():
            pid, parent, state = line.split()[:3]
            found.append((int(pid), int(parent), state[0]))
        return found
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open(f"/proc/{name}/stat", encoding="ascii", errors="replace") as stream:
                    fields = stream.read().rpartition(")")[2].split()
            except OSError:
                continue
            found.append((int(name), int(fields[1]), fields[0]))
    return found


if __name__ == "__main__":
    main()
