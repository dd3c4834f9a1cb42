"""How a place's year has been: goals, initiatives, money, decisions and meetings of its bodies.

Read here, set out as papers in `yearly_papers`. This is the highest room that knows all of it.
What is closed is counted and never told: a report travels further than the one who draws it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from klynge import structure
from klynge.structure import Place
from klynge.web.accounts.models import User
from klynge.web.bodies import cadence, clock
from klynge.web.bodies.cadence import Cadence
from klynge.web.bodies.models import BodyRecord
from klynge.web.bodies.standing import Body, bodies_of
from klynge.web.decisions import access, register
from klynge.web.decisions.models import Decision
from klynge.web.funds import telling
from klynge.web.funds.telling import GrantTold, Told
from klynge.web.goals import control, readings
from klynge.web.goals.control import Progress
from klynge.web.goals.models import Goal
from klynge.web.initiatives import effect, sources
from klynge.web.initiatives.models import OPEN, Initiative, StatusReport

ONE_DAY = timedelta(days=1)
OPEN_DECISION = (Decision.State.OPEN, Decision.State.RUNNING)
TELLS_EFFECT = (
    Initiative.State.RUNNING,
    Initiative.State.EVALUATED,
    Initiative.State.SPREAD,
    Initiative.State.STOPPED,
)


@dataclass(frozen=True)
class GoalTold:
    """A goal as it stood on the day. state: one of Goal.State."""

    it: Goal
    progress: Progress
    state: str


@dataclass(frozen=True)
class InitiativeTold:
    """An initiative as it stood on the day, its newest status, and what may be said of its effect.

    state: one of Initiative.State. began: the figure that began it, in words. measured: what the
    effect was measured on, and the pack. Both are empty where there is none.
    """

    it: Initiative
    state: str
    report: StatusReport | None
    began: str
    effect: tuple[str, ...]
    measured: str


@dataclass(frozen=True)
class PoolTold:
    """A pool with its grants."""

    told: Told
    grants: tuple[GrantTold, ...]


@dataclass(frozen=True)
class Decided:
    """The decisions of the year, and those still open. closed: how many are not told of."""

    of_year: tuple[Decision, ...]
    open: tuple[Decision, ...]
    late: tuple[Decision, ...]
    closed: int


@dataclass(frozen=True)
class Status:
    """A place's year as it stands on a day, `on`, that lies in it. looks_back: the day is past."""

    place: Place
    year: int
    on: date
    looks_back: bool
    goals: tuple[GoalTold, ...]
    initiatives: tuple[InitiativeTold, ...]
    pools: tuple[PoolTold, ...]
    decided: Decided
    meetings: tuple[tuple[Body, Cadence], ...]

    @property
    def is_whole(self) -> bool:
        """Whether the year is over."""
        return self.on == date(self.year, 12, 31)


def of_place(place: Place, year: int, on: date, user: User) -> Status:
    """The year of a place, as known on a day and as far as the user may see it.

    on: a day after the year is read as the year's last.
    """
    day = min(on, date(year, 12, 31))
    records = list(BodyRecord.objects.filter(place_kind=place.kind, place=place.id))
    return Status(
        place=place,
        year=year,
        on=day,
        looks_back=day < clock.today(),
        goals=tuple(_goals(records, year, day)),
        initiatives=tuple(_initiatives(records, year, day)),
        pools=tuple(
            PoolTold(told, tuple(telling.grants(told.pool, day)))
            for record in records
            for told in telling.pools(day, record)
        ),
        decided=_decided(records, year, day, user),
        meetings=tuple((body, cadence.of_body(body, day)) for body in bodies_of(place, day)),
    )


def kommuner(place: Place, on: date) -> list[Place]:
    """The kommuner of a place, by name: whose committees are told."""
    day = on if place.exists(on) else place.valid_from
    codes = {row.kommune for row in structure.members(place.kind, place.id, on=day)}
    return sorted((structure.place("kommune", code) for code in codes), key=_name)


def _goals(records: list[BodyRecord], year: int, on: date) -> list[GoalTold]:
    """Those that held on the day, and those that were closed before it in the year."""
    first = date(year, 1, 1)
    rows = Goal.objects.filter(body__in=records, set_on__lte=on).prefetch_related("assessments")
    rows = rows.select_related("body", "own_indicator", "owner").order_by("agreement", "target_on")
    return [
        GoalTold(goal, control.of(goal, readings.of_goal(goal, on)), goal.state_on(on))
        for goal in rows
        if Goal.State.ACTIVE in (goal.state_on(on), goal.state_on(first - ONE_DAY))
    ]


def _initiatives(records: list[BodyRecord], year: int, on: date) -> list[InitiativeTold]:
    """Those that something happened to in the year, and those still open that began before."""
    rows = Initiative.objects.filter(body__in=records, steps__at__date__lte=on).distinct()
    found = []
    for one in rows.select_related("body", "leader").prefetch_related("steps"):
        taken = [step for step in one.steps.all() if timezone.localtime(step.at).date() <= on]
        state = taken[-1].state
        if state in OPEN or timezone.localtime(taken[-1].at).year == year:
            report = one.reports.filter(at__lte=clock.end_of(on)).first()
            told, measured = _effect(one, state, on)
            found.append(InitiativeTold(one, state, report, _began(one), told, measured))
    return found


def _began(one: Initiative) -> str:
    figure = sources.figure_of(one)
    if figure is None:
        return ""
    words = _("{title}, {place}, {period} (datapakke {pack})")
    return words.format(**figure)


def _effect(one: Initiative, state: str, on: date) -> tuple[tuple[str, ...], str]:
    """What may be said of the effect, and what it was measured on."""
    if state not in TELLS_EFFECT:
        return (), ""
    try:
        found = effect.estimate(one, on)
    except effect.CannotTell as reason:
        return (_("Effekten kan ikke måles endnu: {reason}").format(reason=reason),), ""
    series = found.series
    words = _("Målt på {title}. Kilde: {pack}.")
    measured = words.format(title=series.indicator.title, pack=series.indicator.pack)
    if series.left_out:
        left_out = _("Steder, der ikke er med, fordi tal er skjult eller mangler: {n}.")
        measured = f"{measured} {left_out.format(n=series.left_out)}"
    return tuple(effect.in_words(found)), measured


def _decided(records: list[BodyRecord], year: int, on: date, user: User) -> Decided:
    found = register.every().filter(body__in=records, decided_on__lte=on)
    rows = list(found.prefetch_related("follow_ups"))
    shown = access.shown(rows, user)
    told = [one.decision for one in shown if one.readable and not one.decision.is_restricted]
    still_open = [one for one in told if one.state_on(on) in OPEN_DECISION]
    late = [one for one in still_open if one.deadline is not None and one.deadline < on]
    return Decided(
        of_year=tuple(one for one in told if one.decided_on.year == year),
        open=tuple(one for one in still_open if one not in late),
        late=tuple(late),
        closed=sum(one.is_restricted and one.decided_on.year == year for one in rows),
    )


def _name(place: Place) -> str:
    return place.name
