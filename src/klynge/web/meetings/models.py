"""Meetings: when a body meets, and how far the papers are. Change them through rules.py, not here.

The rest of the room's tables stand in `agenda_models.py` (items and what is written before the
meeting), `review_models.py` (versions, comments, approvals) and `minutes_models.py` (who was there,
and what was written during and after it).
"""

from __future__ import annotations

import uuid
from datetime import date, time

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from klynge.web.bodies.models import BodyRecord, Person


class Meeting(models.Model):
    """One meeting of one body.

    uid: names the meeting to the world (calendars, OParl, FirstAgenda) and never changes.
    sequence: goes up when time or place changes (RFC 5545), and at no other time.
    version: goes up with every change, so that the second of two who write at once is told.
    call_on, items_due_on, agenda_due_on: the body's own deadlines before the meeting.
    called_at: when items were called for.
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
    called_at = models.DateTimeField(_("punkter efterlyst"), null=True, blank=True)
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
        named = _("{title}, {day}") if self.title else _("Møde i {body} {day}")
        day = date_format(self.day, "SHORT_DATE_FORMAT")
        return str(named).format(title=self.title, body=self.body, day=day)

    @property
    def day(self) -> date:
        """The day it is held, in Denmark."""
        return timezone.localtime(self.begins_at).date()

    @property
    def is_over(self) -> bool:
        """Whether it has been held."""
        return self.state in (self.State.HELD, self.State.MINUTES_REVIEW, self.State.APPROVED)

    @property
    def minutes_are_open(self) -> bool:
        """Whether the minutes may still be written in; afterwards there are only corrections."""
        return self.state in (self.State.RELEASED, self.State.HELD, self.State.MINUTES_REVIEW)

    @property
    def agenda_is_open(self) -> bool:
        """Whether the agenda may still be changed; afterwards there is only an addendum."""
        return self.state in (self.State.PROPOSED, self.State.PLANNED, self.State.AGENDA_REVIEW)


class Rhythm(models.Model):
    """When a body usually meets: what a proposal for a year begins from.

    weekday: 0 is Monday; None when it varies. call_days, items_days, agenda_days, meetings_a_year:
    only where the body's forretningsorden says nothing; None: as usual (see `rhythm.py`).
    """

    body = models.OneToOneField(
        BodyRecord, models.CASCADE, related_name="rhythm", verbose_name=_("organ")
    )
    weekday = models.PositiveSmallIntegerField(_("ugedag"), null=True, blank=True)
    begins = models.TimeField(_("begynder"), default=time(9))
    minutes = models.PositiveSmallIntegerField(_("varer i minutter"), default=120)
    place = models.CharField(_("sted"), max_length=200, blank=True)
    meetings_a_year = models.PositiveSmallIntegerField(_("møder om året"), null=True, blank=True)
    call_days = models.PositiveSmallIntegerField(
        _("punkter efterlyses, dage før"), null=True, blank=True
    )
    items_days = models.PositiveSmallIntegerField(
        _("frist for punkter, dage før"), null=True, blank=True
    )
    agenda_days = models.PositiveSmallIntegerField(
        _("dagsorden udsendes, dage før"), null=True, blank=True
    )

    class Meta:
        verbose_name = _("rytme")
        verbose_name_plural = _("rytmer")
        constraints = (
            models.CheckConstraint(
                name="meetings_rhythm_weekday_is_one",
                condition=Q(weekday__isnull=True) | Q(weekday__lte=6),
            ),
            models.CheckConstraint(
                name="meetings_rhythm_lasts_a_while", condition=Q(minutes__gte=1)
            ),
        )

    def __str__(self) -> str:
        return str(self.body)


# Django looks for a room's tables in this module.
from klynge.web.meetings.agenda_models import (  # noqa: E402
    Annex,
    Block,
    Clause,
    Forwarding,
    FrozenFigure,
    Item,
    ItemKind,
    ItemRevision,
    ItemTemplate,
)
from klynge.web.meetings.draft_models import MinuteDraft  # noqa: E402
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
from klynge.web.meetings.review_models import AgendaVersion, Approval, Comment  # noqa: E402

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
    "ItemKind",
    "ItemRevision",
    "ItemTemplate",
    "Meeting",
    "Minute",
    "MinuteDraft",
    "MinuteRevision",
    "MinutesReview",
    "Rhythm",
    "Vote",
)
