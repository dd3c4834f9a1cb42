"""Which places close, which follow, and where each thing goes by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from klynge import structure
from klynge.faults import BadInput, Fault
from klynge.structure import Place
from klynge.web.bodies import kinds
from klynge.web.bodies.following import ONE_DAY, closing_bodies, main_body, takes_over
from klynge.web.bodies.handover import Matter, Party
from klynge.web.bodies.models import BodyRecord, Organisation
from klynge.web.bodies.pages import region_of
from klynge.web.bodies.standing import Body

FEW = 4
SOURCE_KINDS = (kinds.KLYNGE, kinds.SUNDHEDSRAAD, kinds.REGION)


@dataclass(frozen=True)
class Closing:
    """Places whose bodies close before `on`, and those that take over. Make one with `closing`."""

    sources: tuple[Place, ...]
    targets: tuple[Place, ...]
    on: date

    @property
    def key(self) -> str:
        """Names the hand-over: the same places on the same day have the same."""
        return f"{','.join(sorted(named(place) for place in self.sources))}|{self.on}"

    @cached_property
    def old(self) -> tuple[Body, ...]:
        """The bodies that close."""
        return tuple(body for place in self.sources for body in closing_bodies(place, self.on))

    @cached_property
    def new(self) -> tuple[Body, ...]:
        """The bodies that take over, one a place."""
        return tuple(body for place in self.targets if (body := main_body(place, self.on)))

    def records(self) -> list[BodyRecord]:
        """The closing bodies for which anything is recorded."""
        return records_of(self.old)

    def follows(self, place: Place) -> tuple[Body, ...]:
        """The new bodies that take over from one place."""
        mine = {each.id for each in takes_over(place, self.on)}
        return tuple(body for body in self.new if body.place.id in mine)

    def goes_to(self, matter: Matter) -> tuple[Body | None, bool]:
        """Where a matter goes by itself, and whether that is only a guess.

        With its kommune, when it has one; else to the body that gets most of the kommuner.
        """
        place = structure.place(matter.body.place_kind, matter.body.place)
        follows = self.follows(place)
        if len(follows) <= 1:
            return (follows[0], False) if follows else (None, True)
        with_it = self.with_kommune(matter)
        if with_it in follows:
            return with_it, False
        if with_it is not None:
            return with_it, True
        mine = _kommuner(place, last_day(place, self.on))
        shares = Counter({body.key: len(mine & _kommuner(body.place, self.on)) for body in follows})
        best = max(follows, key=lambda body: shares[body.key])
        return best, True

    def with_kommune(self, matter: Matter) -> Body | None:
        """The new body that the matter's kommune belongs to, if it has one."""
        if not matter.kommune:
            return None
        mine = (body for body in self.new if matter.kommune in _kommuner(body.place, self.on))
        return next(mine, None)

    def can_go_to(self, matter: Matter) -> tuple[Body, ...]:
        """The new bodies a matter can be carried over to: all of a few, else the likely ones."""
        if len(self.new) <= FEW:
            return self.new
        follows = self.follows(structure.place(matter.body.place_kind, matter.body.place))
        return tuple(dict.fromkeys(b for b in (*follows, self.with_kommune(matter)) if b))

    def can_go_home_to(self, matter: Matter) -> tuple[Party, ...]:
        """The parties of the matter's own place."""
        return _parties(structure.place(matter.body.place_kind, matter.body.place), self.on)

    def home_of(self, matter: Matter) -> Party | None:
        """The party a matter goes home to unless another is chosen."""
        wanted = f"kommune:{matter.kommune}"
        mine = self.can_go_home_to(matter)
        return next((party for party in mine if party.id == wanted), mine[0] if mine else None)


def closing(sources: Sequence[str], targets: Sequence[str], on: date) -> Closing:
    """The hand-over between places named by id ("rn-midt") or kind and id ("klynge:rn-midt").

    No targets: all that take over. Raises BadInput with every fault.
    """
    faults: list[Fault] = []
    from_ = _places(sources, SOURCE_KINDS, faults)
    to = _places(targets, (kinds.SUNDHEDSRAAD,), faults)
    follows = {place.id: takes_over(place, on) for place in from_}
    every = {each.id: each for places in follows.values() for each in places}
    if not from_ and not faults:
        faults.append(_nothing_closes())
    for place in from_:
        faults += _of_source(place, follows[place.id], to, on)
    faults += [
        _not_a_successor(place, every.values()) for place in to if from_ and place.id not in every
    ]
    if faults:
        raise BadInput(_("Overdragelsen kan ikke planlægges."), faults)
    chosen = [each for each in every.values() if not to or each in to]
    return Closing(tuple(from_), tuple(chosen), on)


def every_klynge(on: date) -> list[str]:
    """The names of all klynger that something takes over from, for `closing`."""
    return [
        named(place)
        for place in structure.places(kinds.KLYNGE)
        if structure.successors(kinds.KLYNGE, place.id) and closing_bodies(place, on)
    ]


def named(place: Place) -> str:
    """A place as it is written in a plan."""
    return f"{place.kind}:{place.id}"


def records_of(bodies: Iterable[Body]) -> list[BodyRecord]:
    """The records of some bodies, of those that have one."""
    wanted = [body.key for body in bodies]
    found = BodyRecord.objects.filter(
        kind__in={kind for kind, _place in wanted}, place__in={place for _kind, place in wanted}
    )
    return [record for record in found.order_by("pk") if (record.kind, record.place) in wanted]


def last_day(place: Place, on: date) -> date:
    """The last day on which a place that closes before `on` was there."""
    return min(place.valid_to, on - ONE_DAY) if place.valid_to else on - ONE_DAY


@cache
def _kommuner(place: Place, on: date) -> frozenset[str]:
    return frozenset(
        row.kommune
        for domain in structure.DOMAINS
        for row in structure.members(place.kind, place.id, domain=domain, on=on)
    )


@cache
def _parties(place: Place, on: date) -> tuple[Party, ...]:
    Kind = Organisation.Kind
    region = place if place.kind == kinds.REGION else region_of(place, on)
    found = []
    if region:
        found.append(Party(f"region:{region.id}", Kind.REGION, region.name, region.kind, region.id))
    day = last_day(place, on)
    codes = sorted(_kommuner(place, day)) if place.kind != kinds.REGION else []
    for code in codes:
        kommune = structure.place(kinds.KOMMUNE, code)
        name = f"{kommune.name} Kommune"
        found.append(Party(f"kommune:{code}", Kind.KOMMUNE, name, kommune.kind, code))
    return (*found, Party("plo", Kind.PLO, "PLO"))


def _places(names: Sequence[str], allowed: Sequence[str], faults: list[Fault]) -> list[Place]:
    found: list[Place] = []
    for name in names:
        written, _colon, id = name.strip().rpartition(":")
        place = _place(id, [written] if written in allowed else allowed)
        if place is None:
            faults.append(_unknown(name, id, allowed))
        elif place not in found:
            found.append(place)
    return found


def _place(id: str, allowed: Sequence[str]) -> Place | None:
    for kind in allowed:
        try:
            return structure.place(kind, id)
        except structure.UnknownPlace:
            continue
    return None


def _unknown(name: str, id: str, allowed: Sequence[str]) -> Fault:
    near = [each for kind in allowed for each in structure.nearest(kind, id)][:3]
    expected = ", ".join(near) or ", ".join(str(kinds.MANY[kind]).lower() for kind in allowed)
    return Fault(
        name or "--from",
        _("stedet kendes ikke."),
        expected,
        _("Se navnene med: klynge structure show"),
    )


def _nothing_closes() -> Fault:
    return Fault(
        "--from",
        _("der er ikke skrevet, hvad der lukker."),
        "rn-midt,rn-syd",
        _("Skriv mindst én."),
    )


def _of_source(
    place: Place, follows: Sequence[Place], to: Sequence[Place], on: date
) -> list[Fault]:
    day = date_format(on, "DATE_FORMAT")
    if not closing_bodies(place, on):
        problem = _("ingen af stedets organer er lukket den {day}.").format(day=day)
        return [Fault(place.name, problem, "", _("Vælg en dag, efter at organerne er ophørt."))]
    if not follows or not any(main_body(each, on) for each in follows):
        problem = _("intet organ tager over den {day}.").format(day=day)
        return [Fault(place.name, problem, "", _("Vælg en dag, da de nye organer findes."))]
    missing = [each for each in follows if to and each not in to]
    if not missing or (place.kind == kinds.REGION and len(missing) < len(follows)):
        return []
    expected = ", ".join(each.id for each in follows)
    problem = _("noget går over til {missing}, som ikke er nævnt.").format(
        missing=", ".join(each.name for each in missing)
    )
    return [Fault(place.name, problem, expected, _("Nævn alle, der tager over, eller ingen."))]


def _not_a_successor(place: Place, every: Iterable[Place]) -> Fault:
    return Fault(
        place.name,
        _("sundhedsrådet tager ikke over fra nogen af dem, der lukker."),
        ", ".join(each.id for each in every),
        _("Ret --to, eller udelad den."),
    )


@dataclass(frozen=True)
class Together:
    """Places that must hand over in one, because a klynge among them is split or they merge."""

    sources: tuple[Place, ...]
    targets: tuple[Place, ...]


def together(on: date) -> tuple[Together, ...]:
    """The hand-overs there are on a day: the klynger, each with those it cannot be parted from."""
    left = [_place(name.partition(":")[2], [kinds.KLYNGE]) for name in every_klynge(on)]
    rest = {place.id: place for place in left if place}
    found = []
    while rest:
        sources = [rest.pop(next(iter(rest)))]
        for place in sources:
            mine = {each.id for each in takes_over(place, on)}
            near = [
                id
                for id, other in rest.items()
                if mine & {each.id for each in takes_over(other, on)}
            ]
            sources += [rest.pop(id) for id in near]
        targets = {each.id: each for place in sources for each in takes_over(place, on)}
        if targets:
            found.append(Together(tuple(sources), tuple(targets.values())))
    return tuple(found)
