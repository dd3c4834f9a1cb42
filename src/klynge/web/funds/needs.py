"""Reads the figures a key weighs places by: the numerator of chosen indicators, or ages.

Always the pack that is shown, and the newest period known on the day; both are kept with the key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from klynge.web.bodies.reasons import NotAllowed
from klynge.web.figures import across, cells, periods, reading
from klynge.web.figures.models import SHOWN, Figure, Indicator
from klynge.web.figures.reading import Desk
from klynge.web.figures.vocabulary import age_title, first_age
from klynge.web.funds.exact import fraction

if TYPE_CHECKING:
    from klynge.web.funds.sharing import Asked

Read = tuple[dict[str, Any], Mapping[str, "int | Gap"]]


@dataclass(frozen=True)
class Gap:
    """Why there is no number for a place."""

    why: str


def choices(on: Any) -> list[tuple[str, str]]:
    """Every indicator and age a key can weigh by, as "code|age" and its title."""
    desk = Desk.of(on)
    return [
        (f"{each.code}|{age}", _titled(each, age))
        for each in (desk.indicators if desk else ())
        for age in reading.head_ages(each)
    ]


def ages(on: Any) -> list[tuple[str, list[str]]]:
    """The indicators whose people are told by age, as code and title; and their bands."""
    desk = Desk.of(on)
    return [
        (each.code, [band for band in each.entry["ages"] if band != "all"])
        for each in (desk.indicators if desk else ())
        if len(each.entry["ages"]) > 1 and (each.is_count or each.entry.get("denominator"))
    ]


def need_columns(parameters: Mapping[str, Any], asked: Asked) -> list[Read]:
    """A column for each chosen indicator: how many people or events it counts in each place."""
    chosen = [one for one in parameters.get("indicators", ()) if one.get("code")]
    if not chosen:
        raise NotAllowed(_("Vælg mindst ét nøgletal at vægte efter."))
    _weights_must_be_positive(one["weight"] for one in chosen)
    desk = _desk(asked)
    return [_column(desk, asked, one, field="numerator") for one in chosen]


def age_columns(parameters: Mapping[str, Any], asked: Asked) -> list[Read]:
    """A column for each age with a weight: how many people of it live in each place."""
    weights = parameters.get("ages", {})
    chosen = [(band, weight) for band, weight in weights.items() if str(weight) not in ("", "0")]
    if not chosen:
        raise NotAllowed(_("Skriv en vægt for mindst én aldersgruppe."))
    _weights_must_be_positive(weight for _band, weight in chosen)
    _bands_must_not_overlap([band for band, _weight in chosen])
    desk = _desk(asked)
    indicator = _indicator(desk, str(parameters.get("code", "")))
    field = "numerator" if indicator.is_count else "denominator"
    chosen.sort(key=lambda one: first_age(one[0]))
    return [
        _column(
            desk,
            asked,
            {"code": indicator.code, "age": band, "weight": weight, "people": True},
            field=field,
        )
        for band, weight in chosen
    ]


def title_of(about: Mapping[str, Any]) -> str:
    """What a column is called in the reader's language."""
    if about["kind"] == "population":
        return _("Folketal")
    if about["kind"] == "own":
        return _("Egne tal")
    age = age_title(about["age"]) if about["age"] != "all" else ""
    if about["people"]:
        return age or _("Alle aldre")
    title = about["title"].get(get_language() or "da") or about["title"]["da"]
    return f"{title}, {age}" if age else str(title)


def period_of(about: Mapping[str, Any]) -> str:
    """The period of a column's figures as people say it."""
    return periods.title(about["period"], snapshot=about["snapshot"])


def _column(desk: Desk, asked: Asked, one: Mapping[str, Any], *, field: str) -> Read:
    indicator = _indicator(desk, one["code"])
    age = one.get("age") or "all"
    measure = reading.plain_measure(indicator)
    known, _later = across.known_periods(desk, indicator, measure)
    if not known:
        raise NotAllowed(
            _("Datapakken har ingen tal for “{title}” før den dag.").format(title=indicator.title)
        )
    found = {
        figure.place: figure
        for figure in Figure.objects.filter(
            indicator=indicator,
            place_kind=asked.kind,
            place__in=asked.places,
            period=known[-1],
            sex="all",
            age=age,
            education="all",
            measure=measure,
        )
    }
    about = {
        "kind": "indicator",
        "people": bool(one.get("people")),
        "code": indicator.code,
        "title": indicator.entry["title"],
        "counts": indicator.entry[field] or indicator.entry["title"],
        "age": age,
        "weight": str(one["weight"]),
        "period": known[-1],
        "snapshot": indicator.is_snapshot,
        "certainty": indicator.certainty,
        "pack": str(desk.pack),
        "seal": desk.pack.seal[:19],
    }
    return about, {place: _number(indicator, found.get(place), field) for place in asked.places}


def _number(indicator: Indicator, figure: Figure | None, field: str) -> int | Gap:
    """The number of a cell; a Gap that tells hidden, not counted and not there apart."""
    if figure is None:
        return Gap(_("datapakken har ikke tallet"))
    number = getattr(figure, field)
    if figure.status == SHOWN and number is not None:
        return int(number)
    cell = cells.of_figure(figure, cells.Scale.of(indicator))
    return Gap(_("tallet er skjult") if cell.is_hidden else _("tallet er ikke opgjort"))


def _desk(asked: Asked) -> Desk:
    desk = Desk.of(asked.on)
    if desk is None:
        raise NotAllowed(_("Der er ingen datapakke endnu, så der er ingen tal at vægte efter."))
    return desk


def _indicator(desk: Desk, code: str) -> Indicator:
    try:
        return desk.indicator(code)
    except Indicator.DoesNotExist:
        raise NotAllowed(
            _("Den viste datapakke har ikke nøgletallet “{code}”.").format(code=code)
        ) from None


def _titled(indicator: Indicator, age: str) -> str:
    return indicator.title if age == "all" else f"{indicator.title}, {age_title(age)}"


def _weights_must_be_positive(weights: Any) -> None:
    if any(fraction(weight) <= 0 for weight in weights):
        raise NotAllowed(_("En vægt skal være større end 0. Udelad det, der ikke skal tælle."))


def _bands_must_not_overlap(bands: list[str]) -> None:
    spans = sorted((first_age(band), band) for band in bands)
    for (one, name), (other, other_name) in pairwise(spans):
        if other[0] <= one[1]:
            raise NotAllowed(
                _("“{one}” og “{other}” overlapper, så nogle borgere ville tælle to gange.").format(
                    one=age_title(name), other=age_title(other_name)
                )
            )
