"""The rows of figures that are one published figure divided by another; see `indicators/ratios.py`.

They are made of finished rows, after everything is protected, so they can tell nothing that those
rows do not: no cell needs protection of its own.
"""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from klynge.datapack import FIGURE_SCHEMA
from klynge.engine.indicators.described import Ratio

_CELL = ("place_kind", "place", "period", "sex", "age", "education")


def ratio_rows(ratio: Ratio, figures: pa.Table) -> pa.Table:
    """A row for each cell that both indicators have; hidden where one of them is."""
    above, below = (_of(code, figures) for code in (ratio.above, ratio.below))
    met = above.join(below, keys=list(_CELL), join_type="inner", right_suffix="_below")
    shown = pc.and_(pc.equal(met["status"], "shown"), pc.equal(met["status_below"], "shown"))
    hidden = pc.or_(pc.equal(met["status"], "hidden"), pc.equal(met["status_below"], "hidden"))
    status = pc.if_else(shown, "shown", pc.if_else(hidden, "hidden", "not_counted"))
    upper, lower = _numbers(met["numerator"], shown), _numbers(met["numerator_below"], shown)
    value = pc.if_else(
        pc.equal(lower, 0),
        pa.scalar(None, pa.float64()),
        pc.divide(pc.cast(upper, pa.float64()), pc.cast(lower, pa.float64())),
    )
    size = met.num_rows
    columns = {name: met[name] for name in _CELL} | {
        "indicator": pa.array([ratio.code] * size, pa.string()),
        "measure": pa.array(["crude"] * size, pa.string()),
        "status": status,
        "numerator": upper,
        "denominator": lower,
        "value": value,
        "lower": pa.nulls(size, pa.float64()),
        "upper": pa.nulls(size, pa.float64()),
    }
    return pa.table({field.name: columns[field.name] for field in FIGURE_SCHEMA}).cast(
        FIGURE_SCHEMA
    )


def _of(code: str, figures: pa.Table) -> pa.Table:
    """The crude rows of an indicator by year."""
    mine = pc.and_(pc.equal(figures["indicator"], code), pc.equal(figures["measure"], "crude"))
    return figures.filter(mine).select([*_CELL, "status", "numerator"])


def _numbers(column: pa.ChunkedArray, shown: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.if_else(shown, column, pa.scalar(None, pa.int64()))
