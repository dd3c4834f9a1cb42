"""Who lived where on 1 January, by yearly and by quarterly snapshots."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from klynge.engine.backends.duckdb import Database
from klynge.engine.registers import synth
from klynge.engine.registers.reader import open_registers
from klynge.engine.spine import models, running
from klynge.structure import Geography
from tests.engine.counting import counted, spine_of
from tests.engine.people import EXTRACT_END, RANDERS, Person, write_registers
from tests.engine.reference import slow

AARHUS, VIBORG = "751", "791"
YEARS = (2023, 2024, 2025)


def residents(*people: Person) -> list[tuple[str, int, str, int]]:
    with spine_of(*people, tables=["residents"], years=YEARS) as database:
        return database.fetchall(
            "SELECT p.pnr, r.year, r.kommune, r.age FROM residents AS r"
            " JOIN persons AS p ON p.pid = r.pid ORDER BY ALL"
        )


QUARTERS = ("2023-03-31", "2023-06-30", "2023-09-30", "2024-03-31", "2024-06-30", "2024-09-30")


def test_quarters_change_no_years_population() -> None:
    """Moved twice within a year and home again: every quarter has another kommune."""
    seen = dict(zip(QUARTERS, (AARHUS, VIBORG, RANDERS) * 2, strict=True))

    assert residents(Person(seen=seen)) == residents(Person())


def test_whoever_is_in_one_quarter_alone_is_in_no_years_population() -> None:
    guest = Person(homes={}, seen={"2024-06-30": RANDERS}).with_stay("2024-07-05")

    assert residents(guest) == []
    assert counted("akut_indl_1000", guest, Person()) == {RANDERS: (0, 1)}


@pytest.mark.parametrize("born", ["2023-12-31", "2024-01-01", "1950-01-01"])
@pytest.mark.parametrize("died", ["", "2023-12-31", "2024-01-01"])
def test_the_first_day_and_the_day_before_tell_the_same(born: str, died: str) -> None:
    day_before = Person(born=born, died=died, homes={2024: RANDERS})
    first_day = Person(born=born, died=died, homes={}, seen={"2024-01-01": RANDERS})

    assert residents(day_before) == residents(first_day)


def test_a_kommune_that_merged_counts_nowhere_in_a_quarter_either() -> None:
    assert residents(Person(homes={}, seen={"2006-09-30": "731", "2006-12-31": "731"})) == []


def test_the_slow_implementation_agrees_on_mixed_snapshots(tmp_path: Path) -> None:
    """Yearly, quarterly and first days mixed at random, with gaps, births and deaths."""
    chance = random.Random(7)
    days = ["2022-12-31", "2024-01-01", "2024-12-31", *QUARTERS]
    people = []
    for _number in range(60):
        seen = {day: chance.choice([RANDERS, AARHUS, "411", "901"]) for day in days
                if chance.random() < 0.7}  # fmt: skip
        died = chance.choice(["", "", "2023-12-31", "2024-01-01", "2024-05-01"])
        born = chance.choice(["1950-06-01", "1990-01-01", "2023-12-31", "2024-01-01"])
        people.append(Person(homes={}, seen=seen, died=died, born=born))
    folder = write_registers(tmp_path, people)
    homes = slow.Registers(folder, EXTRACT_END).homes()

    expected = sorted(
        (pnr, year, kommune, age)
        for pnr, cells in homes.items()
        for kommune, year, _sex, age in cells
    )
    assert residents(*people) == expected
    assert len({year for _pnr, year, *_rest in expected}) == 3


def test_an_invented_quarterly_delivery_has_the_yearly_one_in_it(tmp_path: Path) -> None:
    made = {}
    for quarterly in (False, True):
        folder = synth.write(
            tmp_path / str(quarterly), persons=400, years=range(2022, 2024), seed=5,
            quarterly=quarterly,
        )  # fmt: skip
        with Database(threads=1, folders=[folder]) as database:
            needed = models.needed_for(["residents"])
            open_registers(database, folder, models.registers_of(needed))
            running.make(
                database, needed, models.Parameters(EXTRACT_END),
                kommuner=Geography.of_pack().kommuner,
            )  # fmt: skip
            snapshots = database.fetchall("SELECT DISTINCT referencetid FROM reg_bef")
            made[len(snapshots)] = database.fetchall(
                "SELECT pnr, year, kommune, r.sex, age FROM residents AS r JOIN persons USING (pid)"
                " ORDER BY ALL"
            )
    assert made.keys() == {3, 9}
    assert made[3] == made[9]
