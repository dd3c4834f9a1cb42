"""Does the effect that was planted come out, and is none claimed where there is none?

For each seed invented registers are made twice, without and with a planted effect (acute stays of
Randersklyngen's citizens from 1 January 2023, 15 per cent fewer), a pack of preventable stays is
built from each, and the effect is estimated from the pack's klynge figures alone, as the workspace
does it: difference-in-differences against the klynger that did not do it, as a ratio.

    python benchmarks/bench_effect.py [--seeds 100] [--persons 60000]

Prints how many of the 95 % intervals hold the truth (bar: at least 90 of 100), how many claim an
effect where there is none (bar: at most 8 of 100), and how often the planted one is seen.
"""

from __future__ import annotations

import argparse
import tempfile
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow.compute as pc

from klynge import datapack, methods
from klynge.engine.build import build
from klynge.engine.registers import synth

INDICATOR, PLACE, START, KEEP = "forebyg_65", "rm-randers", date(2023, 1, 1), 0.85
YEARS = range(2019, 2025)


def main() -> int:
    """Run; 1 when a bar is missed."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--seeds", type=int, default=100)
    asked.add_argument("--persons", type=int, default=60_000)
    asked.add_argument("--first", type=int, default=1)
    options = asked.parse_args()
    held = claimed = seen = 0
    ratios = []
    for number, seed in enumerate(range(options.first, options.first + options.seeds), start=1):
        without = estimate(seed, options.persons, None)
        with_it = estimate(seed, options.persons, synth.Planted(PLACE, START, KEEP))
        claimed += without.is_seen
        held += with_it.lower <= KEEP <= with_it.upper
        seen += with_it.is_seen
        ratios.append(with_it.value)
        print(
            f"{number:3} seeds: truth held {held}, claimed without {claimed}, seen {seen}",
            flush=True,
        )
    count = options.seeds
    print(f"persons {options.persons:,}, years {YEARS[0]}-{YEARS[-1]}, planted ratio {KEEP}")
    print(f"the interval holds the truth in {held} of {count} (bar: 90 of 100)")
    print(f"an effect is claimed where there is none in {claimed} of {count} (bar: 8 of 100)")
    print(f"the planted effect is seen in {seen} of {count}")
    print(f"mean estimate {np.exp(np.mean(np.log(ratios))):.3f}")
    return int(held < 0.9 * count or claimed > 0.08 * count)


def estimate(seed: int, persons: int, planted: synth.Planted | None) -> methods.Effect:
    """The effect on the klynge, from a pack built for this alone."""
    with tempfile.TemporaryDirectory(prefix="klynge-effect-") as folder:
        home = Path(folder)
        synth.write(home / "registers", persons=persons, years=YEARS, seed=seed, planted=planted)
        build(home / "registers", home / "pack", years=YEARS, indicators=[INDICATOR])
        figures = datapack.read(home / "pack").figures
    return from_figures(figures)


def from_figures(figures) -> methods.Effect:
    """The estimate, from the rows of klynger that are shown in every year."""
    wanted = pc.and_(pc.equal(figures["place_kind"], "klynge"), pc.equal(figures["sex"], "all"))
    for column, value in (("age", "all"), ("measure", "crude"), ("status", "shown")):
        wanted = pc.and_(wanted, pc.equal(figures[column], value))
    by_place: dict[str, dict[str, tuple[int, int]]] = {}
    for row in figures.filter(wanted).to_pylist():
        if row["numerator"]:
            cells = by_place.setdefault(row["place"], {})
            cells[row["period"]] = row["numerator"], row["denominator"]
    years = [str(year) for year in YEARS]
    whole = {place: cells for place, cells in by_place.items() if set(years) <= set(cells)}
    places = sorted(whole, key=lambda place: (place != PLACE, place))
    tops, bottoms = (
        np.array([[whole[place][year][at] for year in years] for place in places], float)
        for at in (0, 1)
    )
    starts = [years.index(str(START.year)) if place == PLACE else None for place in places]
    return methods.difference_in_differences(
        tops / bottoms, starts, standard_error=np.sqrt(tops) / bottoms, scale="ratio"
    ).effect


if __name__ == "__main__":
    raise SystemExit(main())
