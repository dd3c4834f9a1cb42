"""Which files a register is in, and what each file calls its columns; no row is read here.

A register is DIR/<table>.parquet, .csv, .sas7bdat or .xpt, or a folder DIR/<table>/ with such
files, also in hive folders (year=2024/). Names match without regard to case. Files with the same
layout are read together as one `Part`; parts with different names or types for the same column
stand side by side.
"""

from __future__ import annotations

import csv
import io
import re
import stat
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import pyarrow as pa
import pyarrow.parquet as pq

from klynge.engine.registers import catalogue, sas
from klynge.engine.registers.describe import Column, Table
from klynge.engine.registers.encoding import Unreadable, check_encoding

Family = Literal["text", "integer", "float", "date", "timestamp", "time", "null", "other"]
SUFFIXES = (".parquet", ".csv", *sas.SUFFIXES)
DELIMITERS = ";,\t|"


@dataclass(frozen=True, slots=True)
class Found:
    """A column of a part: `name` as SQL knows it, `label` as the file spells it, and its type."""

    name: str
    label: str
    family: Family
    type: str


@dataclass(frozen=True, slots=True)
class Layout:
    """What files that can be read together have in common: `columns` in the file's order."""

    format: Literal["parquet", "csv", "sas"]
    columns: tuple[Found, ...]
    delimiter: str = ""
    hive: bool = False

    def find(self, column: Column) -> Found | None:
        """The file's column for a canonical one: by its own name first, then by synonyms."""
        by_label = {found.label.lower(): found for found in reversed(self.columns)}
        return next((by_label[name] for name in column.names if name in by_label), None)

    def doubled(self, column: Column) -> bool:
        """Whether the name the column is found by stands on more than one column of the file."""
        found = self.find(column)
        labels = [other.label.lower() for other in self.columns]
        return found is not None and labels.count(found.label.lower()) > 1


@dataclass(frozen=True, slots=True)
class Part:
    """Files of one layout. copies: what is read in place of files that DuckDB cannot read."""

    layout: Layout
    files: tuple[Path, ...]
    copies: tuple[Path, ...] = ()

    def only(self, files: Collection[Path]) -> Part:
        """The part as if it had these files only."""
        kept = [at for at, file in enumerate(self.files) if file in files]
        return replace(
            self,
            files=tuple(self.files[at] for at in kept),
            copies=tuple(self.copies[at] for at in kept if self.copies),
        )


@dataclass(frozen=True, slots=True)
class Register:
    """The files of one table: parts that can be read, and files that cannot with the reason."""

    table: Table
    folder: Path
    roots: tuple[Path, ...]
    parts: tuple[Part, ...]
    unreadable: tuple[tuple[Path, Unreadable], ...]

    @property
    def files(self) -> tuple[Path, ...]:
        return tuple(sorted(file for part in self.parts for file in part.files))

    def shown(self, file: Path) -> str:
        """The file's path below the registers' folder, as it may be shown."""
        return shown(file.relative_to(self.folder))

    def only(self, files: Collection[Path]) -> Register:
        """The register as if it had these files only."""
        parts = (part.only(files) for part in self.parts)
        return replace(self, parts=tuple(part for part in parts if part.files))

    def delivered(self, read: Path) -> Path:
        """The delivered file behind one that was read: itself, unless it is a copy."""
        behind: dict[Path, Path] = {}
        for part in self.parts:
            behind |= dict(zip(part.copies, part.files, strict=False))
        return behind.get(read, read)


def find_register(folder: Path, table: Table) -> Register:
    """The files of `table` in `folder`, with their layouts read."""
    roots = tuple(_roots(folder, table))
    parts: dict[Layout, list[Path]] = {}
    unreadable: list[tuple[Path, Unreadable]] = []
    for file in sorted(file for root in roots for file in _files_below(root)):
        try:
            layout = _layout(file, table)
        except Unreadable as reason:
            unreadable.append((file, reason))
        else:
            parts.setdefault(layout, []).append(file)
    made = tuple(Part(layout, tuple(files)) for layout, files in parts.items())
    return Register(table, folder, roots, made, tuple(unreadable))


def find_forms(folder: Path, table: Table) -> list[Register]:
    """The registers of every form of `table` that is in `folder`; of its own form when none is."""
    found = [find_register(folder, form) for form in catalogue.forms_of(table)]
    return [register for register in found if register.roots] or found[:1]


def is_delivered(folder: Path, table: Table) -> bool:
    """Whether `table` is in `folder` in any form; no file is opened. False without a folder."""
    folder = folder.resolve()
    return folder.is_dir() and any(any(_roots(folder, form)) for form in catalogue.forms_of(table))


def folders_read(folder: Path) -> list[Path]:
    """The registers' folder, and those that links to registers lead to: the database goes by where
    a file really lies. Links to anything else open nothing."""
    forms = [form for table in catalogue.TABLES.values() for form in catalogue.forms_of(table)]
    roots = {root for form in forms for root in _roots(folder, form)}
    real = {file.resolve().parent for root in roots for file in _files_below(root)}
    return [folder, *sorted(other for other in real if not other.is_relative_to(folder))]


def names_in(folder: Path) -> list[str]:
    """What the files and folders of the registers' folder are called, without their endings."""
    return sorted({shown(Path(entry.stem)) for entry in _entries(folder)})


def other_formats(folder: Path, table: Table) -> list[str]:
    """Files that bear the table's name but are in a format that is not read, and folders that do
    but have no file that is."""
    names = {table.name, *table.synonyms}
    return [
        shown(Path(entry.name)) + ("/" if _is_folder(entry) else "")
        for entry in _entries(folder)
        if entry.stem.lower() in names
    ]


def shown(path: Path) -> str:
    """A path as text, with anything that looks like a CPR number in it struck out."""
    return re.sub(r"\d{6}-?\d{4}", "##########", path.as_posix())


def _roots(folder: Path, table: Table) -> Iterator[Path]:
    names = {table.name, *table.synonyms}
    for entry in _entries(folder):
        if _is_folder(entry):
            # Spark calls the folder it writes bef.parquet too.
            called = entry.stem if _suffix(entry) in SUFFIXES else entry.name
            if called.lower() in names and any(_files_below(entry)):
                yield entry
        elif entry.stem.lower() in names and _suffix(entry) in SUFFIXES:
            yield entry


def _entries(folder: Path) -> list[Path]:
    return sorted(entry for entry in folder.iterdir() if not entry.name.startswith((".", "_")))


def _files_below(root: Path, above: frozenset[Path] = frozenset()) -> Iterator[Path]:
    """What should be files, whether they can be read or not: a year behind a link that leads
    nowhere, or in a folder that is closed, must be told and not passed over."""
    if not _is_folder(root):
        yield root
        return
    real = root.resolve()
    try:
        entries = _entries(root) if real not in above else []
    except OSError:
        yield root
        return
    for entry in entries:
        if _is_folder(entry):
            yield from _files_below(entry, above | {real})
        elif _suffix(entry) in SUFFIXES:
            yield entry


def _is_folder(entry: Path) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _suffix(file: Path) -> str:
    return file.suffix.lower()


def _layout(file: Path, table: Table) -> Layout:
    _check_kind(file)
    if _suffix(file) == ".csv":
        return _csv_layout(file)
    if _suffix(file) in sas.SUFFIXES:
        return Layout("sas", tuple(Found(c[0], *c) for c in sas.columns(file)))
    return _parquet_layout(file, table)


def _check_kind(file: Path) -> None:
    try:
        kind = file.stat().st_mode
    except PermissionError:
        raise Unreadable("access") from None
    except OSError:
        raise Unreadable("gone") from None
    if stat.S_ISDIR(kind):
        raise Unreadable("access")
    if not stat.S_ISREG(kind):
        raise Unreadable("gone")


def _parquet_layout(file: Path, table: Table) -> Layout:
    try:
        schema = pq.read_schema(file)
    except PermissionError:
        raise Unreadable("access") from None
    except (pa.ArrowException, OSError, MemoryError, UnicodeError, ValueError):
        raise Unreadable("parquet") from None
    # A name that stands twice is a fault; only its first column is kept for reading.
    labels = [*schema.names]
    columns = [
        Found(label, label, *_family(field.type))
        for label, field in zip(labels, schema, strict=True)
    ]
    keys = [key for key in _hive_keys(file) if key.lower() not in map(str.lower, labels)]
    wanted = {name for column in table.columns for name in column.names}
    hive = [Found(key, key, "text", "hive") for key in keys if key.lower() in wanted]
    return Layout("parquet", (*columns, *hive), hive=bool(hive))


def _hive_keys(file: Path) -> Iterable[str]:
    return [part.partition("=")[0] for part in file.parent.parts if "=" in part]


def _family(type_: pa.DataType) -> tuple[Family, str]:
    name = str(type_)
    if pa.types.is_dictionary(type_):
        return _family(type_.value_type)[0], name
    tests: tuple[tuple[Family, bool], ...] = (
        ("text", pa.types.is_string(type_) or pa.types.is_large_string(type_)),
        ("text", pa.types.is_string_view(type_)),
        ("integer", pa.types.is_integer(type_)),
        ("float", pa.types.is_floating(type_) or pa.types.is_decimal(type_)),
        ("date", pa.types.is_date(type_)),
        # A time zone would move midnight to the day before; such a column is refused.
        ("timestamp", pa.types.is_timestamp(type_) and type_.tz is None),
        ("time", pa.types.is_time(type_)),
        ("null", pa.types.is_null(type_)),
    )
    return next((family for family, is_so in tests if is_so), "other"), name


def _csv_layout(file: Path) -> Layout:
    check_encoding(file)
    header = _header(file)
    if not header.strip():
        raise Unreadable("empty")
    delimiter = max(DELIMITERS, key=lambda mark: len(_split(header, mark)))
    labels = [label.strip() for label in _split(header, delimiter)]
    # By position: a header that is really a first row must not become names in SQL.
    columns = [Found(f"c{at}", label, "text", "csv") for at, label in enumerate(labels)]
    return Layout("csv", tuple(columns), delimiter=delimiter)


def _header(file: Path) -> str:
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            return lines.readline(1_000_000)
    except (OSError, UnicodeError):
        raise Unreadable("csv") from None


def _split(header: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader(io.StringIO(header), delimiter=delimiter), [])
    except csv.Error:
        return []
