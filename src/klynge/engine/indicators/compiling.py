"""An indicator as queries over the spine, all periods at once.

    people   one row a period, kommune, sex and year of age: how many people can be counted
    events   the same grain: the sums and the distinct persons of what is counted

Events are first gathered to one row a person and period, so each person meets the population once,
and a person is counted once however many events there are. Everything is an integer that adds over
persons, so a build may be cut at person ranges and added together.

The queries read the spine tables and `periods` (period, year, first_day, day_after).
"""

from __future__ import annotations

from datetime import datetime

import sqlglot
from sqlglot import exp

from klynge.engine.indicators.dating import PERIOD, dated, later_by
from klynge.engine.indicators.indicator import Indicator
from klynge.engine.indicators.rendering import condition, literal

RESIDENT = "r"
EVENT = "e"
CELL = ("kommune", "sex", "age")

PEOPLE_COLUMNS = ("people",)
EVENT_COLUMNS = ("events", "persons")
SHARE_COLUMNS = ("events", "persons", "of_events", "of_persons", "complement_persons")


def people_sql(indicator: Indicator, dialect: str = "duckdb") -> str:
    """How many people there are in each cell."""
    query = (
        exp.select(*_cells(), exp.alias_(exp.Count(this=exp.Star()), "people"))
        .from_(_table("residents", RESIDENT))
        .join(_table("periods", PERIOD), on=_eq("year", RESIDENT, PERIOD))
        .where(condition(indicator.people, RESIDENT))
        .group_by(*_cells())
    )
    return query.sql(dialect=dialect, pretty=True)


def events_sql(indicator: Indicator, extract_end: datetime, dialect: str = "duckdb") -> str:
    """What is counted in each cell: EVENT_COLUMNS, or SHARE_COLUMNS for a share of events."""
    is_share = indicator.outcome is not None
    sums = _share_sums() if is_share else _event_sums()
    query = (
        exp.select(*_cells(), *sums)
        .from_(_per_person(indicator, extract_end).subquery("h"))
        .join(
            _table("residents", RESIDENT),
            on=exp.and_(_eq("pid", RESIDENT, "h"), _eq("year", RESIDENT, "h")),
        )
        .join(_table("periods", PERIOD), on=_eq("period", PERIOD, "h"))
        .where(condition(indicator.people, RESIDENT))
        .group_by(*_cells())
    )
    return query.sql(dialect=dialect, pretty=True)


def months_sql(indicator: Indicator, extract_end: datetime, dialect: str = "duckdb") -> str:
    """The same as `events_sql` for the months and quarters in `months`, a row a kommune: sexes and
    ages together. Persons add up over those, for a person is in one of them a period."""
    inner = sqlglot.parse_one(events_sql(indicator, extract_end), read="duckdb")
    for table in list(inner.find_all(exp.Table)):
        if table.name == "periods":
            table.set("this", exp.to_identifier("months"))
    keys = [exp.column(name, "m") for name in ("period", "kommune")]
    columns = SHARE_COLUMNS if indicator.outcome is not None else EVENT_COLUMNS
    query = exp.select(*keys, *(_sum(exp.column(name, "m"), name) for name in columns))
    whole = query.from_(exp.Subquery(this=inner, alias=exp.TableAlias(this=exp.to_identifier("m"))))
    return whole.group_by(*(key.copy() for key in keys)).sql(dialect=dialect, pretty=True)


def not_followed_sql(indicator: Indicator, extract_end: datetime, dialect: str = "duckdb") -> str:
    """How many events of each period are left out because the extract ends too soon."""
    followed = _is_followed(indicator.follow_up_days, extract_end)
    counted = exp.alias_(exp.Count(this=exp.Star()), "events")
    query = (
        _of_events(indicator, exp.select(exp.column("period", PERIOD), counted))
        .join(
            _table("residents", RESIDENT),
            on=exp.and_(_eq("pid", RESIDENT, EVENT), _eq("year", RESIDENT, PERIOD)),
        )
        .where(condition(indicator.people, RESIDENT), exp.not_(followed))
        .group_by(exp.column("period", PERIOD))
        .order_by(exp.column("period", PERIOD))
    )
    return query.sql(dialect=dialect, pretty=True)


def _per_person(indicator: Indicator, extract_end: datetime) -> exp.Select:
    """One row a person and period with events enough: how many (or their sum), and how many with
    the outcome."""
    keys = [exp.column(name, "x") for name in ("pid", "period", "year")]
    columns = [(EVENT, "pid"), (PERIOD, "period"), (PERIOD, "year")]
    inside = exp.select(*(exp.column(name, alias) for alias, name in columns))
    counted: list[exp.Expr] = [exp.alias_(exp.Count(this=exp.Star()), "events")]
    if indicator.adds is not None:
        number: exp.Expr = exp.column(indicator.adds.name, EVENT)
        if indicator.adds.may_be_missing:
            number = exp.Coalesce(this=number, expressions=[exp.Literal.number(0)])
        inside = inside.select(exp.alias_(number, "number"))
        counted = [_sum(exp.column("number", "x"), "events")]
    if indicator.different is not None:
        inside = inside.select(exp.alias_(exp.column(indicator.different.name, EVENT), "value"))
    if indicator.outcome is not None:
        has = exp.case().when(condition(indicator.outcome, EVENT), "1").else_("0")
        inside = inside.select(exp.alias_(has, "outcome"))
        counted.append(_sum(exp.column("outcome", "x"), "outcomes"))
    inside = _of_events(indicator, inside)
    if indicator.follow_up_days:
        inside = inside.where(_is_followed(indicator.follow_up_days, extract_end))
    grouped = exp.select(*keys, *counted).from_(inside.subquery("x"))
    grouped = grouped.group_by(*(key.copy() for key in keys))
    return grouped.having(_are_enough(indicator)) if indicator.at_least > 1 else grouped


def _are_enough(indicator: Indicator) -> exp.Expr:
    number: exp.Expr = exp.Star()
    if indicator.different is not None:
        number = exp.Distinct(expressions=[exp.column("value", "x")])
    least = exp.Literal.number(indicator.at_least)
    return exp.GTE(this=exp.Count(this=number), expression=least)


def _of_events(indicator: Indicator, query: exp.Select) -> exp.Select:
    """`query` over the events that count, each in its period."""
    events, dated_by = indicator.events, indicator.dated_by
    if events is None or dated_by is None:
        raise ValueError(f"{indicator.code} counts no events")
    return (
        query.from_(_table(events.table, EVENT))
        .join(_table("periods", PERIOD), on=dated(dated_by, indicator.window, EVENT))
        .where(condition(events, EVENT))
    )


def _is_followed(days: int, extract_end: datetime) -> exp.Expr:
    """The extract covers so many days after the event, so that nothing can be unseen."""
    last = later_by(exp.column("ended_at", EVENT), days)
    return exp.LTE(this=last, expression=literal(extract_end))


def _event_sums() -> list[exp.Expr]:
    return [
        _sum(exp.column("events", "h"), "events"),
        exp.alias_(exp.Count(this=exp.Star()), "persons"),
    ]


def _share_sums() -> list[exp.Expr]:
    events, outcomes = exp.column("events", "h"), exp.column("outcomes", "h")
    some = exp.GT(this=outcomes, expression=exp.Literal.number(0))
    others = exp.GT(this=events, expression=outcomes.copy())
    return [
        _sum(outcomes.copy(), "events"),
        _sum(exp.case().when(some, "1").else_("0"), "persons"),
        _sum(events.copy(), "of_events"),
        exp.alias_(exp.Count(this=exp.Star()), "of_persons"),
        _sum(exp.case().when(others, "1").else_("0"), "complement_persons"),
    ]


def _sum(what: exp.Expr, name: str) -> exp.Expr:
    # DuckDB sums whole numbers to 128 bits, which Arrow can only call a decimal.
    return exp.alias_(exp.cast(exp.Sum(this=what), "BIGINT"), name)


def _eq(name: str, left: str, right: str) -> exp.Expr:
    return exp.EQ(this=exp.column(name, left), expression=exp.column(name, right))


def _cells() -> list[exp.Expr]:
    return [exp.column("period", PERIOD), *(exp.column(name, RESIDENT) for name in CELL)]


def _table(name: str, alias: str) -> exp.Expr:
    return exp.alias_(exp.to_table(name), alias, table=True)
