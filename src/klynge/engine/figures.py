"""Turns counts into rows of the data pack's `figures`, and definitions into `indicators.json`.

What may be shown is decided by the disclosure part; here a hidden cell simply gets no number.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from klynge import methods
from klynge.datapack import FIGURE_SCHEMA
from klynge.engine.education import age_label
from klynge.engine.indicators.described import Described, Told
from klynge.engine.indicators.indicator import ON_THE_FIRST_DAY, Indicator

if TYPE_CHECKING:
    from klynge.engine.cells import CellGrid
    from klynge.engine.counts import LeafCounts
    from klynge.engine.disclosure.education import ProtectedEducation
    from klynge.engine.disclosure.months import ProtectedMonths
    from klynge.engine.standardise import Standardised

Mask = npt.NDArray[np.bool_]

_ALL = "all"


def rows(
    table: LeafCounts,
    grid: CellGrid,
    hidden: Mask,
    standardised: Standardised | None,
    hidden_standardised: Mask | None,
) -> pa.Table:
    """The rows of one indicator and period, in FIGURE_SCHEMA.

    hidden: which of the grid's cells may not be shown. hidden_standardised: which of the places'
    standardised values may not.
    """
    parts = [_crude(table, grid, hidden)]
    if standardised is not None and table.denominator is not None:
        hide = np.zeros(len(standardised.place), bool)
        if hidden_standardised is not None:
            hide = np.asarray(hidden_standardised)
        below = grid.denominator_of(table.denominator)
        parts.append(_standardised(table, grid, standardised, hide, below))
    return pa.concat_tables(parts)


def month_rows(known: ProtectedMonths) -> pa.Table:
    """The rows of one indicator and year for its months and quarters, in FIGURE_SCHEMA."""
    counts, grid = known.counts, known.grid
    numerator = grid.sums(counts.numerator)
    if counts.denominator is not None:
        denominator = grid.sums(counts.denominator)
    else:
        residents = np.asarray(known.year.residents, np.int64)
        per_place = np.asarray(grid.place_matrix @ residents, np.int64)
        denominator = np.repeat(per_place, len(grid) // len(per_place))
    below = np.flatnonzero(grid.below)
    value, lower, upper = _with_interval(counts.indicator, numerator[below], denominator[below])
    everybody = np.full(len(below), _ALL)
    return _rows_of(
        counts.indicator.code,
        period=pa.array(grid.period[below].tolist(), pa.string()),
        kind=grid.kind[below],
        place=grid.place[below],
        sex=everybody,
        age=everybody,
        measure="crude",
        status=np.where(known.hidden[below], "hidden", "shown"),
        numerator=numerator[below],
        denominator=denominator[below],
        ends=(value, lower, upper),
    )


def education_rows(known: ProtectedEducation) -> pa.Table:
    """The rows of one indicator and period by education, in FIGURE_SCHEMA."""
    counts, grid = known.counts, known.grid
    numerator = grid.sums(counts.numerator)
    denominator = grid.sums(counts.denominator.sum(axis=2))
    size = len(grid)
    age = age_label(counts.atoms, counts.indicator.atoms)
    return _rows_of(
        counts.indicator.code,
        period=_repeat(counts.period, size),
        kind=grid.kind,
        place=grid.place,
        sex=np.full(size, _ALL),
        age=np.full(size, age),
        education=grid.level,
        measure="crude",
        status=np.where(known.hidden, "hidden", "shown"),
        numerator=numerator,
        denominator=denominator,
        ends=_with_interval(counts.indicator, numerator, denominator),
    )


def definition_entry(indicator: Told) -> dict[str, Any]:
    """What `indicators.json` says of the indicator."""
    described = isinstance(indicator, Described)
    yearly = described or indicator.events is not None
    window = indicator.window if yearly else ON_THE_FIRST_DAY
    return {
        "code": indicator.code,
        "theme": indicator.theme,
        "domain": indicator.domain,
        "title": dict(indicator.title),
        "numerator": dict(indicator.numerator),
        "denominator": None if indicator.denominator is None else dict(indicator.denominator),
        "unit": dict(indicator.unit),
        "kind": indicator.kind,
        "per": indicator.per,
        "window": dict(window.words),
        "timing": "snapshot" if not described and indicator.is_snapshot else "year",
        "ages": list(indicator.ages),
        "codelists": [] if described else codelists(indicator),
        "leaves_out": dict(indicator.leaves_out),
        "weak_points": dict(indicator.weak_points),
        "better": indicator.better,
        "certainty": indicator.certainty,
        "certainty_note": dict(indicator.certainty_note),
        "sources": list(indicator.sources),
        "owner": indicator.owner,
        "review_by": indicator.review_by.isoformat(),
    }


def codelists(indicator: Indicator) -> list[dict[str, Any]]:
    """Each codelist by name; a code that stands for all that begin with it ends with *.

    What speaks against a chronic disease, and what counts only with a diagnosis, are lists of their
    own.
    """
    lists = [
        _codelist(
            used.name,
            [(line.code, line.match == "prefix") for line in used.codes],
            used.sources,
        )
        for used in indicator.codelists
    ]
    for rule in indicator.chronic:
        names = {
            "for": rule.disease,
            "with": f"{rule.disease}: sammen med en diagnose",
            "against": f"{rule.disease}: taler imod",
        }
        for role, name in names.items():
            codes = [(code.code, code.by_prefix) for code in rule.codes if code.role == role]
            if codes:
                lists.append(_codelist(name, codes, rule.sources))
    return lists


def _codelist(
    name: str, codes: Sequence[tuple[str, bool]], sources: Sequence[str]
) -> dict[str, Any]:
    return {
        "name": name,
        "codes": [code + ("*" if by_prefix else "") for code, by_prefix in codes],
        "source": "; ".join(sources),
    }


def _crude(table: LeafCounts, grid: CellGrid, hidden: Mask) -> pa.Table:
    numerator = grid.numerator_of(table.numerator)
    size = len(grid)
    if table.denominator is None:
        denominator = None
        value, lower, upper = numerator.astype(np.float64), *_nothing(size, 2)
    else:
        denominator = grid.denominator_of(table.denominator)
        value, lower, upper = _with_interval(table.indicator, numerator, denominator)
    return _table(
        table,
        kind=grid.kind,
        place=grid.place,
        sex=grid.sex,
        age=grid.age,
        measure="count" if denominator is None else "crude",
        status=np.where(hidden, "hidden", "shown"),
        numerator=numerator,
        denominator=denominator,
        ends=(value, lower, upper),
    )


def _standardised(
    table: LeafCounts,
    grid: CellGrid,
    found: Standardised,
    hidden: Mask,
    denominator: npt.NDArray[np.int64],
) -> pa.Table:
    """A row a place. Hidden goes before not counted, because that a value could not be counted
    (fewer than ten events) tells something about the number behind it."""
    totals = grid.totals()
    status = np.where(hidden, "hidden", np.where(found.counted, "shown", "not_counted"))
    status = np.where(found.offered, status, "not_counted")
    size = len(found.place)
    return _table(
        table,
        kind=found.kind,
        place=found.place,
        sex=np.full(size, _ALL),
        age=np.full(size, _ALL),
        measure="standardised",
        status=status,
        numerator=grid.numerator_of(table.numerator)[totals],
        denominator=denominator[totals],
        ends=(found.value, found.lower, found.upper),
    )


def _with_interval(
    indicator: Indicator, numerator: npt.NDArray[np.int64], denominator: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.float64], ...]:
    """Value and 95 % limits; not-a-number where nobody could be counted. A sum (of days, of hours)
    has no limits: those of a count of events would be far too narrow."""
    compute = methods.proportion if indicator.kind == "proportion" else methods.rate
    found = compute(numerator, denominator, per=indicator.per)
    if indicator.adds is not None:
        return found.value, *_nothing(len(found.value), 2)
    return found.value, found.lower, found.upper


def _nothing(size: int, columns: int) -> tuple[npt.NDArray[np.float64], ...]:
    return tuple(np.full(size, np.nan) for _column in range(columns))


def _table(table: LeafCounts, **more: Any) -> pa.Table:
    """Rows of one period; see `_rows_of`."""
    size = len(more["place"])
    return _rows_of(table.indicator.code, period=_repeat(table.period, size), **more)


def _rows_of(
    code: str,
    *,
    period: pa.Array,
    kind: npt.NDArray[np.str_],
    place: npt.NDArray[np.str_],
    sex: npt.NDArray[np.str_],
    age: npt.NDArray[np.str_],
    measure: str,
    status: npt.NDArray[np.str_],
    numerator: npt.NDArray[np.int64],
    denominator: npt.NDArray[np.int64] | None,
    ends: tuple[npt.NDArray[np.float64], ...],
    education: npt.NDArray[np.str_] | None = None,
) -> pa.Table:
    size = len(place)
    mute = status != "shown"
    none = np.zeros(size, np.int64)
    columns: dict[str, pa.Array] = {
        "indicator": _repeat(code, size),
        "place_kind": pa.array(kind.tolist(), pa.string()),
        "place": pa.array(place.tolist(), pa.string()),
        "period": period,
        "sex": pa.array(sex.tolist(), pa.string()),
        "age": pa.array(age.tolist(), pa.string()),
        "education": _repeat(_ALL, size)
        if education is None
        else pa.array(education.tolist(), pa.string()),
        "measure": _repeat(measure, size),
        "status": pa.array(status.tolist(), pa.string()),
        "numerator": pa.array(numerator, pa.int64(), mask=mute),
        "denominator": pa.array(none, pa.int64(), mask=np.ones(size, bool))
        if denominator is None
        else pa.array(denominator, pa.int64(), mask=mute),
    }
    for name, values in zip(("value", "lower", "upper"), ends, strict=True):
        columns[name] = pa.array(values, pa.float64(), mask=mute | np.isnan(values))
    return pa.table(columns, schema=FIGURE_SCHEMA)


def _repeat(text: str, size: int) -> pa.Array:
    return pa.array([text] * size, pa.string())
