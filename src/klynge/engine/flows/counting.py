"""Counts the steps: the question that is asked of every person range, and its answer in cells."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa

from klynge.engine.flows.states import ATOMS, CODE, DESTINATIONS, ORIGINS, YEARLY
from klynge.engine.spine import coverage
from klynge.engine.spine.engine import Engine

Counts = np.ndarray


@dataclass(frozen=True, eq=False)
class FlowCounts:
    """One year's steps in their finest cells.

    steps, persons: (areas, origins, destinations, atoms): steps, and the distinct citizens behind.
    others: the distinct citizens with the origin who also went another way.
    at_risk, at_risk_persons: (areas, origins, atoms): the same of all destinations together.
    """

    period: str
    areas: tuple[str, ...]
    steps: Counts
    persons: Counts
    others: Counts
    at_risk: Counts
    at_risk_persons: Counts


def questions() -> dict[str, str]:
    """What is asked of the spine; numbers that add over persons."""
    return {CODE: Path(__file__).with_name("steps.sql").read_text(encoding="utf-8")}


def small_tables(years: Sequence[int]) -> dict[str, pa.Table]:
    """The table of months that the question reads: number, first day, day after."""
    numbers = [12 * year + month for year in years for month in range(12)]
    return {
        "flow_months": pa.table(
            {
                "month": pa.array(numbers, pa.int32()),
                "first_day": pa.array([_first_day(number) for number in numbers], pa.date32()),
                "day_after": pa.array([_first_day(number + 1) for number in numbers], pa.date32()),
            }
        )
    }


def whole_years(database: Engine, extract_end: datetime) -> frozenset[int]:
    """The years that every register of events covers from January to December."""
    found = (coverage.whole_years(database, table, extract_end) for table in YEARLY)
    return frozenset.intersection(*(years for years in found if years is not None))


def counted(
    answers: Mapping[str, pa.Table],
    *,
    years: Sequence[int],
    areas: Sequence[str],
    whole: Collection[int],
) -> list[FlowCounts]:
    """The answer laid into cells, a table for each of `years` that is `whole`."""
    codes = tuple(sorted(areas))
    return [
        _of_year(answers[CODE], at, str(year), codes)
        for at, year in enumerate(years)
        if year in whole
    ]


def _of_year(rows: pa.Table, at: int, period: str, areas: tuple[str, ...]) -> FlowCounts:
    mine = rows["period"].to_numpy() == at
    number = {code: place for place, code in enumerate(areas)}
    area = np.array([number[code] for code in rows["kommune"].to_pylist()], int)[mine]
    age = rows["age"].to_numpy()[mine]
    atom = np.searchsorted([low for low, _high in ATOMS], age, side="right") - 1
    origin = _positions(rows["origin"], [state.number for state in ORIGINS])[mine]
    goal = _positions(rows["destination"], [state.number for state in DESTINATIONS])[mine]
    whole = goal < 0
    shape = (len(areas), len(ORIGINS), len(DESTINATIONS), len(ATOMS))

    def laid(column: str) -> tuple[Counts, Counts]:
        values = rows[column].to_numpy().astype(np.int64)[mine]
        ways, wholes = np.zeros(shape, np.int64), np.zeros((*shape[:2], shape[3]), np.int64)
        np.add.at(ways, (area[~whole], origin[~whole], goal[~whole], atom[~whole]), values[~whole])
        np.add.at(wholes, (area[whole], origin[whole], atom[whole]), values[whole])
        return ways, wholes

    steps, at_risk = laid("steps")
    persons, at_risk_persons = laid("persons")
    alone, _none = laid("alone")
    return FlowCounts(
        period=period,
        areas=areas,
        steps=steps,
        persons=persons,
        others=at_risk_persons[:, :, None, :] - alone,
        at_risk=at_risk,
        at_risk_persons=at_risk_persons,
    )


def _positions(column: pa.ChunkedArray, numbers: Sequence[int]) -> Counts:
    """Where each number stands in `numbers`; -1 for 0, which stands for all of them."""
    place = np.full(max(numbers) + 1, -1)
    place[list(numbers)] = range(len(numbers))
    found: Counts = place[column.to_numpy()]
    return found


def _first_day(number: int) -> date:
    return date(number // 12, number % 12 + 1, 1)
