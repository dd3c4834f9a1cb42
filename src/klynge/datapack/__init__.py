"""The data pack: protected figures with their definitions, the only thing that leaves the zone.

    write(folder, figures=..., ...)      checked first, then in place whole or not at all
    read(folder) -> Pack                 refuses what verify() finds
    verify(folder) -> tuple of Fault     everything that is wrong, all at once

A cell is shown, hidden or not counted: three different things, and only a shown one carries
numbers. See docs/reference/datapack.md.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from klynge.datapack.flows import FLOW_SCHEMA
    from klynge.datapack.pack import Pack, edition_of
    from klynge.datapack.placing import CannotWrite
    from klynge.datapack.schema import (
        AGE_PATTERN,
        EDUCATIONS,
        FIGURE_SCHEMA,
        FORMAT,
        MEASURES,
        NUMBER_COLUMNS,
        PERIOD_PATTERN,
        PLACE_KINDS,
        PRIMARY_KEY,
        SEXES,
        STATUSES,
    )
    from klynge.datapack.sealing import load_private_key, load_public_key
    from klynge.datapack.verifying import read, verify
    from klynge.datapack.writing import check_out, sign, write

__all__ = [
    "AGE_PATTERN",
    "EDUCATIONS",
    "FIGURE_SCHEMA",
    "FLOW_SCHEMA",
    "FORMAT",
    "MEASURES",
    "NUMBER_COLUMNS",
    "PERIOD_PATTERN",
    "PLACE_KINDS",
    "PRIMARY_KEY",
    "SEXES",
    "STATUSES",
    "CannotWrite",
    "Pack",
    "check_out",
    "edition_of",
    "load_private_key",
    "load_public_key",
    "read",
    "sign",
    "verify",
    "write",
]


def __getattr__(name: str) -> Any:
    """Load what is asked for: the command line passes here on every start, pyarrow is slow to."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from klynge.datapack import api

    return getattr(api, name)
