"""Count each calibrated rate in a folder of registers, with its sampling error."""

# ruff: noqa: S608  (the SQL is this package's own; nothing of the input is put into it)
from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from klynge.engine.backends.duckdb import Database
from klynge.engine.registers.reader import open_registers
from klynge.engine.registers.synth.calibration.rates import RATES, Rate
from klynge.engine.registers.synth.reference import denmark

GROUPS = 40
_TABLES = (
    "bef", "dod", "kontakter", "diagnoser", "sssy", "lmdb", "aefv", "aehjsp", "plejehjem",
    "genoptraeningsplaner",
)  # fmt: skip


@dataclass(frozen=True)
class Measured:
    """One rate as found.

    value: what the registers give, in the rate's unit. error: its standard error, from leaving
    out one fortieth of the persons at a time (jackknife), so that people with many events weigh
    as they should.
    """

    rate: Rate
    value: float
    error: float

    @property
    def ratio(self) -> float:
        """Synthetic over source value."""
        return self.value / self.rate.source

    @property
    def tolerance(self) -> float:
        """How far from the source it may be: the rate's own slack and two standard errors."""
        return self.rate.slack * self.rate.source + 2 * self.error

    @property
    def within(self) -> bool:
        """Whether it is that close."""
        return abs(self.value - self.rate.source) <= self.tolerance


def compare(folder: Path, rates: tuple[Rate, ...] = RATES) -> tuple[Measured, ...]:
    """Every rate as the registers in `folder` have it."""
    with Database(folders=[folder]) as db:
        open_registers(db, folder, _TABLES)
        _prepare(db)
        return tuple(_measure(db, rate) for rate in rates)


def _measure(db: Database, rate: Rate) -> Measured:
    # Digits 7-9 of the made-up numbers spread persons evenly; they mean nothing else.
    sql = f"""
        SELECT CAST(substr(pnr, 7, 3) AS INTEGER) % {GROUPS} AS part,
               CAST(sum(num) AS DOUBLE) AS num, CAST(sum(den) AS DOUBLE) AS den
        FROM ({rate.sql}) GROUP BY part ORDER BY part
    """
    found = db.arrow(sql, doing=rate.key).to_pydict()
    num, den = np.array(found["num"] or [0.0]), np.array(found["den"] or [0.0])
    if den.sum() == 0:
        return Measured(rate, float("nan"), float("nan"))
    value = rate.per * num.sum() / den.sum()
    rest = np.maximum(den.sum() - den, 1e-9)
    without = rate.per * (num.sum() - num) / rest
    n = len(num)
    error = float(np.sqrt((n - 1) / n * ((without - without.mean()) ** 2).sum()))
    return Measured(rate, float(value), error)


def _prepare(db: Database) -> None:
    """The few tables the rates are written on: years, residents, stays, events of conditions."""
    place = denmark()
    db.register("regions", pa.table({"kom": place.kom, "region": place.region}))
    db.execute("""
        CREATE TABLE extract AS
        SELECT min(year(referencetid)) + 1 AS first, max(year(referencetid)) AS last,
               make_date(CAST(max(year(referencetid)) + 1 AS INTEGER), 1, 1) AS ends
        FROM reg_bef
    """)
    db.execute("""
        CREATE TABLE residents AS
        SELECT pnr, koen, kom, region, foed_dag, year(referencetid) + 1 AS year,
               date_diff('year', foed_dag, referencetid + 1) - CASE WHEN
                 (month(foed_dag), day(foed_dag)) > (1, 1) THEN 1 ELSE 0 END AS age
        FROM reg_bef JOIN regions USING (kom)
    """)
    db.execute("CREATE TABLE cohort AS SELECT * FROM residents, extract WHERE year <= last")
    db.execute("""
        CREATE TABLE stays AS
        WITH contacts AS (
          SELECT cpr AS pnr, dw_ek_kontakt AS id, start_ts AS begins,
                 coalesce(slut_ts, CAST(ends AS TIMESTAMP)) AS finishes, prioritet, aktionsdiagnose,
                 hovedspeciale_ans LIKE '%psykiatri' AS psychiatric, slut_ts IS NULL AS running
          FROM reg_kontakter, extract
          WHERE kontakttype = 'ALCA00'
            AND (slut_ts IS NOT NULL OR hovedspeciale_ans LIKE '%psykiatri')
        ), ordered AS (
          SELECT *, max(finishes) OVER (PARTITION BY pnr ORDER BY begins, id
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS latest FROM contacts
        ), numbered AS (
          SELECT *, sum(CASE WHEN latest IS NULL OR begins > latest + INTERVAL 4 HOUR THEN 1 ELSE 0
            END) OVER (PARTITION BY pnr ORDER BY begins, id) AS stay FROM ordered
        )
        SELECT pnr, stay, min(begins) AS begins, max(finishes) AS finishes,
               arg_min(prioritet LIKE 'ATA1%', (begins, id)) AS acute,
               arg_min(psychiatric, (begins, id)) AS psychiatric,
               arg_min(aktionsdiagnose, (begins, id)) AS diagnosis,
               max(finishes) >= min(begins) + INTERVAL 12 HOUR AS admission,
               bool_or(running) AS running
        FROM numbered GROUP BY pnr, stay
    """)
    db.execute("""
        CREATE TABLE placed_stays AS
        SELECT s.*, c.age, c.region, c.koen, c.year, c.last,
               d.doddato <= CAST(s.finishes AS DATE) AS died
        FROM stays s JOIN cohort c ON c.pnr = s.pnr AND c.year = year(s.begins)
        LEFT JOIN reg_dod d ON d.pnr = s.pnr
    """)
    db.execute("""
        CREATE TABLE living AS
        SELECT v_pnr, greatest(d_tilflyt_dato, make_date(CAST(first AS INTEGER), 1, 1)) AS since,
               least(coalesce(d_fraflyt_dato, ends), ends) AS until
        FROM reg_plejehjem, extract
        WHERE coalesce(d_fraflyt_dato, ends) > make_date(CAST(first AS INTEGER), 1, 1)
    """)
    db.execute("""
        CREATE TABLE known AS
        SELECT k.cpr AS pnr, CAST(k.start_ts AS DATE) AS day, d.diagnosekode AS code, d.diagnosetype
        FROM reg_diagnoser d JOIN reg_kontakter k USING (dw_ek_kontakt)
        WHERE d.senere_afkraeftet = 'Nej' AND d.diagnosetype IN ('A', 'B')
    """)
