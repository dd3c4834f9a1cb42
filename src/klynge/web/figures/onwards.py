"""Where a figure leads: what can be begun from it, and what in other rooms rests on it.

Figures know of no goals or initiatives. A room above says in its `apps.py` what can be begun from a
figure, and what of its own rests on one:

    def ready(self):
        onwards.begins(elsewhere.need_from_figure)
        onwards.rests(elsewhere.initiatives_on)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from klynge import structure
from klynge.web.accounts.models import User
from klynge.web.bodies import kinds
from klynge.web.bodies.standing import Body, bodies_of


@dataclass(frozen=True)
class OnTable:
    """The figure somebody looks at. period: "" when there is none on the date."""

    code: str
    age: str
    place_kind: str
    place: str
    period: str
    domain: str


@dataclass(frozen=True)
class Way:
    """Somewhere to go. about: what is said beside it."""

    title: str
    address: str
    about: str = ""


Beginner = Callable[[OnTable, Body, User], Way | None]
Rests = Callable[[str, User], Iterable[Way]]

_beginners: list[Beginner] = []
_resting: list[Rests] = []


def begins(beginner: Beginner) -> None:
    """Offer what `beginner` gives on the page of every figure, once for each body of its place."""
    _beginners.append(beginner)


def rests(teller: Rests) -> None:
    """Tell on a figure's pages what rests on it. `teller` is called with the indicator's code."""
    _resting.append(teller)


def from_figure(figure: OnTable, on: date, user: User) -> list[tuple[Body, list[Way]]]:
    """What can be begun from a figure, by body; bodies for which nothing can be are left out."""
    if not figure.period:
        return []
    found = []
    for body in bodies_for(figure, on):
        ways = [way for begin in _beginners if (way := begin(figure, body, user))]
        if ways:
            found.append((body, ways))
    return found


def resting_on(code: str, user: User) -> list[Way]:
    """What rests on an indicator."""
    return [way for each in _resting for way in each(code, user)]


def bodies_for(figure: OnTable, on: date) -> tuple[Body, ...]:
    """The bodies of the figure's place; for a kommune, those of the places it belongs to."""
    try:
        return tuple(body for place in _places_for(figure, on) for body in bodies_of(place, on))
    except structure.UnknownPlace:
        return ()


def _places_for(figure: OnTable, on: date) -> list[structure.Place]:
    if figure.place_kind != "kommune":
        return [structure.place(figure.place_kind, figure.place)]
    domain = "psykiatri" if figure.domain == "psykiatri" else "somatik"
    around = structure.places_of(figure.place, domain=domain, on=on)
    kind = kinds.organising(on)
    return [structure.place(kind, row.place) for row in around if row.kind == kind]
