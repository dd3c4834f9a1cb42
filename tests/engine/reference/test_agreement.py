"""The engine and the slow second implementation agree exactly, in every published cell."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from klynge.engine.cells import CellGrid
from klynge.engine.counts import LeafCounts, counted, periods, questions
from klynge.engine.figures import rows
from klynge.engine.indicators import ALL
from klynge.engine.ranges.job import Job, Step
from klynge.engine.ranges.running import Means, count_ranges
from klynge.engine.spine import models
from klynge.engine.spine.running import small_tables
from klynge.engine.store.pieces import Store
from klynge.engine.store.prepare import deliveries, prepare
from klynge.engine.store.work import Work
from klynge.structure import Geography
from tests.engine.people import Person, write_registers
from tests.engine.reference import places, slow

CODES = pytest.mark.parametrize("code", sorted(places.AGES))
GEOGRAPHY = Geography.of_pack()


class Both:
    """The same registers counted by the engine and by the slow implementation."""

    def __init__(self, folder: Path, years: range, extract_end: datetime, width: int) -> None:
        self.years = years
        self.tables = _count(folder, years, extract_end, width)
        self.expected = places.published(slow.tallies(folder, extract_end))

    def of(self, code: str) -> Iterator[tuple[LeafCounts, CellGrid]]:
        for table in self.tables:
            if table.indicator.code == code:
                yield table, CellGrid(table, GEOGRAPHY)


def _count(folder: Path, years: range, extract_end: datetime, width: int) -> list[LeafCounts]:
    """As a build counts: through the store, in ranges of `width` persons, in two processes."""
    needed = models.models()
    registers = models.registers_of(needed)
    parameters = models.Parameters(extract_end)
    chronic = [rule for indicator in ALL for rule in indicator.chronic]
    job = Job(
        small=small_tables(GEOGRAPHY.kommuner, chronic) | {"periods": periods(years)},
        steps=[Step(m.name, m.kind, m.sql(parameters), m.reads) for m in needed],
        questions=questions(ALL, extract_end),
    )
    with tempfile.TemporaryDirectory() as name, Work(Path(name)).held() as work:
        store = Store.open(work)
        store.width = width
        prepare(
            store,
            deliveries(store, folder, registers),
            {table: models.columns_of(table) for table in registers},
            memory="500MB",
            threads=2,
            tell=print,
        )
        answers = count_ranges(store, job, Means("1GB", 2), print)
        assert len(store.ranges(["bef"])) > 3
    return counted(ALL, answers, years=years, areas=GEOGRAPHY.kommuner)


def differences(both: Both, code: str) -> list[str]:
    """Where numerator or denominator of a published row is not what the slow one says."""
    told: list[str] = []
    cells = 0
    for table, grid in both.of(code):
        shown = np.zeros(len(grid), bool)
        for row in rows(table, grid, shown, None, None).to_pylist():
            cells += 1
            key = (
                code,
                row["place_kind"],
                row["place"],
                int(row["period"]),
                row["sex"],
                row["age"],
            )
            above, below, *_people = both.expected.get(key, (0, 0, 0, 0, 0))
            expected = (above, None if table.denominator is None else below)
            if (row["numerator"], row["denominator"]) != expected:
                told.append(f"{key}: {row['numerator']}, {row['denominator']} not {expected}")
    assert cells == len(both.years) * 143 * 3 * len(places.AGES[code])
    return told


def differences_in_people(both: Both, code: str) -> list[str]:
    """Where the distinct persons behind a published row are not what the slow one says."""
    told: list[str] = []
    for table, grid in both.of(code):
        if table.denominator_persons is None or table.complement_persons is None:
            continue
        if table.indicator.denominator_ages == "all":
            continue
        found = zip(
            grid.numerator_of(table.numerator_persons),
            grid.denominator_of(table.denominator_persons),
            grid.numerator_of(table.complement_persons),
            strict=True,
        )
        for at, people in enumerate(found):
            key = (
                code, str(grid.kind[at]), str(grid.place[at]), int(table.period),
                str(grid.sex[at]), str(grid.age[at]),
            )  # fmt: skip
            expected = both.expected.get(key, (0, 0, 0, 0, 0))[2:]
            if tuple(int(number) for number in people) != expected:
                told.append(f"{key}: {people} not {expected}")
    return told


@pytest.fixture(scope="session")
def denmark(tmp_path_factory: pytest.TempPathFactory) -> Both:
    from klynge.engine.registers import synth

    folder = tmp_path_factory.mktemp("reference") / "registers"
    synth.write(folder, persons=20_000, years=range(2021, 2026), seed=3)
    return Both(folder, range(2021, 2026), datetime(2026, 1, 1), width=5000)


@pytest.mark.xdist_group("reference")
@CODES
def test_every_cell_of_20000_synthetic_persons_agrees(denmark: Both, code: str) -> None:
    assert differences(denmark, code) == []


@pytest.mark.xdist_group("reference")
@CODES
def test_the_people_behind_every_cell_agree(denmark: Both, code: str) -> None:
    assert differences_in_people(denmark, code) == []


@pytest.mark.xdist_group("reference")
@CODES
def test_the_synthetic_registers_put_something_in_the_indicator(denmark: Both, code: str) -> None:
    land = (code, "land", "DK", 2024, "all", places.AGES[code][0])

    assert denmark.expected[land][0] > 0


@pytest.fixture(scope="session")
def nasty(tmp_path_factory: pytest.TempPathFactory) -> Both:
    folder = tmp_path_factory.mktemp("nasty")
    years = range(2023, 2026)
    write_registers(folder, list(nasty_people(1500)), years=years)
    return Both(folder, years, datetime(2026, 1, 1), width=200)


@pytest.mark.xdist_group("reference")
@CODES
def test_nasty_people_agree(nasty: Both, code: str) -> None:
    assert differences(nasty, code) == []
    assert differences_in_people(nasty, code) == []


def nasty_people(number: int) -> Iterator[Person]:
    """People whose lives are made of edges: contacts that touch, nest, tie and never end, around
    new year, birthdays and death."""
    chance = random.Random(7)
    for _at in range(number):
        person = Person(
            born=chance.choice(
                ["1957-01-01", "1957-01-02", "1958-12-31", "1959-01-01", "1940-02-29", "1993-12-31",
                 "1994-01-01", "2005-12-31", "2023-06-01", "1984-02-29", "1944-01-01"]
            ),
            woman=chance.random() < 0.5,
            homes={
                year: chance.choice(["101", "175", "730", "411", "400"])
                for year in (2023, 2024, 2025)
                if chance.random() < 0.9
            },
            died=chance.choice(["", "", "", "2024-03-03", "2023-12-31", "2025-01-01"]),
        )  # fmt: skip
        for _contact in range(chance.randrange(7)):
            person = _with_nasty_contact(person, chance)
        for _event in range(chance.randrange(6)):
            person = _with_nasty_event(person, chance)
        yield person


def _with_nasty_contact(person: Person, chance: random.Random) -> Person:
    anchor = datetime.fromisoformat(
        chance.choice(["2023-12-31 20:00", "2024-03-01 12:00", "2024-12-30 00:00",
                       "2025-11-30 00:00", "2025-12-30 12:00"])
    )  # fmt: skip
    step = chance.choice(
        [timedelta(), timedelta(hours=4), timedelta(hours=4, minutes=1), timedelta(hours=12),
         timedelta(days=1), timedelta(days=30), timedelta(days=30, hours=12),
         timedelta(days=30, hours=12, minutes=1), timedelta(days=32)]
    )  # fmt: skip
    minutes = chance.choice([0, 1, 60, 240, 719, 720, 721, 1440, 2880, 43_200])
    start = anchor + step
    return person.with_stay(
        start.isoformat(sep=" ")[:16],
        hours=minutes / 60,
        diagnosis=chance.choice(
            ["DJ189", "DF200", "DS720", "DC349", "DI219", None, "DT50", "DT51", "DZ763", "DK590"]
        ),
        acute=chance.random() < 0.6,
        psychiatric=chance.random() < 0.5,
        kind=chance.choice(["ALCA00", "ALCA00", "ALCA00", "ALCA03"]),
        unfinished=chance.random() < 0.1,
    )


def _with_nasty_event(person: Person, chance: random.Random) -> Person:
    day = chance.choice(
        ["2022-01-01", "2022-12-31", "2023-01-01", "2023-12-31", "2024-01-01", "2024-01-02",
         "2024-02-29", "2024-12-31", "2025-01-01"]
    )  # fmt: skip
    kind = chance.randrange(4)
    if kind == 0:
        code = chance.choice(["DJ44", "DE109", "DE119", "DI500", "DI42", "DJ45"])
        return person.with_diagnosis(
            code, day, type=chance.choice("ABAB+"), revoked=chance.random() < 0.2
        )
    if kind == 1:
        atc = chance.choice(["R03BB04", "R03AL03", "A10BA02", "A10BJ06", "A10AB01", None])
        return person.with_medicine(atc, day)
    if kind == 2:
        week = chance.choice(["2252", "2301", "2352", "2401", "2452", "2453", "2501", "2552"])
        return person.with_gp(
            week,
            specialty=chance.choice(["800101", "501001"]),
            contacts=chance.randrange(2),
            child=chance.choice([0, 1, None]),
        )
    return person.in_care_home(day, chance.choice(["", "2025-06-01", "2025-01-01"]))
