"""Every way to spoil one register of an extract, and what the message must hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa

from tests.engine.registers.extracts import ANNA, BENT, GOOD, MARK, csv, parquet


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
        "one population by two dates",
        "bef",
        lambda folder: parquet(
            folder, "bef", pnr=[ANNA, MARK], referencetid=[date(2023, 12, 31), date(2024, 1, 1)]
        ),
        (
            "kolonnen referencetid",
            "befolkningen 01.01.2024 er leveret to gange",
            "2 rækker",
            "behold det ene",
        ),
    ),
    Bad(
        "a move that is neither in nor out",
        "vnds",
        lambda folder: parquet(folder, "vnds", pnr=[MARK], indud_kode=["X"]),
        ("kolonnen indud_kode", "1 værdi er ikke en kendt kode", "I, U"),
    ),
    Bad(
        "the same move twice",
        "vnds",
        lambda folder: parquet(
            folder,
            "vnds",
            pnr=[MARK, MARK],
            indud_kode=["U", "U"],
            haend_dato=[date(2024, 4, 1), date(2024, 4, 1)],
        ),
        ("vnds, pnr, haend_dato, indud_kode", "1 nøgle står i mere end én række"),
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
