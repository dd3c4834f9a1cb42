"""What the invented registers say about one person hangs together."""

from __future__ import annotations

from datetime import date

import pytest

from klynge.engine.backends.duckdb import Database

pytestmark = pytest.mark.xdist_group("synth")

KEYS = {
    "bef": "pnr", "dod": "pnr", "kontakter": "cpr", "sssy": "pnr", "lmdb": "pnr12", "aefv": "pnr",
    "aehjsp": "pnr", "plejehjem": "v_pnr", "genoptraeningsplaner": "cpr",
}  # fmt: skip


def one(db: Database, sql: str) -> object:
    return db.fetchall(sql)[0][0]


@pytest.mark.parametrize(("table", "key"), KEYS.items())
def test_no_number_can_be_a_real_cpr_number(db: Database, table: str, key: str) -> None:
    impossible = "regexp_full_match(key, '(6[1-9]|[78][0-9]|9[01])(0[1-9]|1[0-2])[0-9]{6}')"

    assert one(db, f"SELECT count(*) FROM (SELECT {key} AS key FROM reg_{table})") > 0
    assert one(
        db, f"SELECT count(*) FROM (SELECT {key} AS key FROM reg_{table}) WHERE NOT {impossible}"
    ) == 0  # fmt: skip


def test_the_last_digit_follows_sex_and_the_rest_the_day_of_birth(db: Database) -> None:
    right = (
        "CAST(substr(pnr, 10, 1) AS INTEGER) % 2 = koen % 2 AND substr(pnr, 3, 4) ="
        " strftime(foed_dag, '%m%y') AND CAST(substr(pnr, 1, 2) AS INTEGER) = day(foed_dag) + 60"
        " AND (substr(pnr, 7, 1) >= '4') = (year(foed_dag) >= 2000)"
    )

    assert one(db, f"SELECT count(*) FROM reg_bef WHERE NOT ({right})") == 0


def test_a_person_has_one_sex_and_one_birthday(db: Database) -> None:
    assert one(db, "SELECT count(DISTINCT pnr) FROM reg_bef") == one(
        db, "SELECT count(*) FROM (SELECT DISTINCT pnr, koen, foed_dag FROM reg_bef)"
    )


def test_the_population_is_what_was_asked_for_at_the_first_snapshot(db: Database) -> None:
    assert db.fetchall(
        "SELECT referencetid, count(*) FROM reg_bef GROUP BY 1 ORDER BY 1 LIMIT 1"
    ) == [(date(2020, 12, 31), 5_000)]


def test_there_is_a_snapshot_at_the_end_of_each_year(db: Database) -> None:
    assert [
        row[0] for row in db.fetchall("SELECT DISTINCT referencetid FROM reg_bef ORDER BY 1")
    ] == [date(year, 12, 31) for year in range(2020, 2024)]


def test_nobody_resides_after_death_or_before_birth(db: Database) -> None:
    assert (
        one(
            db,
            "SELECT count(*) FROM reg_bef JOIN reg_dod USING (pnr) WHERE doddato <= referencetid",
        )
        == 0
    )
    assert one(db, "SELECT count(*) FROM reg_bef WHERE foed_dag > referencetid") == 0


def test_people_move_come_leave_are_born_and_die(db: Database) -> None:
    moved, came, left = db.fetchall("""
        SELECT count(*) FILTER (kom <> before),
               count(*) FILTER (before IS NULL AND year(referencetid) > 2020),
               count(*) FILTER (after IS NULL AND year(referencetid) < 2023
                                AND pnr NOT IN (SELECT pnr FROM reg_dod))
        FROM (SELECT *, lag(kom) OVER w AS before, lead(kom) OVER w AS after FROM reg_bef
              WINDOW w AS (PARTITION BY pnr ORDER BY referencetid))
    """)[0]

    assert min(moved, came, left) > 50
    assert one(db, "SELECT count(*) FROM reg_bef WHERE year(foed_dag) = 2022") > 50
    assert one(db, "SELECT count(*) FROM reg_dod") > 50


@pytest.mark.parametrize(
    ("table", "key", "day"),
    [
        ("kontakter", "cpr", "dato_start"),
        ("kontakter", "cpr", "dato_slut"),
        ("lmdb", "pnr12", "eksd"),
        ("aehjsp", "pnr", "hjemsygep_dato"),
        ("plejehjem", "v_pnr", "d_fraflyt_dato"),
        ("genoptraeningsplaner", "cpr", "plan_dato"),
        ("genoptraeningsplaner", "cpr", "foerste_tilbud_dato"),
    ],
)
def test_nothing_happens_to_the_dead(db: Database, table: str, key: str, day: str) -> None:
    assert (
        one(
            db,
            f"SELECT count(*) FROM reg_{table} t JOIN reg_dod d ON d.pnr = t.{key}"
            f" WHERE t.{day} > doddato",
        )
        == 0
    )


def test_only_claims_may_be_a_little_late(db: Database) -> None:
    late = one(db, """
        SELECT max(strptime('20' || substr(honuge, 1, 2) || substr(honuge, 3) || '1', '%G%V%u')
                   - doddato) FROM reg_sssy JOIN reg_dod USING (pnr)
    """)  # fmt: skip

    assert late is None or late.days <= 14


def test_every_diagnosis_has_its_contact_and_every_contact_its_main_diagnosis(db: Database) -> None:
    assert (
        one(
            db,
            "SELECT count(*) FROM reg_diagnoser d ANTI JOIN reg_kontakter k USING (dw_ek_kontakt)",
        )
        == 0
    )
    assert one(db, """
        SELECT count(*) FROM reg_kontakter k ANTI JOIN reg_diagnoser d
          ON d.dw_ek_kontakt = k.dw_ek_kontakt AND diagnosetype = 'A'
          AND diagnosekode = aktionsdiagnose
    """) == 0  # fmt: skip


def test_a_few_contacts_are_of_people_who_never_were_residents(db: Database) -> None:
    share = one(db, "SELECT avg(CASE WHEN b.pnr IS NULL THEN 1 ELSE 0 END) FROM reg_kontakter k"
                    " LEFT JOIN (SELECT DISTINCT pnr FROM reg_bef) b ON b.pnr = k.cpr")  # fmt: skip

    assert 0.0002 < share < 0.005


@pytest.mark.parametrize(
    "table", ["sssy", "lmdb", "aefv", "aehjsp", "plejehjem", "genoptraeningsplaner", "dod"]
)
def test_the_other_tables_know_residents_only(db: Database, table: str) -> None:
    """All that is missing: who came, or was born, and left again between two snapshots."""
    missing, persons = db.fetchall(f"""
        SELECT count(DISTINCT t.key) FILTER (b.pnr IS NULL), count(DISTINCT t.key)
        FROM (SELECT {KEYS[table]} AS key FROM reg_{table}) t
        LEFT JOIN (SELECT DISTINCT pnr FROM reg_bef) b ON b.pnr = t.key
    """)[0]

    assert missing <= max(1, 0.02 * persons)


def test_nothing_is_after_the_end_of_the_extract(db: Database) -> None:
    for table, day in (
        ("kontakter", "dato_start"), ("kontakter", "dato_slut"), ("dod", "doddato"),
        ("lmdb", "eksd"), ("aehjsp", "hjemsygep_dato"), ("plejehjem", "d_tilflyt_dato"),
        ("plejehjem", "d_fraflyt_dato"), ("genoptraeningsplaner", "plan_dato"),
    ):  # fmt: skip
        assert one(db, f"SELECT max({day}) FROM reg_{table}") <= date(2023, 12, 31), (table, day)
    assert one(db, "SELECT max(haend_mdr) FROM reg_aefv") == "202312"


def test_chronic_conditions_have_years_of_history_before_the_first_year(db: Database) -> None:
    assert one(db, "SELECT min(dato_start) FROM reg_kontakter") < date(2016, 6, 1)
    assert one(db, "SELECT min(eksd) FROM reg_lmdb WHERE atc LIKE 'A10%'") < date(2016, 6, 1)


def test_contacts_of_a_stay_follow_with_gaps_of_up_to_exactly_four_hours(db: Database) -> None:
    gaps = dict(db.fetchall("""
        SELECT CASE WHEN gap < 0 THEN 'overlap' WHEN gap = 0 THEN 'none' WHEN gap < 240 THEN 'short'
               WHEN gap = 240 THEN 'four' ELSE 'apart' END, count(*)
        FROM (SELECT date_diff('minute', lag(slut_ts) OVER (PARTITION BY cpr ORDER BY start_ts),
                               start_ts) AS gap
              FROM reg_kontakter WHERE kontakttype = 'ALCA00')
        WHERE gap IS NOT NULL GROUP BY 1
    """))  # fmt: skip

    assert set(gaps) == {"overlap", "none", "short", "four", "apart"}


def test_contacts_run_over_midnight_and_new_year(db: Database) -> None:
    assert one(db, "SELECT count(*) FROM reg_kontakter WHERE dato_slut > dato_start") > 500
    assert (
        one(db, "SELECT count(*) FROM reg_kontakter WHERE year(dato_slut) > year(dato_start)") > 5
    )


def test_contacts_are_still_open_when_the_extract_ends(db: Database) -> None:
    still = dict(db.fetchall(
        "SELECT hovedspeciale_ans LIKE '%psykiatri', count(*) FROM reg_kontakter"
        " WHERE slut_ts IS NULL GROUP BY 1"
    ))  # fmt: skip

    assert still[True] > 0
    assert still[False] > 0


def test_acute_contacts_have_subtypes_and_planned_ones_none(db: Database) -> None:
    found = {row[0] for row in db.fetchall("SELECT DISTINCT prioritet FROM reg_kontakter")}

    assert found == {"ATA1", "ATA11", "ATA12", "ATA3"}


def test_planned_visits_are_on_weekdays(db: Database) -> None:
    at_weekends = "isodow(dato_start) > 5 AND prioritet = 'ATA3'"

    assert one(db, f"SELECT count(*) FROM reg_kontakter WHERE {at_weekends}"
                   " AND hovedspeciale_ans = 'oftalmologi'") == 0  # fmt: skip


def test_some_diagnoses_were_taken_back(db: Database) -> None:
    share = one(
        db, "SELECT avg(CASE WHEN senere_afkraeftet = 'Ja' THEN 1 ELSE 0 END) FROM reg_diagnoser"
    )

    assert 0.005 < share < 0.015


def test_children_are_in_child_psychiatry_and_adults_are_not(db: Database) -> None:
    ages = dict(db.fetchall("""
        SELECT hovedspeciale_ans, avg(date_diff('year', foed_dag, dato_start)) FROM reg_kontakter
        JOIN (SELECT DISTINCT pnr, foed_dag FROM reg_bef) ON pnr = cpr
        WHERE hovedspeciale_ans LIKE '%psykiatri' GROUP BY 1
    """))  # fmt: skip

    assert ages["børne- og ungdomspsykiatri"] < 18
    assert ages["psykiatri"] > 30


def test_home_nursing_is_more_likely_after_a_stay_than_before_it(db: Database) -> None:
    before, after = db.fetchall("""
        SELECT count(*) FILTER (hjemsygep_dato BETWEEN dato_start - 15 AND dato_start - 1),
               count(*) FILTER (hjemsygep_dato BETWEEN dato_slut AND dato_slut + 14)
        FROM reg_kontakter JOIN reg_aehjsp ON pnr = cpr
        WHERE date_diff('hour', start_ts, slut_ts) >= 24 AND NOT hovedspeciale_ans LIKE '%psykiatri'
          AND cpr NOT IN (SELECT pnr FROM reg_dod)
    """)[0]

    assert after > 1.3 * before > 0


def test_care_home_moves_often_come_right_after_a_stay(db: Database) -> None:
    share = one(db, """
        SELECT avg(CASE WHEN EXISTS (SELECT 1 FROM reg_kontakter k WHERE k.cpr = h.v_pnr
                   AND h.d_tilflyt_dato - k.dato_slut BETWEEN 0 AND 3) THEN 1.0 ELSE 0 END)
        FROM reg_plejehjem h WHERE h.d_tilflyt_dato >= DATE '2021-01-01'
    """)  # fmt: skip

    assert share > 0.12


def test_rehabilitation_plans_follow_a_discharge(db: Database) -> None:
    assert one(db, """
        SELECT count(*) FROM reg_genoptraeningsplaner p WHERE NOT EXISTS
          (SELECT 1 FROM reg_kontakter k WHERE k.cpr = p.cpr AND k.dato_slut = p.udskrivningsdato)
    """) <= 0.01 * one(db, "SELECT count(*) FROM reg_genoptraeningsplaner")  # fmt: skip
    assert (
        one(
            db,
            "SELECT count(*) FROM reg_genoptraeningsplaner WHERE foerste_tilbud_dato < plan_dato",
        )
        == 0
    )


def test_medicine_for_a_chronic_condition_is_redeemed_again_and_again(db: Database) -> None:
    between = one(db, """
        SELECT median(days) FROM (
          SELECT eksd - lag(eksd) OVER (PARTITION BY pnr12, atc ORDER BY eksd) AS days
          FROM reg_lmdb WHERE atc LIKE 'R03BB%')
    """)  # fmt: skip

    assert 40 < between < 90


def test_care_home_residents_get_no_home_help_in_their_own_home(db: Database) -> None:
    assert one(db, """
        SELECT count(*) FROM reg_aefv JOIN reg_plejehjem ON v_pnr = pnr
        WHERE strptime(haend_mdr || '01', '%Y%m%d') > d_tilflyt_dato
          AND (d_fraflyt_dato IS NULL OR strptime(haend_mdr || '01', '%Y%m%d') < d_fraflyt_dato)
    """) == 0  # fmt: skip


def test_who_leaves_the_country_is_gone_from_the_population_until_coming_back(db: Database) -> None:
    """Nobody is in the first snapshot after leaving; whoever comes is in no snapshot before."""
    assert one(db, "SELECT count(*) FROM reg_vnds WHERE indud_kode = 'U'") > 20
    assert one(db, "SELECT count(*) FROM reg_vnds WHERE indud_kode = 'I'") > 20
    still_here = """
        SELECT count(*) FROM reg_vnds JOIN reg_bef USING (pnr)
        WHERE CASE indud_kode WHEN 'U' THEN referencetid >= haend_dato
                              ELSE referencetid < haend_dato END
    """
    assert one(db, still_here) == 0
    dead = "SELECT count(*) FROM reg_vnds JOIN reg_dod USING (pnr) WHERE haend_dato > doddato"
    assert one(db, dead) == 0
