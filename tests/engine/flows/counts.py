"""Counts the steps of invented people, and again slowly, in plain Python over their lives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

from klynge.engine.counts import periods
from klynge.engine.flows import counting
from klynge.engine.flows.counting import FlowCounts
from klynge.engine.flows.states import CODE, TABLES
from klynge.structure import Geography
from tests.engine.counting import spine_of
from tests.engine.people import EXTRACT_END, Person
from tests.engine.reference import slow

Key = tuple[str, int, str, str]  # kommune, band (0-2), origin, destination


def count(*people: Person, years: Sequence[int] = (2024,)) -> list[FlowCounts]:
    """The engine's counts."""
    kommuner = Geography.of_pack().kommuner
    with spine_of(*people, tables=[*TABLES, "persons"]) as database:
        database.register("periods", periods(years))
        for name, table in counting.small_tables(years).items():
            database.register(name, table)
        answers = {CODE: database.arrow(counting.questions()[CODE])}
    return counting.counted(answers, years=years, areas=kommuner, whole=set(years))


def slowly(folder: Path, year: int) -> dict[Key, tuple[int, int, int]]:
    """Steps, people, and people who also went another way, of each way in a year."""
    registers = slow.Registers(folder, EXTRACT_END)
    homes = registers.homes()
    ways: dict[Key, list[str]] = defaultdict(list)
    for person in registers.people:
        for kommune, lived_in, _sex, age in homes.get(person, []):
            if lived_in != year or age < 18:
                continue
            band = 0 if age < 65 else 1 if age < 80 else 2
            life = registers.life(person)
            trained = {row["haend_mdr"] for row in registers.training.get(person, [])}
            months = [_state(life, trained, date(year, m, 1)) for m in range(1, 13)]
            for before, after in pairwise(months):
                if before == "doed":
                    break
                ways[kommune, band, before, after].append(person)
    rows: dict[tuple[str, int, str], dict[str, list[str]]] = defaultdict(dict)
    for (kommune, band, before, after), people in ways.items():
        rows[kommune, band, before][after] = people
    found = {}
    for (kommune, band, before), each in rows.items():
        for after, people in each.items():
            others = {p for goal, all in each.items() if goal != after for p in all}
            found[kommune, band, before, after] = (len(people), len(set(people)), len(others))
    return found


def _state(life: slow.Life, trained: set[str], first: date) -> str:
    after = (first + timedelta(days=31)).replace(day=1)
    admissions = [stay for stay in life.stays if stay.is_admission]
    acute = []
    for at, stay in enumerate(admissions):
        if not stay.acute:
            continue
        began = first <= stay.start.date() < after
        lasted = stay.start.date() < first and stay.end >= datetime.combine(
            after, datetime.min.time()
        )
        again = at > 0 and stay.start - admissions[at - 1].end <= timedelta(days=30)
        if began or lasted:
            acute.append("genindlagt" if began and again else "akut")
    if life.died and life.died < after:
        return "doed"
    if "genindlagt" in acute:
        return "genindlagt"
    if acute:
        return "akut"
    last = after - timedelta(days=1)
    if any(into <= last and (out is None or out > last) for into, out in life.homes):
        return "plejehjem"
    nursed = any(first <= day < after for day in life.nursed)
    if nursed or first in life.granted or f"{first:%Y%m}" in trained:
        return "kommunal"
    if any(first <= monday < after for monday, _year, _number in life.claims):
        return "praksis"
    return "hjemme"
