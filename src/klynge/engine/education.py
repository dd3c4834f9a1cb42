"""By education: which levels there are, at which ages they are told, and when they can be."""

from __future__ import annotations

from pathlib import Path

from klynge.engine.registers import catalogue
from klynge.engine.registers.files import is_delivered as _is_delivered

TABLE = "education"
"""The spine table."""

REGISTER = "udda"


def is_delivered(registers: Path) -> bool:
    """Whether the folder has the register of education. Without it nothing is told by level."""
    if not registers.is_dir():
        return False
    return _is_delivered(registers.resolve(), catalogue.table(REGISTER))
