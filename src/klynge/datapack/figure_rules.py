"""Every rule a row of figures must obey, checked a column at a time over the whole table.

A rule that is broken by many rows is one fault, with how many rows and the first of them.
Messages hold no values: `write` runs in the secure zone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from klynge.datapack import schema
from klynge.faults import Fault
from klynge.texts import _

Mask = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.float64]

# A published value may be rounded to three significant digits, which moves it 0.5 % at most.
ROUNDING = 0.006
# In a rounded edition a value of the exact counts would tell them: it must be that of the rounded.
EXACT = 1e-9


def figure_faults(
    figures: pa.Table,
    *,
    indicators: Sequence[Mapping[str, Any]] | None,
    places: frozenset[tuple[str, str]] | None,
    years: Sequence[int] | None,
    where: str = schema.FIGURES,
    multiple: int | None = None,
) -> list[Fault]:
    """All faults of `figures`.

    indicators: the entries of indicators.json.
    places: (place_kind, place) pairs the pack's geography knows.
    years: the years the pack says it covers.
    multiple: what every count is to be a multiple of, in a rounded edition.
    None where one of them could not be read: what rests on it is not checked.
    """
    faults = schema_faults(figures, where)
    if faults:
        return faults
    rows = _Rows(figures, where)
    _words(rows)
    if indicators is not None:
        _defined(rows, {str(entry.get("code")) for entry in indicators})
        _values_agree(rows, indicators, ROUNDING if multiple is None else EXACT)
    if places is not None:
        _placed(rows, places)
    if years is not None:
        _in_time(rows, years)
    _unique(rows)
    _numbers_follow_status(rows)
    _numbers_make_sense(rows)
    if multiple is not None:
        _rounded(rows, multiple)
    return rows.faults


def schema_faults(figures: pa.Table, where: str) -> list[Fault]:
    """Columns that are missing, too many, in another order or of another type."""
    found = figures.schema
    if found.names == schema.FIGURE_SCHEMA.names and found.types == schema.FIGURE_SCHEMA.types:
        return []
    missing = [name for name in schema.COLUMNS if name not in found.names]
    extra = [name for name in found.names if name not in schema.COLUMNS]
    wrong = [
        name
        for name in schema.COLUMNS
        if found.names.count(name) == 1
        and found.field(name).type != schema.FIGURE_SCHEMA.field(name).type
    ]
    details = [
        _("mangler: {columns}").format(columns=", ".join(missing)) if missing else "",
        _("for mange kolonner: {count}").format(count=len(extra)) if extra else "",
        _("forkert type: {columns}").format(columns=", ".join(wrong)) if wrong else "",
    ]
    return [
        Fault(
            where,
            _("Kolonnerne er ikke, som de skal være ({details}).").format(
                details="; ".join(filter(None, details)) or _("forkert rækkefølge")
            ),
            ", ".join(f"{field.name} ({field.type})" for field in schema.FIGURE_SCHEMA),
            _("Byg datapakken igen med en udgave af Klynge, der kender formatet."),
        )
    ]


class _Rows:
    """The table as numpy columns, and the faults found in it so far."""

    def __init__(self, figures: pa.Table, where: str) -> None:
        self.table = figures
        self.where = where
        self.faults: list[Fault] = []
        self.status_is = {
            status: _mask(pc.equal(figures["status"], status)) for status in schema.STATUSES
        }
        self.null = {name: _mask(pc.is_null(figures[name])) for name in schema.COLUMNS}
        self.number = {name: _numbers(figures[name]) for name in schema.NUMBER_COLUMNS}

    def refuse(self, broken: Mask, problem: str, expected: str, remedy: str = "") -> None:
        """One fault if any row is broken, with how many and the first of them."""
        if broken.any():
            where = _("Antal rækker: {count}; den første er række {first}.").format(
                count=int(broken.sum()), first=int(broken.argmax()) + 1
            )
            self.faults.append(
                Fault(self.where, f"{problem} {where}", expected, remedy or _rebuild())
            )


def _words(rows: _Rows) -> None:
    for column in schema.TEXT_COLUMNS:
        values = rows.table[column]
        unknown = [v for v in pc.unique(values).to_pylist() if not schema.is_word(column, v)]
        allowed = schema.VOCABULARIES.get(column)
        rows.refuse(
            _is_in(values, unknown),
            _("Kolonnen '{column}' har ukendte værdier.").format(column=column),
            _("én af: {words}").format(words=", ".join(allowed))
            if allowed
            else _("formen {pattern}").format(pattern=schema.PATTERNS[column]),
        )


def _defined(rows: _Rows, codes: set[str]) -> None:
    table = rows.table
    undefined = [code for code in pc.unique(table["indicator"]).to_pylist() if code not in codes]
    rows.refuse(
        _is_in(table["indicator"], undefined),
        _("Der er tal for en indikator uden definition."),
        _("at hver indikator i tallene er beskrevet i {file}").format(file=schema.INDICATORS),
    )


def _placed(rows: _Rows, places: frozenset[tuple[str, str]]) -> None:
    table = rows.table
    pairs = pc.binary_join_element_wise(table["place_kind"], table["place"], ":")
    known = {f"{kind}:{place}" for kind, place in places}
    rows.refuse(
        _is_in(pairs, [pair for pair in pc.unique(pairs).to_pylist() if pair not in known]),
        _("Der er tal for et sted, som pakkens geografi ikke kender."),
        _("at hvert sted findes i geografien i {file}").format(file=schema.DESCRIPTOR),
    )


def _in_time(rows: _Rows, years: Sequence[int]) -> None:
    table = rows.table
    covered = {str(year) for year in years}
    outside = [p for p in pc.unique(table["period"]).to_pylist() if str(p)[:4] not in covered]
    rows.refuse(
        _is_in(table["period"], outside),
        _("Der er tal for en periode uden for pakkens år."),
        _("et af årene {years}").format(years=", ".join(sorted(covered))),
    )


def _unique(rows: _Rows) -> None:
    numbered = rows.table.select(list(schema.PRIMARY_KEY)).append_column(
        "row", pa.array(np.arange(rows.table.num_rows))
    )
    groups = numbered.group_by(list(schema.PRIMARY_KEY)).aggregate([("row", "min")])
    repeated = np.ones(rows.table.num_rows, dtype=np.bool_)
    repeated[groups["row_min"].to_numpy()] = False
    rows.refuse(
        repeated,
        _("Samme celle er givet flere gange."),
        _("én række for hver {key}").format(key=", ".join(schema.PRIMARY_KEY)),
    )


def _numbers_follow_status(rows: _Rows) -> None:
    carries = ~np.logical_and.reduce([rows.null[name] for name in schema.NUMBER_COLUMNS])
    rows.refuse(
        rows.status_is["hidden"] & carries,
        _("En skjult celle bærer et tal."),
        _("at en skjult celle (hidden) er tom i {columns}").format(columns=_number_columns()),
        _("Brug ikke pakken, og giv den ikke videre: den kan røbe beskyttede tal. ") + _rebuild(),
    )
    rows.refuse(
        rows.status_is["not_counted"] & carries,
        _("En celle, der ikke er opgjort, bærer et tal."),
        _("at en celle, der ikke er opgjort (not_counted), er tom i {columns}").format(
            columns=_number_columns()
        ),
    )
    shown = rows.status_is["shown"]
    rows.refuse(
        shown & rows.null["numerator"],
        _("En vist celle mangler tælleren (numerator)."),
        _("at en vist celle (shown) har en tæller; nul skrives 0"),
    )
    rows.refuse(
        shown & rows.null["value"] & (rows.number["denominator"] != 0),
        _("En vist celle mangler værdien (value)."),
        _("at værdien kun er tom, når nævneren (denominator) er 0"),
    )


def _numbers_make_sense(rows: _Rows) -> None:
    number, null = rows.number, rows.null
    odd = np.logical_or.reduce([~np.isfinite(number[n]) & ~null[n] for n in schema.REAL_COLUMNS])
    rows.refuse(
        odd,
        _("En værdi eller grænse er ikke et tal."),
        _("endelige tal; et manglende tal er tomt"),
    )
    rows.refuse(
        (number["numerator"] < 0) | (number["denominator"] < 0),
        _("En tæller eller nævner er negativ."),
        _("0 eller mere"),
    )
    rows.refuse(
        (null["lower"] != null["upper"]) | (null["value"] & ~null["lower"]),
        _("Et interval mangler den ene ende eller den værdi, det hører til."),
        _("både lower, upper og value, eller intet interval"),
    )
    rows.refuse(
        (number["lower"] > number["value"]) | (number["upper"] < number["value"]),
        _("Et interval rummer ikke sin værdi."),
        "lower ≤ value ≤ upper",
    )


def _rounded(rows: _Rows, multiple: int) -> None:
    odd = [rows.number[name] % multiple > 0 for name in schema.WHOLE_COLUMNS]
    rows.refuse(
        np.logical_or.reduce(odd),
        _("Pakken siger, at antal er afrundet, men et antal er det ikke."),
        _("hele gange {multiple} i numerator og denominator").format(multiple=multiple),
        _("Brug ikke pakken, og giv den ikke videre, før den er bygget igen."),
    )


def _values_agree(rows: _Rows, indicators: Sequence[Mapping[str, Any]], slack: float) -> None:
    """Crude values are what numerator, denominator and `per` give, within a part of themselves."""
    kinds = {str(entry.get("code")): entry for entry in indicators}
    codes = rows.table["indicator"].combine_chunks().dictionary_encode()
    names = codes.dictionary.to_pylist()
    at = codes.indices.fill_null(0).to_numpy(zero_copy_only=False)
    if not names:
        return
    per = np.array([_per(kinds.get(name, {})) for name in names])[at]
    shares = np.array([kinds.get(name, {}).get("kind") == "proportion" for name in names])[at]
    crude = _mask(pc.equal(rows.table["measure"], "crude"))
    top, bottom, value = (rows.number[name] for name in ("numerator", "denominator", "value"))
    rows.refuse(
        crude & shares & (top > bottom),
        _("En andel har en tæller, der er større end nævneren."),
        _("højst lige så mange i tælleren som i nævneren"),
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        computed = per * top / bottom
        off = np.abs(value - computed) > slack * np.abs(computed)
    rows.refuse(
        crude & (bottom > 0) & off,
        _("En rå værdi stemmer ikke med tæller og nævner."),
        _("value = per × numerator / denominator"),
    )


def _per(entry: Mapping[str, Any]) -> float:
    """What the indicator is given per; not a number (so: unchecked) when it does not say."""
    per = entry.get("per")
    return float(per) if isinstance(per, int) else float("nan")


def _is_in(values: Any, words: Sequence[str | None]) -> Mask:
    if not words:
        return np.zeros(len(values), dtype=np.bool_)
    return _mask(pc.is_in(values, value_set=pa.array(words, pa.string())))


def _mask(values: Any) -> Mask:
    flat: Mask = pc.fill_null(values, False).to_numpy()
    return flat


def _numbers(values: Any) -> Numbers:
    """Null becomes not-a-number, so that every comparison with it is false."""
    real: Numbers = pc.fill_null(values.cast(pa.float64(), safe=False), float("nan")).to_numpy()
    return real


def _number_columns() -> str:
    return ", ".join(schema.NUMBER_COLUMNS)


def _rebuild() -> str:
    return _("Ret det, hvor tallene blev til, og byg datapakken igen.")
