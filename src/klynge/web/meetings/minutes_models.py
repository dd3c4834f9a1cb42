"""Who was at the meeting, and what was written during and after it."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from klynge.web.accounts.fields import by_whom
from klynge.web.bodies.models import Person
from klynge.web.meetings.agenda_models import Clause, Item


class Attendance(models.Model):
    """One person's place at one meeting, as the membership was on the day.

    membership: the `key` of the membership; None for a guest. represents, party, role: as they
    were, in words and in the law's ids. counts: fills a seat. deputy_for: the member this person
    stands in for whenever that member is away and this person is here. joined, left: the item
    somebody came at, and the first one they were gone for; which items they missed follows from
    the order of the agenda (taking_part.py).
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
    joined = models.ForeignKey(
        Item,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("kom ved punkt"),
    )
    left = models.ForeignKey(
        Item,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("gik fra punkt"),
    )
    note = models.CharField(_("bemærkning"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("fremmøde")
        verbose_name_plural = _("fremmøde")
        ordering = ("person__sort_key", "pk")
        constraints = (
            models.UniqueConstraint(fields=("meeting", "person"), name="meetings_attendance_once"),
            models.CheckConstraint(
                name="meetings_attendance_nobody_deputises_for_themselves",
                condition=Q(deputy_for=None) | ~Q(deputy_for=F("pk")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id}: {self.get_status_display()}"


class ItemAbsence(models.Model):
    """That somebody who was at the meeting did not take part in one item, and why.

    Who came late or left early has no rows here: see `Attendance.joined` and `Attendance.left`.
    """

    class Why(models.TextChoices):
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
            models.CheckConstraint(
                name="meetings_absence_conflict_has_a_reason",
                condition=~Q(why="conflict") | ~Q(note=""),
            ),
        )

    def __str__(self) -> str:
        return f"{self.attendance_id}: {self.get_why_display()}"


class AttendanceChange(models.Model):
    """What was changed of somebody's attendance, by whom and when. Added, never changed.

    what: in words, as they were shown ("Til stede", "Inhabil ved punkt 3: ...").
    """

    attendance = models.ForeignKey(
        Attendance, models.CASCADE, related_name="changes", verbose_name=_("fremmøde")
    )
    what = models.CharField(_("hvad"), max_length=400)
    at = models.DateTimeField(_("hvornår"))
    by = by_whom(_("registreret af"))

    class Meta:
        verbose_name = _("ændring af fremmøde")
        verbose_name_plural = _("ændringer af fremmøde")
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return str(self.pk)


class Minute(models.Model):
    """The minutes of one item, as sanitised HTML.

    version: goes up with every saved change of the text or of what the clauses came to.
    """

    item = models.OneToOneField(
        Item, models.CASCADE, related_name="minute", verbose_name=_("punkt")
    )
    html = models.TextField(_("referat"), blank=True)
    version = models.PositiveIntegerField(_("udgave"), default=0)
    changed_at = models.DateTimeField(_("ændret"), null=True, blank=True)
    changed_by = by_whom(_("ændret af"))

    class Meta:
        verbose_name = _("referat")
        verbose_name_plural = _("referater")

    def __str__(self) -> str:
        return str(self.item)


class MinuteRevision(models.Model):
    """Every text a minute has had, or that somebody wrote for it. Added, never changed.

    number: in the order they came. version: the minute's version that it became; None for one that
    was set aside because somebody else had written the same place. clauses: what each clause came
    to, by its id: {"7": {"outcome": "agreed", "decision": "..."}}. base: the version it began from.
    """

    class Kind(models.TextChoices):
        SAVED = "saved", _("Gemt")
        MERGED = "merged", _("Flettet med en andens ændring")
        CHOSEN = "chosen", _("Valgt af to tekster")
        SET_ASIDE = "set_aside", _("Lagt til side")

    minute = models.ForeignKey(
        Minute, models.CASCADE, related_name="revisions", verbose_name=_("referat")
    )
    number = models.PositiveIntegerField(_("nummer"))
    version = models.PositiveIntegerField(_("udgave"), null=True, blank=True)
    base = models.PositiveIntegerField(_("skrevet ud fra udgave"), default=0)
    kind = models.CharField(_("slags"), max_length=10, choices=Kind.choices, default=Kind.SAVED)
    html = models.TextField(_("referat"), blank=True)
    clauses = models.JSONField(_("beslutninger"), default=dict, blank=True)
    at = models.DateTimeField(_("hvornår"))
    by = by_whom(_("skrevet af"))

    class Meta:
        verbose_name = _("tidligere referat")
        verbose_name_plural = _("tidligere referater")
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("minute", "number"), name="meetings_revision_once"),
            models.UniqueConstraint(
                fields=("minute", "version"),
                condition=Q(version__isnull=False),
                name="meetings_revision_version_once",
            ),
            models.CheckConstraint(
                name="meetings_revision_set_aside_has_no_version",
                condition=Q(kind="set_aside", version__isnull=True)
                | (~Q(kind="set_aside") & Q(version__isnull=False)),
            ),
        )

    def __str__(self) -> str:
        return str(self.number)


class MinutesReview(models.Model):
    """The minutes as they were sent to the members: what an approval is of.

    rule: who must approve. due_on: the last day for remarks. content: every item's text, what its
    clauses came to and who took part, as JSON; digest: of the content. approved_at: when the rule
    was met; from then on the content is the minutes.
    """

    class Rule(models.TextChoices):
        CHAIRS = "chairs", _("Formændene godkender, når fristen for bemærkninger er gået")
        PRESENT = "present", _("Alle, der var til stede, godkender")

    meeting = models.ForeignKey(
        "meetings.Meeting", models.CASCADE, related_name="reviews", verbose_name=_("møde")
    )
    number = models.PositiveIntegerField(_("udgave"))
    rule = models.CharField(_("godkendes af"), max_length=10, choices=Rule.choices)
    due_on = models.DateField(_("frist for bemærkninger"))
    content = models.JSONField(_("indhold"))
    digest = models.CharField(_("kontrolsum"), max_length=64)
    sent_at = models.DateTimeField(_("sendt"))
    sent_by = by_whom(_("sendt af"))
    approved_at = models.DateTimeField(_("godkendt"), null=True, blank=True)

    class Meta:
        verbose_name = _("referat til godkendelse")
        verbose_name_plural = _("referater til godkendelse")
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("meeting", "number"), name="meetings_review_once"),
            models.UniqueConstraint(
                fields=("meeting",),
                condition=Q(approved_at__isnull=False),
                name="meetings_review_approved_once",
            ),
        )

    def __str__(self) -> str:
        return str(self.number)


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
    by = by_whom(_("rettet af"))

    class Meta:
        verbose_name = _("rettelse")
        verbose_name_plural = _("rettelser")
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return str(self.pk)
