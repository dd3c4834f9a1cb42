"""Education: the register of it, and the spine table made from it.

Nothing is told by level of education yet. Where the register is delivered, the quality report
accounts for its rows.
"""

from __future__ import annotations

from pathlib import Path

from klynge.engine.registers import catalogue, files

TABLE = "education"
"""The spine table."""

REGISTER = "udda"


def is_delivered(registers: Path) -> bool:
    """Whether the folder has the register of education."""
    return files.is_delivered(registers, catalogue.table(REGISTER))
