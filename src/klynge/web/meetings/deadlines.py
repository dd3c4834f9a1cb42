"""The days before a meeting: when items are called for, due, and the agenda goes out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from klynge.web.bodies import local_rules
from klynge.web.bodies.models import BodyRecord
from klynge.web.meetings import days_off
from klynge.web.meetings.models import Rhythm

USUAL = {"call_days": 28, "items_days": 14, "agenda_days": 7}


@dataclass(frozen=True)
class Deadlines:
    """The three days before one meeting."""

    call_on: date
    items_due_on: date
    agenda_due_on: date


def of(body: BodyRecord, day: date) -> Deadlines:
    """The deadlines of a meeting of a body on a day, each on a working day or the last before."""
    ahead = days_ahead(body, day)
    found = {name: days_off.working_day_before(day - timedelta(days=ahead[name])) for name in ahead}
    return Deadlines(found["call_days"], found["items_days"], found["agenda_days"])


def days_ahead(body: BodyRecord, day: date) -> dict[str, int]:
    """How many days before: as the forretningsorden says, else the body's rhythm, else as usual."""
    rhythm = Rhythm.objects.filter(body=body).first()
    found = {}
    for name, usual in USUAL.items():
        said = local_rules.local_rule(body, name, day)
        kept = getattr(rhythm, name, None)
        found[name] = int(said) if said is not None else usual if kept is None else kept
    return found
