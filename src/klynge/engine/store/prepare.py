"""Brings the store up to a delivery: what is new is read, what is gone is forgotten.

A delivered file is known by its content, so a file that was read last month is not read again. A
piece is remade when one of its files is gone or changed, when it lacks a column that is needed now,
when it is damaged, or when a parent that its rows should have had has come since.
"""

# ruff: noqa: S608  (names come from the catalogue, paths are quoted)
from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from klynge.engine.backends.duckdb import Database, literal
from klynge.engine.registers import catalogue, forms, renumbering
from klynge.engine.registers.describe import Parent, Table
from klynge.engine.registers.files import Register, find_register, folders_read
from klynge.engine.registers.reader import keys_sql, plain_columns, table_sql, with_parent
from klynge.engine.registers.sas import Copies
from klynge.engine.store import opening
from klynge.engine.store.linking import link, taken_back
from klynge.engine.store.packing import WRITTEN, as_numbers
from klynge.engine.store.pieces import Piece, Store
from klynge.engine.store.vault import number_keys, open_vault
from klynge.engine.store.work import digest_of, digest_of_text
from klynge.faults import Fault
from klynge.texts import _

Progress = Callable[[str], None]

FORMAT = "2"
"""Told in every piece's name: raise it when pieces are made in another way."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """The files of one form of a table as they lie there, each with the digest of its content."""

    register: Register
    digests: Mapping[Path, str]

    @property
    def form(self) -> Table:
        return self.register.table

    @property
    def table(self) -> Table:
        """The table whose rows they hold."""
        return catalogue.into(self.form)

    def pieces(self, store: Store) -> list[Piece]:
        """What the store has of the form."""
        return [piece for piece in store.of(self.table.name) if piece.form == self.form.name]


def deliveries(store: Store, registers: Path, tables: Iterable[str]) -> list[Delivered]:
    """What lies in the registers' folder of some tables, parents before their children."""
    described = sorted(map(catalogue.table, tables), key=_depth)
    copies = Copies(store.work.copies)
    every = [form for table in described for form in catalogue.forms_of(table)]
    found = [copies.of(find_register(registers.resolve(), form)) for form in every]
    copies.prune()
    told = [Delivered(register, digests(store, register)) for register in found]
    if store.vault:
        store.save()
    return told


def repeated(delivered: Sequence[Delivered]) -> list[Fault]:
    """Files with the same content as another of their table: a delivery that came twice."""
    faults = []
    for each in delivered:
        first: dict[str, Path] = {}
        for file, digest in each.digests.items():
            same = first.setdefault(digest, file)
            if same is not file:
                faults.append(_told_twice(each.register, file, same))
    return faults


def _told_twice(register: Register, file: Path, same: Path) -> Fault:
    return Fault(
        register.shown(file),
        _("Filen har nøjagtig det samme indhold som {file}.").format(file=register.shown(same)),
        _("hver række én gang; en levering, der gentager en tidligere, tæller alt dobbelt"),
        _("Fjern den ene af de to filer."),
    )


def prepare(
    store: Store,
    delivered: Sequence[Delivered],
    columns: Mapping[str, Iterable[str]],
    *,
    memory: str,
    threads: int,
    tell: Progress,
) -> None:
    """Make `store` hold what is `delivered`, and nothing else of those tables.

    columns: for each table the columns to be kept, of those its view can have.
    """
    changes = next((each for each in delivered if each.form.name == renumbering.TABLE), None)
    delivered = [each for each in delivered if each is not changes]
    folders = [*folders_read(delivered[0].register.folder), store.work.folder]
    settings = {"folders": folders, "temp": store.work.unfinished}
    links = digest_of_text(*sorted(changes.digests.values())) if changes and changes.digests else ""
    if store.links not in ("", links):
        with Database(memory, threads, **settings) as db:
            open_vault(db, store)
            if taken_back(db, _pairs(db, changes)):
                store.emptied()
    wanted = {each.table.name: _wanted(each.table, columns) for each in delivered}
    for each in delivered:
        _forget(store, each, wanted[each.table.name])
    new = {each.form.name: _new_files(store, each) for each in delivered}
    _forget_orphans(store, delivered, new)
    new = {each.form.name: _new_files(store, each) for each in delivered}
    if not any(new.values()) and store.links == links:
        return
    with Database(memory, threads, **settings) as db:
        open_vault(db, store)
        number_keys(db, store, _keys(delivered, new))
        if links:
            link(db, store, _pairs(db, changes), links)
        for each in delivered:
            if files := new[each.form.name]:
                tell(f"  {each.form.name}")
                _make(db, store, each, files, wanted[each.table.name])


def _pairs(db: Database, changes: Delivered | None) -> renumbering.Pairs:
    return renumbering.pairs(db, changes.register) if changes else []


def _depth(table: Table) -> int:
    return 1 + _depth(catalogue.table(table.parent.table)) if table.parent else 0


def digests(store: Store, register: Register) -> dict[Path, str]:
    """The digest of each file's content; a file that stands as it did is not read again."""
    found = {}
    for file in register.files:
        at = file.stat()
        known = f"{file.relative_to(register.folder)}|{at.st_size}|{at.st_mtime_ns}"
        if known not in store.seen:
            store.seen[known] = digest_of(file)
        found[file] = store.seen[known]
    return found


def _wanted(table: Table, columns: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    asked = {*columns.get(table.name, ()), table.person}
    if table.parent:
        asked |= {table.parent.key, table.parent.found, *table.parent.inherits}
    asked |= {table.primary_key[0]} if _is_parent(table) else set()
    return tuple(column for column in opening.types(table) if column in asked)


def _is_parent(table: Table) -> bool:
    parents = (other.parent for other in catalogue.TABLES.values())
    return any(parent is not None and parent.table == table.name for parent in parents)


def _forget(store: Store, each: Delivered, wanted: tuple[str, ...]) -> None:
    there = set(each.digests.values())
    for piece in each.pieces(store):
        above = (
            {other.id for other in store.of(each.table.parent.table)}
            if each.table.parent
            else set()
        )
        is_current = (
            set(piece.sources) <= there
            and set(wanted) <= set(piece.columns)
            and set(piece.parents) <= above
        )
        if not (is_current and store.is_whole(piece)):
            store.drop(piece)


def _new_files(store: Store, each: Delivered) -> list[Path]:
    known = {source for piece in each.pieces(store) for source in piece.sources}
    return [file for file, digest in each.digests.items() if digest not in known]


def _forget_orphans(
    store: Store, delivered: Sequence[Delivered], new: Mapping[str, Sequence[Path]]
) -> None:
    """Pieces with rows that lacked their parent are made again when new parents have come."""
    come = {each.table.name for each in delivered if new[each.form.name]}
    for each in delivered:
        parent = each.table.parent
        if parent is not None and parent.table in come:
            for piece in each.pieces(store):
                if piece.orphans:
                    store.drop(piece)


def _keys(delivered: Sequence[Delivered], new: Mapping[str, Sequence[Path]]) -> list[str]:
    """The population first: its keys get the lowest numbers, in the order of the ranges."""
    ordered = sorted(delivered, key=lambda each: each.table.name != "bef")
    return [
        keys_sql(each.register.only(new[each.form.name]))
        for each in ordered
        if each.form.person and new[each.form.name]
    ]


def _make(
    db: Database, store: Store, each: Delivered, files: Sequence[Path], wanted: tuple[str, ...]
) -> None:
    table = each.table
    sources = tuple(sorted(each.digests[file] for file in files))
    parents = _parents(store, each)
    made = store.work.unfinished / "piece"
    shutil.rmtree(made, ignore_errors=True)
    register = each.register.only(files)
    rows = as_numbers(db, register, wanted, _rows(db, store, register, wanted))
    person = opening.person_of(table)
    db.execute(
        f"COPY (SELECT *, CAST(coalesce({person}, 0) // {store.width} AS INTEGER) AS klynge_range"
        f" FROM ({rows})) TO {literal(str(made))}"
        f" ({WRITTEN}, PARTITION_BY (klynge_range))",
        doing=_("forberedelse af {table}").format(table=table.name),
    )
    made.mkdir(exist_ok=True)
    total, orphans = _counted(db, made, table.parent)
    piece = Piece(
        table=table.name,
        id=digest_of_text(FORMAT, each.form.name, str(store.width), *wanted, *sources, *parents),
        sources=sources,
        columns=wanted,
        ranges=_ranges(made),
        rows=total,
        orphans=orphans,
        parents=parents,
        form=each.form.name,
    )
    store.add(piece, made)


def _parents(store: Store, each: Delivered) -> tuple[str, ...]:
    """The pieces that a form's rows find their parents in: those of the same series."""
    if each.table.parent is None:
        return ()
    above = store.of(each.table.parent.table)
    series = forms.rank(each.form)
    return tuple(sorted(p.id for p in above if forms.rank(catalogue.table(p.form)) == series))


def _rows(db: Database, store: Store, register: Register, wanted: tuple[str, ...]) -> str:
    """The query of a piece's rows, with numbers for keys."""
    table = catalogue.into(register.table)
    query = table_sql(register, plain_columns(db, register))
    if table.person:
        others = [column for column in wanted if column != table.person]
        told = ", ".join([f"v.number AS {table.person}", *(f"r.{column}" for column in others)])
        return f"SELECT {told} FROM ({query}) AS r LEFT JOIN vault AS v ON v.key = r.{table.person}"
    if table.parent is None:
        return f"SELECT {', '.join(wanted)} FROM ({query})"
    above = opening.in_form(store, table.parent.table, forms.rank(register.table))
    query = with_parent(query, table.parent, f"({above})")
    told = ", ".join(
        # The parent's key has done its work; only where it found nothing is it asked again.
        f"CASE WHEN NOT {table.parent.found} THEN {column} END AS {column}"
        if column == table.parent.key
        else column
        for column in wanted
    )
    return f"SELECT {told} FROM ({query})"


def _counted(db: Database, made: Path, parent: Parent | None) -> tuple[int, int]:
    files = sorted(made.rglob("*.parquet"))
    if not files:
        return 0, 0
    listed = ", ".join(literal(str(file)) for file in files)
    orphan = f"count(*) FILTER (NOT {parent.found})" if parent else "0"
    query = f"SELECT count(*), {orphan} FROM read_parquet([{listed}], hive_partitioning = false)"
    rows, orphans = db.fetchall(query, doing=_("optælling"))[0]
    return int(rows), int(orphans)


def _ranges(made: Path) -> dict[int, tuple[tuple[str, str], ...]]:
    found: dict[int, list[tuple[str, str]]] = {}
    for file in sorted(made.rglob("*.parquet")):
        number = int(file.parent.name.partition("=")[2])
        found.setdefault(number, []).append((str(file.relative_to(made)), digest_of(file)))
    return {number: tuple(files) for number, files in found.items()}
