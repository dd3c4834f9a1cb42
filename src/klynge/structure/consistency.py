"""Do the facts agree with each other? Ids, periods, and that the kommuner partition the land."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, groupby, pairwise
from typing import TYPE_CHECKING

from klynge.structure.model import BOTH, Hospital, Membership, Place, holds
from klynge.texts import _

if TYPE_CHECKING:
    from klynge.structure.facts import Facts

Wrong = Callable[[str, str], None]
# Kinds of place that hold every kommune exactly once for as long as they exist.
PARTITIONS = ("region", "sundhedsraad")


def check(facts: Facts, hospitals: Iterable[Hospital], wrong: Wrong) -> None:
    """Tell `wrong` (where, problem) of everything that does not agree."""
    for hospital in hospitals:
        if hospital.klynge not in facts.places["klynge"]:
            wrong("hospitals.json", _("ukendt klynge {id}.").format(id=hospital.klynge))
    _check_regions(facts, wrong)
    _check_regimes(facts, wrong)
    _check_seats(facts, wrong)
    _check_successions(facts, wrong)
    if _memberships_point_to_places(facts, wrong):
        _check_overlaps(facts, wrong)
        for kind in PARTITIONS:
            _check_partition(facts, kind, wrong)


def with_shared(memberships: Sequence[Membership]) -> tuple[Membership, ...]:
    """The memberships, marked `shared` where a kommune is in several places of one kind at once."""
    shared: set[int] = set()
    for together in _same_kommune_and_kind(memberships):
        for (i, one), (j, other) in combinations(together, 2):
            if one.place != other.place and _meet(one, other):
                shared |= {i, j}
    return tuple(replace(each, shared=i in shared) for i, each in enumerate(memberships))


def _same_kommune_and_kind(
    memberships: Sequence[Membership],
) -> Iterable[list[tuple[int, Membership]]]:
    def key(numbered: tuple[int, Membership]) -> tuple[str, str]:
        return numbered[1].kommune, numbered[1].kind

    for _key, group in groupby(sorted(enumerate(memberships), key=key), key):
        yield list(group)


def _meet(one: Membership, other: Membership) -> bool:
    """Do they hold in one domain on one day?"""
    in_one_domain = one.domain == other.domain or BOTH in (one.domain, other.domain)
    apart = _ends_before(one, other) or _ends_before(other, one)
    return in_one_domain and not apart


def _ends_before(one: Membership, other: Membership) -> bool:
    return one.valid_to is not None and one.valid_to < other.valid_from


def _check_regions(facts: Facts, wrong: Wrong) -> None:
    for places in facts.places.values():
        for place in places.values():
            if place.region is not None and place.region not in facts.places["region"]:
                problem = _("{id} ligger i den ukendte region {region}.")
                wrong(place.kind, problem.format(id=place.id, region=place.region))


def _check_regimes(facts: Facts, wrong: Wrong) -> None:
    known = {body.id for body in facts.bodies}
    for regime in facts.regimes:
        for body in regime.bodies:
            if body not in known:
                problem = _("{regime} nævner det ukendte organ {body}.")
                wrong("regimes.json", problem.format(regime=regime.id, body=body))
    for one, following in pairwise(facts.regimes):
        if one.valid_to is None or one.valid_to + timedelta(days=1) != following.valid_from:
            problem = _("{one} og {next} følger ikke dag for dag efter hinanden.")
            wrong("regimes.json", problem.format(one=one.id, next=following.id))


def _check_seats(facts: Facts, wrong: Wrong) -> None:
    for place in facts.places["sundhedsraad"].values():
        municipal = sum(place.details["municipal_seats"].values())
        if municipal + place.details["regional_members"] != place.details["members_total"]:
            wrong("sundhedsraad.json", _("{id}: pladserne går ikke op.").format(id=place.id))


def _check_successions(facts: Facts, wrong: Wrong) -> None:
    for row in facts.successions:
        for kind, id in ((row.kind, row.id), (row.successor_kind, row.successor)):
            if id not in facts.places[kind]:
                wrong("successions.json", _("ukendt {kind} {id}.").format(kind=kind, id=id))


def _memberships_point_to_places(facts: Facts, wrong: Wrong) -> bool:
    fine = True
    for row in facts.memberships:
        where = f"memberships.json, {row.kommune} {row.place}"
        ends = [("kommune", row.kommune), (row.kind, row.place)]
        for kind, id in ends:
            if id not in facts.places[kind]:
                wrong(where, _("ukendt {kind} {id}.").format(kind=kind, id=id))
                fine = False
            elif not _within(row, facts.places[kind][id]):
                wrong(where, _("medlemskabet rækker ud over {id}'s egen tid.").format(id=id))
    return fine


def _within(row: Membership, place: Place) -> bool:
    starts = row.valid_from >= place.valid_from
    if place.valid_to is None:
        return starts
    return starts and row.valid_to is not None and row.valid_to <= place.valid_to


def _check_overlaps(facts: Facts, wrong: Wrong) -> None:
    for together in _same_kommune_and_kind(facts.memberships):
        for (_i, one), (_j, other) in combinations(together, 2):
            if one.place == other.place and _meet(one, other):
                where = f"memberships.json, {one.kommune} {one.place}"
                wrong(where, _("to rækker gælder samme tid og område."))


def _check_partition(facts: Facts, kind: str, wrong: Wrong) -> None:
    rows = [row for row in facts.memberships if row.kind == kind]
    for on in _days_of_change(facts, kind, rows):
        for kommune in facts.places["kommune"]:
            n = sum(row.kommune == kommune and _holds(row, on) for row in rows)
            if n != 1:
                problem = _("kommune {kommune} er i {n} steder af slagsen {kind} den {on}.")
                where = "memberships.json"
                wrong(where, problem.format(kommune=kommune, n=n, kind=kind, on=on))


def _days_of_change(facts: Facts, kind: str, rows: Iterable[Membership]) -> list[date]:
    """The days on which something of the kind begins or has ended, while there is any."""
    places = facts.places[kind].values()
    periods = [(place.valid_from, place.valid_to) for place in places]
    periods += [(row.valid_from, row.valid_to) for row in rows]
    days = {first for first, _last in periods}
    days |= {last + timedelta(days=1) for _first, last in periods if last is not None}
    return sorted(on for on in days if any(place.exists(on) for place in places))


def _holds(row: Membership, on: date) -> bool:
    return holds(row.valid_from, row.valid_to, on)
