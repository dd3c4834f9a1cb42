"""Reading hand-overs for their pages: which there are to make, and how each stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from klynge import structure
from klynge.structure import Place
from klynge.structure.facts import facts
from klynge.web.bodies import kinds
from klynge.web.bodies.closing import Closing, Together, named, together
from klynge.web.bodies.following import closing_bodies, takes_over
from klynge.web.bodies.models import BodyRecord, Handover
from klynge.web.bodies.standing import Body


@dataclass(frozen=True)
class Row:
    """One hand-over to make or made.

    plan: the one in hand. done: those carried out. bodies: those that close, told where it is not
    plain from the place alone.
    """

    sources: tuple[Place, ...]
    targets: tuple[Place, ...]
    names: tuple[str, ...]
    plan: Handover | None
    done: tuple[Handover, ...]
    bodies: tuple[Body, ...] = ()


def usual_day() -> date:
    """The day on which the klynger's successors are final."""
    return max(row.on for row in facts().successions if row.kind == kinds.KLYNGE)


def rows(on: date) -> list[Row]:
    """The hand-overs of a day: the klynger, then other bodies that something is kept for."""
    every = list(Handover.objects.filter(on=on))
    return [_row(each, on, every) for each in (*together(on), *_others(on))]


def all_together(on: date) -> Row | None:
    """Every klynge at once; None when none closes before the day."""
    parts = together(on)
    if not parts:
        return None
    sources = tuple(place for each in parts for place in each.sources)
    targets = tuple(place for each in parts for place in each.targets)
    return _row(Together(sources, targets), on, list(Handover.objects.filter(on=on)))


def of_body(record: BodyRecord | None) -> list[Handover]:
    """The hand-overs a body has been part of, the latest first."""
    if record is None:
        return []
    links = Handover.objects.filter(links__old=record) | Handover.objects.filter(links__new=record)
    return list(links.distinct())


def _others(on: date) -> list[Together]:
    """Regions' committees and preparatory councils, where anything is recorded for them."""
    recorded = {(row.kind, row.place) for row in BodyRecord.objects.all()}
    found = []
    for kind in (kinds.SUNDHEDSRAAD, kinds.REGION):
        for place in structure.places(kind):
            closed = {body.key for body in closing_bodies(place, on)}
            targets = takes_over(place, on)
            if targets and closed & recorded:
                found.append(Together((place,), targets))
    return found


def _row(each: Together, on: date, every: list[Handover]) -> Row:
    key = Closing(each.sources, each.targets, on).key
    mine = [one for one in every if one.key == key]
    names = {named(place) for place in each.sources}
    covering = [one for one in every if one.carried_out_at and names <= set(one.sources)]
    return Row(
        sources=each.sources,
        targets=each.targets,
        names=tuple(named(place) for place in each.sources),
        plan=next((one for one in mine if one.carried_out_at is None), None),
        done=tuple(covering),
        bodies=() if each.sources[0].kind == kinds.KLYNGE else _recorded(each.sources[0], on),
    )


def _recorded(place: Place, on: date) -> tuple[Body, ...]:
    """The closing bodies of a place for which anything is recorded."""
    there = {(row.kind, row.place) for row in BodyRecord.objects.filter(place=place.id)}
    return tuple(body for body in closing_bodies(place, on) if body.key in there)
