"""Everything public of the data pack, in one place; `klynge.datapack` offers it when asked."""

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
