"""What joins rooms that do not know of each other: agreements' deadlines in the year's wheel."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from klynge.web.accounts.models import User
from klynge.web.agreements import reading
from klynge.web.bodies.models import BodyRecord
from klynge.web.meetings.year_marks import Mark


def deadlines_of_agreements(bodies: Sequence[BodyRecord], year: int, _user: User) -> list[Mark]:
    """The steps of the bodies' agreements that must be done in a year and are not done."""
    return [
        Mark(
            day=day,
            title=_("Senest: {step} ({agreement})").format(step=step, agreement=process.title),
            address=reverse("agreements:process", args=[process.pk]),
            body=process.body,
        )
        for day, step, process in reading.deadlines(bodies, year)
    ]
