"""Hearings: who was asked, what they answered, and what was changed. Change through rules.py.

Contact details are the secretariat's own and never shown to others: see public.py for what is.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from klynge.web.accounts.fields import by_whom


class Hearing(models.Model):
    """A version of the text sent to parties, with a last day for their answers.

    published_at: when it became public; None: only those who are logged in see it.
    results_published_at: the same for the answers that may be public and the synopsis.
    contact: whom the parties write to; never public.
    """

    uid = models.UUIDField(_("nøgle"), default=uuid.uuid4, editable=False, unique=True)
    process = models.ForeignKey(
        "agreements.Process", models.CASCADE, related_name="hearings",
        verbose_name=_("aftale eller plan"),
    )  # fmt: skip
    text = models.ForeignKey(
        "agreements.AgreementText", models.PROTECT, related_name="hearings",
        verbose_name=_("version"),
    )  # fmt: skip
    title = models.CharField(_("overskrift"), max_length=200)
    intro = models.TextField(_("hvad der spørges om"))
    opens_on = models.DateField(_("begynder"))
    deadline = models.DateField(_("sidste dag for svar"))
    contact = models.CharField(_("kontakt"), max_length=200, blank=True)
    published_at = models.DateTimeField(_("offentlig"), null=True, blank=True)
    results_published_at = models.DateTimeField(_("svar offentlige"), null=True, blank=True)
    created_at = models.DateTimeField(_("oprettet"))
    created_by = by_whom(_("oprettet af"))

    class Meta:
        verbose_name = _("høring")
        verbose_name_plural = _("høringer")
        ordering = ("-opens_on", "-pk")
        constraints = (
            models.CheckConstraint(
                name="agreements_hearing_ends_after_it_begins",
                condition=Q(deadline__gt=F("opens_on")),
            ),
            models.CheckConstraint(
                name="agreements_hearing_says_what_it_asks", condition=~Q(title="") & ~Q(intro="")
            ),
            models.CheckConstraint(
                name="agreements_results_are_public_only_with_the_hearing",
                condition=Q(results_published_at=None) | Q(published_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.title


class HearingParty(models.Model):
    """Somebody who was asked. contact: where it was sent; never public."""

    hearing = models.ForeignKey(
        Hearing, models.CASCADE, related_name="parties", verbose_name=_("høring")
    )
    name = models.CharField(_("navn"), max_length=200)
    contact = models.CharField(_("kontakt"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("høringspart")
        verbose_name_plural = _("høringsparter")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("hearing", "name"), name="agreements_party_once"),
            models.CheckConstraint(name="agreements_party_has_a_name", condition=~Q(name="")),
        )

    def __str__(self) -> str:
        return self.name


class Answer(models.Model):
    """An answer. party: None for somebody who was not asked. Added, never changed.

    no_remarks: they answered that they have none. may_be_public: the text is shown with the rest.
    replaces: the edition this one corrects, which is kept. correction: what is corrected.
    """

    hearing = models.ForeignKey(
        Hearing, models.CASCADE, related_name="answers", verbose_name=_("høring")
    )
    party = models.ForeignKey(
        HearingParty,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="answers",
        verbose_name=_("høringspart"),
    )
    replaces = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name=_("retter"),
    )
    correction = models.CharField(_("hvad der er rettet"), max_length=300, blank=True)
    who = models.CharField(_("fra"), max_length=200)
    text = models.TextField(_("svar"), blank=True)
    no_remarks = models.BooleanField(_("har ingen bemærkninger"), default=False)
    received_on = models.DateField(_("modtaget"))
    may_be_public = models.BooleanField(_("må offentliggøres"), default=False)
    at = models.DateTimeField(_("registreret"))
    by = by_whom(_("registreret af"))

    class Meta:
        verbose_name = _("høringssvar")
        verbose_name_plural = _("høringssvar")
        ordering = ("received_on", "pk")
        constraints = (
            models.CheckConstraint(
                name="agreements_answer_says_something_or_nothing",
                condition=Q(no_remarks=True, text="") | Q(no_remarks=False) & ~Q(text=""),
            ),
            models.CheckConstraint(name="agreements_answer_is_somebodys", condition=~Q(who="")),
            models.UniqueConstraint(
                name="agreements_a_party_answers_once",
                fields=("party",),
                condition=Q(party__isnull=False, replaces=None),
            ),
            models.CheckConstraint(
                name="agreements_a_correction_says_what_it_corrects",
                condition=Q(replaces=None, correction="")
                | Q(replaces__isnull=False) & ~Q(correction=""),
            ),
        )

    def __str__(self) -> str:
        return self.who

    @property
    def is_late(self) -> bool:
        """Whether it came after the last day."""
        return self.received_on > self.hearing.deadline

    @property
    def editions(self) -> list[Answer]:
        """This edition and those before it, the newest first."""
        found = [self]
        while found[-1].replaces is not None:
            found.append(found[-1].replaces)
        return found


def file_path(file: AnswerFile, _name: str) -> str:
    """Where a file is kept: under its key, so that the place tells nothing of what is in it."""
    return f"agreements/answers/{file.uid.hex[:2]}/{file.uid}"


class AnswerFile(models.Model):
    """A file that came with an answer; read by everybody when its answer is, and by the same rules.

    Added, never changed. looked_through: somebody has seen that there is nothing in it that may
    not be public, which matters when a machine cannot read it.
    """

    uid = models.UUIDField(_("nøgle"), default=uuid.uuid4, editable=False, unique=True)
    answer = models.ForeignKey(
        Answer, models.CASCADE, related_name="files", verbose_name=_("høringssvar")
    )
    name = models.CharField(_("navn"), max_length=200)
    file = models.FileField(_("fil"), upload_to=file_path, max_length=200)
    file_name = models.CharField(_("filnavn"), max_length=200)
    content_type = models.CharField(_("filtype"), max_length=100)
    size = models.PositiveBigIntegerField(_("størrelse i byte"))
    sha256 = models.CharField(_("kontrolsum"), max_length=64)
    looked_through = models.BooleanField(_("set igennem"), default=False)
    at = models.DateTimeField(_("tilføjet"))
    by = by_whom(_("tilføjet af"))

    class Meta:
        verbose_name = _("bilag til høringssvar")
        verbose_name_plural = _("bilag til høringssvar")
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(name="agreements_file_has_a_name", condition=~Q(name="")),
        )

    def __str__(self) -> str:
        return self.name


class SynopsisPoint(models.Model):
    """One point of the synopsis: what was said, by whom, and what came of it."""

    hearing = models.ForeignKey(
        Hearing, models.CASCADE, related_name="points", verbose_name=_("høring")
    )
    number = models.PositiveSmallIntegerField(_("nummer"))
    topic = models.CharField(_("emne"), max_length=200)
    said = models.TextField(_("hvad der blev sagt"))
    answers = models.ManyToManyField(Answer, related_name="points", verbose_name=_("sagt af"))
    changed = models.BooleanField(_("teksten er ændret"), default=False)
    reply = models.TextField(_("hvad der er ændret, eller hvorfor ikke"))
    at = models.DateTimeField(_("registreret"))
    by = by_whom(_("skrevet af"))

    class Meta:
        verbose_name = _("punkt i høringsnotatet")
        verbose_name_plural = _("punkter i høringsnotatet")
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("hearing", "number"), name="agreements_point_once"),
            models.CheckConstraint(
                name="agreements_point_says_what_came_of_it",
                condition=~Q(topic="") & ~Q(said="") & ~Q(reply=""),
            ),
        )

    def __str__(self) -> str:
        return f"{self.number}. {self.topic}"
