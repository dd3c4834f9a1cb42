"""Figures from data packs, and figures others have published. Change them through rules.py.

A cell of a pack is shown, hidden or not counted: three different things, and the database refuses
a hidden one that carries a number.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from klynge.web.accounts.fields import by_whom

KINDS = ("kommune", "klynge", "sundhedsraad", "region", "land")
SHOWN, HIDDEN, NOT_COUNTED = "shown", "hidden", "not_counted"
NUMBERS = ("numerator", "denominator", "value", "lower", "upper")


def said(texts: Mapping[str, str] | None) -> str:
    """A text in the reader's language: Danish when it is not written in that one."""
    return (texts.get(get_language() or "da") or texts.get("da", "")) if texts else ""


class PackQuerySet(models.QuerySet["Pack"]):
    """Packs, newest first."""

    def current(self) -> Pack | None:
        """The pack the pages show; None before the first import."""
        return self.filter(is_current=True).first()


class Pack(models.Model):
    """One imported data pack. The pages show the newest; the older ones are kept."""

    name = models.CharField(_("navn"), max_length=200)
    title = models.CharField(_("titel"), max_length=300)
    seal = models.CharField(_("segl"), max_length=80, unique=True)
    sha256 = models.CharField(_("beskrivelsens sha256"), max_length=64)
    created = models.DateTimeField(_("lavet"))
    years = models.JSONField(_("år"), default=list)
    engine = models.CharField(_("motor"), max_length=60)
    version = models.CharField(_("Klynges udgave"), max_length=40)
    note = models.TextField(_("bemærkning"), blank=True)
    rounded_to = models.PositiveSmallIntegerField(_("antal afrundet til"), null=True)
    signed_by = models.CharField(_("underskrevet af nøglen"), max_length=100, blank=True)
    geography = models.JSONField(_("geografi"), default=dict)
    registers = models.JSONField(_("registre"), default=dict)
    quality = models.JSONField(_("kvalitet"), default=dict)
    is_current = models.BooleanField(_("vises nu"), default=False)
    imported_at = models.DateTimeField(_("indlæst"), auto_now_add=True)
    imported_by = by_whom(_("indlæst af"))

    objects = PackQuerySet.as_manager()

    class Meta:
        verbose_name = _("datapakke")
        verbose_name_plural = _("datapakker")
        ordering = ("-created", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("is_current",),
                condition=Q(is_current=True),
                name="figures_one_pack_is_current",
            ),
        )

    def __str__(self) -> str:
        return f"{self.title} {self.created:%Y-%m-%d}"

    @property
    def span(self) -> str:
        """The years it covers: "2021–2025"."""
        years = sorted(map(str, self.years))
        return "–".join(dict.fromkeys((years[0], years[-1]))) if years else ""


class Indicator(models.Model):
    """One indicator as one pack defines it; `entry` is the whole definition."""

    pack = models.ForeignKey(
        Pack, models.CASCADE, related_name="indicators", verbose_name=_("datapakke")
    )
    code = models.CharField(_("kode"), max_length=100)
    position = models.PositiveSmallIntegerField(_("plads"))
    theme = models.CharField(_("tema"), max_length=20)
    domain = models.CharField(_("domæne"), max_length=20)
    kind = models.CharField(_("slags"), max_length=20)
    entry = models.JSONField(_("definition"))

    class Meta:
        verbose_name = _("indikator")
        verbose_name_plural = _("indikatorer")
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=("pack", "code"), name="figures_code_once_a_pack"),
        )

    def __str__(self) -> str:
        return self.code

    @property
    def title(self) -> str:
        """Its title in the reader's language."""
        return said(self.entry["title"])

    @property
    def unit(self) -> str:
        """What its values count, such as "pr. 1.000 borgere"."""
        return said(self.entry["unit"])

    @property
    def is_count(self) -> bool:
        """Whether it is a plain number of people or events, without denominator."""
        return self.kind == "count"

    @property
    def is_snapshot(self) -> bool:
        """Whether it tells of 1 January of the period, not of the whole period."""
        return self.entry.get("timing") == "snapshot"

    @property
    def certainty(self) -> str:
        """S: as the source; P: partly; K: a local definition."""
        return str(self.entry["certainty"])


class Figure(models.Model):
    """One cell of a pack."""

    # No index of its own: the unique key begins with it, and a pack has many rows.
    indicator = models.ForeignKey(
        Indicator,
        models.CASCADE,
        db_index=False,
        related_name="figures",
        verbose_name=_("indikator"),
    )
    place_kind = models.CharField(_("slags sted"), max_length=20)
    place = models.CharField(_("sted"), max_length=60)
    period = models.CharField(_("periode"), max_length=10)
    sex = models.CharField(_("køn"), max_length=10)
    age = models.CharField(_("alder"), max_length=10)
    education = models.CharField(_("uddannelse"), max_length=10)
    measure = models.CharField(_("mål"), max_length=20)
    status = models.CharField(_("status"), max_length=20)
    numerator = models.BigIntegerField(_("tæller"), null=True)
    denominator = models.BigIntegerField(_("nævner"), null=True)
    value = models.FloatField(_("værdi"), null=True)
    lower = models.FloatField(_("nedre grænse"), null=True)
    upper = models.FloatField(_("øvre grænse"), null=True)

    class Meta:
        verbose_name = _("tal")
        verbose_name_plural = _("tal")
        constraints = (
            models.UniqueConstraint(
                fields=(
                    "indicator",
                    "place_kind",
                    "place",
                    "period",
                    "sex",
                    "age",
                    "education",
                    "measure",
                ),
                name="figures_cell_once",
            ),
            models.CheckConstraint(
                name="figures_status_is_known",
                condition=Q(status__in=(SHOWN, HIDDEN, NOT_COUNTED)),
            ),
            models.CheckConstraint(
                name="figures_only_shown_has_numbers",
                condition=Q(status=SHOWN, numerator__isnull=False)
                | ~Q(status=SHOWN) & Q(**{f"{number}__isnull": True for number in NUMBERS}),
            ),
        )
        indexes = (
            # The compare page asks for every place of a kind in one period.
            models.Index(
                fields=("indicator", "place_kind", "period", "sex", "age"),
                name="figures_across_places",
            ),
        )

    def __str__(self) -> str:
        return f"{self.place_kind}:{self.place} {self.period}"


class FlowTable(models.Model):
    """Where citizens go from month to month, as one pack tells it; `entry` is its definition."""

    pack = models.OneToOneField(
        Pack, models.CASCADE, related_name="flow_table", verbose_name=_("datapakke")
    )
    entry = models.JSONField(_("definition"))

    class Meta:
        verbose_name = _("tabel over veje")
        verbose_name_plural = _("tabeller over veje")

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """Its title in the reader's language."""
        return said(self.entry["title"])


class Flow(models.Model):
    """One way from one state to another: a cell of a pack's table."""

    # No index of its own: the unique key begins with it.
    table = models.ForeignKey(
        FlowTable, models.CASCADE, db_index=False, related_name="flows", verbose_name=_("tabel")
    )
    place_kind = models.CharField(_("slags sted"), max_length=20)
    place = models.CharField(_("sted"), max_length=60)
    period = models.CharField(_("periode"), max_length=10)
    age = models.CharField(_("alder"), max_length=10)
    origin = models.CharField(_("fra"), max_length=30)
    destination = models.CharField(_("til"), max_length=30)
    status = models.CharField(_("status"), max_length=20)
    numerator = models.BigIntegerField(_("tæller"), null=True)
    denominator = models.BigIntegerField(_("nævner"), null=True)
    value = models.FloatField(_("værdi"), null=True)

    class Meta:
        verbose_name = _("vej")
        verbose_name_plural = _("veje")
        constraints = (
            models.UniqueConstraint(
                fields=("table", "place_kind", "place", "period", "age", "origin", "destination"),
                name="figures_way_once",
            ),
            models.CheckConstraint(
                name="figures_only_shown_way_has_numbers",
                condition=Q(status=SHOWN, numerator__isnull=False, denominator__isnull=False)
                | Q(status=HIDDEN, numerator=None, denominator=None, value=None),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.place_kind}:{self.place} {self.origin}-{self.destination}"


class PublishedSource(models.Model):
    """Where published figures come from, and who brought them in.

    `replaced_at` is set when figures of the same source were brought in again; the old ones are
    kept and no longer shown.
    """

    class Terms(models.TextChoices):
        UNVERIFIED = "unverified", _("Vilkår for genbrug er ikke bekræftet")
        FREE = "free", _("Må genbruges frit med kildeangivelse")
        AGREED = "agreed", _("Bruges efter aftale")

    title = models.CharField(_("kilde"), max_length=300)
    publisher = models.CharField(_("udgiver"), max_length=200, blank=True)
    url = models.URLField(_("adresse"), max_length=500, blank=True)
    terms = models.CharField(
        _("vilkår"), max_length=20, choices=Terms.choices, default=Terms.UNVERIFIED
    )
    retrieved = models.DateField(_("hentet den"), null=True, blank=True)
    note = models.TextField(_("bemærkning"), blank=True)
    own_computation = models.BooleanField(_("egen beregning"), default=False)
    file_name = models.CharField(_("fil"), max_length=200)
    sha256 = models.CharField(_("filens sha256"), max_length=64)
    imported_at = models.DateTimeField(_("indlæst"), auto_now_add=True)
    imported_by = by_whom(_("indlæst af"))
    replaced_at = models.DateTimeField(_("erstattet"), null=True, blank=True)

    class Meta:
        verbose_name = _("kilde til publicerede tal")
        verbose_name_plural = _("kilder til publicerede tal")
        ordering = ("title", "-imported_at")
        constraints = (
            models.UniqueConstraint(
                fields=("title",),
                condition=Q(replaced_at__isnull=True),
                name="figures_one_source_of_a_title",
            ),
            models.CheckConstraint(
                name="figures_terms_are_known",
                condition=Q(terms__in=("unverified", "free", "agreed")),
            ),
        )

    def __str__(self) -> str:
        return self.title


class PublishedIndicator(models.Model):
    """What one source's figures are about."""

    source = models.ForeignKey(
        PublishedSource, models.CASCADE, related_name="indicators", verbose_name=_("kilde")
    )
    code = models.CharField(_("kode"), max_length=100)
    title_da = models.CharField(_("titel på dansk"), max_length=300)
    title_en = models.CharField(_("titel på engelsk"), max_length=300, blank=True)
    unit = models.CharField(_("enhed"), max_length=100, blank=True)
    theme = models.CharField(_("tema"), max_length=20, default="population")

    class Meta:
        verbose_name = _("publiceret indikator")
        verbose_name_plural = _("publicerede indikatorer")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("source", "code"), name="figures_published_code_once_a_source"
            ),
        )

    def __str__(self) -> str:
        return self.code

    @property
    def title(self) -> str:
        """Its title in the reader's language."""
        return said({"da": self.title_da, "en": self.title_en})


class PublishedFigure(models.Model):
    """One published figure, or one that Klynge computed of them (`computed`).

    `members` and `members_with_value`: how many kommuner the place has, and how many of them the
    computed figure rests on. `coverage`: their share of the place's population, from 0 to 1.
    """

    indicator = models.ForeignKey(
        PublishedIndicator, models.CASCADE, related_name="figures", verbose_name=_("indikator")
    )
    place_kind = models.CharField(_("slags sted"), max_length=20)
    place = models.CharField(_("sted"), max_length=60)
    period = models.CharField(_("periode"), max_length=10)
    value = models.FloatField(_("værdi"))
    n = models.BigIntegerField(_("antal"), null=True)
    lower = models.FloatField(_("nedre grænse"), null=True)
    upper = models.FloatField(_("øvre grænse"), null=True)
    computed = models.BooleanField(_("beregnet af Klynge"), default=False)
    members = models.PositiveSmallIntegerField(_("kommuner"), null=True)
    members_with_value = models.PositiveSmallIntegerField(_("kommuner med tal"), null=True)
    coverage = models.FloatField(_("dækning"), null=True)

    class Meta:
        verbose_name = _("publiceret tal")
        verbose_name_plural = _("publicerede tal")
        constraints = (
            models.UniqueConstraint(
                fields=("indicator", "place_kind", "place", "period"),
                name="figures_published_once",
            ),
            models.CheckConstraint(
                name="figures_published_kind_is_known", condition=Q(place_kind__in=KINDS)
            ),
            models.CheckConstraint(
                name="figures_published_interval_in_order",
                condition=Q(lower__isnull=True)
                | Q(upper__isnull=True)
                | Q(lower__lte=models.F("upper")),
            ),
            models.CheckConstraint(
                name="figures_computed_says_of_what",
                condition=Q(computed=False)
                | Q(members__isnull=False, members_with_value__isnull=False, coverage__gt=0),
            ),
        )
        indexes = (models.Index(fields=("place_kind", "place"), name="figures_published_at_place"),)

    def __str__(self) -> str:
        return f"{self.place_kind}:{self.place} {self.period}"


class Draft(models.Model):
    """A file of published figures that somebody is looking at before it is brought in."""

    file_name = models.CharField(_("fil"), max_length=200)
    content = models.BinaryField(_("indhold"))
    facts = models.JSONField(_("om kilden"), default=dict)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("lagt op af")
    )
    made_at = models.DateTimeField(_("lagt op"), auto_now_add=True)

    class Meta:
        verbose_name = _("udkast til indlæsning")
        verbose_name_plural = _("udkast til indlæsning")
        ordering = ("-made_at",)

    def __str__(self) -> str:
        return self.file_name
