"""How registers link to the population and sectors to each other, and which breaks are told."""

from __future__ import annotations

from typing import Any

from klynge.engine.quality import fates, linking
from klynge.engine.spine import models
from tests.engine.counting import spine_of
from tests.engine.people import Person

HOSPITAL, PRACTICE, MEDICINE, MUNICIPAL, HERE = 1, 2, 4, 8, 16
YEARS = (2023, 2024, 2025)
Rows = list[tuple[Any, ...]]


def sectors(*rows: tuple[int, int, int]) -> list[dict[str, Any]]:
    return linking.sectors({"sectors": list(rows)}, YEARS)


def test_of_those_with_hospital_contacts_the_share_in_each_other_sector_is_told() -> None:
    lines = sectors(
        (2024, HOSPITAL | PRACTICE | HERE, 800),
        (2024, HOSPITAL | HERE, 190),
        (2024, HOSPITAL, 10),
        (2024, PRACTICE | MEDICINE | HERE, 200),
        (2024, HERE, 5_000),
    )

    assert [line["sector"] for line in lines] == ["hospital", "practice", "medicine"]
    hospital, practice, medicine = lines
    assert hospital["persons"] == 1000
    assert hospital["found_in"] == {"practice": 80, "medicine": 0, "population": 99}
    assert practice["found_in"] == {"hospital": 80, "medicine": 20, "population": 100}
    assert medicine["persons"] == 200
    assert set(medicine["found_in"].values()) == {None}, "no share of under a thousand persons"


def test_a_sector_without_rows_in_a_year_is_not_looked_up_that_year() -> None:
    lines = sectors(
        (2023, HOSPITAL | HERE, 2_000), (2024, HOSPITAL | MUNICIPAL | HERE, 2_000), (2019, 31, 9)
    )

    found = {line["year"]: line["found_in"] for line in lines if line["sector"] == "hospital"}
    assert found == {2023: {"population": 100}, 2024: {"municipal": 100, "population": 100}}


def test_a_year_in_which_sectors_do_not_meet_is_a_warning() -> None:
    lines = sectors(
        *((year, HOSPITAL | PRACTICE | HERE, 1_800) for year in (2023, 2025)),
        *((year, HOSPITAL | HERE, 200) for year in (2023, 2025)),
        (2024, HOSPITAL | PRACTICE | HERE, 900),
        (2024, HOSPITAL | HERE, 1_100),
    )
    (warning,) = linking.warnings([], [], lines)

    assert "kontakt på sygehus i 2024 findes 45 pct. i ydelser i praksissektoren" in warning["da"]
    assert "in the other years 90 per cent are" in warning["en"]


def test_rows_are_looked_up_in_the_population_year_by_year() -> None:
    found = {
        "dispensing_rows": [
            ("used", 2023, 5_000), ("no_residence", 2023, 40), ("replacement_number", 2023, 10),
            ("used", 2024, 3_000), ("no_residence", 2024, 2_000),
            ("used", 2025, 900), ("used", None, 10_000), ("used", 2010, 10_000),
        ],
        "contact_rows": [("used", 2024, 1_000), ("in_newer_form", 2024, 1_000)],
    }  # fmt: skip
    lines = linking.yearly(found, YEARS)

    assert lines == [
        {"register": "kontakter", "per_cent": {"2024": 100}},
        {"register": "lmdb", "per_cent": {"2023": 99, "2024": 60}},
    ]
    (warning,) = linking.warnings([], lines, [])
    assert warning["da"].startswith("I 2024 hører 60 pct. af rækkerne i lmdb")


def test_what_was_delivered_counts_each_row_once_whatever_became_of_it() -> None:
    found: dict[str, Rows] = {
        "contact_rows": [("used", 2024, 7), ("not_physical", 2024, 5), ("in_newer_form", 2024, 4)]
    }

    assert fates.delivered(found) == {("kontakter", 2024): 12}


def test_a_person_is_counted_once_in_a_sector_however_often_they_met_it() -> None:
    often = (
        Person().with_stay("2024-03-01").with_stay("2024-05-01").nursed("2024-02-01", "2024-03-01")
    )
    often = often.in_training("202404").with_gp("2410").with_gp("2411")
    never = Person()
    tables = ("residents", "contacts", "gp_weeks", "home_nursing", "training")
    made = {model.name for model in models.needed_for(tables)}
    with spine_of(often, never, tables=tables) as database:
        (sql,) = linking.questions(made).values()
        masks = {(year, sectors): n for year, sectors, n in database.fetchall(sql, doing="sectors")}

    assert masks[2024, HOSPITAL | PRACTICE | MUNICIPAL | HERE] == 1
    assert masks[2024, HERE] == 1
    assert sum(n for (year, _mask), n in masks.items() if year == 2024) == 2
