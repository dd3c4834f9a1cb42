"""From bundles to register tables: read as a stream, keep the last version of each, write Parquet.

Nothing is written unless every bundle could be read. Versions lie in a folder beside the result
while this runs, and are removed at the end whatever happens.
"""

# ruff: noqa: S608  (names are our own, paths are quoted)
from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from klynge.engine.backends.duckdb import MEMORY, THREADS, Database, literal
from klynge.engine.registers import catalogue
from klynge.engine.registers.files import find_register, shown
from klynge.engine.registers.gateway import words
from klynge.engine.registers.gateway.bundles import SUFFIXES, Broken, Place, reports
from klynge.engine.registers.gateway.resources import Record, Wrong, read
from klynge.engine.registers.gateway.settling import TABLES, TEMPORARY
from klynge.faults import BadInput, Fault, values_are_not_shown
from klynge.texts import _

BATCH = 20_000
"""Versions held in memory before they are written down."""

_SCHEMA = pa.schema(
    [("kind", pa.string()), ("id", pa.string()), ("person", pa.string()),
     ("updated", pa.timestamp("us")), ("reported", pa.timestamp("us")), ("place", pa.int64()),
     ("erased", pa.bool_()), ("register", pa.string()), ("detail", pa.string()),
     ("starts", pa.date32()), ("ends", pa.date32()), ("discharged", pa.date32()),
     ("reason", pa.string()), ("about", pa.list_(pa.string()))]
)  # fmt: skip

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What the bundles came to.

    files, reports, versions: what was read. updates: versions that a later one took the place of.
    erased: resources that were entered in error. rows: of each table.
    """

    files: int
    reports: int
    versions: int
    updates: int
    erased: int
    rows: Mapping[str, int]


def unpack(
    folder: Path, out: Path | None, *, memory: str = MEMORY, progress: Progress | None = None
) -> Unpacked:
    """Read every bundle below `folder` and write the registers they give to `out`.

    out: an existing folder of registers or a new one; None to check only.
    Raises `BadInput` with every fault, each kind once with how often and where first; nothing is
    written then.
    """
    folder = folder.resolve()
    files = list(_files(folder)) if folder.is_dir() else []
    if not files:
        raise _refused([words.no_bundles(folder.as_posix())])
    home = (out or Path(tempfile.gettempdir())).resolve()
    home.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=".gateway-", dir=home))
    try:
        found = _read(folder, files, work, progress or (lambda _line: None))
        return _settled(found, work, out, memory)
    finally:
        shutil.rmtree(work, ignore_errors=True)


@dataclass
class _Found:
    """What has been read so far. faults: how often each kind, and where first."""

    files: int
    reports: int = 0
    versions: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    first: dict[str, Place] = field(default_factory=dict)

    def wrong(self, what: str, place: Place) -> None:
        self.faults[what] += 1
        self.first.setdefault(what, place)

    def told(self) -> list[Fault]:
        return [words.fault(what, n, self.first[what]) for what, n in self.faults.items()]


def _files(folder: Path) -> Iterator[Path]:
    for file in sorted(folder.rglob("*")):
        parts = file.relative_to(folder).parts
        below = file.is_file() and not any(part.startswith((".", "_")) for part in parts)
        # A folder of registers may hold other JSON, such as the mark of invented registers.
        named = len(parts) > 1 or not _is_registers(folder)
        if below and named and file.suffix.lower() in SUFFIXES:
            yield file


def _is_registers(folder: Path) -> bool:
    return any(find_register(folder, table).roots for table in catalogue.TABLES.values())


def _read(folder: Path, files: list[Path], work: Path, tell: Progress) -> _Found:
    found = _Found(len(files))
    rows: list[tuple[object, ...]] = []
    with pq.ParquetWriter(work / "versions.parquet", _SCHEMA, compression="zstd") as writer:
        for file in files:
            name = shown(file.relative_to(folder))
            tell(name)
            for report in reports(file, name):
                if isinstance(report, Broken):
                    found.wrong(report.why, report.place)
                    continue
                found.reports += 1
                for one in read(report):
                    if isinstance(one, Wrong):
                        found.wrong(one.what, one.place)
                        continue
                    rows.append(_row(one, found.versions))
                    found.versions += 1
                if len(rows) >= BATCH:
                    writer.write_batch(_batch(rows))
                    rows.clear()
        writer.write_batch(_batch(rows))
    return found


def _row(record: Record, place: int) -> tuple[object, ...]:
    return (
        record.kind, record.id, record.person, record.updated.replace(tzinfo=None),
        record.reported.replace(tzinfo=None), place, record.erased, record.register,
        record.detail, record.starts, record.ends, record.discharged, record.reason or None,
        list(record.about),
    )  # fmt: skip


def _batch(rows: list[tuple[object, ...]]) -> pa.RecordBatch:
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(_SCHEMA)
    arrays = [pa.array(c, field.type) for c, field in zip(columns, _SCHEMA, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=_SCHEMA)


def _settled(found: _Found, work: Path, out: Path | None, memory: str) -> Unpacked:
    with Database(memory, THREADS, folders=[work], temp=work) as db:
        versions = literal(str(work / "versions.parquet"))
        for name, sql in TEMPORARY.items():
            db.execute(f"CREATE TABLE {name} AS {sql.format(versions=versions)}", doing=name)
        shared = db.fetchall("SELECT ids FROM shared_ids", doing="shared_ids")[0][0]
        faults = found.told() + ([words.other_person(shared, "*")] if shared else [])
        if faults:
            raise _refused(faults)
        kept, erased = db.fetchall("SELECT kept, erased FROM settled_counts", doing="counts")[0]
        rows = {name: _write(db, name, sql, work) for name, sql in TABLES.items()}
    rows = {name: n for name, n in rows.items() if n}
    if out is not None:
        _move(rows, work, out)
    return Unpacked(found.files, found.reports, found.versions, found.versions - kept, erased, rows)


def _write(db: Database, name: str, sql: str, work: Path) -> int:
    file = literal(str(work / f"{name}.parquet"))
    db.execute(f"COPY ({sql}) TO {file} (FORMAT parquet, COMPRESSION zstd)", doing=name)
    return int(db.fetchall(f"SELECT count(*) FROM read_parquet({file})", doing=name)[0][0])


def _move(rows: Mapping[str, int], work: Path, out: Path) -> None:
    there = [name for name in rows if find_register(out.resolve(), catalogue.table(name)).roots]
    if there:
        raise _refused([words.already_there(name) for name in there])
    for name in rows:
        (work / f"{name}.parquet").replace(out / f"{name}.parquet")


def _refused(faults: list[Fault]) -> BadInput:
    heading = _("Pakkerne fra KL Gateway kan ikke bruges.")
    return BadInput(heading, faults, note=values_are_not_shown())
