"""The connection runs queries, keeps to its folders, and never repeats what DuckDB quotes."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from klynge.engine.backends.duckdb import Database, DatabaseStopped, literal, name
from klynge.faults import EngineStopped, WrongUse

MARK = "9912319999"

QUERIES: dict[str, Callable[[Database], object]] = {
    "in the rows": lambda db: db.fetchall("SELECT CAST(pnr AS DATE) FROM people"),
    "in the statement": lambda db: db.execute(f"SELECT CAST('{MARK}x' AS INTEGER)"),
    "in a parameter": lambda db: db.fetchall("SELECT CAST(? AS DATE)", [MARK]),
    "as an Arrow table": lambda db: db.arrow("SELECT CAST(pnr AS DATE) FROM people"),
    "in a name": lambda db: db.fetchall(f'SELECT "{MARK}" FROM people'),
    "as a repeated key": lambda db: db.execute("INSERT INTO people SELECT * FROM people"),
}


@pytest.fixture
def people() -> Database:
    db = Database()
    db.execute("CREATE TABLE people (pnr VARCHAR PRIMARY KEY)")
    db.execute("INSERT INTO people VALUES (?)", [MARK])
    return db


def test_duckdb_itself_quotes_the_value() -> None:
    """The reason for all this: when it no longer does, the tests below prove nothing."""
    with pytest.raises(duckdb.Error, match=MARK):
        duckdb.connect().execute(f"SELECT CAST('{MARK}' AS DATE)")


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_a_value_duckdb_quotes_does_not_come_out(
    query: Callable[[Database], object], people: Database
) -> None:
    with people, pytest.raises(EngineStopped) as caught:
        query(people)

    error = caught.value
    told = "".join(traceback.format_exception(error))
    assert MARK not in str(error) + repr(error) + told + repr(error.args) + repr(vars(error))


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_nothing_of_duckdbs_error_is_chained(
    query: Callable[[Database], object], people: Database
) -> None:
    with people, pytest.raises(EngineStopped) as caught:
        query(people)

    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


def test_the_kind_of_error_and_what_was_being_done_are_told(people: Database) -> None:
    with people, pytest.raises(DatabaseStopped) as caught:
        people.fetchall("SELECT CAST(pnr AS DATE) FROM people", doing="birthdays")

    assert (caught.value.kind, caught.value.doing) == ("ConversionException", "birthdays")
    assert "birthdays (ConversionException)" in str(caught.value)


def test_when_memory_runs_out_more_is_advised() -> None:
    with Database(memory="100MB") as db, pytest.raises(DatabaseStopped) as caught:
        db.fetchall("SELECT length(string_agg(repeat('x', 1000), '')) FROM range(1000000)")

    assert "(100MB): giv mere med --memory" in str(caught.value)


def test_queries_follow_upon_each_other(people: Database) -> None:
    with people:
        assert people.fetchall("SELECT count(*) FROM people") == [(1,)]
        assert people.arrow("SELECT pnr = ? AS same FROM people", [MARK]).to_pylist() == [
            {"same": True}
        ]
        assert people.fetchall("SELECT 1 AS n UNION ALL SELECT $two ORDER BY n", {"two": 2}) == [
            (1,),
            (2,),
        ]


def test_an_arrow_table_can_be_registered() -> None:
    with Database() as db:
        db.register("codes", pa.table({"code": ["DJ44"]}))
        assert db.fetchall("SELECT code FROM codes") == [("DJ44",)]


def test_a_python_variable_is_not_a_table() -> None:
    secret = pa.table({"pnr": [MARK]})
    assert secret.num_rows == 1

    with Database() as db, pytest.raises(DatabaseStopped):
        db.fetchall("SELECT * FROM secret")


def test_only_the_folders_given_can_be_read(tmp_path: Path) -> None:
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    for folder in (inside, outside):
        folder.mkdir()
        pq.write_table(pa.table({"n": [1]}), folder / "n.parquet")

    with Database(folders=[inside]) as db:
        assert db.fetchall(f"SELECT n FROM '{inside}/n.parquet'") == [(1,)]
        with pytest.raises(DatabaseStopped):
            db.fetchall(f"SELECT n FROM '{outside}/n.parquet'")


def test_the_limits_cannot_be_lifted_afterwards(tmp_path: Path) -> None:
    with Database(folders=[tmp_path]) as db, pytest.raises(DatabaseStopped):
        db.execute("SET enable_external_access = true")


def test_work_larger_than_memory_spills_to_disk_and_leaves_nothing(tmp_path: Path) -> None:
    with Database(memory="150MB", temp=tmp_path, folders=[]) as db:
        [(keys,)] = db.fetchall(
            "SELECT count(DISTINCT md5(i::VARCHAR)) FROM range(3000000) AS t(i)"
        )

    assert keys == 3_000_000
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("memory", ["", "4", "GB", "-1GB", "0GB", "4 cats", "4GB; DROP"])
def test_memory_that_is_none_is_wrong_use(memory: str) -> None:
    with pytest.raises(WrongUse, match="--memory"):
        Database(memory=memory)


def test_no_threads_is_wrong_use() -> None:
    with pytest.raises(WrongUse):
        Database(threads=0)


@pytest.mark.parametrize("value", ["it's", "", "æ\\n", 7, 1.5, True, None])
def test_a_literal_is_the_value_again(value: object) -> None:
    with Database() as db:
        [(back,)] = db.fetchall(f"SELECT {literal(value)}")

    assert back == value


def test_a_name_may_hold_anything() -> None:
    with Database() as db:
        odd = 'a "b"; DROP'
        assert db.arrow(f"SELECT 1 AS {name(odd)}").column_names == [odd]


def test_long_work_draws_nothing_on_standard_output() -> None:
    # Where Python was started without a file (-c, a notebook) DuckDB draws by itself.
    with Database() as db:
        shown = db.fetchall("SELECT current_setting('enable_progress_bar')")

    assert shown == [(False,)]
