"""Drawing what other rooms show on this room's pages."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.safestring import SafeString

from klynge.web.bodies.duties import Duty
from klynge.web.bodies.panels import Panel

register = template.Library()


@register.simple_tag(takes_context=True)
def panel(context: dict[str, Any], it: Panel) -> SafeString:
    """The inside of a panel, without its title."""
    return render_to_string(it.template, {"panel": it, **it.context}, context.get("request"))


@register.filter
def near_day(day: date, on: date) -> str:
    """A day as it is said on another: "8. oktober", with the year when that is another."""
    return date_format(day, "j. F" if day.year == on.year else "j. F Y")


@register.filter
def late(duty: Duty, on: date) -> bool:
    """Whether the duty's last day has passed."""
    return duty.is_late(on)
