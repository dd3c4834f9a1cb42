"""Days on which no meeting is laid by itself: weekends, Danish holidays, vacations."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import holidays
from django.utils.translation import gettext as _

SATURDAY = 5
# Weeks (ISO) in which most schools and many offices are closed.
WINTER, SUMMER, AUTUMN = (7,), (27, 28, 29, 30, 31), (42,)


def is_working_day(day: date) -> bool:
    """Whether offices are open: not a weekend, a holiday, or one of the days nobody works."""
    return day.weekday() < SATURDAY and not holiday(day)


def working_day_before(day: date) -> date:
    """The day itself, or the last working day before it."""
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def holiday(day: date) -> str:
    """What the day is called when it is a holiday; empty when it is not."""
    return _holidays(day.year).get(day, "")


def vacation(day: date) -> str:
    """Which vacation a day lies in; empty when in none."""
    if easter_week(day):
        return _("Påskeugen")
    if (day.month, day.day) >= (12, 20) or (day.month, day.day) <= (1, 2):
        return _("Jul og nytår")
    week = day.isocalendar().week
    for weeks, name in ((WINTER, _("Vinterferien")), (SUMMER, _("Sommerferien")),
                        (AUTUMN, _("Efterårsferien"))):  # fmt: skip
        if week in weeks:
            return name
    return ""


def why_not(day: date) -> str:
    """Why no meeting is laid on a day by itself; empty when it can be."""
    if day.weekday() >= SATURDAY:
        return _("Weekend")
    return holiday(day) or vacation(day)


def easter_week(day: date) -> bool:
    """The three days before Maundy Thursday, which schools have off too."""
    return any(
        "Skærtorsdag" in name and day < holy <= day + timedelta(days=3)
        for holy, name in _holidays(day.year).items()
    )


@cache
def _holidays(year: int) -> dict[date, str]:
    """The public holidays of a year with their Danish names, and the days that are as good as."""
    found = dict(holidays.country_holidays("DK", years=year, language="da"))
    eves = {date(year, 6, 5): "Grundlovsdag", date(year, 12, 24): "Juleaftensdag",
            date(year, 12, 31): "Nytårsaftensdag"}  # fmt: skip
    return {**eves, **found}
