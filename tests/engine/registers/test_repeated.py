"""Deliveries that come twice, rows without end, and tables in no order."""

from __future__ import annotations

import random
import time
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from klynge.engine.backends.duckdb import Database
from klynge.engine.registers.check import check
from klynge.engine.registers.reader import open_registers
from klynge.engine.spine import models, running
from klynge.structure import Geography
from tests.engine.people import EXTRACT_END, Person, write_registers
from tests.engine.registers import sas_file
from tests.engine.registers.extracts import ANNA, BENT, parquet
from tests.engine.registers.sas_file import Column

DAYS = [date(2024, 1, 1), date(2024, 1, 2), date(2024, 1, 3)]


def nursed(folder: Path, name: str, keys: list[str], days: list[date]) -> None:
    (folder / "aehjsp").mkdir(exist_ok=True, parents=True)
    table = pa.table({"pnr": keys, "hjemsygep_dato": days})
    pq.write_table(table, folder / "aehjsp" / name)


def told(folder: Path, register: str) -> str:
    return "\n".join(map(str, check(folder, [register])))


def test_last_month_once_more_in_another_order_is_told(tmp_path: Path) -> None:
    nursed(tmp_path, "january.parquet", [ANNA, ANNA, BENT], DAYS)
    nursed(tmp_path, "february.parquet", [BENT, ANNA, ANNA], DAYS[::-1])
    words = told(tmp_path, "aehjsp")
    assert "aehjsp/january.parquet" in words
    assert "de samme rækker som aehjsp/february.parquet" in words


def test_last_month_once_more_in_another_format_is_told(tmp_path: Path) -> None:
    nursed(tmp_path, "1.parquet", [ANNA, ANNA, BENT], DAYS)
    (tmp_path / "aehjsp" / "2.csv").write_text(
        f"pnr;hjemsygep_dato\n{ANNA};01-01-2024\n{ANNA};02-01-2024\n{BENT};03-01-2024\n"
    )
    assert "aehjsp/2.csv" in told(tmp_path, "aehjsp")
    (tmp_path / "aehjsp" / "1.parquet").unlink()
    columns = (Column("pnr", 10), Column("hjemsygep_dato", format="DATE"))
    sas_file.write(
        tmp_path / "aehjsp" / "3.sas7bdat",
        columns,
        list(zip([BENT, ANNA, ANNA], DAYS[::-1], strict=True)),
    )
    assert "aehjsp/3.sas7bdat" in told(tmp_path, "aehjsp")


def test_the_same_people_on_other_days_are_another_month(tmp_path: Path) -> None:
    nursed(tmp_path, "1.parquet", [ANNA, ANNA, BENT], DAYS)
    nursed(tmp_path, "2.parquet", [ANNA, ANNA, BENT], [date(2024, 2, 1)] * 3)
    assert told(tmp_path, "aehjsp") == ""


def test_a_month_of_contacts_that_comes_again_with_others_is_told(tmp_path: Path) -> None:
    (tmp_path / "kontakter").mkdir()
    parquet(tmp_path, "kontakter").replace(tmp_path / "kontakter" / "1.parquet")
    keys = ["000000000000000001", "000000000000000003"]
    parquet(tmp_path, "kontakter", dw_ek_kontakt=keys).replace(tmp_path / "kontakter" / "2.parquet")
    words = told(tmp_path, "kontakter")
    assert "1 nøgle står i mere end én række, i alt 2 rækker" in words


def test_a_million_duplicate_rows_are_one_fault(tmp_path: Path) -> None:
    many = 1_000_000
    parquet(tmp_path, "dod", pnr=[ANNA] * many, doddato=[date(2024, 5, 1)] * many)
    began = time.process_time()
    [fault] = check(tmp_path, ["dod"])
    assert "1 nøgle står i mere end én række, i alt 1.000.000 rækker" in fault.problem
    assert time.process_time() - began < 30


def test_a_million_duplicate_days_are_one_day(tmp_path: Path) -> None:
    write_registers(tmp_path, [Person(), Person()])
    nursed(tmp_path, "1.parquet", ["6101000000"] * 1_000_000, [date(2024, 3, 1)] * 1_000_000)
    (tmp_path / "aehjsp.parquet").unlink()
    with spine(tmp_path, "home_nursing") as db:
        assert db.fetchall("SELECT count(*) FROM home_nursing") == [(1,)]


@pytest.mark.parametrize("seed", [1, 2])
def test_a_table_in_no_order_gives_the_same(seed: int, tmp_path: Path) -> None:
    people = [
        Person().with_stay("2024-03-01").with_stay("2024-03-03 13:00").with_diagnosis("DJ44"),
        Person().with_stay("2023-12-31 20:00", "2024-01-01 11:00").with_gp("2410").with_gp("2411"),
        Person(died="2024-05-01").with_stay("2024-04-30 10:00", "2024-05-01 12:00"),
    ] * 5
    write_registers(tmp_path, people)
    expected = everything(tmp_path)
    for file in tmp_path.glob("*.parquet"):
        rows = pq.read_table(file)
        order = list(range(rows.num_rows))
        random.Random(seed).shuffle(order)
        pq.write_table(rows.take(pa.array(order, pa.int64())), file, row_group_size=4)
    assert everything(tmp_path) == expected


def test_a_stay_over_the_turn_of_a_century_has_its_nights(tmp_path: Path) -> None:
    """1999 to 2000, which was a leap year, and 2100, which is none, were somebody to ask then."""
    century = Person(born="1950-01-01").with_stay("1999-12-31 22:00", "2000-03-01 08:00")
    later = Person(born="1950-01-01").with_stay("2099-12-31 22:00", "2100-03-01 08:00")
    write_registers(tmp_path, [century, later])
    with Database(threads=1) as db:
        needed = models.needed_for(["contacts", "stays"])
        open_registers(db, tmp_path, models.registers_of(needed))
        running.make(
            db,
            needed,
            models.Parameters(datetime(2101, 1, 1)),
            kommuner=Geography.of_pack().kommuner,
        )
        assert db.fetchall("SELECT nights FROM contacts ORDER BY started_at") == [(61,), (60,)]


class spine:
    """A database with some tables of the spine over the registers in a folder."""

    def __init__(self, folder: Path, *tables: str) -> None:
        self.folder, self.needed = folder, models.needed_for(tables)
        self.db = Database(threads=1)

    def __enter__(self) -> Database:
        open_registers(self.db, self.folder, models.registers_of(self.needed))
        kommuner = Geography.of_pack().kommuner
        running.make(self.db, self.needed, models.Parameters(EXTRACT_END), kommuner=kommuner)
        return self.db

    def __exit__(self, *_error: object) -> None:
        self.db.close()


def everything(folder: Path) -> list[list[tuple[object, ...]]]:
    tables = ("residents", "contacts", "stays", "diagnoses", "gp_weeks", "deaths")
    with spine(folder, *tables) as db:
        return [db.fetchall(f"SELECT * FROM {table} ORDER BY ALL") for table in tables]
