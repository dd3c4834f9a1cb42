"""The decision packet of a call: what the body must see to decide.

Every application with its points, what is recommended, who agrees and who takes no part; the
recommendation summed against the money; and the combinations that fit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from klynge.web.accounts.models import User
from klynge.web.bodies.models import Person
from klynge.web.funds import combining, ledger, scoring_rules
from klynge.web.funds.applying_models import MOST_POINTS
from klynge.web.funds.combining import Wish
from klynge.web.funds.models import Application, Call, Declaration, Recommendation, Score, Stance

SCALE = 1000


@dataclass(frozen=True)
class Judged:
    """An application as the packet shows it. mine: the reader's own stance, and what bars it."""

    application: Application
    points: Fraction | None
    scorers: int
    by_criterion: tuple[tuple[str, Fraction | None], ...]
    recommendation: Recommendation | None
    stances: tuple[Stance, ...]
    declarations: tuple[Declaration, ...]
    barred: str
    hint: str

    @property
    def agree(self) -> list[Stance]:
        return [each for each in self.stances if each.agrees]

    @property
    def disagree(self) -> list[Stance]:
        return [each for each in self.stances if not each.agrees]

    @property
    def per_cent(self) -> int | None:
        """The points as a per cent of the most that can be given."""
        return None if self.points is None else round(100 * self.points / MOST_POINTS)

    @property
    def shown_points(self) -> float | None:
        return None if self.points is None else float(self.points)


@dataclass(frozen=True)
class Option:
    """A combination that fits."""

    applications: tuple[Application, ...]
    amount: int
    left: int
    points: float
    is_recommended: bool


@dataclass(frozen=True)
class Packet:
    """Everything the body is asked to look at."""

    call: Call
    amount: int
    free: int
    judged: tuple[Judged, ...]
    options: tuple[Option, ...]
    found: combining.Found
    too_large: tuple[Application, ...]

    @property
    def requested(self) -> int:
        return sum(one.application.requested or 0 for one in self.judged)

    @property
    def recommended(self) -> int:
        return sum(one.recommendation.amount for one in self.judged if one.recommendation)

    @property
    def missing(self) -> int:
        """How many applications have no recommendation yet."""
        return sum(one.recommendation is None for one in self.judged)

    @property
    def over(self) -> int:
        """How much more is recommended than there is."""
        return max(0, self.recommended - self.amount)

    @property
    def left(self) -> int:
        return self.amount - self.recommended


def of_call(call: Call, person: Person | None, user: User) -> Packet:
    """The packet of a call as a reader sees it; `person`: who the reader is when they score."""
    rows = list(
        call.applications.filter(status=Application.Status.SENT)
        .select_related("applicant", "recommendation", "call__pool")
        .prefetch_related("partners__organisation", "team")
    )
    free = ledger.totals([call.pool])[call.pool_id]["free"]
    amount = min(call.amount, free)
    judged = _in_order([_judged(one, person, user) for one in rows])
    wishes = [_wish(one) for one in judged]
    found = combining.best(wishes, amount)
    by_key = {one.application.pk: one.application for one in judged}
    recommended = {
        one.application.pk
        for one in judged
        if one.recommendation and one.recommendation.amount == one.application.requested
    }
    options = tuple(
        Option(
            applications=tuple(by_key[key] for key in each.ids),
            amount=each.amount,
            left=amount - each.amount,
            points=each.points / SCALE,
            is_recommended=set(each.ids) == recommended,
        )
        for each in found.combinations
    )
    too_large = tuple(by_key[key] for key in found.too_large)
    return Packet(call, amount, free, tuple(judged), options, found, too_large)


def points_of(scores: Sequence[Score], criteria: Sequence[Any]) -> dict[Any, Fraction | None]:
    """The mean of each criterion's points over those who scored it; None for one nobody did."""
    found = {}
    for one in criteria:
        given = [each.points for each in scores if each.criterion_id == one.pk]
        found[one] = Fraction(sum(given), len(given)) if given else None
    return found


def weighted(means: dict[Any, Fraction | None]) -> Fraction | None:
    """The weighted mean over the criteria; None until every one has been scored."""
    if not means or any(mean is None for mean in means.values()):
        return None
    total = sum(one.weight for one in means)
    return sum((one.weight * mean for one, mean in means.items() if mean), Fraction(0)) / total


def _judged(application: Application, person: Person | None, user: User) -> Judged:
    criteria = list(application.call.criteria.all())
    scores = list(application.scores.all())
    means = points_of(scores, criteria)
    barred = scoring_rules.conflict(user, application) if person else ""
    if person and not barred:
        barred = scoring_rules.found_conflict(user, person, application)
    return Judged(
        application=application,
        points=weighted(means),
        scorers=len({each.person_id for each in scores}),
        by_criterion=tuple((one.name, mean) for one, mean in means.items()),
        recommendation=getattr(application, "recommendation", None),
        stances=tuple(application.stances.select_related("person")),
        declarations=tuple(application.declarations.select_related("person")),
        barred=barred,
        hint=scoring_rules.partner_hint(person, application) if person else "",
    )


def _in_order(judged: list[Judged]) -> list[Judged]:
    """The most points first, those that are not scored last."""
    return sorted(
        judged, key=lambda one: (one.points is None, -(one.points or 0), one.application.pk)
    )


def _wish(one: Judged) -> Wish:
    points = round((one.points or Fraction(0)) * SCALE)
    return Wish(one.application.pk, one.application.requested or 0, points)
