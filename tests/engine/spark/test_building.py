"""A pack counted by Spark is the pack counted by DuckDB, and a stopped one goes on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from klynge import cli
from klynge.engine.backends.spark import Spark
from klynge.engine.build import build
from klynge.engine.registers import synth
from klynge.faults import EngineStopped, WrongUse

CREATED = datetime(2026, 11, 1, tzinfo=UTC)
CODES = ["pop_folketal", "plejehjem"]


@pytest.fixture(scope="module")
def registers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("registers") / "registers"
    synth.write(folder, persons=600, years=range(2022, 2026), seed=5)
    return folder


class Questions:
    """Counts what Spark is asked, and lets it stop after so many."""

    def __init__(self) -> None:
        self._answer = Spark.arrow
        self.begin()

    def begin(self, stop_after: int = 1000) -> None:
        self.asked, self._most = 0, stop_after

    def ask(self, spark: Spark, *question: object, **more: object) -> object:
        if self.asked == self._most:
            raise EngineStopped("stopped")
        self.asked += 1
        return self._answer(spark, *question, **more)


@pytest.fixture(scope="module")
def questions() -> Iterator[Questions]:
    counting = Questions()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Spark, "arrow", lambda *asked, **more: counting.ask(*asked, **more))
        yield counting


@pytest.fixture(scope="module")
def by_spark(
    java: None, questions: Questions, registers: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    return built(registers, tmp_path_factory.mktemp("spark") / "pack", "spark")


def built(registers: Path, out: Path, engine: str, **more: Path) -> Path:
    build(
        registers,
        out,
        years=[2024],
        memory="1500MB",
        threads=1,
        indicators=CODES,
        created=CREATED,
        engine=engine,
        **more,
    )
    return out


def test_the_figures_are_the_same_byte_for_byte(
    by_spark: Path, registers: Path, tmp_path: Path
) -> None:
    by_duckdb = built(registers, tmp_path / "pack", "duckdb")

    for name in ("figures.parquet", "figures.csv", "indicators.json", "quality.json"):
        assert (by_spark / name).read_bytes() == (by_duckdb / name).read_bytes(), name


def test_the_pack_says_what_counted(by_spark: Path) -> None:
    told = json.loads((by_spark / "datapackage.json").read_text(encoding="utf-8"))

    assert told["klynge"]["engine"] == "spark"


def test_no_persons_are_left_behind(by_spark: Path) -> None:
    assert [entry.name for entry in by_spark.parent.iterdir()] == ["pack"]


def test_a_stopped_build_asks_for_the_rest_only(
    by_spark: Path, questions: Questions, registers: Path, tmp_path: Path
) -> None:
    whole, out = questions.asked, tmp_path / "pack"
    questions.begin(stop_after=3)
    with pytest.raises(EngineStopped):
        built(registers, out, "spark")
    assert not out.exists()
    questions.begin()
    built(registers, out, "spark")

    assert questions.asked == whole - 3
    assert (out / "figures.parquet").read_bytes() == (by_spark / "figures.parquet").read_bytes()


def test_the_command_tells_what_to_install(
    registers: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pytest.importorskip("pyspark")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    out = tmp_path / "pack"
    words = ["datapack", "build", "--registers", str(registers), "--out", str(out)]

    assert cli.main([*words, "--engine", "spark"]) == WrongUse.exit_code == 2
    assert "Java 17" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
