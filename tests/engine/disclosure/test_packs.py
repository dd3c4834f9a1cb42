"""Whole packs from invented registers: from the files alone, nobody gets further than allowed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from klynge.datapack import read
from klynge.engine.build import build
from klynge.engine.disclosure.audit import audit
from klynge.engine.disclosure.published import Background
from klynge.engine.indicators import ALL
from klynge.engine.indicators.populations import RESIDENTS
from klynge.engine.registers.synth import write
from klynge.structure import Geography

GEOGRAPHY = Geography.of_pack()
SOME = ("pop_folketal", "pop_aldersandel", "plejehjem", "genind_67", "psyk_patienter")
CREATED = datetime(2026, 3, 1, 12, tzinfo=UTC)


def pack_of(
    folder: Path, *, persons: int, years: range, seed: int, codes: Sequence[str] | None = None
) -> Path:
    registers, pack = folder / "registers", folder / "pack"
    write(registers, persons=persons, years=years, seed=seed)
    build(registers, pack, years=list(years), indicators=codes, created=CREATED)
    return pack


def outsider(pack: Path) -> list[Background]:
    """What somebody knows who has the pack and nothing else."""
    figures = read(pack).figures
    pairs = set(zip(figures["indicator"].to_pylist(), figures["period"].to_pylist(), strict=True))
    return [
        Background(
            indicator=indicator,
            period=period,
            areas=GEOGRAPHY.kommuner,
            atoms=indicator.atoms,
            denominator_key=indicator.code if indicator.out_of == "events" else RESIDENTS,
        )
        for indicator in ALL
        for code, period in sorted(pairs)
        if code == indicator.code
    ]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_nothing_hidden_in_a_small_pack_can_be_worked_out(tmp_path: Path, seed: int) -> None:
    pack = pack_of(tmp_path, persons=6_000, years=range(2024, 2025), seed=seed, codes=SOME)

    assert audit(read(pack).figures, GEOGRAPHY, outsider(pack)) == ()


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_nothing_hidden_in_a_large_pack_can_be_worked_out(tmp_path: Path, seed: int) -> None:
    pack = pack_of(tmp_path, persons=100_000, years=range(2021, 2026), seed=seed)

    assert audit(read(pack).figures, GEOGRAPHY, outsider(pack), jobs=2) == ()
