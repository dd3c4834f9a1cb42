"""What the codes of the bundles mean: FSIII to paragraph and register, with source and certainty.

The mapping is data (`fsiii.csv`): old keys (H1.1) and the UUIDs that follow them stand side by
side, because both are accepted until the kommuner have changed over.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

FSIII = "urn:oid:1.2.208.176.2.21"
CPR = "urn:oid:1.2.208.176.1.2"

TRAINING = "7fc66c15-0cb3-4c89-9e18-f3a01e6a6592"
"""`ServiceRequest.code` of a rehabilitation plan (§ 140)."""
DELIVERED = "784275f1-6822-4a88-b361-d958007d5253"
"""`Encounter.type` of a visit that carried out what was planned."""

PLAN_LEVELS: Mapping[str, str] = MappingProxyType(
    {
        "ffd81f78-352e-4589-a195-5350dd1df2a4": "AWG2",
        "0c8e2bfc-1350-45d1-90da-c07e2645d073": "AWG1",
        "83c89857-8fb8-4163-97b1-eb1a56345c29": "AWG5",
    }
)
"""`ServiceRequest.category`: general, specialised, rehabilitation, as the codes of LPR."""
PLAN_SUBLEVELS: Mapping[str, str] = MappingProxyType(
    {
        "8b962281-2ab6-4b10-9c91-4bac592d6d49": "A",
        "b679c454-2da2-46dd-9425-0e52d4aa2bf3": "B",
    }
)
"""The second category of a general plan: basic, advanced."""
REASONS: Mapping[str, str] = MappingProxyType(
    {
        "f64b8f5e-8ced-4a8b-ab73-8994fb524915": "anden kommune",
        "a8632e22-bf0c-4f5a-92a7-70977ba104d5": "udskudt",
        "3796fa11-305f-47d6-b164-45b05489afb2": "frit valg",
        "8ac7be88-5d16-4dbd-a61a-ab02673f4b34": "fejl",
        "46a6bc1f-bfe8-4390-a71f-44ad4a384b9d": "frit valg afslået",
    }
)
"""Why nothing happened within the seven days of the guarantee."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one code stands for.

    paragraph: of SEL, SUL or Ældreloven. register: the table it gives rows of, "" for none.
    detail: what of it. certainty: S (the code list says so), P, K (our reading). source: a key of
    `catalogue.SOURCES`.
    """

    code: str
    paragraph: str
    register: str
    detail: str
    certainty: str
    source: str


@cache
def meanings() -> Mapping[str, Meaning]:
    """Every known code, in lower case."""
    with Path(__file__).with_name("fsiii.csv").open(encoding="utf-8", newline="") as lines:
        found = [Meaning(**row) for row in csv.DictReader(lines)]
    return MappingProxyType({meaning.code.lower(): meaning for meaning in found})


def meaning(code: str) -> Meaning | None:
    """What a code stands for, None when it is unknown."""
    return meanings().get(code.lower())
