"""What may happen to a year's dates as a whole: proposed, settled, dropped."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from klynge.web.accounts.models import User
from klynge.web.bodies.models import BodyRecord
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.bodies.seating import day_in_words
from klynge.web.meetings import days_off, planning_rules, year_plan
from klynge.web.meetings.models import Meeting
from klynge.web.meetings.rights import must_edit

Times = tuple[datetime, datetime, str]
"""Begins, ends, where."""


@transaction.atomic
def propose_year(
    *, by: User | None, body: BodyRecord, times: Sequence[Times], on_days_off: bool = False
) -> list[Meeting]:
    """Lay proposed dates for a body, all or none.

    on_days_off: also on holidays, in weekends and vacations: somebody has chosen so.
    """
    must_edit(by)
    if not times:
        raise NotAllowed(_("Der er ingen datoer at foreslå."))
    if not on_days_off:
        must_be_working_days([begins for begins, _ends, _place in times])
    return [
        planning_rules.plan_meeting(
            by=by, body=body, begins_at=begins, ends_at=ends, place=place, proposed=True
        )
        for begins, ends, place in times
    ]


@transaction.atomic
def settle_year(*, by: User | None, body: BodyRecord, year: int) -> list[Meeting]:
    """Every proposed date of a body's year becomes a meeting."""
    must_edit(by)
    rows = list(year_plan.of_year(body, year).filter(state=Meeting.State.PROPOSED))
    if not rows:
        raise NotAllowed(_("Der er ingen foreslåede datoer at fastsætte."))
    return [planning_rules.settle_date(by=by, meeting=meeting) for meeting in rows]


def must_be_working_days(moments: Sequence[datetime]) -> None:
    """Raise NotAllowed with every day on which no meeting is laid unless it is chosen."""
    reasons = []
    for moment in moments:
        day = Meeting(begins_at=moment).day
        if why := days_off.why_not(day):
            reasons.append(
                _("{day}: {why}. Vælg en anden dag, eller sæt kryds ved, at det er valgt.").format(
                    day=day_in_words(day), why=why
                )
            )
    if reasons:
        raise NotAllowed(*reasons)
