"""Each bad extract is told so that the reader can mend it, and without a value of any row."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from klynge.cli import main
from klynge.engine.registers.check import check
from tests.engine.registers.bad_extracts import BAD, Bad
from tests.engine.registers.extracts import MARK, csv, extract, parquet

each_bad = pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.name)


def spoiled(folder: Path, bad: Bad) -> Path:
    parquet(folder / "registers", bad.table)
    bad.spoil(folder / "registers")
    return folder / "registers"


def run(folder: Path, bad: Bad, *options: str) -> int:
    return main(["registers", "check", str(folder), "--table", bad.table, *options])


def contents(folder: Path) -> dict[str, bytes]:
    files = (file for file in folder.rglob("*") if file.is_file())
    return {str(file.relative_to(folder)): file.read_bytes() for file in files}


@each_bad
def test_the_message_tells_what_and_where_and_what_to_do(
    bad: Bad, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(spoiled(tmp_path, bad), bad)

    message = capsys.readouterr().err
    for part in (*bad.told, "Hvor:", "Problem:", "Forventet:", "Gør sådan:"):
        assert part in message


@each_bad
def test_it_is_told_as_one_fault_only(bad: Bad, tmp_path: Path) -> None:
    assert len(check(spoiled(tmp_path, bad), [bad.table])) == 1


@each_bad
def test_it_exits_10(bad: Bad, tmp_path: Path) -> None:
    assert run(spoiled(tmp_path, bad), bad) == 10


@each_bad
def test_nothing_is_written(bad: Bad, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    folder = spoiled(tmp_path, bad)
    before = contents(tmp_path)

    run(folder, bad)

    assert contents(tmp_path) == before


@each_bad
@pytest.mark.parametrize("options", [[], ["--json"], ["--language", "en"]], ids=str)
def test_no_value_is_shown(
    bad: Bad, options: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(spoiled(tmp_path, bad), bad, *options)

    printed = capsys.readouterr()
    assert MARK not in printed.out + printed.err


def test_every_fault_of_every_register_is_told_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = extract(tmp_path)
    parquet(folder, "dod", pnr=[None], doddato=["x"])
    parquet(folder, "sssy", honuge=["2499"], kontakt=None)
    (folder / "aehjsp.parquet").unlink()

    main(["registers", "check", str(folder)])

    message = capsys.readouterr().err
    assert message.count("Hvor:") == 5
    for part in ("dod, kolonnen pnr", "dod, kolonnen doddato", "honuge", "kontakt mangler"):
        assert part in message
    assert "aehjsp" in message


def test_a_folder_that_is_not_there_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["registers", "check", str(tmp_path / "no")]) == 10
    assert "mappen findes ikke" in capsys.readouterr().err


def test_a_cpr_number_in_a_file_name_is_struck_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    extract(tmp_path)
    (tmp_path / "dod.parquet").unlink()
    (tmp_path / "dod").mkdir()
    (tmp_path / "dod" / f"{MARK}.parquet").write_bytes(b"no")

    main(["registers", "check", str(tmp_path)])

    printed = capsys.readouterr()
    assert MARK not in printed.out + printed.err
    assert "dod/##########.parquet" in printed.err


def test_only_the_damaged_file_of_a_folder_is_named(tmp_path: Path) -> None:
    folder = extract(tmp_path)
    whole = (folder / "dod.parquet").read_bytes()
    (folder / "dod.parquet").unlink()
    (folder / "dod").mkdir()
    (folder / "dod" / "2023.parquet").write_bytes(whole)
    (folder / "dod" / "2024.parquet").write_bytes(whole[:40] + bytes(20) + whole[60:])

    faults = check(folder)

    assert [fault.where for fault in faults] == ["dod/2024.parquet"]


def test_keys_as_numbers_and_as_text_with_zeros_in_front_do_not_link(tmp_path: Path) -> None:
    folder = extract(tmp_path)
    parquet(folder, "bef", pnr=["0101011234", "0202021235"])
    parquet(folder, "dod", pnr=[101011234])

    [fault] = check(folder)

    assert "tal i dod, men tekst med foranstillede nuller i bef" in fault.problem


def test_pseudonyms_of_nine_and_ten_digits_are_not_taken_for_lost_zeros(tmp_path: Path) -> None:
    folder = extract(tmp_path)
    csv(folder, "dod", "pnr;doddato\n987654321;2024-01-01\n9876543210;2024-01-01\n")

    assert check(folder) == []


def test_the_first_place_is_told_over_all_files_of_a_folder(tmp_path: Path) -> None:
    folder = extract(tmp_path)
    (folder / "dod.parquet").unlink()
    (folder / "dod").mkdir()
    for year, bad in (("2022", "2022-01-01"), ("2023", "x"), ("2024", "y")):
        text = f"pnr;doddato\n610101{year};{year}-01-01\n620202{year};{bad}\n"
        (folder / "dod" / f"{year}.csv").write_text(text)

    [fault] = check(folder)

    assert "2 værdier" in fault.problem
    assert "dod/2023.csv, linje 3" in fault.problem


def test_the_answer_as_json_holds_every_fault(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = extract(tmp_path)
    parquet(folder, "dod", pnr=[None])

    assert main(["registers", "check", str(folder), "--json"]) == 10

    tables = {table["table"]: table for table in json.loads(capsys.readouterr().out)["tables"]}
    assert tables["dod"]["faults"][0]["where"] == "dod, kolonnen pnr"
    found = {"table": "bef", "files": 1, "rows": 2, "columns": 5}
    assert tables["bef"] == {**found, "notes": [], "faults": []}
