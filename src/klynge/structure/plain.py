"""Facts as plain JSON values: dates as ISO text, bilingual texts as {"da", "en"}."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from klynge.structure.model import Text


def plain(value: object) -> Any:
    """A fact, or anything made of facts, as JSON values; field names are kept."""
    if isinstance(value, Text):
        return {"da": str(value), "en": value.en}
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return value
