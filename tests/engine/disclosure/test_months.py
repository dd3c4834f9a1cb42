"""Months and quarters: nothing hidden can be worked out, whatever the months are added up to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from klynge.engine.disclosure import rules
from klynge.engine.disclosure.months import (
    ProtectedMonths,
    YearTotals,
    ceiling,
    few_below,
    protect_months,
)
from klynge.engine.disclosure.months_audit import attack_months
from klynge.engine.indicators.indicator import Indicator
from klynge.engine.months import MonthCounts, MonthGrid, period_labels
from tests.engine.disclosure.worlds import Measured, World

LAND = World(klynger={"north": ("101", "102"), "south": ("103", "104", "105")}, atoms=((0, None),))


@dataclass
class Happenings:
    """Who had events where and when: one row an event, for a second way of counting."""

    area: np.ndarray
    person: np.ndarray
    month: np.ndarray
    again: np.ndarray


def some(seed: int, *, events: int = 260) -> Happenings:
    chance = np.random.default_rng(seed)
    person = chance.integers(0, max(2, events // 2), events)
    home = chance.choice(5, events, p=chance.dirichlet([0.4] * 5))
    month = chance.choice(12, events, p=chance.dirichlet([2] * 12))
    return Happenings(home[person], person, month, chance.random(events) < 0.3)


def distinct(happened: Happenings, which: np.ndarray) -> np.ndarray:
    """Distinct persons by area, and month or quarter (areas x 16)."""
    found = np.zeros((5, 16), np.int64)
    for area in range(5):
        for at in range(16):
            inside = happened.month == at if at < 12 else happened.month // 3 == at - 12
            found[area, at] = len(set(happened.person[which & inside & (happened.area == area)]))
    return found


def tally(happened: Happenings, which: np.ndarray) -> np.ndarray:
    found = np.zeros((5, 12), np.int64)
    np.add.at(found, (happened.area[which], happened.month[which]), 1)
    return found


def counts_of(happened: Happenings, *, of_events: bool) -> MonthCounts:
    every = np.ones(len(happened.area), bool)
    top = happened.again if of_events else every
    kind = "proportion" if of_events else "rate"
    counts = MonthCounts(
        indicator=cast(Indicator, Measured(code="x", kind=kind, ages=("all",))),
        year=2024,
        areas=LAND.kommuner,
        numerator=tally(happened, top),
        numerator_persons=distinct(happened, top),
    )
    if not of_events:
        return counts
    return replace(
        counts,
        denominator=tally(happened, every),
        denominator_persons=distinct(happened, every),
        complement_persons=distinct(happened, ~top),
    )


def year_of(happened: Happenings, *, of_events: bool) -> YearTotals:
    """The year's totals as the year's own protection leaves them."""
    every = np.ones(len(happened.area), bool)
    top = happened.again if of_events else every

    def people(which: np.ndarray) -> np.ndarray:
        leaves = np.zeros((5, 2, 1), np.int64)
        for area in range(5):
            leaves[area, 0, 0] = len(set(happened.person[which & (happened.area == area)]))
        return leaves

    def events(which: np.ndarray) -> np.ndarray:
        leaves = np.zeros((5, 2, 1), np.int64)
        leaves[:, 0, 0] = tally(happened, which).sum(axis=1)
        return leaves

    measured = Measured(
        code="x", kind="proportion" if of_events else "rate", ages=("all",), domain="somatik"
    )
    if of_events:
        table = LAND.table(measured, events(top), people(top), events(every), people(every),
                           people(~top))  # fmt: skip
        table = replace(table, denominator_key="x")
    else:
        residents = np.full((5, 2, 1), 200)
        table = LAND.table(measured, events(top), people(top), residents, residents, None)
    (known,) = LAND.protect(table)
    totals = known.grid.totals()
    sizes = known.open_denominators
    assert sizes is not None
    return YearTotals(
        known.hidden[totals],
        sizes[totals] < 0,
        None if of_events else np.full(5, 400),
    )


def grid_of(counts: MonthCounts) -> MonthGrid:
    return MonthGrid(counts.indicator, counts.year, counts.areas, LAND.geography)


def published(known: ProtectedMonths) -> dict:
    """The finished rows, the year's among them."""
    grid, counts = known.grid, known.counts
    above = grid.sums(counts.numerator)
    below = None if counts.denominator is None else grid.sums(counts.denominator)
    return {
        (str(grid.kind[at]), str(grid.place[at]), str(grid.period[at])): (
            int(above[at]), None if below is None else int(below[at])
        )
        for at in np.flatnonzero(~known.hidden)
    }  # fmt: skip


def worked_out(known: ProtectedMonths) -> set[tuple[str, str]]:
    """The slow attacker: two linear programs for each hidden numerator, knowing denominators. Of
    the few, four numbers must be left him, or as many as the denominators leave."""
    grid, counts = known.grid, known.counts
    others = None
    if counts.indicator.kind == "proportion":
        others = grid.persons(counts.complement_persons)
    few = rules.numerator_is_secret(grid.persons(counts.numerator_persons), others,
                                    population=False)  # fmt: skip
    upper = ceiling(counts, known.year)
    shown = ~known.hidden
    for at in np.flatnonzero(shown & ~grid.below & (grid.sums(counts.numerator) == 0)):
        upper[grid.matrix[[at]].indices] = 0  # the year's 0 says so of every month
    found = set()
    for at in np.flatnonzero(known.hidden):
        goal = grid.matrix[[at]].toarray().ravel().astype(float)
        if not (goal * np.minimum(upper, 1)).any():
            continue
        ends = []
        for sign in (1, -1):
            answer = linprog(
                sign * goal,
                A_eq=grid.matrix[shown].astype(float),
                b_eq=grid.sums(counts.numerator)[shown],
                bounds=[(0, None if np.isinf(u) else u) for u in upper],
            )
            ends.append(np.inf if answer.status == 3 else sign * answer.fun)
        asked = min(3, int(min(goal[goal > 0] @ upper[goal > 0], 3))) if few[at] else 1
        if np.floor(abs(ends[1]) + 1e-6) - np.ceil(ends[0] - 1e-6) < max(asked, 1):
            found.add((str(grid.place[at]), str(grid.period[at])))
    return found


def test_the_periods_are_written_as_the_pack_writes_them():
    labels = period_labels(2024)
    assert labels[0], labels[11] == ("2024-01", "2024-12")
    assert labels[12:] == ("2024-K1", "2024-K2", "2024-K3", "2024-K4", "2024")


def test_a_cell_is_the_sum_of_its_months_and_areas():
    counts = counts_of(some(1), of_events=False)
    grid = grid_of(counts)
    sums = dict(zip(zip(grid.place, grid.period, strict=True), grid.sums(counts.numerator),
                    strict=True))  # fmt: skip

    assert sums["102", "2024-K2"] == counts.numerator[1, 3:6].sum()
    assert sums["north", "2024-11"] == counts.numerator[:2, 10].sum()
    assert sums["DK", "2024"] == counts.numerator.sum() == 260


@pytest.mark.parametrize("of_events", [False, True])
@settings(max_examples=8)
@given(seed=st.integers(0, 2**32 - 1))
def test_nothing_hidden_can_be_worked_out(seed: int, of_events: bool) -> None:
    happened = some(seed)
    counts, year = counts_of(happened, of_events=of_events), year_of(happened, of_events=of_events)

    known = protect_months(counts, grid_of(counts), year)

    assert worked_out(known) == set()
    few = few_below(counts, known.grid)
    assert attack_months(published(known), counts, known.grid, year, (), few) == []
    assert not np.any(known.primary & ~known.hidden)


@pytest.mark.parametrize("of_events", [False, True])
def test_both_attackers_get_through_when_only_the_secret_is_hidden(of_events: bool) -> None:
    through = 0
    for seed in range(6):
        happened = some(seed)
        counts = counts_of(happened, of_events=of_events)
        year = year_of(happened, of_events=of_events)
        known = protect_months(counts, grid_of(counts), year)
        bare = replace(known, hidden=known.primary | (known.hidden & ~known.grid.below))

        few = few_below(counts, known.grid)
        fast = attack_months(published(bare), counts, known.grid, year, (), few)
        slow = worked_out(bare)
        assert {(place, period) for _kind, place, period, what in fast if what == "numerator"} == (
            slow
        )
        through += bool(slow)
    assert through >= 5


def test_months_of_few_persons_are_hidden_and_those_of_nobody_are_shown():
    counts = counts_of(some(3), of_events=False)
    grid = grid_of(counts)
    known = protect_months(counts, grid, year_of(some(3), of_events=False))

    few = rules.too_few(grid.persons(counts.numerator_persons)) & grid.below
    assert few.any()
    assert known.hidden[few].all()
    assert (~known.hidden & (grid.sums(counts.numerator) == 0)).any()


def test_what_the_year_hides_with_its_denominator_is_hidden_in_every_month():
    counts = counts_of(some(4), of_events=False)
    grid = grid_of(counts)
    year = year_of(some(4), of_events=False)
    shut = np.zeros(len(grid.places), bool)
    shut[[0, 1]] = True  # two kommuner of one klynge
    known = protect_months(
        counts, grid, replace(year, hidden=year.hidden | shut, denominator_hidden=shut)
    )

    rows = np.repeat(shut, 17)
    assert known.hidden[rows].all()
