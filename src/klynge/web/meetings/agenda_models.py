"""Items and what is written before the meeting: blocks, clauses, annexes, figures, versions."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from klynge.web.accounts.fields import by_whom
from klynge.web.bodies.models import BodyRecord, Organisation


class ItemKind(models.TextChoices):
    """What is asked of the body."""

    BESLUTNING = "beslutning", _("Beslutning")
    DROEFTELSE = "droeftelse", _("Drøftelse")
    ORIENTERING = "orientering", _("Orientering")
    TEMADROEFTELSE = "temadroeftelse", _("Temadrøftelse")
    GENSIDIG = "gensidig_orientering", _("Gensidig orientering")
    GODKENDELSE = "godkendelse", _("Godkendelse")
    EVENTUELT = "eventuelt", _("Eventuelt")


class Item(models.Model):
    """One matter for one body: on the backlog (no meeting yet) or on an agenda.

    position: its place on the agenda. number: the number it was released under, which stays when
    others are added or withdrawn; None until then. addendum: came in a tillægsdagsorden.
    closed: for the members only; outside, only `public_title` is ever shown. authorities_only:
    for the region and the kommuner without the general practitioners (BEK 1248 § 2, stk. 3).
    standing: made anew for every meeting of the body (a template's item).
    not_before: on the backlog, the first day it is to be taken up.
    follows: the uid of the decision (decisions room) that it follows up, if any.
    """

    class State(models.TextChoices):
        IDEA = "idea", _("Ønsket")
        DRAFT = "draft", _("Under udarbejdelse")
        READY = "ready", _("Klar")
        TREATED = "treated", _("Behandlet")
        POSTPONED = "postponed", _("Udsat")
        WITHDRAWN = "withdrawn", _("Taget af dagsordenen")

    uid = models.UUIDField(_("nøgle"), default=uuid.uuid4, editable=False, unique=True)
    body = models.ForeignKey(
        BodyRecord, models.PROTECT, related_name="items", verbose_name=_("organ")
    )
    meeting = models.ForeignKey(
        "meetings.Meeting",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="items",
        verbose_name=_("møde"),
    )
    kind = models.CharField(_("slags"), max_length=24, choices=ItemKind.choices)
    state = models.CharField(
        _("tilstand"), max_length=12, choices=State.choices, default=State.DRAFT
    )
    title = models.CharField(_("titel"), max_length=300)
    closed = models.BooleanField(_("lukket punkt"), default=False)
    closed_because = models.CharField(_("lukket, fordi"), max_length=300, blank=True)
    public_title = models.CharField(_("offentlig titel"), max_length=300, blank=True)
    authorities_only = models.BooleanField(_("kun for myndighederne"), default=False)
    position = models.PositiveIntegerField(_("rækkefølge"), default=0)
    number = models.PositiveIntegerField(_("punktnummer"), null=True, blank=True)
    addendum = models.BooleanField(_("tillægspunkt"), default=False)
    case_number = models.CharField(_("sagsnummer"), max_length=60, blank=True)
    recommended_by = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("indstillende part"),
    )
    presenter = models.CharField(_("fremlægges af"), max_length=200, blank=True)
    minutes_planned = models.PositiveSmallIntegerField(_("minutter"), null=True, blank=True)
    standing = models.ForeignKey(
        "meetings.ItemTemplate",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="items",
        verbose_name=_("fast punkt"),
    )
    not_before = models.DateField(_("tages op tidligst"), null=True, blank=True)
    follows = models.UUIDField(_("følger op på"), null=True, blank=True, db_index=True)
    version = models.PositiveIntegerField(_("udgave"), default=1)
    source_id = models.CharField(_("nøgle hos kilden"), max_length=100, blank=True)
    created_at = models.DateTimeField(_("oprettet"), auto_now_add=True)
    created_by = by_whom(_("oprettet af"))
    changed_at = models.DateTimeField(_("ændret"), auto_now=True)

    class Meta:
        verbose_name = _("punkt")
        verbose_name_plural = _("punkter")
        ordering = ("addendum", "position", "pk")
        indexes = (models.Index(fields=("meeting", "position"), name="meetings_item_of_meeting"),)
        constraints = (
            models.CheckConstraint(
                name="meetings_item_closed_has_a_public_title",
                condition=Q(closed=False) | (~Q(public_title="") & ~Q(closed_because="")),
            ),
            models.CheckConstraint(name="meetings_item_has_a_title", condition=~Q(title="")),
            models.UniqueConstraint(
                fields=("meeting", "number"),
                condition=Q(number__isnull=False),
                name="meetings_item_number_once",
            ),
        )

    def __str__(self) -> str:
        """What may be written anywhere, an audit log included: never a closed item's title."""
        return self.open_title

    @property
    def is_restricted(self) -> bool:
        """Whether not everybody who may read the agenda may read this item."""
        return self.closed or self.authorities_only

    @property
    def open_title(self) -> str:
        """The title for those who may not read the item."""
        if not self.is_restricted:
            return self.title
        return self.public_title or str(_("Punkt for region og kommuner"))

    @property
    def is_released(self) -> bool:
        """Whether it has gone out with an agenda: it is numbered then, and not before."""
        return self.number is not None


class ItemRevision(models.Model):
    """Every text an item has had. Added, never changed, so no text is ever lost.

    content: the fields, blocks and clauses as `item_content.content_of` writes them.
    """

    item = models.ForeignKey(
        Item, models.CASCADE, related_name="revisions", verbose_name=_("punkt")
    )
    version = models.PositiveIntegerField(_("udgave"))
    content = models.JSONField(_("indhold"))
    at = models.DateTimeField(_("hvornår"))
    by = by_whom(_("skrevet af"))

    class Meta:
        verbose_name = _("tidligere udgave af punktet")
        verbose_name_plural = _("tidligere udgaver af punktet")
        ordering = ("version",)
        constraints = (
            models.UniqueConstraint(fields=("item", "version"), name="meetings_item_revision_once"),
        )

    def __str__(self) -> str:
        return str(self.version)


class Block(models.Model):
    """One part of an item's text, as sanitised HTML.

    closed: for the members only, on an item that is otherwise open.
    """

    class Kind(models.TextChoices):
        RESUME = "sagsresume", _("Sagsresume")
        FREMSTILLING = "sagsfremstilling", _("Sagsfremstilling")
        OEKONOMI = "oekonomi", _("Økonomi")
        LIGHED = "lighed", _("Lighed i sundhed")
        PROCES = "videre_proces", _("Videre proces")
        ANDET = "andet", _("Andet")

    item = models.ForeignKey(Item, models.CASCADE, related_name="blocks", verbose_name=_("punkt"))
    kind = models.CharField(_("slags"), max_length=20, choices=Kind.choices)
    caption = models.CharField(_("overskrift"), max_length=200, blank=True)
    html = models.TextField(_("tekst"))
    closed = models.BooleanField(_("lukket"), default=False)
    position = models.PositiveSmallIntegerField(_("rækkefølge"), default=0)

    class Meta:
        verbose_name = _("afsnit")
        verbose_name_plural = _("afsnit")
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.caption or self.get_kind_display()


class Clause(models.Model):
    """One "at ..." of the indstilling, and what the body decided on it.

    text: what follows "at". outcome and decision are empty until the meeting.
    """

    class Outcome(models.TextChoices):
        AGREED = "agreed", _("Tiltrådt")
        CHANGED = "changed", _("Tiltrådt med ændringer")
        REFUSED = "refused", _("Ikke tiltrådt")
        NOTED = "noted", _("Taget til efterretning")
        POSTPONED = "postponed", _("Udsat")
        FORWARDED = "forwarded", _("Sendt videre")

    item = models.ForeignKey(Item, models.CASCADE, related_name="clauses", verbose_name=_("punkt"))
    position = models.PositiveSmallIntegerField(_("rækkefølge"), default=0)
    text = models.TextField(_("at"))
    outcome = models.CharField(_("udfald"), max_length=10, choices=Outcome.choices, blank=True)
    decision = models.TextField(_("beslutning"), blank=True)

    class Meta:
        verbose_name = _("indstilling")
        verbose_name_plural = _("indstillinger")
        ordering = ("position", "pk")
        constraints = (
            models.CheckConstraint(name="meetings_clause_has_a_text", condition=~Q(text="")),
        )

    def __str__(self) -> str:
        return str(self.position)


def annex_path(annex: Annex, _name: str) -> str:
    """Where an annex is kept: under its key, so that the place of a closed one tells nothing."""
    return f"meetings/annexes/{annex.uid.hex[:2]}/{annex.uid}"


class Annex(models.Model):
    """A file that goes with an item. A replaced or removed one is kept, for what went out with it.

    name, file_name: what those see who may read it; a closed one is not even named to others.
    """

    uid = models.UUIDField(_("nøgle"), default=uuid.uuid4, editable=False, unique=True)
    item = models.ForeignKey(Item, models.PROTECT, related_name="annexes", verbose_name=_("punkt"))
    name = models.CharField(_("navn"), max_length=200)
    closed = models.BooleanField(_("lukket bilag"), default=False)
    position = models.PositiveSmallIntegerField(_("rækkefølge"), default=0)
    file = models.FileField(_("fil"), upload_to=annex_path, max_length=200)
    file_name = models.CharField(_("filnavn"), max_length=200)
    content_type = models.CharField(_("filtype"), max_length=100)
    size = models.PositiveBigIntegerField(_("størrelse i byte"))
    sha256 = models.CharField(_("kontrolsum"), max_length=64)
    replaced_at = models.DateTimeField(_("erstattet"), null=True, blank=True)
    source_id = models.CharField(_("nøgle hos kilden"), max_length=100, blank=True)
    added_at = models.DateTimeField(_("tilføjet"))
    added_by = by_whom(_("tilføjet af"))

    class Meta:
        verbose_name = _("bilag")
        verbose_name_plural = _("bilag")
        ordering = ("position", "pk")

    def __str__(self) -> str:
        """What may be written anywhere: never a closed annex's name."""
        return str(_("Lukket bilag")) if self.closed or self.item.is_restricted else self.name


class FrozenFigure(models.Model):
    """A figure of a pack as it was when it was put on the item; it never changes with the pack.

    cells: the rows of the table as they were. svg and alt: the chart and what it shows, in words.
    source, pack: where it is from, in words, and the digest of the pack.
    """

    item = models.ForeignKey(Item, models.CASCADE, related_name="figures", verbose_name=_("punkt"))
    position = models.PositiveSmallIntegerField(_("rækkefølge"), default=0)
    indicator = models.CharField(_("indikator"), max_length=60)
    place_kind = models.CharField(_("slags sted"), max_length=20)
    place = models.CharField(_("sted"), max_length=40)
    period = models.CharField(_("periode"), max_length=10, blank=True)
    title = models.CharField(_("titel"), max_length=300)
    cells = models.JSONField(_("tal"), default=dict)
    svg = models.TextField(_("figur"), blank=True)
    alt = models.TextField(_("figuren i ord"), blank=True)
    source = models.CharField(_("kilde"), max_length=400)
    pack = models.CharField(_("datapakke"), max_length=80)
    frozen_at = models.DateTimeField(_("fastholdt"))

    class Meta:
        verbose_name = _("tal på punktet")
        verbose_name_plural = _("tal på punktet")
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.title


class ItemTemplate(models.Model):
    """A ready-made item: one of a body's standing items, or a template to start from.

    body: None for a template every body may use. standing: put on each new agenda by itself;
    months: only on the year's first meeting in each of these months (1-12), or on every one.
    """

    body = models.ForeignKey(
        BodyRecord,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="item_templates",
        verbose_name=_("organ"),
    )
    name = models.CharField(_("navn"), max_length=200)
    kind = models.CharField(_("slags"), max_length=24, choices=ItemKind.choices)
    title = models.CharField(_("titel"), max_length=300)
    standing = models.BooleanField(_("fast punkt"), default=False)
    months = models.JSONField(_("måneder"), default=list, blank=True)
    last = models.BooleanField(_("står sidst"), default=False)
    position = models.PositiveSmallIntegerField(_("rækkefølge"), default=0)
    minutes_planned = models.PositiveSmallIntegerField(_("minutter"), null=True, blank=True)
    blocks = models.JSONField(_("afsnit"), default=list, blank=True)
    clauses = models.JSONField(_("indstilling"), default=list, blank=True)
    retired_at = models.DateTimeField(_("taget ud af brug"), null=True, blank=True)

    class Meta:
        verbose_name = _("skabelon")
        verbose_name_plural = _("skabeloner")
        ordering = ("last", "position", "pk")

    def __str__(self) -> str:
        return self.name


class Forwarding(models.Model):
    """That an item was sent from one body to another: up, down, or to the SSU.

    item: what was sent. arrived_as: the new item on the receiver's backlog.
    """

    item = models.ForeignKey(
        Item, models.PROTECT, related_name="forwarded", verbose_name=_("punkt")
    )
    arrived_as = models.OneToOneField(
        Item, models.PROTECT, related_name="came_from", verbose_name=_("punkt hos modtageren")
    )
    note = models.TextField(_("hvorfor"), blank=True)
    at = models.DateTimeField(_("hvornår"))
    by = by_whom(_("sendt af"))

    class Meta:
        verbose_name = _("videresendelse")
        verbose_name_plural = _("videresendelser")
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.item_id} -> {self.arrived_as_id}"
