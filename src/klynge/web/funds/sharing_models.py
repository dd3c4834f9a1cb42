"""Sharing out a frame: the places, and the keys that are weighed against each other."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Sharing(models.Model):
    """An amount of a pool to be shared out over places, until a key is adopted or it is dropped.

    places: the ids (klynger, sundhedsråd, kommuner) or the names (partners), in the order shown.
    """

    class Kind(models.TextChoices):
        KLYNGE = "klynge", _("Sundhedsklynger")
        SUNDHEDSRAAD = "sundhedsraad", _("Sundhedsråd")
        KOMMUNE = "kommune", _("Kommuner")
        PARTNER = "partner", _("Parter")

    pool = models.ForeignKey(
        "funds.Pool", models.PROTECT, related_name="sharings", verbose_name=_("pulje")
    )
    name = models.CharField(_("navn"), max_length=200)
    amount = models.BigIntegerField(_("øre"))
    place_kind = models.CharField(_("fordeles på"), max_length=20, choices=Kind.choices)
    places = models.JSONField(_("steder"))
    on = models.DateField(_("set den"))
    adopted = models.ForeignKey(
        "funds.Key",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="adopted_in",
        verbose_name=_("vedtaget nøgle"),
    )
    decision = models.CharField(_("besluttet"), max_length=300, blank=True)
    decided_on = models.DateField(_("besluttet den"), null=True, blank=True)
    entry = models.OneToOneField(
        "funds.Entry",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sharing",
        verbose_name=_("postering"),
    )
    created_at = models.DateTimeField(_("oprettet"))

    class Meta:
        verbose_name = _("fordeling")
        verbose_name_plural = _("fordelinger")
        ordering = ("-created_at", "-pk")
        constraints = (
            models.CheckConstraint(name="funds_sharing_is_of_money", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="funds_sharing_adopted_by_a_decision",
                condition=Q(adopted=None, decided_on=None)
                | Q(adopted__isnull=False, decided_on__isnull=False) & ~Q(decision=""),
            ),
        )

    def __str__(self) -> str:
        return self.name


class Key(models.Model):
    """One way to share: a method, what it was asked, and what came of it when it was computed.

    asked: the parameters. result: the rows (place, weight, what it rests on, øre), the sources, and
    what a reader must know; kept as computed, so that a new pack does not move an old proposal.
    """

    class Method(models.TextChoices):
        EQUAL = "equal", _("Lige meget til hver")
        POPULATION = "population", _("Efter folketal")
        AGE = "age", _("Efter folketal, vægtet med alder")
        NEED = "need", _("Efter behov, målt ved valgte nøgletal")
        OWN = "own", _("Egne tal")

    sharing = models.ForeignKey(
        Sharing, models.CASCADE, related_name="keys", verbose_name=_("fordeling")
    )
    name = models.CharField(_("navn"), max_length=200)
    method = models.CharField(_("metode"), max_length=12, choices=Method.choices)
    asked = models.JSONField(_("spurgt om"), default=dict, blank=True)
    result = models.JSONField(_("resultat"))
    computed_at = models.DateTimeField(_("regnet"))

    class Meta:
        verbose_name = _("fordelingsnøgle")
        verbose_name_plural = _("fordelingsnøgler")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("sharing", "name"), name="funds_key_name_once"),
        )

    def __str__(self) -> str:
        return self.name
