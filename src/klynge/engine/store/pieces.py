"""What the store holds: for each table pieces, each made of some delivered files at one time."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from klynge.engine.store.work import Work, digest_of, read_json, write_json

Files = tuple[tuple[str, str], ...]

MANIFEST = "store.json"
VAULT = "vault.parquet"
_PLAIN = ("width", "vault", "seen", "links", "linked")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some delivered files of one table, prepared.

    id: the digest of what it was made of; also the name of its folder.
    sources: the delivered files' digests. columns: those it has.
    ranges: for each person range its files: name below the folder, and digest.
    form: the form of the table it was delivered in.
    rows: how many; orphans: how many of them lack the parent they should have.
    parents: ids of the parent's pieces that were there.
    """

    table: str
    id: str
    sources: tuple[str, ...]
    columns: tuple[str, ...]
    ranges: Mapping[int, Files]
    rows: int
    orphans: int = 0
    parents: tuple[str, ...] = ()
    form: str = ""

    def folder(self, store: Path) -> Path:
        return store / self.table / self.id[:24]

    def files(self, store: Path, number: int) -> list[Path]:
        """The files of one person range; none when the piece has no rows in it."""
        return [self.folder(store) / name for name, _digest in self.ranges.get(number, ())]


@dataclass
class Store:
    """The pieces of every table, and how persons are cut into ranges.

    width: persons a range. vault: the digest of the vault. seen: digests of delivered files by
    path, size and time of change, so that only new files are read to be known. links: the digest of
    the changes of number that are made. linked: the numbers of those who have had several keys.
    """

    work: Work
    width: int = 0
    vault: str = ""
    pieces: list[Piece] = field(default_factory=list)
    seen: dict[str, str] = field(default_factory=dict)
    links: str = ""
    linked: list[int] = field(default_factory=list)

    @property
    def folder(self) -> Path:
        return self.work.store

    @classmethod
    def open(cls, work: Work) -> Store:
        """The store in a work folder, with what is damaged left out; empty when there is none."""
        told = read_json(work.store / MANIFEST)
        if told is None:
            return cls(work).emptied()
        pieces = [_piece(one) for one in told["pieces"]]
        store = cls(work, pieces=pieces, **{name: told[name] for name in _PLAIN})
        vault = work.store / VAULT
        if store.vault and not (vault.is_file() and digest_of(vault) == store.vault):
            return store.emptied()
        return store

    def of(self, table: str) -> list[Piece]:
        """The pieces of one table."""
        return [piece for piece in self.pieces if piece.table == table]

    def ranges(self, tables: Iterable[str]) -> list[int]:
        """The numbers of the ranges that have anything, in order."""
        wanted = set(tables)
        return sorted({n for piece in self.pieces if piece.table in wanted for n in piece.ranges})

    def is_whole(self, piece: Piece) -> bool:
        """Whether the piece's files are there and as they were written."""
        folder = piece.folder(self.folder)
        listed = [one for files in piece.ranges.values() for one in files]
        return all(
            (folder / name).is_file() and digest_of(folder / name) == digest
            for name, digest in listed
        )

    def drop(self, piece: Piece) -> None:
        """Forget a piece and remove its files."""
        self.pieces = [other for other in self.pieces if other is not piece]
        self.save()
        shutil.rmtree(piece.folder(self.folder), ignore_errors=True)

    def add(self, piece: Piece, made: Path) -> None:
        """Take in a piece whose files stand in the folder `made`."""
        folder = piece.folder(self.folder)
        shutil.rmtree(folder, ignore_errors=True)
        folder.parent.mkdir(parents=True, exist_ok=True)
        made.replace(folder)
        self.pieces.append(piece)
        self.save()

    def emptied(self) -> Store:
        """The store with nothing in it."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self.width, self.vault, self.pieces, self.seen = 0, "", [], {}
        self.links, self.linked = "", []
        return self

    def save(self) -> None:
        """Write down what the store holds. What it does not tell of is not there."""
        told = {name: getattr(self, name) for name in _PLAIN}
        told["pieces"] = [asdict(piece) for piece in self.pieces]
        write_json(self.folder / MANIFEST, told)


def _piece(told: Mapping[str, Any]) -> Piece:
    return Piece(
        table=told["table"],
        id=told["id"],
        sources=tuple(told["sources"]),
        columns=tuple(told["columns"]),
        ranges={
            int(number): tuple((name, digest) for name, digest in files)
            for number, files in told["ranges"].items()
        },
        rows=told["rows"],
        orphans=told["orphans"],
        parents=tuple(told["parents"]),
        form=told["form"],
    )
