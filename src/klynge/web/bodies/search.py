"""Finding a place by a piece of its name, a hospital's name or its code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from klynge import structure
from klynge.structure import Place
from klynge.web.bodies import kinds
from klynge.web.bodies.danish import danish_order, plain
from klynge.web.bodies.pages import region_of

SEARCHED = (kinds.KLYNGE, kinds.SUNDHEDSRAAD, kinds.KOMMUNE, kinds.REGION)
MOST = 20


@dataclass(frozen=True)
class Found:
    """One place that fits. `because`: the other name that fitted, when it was not its own."""

    place: Place
    name: str
    region: Place | None
    because: str
    exists: bool


def find(text: str, on: date) -> tuple[Found, ...]:
    """Places that fit `text`: those that are there on the date first, the closest fit first."""
    wanted = plain(text.strip())
    if not wanted:
        return ()
    fits = [
        (not place.exists(on), rank, SEARCHED.index(kind), danish_order(place.name), place, why)
        for kind in SEARCHED
        for place in structure.places(kind)
        for rank, why in [_fit(place, wanted)]
        if rank is not None
    ]
    fits.sort(key=lambda fit: fit[:4])
    return tuple(
        Found(place, place.name_on(on), region_of(place, _day(place, on)), why, place.exists(on))
        for *_order, place, why in fits[:MOST]
    )


def _fit(place: Place, wanted: str) -> tuple[int | None, str]:
    """How well a place fits (0 is best, None not at all), and the other name that did."""
    own = _rank(place.name, wanted)
    if place.id == wanted:
        own = 0
    if own is not None:
        return own, ""
    others = [*place.details.get("alt_names", ()), *(h.name for h in place.hospitals)]
    ranked = [(rank + 3, name) for name in others if (rank := _rank(name, wanted)) is not None]
    return min(ranked) if ranked else (None, "")


def _rank(name: str, wanted: str) -> int | None:
    simple = plain(name)
    if simple.startswith(wanted):
        return 0
    if any(word.startswith(wanted) for word in simple.replace("-", " ").split()):
        return 1
    return 2 if wanted in simple else None


def _day(place: Place, on: date) -> date:
    return on if place.exists(on) else place.valid_from
