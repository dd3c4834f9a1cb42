"""A job with every indicator counted by DuckDB and by Spark from one store: CPU and ratio.

    python benchmarks/bench_spark.py [--persons 61000] [--memory 4GB] [--folder DIR]

Each engine counts in a process of its own, from the same prepared store, what a build of all years
asks: indicators, months, the quality report and the flows. Every answer must be the same.
"""

from __future__ import annotations

import argparse
import os
import pickle
import shutil
import sys
from collections import Counter
from datetime import datetime
from pathlib import Path

from measure import Taken, klynge, run

from klynge.engine import build
from klynge.engine.choosing import chosen
from klynge.engine.ranges.engines import counting
from klynge.engine.ranges.running import Means
from klynge.engine.spine.models import Parameters, columns_of
from klynge.engine.store.pieces import Store
from klynge.engine.store.prepare import deliveries, prepare
from klynge.engine.store.work import Work
from klynge.structure import Geography

YEARS = range(2021, 2026)
END = datetime(2026, 1, 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--persons", type=int, default=61_000)
    parser.add_argument("--memory", default="4GB")
    parser.add_argument("--folder", type=Path, default=Path("var/bench-spark"))
    parser.add_argument("--count", help=argparse.SUPPRESS)
    options = parser.parse_args()
    registers = options.folder / f"registers-{options.persons}"
    if options.count:
        _count(options.count, registers, options.folder, options.memory)
        return
    options.folder.mkdir(parents=True, exist_ok=True)
    if not registers.exists():
        words = ["--persons", str(options.persons), "--years", "2021-2025", "--seed", "1"]
        klynge("registers", "synth", *words, "--out", str(registers))
    _count("nothing", registers, options.folder, options.memory)
    taken = {engine: _run(engine, options) for engine in ("duckdb", "spark")}
    for engine, one in taken.items():
        print(
            f"{engine:7} {one.cpu:7.1f} CPU s, {one.wall:7.1f} s,"
            f" {one.peak / 2**30:.2f} GB at the most"
        )
    ratio = taken["spark"].cpu / taken["duckdb"].cpu
    print(f"Spark to DuckDB: {ratio:.1f} in CPU. {_compared(options.folder)}")


def _run(engine: str, options: argparse.Namespace) -> Taken:
    shutil.rmtree(options.folder / "work" / "counts", ignore_errors=True)
    words = ["--persons", str(options.persons), "--memory", options.memory]
    words += ["--folder", str(options.folder), "--count", engine]
    return run([sys.executable, __file__, *words])


def _count(engine: str, registers: Path, folder: Path, memory: str) -> None:
    """Prepare the store, which is quick when it is there, and count by an engine."""
    plan = build._Plan.of(registers, chosen(registers, None, None), flows=True)
    means = Means(memory, os.cpu_count() or 1)
    with Work(folder / "work").held() as held:
        store = Store.open(held)
        prepare(
            store,
            deliveries(store, plan.registers, plan.delivered),
            {table: columns_of(table) for table in plan.tables},
            memory=means.each(1),
            threads=means.cores,
            tell=_tell,
        )
        if engine == "nothing":
            return
        job, _quality = build._job(plan, Parameters(END), Geography.of_pack(), YEARS)
        answers = counting(engine)(store, job, means, _tell)
    if engine == "spark":
        _wait_for_java()
    rows = {name: Counter(map(repr, table.to_pylist())) for name, table in answers.items()}
    (folder / f"{engine}.pickle").write_bytes(pickle.dumps(rows))


def _wait_for_java() -> None:
    """What a process took is known when it has been waited for."""
    from pyspark import SparkContext

    SparkContext._gateway.proc.kill()
    SparkContext._gateway.proc.wait()


def _compared(folder: Path) -> str:
    one, other = (
        pickle.loads((folder / f"{engine}.pickle").read_bytes()) for engine in ("duckdb", "spark")
    )
    unlike = [name for name in one if one[name] != other[name]]
    if unlike or one.keys() != other.keys():
        sys.exit(f"{len(unlike)} answers differ: {', '.join(unlike)}")
    return f"All {len(one)} answers equal."


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
