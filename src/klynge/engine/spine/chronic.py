"""Chronic diseases as data: which codes count, how many of them, and from which age.

A definition names a disease once, as a `ChronicRule` with the codelist beside it; the spine finds
the onset of all diseases in one pass (`80_onsets.sql`). The columns of such a codelist, besides
those of every codelist, are

    register         diagnoses (not revoked) or dispensings
    role             for: counts towards the disease; with: a dispensing that makes one diagnosis
                     enough; against: speaks for another disease
    not_women_under  an age: dispensings to younger women do not count; empty for no such limit

A disease is left out for a person who has more days with a diagnosis against it than for it, and
at least one dispensing against it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

REGISTERS = ("diagnoses", "dispensings")
ROLES = ("for", "with", "against")


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
    """How a chronic disease is told from the registers: by any one of three ways.

    disease: its name in `onsets.disease`.
    codes: what counts for, with and against it.
    from_age: what happened at a younger age does not count; whole years on the day. The medicine
        alone may ask for a higher age: dispensings_from_age.
    diagnoses: so many days with a diagnosis, the last at least diagnoses_apart days after the
        first; None: diagnoses alone are never enough. main_only: only A diagnoses, else A and B.
    dispensings: so many days with medicine; two of them at most dispensings_within days apart
        (None: any number); None: medicine alone is never enough.
    The third way is one diagnosis and one dispensing with the role "with".
    majority: more days with a diagnosis for it than against it, or it is left out.
    unless: another disease: who has that one first never gets this, and who gets it later leaves.
    gone_after: days without anything that counts for it, after which it is over; None: never.
    sources: where it is read.
    """

    disease: str
    codes: tuple[ChronicCode, ...]
    from_age: int = 0
    dispensings_from_age: int = 0
    diagnoses: int | None = 1
    diagnoses_apart: int = 1
    main_only: bool = False
    dispensings: int | None = 2
    dispensings_within: int | None = None
    majority: bool = False
    unless: ChronicRule | None = None
    gone_after: int | None = None
    sources: tuple[str, ...] = ()


_CODES = pa.schema(
    [
        ("number", pa.int32()),
        ("kind", pa.int32()),
        ("register", pa.string()),
        ("code", pa.string()),
        ("by_prefix", pa.bool_()),
        ("main_only", pa.bool_()),
        ("not_women_under", pa.int32()),
        ("from_age", pa.int32()),
    ]
)
_RULES = pa.schema(
    [
        ("disease", pa.string()),
        ("number", pa.int32()),
        ("kind", pa.int32()),
        ("register", pa.string()),
        ("events_needed", pa.int32()),
        ("within_days", pa.int32()),
        ("apart_days", pa.int32()),
        ("majority", pa.bool_()),
        ("unless", pa.string()),
        ("gone_after", pa.int32()),
    ]
)


def chronic_codes(rules: Sequence[ChronicRule]) -> pa.Table:
    """The table `chronic_codes` that `80_onsets.sql` reads."""
    rows = [
        {
            "number": number,
            "kind": _kind(code.role, code.register),
            "register": code.register,
            "code": code.code,
            "by_prefix": code.by_prefix,
            "main_only": rule.main_only,
            "not_women_under": code.not_women_under,
            "from_age": rule.from_age
            if code.register == "diagnoses"
            else max(rule.from_age, rule.dispensings_from_age),
        }
        for number, rule in enumerate(rules)
        for code in rule.codes
    ]
    return pa.Table.from_pylist(rows, schema=_CODES)


def chronic_rules(rules: Sequence[ChronicRule]) -> pa.Table:
    """The table `chronic_rules` that `80_onsets.sql` reads: one row a disease and register.

    events_needed is 0 for a register that is never enough by itself.
    """
    rows = [
        {
            "disease": rule.disease,
            "number": number,
            "kind": _kind("for", register),
            "register": register,
            "events_needed": (rule.diagnoses if register == "diagnoses" else rule.dispensings) or 0,
            "within_days": None if register == "diagnoses" else rule.dispensings_within,
            "apart_days": rule.diagnoses_apart if register == "diagnoses" else 1,
            "majority": rule.majority,
            "unless": rule.unless.disease if rule.unless else "",
            "gone_after": rule.gone_after,
        }
        for number, rule in enumerate(rules)
        for register in REGISTERS
    ]
    return pa.Table.from_pylist(rows, schema=_RULES)


def _kind(role: str, register: str) -> int:
    """What an event says of a disease as a number; `80_onsets.sql` tells which is which."""
    return 2 * ROLES.index(role) + REGISTERS.index(register) + 1
