"""However an extract is delivered, the views have the canonical names and types."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from klynge.engine.backends.duckdb import Database
from klynge.engine.registers.catalogue import TABLES
from klynge.engine.registers.check import check
from klynge.engine.registers.reader import open_registers
from klynge.faults import BadInput
from tests.engine.registers.extracts import ANNA, BENT, GOOD, csv, extract, parquet


def read(folder: Path, table: str) -> list[dict[str, Any]]:
    with Database(folders=[folder]) as db:
        open_registers(db, folder, [table])
        whole = db.arrow(f"SELECT * FROM reg_{table}")
    own = [name for name in whole.column_names if name not in ("replacement", "doubled")]
    return whole.select(own).to_pylist()


def column(folder: Path, table: str, name: str) -> list[Any]:
    return [row[name] for row in read(folder, table)]


def test_an_extract_in_order_has_no_fault(tmp_path: Path) -> None:
    assert check(extract(tmp_path)) == []


@pytest.mark.parametrize("table", TABLES)
def test_a_view_has_every_column_of_the_catalogue_in_its_type(table: str, tmp_path: Path) -> None:
    extract(tmp_path)
    described = TABLES[table]
    with Database(folders=[tmp_path]) as db:
        open_registers(db, tmp_path, [table])
        found = db.fetchall(f"SELECT column_name, column_type FROM (DESCRIBE reg_{table})")

    assert found == [
        *((column.name, column.duckdb_type) for column in described.columns),
        *((made.name, made.duckdb_type) for made in described.derived),
        *([("replacement", "BOOLEAN")] if described.person else []),
        ("doubled", "BOOLEAN"),
    ]


def test_contacts_get_their_start_and_end_in_one(tmp_path: Path) -> None:
    parquet(tmp_path, "kontakter")

    first, second = read(tmp_path, "kontakter")

    assert first["start_ts"] == datetime(2024, 2, 1, 8, 30)
    assert first["slut_ts"] == datetime(2024, 2, 2, 9, 30, 15)
    assert second["slut_ts"] is None


def test_names_match_without_regard_to_case_and_by_synonyms(tmp_path: Path) -> None:
    pq.write_table(
        pa.table({"V_CPR": [ANNA], "DodDato": [date(2024, 5, 1)], "Unknown": [1]}),
        tmp_path / "DOD.PARQUET",
    )

    assert check(tmp_path, ["dod"]) == []
    assert read(tmp_path, "dod") == [{"pnr": ANNA, "doddato": date(2024, 5, 1)}]


def test_a_register_is_found_by_a_synonym_of_its_name(tmp_path: Path) -> None:
    parquet(tmp_path, "plejehjem").rename(tmp_path / "Ophold_Plejehjem.parquet")

    assert column(tmp_path, "plejehjem", "v_pnr") == [ANNA]


def test_the_canonical_name_comes_before_a_synonym(tmp_path: Path) -> None:
    parquet(tmp_path, "dod", cpr=["other"])

    assert column(tmp_path, "dod", "pnr") == [ANNA]


def test_a_folder_of_files_in_different_layouts_is_one_register(tmp_path: Path) -> None:
    folder = tmp_path / "dod" / "year=2024"
    parquet(folder, "dod").rename(folder / "a.parquet")
    csv(folder, "b", f"doddato,cpr\n2024-05-02,{BENT}\n")

    assert check(tmp_path, ["dod"]) == []
    assert sorted(column(tmp_path, "dod", "pnr")) == [ANNA, BENT]


def test_a_column_may_be_in_the_name_of_a_hive_folder(tmp_path: Path) -> None:
    folder = tmp_path / "bef" / "referencetid=2023-12-31"
    parquet(folder, "bef", referencetid=None)

    assert check(tmp_path, ["bef"]) == []
    assert column(tmp_path, "bef", "referencetid") == [date(2023, 12, 31)] * 2


def test_a_folder_may_be_called_like_a_file_as_spark_does(tmp_path: Path) -> None:
    parquet(tmp_path / "dod.parquet", "dod").rename(tmp_path / "dod.parquet" / "part-0.parquet")

    assert column(tmp_path, "dod", "pnr") == [ANNA]


def test_hidden_files_are_passed_over(tmp_path: Path) -> None:
    parquet(tmp_path / "dod", "dod")
    (tmp_path / "dod" / "_SUCCESS.csv").write_text("")
    (tmp_path / "dod" / ".dod.parquet").write_text("")

    assert check(tmp_path, ["dod"]) == []


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_the_delimiter_is_found(delimiter: str, tmp_path: Path) -> None:
    csv(tmp_path, "dod", f"pnr;doddato\n{ANNA};2024-05-01\n".replace(";", delimiter))

    assert read(tmp_path, "dod") == [{"pnr": ANNA, "doddato": date(2024, 5, 1)}]


@pytest.mark.parametrize(
    "text",
    [
        f"\ufeffpnr;doddato\n{ANNA};2024-05-01\n",
        f"pnr;doddato\r\n{ANNA};2024-05-01\r\n",
        f'"pnr";"doddato"\n"{ANNA}";"2024-05-01"\n',
        f"pnr;doddato\n{ANNA};2024-05-01",
        f"pnr;doddato\n{ANNA};2024-05-01\n\n",
        f" pnr ; doddato\n {ANNA} ; 2024-05-01 \n",
        f'pnr;note;doddato\n{ANNA};"two ""quoted""\nlines; æøå";2024-05-01\n',
    ],
    ids=["BOM", "CRLF", "quotes", "no last newline", "an empty last line", "spaces", "text"],
)
def test_a_csv_may_be_written_in_many_ways(text: str, tmp_path: Path) -> None:
    csv(tmp_path, "dod", text)

    assert check(tmp_path, ["dod"]) == []
    assert read(tmp_path, "dod") == [{"pnr": ANNA, "doddato": date(2024, 5, 1)}]


@pytest.mark.parametrize(
    "written",
    [
        "2024-05-01",
        "2024-05-01 00:00:00",
        "20240501",
        "01-05-2024",
        "1-5-2024",
        "01.05.2024",
        "01/05/2024",
        "01MAY2024",
        "01maj2024",
    ],
)
def test_a_date_may_be_written_in_many_forms(written: str, tmp_path: Path) -> None:
    csv(tmp_path, "dod", f"pnr;doddato\n{ANNA};{written}\n")

    assert check(tmp_path, ["dod"]) == []
    assert column(tmp_path, "dod", "doddato") == [date(2024, 5, 1)]


@pytest.mark.parametrize(
    "values",
    [
        pa.array([date(2024, 5, 1)], pa.date64()),
        pa.array([datetime(2024, 5, 1)], pa.timestamp("ns")),
        pa.array([20240501]),
        pa.array([20240501.0]),
        pa.array(["2024-05-01"]).dictionary_encode(),
    ],
    ids=lambda values: str(values.type),
)
def test_a_date_may_have_many_types_in_parquet(values: pa.Array, tmp_path: Path) -> None:
    parquet(tmp_path, "dod", doddato=values)

    assert check(tmp_path, ["dod"]) == []
    assert column(tmp_path, "dod", "doddato") == [date(2024, 5, 1)]


@pytest.mark.parametrize(
    "start",
    [["08:30", "8:30"], ["08:30:00", "08:30:00.5"], ["30600", "30600"], [30600, 30600],
     [30600.0, 30600.0], [time(8, 30), time(8, 30)]],
    ids=str,
)  # fmt: skip
def test_a_time_of_day_may_be_written_in_many_forms(start: list[object], tmp_path: Path) -> None:
    parquet(tmp_path, "kontakter", tidspunkt_start=start)

    assert check(tmp_path, ["kontakter"]) == []
    assert column(tmp_path, "kontakter", "tidspunkt_start") == ["08:30:00"] * 2


@pytest.mark.parametrize(
    ("written", "read_as"),
    [("1,5", 1.5), ("1.5", 1.5), ("1.234,5", 1234.5), ("-2", -2.0), (".", None), ("", None)],
)
def test_a_number_may_have_a_danish_comma(
    written: str, read_as: float | None, tmp_path: Path
) -> None:
    csv(tmp_path, "aefv", f"pnr;haend_mdr;perpl_vis;prahj_vis\n{ANNA};202401;{written};0\n")

    assert check(tmp_path, ["aefv"]) == []
    assert column(tmp_path, "aefv", "perpl_vis") == [read_as]


@pytest.mark.parametrize(
    ("table", "name", "written", "read_as"),
    [
        ("bef", "kom", [101, 751], ["101", "751"]),
        ("bef", "kom", ["0101", "411"], ["101", "411"]),
        ("bef", "kom", ["101", "955"], ["101", "955"]),
        ("bef", "koen", [2.0, 1.0], [2, 1]),
        ("bef", "koen", ["2", " 1"], [2, 1]),
        ("sssy", "honuge", [501], ["0501"]),
        ("sssy", "honuge", ["501"], ["0501"]),
        ("sssy", "speciale", [800101.0], ["800101"]),
        ("kontakter", "aktionsdiagnose", ["dj441", None], ["DJ441", None]),
        ("kontakter", "hovedspeciale_ans", ["Psykiatri", " "], ["psykiatri", None]),
        ("diagnoser", "senere_afkraeftet", ["JA", "nej"], ["Ja", "Nej"]),
        ("lmdb", "atc", [None], [None]),
    ],
)
def test_codes_are_put_in_their_canonical_form(
    table: str, name: str, written: list[object], read_as: list[object], tmp_path: Path
) -> None:
    parquet(tmp_path, table, **{name: written})

    assert check(tmp_path, [table]) == []
    assert column(tmp_path, table, name) == read_as


def test_a_column_of_nothing_is_read_as_empty(tmp_path: Path) -> None:
    parquet(tmp_path, "plejehjem", d_fraflyt_dato=pa.nulls(1))

    assert check(tmp_path, ["plejehjem"]) == []
    assert column(tmp_path, "plejehjem", "d_fraflyt_dato") == [None]


@pytest.mark.parametrize("key", ["0101011234", "A7f9c0", "010107KA12", "6101011234"])
def test_any_key_is_taken_as_it_is(key: str, tmp_path: Path) -> None:
    parquet(tmp_path, "dod", pnr=[key])

    assert check(tmp_path, ["dod"]) == []
    assert column(tmp_path, "dod", "pnr") == [key]


def test_a_value_that_cannot_be_converted_never_stops_a_query(tmp_path: Path) -> None:
    columns = {
        name: [f"{value}?" for value in values] for name, values in GOOD["kontakter"].items()
    }
    parquet(tmp_path, "kontakter", **columns)

    rows = read(tmp_path, "kontakter")

    assert [row["start_ts"] for row in rows] == [None, None]


def test_a_register_that_is_not_there_is_bad_input(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="dod"), Database() as db:
        open_registers(db, tmp_path, ["dod"])


def test_a_folder_that_is_not_there_is_bad_input(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="mappen findes ikke"), Database() as db:
        open_registers(db, tmp_path / "no", ["dod"])


def test_lines_of_one_register_are_not_told_of_another(tmp_path: Path) -> None:
    csv(tmp_path, "dod", f"pnr;doddato\n{ANNA};no\n{BENT};2024-01-01;3\n")
    csv(tmp_path, "aehjsp", f"pnr;hjemsygep_dato\n{ANNA};no\n")

    faults = check(tmp_path, ["dod", "aehjsp"])

    assert [fault.where.split(",")[0] for fault in faults] == ["dod", "dod", "aehjsp"]
