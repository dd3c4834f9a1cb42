"""Finds everything that is wrong with a folder that should be a pack.

Nothing in the folder is trusted: a file whose checksum is wrong is not opened as a table, links
are not followed, and what pyarrow says about broken files is said in our words.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from klynge.datapack import document_rules, schema, sealing
from klynge.datapack import flows as flow_tables
from klynge.datapack.figure_rules import figure_faults, schema_faults
from klynge.datapack.pack import Pack
from klynge.faults import BadInput, Fault
from klynge.texts import _


def verify(folder: Path, *, public_key: Ed25519PublicKey | None = None) -> tuple[Fault, ...]:
    """Every fault of the pack at `folder`; none means it is whole and may be used.

    public_key: when given, the pack must be signed with its private half.
    """
    return tuple(_inspect(Path(folder), public_key).faults)


def read(folder: Path, *, public_key: Ed25519PublicKey | None = None) -> Pack:
    """The pack at `folder`; BadInput with every fault when `verify` finds any."""
    seen = _inspect(Path(folder), public_key)
    if seen.faults or seen.figures is None:
        raise BadInput(
            _("Kan ikke bruge {folder} som datapakke.").format(folder=folder), seen.faults
        )
    return Pack(
        folder=Path(folder).resolve(),
        descriptor=seen.descriptor,
        figures=seen.figures,
        indicators=tuple(seen.document[schema.INDICATORS]),
        quality=seen.document[schema.QUALITY],
        flows=seen.flows,
        flow_definition=seen.document.get(flow_tables.DEFINITION),
    )


@dataclass
class _Seen:
    """What has been read of the folder so far, and the faults found."""

    folder: Path
    faults: list[Fault] = field(default_factory=list)
    content: dict[str, bytes] = field(default_factory=dict)
    intact: set[str] = field(default_factory=set)
    descriptor: dict[str, Any] = field(default_factory=dict)
    document: dict[str, Any] = field(default_factory=dict)
    figures: Any = None
    flows: Any = None

    @property
    def own(self) -> Mapping[str, Any]:
        """The descriptor's part that is Klynge's, empty when it has none."""
        own = self.descriptor.get("klynge")
        return own if isinstance(own, Mapping) else {}

    def refuse(self, where: str, problem: str, expected: str, remedy: str = "") -> None:
        self.faults.append(Fault(where, problem, expected, remedy or _fetch_again()))


def _inspect(folder: Path, public_key: Ed25519PublicKey | None) -> _Seen:
    seen = _Seen(folder)
    if _read_files(seen):
        _check_descriptor(seen)
        _check_sums(seen)
        _check_signature(seen, public_key)
        _check_documents(seen)
        _check_figures(seen)
        _check_flows(seen)
    return seen


def _read_files(seen: _Seen) -> bool:
    try:
        names = sorted(entry.name for entry in seen.folder.iterdir())
    except OSError:
        seen.refuse(
            str(seen.folder),
            _("Mappen findes ikke eller kan ikke læses."),
            _("en mappe med {files}").format(files=", ".join(schema.REQUIRED_FILES)),
            _("Se efter, om stien er skrevet rigtigt."),
        )
        return False
    for name in names:
        _read_file(seen, name)
    for name in schema.REQUIRED_FILES:
        if name not in names:
            seen.refuse(name, _("Filen mangler."), _("at alle pakkens filer er med"))
    return True


def _read_file(seen: _Seen, name: str) -> None:
    path = seen.folder / name
    if name not in schema.FILES:
        seen.refuse(
            name,
            _("Filen hører ikke til i en datapakke."),
            ", ".join(schema.FILES),
            _("Flyt den ud af mappen, og spørg, hvor den kom fra."),
        )
        return
    try:
        if path.is_symlink() or not path.is_file():
            raise OSError
        seen.content[name] = path.read_bytes()
    except OSError:
        seen.refuse(name, _("Er ikke en fil, der kan læses."), _("en almindelig fil"))


def _check_descriptor(seen: _Seen) -> None:
    name = schema.DESCRIPTOR
    if name not in seen.content:
        return
    document = _parse(seen, name)
    if document is None:
        return
    if not isinstance(document, dict) or not isinstance(document.get("klynge"), dict):
        seen.refuse(name, _("Er ikke en beskrivelse af en datapakke fra Klynge."), "'klynge': {…}")
        return
    seen.descriptor = document
    if seen.own.get("format") not in schema.FORMATS:
        seen.refuse(
            name,
            _("Pakkens format er en udgave, som denne Klynge ikke kender."),
            _("format {known}").format(known=", ".join(map(str, schema.FORMATS))),
            _("Opdatér Klynge, eller byg datapakken igen med denne udgave."),
        )
    if not sealing.seal_is_whole(seen.content[name], str(seen.own.get("seal"))):
        seen.refuse(
            name,
            _("Filen er ændret, siden pakken blev lavet: kontrolsummen (sha256) passer ikke."),
            _("at 'seal' er filens egen kontrolsum"),
        )
    seen.faults += document_rules.geography_faults(seen.own.get("geography"))
    seen.faults += document_rules.years_faults(seen.own.get("years"))
    seen.faults += document_rules.rounding_faults(seen.own.get("rounding"))
    _check_head(seen)


def _check_head(seen: _Seen) -> None:
    wrong = [key for key in ("name", "title") if not isinstance(seen.descriptor.get(key), str)] + (
        [] if _is_moment(seen.descriptor.get("created")) else ["created"]
    )
    wrong += [] if isinstance(seen.own.get("registers"), Mapping) else ["registers"]
    wrong += [] if isinstance(seen.own.get("note", ""), str) else ["note"]
    wrong += [] if _are_editions(seen.own.get("earlier", [])) else ["earlier"]
    if wrong:
        seen.refuse(
            schema.DESCRIPTOR,
            _("Felter mangler eller har forkert indhold: {keys}.").format(keys=", ".join(wrong)),
            _("navn, titel, tidspunkt med tidszone og registrenes udtræksdatoer"),
        )


def _are_editions(earlier: object) -> bool:
    return isinstance(earlier, list) and all(
        isinstance(one, Mapping) and isinstance(one.get("edition"), str) for one in earlier
    )


def _check_sums(seen: _Seen) -> None:
    if not seen.descriptor:
        return
    listed = seen.descriptor.get("resources")
    resources = [r for r in listed if isinstance(r, dict)] if isinstance(listed, list) else []
    paths = sorted(str(resource.get("path")) for resource in resources)
    files = schema.resources_of(seen.own.get("format"))
    if paths != sorted(files) or set(seen.content) & set(schema.FLOW_RESOURCES) - set(files):
        seen.refuse(
            schema.DESCRIPTOR,
            _("'resources' nævner ikke netop pakkens filer."),
            ", ".join(files),
        )
    for resource in resources:
        name = str(resource.get("path"))
        if name in seen.content and name in files:
            _check_sum(seen, name, resource)


def _check_sum(seen: _Seen, name: str, resource: Mapping[str, Any]) -> None:
    content = seen.content[name]
    if resource.get("hash") == sealing.digest(content) and resource.get("bytes") == len(content):
        seen.intact.add(name)
        return
    seen.refuse(
        name,
        _("Filen er ændret, siden pakken blev lavet: kontrolsummen (sha256) passer ikke.")
        if resource.get("bytes") == len(content)
        else _("Filen er ændret eller afkortet: den er {size} byte, og sha256 passer ikke.").format(
            size=len(content)
        ),
        _("{size} byte med den kontrolsum, der står i {file}").format(
            size=resource.get("bytes"), file=schema.DESCRIPTOR
        ),
    )


def _check_signature(seen: _Seen, public_key: Ed25519PublicKey | None) -> None:
    content = seen.content.get(schema.DESCRIPTOR)
    if content is None:
        return
    stated = seen.own.get("signed_by")
    signature = seen.content.get(schema.SIGNATURE)
    if signature is None:
        if stated is not None or public_key is not None:
            seen.refuse(
                schema.SIGNATURE,
                _("Underskriften mangler."),
                _("en pakke, der er underskrevet med den nøgle, du har angivet")
                if public_key
                else _("den underskrift, som beskrivelsen nævner"),
                _("Bed afsenderen om den underskrevne datapakke."),
            )
        return
    key = public_key or (sealing.public_from_hex(stated) if isinstance(stated, str) else None)
    if key is None or not sealing.signature_is_right(signature, content, key):
        seen.refuse(
            schema.SIGNATURE,
            _("Underskriften passer ikke til pakken."),
            _("en underskrift lavet med den nøgle, du har angivet")
            if public_key
            else _("en underskrift lavet med den nøgle, der står i 'signed_by'"),
            _("Brug ikke pakken, før afsenderen har bekræftet den."),
        )


def _check_documents(seen: _Seen) -> None:
    rules = {
        schema.INDICATORS: document_rules.indicator_faults,
        schema.QUALITY: document_rules.quality_faults,
    }
    for name, faults_of in rules.items():
        if name in seen.content:
            seen.document[name] = _parse(seen, name)
            if seen.document[name] is not None:
                seen.faults += faults_of(seen.document[name])


def _check_figures(seen: _Seen) -> None:
    """Tables whose checksum is right are opened; the others are refused already."""
    parquet = _read_parquet(seen) if schema.FIGURES in seen.intact else None
    text = _read_csv(seen) if schema.FIGURES_CSV in seen.intact else None
    if parquet is None:
        return
    if text is not None and not schema_faults(parquet, "") and not text.equals(parquet):
        seen.refuse(
            schema.FIGURES_CSV,
            _("Rækkerne er ikke de samme som i {file}.").format(file=schema.FIGURES),
            _("samme rækker i samme rækkefølge i begge filer"),
            _("Byg datapakken igen."),
        )
    entries = seen.document.get(schema.INDICATORS)
    years = seen.own.get("years")
    seen.faults += figure_faults(
        parquet,
        indicators=[e for e in entries if isinstance(e, Mapping)]
        if isinstance(entries, list)
        else None,
        places=document_rules.places_of(seen.own.get("geography")) or None,
        years=years if isinstance(years, list) else None,
        multiple=document_rules.multiple_of(seen.own.get("rounding")),
    )
    seen.figures = parquet


def _check_flows(seen: _Seen) -> None:
    if seen.own.get("format") != schema.FORMAT_WITH_FLOWS:
        return
    missing = [name for name in schema.FLOW_RESOURCES if name not in seen.content]
    for name in missing:
        seen.refuse(name, _("Filen mangler."), _("at alle pakkens filer er med"))
    if missing or not set(schema.FLOW_RESOURCES) <= seen.intact:
        return
    definition = _parse(seen, flow_tables.DEFINITION)
    both = (seen.content[name] for name in (flow_tables.FLOWS, flow_tables.FLOWS_CSV))
    rows, problem = flow_tables.read_rows(*both)
    if rows is None:
        seen.refuse(flow_tables.FLOWS, problem, _("samme rækker i samme rækkefølge i begge filer"))
        return
    years = seen.own.get("years")
    seen.faults += flow_tables.flow_faults(
        rows,
        definition,
        places=document_rules.places_of(seen.own.get("geography")) or None,
        years=years if isinstance(years, list) else None,
        multiple=document_rules.multiple_of(seen.own.get("rounding")),
    )
    seen.document[flow_tables.DEFINITION] = definition
    seen.flows = rows


def _read_parquet(seen: _Seen) -> Any:
    try:
        table = pa.parquet.read_table(pa.BufferReader(seen.content[schema.FIGURES]))
        table.validate(full=True)
    except (pa.ArrowException, OSError, ValueError, MemoryError):
        seen.refuse(
            schema.FIGURES,
            _("Filen kan ikke læses som Parquet."),
            _("en hel Parquet-fil"),
            _("Byg datapakken igen."),
        )
        return None
    return table.replace_schema_metadata(None)


def _read_csv(seen: _Seen) -> Any:
    convert = pa.csv.ConvertOptions(
        column_types=pa.schema([pa.field(f.name, f.type) for f in schema.FIGURE_SCHEMA]),
        null_values=[""],
        strings_can_be_null=True,
        quoted_strings_can_be_null=False,
    )
    try:
        table = pa.csv.read_csv(
            pa.BufferReader(seen.content[schema.FIGURES_CSV]), convert_options=convert
        )
        return table.cast(schema.FIGURE_SCHEMA).combine_chunks()
    except (pa.ArrowException, OSError, ValueError, MemoryError):
        seen.refuse(
            schema.FIGURES_CSV,
            _("Filen kan ikke læses som CSV med de rette kolonner og typer."),
            ",".join(schema.COLUMNS),
            _("Byg datapakken igen."),
        )
        return None


def _parse(seen: _Seen, name: str) -> Any:
    """The JSON of one file; None, and a fault, when it is none."""
    try:
        document = json.loads(seen.content[name].decode("utf-8"), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        seen.refuse(
            name,
            _("Filen er ikke gyldig JSON (linje {line}).").format(line=line)
            if line
            else _("Filen er ikke gyldig JSON i UTF-8."),
            _("gyldig JSON i UTF-8"),
        )
        return None
    if document is None:
        seen.refuse(name, _("Filen har intet indhold (null)."), _("gyldig JSON i UTF-8"))
    return document


def _no_constant(constant: str) -> float:
    raise ValueError(constant)


def _is_moment(text: object) -> bool:
    try:
        return isinstance(text, str) and datetime.fromisoformat(text).utcoffset() is not None
    except ValueError:
        return False


def _fetch_again() -> str:
    return _("Hent datapakken igen fra den, der lavede den; ret ikke i filerne.")
