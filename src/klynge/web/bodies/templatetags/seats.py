"""Tags for members and their seats: `{% load seats %}`."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Protocol

from django import template
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from klynge import structure
from klynge.web.bodies import overview
from klynge.web.bodies.history import Happening
from klynge.web.bodies.models import BodyDocument, Deviation, Membership
from klynge.web.bodies.notes import WORDS
from klynge.web.bodies.standing import Standing

register = template.Library()


class Seat(Protocol):
    """A membership, recorded or read from a file."""

    role: str
    office: str
    area: str
    valid_from: date | None
    valid_to: date | None


@register.filter
def word(id: str, kind: str) -> str:
    """A word of a list of members, in the page's language."""
    found = structure.word(kind, id) if id else None
    return found.name.said_in(get_language() or "da") if found else id


@register.filter
def place_name(id: str) -> str:
    """The name of a kommune or klynge; the id itself when it is neither."""
    for kind in ("kommune", "klynge"):
        try:
            return structure.place(kind, id).name
        except structure.UnknownPlace:
            continue
    return id


@register.filter
def rule_text(id: str) -> str:
    """What a rule says, in the page's language."""
    return structure.rule(id).text.said_in(get_language() or "da")


@register.filter
def how_sure(certainty: str) -> str:
    """A certainty that must be marked, in words."""
    return str(WORDS.get(certainty, certainty))


@register.filter
def represented(row: Membership) -> str:
    """Whom a member represents: the organisation, and the klynge the seat belongs to."""
    if row.represents:
        own = row.represents.name
    elif row.kommune:
        own = _("{kommune} Kommune").format(kommune=place_name(row.kommune))
    else:
        own = word(row.party, "party")
    return f"{own} ({place_name(row.klynge)})" if row.klynge else own


@register.filter
def as_what(row: Seat) -> str:
    """Role and office, as in "Formand, regionsrådsformand"; the area where it matters."""
    said = [word(row.role, "role")]
    if row.office != "anden":
        said.append(word(row.office, "office").lower())
    if row.area != "anden":
        said.append(word(row.area, "area").lower())
    return ", ".join(said)


@register.filter
def term(row: Seat) -> str:
    """From when to when."""
    if row.valid_from is None:
        return ""
    if row.valid_to is None:
        return _("fra {first}").format(first=_day(row.valid_from))
    return f"{_day(row.valid_from)} – {_day(row.valid_to)}"


@register.simple_tag
def standings_of(place: structure.Place, on: date) -> dict[str, Standing]:
    """How the bodies of a place stand on a day, by kind of body."""
    return {one.body.kind.id: one for one in overview.of_place(place, on)}


@register.filter
def short_term(row: Seat) -> str:
    """From when to when, with the months as numbers, for a table."""
    if row.valid_from is None:
        return ""
    last = _short(row.valid_to) if row.valid_to else ""
    return f"{_short(row.valid_from)} – {last}".rstrip()


@register.simple_tag
def happened(it: Happening) -> str | SafeString:
    """One thing in a body's life, as a sentence."""
    row = it.row
    if isinstance(row, BodyDocument):
        return _("{document}, version {number}, gælder herfra ({decision}).").format(
            document=row.get_kind_display(), number=row.number, decision=row.decision
        )
    if isinstance(row, Deviation):
        said = {
            "agreed": _("Aftale om at fravige: {rule} ({decision})."),
            "agreement_ended": _("Aftalen ophørte: {rule} ({decision})."),
            "voided": _("Aftalen blev trukket tilbage: {rule} ({decision})."),
        }.get(it.what, _("Aftalen blev rettet: {rule} ({decision})."))
        return said.format(rule=rule_text(row.rule), decision=row.decision)
    return _of_a_member(it, row)


def _of_a_member(it: Happening, row: Membership) -> SafeString:
    said = {
        "came": _("{name} tiltrådte for {whom} som {role}."),
        "left": _("{name} fratrådte for {whom} som {role}."),
        "corrected": _("Rettet: {name}, {whom}, {role}."),
        "voided": _("Trukket tilbage: {name}, {whom}, {role}."),
    }[it.what]
    told = format_html(said, name=row.person.name, whom=represented(row), role=as_what(row).lower())
    if it.what in ("corrected", "voided"):
        by = format_html(" ({})", row.recorded_by) if row.recorded_by else ""
        return format_html("{} {} {}{}", told, _("Begrundelse:"), row.reason, by)
    if it.what == "left" and row.change == row.Change.ENDED and row.reason:
        return format_html("{} ({})", told, row.reason)
    return told


@register.filter
def percent(share: int) -> str:
    """Hundredths of a per cent, as in "12,5 %"."""
    return f"{number_format(Decimal(share) / 100)} %"


@register.filter
def kroner(oere: int | None) -> str:
    """Øre as kroner, as in "1.250,50"; a dash when it is not told."""
    if oere is None:
        return "–"
    return number_format(Decimal(oere) / 100, decimal_pos=2, force_grouping=True)


def _short(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")
