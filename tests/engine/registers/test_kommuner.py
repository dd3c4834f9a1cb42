"""Codes of kommuner that are not among the 98 are told for what they are."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from klynge.engine.registers.check import examine
from klynge.engine.registers.kommuner import merged
from klynge.structure import places
from tests.engine.registers.extracts import ANNA, BENT, parquet

TODAY = {place.id for place in places("kommune")}


def told(folder: Path, *codes: str, on: date = date(2023, 12, 31)) -> tuple[str, str]:
    """The notes and the faults of a population with these codes."""
    many = len(codes)
    parquet(
        folder,
        "bef",
        pnr=[f"6101{at:06}" for at in range(many)],
        koen=[1] * many,
        foed_dag=[date(1950, 1, 1)] * many,
        kom=list(codes),
        referencetid=[on] * many,
    )
    [report] = examine(folder, ["bef"])
    return "\n".join(report.notes), "\n".join(map(str, report.faults))


def test_the_mergers_of_2007_make_the_270_kommuner_of_2006() -> None:
    """Codes that ended, and codes that were there before and still are: none is both."""
    assert not merged().keys() & TODAY
    assert set(merged().values()) <= TODAY
    ended_before = {"401", "403", "405", "407", "409", "443", "493"}
    new = {
        "190", "210", "230", "240", "250", "260", "270", "350", "336", "306", "316", "320", "326",
        "330", "340", "370", "360", "376", "390", "410", "420", "430", "440", "450", "480", "482",
        "510", "540", "550", "580", "530", "630", "766", "756", "760", "706", "710", "730", "740",
        "746", "820", "840", "846", "860", "810",
    }  # fmt: skip
    assert new <= TODAY
    assert len(merged().keys() - ended_before) + len(TODAY - new) == 270


@pytest.mark.parametrize(("old", "new"), [("731", "730"), ("407", "400"), ("443", "492")])
def test_an_old_code_is_told_with_the_new_one(old: str, new: str, tmp_path: Path) -> None:
    notes, faults = told(tmp_path, "730", old)
    assert "1 række har en kommunekode fra før sammenlægningerne i 2007" in faults
    assert f"{old} → {new}" in faults
    assert "før kommunerne blev lagt sammen" in notes


def test_an_old_code_in_an_old_snapshot_is_in_order(tmp_path: Path) -> None:
    notes, faults = told(tmp_path, "101", "731", on=date(2004, 12, 31))
    assert faults == ""
    assert "bef.kom: 1 række har en kode fra før kommunerne blev lagt sammen" in notes


def test_places_outside_the_98_are_named(tmp_path: Path) -> None:
    notes, faults = told(tmp_path, "101", "411", "901", "997")
    assert faults == ""
    assert "bef.kom: 1 række bor på Christiansø (411)" in notes
    assert "bef.kom: 2 rækker har en kode på 9xx" in notes


def test_a_code_nobody_ever_had_is_a_fault(tmp_path: Path) -> None:
    assert "ikke en kendt kode" in told(tmp_path, "101", "100")[1]


def test_a_short_history_of_medicines_is_noted(tmp_path: Path) -> None:
    def noted(*years: int) -> str:
        days = [date(year, 5, 1) for year in years]
        many = len(days)
        parquet(
            tmp_path,
            "lmdb",
            pnr12=[ANNA, BENT] * (many // 2) + [ANNA] * (many % 2),
            eksd=days,
            atc=["R03AC02"] * many,
            apk=[1.0] * many,
            volume=[1.0] * many,
        )
        [report] = examine(tmp_path, ["lmdb"])
        return "\n".join(report.notes)

    assert "går fra 2021 til 2024" in noted(2021, 2022, 2024)
    assert noted(2010, 2024) == ""
