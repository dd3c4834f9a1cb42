"""How far a meeting is: the steps from a settled date to approved minutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from klynge.web.meetings.models import Meeting

STATES = Meeting.State
STEPS = (
    (STATES.PLANNED, _("Dagsorden skrives")),
    (STATES.AGENDA_REVIEW, _("Gennemsyn")),
    (STATES.RELEASED, _("Udsendt")),
    (STATES.HELD, _("Afholdt")),
    (STATES.MINUTES_REVIEW, _("Referat til godkendelse")),
    (STATES.APPROVED, _("Referat godkendt")),
)


@dataclass(frozen=True)
class Stage:
    """One step. state: "done", "now" or "later". due: the day it is to be there, if any."""

    label: str | Promise
    state: str
    due: date | None = None


def of(meeting: Meeting) -> list[Stage]:
    """The steps of a meeting; none for one that is only proposed or cancelled."""
    if meeting.state in (STATES.PROPOSED, STATES.CANCELLED):
        return []
    states = [state for state, _label in STEPS]
    at = states.index(STATES(meeting.state))
    due = {
        STATES.PLANNED: meeting.items_due_on,
        STATES.RELEASED: meeting.agenda_due_on,
        STATES.HELD: meeting.day,
    }
    words = ("done", "now", "later")
    return [
        Stage(label, words[(number >= at) + (number > at)], due.get(state))
        for number, (state, label) in enumerate(STEPS)
    ]
