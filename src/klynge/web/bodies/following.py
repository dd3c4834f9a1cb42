"""Which body follows which: from the successions of `klynge.structure`, in both directions."""

from __future__ import annotations

from datetime import date, timedelta

from klynge import structure
from klynge.structure import Place
from klynge.structure.facts import facts
from klynge.web.bodies import kinds
from klynge.web.bodies.pages import lies_in
from klynge.web.bodies.standing import Body, body_called

ONE_DAY = timedelta(days=1)


def main_body(place: Place, on: date) -> Body | None:
    """The body that takes a place's matters over on a day: that of its phase, if it has phases."""
    for phase in place.phases:
        if phase.valid_from <= on and (phase.valid_to is None or on <= phase.valid_to):
            return body_called(phase.body, place.id)
    return None


def takes_over(place: Place, on: date) -> tuple[Place, ...]:
    """The places that take over from a place on a day.

    A klynge's successors; a sundhedsråd follows its own preparatory one; of a region's bodies,
    whose work no single body takes over, the sundhedsråd of the region.
    """
    if place.kind == kinds.SUNDHEDSRAAD:
        return (place,) if place.exists(on) else ()
    if place.kind == kinds.REGION:
        day = on - ONE_DAY
        every = structure.places(kinds.SUNDHEDSRAAD, on)
        return tuple(each for each in every if lies_in(each, place, day))
    return tuple(each for each in structure.successors(place.kind, place.id) if each.exists(on))


def closing_bodies(place: Place, on: date) -> tuple[Body, ...]:
    """The bodies of a place that are there no longer on a day."""
    found = (
        body_called(each.id, place.id)
        for each in structure.body_kinds()
        if each.place_kind == place.kind
    )
    return tuple(body for body in found if body and body.valid_to and body.valid_to < on)


def after(body: Body) -> tuple[Body, ...]:
    """The bodies that follow a body for good; none for one that goes on."""
    if body.valid_to is None or body.place.kind == kinds.REGION:
        return ()
    days = [row.on for row in facts().successions if _is_from(row, body.place)]
    on = max([body.valid_to + ONE_DAY, *days])
    found = (main_body(place, on) for place in takes_over(body.place, on))
    return tuple(each for each in found if each and each.key != body.key)


def before(body: Body) -> tuple[Body, ...]:
    """The bodies that a body follows."""
    if body.place.kind != kinds.SUNDHEDSRAAD:
        return ()
    places = (body.place, *structure.predecessors(body.place.kind, body.place.id))
    earlier = (each for place in places for each in closing_bodies(place, body.valid_from))
    return tuple(each for each in earlier if body.key in {one.key for one in after(each)})


def _is_from(row: structure.model.Succession, place: Place) -> bool:
    return (row.kind, row.id) == (place.kind, place.id)
