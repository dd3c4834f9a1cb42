"""Who sits in a body, as everybody may see it; what that is, `bodies/public.py` decides."""

from __future__ import annotations

from datetime import date

from klynge.web.bodies import history
from klynge.web.bodies import public as bodies
from klynge.web.bodies.models import BodyRecord, Membership
from klynge.web.publishing import public


def on_a_day(body: BodyRecord, day: date) -> bodies.PublicBody | None:
    """The members on a day; None when the secretariat has not chosen to show them."""
    if not public.what_of(body).members:
        return None
    return bodies.body(body.kind, body.place, day)


def seats(body: BodyRecord) -> tuple[Membership, ...]:
    """Every seat that may be shown, past and coming; none when they are not to be shown."""
    if not public.what_of(body).members:
        return ()
    return tuple(row for row in history.known(body) if row.role in bodies.ROLES)
