"""Beds at 23:00: invented wards of one invented hospital a klynge.

The hospitals are of full size however few persons are made up: a register of wards knows no
persons, and a hospital of a hundredth of the size would have no wards at all.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from klynge.engine.registers.synth.days import Ints, day_number
from klynge.engine.registers.synth.people import Span
from klynge.engine.registers.synth.reference import Floats, denmark
from klynge.structure import Geography

SCHEMAS = {
    "senge": pa.schema(
        [("dato", pa.date32()), ("afdeling", pa.string()), ("sygehus", pa.string()),
         ("normerede", pa.int32()), ("disponible", pa.int32()), ("indlagte", pa.int32())]
    ),
    "sygehuse": pa.schema([("sygehus", pa.string()), ("klynge", pa.string())]),
}  # fmt: skip

BEDS_PER_1000 = 2.2
BEDS_A_WARD = 24
WINTER, WEEKEND = 0.04, -0.05
_SUNDAY = 3  # day 0 is a Thursday


def tables(source: np.random.Generator, span: Span) -> Iterator[tuple[str, pa.Table]]:
    """The two tables."""
    klynger = _klynger()
    hospitals = [f"99{at:02}" for at in range(1, len(klynger) + 1)]
    per_person = BEDS_PER_1000 / 1000 / BEDS_A_WARD
    wards = [max(1, round(people * per_person)) for people in klynger.values()]
    hospital = np.repeat(np.arange(len(wards)), wards)
    number = np.concatenate([np.arange(1, count + 1) for count in wards])
    names = [f"{hospitals[h]}{w:03}" for h, w in zip(hospital, number, strict=True)]
    days = np.arange(day_number(span.years[0], 1, 1), day_number(span.years[-1], 12, 31) + 1)
    norm, beds, patients = _nights(source, len(names), days)
    each, size = len(names), len(days)
    yield (
        "sygehuse",
        pa.Table.from_arrays(
            [pa.array(hospitals), pa.array(list(klynger))], schema=SCHEMAS["sygehuse"]
        ),
    )
    yield (
        "senge",
        pa.Table.from_arrays(
            [
                pa.array(np.repeat(days, each).astype(np.int32)).cast(pa.date32()),
                pa.array(names * size),
                pa.array([hospitals[h] for h in hospital] * size),
                *(pa.array(column.ravel(), pa.int32()) for column in (norm, beds, patients)),
            ],
            schema=SCHEMAS["senge"],
        ),
    )


def _klynger() -> dict[str, float]:
    """People by klynge; a kommune in two counts half in each."""
    place = {code: at for at, code in enumerate(denmark().kom)}
    people = denmark().population
    return {
        cells.id: sum(
            people[place[kommune]] * (0.5 if kommune in cells.shared else 1)
            for kommune in cells.kommuner
        )
        for cells in Geography.of_pack().places("somatik")
        if cells.kind == "klynge"
    }


def _nights(source: np.random.Generator, wards: int, days: Ints) -> tuple[Ints, Ints, Ints]:
    """Budgeted beds, usable beds and patients, days x wards."""
    norm = np.broadcast_to(source.integers(16, 33, wards), (len(days), wards))
    beds = norm - source.binomial(4, 0.25, (len(days), wards))
    usual = source.normal(0.9, 0.05, wards)
    season = WINTER * np.cos(2 * np.pi * (days % 365.25) / 365.25)
    weekend = np.where(np.isin((days - _SUNDAY) % 7, (0, 6)), WEEKEND, 0.0)
    noise: Floats = source.normal(0, 0.09, (len(days), wards))
    filled = norm * (usual[None, :] + (season + weekend)[:, None] + noise)
    return norm, beds, np.maximum(0, np.rint(filled)).astype(np.int64)
