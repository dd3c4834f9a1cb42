"""Invented registers are the same bytes every time, whole or not at all, and as asked for."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from klynge.engine.registers import synth
from klynge.engine.registers.catalogue import TABLES
from klynge.engine.registers.check import check
from klynge.engine.registers.synth import writing
from klynge.engine.registers.synth.tables import SCHEMAS
from klynge.faults import WrongUse

YEARS = range(2022, 2024)
pytestmark = pytest.mark.xdist_group("synth")


def made(folder: Path, seed: int = 1, **more: object) -> dict[str, str]:
    """Path and hash of every file of a small set of registers."""
    synth.write(folder, persons=500, years=YEARS, seed=seed, **more)
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    assert made(tmp_path / "one") == made(tmp_path / "two")


def test_another_seed_gives_other_rows_in_every_table(tmp_path: Path) -> None:
    one, two = made(tmp_path / "one", seed=1), made(tmp_path / "two", seed=2)
    alike = {name for name in one if one[name] == two.get(name)}

    # So few persons leave a rare register without a row, and then it is as empty as the other.
    # Which klynge a hospital is for, no seed decides.
    alike -= {"sygehuse/part-0000.parquet"}
    assert all(pq.read_metadata(tmp_path / "one" / name).num_rows == 0 for name in alike)
    assert len(alike) < 3


def test_the_number_of_workers_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "BLOCK", 150)

    assert made(tmp_path / "one", workers=1) == made(tmp_path / "two", workers=2)


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_table_has_the_canonical_columns_and_types(town: Path, name: str) -> None:
    assert pq.read_schema(next((town / name).iterdir())) == SCHEMAS[name]

    described = {column.name: column.required for column in TABLES[name].columns}
    written = set(SCHEMAS[name].names)
    assert written <= set(described)
    assert {column for column, required in described.items() if required} <= written


def test_every_register_is_written_but_changes_of_number(town: Path) -> None:
    wanted = set(TABLES) - {"personnumre"}

    assert {folder.name for folder in town.iterdir() if folder.is_dir()} == wanted


def test_the_register_check_finds_no_fault(town: Path) -> None:
    assert check(town) == []


def test_the_folder_says_that_it_is_invented(town: Path) -> None:
    told = json.loads((town / writing.MARKER).read_text(encoding="utf-8"))

    assert told["invented"] is True
    assert told["persons"] == 5_000
    assert told["years"] == [2021, 2023]


def test_progress_goes_from_nothing_to_all(tmp_path: Path) -> None:
    shares: list[float] = []
    made(tmp_path / "out", progress=lambda _what, share: shares.append(share))

    assert shares[0] == 0
    assert shares[-1] == 1
    assert shares == sorted(shares)


def test_nothing_is_left_when_it_fails_halfway(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_ignored: object) -> None:
        raise OSError("no room")

    monkeypatch.setattr(writing, "_mark", stop)

    with pytest.raises(WrongUse, match="kan ikke skrives"):
        made(tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_an_earlier_folder_stays_when_a_new_one_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = made(tmp_path / "out")
    monkeypatch.setattr(writing, "_mark", lambda *_ignored: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        made(tmp_path / "out", seed=2)
    monkeypatch.undo()
    assert made(tmp_path / "again") == before
    assert (tmp_path / "out" / writing.MARKER).is_file()


def test_earlier_invented_registers_are_replaced(tmp_path: Path) -> None:
    first = made(tmp_path / "out", seed=1)

    assert made(tmp_path / "out", seed=2) != first
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_folder_with_anything_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "bef.csv").write_text("pnr\n")

    with pytest.raises(WrongUse, match="andet end opdigtede"):
        made(tmp_path / "out")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["bef.csv"]


@pytest.mark.parametrize(
    "years", [range(0), range(2021, 2021), range(2021, 2027, 2), range(1800, 1802)]
)
def test_years_that_are_no_row_of_years_are_refused(tmp_path: Path, years: range) -> None:
    with pytest.raises(WrongUse):
        synth.write(tmp_path / "out", persons=10, years=years, seed=1)


def test_nobody_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongUse):
        synth.write(tmp_path / "out", persons=0, years=YEARS, seed=1)


def test_one_person_and_one_year_give_every_table_though_most_are_empty(tmp_path: Path) -> None:
    folder = synth.write(
        tmp_path / "out", persons=1, years=range(2024, 2025), seed=1, ruks=True, migrations=True
    )

    assert pq.read_table(folder / "bef").num_rows == 2
    assert all(pq.read_table(folder / name).schema == SCHEMAS[name] for name in SCHEMAS)
