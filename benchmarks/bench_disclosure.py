"""What it takes to protect a year of every indicator, in a small land and in one of millions.

    python benchmarks/bench_disclosure.py [--persons 61000] [--land 6100000] [--year 2024]

Invented registers of a small land are counted; the counts of the large one are drawn from them, so
that no register of millions has to be made. For both: CPU time of counting (the small one alone),
of protecting and of the attack on the finished rows, and the share of hidden cells, ours and that
of plain row-and-column suppression of the same cells.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from pathlib import Path

from drawn_counts import drawn

from klynge.engine import build
from klynge.engine.choosing import Chosen
from klynge.engine.disclosure.audit import audit
from klynge.engine.disclosure.protect import protect
from klynge.engine.disclosure.published import Background
from klynge.engine.indicators.catalogue import every
from klynge.engine.ranges.running import Means
from klynge.engine.registers import synth
from klynge.engine.release import figures_of
from klynge.engine.store.pieces import Store
from klynge.engine.store.work import Work
from klynge.structure import Geography

YEARS = range(2021, 2026)


def main() -> int:
    """Run; 1 when an attacker finds anything."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--persons", type=int, default=61_000)
    asked.add_argument("--land", type=int, default=6_100_000)
    asked.add_argument("--year", default="2024")
    asked.add_argument("--seed", type=int, default=1)
    options = asked.parse_args()
    started = _cpu()
    small = counts(options.persons, options.seed)
    print(f"counting {options.persons:,} persons, {len(YEARS)} years: {_cpu() - started:.0f} CPU s")
    large, _months = drawn(small, [], persons=options.land, seed=options.seed)
    findings = [
        _protected(persons, [table for table in tables if table.period == options.year])
        for persons, tables in ((options.persons, small), (options.land, large))
    ]
    return int(any(findings))


def counts(persons: int, seed: int) -> list:
    """The year's counts of every indicator in invented registers."""
    with tempfile.TemporaryDirectory(prefix="klynge-disclosure-") as folder:
        registers = synth.write(Path(folder) / "registers", persons=persons, years=YEARS, seed=seed)
        plan = build._Plan.of(registers, Chosen(every(), {}))
        with Work(Path(folder) / "work").held() as held:
            means, geography = Means("2GB", 2), Geography.of_pack()
            found = build._count(Store.open(held), plan, geography, YEARS, means, _silent)
    return found.tables


def _protected(persons: int, tables: list) -> int:
    geography = Geography.of_pack()
    began = time.process_time()
    results = protect(tables, geography)
    protected = time.process_time()
    found = audit(figures_of(results), geography, [Background.of(each) for each in results])
    ended = time.process_time()
    cells = sum(len(each.hidden) for each in results)
    share = {
        name: sum(getattr(each, name).sum() for each in results) / cells
        for name in ("primary", "hidden", "plain")
    }
    print(
        f"{persons:,} persons, {len(tables)} indicators, one year, {cells:,} cells:"
        f" protecting {protected - began:.0f} CPU s, attacking {ended - protected:.0f} CPU s;"
        f" small {share['primary']:.1%}, hidden {share['hidden']:.1%},"
        f" by rows and columns {share['plain']:.1%}; worked out: {len(found)}",
        flush=True,
    )
    return len(found)


def _silent(_line: str) -> None:
    pass


def _cpu() -> float:
    """CPU seconds of this process and of those that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


if __name__ == "__main__":
    raise SystemExit(main())
