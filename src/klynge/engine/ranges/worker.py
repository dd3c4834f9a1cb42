"""Counts one person range: makes the tables the questions stand on, asks, and fills the bucket.

As a program (`python -m klynge.engine.ranges.worker`) it reads a line with the orders, then a line
a range, and answers each with a line. It ends when its input does, so it does not outlive the
build.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from klynge.engine.backends.duckdb import Database, DatabaseStopped
from klynge.engine.ranges import bucket
from klynge.engine.ranges.bucket import Answer
from klynge.engine.ranges.orders import Orders


def count_range(
    orders: Orders,
    *,
    views: Mapping[str, str],
    keys: Mapping[str, str],
    path: Path,
    folder: Path,
    memory: str,
    threads: int,
) -> None:
    """See to it that the bucket at `path` has the answer to every question.

    views: the query of each register in the range. keys: of the answers. folder: where the store
    lies; nothing else may be read.
    """
    known = bucket.read(path)
    missing = [name for name in orders.questions if not _stands(known.get(name), keys[name])]
    if not missing:
        return
    with Database(memory, threads, folders=[folder], temp=folder / "unfinished") as db:
        _make_ready(db, orders, views, missing)
        for name in missing:
            known[name] = Answer.of(keys[name], db.arrow(orders.questions[name], doing=name))
    bucket.write(path, known)


def _stands(answer: Answer | None, key: str) -> bool:
    return answer is not None and answer.key == key


def _make_ready(db: Database, orders: Orders, views: Mapping[str, str], missing: list[str]) -> None:
    for name, table in orders.small.items():
        db.register(name, table)
    for name, sql in views.items():
        db.execute(f"CREATE VIEW reg_{name} AS {sql}", doing=name)
    for step in orders.needed(missing):
        db.execute(f"CREATE {step.kind} {step.name} AS {step.sql}", doing=step.name)


def _serve() -> None:
    first = json.loads(sys.stdin.readline())
    orders = Orders.of(first["orders"])
    for line in sys.stdin:
        print(json.dumps(_answer(orders, first, json.loads(line))), flush=True)  # noqa: T201


def _answer(orders: Orders, first: Mapping[str, Any], task: Mapping[str, Any]) -> dict[str, str]:
    try:
        count_range(
            orders,
            views=task["views"],
            keys=task["keys"],
            path=Path(task["path"]),
            folder=Path(first["folder"]),
            memory=first["memory"],
            threads=1,
        )
    except DatabaseStopped as stop:
        return {"doing": stop.doing, "kind": stop.kind}
    except OSError as error:
        # Its text may hold a path, never a row; the kind is enough.
        return {"doing": "", "kind": type(error).__name__}
    return {}


if __name__ == "__main__":
    _serve()
