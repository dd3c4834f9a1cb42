"""Indicators as queries over the spine: one for each group of them, all periods at once.

    population   a table: who can be counted in a period, in which cell, and what else is asked of
                 them (a disease, a care home), answered once for all indicators
    people       one row a cell: how many people each condition about residents holds for
    a group      the same grain: the sums and the distinct persons of what each indicator counts
    its months   the same for months and quarters, a row a kommune

Events are first gathered to one row a person and period with a number for each indicator, so each
person meets the population once, and a person is counted once however many events there are.
Everything is an integer that adds over persons, so a build may be cut at person ranges.

The queries read the spine tables, `periods` and `months` (period, year, first_day, day_after).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from sqlglot import exp

from klynge.engine.education import FROM_AGE, PUBLISHED
from klynge.engine.indicators.dating import PERIOD, dated, later_by
from klynge.engine.indicators.groups import Group, cuts_of
from klynge.engine.indicators.indicator import Indicator
from klynge.engine.indicators.lifting import Lifted, any_of, found_by
from klynge.engine.indicators.rendering import condition, literal
from klynge.engine.indicators.tree import Column, Condition
from klynge.engine.spine.tables import Kind

POPULATION, EDUCATION = "population", "education"
RESIDENT, EVENT, ROW, HIT = "r", "e", "x", "h"
_SCHOOL = "s"
CELL = ("kommune", "sex", "age")
"""What people are told apart by, beside the period; age by the first of its narrowest band."""

SHARE_NUMBERS = ("events", "persons", "of_events", "of_persons", "complement_persons")


class Population:
    """The table `population`, and conditions about residents told in its columns."""

    def __init__(self, indicators: Sequence[Indicator], *, by_education: bool = False) -> None:
        self.by_education = by_education
        self._cuts = cuts_of(indicators)
        self._lifted = Lifted(RESIDENT, RESIDENT, ("pid", *CELL))
        told = [condition(indicator.people, RESIDENT) for indicator in indicators]
        self._conditions = {each.sql(): self._lifted.of(each) for each in told}
        self._number = {sql: at for at, sql in enumerate(self._conditions)}

    def sql(self, dialect: str = "duckdb") -> str:
        """The query that makes the table."""
        query = (
            exp.select(exp.column("period", PERIOD), exp.alias_(self._band(), "band"))
            .from_(_table("residents", RESIDENT))
            .join(_table("periods", PERIOD), on=_same("year", RESIDENT, PERIOD))
        )
        columns = {column.alias: column for column in self._lifted.columns}
        for name, asked in self._lifted.asked.items():
            found = found_by(asked, RESIDENT, _table("periods", PERIOD))
            if found is not None:
                whose = exp.and_(_same("pid", name, RESIDENT), _same("period", name, PERIOD))
                query = query.join(found.subquery(name), on=whose, join_type="left")
                is_there = exp.not_(exp.Is(this=exp.column("pid", name), expression=exp.null()))
                columns[name] = exp.alias_(is_there, name)
        if self.by_education:
            query = query.join(_table(EDUCATION, _SCHOOL), on=_held(), join_type="left")
            columns[EDUCATION] = exp.alias_(_level(), EDUCATION)
        return query.select(*columns.values()).sql(dialect=dialect, pretty=True)

    def people_sql(self, dialect: str = "duckdb") -> str:
        """How many people there are in each cell for whom each condition holds: people_0 ..."""
        numbers = [
            _count(holds, f"people_{at}") for at, holds in enumerate(self._conditions.values())
        ]
        query = exp.select(*self.cells(), *numbers).from_(_table(POPULATION, RESIDENT))
        return query.group_by(*self.keys()).sql(dialect=dialect, pretty=True)

    def column_of(self, people: Condition) -> str:
        """The column of `people_sql` with the people a condition holds for."""
        return f"people_{self._number[condition(people, RESIDENT).sql()]}"

    def holds(self, people: Condition) -> exp.Expr:
        """A condition of one of the indicators, about a row of the table."""
        return self._conditions[condition(people, RESIDENT).sql()].copy()

    def keys(self) -> list[exp.Expr]:
        """What the population is told apart by, as columns of the table."""
        names = ["period", *("band" if name == "age" else name for name in CELL)]
        names += [EDUCATION] if self.by_education else []
        return [exp.column(name, RESIDENT) for name in names]

    def cells(self) -> list[exp.Expr]:
        """The same, by the names they have in an answer."""
        names = ["period", *CELL, *([EDUCATION] if self.by_education else [])]
        return [exp.alias_(key, name) for key, name in zip(self.keys(), names, strict=True)]

    def _band(self) -> exp.Expr:
        band = exp.case()
        for low, after in pairwise(self._cuts):
            younger = exp.LT(this=exp.column("age", RESIDENT), expression=literal(after))
            band = band.when(younger, literal(low))
        return band.else_(literal(self._cuts[-1])) if len(self._cuts) > 1 else literal(0)


def group_sql(
    group: Group, population: Population, extract_end: datetime, dialect: str = "duckdb"
) -> str:
    """What each indicator of the group counts in each cell.

    Columns: for a share of events all of SHARE_NUMBERS, each with the indicator's place in the
    group (events_0 ...); else persons, and events where events are counted.
    """
    numbers = [
        number
        for at, indicator in enumerate(group.indicators)
        for number in _numbers(indicator, at, population.holds(indicator.people))
        if indicator.counts == "events" or number.alias != f"events_{at}"
    ]
    query = (
        exp.select(*population.cells(), *numbers)
        .from_(_per_person(group, extract_end, "periods").subquery(HIT))
        .join(
            _table(POPULATION, RESIDENT),
            on=exp.and_(_same("pid", RESIDENT, HIT), _same("period", RESIDENT, HIT)),
        )
        .group_by(*population.keys())
    )
    return query.sql(dialect=dialect, pretty=True)


def months_sql(group: Group, extract_end: datetime, dialect: str = "duckdb") -> str:
    """The same for the months and quarters in `months`, a row a kommune: sexes and ages together.
    Persons add up over those, for a person is in one of them a period."""
    hits = _per_person(group, extract_end, "months")
    lifted = Lifted(ROW, HIT, ("period", *(number.alias_or_name for number in hits.selects[2:])))
    kommune = lifted.of(exp.column("kommune", RESIDENT))
    numbers = [
        number.transform(lambda node: _moved(node, HIT, ROW))
        for at, each in enumerate(group.indicators)
        for number in _numbers(each, at, lifted.of(condition(each.people, RESIDENT)))
    ]
    inside = (
        exp.select(*lifted.columns)
        .from_(hits.subquery(HIT))
        .join(_table("months", PERIOD), on=_same("period", PERIOD, HIT))
        .join(
            _table("residents", RESIDENT),
            on=exp.and_(_same("pid", RESIDENT, HIT), _same("year", RESIDENT, PERIOD)),
        )
    )
    period = exp.column("period", ROW)
    query = exp.select(period, exp.alias_(kommune, "kommune"), *numbers)
    query = query.from_(inside.subquery(ROW)).group_by(period.copy(), kommune.copy())
    return query.sql(dialect=dialect, pretty=True)


def not_followed_sql(group: Group, extract_end: datetime, dialect: str = "duckdb") -> str:
    """How many events of each period each indicator of a group that follows events leaves out
    because the extract ends too soon: left_out_0 ..."""
    lifted = Lifted(ROW, EVENT)
    numbers = []
    for at, indicator in enumerate(group.indicators):
        whole = exp.and_(
            _events(indicator),
            condition(indicator.people, RESIDENT),
            exp.not_(_is_followed(indicator.follow_up_days, extract_end)),
        )
        numbers.append(_count(lifted.of(whole), f"left_out_{at}"))
    days = max(indicator.follow_up_days for indicator in group.indicators)
    inside = (
        _of_events(group, exp.select(exp.column("period", PERIOD), *lifted.columns), "periods")
        .join(
            _table("residents", RESIDENT),
            on=exp.and_(_same("pid", RESIDENT, EVENT), _same("year", RESIDENT, PERIOD)),
        )
        .where(exp.not_(_is_followed(days, extract_end)))
    )
    period = exp.column("period", ROW)
    query = exp.select(period, *numbers).from_(inside.subquery(ROW)).group_by(period.copy())
    return query.sql(dialect=dialect, pretty=True)


def _per_person(group: Group, extract_end: datetime, periods: str) -> exp.Select:
    """One row a person and period: pid, period, and for each indicator how many rows are its
    (`rows_0`), the sum it adds (`sum_0`), those with the outcome (`outcomes_0`), and how many
    different values they have (`values_0`)."""
    lifted = Lifted(ROW, EVENT, ("pid",))
    counted: list[exp.Expr] = []
    for at, indicator in enumerate(group.indicators):
        mine = _events(indicator)
        if indicator.follow_up_days:
            mine = exp.and_(mine, _is_followed(indicator.follow_up_days, extract_end))
        holds = lifted.of(mine)
        counted.append(_count(holds, f"rows_{at}"))
        if indicator.adds is not None:
            number = lifted.of(exp.column(indicator.adds.name, EVENT))
            counted.append(_sum(number, f"sum_{at}", holds))
        if indicator.outcome is not None:
            both = exp.and_(holds.copy(), lifted.of(condition(indicator.outcome, EVENT)))
            counted.append(_count(both, f"outcomes_{at}"))
    keys = [exp.column(name, ROW) for name in ("pid", "period")]
    if group.different is not None:
        value = lifted.of(exp.column(group.different.name, EVENT))
        keys.append(exp.alias_(value, "value"))
    inside = exp.select(exp.column("period", PERIOD), *lifted.columns)
    rows = _of_events(group, inside, periods).subquery(ROW)
    query = exp.select(*keys, *counted).from_(rows)
    query = query.group_by(*(key.unalias().copy() for key in keys))
    return query if group.different is None else _values_told_apart(group, query)


def _values_told_apart(group: Group, by_value: exp.Select) -> exp.Select:
    """From a row a person, period and value to a row a person and period."""
    keys = [exp.column(name, ROW) for name in ("pid", "period")]
    numbers = [_sum(exp.column(number.alias, ROW), number.alias) for number in by_value.selects[3:]]
    for at in range(len(group.indicators)):
        some = exp.GT(this=exp.column(f"rows_{at}", ROW), expression=literal(0))
        values = exp.Count(this=exp.column("value", ROW))
        numbers.append(exp.alias_(_filtered(values, some), f"values_{at}"))
    query = exp.select(*keys, *numbers).from_(by_value.subquery(ROW))
    return query.group_by(*(key.copy() for key in keys))


def _of_events(group: Group, query: exp.Select, periods: str) -> exp.Select:
    """`query` over the rows that count for any of the group, each in its period."""
    first = group.indicators[0]
    if first.dated_by is None:
        raise ValueError(f"{first.code} counts no events")
    by, window = first.dated_by, first.window
    source, on = _table(periods, PERIOD), dated(by, window, EVENT)
    if isinstance(by, Column) and by.kind is not Kind.NUMBER and window.days:
        # The year makes it an equality join, which is fast; the days make it right.
        source = _years_near(periods, window.days)
        year = exp.Extract(this=exp.var("YEAR"), expression=exp.column(by.name, EVENT))
        on = exp.and_(exp.EQ(this=year, expression=exp.column("near", PERIOD)), on)
    query = query.from_(_table(group.table, EVENT)).join(source, on=on)
    own = any_of(_events(indicator) for indicator in group.indicators)
    return query if own is None else query.where(own)


def _years_near(periods: str, days: int) -> exp.Expr:
    """Each period once for every year (`near`) that so many days before it may lie in."""
    some = []
    for back in range(days // 365 + 2):
        year = exp.Sub(this=exp.column("year"), expression=literal(back))
        some.append(exp.select("*", exp.alias_(year, "near")).from_(periods))
    return exp.union(*some, distinct=False).subquery(PERIOD)


def _events(indicator: Indicator) -> exp.Expr:
    if indicator.events is None:
        raise ValueError(f"{indicator.code} counts no events")
    return condition(indicator.events, EVENT)


def _is_followed(days: int, extract_end: datetime) -> exp.Expr:
    """The extract covers so many days after the event, so that nothing can be unseen."""
    last = later_by(exp.column("ended_at", EVENT), days)
    return exp.LTE(this=last, expression=literal(extract_end))


def _numbers(indicator: Indicator, at: int, people: exp.Expr) -> list[exp.Expr]:
    """The numbers of one indicator from a row a person and period."""
    tells_apart = indicator.different is not None and indicator.at_least > 1
    which = "values" if tells_apart else "rows"
    enough = exp.GTE(this=_hit(which, at), expression=literal(indicator.at_least))
    counts = exp.and_(people, enough)
    if indicator.outcome is None:
        events = _hit("rows" if indicator.adds is None else "sum", at)
        return [_sum(events, f"events_{at}", counts), _count(counts, f"persons_{at}")]
    some = exp.GT(this=_hit("outcomes", at), expression=literal(0))
    others = exp.GT(this=_hit("rows", at), expression=_hit("outcomes", at))
    return [
        _sum(_hit("outcomes", at), f"events_{at}", counts),
        _count(exp.and_(counts.copy(), some), f"persons_{at}"),
        _sum(_hit("rows", at), f"of_events_{at}", counts),
        _count(counts, f"of_persons_{at}"),
        _count(exp.and_(counts.copy(), others), f"complement_persons_{at}"),
    ]


def _hit(name: str, at: int) -> exp.Expr:
    return exp.column(f"{name}_{at}", HIT)


def _moved(node: exp.Expr, before: str, after: str) -> exp.Expr:
    is_there = isinstance(node, exp.Column) and node.table == before
    return exp.column(node.name, after) if is_there else node


def _count(holds: exp.Expr, name: str) -> exp.Expr:
    return exp.alias_(_filtered(exp.Count(this=exp.Star()), holds), name)


def _sum(what: exp.Expr, name: str, holds: exp.Expr | None = None) -> exp.Expr:
    # DuckDB sums whole numbers to 128 bits, which Arrow can only call a decimal.
    summed = _filtered(exp.Sum(this=what.copy()), holds)
    none = [exp.Literal.number(0)]
    return exp.alias_(exp.cast(exp.Coalesce(this=summed, expressions=none), "BIGINT"), name)


def _filtered(aggregate: exp.Expr, holds: exp.Expr | None) -> exp.Expr:
    if holds is None or holds == exp.true():
        return aggregate
    return exp.Filter(this=aggregate, expression=exp.Where(this=holds.copy()))


def _same(name: str, left: str, right: str) -> exp.Expr:
    return exp.EQ(this=exp.column(name, left), expression=exp.column(name, right))


def _held() -> exp.Expr:
    """The education somebody had on the first day of the period: one row, or none."""
    first_day = exp.column("first_day", PERIOD)
    until = exp.column("held_until", _SCHOOL)
    return exp.and_(
        _same("pid", _SCHOOL, RESIDENT),
        exp.LTE(this=exp.column("held_from", _SCHOOL), expression=first_day),
        exp.or_(
            exp.Is(this=until, expression=exp.null()),
            exp.GT(this=until.copy(), expression=first_day.copy()),
        ),
    )


def _level() -> exp.Expr:
    """The number of the level in `education.LEVELS`, -1 for the young."""
    young = exp.LT(this=exp.column("age", RESIDENT), expression=literal(FROM_AGE))
    level = exp.case().when(young, exp.Literal.number(-1))
    for at, name in enumerate(PUBLISHED):
        has = exp.EQ(this=exp.column("level", _SCHOOL), expression=literal(name))
        level = level.when(has, literal(at))
    return level.else_(literal(len(PUBLISHED)))


def _table(name: str, alias: str) -> exp.Expr:
    return exp.alias_(exp.to_table(name), alias, table=True)
