"""Agreements and plans on their way, their texts, goals and hearings. Change through rules.py."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from klynge import structure
from klynge.web.accounts.fields import by_whom
from klynge.web.agreements.hearing_models import (  # noqa: F401
    Answer,
    AnswerFile,
    Hearing,
    HearingParty,
    SynopsisPoint,
)
from klynge.web.bodies.models import BodyRecord


class Process(models.Model):
    """An agreement or plan from its first step until it no longer holds.

    kind: an id of `structure.process_kinds`. place_kind, place: the region or sundhedsråd.
    kommuner: the codes of the municipalities that are party to it. holds_*: when it holds.
    note: what anybody must know of it, such as that its text is invented.
    """

    class State(models.TextChoices):
        RUNNING = "running", _("Undervejs")
        HOLDS = "holds", _("Gælder")
        ENDED = "ended", _("Afsluttet")
        CARRIED = "carried", _("Ført videre")

    uid = models.UUIDField(_("nøgle"), default=uuid.uuid4, editable=False, unique=True)
    kind = models.CharField(_("slags"), max_length=40)
    body = models.ForeignKey(
        BodyRecord, models.PROTECT, related_name="agreements", verbose_name=_("organ")
    )
    place_kind = models.CharField(_("slags sted"), max_length=20)
    place = models.CharField(_("sted"), max_length=40)
    title = models.CharField(_("navn"), max_length=200)
    one_a_term = models.BooleanField(_("én i hver valgperiode"), default=False)
    term_start = models.DateField(_("valgperioden begynder"))
    term_end = models.DateField(_("valgperioden slutter"))
    holds_from = models.DateField(_("gælder fra"))
    holds_to = models.DateField(_("gælder til"))
    kommuner = models.JSONField(_("kommuner"), default=list, blank=True)
    note = models.CharField(_("bemærkning"), max_length=300, blank=True)
    state = models.CharField(
        _("tilstand"), max_length=10, choices=State.choices, default=State.RUNNING
    )
    continues = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="continued_by",
        verbose_name=_("fører videre"),
    )
    ended_because = models.CharField(_("hvorfor den er afsluttet"), max_length=300, blank=True)
    version = models.PositiveIntegerField(_("udgave"), default=1)
    created_at = models.DateTimeField(_("oprettet"))
    created_by = by_whom(_("oprettet af"))

    class Meta:
        verbose_name = _("aftale eller plan")
        verbose_name_plural = _("aftaler og planer")
        ordering = ("-term_start", "title", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "place", "term_start"),
                condition=Q(one_a_term=True, state__in=("running", "holds")),
                name="agreements_one_of_a_kind_in_a_term",
            ),
            models.CheckConstraint(
                name="agreements_days_are_in_order",
                condition=Q(term_end__gte=F("term_start")) & Q(holds_to__gte=F("holds_from")),
            ),
            models.CheckConstraint(name="agreements_has_a_title", condition=~Q(title="")),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether anything more is to happen to it."""
        return self.state in (self.State.RUNNING, self.State.HOLDS)

    @property
    def rule(self) -> structure.ProcessKind:
        """What the law says of its kind."""
        return structure.process_kind(self.kind)


class ProcessStep(models.Model):
    """One step of a process. step: its id in `structure.process_steps`.

    year: of one that comes every year; 0 for the others. moved_to: a deadline settled for this
    process alone, and why. early_because: why it was done before what should come first.
    dropped: it will not be done, as `note` tells.
    """

    process = models.ForeignKey(
        Process, models.CASCADE, related_name="steps", verbose_name=_("aftale eller plan")
    )
    step = models.CharField(_("skridt"), max_length=40)
    year = models.PositiveSmallIntegerField(_("år"), default=0)
    moved_to = models.DateField(_("fristen er flyttet til"), null=True, blank=True)
    moved_because = models.CharField(_("hvorfor fristen er flyttet"), max_length=300, blank=True)
    done_on = models.DateField(_("gjort"), null=True, blank=True)
    dropped = models.BooleanField(_("gøres ikke"), default=False)
    early_because = models.CharField(_("hvorfor før tiden"), max_length=300, blank=True)
    note = models.CharField(_("bemærkning"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("skridt")
        verbose_name_plural = _("skridt")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("process", "step", "year"), name="agreements_step_once"
            ),
            models.CheckConstraint(
                name="agreements_moved_deadline_says_why",
                condition=Q(moved_to=None, moved_because="")
                | Q(moved_to__isnull=False) & ~Q(moved_because=""),
            ),
            models.CheckConstraint(
                name="agreements_step_is_done_or_dropped",
                condition=Q(dropped=False) | Q(done_on=None) & ~Q(note=""),
            ),
        )

    def __str__(self) -> str:
        return f"{self.step} {self.year or ''}".strip()

    @property
    def key(self) -> tuple[str, int]:
        """As `klynge.structure` knows it."""
        return self.step, self.year


class AgreementText(models.Model):
    """One version of the text. Added, never changed."""

    process = models.ForeignKey(
        Process, models.CASCADE, related_name="texts", verbose_name=_("aftale eller plan")
    )
    number = models.PositiveSmallIntegerField(_("version"))
    text = models.TextField(_("tekst"))
    change = models.CharField(_("hvad der er nyt"), max_length=300)
    at = models.DateTimeField(_("hvornår"))
    by = by_whom(_("skrevet af"))

    class Meta:
        verbose_name = _("tekst")
        verbose_name_plural = _("tekster")
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=("process", "number"), name="agreements_version_once"),
            models.CheckConstraint(
                name="agreements_version_says_something", condition=~Q(text="") & ~Q(change="")
            ),
        )

    def __str__(self) -> str:
        return str(_("version {n}").format(n=self.number))


class AgreementGoal(models.Model):
    """A goal of an agreement. A changed goal ends, and a new one of the same number begins."""

    process = models.ForeignKey(
        Process, models.CASCADE, related_name="goals", verbose_name=_("aftale eller plan")
    )
    number = models.PositiveSmallIntegerField(_("nummer"))
    title = models.CharField(_("mål"), max_length=200)
    text = models.TextField(_("hvad det går ud på"), blank=True)
    group = models.CharField(_("befolkningsgruppe"), max_length=200, blank=True)
    valid_from = models.DateField(_("fra"))
    valid_to = models.DateField(_("til"), null=True, blank=True)
    at = models.DateTimeField(_("registreret"))
    by = by_whom(_("skrevet af"))

    class Meta:
        verbose_name = _("mål i aftalen")
        verbose_name_plural = _("mål i aftalen")
        ordering = ("number", "valid_from", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("process", "number"),
                condition=Q(valid_to=None),
                name="agreements_one_goal_of_a_number",
            ),
            models.CheckConstraint(name="agreements_goal_has_a_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="agreements_goal_does_not_end_before_it_begins",
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class Adoption(models.Model):
    """What one council decided of one version.

    council_kind, council: the region's or kommune's code, or the sundhedsråd itself.
    """

    class Outcome(models.TextChoices):
        ADOPTED = "adopted", _("Vedtaget")
        REMARKS = "remarks", _("Vedtaget med bemærkninger")
        REFUSED = "refused", _("Ikke vedtaget")

    process = models.ForeignKey(
        Process, models.CASCADE, related_name="adoptions", verbose_name=_("aftale eller plan")
    )
    text = models.ForeignKey(
        AgreementText, models.PROTECT, related_name="adoptions", verbose_name=_("version")
    )
    council_kind = models.CharField(_("slags råd"), max_length=20)
    council = models.CharField(_("råd"), max_length=40)
    outcome = models.CharField(_("udfald"), max_length=10, choices=Outcome.choices)
    decided_on = models.DateField(_("besluttet"))
    note = models.CharField(_("bemærkning"), max_length=500, blank=True)
    at = models.DateTimeField(_("registreret"))
    by = by_whom(_("registreret af"))
    replaced_at = models.DateTimeField(_("rettet"), null=True, blank=True)

    class Meta:
        verbose_name = _("vedtagelse")
        verbose_name_plural = _("vedtagelser")
        ordering = ("council_kind", "council", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("text", "council_kind", "council"),
                condition=Q(replaced_at=None),
                name="agreements_one_decision_of_a_council",
            ),
        )

    def __str__(self) -> str:
        return f"{self.council_kind} {self.council}"
