"""What is tried, where, for whom and how far it is. Change it through rules.py, not here."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from klynge.web.accounts.fields import by_whom
from klynge.web.bodies.models import BodyRecord, Organisation, Person
from klynge.web.decisions.models import Decision
from klynge.web.goals.models import Goal


class TargetGroup(models.TextChoices):
    """Whom it is for: the groups a klynge answers for."""

    FRAIL = "frail", _("Ældre og skrøbelige borgere")
    CHRONIC = "chronic", _("Borgere med kronisk sygdom")
    PSYCHIATRY = "psychiatry", _("Borgere med psykisk lidelse")
    DOUBLE = "double", _("Borgere med psykisk lidelse og rusmiddelproblemer")
    YOUNG = "young", _("Børn og unge")
    OTHER = "other", _("Andre")


class Crossing(models.TextChoices):
    """Between which sectors the pathway it mends goes."""

    PRACTICE_HOSPITAL = "practice_hospital", _("Almen praksis og hospital")
    HOSPITAL_KOMMUNE = "hospital_kommune", _("Hospital og kommune")
    PRACTICE_KOMMUNE = "practice_kommune", _("Almen praksis og kommune")
    PSYCHIATRY_KOMMUNE = "psychiatry_kommune", _("Psykiatri og kommune")
    PSYCHIATRY_PRACTICE = "psychiatry_practice", _("Psykiatri og almen praksis")
    SOMATIC_PSYCHIATRY = "somatic_psychiatry", _("Somatik og psykiatri")
    HOME_HOSPITAL = "home_hospital", _("Hjem og hospital")


class Initiative(models.Model):
    """One initiative, from the need that began it to what came of it.

    need, origin: why, and what began it: a figure, a case, somebody's wish. need_*: the figure
    that was on the table, with the seal of its pack. groups, crossings: ids of `TargetGroup` and
    `Crossing`. starts_on: from which day it changed anything for citizens; the effect is judged
    from then. effect_indicator, effect_age: the pack's figure the effect is judged by; better: the
    way it should go. adopted_from: the model it follows, of another body. continues: the initiative
    of a body that closed, which this one goes on with.
    """

    class State(models.TextChoices):
        NEED = "need", _("Behov")
        IDEA = "idea", _("Idé")
        PROPOSAL = "proposal", _("Forslag")
        DECIDED = "decided", _("Besluttet")
        RUNNING = "running", _("I gang")
        EVALUATED = "evaluated", _("Evalueret")
        SPREAD = "spread", _("Udbredt")
        STOPPED = "stopped", _("Stoppet")
        CARRIED = "carried", _("Ført videre")

    class Origin(models.TextChoices):
        FIGURE = "figure", _("Et tal")
        CASE = "case", _("En konkret sag")
        WISH = "wish", _("Et ønske fra et medlem")
        MODEL = "model", _("En model fra et andet sted")

    uid = models.UUIDField(_("nøgle"), default=uuid.uuid4, editable=False, unique=True)
    body = models.ForeignKey(
        BodyRecord, models.PROTECT, related_name="initiatives", verbose_name=_("organ")
    )
    title = models.CharField(_("titel"), max_length=200)
    state = models.CharField(
        _("tilstand"), max_length=10, choices=State.choices, default=State.NEED
    )
    origin = models.CharField(_("begyndte med"), max_length=10, choices=Origin.choices)
    need = models.TextField(_("behov"))
    need_indicator = models.CharField(_("tallet"), max_length=100, blank=True)
    need_place_kind = models.CharField(_("tallets slags sted"), max_length=20, blank=True)
    need_place = models.CharField(_("tallets sted"), max_length=40, blank=True)
    need_period = models.CharField(_("tallets periode"), max_length=10, blank=True)
    need_age = models.CharField(_("tallets alder"), max_length=10, default="all")
    need_pack = models.CharField(_("tallets datapakke"), max_length=80, blank=True)
    purpose = models.TextField(_("formål"), blank=True)
    pathway = models.TextField(_("forløb"), blank=True)
    equality = models.TextField(_("lighed i sundhed"), blank=True)
    groups = models.JSONField(_("målgrupper"), default=list)
    crossings = models.JSONField(_("overgange"), default=list)
    decided_by = models.CharField(_("hvem beslutter"), max_length=200, blank=True)
    leader = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="initiatives",
        verbose_name=_("projektleder"),
    )
    group_task = models.TextField(_("arbejdsgruppens kommissorium"), blank=True)
    starts_on = models.DateField(_("begynder"), null=True, blank=True)
    ends_on = models.DateField(_("slutter"), null=True, blank=True)
    economy = models.TextField(_("økonomi"), blank=True)
    place_kind = models.CharField(_("slags sted"), max_length=20)
    place = models.CharField(_("sted"), max_length=40)
    effect_indicator = models.CharField(_("effekten måles på"), max_length=100, blank=True)
    effect_age = models.CharField(_("effektens alder"), max_length=10, default="all")
    report_every = models.PositiveSmallIntegerField(_("dage mellem statusser"), default=90)
    goals = models.ManyToManyField(
        Goal, related_name="initiatives", blank=True, verbose_name=_("mål")
    )
    adopted_from = models.ForeignKey(
        "initiatives.Model",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="adoptions",
        verbose_name=_("følger modellen"),
    )
    continues = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="continued_by",
        verbose_name=_("fører videre"),
    )
    version = models.PositiveIntegerField(_("udgave"), default=1)
    created_at = models.DateTimeField(_("oprettet"), auto_now_add=True)
    created_by = by_whom(_("oprettet af"))

    class Meta:
        verbose_name = _("initiativ")
        verbose_name_plural = _("initiativer")
        ordering = ("title", "pk")
        constraints = (
            models.CheckConstraint(
                name="initiatives_says_what_and_why", condition=~Q(title="") & ~Q(need="")
            ),
            models.CheckConstraint(
                name="initiatives_ends_after_it_starts",
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_on__gt=F("starts_on")),
            ),
            models.CheckConstraint(
                name="initiatives_running_has_a_start_and_a_leader",
                condition=~Q(state="running") | Q(starts_on__isnull=False, leader__isnull=False),
            ),
            models.CheckConstraint(
                name="initiatives_figure_comes_with_its_pack",
                condition=Q(need_indicator="") | ~Q(need_pack=""),
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether it is still to be followed."""
        return self.state in OPEN


OPEN = (
    Initiative.State.NEED,
    Initiative.State.IDEA,
    Initiative.State.PROPOSAL,
    Initiative.State.DECIDED,
    Initiative.State.RUNNING,
    Initiative.State.EVALUATED,
)


class Step(models.Model):
    """That an initiative went from one state to another, why, and by which decision."""

    initiative = models.ForeignKey(
        Initiative, models.CASCADE, related_name="steps", verbose_name=_("initiativ")
    )
    state = models.CharField(_("blev"), max_length=10, choices=Initiative.State.choices)
    why = models.TextField(_("hvorfor"), blank=True)
    decision = models.ForeignKey(
        Decision,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="initiative_steps",
        verbose_name=_("beslutning"),
    )
    at = models.DateTimeField(_("hvornår"))
    by = by_whom(_("af"))

    class Meta:
        verbose_name = _("skridt")
        verbose_name_plural = _("skridt")
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.get_state_display()}"


class Partner(models.Model):
    """Who takes part, as what."""

    initiative = models.ForeignKey(
        Initiative, models.CASCADE, related_name="partners", verbose_name=_("initiativ")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    role = models.CharField(_("rolle"), max_length=200)

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partnere")
        ordering = ("organisation__name", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("initiative", "organisation"), name="initiatives_partner_once"
            ),
        )

    def __str__(self) -> str:
        return str(self.organisation)


class GroupMember(models.Model):
    """Somebody in the initiative's working group."""

    initiative = models.ForeignKey(
        Initiative, models.CASCADE, related_name="group_members", verbose_name=_("initiativ")
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("person"))
    role = models.CharField(_("rolle"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("medlem af arbejdsgruppen")
        verbose_name_plural = _("arbejdsgruppen")
        ordering = ("person__sort_key", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("initiative", "person"), name="initiatives_in_the_group_once"
            ),
        )

    def __str__(self) -> str:
        return str(self.person_id)


class Milestone(models.Model):
    """Something that is to be done by a day."""

    initiative = models.ForeignKey(
        Initiative, models.CASCADE, related_name="milestones", verbose_name=_("initiativ")
    )
    title = models.CharField(_("milepæl"), max_length=200)
    due_on = models.DateField(_("senest"))
    done_on = models.DateField(_("nået"), null=True, blank=True)

    class Meta:
        verbose_name = _("milepæl")
        verbose_name_plural = _("milepæle")
        ordering = ("due_on", "pk")

    def __str__(self) -> str:
        return self.title


class Risk(models.Model):
    """What may go wrong, how likely and how bad it is, and what is done about it."""

    class Size(models.IntegerChoices):
        SMALL = 1, _("lille")
        MIDDLE = 2, _("middel")
        LARGE = 3, _("stor")

    initiative = models.ForeignKey(
        Initiative, models.CASCADE, related_name="risks", verbose_name=_("initiativ")
    )
    text = models.CharField(_("risiko"), max_length=300)
    likely = models.PositiveSmallIntegerField(_("sandsynlighed"), choices=Size.choices)
    bad = models.PositiveSmallIntegerField(_("konsekvens"), choices=Size.choices)
    answer = models.CharField(_("hvad gøres der"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("risiko")
        verbose_name_plural = _("risici")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.text

    @property
    def size(self) -> int:
        """From 1 to 9."""
        return int(self.likely * self.bad)


class StatusReport(models.Model):
    """How an initiative is going, told at one moment. Added, never changed."""

    class Going(models.TextChoices):
        WELL = "well", _("Efter planen")
        CARE = "care", _("Kræver opmærksomhed")
        STUCK = "stuck", _("Går ikke som det skal")

    initiative = models.ForeignKey(
        Initiative, models.CASCADE, related_name="reports", verbose_name=_("initiativ")
    )
    going = models.CharField(_("hvordan går det"), max_length=10, choices=Going.choices)
    text = models.TextField(_("status"))
    effect = models.JSONField(_("effekten, som den så ud"), default=dict, blank=True)
    at = models.DateTimeField(_("hvornår"))
    by = by_whom(_("skrevet af"))

    class Meta:
        verbose_name = _("status")
        verbose_name_plural = _("statusser")
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.get_going_display()}"


class Model(models.Model):
    """A model for better pathways that a body has agreed on and published for others to follow.

    One version; a new one is a new row. Added, never changed.
    """

    uid = models.UUIDField(_("nøgle"), default=uuid.uuid4, editable=False, unique=True)
    initiative = models.ForeignKey(
        Initiative, models.PROTECT, related_name="models", verbose_name=_("initiativ")
    )
    number = models.PositiveSmallIntegerField(_("version"))
    title = models.CharField(_("titel"), max_length=200)
    what = models.TextField(_("hvad modellen er"))
    who = models.TextField(_("hvem gør hvad"))
    needs = models.TextField(_("hvad den kræver"), blank=True)
    learnt = models.TextField(_("hvad der er lært"), blank=True)
    published_at = models.DateTimeField(_("udgivet"))
    published_by = by_whom(_("udgivet af"))

    class Meta:
        verbose_name = _("forløbsmodel")
        verbose_name_plural = _("forløbsmodeller")
        ordering = ("title", "-number")
        constraints = (
            models.UniqueConstraint(
                fields=("initiative", "number"), name="initiatives_model_version_once"
            ),
            models.CheckConstraint(
                name="initiatives_model_says_what",
                condition=~Q(title="") & ~Q(what="") & ~Q(who=""),
            ),
        )

    def __str__(self) -> str:
        return self.title
