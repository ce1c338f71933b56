"""Counts what the server's processes hold: processes, threads and descriptors."""

from __future__ import annotations

import time

import psutil

from ..model.exchange import Census

POLL_SECONDS = 0.02
STEADY_SECONDS = 0.3


def take_census(root_pid: int | None) -> Census | None:
    """Count all descendants of a process together; None where the system does not tell."""
    if root_pid is None:
        return None
    try:
        tree = psutil.Process(root_pid).children(recursive=True)
    except psutil.Error:
        return None
    processes = threads = descriptors = 0
    for process in tree:
        try:
            with process.oneshot():
                threads += process.num_threads()
                descriptors += process.num_fds()
        except psutil.NoSuchProcess:
            continue  # it ended while it was counted, and so holds nothing
        except psutil.Error:
            return None
        processes += 1
    return Census(processes, threads, descriptors) if processes else None


def steady_census(root_pid: int | None) -> Census | None:
    """Return a count that was the same twice in a row, or the last one of a moment."""
    deadline = time.monotonic() + STEADY_SECONDS
    last = take_census(root_pid)
    while last is not None and time.monotonic() < deadline:
        time.sleep(POLL_SECONDS)
        before, last = last, take_census(root_pid)
        if last == before:
            break
    return last
