"""Whole packs from invented registers: what somebody gets out of the rows by education who has the
pack and nothing else.

He writes down all that is shown of one indicator and year, by sex and age and by education, of the
counts and of the people they are out of, and what binds them: the four levels of a kommune are its
people of those ages, and in a share nobody is counted who is not among them.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from scipy import sparse

from klynge.datapack import read
from klynge.engine import education, release
from klynge.engine.cells import CellGrid
from klynge.engine.disclosure.attack import Facts, attack
from klynge.engine.disclosure.education import EducationGrid, EducationGroup
from klynge.engine.education import LEVELS
from klynge.engine.indicators import ALL
from klynge.engine.indicators.indicator import Indicator
from tests.engine.disclosure.test_packs import GEOGRAPHY, SOME, pack_of

AREAS = GEOGRAPHY.kommuner
CODES = (*SOME, "akut_indl_1000", "polyfarmaci")
LAND: Any = {
    "persons": 6_000,
    "years": range(2024, 2025),
    "seed": 1,
    "codes": CODES,
    "by_education": True,
}
Rows = dict[tuple[str, ...], dict[str, Any]]


class Attacker:
    """What is shown of one indicator and year. Leaves: counted by sex and age, counted by level,
    and the same of those they are out of."""

    def __init__(self, indicator: Indicator, rows: list[dict[str, Any]]) -> None:
        about = SimpleNamespace(
            indicator=indicator, areas=AREAS, atoms=indicator.atoms, denominator_key=""
        )
        self.indicator, self.told = indicator, education.atoms_of(indicator)
        self.year = CellGrid(about, GEOGRAPHY)
        self.level = EducationGrid(about, GEOGRAPHY)  # type: ignore[arg-type]
        crude: Rows = {
            (r["place_kind"], r["place"], r["sex"], r["age"], r["education"]): r
            for r in rows
            if r["measure"] in ("crude", "count")
        }
        year = self.year
        self.rows_of_year = [
            crude[cell]
            for cell in zip(
                year.kind, year.place, year.sex, year.age, ["all"] * len(year), strict=True
            )
        ]
        age = education.age_label(self.told, indicator.atoms)
        level = self.level
        self.rows_by_level = [
            crude[kind, place, "all", age, name]
            for kind, place, name in zip(level.kind, level.place, level.level, strict=True)
        ]

    def finds(self) -> list[str]:
        """Hidden numbers of the year that fall out, and numbers of 1-4 by education."""
        both = sparse.block_diag([self.year.numerator_matrix, self.level.matrix()], format="csr")
        rows = [*self.rows_of_year, *self.rows_by_level]
        hidden = np.array([row["status"] != "shown" for row in rows])
        shown = np.flatnonzero(~hidden)
        facts = self._facts(both.astype(float), rows, shown)
        found, _worlds = attack(facts, self._goals(both, np.flatnonzero(hidden), facts))
        alone = self._without_levels(both.astype(float), rows, shown)
        told = []
        for one in found:
            cell = np.flatnonzero(hidden)[one.target % hidden.sum()]
            of_year = cell < len(self.rows_of_year)
            few = 1 <= round(one.low) <= 4
            if few or (of_year and not self._falls_out(alone, both, int(cell), one.target, hidden)):
                told.append(f"{self.indicator.code} {rows[cell]['place_kind']} of year: {of_year}")
        return told

    def _goals(
        self, both: sparse.csr_matrix, hidden: np.ndarray, facts: Facts
    ) -> sparse.csr_matrix:
        goals = sparse.block_diag([both[hidden], both[hidden]], format="csr").astype(float)
        assert goals.shape[1] == facts.rows.shape[1]
        return goals

    def _facts(
        self, both: sparse.csr_matrix, rows: list[dict[str, Any]], shown: np.ndarray
    ) -> Facts:
        counted = np.array([rows[at]["numerator"] for at in shown], float)
        out_of = np.array([rows[at]["denominator"] for at in shown], float)
        tie = self._ties()
        width = both.shape[1]
        ranges = [sparse.block_diag([tie, tie], format="csr")]
        low, high = [np.zeros(2 * len(AREAS))], [np.zeros(2 * len(AREAS))]
        if self.indicator.kind == "proportion":
            one = sparse.identity(width, format="csr")
            ranges.append(sparse.hstack([-one, one], format="csr"))
            low.append(np.zeros(width))
            high.append(np.full(width, np.inf))
        return Facts(
            rows=sparse.block_diag([both[shown], both[shown]], format="csr"),
            values=np.concatenate([counted, out_of]),
            lower=np.zeros(2 * width),
            upper=np.full(2 * width, np.inf),
            ranges=sparse.vstack(ranges, format="csr"),
            range_low=np.concatenate(low),
            range_high=np.concatenate(high),
        )

    def _ties(self) -> sparse.csr_matrix:
        inside = [float(atom in self.told) for atom in self.indicator.atoms]
        every = sparse.identity(len(AREAS), format="csr")
        year = sparse.kron(every, np.array([inside * 2]), format="csr")
        return sparse.hstack([year, -sparse.kron(every, np.ones((1, len(LEVELS))))], format="csr")

    def _without_levels(
        self, both: sparse.csr_matrix, rows: list[dict[str, Any]], shown: np.ndarray
    ) -> Facts:
        return self._facts(both, rows, shown[shown < len(self.rows_of_year)])

    def _falls_out(
        self, facts: Facts, both: sparse.csr_matrix, cell: int, target: int, hidden: np.ndarray
    ) -> bool:
        """Whether a number of the year falls out without any row by education."""
        at = 0 if target < hidden.sum() else both.shape[1]
        goal = sparse.csr_matrix((1, facts.rows.shape[1]))
        goal = goal.tolil()
        row = both[[cell]]
        goal[0, row.indices + at] = row.data
        return bool(attack(facts, goal.tocsr())[0])


def attackers(pack: Path) -> list[Attacker]:
    rows: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in read(pack).figures.to_pylist():
        rows.setdefault((row["indicator"], row["period"]), []).append(row)
    return [
        Attacker(indicator, own)
        for (code, period), own in rows.items()
        for indicator in ALL
        if indicator.code == code and len(period) == 4 and education.told_of(indicator)
    ]


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return pack_of(tmp_path_factory.mktemp("pack"), **LAND)


def test_nothing_hidden_can_be_worked_out_from_rows_by_education(pack: Path) -> None:
    assert [finding for attacker in attackers(pack) for finding in attacker.finds()] == []


def test_something_is_told_by_education_and_something_is_hidden(pack: Path) -> None:
    rows = [row for attacker in attackers(pack) for row in attacker.rows_by_level]

    assert {row["status"] for row in rows} == {"shown", "hidden"}


def test_he_finds_numbers_where_only_the_small_ones_are_hidden(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(release, "protect_levels", only_the_small)
    monkeypatch.setattr(release, "audit_levels", lambda *_given, **_how: ())
    careless = pack_of(tmp_path, **{**LAND, "codes": ("psyk_patienter",)})

    assert [finding for attacker in attackers(careless) for finding in attacker.finds()]


def only_the_small(counts: Any, _protected: Any, _years: Any, geography: Any, **_how: Any) -> Any:
    hidden = [EducationGroup([each], geography).all_hidden(0) for each in counts]
    return [replace(each, hidden=each.primary) for each in hidden]
