"""The overview as text to read: fits 80 columns, and looks the same when piped."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from klynge.structure.model import (
    BOTH,
    UNMARKED,
    BodyKind,
    Hospital,
    Membership,
    Place,
    Regime,
    Text,
)
from klynge.structure.overview import Overview, WithMembers
from klynge.structure.page import Page, day, how_sure, said
from klynge.structure.places import place as place_of
from klynge.texts import _


def as_text(found: Overview, *, width: int = 80) -> str:
    """The whole overview, lines no longer than `width` (at least 40)."""
    page = Page(width)
    title = _("Struktur den {on}").format(on=day(found.on))
    page.line(title)
    page.line("=" * len(title))
    _regime(page, found.regime, found.bodies)
    _regions(page, found)
    for region, places in groupby(found.places, key=lambda each: each.place.region):
        _heading_of_region(page, region, found.on)
        for each in places:
            _place(page, each)
    _notes(page, found)
    return page.text()


def _regime(page: Page, regime: Regime, bodies: tuple[BodyKind, ...]) -> None:
    page.labelled(_("Regime"), f"{said(regime.name)} ({regime.id})", indent=0)
    page.labelled(_("Gælder"), _period(regime.valid_from, regime.valid_to), indent=0)
    page.labelled(_("Grundlag"), said(regime.basis), indent=0)
    page.labelled(_("Organer"), "; ".join(said(body.name) for body in bodies), indent=0)
    ends = (
        (_("Begyndelsen"), regime.from_certainty, regime.from_note),
        (_("Slutningen"), regime.to_certainty, regime.to_note),
    )
    for end, certainty, note in ends:
        if certainty not in UNMARKED:
            sure = _("{what}: sikkerhed {sure}.").format(what=end, sure=how_sure(certainty))
            page.marked(f"{sure} {said(note)}", indent=0)


def _regions(page: Page, found: Overview) -> None:
    page.line()
    page.line(_("Regioner"))
    for each in found.regions:
        kommuner = each.kommuner()
        count = _("{n} kommuner").format(n=len(kommuner))
        page.line(f"{each.name} ({each.place.id}): {count}", indent=2)
        if each.place.details.get("code_certainty") == "unknown":
            page.marked(said(each.place.certainty_note), indent=4)
        if not found.places:
            page.line(", ".join(f"{_kommune(code)} {code}" for code in kommuner), indent=4)


def _heading_of_region(page: Page, region: str | None, on: date) -> None:
    page.line()
    if region is None:
        return
    place = place_of("region", region)
    page.line(place.name if place.exists(on) else _to_come(place))


def _to_come(region: Place) -> str:
    return _("{name} (fra {day})").format(name=region.name, day=day(region.valid_from))


def _place(page: Page, found: WithMembers) -> None:
    page.line()
    page.line(f"{found.name} ({found.place.id})", indent=2)
    for hospital in found.place.hospitals:
        page.labelled(_("Akuthospital"), hospital.name, indent=4)
    page.labelled(_("Hjemmel"), found.place.details.get("statute", ""), indent=4)
    page.labelled(_("Kommuner"), ", ".join(_members(found)), indent=4)
    page.labelled(_("Kommer fra"), _named(found.predecessors), indent=4)
    page.labelled(_("Går over i"), _named(found.successors), indent=4)
    for doubt in _doubts(found):
        page.marked(doubt, indent=4)


def _members(found: WithMembers) -> Iterator[str]:
    rows = _by_kommune(found)
    for code, domain in found.kommuner().items():
        marks = [_("kun {domain}").format(domain=domain)] if domain != BOTH else []
        if any(row.shared for row in rows[code]):
            marks.append(_("delt"))
        if rows[code][0].certainty not in UNMARKED:
            marks.append("?")
        yield f"{_kommune(code)} {code}" + (f" ({', '.join(marks)})" if marks else "")


def _by_kommune(found: WithMembers) -> dict[str, list[Membership]]:
    """The rows of each kommune; the somatic first, as it is in no doubt about psychiatry."""
    rows: dict[str, list[Membership]] = {}
    for each in (*found.members["somatik"], *found.members["psykiatri"]):
        rows.setdefault(each.kommune, []).append(each)
    return rows


def _doubts(found: WithMembers) -> Iterator[str]:
    """What is not sure about the place, its hospital and its members, each with its note."""
    place = found.place
    if place.certainty not in UNMARKED:
        yield _sure(_("Sikkerhed"), place.certainty, place.certainty_note)
    for hospital in place.hospitals:
        if hospital.certainty not in UNMARKED:
            yield _of_hospital(hospital)
    yield from _doubts_of_members(found)


def _of_hospital(hospital: Hospital) -> str:
    return _sure(_("Akuthospitalet, sikkerhed"), hospital.certainty, hospital.certainty_note)


def _doubts_of_members(found: WithMembers) -> Iterator[str]:
    by_note: dict[tuple[str, Text], list[str]] = {}
    for code, rows in _by_kommune(found).items():
        row = rows[0]
        if row.certainty not in UNMARKED or row.domain != BOTH:
            by_note.setdefault((row.certainty, row.certainty_note), []).append(_kommune(code))
    for (certainty, note), names in by_note.items():
        yield _sure(_("{names}, sikkerhed").format(names=", ".join(names)), certainty, note)


def _sure(what: str, certainty: str, note: Text) -> str:
    return f"{what} {how_sure(certainty)}: {said(note)}"


def _notes(page: Page, found: Overview) -> None:
    if not found.places:
        return
    page.line()
    page.line(_("Sådan læses oversigten"))
    for note in found.notes:
        page.marked(said(note.text), indent=2)
    page.line()
    page.line(_("(delt) tælles i flere klynger; (?) er usikker; (kun ...) gælder ét område."))


def _named(places: tuple[Place, ...]) -> str:
    return ", ".join(f"{place.name} ({place.id})" for place in places)


def _kommune(code: str) -> str:
    return place_of("kommune", code).name


def _period(first: date, last: date | None) -> str:
    return f"{day(first)}-{day(last)}" if last else _("fra {day}").format(day=day(first))
