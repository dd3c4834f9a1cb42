"""The rows of figures made of two published figures; see `indicators/ratios.py`.

They are made of finished rows, after everything is protected, so they can tell nothing that those
rows do not: no cell needs protection of its own.
"""

from __future__ import annotations

from calendar import isleap

import pyarrow as pa
import pyarrow.compute as pc

from klynge import methods
from klynge.datapack import FIGURE_SCHEMA
from klynge.engine.indicators.described import Mean, PersonTime, Ratio

_CELL = ("place_kind", "place", "period", "sex", "age", "education")


def ratio_rows(ratio: Ratio, figures: pa.Table) -> pa.Table:
    """A row for each cell that both indicators have; hidden where one of them is."""
    above, below = (_of(code, figures) for code in (ratio.above, ratio.below))
    met = above.join(below, keys=list(_CELL), join_type="inner", right_suffix="_below")
    if isinstance(ratio, PersonTime):
        # Other ages may have the same name on both sides and mean others.
        met = met.filter(pc.is_in(met["age"], pa.array(ratio.ages, pa.string())))
    shown = pc.and_(pc.equal(met["status"], "shown"), pc.equal(met["status_below"], "shown"))
    hidden = pc.or_(pc.equal(met["status"], "hidden"), pc.equal(met["status_below"], "hidden"))
    status = pc.if_else(shown, "shown", pc.if_else(hidden, "hidden", "not_counted"))
    divisor = _divisor(ratio, met)
    upper, lower = _numbers(met["numerator"], shown), _numbers(divisor, shown)
    size = met.num_rows
    columns = {name: met[name] for name in _CELL} | {
        "indicator": pa.array([ratio.code] * size, pa.string()),
        "measure": pa.array(["crude"] * size, pa.string()),
        "status": status,
        "numerator": upper,
        "denominator": lower,
    }
    columns |= _values(ratio, upper, lower)
    return pa.table({field.name: columns[field.name] for field in FIGURE_SCHEMA}).cast(
        FIGURE_SCHEMA
    )


def _divisor(ratio: Ratio, met: pa.Table) -> pa.ChunkedArray:
    if isinstance(ratio, PersonTime):
        return _days_here(met)
    return met["denominator_below" if isinstance(ratio, Mean) else "numerator_below"]


def _days_here(met: pa.Table) -> pa.ChunkedArray:
    """The days that citizens of 1 January were here: all of the year's but those they lost."""
    years = pc.cast(pc.utf8_slice_codeunits(met["period"], 0, 4), pa.int64())
    days = pa.chunked_array([[366 if isleap(year) else 365 for year in years.to_pylist()]])
    whole = pc.multiply(met["denominator_below"], pc.cast(days, pa.int64()))
    return pc.subtract(whole, met["numerator_below"])


def _values(
    ratio: Ratio, upper: pa.ChunkedArray, lower: pa.ChunkedArray
) -> dict[str, pa.Array | pa.ChunkedArray]:
    """Value and limits; events by time have Byar's, a ratio of two counts has none."""
    none = pa.scalar(None, pa.float64())
    if not isinstance(ratio, PersonTime):
        divided = pc.divide(pc.cast(upper, pa.float64()), pc.cast(lower, pa.float64()))
        nothing = pa.nulls(len(upper), pa.float64())
        value = pc.if_else(pc.equal(lower, 0), none, divided)
        return {"value": value, "lower": nothing, "upper": nothing}
    known = pc.greater(pc.fill_null(lower, 0), 0)
    count, time = (pc.fill_null(each, 0).to_numpy() for each in (upper, lower))
    found = methods.rate(count, time, per=ratio.per)
    return {
        name: pc.if_else(known, pa.array(getattr(found, name), pa.float64()), none)
        for name in ("value", "lower", "upper")
    }


def _of(code: str, figures: pa.Table) -> pa.Table:
    """The crude rows of an indicator by year; not those by education, which a ratio has none of."""
    mine = pc.and_(pc.equal(figures["indicator"], code), pc.equal(figures["measure"], "crude"))
    mine = pc.and_(mine, pc.equal(figures["education"], "all"))
    return figures.filter(mine).select([*_CELL, "status", "numerator", "denominator"])


def _numbers(column: pa.ChunkedArray, shown: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.if_else(shown, column, pa.scalar(None, pa.int64()))
