"""What the law's words mean for one body on one day: its kommuner, klynger and seats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from klynge.structure.law import word
from klynge.structure.model import BodyKind, Membership, Place
from klynge.structure.places import body_kinds, members, place, places
from klynge.structure.seats import Body, Member, NoSuchBody


@dataclass(frozen=True, slots=True)
class Setting:
    """A body on a day.

    kommuner: its somatic members. others: those that belong in psychiatric care only; whether
    they have a seat is for each rule to say.
    """

    body: Body
    kind: BodyKind
    place: Place
    on: date
    kommuner: Mapping[str, Membership]
    others: Mapping[str, Membership]
    klynger: Mapping[str, Place]

    def subjects(self, each: str, optional: str) -> dict[str, bool]:
        """The kommuner or klynger a rule asks about one by one, and whether each must be there.

        `optional`: the domain whose own kommuner may be there and need not, or empty.
        """
        if each == "klynge":
            return dict.fromkeys(self.klynger, True)
        may = self.others if optional == "psykiatri" else ()
        return {**dict.fromkeys(may, False), **dict.fromkeys(self.kommuner, True)}

    def seats(self, name: str, subject: str) -> int:
        """The number of seats that the place's own row gives."""
        found = self.place.details[name]
        return int(found.get(subject, 0)) if isinstance(found, Mapping) else int(found)

    def has(self, subject: str) -> bool:
        """Is the kommune one of the place's, in any domain?"""
        return subject in self.kommuner or subject in self.others

    def fixed_observer(self) -> str:
        """The kommune that is a fixed observer, or empty."""
        return str(self.place.details.get("fixed_observer", {}).get("kommune", ""))

    def select(
        self,
        who: Mapping[str, Any],
        serving: Sequence[Member],
        *,
        subject: str = "",
        each: str = "",
    ) -> list[Member]:
        """The members a filter is about. Only who fills a seat, unless the filter names roles."""
        bound = {**who, each: subject} if each else who
        return [
            member
            for member in serving
            if ("role" in who or fills_a_seat(member)) and self.matches(bound, member)
        ]

    def matches(self, who: Mapping[str, Any], member: Member) -> bool:
        """Does a member fit every part of a filter?"""
        return all(self._fits(name, wanted, member) for name, wanted in who.items())

    def _fits(self, name: str, wanted: Any, member: Member) -> bool:
        if name == "kommune_of_place":
            return self.has(member.kommune)
        if name == "post":
            return any(
                post == wanted["name"] and self._post_is_at(wanted["place"], at, member)
                for post, at in member.posts
            )
        found = getattr(member, name)
        if wanted == "fixed-observer":
            return bool(found == self.fixed_observer())
        return found in wanted if isinstance(wanted, list) else bool(found == wanted)

    def _post_is_at(self, wanted: str, at: str, member: Member) -> bool:
        if wanted == "own-klynge":
            return bool(member.klynge) and at == member.klynge
        if wanted == "own-kommuner":
            return self.has(at)
        return at != self.body.place


def setting(body: Body, on: date) -> Setting:
    """The body on the day. Raises NoSuchBody or UnknownPlace."""
    kind = body_kind_on(body.kind, on)
    where = place(kind.place_kind, body.place)
    if not where.exists(on):
        raise NoSuchBody(f"{where.kind} {where.id} does not exist on {on}")
    somatic = {m.kommune: m for m in members(where.kind, where.id, on=on)}
    psychiatric = members(where.kind, where.id, domain="psykiatri", on=on)
    return Setting(
        body=body,
        kind=kind,
        place=where,
        on=on,
        kommuner=somatic,
        others={m.kommune: m for m in psychiatric if m.kommune not in somatic},
        klynger={k.id: k for k in places("klynge", on) if k.region == where.id},
    )


def body_kind_on(kind: str, on: date) -> BodyKind:
    """The kind of body, if it exists on that day. Raises NoSuchBody."""
    for each in body_kinds(on):
        if each.id == kind:
            return each
    raise NoSuchBody(f"there is no {kind!r} on {on}")


def fills_a_seat(member: Member) -> bool:
    """Does the role count? Deputies, observers, assistants and secretaries do not."""
    role = word("role", member.role)
    return role is None or role.counts
