"""The vault: which number stands for which person's key. Numbers are given once and kept.

Every key of every register gets one, also of those who are in no snapshot of the population: a
later snapshot may have them. New keys continue the row, so that nobody changes range.
"""

# ruff: noqa: S608  (names come from the catalogue)
from __future__ import annotations

from collections.abc import Sequence

from klynge.engine.backends.duckdb import Database, literal
from klynge.engine.store.pieces import VAULT, Store
from klynge.engine.store.work import digest_of
from klynge.texts import _

FEWEST, MOST, PARTS = 25_000, 400_000, 8
"""A range holds so many persons: an eighth of them, at least and at most."""


def open_vault(db: Database, store: Store) -> None:
    """Make the table `vault` (key, number) in the database."""
    doing = _("nøglerne")
    if store.vault:
        known = literal(str(store.folder / VAULT))
        db.execute(
            f"CREATE TABLE vault AS SELECT key, number FROM read_parquet({known})", doing=doing
        )
    else:
        db.execute("CREATE TABLE vault (key VARCHAR, number INTEGER)", doing=doing)


def number_keys(db: Database, store: Store, sources: Sequence[str]) -> None:
    """Give numbers to the keys that have none, and keep the vault.

    sources: queries of keys, in the column `key`. Those of the first get the lowest numbers.
    """
    before = _size(db)
    for query in sources:
        db.execute(
            "INSERT INTO vault SELECT new.key, CAST(coalesce((SELECT max(number) FROM vault), -1)"
            " + row_number() OVER (ORDER BY new.key) AS INTEGER)"
            f" FROM (SELECT DISTINCT key FROM ({query}) WHERE key IS NOT NULL)"
            " AS new ANTI JOIN vault ON vault.key = new.key",
            doing=_("nøglerne"),
        )
    after = _size(db)
    if not store.width:
        store.width = min(max(-(-after // PARTS), FEWEST), MOST)
    if after != before or not store.vault:
        _keep(db, store)


def _size(db: Database) -> int:
    return int(db.fetchall("SELECT count(*) FROM vault")[0][0])


def _keep(db: Database, store: Store) -> None:
    beside = store.work.unfinished / VAULT
    db.execute(
        f"COPY (SELECT key, number FROM vault ORDER BY number) TO {literal(str(beside))}"
        " (FORMAT parquet, COMPRESSION zstd)",
        doing=_("nøglerne"),
    )
    digest = digest_of(beside)
    # First the vault, then the word of it: a stop between the two starts the store over.
    beside.replace(store.folder / VAULT)
    store.vault = digest
    store.save()
