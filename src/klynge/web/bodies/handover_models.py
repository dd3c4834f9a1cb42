"""Plans to hand over, what was chosen in them, and which body followed which."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from klynge.web.accounts.fields import by_whom


class Handover(models.Model):
    """That the bodies of some places hand over to others on a day: a plan until it is carried out.

    sources, targets: as "klynge:rm-randers", in order. report: what was done, once it is.
    """

    on = models.DateField(_("dag"))
    sources = models.JSONField(_("fra"))
    targets = models.JSONField(_("til"))
    key = models.CharField(_("nøgle"), max_length=1000)
    created_at = models.DateTimeField(_("oprettet"))
    created_by = by_whom(_("oprettet af"))
    carried_out_at = models.DateTimeField(_("gennemført"), null=True, blank=True)
    carried_out_by = by_whom(_("gennemført af"))
    report = models.JSONField(_("rapport"), default=dict, blank=True)

    class Meta:
        verbose_name = _("overdragelse")
        verbose_name_plural = _("overdragelser")
        ordering = ("-created_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("key",),
                condition=Q(carried_out_at=None),
                name="bodies_handover_one_plan_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"{', '.join(self.sources)} {self.on}"


class HandoverChoice(models.Model):
    """What somebody chose for one open matter of a plan.

    value: "close", "carry:limfjorden" or "home:kommune:840".
    """

    handover = models.ForeignKey(
        Handover, models.CASCADE, related_name="choices", verbose_name=_("overdragelse")
    )
    kind = models.CharField(_("slags"), max_length=40)
    matter = models.CharField(_("sag"), max_length=200)
    value = models.CharField(_("valg"), max_length=120)
    chosen_at = models.DateTimeField(_("valgt"))
    chosen_by = by_whom(_("valgt af"))

    class Meta:
        verbose_name = _("valg")
        verbose_name_plural = _("valg")
        constraints = (
            models.UniqueConstraint(
                fields=("handover", "kind", "matter"), name="bodies_handover_choice_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.matter}: {self.value}"


class BodyLink(models.Model):
    """That one recorded body handed over to another."""

    old = models.ForeignKey(
        "bodies.BodyRecord", models.PROTECT, related_name="followed_by", verbose_name=_("fra")
    )
    new = models.ForeignKey(
        "bodies.BodyRecord", models.PROTECT, related_name="follows", verbose_name=_("til")
    )
    on = models.DateField(_("dag"))
    handover = models.ForeignKey(
        Handover, models.PROTECT, related_name="links", verbose_name=_("overdragelse")
    )

    class Meta:
        verbose_name = _("afløsning")
        verbose_name_plural = _("afløsninger")
        constraints = (
            models.UniqueConstraint(fields=("old", "new"), name="bodies_link_once"),
            models.CheckConstraint(
                name="bodies_link_is_between_two", condition=~Q(old=models.F("new"))
            ),
        )

    def __str__(self) -> str:
        return f"{self.old_id} -> {self.new_id}"
