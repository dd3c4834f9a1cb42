"""Adds the wards' reports up to hospitals and months."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from klynge.engine.backends.duckdb import Database
from klynge.engine.beds.reports import HospitalMonth, WardCounts
from klynge.engine.indicators.wards import OVERFULL_DAYS
from klynge.engine.registers.reader import open_registers
from klynge.texts import _

TABLES = ("senge", "sygehuse")

_HOSPITALS = """
WITH wards AS (
  SELECT
    dato,
    coalesce(sygehus, left(afdeling, 4)) AS sygehus,
    disponible,
    indlagte
  FROM reg_senge
)
SELECT
  h.klynge,
  w.sygehus,
  CAST(year(w.dato) AS INTEGER) AS year,
  CAST(month(w.dato) AS INTEGER) AS month,
  CAST(sum(w.indlagte) AS BIGINT) AS patients,
  CAST(sum(w.disponible) AS BIGINT) AS beds,
  count(*) FILTER (100 * w.indlagte > ? * w.disponible) AS overfull,
  count(DISTINCT w.dato) AS days,
  count(*) AS rows
FROM wards AS w
LEFT JOIN reg_sygehuse AS h ON h.sygehus = w.sygehus
GROUP BY ALL
ORDER BY ALL
"""


def count_wards(database: Database, folder: Path, years: Sequence[int]) -> WardCounts:
    """The reports in the folder of registers, for the years that are counted."""
    open_registers(database, folder, TABLES)
    query = _HOSPITALS.replace("?", str(OVERFULL_DAYS.over))
    rows = [
        row for row in database.fetchall(query, doing=_("optælling af senge")) if row[2] in years
    ]
    every = sum(row[-1] for row in rows)
    placed = [row for row in rows if row[0] is not None]
    return WardCounts(
        years=tuple(years),
        months=tuple(HospitalMonth(*row[:-1]) for row in placed),
        unplaced=1 - sum(row[-1] for row in placed) / every if every else 0.0,
    )


def warnings(counts: WardCounts | None) -> list[dict[str, str]]:
    """What quality.json says of the reports."""
    told = []
    if counts is not None and counts.unplaced:
        share = max(1, round(100 * counts.unplaced))
        told.append(
            {
                "da": f"senge: {share} pct. af rækkerne er fra sygehuse, der ikke er i sygehuse, og"
                " tælles ikke med.",
                "en": f"senge: {share} % of the rows are from hospitals that are not in sygehuse,"
                " and are not counted.",
            }
        )
    gaps = sorted({(month.klynge, month.year) for month in _gaps(counts)}) if counts else []
    for klynge, year in gaps:
        told.append(
            {
                "da": f"senge: {klynge} har dage uden indberetning i {year}; måneder med sådanne"
                " dage er ikke opgjort.",
                "en": f"senge: {klynge} has days without a report in {year}; months with such days"
                " were not counted.",
            }
        )
    return told


def _gaps(counts: WardCounts) -> list[HospitalMonth]:
    return [month for month in counts.months if not month.is_whole]
