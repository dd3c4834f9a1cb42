"""How long a pack of a whole country takes, in one run, and how it grows.

    python benchmarks/bench_national.py [--persons 6100000] [--folder DIR] [--memory 2GB]
        [--registers DIR] [--scales 100,10,1] [--keep]

For each scale (a hundredth, a tenth, all) it makes invented registers, builds the pack of all
indicators with the work folder empty, and prints what each step took. At the largest scale it also
prints

    floor     one scan of the columns the build needs: of the registers as delivered, and of the
              store they are prepared into
    recount   the same build from the prepared store, everything counted again
    month     the build after a delivery of one more month, against the full build of the same

Ratios are of CPU time, which holds on a machine with other work too. Memory is that of all
processes together at the worst moment; pages that processes share are counted in each.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
from pathlib import Path

from measure import Taken, klynge, run

YEARS = "2021-2025"
HERE = Path(__file__).parent


def main() -> None:
    options = _options()
    options.folder.mkdir(parents=True, exist_ok=True)
    each: dict[int, Taken] = {}
    for scale in options.scales:
        persons = options.persons // scale
        registers = options.registers if scale == 1 and options.registers else None
        registers = registers or _registers(options.folder / f"registers-{persons}", persons)
        work = options.folder / f"work-{persons}"
        each[persons] = _build(f"build, {persons:,} persons", registers, work, options, persons)
        if scale != options.scales[-1]:
            _away(options, registers, work)
    _print_growth(each)
    full = each[persons]
    _floors(registers, work, full)
    _recount(registers, work, options, full)
    _month(registers, options, persons)
    _away(options, registers, work)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--persons", type=int, default=6_100_000)
    parser.add_argument("--folder", type=Path, default=Path("var/bench-national"))
    parser.add_argument("--registers", type=Path, help="made before; else they are made")
    parser.add_argument("--memory", default="2GB")
    parser.add_argument("--scales", default="100,10,1")
    parser.add_argument("--keep", action="store_true", help="leave the files")
    options = parser.parse_args()
    options.scales = [int(scale) for scale in options.scales.split(",")]
    return options


def _registers(folder: Path, persons: int) -> Path:
    if not folder.exists():
        words = ["--persons", str(persons), "--years", YEARS, "--seed", "1", "--out", str(folder)]
        made = klynge("registers", "synth", *words)
        size = sum(file.stat().st_size for file in folder.rglob("*.parquet")) / 1e9
        print(
            f"registers of {persons:,} persons, {YEARS}: {_rows(folder):,} rows, {size:.2f} GB;"
            f" {made.wall:.0f} s, {made.cpu:.0f} CPU s, peak {made.peak / 1e9:.2f} GB",
            flush=True,
        )
    return folder


def _rows(folder: Path) -> int:
    import pyarrow.parquet as pq

    return sum(pq.read_metadata(file).num_rows for file in folder.rglob("*.parquet"))


def _build(
    what: str, registers: Path, work: Path, options: argparse.Namespace, persons: int
) -> Taken:
    out = options.folder / "pack"
    words = ["--registers", str(registers), "--out", str(out), "--work", str(work)]
    words += ["--memory", options.memory, "--years", YEARS, "--json"]
    taken = klynge("datapack", "build", *words)
    told = json.loads(taken.out)
    print(f"\n{what}: {taken.wall:.0f} s, {taken.cpu:.1f} CPU s, peak {taken.peak / 1e9:.2f} GB")
    for line, wall, cpu in taken.phases():
        print(f"    {wall:8.1f} s {cpu:8.1f} CPU s   {line}")
    solver = 100 * _part(taken, "Beskytter", "Prøver") / taken.cpu
    print(
        f"    {1e6 * taken.cpu / persons:.0f} CPU s a million persons; disclosure {solver:.0f} %;"
        f" {told['cells']:,} cells, {told['hidden_per_cent']} % hidden",
        flush=True,
    )
    return taken


def _part(taken: Taken, *begins: str) -> float:
    return sum(cpu for line, _wall, cpu in taken.phases() if line.startswith(begins))


def _counting(taken: Taken) -> float:
    return _part(taken, "Tæller")


def _reading(taken: Taken) -> float:
    return _part(taken, "Tjekker", "Forbereder", "Tæller")


def _print_growth(each: dict[int, Taken]) -> None:
    print("\nCPU s a million persons (check and prepare, count):")
    for persons, taken in each.items():
        before = _part(taken, "Tjekker", "Forbereder") * 1e6 / persons
        print(f"    {persons:>10,}: {before:7.1f} {_counting(taken) * 1e6 / persons:7.1f}")
    rates = [_reading(taken) / persons for persons, taken in each.items()]
    print(f"    largest to smallest: {max(rates) / min(rates):.2f} (bar 1.3)", flush=True)


def _floors(registers: Path, work: Path, full: Taken) -> None:
    scans = {
        what: min(_scan(folder) for _each in range(2))
        for what, folder in (("delivered", registers), ("store", work))
    }
    print("\nfloor, one scan of the columns needed:")
    delivered, store = scans["delivered"], scans["store"]
    reading, counting = _reading(full), _counting(full)
    print(f"    of the registers as delivered {delivered:.1f} CPU s:")
    print(f"        check, prepare and count {reading / delivered:.1f} times that")
    print(f"        count alone {counting / delivered:.1f} times that (bar 6)")
    print(
        f"    of the store {store:.1f} CPU s: count {counting / store:.1f} times that", flush=True
    )


def _scan(folder: Path) -> float:
    return float(run([sys.executable, str(HERE / "scan.py"), str(folder)]).out)


def _recount(registers: Path, work: Path, options: argparse.Namespace, full: Taken) -> None:
    shutil.rmtree(work / "counts")
    again = _build("recount from the store", registers, work, options, options.persons)
    share = 100 * _reading(again) / _reading(full)
    print(f"    {share:.0f} % of the full build's reading and counting")


def _month(registers: Path, options: argparse.Namespace, persons: int) -> None:
    """Cut the last month off, build, deliver it, build again."""
    folder = options.folder / "deliveries"
    shutil.rmtree(folder, ignore_errors=True)
    first, month = folder / "first", folder / "month"
    split = [sys.executable, str(HERE / "deliveries.py"), str(registers), str(first), str(month)]
    subprocess.run(split, check=True)
    work = options.folder / "work-month"
    shutil.rmtree(work, ignore_errors=True)
    full = _build("build without the last month", first, work, options, persons)
    for file in month.rglob("*.parquet"):
        file.replace(first / file.relative_to(month))
    update = _build("build with the last month added", first, work, options, persons)
    share = 100 * _reading(update) / _reading(full)
    whole = 100 * update.cpu / full.cpu
    print(
        f"    {share:.0f} % of a full build's reading and counting, {whole:.0f} % of all (bar 15)"
    )
    if not options.keep:
        shutil.rmtree(folder)
        shutil.rmtree(work)


def _away(options: argparse.Namespace, registers: Path, work: Path) -> None:
    if not options.keep:
        shutil.rmtree(work, ignore_errors=True)
        if registers != options.registers:
            shutil.rmtree(registers)


if __name__ == "__main__":
    main()
