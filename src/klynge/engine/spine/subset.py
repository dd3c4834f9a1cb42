"""The subset of SQL the spine keeps to, so that it means the same on DuckDB and on Spark.

Measured before the engine was written: a few constructs carry over to Spark without an error and
with another meaning, and a few do not carry over at all. `slips(sql)` names those in a query.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import sqlglot
from sqlglot import exp

DUCKDB = "duckdb"

_Test = Callable[[exp.Expr], bool]


def parse(sql: str) -> exp.Expr:
    """The parse tree of one query in DuckDB's dialect."""
    return sqlglot.parse_one(sql, dialect=DUCKDB)


def slips(tree: exp.Expr) -> list[str]:
    """What in the query would mean something else, or nothing, on another engine."""
    return sorted({reason for node in tree.walk() for reason in _reasons(node)})


def _reasons(node: exp.Expr) -> Iterator[str]:
    for reason, test in _FORBIDDEN:
        if test(node):
            yield reason


def _is_whole_number_cast(node: exp.Expr) -> bool:
    """CAST(a division or a fraction AS INTEGER): DuckDB rounds, Spark cuts."""
    if not isinstance(node, exp.Cast) or not node.to.is_type(*exp.DataType.INTEGER_TYPES):
        return False
    inside = node.this.unnest()
    fraction = isinstance(inside, exp.Literal) and not inside.is_int
    return fraction or any(isinstance(part, exp.Div) for part in inside.walk())


def _is_ordered_window_without_order(node: exp.Expr) -> bool:
    """A numbering or look-back without an order gives another answer each time."""
    needs_order = (exp.RowNumber, exp.Lag, exp.Lead, exp.FirstValue, exp.LastValue)
    return (
        isinstance(node, exp.Window)
        and isinstance(node.this, needs_order)
        and node.args.get("order") is None
    )


def _of(*kinds: type[exp.Expr]) -> _Test:
    return lambda node: isinstance(node, kinds)


def _named(*names: str) -> _Test:
    return lambda node: isinstance(node, exp.Anonymous) and node.name.lower() in names


def _is_weekday(node: exp.Expr) -> bool:
    return isinstance(node, exp.Extract) and node.name.lower() in ("dow", "isodow", "dayofweek")


_FORBIDDEN: tuple[tuple[str, _Test], ...] = (
    (
        "CAST of a fraction to a whole number rounds in one engine and cuts in the other",
        _is_whole_number_cast,
    ),
    (
        "date_diff counts boundaries in one engine and whole units in the other",
        _of(exp.DateDiff, exp.TimestampDiff),
    ),
    (
        "the number of a weekday differs between engines",
        lambda node: _is_weekday(node) or isinstance(node, exp.DayOfWeek),
    ),
    (
        "the day of the year is DAYOFYEAR: EXTRACT(DOY) is not said alike in Spark",
        lambda node: isinstance(node, exp.Extract) and node.name.lower() in ("doy", "dayofyear"),
    ),
    ("hash differs between engines", lambda node: _named("hash")(node) or _of(exp.MD5)(node)),
    (
        "ASOF joins are missing in Spark",
        lambda node: isinstance(node, exp.Join) and node.method == "ASOF",
    ),
    (
        "percentiles differ in the last digit between engines",
        _of(exp.PercentileCont, exp.PercentileDisc, exp.Quantile, exp.Median),
    ),
    ("a window that numbers or looks back needs an order", _is_ordered_window_without_order),
    (
        "floating point has no place before the final rate",
        lambda node: isinstance(node, exp.Cast) and node.to.is_type("double", "float", "decimal"),
    ),
    (
        "a random or current value makes the build differ from run to run",
        _of(exp.Rand, exp.CurrentDate, exp.CurrentTimestamp),
    ),
)
