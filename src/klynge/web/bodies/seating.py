"""What cannot be true of a seat, whatever the law says of the composition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from klynge import structure
from klynge.web.bodies.models import (
    FILLS_NO_SEAT,
    ONE_PER_KOMMUNE,
    ONE_PER_REGION,
    BodyRecord,
    Membership,
)

WORDS = ("party", "role", "office", "area", "organisation", "appointer")


def reasons_against(row: Membership, others: Sequence[Membership]) -> tuple[str, ...]:
    """Every reason why `row` cannot be recorded beside the body's other memberships."""
    return (
        *_unknown_words(row),
        *_unknown_places(row),
        *_outside(row.body, row.valid_from, row.valid_to),
        *_clashes(row, others),
    )


def outside(body: BodyRecord, first: date, last: date | None) -> tuple[str, ...]:
    """Why a period does not fit the time in which the body exists."""
    return tuple(_outside(body, first, last))


def said(word: structure.Word | None, otherwise: str = "") -> str:
    """A word of a list of members in the language of the page."""
    return word.name.said_in(get_language() or "da") if word else otherwise


def day_in_words(day: date) -> str:
    """A day as the page's language writes it."""
    return date_format(day, "DATE_FORMAT")


def _unknown_words(row: Membership) -> Iterator[str]:
    for kind in WORDS:
        written = getattr(row, kind)
        if written and written not in {word.id for word in structure.words(kind)}:
            yield _("Ordet “{word}” er ukendt.").format(word=written)
    if not row.party:
        yield _("Skriv, hvem medlemmet repræsenterer.")


def _unknown_places(row: Membership) -> Iterator[str]:
    for kind, id in (("kommune", row.kommune), ("klynge", row.klynge)):
        if id and id not in {place.id for place in structure.places(kind)}:
            yield _("Stedet “{place}” er ukendt.").format(place=id)
    if row.party == "kommune" and not row.kommune:
        yield _("Vælg den kommune, medlemmet repræsenterer.")
    if row.deputy_for and row.role != "stedfortraeder":
        yield _("Kun en stedfortræder kan være stedfortræder for nogen.")


def _outside(body: BodyRecord, first: date, last: date | None) -> Iterator[str]:
    if last is not None and last < first:
        yield _("Perioden slutter {last}, før den begynder {first}.").format(
            last=day_in_words(last), first=day_in_words(first)
        )
    if first < body.valid_from:
        yield _("Organet findes først fra {day}.").format(day=day_in_words(body.valid_from))
    if body.valid_to and (first > body.valid_to or (last or first) > body.valid_to):
        yield _("Organet findes kun til og med {day}.").format(day=day_in_words(body.valid_to))


def _clashes(row: Membership, others: Sequence[Membership]) -> Iterator[str]:
    """A person twice in one seat; two at once in an office that only one can hold."""
    if row.role in FILLS_NO_SEAT:
        return
    for other in others:
        if other.role in FILLS_NO_SEAT or not _together(row, other):
            continue
        if _seat(row) == _seat(other):
            yield _("{person} har allerede pladsen i samme tid ({period}).").format(
                person=other.person.name, period=_period(other)
            )
        elif row.person_id != other.person_id and _one_office(row, other):
            yield _("{person} er allerede {office} i samme tid ({period}).").format(
                person=other.person.name, office=_office(row.office), period=_period(other)
            )


def _one_office(one: Membership, other: Membership) -> bool:
    if one.office != other.office:
        return False
    same_kommune = one.office in ONE_PER_KOMMUNE and one.kommune == other.kommune
    return one.office in ONE_PER_REGION or same_kommune


def _seat(row: Membership) -> tuple[object, ...]:
    return row.person_id, row.party, row.kommune, row.klynge, row.organisation


def _together(one: Membership, other: Membership) -> bool:
    first = max(one.valid_from, other.valid_from)
    last = min(one.valid_to or date.max, other.valid_to or date.max)
    return first <= last


def _office(id: str) -> str:
    return said(structure.word("office", id), id).lower()


def _period(row: Membership) -> str:
    last = day_in_words(row.valid_to) if row.valid_to else ""
    return f"{day_in_words(row.valid_from)} – {last}".rstrip()
