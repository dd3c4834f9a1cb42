"""Who decides what: what the rule pack says of a body's work, gathered by topic."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from klynge import structure
from klynge.structure import Rule

# In the order a new member would ask. Topics about who sits are the verdict's matter.
TOPICS = {
    "existence": _("Hvad organet er"),
    "scope": _("Hvad det dækker"),
    "tasks": _("Opgaver"),
    "initiative": _("Hvem kan rejse eller standse en sag"),
    "mandate": _("Medlemmernes mandat"),
    "money": _("Penge"),
    "contracts": _("Aftaler mellem region og kommune"),
    "deadline": _("Frister"),
    "follow-up": _("Opfølgning"),
    "agenda": _("Dagsorden"),
    "voting": _("Afstemning og beslutningsdygtighed"),
    "procedure": _("Forretningsorden og mødeledelse"),
    "subgroups": _("Undergrupper og bistand"),
    "deputies": _("Stedfortrædere"),
    "observers": _("Observatører"),
    "patients": _("Patienter og pårørende"),
    "secretariat": _("Sekretariat"),
}
MEETINGS = "meetings"


@dataclass(frozen=True)
class Topic:
    """What the law says of one thing."""

    title: str | Promise
    rules: tuple[Rule, ...]


def topics(body: str, on: date) -> tuple[Topic, ...]:
    """What the law says of a kind of body's work on a day; a topic it is silent on says so."""
    found = structure.rules(body, on)
    return tuple(
        Topic(title, mine)
        for topic, title in TOPICS.items()
        if (mine := tuple(rule for rule in found if rule.topic == topic and not rule.test))
    )


def meetings(body: str, on: date) -> tuple[Rule, ...]:
    """How often the body must meet."""
    return tuple(rule for rule in structure.rules(body, on) if rule.topic == MEETINGS)
