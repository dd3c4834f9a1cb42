"""Meetings: when a body meets, and how far the papers are. Change them through rules.py, not here.

The rest of the room's tables stand in `agenda_models.py` (items and what is written before the
meeting) and `minutes_models.py` (who was there, and what was written during and after it).
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from klynge.web.bodies.models import BodyRecord, Person


class Meeting(models.Model):
    """One meeting of one body.

    uid: names the meeting to the world (calendars, OParl, FirstAgenda) and never changes.
    sequence: goes up when time or place changes (RFC 5545), and at no other time.
    version: goes up with every change, so that the second of two who write at once is told.
    call_on, items_due_on, agenda_due_on: the body's own deadlines before the meeting.
    source, source_id: where an imported meeting came from; empty for our own.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Foreslået dato")
        PLANNED = "planned", _("Fastsat")
        AGENDA_REVIEW = "agenda_review", _("Dagsorden til gennemsyn")
        RELEASED = "released", _("Dagsorden udsendt")
        HELD = "held", _("Afholdt")
        MINUTES_REVIEW = "minutes_review", _("Referat til godkendelse")
        APPROVED = "approved", _("Referat godkendt")
        CANCELLED = "cancelled", _("Aflyst")

    uid = models.UUIDField(_("nøgle"), default=uuid.uuid4, editable=False, unique=True)
    body = models.ForeignKey(
        BodyRecord, models.PROTECT, related_name="meetings", verbose_name=_("organ")
    )
    title = models.CharField(_("titel"), max_length=200, blank=True)
    state = models.CharField(
        _("tilstand"), max_length=20, choices=State.choices, default=State.PLANNED
    )
    begins_at = models.DateTimeField(_("begynder"))
    ends_at = models.DateTimeField(_("slutter"))
    place = models.CharField(_("sted"), max_length=200, blank=True)
    online_address = models.URLField(_("adresse til onlinemøde"), blank=True)
    call_on = models.DateField(_("punkter efterlyses"), null=True, blank=True)
    items_due_on = models.DateField(_("frist for punkter"), null=True, blank=True)
    agenda_due_on = models.DateField(_("dagsorden udsendes"), null=True, blank=True)
    chair = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("mødeleder"),
    )
    minute_taker = models.CharField(_("referent"), max_length=200, blank=True)
    opened_at = models.DateTimeField(_("mødet åbnet"), null=True, blank=True)
    closed_at = models.DateTimeField(_("mødet hævet"), null=True, blank=True)
    cancelled_because = models.CharField(_("aflyst, fordi"), max_length=300, blank=True)
    sequence = models.PositiveIntegerField(_("kalenderudgave"), default=0)
    version = models.PositiveIntegerField(_("udgave"), default=1)
    source = models.CharField(_("hentet fra"), max_length=200, blank=True)
    source_id = models.CharField(_("nøgle hos kilden"), max_length=100, blank=True)
    created_at = models.DateTimeField(_("oprettet"), auto_now_add=True)
    changed_at = models.DateTimeField(_("ændret"), auto_now=True)

    class Meta:
        verbose_name = _("møde")
        verbose_name_plural = _("møder")
        ordering = ("begins_at", "pk")
        indexes = (models.Index(fields=("body", "begins_at"), name="meetings_meeting_of_body"),)
        constraints = (
            models.CheckConstraint(
                name="meetings_meeting_ends_after_it_begins",
                condition=Q(ends_at__gt=F("begins_at")),
            ),
            models.UniqueConstraint(
                fields=("source", "source_id"),
                condition=~Q(source_id=""),
                name="meetings_meeting_imported_once",
            ),
            models.CheckConstraint(
                name="meetings_meeting_cancelled_has_a_reason",
                condition=~Q(state="cancelled") | ~Q(cancelled_because=""),
            ),
        )

    def __str__(self) -> str:
        return self.title or str(
            _("Møde i {body} {day:%d.%m.%Y}").format(body=self.body, day=self.begins_at)
        )

    @property
    def minutes_are_open(self) -> bool:
        """Whether the minutes may still be written in; afterwards there are only corrections."""
        return self.state in (self.State.RELEASED, self.State.HELD, self.State.MINUTES_REVIEW)

    @property
    def agenda_is_open(self) -> bool:
        """Whether the agenda may still be changed; afterwards there is only an addendum."""
        return self.state in (self.State.PROPOSED, self.State.PLANNED, self.State.AGENDA_REVIEW)


class Approval(models.Model):
    """That somebody approved, or objected to, one version of an agenda or of the minutes.

    An agenda is released when both chairs have approved the version; minutes are approved by
    click. Added, never changed: who thinks again adds another.
    """

    class What(models.TextChoices):
        AGENDA = "agenda", _("Dagsorden")
        ADDENDUM = "addendum", _("Tillægsdagsorden")
        MINUTES = "minutes", _("Referat")

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="approvals", verbose_name=_("møde")
    )
    what = models.CharField(_("hvad"), max_length=10, choices=What.choices)
    version = models.PositiveIntegerField(_("udgave"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("person"))
    approved = models.BooleanField(_("godkendt"))
    comment = models.TextField(_("bemærkning"), blank=True)
    at = models.DateTimeField(_("hvornår"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("registreret af"),
    )

    class Meta:
        verbose_name = _("godkendelse")
        verbose_name_plural = _("godkendelser")
        ordering = ("at", "pk")
        constraints = (
            models.CheckConstraint(
                name="meetings_approval_objection_has_a_comment",
                condition=Q(approved=True) | ~Q(comment=""),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_what_display()} {self.version}: {self.person_id}"


# Django looks for a room's tables in this module.
from klynge.web.meetings.agenda_models import (  # noqa: E402
    AgendaVersion,
    Annex,
    Block,
    Clause,
    Comment,
    Forwarding,
    FrozenFigure,
    Item,
    ItemTemplate,
)
from klynge.web.meetings.minutes_models import (  # noqa: E402
    Attendance,
    AttendanceChange,
    Correction,
    Dissent,
    ItemAbsence,
    Minute,
    MinuteRevision,
    MinutesReview,
    Vote,
)

__all__ = (
    "AgendaVersion",
    "Annex",
    "Approval",
    "Attendance",
    "AttendanceChange",
    "Block",
    "Clause",
    "Comment",
    "Correction",
    "Dissent",
    "Forwarding",
    "FrozenFigure",
    "Item",
    "ItemAbsence",
    "ItemTemplate",
    "Meeting",
    "Minute",
    "MinuteRevision",
    "MinutesReview",
    "Vote",
)
