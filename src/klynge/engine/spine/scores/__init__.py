"""Scores as data: which codes are signs of what, and how many points each sign gives.

The files beside this one hold a line a code. The spine adds the points of a person's signs: on
1 January of each year (`74_comorbidity.sql`, moment new_year), or on the day atrial fibrillation
was first diagnosed (`75_atrial_fibrillation.sql`). Their columns are

    score      the name of the score
    moment     when it is taken: new_year or atrial_fibrillation
    family     of the signs of one family only the one with most points counts
    sign       what the code is a sign of
    points     what the sign adds; may be negative
    register   diagnoses (A and B, not revoked) or dispensings
    match      prefix: the code and all that begin with it; exact: the code alone
    code       SKS or ATC
    days       how many days before the moment still count
    nearest    0: the day itself counts; 1: the day before is the last that does
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import pyarrow as pa

FILES = ("charlson.csv", "nmi.csv", "atrial_fibrillation.csv")
TABLES = frozenset({"comorbidity", "atrial_fibrillation"})
"""The spine tables that scores are taken in."""

_SCHEMA = pa.schema(
    [
        ("number", pa.int32()),
        ("score", pa.string()),
        ("moment", pa.string()),
        ("family", pa.string()),
        ("sign", pa.string()),
        ("points", pa.int32()),
        ("register", pa.string()),
        ("by_prefix", pa.bool_()),
        ("code", pa.string()),
        ("days", pa.int32()),
        ("nearest", pa.int32()),
    ]
)


@cache
def score_codes() -> pa.Table:
    """The table `score_codes` that the models read: one row a code of a score. `number` is that of
    the score's family."""
    rows = [row for name in FILES for row in _rows(name)]
    families = list(dict.fromkeys((row["score"], row["family"]) for row in rows))
    for row in rows:
        row["number"] = families.index((row["score"], row["family"]))
    return pa.Table.from_pylist(rows, schema=_SCHEMA)


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign of a score: its points, and the codes that tell it (* for all that begin so)."""

    score: str
    name: str
    points: int
    register: str
    days: int
    nearest: int
    codes: tuple[str, ...]


def signs(name: str) -> list[Sign]:
    """The signs in a file, in its order."""
    found: dict[tuple[Any, ...], list[str]] = {}
    for row in _rows(name):
        key = tuple(row[at] for at in ("score", "sign", "points", "register", "days", "nearest"))
        found.setdefault(key, []).append(f"{row['code']}{'*' if row['by_prefix'] else ''}")
    return [Sign(*key, tuple(codes)) for key, codes in found.items()]


def source(name: str) -> list[str]:
    """What a file says of itself: its comment lines."""
    return [line.removeprefix("# ") for line in _lines(name) if line.startswith("#")]


def _rows(name: str) -> list[dict[str, Any]]:
    lines = csv.DictReader(line for line in _lines(name) if not line.startswith("#"))
    whole = ("points", "days", "nearest")
    return [
        {
            **{key: int(value) if key in whole else value for key, value in line.items()},
            "by_prefix": line["match"] == "prefix",
        }
        for line in lines
    ]


def _lines(name: str) -> list[str]:
    return (resources.files(__package__) / name).read_text(encoding="utf-8").splitlines()
