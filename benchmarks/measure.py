"""Runs a command and says what it took: time, CPU and memory of it and of all it started."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
_COMMAND = "from klynge.cli import entry; entry()"
PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass
class Taken:
    """wall, cpu: seconds. peak: bytes of all processes together. marks: (line, wall, cpu) for each
    line it told of its progress."""

    wall: float = 0.0
    cpu: float = 0.0
    peak: int = 0
    marks: list[tuple[str, float, float]] = field(default_factory=list)
    out: str = ""

    def phases(self) -> list[tuple[str, float, float]]:
        """What each step that is told of (indented lines are its parts) took: wall and CPU."""
        steps = [mark for mark in self.marks if not mark[0].startswith(" ")]
        ends = [*steps[1:], ("", self.wall, self.cpu)]
        return [
            (line, after[1] - wall, after[2] - cpu)
            for (line, wall, cpu), after in zip(steps, ends, strict=True)
        ]


def run(words: Sequence[str]) -> Taken:
    """Run a command to its end; stops the benchmark when it fails."""
    taken, began = Taken(), time.monotonic()
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    over = threading.Event()
    watcher = threading.Thread(target=_watch, args=(process.pid, taken, over))
    listener = threading.Thread(target=lambda: setattr(taken, "out", process.stdout.read()))
    watcher.start()
    listener.start()
    for line in process.stderr:
        taken.marks.append((line.rstrip("\n"), time.monotonic() - began, _cpu(process.pid)))
    listener.join()
    over.set()
    watcher.join()
    _pid, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    taken.wall, taken.cpu = time.monotonic() - began, used.ru_utime + used.ru_stime
    if process.returncode:
        sys.exit("\n".join([" ".join(words), *(line for line, *_when in taken.marks)]))
    return taken


def klynge(*words: str) -> Taken:
    """Run the command `klynge`."""
    return run([sys.executable, "-c", _COMMAND, *words])


def _watch(pid: int, taken: Taken, over: threading.Event) -> None:
    while not over.wait(0.1):
        taken.peak = max(taken.peak, sum(_held(one) for one in _family(pid)))


def _family(pid: int) -> list[int]:
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (told := _stat(int(entry.name))):
            children.setdefault(int(told[1]), []).append(int(entry.name))
    found, waiting = [], [pid]
    while waiting:
        one = waiting.pop()
        found.append(one)
        waiting += children.get(one, [])
    return found


def _stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat after the name; empty when it is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _held(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE
    except OSError:
        return 0


def _cpu(pid: int) -> float:
    """CPU of the processes that run, and of those they have waited for."""
    told = [_stat(one) for one in _family(pid)]
    return sum(sum(map(int, fields[11:15])) for fields in told if fields) / TICKS
