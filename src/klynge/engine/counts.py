"""Counts every indicator in its finest cells: kommune x sex x age atom, a table a period.

Place and age are those of 1 January of the period's year, for the numerator as for the denominator
(a closed cohort). So an event of somebody who did not live in one of the 98 kommuner that day falls
out, and the quality report says how many did.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from klynge.engine import education
from klynge.engine.education import EducationCounts
from klynge.engine.indicators import compiling
from klynge.engine.indicators.ages import Atom, end
from klynge.engine.indicators.groups import Group, groups_of
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
    for name, sql in tables(indicators).items():
        database.execute(f"CREATE TABLE {name} AS {sql}", doing=name)
    answers: dict[str, pa.Table] = {}
    for name, sql in questions(indicators, extract_end).items():
        if tell:
            tell(name)
        answers[name] = database.arrow(sql, doing=name)
    return counted(indicators, answers, years=years, areas=areas)


def tables(indicators: Sequence[Indicator], *, by_education: bool = False) -> dict[str, str]:
    """The tables that the questions read beside the spine's, in SQL by name."""
    population = compiling.Population(indicators, by_education=by_education)
    return {compiling.POPULATION: population.sql()}


def questions(
    indicators: Sequence[Indicator], extract_end: datetime, *, by_education: bool = False
) -> dict[str, str]:
    """What must be asked of the spine and of `tables` to count `indicators`, in SQL by name.

    Every answer is one row a cell with numbers that add over persons, so what is asked of some
    persons at a time is added up to what holds for all.
    by_education: told apart by level of education too; `tables` must then be made so.
    """
    population = compiling.Population(indicators, by_education=by_education)
    asked = {_PEOPLE: population.people_sql()}
    for group in groups_of(indicators):
        asked[group.name] = compiling.group_sql(group, population, extract_end)
    for group in _by_month(indicators):
        asked[_MONTHS + group.name] = compiling.months_sql(group, extract_end)
    return asked


def counted(
    indicators: Sequence[Indicator],
    answers: Mapping[str, pa.Table],
    *,
    years: Sequence[int],
    areas: Sequence[str],
) -> list[LeafCounts]:
    """The answers to `questions` laid into cells: one table an indicator and year."""
    given = _Given(indicators, answers, years, areas)
    made = []
    for indicator in indicators:
        atoms = indicator.atoms
        who = given.people.lay(given.column_of_people(indicator), atoms)
        laid = {n: rows.lay(column, atoms) for n, rows, column in given.numbers(indicator)}
        made += _tables(indicator, given.places, who, laid)
    return made


def counted_by_education(
    indicators: Sequence[Indicator],
    answers: Mapping[str, pa.Table],
    *,
    years: Sequence[int],
    areas: Sequence[str],
) -> list[EducationCounts]:
    """The answers to `questions` told apart by education: one an indicator told so, and year."""
    given = _Given(indicators, answers, years, areas)
    made = []
    for indicator in filter(education.told_of, indicators):
        atoms = education.atoms_of(indicator)
        who = given.people.lay_levels(given.column_of_people(indicator), atoms)
        laid = {n: rows.lay_levels(column, atoms) for n, rows, column in given.numbers(indicator)}
        made += _by_education(indicator, given.places, atoms, who, laid)
    return made


def _by_education(
    indicator: Indicator,
    places: _Places,
    atoms: tuple[Atom, ...],
    people: Counts,
    laid: Mapping[str, Counts],
) -> list[EducationCounts]:
    """Arrays are (periods, areas, levels, atoms)."""
    persons = laid.get("persons", people)
    events = laid["events"] if laid and indicator.counts == "events" else persons
    of_events = indicator.out_of == "events" and bool(laid)
    rest = laid["complement_persons"] if of_events else people - persons
    below = laid["of_events"] if of_events else people
    below_persons = laid["of_persons"] if of_events else people
    return [
        EducationCounts(
            indicator=indicator,
            period=period,
            areas=places.areas,
            atoms=atoms,
            numerator=events[at].sum(axis=2),
            numerator_persons=persons[at].sum(axis=2),
            complement_persons=rest[at].sum(axis=2),
            denominator=below[at],
            denominator_persons=below_persons[at],
            denominator_key=denominator_key(indicator),
        )
        for at, period in enumerate(places.periods)
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
    group_of = {each.code: group for group in _by_month(indicators) for each in group.indicators}
    return [
        _months_of(indicator, answers[_MONTHS + group.name], group.place(indicator), when, codes)
        for indicator in indicators
        if (group := group_of.get(indicator.code))
        for when in enumerate(years)
    ]


def _months_of(
    indicator: Indicator,
    rows: pa.Table,
    place: int,
    when: tuple[int, int],
    areas: tuple[str, ...],
) -> MonthCounts:
    """when: the year's number in the row of years, and the year."""
    at, year = when
    periods = rows["period"].to_numpy() - at * BELOW_THE_YEAR
    mine = (periods >= 0) & (periods < BELOW_THE_YEAR)
    where = _position(rows["kommune"], areas)[mine], periods[mine]

    def laid(number: str) -> Counts:
        cells = np.zeros((len(areas), BELOW_THE_YEAR), np.int64)
        np.add.at(cells, where, rows[f"{number}_{place}"].to_numpy().astype(np.int64)[mine])
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


_PEOPLE = "people"
_MONTHS = "by month "


def _by_month(indicators: Sequence[Indicator]) -> tuple[Group, ...]:
    return groups_of(indicator for indicator in indicators if indicator.by_month)


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
class _Places:
    """Where the rows of an answer lie: the areas and the periods, in the order of the tables."""

    areas: tuple[str, ...]
    periods: tuple[str, ...]


class _Answer:
    """Lays the columns of an answer into arrays (periods, areas, sexes, atoms)."""

    def __init__(self, rows: pa.Table, places: _Places) -> None:
        self._rows = rows
        self._size = (len(places.periods), len(places.areas), len(SEXES))
        where = (
            rows["period"].to_numpy(),
            _position(rows["kommune"], places.areas),
            _position(rows["sex"], SEXES),
        )
        self._cell = np.ravel_multi_index(where, self._size) if rows.num_rows else where[1]
        self._age = rows["age"].to_numpy()

    def lay(self, column: str, atoms: tuple[Atom, ...]) -> Counts:
        """Sum a column into cells; ages outside the atoms fall out."""
        atom = np.searchsorted(np.array([low for low, _high in atoms]), self._age, side="right") - 1
        inside = (atom >= 0) & (self._age <= end(atoms[-1]))
        at = (self._cell * len(atoms) + atom)[inside]
        size = (*self._size, len(atoms))
        laid = np.zeros(np.prod(size), np.int64)
        np.add.at(laid, at, self._rows[column].to_numpy().astype(np.int64)[inside])
        return laid.reshape(size)

    def lay_levels(self, column: str, atoms: tuple[Atom, ...]) -> Counts:
        """Sum a column into (periods, areas, levels, atoms), both sexes together."""
        atom = np.searchsorted(np.array([low for low, _high in atoms]), self._age, side="right") - 1
        level = self._rows["education"].to_numpy()
        inside = (atom >= 0) & (self._age <= end(atoms[-1])) & (level >= 0)
        size = (*self._size[:2], len(education.LEVELS), len(atoms))
        area = self._cell // self._size[2]
        at = (area * len(education.LEVELS) + level) * len(atoms) + atom
        laid = np.zeros(np.prod(size), np.int64)
        np.add.at(laid, at[inside], self._rows[column].to_numpy().astype(np.int64)[inside])
        return laid.reshape(size)


def _position(values: pa.ChunkedArray, words: Sequence[str]) -> npt.NDArray[np.int64]:
    coded = values.combine_chunks().dictionary_encode()
    number = {word: at for at, word in enumerate(words)}
    places = np.array([number[word] for word in coded.dictionary.to_pylist()], np.int64)
    return places[coded.indices.to_numpy()] if len(coded) else np.zeros(0, np.int64)


class _Given:
    """The answers, and where each indicator's numbers stand in them."""

    def __init__(
        self,
        indicators: Sequence[Indicator],
        answers: Mapping[str, pa.Table],
        years: Sequence[int],
        areas: Sequence[str],
    ) -> None:
        self.places = _Places(tuple(sorted(areas)), tuple(str(year) for year in years))
        self.people = _Answer(answers[_PEOPLE], self.places)
        self._population = compiling.Population(indicators)
        groups = groups_of(indicators)
        self._found = {group.name: _Answer(answers[group.name], self.places) for group in groups}
        self._group_of = {each.code: group for group in groups for each in group.indicators}

    def column_of_people(self, indicator: Indicator) -> str:
        return self._population.column_of(indicator.people)

    def numbers(self, indicator: Indicator) -> list[tuple[str, _Answer, str]]:
        """Name, rows and column of each number of an indicator of events; none of another."""
        group = self._group_of.get(indicator.code)
        if group is None:
            return []
        rows, at = self._found[group.name], group.place(indicator)
        return [(number, rows, f"{number}_{at}") for number in _numbers_of(indicator)]


def _numbers_of(indicator: Indicator) -> list[str]:
    """What the answers tell of an indicator of events."""
    numbers = compiling.SHARE_NUMBERS if indicator.outcome is not None else ("events", "persons")
    return [number for number in numbers if indicator.counts == "events" or number != "events"]


def _tables(
    indicator: Indicator, places: _Places, people: Counts, laid: Mapping[str, Counts]
) -> list[LeafCounts]:
    persons = laid.get("persons", people)
    numerator = laid["events"] if laid and indicator.counts == "events" else persons
    below: dict[str, Counts | None] = {"of": None, "of_persons": None, "rest": None}
    if indicator.out_of == "people":
        below = {"of": people, "of_persons": people, "rest": people - persons}
    elif indicator.out_of == "events" and laid:
        below = {
            "of": laid["of_events"],
            "of_persons": laid["of_persons"],
            "rest": laid["complement_persons"],
        }
    return [
        LeafCounts(
            indicator=indicator,
            period=period,
            areas=places.areas,
            atoms=indicator.atoms,
            numerator=numerator[at],
            numerator_persons=persons[at],
            denominator=None if below["of"] is None else below["of"][at],
            denominator_persons=None if below["of_persons"] is None else below["of_persons"][at],
            complement_persons=None if below["rest"] is None else below["rest"][at],
            denominator_key=denominator_key(indicator),
            numerator_key=people_counted(indicator),
        )
        for at, period in enumerate(places.periods)
    ]
