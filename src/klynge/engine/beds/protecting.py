"""Which figures of the wards may be shown, and their rows.

No row of the register is about a person, but a ward with one patient is about that patient. A mean
of at least five patients a night rests on at least five persons, for on some night there were five
at once; so a klynge with fewer in any month is hidden altogether, and with it every place it is
part of: no sum holds a hidden part, so nothing can be subtracted. Klynger do not overlap as
hospitals: each is in one klynge and each klynge in one region. Days with more patients than beds
count wards, not persons; they are hidden where the patients are.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from klynge.datapack import FIGURE_SCHEMA
from klynge.engine.beds.reports import HospitalMonth, WardCounts, days_of
from klynge.engine.disclosure.rules import MINIMUM_PERSONS
from klynge.engine.indicators.described import Wards
from klynge.engine.months import SPANS, period_labels
from klynge.structure.geography import KLYNGE_ON
from klynge.structure.places import places

Place = tuple[str, str]


def ward_rows(counts: WardCounts, told: Sequence[Wards]) -> pa.Table:
    """The rows of the figures of wards, in FIGURE_SCHEMA."""
    by_month = _months(counts)
    secret = {klynge for (klynge, _year, _month), found in by_month.items() if _too_few(found)}
    there = {month.klynge for month in counts.months}
    rows: list[dict[str, Any]] = []
    for place, klynger in _places().items():
        if not there & set(klynger):
            continue
        is_secret = bool(secret & set(klynger))
        for year in counts.years:
            for period, (first, last) in zip(period_labels(year), SPANS, strict=True):
                wanted = [(k, year, m) for k in klynger for m in range(first + 1, last + 1)]
                parts = [by_month[key] for key in wanted if key in by_month]
                whole = len(parts) == len(wanted)
                status = "hidden" if is_secret else "shown" if whole else "not_counted"
                rows += (_row(each, place, period, status, parts) for each in told)
    return pa.Table.from_pylist(rows, schema=FIGURE_SCHEMA)


class _Month:
    """A klynge's whole month: what its hospitals reported together."""

    def __init__(self, hospitals: Sequence[HospitalMonth]) -> None:
        self.days = days_of(hospitals[0].year, hospitals[0].month)
        self.patients = sum(each.patients for each in hospitals)
        self.beds = sum(each.beds for each in hospitals)
        self.overfull = sum(each.overfull for each in hospitals)


def _months(counts: WardCounts) -> dict[tuple[str, int, int], _Month]:
    """The months in which every hospital of a klynge that reports in the year reported each day."""
    reporting: dict[tuple[str, int], set[str]] = {}
    reports: dict[tuple[str, int, int], list[HospitalMonth]] = {}
    for each in counts.months:
        reporting.setdefault((each.klynge, each.year), set()).add(each.hospital)
        if each.is_whole:
            reports.setdefault((each.klynge, each.year, each.month), []).append(each)
    return {
        (klynge, year, month): _Month(found)
        for (klynge, year, month), found in reports.items()
        if len(found) == len(reporting[klynge, year])
    }


def _too_few(month: _Month) -> bool:
    return month.patients < MINIMUM_PERSONS * month.days


def _places() -> dict[Place, list[str]]:
    """The klynger that make up each place that figures are given for."""
    klynger = places("klynge", KLYNGE_ON)
    found: dict[Place, list[str]] = {("klynge", each.id): [each.id] for each in klynger}
    for each in klynger:
        if each.region:
            found.setdefault(("region", each.region), []).append(each.id)
    found["land", "DK"] = [each.id for each in klynger]
    return found


def _row(
    told: Wards, place: Place, period: str, status: str, months: Sequence[_Month]
) -> dict[str, Any]:
    row: dict[str, Any] = {
        "indicator": told.code,
        "place_kind": place[0],
        "place": place[1],
        "period": period,
        "sex": "all",
        "age": "all",
        "education": "all",
        "measure": "count" if told.denominator is None else "crude",
        "status": status,
    }
    if status != "shown":
        return row
    if told.denominator is None:
        overfull = sum(month.overfull for month in months)
        return row | {"numerator": overfull, "value": float(overfull)}
    patients = sum(month.patients for month in months)
    beds = sum(month.beds for month in months)
    value = told.per * patients / beds if beds else None
    return row | {"numerator": patients, "denominator": beds, "value": value}
