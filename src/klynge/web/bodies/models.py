"""People, bodies, and who sits where: in two times, so that nothing is ever overwritten.

`valid_from` and `valid_to` are the days something holds (both inclusive); `recorded_from` and
`recorded_to` are the time in which we took it to be so (the end not included). A change closes
the recorded row and adds a new one with the same `key`. Change through rules.py, not here; read
with history.py.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from klynge.web.accounts.fields import by_whom
from klynge.web.bodies.danish import danish_order
from klynge.web.bodies.handover_models import BodyLink, Handover, HandoverChoice  # noqa: F401
from klynge.web.bodies.secretariat_models import (  # noqa: F401
    Secretariat,
    SecretariatAgreement,
    SecretariatService,
    SecretariatShare,
)

FILLS_NO_SEAT = ("stedfortraeder", "observatoer", "bisidder", "sekretariat")
ONE_PER_REGION = ("regionsraadsformand",)
ONE_PER_KOMMUNE = ("borgmester",)


class Organisation(models.Model):
    """Somebody a member can represent: a region, a kommune, a hospital, PLO, an association."""

    class Kind(models.TextChoices):
        REGION = "region", _("Region")
        KOMMUNE = "kommune", _("Kommune")
        HOSPITAL = "hospital", _("Hospital")
        PSYKIATRI = "psykiatri", _("Psykiatri")
        PLO = "plo", _("PLO")
        PATIENTORGANISATION = "patientorganisation", _("Patientorganisation")
        KKR = "kkr", _("KKR")
        KL = "kl", _("KL")
        SEKRETARIAT = "sekretariat", _("Sekretariat")
        ANDET = "andet", _("Anden organisation")

    kind = models.CharField(_("slags"), max_length=20, choices=Kind.choices)
    name = models.CharField(_("navn"), max_length=200)
    place_kind = models.CharField(_("slags sted"), max_length=20, blank=True)
    place = models.CharField(_("sted"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisationer")
        ordering = ("name", "pk")
        constraints = (
            models.UniqueConstraint(fields=("kind", "name"), name="bodies_organisation_once"),
            models.CheckConstraint(
                name="bodies_organisation_place_has_a_kind",
                condition=Q(place_kind="", place="") | (~Q(place_kind="") & ~Q(place="")),
            ),
            models.CheckConstraint(
                name="bodies_organisation_has_a_name", condition=~Q(name="") & ~Q(kind="")
            ),
        )

    def __str__(self) -> str:
        return self.name


class Person(models.Model):
    """Somebody who sits in bodies. Only the name, which is public; the rest is in `Contact`.

    user: who the person is when logged in; None for somebody without a log-in.
    """

    name = models.CharField(_("navn"), max_length=200)
    sort_key = models.CharField(max_length=220, editable=False, db_index=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="person",
        verbose_name=_("bruger"),
    )
    created_at = models.DateTimeField(_("oprettet"), auto_now_add=True)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("personer")
        ordering = ("sort_key", "pk")
        constraints = (
            models.CheckConstraint(name="bodies_person_has_a_name", condition=~Q(name="")),
        )

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_key = danish_order(self.name)
        super().save(*args, **kwargs)


class FormerName(models.Model):
    """What a person was called here before; added when the name is changed, never removed."""

    person = models.ForeignKey(
        Person, models.CASCADE, related_name="former_names", verbose_name=_("person")
    )
    name = models.CharField(_("navn"), max_length=200)
    reason = models.CharField(_("begrundelse"), max_length=300)
    recorded_to = models.DateTimeField(_("registreret indtil"))

    class Meta:
        verbose_name = _("tidligere navn")
        verbose_name_plural = _("tidligere navne")
        ordering = ("-recorded_to", "-pk")

    def __str__(self) -> str:
        return self.name


class Contact(models.Model):
    """How the secretariat reaches a person. Never public, never exported."""

    person = models.OneToOneField(
        Person, models.CASCADE, related_name="contact", verbose_name=_("person")
    )
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telefon"), max_length=40, blank=True)
    note = models.CharField(_("bemærkning"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("kontaktoplysninger")
        verbose_name_plural = _("kontaktoplysninger")

    def __str__(self) -> str:
        return str(_("kontaktoplysninger"))


class BodyRecord(models.Model):
    """A body that members are recorded for.

    Which bodies there are follows from `klynge.structure`; a record is made when the first member,
    agreement or document is. `kind` and `place` are structure's own ids.
    """

    kind = models.CharField(_("slags"), max_length=40)
    place_kind = models.CharField(_("slags sted"), max_length=20)
    place = models.CharField(_("sted"), max_length=40)
    name = models.CharField(_("navn"), max_length=200)
    valid_from = models.DateField(_("fra"))
    valid_to = models.DateField(_("til"), null=True, blank=True)

    class Meta:
        verbose_name = _("organ")
        verbose_name_plural = _("organer")
        constraints = (
            models.UniqueConstraint(fields=("kind", "place"), name="bodies_body_once"),
            models.CheckConstraint(
                name="bodies_body_does_not_end_before_it_starts",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
        )

    def __str__(self) -> str:
        return self.name


class RecordedQuerySet(models.QuerySet[Any]):
    """Rows in two times."""

    def known_at(self, moment: Any = None) -> RecordedQuerySet:
        """What was taken to be so at `moment`; None is now. Rows taken back are left out."""
        if moment is None:
            return self.filter(recorded_to=None, void=False)
        known = Q(recorded_to=None) | Q(recorded_to__gt=moment)
        return self.filter(known, recorded_from__lte=moment, void=False)

    def valid_on(self, day: Any) -> RecordedQuerySet:
        """What holds on `day`."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)


def _in_two_times(name: str) -> tuple[models.BaseConstraint, ...]:
    """The constraints of a table whose rows are never overwritten."""
    return (
        models.UniqueConstraint(
            fields=("key",), condition=Q(recorded_to=None), name=f"bodies_{name}_one_row_is_current"
        ),
        models.CheckConstraint(
            name=f"bodies_{name}_valid_days_in_order",
            condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
        ),
        models.CheckConstraint(
            name=f"bodies_{name}_recorded_in_order",
            condition=Q(recorded_to__isnull=True) | Q(recorded_to__gt=F("recorded_from")),
        ),
    )


class Recorded(models.Model):
    """A row in two times. `void`: taken back, because it should never have been recorded."""

    class Change(models.TextChoices):
        ADDED = "added", _("Registreret")
        ENDED = "ended", _("Ophørt")
        CORRECTED = "corrected", _("Rettet")
        VOIDED = "voided", _("Trukket tilbage")

    key = models.UUIDField(_("nøgle"), default=uuid.uuid4, editable=False, db_index=True)
    valid_from = models.DateField(_("fra"))
    valid_to = models.DateField(_("til"), null=True, blank=True)
    recorded_from = models.DateTimeField(_("registreret"))
    recorded_to = models.DateTimeField(_("registreret indtil"), null=True, blank=True)
    recorded_by = by_whom(_("registreret af"))
    change = models.CharField(_("ændring"), max_length=10, choices=Change.choices)
    reason = models.CharField(_("begrundelse"), max_length=300, blank=True)
    void = models.BooleanField(_("trukket tilbage"), default=False)

    objects = RecordedQuerySet.as_manager()

    class Meta:
        abstract = True

    def holds_on(self, day: Any) -> bool:
        """Does it hold on that day?"""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class Membership(Recorded):
    """That a person sits in a body for somebody, in a role, from a day to a day.

    party, role, office, area, organisation and appointer are ids of `klynge.structure.words`.
    deputy_for: the `key` of the membership this one stands in for.
    """

    body = models.ForeignKey(
        BodyRecord, models.PROTECT, related_name="memberships", verbose_name=_("organ")
    )
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="memberships", verbose_name=_("person")
    )
    party = models.CharField(_("repræsenterer"), max_length=20)
    role = models.CharField(_("rolle"), max_length=20, default="medlem")
    office = models.CharField(_("embede"), max_length=30, default="anden")
    area = models.CharField(_("område"), max_length=20, default="anden")
    kommune = models.CharField(_("kommune"), max_length=3, blank=True)
    klynge = models.CharField(_("klynge"), max_length=40, blank=True)
    organisation = models.CharField(_("organisation"), max_length=40, blank=True)
    appointer = models.CharField(_("udpeget af"), max_length=30, blank=True)
    posts = models.JSONField(_("poster"), default=list, blank=True)
    represents = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name=_("organisation"),
    )
    deputy_for = models.UUIDField(_("stedfortræder for"), null=True, blank=True)

    class Meta:
        verbose_name = _("medlemskab")
        verbose_name_plural = _("medlemskaber")
        indexes = (
            models.Index(fields=("body", "recorded_to"), name="bodies_membership_current"),
            models.Index(fields=("person", "recorded_to"), name="bodies_membership_person"),
        )
        constraints = (
            *_in_two_times("membership"),
            models.UniqueConstraint(
                fields=("body", "person", "party", "kommune", "klynge", "organisation"),
                condition=Q(recorded_to=None, void=False, valid_to=None)
                & ~Q(role__in=FILLS_NO_SEAT),
                name="bodies_membership_once_in_a_seat",
            ),
            models.UniqueConstraint(
                fields=("body", "office"),
                condition=Q(recorded_to=None, void=False, valid_to=None, office__in=ONE_PER_REGION)
                & ~Q(role__in=FILLS_NO_SEAT),
                name="bodies_membership_one_in_the_regions_office",
            ),
            models.UniqueConstraint(
                fields=("body", "office", "kommune"),
                condition=Q(recorded_to=None, void=False, valid_to=None, office__in=ONE_PER_KOMMUNE)
                & ~Q(role__in=FILLS_NO_SEAT),
                name="bodies_membership_one_in_the_kommunes_office",
            ),
            models.CheckConstraint(
                name="bodies_membership_municipal_has_a_kommune",
                condition=~Q(party="kommune") | ~Q(kommune=""),
            ),
            models.CheckConstraint(
                name="bodies_membership_only_a_deputy_deputises",
                condition=Q(deputy_for=None) | Q(role="stedfortraeder"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} i {self.body_id}"


class Deviation(Recorded):
    """An agreement to deviate from a rule that holds "hvor ikke andet aftales".

    agreed: the number of seats agreed on; None when the agreement is not about a number.
    """

    body = models.ForeignKey(
        BodyRecord, models.PROTECT, related_name="deviations", verbose_name=_("organ")
    )
    rule = models.CharField(_("regel"), max_length=60)
    decision = models.CharField(_("beslutning"), max_length=300)
    subject = models.CharField(_("sted"), max_length=40, blank=True)
    agreed = models.PositiveSmallIntegerField(_("aftalt antal"), null=True, blank=True)

    class Meta:
        verbose_name = _("aftale om afvigelse")
        verbose_name_plural = _("aftaler om afvigelse")
        constraints = (
            *_in_two_times("deviation"),
            models.CheckConstraint(
                name="bodies_deviation_has_a_decision", condition=~Q(decision="") & ~Q(rule="")
            ),
        )

    def __str__(self) -> str:
        return f"{self.rule}: {self.decision}"


class BodyDocument(models.Model):
    """One version of a body's kommissorium or forretningsorden. Added, never changed.

    numbers: what other rooms reckon with, by the ids of `papers.NUMBERS`. valid_to: the last day,
    set when the body hands over; else a version holds until the next.
    """

    class Kind(models.TextChoices):
        KOMMISSORIUM = "kommissorium", _("Kommissorium")
        FORRETNINGSORDEN = "forretningsorden", _("Forretningsorden")

    body = models.ForeignKey(
        BodyRecord, models.PROTECT, related_name="documents", verbose_name=_("organ")
    )
    kind = models.CharField(_("slags"), max_length=20, choices=Kind.choices)
    number = models.PositiveSmallIntegerField(_("version"))
    valid_from = models.DateField(_("gælder fra"))
    valid_to = models.DateField(_("gælder til"), null=True, blank=True)
    decision = models.CharField(_("beslutning"), max_length=300)
    review_on = models.DateField(_("skal ses igennem"), null=True, blank=True)
    texts = models.JSONField(_("tekst"), default=dict)
    numbers = models.JSONField(_("tal"), default=dict, blank=True)
    recorded_from = models.DateTimeField(_("registreret"))
    recorded_by = by_whom(_("registreret af"))

    class Meta:
        verbose_name = _("dokument")
        verbose_name_plural = _("dokumenter")
        ordering = ("kind", "-number")
        constraints = (
            models.UniqueConstraint(
                fields=("body", "kind", "number"), name="bodies_document_version_once"
            ),
            models.CheckConstraint(
                name="bodies_document_has_a_decision", condition=~Q(decision="")
            ),
            models.CheckConstraint(
                name="bodies_document_review_is_after_it_begins",
                condition=Q(review_on__isnull=True) | Q(review_on__gt=F("valid_from")),
            ),
            models.CheckConstraint(
                name="bodies_document_does_not_end_before_it_begins",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"
