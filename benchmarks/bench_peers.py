"""Five indicators by the engine and by its peers, side by side in one run: CPU seconds and ratios.

    python benchmarks/bench_peers.py [--persons 600000] [--folder DIR] [--peer NAME ...]

The peers are written by hand for these five, in `benchmarks/peers/`: DuckDB SQL with a query each,
Polars, pandas and PySpark. Each runs in a process of its own and must give the same numbers. None
of them checks the registers or protects the figures, so neither does the engine here.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from pathlib import Path

from measure import Taken, klynge, run

HERE = Path(__file__).parent / "peers"
PEERS = ("duckdb_sql", "polars_lazy", "pandas_frames", "spark_sql")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--persons", type=int, default=600_000)
    parser.add_argument("--folder", type=Path, default=Path("var/bench-peers"))
    parser.add_argument("--peer", action="append", choices=PEERS)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    registers = options.folder / f"registers-{options.persons}"
    if not registers.exists():
        words = ["--persons", str(options.persons), "--years", "2021-2025", "--seed", "1"]
        klynge("registers", "synth", *words, "--out", str(registers))
    work = options.folder / "work"
    shutil.rmtree(work, ignore_errors=True)

    first = _run("ours", registers, options.folder, str(work))
    expected = _answer(options.folder, "ours")
    shutil.rmtree(work / "counts")
    ours = _run("ours", registers, options.folder, str(work))
    _tell("ours, with preparing the store", first, ours)
    _tell("ours, from the store", ours, ours)
    best = None
    for peer in options.peer or PEERS:
        taken = _run(peer, registers, options.folder)
        if _answer(options.folder, peer) != expected:
            _differences(expected, _answer(options.folder, peer))
            sys.exit(f"{peer} gives other numbers")
        _tell(peer, taken, ours)
        best = min(best or taken.cpu, taken.cpu)
    print(
        f"\nbest peer to ours: {best / ours.cpu:.1f} from the store (bar 3),"
        f" {best / first.cpu:.1f} with preparing it. All numbers equal."
    )


def _run(peer: str, registers: Path, folder: Path, *more: str) -> Taken:
    words = [str(HERE / f"{peer}.py"), str(registers), str(folder / f"{peer}.json"), *more]
    return run([sys.executable, *words])


def _answer(folder: Path, peer: str) -> dict[str, list[list[object]]]:
    return json.loads((folder / f"{peer}.json").read_text())


def _tell(what: str, taken: Taken, ours: Taken) -> None:
    print(
        f"{what:32} {taken.wall:7.1f} s {taken.cpu:8.1f} CPU s  x{taken.cpu / ours.cpu:5.1f}"
        f"  peak {taken.peak / 1e9:.2f} GB",
        flush=True,
    )


def _differences(
    ours: dict[str, list[list[object]]], theirs: dict[str, list[list[object]]]
) -> None:
    for code in ours:
        same = [row for row in ours[code] if row in theirs[code]]
        print(f"{code}: {len(ours[code])} rows, {len(theirs[code])} of the peer, {len(same)} alike")
        print("   first of ours that differ:", [row for row in ours[code] if row not in same][:3])
        print("   first of theirs:", [row for row in theirs[code] if row not in same][:3])


if __name__ == "__main__":
    main()
