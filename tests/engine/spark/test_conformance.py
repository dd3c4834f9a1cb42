"""Every table and every answer is the same on DuckDB and on Spark."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as pa
import pytest

from klynge.engine.backends.duckdb import Database
from klynge.engine.backends.spark import Spark
from klynge.engine.ranges import whole
from klynge.engine.ranges.running import Means, count_ranges
from klynge.engine.store import opening
from tests.engine.spark.jobs import World, nasty_world

MEANS = Means("2GB", 1)


@dataclass(frozen=True)
class Engines:
    world: World
    duckdb: Database
    spark: Spark

    def difference(self, sql: str) -> str:
        """How many rows of a query's answer only one of the engines has; no row is shown."""
        expected = self.duckdb.arrow(sql)
        found = self.spark.arrow(sql, expected.schema, doing="test")
        return difference(expected, found)


def difference(expected: pa.Table, found: pa.Table) -> str:
    one, other = (Counter(map(repr, table.to_pylist())) for table in (expected, found))
    if one == other:
        return ""
    return f"{(one - other).total()} rows only on DuckDB, {(other - one).total()} only on Spark"


@pytest.fixture(scope="module")
def world(java: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with nasty_world(tmp_path_factory.mktemp("nasty"), 250) as made:
        yield made


@pytest.fixture(scope="module")
def engines(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engines]:
    folder = tmp_path_factory.mktemp("scratch")
    with (
        Database(threads=1, folders=[world.store.folder]) as duckdb,
        Spark(memory=1200, cores=1, folder=folder, pieces=1) as spark,
    ):
        questions = list(world.job.questions)
        for name, table in world.job.small.items():
            duckdb.register(name, table)
        for name in world.job.registers:
            duckdb.execute(f"CREATE VIEW reg_{name} AS {opening.view(world.store, name)}")
        for step in world.job.orders.needed(questions):
            duckdb.execute(f"CREATE {step.kind} {step.name} AS {step.sql}")
        whole.make_ready(spark, world.store, world.job, questions)
        yield Engines(world, duckdb, spark)


def test_every_register_is_read_alike(engines: Engines) -> None:
    assert {
        name: told
        for name in engines.world.job.registers
        if (told := engines.difference(f"SELECT * FROM reg_{name}"))
    } == {}


def test_some_contacts_are_told_twice_and_some_people_have_two_numbers(engines: Engines) -> None:
    """So that the registers hold what is hard to read alike."""
    [(doubled,)] = engines.duckdb.fetchall("SELECT count(*) FROM reg_kontakter WHERE doubled")

    assert doubled > 5
    assert len(engines.world.store.linked) > 20
    assert len(engines.world.store.ranges(["bef"])) > 3


def test_every_table_is_made_alike(engines: Engines) -> None:
    assert {
        step.name: told
        for step in engines.world.job.steps
        if (told := engines.difference(f"SELECT * FROM {step.name}"))
    } == {}


def test_every_table_but_the_empty_has_rows(engines: Engines) -> None:
    empty = [
        step.name
        for step in engines.world.job.steps
        if engines.duckdb.fetchall(f"SELECT count(*) FROM {step.name}") == [(0,)]
    ]

    assert empty == []


def test_every_question_has_the_same_answer(engines: Engines) -> None:
    """The ranges' answers added up, and those of all at once."""
    job, store = engines.world.job, engines.world.store
    added = count_ranges(store, job, MEANS, lambda _line: None)
    kinds = whole.answer_kinds(store, job, MEANS)

    assert len(job.questions) > 60
    assert kinds == {name: table.schema for name, table in added.items()}
    assert {
        name: told
        for name, sql in job.questions.items()
        if (told := difference(added[name], engines.spark.arrow(sql, kinds[name], doing=name)))
    } == {}


def test_a_difference_would_be_seen(engines: Engines) -> None:
    one = engines.duckdb.arrow("SELECT pid, year FROM residents")
    other = engines.duckdb.arrow("SELECT pid, year + 1 AS year FROM residents")

    assert difference(one, other.cast(one.schema)) != ""
    assert difference(one, one.slice(1)) == "1 rows only on DuckDB, 0 only on Spark"
