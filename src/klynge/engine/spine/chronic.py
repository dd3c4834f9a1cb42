"""Chronic diseases as data: which codes count, how many of them, and from which age.

A definition names a disease once, as a `ChronicRule` with the codelist beside it; the spine finds
the onset of all diseases in one pass (`80_onsets.sql`). The columns of such a codelist, besides
those of every codelist, are

    register         diagnoses (A and B diagnoses) or dispensings
    role             for: counts towards the disease; against: speaks for another one
    not_women_under  an age: dispensings to younger women do not count; empty for no such limit

A disease is left out for a person who has more days with a diagnosis against it than for it, and
at least one dispensing against it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

REGISTERS = ("diagnoses", "dispensings")
ROLES = ("for", "against")


@dataclass(frozen=True, slots=True)
class ChronicCode:
    """One code of a disease; `by_prefix`: and all codes that begin with it."""

    register: str
    role: str
    code: str
    by_prefix: bool
    not_women_under: int | None = None


@dataclass(frozen=True, slots=True)
class ChronicRule:
    """How a chronic disease is told from the registers.

    disease: its name in `onsets.disease`.
    codes: what counts for and against it.
    from_age: what happened at a younger age does not count; whole years on the day.
    dispensings_within: days between two dispensings that together are enough; None: any number.
    One diagnosis is enough.
    sources: where it is read.
    """

    disease: str
    codes: tuple[ChronicCode, ...]
    from_age: int = 0
    dispensings_within: int | None = None
    sources: tuple[str, ...] = ()


_CODES = pa.schema(
    [
        ("disease", pa.string()),
        ("register", pa.string()),
        ("role", pa.string()),
        ("code", pa.string()),
        ("by_prefix", pa.bool_()),
        ("not_women_under", pa.int32()),
    ]
)
_RULES = pa.schema(
    [
        ("disease", pa.string()),
        ("register", pa.string()),
        ("events_needed", pa.int32()),
        ("within_days", pa.int32()),
        ("from_age", pa.int32()),
    ]
)


def chronic_codes(rules: Sequence[ChronicRule]) -> pa.Table:
    """The table `chronic_codes` that `80_onsets.sql` reads."""
    rows = [
        {
            "disease": rule.disease,
            "register": code.register,
            "role": code.role,
            "code": code.code,
            "by_prefix": code.by_prefix,
            "not_women_under": code.not_women_under,
        }
        for rule in rules
        for code in rule.codes
    ]
    return pa.Table.from_pylist(rows, schema=_CODES)


def chronic_rules(rules: Sequence[ChronicRule]) -> pa.Table:
    """The table `chronic_rules` that `80_onsets.sql` reads: one row a disease and register."""
    rows = [
        {
            "disease": rule.disease,
            "register": register,
            "events_needed": 1 if register == "diagnoses" else 2,
            "within_days": None if register == "diagnoses" else rule.dispensings_within,
            "from_age": rule.from_age,
        }
        for rule in rules
        for register in REGISTERS
    ]
    return pa.Table.from_pylist(rows, schema=_RULES)
