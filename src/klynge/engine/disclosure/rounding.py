"""The rounded edition of a pack: what is shown in an exact one, with every count rounded.

It is made of the finished rows of a pack that nothing can be worked out from, and of nothing
else. So whoever has it knows no more than whoever has the exact pack: what is hidden there is
hidden here.
Rounding comes beside hiding and never in place of it: were 1-2 told as 0 and 3-7 as 5, an outsider
could lay the rounded sums against each other and find the small counts again.

Whatever would tell an exact count beside the rounded one goes the same way:

- Values and intervals are computed from the rounded counts.
- A standardised value is held to the rounded count and population, and told in steps of what one
  `ROUND_TO` of its events makes. Its finer digits are a fraction of small whole numbers, and such a
  fraction tells the whole ones. Below three steps it is not counted.
- A value that is no quotient of two counts is not told at all. Nor is one by person-time: days are
  hundreds to each citizen, so that days rounded to 5 tell how many citizens there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from klynge import methods
from klynge.datapack import FIGURE_SCHEMA, FLOW_SCHEMA, NUMBER_COLUMNS
from klynge.engine.disclosure import rules
from klynge.engine.indicators.person_time import DAYS_IN_1000_YEARS

Numbers = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

FEWEST_STEPS = 3
"""A standardised value rests on so many times `ROUND_TO` events at least; all of them are then ten
or more, so that "not counted" tells nothing that the rounded count does not."""

_NUMBERS = NUMBER_COLUMNS


def rounded_figures(figures: pa.Table, entries: Iterable[Mapping[str, Any]]) -> pa.Table:
    """`figures` with every shown count rounded, and everything else computed anew from that.

    entries: the definitions, as indicators.json has them.
    """
    kinds = {str(entry["code"]): entry for entry in entries}
    parts = [_rounded_of(rows, kinds[code]) for code, rows in _by_indicator(figures)]
    return pa.concat_tables(parts) if parts else figures


def rounded_flows(flows: pa.Table) -> pa.Table:
    """The table of transitions likewise."""
    above, below = (rules.rounded(_numbers(flows[name])) for name in ("numerator", "denominator"))
    with np.errstate(invalid="ignore", divide="ignore"):
        share = 100 * above / below
    ends = {"numerator": above, "denominator": below, "value": share}
    for name, numbers in ends.items():
        flows = _with(flows, name, numbers, FLOW_SCHEMA)
    return flows


def _by_indicator(figures: pa.Table) -> list[tuple[str, pa.Table]]:
    codes = pc.unique(figures["indicator"]).to_pylist()
    return [(code, figures.filter(pc.equal(figures["indicator"], code))) for code in codes]


def _rounded_of(rows: pa.Table, entry: Mapping[str, Any]) -> pa.Table:
    exact = {name: _numbers(rows[name]) for name in _NUMBERS}
    counts = {name: rules.rounded(exact[name]) for name in ("numerator", "denominator")}
    shown, count, crude, standardised = (
        _mask(pc.equal(rows[column], word))
        for column, word in (
            ("status", "shown"),
            ("measure", "count"),
            ("measure", "crude"),
            ("measure", "standardised"),
        )
    )
    ends = _crude(counts, exact, entry, crude)
    steps = _standardised(counts, exact, standardised)
    enough = counts["numerator"] >= FEWEST_STEPS * rules.ROUND_TO
    told = shown & (count | crude | (standardised & enough))
    if entry["per"] == DAYS_IN_1000_YEARS:
        told = np.zeros(len(told), bool)
    ends = {name: np.where(standardised, steps[name], ends[name]) for name in ends}
    ends["value"] = np.where(count, counts["numerator"], ends["value"])
    for name, numbers in (counts | ends).items():
        rows = _with(rows, name, np.where(told, numbers, np.nan), FIGURE_SCHEMA)
    at = FIGURE_SCHEMA.get_field_index("status")
    status = pc.if_else(pa.array(shown & ~told), "not_counted", rows["status"])
    return rows.set_column(at, FIGURE_SCHEMA.field(at), status)


def _crude(
    counts: Mapping[str, Numbers],
    exact: Mapping[str, Numbers],
    entry: Mapping[str, Any],
    which: Mask,
) -> dict[str, Numbers]:
    """Value and interval of the rounded counts; no interval where there was none."""
    above, below = counts["numerator"], counts["denominator"]
    with np.errstate(invalid="ignore", divide="ignore"):
        value = np.where(which & (below > 0), entry["per"] * above / below, np.nan)
    ends = {name: np.full(len(value), np.nan) for name in ("lower", "upper")}
    at = np.flatnonzero(which & ~np.isnan(exact["lower"]) & ~np.isnan(value))
    compute = methods.proportion if entry["kind"] == "proportion" else methods.rate
    found = compute(above[at].astype(np.int64), below[at].astype(np.int64), per=entry["per"])
    ends["lower"][at], ends["upper"][at] = found.lower, found.upper
    return {"value": value, **ends}


def _standardised(
    counts: Mapping[str, Numbers], exact: Mapping[str, Numbers], which: Mask
) -> dict[str, Numbers]:
    """As far above or below the crude value as it was, in steps of `ROUND_TO` events."""
    none = np.full(len(which), np.nan)
    above, below = (np.where(which, counts[name], none) for name in ("numerator", "denominator"))
    with np.errstate(invalid="ignore", divide="ignore"):
        held = (above / exact["numerator"]) * (exact["denominator"] / below)
        least = exact["value"] * held * rules.ROUND_TO / above
        return {name: _in_steps(exact[name] * held, least) for name in ("value", "lower", "upper")}


def _in_steps(numbers: Numbers, least: Numbers) -> Numbers:
    """`numbers` rounded to the smallest of 1, 2 and 5 times a power of ten that is not below
    `least`."""
    power = np.floor(np.log10(least))
    ratio = least / 10.0**power
    times = np.select([ratio <= 1, ratio <= 2, ratio <= 5], [1.0, 2.0, 5.0], 10.0)
    whole = np.round(numbers / (times * 10.0**power)) * times
    # Divided by a whole power of ten, a decimal number is written with its few digits.
    made: Numbers = np.where(power < 0, whole / 10.0**-power, whole * 10.0**power)
    return made


def _mask(values: pa.ChunkedArray) -> Mask:
    mask: Mask = values.to_numpy()
    return mask


def _numbers(column: pa.ChunkedArray) -> Numbers:
    """Null becomes not-a-number."""
    numbers: Numbers = column.cast(pa.float64()).to_numpy(zero_copy_only=False)
    return numbers


def _with(rows: pa.Table, name: str, numbers: Numbers, schema: pa.Schema) -> pa.Table:
    at = schema.get_field_index(name)
    empty = np.isnan(numbers)
    if schema.field(at).type == pa.int64():
        made = pa.array(np.where(empty, 0, numbers).astype(np.int64), pa.int64(), mask=empty)
    else:
        made = pa.array(numbers, pa.float64(), mask=empty)
    return rows.set_column(at, schema.field(at), made)
