"""The only door out: what goes through it, and what it refuses."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from klynge import datapack
from klynge.engine import release as door
from klynge.engine.cells import CellGrid
from klynge.engine.counts import LeafCounts
from klynge.engine.disclosure.audit import audit
from klynge.engine.disclosure.protect import Protected, protect
from klynge.engine.disclosure.published import Background
from klynge.engine.disclosure.suppress import CannotProtect
from klynge.engine.indicators import ALL
from klynge.engine.indicators.populations import RESIDENTS
from klynge.engine.release import Report, figures_of, release
from klynge.engine.totals.reading import Total
from klynge.faults import DisclosureRefused
from klynge.structure import Geography
from tests.engine.disclosure import slow

GEOGRAPHY = Geography.of_pack()
PLEJEHJEM = next(indicator for indicator in ALL if indicator.code == "plejehjem")


def some_counts() -> list[LeafCounts]:
    """Care-home residents among sixty of each kommune, sex and age atom; a fixed draw."""
    shape = (len(GEOGRAPHY.kommuner), 2, len(PLEJEHJEM.atoms))
    n, d = np.random.default_rng(5).poisson(2, shape), np.full(shape, 60)
    return [
        LeafCounts(
            PLEJEHJEM, "2024", GEOGRAPHY.kommuner, PLEJEHJEM.atoms, n, n, d, d, d - n, RESIDENTS
        )
    ]


def let_out(out: Path) -> Report:
    return release(
        some_counts(),
        GEOGRAPHY,
        indicators=[PLEJEHJEM],
        quality={"tables": {}},
        registers={},
        years=[2024],
        out=out,
        created=datetime(2026, 3, 1, 12, tzinfo=UTC),
        totals=some_totals(),
    )


def some_totals() -> list[Total]:
    """A number for every kommune, sex and age: the true one, as somebody outside might have it."""
    (counts,) = some_counts()
    grid = CellGrid(counts, GEOGRAPHY)
    numbers = grid.numerator_of(counts.numerator)
    cells = zip(grid.kind, grid.place, grid.sex, grid.age, numbers, strict=True)
    return [
        Total(
            "plejehjem", "numerator", str(kind), str(place), "2024", str(sex), str(age), "all",
            float(n), 1.0, "Kilden", date(2025, 1, 1),
        )
        for kind, place, sex, age, n in cells
        if kind == "kommune"
    ]  # fmt: skip


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return let_out(tmp_path_factory.mktemp("out") / "pack")


@pytest.fixture(scope="module")
def known() -> Protected:
    (one,) = protect(some_counts(), GEOGRAPHY)
    return one


def findings_in(known: Protected, change: Callable[[pa.Table], pa.Table]) -> set[str]:
    """What the audit says of the rows of `known` after a change."""
    figures = change(figures_of([known]))
    return {found.what for found in audit(figures, GEOGRAPHY, [Background.of(known)])}


def test_the_pack_that_leaves_is_sound(released: Report) -> None:
    assert datapack.verify(released.path) == ()


def test_the_report_counts_what_the_pack_holds(released: Report) -> None:
    status = datapack.read(released.path).figures["status"].to_pylist()

    assert released.cells == sum(word != "not_counted" for word in status)
    assert released.hidden == status.count("hidden")
    assert released.hidden_share == released.hidden / released.cells


def test_published_numbers_are_compared_where_ours_are_shown_and_nowhere_else(
    released: Report,
) -> None:
    pack = datapack.read(released.path)
    cell = ("place_kind", "place", "sex", "age")
    shown = {
        tuple(row[name] for name in cell): row["numerator"]
        for row in pack.figures.to_pylist()
        if row["measure"] == "crude"
    }

    assert len(pack.quality["totals"]) == len(some_totals())
    for line in pack.quality["totals"]:
        ours = shown[tuple(line[name] for name in cell)]
        assert line.get("ours") == line.get("published") == ours
        assert line["answer"] == ("not_compared" if ours is None else "agrees")
    assert released.totals["not_compared"] > 100
    assert sum(released.totals.values()) == len(pack.quality["totals"])


def test_less_is_hidden_than_by_row_and_column(released: Report) -> None:
    assert released.primary < released.crude_hidden < released.plain < released.crude


def test_the_quality_report_says_how_much_is_hidden_and_how_much_by_hand(released: Report) -> None:
    told = datapack.read(released.path)
    crude = [
        status
        for status, measure in zip(
            told.figures["status"].to_pylist(), told.figures["measure"].to_pylist(), strict=True
        )
        if measure == "crude"
    ]

    assert told.quality["disclosure"] == {
        "minimum_persons": 5,
        "crude_cells": len(crude),
        "hidden_per_cent": round(100 * crude.count("hidden") / len(crude), 1),
        "by_rows_and_columns_per_cent": round(100 * released.plain_share, 1),
    }
    assert released.cpu_seconds > 0


def test_the_same_counts_give_the_same_bytes(released: Report, tmp_path: Path) -> None:
    again = let_out(tmp_path / "again").path

    for name in ("figures.parquet", "datapackage.json"):
        assert (again / name).read_bytes() == (released.path / name).read_bytes()


def only_secret(*_given: Any, **_options: Any) -> tuple[Protected, ...]:
    """Protection without complementary suppression."""
    return tuple(
        replace(one, hidden=one.primary, hidden_standardised=one.primary[one.grid.totals()])
        for one in protect(some_counts(), GEOGRAPHY)
    )


def test_without_complementary_suppression_nothing_leaves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "protect", only_secret)

    with pytest.raises(DisclosureRefused) as refused:
        let_out(tmp_path / "pack")

    assert refused.value.exit_code == 12
    assert not list(tmp_path.iterdir())


def test_what_cannot_be_protected_does_not_leave(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gives_up(*_given: Any, **_options: Any) -> tuple[Protected, ...]:
        raise CannotProtect("plejehjem 2024")

    monkeypatch.setattr(door, "protect", gives_up)

    with pytest.raises(DisclosureRefused, match="plejehjem 2024"):
        let_out(tmp_path / "pack")
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
def test_the_slow_attacker_gets_nothing_out_of_98_kommuner(known: Protected) -> None:
    assert slow.recovered(figures_of([known]), [known], GEOGRAPHY) == set()


def test_a_refusal_names_the_indicator_and_how_many_cells_but_no_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "protect", only_secret)

    with pytest.raises(DisclosureRefused) as refused:
        let_out(tmp_path / "pack")

    (line,) = [line for line in str(refused.value).splitlines() if "plejehjem" in line]
    assert re.fullmatch(r"  plejehjem: \d+ celler", line)
    assert not any(f" {area}" in str(refused.value) for area in ("101", "730", "rh-byen"))


def test_the_rows_as_they_are_pass_the_audit(known: Protected) -> None:
    assert findings_in(known, lambda figures: figures) == set()


def test_a_row_nobody_expected_is_a_finding(known: Protected) -> None:
    def with_education(figures: pa.Table) -> pa.Table:
        low = pa.array(["low"] + ["all"] * (figures.num_rows - 1), pa.string())
        return figures.set_column(figures.column_names.index("education"), "education", low)

    assert "not understood" in findings_in(known, with_education)


def test_a_published_three_is_a_finding(known: Protected) -> None:
    shown = replace(known, hidden=np.zeros_like(known.hidden))

    assert "too few persons" in findings_in(shown, lambda figures: figures)


def test_a_hidden_row_that_carries_a_number_is_a_finding(known: Protected) -> None:
    def with_value(figures: pa.Table) -> pa.Table:
        values = pa.array([1.0] * figures.num_rows, pa.float64())
        return figures.set_column(figures.column_names.index("value"), "value", values)

    assert "a number where none may be" in findings_in(known, with_value)


def test_a_standardised_value_without_its_total_is_a_finding(known: Protected) -> None:
    hidden = known.hidden.copy()
    hidden[known.grid.totals()] = True
    bare = replace(known, hidden=hidden)

    assert "standardised without its total" in findings_in(bare, lambda figures: figures)


def test_not_counted_beside_a_hidden_total_is_a_finding(known: Protected) -> None:
    """It tells that there were fewer than ten events."""
    nothing = np.zeros(len(known.grid.places), bool)
    assert known.standardised is not None
    standardised = replace(known.standardised, counted=nothing)
    hidden = np.ones_like(known.hidden)
    bare = replace(known, hidden=hidden, standardised=standardised, hidden_standardised=nothing)

    assert findings_in(bare, lambda figures: figures) == {
        "not counted, and so few, beside a hidden total"
    }


def test_numbers_that_contradict_each_other_are_a_finding(known: Protected) -> None:
    def with_one_more(figures: pa.Table) -> pa.Table:
        numbers = figures["numerator"].to_pylist()
        at = next(i for i, n in enumerate(numbers) if n is not None and n > 100)
        numbers[at] += 1
        new = pa.array(numbers, pa.int64())
        return figures.set_column(figures.column_names.index("numerator"), "numerator", new)

    assert "the published numbers contradict each other" in findings_in(known, with_one_more)
