"""What is said of an agenda and of minutes: versions, comments, approvals."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from klynge.web.accounts.fields import by_whom
from klynge.web.bodies.models import Person
from klynge.web.meetings.agenda_models import Item


class AgendaVersion(models.Model):
    """The whole agenda as it was at one moment: for comments, approval and release.

    content: every item with its blocks, clauses, annexes and figures, as JSON.
    """

    class Kind(models.TextChoices):
        REVIEW = "review", _("Til gennemsyn")
        RELEASE = "release", _("Udsendt")
        ADDENDUM = "addendum", _("Tillægsdagsorden")

    meeting = models.ForeignKey(
        "meetings.Meeting", models.CASCADE, related_name="versions", verbose_name=_("møde")
    )
    kind = models.CharField(_("slags"), max_length=10, choices=Kind.choices)
    number = models.PositiveIntegerField(_("udgave"))
    content = models.JSONField(_("indhold"))
    made_at = models.DateTimeField(_("lavet"))
    made_by = by_whom(_("lavet af"))

    class Meta:
        verbose_name = _("udgave af dagsordenen")
        verbose_name_plural = _("udgaver af dagsordenen")
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("meeting", "number"), name="meetings_version_once"),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"


class Comment(models.Model):
    """What somebody said to one version of an agenda, of one item or of the whole."""

    agenda = models.ForeignKey(
        AgendaVersion, models.CASCADE, related_name="comments", verbose_name=_("udgave")
    )
    item = models.ForeignKey(
        Item,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="comments",
        verbose_name=_("punkt"),
    )
    text = models.TextField(_("bemærkning"))
    at = models.DateTimeField(_("hvornår"))
    by = by_whom(_("skrevet af"))
    settled_at = models.DateTimeField(_("afklaret"), null=True, blank=True)
    answer = models.TextField(_("svar"), blank=True)

    class Meta:
        verbose_name = _("bemærkning")
        verbose_name_plural = _("bemærkninger")
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return str(self.pk)


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
        "meetings.Meeting", models.CASCADE, related_name="approvals", verbose_name=_("møde")
    )
    what = models.CharField(_("hvad"), max_length=10, choices=What.choices)
    version = models.PositiveIntegerField(_("udgave"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("person"))
    approved = models.BooleanField(_("godkendt"))
    comment = models.TextField(_("bemærkning"), blank=True)
    at = models.DateTimeField(_("hvornår"))
    by = by_whom(_("registreret af"))

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
