"""The meetings room's own words in templates."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath
from typing import Any

from django import template
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.html import conditional_escape, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from klynge.web.meetings import html

register = template.Library()


@register.filter
def movable_by(item: Any, may_edit: bool) -> bool:
    """Whether the arrows stand beside an item: while it has not gone out."""
    return may_edit and item.number is None and not item.withdrawn


@register.filter
def fileending(name: str) -> str:
    """What kind of file a name tells of: "PDF"."""
    return PurePath(name).suffix.lstrip(".").upper()


@register.filter
def month_names(months: Iterable[int]) -> str:
    """The names of months: "marts, september"."""
    return ", ".join(str(MONTHS[month]) for month in months)


@register.filter
def weekday_name(day: int) -> str:
    """The name of a weekday; 0 is Monday."""
    return str(WEEKDAYS[day])


@register.filter
def as_text(value: Any) -> SafeString:
    """A field's value as it is read: a text, a list of clauses, a yes or a no."""
    if isinstance(value, dict):
        # Cleaned once more: nothing is marked safe on the strength of where it came from.
        return mark_safe(html.clean(value.get("html", "")))  # noqa: S308
    if isinstance(value, bool):
        return SafeString(_("Ja") if value else _("Nej"))
    if isinstance(value, list):
        return linebreaks(conditional_escape("\n".join(f"{_('at')} {each}" for each in value)))
    return conditional_escape("–" if value in (None, "") else value)
