"""Which days the population register tells of: a snapshot a year, or one a quarter."""

# ruff: noqa: S608  (names come from the catalogue)
from __future__ import annotations

from collections import Counter

from klynge.engine.backends.duckdb import Database
from klynge.engine.registers import words
from klynge.engine.registers.files import Register
from klynge.engine.registers.quarters import day_of, is_quarter, missing_quarters
from klynge.engine.registers.reader import view_sql
from klynge.faults import Fault

TABLE, COLUMN = "bef", "referencetid"


def told(db: Database, register: Register) -> tuple[list[str], list[Fault]]:
    """Notes of missing quarters and of days that are no quarter's, and a fault for each
    population that is delivered twice."""
    table = register.table
    if table.name != TABLE or not all(
        part.layout.find(table.column(COLUMN)) for part in register.parts
    ):
        return [], []
    rows = db.fetchall(
        f"SELECT {COLUMN}, count(*) FROM ({view_sql(register)}) WHERE {COLUMN} IS NOT NULL"
        " GROUP BY 1",
        doing=table.name,
    )
    counts = {day: int(number) for day, number in rows}
    days = Counter(day_of(day) for day in counts)
    faults = [
        words.same_population(table, day, sum(n for at, n in counts.items() if day_of(at) == day))
        for day, times in sorted(days.items())
        if times > 1
    ]
    notes = [
        words.no_quarter(table, day, number)
        for day, number in sorted(counts.items())
        if not is_quarter(day_of(day))
    ]
    missing = missing_quarters([day for day in days if is_quarter(day)])
    if missing:
        notes.append(words.missing_quarters(table, missing))
    return notes, faults
