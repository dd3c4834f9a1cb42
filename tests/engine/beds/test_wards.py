"""Beds at 23:00: by hand, by the slow implementation, and what may be shown."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from klynge.engine.backends.duckdb import Database
from klynge.engine.beds.counting import count_wards, warnings
from klynge.engine.beds.protecting import ward_rows
from klynge.engine.beds.reports import WardCounts
from klynge.engine.build import build
from klynge.engine.choosing import chosen
from klynge.engine.indicators.wards import OCCUPANCY, OVERFULL_DAYS, WARDS
from klynge.engine.months import period_labels
from klynge.engine.registers.check import check
from klynge.engine.registers.synth.beds import SCHEMAS
from klynge.structure.places import places
from tests.engine.people import Person, write_registers
from tests.engine.reference.slow_beds import Night, Slow

EVERY_KLYNGE = [each.id for each in places("klynge", date(2024, 1, 1))]
YEAR = [date(2025, 1, 1) + timedelta(days=day) for day in range(365)]


def write(folder: Path, nights: Iterable[Night], klynge_of: Mapping[str, str]) -> Path:
    senge = [
        {
            "dato": night.on,
            "afdeling": night.ward,
            "sygehus": None if night.ward.startswith(night.hospital) else night.hospital,
            "normerede": 20,
            "disponible": night.beds,
            "indlagte": night.patients,
        }
        for night in nights
    ]
    sygehuse = [{"sygehus": code, "klynge": klynge} for code, klynge in klynge_of.items()]
    for name, rows in (("senge", senge), ("sygehuse", sygehuse)):
        pq.write_table(pa.Table.from_pylist(rows, SCHEMAS[name]), folder / f"{name}.parquet")
    return folder


def counted(folder: Path, years: tuple[int, ...] = (2025,)) -> WardCounts:
    with Database("200MB", 1, folders=[folder]) as database:
        return count_wards(database, folder, years)


def figures(folder: Path, years: tuple[int, ...] = (2025,)) -> dict[tuple[str, ...], Any]:
    rows = ward_rows(counted(folder, years), WARDS).to_pylist()
    return {(row["indicator"], row["place_kind"], row["place"], row["period"]): row for row in rows}


def ward(
    code: str, *, beds: int = 20, patients: int = 18, days: Iterable[date] = YEAR, at: str = ""
) -> list[Night]:
    return [Night(day, at or code[:4], code, beds, patients) for day in days]


def test_the_example_comes_out_as_worked_by_hand(tmp_path: Path) -> None:
    """Two wards with 20 and 10 beds all January: 18 and 9 patients, but 12 in the small one on
    three nights. 31 x 27 + 3 x 3 = 846 patients in 31 x 30 = 930 beds: 90.97; three ward days."""
    january = YEAR[:31]
    small = ward("9901B", beds=10, patients=9, days=january[3:])
    full = ward("9901B", beds=10, patients=12, days=january[:3])
    write(tmp_path, ward("9901A", days=january) + small + full, {"9901": "rm-randers"})

    found = figures(tmp_path)

    occupancy = found["belaegningsgrad", "klynge", "rm-randers", "2025-01"]
    assert (occupancy["numerator"], occupancy["denominator"]) == (846, 930)
    assert occupancy["value"] == pytest.approx(90.96774)
    overfull = found["overbelaegning_dage", "klynge", "rm-randers", "2025-01"]
    assert (overfull["numerator"], overfull["value"], overfull["measure"]) == (3, 3.0, "count")
    assert found["belaegningsgrad", "klynge", "rm-randers", "2025"]["status"] == "not_counted"


def test_as_many_patients_as_beds_is_not_too_many(tmp_path: Path) -> None:
    write(tmp_path, ward("9901A", beds=18, patients=18), {"9901": "rm-randers"})

    assert figures(tmp_path)["overbelaegning_dage", "klynge", "rm-randers", "2025"]["value"] == 0


def test_a_hospital_that_misses_a_day_leaves_its_month_quarter_and_year_out(tmp_path: Path) -> None:
    gap = [day for day in YEAR if day != date(2025, 5, 17)]
    nights = ward("9901A") + ward("9902A", days=gap)
    write(tmp_path, nights, {"9901": "rm-randers", "9902": "rm-randers"})

    status = {key[3]: row["status"] for key, row in figures(tmp_path).items() if key[1] == "klynge"}

    missing = {period for period, it in status.items() if it == "not_counted"}
    assert missing == {"2025-05", "2025-K2", "2025"}
    assert "rm-randers" in warnings(counted(tmp_path))[0]["da"]


def test_a_ward_that_closes_is_no_gap_when_the_hospital_reports(tmp_path: Path) -> None:
    write(tmp_path, ward("9901A") + ward("9901B", days=YEAR[:40]), {"9901": "rm-randers"})

    assert figures(tmp_path)["belaegningsgrad", "klynge", "rm-randers", "2025"]["status"] == "shown"


def test_a_klynge_with_few_patients_is_hidden_with_every_place_it_is_part_of(
    tmp_path: Path,
) -> None:
    codes = {f"99{at:02}": klynge for at, klynge in enumerate(EVERY_KLYNGE)}
    nights = [n for code in codes for n in ward(f"{code}A", patients=3 if code == "9900" else 18)]
    write(tmp_path, nights, codes)

    found = figures(tmp_path)

    hidden = {key[1:3] for key, row in found.items() if row["status"] == "hidden"}
    region = next(p.region for p in places("klynge", date(2024, 1, 1)) if p.id == EVERY_KLYNGE[0])
    assert hidden == {("klynge", EVERY_KLYNGE[0]), ("region", region), ("land", "DK")}
    assert all(
        row["status"] == "hidden" and row["numerator"] is None
        for key, row in found.items()
        if key[1:3] in hidden
    )


def test_five_patients_a_night_may_be_shown_and_four_in_one_month_may_not(tmp_path: Path) -> None:
    five = ward("9901A", patients=5)
    write(tmp_path, five, {"9901": "rm-randers"})
    assert {row["status"] for k, row in figures(tmp_path).items() if k[1] == "klynge"} == {"shown"}

    one_less = [*five[:-1], Night(YEAR[-1], "9901", "9901A", 20, 4)]
    write(tmp_path, one_less, {"9901": "rm-randers"})
    assert {row["status"] for k, row in figures(tmp_path).items() if k[1] == "klynge"} == {"hidden"}


def test_a_hospital_of_no_klynge_is_left_out_and_told(tmp_path: Path) -> None:
    write(tmp_path, ward("9901A") + ward("1301A"), {"9901": "rm-randers"})

    assert warnings(counted(tmp_path)) == [
        {
            "da": "senge: 50 pct. af rækkerne er fra sygehuse, der ikke er i sygehuse, og tælles"
            " ikke med.",
            "en": "senge: 50 % of the rows are from hospitals that are not in sygehuse, and are not"
            " counted.",
        }
    ]


def test_kommuner_and_sundhedsraad_are_not_given(tmp_path: Path) -> None:
    codes = {f"99{at:02}": klynge for at, klynge in enumerate(EVERY_KLYNGE)}
    write(tmp_path, [n for code in codes for n in ward(f"{code}A")], codes)

    assert {key[1] for key in figures(tmp_path)} == {"klynge", "region", "land"}


@pytest.mark.parametrize("seed", range(6))
def test_nasty_reports_agree_with_the_slow_one(tmp_path: Path, seed: int) -> None:
    nights, codes = nasty(seed)
    write(tmp_path, nights, codes)
    years = (2023, 2024)

    slow = Slow(nights, codes, years)

    found = figures(tmp_path, years)

    assert found
    for (code, kind, place, period), row in found.items():
        status, patients, beds, overfull = slow.answer(kind, place, period)
        expected = (patients, beds) if code == OCCUPANCY.code else (overfull, None)
        assert row["status"] == status, (kind, place, period)
        assert (row["numerator"], row["denominator"]) == expected, (kind, place, period)
    asked = [period for year in years for period in period_labels(year)]
    assert {key[3] for key in found} == set(asked)


def nasty(seed: int) -> tuple[list[Night], dict[str, str]]:
    """Wards that open, close and skip days, wards without beds, hospitals of no klynge, a leap
    year, small hospitals on the edge of five patients; a whole region and parts of others."""
    chance = random.Random(seed)
    codes = {"9901": "rn-nord", "9902": "rn-midt", "9903": "rn-syd", "9904": "rn-vest",
             "9905": "rm-randers", "9906": "rm-randers", "9907": "rm-horsens"}  # fmt: skip
    nights = []
    days = [date(2023, 1, 1) + timedelta(days=day) for day in range(731)]
    for hospital in [*codes, "1301"]:
        skipped = set(chance.sample(days, chance.choice([0, 0, 1, 3])))
        usual = chance.choice([5, 5, 12, 30]) if seed % 2 else 30
        for at in range(chance.choice([1, 2])):
            named = chance.random() < 0.5
            ward_code = f"{hospital}{at}" if named else f"7{seed}{hospital[2:]}00{at}"
            begins, ends = sorted(chance.sample(days, 2)) if at else (days[0], days[-1])
            nights += [
                Night(day, hospital, ward_code, chance.choice([0, usual, usual + 1]),
                      usual + chance.choice([0, 0, 0, 1, -1 if seed % 3 == 0 else 0]))
                for day in days
                if begins <= day <= ends and day not in skipped
            ]  # fmt: skip
    chance.shuffle(nights)
    return nights, codes


def test_the_register_is_checked_like_the_others(tmp_path: Path) -> None:
    nights = [*ward("9901A", days=YEAR[:2]), *ward("9901A", patients=-1, days=YEAR[:1])]
    write(tmp_path, nights, {"9901": "randers"})

    told = " ".join(str(fault) for fault in check(tmp_path, ["senge", "sygehuse"]))

    assert "færre end nul patienter" in told
    assert "klynge" in told
    assert "dato" in told
    assert "afdeling" in told
    assert "9901" not in told


def test_a_pack_has_them_beside_the_others(tmp_path: Path) -> None:
    registers = tmp_path / "registers"
    registers.mkdir()
    write_registers(
        registers, [Person(died="2025-03-01"), *[Person() for _each in range(9)]], years=(2025,)
    )
    write(registers, ward("9901A"), {"9901": "rm-randers"})

    report = build(
        registers,
        tmp_path / "pack",
        indicators=["belaegningsgrad", "overbelaegning_dage"],
        created=datetime(2026, 3, 1, tzinfo=UTC),
    )

    told = json.loads((report.path / "indicators.json").read_text(encoding="utf-8"))
    assert [each["code"] for each in told] == [
        "pop_folketal", "belaegningsgrad", "overbelaegning_dage",
    ]  # fmt: skip
    rows = pq.read_table(report.path / "figures.parquet").to_pylist()
    mine = [row for row in rows if row["indicator"] == OVERFULL_DAYS.code]
    assert {row["place"] for row in mine if row["status"] == "shown"} == {"rm-randers"}


def test_they_are_left_out_and_told_when_one_of_the_registers_is_missing(tmp_path: Path) -> None:
    write_registers(tmp_path, [Person()], years=(2025,))
    write(tmp_path, ward("9901A"), {"9901": "rm-randers"})
    assert chosen(tmp_path, None).wards == WARDS

    (tmp_path / "sygehuse.parquet").unlink()
    choice = chosen(tmp_path, None)

    assert choice.wards == ()
    assert choice.left_out["belaegningsgrad"] == ("sygehuse",)
