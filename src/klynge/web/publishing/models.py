"""What the public sees, since when and until when. Change it through rules.py, not here."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from klynge.web.accounts.fields import by_whom
from klynge.web.bodies.models import BodyRecord, Person
from klynge.web.meetings.models import Annex, Meeting


class Publication(models.Model):
    """One part of one meeting as it was made public: a copy, which later changes do not reach.

    Public from `visible_from` until `visible_to` (the moment itself not included), unless it was
    withdrawn. Publishing again adds a row; the newest that has begun is the one that counts.
    content: what is shown, without anything closed. digest: of the content.
    told_at, ended_at: when the log was told that it became public, and that it ended.
    """

    class Part(models.TextChoices):
        AGENDA = "dagsorden", _("Dagsorden")
        MINUTES = "referat", _("Referat")

    uid = models.UUIDField(_("nøgle"), default=uuid.uuid4, editable=False, unique=True)
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="publications", verbose_name=_("møde")
    )
    part = models.CharField(_("hvad"), max_length=10, choices=Part.choices)
    content = models.JSONField(_("indhold"))
    text = models.TextField(_("tekst til søgning"), blank=True)
    digest = models.CharField(_("kontrolsum"), max_length=64)
    visible_from = models.DateTimeField(_("offentlig fra"))
    visible_to = models.DateTimeField(_("offentlig til"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("trukket tilbage"), null=True, blank=True)
    withdrawn_because = models.CharField(_("trukket tilbage, fordi"), max_length=300, blank=True)
    withdrawn_by = by_whom(_("trukket tilbage af"))
    made_at = models.DateTimeField(_("lavet"))
    made_by = by_whom(_("lavet af"))
    told_at = models.DateTimeField(_("noteret i loggen"), null=True, blank=True)
    ended_at = models.DateTimeField(_("udløb noteret i loggen"), null=True, blank=True)

    class Meta:
        verbose_name = _("offentliggørelse")
        verbose_name_plural = _("offentliggørelser")
        ordering = ("visible_from", "pk")
        indexes = (
            models.Index(fields=("meeting", "part", "visible_from"), name="publishing_governing"),
        )
        constraints = (
            models.CheckConstraint(
                name="publishing_ends_after_it_begins",
                condition=Q(visible_to=None) | Q(visible_to__gt=F("visible_from")),
            ),
            models.CheckConstraint(
                name="publishing_withdrawn_has_a_reason",
                condition=Q(withdrawn_at=None) | ~Q(withdrawn_because=""),
            ),
            models.CheckConstraint(
                name="publishing_part_is_known", condition=Q(part__in=("dagsorden", "referat"))
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_part_display()} {self.meeting_id}"


class PublicFile(models.Model):
    """A file that went along. `annex` holds the bytes; the name is as it was then."""

    publication = models.ForeignKey(
        Publication, models.CASCADE, related_name="files", verbose_name=_("offentliggørelse")
    )
    annex = models.ForeignKey(Annex, models.PROTECT, related_name="+", verbose_name=_("bilag"))
    uid = models.UUIDField(_("nøgle"), db_index=True)
    name = models.CharField(_("navn"), max_length=200)
    file_name = models.CharField(_("filnavn"), max_length=200)
    content_type = models.CharField(_("filtype"), max_length=100)
    sha256 = models.CharField(_("kontrolsum"), max_length=64)

    class Meta:
        verbose_name = _("offentlig fil")
        verbose_name_plural = _("offentlige filer")
        constraints = (
            models.UniqueConstraint(fields=("publication", "uid"), name="publishing_file_once"),
        )

    def __str__(self) -> str:
        return self.name


class FalseHit(models.Model):
    """That what looked like a CPR number at one place of a meeting's papers is something else.

    key: of the place and the very numbers, made with the site's secret (checks.py); another number
    at the place is not covered. because: why it is none, in the words of whoever answers for it.
    """

    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="false_hits", verbose_name=_("møde")
    )
    key = models.CharField(_("nøgle"), max_length=64)
    where = models.CharField(_("hvor"), max_length=500)
    because = models.CharField(_("fordi"), max_length=300)
    at = models.DateTimeField(_("hvornår"))
    by = by_whom(_("af"))

    class Meta:
        verbose_name = _("falsk fund")
        verbose_name_plural = _("falske fund")
        ordering = ("at", "pk")
        constraints = (
            models.UniqueConstraint(fields=("meeting", "key"), name="publishing_false_hit_once"),
            models.CheckConstraint(
                name="publishing_false_hit_has_a_reason", condition=~Q(because="")
            ),
        )

    def __str__(self) -> str:
        return self.where


class PublicBody(models.Model):
    """That a body is on the public pages, and what of it. Without a row, nothing of it is.

    members: who sits in it. dates: when and where it meets, before any agenda is public.
    """

    body = models.OneToOneField(
        BodyRecord, models.PROTECT, related_name="public", verbose_name=_("organ")
    )
    members = models.BooleanField(_("vis, hvem der sidder i organet"), default=False)
    dates = models.BooleanField(_("vis, hvornår og hvor organet mødes"), default=False)
    since = models.DateTimeField(_("siden"))
    changed_at = models.DateTimeField(_("ændret"))
    by = by_whom(_("valgt af"))

    class Meta:
        verbose_name = _("organ på de offentlige sider")
        verbose_name_plural = _("organer på de offentlige sider")

    def __str__(self) -> str:
        return str(self.body)


class CalendarAddress(models.Model):
    """A secret address of somebody's calendar. Only its digest is kept, so it is shown once."""

    person = models.ForeignKey(
        Person, models.CASCADE, related_name="calendar_addresses", verbose_name=_("person")
    )
    digest = models.CharField(_("kontrolsum"), max_length=64, unique=True)
    made_at = models.DateTimeField(_("lavet"))
    revoked_at = models.DateTimeField(_("lukket"), null=True, blank=True)

    class Meta:
        verbose_name = _("kalenderadresse")
        verbose_name_plural = _("kalenderadresser")
        constraints = (
            models.UniqueConstraint(
                fields=("person",),
                condition=Q(revoked_at=None),
                name="publishing_one_calendar_address",
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)


class Invitation(models.Model):
    """A calendar invitation that was sent. Added, never changed; the newest counts."""

    class Method(models.TextChoices):
        REQUEST = "REQUEST", _("Indkaldt")
        CANCEL = "CANCEL", _("Afbud sendt")

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="invitations", verbose_name=_("møde")
    )
    person = models.ForeignKey(
        Person, models.CASCADE, related_name="invitations", verbose_name=_("person")
    )
    method = models.CharField(_("hvad"), max_length=10, choices=Method.choices)
    sequence = models.PositiveIntegerField(_("kalenderudgave"))
    sent_at = models.DateTimeField(_("sendt"))
    by = by_whom(_("sendt af"))

    class Meta:
        verbose_name = _("kalenderindkaldelse")
        verbose_name_plural = _("kalenderindkaldelser")
        ordering = ("sent_at", "pk")
        indexes = (models.Index(fields=("meeting", "person"), name="publishing_invited"),)

    def __str__(self) -> str:
        return f"{self.get_method_display()} {self.sequence}"
