"""The rows of `diagnoser`: what each contact was for, what else was noted, what was taken back."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from klynge.engine.registers.synth.causes import (
    ADDED_CODES,
    CODES,
    CONDITION_CODES,
    PSYCHIATRY,
    SIDE_CODES,
    SPECIALTIES,
    pick_code,
)
from klynge.engine.registers.synth.contacts import Contacts
from klynge.engine.registers.synth.days import DAY, NEVER, Ints
from klynge.engine.registers.synth.people import People

TYPES = ("A", "B", "+")
_TAKEN_BACK = 0.008  # of all diagnoses
_MISTAKEN = 0.004  # contacts that suspect a condition the person has not; all taken back
_NOTED_LONG, _NOTED_SHORT = 0.38, 0.07  # a condition the person has, in long and short contacts


def diagnoses(
    rng: np.random.Generator, people: People, contacts: Contacts
) -> tuple[Ints, NDArray[np.int16], NDArray[np.int8], NDArray[np.bool_]]:
    """Contact row, code, type and whether later taken back, sorted by contact and type.

    The main diagnosis of the only records of a condition is never taken back alone, so the
    share of bearers who are known stays what it was made to be.
    """
    n = len(contacts)
    long = contacts.end - contacts.start >= 720
    rows = [np.arange(n)]
    codes = [contacts.diag]
    types = [np.zeros(n, dtype=np.int8)]
    of_condition = np.isin(contacts.diag, _condition_indexes())
    backs = [(rng.random(n) < _TAKEN_BACK) & ~of_condition]

    def add(chosen: NDArray[np.bool_], code: NDArray[np.int16], kind: int, back: bool) -> None:
        rows.append(np.flatnonzero(chosen))
        codes.append(code)
        types.append(np.full(len(code), kind, dtype=np.int8))
        backs.append(np.full(len(code), back))

    day = contacts.start // DAY
    somatic = contacts.specialty != SPECIALTIES.index(PSYCHIATRY)
    chance = np.where(long, _NOTED_LONG, _NOTED_SHORT)
    for condition, listed in CONDITION_CODES.items():
        onset = people.onset[contacts.person, condition]
        main = np.isin(contacts.diag, [CODES.index(code) for code in listed])
        noted = (onset <= day) & (rng.random(n) < chance) & ~main
        add(noted, pick_code(rng, listed, int(noted.sum())), 1, False)
        wrong = (onset == NEVER) & somatic & (rng.random(n) < _MISTAKEN / len(CONDITION_CODES))
        add(wrong, pick_code(rng, listed, int(wrong.sum())), 1, True)
    side = rng.random(n) < np.where(long, 0.45, 0.10)
    add(side, pick_code(rng, SIDE_CODES, int(side.sum())), 1, False)
    added = long & (rng.random(n) < 0.05)
    add(added, pick_code(rng, ADDED_CODES, int(added.sum())), 2, False)
    columns = [np.concatenate(column) for column in (rows, codes, types, backs)]
    order = np.lexsort((columns[1], columns[2], columns[0]))
    row, code, kind, back = (column[order] for column in columns)
    return row, code, kind, back


def first_day(
    people: People,
    contacts: Contacts,
    found: tuple[Ints, NDArray[np.int16], NDArray[np.int8], NDArray[np.bool_]],
    prefix: str,
) -> Ints:
    """The first day each person has an A or B diagnosis that begins with `prefix`, else NEVER."""
    row, code, kind, back = found
    wanted = np.array([listed.startswith(prefix) for listed in CODES])
    noted = row[wanted[code] & (kind <= 1) & ~back]
    first = np.full(len(people), NEVER, dtype=np.int64)
    np.minimum.at(first, contacts.person[noted], contacts.start[noted] // DAY)
    return first


def _condition_indexes() -> list[int]:
    return [CODES.index(code) for codes in CONDITION_CODES.values() for code in codes]
