"""An agreement that goes on in another body: a copy of it that points back."""

from __future__ import annotations

import uuid

from klynge.web.accounts.models import User
from klynge.web.agreements.models import Process
from klynge.web.bodies import clock
from klynge.web.bodies.models import BodyRecord


def copy(process: Process, *, state: str, to: BodyRecord, by: User | None) -> Process:
    """The same agreement at `to`, in the state it had, with its steps, texts and goals.

    Its place stays the one it was made for: that is what its parties and deadlines follow from.
    Hearings and adoptions stay with the old one, which the new one points back to.
    """
    values = {f.attname: getattr(process, f.attname) for f in Process._meta.concrete_fields}
    new = Process(**values)
    new.pk, new.uid, new._state.adding = None, uuid.uuid4(), True
    new.body, new.continues, new.version, new.ended_because = to, process, 1, ""
    new.state, new.created_at, new.created_by = state, clock.now(), by
    new.save(force_insert=True)
    for rows in (process.steps.all(), process.texts.order_by("number"), process.goals.all()):
        for row in rows:
            row.pk, row._state.adding, row.process = None, True, new
            row.save(force_insert=True)
    return new
