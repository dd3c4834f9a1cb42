"""The vault: which number stands for which person's key. Numbers are given once and kept.

Every key of every register gets one, also of those who are in no snapshot of the population: a
later snapshot may have them. New keys continue the row, so that nobody changes range. Replacement
numbers are a row of their own, far above: their numbers tell what they are. Keys of one person that
are known to be so share a number; see `linking.py`.
"""

# ruff: noqa: S608  (names come from the catalogue)
from __future__ import annotations

from collections.abc import Sequence

from klynge.engine.backends.duckdb import Database, literal
from klynge.engine.registers.convert import is_replacement
from klynge.engine.store.pieces import VAULT, Store
from klynge.engine.store.work import digest_of
from klynge.texts import _

FEWEST, MOST, PARTS = 30_000, 100_000, 8
"""How persons are cut into ranges: as few as hold an eighth of them, at least and at most so many.
A range costs a second or two of planning, however few it holds; and five years of 400,000 do not
fit in what one of two workers may use of 2 GB. See benchmarks.md."""


REPLACEMENTS = 1 << 30
"""The first number of those that stand for replacement numbers."""


def open_vault(db: Database, store: Store) -> None:
    """Make the table `vault` in the database.

    key: the person's key. number: the person's. own: the number the key was given; another than
    the person's when the person has an older key.
    """
    doing = _("nøglerne")
    if store.vault:
        known = literal(str(store.folder / VAULT))
        db.execute(
            f"CREATE TABLE vault AS SELECT key, number, own FROM read_parquet({known})", doing=doing
        )
    else:
        db.execute("CREATE TABLE vault (key VARCHAR, number INTEGER, own INTEGER)", doing=doing)


def number_keys(db: Database, store: Store, sources: Sequence[str]) -> None:
    """Give numbers to the keys that have none, and keep the vault.

    sources: queries of keys, in the column `key`. Those of the first get the lowest numbers.
    """
    before = _size(db)
    for query in sources:
        db.execute(
            "CREATE OR REPLACE TEMP TABLE new_keys AS"
            f" SELECT key, {is_replacement('key')} AS replacement"
            f" FROM (SELECT DISTINCT key FROM ({query}) WHERE key IS NOT NULL)"
            " ANTI JOIN vault USING (key)",
            doing=_("nøglerne"),
        )
        for first, which in ((0, "NOT replacement"), (REPLACEMENTS, "replacement")):
            # A number that was linked away is not given again: the row goes on from the last.
            last = (
                f"SELECT max(own) FROM vault WHERE own >= {first} AND own < {first + REPLACEMENTS}"
            )
            db.execute(
                "INSERT INTO vault SELECT key, number, number FROM (SELECT key,"
                f" CAST(coalesce(({last}), {first - 1}) + row_number() OVER (ORDER BY key)"
                f" AS INTEGER) AS number FROM new_keys WHERE {which})",
                doing=_("nøglerne"),
            )
    after = _size(db)
    if not store.width:
        store.width = width_of(after)
    if after != before or not store.vault:
        keep(db, store)


def width_of(persons: int) -> int:
    """How many persons a range holds when there are so many of them."""
    parts = min(max(persons // FEWEST, 1), PARTS)
    return min(max(-(-persons // parts), FEWEST), MOST)


def _size(db: Database) -> int:
    return int(db.fetchall("SELECT count(*) FROM vault")[0][0])


def keep(db: Database, store: Store) -> None:
    """Write the vault, and what the store holds."""
    beside = store.work.unfinished / VAULT
    db.execute(
        f"COPY (SELECT key, number, own FROM vault ORDER BY own) TO {literal(str(beside))}"
        " (FORMAT parquet, COMPRESSION zstd)",
        doing=_("nøglerne"),
    )
    digest = digest_of(beside)
    # First the vault, then the word of it: a stop between the two starts the store over.
    beside.replace(store.folder / VAULT)
    store.vault = digest
    store.save()
