"""What bodies decided, and what came of it. Change it through rules.py, not here."""

from __future__ import annotations

import uuid
from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from klynge.web.accounts.fields import by_whom
from klynge.web.bodies.models import BodyRecord, Organisation, Person
from klynge.web.meetings.models import Clause, Item, Meeting


class Decision(models.Model):
    """What a body agreed at one meeting, followed until it is closed.

    item, meeting: where it was decided; None for one that was brought in from before. origin says
    in words where that was. closed: for the members only; authorities_only: for those of them who
    sit for the region or a kommune; `public_text` is what others see, and may be empty.
    responsible, organisation: who sees to it. version: goes up with every change.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Åben")
        RUNNING = "running", _("I gang")
        DONE = "done", _("Gennemført")
        DROPPED = "dropped", _("Opgivet")
        REPLACED = "replaced", _("Afløst")
        HOME = "home", _("Gået hjem til en part")

    uid = models.UUIDField(_("nøgle"), default=uuid.uuid4, editable=False, unique=True)
    body = models.ForeignKey(
        BodyRecord, models.PROTECT, related_name="decisions", verbose_name=_("organ")
    )
    meeting = models.ForeignKey(
        Meeting,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name=_("møde"),
    )
    item = models.ForeignKey(
        Item,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name=_("punkt"),
    )
    clause = models.ForeignKey(
        Clause,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name=_("indstilling"),
    )
    origin = models.CharField(_("besluttet hvor"), max_length=300, blank=True)
    decided_on = models.DateField(_("besluttet"))
    text = models.TextField(_("beslutning"))
    closed = models.BooleanField(_("lukket"), default=False)
    authorities_only = models.BooleanField(_("kun for myndighederne"), default=False)
    public_text = models.TextField(_("offentlig tekst"), blank=True)
    state = models.CharField(
        _("tilstand"), max_length=10, choices=State.choices, default=State.OPEN
    )
    responsible = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name=_("ansvarlig"),
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name=_("ansvarlig organisation"),
    )
    deadline = models.DateField(_("frist"), null=True, blank=True)
    result = models.TextField(_("hvad der kom ud af det"), blank=True)
    replaced_by = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replaces",
        verbose_name=_("afløst af"),
    )
    version = models.PositiveIntegerField(_("udgave"), default=1)
    created_at = models.DateTimeField(_("registreret"), auto_now_add=True)
    created_by = by_whom(_("registreret af"))
    changed_at = models.DateTimeField(_("ændret"), auto_now=True)

    class Meta:
        verbose_name = _("beslutning")
        verbose_name_plural = _("beslutninger")
        ordering = ("-decided_on", "-pk")
        indexes = (models.Index(fields=("body", "state"), name="decisions_of_body"),)
        constraints = (
            models.CheckConstraint(name="decisions_decision_has_a_text", condition=~Q(text="")),
            models.CheckConstraint(
                name="decisions_deadline_has_somebody",
                condition=Q(deadline=None)
                | Q(responsible__isnull=False)
                | Q(organisation__isnull=False),
            ),
            models.UniqueConstraint(
                fields=("clause",),
                condition=Q(clause__isnull=False),
                name="decisions_clause_once",
            ),
            models.CheckConstraint(
                name="decisions_from_an_item_names_its_meeting",
                condition=Q(item__isnull=True) | Q(meeting__isnull=False),
            ),
            models.CheckConstraint(
                name="decisions_replaced_names_the_other",
                condition=~Q(state="replaced") | Q(replaced_by__isnull=False),
            ),
        )

    def __str__(self) -> str:
        """What may be written anywhere, an audit log included: never a closed decision's text."""
        return (self.open_text if self.is_restricted else self.text)[:200]

    @property
    def is_restricted(self) -> bool:
        """Whether not everybody may read it."""
        return self.closed or self.authorities_only

    @property
    def open_text(self) -> str:
        """What may be said of it to those who may not read it."""
        return self.public_text or str(_("Lukket beslutning"))

    @property
    def is_out(self) -> bool:
        """Whether the minutes it stands in are approved; one that was brought in is out already."""
        return self.meeting is None or self.meeting.state == Meeting.State.APPROVED

    def is_late(self, on: date) -> bool:
        """Whether it is still open after its deadline."""
        return self.is_open and self.deadline is not None and self.deadline < on

    def state_on(self, day: date) -> str:
        """Its state on a day, by what was told of it until then. Before anything was told it was
        open; one that came with its state from elsewhere has that from the first day."""
        told = list(self.follow_ups.all())
        until = [each for each in told if timezone.localtime(each.at).date() <= day]
        if until:
            return until[-1].state
        return self.State.OPEN if told else self.state

    @property
    def is_open(self) -> bool:
        """Whether it is still to be followed."""
        return self.state in (self.State.OPEN, self.State.RUNNING)


class FollowUp(models.Model):
    """What was told of a decision, and when. Added, never changed."""

    decision = models.ForeignKey(
        Decision, models.CASCADE, related_name="follow_ups", verbose_name=_("beslutning")
    )
    text = models.TextField(_("status"))
    state = models.CharField(_("ny tilstand"), max_length=10, choices=Decision.State.choices)
    at = models.DateTimeField(_("hvornår"))
    by = by_whom(_("skrevet af"))

    class Meta:
        verbose_name = _("opfølgning")
        verbose_name_plural = _("opfølgninger")
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.get_state_display()}"


class LedTo(models.Model):
    """What a decision led to: an initiative, a grant, a goal, a new item.

    kind, key: the model's label and the row's uid or number; `address` and `title` as they were.
    """

    decision = models.ForeignKey(
        Decision, models.CASCADE, related_name="led_to", verbose_name=_("beslutning")
    )
    kind = models.CharField(_("slags"), max_length=60)
    key = models.CharField(_("nøgle"), max_length=60)
    title = models.CharField(_("titel"), max_length=300)
    address = models.CharField(_("adresse"), max_length=300, blank=True)
    at = models.DateTimeField(_("hvornår"))

    class Meta:
        verbose_name = _("følge")
        verbose_name_plural = _("følger")
        ordering = ("at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("decision", "kind", "key"), name="decisions_led_to_once"
            ),
        )

    def __str__(self) -> str:
        return self.title


class TreatedAtHome(models.Model):
    """Whether a member authority's own committee or council has treated a decision.

    committee: its name. outcome: what it said. case_number: the authority's own.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Mangler")
        PLANNED = "planned", _("På vej")
        AGREED = "agreed", _("Tiltrådt")
        REFUSED = "refused", _("Ikke tiltrådt")
        NOT_NEEDED = "not_needed", _("Skal ikke behandles")

    decision = models.ForeignKey(
        Decision, models.CASCADE, related_name="at_home", verbose_name=_("beslutning")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("myndighed")
    )
    state = models.CharField(
        _("tilstand"), max_length=12, choices=State.choices, default=State.WAITING
    )
    committee = models.CharField(_("udvalg eller råd"), max_length=200, blank=True)
    treated_on = models.DateField(_("behandlet"), null=True, blank=True)
    case_number = models.CharField(_("sagsnummer"), max_length=60, blank=True)
    outcome = models.TextField(_("hvad de besluttede"), blank=True)

    class Meta:
        verbose_name = _("behandling hos myndigheden")
        verbose_name_plural = _("behandlinger hos myndighederne")
        ordering = ("organisation__name", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("decision", "organisation"), name="decisions_at_home_once"
            ),
            models.CheckConstraint(
                name="decisions_at_home_treated_has_a_day",
                condition=~Q(state__in=("agreed", "refused")) | Q(treated_on__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_state_display()}"
