"""Computes a figure for a klynge, a sundhedsråd, a region and the country from kommuner's figures.

The mean of the kommuner's values, each weighing as many as live there (all ages, 1 January 2026):

    value = sum(population * value) / sum(population)

That is right for a share of the whole population and near it for a share of the adults; it is
marked as Klynge's own computation wherever it is shown. København counts whole in both its klynger.
Population: data/folketal_2026K1.csv, Statistics Denmark, table FOLK1A, 2026K1.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from klynge.structure import PlaceCells
from klynge.web.figures.places import geography
from klynge.web.figures.published_file import About, Row

POPULATION_SOURCE = "Danmarks Statistik, FOLK1A, 2026K1"
LEAST_COVERAGE = 0.95
"""A place is left out when the kommuner with a figure hold less of its people than this."""


@dataclass(frozen=True)
class Weighted:
    """A computed figure and what it rests on."""

    source: str
    indicator: str
    place_kind: str
    place: str
    period: str
    value: float
    n: int | None
    members: int
    members_with_value: int
    coverage: float


@lru_cache(1)
def population() -> Mapping[str, int]:
    """People in each kommune, by code."""
    path = Path(__file__).parent / "data" / "folketal_2026K1.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {row["kommune"]: int(row["folketal"]) for row in csv.DictReader(file)}


def of_places(
    rows: Iterable[Row], about: Mapping[tuple[str, str], About] | None = None
) -> list[Weighted]:
    """Computed figures for every larger place the file itself has no figure for.

    Only what is published by kommune is computed. What `about` places in the theme psychiatry
    goes by psychiatric membership (Rødovre in rh-syd), all else by somatic.
    """
    themes = {key: one.theme for key, one in (about or {}).items()}
    rows = list(rows)
    kommuner: dict[tuple[str, str, str], dict[str, Row]] = defaultdict(dict)
    for row in rows:
        if row.place_kind == "kommune":
            kommuner[row.source, row.indicator, row.period][row.place] = row
    published = {row.key for row in rows}
    return [
        weighted
        for (source, indicator, period), by_kommune in kommuner.items()
        for cells in geography().places(_domain(themes.get((source, indicator), "")))
        if cells.kind != "kommune"
        and (source, indicator, cells.kind, cells.id, period) not in published
        and (weighted := _weighted(source, indicator, period, cells, by_kommune))
    ]


def _domain(theme: str) -> str:
    return "psykiatri" if theme == "psychiatry" else "somatik"


def _weighted(
    source: str, indicator: str, period: str, cells: PlaceCells, by_kommune: Mapping[str, Row]
) -> Weighted | None:
    people = population()
    known = [code for code in cells.kommuner if code in by_kommune]
    weight = sum(people[code] for code in known)
    coverage = weight / sum(people[code] for code in cells.kommuner)
    if not known or coverage < LEAST_COVERAGE:
        return None
    counts = [by_kommune[code].n for code in known]
    return Weighted(
        source=source,
        indicator=indicator,
        place_kind=cells.kind,
        place=cells.id,
        period=period,
        value=sum(people[code] * by_kommune[code].value for code in known) / weight,
        n=None if None in counts else sum(n for n in counts if n is not None),
        members=len(cells.kommuner),
        members_with_value=len(known),
        coverage=coverage,
    )
