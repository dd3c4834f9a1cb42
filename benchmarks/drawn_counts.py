"""Counts of a land of any size, drawn from the counts of a small one.

Each kommune of the drawn land is the sum of kommuner (with their years) picked at random from the
small land, as many as its own population needs. The same picks serve every table, so that all that
holds between the tables of real people holds here: parts are no larger than their wholes, and the
people one indicator counts are those another divides by. No register of millions has to be made.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np

from klynge.engine.counts import LeafCounts
from klynge.engine.months import MonthCounts
from klynge.engine.registers.synth.reference import denmark

Table = TypeVar("Table", LeafCounts, MonthCounts)

_COUNTS = (
    "numerator",
    "numerator_persons",
    "denominator",
    "denominator_persons",
    "complement_persons",
)


def drawn(
    tables: Sequence[LeafCounts], months: Sequence[MonthCounts], *, persons: int, seed: int
) -> tuple[list[LeafCounts], list[MonthCounts]]:
    """`tables` and `months` of a land of about so many persons, in the same years."""
    tables, months, periods = _in_every_year(tables, months)
    residents = {
        table.period: table.numerator.sum(axis=(1, 2))
        for table in tables
        if table.indicator.code == "pop_folketal"
    }
    people = np.concatenate([residents[period] for period in periods])
    wanted = denmark().pyramid.sum(axis=(1, 2))
    wanted = np.rint(wanted * persons / wanted.sum()).astype(int)
    chance = np.random.default_rng(seed)
    picks = {period: _picks(wanted, people, chance) for period in periods}
    return (
        [_summed(each, tables, picks[each.period]) for each in tables],
        [_summed(each, months, picks[str(each.year)]) for each in months],
    )


def _in_every_year(
    tables: Sequence[LeafCounts], months: Sequence[MonthCounts]
) -> tuple[list[LeafCounts], list[MonthCounts], list[str]]:
    """The indicators that are counted in every year, and the years: a kommune of one year stands
    for the same people in all tables. In a very small land rare events leave a year uncovered."""
    periods = sorted({table.period for table in tables})
    years: dict[str, set[str]] = {}
    for table in tables:
        years.setdefault(table.indicator.code, set()).add(table.period)
    kept = {code for code, counted in years.items() if len(counted) == len(periods)}
    return (
        [table for table in tables if table.indicator.code in kept],
        [each for each in months if each.indicator.code in kept],
        periods,
    )


def _picks(wanted: np.ndarray, people: np.ndarray, chance: np.random.Generator) -> np.ndarray:
    """For each kommune how often each (year and kommune) of the small land is taken."""
    picks = np.zeros((len(wanted), len(people)), np.int64)
    for area, number in enumerate(wanted):
        order = chance.permutation(np.repeat(np.arange(len(people)), 1 + number // people.sum()))
        taken = order[: 1 + np.searchsorted(np.cumsum(people[order]), number)]
        np.add.at(picks[area], taken, 1)
    return picks


def _summed(table: Table, every: Sequence[Table], picks: np.ndarray) -> Table:
    same = [each for each in every if each.indicator.code == table.indicator.code]
    changes = {}
    for name in _COUNTS:
        if getattr(table, name) is not None:
            pile = np.concatenate([getattr(each, name) for each in same])
            changes[name] = np.tensordot(picks, pile, axes=1)
    return replace(table, **changes)
