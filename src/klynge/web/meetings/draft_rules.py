"""The draft of who is writing minutes: kept on the way, gone when it is saved, never the minutes.

A draft is its writer's alone and stands beside the minutes. So it can overwrite nothing of anybody
else's; when it is saved, minutes_rules.save decides by the version it was begun from.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from klynge.web.accounts.models import User
from klynge.web.bodies import clock
from klynge.web.meetings import light_markup, minutes_rules
from klynge.web.meetings.minutes_rules import Came, Written
from klynge.web.meetings.models import Item, MinuteDraft


@dataclass(frozen=True)
class Draft:
    """What somebody had written and not saved, upon which version, and when."""

    written: Written
    base: int
    at: datetime


@transaction.atomic
def keep(*, by: User, item: Item, written: Written, base: int) -> datetime:
    """Keep what is written so far, in place of the writer's own earlier draft.

    Raises NotAllowed as saving does: for those who may not write, and when the minutes are closed.
    """
    minutes_rules.may_be_written(item, by, written)
    now = clock.now()
    MinuteDraft.objects.update_or_create(
        item=item,
        user=by,
        defaults={
            "base": base,
            "html": light_markup.to_html(written.text),
            "clauses": {
                str(pk): {"outcome": each.outcome, "decision": each.decision}
                for pk, each in written.clauses.items()
            },
            "at": now,
        },
    )
    return now


def drop(*, by: User, item: Item) -> None:
    """Throw the writer's own draft away: it was saved, or is not wanted."""
    MinuteDraft.objects.filter(item=item, user=by).delete()


def of(*, by: User, item: Item) -> Draft | None:
    """The writer's own draft, when it says something else than the minutes do now."""
    row = MinuteDraft.objects.filter(item=item, user=by).first()
    if row is None:
        return None
    written = Written(
        light_markup.from_html(row.html),
        {int(pk): Came(each["outcome"], each["decision"]) for pk, each in row.clauses.items()},
    )
    now, _version = minutes_rules.read(item)
    clauses = {pk: written.clauses.get(pk, came) for pk, came in now.clauses.items()}
    if written.text == now.text and clauses == dict(now.clauses):
        return None
    return Draft(written, row.base, row.at)
