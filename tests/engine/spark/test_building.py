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
CODES = ["pop_folketal", "doedsfald_1000", "plejehjem"]


@pytest.fixture(scope="module")
def registers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("registers") / "registers"
    synth.write(folder, persons=1_500, years=range(2022, 2026), seed=5)
    return folder


@pytest.fixture(scope="module")
def by_spark(java: None, registers: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
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

    assert told["engine"] == "spark"


def test_no_persons_are_left_behind(by_spark: Path) -> None:
    assert [entry.name for entry in by_spark.parent.iterdir()] == ["pack"]


class Stopping:
    """Lets Spark answer so many questions and then stop."""

    def __init__(self, after: int) -> None:
        self.left, self.asked = after, 0

    def __call__(self, spark: Spark, *question: object, **more: object) -> object:
        if self.left == 0:
            raise EngineStopped("stopped")
        self.left -= 1
        self.asked += 1
        return _ARROW(spark, *question, **more)


_ARROW = Spark.arrow


@pytest.fixture
def stopping() -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as patch:
        yield patch


def test_a_stopped_build_asks_for_the_rest_only(
    by_spark: Path, registers: Path, tmp_path: Path, stopping: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "pack"
    first, second = Stopping(after=3), Stopping(after=1000)
    stopping.setattr(Spark, "arrow", lambda *a, **more: first(*a, **more))
    with pytest.raises(EngineStopped):
        built(registers, out, "spark")
    assert not out.exists()
    stopping.setattr(Spark, "arrow", lambda *a, **more: second(*a, **more))
    built(registers, out, "spark")

    assert (out / "figures.parquet").read_bytes() == (by_spark / "figures.parquet").read_bytes()
    stopping.setattr(Spark, "arrow", lambda *a, **more: third(*a, **more))
    third = Stopping(after=1000)
    built(registers, tmp_path / "whole", "spark")
    assert (first.asked, second.asked) == (3, third.asked - 3)


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
