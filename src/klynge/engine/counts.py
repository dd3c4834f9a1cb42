"""Counts every indicator in its finest cells: kommune x sex x age atom, a table a period.

Place and age are those of 1 January of the period's year, for the numerator as for the denominator
(a closed cohort). So an event of somebody who did not live in one of the 98 kommuner that day falls
out, and the quality report says how many did.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from klynge.engine.indicators import compiling
from klynge.engine.indicators.ages import Atom, end
from klynge.engine.indicators.indicator import Indicator
from klynge.engine.indicators.populations import denominator_key, people_counted
from klynge.engine.months import BELOW_THE_YEAR, MONTHS, SPANS, MonthCounts
from klynge.engine.spine.engine import Engine

Counts = npt.NDArray[np.int64]

SEXES = ("female", "male")


@dataclass(frozen=True, eq=False)
class LeafCounts:
    """One indicator in one period, in its finest cells.

    areas: kommune codes, sorted. atoms: (low, high) ages, high None for the open end.
    numerator, denominator: what the indicator counts, and out of what.
    numerator_persons, denominator_persons: the distinct persons behind them.
    complement_persons: distinct persons behind the rest of the denominator.
    All are whole numbers of shape (areas, [female, male], atoms), and add over every axis: a person
    is in one cell a period. The last three are None for a count.
    denominator_key: tables of one period with the same key have the same denominator population.
    numerator_key: the key of the population that the numerator is the size of, when another table
        may divide by it; "" when none may.
    """

    indicator: Indicator
    period: str
    areas: tuple[str, ...]
    atoms: tuple[Atom, ...]
    numerator: Counts
    numerator_persons: Counts
    denominator: Counts | None
    denominator_persons: Counts | None
    complement_persons: Counts | None
    denominator_key: str
    numerator_key: str = ""


def count(
    database: Engine,
    indicators: Sequence[Indicator],
    *,
    years: Sequence[int],
    areas: Sequence[str],
    extract_end: datetime,
    tell: Callable[[str], None] | None = None,
) -> list[LeafCounts]:
    """Count `indicators` in `years`: one table an indicator and year, in that order.

    The spine tables they read must be in `database`. areas: the kommuner, in the order of the
    tables. extract_end: the first moment hospital contacts are not known for.
    tell: called with the name of each question before it is asked.
    """
    database.register("periods", periods(years))
    database.register("months", months(years))
    answers: dict[str, pa.Table] = {}
    for name, sql in questions(indicators, extract_end).items():
        if tell:
            tell(name)
        answers[name] = database.arrow(sql, doing=name)
    return counted(indicators, answers, years=years, areas=areas)


def questions(indicators: Sequence[Indicator], extract_end: datetime) -> dict[str, str]:
    """What must be asked of the spine to count `indicators`, in SQL by name.

    Every answer is one row a cell with numbers that add over persons, so what is asked of some
    persons at a time is added up to what holds for all.
    """
    asked = {_people(indicator): compiling.people_sql(indicator) for indicator in indicators}
    for indicator in indicators:
        if indicator.events is not None:
            asked[indicator.code] = compiling.events_sql(indicator, extract_end)
        if indicator.by_month:
            asked[_by_month(indicator)] = compiling.months_sql(indicator, extract_end)
    return asked


def counted(
    indicators: Sequence[Indicator],
    answers: Mapping[str, pa.Table],
    *,
    years: Sequence[int],
    areas: Sequence[str],
) -> list[LeafCounts]:
    """The answers to `questions` laid into cells: one table an indicator and year."""
    cells = _Cells(tuple(sorted(areas)), tuple(str(year) for year in years))
    return [
        table
        for indicator in indicators
        for table in _tables(
            indicator, cells, answers[_people(indicator)], answers.get(indicator.code)
        )
    ]


def counted_months(
    indicators: Sequence[Indicator],
    answers: Mapping[str, pa.Table],
    *,
    years: Sequence[int],
    areas: Sequence[str],
) -> list[MonthCounts]:
    """The answers about months laid into cells: one an indicator told by month, and year."""
    codes = tuple(sorted(areas))
    return [
        _months_of(indicator, answers[_by_month(indicator)], at, year, codes)
        for indicator in indicators
        if indicator.by_month
        for at, year in enumerate(years)
    ]


def _months_of(
    indicator: Indicator, rows: pa.Table, at: int, year: int, areas: tuple[str, ...]
) -> MonthCounts:
    """at: the year's number in the row of years."""
    periods = rows["period"].to_numpy() - at * BELOW_THE_YEAR
    mine = (periods >= 0) & (periods < BELOW_THE_YEAR)
    where = _position(rows["kommune"], areas)[mine], periods[mine]

    def laid(column: str) -> Counts:
        cells = np.zeros((len(areas), BELOW_THE_YEAR), np.int64)
        np.add.at(cells, where, rows[column].to_numpy().astype(np.int64)[mine])
        return cells

    counts = MonthCounts(
        indicator=indicator,
        year=year,
        areas=areas,
        numerator=laid("events")[:, :MONTHS],
        numerator_persons=laid("persons"),
    )
    if indicator.out_of != "events":
        return counts
    return replace(
        counts,
        denominator=laid("of_events")[:, :MONTHS],
        denominator_persons=laid("of_persons"),
        complement_persons=laid("complement_persons"),
    )


def _by_month(indicator: Indicator) -> str:
    return f"{indicator.code} by month"


def _people(indicator: Indicator) -> str:
    """Indicators that count the same people ask once."""
    sql = compiling.people_sql(indicator)
    return f"people {hashlib.sha256(sql.encode()).hexdigest()[:16]}"


def periods(years: Sequence[int]) -> pa.Table:
    """The table `periods` that the queries read: one row a year. `period` is its number in the row
    of years: a number is gathered by twice as fast as a word."""
    return pa.table(
        {
            "period": pa.array(range(len(years)), pa.int32()),
            "year": pa.array(list(years), pa.int32()),
            "first_day": pa.array([date(year, 1, 1) for year in years], pa.date32()),
            "day_after": pa.array([date(year + 1, 1, 1) for year in years], pa.date32()),
        }
    )


def months(years: Sequence[int]) -> pa.Table:
    """The table `months`: as `periods`, a row for each month and quarter of the years."""
    rows = [
        {
            "period": at * BELOW_THE_YEAR + number,
            "year": year,
            "first_day": date(year, first + 1, 1),
            "day_after": date(year + last // MONTHS, last % MONTHS + 1, 1),
        }
        for at, year in enumerate(years)
        for number, (first, last) in enumerate(SPANS[:BELOW_THE_YEAR])
    ]
    return pa.Table.from_pylist(rows, schema=periods(years).schema)


@dataclass(frozen=True)
class _Cells:
    """Lays the rows of an answer into arrays (periods, areas, sexes, atoms)."""

    areas: tuple[str, ...]
    periods: tuple[str, ...]

    def lay(self, rows: pa.Table, column: str, atoms: tuple[Atom, ...]) -> Counts:
        """Sum `column` into cells; ages outside the atoms fall out."""
        laid = np.zeros((len(self.periods), len(self.areas), len(SEXES), len(atoms)), np.int64)
        lows = np.array([low for low, _high in atoms])
        ages = rows["age"].to_numpy()
        atom = np.searchsorted(lows, ages, side="right") - 1
        inside = (atom >= 0) & (ages <= end(atoms[-1]))
        at = (
            rows["period"].to_numpy(),
            _position(rows["kommune"], self.areas),
            _position(rows["sex"], SEXES),
            atom,
        )
        values = rows[column].to_numpy().astype(np.int64)
        np.add.at(laid, tuple(axis[inside] for axis in at), values[inside])
        return laid


def _position(values: pa.ChunkedArray, words: Sequence[str]) -> npt.NDArray[np.int64]:
    coded = values.combine_chunks().dictionary_encode()
    number = {word: at for at, word in enumerate(words)}
    places = np.array([number[word] for word in coded.dictionary.to_pylist()], np.int64)
    return places[coded.indices.to_numpy()] if len(coded) else np.zeros(0, np.int64)


def _tables(
    indicator: Indicator, cells: _Cells, people: pa.Table, found: pa.Table | None
) -> list[LeafCounts]:
    atoms = indicator.atoms
    of_people = cells.lay(people, "people", atoms)
    if found is None:
        numerator = persons = of_people
    else:
        persons = cells.lay(found, "persons", atoms)
        numerator = cells.lay(found, "events", atoms) if indicator.counts == "events" else persons
    below: dict[str, Counts | None] = {"of": None, "of_persons": None, "rest": None}
    if indicator.out_of == "people":
        below = {"of": of_people, "of_persons": of_people, "rest": of_people - persons}
    elif indicator.out_of == "events" and found is not None:
        below = {
            "of": cells.lay(found, "of_events", atoms),
            "of_persons": cells.lay(found, "of_persons", atoms),
            "rest": cells.lay(found, "complement_persons", atoms),
        }
    return [
        LeafCounts(
            indicator=indicator,
            period=period,
            areas=cells.areas,
            atoms=atoms,
            numerator=numerator[at],
            numerator_persons=persons[at],
            denominator=None if below["of"] is None else below["of"][at],
            denominator_persons=None if below["of_persons"] is None else below["of_persons"][at],
            complement_persons=None if below["rest"] is None else below["rest"][at],
            denominator_key=denominator_key(indicator),
            numerator_key=people_counted(indicator),
        )
        for at, period in enumerate(cells.periods)
    ]
