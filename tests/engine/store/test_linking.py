"""Changes of number: one person is one number, and a change touches the ranges it must."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klynge.engine.backends.duckdb import Database
from klynge.engine.registers.renumbering import _rings, groups
from klynge.engine.spine import models, running
from klynge.engine.store import linking
from klynge.engine.store.opening import open_store
from klynge.engine.store.pieces import Store
from klynge.engine.store.prepare import deliveries, prepare
from klynge.engine.store.work import Work
from klynge.structure import Geography
from tests.engine.people import EXTRACT_END, Person, write_registers

NEEDED = models.needed_for(("residents", "stays", "diagnoses", "deaths", "gp_weeks"))
TABLES = models.registers_of(NEEDED)
NEW, NEWER, REPLACEMENT = "6199000001", "6199000002", "010150" + "0AA1"


def key(number: int) -> str:
    return f"6101{number:06d}"


@pytest.fixture
def registers(tmp_path: Path) -> Path:
    """Twelve people, each with a stay, a diagnosis and a visit to their doctor."""
    folder = tmp_path / "registers"
    folder.mkdir()
    person = Person().with_stay("2024-03-01").with_diagnosis("DJ44", "2024-05-01").with_gp("2410")
    write_registers(folder, [person] * 12)
    for table in TABLES:
        (folder / f"{table}.parquet").rename(folder / "moving")
        (folder / table).mkdir()
        (folder / "moving").rename(folder / table / "first.parquet")
    return folder


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Work(tmp_path / "work").held() as work:
        opened = Store.open(work)
        opened.width = 5
        yield opened


def bring_up(store: Store, registers: Path) -> list[str]:
    told: list[str] = []
    prepare(
        store,
        deliveries(store, registers, (*TABLES, "personnumre")),
        {table: models.columns_of(table) for table in TABLES},
        memory="500MB",
        threads=1,
        tell=lambda line: told.append(line.strip()),
    )
    return told


def changes(registers: Path, *pairs: tuple[str, str], name: str = "1") -> None:
    (registers / "personnumre").mkdir(exist_ok=True)
    made = {"gammelt": [old for old, _new in pairs], "nyt": [new for _old, new in pairs]}
    pq.write_table(pa.table(made), registers / "personnumre" / f"{name}.parquet")


def renamed(registers: Path, table: str, old: str, new: str, *, since: int = 0) -> None:
    """Let rows of a table stand under another key; in `bef` those of snapshots since a year."""
    file = registers / table / "first.parquet"
    rows = pq.read_table(file).to_pylist()
    for row in rows:
        late = row.get("referencetid", date.max).year >= since
        for column, value in row.items():
            if value == old and late:
                row[column] = new
    schema = pq.read_schema(file)
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), file)


def ask(store: Store, sql: str) -> list[tuple[object, ...]]:
    with Database(folders=[store.folder], threads=1) as db:
        open_store(db, store, TABLES)
        running.make(
            db, NEEDED, models.Parameters(EXTRACT_END), kommuner=Geography.of_pack().kommuner
        )
        return db.fetchall(sql)


def test_a_chain_of_changes_is_one_person(registers: Path, store: Store) -> None:
    """The hospital knows the oldest number, the doctor the next, the population the newest."""
    renamed(registers, "sssy", key(3), NEW)
    renamed(registers, "bef", key(3), NEWER, since=2024)
    changes(registers, (key(3), NEW), (NEW, NEWER))
    bring_up(store, registers)
    assert ask(store, "SELECT count(*) FROM persons") == [(12,)]
    together = (
        "SELECT count(*) FROM residents JOIN stays USING (pid) JOIN gp_weeks USING (pid)"
        " JOIN diagnoses USING (pid) WHERE residents.year = 2024"
    )
    assert ask(store, together) == [(12,)]


def test_without_the_changes_they_are_strangers(registers: Path, store: Store) -> None:
    renamed(registers, "sssy", key(3), NEW)
    bring_up(store, registers)
    assert ask(store, "SELECT count(*) FROM gp_week_rows WHERE fate = 'no_residence'") == [(1,)]


def test_a_late_change_moves_the_person_and_touches_two_ranges(
    registers: Path, store: Store
) -> None:
    renamed(registers, "sssy", key(3), NEW)
    bring_up(store, registers)
    before = {piece.id: dict(piece.ranges) for piece in store.pieces}
    there = {table: sum(p.rows for p in store.of(table)) for table in TABLES}
    changes(registers, (key(3), NEW))
    assert bring_up(store, registers) == []
    touched = {
        number
        for piece in store.pieces
        for number in before[piece.id].keys() | piece.ranges.keys()
        if before[piece.id].get(number) != piece.ranges.get(number)
    }
    assert touched == {0, 2}
    assert ask(store, "SELECT count(*) FROM gp_week_rows WHERE fate = 'used'") == [(12,)]
    for table in TABLES:
        assert ask(store, f"SELECT count(*) FROM reg_{table}") == [(there[table],)]
        assert all(store.is_whole(piece) for piece in store.pieces)


def test_a_moved_person_is_moved_for_good(registers: Path, store: Store) -> None:
    renamed(registers, "sssy", key(3), NEW)
    bring_up(store, registers)
    changes(registers, (key(3), NEW))
    bring_up(store, registers)
    again = Store.open(store.work)
    assert bring_up(again, registers) == []
    # The next delivery's rows under either key are the person's.
    write_registers(registers.parent, [Person().with_gp("2415")])
    rows = pq.read_table(registers.parent / "sssy.parquet").to_pylist()
    rows = [{**row, "pnr": wanted} for row in rows for wanted in (key(3), NEW)]
    pq.write_table(pa.Table.from_pylist(rows), registers / "sssy" / "second.parquet")
    assert bring_up(again, registers) == ["sssy"]
    assert ask(again, "SELECT max(n) FROM (SELECT count(*) AS n FROM gp_weeks GROUP BY pid)") == [
        (3,)
    ]


def test_a_second_change_of_a_linked_person_moves_on(registers: Path, store: Store) -> None:
    changes(registers, (key(3), NEW))
    bring_up(store, registers)
    renamed(registers, "sssy", key(3), NEWER)
    changes(registers, (NEW, NEWER), name="2")
    bring_up(store, registers)
    assert ask(store, "SELECT count(*) FROM gp_week_rows WHERE fate = 'used'") == [(12,)]


def test_a_change_that_is_taken_back_starts_the_store_over(registers: Path, store: Store) -> None:
    renamed(registers, "sssy", key(3), NEW)
    changes(registers, (key(3), NEW))
    bring_up(store, registers)
    changes(registers, (key(5), NEW))
    assert "bef" in bring_up(store, registers)
    query = "SELECT count(*) FROM gp_weeks JOIN persons USING (pid) WHERE pnr = {}"
    with Database(folders=[store.folder]) as db:
        [(number,)] = db.fetchall(
            f"SELECT number FROM read_parquet('{store.folder}/vault.parquet')"
            f" WHERE key = '{key(5)}'"
        )
    assert ask(store, query.format(number)) == [(2,)]


def test_a_person_with_two_numbers_lives_and_dies_once(registers: Path, store: Store) -> None:
    """Both numbers stand in the population and among the dead."""
    for table, row in (
        ("bef", {"foed_dag": date(1950, 6, 1), "kom": "730", "koen": 2}),
        ("dod", {"doddato": date(2025, 5, 1)}),
    ):
        schema = pq.read_schema(registers / table / "first.parquet")
        snapshot = {"referencetid": date(2023, 12, 31)} if table == "bef" else {}
        rows = [{"pnr": NEW, **row, **snapshot}]
        if table == "dod":
            rows.append({"pnr": key(3), "doddato": date(2025, 5, 1)})
        pq.write_table(
            pa.Table.from_pylist(rows, schema=schema), registers / table / "second.parquet"
        )
    changes(registers, (key(3), NEW))
    bring_up(store, registers)
    assert ask(store, "SELECT count(*) FROM residents WHERE year = 2024") == [(12,)]
    assert ask(store, "SELECT count(*), count(died_on) FROM persons") == [(12, 1)]
    assert ask(store, "SELECT count(*) FROM stays") == [(12,)]


def test_a_replacement_number_is_told_and_can_be_linked(registers: Path, store: Store) -> None:
    renamed(registers, "sssy", key(3), REPLACEMENT)
    bring_up(store, registers)
    fates = "SELECT fate, count(*) FROM gp_week_rows GROUP BY 1 ORDER BY 1"
    assert ask(store, fates) == [("replacement_number", 1), ("used", 11)]
    changes(registers, (REPLACEMENT, key(3)))
    bring_up(store, registers)
    assert ask(store, fates) == [("used", 12)]


def test_a_stop_between_the_vault_and_the_word_of_it_starts_over(
    registers: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    renamed(registers, "sssy", key(3), NEW)
    bring_up(store, registers)
    changes(registers, (key(3), NEW))

    def stop(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(linking, "keep", stop)
    with pytest.raises(KeyboardInterrupt):
        bring_up(store, registers)
    monkeypatch.undo()
    again = Store.open(store.work)
    bring_up(again, registers)
    assert ask(again, "SELECT count(*) FROM gp_week_rows WHERE fate = 'used'") == [(12,)]
    assert all(again.is_whole(piece) for piece in again.pieces)


@given(st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh")), max_size=12))
def test_groups_are_what_can_be_reached(pairs: Sequence[tuple[str, str]]) -> None:
    found = groups(pairs)
    for start in "abcdefgh":
        reached = {start}
        for _each in pairs:
            reached |= {b for a, b in pairs if a in reached} | {a for a, b in pairs if b in reached}
        same = {number for number in found if found[number] == found.get(start)}
        assert same == (reached if start in found else set())


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh")))
def test_rings_are_counted_once(successor: dict[str, str]) -> None:
    rings = set()
    for start in successor:
        walked = [start]
        while walked[-1] in successor and len(walked) < 20:
            walked.append(successor[walked[-1]])
        if len(walked) == 20:
            rings.add(frozenset(walked[-9:]))
    assert _rings(successor) == len(rings)
