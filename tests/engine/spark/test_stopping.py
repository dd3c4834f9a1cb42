"""What Spark chokes on is told in words, and no value of a row comes out anywhere."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from klynge.engine.backends import spark as backend
from klynge.engine.backends.spark import Spark, SparkStopped, check_installed
from klynge.faults import EngineStopped, WrongUse

MARK = "9912319999"

CHOKING: dict[str, Callable[[Spark], object]] = {
    "in the rows": lambda s: s.arrow("SELECT CAST(pnr AS DATE) FROM people"),
    "in the statement": lambda s: s.arrow(f"SELECT CAST('{MARK}x' AS INTEGER)"),
    "in a name": lambda s: s.arrow(f'SELECT "{MARK}" FROM people'),
    "when a table is made": lambda s: s.table("made", "SELECT CAST(pnr AS DATE) AS d FROM people"),
    "as a kind of answer": lambda s: s.arrow(
        f"SELECT CAST('{MARK}x' AS VARCHAR) AS n", pa.schema([("n", pa.int64())])
    ),
    "in a file's name": lambda s: s.view("v", f"SELECT a FROM read_parquet(['/{MARK}.parquet'])"),
}


@pytest.fixture(scope="module")
def spark(java: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Spark]:
    folder = tmp_path_factory.mktemp("stopping [0]* {a}")
    pq.write_table(pa.table({"pnr": [MARK]}), folder / "people.parquet")
    with Spark(memory=1200, cores=1, folder=folder, pieces=1) as session:
        session.view("people", f"SELECT pnr FROM read_parquet(['{folder}/people.parquet'])")
        yield session


def test_spark_itself_quotes_the_value(spark: Spark) -> None:
    """The reason for all this: when it no longer does, the tests below prove nothing."""
    with pytest.raises(Exception, match=MARK):
        spark._session.sql("SELECT CAST(pnr AS DATE) FROM people").toArrow()


@pytest.mark.parametrize("choke", CHOKING.values(), ids=CHOKING)
def test_a_value_spark_quotes_does_not_come_out(
    choke: Callable[[Spark], object],
    spark: Spark,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    with pytest.raises(EngineStopped) as caught:
        choke(spark)

    error = caught.value
    told = "".join(traceback.format_exception(error))
    printed = "".join(capfd.readouterr())
    assert MARK not in str(error) + repr(error) + told + repr(error.args) + repr(vars(error))
    assert MARK not in printed + caplog.text
    assert error.__cause__ is None
    assert error.__context__ is None


def test_a_stopped_spark_says_what_it_was_doing(spark: Spark) -> None:
    with pytest.raises(SparkStopped) as caught:
        spark.arrow("SELECT 1 // 0 AS n", doing="people")

    assert str(caught.value) == "Spark stoppede under: people (DIVIDE_BY_ZERO)."
    assert caught.value.exit_code == 20


def test_it_keeps_to_its_folder(spark: Spark, tmp_path: Path) -> None:
    spark.table("kept", "SELECT pnr FROM people")

    assert spark.arrow("SELECT count(*) AS n FROM kept").to_pylist() == [{"n": 1}]
    assert (spark._folder / "tables" / "kept").is_dir()


def test_too_little_memory_is_told(java: None, tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="mindst 1GB"):
        Spark(memory=100, cores=1, folder=tmp_path, pieces=1)


def test_a_folder_that_spark_would_take_for_two_is_refused(java: None, tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="komma"):
        Spark(memory=1200, cores=1, folder=tmp_path / "a, b", pieces=1)


def test_what_to_install_is_told_without_java(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pytest.importorskip("pyspark")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(WrongUse, match="default-jre-headless") as caught:
        check_installed()

    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("told", "version"),
    [
        ('openjdk version "17.0.15" 2025-04-15', 17),
        ('java version "1.8.0_202"', 8),
        ('openjdk version "21-ea"', 21),
        ("Segmentation fault", 0),
    ],
)
def test_the_version_of_java_is_read(
    told: str, version: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "bin").mkdir()
    java = tmp_path / "bin" / "java"
    java.write_text(f"#!/bin/sh\necho '{told}' >&2\n", encoding="utf-8")
    java.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))

    assert backend._java_version() == version


def test_a_java_home_without_java_is_no_java(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))

    assert backend._java_version() == 0


def test_what_to_install_is_told_without_pyspark(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyspark", None)

    with pytest.raises(WrongUse, match=r"klynge\[spark\]"):
        check_installed()


def test_spark_connect_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pyspark")
    monkeypatch.setenv("SPARK_REMOTE", "sc://somewhere")

    with pytest.raises(WrongUse, match="spark-submit"):
        check_installed()


def test_a_java_that_dies_is_told_in_words(
    spark: Spark, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """The last test of all that share it."""
    from pyspark import SparkContext

    SparkContext._gateway.proc.kill()
    with pytest.raises(SparkStopped, match=r"^Spark stoppede under: people \(\w+\)\.$"):
        spark.arrow("SELECT pnr FROM people", doing="people")

    assert "".join(capfd.readouterr()) + caplog.text == ""
