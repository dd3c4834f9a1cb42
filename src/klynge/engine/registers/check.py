"""Everything that is wrong with an extract, told at once and without a single value.

Only what makes figures wrong is a fault. Columns and files nobody asked for are passed over, as
are people with contacts who are not in the population: those are counted in the pack's quality.
"""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from klynge.engine.backends.duckdb import MEMORY, THREADS, Database
from klynge.engine.registers import (
    catalogue,
    history,
    kommuner,
    renumbering,
    rows,
    snapshots,
    unread,
    words,
)
from klynge.engine.registers.describe import Column, Table
from klynge.engine.registers.encoding import Unreadable
from klynge.engine.registers.files import (
    Part,
    Register,
    find_forms,
    find_register,
    folders_read,
    names_in,
    other_formats,
)
from klynge.engine.registers.gateway import delivery as gateway
from klynge.engine.registers.sas import Copies
from klynge.engine.registers.tell import told_of_rows
from klynge.faults import EngineStopped, Fault

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Report:
    """What was found of one register. columns: how many of the catalogue's are there.

    leading_zeros and number_keys: columns that link registers and have keys as text that begin
    with a zero, or keys as numbers. notes: what is in order and should be known.
    """

    table: str
    files: int
    rows: int
    columns: int
    faults: tuple[Fault, ...]
    leading_zeros: tuple[str, ...] = ()
    number_keys: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Known(Protocol):
    """Remembers what was found of registers in which nothing was wrong."""

    def report_of(self, register: Register) -> Report | None:
        """What was found of the same files before; None when they are not known."""

    def keep(self, register: Register, report: Report) -> None:
        """Remember what was found."""


def check(folder: Path, tables: Iterable[str] | None = None) -> list[Fault]:
    """Every fault of every register in `folder`; empty when all is well.

    tables: the registers that are needed; all of the catalogue when None. Holds counts and the
    first place of each fault, never a value. Raises only `EngineStopped`, when memory runs out.
    """
    return [fault for report in examine(folder, tables) for fault in report.faults]


def examine(
    folder: Path,
    tables: Iterable[str] | None = None,
    *,
    memory: str = MEMORY,
    threads: int = THREADS,
    progress: Progress | None = None,
    copies: Path | None = None,
    known: Known | None = None,
) -> list[Report]:
    """A report of each register in the catalogue's order, and one of what is wrong between them.

    copies: the folder for readable copies of SAS files; one that is removed at once when None.
    known: what remembers registers without faults, whose rows are then not read again.
    """
    folder = folder.resolve()
    try:
        list(folder.iterdir())
    except OSError:
        return [Report("", 0, 0, 0, (unread.no_folder(folder),))]
    wanted = {catalogue.table(name).name for name in tables} if tables is not None else None
    reports = []
    with _Databases(folder, memory, threads, copies) as databases:
        for table in catalogue.TABLES.values():
            asked = [form for form in catalogue.forms_of(table) if form.name in (wanted or ())]
            if table.name in (wanted or ()) or (wanted is None and _is_due(folder, table)):
                asked = [register.table for register in find_forms(folder, table)]
            for form in asked:
                if progress:
                    progress(form.name)
                reports.append(_examine_table(databases, folder, form, known))
    between = tuple(_faults_between(reports))
    return [*reports, *([Report("", 0, 0, 0, between)] if between else [])]


def check_presence(register: Register) -> list[Fault]:
    """Faults that keep the register from being opened at all."""
    table = register.table
    if not register.roots:
        near = difflib.get_close_matches(table.name, names_in(register.folder), n=2, cutoff=0.75)
        bundled = table.name in gateway.TABLES and gateway.is_delivered(register.folder)
        others = other_formats(register.folder, table)
        return [unread.missing_table(table, others, near, bundled=bundled)]
    if len(register.roots) > 1:
        return [unread.two_sources(table, [register.shown(root) for root in register.roots])]
    return [unread.unreadable(register.shown(file), why) for file, why in register.unreadable]


class _Databases:
    """A connection that is made anew when a file has broken it."""

    def __init__(self, folder: Path, memory: str, threads: int, copies: Path | None) -> None:
        self._own = None if copies else TemporaryDirectory(prefix="klynge-")
        beside = copies or Path(self._own.name if self._own else "")
        self.copies = Copies(beside)
        self._open = partial(
            Database, memory, threads, folders=[*folders_read(folder), beside], ordered=True
        )
        self._now = self._open()

    def __enter__(self) -> _Databases:
        return self

    def __exit__(self, *_error: object) -> None:
        self._now.close()
        if self._own:
            self._own.cleanup()

    def current(self) -> Database:
        return self._now

    def renew(self) -> None:
        self._now.close()
        self._now = self._open()


def _examine_table(
    databases: _Databases, folder: Path, table: Table, known: Known | None
) -> Report:
    register = databases.copies.of(find_register(folder, table))
    faults = check_presence(register)
    if not register.parts or len(register.roots) > 1:
        return Report(table.name, 0, 0, 0, tuple(faults))
    if faults or known is None:
        return _examine_rows(databases, register, faults)
    report = known.report_of(register)
    if report is None:
        report = _examine_rows(databases, register, faults)
        if not report.faults:
            known.keep(register, report)
    return report


def _examine_rows(databases: _Databases, register: Register, faults: list[Fault]) -> Report:
    table = register.table
    faults += [fault for part in register.parts for fault in _layout_faults(register, part)]

    register, broken, counted = _count(databases, register)
    faults += [unread.unreadable(register.shown(file), Unreadable("parquet")) for file in broken]
    return Report(
        table.name,
        files=len(register.files),
        rows=counted.rows,
        columns=sum(_has(register, column) for column in table.columns),
        faults=(*faults, *counted.faults),
        leading_zeros=counted.leading_zeros,
        number_keys=tuple(_number_keys(register)),
        notes=counted.notes,
    )


def _is_due(folder: Path, table: Table) -> bool:
    """Whether a table is looked at when all are: one that may be missing must be there."""
    return not table.optional or any(register.roots for register in find_forms(folder, table))


def _layout_faults(register: Register, part: Part) -> list[Fault]:
    table, layout = register.table, part.layout
    files = _shown_files(register, part.files)
    if not any(layout.find(column) for column in table.columns):
        return [words.no_columns_known(table, files)]
    faults = []
    for column in table.columns:
        found = layout.find(column)
        if found is None:
            if column.required and not (column.unless and layout.find(table.column(column.unless))):
                near = _nearest(column, [other.label for other in layout.columns])
                faults.append(words.missing_column(table, column, files, near))
        elif layout.doubled(column):
            faults.append(words.double_column(column, files))
        elif not rows.usable(found.family, column):
            faults.append(words.wrong_type(table, column, files, found.type))
    return faults


@dataclass(frozen=True, slots=True)
class _Counted:
    rows: int = 0
    faults: tuple[Fault, ...] = ()
    leading_zeros: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def _count(databases: _Databases, register: Register) -> tuple[Register, list[Path], _Counted]:
    """What the rows tell; with the register without the files that broke on the way, and those.

    When the whole can be read, one query tells. When it cannot, each file is tried by itself, on
    a connection of its own: an internal error of DuckDB closes the connection it came in.
    """
    try:
        return register, [], _count_rows(databases.current(), register)
    except EngineStopped:
        databases.renew()
        broken = [file for file in register.files if not _readable(databases, register, file)]
        if not broken:
            raise
    rest = _without(register, broken)
    return rest, broken, _count_rows(databases.current(), rest) if rest.parts else _Counted()


def _readable(databases: _Databases, register: Register, file: Path) -> bool:
    others = [other for other in register.files if other != file]
    alone = _without(register, others)
    try:
        rows.count(databases.current(), alone, rows.probes(alone))
    except EngineStopped:
        databases.renew()
        return False
    return True


def _without(register: Register, files: Sequence[Path]) -> Register:
    return register.only([file for file in register.files if file not in files])


def _count_rows(db: Database, register: Register) -> _Counted:
    table = register.table
    probes = rows.probes(register)
    total, counts = rows.count(db, register, probes)
    ragged = rows.ragged_lines(db, register)
    faults = [words.ragged(table, ragged)] if ragged else []
    if total == 0 and not ragged:
        faults.append(words.no_rows(table, _shown_files(register, register.files)))
    found = {probe: count for probe, count in zip(probes, counts, strict=True) if count}
    faults += told_of_rows(db, register, found)
    if table.primary_key and all(_has(register, table.column(key)) for key in table.primary_key):
        double = rows.duplicated(db, register)
        faults += [words.duplicates(table, double)] if double else []
    elif table.person and len(register.files) > 1:
        same = rows.repeated(db, register)
        faults += [words.repeated(register.shown(file), register.shown(it)) for file, it in same]
    if table.name == renumbering.TABLE:
        faults += renumbering.faults(db, register)
    zeros = tuple(p.column.name for p in found if p.kind == "leading_zero" and p.column)
    notes, old = kommuner.told(db, register)
    notes += history.told(db, register)
    of_days, twice = snapshots.told(db, register)
    return _Counted(total, (*faults, *old, *twice), zeros, (*notes, *of_days))


def _faults_between(reports: Sequence[Report]) -> list[Fault]:
    """Keys that are numbers in one register and text with zeros in front in another."""
    numbers, texts = defaultdict(list), defaultdict(list)
    for report in reports:
        for column in report.number_keys:
            numbers[_link(report.table, column)].append(report.table)
        for column in report.leading_zeros:
            texts[_link(report.table, column)].append(report.table)
    both = [link for link in numbers if link in texts]
    return [
        words.keys_do_not_match(key, numbers[key, series], texts[key, series])
        for key, series in sorted(both)
    ]


def _link(table: str, column: str) -> tuple[str, str]:
    """What a column links by: the person's key, whatever it is called, or a contact's in a series:
    the forms number their contacts independently of each other."""
    if column not in rows.CONTACT_KEYS:
        return "pnr", ""
    becomes = catalogue.table(table).becomes
    return column, becomes.series if becomes else ""


def _number_keys(register: Register) -> list[str]:
    keys = [column for column in register.table.columns if rows.is_key(column)]
    found = [(key, part.layout.find(key)) for key in keys for part in register.parts]
    return [key.name for key, it in found if it is not None and it.family in ("integer", "float")]


def _has(register: Register, column: Column) -> bool:
    return any(part.layout.find(column) for part in register.parts)


def _shown_files(register: Register, files: Sequence[Path]) -> str:
    first = register.shown(files[0]) if files else register.table.name
    return first if len(files) < 2 else words.and_more(first, len(files) - 1)


def _nearest(column: Column, labels: Sequence[str]) -> list[str]:
    """Names in the file that look like the column's, never one that may be a value.

    A CSV without its line of names has a person's row where the names should be.
    """
    named = [label for label in labels if _is_name(label)]
    lower = {label.lower(): label for label in named}
    near = [
        match
        for name in column.names
        for match in difflib.get_close_matches(name, lower, n=1, cutoff=0.7)
    ]
    return [lower[match] for match in dict.fromkeys(near)][:2]


def _is_name(label: str) -> bool:
    return bool(re.fullmatch(r"[^\W\d]\w*", label)) and sum(map(str.isdigit, label)) <= 2
