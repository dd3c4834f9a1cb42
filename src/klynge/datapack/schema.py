"""What a pack is made of: its files, the columns of `figures` and the words they may hold.

`docs/reference/datapack.md` tells the same to people; a test holds the two together.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pyarrow as pa

FORMAT = 1
"""The version of the pack's own shape. A reader refuses a version it does not know."""
FORMAT_WITH_FLOWS = 2
"""The same with the table of transitions; see `flows.py`."""
FORMATS = (FORMAT, FORMAT_WITH_FLOWS)

DESCRIPTOR = "datapackage.json"
FIGURES = "figures.parquet"
FIGURES_CSV = "figures.csv"
INDICATORS = "indicators.json"
QUALITY = "quality.json"
SIGNATURE = "SIGNATURE"
RESOURCES = (FIGURES, FIGURES_CSV, INDICATORS, QUALITY)
REQUIRED_FILES = (DESCRIPTOR, *RESOURCES)
FLOW_RESOURCES = ("flows.parquet", "flows.csv", "flows.json")
FILES = (*REQUIRED_FILES, *FLOW_RESOURCES, SIGNATURE)


def resources_of(version: object) -> tuple[str, ...]:
    """The files beside the descriptor that a pack of a format has."""
    return (*RESOURCES, *FLOW_RESOURCES) if version == FORMAT_WITH_FLOWS else RESOURCES


PLACE_KINDS = ("kommune", "klynge", "sundhedsraad", "region", "land")
SEXES = ("all", "female", "male")
EDUCATIONS = ("all", "low", "middle", "high")
MEASURES = ("count", "crude", "standardised", "median", "sum")
STATUSES = ("shown", "hidden", "not_counted")

CODE_PATTERN = r"[a-z][a-z0-9_-]*"
PLACE_PATTERN = r"[A-Za-z0-9][A-Za-z0-9_-]*"
PERIOD_PATTERN = r"[0-9]{4}(-K[1-4]|-(0[1-9]|1[0-2]))?"
AGE_PATTERN = r"all|[0-9]{1,3}-[0-9]{1,3}|[0-9]{1,3}\+"

VOCABULARIES: Mapping[str, tuple[str, ...]] = {
    "place_kind": PLACE_KINDS,
    "sex": SEXES,
    "education": EDUCATIONS,
    "measure": MEASURES,
    "status": STATUSES,
}
PATTERNS: Mapping[str, str] = {
    "indicator": CODE_PATTERN,
    "place": PLACE_PATTERN,
    "period": PERIOD_PATTERN,
    "age": AGE_PATTERN,
}

TEXT_COLUMNS = (
    "indicator",
    "place_kind",
    "place",
    "period",
    "sex",
    "age",
    "education",
    "measure",
    "status",
)
WHOLE_COLUMNS = ("numerator", "denominator")
REAL_COLUMNS = ("value", "lower", "upper")
NUMBER_COLUMNS = (*WHOLE_COLUMNS, *REAL_COLUMNS)
COLUMNS = (*TEXT_COLUMNS, *NUMBER_COLUMNS)
PRIMARY_KEY = TEXT_COLUMNS[:-1]

FIGURE_SCHEMA = pa.schema(
    [pa.field(name, pa.string(), nullable=False) for name in TEXT_COLUMNS]
    + [pa.field(name, pa.int64()) for name in WHOLE_COLUMNS]
    + [pa.field(name, pa.float64()) for name in REAL_COLUMNS]
)
"""One row is one cell. Text columns are never null; the five numbers may be."""

DESCRIPTIONS: Mapping[str, str] = {
    "indicator": "Code of the indicator, as in indicators.json.",
    "place_kind": "What kind of place: kommune, klynge, sundhedsraad, region or land.",
    "place": "The place: kommune 3-digit code, klynge and sundhedsraad id, region code, DK.",
    "period": "A year (2024), a quarter (2024-K3) or a month (2024-11).",
    "sex": "all, female or male.",
    "age": "all, or a band with both ends in it: 18-44, 80+.",
    "education": "all, or highest completed level: low, middle, high.",
    "measure": "How value is computed: count, crude, standardised, median or sum.",
    "status": "shown; hidden (protected, carries no number); not_counted (was not computed).",
    "numerator": "What was counted. Null unless status is shown.",
    "denominator": "Out of how many. Null for counts and unless status is shown.",
    "value": "The figure in the indicator's unit. Null when the denominator is 0.",
    "lower": "Lower end of the 95 % interval, in the same unit.",
    "upper": "Upper end of the 95 % interval, in the same unit.",
}

# What every entry of indicators.json says. None: any text, see `texts` and `vocabulary` below.
BILINGUAL = ("title", "numerator", "unit", "window", "leaves_out", "weak_points", "certainty_note")
LISTS = ("ages", "codelists", "sources")
INDICATOR_VOCABULARIES: Mapping[str, tuple[Any, ...]] = {
    "theme": ("population", "frail", "chronic", "psychiatry"),
    "domain": ("somatik", "psykiatri", "begge"),
    "kind": ("count", "proportion", "rate"),
    "per": (1, 100, 1000, 100000, 365250),
    "timing": ("snapshot", "year"),
    "better": ("lower", "higher", "neither"),
    "certainty": ("S", "P", "K"),
}
INDICATOR_KEYS = (
    "code",
    *INDICATOR_VOCABULARIES,
    *BILINGUAL,
    "denominator",
    *LISTS,
    "owner",
    "review_by",
)


def is_period(text: object) -> bool:
    """Whether `text` is a year, a quarter or a month as figures write it."""
    return isinstance(text, str) and re.fullmatch(PERIOD_PATTERN, text) is not None


def is_age(text: object) -> bool:
    """Whether `text` is "all" or an age band whose low end is not above its high end."""
    if not isinstance(text, str) or re.fullmatch(AGE_PATTERN, text) is None:
        return False
    low, dash, high = text.partition("-")
    return not dash or int(low) <= int(high)


def is_word(column: str, text: object) -> bool:
    """Whether `text` may stand in the text column `column` of figures."""
    if column == "age":
        return is_age(text)
    if column in VOCABULARIES:
        return text in VOCABULARIES[column]
    return isinstance(text, str) and re.fullmatch(PATTERNS[column], text) is not None


def table_schema() -> dict[str, Any]:
    """The Frictionless Table Schema of figures, for the descriptor."""
    return {
        "fields": [_field(name) for name in COLUMNS],
        "primaryKey": list(PRIMARY_KEY),
        "missingValues": [""],
    }


def _field(name: str) -> dict[str, Any]:
    if name in WHOLE_COLUMNS:
        return {"name": name, "type": "integer", "description": DESCRIPTIONS[name]}
    if name in REAL_COLUMNS:
        return {"name": name, "type": "number", "description": DESCRIPTIONS[name]}
    constraints: dict[str, Any] = {"required": True}
    if name in VOCABULARIES:
        constraints["enum"] = list(VOCABULARIES[name])
    else:
        constraints["pattern"] = PATTERNS[name]
    return {
        "name": name,
        "type": "string",
        "description": DESCRIPTIONS[name],
        "constraints": constraints,
    }
