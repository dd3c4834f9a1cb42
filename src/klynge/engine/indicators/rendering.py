"""Conditions as SQL, through SQLGlot's tree: one tree, rendered for DuckDB or for Spark."""

from __future__ import annotations

from datetime import date, datetime

from sqlglot import exp

from klynge.engine.indicators import dating
from klynge.engine.indicators.codelists import Codelist
from klynge.engine.indicators.dating import PERIOD
from klynge.engine.indicators.relations import (
    Beyond,
    During,
    FollowedWithin,
    HasDisease,
    Have,
    PrecededWithin,
    WithContact,
)
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
from klynge.engine.spine.tables import TABLES

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
            names = [exp.Literal.string(rule.disease) for rule in part.rules]
            disease = exp.column("disease", alias)
            if len(names) == 1:
                return exp.EQ(this=disease, expression=names[0])
            return exp.In(this=disease, expressions=names)
        case Beyond():
            return _another(part, alias)
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


def _another(part: Beyond, alias: str) -> exp.Expr:
    """A range join on the person. (As-of joins cost five times as much, and Spark has none.)"""
    # A name of its own at each depth, for a row that is asked for may ask for one itself.
    other = f"{alias}_other"
    return exp.Exists(
        this=exp.select(exp.Literal.number(1))
        .from_(exp.to_table(part.by.table).as_(other))
        .where(
            exp.EQ(this=exp.column("pid", other), expression=exp.column("pid", alias)),
            _is_near(part, alias, other),
            condition(part.by, other),
        )
    )


def _is_near(part: Beyond, alias: str, other: str) -> exp.Expr:
    match part:
        case FollowedWithin():
            return dating.begins_after(TABLES[part.by.table], part.days, alias, other)
        case PrecededWithin():
            return dating.begins_before(TABLES[part.by.table], part.days, alias, other)
        case During():
            return dating.begins_during(TABLES[part.by.table], alias, other)
        case Have():
            return dating.dated(part.dated_by, part.window, other)
        case WithContact():
            return exp.EQ(this=exp.column("stay", other), expression=exp.column("stay", alias))
    raise TypeError(type(part).__name__)
