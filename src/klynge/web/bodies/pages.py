"""What the page of a place shows, put together from `klynge.structure`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from klynge import structure
from klynge.structure import BodyKind, Hospital, Membership, Note, Place, Regime
from klynge.structure.facts import facts
from klynge.web.bodies import kinds
from klynge.web.bodies.danish import danish_order
from klynge.web.bodies.notes import Mark, Notes

SOMATIC, PSYCHIATRIC = structure.DOMAINS
SHARED = "koebenhavn-i-to-klynger"


@dataclass(frozen=True)
class Marked:
    """Something with the mark of its doubt, if there is any."""

    it: Place | Hospital | BodyKind
    mark: Mark | None
    name: str = ""


@dataclass(frozen=True)
class Belonging:
    """One kommune's row on the page of a klynge, sundhedsråd or region.

    somatic, psychiatric: whether it belongs here in that domain. elsewhere: the places of the same
    kind it also, or instead, belongs to, with the domain ("" for both).
    """

    kommune: Place
    somatic: bool
    psychiatric: bool
    somatic_mark: Mark | None
    psychiatric_mark: Mark | None
    elsewhere: tuple[tuple[Place, str], ...]
    shared: bool
    seats: int | None


@dataclass(frozen=True)
class Home:
    """What a kommune belongs to in a domain ("" for both), on the kommune's own page."""

    kind: str
    domain: str
    places: tuple[Marked, ...]  # two for København


@dataclass(frozen=True)
class Stretch:
    """Where a kommune belonged while one regime held."""

    regime: Regime
    region: Place | None
    places: tuple[Place, ...]


@dataclass(frozen=True)
class PlacePage:
    """A place as on a date.

    `seen` is the date the facts are shown as on: the chosen one, or the nearest day on which the
    place was there (`exists` is then False).
    """

    place: Place
    name: str
    chosen: date
    seen: date
    exists: bool
    doubt: Mark | None
    region: Place | None
    hospitals: tuple[Marked, ...]
    members: tuple[Belonging, ...]
    homes: tuple[Home, ...]
    stretches: tuple[Stretch, ...]
    parts: tuple[Marked, ...]
    regime: Regime
    regime_from: Mark | None
    regime_to: Mark | None
    bodies: tuple[Marked, ...]
    before: tuple[Marked, ...]
    after: tuple[Marked, ...]
    seats_mark: Mark | None
    notes: Notes

    @property
    def by_domain(self) -> bool:
        """Whether the two domains differ for this kind of place, so that both are shown."""
        return self.place.kind == kinds.KLYNGE

    @property
    def split(self) -> bool:
        """Whether some kommune here also belongs elsewhere, in the same or the other domain."""
        return any(row.elsewhere for row in self.members)

    @property
    def shares(self) -> tuple[Note, ...]:
        """What must be said of a kommune that belongs to two places at once."""
        if not any(row.shared for row in self.members):
            return ()
        return tuple(n for n in structure.notes(self.place.kind, self.seen) if n.id == SHARED)


def page_of(place: Place, chosen: date) -> PlacePage:
    """The page of `place` as on `chosen`."""
    seen, notes = nearest_day(place, chosen), Notes()
    doubt = notes.doubt(place)
    regime = structure.regime_on(seen)
    notes.read_in(regime.sources)
    seats = place.details.get("seats_certainty", "certain")
    return PlacePage(
        place=place,
        name=place.name_on(seen),
        chosen=chosen,
        seen=seen,
        exists=place.exists(chosen),
        doubt=doubt,
        region=region_of(place, seen),
        hospitals=tuple(Marked(h, notes.doubt(h)) for h in place.hospitals),
        members=_members(place, seen, notes),
        homes=_homes(place, seen, notes),
        stretches=_past_and_future(place),
        parts=_parts(place, seen, notes),
        regime=regime,
        regime_from=notes.doubt_of(regime.from_certainty, regime.from_note, regime.sources),
        regime_to=notes.doubt_of(regime.to_certainty, regime.to_note, regime.sources),
        bodies=_bodies(place, seen, notes),
        before=before(place, notes),
        after=after(place, notes),
        seats_mark=notes.doubt_of(seats, place.details.get("seats_note", "")),
        notes=notes,
    )


def nearest_day(place: Place, day: date) -> date:
    """The day itself, or the nearest one on which the place is there."""
    if day < place.valid_from:
        return place.valid_from
    return place.valid_to if place.valid_to and day > place.valid_to else day


def region_of(place: Place, on: date) -> Place | None:
    """The region a place lies in on a day; None for a region and for the land."""
    if place.kind == kinds.REGION:
        return None
    if place.kind == kinds.KOMMUNE:
        found = [m for m in structure.places_of(place.id, on=on) if m.kind == kinds.REGION]
        return structure.place(kinds.REGION, found[0].place) if found else None
    return structure.place(kinds.REGION, place.region) if place.region else None


def before(place: Place, notes: Notes) -> tuple[Marked, ...]:
    """What the place took over from, each with how sure that is."""
    return tuple(
        Marked(structure.place(row.kind, row.id), notes.doubt(row))
        for row in facts().successions
        if (row.successor_kind, row.successor) == (place.kind, place.id)
    )


def after(place: Place, notes: Notes) -> tuple[Marked, ...]:
    """What takes over from the place, each with how sure that is."""
    return tuple(
        Marked(structure.place(row.successor_kind, row.successor), notes.doubt(row))
        for row in facts().successions
        if (row.kind, row.id) == (place.kind, place.id)
    )


def _members(place: Place, on: date, notes: Notes) -> tuple[Belonging, ...]:
    if place.kind not in (kinds.KLYNGE, kinds.SUNDHEDSRAAD):
        return ()
    somatic = _by_kommune(place, SOMATIC, on)
    psychiatric = _by_kommune(place, PSYCHIATRIC, on)
    seats = place.details.get("municipal_seats", {})
    rows = []
    for code in sorted({*somatic, *psychiatric}, key=_kommune_name):
        here, there = somatic.get(code), psychiatric.get(code)
        rows.append(
            Belonging(
                kommune=structure.place(kinds.KOMMUNE, code),
                somatic=here is not None,
                psychiatric=there is not None,
                somatic_mark=_mark(here, notes),
                psychiatric_mark=_mark(there, notes),
                elsewhere=_elsewhere(code, place, on),
                shared=any(row is not None and row.shared for row in (here, there)),
                seats=seats.get(code),
            )
        )
    return tuple(rows)


def _by_kommune(place: Place, domain: str, on: date) -> dict[str, Membership]:
    rows = structure.members(place.kind, place.id, domain=domain, on=on)
    return {row.kommune: row for row in rows}


def _mark(row: Membership | None, notes: Notes) -> Mark | None:
    return notes.doubt(row) if row else None


def _elsewhere(code: str, place: Place, on: date) -> tuple[tuple[Place, str], ...]:
    found: dict[str, list[str]] = {}
    for domain in structure.DOMAINS:
        for row in structure.places_of(code, domain=domain, on=on):
            if row.kind == place.kind and row.place != place.id:
                found.setdefault(row.place, []).append(domain)
    return tuple(
        (structure.place(place.kind, other), domains[0] if len(domains) == 1 else "")
        for other, domains in found.items()
    )


def _homes(place: Place, on: date, notes: Notes) -> tuple[Home, ...]:
    """What a kommune belongs to: a klynge in each domain, or a sundhedsråd in both."""
    if place.kind != kinds.KOMMUNE:
        return ()
    found: dict[tuple[str, str], list[Marked]] = {}
    for domain in structure.DOMAINS:
        for row in structure.places_of(place.id, domain=domain, on=on):
            by_domain = domain if row.kind == kinds.KLYNGE else ""
            if row.kind == kinds.KLYNGE or (row.kind == kinds.SUNDHEDSRAAD and domain == SOMATIC):
                at = Marked(structure.place(row.kind, row.place), notes.doubt(row))
                found.setdefault((row.kind, by_domain), []).append(at)
    return tuple(Home(kind, domain, tuple(places)) for (kind, domain), places in found.items())


def _past_and_future(place: Place) -> tuple[Stretch, ...]:
    """Where a kommune belonged, belongs and will belong: one row a regime."""
    if place.kind != kinds.KOMMUNE:
        return ()
    return tuple(_stretch(place, regime) for regime in structure.regimes())


def _stretch(place: Place, regime: Regime) -> Stretch:
    found = [
        structure.place(row.kind, row.place)
        for row in structure.places_of(place.id, on=regime.valid_from)
    ]
    return Stretch(
        regime=regime,
        region=next((it for it in found if it.kind == kinds.REGION), None),
        places=tuple(it for it in found if it.kind in (kinds.KLYNGE, kinds.SUNDHEDSRAAD)),
    )


def _parts(place: Place, on: date, notes: Notes) -> tuple[Marked, ...]:
    """The klynger or sundhedsråd of a region."""
    if place.kind != kinds.REGION:
        return ()
    kind = kinds.organising(on)
    if kind == kinds.REGION:
        return ()
    return tuple(
        Marked(part, notes.doubt(part), part.name_on(on))
        for part in structure.places(kind, on)
        if lies_in(part, place, on)
    )


def lies_in(part: Place, region: Place, on: date) -> bool:
    """Whether a klynge or sundhedsråd lies in a region on a day.

    In 2026 the eastern sundhedsråd are there but their region is not: their kommuner decide.
    """
    if part.region == region.id:
        return True
    if part.region and structure.place(kinds.REGION, part.region).exists(on):
        return False
    rows = structure.members(part.kind, part.id, on=on)
    return any(
        home.place == region.id
        for row in rows
        for home in structure.places_of(row.kommune, on=on)
        if home.kind == kinds.REGION
    )


def _bodies(place: Place, on: date, notes: Notes) -> tuple[Marked, ...]:
    return tuple(
        Marked(body, notes.doubt(body))
        for body in structure.body_kinds(on)
        if body.place_kind == place.kind
    )


def _kommune_name(code: str) -> str:
    return danish_order(structure.place(kinds.KOMMUNE, code).name)
