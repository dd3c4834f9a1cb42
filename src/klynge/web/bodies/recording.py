"""How a row in two times is written: the machinery behind rules.py. Nothing else may use it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from klynge.web.accounts.models import User
from klynge.web.bodies import clock
from klynge.web.bodies.models import BodyRecord, Deviation, Membership
from klynge.web.bodies.reasons import NotAllowed

Row = TypeVar("Row", Membership, Deviation)


def must_edit(by: User | None) -> None:
    """Raises NotAllowed unless the user may change members."""
    if by is not None and not by.has_perm("bodies.edit_members"):
        raise NotAllowed(_("Kun sekretariatet og administratorer kan ændre organernes medlemmer."))


def must_have(reason: str) -> None:
    """Raises NotAllowed without a reason."""
    if not reason.strip():
        raise NotAllowed(_("Skriv, hvorfor der rettes."))


def lock(body: BodyRecord) -> None:
    """One change of a body at a time, so that two cannot take the same seat at once."""
    BodyRecord.objects.select_for_update().get(pk=body.pk)


def current(model: type[Row], key: uuid.UUID) -> Row:
    """The row that is recorded now, read after the body is locked so that it stays so."""
    any_row = model.objects.filter(key=key).select_related("body").first()
    if any_row is not None:
        lock(any_row.body)
    row = model.objects.filter(key=key, recorded_to=None, void=False).select_related("body").first()
    if row is None:
        raise NotAllowed(_("Der er ikke længere noget at ændre: det er trukket tilbage."))
    return row


def successor(old: Row, changes: Mapping[str, Any]) -> Row:
    """A copy of a row with some fields changed, not saved yet."""
    values = {field.attname: getattr(old, field.attname) for field in old._meta.concrete_fields}
    new = type(old)(**values)
    new.pk, new._state.adding = None, True
    for name, value in changes.items():
        setattr(new, name, value)
    return new


def replace(old: Row, new: Row, *, by: User | None, change: str, reason: str) -> None:
    """Close the recorded row and add the new one."""
    # A clock that stands still or goes back must not make a row end before it began.
    moment = max(clock.now(), old.recorded_from + timedelta(microseconds=1))
    type(old).objects.filter(pk=old.pk, recorded_to=None).update(recorded_to=moment)
    record(new, by=by, change=change, reason=reason, moment=moment)


def record(
    row: Membership | Deviation, *, by: User | None, change: str, reason: str, moment: datetime
) -> None:
    """Add a row."""
    row.recorded_from, row.recorded_to, row.recorded_by = moment, None, by
    row.change, row.reason = change, " ".join(reason.split())[:300]
    row.save(force_insert=True)
