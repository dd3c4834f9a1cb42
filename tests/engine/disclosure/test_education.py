"""By education: nothing hidden can be worked out, by itself or together with the years' tables."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from klynge.engine.counts import LeafCounts
from klynge.engine.disclosure.audit import audit
from klynge.engine.disclosure.education import ProtectedEducation
from klynge.engine.disclosure.levels import Years, audit_levels, protect_levels
from klynge.engine.disclosure.protect import Protected
from klynge.engine.disclosure.published import Background
from klynge.engine.education import EducationCounts
from klynge.engine.figures import education_rows
from klynge.engine.indicators.indicator import Indicator
from tests.engine.disclosure.worlds import KEY, Measured, World, figures_of

LAND = World(
    klynger={"north": ("101", "102"), "south": ("103", "104", "105")},
    atoms=((18, 29), (30, 64), (65, None)),
)
AGES = ("all", "18-64", "65+")
AREAS = len(LAND.kommuner)


def people(seed: int, kind: str) -> tuple[LeafCounts, EducationCounts]:
    """A small land, person by person: where they live, how old and schooled, and what befell
    them."""
    chance = np.random.default_rng(seed)
    size = int(chance.integers(60, 700))
    area = chance.choice(AREAS, size, p=chance.dirichlet([0.6] * AREAS))
    sex, atom = chance.integers(0, 2, size), chance.choice(3, size, p=chance.dirichlet([2, 2, 2]))
    level = chance.choice(4, size, p=chance.dirichlet([2, 2, 2, 0.4]))
    risk = chance.choice([0.03, 0.3, 0.9]) * (1 - 0.2 * level)
    events = chance.poisson(risk) if kind == "rate" else chance.random(size) < risk
    has = (events > 0).astype(np.int64)

    def summed(values: np.ndarray, *where: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
        found = np.zeros(shape, np.int64)
        np.add.at(found, where, values)
        return found

    def by_sex(values: np.ndarray) -> np.ndarray:
        return summed(values, area, sex, atom, shape=(AREAS, 2, 3))

    def by_level(values: np.ndarray) -> np.ndarray:
        inside = atom > 0
        return summed(values[inside], area[inside], level[inside], atom[inside] - 1,
                      shape=(AREAS, 4, 2))  # fmt: skip

    ones = np.ones(size, np.int64)
    measured = cast(Indicator, _Measured(code="x", kind=kind, ages=AGES))
    table = LeafCounts(
        indicator=measured, period="2024", areas=LAND.kommuner, atoms=LAND.atoms,
        numerator=by_sex(events), numerator_persons=by_sex(has), denominator=by_sex(ones),
        denominator_persons=by_sex(ones), complement_persons=by_sex(1 - has), denominator_key=KEY,
    )  # fmt: skip
    counts = EducationCounts(
        indicator=measured, period="2024", areas=LAND.kommuner, atoms=LAND.atoms[1:],
        numerator=by_level(events).sum(axis=2), numerator_persons=by_level(has).sum(axis=2),
        complement_persons=by_level(1 - has).sum(axis=2), denominator=by_level(ones),
        denominator_persons=by_level(ones), denominator_key=KEY,
    )  # fmt: skip
    return table, counts


class _Measured(Measured):
    """With ages as the pack's definitions have them."""

    @property
    def atoms(self) -> Any:
        return LAND.atoms


def protected(seed: int, kind: str) -> tuple[Protected, ProtectedEducation, Years]:
    table, counts = people(seed, kind)
    (year,) = LAND.protect(table)
    years = Years.read(figures_of(year), LAND.geography, [year])
    (found,) = protect_levels([counts], [year], years, LAND.geography)
    return year, found, years


kinds = st.sampled_from(["proportion", "rate"])


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10_000), kind=kinds)
def test_the_audit_finds_nothing_in_any_land(seed: int, kind: str) -> None:
    year, found, years = protected(seed, kind)

    assert audit(figures_of(year), LAND.geography, [Background.of(year)]) == ()
    assert audit_levels(education_rows(found), [found], years) == ()


@settings(max_examples=6, deadline=None)
@given(seed=st.integers(0, 10_000), kind=kinds)
def test_a_second_attacker_with_all_rows_in_hand_finds_nothing(seed: int, kind: str) -> None:
    """He writes every shown number down as one equation and solves for each hidden one."""
    year, found, _years = protected(seed, kind)

    assert _worked_out(year, found) == []


def test_the_second_attacker_finds_what_is_there_to_find() -> None:
    """With everything by education shown that the year's table hides, he does find something."""
    told = 0
    for seed in range(5):
        year, found, _years = protected(seed, "proportion")
        told += len(_worked_out(year, replace(found, hidden=np.zeros(len(found.grid), bool))))

    assert told > 0


def test_the_audit_finds_a_cell_that_was_shown_by_mistake() -> None:
    found_some = 0
    for seed in range(4):
        _year, found, years = protected(seed, "proportion")
        cells = np.flatnonzero(found.hidden & found.primary)
        for cell in cells[:3]:
            shown = found.hidden.copy()
            shown[cell] = False
            rows = education_rows(replace(found, hidden=shown))
            findings = audit_levels(rows, [found], years)
            assert findings, "a cell of too few persons is always a finding"
            found_some += 1
    assert found_some


@settings(max_examples=6, deadline=None)
@given(seed=st.integers(0, 10_000), kind=kinds)
def test_no_shown_row_rests_on_one_to_four_persons(seed: int, kind: str) -> None:
    _table, counts = people(seed, kind)
    _year, found, _years = protected(seed, kind)
    persons = found.grid.sums(counts.numerator_persons)
    below = found.grid.sums(counts.denominator_persons.sum(axis=2))

    for numbers in (persons, below):
        assert not np.any(~found.hidden & (numbers > 0) & (numbers < 5))


def test_unknown_is_never_a_row() -> None:
    _year, found, _years = protected(3, "proportion")

    assert set(education_rows(found)["education"].to_pylist()) == {"low", "middle", "high"}


def test_the_years_rows_are_the_same_with_and_without_education() -> None:
    table, _counts = people(5, "proportion")
    (alone,) = LAND.protect(table)
    year, found, _years = protected(5, "proportion")
    both = pa.concat_tables([figures_of(year), education_rows(found)])

    assert both.filter(pc.equal(both["education"], "all")).equals(figures_of(alone))


def _worked_out(year: Protected, found: ProtectedEducation) -> list[str]:
    """Hidden numerators that the shown rows of both leave only one whole number for."""
    counts, table = found.counts, year.table
    above = year.grid.numerator_matrix.toarray().astype(float)
    level = found.grid.matrix().toarray()
    rows = np.vstack(
        [
            np.hstack([above, np.zeros((len(above), level.shape[1]))]),
            np.hstack([np.zeros((len(level), above.shape[1])), level]),
        ]
    )
    truth = np.concatenate([table.numerator.ravel(), counts.numerator.ravel()]).astype(float)
    hidden = np.concatenate([year.hidden, found.hidden])
    ties = np.zeros((AREAS, rows.shape[1]))
    old = np.zeros((AREAS, 2, 3))
    for area in range(AREAS):
        old[:] = 0
        old[area, :, 1:] = 1
        ties[area, : above.shape[1]] = old.ravel()
        ties[area, above.shape[1] + 4 * area : above.shape[1] + 4 * area + 4] = -1
    people_in = np.concatenate([table.denominator.ravel(), counts.denominator.sum(axis=2).ravel()])
    is_share = counts.indicator.kind == "proportion"
    limits = [(0, n if is_share else (None if n else 0)) for n in people_in]
    equal = np.vstack([rows[~hidden], ties])
    values = np.concatenate([rows[~hidden] @ truth, np.zeros(AREAS)])
    told = []
    for cell in np.flatnonzero(hidden):
        inside = people_in[rows[cell] > 0].sum()
        if not inside or not _is_few(year, found, cell):
            continue
        ends = []
        for sign in (1, -1):
            solved = linprog(sign * rows[cell], A_eq=equal, b_eq=values, bounds=limits)
            ends.append(sign * solved.fun if solved.status == 0 else sign * -np.inf)
        if np.floor(ends[1] + 1e-6) - np.ceil(ends[0] - 1e-6) < 1:
            told.append(f"cell {cell}")
    return told


def _is_few(year: Protected, found: ProtectedEducation, cell: int) -> bool:
    """Only numerators that the rules themselves keep secret are looked at: it is slow enough. Where
    nothing happened to anybody of a place, that is shown, whoever they are."""
    primary = np.concatenate([year.primary, found.primary])
    numerator = np.concatenate(
        [
            year.grid.numerator_of(year.table.numerator),
            found.grid.sums(found.counts.numerator),
        ]
    )
    return bool(primary[cell] and numerator[cell] > 0)


@pytest.mark.parametrize("kind", ["proportion", "rate"])
def test_a_large_land_hides_nothing(kind: str) -> None:
    table, counts = people(1, kind)
    large = replace(
        table,
        **{name: np.full((AREAS, 2, 3), 40, np.int64) for name in
           ("numerator", "numerator_persons", "complement_persons")},
        denominator=np.full((AREAS, 2, 3), 80, np.int64),
        denominator_persons=np.full((AREAS, 2, 3), 80, np.int64),
    )  # fmt: skip
    by_level = replace(
        counts,
        numerator=np.full((AREAS, 4), 40, np.int64),
        numerator_persons=np.full((AREAS, 4), 40, np.int64),
        complement_persons=np.full((AREAS, 4), 40, np.int64),
        denominator=np.full((AREAS, 4, 2), 40, np.int64),
        denominator_persons=np.full((AREAS, 4, 2), 40, np.int64),
    )
    (year,) = LAND.protect(large)
    years = Years.read(figures_of(year), LAND.geography, [year])
    (found,) = protect_levels([by_level], [year], years, LAND.geography)

    assert not found.hidden.any()
