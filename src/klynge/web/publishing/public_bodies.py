"""Who sits in a body, as everybody may see it: never how to reach them, never why they left."""

from __future__ import annotations

from datetime import date

from klynge.web.bodies import history
from klynge.web.bodies.models import BodyRecord, Membership


def members(body: BodyRecord, on: date) -> tuple[Membership, ...]:
    """The members on a day; deputies and the secretariat stand last."""
    return history.as_of(body, on)
