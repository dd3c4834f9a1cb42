"""Files that are named but cannot be had are told, never passed over as if nothing were in them."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from klynge.engine.build import build
from klynge.engine.registers.check import check, examine
from klynge.engine.registers.files import folders_read
from tests.engine.people import Person, write_registers
from tests.engine.registers.extracts import ANNA, BENT, parquet


def told(folder: Path) -> list[tuple[str, str]]:
    return [(fault.where, fault.problem) for fault in check(folder, ["dod"])]


def test_a_link_to_nowhere_is_no_register_without_rows(tmp_path: Path) -> None:
    (tmp_path / "dod.parquet").symlink_to(tmp_path / "unmounted" / "dod.parquet")

    ((where, problem),) = told(tmp_path)
    assert where == "dod.parquet"
    assert "et link, der peger på ingenting" in problem


def test_a_year_behind_a_link_to_nowhere_is_told(tmp_path: Path) -> None:
    _in_years(tmp_path)
    (tmp_path / "dod" / "2024.parquet").unlink()
    (tmp_path / "dod" / "2024.parquet").symlink_to(tmp_path / "unmounted.parquet")

    ((where, _problem),) = told(tmp_path)
    assert where == "dod/2024.parquet"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such thing here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "dod.csv")

    ((where, problem),) = told(tmp_path)
    assert where == "dod.csv"
    assert "ikke en fil" in problem


def test_a_year_in_a_closed_folder_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _in_years(tmp_path)
    closed = tmp_path / "dod" / "year=2025"
    closed.mkdir()
    real = Path.iterdir

    def iterdir(folder: Path) -> object:
        # Whoever runs the tests may be let in everywhere.
        if folder == closed:
            raise PermissionError
        return real(folder)

    monkeypatch.setattr(Path, "iterdir", iterdir)
    ((where, problem),) = told(tmp_path)
    assert where == "dod/year=2025"
    assert "ikke lov til at læse" in problem


def test_linked_folders_are_read_and_a_link_in_a_ring_is_not_followed_for_ever(
    tmp_path: Path,
) -> None:
    _in_years(tmp_path)
    (tmp_path / "dod").rename(tmp_path / "elsewhere")
    (tmp_path / "registers" / "dod").mkdir(parents=True)
    (tmp_path / "registers" / "dod" / "all").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "elsewhere" / "ring").symlink_to(tmp_path / "elsewhere")

    (report,) = examine(tmp_path / "registers", ["dod"])
    assert (report.files, report.rows, report.faults) == (2, 2, ())


def test_only_links_to_registers_open_a_folder(tmp_path: Path) -> None:
    registers, there = tmp_path / "registers", tmp_path / "delivered"
    registers.mkdir()
    there.mkdir()
    parquet(there, "dod")
    (registers / "dod.parquet").symlink_to(there / "dod.parquet")
    (registers / "everything").symlink_to(tmp_path)

    assert folders_read(registers) == [registers, there]


def test_a_build_reads_what_a_link_leads_to(tmp_path: Path) -> None:
    there = tmp_path / "delivered"
    there.mkdir()
    write_registers(there, [Person(), Person(died="2024-05-01")], years=(2024,))
    registers = tmp_path / "registers"
    registers.mkdir()
    for entry in there.iterdir():
        (registers / entry.name).symlink_to(entry)

    # Two people are too few to tell of, but they are counted on the way.
    build(registers, tmp_path / "pack", indicators=["doedsfald_1000"], years=[2024])
    quality = json.loads((tmp_path / "pack" / "quality.json").read_text(encoding="utf-8"))
    assert quality["tables"]["bef"]["rows"] == "<5"


def test_a_folder_of_the_name_without_a_file_is_not_called_the_nearest_name(tmp_path: Path) -> None:
    (tmp_path / "dod").mkdir()

    ((_where, problem),) = told(tmp_path)
    assert "dod/ har navnet" in problem
    assert "nærmeste" not in problem


def _in_years(folder: Path) -> None:
    for year, who in ((2023, ANNA), (2024, BENT)):
        (folder / "dod").mkdir(exist_ok=True)
        parquet(folder, "dod", pnr=[who], doddato=[f"{year}-02-01"])
        (folder / "dod.parquet").rename(folder / "dod" / f"{year}.parquet")
