"""Small extracts for tests: every register in order, and each way to spoil one.

MARK stands for a value that must never be shown; it has the form of a CPR number, with a day that
no one was born on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Bad:
    """A way to spoil one register, and what the message must hold."""

    name: str
    table: str
    spoil: Callable[[Path], object]
    told: tuple[str, ...]


def _truncate(folder: Path) -> None:
    file = parquet(folder, "dod", pnr=[MARK])
    file.write_bytes(file.read_bytes()[:-20])


def _corrupt_page(folder: Path) -> None:
    file = parquet(folder, "dod", pnr=[MARK] * 50, doddato=[date(2024, 5, 1)] * 50)
    content = bytearray(file.read_bytes())
    content[8:60] = bytes(52)
    file.write_bytes(content)


def _twice(folder: Path) -> None:
    (folder / "dod").mkdir()
    parquet(folder / "dod", "dod", pnr=[MARK])


def _three_forms(folder: Path) -> None:
    lines = ["pnr;doddato", "6101011234;2024-05-01", "6202021235;2024-05-02", f"{MARK};03-05-2024"]
    csv(folder, "dod", "\n".join([*lines, "6303031236;04MAJ2024", ""]))


BAD = (
    Bad(
        "a missing column",
        "dod",
        lambda folder: parquet(folder, "dod", pnr=[MARK], doddato=None, doedato=[None]),
        ("dod.parquet", "kolonnen doddato mangler", "doedato", "Dødsdato", "omdøb"),
    ),
    Bad(
        "an unknown code",
        "kontakter",
        lambda folder: parquet(folder, "kontakter", kontakttype=["ALCA00", MARK]),
        ("kontakttype", "1 værdi er ikke en kendt kode", "række 2", "ALCA00", "#kontakter"),
    ),
    Bad(
        "an unknown municipality",
        "bef",
        lambda folder: parquet(folder, "bef", pnr=[ANNA, MARK], kom=["730", MARK]),
        ("kolonnen kom", "ikke en kendt kode", "række 2", "98 kommunekoder"),
    ),
    Bad(
        "an old municipality of before 2007",
        "bef",
        lambda folder: parquet(folder, "bef", pnr=[ANNA, MARK], kom=["731", "731"]),
        (
            "kolonnen kom",
            "2 rækker har en kommunekode fra før sammenlægningerne i 2007",
            "731 → 730",
        ),
    ),
    Bad(
        "a CSV in Latin-1",
        "plejehjem",
        lambda folder: csv(
            folder,
            "plejehjem",
            f"v_pnr;d_tilflyt_dato;d_fraflyt_dato;plejehjemsnavn\n{MARK};2024-01-01;;Ågården\n",
            "latin-1",
        ),
        ("plejehjem.csv", "Latin-1/Windows-1252", "linje 2", "iconv -f WINDOWS-1252 -t UTF-8"),
    ),
    Bad(
        "a CSV in UTF-16",
        "dod",
        lambda folder: csv(folder, "dod", f"pnr;doddato\n{MARK};2024-01-01\n", "utf-16"),
        ("dod.csv", "UTF-16", "iconv -f UTF-16"),
    ),
    Bad(
        "a truncated Parquet file",
        "dod",
        _truncate,
        ("dod.parquet", "afkortet, beskadiget", "hent eller skriv filen igen"),
    ),
    Bad(
        "a SAS file that is none",
        "dod",
        lambda folder: parquet(folder, "dod", pnr=[MARK]).rename(folder / "dod.sas7bdat"),
        ("dod.sas7bdat", "ikke en SAS-fil"),
    ),
    Bad(
        "a number with two successors",
        "personnumre",
        lambda folder: parquet(folder, "personnumre", gammelt=[MARK, MARK], nyt=[ANNA, BENT]),
        ("personnumre, gammelt", "1 nummer har to forskellige efterfølgere"),
    ),
    Bad(
        "changes of number in a ring",
        "personnumre",
        lambda folder: parquet(
            folder, "personnumre", gammelt=[ANNA, BENT, MARK], nyt=[BENT, MARK, ANNA]
        ),
        ("personnumre, gammelt, nyt", "1 kæde af skift ender, hvor den begyndte"),
    ),
    Bad(
        "a change to the same number",
        "personnumre",
        lambda folder: parquet(folder, "personnumre", gammelt=[MARK], nyt=[MARK]),
        ("samme nummer som gammelt og nyt", "række 1"),
    ),
    Bad("a damaged page", "dod", _corrupt_page, ("dod.parquet", "afkortet, beskadiget")),
    Bad(
        "a duplicate primary key",
        "kontakter",
        lambda folder: parquet(folder, "kontakter", dw_ek_kontakt=[MARK, MARK]),
        ("dw_ek_kontakt", "1 nøgle står i mere end én række, i alt 2 rækker", "række 2"),
    ),
    Bad(
        "an end before a start",
        "kontakter",
        lambda folder: parquet(
            folder,
            "kontakter",
            cpr=[MARK, BENT],
            tidspunkt_slut=["08:29", None],
            dato_slut=[date(2024, 2, 1), None],
        ),
        ("start_ts, slut_ts", "1 række har slut_ts før start_ts", "kontakter.parquet, række 1"),
    ),
    Bad(
        "an end without its time of day",
        "kontakter",
        lambda folder: parquet(folder, "kontakter", cpr=[MARK, BENT], tidspunkt_slut=[None, None]),
        ("dato_slut uden tidspunkt_slut",),
    ),
    Bad(
        "a date in three forms",
        "dod",
        _three_forms,
        (
            "skrevet i 3 former",
            "yyyy-mm-dd i 2 rækker (første: dod.csv, linje 2)",
            "dd-mm-yyyy i 1 række (første: dod.csv, linje 4)",
            "ddMONyyyy i 1 række (første: dod.csv, linje 5)",
            "helst yyyy-mm-dd",
        ),
    ),
    Bad(
        "a register of zero rows",
        "dod",
        lambda folder: parquet(folder, "dod", pnr=[], doddato=[]),
        ("dod.parquet", "nul rækker"),
    ),
    Bad(
        "a CSV of nothing but names",
        "dod",
        lambda folder: csv(folder, "dod", "pnr;doddato\n"),
        ("dod.csv", "nul rækker"),
    ),
    Bad("an empty file", "dod", lambda folder: csv(folder, "dod", ""), ("dod.csv", "filen er tom")),
    Bad(
        "a missing register",
        "dod",
        lambda folder: (folder / "dod.parquet").rename(folder / "dood.parquet"),
        ("dod", "registeret er ikke i mappen", "Det nærmeste er: dood", "--table"),
    ),
    Bad(
        "a register in a format that is not read",
        "dod",
        lambda folder: (folder / "dod.parquet").rename(folder / "DOD.xlsx"),
        ("DOD.xlsx", "format, der ikke læses"),
    ),
    Bad("a register delivered twice", "dod", _twice, ("2 gange", "dod, dod.parquet")),
    Bad(
        "an empty key",
        "dod",
        lambda folder: parquet(
            folder, "dod", pnr=[MARK, None], doddato=[date(2024, 5, 1), date(2024, 5, 1)]
        ),
        ("kolonnen pnr", "1 række er uden værdi, i dod.parquet, række 2"),
    ),
    Bad(
        "a wrong type",
        "dod",
        lambda folder: parquet(folder, "dod", pnr=[MARK], doddato=[True]),
        ("kolonnen doddato", "typen bool", "yyyy-mm-dd"),
    ),
    Bad(
        "a time with a zone where a date should be",
        "dod",
        lambda folder: parquet(
            folder, "dod", pnr=[MARK], doddato=pa.array([0], pa.timestamp("us", "UTC"))
        ),
        ("kolonnen doddato", "uden tidszone"),
    ),
    Bad(
        "what is no date",
        "dod",
        lambda folder: parquet(folder, "dod", doddato=[MARK]),
        ("kolonnen doddato", "1 værdi kan ikke læses som en dato", "række 1"),
    ),
    Bad(
        "the 31st of February",
        "dod",
        lambda folder: csv(folder, "dod", f"pnr;doddato\n{MARK};31-02-2024\n"),
        ("kolonnen doddato", "kan ikke læses som en dato", "dod.csv, linje 2"),
    ),
    Bad(
        "what is no number",
        "aefv",
        lambda folder: parquet(folder, "aefv", perpl_vis=[f"{MARK}x"]),
        ("kolonnen perpl_vis", "kan ikke læses som et tal"),
    ),
    Bad(
        "what is no whole number",
        "sssy",
        lambda folder: parquet(folder, "sssy", pnr=[MARK], kontakt=[1.5]),
        ("kolonnen kontakt", "kan ikke læses som et helt tal"),
    ),
    Bad(
        "a line with too many fields",
        "dod",
        lambda folder: csv(
            folder, "dod", f"pnr;doddato\n{ANNA};2024-01-01\n{BENT};2024-01-01;{MARK}\n"
        ),
        ("dod", "ikke lige så mange felter", "dod.csv, linje 3"),
    ),
    Bad(
        "a CSV without its line of names",
        "dod",
        lambda folder: csv(folder, "dod", f"{MARK};2024-01-01\n{ANNA};2024-01-01\n"),
        ("dod.csv", "Mangler linjen med kolonnenavne?", "pnr, doddato"),
    ),
    Bad(
        "a CSV that is not text",
        "dod",
        lambda folder: csv(folder, "dod", f"pnr;doddato\n{MARK};\0\0\n"),
        ("dod.csv", "ikke en tekstfil"),
    ),
    Bad(
        "two columns of the same name",
        "dod",
        lambda folder: parquet(folder, "dod", PNR=[MARK]),
        ("dod.parquet, kolonnen pnr", "store og små bogstaver"),
    ),
    Bad(
        "CPR numbers without their zero",
        "dod",
        lambda folder: csv(
            folder, "dod", f"pnr;doddato\n{MARK};2024-01-01\n101011234;2024-01-01\n"
        ),
        ("kolonnen pnr", "mistet sit foranstillede nul", "linje 3", "som tekst"),
    ),
    Bad(
        "times of day as hhmm",
        "kontakter",
        lambda folder: parquet(
            folder,
            "kontakter",
            **{name: list(values) * 100 for name, values in GOOD["kontakter"].items()}
            | {
                "cpr": [MARK] * 200,
                "dw_ek_kontakt": [str(key) for key in range(200)],
                "tidspunkt_start": [830, 1430] * 100,
            },
        ),
        ("kolonnen tidspunkt_start", "ligner timer og minutter"),
    ),
    Bad(
        "a diagnosis that is none",
        "diagnoser",
        lambda folder: parquet(folder, "diagnoser", diagnosekode=["TUL1", "DJ44"]),
        ("diagnosekode, diagnosetype", "ikke en SKS-diagnosekode"),
    ),
    Bad(
        "born after the reference date",
        "bef",
        lambda folder: parquet(
            folder, "bef", pnr=[ANNA, MARK], foed_dag=[date(1950, 1, 1), date(2024, 1, 1)]
        ),
        ("foed_dag, referencetid", "referencetid før foed_dag", "række 2"),
    ),
    Bad(
        "main specialties as codes",
        "kontakter",
        lambda folder: parquet(folder, "kontakter", hovedspeciale_ans=["50", MARK]),
        ("kolonnen hovedspeciale_ans", "2 værdier er ikke kendte koder", "psykiatri; ikke en kode"),
    ),
)
