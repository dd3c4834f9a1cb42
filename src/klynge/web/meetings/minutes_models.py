"""Who was at the meeting, and what was written during and after it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from klynge.web.bodies.models import Person
from klynge.web.meetings.agenda_models import Clause, Item


class Attendance(models.Model):
    """One person's place at one meeting, as the membership was on the day.

    membership: the `key` of the membership; None for a guest. represents, party, role: as they
    were, in words and in the law's ids. deputy_for: the absent member this person stands in for.
    """

    class Status(models.TextChoices):
        EXPECTED = "expected", _("Indkaldt")
        PRESENT = "present", _("Til stede")
        ABSENT = "absent", _("Udeblevet")
        EXCUSED = "excused", _("Afbud")

    meeting = models.ForeignKey(
        "meetings.Meeting", models.CASCADE, related_name="attendance", verbose_name=_("møde")
    )
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="attendance", verbose_name=_("person")
    )
    membership = models.UUIDField(_("medlemskab"), null=True, blank=True)
    party = models.CharField(_("part"), max_length=20, blank=True)
    role = models.CharField(_("rolle"), max_length=20, blank=True)
    represents = models.CharField(_("repræsenterer"), max_length=200, blank=True)
    status = models.CharField(
        _("fremmøde"), max_length=10, choices=Status.choices, default=Status.EXPECTED
    )
    counts = models.BooleanField(_("tæller med"), default=True)
    deputy_for = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="deputies",
        verbose_name=_("stedfortræder for"),
    )
    arrived_at = models.DateTimeField(_("kom"), null=True, blank=True)
    left_at = models.DateTimeField(_("gik"), null=True, blank=True)
    note = models.CharField(_("bemærkning"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("fremmøde")
        verbose_name_plural = _("fremmøde")
        ordering = ("person__sort_key", "pk")
        constraints = (
            models.UniqueConstraint(fields=("meeting", "person"), name="meetings_attendance_once"),
        )

    def __str__(self) -> str:
        return f"{self.person_id}: {self.get_status_display()}"


class ItemAbsence(models.Model):
    """That somebody who was at the meeting did not take part in one item, and why."""

    class Why(models.TextChoices):
        LATE = "late", _("Ikke kommet endnu")
        LEFT = "left", _("Gået")
        CONFLICT = "conflict", _("Inhabil")
        OUT = "out", _("Ude af lokalet")

    item = models.ForeignKey(Item, models.CASCADE, related_name="absences", verbose_name=_("punkt"))
    attendance = models.ForeignKey(
        Attendance, models.CASCADE, related_name="absences", verbose_name=_("person")
    )
    why = models.CharField(_("hvorfor"), max_length=10, choices=Why.choices)
    note = models.CharField(_("bemærkning"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("fravær ved punktet")
        verbose_name_plural = _("fravær ved punktet")
        constraints = (
            models.UniqueConstraint(
                fields=("item", "attendance"), name="meetings_absence_once_an_item"
            ),
        )

    def __str__(self) -> str:
        return f"{self.attendance_id}: {self.get_why_display()}"


class Minute(models.Model):
    """The minutes of one item, as sanitised HTML. `version` goes up with every saved change."""

    item = models.OneToOneField(
        Item, models.CASCADE, related_name="minute", verbose_name=_("punkt")
    )
    html = models.TextField(_("referat"), blank=True)
    version = models.PositiveIntegerField(_("udgave"), default=0)
    changed_at = models.DateTimeField(_("ændret"), null=True, blank=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("ændret af"),
    )

    class Meta:
        verbose_name = _("referat")
        verbose_name_plural = _("referater")

    def __str__(self) -> str:
        return str(self.item)


class MinuteRevision(models.Model):
    """Every text a minute has had. Added, never changed, so no text is ever lost."""

    minute = models.ForeignKey(
        Minute, models.CASCADE, related_name="revisions", verbose_name=_("referat")
    )
    version = models.PositiveIntegerField(_("udgave"))
    html = models.TextField(_("referat"), blank=True)
    at = models.DateTimeField(_("hvornår"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("skrevet af"),
    )

    class Meta:
        verbose_name = _("tidligere referat")
        verbose_name_plural = _("tidligere referater")
        ordering = ("version",)
        constraints = (
            models.UniqueConstraint(fields=("minute", "version"), name="meetings_revision_once"),
        )

    def __str__(self) -> str:
        return str(self.version)


class Vote(models.Model):
    """How one seat voted on an item, or on one clause of it."""

    class Choice(models.TextChoices):
        FOR = "for", _("For")
        AGAINST = "against", _("Imod")
        BLANK = "blank", _("Hverken for eller imod")

    item = models.ForeignKey(Item, models.CASCADE, related_name="votes", verbose_name=_("punkt"))
    clause = models.ForeignKey(
        Clause,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="votes",
        verbose_name=_("indstilling"),
    )
    attendance = models.ForeignKey(
        Attendance, models.CASCADE, related_name="votes", verbose_name=_("person")
    )
    choice = models.CharField(_("stemme"), max_length=10, choices=Choice.choices)

    class Meta:
        verbose_name = _("stemme")
        verbose_name_plural = _("stemmer")
        constraints = (
            models.UniqueConstraint(
                fields=("item", "attendance"),
                condition=Q(clause=None),
                name="meetings_vote_once_an_item",
            ),
            models.UniqueConstraint(
                fields=("clause", "attendance"),
                condition=Q(clause__isnull=False),
                name="meetings_vote_once_a_clause",
            ),
        )

    def __str__(self) -> str:
        return f"{self.attendance_id}: {self.get_choice_display()}"


class Dissent(models.Model):
    """What somebody wants the minutes to say they thought, where the body agreed otherwise."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="dissents", verbose_name=_("punkt"))
    attendance = models.ForeignKey(
        Attendance, models.CASCADE, related_name="dissents", verbose_name=_("person")
    )
    text = models.TextField(_("udtalelse"))

    class Meta:
        verbose_name = _("særudtalelse")
        verbose_name_plural = _("særudtalelser")
        constraints = (
            models.CheckConstraint(name="meetings_dissent_has_a_text", condition=~Q(text="")),
        )

    def __str__(self) -> str:
        return str(self.attendance_id)


class Correction(models.Model):
    """A correction of approved minutes: a new, dated entry. The approved text stays.

    item: None when it is about the meeting as a whole.
    """

    uid = models.UUIDField(_("nøgle"), default=uuid.uuid4, editable=False, unique=True)
    meeting = models.ForeignKey(
        "meetings.Meeting", models.CASCADE, related_name="corrections", verbose_name=_("møde")
    )
    item = models.ForeignKey(
        Item,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="corrections",
        verbose_name=_("punkt"),
    )
    html = models.TextField(_("rettelse"))
    at = models.DateTimeField(_("hvornår"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("rettet af"),
    )

    class Meta:
        verbose_name = _("rettelse")
        verbose_name_plural = _("rettelser")
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return str(self.pk)
