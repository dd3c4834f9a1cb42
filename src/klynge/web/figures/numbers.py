"""How numbers are written: decimals by kind of indicator, comma and point by language."""

from __future__ import annotations

from decimal import Decimal
from math import floor, log10

from django.utils import formats

THIN = "\N{NO-BREAK SPACE}"


def whole(number: int | float | None) -> str:
    """A count with its thousands apart; nothing for None."""
    return "" if number is None else formats.number_format(round(number), 0, force_grouping=True)


def decimals(kind: str, per: int) -> int:
    """Decimals all figures of an indicator are written with, so that they stand under each other.

    kind: count, proportion or rate.  per: what the value is out of (100, 1000; 365250 days ...).
    """
    return 0 if kind == "count" or per == 100_000 else 1


def value(number: float | None, places: int) -> str:
    """A value with `places` decimals; more when a number that is not zero would be written as 0."""
    if number is None:
        return ""
    return _written(number, _needed(number, places))


def interval(lower: float | None, upper: float | None, places: int) -> str:
    """Both ends of an interval; nothing when it has none."""
    if lower is None or upper is None:
        return ""
    return f"{value(lower, places)}–{value(upper, places)}"


def share(number: float, places: int = 1) -> str:
    """A share between 0 and 1 as per cent."""
    return f"{_written(100 * number, places)}{THIN}%"


def _written(number: float, places: int) -> str:
    """Rounded here: Django cuts the decimals of a float off instead of rounding them."""
    rounded = Decimal(f"{number:.{places}f}")
    return formats.number_format(rounded, places, force_grouping=True)


def _needed(number: float, places: int) -> int:
    size = abs(number)
    if size == 0 or size >= 0.5 * 10**-places:
        return places
    return -floor(log10(size))
