"""The template of a body's kommissorium and forretningsorden.

A field is something the law leaves to the body, or asks it to settle. `topics` are the topics of
the rule pack that say what the law itself has to tell about it, shown beside the field.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from klynge import structure
from klynge.web.bodies.local_rules import (
    FORRETNINGSORDEN,
    Number,
    local_rule,
    numbers,
    said,
    settled,
)

__all__ = [
    "FORRETNINGSORDEN",
    "KOMMISSORIUM",
    "Field",
    "Number",
    "fields",
    "law_about",
    "local_rule",
    "numbers",
    "said",
    "settled",
]

KOMMISSORIUM = "kommissorium"


@dataclass(frozen=True)
class Field:
    """One thing to settle."""

    id: str
    label: str | Promise
    asks: str | Promise
    topics: tuple[str, ...] = ()


_FIELDS = {
    KOMMISSORIUM: (
        Field(
            "formaal",
            _("Formål og grundlag"),
            _("Hvad organet er til for, og efter hvilken lov."),
            ("scope", "existence"),
        ),
        Field(
            "opgaver",
            _("Opgaver"),
            _("Hvad organet arbejder med, ud over det loven siger."),
            ("tasks", "initiative"),
        ),
        Field(
            "sammensaetning",
            _("Sammensætning"),
            _("Hvem der sidder, og hvad der er aftalt anderledes end loven."),
            ("seats", "membership", "office"),
        ),
        Field(
            "formandskab",
            _("Formandskab"),
            _("Hvem der leder møderne, og om det går på skift."),
            ("chair",),
        ),
        Field(
            "bisiddere",
            _("Bisiddere og observatører"),
            _("Hvem der må være med uden at være medlem."),
            ("observers",),
        ),
        Field(
            "undergrupper",
            _("Undergrupper"),
            _("Hvilke grupper der kan nedsættes, og hvem der giver dem kommissorium."),
            ("subgroups",),
        ),
        Field(
            "patienter",
            _("Inddragelse af patienter og pårørende"),
            _("Hvordan og hvornår de spørges."),
            ("patients",),
        ),
        Field(
            "penge",
            _("Penge"),
            _("Hvem der har midlerne, hvem der skriver under, og hvordan der meldes tilbage."),
            ("money", "contracts"),
        ),
        Field(
            "sekretariat",
            _("Sekretariat"),
            _("Hvem der betjener organet, og hvordan udgiften deles."),
            ("secretariat",),
        ),
    ),
    FORRETNINGSORDEN: (
        Field(
            "moeder",
            _("Møder"),
            _("Hvor mange om året, og hvordan datoerne fastsættes."),
            ("meetings",),
        ),
        Field(
            "dagsorden",
            _("Dagsorden"),
            _("Frist for punkter, hvem der kan sætte dem på, og hvornår den sendes ud."),
            ("agenda",),
        ),
        Field(
            "myndighedspunkter",
            _("Punkter kun for myndighederne"),
            _("Hvordan punkter uden lægerne behandles."),
            ("agenda",),
        ),
        Field(
            "enighed",
            _("Enighed og afstemning"),
            _("Hvordan organet bliver enigt, og hvad der sker uden enighed."),
            ("voting", "mandate"),
        ),
        Field(
            "beslutningsdygtighed",
            _("Beslutningsdygtighed"),
            _("Hvor mange og hvem der skal være til stede."),
            ("voting", "quorum"),
        ),
        Field(
            "stedfortraedere",
            _("Stedfortrædere"),
            _("Om de er tilladt, hvem de er, og hvad de må."),
            ("deputies",),
        ),
        Field(
            "referat",
            _("Referat"),
            _("Form, frist, indsigelse og afvigende mening."),
            ("voting", "procedure"),
        ),
        Field(
            "offentlighed",
            _("Offentliggørelse"),
            _("Hvad der offentliggøres hvor, og hvornår."),
            ("voting",),
        ),
        Field("habilitet", _("Habilitet"), _("Hvordan det siges til, og hvem der afgør det."), ()),
        Field(
            "skriftlig",
            _("Skriftlig behandling"),
            _("Beslutninger mellem møderne: hvornår, frist, og hvem der kan kræve et møde."),
            (),
        ),
        Field(
            "aendring",
            _("Ændring og gennemsyn"),
            _("Hvordan forretningsordenen ændres, og hvornår den ses igennem."),
            ("procedure",),
        ),
    ),
}


def fields(kind: str) -> tuple[Field, ...]:
    """The fields of a kind of document; none for an unknown kind."""
    return _FIELDS.get(kind, ())


def law_about(field: Field, body: str, on: date) -> tuple[structure.Rule, ...]:
    """What the law says about a field, for a kind of body on a day."""
    return tuple(rule for rule in structure.rules(body, on) if rule.topic in field.topics)
