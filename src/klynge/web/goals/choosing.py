"""What a goal can be about: the pack's figures and the body's own, and the places it covers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from klynge import structure
from klynge.structure import UnknownPlace
from klynge.web.agreements import reading as agreements
from klynge.web.agreements.models import AgreementGoal
from klynge.web.bodies.models import BodyRecord
from klynge.web.bodies.standing import Body
from klynge.web.figures import reading
from klynge.web.figures.reading import Desk
from klynge.web.figures.vocabulary import THEMES, age_title
from klynge.web.goals import readings
from klynge.web.goals.models import Goal, OwnIndicator

OWN = "egen:"


@dataclass(frozen=True)
class Subject:
    """One figure at one place: a pack's indicator and age, or the body's own."""

    place: tuple[str, str]
    indicator: str = ""
    age: str = "all"
    own: OwnIndicator | None = None


def agreement_goals(body: Body, on: date, goal: Goal | None = None) -> list[AgreementGoal]:
    """The goals of the agreements that hold in the body's region, and the one it has already."""
    region = body.place.id if body.place.kind == "region" else body.place.region
    found = agreements.goals_of(region, on) if region else []
    kept = goal.agreement_goal if goal else None
    return found if kept is None or kept in found else [kept, *found]


def figures(record: BodyRecord | None, desk: Desk | None) -> list[Any]:
    """What can be chosen, by theme; the body's own figures last."""
    groups: list[Any] = []
    for theme in THEMES if desk else ():
        found = [
            (f"{one.code}:{age}", _titled(one.title, age))
            for one in (desk.indicators if desk else ())
            if one.theme == theme.code
            for age in reading.head_ages(one)
        ]
        if found:
            groups.append((str(theme.title), found))
    own = OwnIndicator.objects.filter(body=record) if record else ()
    if own:
        groups.append((_("Organets egne"), [(f"{OWN}{one.pk}", one.title) for one in own]))
    return groups


def places(body: Body, desk: Desk | None, on: date) -> list[tuple[str, str]]:
    """The body's own place first, then its kommuner (or, for a region, its klynger)."""
    own = body.place
    found = [(f"{own.kind}:{own.id}", own.name)]
    if own.kind in ("klynge", "sundhedsraad"):
        codes = {
            row.kommune for row in structure.members(own.kind, own.id, on=body.nearest_day(on))
        }
        rows = [structure.place("kommune", code) for code in codes]
    else:
        rows = [row for row in structure.places("klynge", body.nearest_day(on))
                if row.region == own.id]  # fmt: skip
    return found + [(f"{row.kind}:{row.id}", row.name) for row in sorted(rows, key=_name)]


def subject(chosen: Mapping[str, str]) -> Subject:
    """What was chosen in the first step."""
    kind, _colon, id = chosen["place"].partition(":")
    figure = chosen["figure"]
    if figure.startswith(OWN):
        return Subject((kind, id), own=OwnIndicator.objects.get(pk=int(figure[len(OWN) :])))
    code, _colon, age = figure.partition(":")
    return Subject((kind, id), code, age)


def series(chosen: Subject, on: date) -> readings.Readings:
    """The figures that can be set out from."""
    if chosen.own is not None:
        return readings.of_own(chosen.own, on)
    return readings.of_pack(chosen.indicator, *chosen.place, chosen.age, on)


@dataclass(frozen=True)
class About:
    """What a goal is about, as its page says it."""

    figure: str
    place: str
    definition: str
    certainty_of: Any = None


def about(goal: Goal, found: readings.Readings, desk: Desk | None) -> About:
    """The figure and the place in words, and the definition of the body's own."""
    place = _place_name(goal, desk)
    if goal.own_indicator is not None:
        return About(goal.own_indicator.title, place, goal.own_indicator.definition)
    if found.indicator is None:
        return About(goal.indicator, place, "")
    return About(_titled(found.indicator.title, goal.age), place, "", found.indicator)


def _place_name(goal: Goal, desk: Desk | None) -> str:
    try:
        if desk is not None:
            return desk.places.place(goal.place_kind, goal.place).name
        return structure.place(goal.place_kind, goal.place).name
    except UnknownPlace:
        return goal.place


def _titled(title: str, age: str) -> str:
    return title if age == "all" else f"{title}: {age_title(age)}"


def _name(place: Any) -> str:
    return str(place.name)
