"""Lets workers count the ranges, side by side, and adds up what they came to."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import pyarrow as pa

from klynge.engine.backends.duckdb import DatabaseStopped
from klynge.engine.ranges import bucket
from klynge.engine.ranges.countdown import Countdown, Progress
from klynge.engine.ranges.job import Job
from klynge.engine.ranges.worker import count_range
from klynge.engine.store import opening
from klynge.engine.store.pieces import Store
from klynge.texts import _

_UNITS = {"m": 10**6, "g": 10**9, "t": 10**12, "mi": 2**20, "gi": 2**30, "ti": 2**40}
_PROCESS = 160 * 10**6
"""What a process holds beside the memory its database may use."""

_LEAST = 150 * 10**6


@dataclass(frozen=True, slots=True)
class Means:
    """What the counting may use: memory of all processes together, and cores."""

    memory: str
    cores: int

    @property
    def bytes(self) -> int:
        number, unit = re.fullmatch(r"([\d.]+)\s*([a-z]+)b", self.memory.lower().strip()).groups()  # type: ignore[union-attr]
        return int(float(number) * _UNITS[unit])

    def each(self, processes: int) -> str:
        """What the database of each of some workers may use, beside this process."""
        whole = self.bytes - _PROCESS * (processes + 1)
        return f"{max(whole // processes, _LEAST) // 10**6}MB"


def count_ranges(store: Store, job: Job, means: Means, tell: Progress) -> dict[str, pa.Table]:
    """The answer to every question of the job, over everybody in the store."""
    numbers = store.ranges(job.registers) or [0]
    tasks = [_task(store, job, number) for number in numbers]
    processes = min(means.cores, len(tasks))
    if processes == 1:
        for task in tasks:
            count_range(
                job.orders,
                **task,
                folder=store.work.folder,
                memory=means.memory,
                threads=means.cores,
            )
    else:
        _side_by_side(store, job, tasks, means, processes, tell)
    return _added(job, [task["path"] for task in tasks])


def _task(store: Store, job: Job, number: int) -> dict[str, Any]:
    return {
        "views": {name: opening.view(store, name, number) for name in job.registers},
        "keys": job.keys(store, number),
        "path": store.work.counts / f"range-{number:04}.bucket",
    }


def _side_by_side(
    store: Store,
    job: Job,
    tasks: Sequence[Mapping[str, Any]],
    means: Means,
    processes: int,
    tell: Progress,
) -> None:
    first = {
        "orders": job.orders.told(),
        "folder": str(store.work.folder),
        "memory": means.each(processes),
    }
    free: SimpleQueue[_Worker] = SimpleQueue()
    workers = [_Worker(first) for _each in range(processes)]
    try:
        for worker in workers:
            free.put(worker)
        with ThreadPoolExecutor(processes) as pool:
            _follow([pool.submit(_on_a_free_one, free, task, means) for task in tasks], tell)
    finally:
        for worker in workers:
            worker.end()


def _follow(waiting: list[Any], tell: Progress) -> None:
    progress = Countdown(tell, len(waiting))
    try:
        for finished in as_completed(waiting):
            finished.result()
            progress.one_more()
    except BaseException:
        for other in waiting:
            other.cancel()
        raise


def _on_a_free_one(free: SimpleQueue[_Worker], task: Mapping[str, Any], means: Means) -> None:
    worker = free.get()
    try:
        worker.count(task, means)
    finally:
        free.put(worker)


class _Worker:
    """A process that counts ranges. It ends when its input is closed, also when we are killed."""

    def __init__(self, first: Mapping[str, Any]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "klynge.engine.ranges.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # Python's own words about a row must not be printed; what failed is told by kind.
            stderr=subprocess.DEVNULL,
            text=True,
            env={**os.environ, "PYTHONWARNINGS": "ignore"},
        )
        self._send(first)

    def count(self, task: Mapping[str, Any], means: Means) -> None:
        self._send({**task, "path": str(task["path"])})
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        told = json.loads(line) if line else {"doing": "", "kind": "MemoryError"}
        if told:
            raise DatabaseStopped(told["doing"] or _("tælling"), told["kind"], means.memory)

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def _send(self, what: Mapping[str, Any]) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(what) + "\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            pass  # It is gone; the missing answer tells.


def _added(job: Job, paths: Sequence[Path]) -> dict[str, pa.Table]:
    buckets = [bucket.read(path) for path in paths]
    return {name: added([each[name].table for each in buckets]) for name in job.questions}


def added(tables: Sequence[pa.Table]) -> pa.Table:
    """The 64-bit whole numbers of some tables, added where the other columns are alike."""
    whole = pa.concat_tables(tables)
    if len(tables) == 1:
        return whole
    keys = [field.name for field in whole.schema if field.type != pa.int64()]
    numbers = [field.name for field in whole.schema if field.type == pa.int64()]
    summed = whole.group_by(keys, use_threads=False).aggregate([(n, "sum") for n in numbers])
    columns = {key: summed[key] for key in keys} | {n: summed[f"{n}_sum"] for n in numbers}
    return pa.table({name: columns[name] for name in whole.schema.names}, schema=whole.schema)
