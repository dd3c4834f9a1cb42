"""Conditions as SQL, through SQLGlot's tree: one tree, rendered for DuckDB or for Spark."""

from __future__ import annotations

from datetime import date, datetime

from sqlglot import exp

from klynge.engine.indicators.codelists import Codelist
from klynge.engine.indicators.relations import AnyContact, FollowedWithin, HasDisease
from klynge.engine.indicators.tree import (
    And,
    Column,
    Compare,
    Condition,
    Constant,
    Everything,
    Flag,
    IsIn,
    IsMissing,
    IsOneOf,
    Not,
    Or,
    PeriodDay,
    Value,
)

PERIOD = "p"
FOLLOWER = "f"
CONTACT = "c"

_SIGNS: dict[str, type[exp.Expr]] = {
    "=": exp.EQ,
    "<>": exp.NEQ,
    "<": exp.LT,
    "<=": exp.LTE,
    ">": exp.GT,
    ">=": exp.GTE,
}


def condition(part: Condition, alias: str) -> exp.Expr:
    """`part` as an SQL condition about the row called `alias`; never NULL."""
    match part:
        case Everything():
            return exp.true()
        case Flag(name=name):
            return exp.column(name, alias)
        case And():
            return exp.and_(*(condition(side, alias) for side in _sides(part, And)))
        case Or():
            return exp.or_(*(condition(side, alias) for side in _sides(part, Or)))
        case Not():
            return exp.not_(condition(part.inner, alias))
        case Compare():
            return _compare(part, alias)
        case IsMissing():
            return exp.Is(this=value(part.column, alias), expression=exp.null())
        case IsOneOf():
            texts = [exp.Literal.string(text) for text in part.texts]
            inside = exp.In(this=value(part.column, alias), expressions=texts)
            return _never_null(inside, part.column)
        case IsIn():
            return _never_null(on_list(value(part.column, alias), part.codes), part.column)
        case HasDisease():
            disease = exp.Literal.string(part.rule.disease)
            return exp.EQ(this=exp.column("disease", alias), expression=disease)
        case FollowedWithin():
            return _followed(part, alias)
        case AnyContact():
            return _any_contact(part, alias)
    raise TypeError(type(part).__name__)


def value(part: Value, alias: str) -> exp.Expr:
    """`part` as an SQL value of the row called `alias`."""
    match part:
        case Column(name=name):
            return exp.column(name, alias)
        case PeriodDay(name=name):
            return exp.column(name, PERIOD)
        case Constant(value=written):
            return literal(written)
    raise TypeError(type(part).__name__)


def literal(written: str | int | date) -> exp.Expr:
    """A constant of a definition in SQL."""
    if isinstance(written, datetime):
        return exp.cast(exp.Literal.string(written.isoformat(sep=" ")), "TIMESTAMP")
    if isinstance(written, date):
        return exp.cast(exp.Literal.string(written.isoformat()), "DATE")
    if isinstance(written, bool):
        return exp.true() if written else exp.false()
    return exp.convert(written)


def on_list(code: exp.Expr, codes: Codelist) -> exp.Expr:
    """Whether `code` is on the list: one IN for each length of prefix, so that a long list costs
    a look-up a row and not a comparison a code."""
    tests: list[exp.Expr] = []
    if codes.exact:
        tests.append(_in(code.copy(), codes.exact))
    for length in sorted({len(prefix) for prefix in codes.prefixes}):
        head = exp.Substring(
            this=code.copy(), start=exp.Literal.number(1), length=exp.Literal.number(length)
        )
        tests.append(_in(head, tuple(p for p in codes.prefixes if len(p) == length)))
    return exp.or_(*tests)


def later_by(moment: exp.Expr, days: int) -> exp.Expr:
    """`moment` and so many days of 24 hours."""
    interval = exp.Interval(this=exp.Literal.string(str(days)), unit=exp.var("DAY"))
    return exp.Add(this=moment, expression=interval)


def _sides(part: Condition, kind: type[And] | type[Or]) -> list[Condition]:
    """a & b & c as three conditions, so that the SQL is read without a nest of parentheses."""
    if isinstance(part, kind):
        return _sides(part.left, kind) + _sides(part.right, kind)
    return [part]


def _in(code: exp.Expr, words: tuple[str, ...]) -> exp.Expr:
    return exp.In(this=code, expressions=[exp.Literal.string(word) for word in words])


def _compare(part: Compare, alias: str) -> exp.Expr:
    sides = {"this": value(part.left, alias), "expression": value(part.right, alias)}
    compared = _SIGNS[part.operator](**sides)
    missing = [s for s in (part.left, part.right) if isinstance(s, Column) and s.may_be_missing]
    return _never_null(compared, *missing)


def _never_null(test: exp.Expr, *columns: Column) -> exp.Expr:
    if not any(column.may_be_missing for column in columns):
        return test
    return exp.Coalesce(this=test, expressions=[exp.false()])


def _followed(part: FollowedWithin, alias: str) -> exp.Expr:
    """A range join on the person. (As-of joins cost five times as much, and Spark has none.)"""
    end = exp.column("ended_at", alias)
    start = exp.column("started_at", FOLLOWER)
    return exp.Exists(
        this=exp.select(exp.Literal.number(1))
        .from_(exp.to_table(part.table).as_(FOLLOWER))
        .where(
            exp.EQ(this=exp.column("pid", FOLLOWER), expression=exp.column("pid", alias)),
            exp.GT(this=start, expression=end),
            exp.LTE(this=start.copy(), expression=later_by(end.copy(), part.days)),
            condition(part.by, FOLLOWER),
        )
    )


def _any_contact(part: AnyContact, alias: str) -> exp.Expr:
    same = [
        exp.EQ(this=exp.column(name, CONTACT), expression=exp.column(name, alias))
        for name in ("pid", "stay")
    ]
    return exp.Exists(
        this=exp.select(exp.Literal.number(1))
        .from_(exp.to_table("contacts").as_(CONTACT))
        .where(*same, on_list(exp.column("diagnosis", CONTACT), part.codes))
    )
