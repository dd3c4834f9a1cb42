"""The secretariat: whose it is, how its cost is shared, and whom it serves."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from klynge.web.accounts.fields import by_whom

WHOLE = 10_000  # a share is in hundredths of a per cent


class Secretariat(models.Model):
    """A secretariat, shared by the parties of the bodies it serves."""

    name = models.CharField(_("navn"), max_length=200, unique=True)

    class Meta:
        verbose_name = _("sekretariat")
        verbose_name_plural = _("sekretariater")
        ordering = ("name", "pk")
        constraints = (
            models.CheckConstraint(name="bodies_secretariat_has_a_name", condition=~Q(name="")),
        )

    def __str__(self) -> str:
        return self.name


class SecretariatAgreement(models.Model):
    """How the partners share the secretariat, from a day until the next one. Added, never changed.

    yearly_cost: in øre; None when it is not told.
    """

    secretariat = models.ForeignKey(
        Secretariat, models.PROTECT, related_name="agreements", verbose_name=_("sekretariat")
    )
    number = models.PositiveSmallIntegerField(_("version"))
    valid_from = models.DateField(_("gælder fra"))
    decision = models.CharField(_("beslutning"), max_length=300)
    yearly_cost = models.BigIntegerField(_("årlig udgift (øre)"), null=True, blank=True)
    recorded_from = models.DateTimeField(_("registreret"))
    recorded_by = by_whom(_("registreret af"))

    class Meta:
        verbose_name = _("aftale om sekretariat")
        verbose_name_plural = _("aftaler om sekretariat")
        ordering = ("secretariat", "-number")
        constraints = (
            models.UniqueConstraint(
                fields=("secretariat", "number"), name="bodies_secretariat_agreement_once"
            ),
            models.CheckConstraint(
                name="bodies_secretariat_agreement_has_a_decision", condition=~Q(decision="")
            ),
            models.CheckConstraint(
                name="bodies_secretariat_costs_nothing_or_something",
                condition=Q(yearly_cost__isnull=True) | Q(yearly_cost__gte=0),
            ),
        )

    def __str__(self) -> str:
        return f"{self.secretariat_id}, {self.number}"


class SecretariatShare(models.Model):
    """One partner's share, in hundredths of a per cent, and what it brings beside money."""

    agreement = models.ForeignKey(
        SecretariatAgreement, models.CASCADE, related_name="shares", verbose_name=_("aftale")
    )
    partner = models.ForeignKey(
        "bodies.Organisation", models.PROTECT, related_name="+", verbose_name=_("partner")
    )
    share = models.PositiveIntegerField(_("andel"))
    brings = models.CharField(_("bidrager med"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("andel af sekretariat")
        verbose_name_plural = _("andele af sekretariat")
        ordering = ("agreement", "-share", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("agreement", "partner"), name="bodies_secretariat_partner_once"
            ),
            models.CheckConstraint(
                name="bodies_secretariat_share_is_of_a_whole", condition=Q(share__lte=WHOLE)
            ),
        )

    def __str__(self) -> str:
        return f"{self.partner_id}: {self.share}"


class SecretariatService(models.Model):
    """That a secretariat does a task for a body. person: who does it; None: whoever is there."""

    secretariat = models.ForeignKey(
        Secretariat, models.PROTECT, related_name="services", verbose_name=_("sekretariat")
    )
    body = models.ForeignKey(
        "bodies.BodyRecord", models.PROTECT, related_name="services", verbose_name=_("organ")
    )
    person = models.ForeignKey(
        "bodies.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="services",
        verbose_name=_("person"),
    )
    task = models.CharField(_("opgave"), max_length=200)
    valid_from = models.DateField(_("fra"))
    valid_to = models.DateField(_("til"), null=True, blank=True)

    class Meta:
        verbose_name = _("betjening")
        verbose_name_plural = _("betjeninger")
        ordering = ("body", "valid_from", "pk")
        constraints = (
            models.CheckConstraint(name="bodies_service_has_a_task", condition=~Q(task="")),
            models.CheckConstraint(
                name="bodies_service_does_not_end_before_it_starts",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
        )

    def __str__(self) -> str:
        return self.task
