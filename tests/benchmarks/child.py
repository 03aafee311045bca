"""Runs a command and prints as JSON how long it took, its peak memory, its exit code and the end of its output.

    python child.py SECONDS devnull|tail COMMAND ...

A process of its own, as small as can be, because Linux counts the memory of the process that starts a command into the
peak of the command. SECONDS is the time after which the command is ended; 0 waits for it. Peak memory is that of the
largest process among the command and its children; null where the system does not tell.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time

_TAIL = 65536  # bytes of the output's end that are kept
_TOLD = 2000  # bytes of the error output's end that are passed on


def main() -> None:
    """Run what the arguments say."""
    seconds, kept, *command = sys.argv[1:]
    with tempfile.TemporaryFile() as complaints:
        begun = time.perf_counter()
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if kept == "tail" else subprocess.DEVNULL,
            stderr=complaints,
        )
        timer = threading.Timer(float(seconds), process.kill)
        if float(seconds):
            timer.start()
        tail = b""
        while process.stdout and (more := os.read(process.stdout.fileno(), _TAIL)):
            tail = (tail + more)[-_TAIL:]
        code, cpu, peak = _end_of(process)
        took = time.perf_counter() - begun
        timer.cancel()
        complaints.seek(max(0, complaints.seek(0, os.SEEK_END) - _TOLD))
        told = complaints.read()
    found = {"seconds": took, "cpu": cpu, "peak": peak, "code": code}
    print(json.dumps(found | {"tail": tail.decode("utf-8", "replace"), "told": told.decode("utf-8", "replace")}))


def _end_of(process: subprocess.Popen[bytes]) -> tuple[int, float | None, int | None]:
    """Exit code, processor seconds and peak memory in bytes; the latter two None where the system does not tell."""
    if not hasattr(os, "wait4"):
        return process.wait(), None, None
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    unit = 1 if sys.platform == "darwin" else 1024
    return process.returncode, used.ru_utime + used.ru_stime, used.ru_maxrss * unit


if __name__ == "__main__":
    main()
