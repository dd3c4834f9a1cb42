"""Every indicator again: slow and obvious, in plain Python over rows.

Written from the texts of the definitions alone. It shares nothing with the engine: no SQL, no
numpy, no codelist, no age band, no membership. Where it and the engine disagree, one is wrong.

A `Life` is what the registers say of one person. `slow_hospital.py`, `slow_frail.py`,
`slow_chronic.py` and `slow_psychiatry.py` say what each indicator counts of a life in a year, and
`tallies(folder, extract_end)` what it counts by kommune, year, sex and year of age; `places.py`
adds that up.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pyarrow.parquet

from tests.engine.reference.places import AGES, Cell, structure

Row = dict[str, Any]
THIRTY_DAYS = timedelta(days=30)


@dataclass
class Tally:
    """What is counted of each person, by the cell the person is in."""

    above: dict[Cell, int] = field(default_factory=lambda: defaultdict(int))
    above_people: dict[Cell, int] = field(default_factory=lambda: defaultdict(int))
    below: dict[Cell, int] = field(default_factory=lambda: defaultdict(int))
    below_people: dict[Cell, int] = field(default_factory=lambda: defaultdict(int))
    rest_people: dict[Cell, int] = field(default_factory=lambda: defaultdict(int))

    def person(self, cell: Cell, above: int, below: int, has_rest: bool) -> None:
        self.above[cell] += above
        self.above_people[cell] += above > 0
        self.below[cell] += below
        self.below_people[cell] += below > 0
        self.rest_people[cell] += has_rest


@dataclass
class Contact:
    start: datetime
    end: datetime
    specialty: str
    diagnosis: str
    unfinished: bool


@dataclass
class Stay:
    start: datetime
    end: datetime
    acute: bool
    psychiatric: bool
    diagnosis: str
    unfinished: bool
    died: bool
    contacts: list[Contact]

    @property
    def is_admission(self) -> bool:
        return (self.end - self.start).total_seconds() >= 12 * 3600

    @property
    def is_under_a_day(self) -> bool:
        return (self.end - self.start).total_seconds() < 24 * 3600


@dataclass
class Life:
    """What the registers say of one person. claims: Monday of the week, year, contacts with
    general practice. homes: first day, first day no longer or None."""

    born: date
    is_woman: bool
    died: date | None
    stays: list[Stay]
    diagnosed: list[tuple[date, str, str]]
    medicine: list[Row]
    claims: list[tuple[date, int, int]]
    nursed: set[date]
    helped: dict[date, int]
    granted: set[date]
    homes: list[tuple[date, date | None]]
    plans: list[Row]
    marked: list[tuple[date, str]]
    visited: set[date]
    prevention: list[tuple[date, date | None]]
    trained: set[str]
    reabled: set[int]
    referrals: list[tuple[date, date]]
    wards: list[tuple[date, str, str, str]]
    feet: list[date]
    tests: list[Row]
    moves: list[tuple[date, str]]
    ruks: list[Row]
    in_ruks: frozenset[str]
    extract_end: datetime


class Registers:
    """The registers as lists of rows by person."""

    def __init__(self, folder: Path, extract_end: datetime) -> None:
        self.extract_end = extract_end
        self.population = _rows(folder, "bef")
        self.death = {row["pnr"]: row["doddato"] for row in _rows(folder, "dod")}
        self.contacts = _by(folder, "kontakter", "cpr")
        self.diagnoses = _by(folder, "diagnoser", "dw_ek_kontakt")
        self.claims = _by(folder, "sssy", "pnr")
        self.medicine = _by(folder, "lmdb", "pnr12")
        self.care_homes = _by(folder, "plejehjem", "v_pnr")
        self.nursing = _by(folder, "aehjsp", "pnr")
        self.help = _by(folder, "aefv", "pnr")
        self.plans = _by(folder, "genoptraeningsplaner", "cpr")
        self.markers = _by(folder, "markoerer", "cpr")
        self.visits = _by(folder, "aefb", "pnr")
        self.prevention = _by(folder, "forebyggelsestilbud", "cpr")
        self.training = _by(folder, "aetr", "pnr")
        self.tests = _by(folder, "lab_dm_forsker", "patient_cpr")
        told = (folder / "vnds").is_dir() or (folder / "vnds.parquet").is_file()
        self.moves = _by(folder, "vnds", "pnr") if told else {}
        self.reablement = _by(folder, "aerehab", "pnr")
        delivered = (folder / "kronikere").is_dir() or (folder / "kronikere.parquet").is_file()
        self.ruks = _by(folder, "kronikere", "cpr") if delivered else {}
        self.in_ruks = frozenset(
            row["sygdom"].strip().lower() for rows in self.ruks.values() for row in rows
        )
        self.people = sorted({row["pnr"] for row in self.population})
        newest = sorted(self.population, key=lambda row: row["referencetid"])
        self.born = {row["pnr"]: row["foed_dag"] for row in newest}
        self.is_woman = {row["pnr"]: row["koen"] == 2 for row in newest}

    def homes(self) -> dict[str, list[Cell]]:
        """The cells each person is in: one for each 1 January they lived in a kommune."""
        kommuner = {row["id"] for row in structure("kommuner")["rows"]}
        found: dict[str, list[Cell]] = defaultdict(list)
        for row in self.population:
            new_year = row["referencetid"]
            if new_year.day != 1:
                new_year += timedelta(days=1)
            if (new_year.month, new_year.day) != (1, 1) or row["kom"] not in kommuner:
                continue
            if row["foed_dag"] >= new_year or row["koen"] not in (1, 2):
                continue
            died = self.death.get(row["pnr"])
            if died is not None and died < new_year:
                continue
            sex = "female" if row["koen"] == 2 else "male"
            age = age_on(row["foed_dag"], new_year)
            found[row["pnr"]].append((row["kom"], new_year.year, sex, age))
        return found

    def stays(self, person: str) -> list[Stay]:
        """Physical contacts chained while at most 4 hours lie between."""
        died = self.death.get(person)
        usable = []
        for row in self.contacts.get(person, []):
            start = _at(row["dato_start"], row["tidspunkt_start"])
            end = _at(row["dato_slut"], row["tidspunkt_slut"])
            psychiatric = "psykiatri" in (row["hovedspeciale_ans"] or "").lower()
            unfinished = end is None
            if row["kontakttype"] != "ALCA00" or start is None:
                continue
            if died is not None and start.date() > died:
                continue
            if start >= self.extract_end or (end is not None and end < start):
                continue
            if end is None:
                if not psychiatric:
                    continue
                end = self.extract_end
                if died is not None:
                    end = min(end, datetime.combine(died + timedelta(days=1), time()))
            usable.append((start, row["dw_ek_kontakt"], end, psychiatric, unfinished, row))
        usable.sort(key=lambda contact: contact[:2])
        found: list[Stay] = []
        for start, _key, end, psychiatric, unfinished, row in usable:
            diagnosis = row["aktionsdiagnose"] or ""
            specialty = (row["hovedspeciale_ans"] or "").lower()
            contact = Contact(start, end, specialty, diagnosis, unfinished)
            if found and start <= found[-1].end + timedelta(hours=4):
                found[-1].end = max(found[-1].end, end)
                found[-1].unfinished = found[-1].unfinished or unfinished
                found[-1].contacts.append(contact)
                continue
            acute = (row["prioritet"] or "").startswith("ATA1")
            found.append(
                Stay(start, end, acute, psychiatric, diagnosis, unfinished, False, [contact])
            )
        for stay in found:
            stay.died = died is not None and died <= stay.end.date()
        return found

    def life(self, person: str) -> Life:
        """What the registers say of one person."""
        return Life(
            born=self.born[person],
            is_woman=self.is_woman[person],
            died=self.death.get(person),
            stays=self.stays(person),
            diagnosed=[
                (contact["dato_start"], row["diagnosekode"], row["diagnosetype"])
                for contact in self.contacts.get(person, [])
                for row in self.diagnoses.get(contact["dw_ek_kontakt"], [])
                if row["diagnosetype"] in ("A", "B") and row["senere_afkraeftet"] != "Ja"
            ],
            medicine=self.medicine.get(person, []),
            claims=[
                (_monday(row["honuge"]), _year(row["honuge"]), row["kontakt"])
                for row in self.claims.get(person, [])
                if row["speciale"].startswith("80") and row["kontakt"] >= 1
                if not row.get("barnmak")
            ],
            nursed={row["hjemsygep_dato"] for row in self.nursing.get(person, [])},
            helped=_minutes(self.help.get(person, [])),
            granted=_granted(self.help.get(person, [])),
            homes=[
                (row["d_tilflyt_dato"], row["d_fraflyt_dato"])
                for row in self.care_homes.get(person, [])
                if row["d_fraflyt_dato"] is None or row["d_fraflyt_dato"] >= row["d_tilflyt_dato"]
            ],
            plans=[
                row
                for row in self.plans.get(person, [])
                if row.get("aarsag") != "fejl"
                if row["foerste_tilbud_dato"] is None
                or row["foerste_tilbud_dato"] >= row["plan_dato"]
            ],
            marked=[(row["dato"], row["markoer"]) for row in self.markers.get(person, [])],
            prevention=[
                (row["start_dato"], row["slut_dato"])
                for row in self.prevention.get(person, [])
                if row["slut_dato"] is None or row["slut_dato"] >= row["start_dato"]
            ],
            visited={row["besoeg_dato"] for row in self.visits.get(person, [])},
            trained={row["haend_mdr"][:4] for row in self.training.get(person, [])},
            reabled={row["aar"] for row in self.reablement.get(person, [])},
            referrals=self.referrals(person),
            wards=[
                (
                    contact["dato_start"],
                    row["diagnosekode"],
                    row["diagnosetype"],
                    (contact["hovedspeciale_ans"] or "").lower(),
                )
                for contact in self.contacts.get(person, [])
                for row in self.diagnoses.get(contact["dw_ek_kontakt"], [])
                if row["diagnosetype"] in ("A", "B") and row["senere_afkraeftet"] != "Ja"
            ],
            feet=[
                _monday(row["honuge"])
                for row in self.claims.get(person, [])
                if row["speciale"].startswith("54") and not row.get("barnmak")
            ],
            tests=self.tests.get(person, []),
            moves=[(row["haend_dato"], row["indud_kode"]) for row in self.moves.get(person, [])],
            ruks=self.ruks.get(person, []),
            in_ruks=self.in_ruks,
            extract_end=self.extract_end,
        )

    def referrals(self, person: str) -> list[tuple[date, date]]:
        """The days of referrals to planned psychiatry, each with the day it first led to."""
        found: dict[date, date] = {}
        for row in self.contacts.get(person, []):
            start = _at(row["dato_start"], row["tidspunkt_start"])
            referred = row["dato_henvisning"]
            if start is None or referred is None or start >= self.extract_end:
                continue
            planned = not (row["prioritet"] or "").startswith("ATA1")
            psychiatric = "psykiatri" in (row["hovedspeciale_ans"] or "").lower()
            met = row["kontakttype"] in ("ALCA00", "ALCA01", "ALCA03")
            if planned and psychiatric and met and start.date() >= referred:
                found[referred] = min(found.get(referred, start.date()), start.date())
        return sorted(found.items())


def tallies(folder: Path, extract_end: datetime) -> dict[str, Tally]:
    """What each indicator counts, by kommune, year, sex and year of age."""
    from tests.engine.reference import (
        slow_chronic,
        slow_frail,
        slow_hospital,
        slow_osdc,
        slow_psychiatry,
        slow_scores,
    )

    parts = (slow_hospital, slow_frail, slow_chronic, slow_psychiatry, slow_scores, slow_osdc)
    counting = {code: how for part in parts for code, how in part.COUNTING.items()}
    registers = Registers(folder, extract_end)
    homes = registers.homes()
    found = {code: Tally() for code in AGES}
    for person in registers.people:
        if person not in homes:
            continue
        life = registers.life(person)
        for cell in homes[person]:
            for code, how in counting.items():
                found[code].person(cell, *how(life, cell[1], cell[3]))
    return found


Counted = tuple[int, int, bool]
"""What is counted, out of how many, and whether some of those are not counted."""

NOT_ASKED: Counted = (0, 0, False)


def share(has: bool) -> Counted:
    """One person, who has it or not."""
    return int(has), 1, not has


def rate(number: int) -> Counted:
    """So many of something that happened to one person."""
    return number, 1, number == 0


def among(happened: list[bool]) -> Counted:
    """Events, each with the outcome or not."""
    return sum(happened), len(happened), not all(happened)


def age_on(born: date, day: date) -> int:
    """Whole years."""
    had_birthday = (day.month, day.day) >= (born.month, born.day)
    return day.year - born.year - (0 if had_birthday else 1)


def _year(week: str) -> int:
    yy = int(week[:2])
    return yy + (2000 if yy < 90 else 1900)


def _monday(week: str) -> date:
    monday = date.fromisocalendar(_year(week), 1, 1) + timedelta(days=7 * (int(week[2:]) - 1))
    # Week 53 of a year with 52 weeks is the week its last days lie in.
    return monday - timedelta(days=7) if monday.year > _year(week) else monday


def _minutes(rows: list[Row]) -> dict[date, int]:
    """Minutes a week granted, by the first day of the month."""
    found: dict[date, int] = defaultdict(int)
    for row in rows:
        minutes = (row["perpl_vis"] or 0) + (row["prahj_vis"] or 0)
        if minutes >= 0.5:
            month = date(int(row["haend_mdr"][:4]), int(row["haend_mdr"][4:]), 1)
            found[month] += int(minutes + 0.5)
    return found


def _granted(rows: list[Row]) -> set[date]:
    """Months with home help granted, however much."""
    told = {row["haend_mdr"] for row in rows if row.get("visiteret") == "ja"}
    return set(_minutes(rows)) | {date(int(m[:4]), int(m[4:]), 1) for m in told}


def _at(day: date | None, clock: str | None) -> datetime | None:
    if day is None or clock is None:
        return None
    return datetime.combine(day, time.fromisoformat(clock))


def _rows(folder: Path, table: str) -> list[Row]:
    path = folder / table
    source = path if path.is_dir() else folder / f"{table}.parquet"
    rows: list[Row] = pyarrow.parquet.read_table(source).to_pylist()
    return rows


def _by(folder: Path, table: str, key: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in _rows(folder, table):
        found[row[key]].append(row)
    return found
