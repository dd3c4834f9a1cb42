"""Grants: what was decided, on which conditions, in which instalments, and the accounts of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from klynge.web.decisions.models import Decision
from klynge.web.funds.applying_models import Application
from klynge.web.funds.classes import CLASSES


class Grant(models.Model):
    """Money a body has decided to give. How much is paid and used is told by the ledger.

    application: None for a grant from before Klynge, brought in from a file.
    """

    pool = models.ForeignKey(
        "funds.Pool", models.PROTECT, related_name="grants", verbose_name=_("pulje")
    )
    application = models.OneToOneField(
        Application,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="grant",
        verbose_name=_("ansøgning"),
    )
    title = models.CharField(_("titel"), max_length=200)
    grantee = models.CharField(_("modtager"), max_length=200)
    amount = models.BigIntegerField(_("bevilget, øre"))
    decided_by_body = models.CharField(_("besluttet af"), max_length=200)
    decided_on = models.DateField(_("besluttet den"))
    decision_text = models.CharField(_("beslutning"), max_length=500)
    decision = models.ForeignKey(
        Decision,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="grants",
        verbose_name=_("beslutning på møde"),
    )
    accounts_due = models.DateField(_("regnskab senest"), null=True, blank=True)
    closed_on = models.DateField(_("afsluttet"), null=True, blank=True)
    closing_note = models.CharField(_("ved afslutningen"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("oprettet"))

    class Meta:
        verbose_name = _("bevilling")
        verbose_name_plural = _("bevillinger")
        ordering = ("-decided_on", "title", "pk")
        constraints = (
            models.CheckConstraint(name="funds_grant_is_of_money", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="funds_grant_is_decided",
                condition=~Q(decision_text="") & ~Q(decided_by_body="") & ~Q(grantee=""),
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def is_running(self) -> bool:
        return self.closed_on is None


class Condition(models.Model):
    """What the grantee must do. `met_on`: when it was done, with what was seen."""

    grant = models.ForeignKey(
        Grant, models.PROTECT, related_name="conditions", verbose_name=_("bevilling")
    )
    text = models.CharField(_("vilkår"), max_length=300)
    due_on = models.DateField(_("senest"), null=True, blank=True)
    met_on = models.DateField(_("opfyldt"), null=True, blank=True)
    met_note = models.CharField(_("hvad der er set"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("vilkår")
        verbose_name_plural = _("vilkår")
        ordering = ("due_on", "pk")
        constraints = (
            models.CheckConstraint(name="funds_condition_says_what", condition=~Q(text="")),
            models.CheckConstraint(
                name="funds_condition_met_says_how",
                condition=Q(met_on=None) | ~Q(met_note=""),
            ),
        )

    def __str__(self) -> str:
        return self.text


class Instalment(models.Model):
    """A part of a grant, paid on a day. condition: what must be met before it is paid."""

    grant = models.ForeignKey(
        Grant, models.PROTECT, related_name="instalments", verbose_name=_("bevilling")
    )
    number = models.PositiveSmallIntegerField(_("rate"))
    amount = models.BigIntegerField(_("øre"))
    due_on = models.DateField(_("betales"))
    condition = models.ForeignKey(
        Condition,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="instalments",
        verbose_name=_("vilkår"),
    )
    entry = models.OneToOneField(
        "funds.Entry",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="instalment",
        verbose_name=_("postering"),
    )
    dropped = models.BooleanField(_("bortfaldet"), default=False)

    class Meta:
        verbose_name = _("rate")
        verbose_name_plural = _("rater")
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("grant", "number"), name="funds_instalment_once"),
            models.CheckConstraint(name="funds_instalment_is_money", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="funds_instalment_is_paid_or_dropped",
                condition=Q(dropped=False) | Q(entry=None),
            ),
        )

    def __str__(self) -> str:
        return f"{self.grant_id}: {self.number}"


class Accounts(models.Model):
    """What a grantee says the money went to in a period. Counts when it is approved."""

    class Status(models.TextChoices):
        SENT = "sent", _("Modtaget")
        APPROVED = "approved", _("Godkendt")
        RETURNED = "returned", _("Sendt retur")

    grant = models.ForeignKey(
        Grant, models.PROTECT, related_name="accounts", verbose_name=_("bevilling")
    )
    first_day = models.DateField(_("fra"))
    last_day = models.DateField(_("til"))
    used = models.BigIntegerField(_("brugt af bevillingen, øre"))
    text = models.TextField(_("bemærkninger"), blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.SENT
    )
    answer = models.CharField(_("svar"), max_length=300, blank=True)
    sent_at = models.DateTimeField(_("modtaget"))
    entry = models.OneToOneField(
        "funds.Entry",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="accounts",
        verbose_name=_("postering"),
    )

    class Meta:
        verbose_name = _("regnskab")
        verbose_name_plural = _("regnskaber")
        ordering = ("first_day", "pk")
        constraints = (
            models.CheckConstraint(
                name="funds_accounts_days_in_order",
                condition=Q(last_day__gte=models.F("first_day")),
            ),
            models.CheckConstraint(
                name="funds_accounts_approved_are_in_the_ledger",
                condition=Q(status="approved", entry__isnull=False)
                | ~Q(status="approved") & Q(entry=None),
            ),
            models.CheckConstraint(name="funds_accounts_of_money", condition=Q(used__gt=0)),
        )

    def __str__(self) -> str:
        return f"{self.grant_id}: {self.first_day}–{self.last_day}"


class AccountsLine(models.Model):
    """One line of a grantee's accounts."""

    accounts = models.ForeignKey(
        Accounts, models.CASCADE, related_name="lines", verbose_name=_("regnskab")
    )
    text = models.CharField(_("tekst"), max_length=200)
    kind = models.CharField(_("slags udgift"), max_length=20, choices=CLASSES)
    amount = models.BigIntegerField(_("øre"))

    class Meta:
        verbose_name = _("regnskabslinje")
        verbose_name_plural = _("regnskabslinjer")
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(name="funds_accounts_line_is_money", condition=Q(amount__gt=0)),
        )

    def __str__(self) -> str:
        return self.text
