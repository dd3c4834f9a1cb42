"""Invented goals and measurements for the tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from klynge.web.bodies.tests.builders import a_body
from klynge.web.goals import rules
from klynge.web.goals.models import Goal, OwnIndicator
from klynge.web.goals.rules import Entry

DAY = date(2026, 2, 1)
MONTHS = [f"{year}-{month:02d}" for year in (2024, 2025) for month in range(1, 13)]


def an_own_indicator(**more: Any) -> OwnIndicator:
    values = {
        "body": more.pop("body", None) or a_body(),
        "title": "Plan ved udskrivelse",
        "definition": "Udskrivelser med en fælles plan, af alle udskrivelser fra psykiatrien.",
        "unit": "pct.",
        "kind": "share",
        "source": "Optælling i afsnittene",
    }
    return rules.define_own(by=None, **{**values, **more})


def measured(indicator: OwnIndicator, tops: list[int], bottom: int = 200) -> OwnIndicator:
    """Month by month from January 2024."""
    entries = [
        Entry(number, MONTHS[number], numerator=top, denominator=bottom)
        for number, top in enumerate(tops)
    ]
    rules.measure(by=None, indicator=indicator, entries=entries)
    return indicator


def a_goal(indicator: OwnIndicator | None = None, **more: Any) -> Goal:
    """From 40 per cent in January 2024 to 60 per cent at the end of 2026."""
    own = indicator or measured(an_own_indicator(), [80] * 12)
    values: dict[str, Any] = {
        "body": own.body,
        "own_indicator": own,
        "place": ("klynge", "rm-randers"),
        "title": "Flere med en plan",
        "why": "Uden en plan ved ingen, hvem der følger op.",
        "baseline_period": "2024-01",
        "target": 60.0,
        "target_on": date(2026, 12, 31),
        "on": DAY,
    }
    return rules.set_goal(by=None, **{**values, **more})
