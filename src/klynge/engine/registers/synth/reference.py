"""Denmark in two small tables: how many live where, how old they are, and how places differ.

The tables stand in `data/`; each begins with lines that name its source (Statistics Denmark,
free to reuse with the source named). Nothing else is read when registers are made.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

MAN, WOMAN = 0, 1
BAND_STARTS = np.arange(0, 105, 5)
BAND_MIDDLES = np.append(np.arange(2.5, 100, 5), 101.5)


@dataclass(frozen=True)
class Denmark:
    """The 98 municipalities, in code order; index into any array here is a municipality.

    pyramid: people by municipality, sex (0 man, 1 woman) and five-year band (21 bands, the
        last 100+): the ages of 2020 with each municipality scaled to its size in 2026.
    health: life expectancy in years above (or below) the national mean, by municipality.
    """

    kom: tuple[str, ...]
    region: tuple[str, ...]
    pyramid: Floats
    health: Floats
    home_nursing: Floats
    hospital_use: Floats
    gp_share: Floats

    @property
    def population(self) -> Floats:
        """People by municipality."""
        return self.pyramid.sum(axis=(1, 2))

    def mean(self, values: Floats) -> float:
        """The national mean of a municipal value, by population."""
        return float(np.average(values, weights=self.population))

    def expected(self, curve: Floats) -> Floats:
        """What `curve` (sex x whole years of age) gives by municipality, a person."""
        at = np.floor(BAND_MIDDLES).astype(int)
        weighted = self.pyramid * curve[None, :, at]
        return weighted.sum(axis=(1, 2)) / self.population


@cache
def denmark() -> Denmark:
    """The calibration tables, read once."""
    rows = list(_rows("municipalities.csv"))
    kom = tuple(row["kom"] for row in rows)
    pyramid = np.zeros((len(kom), 2, len(BAND_STARTS)))
    for row in _rows("pyramid.csv"):
        counts = [float(row[str(start)]) for start in BAND_STARTS]
        pyramid[kom.index(row["kom"]), int(row["sex"]) - 1] = counts
    size = _column(rows, "population")
    pyramid *= (size / pyramid.sum(axis=(1, 2)))[:, None, None]
    life = _column(rows, "life_expectancy")
    return Denmark(
        kom=kom,
        region=tuple(row["region"] for row in rows),
        pyramid=pyramid,
        health=life - np.average(life, weights=size),
        home_nursing=_column(rows, "home_nursing_per_1000"),
        hospital_use=_column(rows, "hospital_use_pct"),
        gp_share=_column(rows, "gp_share_pct"),
    )


def curve(*knots: tuple[float, float], women: tuple[tuple[float, float], ...] = ()) -> Floats:
    """A value by sex and whole years of age (2 x 120), straight between `knots` (age, value).

    `women` gives the women's knots where they differ from the men's.
    """
    middles = np.arange(120) + 0.5
    both = []
    for given in (knots, women or knots):
        ages, values = np.array(given).T
        both.append(np.interp(middles, ages, values))
    return np.array(both)


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = (resources.files(__package__) / "data" / name).read_text(encoding="utf-8")
    return csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))


def _column(rows: list[dict[str, str]], name: str) -> Floats:
    return np.array([float(row[name]) for row in rows])
