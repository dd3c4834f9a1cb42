"""What is open in this room when bodies close: meetings still to come, and items that wait."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klynge.web.accounts.models import User
from klynge.web.bodies import handover
from klynge.web.bodies.models import BodyRecord
from klynge.web.meetings import handover_rules
from klynge.web.meetings.models import Item, Meeting

DONE = (
    Meeting.State.HELD,
    Meeting.State.MINUTES_REVIEW,
    Meeting.State.APPROVED,
    Meeting.State.CANCELLED,
)


class ComingMeetings(handover.Kind):
    """Meetings on or after the day: held by the body that follows, or cancelled."""

    id = "meetings"
    title = gettext_lazy("Kommende møder")
    order = 20

    def open_matters(self, bodies: Sequence[BodyRecord], on: date) -> Iterable[handover.Matter]:
        rows = Meeting.objects.filter(body__in=bodies).exclude(state__in=DONE)
        for meeting in rows.select_related("body"):
            if meeting.day >= on:
                yield handover.Matter(
                    kind=self.id,
                    key=str(meeting.uid),
                    body=meeting.body,
                    title=_("Møde {day}").format(day=date_format(meeting.day, "DATE_FORMAT")),
                    detail=str(meeting.get_state_display()),
                    address=reverse("meetings:meeting", args=[meeting.pk]),
                    choices=(handover.CARRY, handover.CLOSE),
                )

    def carry_over(
        self, matter: handover.Matter, *, to: BodyRecord, on: date, by: User | None, reason: str
    ) -> str:
        meeting = Meeting.objects.get(uid=matter.key)
        made = handover_rules.carry_over_meeting(by=by, meeting=meeting, to=to, reason=reason)
        return reverse("meetings:meeting", args=[made.pk])

    def close(self, matter: handover.Matter, *, on: date, by: User | None, reason: str) -> None:
        meeting = Meeting.objects.get(uid=matter.key)
        handover_rules.close_meeting(by=by, meeting=meeting, reason=reason)


class WaitingItems(handover.Kind):
    """Items on the backlog."""

    id = "backlog"
    title = gettext_lazy("Punkter på emnelisten")
    order = 25  # after the meetings: what they leave behind waits here

    def open_matters(self, bodies: Sequence[BodyRecord], on: date) -> Iterable[handover.Matter]:
        rows = Item.objects.filter(body__in=bodies, meeting=None)
        for item in rows.exclude(state=Item.State.WITHDRAWN).select_related("body"):
            yield handover.Matter(
                kind=self.id,
                key=str(item.uid),
                body=item.body,
                title=item.open_title,
                detail=str(item.get_kind_display()),
                draft=True,
                address=reverse("meetings:item", args=[item.pk]),
                choices=(handover.CARRY, handover.CLOSE),
            )

    def carry_over(
        self, matter: handover.Matter, *, to: BodyRecord, on: date, by: User | None, reason: str
    ) -> str:
        item = Item.objects.get(uid=matter.key)
        made = handover_rules.carry_over_item(by=by, item=item, to=to, reason=reason)
        return reverse("meetings:item", args=[made.pk])

    def close(self, matter: handover.Matter, *, on: date, by: User | None, reason: str) -> None:
        handover_rules.close_waiting(by=by, item=Item.objects.get(uid=matter.key))
