"""The optional table of transitions in a pack: its columns, and the rules of its rows and words.

A pack without it is of format 1; with it of format 2, so that an older reader says that it does not
know the pack instead of showing half of it.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet

from klynge.datapack import schema
from klynge.faults import Fault
from klynge.texts import _

FLOWS, FLOWS_CSV, DEFINITION = schema.FLOW_RESOURCES

TEXT_COLUMNS = ("place_kind", "place", "period", "age", "origin", "destination", "status")
PRIMARY_KEY = TEXT_COLUMNS[:-1]
FLOW_SCHEMA = pa.schema(
    [pa.field(name, pa.string(), nullable=False) for name in TEXT_COLUMNS]
    + [pa.field("numerator", pa.int64()), pa.field("denominator", pa.int64())]
    + [pa.field("value", pa.float64())]
)
"""One row is one place, year, age, origin and destination. The numbers are null unless shown."""

STATUSES = ("shown", "hidden")
BILINGUAL = ("title", "numerator", "denominator", "unit", "window", "ties", "leaves_out",
             "weak_points", "certainty_note")  # fmt: skip
DESCRIPTIONS: Mapping[str, str] = {
    "place_kind": "What kind of place: kommune, klynge, sundhedsraad, region or land.",
    "place": "The place, as in figures.",
    "period": "A year.",
    "age": "all, or a band with both ends in it, as in flows.json.",
    "origin": "The state one came from: an id of flows.json's origins.",
    "destination": "The state one went to: an id of flows.json's destinations.",
    "status": "shown; hidden (protected, carries no number).",
    "numerator": "Steps that end in the destination.",
    "denominator": "All steps from the origin.",
    "value": "Per cent of the steps. Null when the denominator is 0.",
}


def contents(rows: pa.Table) -> dict[str, bytes]:
    """flows.parquet and flows.csv: same rows, same order."""
    ordered = (
        rows.replace_schema_metadata(None)
        .cast(FLOW_SCHEMA)
        .sort_by([(column, "ascending") for column in PRIMARY_KEY])
        .combine_chunks()
    )
    parquet, text = io.BytesIO(), io.BytesIO()
    pa.parquet.write_table(ordered, parquet, compression="zstd")
    text.write(",".join(FLOW_SCHEMA.names).encode() + b"\n")
    options = pa.csv.WriteOptions(include_header=False, quoting_style="none")
    pa.csv.write_csv(ordered, text, options)
    return {FLOWS: parquet.getvalue(), FLOWS_CSV: text.getvalue()}


def read_rows(parquet: bytes, text: bytes) -> tuple[pa.Table | None, str]:
    """The rows of the two files; or none, and what is wrong."""
    options = pa.csv.ConvertOptions(
        column_types=FLOW_SCHEMA,
        null_values=[""],
        strings_can_be_null=True,
        quoted_strings_can_be_null=False,
    )
    try:
        rows = pa.parquet.read_table(pa.BufferReader(parquet)).replace_schema_metadata(None)
        rows.validate(full=True)
        same = pa.csv.read_csv(pa.BufferReader(text), convert_options=options)
        equal = rows.equals(same.cast(rows.schema).combine_chunks())
    except (pa.ArrowException, OSError, ValueError, MemoryError):
        return None, _("kan ikke læses som en tabel")
    return (rows, "") if equal else (None, _("rækkerne er ikke de samme i de to filer"))


def table_schema() -> dict[str, Any]:
    """The Frictionless Table Schema of the table, for the descriptor."""
    fields = []
    for field in FLOW_SCHEMA:
        kind = {pa.int64(): "integer", pa.float64(): "number"}.get(field.type, "string")
        told = {"name": field.name, "type": kind, "description": DESCRIPTIONS[field.name]}
        fields.append(told if field.nullable else told | {"constraints": {"required": True}})
    return {"fields": fields, "primaryKey": list(PRIMARY_KEY), "missingValues": [""]}


def flow_faults(
    rows: pa.Table,
    definition: object,
    *,
    places: frozenset[tuple[str, str]] | None,
    years: object,
    multiple: int | None = None,
) -> list[Fault]:
    """Everything that is wrong with the table and its definition. multiple: of what every count is
    to be one, in a rounded edition."""
    told = _definition_problems(definition)
    if told or not isinstance(definition, Mapping):
        return [_fault(DEFINITION, "; ".join(told))]
    if not rows.schema.equals(FLOW_SCHEMA):
        return [_fault(FLOWS, _("kolonnerne er ikke de rigtige"))]
    problems = list(_row_problems(rows, definition, places, years))
    if multiple is not None and not _are_multiples(rows, multiple):
        problems.append(_("et antal, der ikke er afrundet, som pakken siger"))
    return [_fault(FLOWS, problem) for problem in problems]


def _definition_problems(definition: object) -> list[str]:
    if not isinstance(definition, Mapping):
        return [_("er ikke et objekt med navngivne felter")]
    wrong = [key for key in BILINGUAL if not _is_bilingual(definition.get(key))]
    wrong += [key for key in ("origins", "destinations") if not _are_states(definition.get(key))]
    wrong += [] if definition.get("certainty") in ("S", "P", "K") else ["certainty"]
    wrong += [] if isinstance(definition.get("ages"), list) else ["ages"]
    wrong += [key for key in ("owner", "review_by") if not isinstance(definition.get(key), str)]
    return [_("forkert indhold i {keys}").format(keys=", ".join(wrong))] if wrong else []


def _row_problems(
    rows: pa.Table,
    definition: Mapping[str, Any],
    places: frozenset[tuple[str, str]] | None,
    years: object,
) -> list[str]:
    problems = []
    vocabularies = {
        "place_kind": schema.PLACE_KINDS,
        "status": STATUSES,
        "age": tuple(definition["ages"]),
        "origin": tuple(state["id"] for state in definition["origins"]),
        "destination": tuple(state["id"] for state in definition["destinations"]),
    }
    for name, words in vocabularies.items():
        strange = pc.sum(pc.invert(pc.is_in(rows[name], pa.array(words, pa.string())))).as_py()
        if strange:
            problems.append(_("ukendte ord i kolonnen {name}").format(name=name))
    known = {str(year) for year in years} if isinstance(years, (list, tuple)) else None
    if known is not None and set(rows["period"].unique().to_pylist()) - known:
        problems.append(_("perioder uden for pakkens år"))
    pairs = set(zip(rows["place_kind"].to_pylist(), rows["place"].to_pylist(), strict=True))
    if places is not None and pairs - places:
        problems.append(_("steder, der ikke er i pakkens geografi"))
    keys = rows.group_by(list(PRIMARY_KEY)).aggregate([])
    if keys.num_rows != rows.num_rows:
        problems.append(_("den samme celle to gange"))
    shown = pc.equal(rows["status"], "shown")
    for name in ("numerator", "denominator"):
        if not pc.all(pc.equal(pc.is_valid(rows[name]), shown), min_count=0).as_py():
            problems.append(_("tal i en skjult celle, eller en vist celle uden tal"))
            return problems
    seen = rows.filter(shown)
    outside = pc.or_(
        pc.less(seen["numerator"], 0), pc.greater(seen["numerator"], seen["denominator"])
    )
    if pc.any(outside, min_count=0).as_py():
        problems.append(_("en tæller, der er negativ eller større end sin nævner"))
    return problems


def _are_multiples(rows: pa.Table, multiple: int) -> bool:
    counts = np.concatenate(
        [rows[name].drop_null().to_numpy() for name in ("numerator", "denominator")]
    )
    return not np.any(counts % multiple)


def _is_bilingual(told: object) -> bool:
    return isinstance(told, Mapping) and all(isinstance(told.get(key), str) for key in ("da", "en"))


def _are_states(listed: object) -> bool:
    return (
        isinstance(listed, list)
        and bool(listed)
        and all(
            isinstance(one, Mapping)
            and isinstance(one.get("id"), str)
            and _is_bilingual(one.get("name"))
            and _is_bilingual(one.get("means"))
            for one in listed
        )
    )


def _fault(where: str, problem: str) -> Fault:
    return Fault(
        where,
        problem,
        _("tabellen, som docs/reference/datapack.md beskriver den"),
        _("Byg datapakken igen."),
    )
