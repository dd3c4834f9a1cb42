"""How a goal's numbers and periods are written."""

from __future__ import annotations

from django import template

from klynge.web.figures import numbers, periods

register = template.Library()


@register.simple_tag
def number(value: float | None) -> str:
    """A value with one decimal, or none when it is whole."""
    if value is None:
        return ""
    return numbers.value(value, 0 if float(value).is_integer() else 1)


@register.filter
def period_title(period: str) -> str:
    """A period as people say it."""
    return periods.title(period)
