"""What the funds room keeps. Change it through rules.py, not here.

Pools are here; the ledger, the sharing out, applications and grants have a file each.
Every amount is whole øre.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from klynge.web.bodies.models import BodyRecord
from klynge.web.funds.applying_models import (
    Application,
    BudgetLine,
    Call,
    Criterion,
    Declaration,
    Partner,
    Recommendation,
    Score,
    Stance,
    TeamMember,
)
from klynge.web.funds.granting_models import Accounts, AccountsLine, Condition, Grant, Instalment
from klynge.web.funds.ledger_models import Account, Entry, Movement
from klynge.web.funds.sharing_models import Key, Sharing

__all__ = [
    "Account",
    "Accounts",
    "AccountsLine",
    "Application",
    "BudgetLine",
    "Call",
    "Condition",
    "Criterion",
    "Declaration",
    "Entry",
    "Grant",
    "Instalment",
    "Key",
    "Movement",
    "Partner",
    "Pool",
    "PoolTerms",
    "Recommendation",
    "Score",
    "Sharing",
    "Stance",
    "TeamMember",
]


class Pool(models.Model):
    """Money for a purpose. What is left of it is not here: the ledger tells."""

    name = models.CharField(_("navn"), max_length=200)
    body = models.ForeignKey(
        BodyRecord, models.PROTECT, related_name="pools", verbose_name=_("organ")
    )
    source = models.CharField(_("kilde"), max_length=300)
    holder = models.CharField(_("forvalter"), max_length=200)
    first_day = models.DateField(_("fra"))
    last_day = models.DateField(_("til"))
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("del af"),
    )
    opened_on = models.DateField(_("åbnet"))
    closed_on = models.DateField(_("lukket"), null=True, blank=True)
    closing_note = models.CharField(_("ved lukningen"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("pulje")
        verbose_name_plural = _("puljer")
        ordering = ("-first_day", "name", "pk")
        constraints = (
            models.UniqueConstraint(fields=("body", "name"), name="funds_pool_name_once_a_body"),
            models.CheckConstraint(
                name="funds_pool_days_in_order", condition=Q(last_day__gte=F("first_day"))
            ),
            models.CheckConstraint(
                name="funds_pool_says_whose_money",
                condition=~Q(name="") & ~Q(source="") & ~Q(holder=""),
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        """Whether money can still be moved."""
        return self.closed_on is None

    @property
    def years(self) -> str:
        """The years it covers: "2022" or "2022–2023"."""
        first, last = self.first_day.year, self.last_day.year
        return str(first) if first == last else f"{first}–{last}"


class PoolTerms(models.Model):
    """What a pool may be used for, from a day. Added, never changed: the old ones stay readable.

    refused: the classes of budget line the pool does not pay for (`classes.py`); ground: by which
    paragraph or agreement. fact_source and certainty: where we know it from, and how surely.
    """

    class CarryOver(models.TextChoices):
        NOT = "not", _("Kan ikke overføres: resten går tilbage til kilden")
        DECIDED = "decided", _("Kan overføres, når organet beslutter det")
        FREE = "free", _("Kan overføres frit til året efter")
        UNKNOWN = "unknown", _("Ikke oplyst")

    pool = models.ForeignKey(Pool, models.PROTECT, related_name="terms", verbose_name=_("pulje"))
    valid_from = models.DateField(_("gælder fra"))
    purpose = models.TextField(_("formål"))
    limits = models.TextField(_("grænser"), blank=True)
    refused = models.JSONField(_("kan ikke betales"), default=list, blank=True)
    ground = models.CharField(_("hjemmel"), max_length=300, blank=True)
    carry_over = models.CharField(_("overførsel"), max_length=10, choices=CarryOver.choices)
    fact_source = models.CharField(_("kilde til oplysningerne"), max_length=500)
    certainty = models.CharField(_("sikkerhed"), max_length=10)
    decision = models.CharField(_("besluttet"), max_length=300, blank=True)
    recorded_at = models.DateTimeField(_("registreret"))

    class Meta:
        verbose_name = _("vilkår for pulje")
        verbose_name_plural = _("vilkår for puljer")
        ordering = ("pool", "-valid_from", "-recorded_at", "-pk")
        constraints = (
            models.CheckConstraint(
                name="funds_terms_certainty_is_known",
                condition=Q(certainty__in=("certain", "high", "medium", "low", "unknown")),
            ),
            models.CheckConstraint(
                name="funds_terms_say_by_what_right_they_refuse",
                condition=Q(refused=[]) | ~Q(ground=""),
            ),
        )

    def __str__(self) -> str:
        return f"{self.pool_id} {self.valid_from}"
