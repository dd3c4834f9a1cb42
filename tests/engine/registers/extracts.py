"""Small extracts for tests: every register in order. Each way to spoil one is in `bad_extracts`.

MARK stands for a value that must never be shown; it has the form of a CPR number, with a day that
no one was born on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

MARK = "9912319999"
ANNA, BENT = "6101011234", "6202021235"
CONTACT = "000000000000000001"

GOOD: Mapping[str, Mapping[str, Sequence[Any]]] = {
    "bef": {
        "pnr": [ANNA, BENT],
        "koen": [2, 1],
        "foed_dag": [date(1950, 1, 1), date(2002, 2, 2)],
        "kom": ["730", "101"],
        "referencetid": [date(2023, 12, 31), date(2023, 12, 31)],
    },
    "dod": {"pnr": [ANNA], "doddato": [date(2024, 5, 1)]},
    "kontakter": {
        "dw_ek_kontakt": [CONTACT, "000000000000000002"],
        "cpr": [ANNA, BENT],
        "dato_start": [date(2024, 2, 1), date(2024, 3, 1)],
        "tidspunkt_start": ["08:30", "10:00"],
        "dato_slut": [date(2024, 2, 2), None],
        "tidspunkt_slut": ["09:30:15", None],
        "aktionsdiagnose": ["DJ441", "dj44"],
        "kontaktaarsag": ["ALCC01", None],
        "prioritet": ["ATA1", "ATA3"],
        "kontakttype": ["ALCA00", "ALCA00"],
        "sorenhed_ans": ["7071", "7072"],
        "hovedspeciale_ans": ["Intern medicin", "Psykiatri"],
    },
    "diagnoser": {
        "dw_ek_kontakt": [CONTACT, CONTACT],
        "diagnosekode": ["DJ441", "TUL1"],
        "diagnosetype": ["A", "+"],
        "senere_afkraeftet": ["NEJ", None],
    },
    "sssy": {
        "pnr": [ANNA],
        "speciale": ["800101"],
        "honuge": ["2407"],
        "kontakt": [1],
        "barnmak": [0],
    },
    "lmdb": {
        "pnr12": [ANNA],
        "eksd": [date(2024, 1, 1)],
        "atc": ["R03AC02"],
        "apk": [1.0],
        "volume": [2.5],
    },
    "aefv": {"pnr": [ANNA], "haend_mdr": ["202401"], "perpl_vis": [60], "prahj_vis": [30]},
    "aehjsp": {"pnr": [ANNA], "hjemsygep_dato": [date(2024, 1, 1)]},
    "plejehjem": {
        "v_pnr": [ANNA],
        "d_tilflyt_dato": [date(2024, 1, 1)],
        "d_fraflyt_dato": pa.array([None], pa.date32()),
    },
    "genoptraeningsplaner": {
        "cpr": [ANNA],
        "plan_dato": [date(2024, 1, 1)],
        "plan_type": ["AWG2A"],
        "udskrivningsdato": [date(2024, 1, 1)],
        "foerste_tilbud_dato": [date(2024, 1, 5)],
    },
    "forebyggelsestilbud": {
        "cpr": [ANNA],
        "start_dato": [date(2024, 1, 1)],
        "slut_dato": [date(2024, 3, 1)],
    },
    "lab_dm_forsker": {
        "patient_cpr": [ANNA],
        "samplingdate": [date(2024, 1, 1)],
        "analysiscode": ["NPU27300"],
        "value": ["48"],
    },
    "kronikere": {
        "cpr": [ANNA],
        "sygdom": ["KOL"],
        "debut": [date(2020, 1, 1)],
        "uddato": pa.array([None], pa.date32()),
    },
    "aetr": {"pnr": [ANNA], "haend_mdr": ["202401"]},
    "aerehab": {"pnr": [ANNA], "aar": [2024]},
    "aefb": {"pnr": [ANNA], "besoeg_dato": [date(2024, 1, 1)]},
    "vnds": {"pnr": [BENT], "indud_kode": ["U"], "haend_dato": [date(2024, 4, 1)]},
    "udda": {"pnr": [ANNA], "hfaudd": ["30"], "hf_vfra": [date(1970, 6, 30)]},
    "personnumre": {"gammelt": [BENT], "nyt": ["6303031236"]},
    "senge": {
        "dato": [date(2024, 1, 1)],
        "afdeling": ["9901A"],
        "disponible": [20],
        "indlagte": [18],
    },
    "sygehuse": {"sygehus": ["9901"], "klynge": ["rm-randers"]},
    "markoerer": {"cpr": [ANNA], "markoer": ["AWA1"], "dato": [date(2024, 1, 1)]},
}


def parquet(folder: Path, table: str, **columns: Any) -> Path:
    """Write `table` in order, with these columns in place of its own; None leaves one out."""
    made = {**GOOD[table], **columns}
    kept = {name: values for name, values in made.items() if values is not None}
    file = folder / f"{table}.parquet"
    file.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.table(kept), file)
    return file


def csv(folder: Path, table: str, text: str, encoding: str = "utf-8") -> Path:
    """Write `table` as this text, in place of a Parquet file of it."""
    (folder / f"{table}.parquet").unlink(missing_ok=True)
    file = folder / f"{table}.csv"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode(encoding))
    return file


def extract(folder: Path) -> Path:
    """Every register in order."""
    for table in GOOD:
        parquet(folder, table)
    return folder
