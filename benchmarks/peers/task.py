"""What every peer is given: the registers, the kommuner, the codelists; and how it answers.

Five indicators, each a numerator and a denominator for every year and kommune:

    prim_andel      people with a contact to general practice in the year / people on 1 January
    forebyg_65      preventable acute somatic stays of people of 65 and over / those people
    genind_67       somatic admissions of people of 67 and over followed by an acute somatic one
                    within 30 days / those that can be followed
    psyk_indl       psychiatric admissions / people
    ruks_praev_kol  people of 30 and over with COPD by the local definition / those people
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from klynge.engine.indicators.catalogue import choose, every
from klynge.engine.indicators.frail import forebyg_65
from klynge.engine.indicators.shared import kinds
from klynge.engine.indicators.shared.ruks import COPD
from klynge.structure import Geography

FIVE = ("prim_andel", "forebyg_65", "genind_67", "psyk_indl", "ruks_praev_kol")
YEARS = (2021, 2022, 2023, 2024, 2025)
EXTRACT_END = "2026-01-01"
KOMMUNER = sorted(Geography.of_pack().kommuner)

PREVENTABLE = forebyg_65.PREVENTABLE
NOT_FIRST = kinds.NOT_FIRST
NOT_AGAIN = kinds.NOT_AGAIN
COPD_DIAGNOSES = sorted(c.code for c in COPD.codes if c.register == "diagnoses")
COPD_MEDICINES = sorted(c.code for c in COPD.codes if c.register == "dispensings")


def check_the_definitions() -> None:
    """The peers are written for these definitions; if they change, the peers must."""
    assert len(choose(FIVE, every())) == 5
    assert all(c.role == "for" and c.by_prefix and not c.not_women_under for c in COPD.codes)
    assert (COPD.from_age, COPD.dispensings_within) == (30, 365)


def registers() -> Path:
    """The folder with the registers."""
    return Path(sys.argv[1])


def answer(found: dict[str, list[tuple[int, str, int, int]]]) -> None:
    """Write {indicator: [(year, kommune, numerator, denominator)]} where the command says."""
    rows = {code: sorted([*map(list, found[code])]) for code in FIVE}
    Path(sys.argv[2]).write_text(json.dumps(rows))
