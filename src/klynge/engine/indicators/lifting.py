"""A subquery whose rows answer conditions, so that each thing is asked of a row once.

A condition may ask of other rows (`EXISTS`), and two indicators may ask the same. `Lifted.of` tells
a condition in columns of the subquery instead, and `columns` are those the subquery must give:

    EXISTS(SELECT 1 FROM gp_weeks ...) AND e.acute    becomes    z.asked_0 AND z.acute
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlglot import exp


class Lifted:
    """Conditions told in columns of the subquery called `alias`.

    owner: the table inside it whose columns keep their names; those of another are `other_name`.
    """

    def __init__(self, alias: str, owner: str, given: Iterable[str] = ()) -> None:
        self._alias = alias
        self._owner = owner
        self._columns: dict[str, exp.Expr] = {}
        for name in given:
            self._columns[name] = exp.column(name, owner)
        self._asked: dict[str, str] = {}

    def of(self, told: exp.Expr) -> exp.Expr:
        """`told` about the subquery's rows."""
        return told.copy().transform(self._lift)

    @property
    def columns(self) -> list[exp.Expr]:
        """What the subquery must select."""
        return [exp.alias_(inside.copy(), name) for name, inside in self._columns.items()]

    @property
    def asked(self) -> dict[str, exp.Exists]:
        """Those of the columns that ask of other rows, by name."""
        asked = self._columns.items()
        return {name: told for name, told in asked if isinstance(told, exp.Exists)}

    def _lift(self, node: exp.Expr) -> exp.Expr:
        if isinstance(node, exp.Exists):
            name = self._asked.setdefault(node.sql(), f"asked_{len(self._asked)}")
        elif isinstance(node, exp.Column):
            name = node.name if node.table == self._owner else f"{node.table}_{node.name}"
        else:
            return node
        self._columns.setdefault(name, node.copy())
        return exp.column(name, self._alias)


def found_by(asked: exp.Exists, owner: str, periods: exp.Expr) -> exp.Select | None:
    """The persons and periods a question finds another row for: pid, period. None when it looks at
    more of the row called `owner` than whose it is.

    Far fewer rows are gathered so than when every person and period is asked.
    """
    inside = asked.this
    other = inside.args["from_"].this
    whose = exp.EQ(this=exp.column("pid", other.alias), expression=exp.column("pid", owner))
    rest = [side for side in inside.args["where"].this.flatten() if side.unnest() != whose]
    if any(column.table == owner for side in rest for column in side.find_all(exp.Column)):
        return None
    return (
        exp.select(exp.column("pid", other.alias), exp.column("period", periods.alias))
        .distinct()
        .from_(other.copy())
        .join(periods, on=exp.and_(*(side.copy() for side in rest)))
    )


def without_asking(told: exp.Expr) -> exp.Expr | None:
    """What a condition demands of the row itself: a row that fails it fails the condition. None
    when it demands nothing."""
    sides = list(told.flatten()) if isinstance(told, exp.And) else [told]
    own = [side.unnest() for side in sides if side.find(exp.Exists) is None]
    own = [side for side in own if side != exp.true()]
    return exp.and_(*(side.copy() for side in own)) if own else None


def any_of(conditions: Iterable[exp.Expr]) -> exp.Expr | None:
    """What must hold of a row itself for any of some conditions to hold; None for nothing."""
    own: dict[str, exp.Expr] = {}
    for told in conditions:
        demanded = without_asking(told)
        if demanded is None:
            return None
        own.setdefault(demanded.sql(), demanded)
    return exp.or_(*own.values())
