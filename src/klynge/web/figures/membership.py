"""Says who is counted in a place, where a reader would otherwise be wrong about it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils import formats
from django.utils.translation import gettext as _

from klynge import structure
from klynge.web.figures.places import PackPlaces, Place


def notes(places: PackPlaces, place: Place, domains: Iterable[str], on: date) -> list[str]:
    """What to know of the place on the date, for figures of these domains."""
    said = [_not_there(place, on)]
    domains = set(domains)
    if "psykiatri" in domains:
        said += [_psychiatry_adds(places, place), _psychiatry_leaves_out(places, place)]
        said.append(_psychiatry_unsure(places, place))
    said += [_shared(places, place, domain) for domain in sorted(domains)]
    return list(dict.fromkeys(text for text in said if text))


def _not_there(place: Place, on: date) -> str:
    """A place is counted the same way in every period, also where it was not there."""
    try:
        known = structure.place(place.kind, place.id)
    except (KeyError, ValueError):
        return ""
    if known.exists(on):
        return ""
    day = formats.date_format(known.valid_from, "DATE_FORMAT")
    if on < known.valid_from:
        return _(
            "{place} findes først fra {day}. Tallene er regnet bagud for de kommuner,"
            " der hører til."
        ).format(place=place.name, day=day)
    return _("{place} findes ikke længere på den valgte dato. Tallene er til opslag.").format(
        place=place.name
    )


def _psychiatry_adds(places: PackPlaces, place: Place) -> str:
    added = _difference(places, place, "psykiatri", "somatik")
    if not added:
        return ""
    return _("Psykiatriske tal medregner {kommuner}, som i somatikken hører til {others}.").format(
        **_told(places, place, added, "somatik")
    )


def _psychiatry_leaves_out(places: PackPlaces, place: Place) -> str:
    left_out = _difference(places, place, "somatik", "psykiatri")
    if not left_out:
        return ""
    return _(
        "Psykiatriske tal medregner ikke {kommuner}, som i psykiatrien hører til {others}."
    ).format(**_told(places, place, left_out, "psykiatri"))


def _psychiatry_unsure(places: PackPlaces, place: Place) -> str:
    if not places.uncertain(place.key, "psykiatri"):
        return ""
    return _(
        "Det er ikke efterprøvet for alle kommuner, hvor de hører til i psykiatrien; hvor det ikke"
        " er, er de sat som i somatikken."
    )


def _shared(places: PackPlaces, place: Place, domain: str) -> str:
    shared = places.shared(place.key, domain)
    if not shared:
        return ""
    return _(
        "{kommuner} tæller helt med både her og i {others}, fordi registrene ikke siger, hvilken"
        " del af kommunen en borger bor i. Regionens og landets tal tæller hver borger én gang."
    ).format(**_told(places, place, shared, domain))


def _difference(places: PackPlaces, place: Place, one: str, other: str) -> list[str]:
    return sorted(set(places.kommuner(place.key, one)) - set(places.kommuner(place.key, other)))


def _told(places: PackPlaces, place: Place, kommuner: Iterable[str], domain: str) -> dict[str, str]:
    codes = list(kommuner)
    others = dict.fromkeys(
        other.name for code in codes for other in places.others_with(code, place.key, domain)
    )
    return {
        "kommuner": _listed(places.place("kommune", code).name for code in codes),
        "others": _listed(others) or _("en anden"),
    }


def _listed(names: Iterable[str]) -> str:
    *first, last = list(names) or [""]
    return _("{first} og {last}").format(first=", ".join(first), last=last) if first else last
