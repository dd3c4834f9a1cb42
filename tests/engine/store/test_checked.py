"""What was found in order is not checked again, and nothing that is wrong is passed over for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from klynge.engine.registers import check
from klynge.engine.store import checked
from klynge.engine.store.checked import Checked
from klynge.engine.store.pieces import Store
from klynge.engine.store.work import Work
from klynge.texts import use_language
from tests.engine.registers.extracts import ANNA, extract, parquet


@pytest.fixture
def registers(tmp_path: Path) -> Path:
    folder = tmp_path / "registers"
    folder.mkdir()
    return extract(folder)


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Work]:
    with Work(tmp_path / "work").held() as work:
        yield work


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the tables whose rows are read, as they are."""
    names: list[str] = []
    count = check._count

    def told(databases: object, register: object) -> object:
        names.append(register.table.name)
        return count(databases, register)

    monkeypatch.setattr(check, "_count", told)
    return names


def examined(registers: Path, work: Work) -> list[check.Report]:
    """As a build does, each time with all it knows read from the work folder."""
    store = Store.open(work)
    return check.examine(registers, copies=work.copies, known=Checked(store))


def notes(reports: list[check.Report]) -> str:
    return "\n".join(note for report in reports for note in report.notes)


def test_what_stands_as_it_did_is_not_read_again(
    registers: Path, work: Work, read: list[str]
) -> None:
    first = examined(registers, work)
    assert len(read) == len(first) > 10
    read.clear()

    assert examined(registers, work) == first
    assert read == []


def test_only_the_register_with_a_new_file_is_read(
    registers: Path, work: Work, read: list[str]
) -> None:
    examined(registers, work)
    read.clear()
    parquet(registers, "dod", doddato=[date(2024, 5, 2)])

    examined(registers, work)
    assert read == ["dod"]


def test_a_fault_is_told_every_time(registers: Path, work: Work, read: list[str]) -> None:
    examined(registers, work)
    parquet(registers, "dod", pnr=[ANNA, ANNA], doddato=[date(2024, 5, 1)] * 2)

    for _each in range(2):
        read.clear()
        faults = [fault for report in examined(registers, work) for fault in report.faults]
        assert [fault.where for fault in faults] == ["dod, pnr"]
        assert read == ["dod"]


def test_notes_are_told_in_the_language_that_is_asked_for(registers: Path, work: Work) -> None:
    parquet(registers, "bef", kom=["411", "101"])
    danish, again = (notes(examined(registers, work)) for _each in range(2))
    use_language("en")
    try:
        english = notes(examined(registers, work))
    finally:
        use_language("da")

    assert "række" in danish
    assert again == danish
    assert "row" in english


def test_other_rules_read_everything_again(
    registers: Path, work: Work, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    examined(registers, work)
    every = read.copy()
    read.clear()
    monkeypatch.setattr(checked, "_rules", lambda: "others")

    examined(registers, work)
    assert read == every


def test_a_damaged_memory_is_no_memory(registers: Path, work: Work, read: list[str]) -> None:
    examined(registers, work)
    every = read.copy()
    read.clear()
    (work.folder / checked.FILE).write_text("{", encoding="utf-8")

    examined(registers, work)
    assert read == every


def test_no_value_is_remembered(registers: Path, work: Work) -> None:
    examined(registers, work)
    told = (work.folder / checked.FILE).read_text(encoding="utf-8")
    assert "bef" in told
    assert ANNA not in told
