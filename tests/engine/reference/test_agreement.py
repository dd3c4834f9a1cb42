"""The engine and the slow second implementation agree exactly, in every published cell."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from klynge.engine.cells import CellGrid
from klynge.engine.counts import LeafCounts, counted, months, periods, questions, tables
from klynge.engine.figures import rows
from klynge.engine.indicators import ALL, supplied
from klynge.engine.indicators.indicator import Indicator
from klynge.engine.ranges.job import Job, model_step, table_step
from klynge.engine.ranges.running import Means, count_ranges
from klynge.engine.ruks import diseases_in
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

    def __init__(
        self,
        folder: Path,
        years: range,
        extract_end: datetime,
        width: int,
        among: Sequence[Indicator] = ALL,
    ) -> None:
        self.years = years
        indicators = supplied.as_supplied(among, diseases_in(folder))
        self.tables = _count(folder, indicators, years, extract_end, width)
        self.expected = places.published(slow.tallies(folder, extract_end))

    def of(self, code: str) -> Iterator[tuple[LeafCounts, CellGrid]]:
        for table in self.tables:
            if table.indicator.code == code:
                yield table, CellGrid(table, GEOGRAPHY)


def _count(
    folder: Path,
    indicators: Sequence[Indicator],
    years: range,
    extract_end: datetime,
    width: int,
) -> list[LeafCounts]:
    """As a build counts: through the store, in ranges of `width` persons, in two processes."""
    read = {table for each in indicators for table in each.tables}
    needed = models.needed_for(read, supplied.basis_of(indicators))
    registers = models.registers_of(needed)
    parameters = models.Parameters(extract_end)
    chronic = list(dict.fromkeys(rule for each in indicators for rule in each.chronic))
    job = Job(
        small=small_tables(GEOGRAPHY.kommuner, chronic, supplied.told_by_register(indicators))
        | {"periods": periods(years), "months": months(years)},
        steps=[
            *(model_step(model, parameters) for model in needed),
            *(table_step(name, sql) for name, sql in tables(indicators).items()),
        ],
        questions=questions(indicators, extract_end),
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
    return counted(indicators, answers, years=years, areas=GEOGRAPHY.kommuner)


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
    synth.write(folder, persons=8_000, years=range(2021, 2026), seed=3, migrations=True)
    return Both(folder, range(2023, 2026), datetime(2026, 1, 1), width=2000)


@pytest.mark.xdist_group("reference")
@CODES
def test_every_cell_of_8000_synthetic_persons_agrees(denmark: Both, code: str) -> None:
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
    write_registers(folder, list(nasty_people(2500)), years=years)
    return Both(folder, years, datetime(2026, 1, 1), width=500)


@pytest.mark.xdist_group("reference")
@CODES
def test_nasty_people_agree(nasty: Both, code: str) -> None:
    assert differences(nasty, code) == []
    assert differences_in_people(nasty, code) == []


ASKING_FOR_DISEASES = tuple(each for each in ALL if each.diseases)


@pytest.fixture(scope="session")
def told_by_ruks(tmp_path_factory: pytest.TempPathFactory) -> Both:
    """The same people, most of whose diseases the register of them tells; heart failure it does
    not know, so the local rule still does."""
    folder = tmp_path_factory.mktemp("ruks")
    chance = random.Random(11)
    people = [_with_nasty_ruks(person, chance) for person in nasty_people(900)]
    write_registers(folder, people, years=range(2023, 2026))
    return Both(folder, range(2023, 2026), datetime(2026, 1, 1), 250, ASKING_FOR_DISEASES)


@pytest.mark.xdist_group("reference")
@pytest.mark.parametrize("code", sorted(each.code for each in ASKING_FOR_DISEASES))
def test_diseases_as_the_register_tells_them_agree(told_by_ruks: Both, code: str) -> None:
    assert differences(told_by_ruks, code) == []
    assert differences_in_people(told_by_ruks, code) == []


@pytest.mark.xdist_group("reference")
def test_the_register_put_something_in_every_disease(told_by_ruks: Both) -> None:
    empty = [
        each.code
        for each in ASKING_FOR_DISEASES
        if each.code.startswith("ruks_")
        if not told_by_ruks.expected[each.code, "land", "DK", 2024, "all", each.ages[0]][0]
    ]

    assert empty == []


def _with_nasty_ruks(person: Person, chance: random.Random) -> Person:
    """Rows of the register that come twice, end before they are asked about, end at once, were
    updated since, or are of a disease that nobody asks for."""
    for _row in range(chance.randrange(5)):
        debut = chance.choice(_DAYS)
        later = [day for day in _DAYS if day >= debut]
        person = person.in_ruks(
            chance.choice(
                ["KOL", "Kol ", "astma", "Type 1 - Diabetes", "Type 2-diabetes", "demens",
                 "leddegigt", "osteoporose", "skizofreni", "depression"]
            ),
            debut,
            chance.choice(["", "", "", *later]),
            updated=chance.choice(["2026-01-15", "2026-01-15", "2025-06-01", ""]),
        )  # fmt: skip
    return person


_MOVES = ["2022-12-31", "2023-01-01", "2023-12-31", "2024-01-01", "2024-02-29", "2024-03-03",
          "2024-03-04", "2024-12-31"]  # fmt: skip
"""Around new year, the leap day and the deaths."""


def nasty_people(number: int) -> Iterator[Person]:
    """People whose lives are made of edges: contacts that touch, nest, tie and never end, around
    new year, birthdays and death."""
    chance, moving = random.Random(7), random.Random(8)
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
            died=chance.choice(["", "", "", "2024-03-03", "2024-03-31", "2023-12-31"]),
        )  # fmt: skip
        for _move in range(max(0, moving.randrange(-4, 6))):
            person = person.migrated(moving.choice(_MOVES), moving.choice(["out", "in"]))
        for _contact in range(chance.randrange(7)):
            person = _with_nasty_contact(person, chance)
        for _event in range(chance.randrange(10)):
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
            [
                "DJ189",
                "DF200",
                "DS720",
                "DS7211",
                "DC349",
                "DI219",
                None,
                "DT50",
                "DT51",
                "DZ763",
                "DK590",
            ]
        ),
        acute=chance.random() < 0.6,
        psychiatric=chance.random() < 0.5,
        kind=chance.choice(["ALCA00", "ALCA00", "ALCA00", "ALCA03", "ALCA10"]),
        unfinished=chance.random() < 0.1,
        referred=chance.choice(["", "2023-12-01", "2023-12-02", "2024-02-29", "2025-01-01"]),
        specialty=chance.choice(["", "", "kardiologi", "Geriatri", "akutmedicin"]) or None,
    )


_DAYS = (
    "2022-01-01", "2022-12-31", "2023-01-01", "2023-12-31", "2024-01-01", "2024-01-02",
    "2024-02-29", "2024-03-01", "2024-03-03", "2024-03-08", "2024-03-09", "2024-03-10",
    "2024-03-31", "2024-12-31", "2025-01-01",
)  # fmt: skip
_CODES = (
    "DJ44", "DE109", "DE119", "DI500", "DI42", "DJ45", "DM06", "DM061", "DM059", "DG309", "DM819",
    "DF200", "DF102", "DF171", "DI489", "DI489", "DI48", "DI639", "DI109", "DI219", "DK703",
    "DK704", "DC509", "DC780", "DB20", "DE102", "DI428A", "DK761",
    "DE10", "DE11", "DE101", "DE139", "DO800", "DZ371",
)  # fmt: skip
_MEDICINES = (
    "R03BB04", "R03AL03", "R03AC02", "R03DC03", "A10BA02", "A10BJ06", "A10AB01", "N06DA02",
    "L01BA01", "M05BA04", "N05AX08", "N05AN01", "N05A", "N06AB04", None,
    "B01AF01", "B01AA03", "B01AC06", "C10AA05", "A06AD65", "N02AX02", "H02AB06",
    "A10AE04", "A10AE56", "A10AB05", "A10BK02", "A10BA02",
)  # fmt: skip
_WEEKS = (
    "2252", "2301", "2352", "2401", "2409", "2410", "2411", "2414", "2452", "2453", "2501", "2552",
)  # fmt: skip


def _with_nasty_event(person: Person, chance: random.Random) -> Person:
    day = chance.choice(_DAYS)
    match chance.randrange(9):
        case 0 | 1:
            return person.with_diagnosis(
                chance.choice(_CODES),
                day,
                type=chance.choice("ABAB+"),
                specialty=chance.choice([None, "medicinsk endokrinologi", "kirurgi"]),
                revoked=chance.random() < 0.2,
            )
        case 2 | 3:
            packed = chance.random() < 0.2
            return person.with_medicine(
                chance.choice(_MEDICINES),
                day,
                dose_packed=packed,
                ddd=chance.choice([30.0, 60.0, 12.34, 15.0]),
                indication=chance.choice([None, "0000092", "0000100"]),
            )
        case 4:
            person = person.with_test(
                day,
                chance.choice(["47", "48", "6.5", "6,4", "<20", None]),
                code=chance.choice(["NPU27300", "NPU03835", "NPU01567"]),
            )
            return person.with_gp(
                chance.choice(_WEEKS),
                specialty=chance.choice(["800101", "501001", "540101"]),
                contacts=chance.randrange(3),
                child=chance.choice([0, 1, None]),
            )
        case 5:
            return person.nursed(*chance.sample(_DAYS, 2), day)
        case 6:
            person = person.with_home_help(
                chance.choice(["202401", "202401", "202402", "202501"]),
                personal=chance.choice([None, 0.0, 12.5, 90.0]),
                practical=chance.choice([None, 0.4, 30.0]),
                granted=chance.random() < 0.3,
            )
            return person.with_plan(
                day,
                discharged=chance.choice(["", day, "2024-03-01"]),
                offered=chance.choice(["", day, "2024-03-08", "2024-03-09", "2025-06-01"]),
                kind=chance.choice(["AWG2", "AWG2A", "AWG1"]),
                held_back=chance.choice([None, None, "udskudt", "fejl"]),
            )
        case 7:
            for _mark in range(3):
                person = person.marked(
                    chance.choice(_DAYS), chance.choice(["AWA1", "AWA1", "AWX1", "AWG2"])
                )
            person = person.visited(day) if chance.random() < 0.5 else person
            if chance.random() < 0.5:
                person = person.in_prevention(day, chance.choice(["", day, "2025-01-01"]))
            person = person.in_training(chance.choice(["202401", "202412", "202501"]))
            return person.in_reablement(chance.choice([2023, 2024]))
    return person.in_care_home(day, chance.choice(["", day, "2025-06-01", "2025-01-01"]))
