"""Danish clock times, and the two hours a year in which they do not name one moment.

On the last Sunday of March 02:00-02:59 is not there; on the last Sunday of October it comes twice.
Anything that reads a time somebody wrote goes through `moment`, which says so instead of guessing.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from klynge.web.bodies.reasons import NotAllowed

ZONE = ZoneInfo("Europe/Copenhagen")


def moment(day: date, hour: time) -> datetime:
    """The moment a Danish clock shows `hour` on `day`. Raises NotAllowed when there is not one."""
    local = datetime.combine(day, hour.replace(tzinfo=None))
    written = f"{local:%d.%m.%Y %H:%M}"
    if not _exists(local):
        raise NotAllowed(
            _(
                "Klokkeslættet {when} findes ikke: uret stilles frem fra kl. 02 til kl. 03 den nat."
                " Vælg et andet klokkeslæt."
            ).format(when=written)
        )
    aware = local.replace(tzinfo=ZONE)
    if is_ambiguous(aware):
        raise NotAllowed(
            _(
                "Klokkeslættet {when} kommer to gange: uret stilles tilbage fra kl. 03 til kl. 02"
                " den nat, så det kan ikke ses, hvilken af dem der menes. Vælg et andet klokkeslæt."
            ).format(when=written)
        )
    return aware


def is_ambiguous(at: datetime) -> bool:
    """Whether the Danish clock shows the time of `at` twice that night."""
    local = at.astimezone(ZONE)
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset() and _exists(
        local.replace(tzinfo=None, fold=0)
    )


def _exists(local: datetime) -> bool:
    there = local.replace(tzinfo=ZONE)
    return there.astimezone(UTC).astimezone(ZONE).replace(tzinfo=None, fold=0) == local


def day_of(at: datetime) -> date:
    """The day it is in Denmark at a moment."""
    return at.astimezone(ZONE).date()
