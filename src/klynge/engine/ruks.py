"""The register of chronic diseases (RUKS): whether it is delivered, and which diseases it tells of.

An older delivery lacks the diseases that came later (heart failure came in 2025): those are told by
the local rules as before, and never as a disease that nobody has.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from klynge.engine.backends.duckdb import Database
from klynge.engine.indicators.indicator import Indicator
from klynge.engine.indicators.supplied import told_by_register
from klynge.engine.registers import catalogue, files
from klynge.engine.registers.reader import open_registers
from klynge.engine.spine.ruks import NAMES
from klynge.faults import BadInput, EngineStopped

TABLE = "kronikere"


def is_delivered(registers: Path) -> bool:
    """Whether the register is in the folder."""
    return files.is_delivered(registers, catalogue.table(TABLE))


def diseases_in(registers: Path) -> frozenset[str]:
    """The diseases of ours that the register in the folder has rows of; none when it cannot be
    read, which the check then tells."""
    if not is_delivered(registers):
        return frozenset()
    try:
        with Database("1GB", 1, folders=[registers.resolve()]) as database:
            open_registers(database, registers, [TABLE])
            asked = f"SELECT DISTINCT LOWER(TRIM(sygdom)) FROM reg_{TABLE}"  # noqa: S608
            found = {row[0] for row in database.fetchall(asked, doing=TABLE)}
    except (BadInput, EngineStopped):
        return frozenset()
    return frozenset(disease for disease, names in NAMES.items() if found & set(names))


def unused(registers: Path, indicators: Iterable[Indicator]) -> tuple[str, ...]:
    """The register, when it is delivered and tells none of the diseases asked for: then what is
    wrong with it must be told."""
    asked = [each for each in indicators if each.diseases]
    if not asked or told_by_register(asked) or not is_delivered(registers):
        return ()
    return (TABLE,)
