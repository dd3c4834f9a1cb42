"""Who got another personal number: chains of old and new numbers, and what is wrong with them.

A number is never judged by its check digit.
"""

# ruff: noqa: S608  (names come from the catalogue)
from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from klynge.engine.backends.duckdb import Database
from klynge.engine.registers import words
from klynge.engine.registers.files import Register
from klynge.engine.registers.reader import view_sql
from klynge.faults import Fault

TABLE = "personnumre"

Pairs = list[tuple[str, str]]


def pairs(db: Database, register: Register) -> Pairs:
    """Every change, from the old number to the new one; those that say nothing are left out."""
    if not register.parts:
        return []
    found = db.fetchall(
        f"SELECT DISTINCT gammelt, nyt FROM ({view_sql(register)})"
        " WHERE gammelt <> nyt ORDER BY gammelt, nyt",
        doing=TABLE,
    )
    return [(str(old), str(new)) for old, new in found]


def faults(db: Database, register: Register) -> list[Fault]:
    """Numbers with two successors, and numbers that in the end succeed themselves."""
    changes = pairs(db, register)
    split = [old for old, times in Counter(old for old, _new in changes).items() if times > 1]
    rings = _rings(dict(changes))
    told = []
    if split:
        told.append(words.two_successors(register.table, len(split)))
    if rings:
        told.append(words.ring_of_numbers(register.table, rings))
    return told


def groups(changes: Iterable[tuple[str, str]]) -> dict[str, str]:
    """For every number in a change one number that stands for all of the person's."""
    found: dict[str, str] = {}
    for old, new in changes:
        first, second = _root(found, old), _root(found, new)
        found[max(first, second)] = min(first, second)
    return {number: _root(found, number) for number in found}


def _root(found: dict[str, str], number: str) -> str:
    path = []
    while found.setdefault(number, number) != number:
        path.append(number)
        number = found[number]
    for each in path:
        found[each] = number
    return number


def _rings(successor: Mapping[str, str]) -> int:
    """How many rings there are. Each number is walked from once."""
    seen: dict[str, str] = {}
    rings = 0
    for start in successor:
        number = start
        while number in successor and number not in seen:
            seen[number] = start
            number = successor[number]
        rings += seen.get(number) == start
    return rings
