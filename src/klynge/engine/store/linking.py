"""Lets the keys of one person share a number, and moves the rows that stand under another.

A person keeps the lowest of their numbers, the one given first. What a change moves is rewritten in
the two person ranges it touches and nowhere else, so that only those are counted again. A change
that is taken back cannot be undone in the store: it starts over.
"""

# ruff: noqa: S608  (names come from the catalogue, paths are quoted)
from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pyarrow as pa

from klynge.engine.backends.duckdb import Database, literal
from klynge.engine.registers import catalogue
from klynge.engine.registers.renumbering import Pairs, groups
from klynge.engine.store import opening
from klynge.engine.store.pieces import Files, Piece, Store
from klynge.engine.store.vault import keep
from klynge.engine.store.work import digest_of, digest_of_text
from klynge.texts import _


def taken_back(db: Database, changes: Pairs) -> bool:
    """Whether keys share a number in the vault that no change links any longer."""
    person = groups(changes)
    shared = db.fetchall(
        "SELECT number, key FROM vault WHERE number IN"
        " (SELECT number FROM vault GROUP BY number HAVING count(*) > 1)",
        doing=_("nøglerne"),
    )
    people = defaultdict(set)
    for number, key in shared:
        people[number].add(person.get(key, key))
    return any(len(found) > 1 for found in people.values())


def link(db: Database, store: Store, changes: Pairs, digest: str) -> None:
    """Make the changes in the vault and in the pieces, and keep both. digest: of the changes."""
    person = groups(changes)
    told = pa.table(
        {
            "key": pa.array(list(person), pa.string()),
            "person": pa.array(list(person.values()), pa.string()),
        }
    )
    db.register("changes", told)
    db.execute(
        "CREATE OR REPLACE TEMP TABLE moves AS"
        " SELECT v.number AS old, min(v.number) OVER (PARTITION BY c.person) AS new"
        " FROM vault AS v JOIN changes AS c USING (key)",
        doing=_("nøglerne"),
    )
    store.linked = [
        int(number)
        for (number,) in db.fetchall(
            "SELECT new FROM moves GROUP BY new HAVING count(*) > 1 ORDER BY new"
        )
    ]
    moves = db.fetchall("SELECT DISTINCT old, new FROM moves WHERE old <> new ORDER BY old")
    left = _move(db, store, dict(moves)) if moves else []
    db.execute(
        "UPDATE vault SET number = moves.new FROM moves"
        " WHERE vault.number = moves.old AND moves.old <> moves.new",
        doing=_("nøglerne"),
    )
    store.links = digest
    keep(db, store)
    for file in left:
        file.unlink(missing_ok=True)


def _move(db: Database, store: Store, moves: Mapping[int, int]) -> list[Path]:
    """Rewrite what stands under an old number; the files that are no longer of use."""
    touched = sorted({old // store.width for old in moves})
    name = "moved-" + digest_of_text(*map(str, sorted(moves.items())))[:12]
    left: list[Path] = []
    for at, piece in enumerate(store.pieces):
        person = opening.person_of(catalogue.table(piece.table))
        for number in touched:
            files = store.pieces[at].files(store.folder, number)
            if person and files and _has_some(db, files, person):
                made = _rewritten(db, store, piece, files, person, f"{name}-{number}")
                ranges = dict(store.pieces[at].ranges)
                del ranges[number]
                for place, new in made.items():
                    ranges[place] = (*ranges.get(place, ()), *new)
                store.pieces[at] = replace(store.pieces[at], ranges=ranges)
                left += files
    return left


def _has_some(db: Database, files: list[Path], person: str) -> bool:
    query = (
        f"SELECT count(*) FROM {_read(files)} AS r"
        f" SEMI JOIN (SELECT old FROM moves WHERE old <> new) AS m ON m.old = r.{person}"
    )
    return bool(db.fetchall(query, doing=_("nøglerne"))[0][0])


def _rewritten(
    db: Database, store: Store, piece: Piece, files: list[Path], person: str, name: str
) -> dict[int, Files]:
    """The rows of some files under their new numbers, each in its range."""
    folder = piece.folder(store.folder)
    new = f"coalesce(m.new, r.{person})"
    db.execute(
        f"COPY (SELECT r.* REPLACE ({new} AS {person}),"
        f" CAST(coalesce({new}, 0) // {store.width} AS INTEGER) AS klynge_range"
        f" FROM {_read(files)} AS r"
        f" LEFT JOIN (SELECT DISTINCT old, new FROM moves) AS m ON m.old = r.{person})"
        f" TO {literal(str(folder / name))}"
        " (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (klynge_range), OVERWRITE_OR_IGNORE)",
        doing=_("nøglerne"),
    )
    found: dict[int, Files] = {}
    for file in sorted((folder / name).rglob("*.parquet")):
        number = int(file.parent.name.partition("=")[2])
        one = (str(file.relative_to(folder)), digest_of(file))
        found[number] = (*found.get(number, ()), one)
    return found


def _read(files: list[Path]) -> str:
    listed = ", ".join(literal(str(file)) for file in files)
    return f"read_parquet([{listed}], hive_partitioning = false)"
