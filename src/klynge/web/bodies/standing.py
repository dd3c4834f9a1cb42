"""How a body stands: which there are, who fills its seats, and what the law says of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from klynge import structure
from klynge.structure import BodyKind, Finding, Place, Rule
from klynge.web.bodies import history
from klynge.web.bodies.models import (
    FILLS_NO_SEAT,
    BodyRecord,
    Deviation,
    Membership,
)
from klynge.web.bodies.rules import span

EMPTY, LAWFUL, AGREED, WRONG, UNKNOWN = "empty", "lawful", "agreed", "wrong", "unknown"
WORDS = {
    EMPTY: _("Ingen medlemmer registreret"),
    LAWFUL: _("Lovlig"),
    AGREED: _("Lovlig med aftale"),
    WRONG: _("Ikke som loven siger"),
    UNKNOWN: _("Kan ikke kontrolleres"),
}
# Filters that only say whom a seat is for. A rule that asks for more asks about who fills a seat,
# so that a missing seat is not counted twice.
_WHOM = {"party", "organisation"}


@dataclass(frozen=True)
class Body:
    """A body of the law: its kind and its place, whether or not anything is recorded for it."""

    kind: BodyKind
    place: Place

    @property
    def valid_from(self) -> date:
        return span(self.kind, self.place)[0]

    @property
    def valid_to(self) -> date | None:
        return span(self.kind, self.place)[1]

    @property
    def key(self) -> tuple[str, str]:
        return self.kind.id, self.place.id

    @property
    def address(self) -> str:
        """Where its page is."""
        return reverse("bodies:body", kwargs={"kind": self.kind.id, "place": self.place.id})

    @property
    def kind_name(self) -> str:
        return self.kind.name.said_in(get_language() or "da")

    @property
    def name(self) -> str:
        """Kind and place, as in "Sundhedsråd, Kronjylland"; the place alone when it says both."""
        if self.kind.id in ("sundhedsraad", "forberedende-sundhedsraad"):
            return self.place.name_on(self.valid_from)
        return f"{self.kind_name}, {self.place.name}"

    def exists(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    def nearest_day(self, on: date) -> date:
        """The day itself, or the nearest one on which the body is there."""
        if on < self.valid_from:
            return self.valid_from
        return self.valid_to if self.valid_to and on > self.valid_to else on


@dataclass(frozen=True)
class Vacancy:
    """Seats that nobody fills."""

    finding: Finding

    @property
    def count(self) -> int:
        return self.finding.count

    @property
    def parameters(self) -> str:
        """What the form that fills the seat can be begun with, as it stands in an address."""
        test = self.finding.rule.test or {}
        known = {"party": next(iter(test["count"].get("party", ())), "")}
        if self.finding.subject:
            known[test.get("each", "kommune")] = self.finding.subject
        known |= {
            name: test["count"][name][0] for name in ("organisation",) if name in test["count"]
        }
        return urlencode({name: value for name, value in known.items() if value})


@dataclass(frozen=True)
class Standing:
    """How a body stands on a day.

    findings: what is not as the law says, in the order of the rules. seated: how many seats are
    filled. not_checked: rules that were not read.
    """

    body: Body
    on: date
    registered: bool
    seated: int
    findings: tuple[Finding, ...]
    not_checked: tuple[Rule, ...]

    @property
    def open(self) -> tuple[Finding, ...]:
        """What must be mended."""
        return tuple(finding for finding in self.findings if not finding.covered)

    @property
    def agreed(self) -> tuple[Finding, ...]:
        """What deviates by agreement."""
        return tuple(finding for finding in self.findings if finding.covered)

    @property
    def state(self) -> str:
        """One of EMPTY, LAWFUL, AGREED, WRONG, UNKNOWN."""
        if not self.registered:
            return EMPTY
        if any(finding.how == "unknown" for finding in self.findings):
            return UNKNOWN
        if self.open:
            return WRONG
        return AGREED if self.agreed else LAWFUL

    @property
    def state_in_words(self) -> str:
        return str(WORDS[self.state])

    @property
    def vacancies(self) -> tuple[Vacancy, ...]:
        """The seats that nobody fills; none while nothing is registered."""
        if not self.registered:
            return ()
        return tuple(Vacancy(finding) for finding in self.open if _is_a_seat(finding))

    @property
    def vacant(self) -> int:
        """How many seats nobody fills."""
        return sum(vacancy.count for vacancy in self.vacancies)


def body_called(kind: str, place: str) -> Body | None:
    """The body of that kind and place, whenever it is; None when it never is."""
    for each in structure.body_kinds():
        if each.id == kind:
            try:
                where = structure.place(each.place_kind, place)
            except structure.UnknownPlace:
                return None
            body = Body(each, where)
            return body if body.valid_to is None or body.valid_from <= body.valid_to else None
    return None


def bodies_on(on: date) -> tuple[Body, ...]:
    """Every body there is on a day, in the order of the data."""
    return tuple(
        Body(kind, place)
        for kind in structure.body_kinds(on)
        for place in structure.places(kind.place_kind, on)
    )


def bodies_of(place: Place, on: date) -> tuple[Body, ...]:
    """The bodies of one place on a day."""
    return tuple(
        Body(kind, place)
        for kind in structure.body_kinds(on)
        if kind.place_kind == place.kind and place.exists(on)
    )


def standing(
    body: Body,
    on: date,
    memberships: Sequence[Membership],
    deviations: Sequence[Deviation] = (),
    *,
    posts_on: date | None = None,
    known_at: datetime | None = None,
) -> Standing:
    """How a body with these memberships, past and coming ones too, stands on a day."""
    registered = any(row.valid_from <= on for row in memberships)
    serving = [row for row in memberships if row.holds_on(on) and row.role not in FILLS_NO_SEAT]
    findings: tuple[Finding, ...] = ()
    if registered:
        members = history.members(memberships, on=posts_on, recorded_at=known_at)
        agreements = history.agreements(deviations)
        findings = structure.check(structure.Body(*body.key), members, on, deviations=agreements)
    return Standing(
        body=body,
        on=on,
        registered=registered,
        seated=len(serving),
        findings=findings,
        not_checked=tuple(
            rule for rule in structure.rules(body.kind.id, on) if rule.certainty == "unknown"
        ),
    )


def standing_of(
    body: Body, on: date, record: BodyRecord | None, known_at: datetime | None = None
) -> Standing:
    """How a body stands on a day, as it was known at a moment (None: now)."""
    return standing(
        body,
        on,
        history.known(record, known_at),
        history.deviations(record, known_at),
        posts_on=on if body.kind.id in ("ssu", "sundhedsraad") else None,
        known_at=known_at,
    )


def standings(
    bodies: Iterable[Body], on: date, *, only: Place | None = None
) -> tuple[Standing, ...]:
    """How many bodies stand on a day, with a number of queries that does not grow with them.

    only: read no more than what is recorded for one place.
    """
    where = {"body__place_kind": only.kind, "body__place": only.id} if only else {}
    memberships: dict[tuple[str, str], list[Membership]] = {}
    deviations: dict[tuple[str, str], list[Deviation]] = {}
    rows = Membership.objects.known_at().select_related("person", "body")
    for row in rows.filter(valid_from__lte=on, **where):
        memberships.setdefault((row.body.kind, row.body.place), []).append(row)
    agreed = Deviation.objects.known_at().valid_on(on).filter(**where)
    for one in agreed.select_related("body"):
        deviations.setdefault((one.body.kind, one.body.place), []).append(one)
    posts = history.chairs_elsewhere(
        {row.person_id for rows in memberships.values() for row in rows}, on
    )
    found = []
    for body in bodies:
        mine = memberships.get(body.key, [])
        for row in mine:
            row.posts = [*row.posts, *posts.get(row.person_id, ())]
        found.append(standing(body, on, mine, deviations.get(body.key, ())))
    return tuple(found)


def _is_a_seat(finding: Finding) -> bool:
    rule = finding.rule
    whom = set((rule.test or {}).get("count", {"role": ()}))
    return finding.how == "missing" and rule.topic == "seats" and whom <= _WHOM
