"""Computes what each place gets by a key: exact weights, largest remainder, the sum to the øre.

A weight that is missing, hidden or zero is no weight: the key is refused with every place it
concerns, and nothing is saved. Hidden is not zero, and nobody is to get nothing by accident.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import lcm
from typing import Any

from django.utils.translation import gettext as _

from klynge import structure
from klynge.methods import largest_remainder
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.figures import weighting
from klynge.web.funds import needs
from klynge.web.funds.exact import fraction
from klynge.web.funds.sharing_models import Key

Method = Key.Method


@dataclass(frozen=True)
class Asked:
    """What is to be shared, over which places, seen on which day."""

    amount: int
    kind: str
    places: tuple[str, ...]
    on: date

    def name(self, id: str) -> str:
        """What a place is called; a partner's id is its name."""
        return id if self.kind == "partner" else structure.place(self.kind, id).name


@dataclass(frozen=True)
class Column:
    """What a key rests on: its description, and a number (or why there is none) for each place."""

    about: dict[str, Any]
    numbers: Mapping[str, int | needs.Gap]


def compute(method: str, parameters: Mapping[str, Any], asked: Asked) -> dict[str, Any]:
    """The result of a key, as it is kept (`Key.result`). Raises NotAllowed with every reason."""
    if not asked.places:
        raise NotAllowed(_("Vælg mindst ét sted at fordele på."))
    if asked.kind == "partner" and method not in (Method.EQUAL, Method.OWN):
        raise NotAllowed(_("Mellem parter kan der kun deles lige eller efter egne tal."))
    columns, weights, shared = _weights(method, parameters, asked)
    _refuse_nothing(weights, asked)
    whole = _as_integers([weights[place] for place in asked.places])
    parts = largest_remainder(whole, asked.amount)
    total = sum(weights.values())
    rows = [
        {
            "id": place,
            "name": asked.name(place),
            "numbers": [column.numbers[place] for column in columns],
            "share": float(weights[place] / total),
            "ore": int(part),
        }
        for place, part in zip(asked.places, parts, strict=True)
    ]
    return {"columns": [column.about for column in columns], "rows": rows, "shared": shared}


def _weights(
    method: str, parameters: Mapping[str, Any], asked: Asked
) -> tuple[list[Column], dict[str, Fraction], list[str]]:
    """The columns behind a key, each place's weight, and the kommuner counted in several."""
    if method == Method.EQUAL:
        return [], {place: Fraction(1) for place in asked.places}, []
    if method == Method.OWN:
        return _own(parameters, asked)
    if method == Method.POPULATION:
        return _population(asked)
    columns = needs.age_columns(parameters, asked) if method == Method.AGE else (
        needs.need_columns(parameters, asked)
    )  # fmt: skip
    made = [Column(about, numbers) for about, numbers in columns]
    _refuse_gaps(made, asked)
    if method == Method.AGE:
        weights = {
            place: sum(
                (fraction(c.about["weight"]) * int(c.numbers[place]) for c in made),  # type: ignore[arg-type]
                Fraction(0),
            )
            for place in asked.places
        }
    else:
        weights = _by_need(made, asked)
    return made, weights, shared_kommuner(asked)


def _own(
    parameters: Mapping[str, Any], asked: Asked
) -> tuple[list[Column], dict[str, Fraction], list[str]]:
    given = parameters.get("figures", {})
    missing = [asked.name(place) for place in asked.places if str(given.get(place, "")) == ""]
    if missing:
        raise NotAllowed(
            _("Der mangler et tal for {places}. Skriv et tal for hvert sted.").format(
                places=", ".join(missing)
            )
        )
    weights = {place: fraction(given[place]) for place in asked.places}
    negative = [asked.name(place) for place, weight in weights.items() if weight < 0]
    if negative:
        raise NotAllowed(
            _("Tallet for {places} er mindre end 0.").format(places=", ".join(negative))
        )
    about = {"kind": "own", "source": str(parameters.get("source", "")).strip()}
    if not about["source"]:
        raise NotAllowed(_("Skriv, hvor de egne tal kommer fra."))
    column = Column(about, {place: str(given[place]) for place in asked.places})  # type: ignore[misc]
    return [column], weights, []


def _population(asked: Asked) -> tuple[list[Column], dict[str, Fraction], list[str]]:
    """People in each place; a kommune in several places counts with an equal part in each."""
    people = weighting.population()
    weights: dict[str, Fraction] = {}
    for place in asked.places:
        codes = kommuner(asked.kind, place, asked.on)
        parts = [Fraction(people[code], _times(asked.kind, code, asked.on)) for code in codes]
        weights[place] = sum(parts, Fraction(0))
    about = {"kind": "population", "source": weighting.POPULATION_SOURCE}
    column = Column(about, {place: round(weight) for place, weight in weights.items()})
    return [column], weights, shared_kommuner(asked)


def _by_need(columns: Sequence[Column], asked: Asked) -> dict[str, Fraction]:
    """Each place's part of everybody counted, the chosen figures weighed together."""
    weights = {place: Fraction(0) for place in asked.places}
    for column in columns:
        total = sum(int(column.numbers[place]) for place in asked.places)  # type: ignore[arg-type]
        if total == 0:
            continue
        for place in asked.places:
            part = Fraction(int(column.numbers[place]), total)  # type: ignore[arg-type]
            weights[place] += fraction(column.about["weight"]) * part
    return weights


def kommuner(kind: str, place: str, on: date) -> tuple[str, ...]:
    """The codes of the kommuner of a place on a day."""
    if kind == "kommune":
        return (place,)
    return tuple(row.kommune for row in structure.members(kind, place, on=on))


def shared_kommuner(asked: Asked) -> list[str]:
    """The names of kommuner that are in several places of the kind."""
    if asked.kind in ("kommune", "partner"):
        return []
    codes = {code for place in asked.places for code in kommuner(asked.kind, place, asked.on)}
    return sorted(
        structure.place("kommune", code).name
        for code in codes
        if _times(asked.kind, code, asked.on) > 1
    )


def _times(kind: str, code: str, on: date) -> int:
    if kind == "kommune":
        return 1
    return len([row for row in structure.places_of(code, on=on) if row.kind == kind])


def _refuse_gaps(columns: Sequence[Column], asked: Asked) -> None:
    reasons = [
        _("{title}: {why} ({places}).").format(
            title=needs.title_of(column.about), why=str(why), places=", ".join(names)
        )
        for column in columns
        for why, names in _gaps(column, asked).items()
    ]
    if reasons:
        raise NotAllowed(
            *reasons,
            _("Vælg et andet nøgletal, tag stederne ud af fordelingen, eller brug egne tal."),
        )


def _gaps(column: Column, asked: Asked) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for place in asked.places:
        number = column.numbers[place]
        if isinstance(number, needs.Gap):
            found.setdefault(number.why, []).append(asked.name(place))
    return found


def _refuse_nothing(weights: Mapping[str, Fraction], asked: Asked) -> None:
    nothing = [asked.name(place) for place, weight in weights.items() if weight == 0]
    if nothing:
        raise NotAllowed(
            _(
                "Vægten er 0 for {places}, som ingenting ville få. Tag stedet ud af fordelingen,"
                " eller vælg en anden nøgle."
            ).format(places=", ".join(nothing))
        )


def _as_integers(weights: Sequence[Fraction]) -> list[int]:
    common = lcm(*(weight.denominator for weight in weights))
    return [int(weight * common) for weight in weights]
