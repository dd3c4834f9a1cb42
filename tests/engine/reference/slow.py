"""The twelve indicators again: slow and obvious, in plain Python over rows.

Written from the texts of the definitions alone. It shares nothing with the engine: no SQL, no
numpy, no codelist, no age band, no membership. Where it and the engine disagree, one is wrong.

`tallies(folder, extract_end)` gives what each indicator counts by kommune, year, sex and year of
age; `places.py` adds it up.
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
class Stay:
    start: datetime
    end: datetime
    acute: bool
    psychiatric: bool
    diagnosis: str
    unfinished: bool
    died: bool

    @property
    def is_admission(self) -> bool:
        return (self.end - self.start).total_seconds() >= 12 * 3600


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
        self.people = sorted({row["pnr"] for row in self.population})
        newest = sorted(self.population, key=lambda row: row["referencetid"])
        self.born = {row["pnr"]: row["foed_dag"] for row in newest}
        self.is_woman = {row["pnr"]: row["koen"] == 2 for row in newest}

    def homes(self) -> dict[str, list[Cell]]:
        """The cells each person is in: one for each 1 January they lived in a kommune."""
        kommuner = {row["id"] for row in structure("kommuner")["rows"]}
        found: dict[str, list[Cell]] = defaultdict(list)
        for row in self.population:
            when = row["referencetid"]
            if (when.month, when.day) != (12, 31) or row["kom"] not in kommuner:
                continue
            if row["foed_dag"] > when or row["koen"] not in (1, 2):
                continue
            died = self.death.get(row["pnr"])
            if died is not None and died <= when:
                continue
            new_year = when + timedelta(days=1)
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
            if found and start <= found[-1].end + timedelta(hours=4):
                found[-1].end = max(found[-1].end, end)
                found[-1].unfinished = found[-1].unfinished or unfinished
                continue
            acute = (row["prioritet"] or "").startswith("ATA1")
            diagnosis = row["aktionsdiagnose"] or ""
            found.append(Stay(start, end, acute, psychiatric, diagnosis, unfinished, False))
        for stay in found:
            stay.died = died is not None and died <= stay.end.date()
        return found

    def diagnosed(self, person: str) -> list[tuple[date, str]]:
        """Days and codes of the person's A and B diagnoses that were not revoked."""
        return [
            (contact["dato_start"], row["diagnosekode"])
            for contact in self.contacts.get(person, [])
            for row in self.diagnoses.get(contact["dw_ek_kontakt"], [])
            if row["diagnosetype"] in ("A", "B") and row["senere_afkraeftet"] != "Ja"
        ]


def tallies(folder: Path, extract_end: datetime) -> dict[str, Tally]:
    """What each indicator counts, by kommune, year, sex and year of age."""
    registers = Registers(folder, extract_end)
    homes = registers.homes()
    found = {code: Tally() for code in AGES}
    for person in registers.people:
        stays = registers.stays(person)
        debuts = {
            "ruks_praev_kol": _copd(registers, person),
            "ruks_praev_t2d": _type_2(registers, person),
            "ruks_praev_hjertesvigt": _heart_failure(registers, person),
        }
        for cell in homes.get(person, []):
            year = cell[1]
            new_year = date(year, 1, 1)
            found["pop_folketal"].person(cell, 1, 1, False)
            found["pop_aldersandel"].person(cell, 1, 1, False)
            seen = _saw_gp(registers.claims.get(person, []), year)
            homed = _in_care_home(registers.care_homes.get(person, []), new_year)
            psychiatric = [stay for stay in stays if stay.psychiatric]
            met = any(_goes_on_in(stay, year) for stay in psychiatric)
            for code, has in (("prim_andel", seen), ("plejehjem", homed), ("psyk_patienter", met)):
                found[code].person(cell, int(has), 1, not has)
            for code, debut in debuts.items():
                has = debut is not None and debut <= new_year
                found[code].person(cell, int(has), 1, not has)
            preventable = sum(_is_preventable(stay) for stay in stays if stay.start.year == year)
            found["forebyg_65"].person(cell, preventable, 1, preventable == 0)
            admitted = sum(s.is_admission for s in psychiatric if s.start.year == year)
            found["psyk_indl"].person(cell, admitted, 1, admitted == 0)
            for code, first, again in (
                ("genind_67", _is_first_somatic, _is_somatic_again),
                ("genind_psyk_30", _is_first_psychiatric, _is_psychiatric_again),
            ):
                index = [
                    stay
                    for stay in stays
                    if first(stay)
                    and stay.end.year == year
                    and stay.end + THIRTY_DAYS <= extract_end
                ]
                back = sum(
                    any(
                        again(other) and timedelta(0) < other.start - stay.end <= THIRTY_DAYS
                        for other in stays
                    )
                    for stay in index
                )
                found[code].person(cell, back, len(index), back < len(index))
    return found


def age_on(born: date, day: date) -> int:
    """Whole years."""
    had_birthday = (day.month, day.day) >= (born.month, born.day)
    return day.year - born.year - (0 if had_birthday else 1)


def _saw_gp(claims: list[Row], year: int) -> bool:
    return any(
        row["speciale"].startswith("80")
        and row["honuge"].startswith(f"{year % 100:02d}")
        and row["kontakt"] >= 1
        and not row.get("barnmak")
        for row in claims
    )


def _in_care_home(homes: list[Row], day: date) -> bool:
    return any(
        row["d_tilflyt_dato"] <= day
        and (row["d_fraflyt_dato"] is None or row["d_fraflyt_dato"] > day)
        and (row["d_fraflyt_dato"] is None or row["d_fraflyt_dato"] >= row["d_tilflyt_dato"])
        for row in homes
    )


def _goes_on_in(stay: Stay, year: int) -> bool:
    first, after = datetime(year, 1, 1), datetime(year + 1, 1, 1)
    if stay.start == stay.end:
        return first <= stay.start < after
    return stay.start < after and stay.end > first


# fmt: off
PREVENTABLE = (
    "DE86", "DK590", "DN30", "DA09", "DL89", "DD50", "DD51", "DD52", "DD53", "DZ59", "DZ74", "DZ75",
    "DJ12", "DJ13", "DJ14", "DJ15", "DJ18", "DJ20", "DJ21", "DJ22",
    "DJ40", "DJ41", "DJ42", "DJ43", "DJ44", "DJ45", "DJ46", "DJ47",
    "DS02", "DS12", "DS22", "DS32", "DS42", "DS52", "DS62", "DS72", "DS82", "DS92",
)
NOT_AGAIN = (
    "DZ763", "DF", "DC", "DD0", "DO80", "DO81", "DO82", "DO84",
    "DS", "DT1", "DT2", "DT30", "DT31", "DT32", "DT33", "DT34", "DT35",
    "DT51", "DT52", "DT53", "DT54", "DT55", "DT56", "DT57", "DT58", "DT59",
    "DT6", "DT7", "DT9", "DX", "DY",
)
# fmt: on


def _is_preventable(stay: Stay) -> bool:
    return stay.acute and not stay.psychiatric and stay.diagnosis.startswith(PREVENTABLE)


def _is_first_somatic(stay: Stay) -> bool:
    left_out = ("DF", "DZ763", "DO4", "DC", "DD0")
    usable = not stay.unfinished and not stay.died and not stay.psychiatric
    return usable and stay.is_admission and not stay.diagnosis.startswith(left_out)


def _is_somatic_again(stay: Stay) -> bool:
    usable = stay.acute and stay.is_admission and not stay.psychiatric
    return usable and not stay.diagnosis.startswith(NOT_AGAIN)


def _is_first_psychiatric(stay: Stay) -> bool:
    return stay.psychiatric and stay.is_admission and not stay.unfinished and not stay.died


def _is_psychiatric_again(stay: Stay) -> bool:
    return stay.psychiatric and stay.is_admission and stay.acute


def _copd(registers: Registers, person: str) -> date | None:
    """One diagnosis, or two days with COPD medicine at most 365 days apart; from age 30."""
    born = registers.born[person]
    inhaler = ("R03AC18", "R03AC19", "R03AL", "R03BB04", "R03BB05", "R03BB06", "R03BB07")
    met = [
        day
        for day, code in registers.diagnosed(person)
        if code.startswith("DJ44") and age_on(born, day) >= 30
    ]
    days = sorted(
        {
            row["eksd"]
            for row in registers.medicine.get(person, [])
            if (row["atc"] or "").startswith(inhaler) and age_on(born, row["eksd"]) >= 30
        }
    )
    met += [
        later
        for later in days
        if any(timedelta(0) < later - earlier <= timedelta(days=365) for earlier in days)
    ]
    return min(met, default=None)


def _type_2(registers: Registers, person: str) -> date | None:
    """One diagnosis, or two days with glucose-lowering medicine that is not insulin; not metformin
    to women under 40; not when type 1 outweighs and there is insulin."""
    born = registers.born[person]
    diagnosed = registers.diagnosed(person)
    type_1 = {day for day, code in diagnosed if code.startswith("DE10")}
    type_2 = {day for day, code in diagnosed if code.startswith("DE11")}
    medicine = registers.medicine.get(person, [])
    insulin = any((row["atc"] or "").startswith("A10A") for row in medicine)
    if len(type_1) > len(type_2) and insulin:
        return None
    days = set()
    for row in medicine:
        atc = row["atc"] or ""
        young_woman = registers.is_woman[person] and age_on(born, row["eksd"]) < 40
        if atc.startswith("A10B") and not (atc.startswith("A10BA02") and young_woman):
            days.add(row["eksd"])
    return min([*type_2, *sorted(days)[1:]], default=None)


def _heart_failure(registers: Registers, person: str) -> date | None:
    """One diagnosis, from age 18."""
    born = registers.born[person]
    codes = ("DI50", "DI110", "DI130", "DI132", "DI42")
    days = [day for day, code in registers.diagnosed(person) if code.startswith(codes)]
    return min((day for day in days if age_on(born, day) >= 18), default=None)


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
