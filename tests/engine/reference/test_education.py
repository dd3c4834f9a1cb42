"""By education the engine and the slow second implementation agree exactly, in every kommune."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pytest

from klynge.engine import education
from klynge.engine.counts import counted, counted_by_education, months, periods, questions, tables
from klynge.engine.indicators import ALL
from klynge.structure import Geography
from tests.engine.counting import indicator, spine_of
from tests.engine.people import Person, write_registers
from tests.engine.reference import places, slow
from tests.engine.reference.test_agreement import nasty_people

GEOGRAPHY = Geography.of_pack()
YEARS = (2023, 2024, 2025)
END = datetime(2026, 1, 1)
TOLD = [each for each in ALL if education.told_of(each)]
_FIRST = {
    each.code: min(
        int(label.rstrip("+").split("-")[0])
        for label in each.ages
        if label != "all" and int(label.rstrip("+").split("-")[0]) >= 30
    )
    for each in TOLD
}
_GROUPS = ("10", "15", "20", "30", "35", "40", "50", "60", "70", "80", "90", "99", None)
_DAYS = ("", "1930-01-01", "1990-06-30", "2023-01-01", "2023-12-31", "2024-01-01", "2024-01-02")

Counts = dict[tuple[str, str, int, str], tuple[int, int, int, int, int]]
"""(indicator, kommune, year, level) -> counted, out of, and the people behind: counted, out of,
rest."""


def engines(people: list[Person], indicators: list = TOLD) -> Counts:
    wanted = sorted({table for each in indicators for table in each.tables} | {education.TABLE})
    chronic = list(dict.fromkeys(rule for each in indicators for rule in each.chronic))
    with spine_of(*people, tables=wanted, chronic=chronic, years=YEARS) as database:
        database.register("periods", periods(YEARS))
        database.register("months", months(YEARS))
        for name, sql in tables(indicators, by_education=True).items():
            database.execute(f"CREATE TABLE {name} AS {sql}", doing=name)
        asked = questions(indicators, END, by_education=True)
        answers = {name: database.arrow(sql, doing=name) for name, sql in asked.items()}
    areas = GEOGRAPHY.kommuner
    whole = counted(indicators, answers, years=YEARS, areas=areas)
    found: Counts = {}
    for each in counted_by_education(indicators, answers, years=YEARS, areas=areas):
        name = each.indicator.code, each.period
        _adds_up(each, next(t for t in whole if (t.indicator.code, t.period) == name))
        five = (
            each.numerator, each.denominator.sum(axis=2), each.numerator_persons,
            each.denominator_persons.sum(axis=2), each.complement_persons,
        )  # fmt: skip
        for area, kommune in enumerate(each.areas):
            for at, level in enumerate(education.LEVELS):
                numbers = tuple(int(part[area, at]) for part in five)
                if any(numbers):
                    found[each.indicator.code, kommune, int(each.period), level] = numbers  # type: ignore[assignment]
    return found


def _adds_up(each: education.EducationCounts, table) -> None:
    """The four levels together are both sexes of the ages told."""
    old = [at for at, atom in enumerate(table.atoms) if atom in each.atoms]
    assert np.array_equal(each.numerator.sum(axis=1), table.numerator[:, :, old].sum(axis=(1, 2)))
    below = table.denominator[:, :, old].sum(axis=1)
    assert np.array_equal(each.denominator.sum(axis=1), below)


def slowly(folder: Path) -> Counts:
    from tests.engine.reference import (
        slow_chronic,
        slow_frail,
        slow_hospital,
        slow_osdc,
        slow_psychiatry,
        slow_scores,
    )

    parts = (slow_hospital, slow_frail, slow_chronic, slow_psychiatry, slow_scores, slow_osdc)
    counting = {code: how for part in parts for code, how in part.COUNTING.items()}
    registers, homes = slow.Registers(folder, END), None
    homes = registers.homes()
    schooling = slow._by(folder, "udda", "pnr")
    codes = [each.code for each in TOLD]
    found: dict[tuple[str, str, int, str], list[int]] = defaultdict(lambda: [0] * 5)
    for person in registers.people:
        life = registers.life(person)
        for kommune, year, _sex, age in homes.get(person, []):
            level = level_on(schooling.get(person, []), life.born, date(year, 1, 1))
            for code in codes:
                if age < max(places.YOUNGEST.get(code, 0), _FIRST[code]):
                    continue
                above, below, has_rest = counting[code](life, year, age)
                mine = found[code, kommune, year, level]
                for at, number in enumerate((above, below, above > 0, below > 0, has_rest)):
                    mine[at] += int(number)
    return {key: tuple(five) for key, five in found.items() if any(five)}  # type: ignore[misc]


def level_on(rows: list[slow.Row], born: date, day: date) -> str:
    """The highest that was completed by the day, of those whose level can be told."""
    best = 0
    for row in rows:
        group = row["hovedgruppe"]
        if group is None and row["hfaudd"] is not None and len(row["hfaudd"]) == 2:
            group = row["hfaudd"]
        since = row["hf_vfra"]
        if since is not None and (since < born or since > day):
            continue
        best = max(best, {"1": 1, "2": 2, "3": 2}.get((group or "9")[0], 0))
        if group in ("40", "50", "60", "70", "80"):
            best = 3
    return ("unknown", "low", "middle", "high")[best]


def schooled(people: list[Person], seed: int) -> list[Person]:
    chance = random.Random(seed)
    made = []
    for person in people:
        for _row in range(chance.choice([0, 1, 1, 2, 3])):
            if chance.random() < 0.2:
                person = person.educated(
                    None, chance.choice(_DAYS), code=chance.choice(["10", "70", "5021", None])
                )
            else:
                person = person.educated(chance.choice(_GROUPS), chance.choice(_DAYS))
        made.append(person)
    return made


def test_nasty_people_agree_in_every_indicator(tmp_path: Path) -> None:
    people = schooled(list(nasty_people(500)), seed=5)
    write_registers(tmp_path, people, years=YEARS)

    assert engines(people) == slowly(tmp_path)


def test_worked_by_hand() -> None:
    """Preventable stays of those of 65 and over in 2024: three with short education, of whom one
    twice; one who finished a longer one the day after new year; one of whom nothing is known; one
    under age; and one who moved in March and counts where he lived on 1 January."""
    short, moved = Person().educated("10"), Person(homes={2024: "730", 2025: "101"})
    people = [
        short.with_stay("2024-02-01", diagnosis="DJ440").with_stay("2024-09-01", diagnosis="DJ440"),
        short,
        short.educated("70", "2024-01-02"),
        Person().educated("90").with_stay("2024-02-01", diagnosis="DJ440"),
        Person(born="1970-01-01").educated("10").with_stay("2024-02-01", diagnosis="DJ440"),
        moved.educated("30").with_stay("2024-05-01", diagnosis="DJ440"),
    ]  # fmt: skip

    found = engines(people, [indicator("forebyg_65")])

    assert {(where, level): five[:2] for (_c, where, year, level), five in found.items()
            if year == 2024} == {
        ("730", "low"): (2, 3), ("730", "middle"): (1, 1), ("730", "unknown"): (1, 1),
    }  # fmt: skip
    assert found["forebyg_65", "730", 2024, "low"][2:] == (1, 3, 2)


@pytest.mark.parametrize(
    ("code", "label"),
    [
        ("forebyg_65", "all"), ("akut_indl_1000", "45+"), ("ruks_praev_kol", "all"),
        ("osdc_praev_t1d", "45+"), ("genind_som_u67", "45-66"),
    ],
)  # fmt: skip
def test_the_ages_are_the_indicators_own_bands_from_30_on(code: str, label: str) -> None:
    measured = indicator(code)

    assert education.age_label(education.atoms_of(measured), measured.atoms) == label


def test_what_is_no_share_and_no_rate_is_not_told_by_education() -> None:
    left_out = {each.code for each in ALL} - {each.code for each in TOLD}

    assert {"pop_folketal", "pop_aldersandel"} <= left_out
    assert all(indicator(code).kind == "count" or indicator(code).adds is not None
               or indicator(code).denominator_ages == "all" for code in left_out)  # fmt: skip
