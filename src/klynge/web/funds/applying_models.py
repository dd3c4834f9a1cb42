"""Calls, applications, scoring and what the body is asked to decide."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from klynge.web.bodies.models import Organisation, Person
from klynge.web.funds.classes import CLASSES
from klynge.web.initiatives.models import Initiative

MOST_POINTS = 5


class Call(models.Model):
    """A round in which applications for a pool's money can be sent."""

    pool = models.ForeignKey(
        "funds.Pool", models.PROTECT, related_name="calls", verbose_name=_("pulje")
    )
    title = models.CharField(_("titel"), max_length=200)
    text = models.TextField(_("hvad der kan søges til"))
    opens_on = models.DateField(_("åbner"))
    deadline = models.DateField(_("frist"))
    amount = models.BigIntegerField(_("øre til rådighed"))
    most = models.BigIntegerField(_("højst pr. ansøgning, øre"), null=True, blank=True)
    own_share = models.PositiveSmallIntegerField(_("egenfinansiering, procent"), default=0)
    scored_by = models.DateField(_("vurderes senest"), null=True, blank=True)
    decided_on = models.DateField(_("behandles den"), null=True, blank=True)
    created_at = models.DateTimeField(_("oprettet"))

    class Meta:
        verbose_name = _("ansøgningsrunde")
        verbose_name_plural = _("ansøgningsrunder")
        ordering = ("-deadline", "-pk")
        constraints = (
            models.CheckConstraint(
                name="funds_call_days_in_order", condition=Q(deadline__gte=F("opens_on"))
            ),
            models.CheckConstraint(
                name="funds_call_amounts_are_money",
                condition=Q(amount__gt=0) & (Q(most=None) | Q(most__gt=0)),
            ),
            models.CheckConstraint(
                name="funds_call_own_share_is_a_share", condition=Q(own_share__lt=100)
            ),
        )

    def __str__(self) -> str:
        return self.title


class Criterion(models.Model):
    """What applications of a call are scored by; `weight` is how much it counts."""

    call = models.ForeignKey(
        Call, models.CASCADE, related_name="criteria", verbose_name=_("ansøgningsrunde")
    )
    name = models.CharField(_("kriterium"), max_length=200)
    asks = models.CharField(_("spørgsmål"), max_length=300, blank=True)
    weight = models.PositiveSmallIntegerField(_("vægt"), default=1)
    position = models.PositiveSmallIntegerField(_("plads"))

    class Meta:
        verbose_name = _("kriterium")
        verbose_name_plural = _("kriterier")
        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(fields=("call", "name"), name="funds_criterion_once"),
            models.CheckConstraint(name="funds_criterion_counts", condition=Q(weight__gt=0)),
        )

    def __str__(self) -> str:
        return self.name


class Application(models.Model):
    """What somebody asks money for. A draft may be unfinished; what is sent stands as it is."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Kladde")
        SENT = "sent", _("Sendt")
        WITHDRAWN = "withdrawn", _("Trukket tilbage")
        REFUSED = "refused", _("Afslag")
        GRANTED = "granted", _("Bevilget")

    class TargetGroup(models.TextChoices):
        FRAIL = "frail", _("Ældre medicinske patienter")
        CHRONIC = "chronic", _("Mennesker med kronisk sygdom")
        PSYCHIATRY = "psychiatry", _("Mennesker med psykisk lidelse, også med dobbeltdiagnose")
        YOUNG = "young", _("Børn og unge")
        OTHER = "other", _("Andre")

    call = models.ForeignKey(
        Call, models.PROTECT, related_name="applications", verbose_name=_("ansøgningsrunde")
    )
    title = models.CharField(_("titel"), max_length=200)
    applicant = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="applications",
        verbose_name=_("ansøger"),
    )
    initiative = models.ForeignKey(
        Initiative,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="applications",
        verbose_name=_("initiativ"),
    )
    place_kind = models.CharField(_("slags sted"), max_length=20, blank=True)
    place = models.CharField(_("sted"), max_length=40, blank=True)
    target_group = models.CharField(
        _("målgruppe"), max_length=12, choices=TargetGroup.choices, blank=True
    )
    first_day = models.DateField(_("begynder"), null=True, blank=True)
    last_day = models.DateField(_("slutter"), null=True, blank=True)
    need = models.TextField(_("behov"), blank=True)
    work = models.TextField(_("hvad der skal ske"), blank=True)
    effect = models.TextField(_("forventet virkning"), blank=True)
    afterwards = models.TextField(_("efter projektet"), blank=True)
    requested = models.BigIntegerField(_("ansøgt, øre"), null=True, blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.DRAFT
    )
    reason = models.CharField(_("begrundelse"), max_length=300, blank=True)
    decision = models.CharField(_("besluttet"), max_length=300, blank=True)
    decided_on = models.DateField(_("besluttet den"), null=True, blank=True)
    created_at = models.DateTimeField(_("oprettet"))
    changed_at = models.DateTimeField(_("ændret"))
    sent_at = models.DateTimeField(_("sendt"), null=True, blank=True)

    class Meta:
        verbose_name = _("ansøgning")
        verbose_name_plural = _("ansøgninger")
        ordering = ("title", "pk")
        constraints = (
            models.CheckConstraint(
                name="funds_application_sent_is_whole",
                condition=Q(status__in=("draft", "withdrawn"))
                | Q(
                    applicant__isnull=False,
                    requested__gt=0,
                    sent_at__isnull=False,
                    first_day__isnull=False,
                    last_day__gte=F("first_day"),
                )
                & ~Q(target_group=""),
            ),
            models.CheckConstraint(
                name="funds_application_decided_by_a_decision",
                condition=~Q(status__in=("granted", "refused"))
                | Q(decided_on__isnull=False) & ~Q(decision=""),
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def is_draft(self) -> bool:
        return self.status == self.Status.DRAFT

    @property
    def is_sent(self) -> bool:
        return self.status == self.Status.SENT


class TeamMember(models.Model):
    """A user who works on an application: sees it, changes the draft, and never scores it."""

    application = models.ForeignKey(
        Application, models.CASCADE, related_name="team", verbose_name=_("ansøgning")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("bruger")
    )

    class Meta:
        verbose_name = _("medarbejder på ansøgning")
        verbose_name_plural = _("medarbejdere på ansøgning")
        constraints = (
            models.UniqueConstraint(fields=("application", "user"), name="funds_team_once"),
        )

    def __str__(self) -> str:
        return f"{self.application_id}: {self.user_id}"


class Partner(models.Model):
    """An organisation that takes part; own_money: what it pays itself, in øre."""

    application = models.ForeignKey(
        Application, models.CASCADE, related_name="partners", verbose_name=_("ansøgning")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    role = models.CharField(_("rolle"), max_length=200, blank=True)
    own_money = models.BigIntegerField(_("egenfinansiering, øre"), default=0)

    class Meta:
        verbose_name = _("part")
        verbose_name_plural = _("parter")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("application", "organisation"), name="funds_partner_once"
            ),
            models.CheckConstraint(name="funds_partner_pays_or_not", condition=Q(own_money__gte=0)),
        )

    def __str__(self) -> str:
        return str(self.organisation)


class BudgetLine(models.Model):
    """One line of a budget: what it costs, how it is classed, and how much of it is applied for."""

    application = models.ForeignKey(
        Application, models.CASCADE, related_name="budget", verbose_name=_("ansøgning")
    )
    text = models.CharField(_("tekst"), max_length=200)
    kind = models.CharField(_("slags udgift"), max_length=20, choices=CLASSES)
    cost = models.BigIntegerField(_("udgift, øre"))
    applied = models.BigIntegerField(_("heraf ansøgt, øre"))
    position = models.PositiveSmallIntegerField(_("plads"))

    class Meta:
        verbose_name = _("budgetlinje")
        verbose_name_plural = _("budgetlinjer")
        ordering = ("position", "pk")
        constraints = (
            models.CheckConstraint(
                name="funds_budget_line_is_a_cost",
                condition=Q(cost__gt=0, applied__gte=0, applied__lte=F("cost")),
            ),
        )

    def __str__(self) -> str:
        return self.text


class Declaration(models.Model):
    """That somebody does not take part in deciding on an application. Added, never removed.

    declared: said by the person; otherwise found by the rules when they tried to score.
    """

    application = models.ForeignKey(
        Application, models.PROTECT, related_name="declarations", verbose_name=_("ansøgning")
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("person"))
    reason = models.CharField(_("begrundelse"), max_length=300)
    declared = models.BooleanField(_("meldt selv"), default=True)
    recorded_at = models.DateTimeField(_("registreret"))

    class Meta:
        verbose_name = _("inhabilitet")
        verbose_name_plural = _("inhabilitet")
        ordering = ("recorded_at", "pk")
        constraints = (
            models.UniqueConstraint(fields=("application", "person"), name="funds_declared_once"),
            models.CheckConstraint(name="funds_declaration_has_a_reason", condition=~Q(reason="")),
        )

    def __str__(self) -> str:
        return f"{self.person_id}: {self.application_id}"


class Score(models.Model):
    """One member's points for an application on one criterion, 0 to 5."""

    application = models.ForeignKey(
        Application, models.PROTECT, related_name="scores", verbose_name=_("ansøgning")
    )
    criterion = models.ForeignKey(
        Criterion, models.PROTECT, related_name="scores", verbose_name=_("kriterium")
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("person"))
    points = models.PositiveSmallIntegerField(_("point"))
    comment = models.TextField(_("bemærkning"), blank=True)
    recorded_at = models.DateTimeField(_("registreret"))

    class Meta:
        verbose_name = _("vurdering")
        verbose_name_plural = _("vurderinger")
        ordering = ("criterion", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("application", "criterion", "person"), name="funds_scored_once"
            ),
            models.CheckConstraint(
                name="funds_score_is_on_the_scale", condition=Q(points__lte=MOST_POINTS)
            ),
        )

    def __str__(self) -> str:
        return f"{self.application_id}: {self.points}"


class Recommendation(models.Model):
    """What the secretariat recommends the body to give an application; 0 is a refusal."""

    application = models.OneToOneField(
        Application, models.PROTECT, related_name="recommendation", verbose_name=_("ansøgning")
    )
    amount = models.BigIntegerField(_("indstillet, øre"))
    text = models.TextField(_("begrundelse"))
    recorded_at = models.DateTimeField(_("registreret"))

    class Meta:
        verbose_name = _("indstilling")
        verbose_name_plural = _("indstillinger")
        constraints = (
            models.CheckConstraint(
                name="funds_recommendation_is_an_amount",
                condition=Q(amount__gte=0) & ~Q(text=""),
            ),
        )

    def __str__(self) -> str:
        return f"{self.application_id}: {self.amount}"


class Stance(models.Model):
    """Whether a member agrees with the recommendation for one application."""

    application = models.ForeignKey(
        Application, models.PROTECT, related_name="stances", verbose_name=_("ansøgning")
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("person"))
    agrees = models.BooleanField(_("enig"))
    comment = models.CharField(_("bemærkning"), max_length=500, blank=True)
    recorded_at = models.DateTimeField(_("registreret"))

    class Meta:
        verbose_name = _("tilkendegivelse")
        verbose_name_plural = _("tilkendegivelser")
        ordering = ("recorded_at", "pk")
        constraints = (
            models.UniqueConstraint(fields=("application", "person"), name="funds_stance_once"),
            models.CheckConstraint(
                name="funds_disagreement_is_explained", condition=Q(agrees=True) | ~Q(comment="")
            ),
        )

    def __str__(self) -> str:
        return f"{self.application_id}: {self.agrees}"
