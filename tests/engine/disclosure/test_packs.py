"""Whole packs from invented registers: from the files alone, nobody gets further than allowed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from klynge.datapack import read
from klynge.engine.build import build
from klynge.engine.disclosure.audit import audit
from klynge.engine.disclosure.months import YearTotals
from klynge.engine.disclosure.months_audit import attack_months
from klynge.engine.disclosure.published import Background
from klynge.engine.indicators import ALL
from klynge.engine.indicators.populations import denominator_key
from klynge.engine.indicators.ratios import RATIOS
from klynge.engine.indicators.wards import WARDS
from klynge.engine.months import MonthCounts, MonthGrid
from klynge.engine.registers.synth import write
from klynge.structure import Geography

GEOGRAPHY = Geography.of_pack()
SOME = ("pop_folketal", "pop_aldersandel", "plejehjem", "genind_67", "psyk_patienter")
CREATED = datetime(2026, 3, 1, 12, tzinfo=UTC)


def pack_of(
    folder: Path,
    *,
    persons: int,
    years: range,
    seed: int,
    codes: Sequence[str] | None = None,
    by_education: bool = False,
) -> Path:
    registers, pack = folder / "registers", folder / "pack"
    write(registers, persons=persons, years=years, seed=seed)
    build(
        registers,
        pack,
        years=list(years),
        indicators=codes,
        created=CREATED,
        by_education=by_education,
    )
    return pack


def outsider(pack: Path) -> list[Background]:
    """What somebody knows who has the pack and nothing else."""
    figures = of_years(read(pack).figures)
    pairs = set(zip(figures["indicator"].to_pylist(), figures["period"].to_pylist(), strict=True))
    return [
        Background(
            indicator=indicator,
            period=period,
            areas=GEOGRAPHY.kommuner,
            atoms=indicator.atoms,
            denominator_key=denominator_key(indicator),
        )
        for indicator in ALL
        for code, period in sorted(pairs)
        if code == indicator.code
    ]


def of_years(figures: pa.Table) -> pa.Table:
    """The rows of indicators that are not about a month or a quarter, those by education left out.

    Ratios are made of these rows, and beds are no persons': neither is in the audit.
    """
    of_all = figures.filter(pc.equal(figures["education"], "all"))
    whole_years = pc.equal(pc.utf8_length(of_all["period"]), 4)
    beside = pa.array([each.code for each in (*RATIOS, *WARDS)])
    added_later = pc.is_in(of_all["indicator"], beside)
    return of_all.filter(pc.and_(whole_years, pc.invert(added_later)))


def told_by_months(pack: Path) -> list[tuple[str, str, str, str]]:
    """What somebody gets out of the months who has the pack and nothing else."""
    rows: dict[tuple[str, int], dict] = {}
    for row in read(pack).figures.to_pylist():
        told_of = row["sex"], row["age"], row["education"], row["measure"]
        if told_of == ("all", "all", "all", "crude"):
            place = row["place_kind"], row["place"], row["period"]
            shown = row["numerator"], None
            rows.setdefault((row["indicator"], int(row["period"][:4])), {})[place] = shown
    told = []
    for indicator in (each for each in ALL if each.by_month):
        for (code, year), published in rows.items():
            if code == indicator.code:
                nothing = np.zeros((len(GEOGRAPHY.kommuner), 12), np.int64)
                grid = MonthGrid(indicator, year, GEOGRAPHY.kommuner, GEOGRAPHY)
                known = MonthCounts(indicator, year, GEOGRAPHY.kommuner, nothing, nothing)
                some = np.zeros(len(grid.places), bool)
                told += attack_months(published, known, grid, YearTotals(some, some))
    return told


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_nothing_hidden_in_a_small_pack_can_be_worked_out(tmp_path: Path, seed: int) -> None:
    pack = pack_of(tmp_path, persons=6_000, years=range(2024, 2025), seed=seed, codes=SOME)

    assert audit(of_years(read(pack).figures), GEOGRAPHY, outsider(pack)) == ()
    assert told_by_months(pack) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_nothing_hidden_in_a_large_pack_can_be_worked_out(tmp_path: Path, seed: int) -> None:
    pack = pack_of(tmp_path, persons=100_000, years=range(2021, 2026), seed=seed)

    assert audit(of_years(read(pack).figures), GEOGRAPHY, outsider(pack), jobs=2) == ()
    assert told_by_months(pack) == []
