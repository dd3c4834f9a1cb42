"""SAS files are read as the same rows in Parquet would be, and told of in the same words."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path

import pytest

from klynge.engine.backends.duckdb import Database
from klynge.engine.registers import sas
from klynge.engine.registers.catalogue import table
from klynge.engine.registers.check import check
from klynge.engine.registers.files import find_register
from klynge.engine.registers.reader import open_registers
from tests.engine.registers import sas_file, xport_file
from tests.engine.registers.extracts import ANNA, BENT, MARK
from tests.engine.registers.sas_file import Column

DOD = (Column("PNR", 10), Column("DODDATO", format="DATE"))
ON_DEATHS = date(2024, 5, 1)


def rows(folder: Path, register: str, columns: str) -> list[tuple[object, ...]]:
    with Database(threads=1, folders=[folder]) as db:
        open_registers(db, folder, [register])
        return db.fetchall(f"SELECT {columns} FROM reg_{register} ORDER BY 1")


def told(folder: Path, register: str) -> str:
    return "\n".join(str(fault) for fault in check(folder, [register]))


def contacts(folder: Path, encoding: int = sas_file.WINDOWS_1252) -> Path:
    columns = (
        Column("DW_EK_KONTAKT", 18),
        Column("CPR", 10, label="Personnøgle"),
        Column("DATO_START", format="DDMMYYD10"),
        Column("TIDSPUNKT_START", format="TIME"),
        Column("DATO_SLUT", format="DATETIME"),
        Column("TIDSPUNKT_SLUT"),
        Column("AKTIONSDIAGNOSE", 10),
        Column("PRIORITET", 5),
        Column("KONTAKTTYPE", 6),
        Column("HOVEDSPECIALE_ANS", 40),
        Column("BEMÆRKNING", 20),
    )
    ended = datetime(2024, 2, 2, 0, 0)
    one = ("1", ANNA, date(2024, 2, 1), time(8, 30), ended, 34215, "DJ441", "ATA1", "ALCA00")
    two = ("2", BENT, date(1959, 12, 31), time(0, 0), None, None, "", "ATA3", "ALCA00")
    made = [(*one, "Børne- og ungdomspsykiatri", "æøå"), (*two, "Intern medicin", "")]
    return sas_file.write(folder / "KONTAKTER.SAS7BDAT", columns, made, encoding)


@pytest.mark.parametrize("encoding", [sas_file.UTF_8, sas_file.WINDOWS_1252])
def test_dates_times_text_and_what_is_missing_are_read(encoding: int, tmp_path: Path) -> None:
    contacts(tmp_path, encoding)
    first, second = rows(
        tmp_path,
        "kontakter",
        "cpr, start_ts, slut_ts, aktionsdiagnose, hovedspeciale_ans, kontaktaarsag",
    )
    assert first == (
        ANNA,
        datetime(2024, 2, 1, 8, 30),
        datetime(2024, 2, 2, 9, 30, 15),
        "DJ441",
        "børne- og ungdomspsykiatri",
        None,
    )
    assert second == (BENT, datetime(1959, 12, 31), None, None, "intern medicin", None)


def test_a_sas_extract_in_order_has_no_faults(tmp_path: Path) -> None:
    contacts(tmp_path)
    assert check(tmp_path, ["kontakter"]) == []


def test_a_fault_is_told_with_the_row_of_the_delivered_file(tmp_path: Path) -> None:
    sas_file.write(tmp_path / "dod.sas7bdat", DOD, [(ANNA, ON_DEATHS), (BENT, None)])
    words = told(tmp_path, "dod")
    assert "kolonnen doddato" in words
    assert "1 række er uden værdi, i dod.sas7bdat, række 2" in words


def test_a_date_without_a_format_is_a_number_and_told(tmp_path: Path) -> None:
    columns = (Column("PNR", 10), Column("DODDATO"))
    sas_file.write(tmp_path / "dod.sas7bdat", columns, [(ANNA, ON_DEATHS)])
    assert "1 værdi kan ikke læses som en dato, i dod.sas7bdat, række 1" in told(tmp_path, "dod")


def test_a_missing_column_is_told_with_the_nearest(tmp_path: Path) -> None:
    columns = (Column("PNR", 10), Column("DOEDATO", format="DATE"))
    sas_file.write(tmp_path / "dod.sas7bdat", columns, [(ANNA, ON_DEATHS)])
    words = told(tmp_path, "dod")
    assert "kolonnen doddato mangler" in words
    assert "DOEDATO" in words


def test_a_column_of_the_wrong_type_is_told_by_its_format(tmp_path: Path) -> None:
    columns = (Column("PNR", format="DATETIME"), Column("DODDATO", format="DATE"))
    sas_file.write(tmp_path / "dod.sas7bdat", columns, [(ON_DEATHS, ON_DEATHS)])
    assert "typen SAS DATETIME" in told(tmp_path, "dod")


def test_a_key_that_is_a_number_in_sas_and_text_elsewhere_is_told(tmp_path: Path) -> None:
    columns = (Column("PNR"), Column("DODDATO", format="DATE"))
    sas_file.write(tmp_path / "dod.sas7bdat", columns, [(101011234.0, ON_DEATHS)])
    (tmp_path / "aehjsp.csv").write_text("pnr;hjemsygep_dato\n0101011234;2024-01-01\n")
    assert "nøglen er tal i dod" in "\n".join(map(str, check(tmp_path, ["dod", "aehjsp"])))


@pytest.mark.parametrize("spoil", ["truncated", "in the middle", "not sas"])
def test_a_damaged_file_is_told_and_shows_nothing(spoil: str, tmp_path: Path) -> None:
    file = sas_file.write(tmp_path / "dod.sas7bdat", DOD, [(MARK, ON_DEATHS)] * 2000)
    content = file.read_bytes()
    file.write_bytes(
        {
            "truncated": content[:-9000],
            "in the middle": content[: sas_file.HEADER + 100] + bytes(len(content) - 1124),
            "not sas": MARK.encode() * 500,
        }[spoil]
    )
    words = told(tmp_path, "dod")
    assert "dod.sas7bdat" in words
    assert "ikke en SAS-fil" in words
    assert MARK not in words


def test_rows_are_read_a_chunk_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sas, "CHUNK", 7)
    keys = [f"{number:010}" for number in range(1000, 1049)]
    sas_file.write(tmp_path / "dod.sas7bdat", DOD, [(key, ON_DEATHS) for key in keys])
    assert rows(tmp_path, "dod", "pnr, doddato") == [(key, ON_DEATHS) for key in keys]


def test_parquet_and_sas_stand_side_by_side_in_a_folder(tmp_path: Path) -> None:
    sas_file.write(tmp_path / "dod" / "2023.sas7bdat", DOD, [(ANNA, date(2023, 5, 1))])
    (tmp_path / "dod" / "2024.csv").write_text(f"pnr;doddato\n{BENT};2024-05-01\n")
    assert check(tmp_path, ["dod"]) == []
    assert rows(tmp_path, "dod", "pnr, doddato") == [(ANNA, date(2023, 5, 1)), (BENT, ON_DEATHS)]


def test_a_transport_file_is_read_too(tmp_path: Path) -> None:
    made = [(ANNA, ON_DEATHS), (BENT, date(1950, 1, 1))]
    xport_file.write(tmp_path / "dod.xpt", DOD, made)
    assert check(tmp_path, ["dod"]) == []
    assert rows(tmp_path, "dod", "pnr, doddato") == made


def test_a_copy_holds_only_what_the_catalogue_asks_for(tmp_path: Path) -> None:
    contacts(tmp_path)
    copies = sas.Copies(tmp_path / "copies")
    register = copies.of(find_register(tmp_path, table("kontakter")))
    with Database(threads=1) as db:
        described = db.fetchall(f"DESCRIBE FROM read_parquet('{register.parts[0].copies[0]}')")
    names = [name for name, *_rest in described]
    assert "CPR" in names
    assert "BEMÆRKNING" not in names


def test_a_copy_is_used_again_until_its_file_changes(tmp_path: Path) -> None:
    file = sas_file.write(tmp_path / "dod.sas7bdat", DOD, [(ANNA, ON_DEATHS)])

    def made() -> set[Path]:
        copies = sas.Copies(tmp_path / "copies")
        copies.of(find_register(tmp_path, table("dod")))
        copies.prune()
        return set((tmp_path / "copies").iterdir())

    first = made()
    assert made() == first
    sas_file.write(file, DOD, [(ANNA, ON_DEATHS)] * 2)
    assert len(made()) == 1
    assert made() != first


@pytest.mark.parametrize(
    ("form", "family"),
    [
        ("DATE", "date"),
        ("DATE9.", "date"),
        ("YYMMDDN8.", "date"),
        ("E8601DA10", "date"),
        ("DANDFDD10", "date"),
        ("DATETIME20.", "timestamp"),
        ("E8601DT", "timestamp"),
        ("TIME8.", "time"),
        ("HHMM", "time"),
        ("BEST12.", "float"),
        ("COMMAX10.2", "float"),
        (None, "float"),
    ],
)
def test_a_format_tells_what_a_number_is(form: str | None, family: str) -> None:
    assert sas._family("double", form) == family
