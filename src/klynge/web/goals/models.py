"""What a body wants to reach, and what it measures it by. Change it through rules.py, not here."""

from __future__ import annotations

import uuid
from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from klynge.web.accounts.fields import by_whom
from klynge.web.agreements.models import AgreementGoal
from klynge.web.bodies.models import BodyRecord, Person


class OwnIndicator(models.Model):
    """A figure that a body measures itself, with its own definition; no pack has it.

    kind: a share (of `per` 100), a rate (per 1,000 ...), or a plain number such as days.
    """

    class Kind(models.TextChoices):
        SHARE = "share", _("Andel")
        RATE = "rate", _("Hyppighed")
        NUMBER = "number", _("Tal")

    body = models.ForeignKey(
        BodyRecord, models.PROTECT, related_name="own_indicators", verbose_name=_("organ")
    )
    title = models.CharField(_("navn"), max_length=200)
    definition = models.TextField(_("definition"))
    unit = models.CharField(_("enhed"), max_length=100)
    kind = models.CharField(_("slags"), max_length=10, choices=Kind.choices)
    per = models.PositiveIntegerField(_("pr."), default=100)
    source = models.CharField(_("hvor tallene kommer fra"), max_length=300)
    created_at = models.DateTimeField(_("oprettet"), auto_now_add=True)
    created_by = by_whom(_("oprettet af"))

    class Meta:
        verbose_name = _("eget nøgletal")
        verbose_name_plural = _("egne nøgletal")
        ordering = ("title", "pk")
        constraints = (
            models.UniqueConstraint(fields=("body", "title"), name="goals_own_indicator_once"),
            models.CheckConstraint(
                name="goals_own_indicator_says_what_it_is",
                condition=~Q(title="") & ~Q(definition="") & ~Q(source="") & ~Q(unit=""),
            ),
        )

    def __str__(self) -> str:
        return self.title


class Measurement(models.Model):
    """One value of a body's own indicator. A corrected one is kept, with when it was replaced.

    numerator, denominator: what a share or rate was worked out of; None for a plain number.
    """

    indicator = models.ForeignKey(
        OwnIndicator, models.CASCADE, related_name="measurements", verbose_name=_("nøgletal")
    )
    period = models.CharField(_("periode"), max_length=10)
    value = models.FloatField(_("værdi"))
    numerator = models.PositiveBigIntegerField(_("tæller"), null=True, blank=True)
    denominator = models.PositiveBigIntegerField(_("nævner"), null=True, blank=True)
    note = models.CharField(_("bemærkning"), max_length=300, blank=True)
    entered_at = models.DateTimeField(_("indtastet"))
    entered_by = by_whom(_("indtastet af"))
    replaced_at = models.DateTimeField(_("rettet"), null=True, blank=True)

    class Meta:
        verbose_name = _("måling")
        verbose_name_plural = _("målinger")
        ordering = ("period", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("indicator", "period"),
                condition=Q(replaced_at=None),
                name="goals_one_measurement_a_period",
            ),
            models.CheckConstraint(
                name="goals_measurement_has_both_or_neither",
                condition=Q(numerator=None, denominator=None)
                | Q(numerator__isnull=False, denominator__gt=0),
            ),
        )

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.period}"


class Goal(models.Model):
    """What a body wants to reach: a figure, from where, to what, by when, and why.

    indicator: the code of a pack's indicator; own_indicator: the body's own. One of the two.
    place_kind, place, age: whom the figure is about. baseline*: the figure as it was when the goal
    was set, and `baseline_pack` the seal of the pack it came from; kept when a later pack says
    otherwise. agreement: the goal of the health agreement it is under, in words; agreement_goal:
    the same where the agreement is kept here.
    continues: the goal of a body that closed, which this one goes on with.
    """

    class Direction(models.TextChoices):
        DOWN = "down", _("ned")
        UP = "up", _("op")

    class State(models.TextChoices):
        ACTIVE = "active", _("Gælder")
        REACHED = "reached", _("Nået")
        MISSED = "missed", _("Ikke nået")
        DROPPED = "dropped", _("Opgivet")
        CARRIED = "carried", _("Ført videre")

    uid = models.UUIDField(_("nøgle"), default=uuid.uuid4, editable=False, unique=True)
    body = models.ForeignKey(
        BodyRecord, models.PROTECT, related_name="goals", verbose_name=_("organ")
    )
    title = models.CharField(_("mål"), max_length=200)
    why = models.TextField(_("hvorfor"))
    agreement = models.CharField(_("mål i sundhedsaftalen"), max_length=300, blank=True)
    agreement_goal = models.ForeignKey(
        AgreementGoal,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="served_by",
        verbose_name=_("mål i den registrerede aftale"),
    )
    group = models.CharField(_("befolkningsgruppe"), max_length=200, blank=True)
    indicator = models.CharField(_("nøgletal"), max_length=100, blank=True)
    own_indicator = models.ForeignKey(
        OwnIndicator,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="goals",
        verbose_name=_("eget nøgletal"),
    )
    place_kind = models.CharField(_("slags sted"), max_length=20)
    place = models.CharField(_("sted"), max_length=40)
    age = models.CharField(_("alder"), max_length=10, default="all")
    direction = models.CharField(_("retning"), max_length=4, choices=Direction.choices)
    baseline_period = models.CharField(_("udgangspunktets periode"), max_length=10)
    baseline = models.FloatField(_("udgangspunkt"))
    baseline_lower = models.FloatField(_("nedre grænse"), null=True, blank=True)
    baseline_upper = models.FloatField(_("øvre grænse"), null=True, blank=True)
    baseline_pack = models.CharField(_("datapakke"), max_length=80, blank=True)
    target = models.FloatField(_("måltal"))
    target_on = models.DateField(_("skal være nået"))
    owner = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="goals",
        verbose_name=_("ansvarlig"),
    )
    state = models.CharField(
        _("tilstand"), max_length=10, choices=State.choices, default=State.ACTIVE
    )
    continues = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="continued_by",
        verbose_name=_("fører videre"),
    )
    set_on = models.DateField(_("sat"))
    version = models.PositiveIntegerField(_("udgave"), default=1)
    created_at = models.DateTimeField(_("oprettet"), auto_now_add=True)
    created_by = by_whom(_("oprettet af"))

    class Meta:
        verbose_name = _("mål")
        verbose_name_plural = _("mål")
        ordering = ("body", "target_on", "pk")
        constraints = (
            models.CheckConstraint(
                name="goals_goal_has_one_indicator",
                condition=Q(own_indicator=None) & ~Q(indicator="")
                | Q(own_indicator__isnull=False, indicator=""),
            ),
            models.CheckConstraint(
                name="goals_target_lies_the_way_the_goal_points",
                condition=Q(direction="down", target__lt=F("baseline"))
                | Q(direction="up", target__gt=F("baseline")),
            ),
            models.CheckConstraint(
                name="goals_target_comes_after_it_was_set", condition=Q(target_on__gt=F("set_on"))
            ),
            models.CheckConstraint(name="goals_goal_says_why", condition=~Q(title="") & ~Q(why="")),
        )

    def __str__(self) -> str:
        return self.title

    def state_on(self, day: date) -> str:
        """Its state on a day, by what was thought of it until then."""
        told = [each for each in self.assessments.all()
                if timezone.localtime(each.at).date() <= day]  # fmt: skip
        return told[0].state if told else self.State.ACTIVE

    @property
    def is_active(self) -> bool:
        """Whether it still holds."""
        return self.state == self.State.ACTIVE


class Assessment(models.Model):
    """What somebody thought of how far a goal is. Added, never changed.

    state: what the goal's state became with it.
    """

    goal = models.ForeignKey(
        Goal, models.CASCADE, related_name="assessments", verbose_name=_("mål")
    )
    text = models.TextField(_("vurdering"))
    state = models.CharField(_("tilstand"), max_length=10, choices=Goal.State.choices)
    at = models.DateTimeField(_("hvornår"))
    by = by_whom(_("skrevet af"))

    class Meta:
        verbose_name = _("vurdering")
        verbose_name_plural = _("vurderinger")
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"
