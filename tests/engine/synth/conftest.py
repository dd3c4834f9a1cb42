"""Invented registers made once for all tests of a run: they take a few seconds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from klynge.engine.backends.duckdb import Database
from klynge.engine.registers import synth
from klynge.engine.registers.reader import open_registers
from klynge.engine.registers.synth.tables import SCHEMAS

YEARS = range(2021, 2024)


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """5,000 persons, 2021-2023: enough to see how things hang together."""
    folder = tmp_path_factory.mktemp("synth") / "town"
    more = {"ruks": True, "migrations": True}
    return synth.write(folder, persons=5_000, years=YEARS, seed=3, **more)


@pytest.fixture(scope="session")
def country(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """40,000 persons, 2021-2025: enough to compare with the country."""
    folder = tmp_path_factory.mktemp("synth") / "country"
    return synth.write(folder, persons=40_000, years=range(2021, 2026), seed=1)


@pytest.fixture(scope="session")
def db(town: Path) -> Iterator[Database]:
    """The registers of `town` as views reg_<table>."""
    with Database(folders=[town]) as database:
        open_registers(database, town, SCHEMAS)
        yield database
