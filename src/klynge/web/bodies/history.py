"""Reading what is recorded: who sat on a day, as we knew it at a moment, and what changed when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from klynge import structure
from klynge.web.bodies.models import (
    FILLS_NO_SEAT,
    BodyDocument,
    BodyRecord,
    Deviation,
    Membership,
    Recorded,
)

CHAIRS = {
    # The post that the law asks about elsewhere, and the bodies and parties whose chair has it.
    "klyngeformand": ("klynge-politisk", "kommune"),
    "sundhedsraadsformand": ("sundhedsraad", "region"),
}
ORDER = ("formand", "naestformand", "medlem", *FILLS_NO_SEAT)


def find(kind: str, place: str) -> BodyRecord | None:
    """The record of a body; None when nothing has been recorded for it yet."""
    return BodyRecord.objects.filter(kind=kind, place=place).first()


def as_of(
    body: BodyRecord | None, valid_on: date, recorded_at: datetime | None = None
) -> tuple[Membership, ...]:
    """Who sat on a day, as it was known at a moment (None: now), in the order of the roles."""
    return tuple(row for row in known(body, recorded_at) if row.holds_on(valid_on))


def known(body: BodyRecord | None, recorded_at: datetime | None = None) -> tuple[Membership, ...]:
    """Every membership of a body, past and coming, as it was known at a moment (None: now)."""
    if body is None:
        return ()
    rows = Membership.objects.filter(body=body).known_at(recorded_at)
    return tuple(sorted(rows.select_related("person", "represents", "body"), key=_order))


def deviations(
    body: BodyRecord | None, recorded_at: datetime | None = None
) -> tuple[Deviation, ...]:
    """Every agreement to deviate that a body has made, as it was known at a moment."""
    if body is None:
        return ()
    rows = Deviation.objects.filter(body=body).known_at(recorded_at)
    return tuple(rows.order_by("valid_from", "pk"))


def documents(
    body: BodyRecord | None, valid_on: date, recorded_at: datetime | None = None
) -> dict[str, BodyDocument]:
    """The version of each kind of document that is in force on a day."""
    found: dict[str, BodyDocument] = {}
    if body is None:
        return found
    rows = BodyDocument.objects.filter(body=body, valid_from__lte=valid_on)
    if recorded_at is not None:
        rows = rows.filter(recorded_from__lte=recorded_at)
    for row in rows.order_by("valid_from", "number"):
        found[row.kind] = row
    return {
        kind: row for kind, row in found.items() if not row.valid_to or row.valid_to >= valid_on
    }


def members(
    rows: Iterable[Membership], *, on: date | None = None, recorded_at: datetime | None = None
) -> tuple[structure.Member, ...]:
    """The rows as `klynge.structure` checks them.

    on: fill in the posts elsewhere that follow from other bodies' chairs on that day, as it was
    known at `recorded_at`.
    """
    rows = tuple(rows)
    names = labels(rows)
    posts = chairs_elsewhere({row.person_id for row in rows}, on, recorded_at) if on else {}
    return tuple(
        structure.Member(
            person=names[row.person_id],
            party=row.party,
            kommune=row.kommune,
            office=row.office,
            role=row.role,
            area=row.area,
            organisation=row.organisation,
            klynge=row.klynge,
            appointer=row.appointer,
            posts=(*(tuple(post) for post in row.posts), *posts.get(row.person_id, ())),
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            row=row.pk or 0,
        )
        for row in rows
    )


def agreements(rows: Iterable[Deviation]) -> tuple[structure.Deviation, ...]:
    """The agreements as `klynge.structure` reads them."""
    return tuple(
        structure.Deviation(
            rule=row.rule,
            decision=row.decision,
            subject=row.subject,
            agreed=row.agreed,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
        )
        for row in rows
    )


def labels(rows: Iterable[Membership]) -> dict[int, str]:
    """What each person is called; two of the same name are told apart by number."""
    people = {row.person_id: row.person.name for row in rows}
    times = Counter(people.values())
    return {pk: name if times[name] == 1 else f"{name} (nr. {pk})" for pk, name in people.items()}


def chairs_elsewhere(
    people: set[int], on: date, recorded_at: datetime | None = None
) -> dict[int, tuple[tuple[str, str], ...]]:
    """The posts in other bodies that the law asks about, by person: (post, place)."""
    wanted = Q()
    for kind, party in CHAIRS.values():
        wanted |= Q(body__kind=kind, party=party)
    rows = Membership.objects.filter(wanted, role="formand", person_id__in=people)
    found: dict[int, tuple[tuple[str, str], ...]] = {}
    posts = {kind: post for post, (kind, _party) in CHAIRS.items()}
    for row in rows.known_at(recorded_at).valid_on(on).select_related("body"):
        post = (posts[row.body.kind], row.body.place)
        found[row.person_id] = (*found.get(row.person_id, ()), post)
    return found


@dataclass(frozen=True)
class Happening:
    """One thing in a body's life.

    what: came, left, corrected, voided, agreed, agreement_ended, adopted.
    day: the day it took effect; for what was corrected or taken back, the day that was recorded.
    """

    day: date
    what: str
    row: Recorded | BodyDocument

    @property
    def in_the_record(self) -> bool:
        """Whether it is a change of what we took to be so, and not of what was so."""
        return self.what in ("corrected", "voided")


@dataclass(frozen=True)
class Day:
    """What happened on one day."""

    day: date
    happenings: tuple[Happening, ...]


def timeline(body: BodyRecord | None, until: date) -> tuple[Day, ...]:
    """What happened in a body up to a day, the latest first."""
    if body is None:
        return ()
    rows = [
        *Membership.objects.filter(body=body).select_related("person", "represents", "recorded_by"),
        *Deviation.objects.filter(body=body).select_related("recorded_by"),
    ]
    papers = BodyDocument.objects.filter(body=body).select_related("recorded_by")
    every = [
        *(each for row in rows for each in _happenings(row)),
        *(Happening(paper.valid_from, "adopted", paper) for paper in papers),
    ]
    by_day: dict[date, list[Happening]] = {}
    for each in every:
        if each.day <= until:
            by_day.setdefault(each.day, []).append(each)
    return tuple(Day(day, tuple(by_day[day])) for day in sorted(by_day, reverse=True))


def _happenings(row: Membership | Deviation) -> list[Happening]:
    found = []
    if row.change in (Recorded.Change.CORRECTED, Recorded.Change.VOIDED):
        found.append(Happening(_local(row.recorded_from), str(row.change), row))
    if row.recorded_to is None and not row.void:
        is_seat = isinstance(row, Membership)
        found.append(Happening(row.valid_from, "came" if is_seat else "agreed", row))
        if row.valid_to:
            found.append(Happening(row.valid_to, "left" if is_seat else "agreement_ended", row))
    return found


def _local(moment: datetime) -> date:
    return timezone.localtime(moment).date()


def _order(row: Membership) -> tuple[object, ...]:
    parties = ("region", "kommune", "plo", "patienter")
    return (
        row.role in FILLS_NO_SEAT,
        parties.index(row.party) if row.party in parties else len(parties),
        ORDER.index(row.role) if row.role in ORDER else len(ORDER),
        row.person.sort_key,
        row.valid_from,
    )


def seats_of(person_ids: Sequence[int]) -> tuple[Membership, ...]:
    """Every seat of some people as it is known now, the latest first."""
    rows = Membership.objects.filter(person_id__in=person_ids).known_at()
    return tuple(rows.select_related("body", "person", "represents").order_by("-valid_from", "pk"))
