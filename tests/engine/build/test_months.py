"""Months and quarters: counted by hand, against the slow implementation, and as they leave."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from klynge import datapack
from klynge.engine.build import build
from klynge.engine.counts import counted, counted_months, months, periods, questions, tables
from klynge.engine.indicators import ALL
from klynge.engine.indicators.indicator import Indicator
from klynge.engine.months import MonthCounts
from klynge.faults import DefinitionError
from klynge.structure import Geography
from tests.engine.counting import indicator, spine_of
from tests.engine.people import EXTRACT_END, YEARS, Person, write_registers
from tests.engine.reference import slow, slow_frail, slow_psychiatry
from tests.engine.reference.test_agreement import nasty_people

KOMMUNER = Geography.of_pack().kommuner
BY_MONTH = [each for each in ALL if each.by_month]


def both(definition: Indicator, *people: Person, years=YEARS, extract_end=EXTRACT_END):
    """The year's tables and the months' of one indicator."""
    with spine_of(
        *people,
        tables=sorted(definition.tables),
        extract_end=extract_end,
        chronic=definition.chronic,
        years=years,
    ) as database:
        database.register("periods", periods(years))
        database.register("months", months(years))
        for name, sql in tables([definition]).items():
            database.execute(f"CREATE TABLE {name} AS {sql}")
        asked = questions([definition], extract_end).items()
        answers = {name: database.arrow(sql, doing=name) for name, sql in asked}
    laid = {"years": years, "areas": KOMMUNER}
    return counted([definition], answers, **laid), counted_months([definition], answers, **laid)


def of_2024(code: str, *people: Person) -> MonthCounts:
    return next(one for one in both(indicator(code), *people)[1] if one.year == 2024)


def test_stays_are_counted_in_their_month_and_persons_once_a_month_and_quarter():
    often = Person().with_stay("2024-01-05").with_stay("2024-01-20").with_stay("2024-03-31 23:59")
    once = Person().with_stay("2024-04-01 00:00")
    found = of_2024("forebyg_65", often, once)

    randers = found.areas.index("730")
    assert found.numerator[randers].tolist() == [2, 0, 1, 1] + [0] * 8
    assert found.numerator_persons[randers].tolist() == [1, 0, 1, 1] + [0] * 8 + [1, 1, 0, 0]
    assert found.denominator is None


def test_a_share_of_events_has_its_months_of_events_below_the_line():
    back = Person().with_stay("2024-01-10", hours=48).with_stay("2024-02-01", hours=48)
    found = of_2024("genind_67", back)

    randers = found.areas.index("730")
    assert found.denominator is not None
    assert found.complement_persons is not None
    assert found.numerator[randers, :3].tolist() == [1, 0, 0]
    assert found.denominator[randers, :3].tolist() == [1, 1, 0]
    assert found.complement_persons[randers, :2].tolist() == [0, 1]


def _certain() -> list[Person]:
    """What chance need not give: a readmission of each kind, and psychiatry soon after referral."""
    back_again = [
        Person()
        .with_stay("2024-05-01", hours=48, psychiatric=psychiatric)
        .with_stay("2024-05-20", hours=48, psychiatric=psychiatric)
        for psychiatric in (False, True)
    ]
    soon = Person().with_stay("2024-05-20", acute=False, psychiatric=True, referred="2024-05-01")
    return [*back_again, soon]


@pytest.mark.parametrize("definition", BY_MONTH, ids=lambda each: each.code)
def test_the_months_and_the_quarters_add_up_to_the_year(definition):
    years, end = range(2023, 2026), datetime(2026, 1, 1)
    people = [*nasty_people(400), *_certain()]
    tables, found = both(definition, *people, years=years, extract_end=end)

    assert len(found) == len(tables) == 3
    assert sum(int(table.numerator.sum()) for table in tables) > 0
    for table, by_month in zip(tables, found, strict=True):
        year = table.numerator.sum(axis=(1, 2))
        assert by_month.numerator.sum(axis=1).tolist() == year.tolist()
        if by_month.denominator is not None:
            below = table.denominator.sum(axis=(1, 2))
            assert by_month.denominator.sum(axis=1).tolist() == below.tolist()
        # A person of a quarter is one of at least one of its months, and of at most three.
        quarters = by_month.numerator_persons[:, 12:]
        of_months = by_month.numerator_persons[:, :12].reshape(-1, 4, 3)
        assert (quarters <= of_months.sum(axis=2)).all()
        assert (quarters >= of_months.max(axis=2)).all()


@pytest.mark.parametrize(
    ("code", "part"), [("forebyg_65", slow_frail), ("psyk_indl", slow_psychiatry)]
)
def test_every_month_agrees_with_the_slow_implementation(code, part, tmp_path):
    people, years, end = list(nasty_people(400)), range(2023, 2026), datetime(2026, 1, 1)
    found = both(indicator(code), *people, years=years, extract_end=end)[1]
    expected = _slowly(write_registers(tmp_path, people, years=years), code, part, end)

    for by_month in found:
        for month in range(12):
            for at, kommune in enumerate(by_month.areas):
                events, persons = expected[kommune, by_month.year, month + 1]
                assert by_month.numerator[at, month] == events
                assert by_month.numerator_persons[at, month] == persons


def _slowly(folder: Path, code: str, part, end: datetime):
    """Events and persons by kommune, year and month: each life as if only that month's stays."""
    registers = slow.Registers(folder, end)
    youngest = {"forebyg_65": 65}.get(code, 0)
    told: dict[tuple[str, int, int], tuple[int, int]] = defaultdict(lambda: (0, 0))
    for person, cells in registers.homes().items():
        life = registers.life(person)
        for kommune, year, _sex, age in cells:
            if age < youngest:
                continue
            for month in range(1, 13):
                some = [stay for stay in life.stays if stay.start.month == month]
                number, _below, _rest = part.COUNTING[code](replace(life, stays=some), year, age)
                events, persons = told[kommune, year, month]
                told[kommune, year, month] = events + number, persons + (number > 0)
    return told


def test_what_cannot_add_up_to_the_year_cannot_be_told_by_month():
    people = next(each for each in ALL if each.code == "psyk_patienter")
    with pytest.raises(DefinitionError, match="by_month"):
        replace(people, by_month=True)


def test_a_pack_holds_the_months_that_add_up_and_hides_the_small_ones(tmp_path):
    from klynge.engine.registers import synth

    synth.write(tmp_path / "r", persons=12_000, years=range(2023, 2025), seed=5)
    build(tmp_path / "r", tmp_path / "p", years=[2023, 2024], indicators=["psyk_indl"])
    rows = datapack.read(tmp_path / "p").figures.to_pylist()
    total = {
        row["period"]: row
        for row in rows
        if (row["place"], row["sex"], row["age"], row["measure"]) == ("DK", "all", "all", "crude")
    }
    names = [f"2024-{month:02d}" for month in range(1, 13)]

    assert {*names, "2024-K1", "2024"} <= set(total)
    shown = [total[name]["numerator"] for name in names if total[name]["status"] == "shown"]
    assert len(shown) < 12 or sum(shown) == total["2024"]["numerator"]
    below = [row for row in rows if "-" in row["period"]]
    assert not any(
        row["status"] == "shown" and 1 <= row["numerator"] < 5 for row in below
    )  # psyk_indl: fewer events than five are fewer persons than five
    assert np.mean([row["status"] == "hidden" for row in below]) > 0.2
