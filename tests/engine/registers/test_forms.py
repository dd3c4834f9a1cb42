"""LPR2, LPR_A and LPR3_F side by side: one contact is one contact, one stay is one stay."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from klynge.engine.backends.duckdb import Database
from klynge.engine.registers.check import check
from klynge.engine.registers.reader import open_registers
from klynge.engine.spine import models, running
from klynge.engine.spine.models import columns_of
from klynge.engine.store.opening import open_store
from klynge.engine.store.pieces import Store
from klynge.engine.store.prepare import deliveries, prepare
from klynge.engine.store.work import Work
from klynge.structure import Geography
from tests.engine.people import Person, write_registers
from tests.engine.registers.extracts import MARK

ANNA, BENT = "6101000000", "6101000001"
END = datetime(2021, 1, 1)
MIDNIGHT = datetime(2019, 2, 3)
YEARS = (2018, 2019, 2020)
READ = ("contacts", "stays", "diagnoses", "gp_weeks")

Row = Mapping[str, Any]


def lpr2(key: str, person: str, start: str, end: str = "", **more: Any) -> Row:
    """An acute inpatient contact of LPR2; times are "2018-05-01 14"."""
    (day, _, hour), (out, _, out_hour) = start.partition(" "), end.partition(" ")
    return {
        "RECNUM": key,
        "PNR": person,
        "C_ADIAG": "DJ189",
        "C_PATTYPE": "0",
        "C_INDM": "1",
        "D_INDDTO": date.fromisoformat(day),
        "V_INDTIME": int(hour) if hour else None,
        "D_UDDTO": date.fromisoformat(out) if out else None,
        "V_UDTIME": int(out_hour) if out_hour else None,
        **more,
    }


def psychiatric(key: str, person: str, start: str, end: str = "") -> Row:
    """The same in psychiatry, whose keys have other names."""
    row = dict(lpr2(key, person, start, end))
    return {"k_recnum": row.pop("RECNUM"), "v_cpr": row.pop("PNR"), **row}


def lpr_a(key: str, person: str, start: str, end: str = "", **more: Any) -> Row:
    """An acute contact in person in the form LPR_A."""
    return {
        "dw_ek_kontakt": key,
        "pnr": person,
        "kont_starttidspunkt": datetime.fromisoformat(start),
        "kont_sluttidspunkt": datetime.fromisoformat(end) if end else None,
        "adiag": "DJ189",
        "kont_aarsag": "ALCC01",
        "prioritet": "ATA1",
        "kont_type": "ALCA00",
        "kont_ans_hovedspec": "Intern medicin",
        "lprindberetningssystem": "LPR3",
        **more,
    }


def diagnosis(key: str, code: str, name: str = "RECNUM") -> Row:
    return {name: key, "C_DIAG": code, "C_DIAGTYPE": "A"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Registers of Anna and Bent, whose contacts are put there by the test."""
    made = tmp_path / "registers"
    made.mkdir()
    write_registers(made, [Person(), Person()], years=YEARS)
    for table in ("kontakter", "diagnoser"):
        (made / f"{table}.parquet").unlink()
    return made


def put(folder: Path, table: str, *rows: Row) -> None:
    schema = None
    if any(value is None for value in rows[0].values()):
        schema = pa.Table.from_pylist([{**rows[0], **_typed(rows[0])}]).schema
    pq.write_table(pa.Table.from_pylist(list(rows), schema=schema), folder / f"{table}.parquet")


def _typed(row: Row) -> Row:
    """Something of the right type for what is missing."""
    whole = {"V_INDTIME": 0, "V_UDTIME": 0, "D_UDDTO": date(2018, 1, 1), "C_INDM": "1"}
    return {
        name: whole.get(name, datetime(2018, 1, 1)) for name, value in row.items() if value is None
    }


def lpr3(folder: Path, *people: Person) -> None:
    """LPR3_F of Anna, then Bent."""
    beside = folder.parent / "lpr3"
    beside.mkdir()
    write_registers(beside, people)
    for table in ("kontakter", "diagnoser"):
        (beside / f"{table}.parquet").replace(folder / f"{table}.parquet")


@contextmanager
def by_reading(folder: Path) -> Iterator[Database]:
    with Database(threads=1) as db:
        needed = models.needed_for(READ)
        open_registers(db, folder, models.registers_of(needed))
        running.make(db, needed, models.Parameters(END), kommuner=Geography.of_pack().kommuner)
        yield db


@contextmanager
def by_the_store(folder: Path) -> Iterator[Database]:
    needed = models.needed_for(READ)
    tables = models.registers_of(needed)
    with Work(folder.parent / "work").held() as work, Database(threads=1) as db:
        store = Store.open(work)
        bring_up(store, folder, tables)
        open_store(db, store, tables)
        running.make(db, needed, models.Parameters(END), kommuner=Geography.of_pack().kommuner)
        yield db


def bring_up(store: Store, folder: Path, tables: Sequence[str], told: Any = print) -> None:
    prepare(
        store,
        deliveries(store, folder, tables),
        {table: columns_of(table) for table in tables},
        memory="500MB",
        threads=1,
        tell=told,
    )


WAYS = pytest.mark.parametrize("spine", [by_reading, by_the_store])


@WAYS
def test_lpr2_gives_contacts_stays_and_diagnoses(spine: Any, folder: Path) -> None:
    put(folder, "LPR_ADM", lpr2("1", ANNA, "2018-05-01 14", "2018-05-03 09", V_INDMINUT=30))
    put(folder, "LPR_DIAG", diagnosis("1", "DJ441"))
    assert check(folder, ["kontakter", "diagnoser"]) == []
    with spine(folder) as db:
        [stay] = db.fetchall("SELECT started_at, ended_at, acute, domain, diagnosis FROM stays")
        assert stay == (
            datetime(2018, 5, 1, 14, 30),
            datetime(2018, 5, 3, 9, 59),
            True,
            "somatik",
            "DJ189",
        )
        assert db.fetchall("SELECT recorded_on, code FROM diagnoses") == [
            (date(2018, 5, 1), "DJ441")
        ]


@WAYS
def test_psychiatric_keys_are_their_own(spine: Any, folder: Path) -> None:
    """Record 1 of psychiatry is another contact than record 1 of somatics."""
    put(folder, "lpr_adm", lpr2("1", ANNA, "2018-05-01 14", "2018-05-03 09"))
    put(folder, "lpr_diag", diagnosis("1", "DJ441"))
    put(folder, "t_psyk_adm", psychiatric("1", BENT, "2018-06-01 10", "2018-06-20 10"))
    put(folder, "t_psyk_diag", diagnosis("1", "DF209", "v_recnum"))
    assert check(folder, ["kontakter", "diagnoser"]) == []
    with spine(folder) as db:
        told = db.fetchall(
            "SELECT domain, code FROM stays JOIN diagnoses USING (pid) ORDER BY domain"
        )
        assert told == [("psykiatri", "DF209"), ("somatik", "DJ441")]


@WAYS
def test_a_stay_runs_on_over_the_change_of_february_2019(spine: Any, folder: Path) -> None:
    """Open in LPR2 at its end, and carried over to LPR3 that day."""
    put(folder, "lpr_adm", lpr2("1", ANNA, "2019-01-30 14"))
    put(folder, "lpr_diag", diagnosis("1", "DJ441"))
    lpr3(folder, Person().with_stay("2019-02-03 00:00", "2019-02-08 10:00", acute=False))
    with spine(folder) as db:
        assert db.fetchall("SELECT started_at, ended_at, acute, contacts FROM stays") == [
            (datetime(2019, 1, 30, 14), datetime(2019, 2, 8, 10), True, 2)
        ]


@WAYS
def test_what_was_carried_over_begins_when_lpr3_did(spine: Any, folder: Path) -> None:
    put(folder, "lpr_adm", lpr2("1", ANNA, "2019-01-30 14", "2019-02-02"))
    put(folder, "lpr_diag", diagnosis("1", "DJ441"))
    lpr3(folder, Person().with_stay("2019-02-03 09:00", "2019-02-08 10:00"))
    rows = pq.read_table(folder / "kontakter.parquet")
    with spine(folder) as db:
        assert db.fetchall("SELECT count(*) FROM stays") == [(2,)]
    carried = rows.append_column("henvisningsmaade", pa.array(["ALDA99"]))
    pq.write_table(carried, folder / "kontakter.parquet")
    with spine(folder) as db:
        assert db.fetchall("SELECT ended_at FROM stays") == [(datetime(2019, 2, 8, 10),)]


@WAYS
def test_a_contact_open_for_years_in_lpr2_was_forgotten(spine: Any, folder: Path) -> None:
    put(
        folder,
        "t_psyk_adm",
        psychiatric("1", ANNA, "2015-06-01 10"),
        psychiatric("2", BENT, "2018-12-01 10"),
    )
    put(folder, "t_psyk_diag", diagnosis("1", "DF209", "v_recnum"))
    with spine(folder) as db:
        assert db.fetchall("SELECT started_at, ended_at, running FROM stays") == [
            (datetime(2018, 12, 1, 10), MIDNIGHT, False)
        ]
        assert db.fetchall("SELECT code FROM diagnoses") == [("DF209",)]


@WAYS
def test_an_outpatient_course_is_no_contact_but_its_diagnosis_counts(
    spine: Any, folder: Path
) -> None:
    course = lpr2("1", ANNA, "2017-05-01", "2018-05-03", C_PATTYPE="2", C_INDM="2")
    put(folder, "lpr_adm", course, lpr2("2", ANNA, "2018-01-01 12", "2018-01-02 12"))
    put(folder, "lpr_diag", diagnosis("1", "DJ441"))
    with spine(folder) as db:
        assert db.fetchall("SELECT contacts, started_at FROM stays") == [
            (1, datetime(2018, 1, 1, 12))
        ]
        assert db.fetchall("SELECT recorded_on FROM diagnoses") == [(date(2017, 5, 1),)]


@WAYS
def test_an_unknown_hour_is_the_whole_of_its_day(spine: Any, folder: Path) -> None:
    put(folder, "lpr_adm", lpr2("1", ANNA, "2018-05-01 99", "2018-05-01"))
    put(folder, "lpr_diag", diagnosis("1", "DJ441"))
    with spine(folder) as db:
        assert db.fetchall("SELECT started_at, ended_at, admission FROM stays") == [
            (datetime(2018, 5, 1), datetime(2018, 5, 2), True)
        ]


@WAYS
def test_who_left_in_the_hour_they_came_did_not_leave_before(spine: Any, folder: Path) -> None:
    put(folder, "lpr_adm", lpr2("1", ANNA, "2018-05-01 14", "2018-05-01 14", V_INDMINUT=40))
    put(folder, "lpr_diag", diagnosis("1", "DJ441"))
    with spine(folder) as db:
        assert db.fetchall("SELECT ended_at FROM stays") == [(datetime(2018, 5, 1, 14, 59),)]


@WAYS
def test_what_is_delivered_in_two_forms_counts_once(spine: Any, folder: Path) -> None:
    """The same contact in LPR3_F, LPR_A and LPR2, and one in LPR_A alone; diagnoses too."""
    put(folder, "lpr_adm", lpr2("77", ANNA, "2018-05-01 14", "2018-05-03 09"))
    put(folder, "lpr_diag", diagnosis("77", "DJ441"))
    put(
        folder,
        "lpr_a_kontakt",
        lpr_a("000000000000000077", ANNA, "2018-05-01 14:30", "2018-05-03 09:15"),
        lpr_a("000000000000000078", BENT, "2020-05-01 14:30", "2020-05-03 09:15"),
        lpr_a("000000000000000079", BENT, "2020-07-01 14:30", "2020-07-03 09:15"),
    )
    told = {"diag_kode": "DJ441", "diag_kode_type": "A", "senere_afkraeftet": "Nej"}
    keys = ("000000000000000077", "000000000000000078", "000000000000000079")
    put(folder, "lpr_a_diagnose", *({"dw_ek_kontakt": key, **told} for key in keys))
    lpr3(folder, Person(), Person().with_stay("2020-05-01 14:45").with_diagnosis("DE119"))
    assert check(folder, ["kontakter", "diagnoser"]) == []
    with spine(folder) as db:
        contacts = db.fetchall("SELECT started_at FROM contacts ORDER BY 1")
        assert contacts == [
            (datetime(2018, 5, 1, 14, 30),),
            (datetime(2020, 5, 1, 14, 45),),
            (datetime(2020, 7, 1, 14, 30),),
        ]
        fates = "SELECT fate, count(*) FROM {} GROUP BY 1 ORDER BY 1"
        assert db.fetchall(fates.format("contact_rows")) == [
            ("in_newer_form", 2),
            ("not_physical", 1),
            ("used", 3),
        ]
        assert db.fetchall(fates.format("diagnosis_rows")) == [("in_newer_form", 2), ("used", 3)]


def test_a_form_is_checked_like_any_register(folder: Path) -> None:
    put(
        folder,
        "lpr_adm",
        lpr2(MARK, ANNA, "2018-05-01 14", "2018-04-03 09"),
        lpr2(MARK, ANNA, "2018-05-01 14", "2018-06-03 09", C_PATTYPE="7"),
    )
    put(folder, "lpr_diag", diagnosis("1", "J44"))
    words = "\n".join(map(str, check(folder, ["kontakter", "diagnoser"])))
    assert "lpr_adm, recnum" in words
    assert "1 række har d_uddto før d_inddto" in words
    assert "lpr_adm, kolonnen c_pattype" in words
    assert MARK not in words


def test_numbers_in_one_form_and_text_in_another_are_in_order(folder: Path) -> None:
    """Each form numbers its contacts by itself."""
    put(folder, "lpr_a_kontakt", lpr_a("000000000000000077", ANNA, "2018-05-01 14:30"))
    put(
        folder,
        "lpr_a_diagnose",
        {"dw_ek_kontakt": "000000000000000077", "diag_kode": "DJ441", "diag_kode_type": "A"}
        | {"senere_afkraeftet": "Nej"},
    )
    lpr3(folder, Person().with_stay("2020-05-01"))
    rows = pq.read_table(folder / "kontakter.parquet")
    at = rows.schema.get_field_index("dw_ek_kontakt")
    pq.write_table(
        rows.set_column(at, "dw_ek_kontakt", pa.array([1])), folder / "kontakter.parquet"
    )
    put(
        folder,
        "diagnoser",
        {"dw_ek_kontakt": 1, "diagnosekode": "DJ44", "diagnosetype": "A"}
        | {"senere_afkraeftet": "Nej"},
    )
    assert check(folder, ["kontakter", "diagnoser"]) == []


def test_moments_as_text_are_read_in_their_forms(folder: Path) -> None:
    head = "dw_ek_kontakt;pnr;kont_starttidspunkt;kont_sluttidspunkt;adiag;prioritet;kont_type;"
    line = "{};" + ANNA + ";{};;DJ44;ATA1;ALCA00;intern medicin\n"
    forms = ("2020-05-01 14:30:00", "2020-05-01T14:30", "01MAJ2020:14:30:00", "1-5-2020 14:30")
    for at, form in enumerate(forms):
        text = head + "kont_ans_hovedspec\n" + line.format(at, form)
        (folder / "lpr_a_kontakt.csv").write_text(text, encoding="utf-8")
        assert check(folder, ["lpr_a_kontakt"]) == []
        with Database(threads=1) as db:
            open_registers(db, folder, ["kontakter"])
            assert db.fetchall("SELECT start_ts FROM reg_kontakter") == [
                (datetime(2020, 5, 1, 14, 30),)
            ]
    (folder / "lpr_a_kontakt.csv").write_text(
        head + "kont_ans_hovedspec\n" + "".join(map(line.format, range(4), forms)), encoding="utf-8"
    )
    assert "skrevet i 3 former" in str(check(folder, ["lpr_a_kontakt"])[0])
    (folder / "lpr_a_kontakt.csv").write_text(
        head + "kont_ans_hovedspec\n" + line.format(1, "2020-05-01"), encoding="utf-8"
    )
    assert "kan ikke læses som dag og klokkeslæt" in str(check(folder, ["lpr_a_kontakt"])[0])


def test_a_form_that_is_gone_takes_its_rows_with_it(folder: Path) -> None:
    put(folder, "lpr_adm", lpr2("1", ANNA, "2018-05-01 14", "2018-05-03 09"))
    put(folder, "lpr_diag", diagnosis("1", "DJ441"))
    lpr3(folder, Person().with_stay("2020-05-01"))
    tables = models.registers_of(models.needed_for(READ))
    with Work(folder.parent / "work").held() as work:
        store = Store.open(work)
        bring_up(store, folder, tables)
        assert sum(piece.rows for piece in store.of("kontakter")) == 2
        (folder / "lpr_adm.parquet").unlink()
        told: list[str] = []
        bring_up(store, folder, tables, told.append)
        assert sum(piece.rows for piece in store.of("kontakter")) == 1
        # Its diagnoses have lost their contacts, and are made again without.
        assert told == ["  lpr_diag"]


@WAYS
def test_the_year_in_both_sysi_and_sssy_counts_once(spine: Any, folder: Path) -> None:
    claim = {"pnr": ANNA, "speciale": "800101", "kontakt": 1}
    put(folder, "sssy", {**claim, "honuge": "0510"}, {**claim, "honuge": "0511"})
    put(folder, "SYSI", {**claim, "honuge": "0510"}, {**claim, "honuge": "0452"})
    assert check(folder, ["sssy"]) == []
    put(folder, "lpr_adm", lpr2("1", ANNA, "2018-05-01 14"))
    put(folder, "lpr_diag", diagnosis("1", "DJ441"))
    with spine(folder) as db:
        weeks = db.fetchall("SELECT year, week FROM gp_weeks ORDER BY 1, 2")
        assert weeks == [(2004, 52), (2005, 10), (2005, 11)]
