"""What the frame of every page needs."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

import klynge
from klynge.web.site import dates, navigation


def frame(request: HttpRequest) -> dict[str, Any]:
    """The chosen date, the clock, the main navigation and the version."""
    on, today = dates.on(request), dates.today()
    return {
        "on": on,
        "today": today,
        "seen_as_on_another_day": on != today,
        "demo": settings.KLYNGE_DEMO,
        "clock_is_set": settings.KLYNGE_TODAY is not None,
        "first_day": dates.FIRST,
        "last_day": dates.LAST,
        "kept_parameters": _kept_parameters(request),
        "navigation": navigation.entries(request),
        "languages": settings.LANGUAGES,  # each in its own language
        "operator_contact": settings.KLYNGE_CONTACT,
        "version": klynge.__version__,
    }


def _kept_parameters(request: HttpRequest) -> list[tuple[str, str]]:
    """The address's other parameters, so that choosing a date keeps a chart or a search."""
    return [
        (name, value)
        for name, values in request.GET.lists()
        for value in values
        if name != dates.PARAMETER
    ]
