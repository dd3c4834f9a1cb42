"""Lists of places on a date: klynger or sundhedsråd by region, and the 98 kommuner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from klynge import structure
from klynge.structure import Place
from klynge.web.bodies import kinds
from klynge.web.bodies.danish import danish_order
from klynge.web.bodies.notes import Mark, Notes
from klynge.web.bodies.pages import PSYCHIATRIC, SOMATIC, Marked, after, lies_in, region_of


@dataclass(frozen=True)
class Row:
    """One klynge or sundhedsråd."""

    place: Place
    name: str
    mark: Mark | None
    hospitals: tuple[Marked, ...]
    kommuner: tuple[Place, ...]
    successors: tuple[Marked, ...]


@dataclass(frozen=True)
class RegionRows:
    """A region with what it holds, and how many kommuner it has."""

    region: Place
    rows: tuple[Row, ...]
    kommuner: tuple[Place, ...]


@dataclass(frozen=True)
class KommuneRow:
    """One kommune and what it belongs to; two places in one domain for København."""

    kommune: Place
    region: Place | None
    somatic: tuple[Marked, ...]
    psychiatric: tuple[Marked, ...]

    @property
    def differ(self) -> bool:
        """Whether psychiatric care has other places than somatic care."""
        return {one.it for one in self.somatic} != {one.it for one in self.psychiatric}


@dataclass(frozen=True)
class Kommuner:
    """The 98 kommuner with the notes to them. `psychiatric_mark` holds for their whole column."""

    rows: tuple[KommuneRow, ...]
    psychiatric_mark: Mark | None
    notes: Notes


@dataclass(frozen=True)
class ByRegion:
    """Every region on a date, and the notes to what they hold."""

    regions: tuple[RegionRows, ...]
    notes: Notes
    count: int


def by_region(on: date) -> ByRegion:
    """The klynger or sundhedsråd of each region on a date; kommuner alone before there were any."""
    kind, notes = kinds.organising(on), Notes()
    places = structure.places(kind, on) if kind != kinds.REGION else ()
    regions = tuple(
        RegionRows(
            region=region,
            rows=tuple(_row(place, on, notes) for place in places if lies_in(place, region, on)),
            kommuner=_kommuner(region, on),
        )
        for region in structure.places(kinds.REGION, on)
    )
    return ByRegion(regions, notes, len(places))


def kommuner(on: date) -> Kommuner:
    """The 98 kommuner by name."""
    kind, notes = kinds.organising(on), Notes()
    every = sorted(structure.places(kinds.KOMMUNE, on), key=lambda place: danish_order(place.name))
    general = [note for note in structure.notes(kind, on) if note.domain == PSYCHIATRIC]
    mark = notes.doubt_of(general[0].certainty, general[0].text) if general else None
    rows = tuple(
        KommuneRow(
            kommune=kommune,
            region=region_of(kommune, on),
            somatic=_homes(kommune, kind, SOMATIC, on, notes),
            psychiatric=_homes(kommune, kind, PSYCHIATRIC, on, None),
        )
        for kommune in every
    )
    return Kommuner(rows, mark, notes)


def _row(place: Place, on: date, notes: Notes) -> Row:
    return Row(
        place=place,
        name=place.name_on(on),
        mark=notes.doubt(place),
        hospitals=tuple(Marked(hospital, notes.doubt(hospital)) for hospital in place.hospitals),
        kommuner=_kommuner(place, on),
        successors=after(place, notes),
    )


def _kommuner(place: Place, on: date) -> tuple[Place, ...]:
    rows = structure.members(place.kind, place.id, on=on)
    found = (structure.place(kinds.KOMMUNE, row.kommune) for row in rows)
    return tuple(sorted(found, key=lambda kommune: danish_order(kommune.name)))


def _homes(
    kommune: Place, kind: str, domain: str, on: date, notes: Notes | None
) -> tuple[Marked, ...]:
    if kind == kinds.REGION:
        return ()
    return tuple(
        Marked(structure.place(kind, row.place), notes.doubt(row) if notes else None)
        for row in structure.places_of(kommune.id, domain=domain, on=on)
        if row.kind == kind
    )
