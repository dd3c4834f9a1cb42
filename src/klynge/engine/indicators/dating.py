"""Which rows belong to a period, and which lie near another row in time, as SQL."""

from __future__ import annotations

from sqlglot import exp

from klynge.engine.indicators.relations import Span, Window
from klynge.engine.indicators.tree import Column
from klynge.engine.spine.tables import Kind, SpineTable

PERIOD = "p"


def dated(by: Column | Span, window: Window, alias: str) -> exp.Expr:
    """Whether the row called `alias` belongs to the period."""
    first, after = exp.column("first_day", PERIOD), exp.column("day_after", PERIOD)
    if isinstance(by, Span):
        return _going_on(by, window, alias, first, after)
    day = exp.column(by.name, alias)
    if by.kind is Kind.NUMBER:
        return exp.EQ(this=day, expression=exp.column("year", PERIOD))
    match window.name:
        case "in_the_period":
            # The year makes it an equality join, which is fast; the days make it right.
            year = exp.EQ(
                this=exp.Extract(this=exp.var("YEAR"), expression=day),
                expression=exp.column("year", PERIOD),
            )
            return exp.and_(year, _ge(day, first), _lt(day, after))
        case "on_the_first_day":
            return exp.EQ(this=exp.cast(day, "DATE"), expression=first)
        case "days_before":
            return exp.and_(_lt(day, first), _ge(day, _days_from(first, -window.days)))
    return exp.LTE(this=exp.cast(day, "DATE"), expression=first)


def begins_after(other: SpineTable, days: int, alias: str, other_alias: str) -> exp.Expr:
    """Whether the other row begins after this one ends, and at most `days` after."""
    start, end = exp.column(other.starts, other_alias), exp.column("ended_at", alias)
    if _tells_the_moment(other):
        last = later_by(end, days)
        return exp.and_(exp.GT(this=start, expression=end.copy()), _le(start, last))
    day = exp.cast(end, "DATE")
    return exp.and_(_ge(_last_day(other, start), day), _le(start, _days_from(day, days)))


def begins_before(other: SpineTable, days: int, alias: str, other_alias: str) -> exp.Expr:
    """Whether the other row begins before this one does, and at most `days` before."""
    start, own = exp.column(other.starts, other_alias), exp.column("started_at", alias)
    if _tells_the_moment(other):
        return exp.and_(_lt(start, own), _ge(later_by(start.copy(), days), own))
    day = exp.cast(own, "DATE")
    return exp.and_(_le(start, day), _ge(_last_day(other, start), _days_from(day, -days)))


def begins_during(other: SpineTable, alias: str, other_alias: str) -> exp.Expr:
    """Whether this row begins while the other goes on."""
    own = exp.column("started_at", alias)
    if not _tells_the_moment(other):
        own = exp.cast(own, "DATE")
    ends = exp.column(other.ends, other_alias)
    goes_on: exp.Expr = exp.GT(this=ends, expression=own)
    column = other.column(other.ends)
    if column is not None and column.may_be_missing:
        goes_on = exp.or_(exp.Is(this=ends.copy(), expression=exp.null()), goes_on)
    return exp.and_(_le(exp.column(other.starts, other_alias), own), goes_on)


def later_by(moment: exp.Expr, days: int) -> exp.Expr:
    """`moment` and so many days of 24 hours."""
    interval = exp.Interval(this=exp.Literal.string(str(days)), unit=exp.var("DAY"))
    return exp.Add(this=moment, expression=interval)


def _tells_the_moment(table: SpineTable) -> bool:
    column = table.column(table.starts)
    return column is not None and column.kind is Kind.MOMENT


def _last_day(table: SpineTable, start: exp.Expr) -> exp.Expr:
    """The last day on which what the row is about may have begun."""
    return _days_from(start, table.start_is_within_days - 1)


def _days_from(day: exp.Expr, days: int) -> exp.Expr:
    """A day so many days away."""
    if days == 0:
        return day.copy()
    sign = exp.Add if days > 0 else exp.Sub
    return sign(this=day.copy(), expression=exp.Literal.number(abs(days)))


def _going_on(by: Span, window: Window, alias: str, first: exp.Expr, after: exp.Expr) -> exp.Expr:
    """A moment that ends a stay is its last; a day that ends an address is the first without."""
    starts, ends = exp.column(by.starts.name, alias), exp.column(by.ends.name, alias)
    goes_on: exp.Expr = exp.GT(this=ends, expression=first.copy())
    if by.ends.may_be_missing:
        goes_on = exp.or_(exp.Is(this=ends.copy(), expression=exp.null()), goes_on)
    if window.name == "in_the_period":
        return exp.and_(_lt(starts, after), exp.or_(goes_on, _ge(starts.copy(), first)))
    begun = exp.LTE(this=exp.cast(starts, "DATE"), expression=first.copy())
    return begun if window.name == "by_the_first_day" else exp.and_(begun, goes_on)


def _ge(left: exp.Expr, right: exp.Expr) -> exp.Expr:
    return exp.GTE(this=left.copy(), expression=right.copy())


def _le(left: exp.Expr, right: exp.Expr) -> exp.Expr:
    return exp.LTE(this=left.copy(), expression=right.copy())


def _lt(left: exp.Expr, right: exp.Expr) -> exp.Expr:
    return exp.LT(this=left.copy(), expression=right.copy())
