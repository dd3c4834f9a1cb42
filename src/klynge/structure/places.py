"""The questions one can ask: what exists on a day, who belongs where, what follows after what."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from difflib import get_close_matches

from klynge.structure.facts import facts
from klynge.structure.model import (
    BOTH,
    DOMAINS,
    KINDS,
    BodyKind,
    Membership,
    NoRegime,
    Note,
    Place,
    Regime,
    Text,
    UnknownPlace,
    holds,
    weakest,
)


def regimes() -> tuple[Regime, ...]:
    """Every regime, the oldest first."""
    return facts().regimes


def regime_on(on: date) -> Regime:
    """The regime that holds on a day. Raises NoRegime before the first one begins."""
    for regime in facts().regimes:
        if holds(regime.valid_from, regime.valid_to, on):
            return regime
    raise NoRegime(f"no regime is known on {on:%Y-%m-%d}; they begin {_first_day():%Y-%m-%d}")


def body_kinds(on: date | None = None) -> tuple[BodyKind, ...]:
    """The kinds of body that exist on a day, or all there ever are."""
    every = facts().bodies
    return tuple(b for b in every if on is None or holds(b.valid_from, b.valid_to, on))


def notes(about: str, on: date | None = None) -> tuple[Note, ...]:
    """What a reader must know of a kind of place, such as why texts say 21 klynger or 22."""
    _known("kind", about, KINDS)
    every = (note for note in facts().notes if note.about == about)
    return tuple(note for note in every if on is None or note.matters(on))


def places(kind: str, on: date | None = None) -> tuple[Place, ...]:
    """The places of a kind that exist on a day, or all there ever are, in data order."""
    _known("kind", kind, KINDS)
    every = facts().places[kind].values()
    return tuple(place for place in every if on is None or place.exists(on))


def place(kind: str, id: str) -> Place:
    """One place. Raises UnknownPlace, which names the nearest ids."""
    _known("kind", kind, KINDS)
    found = facts().places[kind].get(id)
    if found is None:
        raise UnknownPlace(kind, id, nearest(kind, id))
    return found


def nearest(kind: str, wanted: str) -> tuple[str, ...]:
    """At most three ids of a kind that come closest to what was written, by id or by name."""
    spelled: dict[str, str] = {}
    for known in facts().places[kind].values():
        for name in (known.id, known.name, *known.details.get("alt_names", ())):
            spelled.setdefault(name.casefold(), known.id)
            spelled.setdefault(name.casefold().rpartition(" ")[2], known.id)
    found = get_close_matches(wanted.casefold(), spelled, n=6, cutoff=0.6)
    return tuple(dict.fromkeys(spelled[name] for name in found))[:3]


def members(kind: str, id: str, *, domain: str = "somatik", on: date) -> tuple[Membership, ...]:
    """The kommuner of a place on a day, by code; empty on a day when it does not exist.

    `domain` is "somatik", "psykiatri" or "begge" (read as somatik). Raises UnknownPlace.
    """
    _known("domain", domain, (*DOMAINS, BOTH))
    place(kind, id)
    rows = (row for row in facts().memberships if row.kind == kind and row.place == id)
    return _seen(rows=sorted(rows, key=lambda row: row.kommune), domain=domain, on=on)


def places_of(kommune: str, *, domain: str = "somatik", on: date) -> tuple[Membership, ...]:
    """What a kommune belongs to on a day: klynge(r), sundhedsråd, region, land.

    `domain` as in `members`. Raises UnknownPlace.
    """
    _known("domain", domain, (*DOMAINS, BOTH))
    place("kommune", kommune)
    rows = [r for r in facts().memberships if r.kommune == kommune and r.kind != "kommune"]
    return _seen(rows=sorted(rows, key=lambda row: KINDS.index(row.kind)), domain=domain, on=on)


def successors(kind: str, id: str) -> tuple[Place, ...]:
    """What takes over from a place; empty when nothing does. Raises UnknownPlace."""
    place(kind, id)
    rows = facts().successions
    return tuple(
        place(row.successor_kind, row.successor) for row in rows if (row.kind, row.id) == (kind, id)
    )


def predecessors(kind: str, id: str) -> tuple[Place, ...]:
    """What a place took over from; empty when it is the first. Raises UnknownPlace."""
    place(kind, id)
    rows = facts().successions
    return tuple(
        place(row.kind, row.id) for row in rows if (row.successor_kind, row.successor) == (kind, id)
    )


def _seen(*, rows: list[Membership], domain: str, on: date) -> tuple[Membership, ...]:
    """The rows that hold on the day, as they look from the domain asked about."""
    return tuple(
        _as_seen_from(domain, row)
        for row in rows
        if row.counts_in(domain) and holds(row.valid_from, row.valid_to, on)
    )


def _as_seen_from(domain: str, row: Membership) -> Membership:
    """A membership in both domains is no surer than a note on this one says.

    Psychiatric affiliation was looked up for Rødovre only: the others' is the somatic one,
    and must not borrow its certainty.
    """
    if row.domain != BOTH:
        return row
    for note in facts().notes:
        if note.domain == domain and note.about == row.kind:
            said = Text(
                f"{row.certainty_note} {note.text}".strip(),
                f"{row.certainty_note.en} {note.text.en}".strip(),
            )
            return replace(
                row, certainty=weakest(row.certainty, note.certainty), certainty_note=said
            )
    return row


def _first_day() -> date:
    return facts().regimes[0].valid_from


def _known(what: str, found: str, allowed: tuple[str, ...]) -> None:
    if found not in allowed:
        raise ValueError(f"unknown {what} {found!r}; one of {', '.join(allowed)}")
