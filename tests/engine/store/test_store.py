"""The store: what a delivery changes in it, and that it is never worse than reading everything."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from klynge.engine.backends.duckdb import Database
from klynge.engine.spine.models import columns_of
from klynge.engine.store.opening import open_store
from klynge.engine.store.pieces import VAULT, Store
from klynge.engine.store.prepare import deliveries, prepare, repeated
from klynge.engine.store.vault import width_of
from klynge.engine.store.work import Work
from klynge.faults import WrongUse
from tests.engine.people import Person, write_registers

TABLES = ("bef", "dod", "kontakter", "diagnoser", "sssy")


def somebody(number: int = 12) -> list[Person]:
    return [
        Person().with_stay("2024-03-01").with_diagnosis("DJ44", "2024-05-01").with_gp("2410")
        for _each in range(number)
    ]


@pytest.fixture
def registers(tmp_path: Path) -> Path:
    """Registers of twelve people, each table a folder with one file."""
    flat = tmp_path / "flat"
    flat.mkdir()
    write_registers(flat, somebody())
    for table in TABLES:
        folder = tmp_path / "registers" / table
        folder.mkdir(parents=True)
        (flat / f"{table}.parquet").replace(folder / "first.parquet")
    return tmp_path / "registers"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Work(tmp_path / "work").held() as work:
        store = Store.open(work)
        store.width = 5
        yield store


def bring_up(store: Store, registers: Path, told: list[str] | None = None) -> list[str]:
    """Prepare what lies there; the names of the tables that were read."""
    made: list[str] = [] if told is None else told
    prepare(
        store,
        deliveries(store, registers, TABLES),
        {table: columns_of(table) for table in TABLES},
        memory="500MB",
        threads=1,
        tell=lambda line: made.append(line.strip()),
    )
    return made


def ask(store: Store, sql: str) -> list[tuple[object, ...]]:
    with Database(folders=[store.folder], threads=1) as db:
        open_store(db, store, TABLES)
        return db.fetchall(sql)


def move_rows(registers: Path, table: str, rows: slice, to: str) -> None:
    """Take some rows of the first file out into a file of their own."""
    file = registers / table / "first.parquet"
    whole = pq.read_table(file)
    out = list(range(whole.num_rows))[rows]
    pq.write_table(whole.take(out), registers / table / to)
    pq.write_table(whole.take([at for at in range(whole.num_rows) if at not in out]), file)


def test_nobodys_key_is_outside_the_vault(registers: Path, store: Store) -> None:
    bring_up(store, registers)
    keys = {key.encode() for key in pq.read_table(registers / "bef")["pnr"].to_pylist()}

    for file in store.folder.rglob("*.parquet"):
        if file.name != VAULT:
            whole = pq.read_table(file)
            assert not keys & {str(v).encode() for c in whole.columns for v in c.to_pylist()}


def test_only_the_owner_can_look_inside(store: Store) -> None:
    assert stat.S_IMODE(store.work.folder.stat().st_mode) == 0o700


def test_every_row_is_in_the_range_of_its_person(registers: Path, store: Store) -> None:
    bring_up(store, registers)

    for table, person in (("bef", "pnr"), ("diagnoser", "cpr"), ("sssy", "pnr")):
        for piece in store.of(table):
            for number in piece.ranges:
                for file in piece.files(store.folder, number):
                    found = pq.read_table(file)[person].to_pylist()
                    assert {key // store.width for key in found} == {number}


@pytest.mark.parametrize(
    ("persons", "width", "ranges"),
    [
        (0, 30_000, 0),
        (20_000, 30_000, 1),
        (59_999, 59_999, 1),
        (68_000, 34_000, 2),
        (680_000, 85_000, 8),
        (6_800_000, 100_000, 68),
    ],
)
def test_persons_are_cut_into_few_ranges_that_fit(persons: int, width: int, ranges: int) -> None:
    assert width_of(persons) == width
    assert -(-persons // width) == ranges


def test_a_diagnosis_has_the_person_and_time_of_its_contact(registers: Path, store: Store) -> None:
    bring_up(store, registers)

    same = ask(
        store,
        "SELECT count(*) FROM reg_diagnoser d WHERE d.has_contact AND d.start_ts IS NOT NULL"
        " AND EXISTS (SELECT 1 FROM reg_kontakter k"
        " WHERE k.cpr = d.cpr AND k.start_ts = d.start_ts)",
    )
    assert same == ask(store, "SELECT count(*) FROM reg_diagnoser")


def test_what_was_read_before_is_not_read_again(registers: Path, store: Store) -> None:
    assert sorted(bring_up(store, registers)) == sorted(TABLES)
    assert bring_up(Store.open(store.work), registers) == []


def test_a_new_file_is_read_and_the_old_ones_are_not(registers: Path, store: Store) -> None:
    move_rows(registers, "sssy", slice(3), "second.parquet")
    later = (registers / "sssy" / "second.parquet").read_bytes()
    (registers / "sssy" / "second.parquet").unlink()
    bring_up(store, registers)
    (registers / "sssy" / "second.parquet").write_bytes(later)

    assert bring_up(store, registers) == ["sssy"]
    assert [piece.rows for piece in store.of("sssy")] == [9, 3]


def test_a_file_that_is_gone_takes_its_rows_with_it(registers: Path, store: Store) -> None:
    move_rows(registers, "sssy", slice(3), "second.parquet")
    bring_up(store, registers)
    (registers / "sssy" / "second.parquet").unlink()

    assert bring_up(store, registers) == ["sssy"]
    assert ask(store, "SELECT count(*) FROM reg_sssy") == [(9,)]


def test_a_file_with_other_content_under_the_same_name_is_noticed(
    registers: Path, store: Store
) -> None:
    bring_up(store, registers)
    file = registers / "sssy" / "first.parquet"
    pq.write_table(pq.read_table(file).slice(0, 5), file)

    assert bring_up(store, registers) == ["sssy"]
    assert ask(store, "SELECT count(*) FROM reg_sssy") == [(5,)]


def test_nobody_changes_number_when_others_come(registers: Path, store: Store) -> None:
    bring_up(store, registers)
    before = pq.read_table(store.folder / VAULT).to_pylist()
    newcomer = pa.Table.from_pylist(
        [{**pq.read_table(registers / "bef").slice(0, 1).to_pylist()[0], "pnr": "0000000001"}],
        schema=pq.read_schema(registers / "bef" / "first.parquet"),
    )
    pq.write_table(newcomer, registers / "bef" / "second.parquet")
    bring_up(store, registers)

    after = pq.read_table(store.folder / VAULT).to_pylist()
    assert after[:-1] == before
    number = len(before)
    assert after[-1] == {"key": "0000000001", "number": number, "own": number}


def test_a_diagnosis_that_came_before_its_contact_finds_it(registers: Path, store: Store) -> None:
    move_rows(registers, "kontakter", slice(4), "second.parquet")
    later = (registers / "kontakter" / "second.parquet").read_bytes()
    (registers / "kontakter" / "second.parquet").unlink()
    bring_up(store, registers)
    assert ask(store, "SELECT count(*) FROM reg_diagnoser WHERE NOT has_contact") != [(0,)]
    (registers / "kontakter" / "second.parquet").write_bytes(later)

    assert bring_up(store, registers) == ["kontakter", "diagnoser"]
    assert ask(store, "SELECT count(*) FROM reg_diagnoser WHERE NOT has_contact") == [(0,)]


def test_a_damaged_file_of_the_store_is_made_again(registers: Path, store: Store) -> None:
    bring_up(store, registers)
    (piece,) = store.of("sssy")
    file = piece.files(store.folder, 0)[0]
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)

    assert bring_up(Store.open(store.work), registers) == ["sssy"]


def test_without_its_vault_the_store_starts_over(registers: Path, store: Store) -> None:
    bring_up(store, registers)
    (store.folder / VAULT).write_bytes(b"")

    assert sorted(bring_up(Store.open(store.work), registers)) == sorted(TABLES)


def test_a_delivery_that_came_twice_is_told(registers: Path, store: Store) -> None:
    content = (registers / "sssy" / "first.parquet").read_bytes()
    (registers / "sssy" / "again.parquet").write_bytes(content)

    (fault,) = repeated(deliveries(store, registers, TABLES))
    assert "sssy/first.parquet" in str(fault)
    assert "sssy/again.parquet" in str(fault)


def test_two_builds_cannot_use_one_work_folder(store: Store) -> None:
    with pytest.raises(WrongUse, match="En anden bygning"), Work(store.work.folder).held():
        pass


def test_a_folder_with_something_else_in_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("hello")

    with pytest.raises(WrongUse, match="ikke en arbejdsmappe"), Work(tmp_path).held():
        pass
    assert (tmp_path / "letter.txt").exists()
