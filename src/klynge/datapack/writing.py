"""Writes a pack: checked first, then whole or not at all, and always the same bytes."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

import klynge
from klynge.datapack import document_rules, schema, sealing
from klynge.datapack import flows as flow_tables
from klynge.datapack.figure_rules import figure_faults
from klynge.datapack.pack import Pack
from klynge.datapack.placing import check_place, place
from klynge.faults import BadInput, Fault
from klynge.texts import _

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}


def write(
    folder: Path,
    *,
    figures: pa.Table,
    indicators: Sequence[Mapping[str, Any]],
    quality: Mapping[str, Any],
    geography: Mapping[str, Any],
    registers: Mapping[str, Any],
    created: datetime,
    years: Sequence[int],
    note: str = "",
    name: str = "klynge-noegletal",
    title: str = "Nøgletal for sundhedsklynger",
    engine: str = "duckdb",
    licence: Mapping[str, str] = LICENCE,
    signing_key: Ed25519PrivateKey | None = None,
    flows: pa.Table | None = None,
    flow_definition: Mapping[str, Any] | None = None,
    earlier: Sequence[Mapping[str, Any]] = (),
    rounding: Mapping[str, Any] | None = None,
) -> Path:
    """Write a pack at `folder` and return its resolved path.

    figures: rows in FIGURE_SCHEMA, in any order; they are written sorted by primary key.
    indicators, quality, geography: see docs/reference/datapack.md; geography has "places".
    registers: what is known of each extract, such as {"bef": {"extracted": "2026-01-15"}}.
    created: with time zone.  years: those the figures cover.
    note: what a reader must know first, such as that the persons are invented.
    signing_key: signs the descriptor when given.
    flows, flow_definition: the table of transitions, in FLOW_SCHEMA, and its words; see `flows`.
    earlier: the editions it was protected beside, as `Pack.earlier` gives them.
    rounding: {"to": what every count is a multiple of, "edition": the edition of the exact pack}.

    Everything is checked before anything is written; BadInput carries every fault. A pack already
    at `folder` is replaced whole. Equal input gives equal bytes.
    """
    faults = [
        *document_rules.indicator_faults(indicators),
        *document_rules.quality_faults(quality),
        *document_rules.geography_faults(geography),
        *document_rules.years_faults(years),
        *document_rules.rounding_faults(rounding),
        *_created_faults(created),
        *figure_faults(
            figures,
            indicators=[entry for entry in indicators if isinstance(entry, Mapping)],
            places=document_rules.places_of(geography) or None,
            years=years,
            where=_("tallene"),
            multiple=document_rules.multiple_of(rounding),
        ),
    ]
    if flows is not None:
        faults += flow_tables.flow_faults(
            flows,
            flow_definition,
            places=document_rules.places_of(geography) or None,
            years=list(years),
            multiple=document_rules.multiple_of(rounding),
        )
    contents = {
        schema.INDICATORS: _json(list(indicators), schema.INDICATORS, faults),
        schema.QUALITY: _json(quality, schema.QUALITY, faults),
    }
    own = {
        "format": schema.FORMAT if flows is None else schema.FORMAT_WITH_FLOWS,
        "version": klynge.__version__,
        "engine": engine,
        "years": sorted(set(years)) if not document_rules.years_faults(years) else [],
        "note": note,
        **({"earlier": [dict(one) for one in earlier]} if earlier else {}),
        **({} if rounding is None else {"rounding": dict(rounding)}),
        "registers": registers,
        "geography": geography,
    }
    _json(own, schema.DESCRIPTOR, faults)
    if flows is not None:
        contents[flow_tables.DEFINITION] = _json(flow_definition, flow_tables.DEFINITION, faults)
    if faults:
        raise BadInput(_("Datapakken blev ikke skrevet."), faults)
    contents = {**_tables(figures), **contents}
    if flows is not None:
        contents |= flow_tables.contents(flows)
    head = {
        "$schema": PROFILE,
        "name": name,
        "title": title,
        "created": created.isoformat(timespec="seconds"),
        "version": str(own["format"]),
        "licenses": [dict(licence)],
    }
    return _place_sealed(folder, head, own, contents, signing_key)


def check_out(folder: Path) -> None:
    """Raise `CannotWrite` when it can be told before the work begins that a pack cannot be written
    at `folder`: something else is there, or the folder above may not be written in."""
    check_place(folder, ours=schema.FILES)


def sign(pack: Pack, signing_key: Ed25519PrivateKey) -> Path:
    """Sign a pack that has been read: the same contents, a new descriptor and SIGNATURE."""
    own = {k: v for k, v in pack.descriptor["klynge"].items() if k not in ("seal", "signed_by")}
    head = {k: v for k, v in pack.descriptor.items() if k not in ("resources", "klynge")}
    names = schema.resources_of(own["format"])
    contents = {name: (pack.folder / name).read_bytes() for name in names}
    return _place_sealed(pack.folder, head, own, contents, signing_key)


def _place_sealed(
    folder: Path,
    head: Mapping[str, Any],
    own: Mapping[str, Any],
    contents: Mapping[str, bytes],
    signing_key: Ed25519PrivateKey | None,
) -> Path:
    signed_by = sealing.public_hex(signing_key.public_key()) if signing_key else None
    document = {
        **head,
        "resources": [
            _resource(name, contents[name]) for name in schema.resources_of(own["format"])
        ],
        "klynge": {"seal": sealing.UNSEALED, "signed_by": signed_by, **own},
    }
    files = {**contents, schema.DESCRIPTOR: sealing.seal(_json(document, schema.DESCRIPTOR, []))}
    if signing_key:
        files[schema.SIGNATURE] = sealing.sign(files[schema.DESCRIPTOR], signing_key)
    return place(folder, files, ours=schema.FILES)


def _tables(figures: pa.Table) -> dict[str, bytes]:
    """figures.parquet and figures.csv: same rows, same order."""
    rows = (
        figures.replace_schema_metadata(None)
        .cast(schema.FIGURE_SCHEMA)
        .sort_by([(column, "ascending") for column in schema.PRIMARY_KEY])
        .combine_chunks()
    )
    parquet = io.BytesIO()
    pa.parquet.write_table(rows, parquet, compression="zstd")
    text = io.BytesIO(",".join(schema.COLUMNS).encode() + b"\n")
    text.seek(0, io.SEEK_END)
    # No word of a checked table needs quotes.
    options = pa.csv.WriteOptions(include_header=False, quoting_style="none")
    pa.csv.write_csv(rows, text, options)
    return {schema.FIGURES: parquet.getvalue(), schema.FIGURES_CSV: text.getvalue()}


def _resource(name: str, content: bytes) -> dict[str, Any]:
    size = {"bytes": len(content), "hash": sealing.digest(content)}
    table = flow_tables.table_schema if name.startswith("flows.") else schema.table_schema
    if name.endswith(".parquet"):
        return {
            "name": name.removesuffix(".parquet"),
            "type": "table",
            "path": name,
            "format": "parquet",
            "mediatype": "application/vnd.apache.parquet",
            **size,
            "schema": table(),
        }
    if name.endswith(".csv"):
        return {
            "name": name.replace(".", "-"),
            "type": "table",
            "path": name,
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            **size,
            "schema": table(),
        }
    return {
        "name": name.removesuffix(".json"),
        "path": name,
        "format": "json",
        "mediatype": "application/json",
        "encoding": "utf-8",
        **size,
    }


def _json(document: object, name: str, faults: list[Fault]) -> bytes:
    """JSON bytes; a fault (and no bytes) when something in it has no place in JSON."""
    try:
        text = json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False)
        return text.encode("utf-8") + b"\n"
    except (TypeError, ValueError, RecursionError):
        faults.append(
            Fault(
                name,
                _("Indholdet kan ikke skrives som JSON."),
                _("tekst, endelige tal, ja/nej, lister og navngivne felter"),
                _("Lav datoer om til tekst og numpy-tal til almindelige tal."),
            )
        )
        return b""


def _created_faults(created: object) -> list[Fault]:
    if isinstance(created, datetime) and created.utcoffset() is not None:
        return []
    return [
        Fault(
            _("{file}, created").format(file=schema.DESCRIPTOR),
            _("Tidspunktet mangler tidszone."),
            "2026-03-01T12:00:00+00:00",
            _("Giv et tidspunkt med tidszone, for eksempel datetime.now(UTC)."),
        )
    ]
