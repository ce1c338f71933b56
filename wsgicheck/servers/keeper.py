"""The keeper: a small process between wsgicheck and the server that it starts.

Everything that the server starts, double-forked daemons included, becomes a descendant of the keeper
(a "child subreaper" on Linux). When wsgicheck asks, or dies in any way, its end of the pipe closes,
and the keeper ends exactly its own descendants. Where wsgicheck died without the word ``done``, the
keeper removes the room as well.

Run as ``python -I -S keeper.py`` with one JSON line on standard input:
``{"argv": [...], "env": {...}, "cwd": "...", "output": fd, "room": "...", "memory": octets}``.
It answers on standard output, a line each: ``started PID`` or ``failed MESSAGE``, then ``exited STATUS``
when the process that was started has ended, and ``ended`` when nothing of its tree runs any more, which
is later where the server has made a daemon of itself. ``holds OCTETS AT`` tells, ten times a second, how
much memory the tree held at that time of the monotonic clock; beyond ``memory`` (0: no limit) it says
``swollen`` and ends the tree, before the machine ends something at its own choice.
Standard library only; nothing of ours is imported.
"""

import contextlib
import ctypes
import json
import os
import signal
import subprocess
import sys
import threading
import time

PR_SET_CHILD_SUBREAPER = 36
GRACE_SECONDS = 1.0
KILLING_SECONDS = 4.0
POLL_SECONDS = 0.005
LONGEST_POLL_SECONDS = 0.05
DAEMON_POLL_SECONDS = 0.1
MEMORY_POLL_SECONDS = 0.1
REMOVING_SECONDS = 5.0
EXACT_FROM = 0.2
"""The part of the limit above which the memory is counted as exactly as the kernel can."""

started_pid = 0


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
    global started_pid
    started_pid = server.pid
    say(f"started {server.pid}")
    threading.Thread(target=report_exit, args=(server,), daemon=True).start()
    if order["memory"]:
        threading.Thread(target=watch_memory, args=(order["memory"],), daemon=True).start()
    last_word = sys.stdin.readline()  # ends when wsgicheck says so, closes its end, or is no more
    end_descendants()
    if "done" not in last_word:
        remove(order["room"])


def remove(room: str) -> None:
    """Remove a room, in which the server of another one may still write: its keeper ends it meanwhile."""
    import shutil  # not at each start, which it makes slower

    deadline = time.monotonic() + REMOVING_SECONDS
    while os.path.exists(room) and time.monotonic() < deadline:
        shutil.rmtree(room, ignore_errors=True)
        time.sleep(POLL_SECONDS)


def default_signals() -> None:
    """Undo what the server would inherit: a server that ignores SIGINT is not what the user runs."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def adopt_orphans() -> None:
    """Become the parent of every descendant whose own parent dies (Linux; elsewhere sessions serve)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def report_exit(server: "subprocess.Popen[bytes]") -> None:
    """Tell when the process that was started has ended, and when its descendants have."""
    global started_pid
    say(f"exited {server.wait()}")
    started_pid = 0  # which may be another one's from now on
    while is_any_left():
        time.sleep(DAEMON_POLL_SECONDS)
    say("ended")


def watch_memory(limit: int) -> None:
    """Tell how much memory the tree holds, and end it where that is too much."""
    while True:
        at = time.monotonic()
        held = sum(memory_of(pid) for pid in living())
        if held > limit * EXACT_FROM:
            held = sum(share_of(pid) for pid in living())
        say(f"holds {held} {at:.3f}")
        if held > limit:
            say("swollen")
            while is_any_left():  # a tree that is not gone at once goes on growing
                kill_descendants()
            return
        time.sleep(MEMORY_POLL_SECONDS)


def share_of(pid: int) -> int:
    """Return the octets that a process holds, and its part of what it shares with others that it forked from.

    The kernel takes a while to count them, and older ones do not.
    """
    try:
        with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as stream:
            counted = dict(line.split()[:2] for line in stream)
    except OSError:
        return memory_of(pid)
    return int(counted["Pss_Anon:"]) * 1024 if "Pss_Anon:" in counted else memory_of(pid)


def memory_of(pid: int) -> int:
    """Return the octets of memory that a process holds and no file backs; 0 where it is gone.

    What it still shares with the process that it was forked from is counted for both.
    """
    if not os.path.isdir("/proc/self"):
        words = ["ps", "-o", "rss=", "-p", str(pid)]
        listed = subprocess.run(words, stdout=subprocess.PIPE, text=True).stdout.strip()
        return int(listed or 0) * 1024
    try:
        with open(f"/proc/{pid}/statm", encoding="ascii") as stream:
            resident, shared = (int(word) for word in stream.read().split()[1:3])
    except OSError:
        return 0
    return (resident - shared) * os.sysconf("SC_PAGE_SIZE")


def say(line: str) -> None:
    """Report to wsgicheck, which may be gone.

    Unbuffered: a thread that is stopped in the midst of ``print()`` is a fatal error at the end.
    """
    with contextlib.suppress(OSError):
        os.write(1, line.encode() + b"\n")


def end_descendants() -> None:
    """SIGTERM to all, a moment of grace, then SIGKILL until nothing is left."""
    tell(signal.SIGTERM)
    deadline = time.monotonic() + GRACE_SECONDS
    pause = POLL_SECONDS
    while is_any_left() and time.monotonic() < deadline:
        time.sleep(pause)
        pause = min(2 * pause, LONGEST_POLL_SECONDS)
    kill_descendants()


def kill_descendants() -> None:
    """SIGKILL until nothing is left.

    What forks and ends without a rest is somewhere else whenever a walk over the tree arrives, so
    nothing walks here and nothing pauses while there is something to hit: whose parent dies is a child
    of ours at once, and a signal to its group misses no fork (fork(2) of a process that is being killed
    fails).
    """
    deadline = time.monotonic() + KILLING_SECONDS
    hit: list[int] = []
    while time.monotonic() < deadline:
        alive = children(os.getpid()) or living()
        if not alive and not is_any_left():
            return
        if alive == hit:
            time.sleep(POLL_SECONDS)
        for pid in alive:
            if not is_reaped(pid):
                kill_with_group(pid)
        hit = alive


def kill_with_group(pid: int) -> None:
    """SIGKILL to a descendant and to its process group, which is of its session and so within our tree."""
    with contextlib.suppress(OSError):
        if (group := os.getpgid(pid)) != os.getpgrp():
            os.killpg(group, signal.SIGKILL)
    with contextlib.suppress(OSError):
        os.kill(pid, signal.SIGKILL)


def is_reaped(pid: int) -> bool:
    """Reap a child that is dead; return whether it was."""
    if pid == started_pid:  # which is waited for elsewhere, for its status
        return False
    try:
        return os.waitpid(pid, os.WNOHANG)[0] == pid
    except OSError:
        return False


def tell(signum: int) -> None:
    """Send a signal to every descendant."""
    for pid in living():
        with contextlib.suppress(OSError):
            os.kill(pid, signum)


def is_any_left() -> bool:
    """Return whether a descendant still runs.

    A walk over the tree can miss a process whose parent dies meanwhile. Where orphans become our
    children, the kernel knows without a walk: who has no child has no descendant.
    """
    return bool(living()) or (sys.platform == "linux" and has_child())


def has_child() -> bool:
    """Return whether any child of ours runs, or has not been reaped."""
    try:
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return False
    return True


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
    for pid, parent, dead in processes():
        if not dead:
            parents[pid] = parent
        elif parent == os.getpid():
            is_reaped(pid)
    return parents


def processes() -> "list[tuple[int, int, bool]]":
    """Return (pid, parent, whether it is dead) of all processes, from /proc or, without it, from ps.

    A zombie with more than one thread is not dead: only its first thread has ended.
    """
    found = []
    if not os.path.isdir("/proc/self"):
        listed = subprocess.run(["ps", "-axo", "pid=,ppid=,stat="], stdout=subprocess.PIPE, text=True).stdout
        for line in listed.splitlines():
            columns = line.split()
            found.append((int(columns[0]), int(columns[1]), columns[2][0] == "Z"))
        return found
    for pid in candidates():
        try:
            with open(f"/proc/{pid}/stat", encoding="ascii", errors="replace") as stream:
                fields = stream.read().rpartition(")")[2].split()
        except OSError:
            continue
        found.append((pid, int(fields[1]), fields[0] == "Z" and int(fields[17]) < 2))
    return found


def candidates() -> "list[int]":
    """Return the pids among which our descendants are: our tree where the kernel lists it, or all."""
    if not os.path.exists(f"/proc/{os.getpid()}/task/{os.getpid()}/children"):
        return [int(name) for name in os.listdir("/proc") if name.isdigit()]
    # A storm of forks leaves thousands of dead, and a look at each would take seconds.
    tree = [pid for pid in children(os.getpid()) if not is_reaped(pid)]
    for pid in tree:  # which grows while it is walked
        tree += children(pid)
    return tree


def children(pid: int) -> "list[int]":
    """Return the children of a process, the dead among them; none where it is gone."""
    found: list[int] = []
    for task in tasks(pid):
        with (
            contextlib.suppress(OSError),
            open(f"/proc/{pid}/task/{task}/children", encoding="ascii") as stream,
        ):
            found += [int(child) for child in stream.read().split()]
    return found


def tasks(pid: int) -> "list[str]":
    """Return the threads of a process, which may be gone."""
    try:
        return os.listdir(f"/proc/{pid}/task")
    except OSError:
        return []


if __name__ == "__main__":
    main()
