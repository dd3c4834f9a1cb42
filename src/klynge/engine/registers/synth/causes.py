"""What people come to hospital for: groups of diagnosis codes with weights by age.

The table `data/diagnoses.csv` is our own drawing; its codes are real SKS codes. All codes used
anywhere are gathered in CODES, and contacts carry an index into it until they are written.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from klynge.engine.registers.synth import chronic
from klynge.engine.registers.synth.days import Ints
from klynge.engine.registers.synth.reference import Floats

KINDS = ("acute", "planned", "birth", "short", "visit")
_BANDS = ("w0", "w5", "w18", "w45", "w65", "w80")
_BAND_STARTS = np.array([5, 18, 45, 65, 80])

# Diagnosis codes by which each condition is recorded, the commonest first.
CONDITION_CODES = {
    chronic.KOL: ("DJ449", "DJ441", "DJ440", "DJ448"),
    chronic.ASTMA: ("DJ459", "DJ450"),
    chronic.T1D: ("DE109", "DE101"),
    chronic.T2D: ("DE119", "DE116", "DE112"),
    chronic.HJERTESVIGT: ("DI509", "DI500", "DI501", "DI420", "DI110"),
    chronic.DEMENS: ("DG309", "DF039", "DF019", "DF009"),
    chronic.LEDDEGIGT: ("DM059", "DM069", "DM058"),
    chronic.OSTEOPOROSE: ("DM819", "DM809", "DM800"),
    chronic.SKIZOFRENI: ("DF200", "DF209", "DF203"),
}
PSYCHIATRIC_CODES = {
    "young": ("DF900", "DF840", "DF845", "DF500", "DF419", "DF432", "DF929"),
    "adult": ("DF322", "DF332", "DF411", "DF431", "DF603", "DF609", "DF312", "DF239", "DF250",
              "DF102", "DF192", "DF429", "DF900"),
    "old": ("DF322", "DF332", "DF419", "DF312", "DF059", "DF220"),
}  # fmt: skip
SIDE_CODES = ("DI109", "DE785", "DZ921", "DE669", "DN189", "DI489", "DE876", "DD649", "DZ720")
ADDED_CODES = ("DB962", "DB956")  # recorded with diagnosis type "+"
VAGUE_CODES = ("DZ039", "DR509", "DR539", "DR104")  # what an emergency department may write first


class Causes:
    """The groups of one kind, as columns."""

    def __init__(self, rows: list[dict[str, str]]) -> None:
        self.name = [row["name"] for row in rows]
        self.codes = [[CODES.index(code) for code in row["codes"].split()] for row in rows]
        self.specialty = np.array([SPECIALTIES.index(row["specialty"]) for row in rows])
        self.preventable = np.array([row["preventable"] == "1" for row in rows])
        self.weight = np.array([[float(row[band]) for row in rows] for band in _BANDS])
        self.hours = np.array([float(row["hours"]) for row in rows])
        self.back = np.array([float(row["back"]) for row in rows])
        self.rehab = np.array([float(row["rehab"]) for row in rows])

    def draw(self, rng: np.random.Generator, age: Ints, tilt: Floats | None = None) -> Ints:
        """A group for each age; `tilt` multiplies the weight of the preventable at 65+."""
        band = np.searchsorted(_BAND_STARTS, age, side="right")
        out = np.zeros(len(age), dtype=np.int64)
        tilt = np.ones(len(age)) if tilt is None else np.where(age >= 65, tilt, 1.0)
        for b in range(len(_BANDS)):
            for level in np.unique(tilt[band == b]):
                rows = np.flatnonzero((band == b) & (tilt == level))
                weight = self.weight[b] * np.where(self.preventable, level, 1.0)
                out[rows] = pick(rng, weight, len(rows))
        return out

    def code(self, rng: np.random.Generator, group: Ints) -> NDArray[np.int16]:
        """A diagnosis (index into CODES) for each group; the first code is the commonest."""
        width = max(len(codes) for codes in self.codes)
        table = np.array([(codes * width)[:width] for codes in self.codes])
        count = np.array([len(codes) for codes in self.codes])[group]
        at = np.floor(count * rng.random(len(group)) ** 1.6).astype(int)
        return table[group, at].astype(np.int16)


def pick(rng: np.random.Generator, weight: Floats, n: int) -> Ints:
    """`n` indexes drawn by `weight`."""
    edges = np.cumsum(weight)
    return np.minimum(np.searchsorted(edges, rng.random(n) * edges[-1]), len(weight) - 1)


def pick_code(rng: np.random.Generator, codes: tuple[str, ...], n: int) -> NDArray[np.int16]:
    """`n` of the codes (indexes into CODES), the first most often."""
    at = np.array([CODES.index(code) for code in codes], dtype=np.int16)
    return at[pick(rng, 1 / np.arange(1, len(codes) + 1), n)]


@cache
def causes(kind: str) -> Causes:
    """The groups of a kind: acute, planned, birth, short (acute) or visit (planned)."""
    return Causes([row for row in _table() if row["kind"] == kind])


@cache
def _table() -> tuple[dict[str, str], ...]:
    text = (resources.files(__package__) / "data" / "diagnoses.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


def _all_codes() -> tuple[str, ...]:
    listed = {code for row in _table() for code in row["codes"].split()}
    for group in (*CONDITION_CODES.values(), *PSYCHIATRIC_CODES.values()):
        listed.update(group)
    return tuple(sorted(listed.union(SIDE_CODES, ADDED_CODES, VAGUE_CODES)))


CODES = _all_codes()
PSYCHIATRY, CHILD_PSYCHIATRY = "psykiatri", "børne- og ungdomspsykiatri"
SPECIALTIES = tuple(sorted({row["specialty"] for row in _table()} | {PSYCHIATRY, CHILD_PSYCHIATRY}))
