"""Periods of figures: a year (2024), a quarter (2024-K3) or a month (2024-11)."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from django.utils import dates, formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from klynge import datapack

_FORM = re.compile(datapack.PERIOD_PATTERN)
YEAR, QUARTER, MONTH = "year", "quarter", "month"
GRAINS = (MONTH, QUARTER, YEAR)
"""The finest first."""


def is_period(text: str) -> bool:
    """Whether `text` is written as a period."""
    return _FORM.fullmatch(text) is not None


def grain(period: str) -> str:
    """Whether a period is a year, a quarter or a month."""
    if "K" in period:
        return QUARTER
    return MONTH if "-" in period else YEAR


def first_day(period: str) -> date:
    """The day the period begins."""
    year, part = int(period[:4]), period[5:]
    if part.startswith("K"):
        return date(year, int(part[1]) * 3 - 2, 1)
    return date(year, int(part or 1), 1)


def last_day(period: str) -> date:
    """The last day of the period."""
    year, part = int(period[:4]), period[5:]
    month = int(part[1]) * 3 if part.startswith("K") else int(part or 12)
    return date(year, month, monthrange(year, month)[1])


def is_known_on(period: str, on: date, *, snapshot: bool = False) -> bool:
    """Whether a figure of the period tells of something that was over on the day `on`.

    A snapshot is taken on the first day of its period; anything else must have its period behind.
    """
    return first_day(period) <= on if snapshot else last_day(period) < on


def title(period: str, *, snapshot: bool = False) -> str:
    """The period as people say it: "2024", "3. kvartal 2024", "november 2024", "1.1.2024"."""
    if snapshot:
        return day(first_day(period))
    year, part = period[:4], period[5:]
    if part.startswith("K"):
        return _("{quarter}. kvartal {year}").format(quarter=part[1], year=year)
    return f"{dates.MONTHS[int(part)]} {year}" if part else year


def day(on: date) -> str:
    """A day in few characters: "1.1.2024"; with the month's name where months come first."""
    if get_language() == "en":
        return formats.date_format(on, "DATE_FORMAT")
    return f"{on.day}.{on.month}.{on.year}"


def short(period: str) -> str:
    """The period on an axis: "2024", "3. kv. 24"."""
    year, part = period[:4], period[5:]
    if part.startswith("K"):
        return _("{quarter}. kv. {year}").format(quarter=part[1], year=year[2:])
    return f"{dates.MONTHS_3[int(part)]} {year[2:]}" if part else year
