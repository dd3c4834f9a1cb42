"""The dated facts, read from `data/*.json`, checked once and kept.

`facts()` is what the rest of the package stands on. A slip in the data stops it with every
fault named (DefinitionError), so that no figure is ever placed by half a structure.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from klynge.faults import DefinitionError
from klynge.structure import consistency
from klynge.structure.model import (
    BOTH,
    DOMAINS,
    KINDS,
    BodyKind,
    Hospital,
    Membership,
    Note,
    Phase,
    Place,
    Regime,
    Source,
    Succession,
    Text,
)
from klynge.structure.reading import (
    Reading,
    Row,
    WrongRow,
    certainty,
    certainty_with_note,
    day,
    period,
    text,
)
from klynge.texts import _

PLACE_FILES = {
    "kommune": "kommuner.json",
    "klynge": "klynger.json",
    "sundhedsraad": "sundhedsraad.json",
    "region": "regions.json",
    "land": "land.json",
}
_DETAILS = (
    "alt_names",
    "statute",
    "municipal_seats",
    "regional_members",
    "members_total",
    "seats_certainty",
    "code_certainty",
)


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that is known of who belongs where, when."""

    regimes: tuple[Regime, ...]
    bodies: tuple[BodyKind, ...]
    places: dict[str, dict[str, Place]]
    memberships: tuple[Membership, ...]
    successions: tuple[Succession, ...]
    notes: tuple[Note, ...]


@cache
def facts() -> Facts:
    """The facts of the package."""
    return load(files("klynge.structure") / "data")


def load(folder: Traversable) -> Facts:
    """Read and check a data folder.

    Raises DefinitionError with every fault: unknown ids, sources or certainties, overlapping
    periods, a kommune in no region or in two.
    """
    reading = Reading(folder)
    read_sources(reading)
    hospitals = reading.all_of("hospitals.json", lambda row: _hospital(reading, row))
    places = {
        kind: _by_id(reading, name, _places_of(reading, kind, name, hospitals))
        for kind, name in PLACE_FILES.items()
    }
    written = reading.all_of("memberships.json", lambda row: _membership(reading, row))
    found = Facts(
        regimes=reading.all_of("regimes.json", lambda row: _regime(reading, row)),
        bodies=reading.all_of("bodies.json", lambda row: _body(reading, row)),
        places=places,
        memberships=consistency.with_shared(written) + _of_the_land(places),
        successions=reading.all_of("successions.json", lambda row: _succession(reading, row)),
        notes=reading.all_of("notes.json", lambda row: _note(reading, row)),
    )
    if not reading.faults:
        consistency.check(found, hospitals, reading.wrong)
    if reading.faults:
        heading = _("Strukturdata kan ikke bruges ({n} fejl).").format(n=len(reading.faults))
        raise DefinitionError(heading, reading.faults)
    return found


def read_sources(reading: Reading) -> None:
    """Let a reading know the sources its rows may cite."""
    reading.sources = {source.id: source for source in reading.all_of("sources.json", _source)}


def _by_id(reading: Reading, name: str, places: tuple[Place, ...]) -> dict[str, Place]:
    found: dict[str, Place] = {}
    for place in places:
        if place.id in found:
            reading.wrong(name, _("id {id} findes to gange.").format(id=place.id))
        found[place.id] = place
    return found


def _source(row: Row) -> Source:
    return Source(row["id"], row["title"], row["address"])


def _regime(reading: Reading, row: Row) -> Regime:
    first, last = period(row)
    sure, note = certainty_with_note(row)
    return Regime(
        id=row["id"],
        name=text(row, "name"),
        valid_from=first,
        valid_to=last,
        bodies=tuple(row["bodies"]),
        certainty=sure,
        certainty_note=note,
        from_certainty=certainty(row, "from_certainty"),
        from_note=text(row, "from_note"),
        to_certainty=certainty(row, "to_certainty"),
        to_note=text(row, "to_note"),
        basis=text(row, "basis"),
        sources=reading.cited(row),
    )


def _body(reading: Reading, row: Row) -> BodyKind:
    kind = _one_of(row["place_kind"], KINDS)
    return BodyKind(
        row["id"], text(row, "name"), kind, *period(row), *certainty_with_note(row),
        reading.cited(row),
    )  # fmt: skip


def _hospital(reading: Reading, row: Row) -> Hospital:
    return Hospital(row["klynge"], row["name"], *certainty_with_note(row), reading.cited(row))


def _places_of(
    reading: Reading, kind: str, name: str, hospitals: tuple[Hospital, ...]
) -> tuple[Place, ...]:
    return reading.all_of(name, lambda row: _place(reading, kind, row, hospitals))


def _place(reading: Reading, kind: str, row: Row, hospitals: tuple[Hospital, ...]) -> Place:
    first, last = period(row)
    sure, note = certainty_with_note(row)
    details = {name: row[name] for name in _DETAILS if name in row}
    if kind == "klynge":
        details["hospitals"] = tuple(each for each in hospitals if each.klynge == row["id"])
    if kind == "sundhedsraad":
        details["phases"] = _phases(row)
        details["seats_note"] = text(row, "seats_note")
        details["seats_sources"] = reading.cited(row, "seats_sources")
        if "fixed_observer" in row:
            observer = row["fixed_observer"]
            details["fixed_observer"] = {**observer, "note": text(observer, "note")}
    return Place(
        kind=kind,
        id=row["id"],
        name=row["name"],
        valid_from=first,
        valid_to=last,
        certainty=sure,
        certainty_note=note,
        sources=reading.cited(row),
        region=row.get("region"),
        details=details,
    )


def _phases(row: Row) -> tuple[Phase, ...]:
    """The preparatory and the final phase of a sundhedsråd, as its row says."""
    return tuple(Phase(phase["name"], phase["body"], *period(phase)) for phase in row["phases"])


def _membership(reading: Reading, row: Row) -> Membership:
    return Membership(
        kommune=row["kommune"],
        kind=_one_of(row["kind"], KINDS),
        place=row["place"],
        domain=_one_of(row["domain"], (*DOMAINS, BOTH)),
        shared=False,
        valid_from=period(row)[0],
        valid_to=period(row)[1],
        certainty=certainty_with_note(row)[0],
        certainty_note=text(row, "certainty_note"),
        sources=reading.cited(row),
    )


def _of_the_land(places: dict[str, dict[str, Place]]) -> tuple[Membership, ...]:
    """Every kommune belongs to the land and, so that any place can be asked, to itself."""
    found = []
    for kommune in places["kommune"].values():
        own = Membership(
            kommune=kommune.id,
            kind="kommune",
            place=kommune.id,
            domain=BOTH,
            shared=False,
            valid_from=kommune.valid_from,
            valid_to=kommune.valid_to,
            certainty=kommune.certainty,
            certainty_note=Text(""),
            sources=kommune.sources,
        )
        found.append(own)
        found += [replace(own, kind="land", place=land) for land in places["land"]]
    return tuple(found)


def _succession(reading: Reading, row: Row) -> Succession:
    return Succession(
        kind=_one_of(row["kind"], KINDS),
        id=row["id"],
        successor_kind=_one_of(row["successor_kind"], KINDS),
        successor=row["successor"],
        on=day(row, "on"),
        certainty=certainty_with_note(row)[0],
        certainty_note=text(row, "certainty_note"),
        sources=reading.cited(row),
    )


def _note(reading: Reading, row: Row) -> Note:
    first, last = period(row) if "from" in row else (None, None)
    return Note(
        id=row["id"],
        about=_one_of(row["about"], KINDS),
        domain=_one_of(row.get("domain", ""), ("", *DOMAINS)),
        text=text(row, "text"),
        certainty=certainty(row),
        sources=reading.cited(row),
        valid_from=first,
        valid_to=last,
    )


def _one_of(found: str, allowed: tuple[str, ...]) -> str:
    if found not in allowed:
        expected = ", ".join(each for each in allowed if each)
        raise WrongRow(
            _("ukendt værdi {found}; en af: {expected}.").format(found=found, expected=expected)
        )
    return found
