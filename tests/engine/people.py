"""Builders: invented people told as a clinician would, and written as registers.

A builder fills in everything; a test states only what matters. Nobody is sampled from real data.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet

RANDERS = "730"
YEARS = (2023, 2024, 2025)
EXTRACT_END = datetime(2026, 1, 1)

Row = dict[str, Any]


def day(text: str) -> date:
    return date.fromisoformat(text)


def moment(text: str) -> datetime:
    """ "2024-03-01" is noon that day."""
    return datetime.fromisoformat(text if " " in text else f"{text} 12:00")


@dataclass(frozen=True)
class Person:
    """Somebody who lives in Randers all the years, unless told otherwise.

    homes: kommune by year (on 1 January); a year left out: lived nowhere in the 98.
    seen: kommune in further snapshots, by their reference dates.
    """

    born: str = "1950-06-01"
    woman: bool = True
    kommune: str = RANDERS
    homes: dict[int, str] | None = None
    died: str = ""
    seen: dict[str, str] = field(default_factory=dict)
    rows: tuple[tuple[str, Row], ...] = field(default=())

    def with_stay(
        self,
        on: str,
        until: str = "",
        *,
        hours: float = 48,
        diagnosis: str | None = "DJ189",
        acute: bool = True,
        psychiatric: bool = False,
        kind: str = "ALCA00",
        unfinished: bool = False,
        key: str = "",
        specialty: str | None = None,
        referred: str = "",
    ) -> Person:
        """One physical hospital contact: acute, somatic, two days, pneumonia."""
        start = moment(on)
        end = moment(until) if until else start + timedelta(hours=hours)
        ward = specialty or ("psykiatri" if psychiatric else "intern medicin")
        return self._and(
            "kontakter",
            dw_ek_kontakt=key,
            dato_start=start.date(),
            tidspunkt_start=start.strftime("%H:%M:%S"),
            dato_slut=None if unfinished else end.date(),
            tidspunkt_slut=None if unfinished else end.strftime("%H:%M:%S"),
            aktionsdiagnose=diagnosis,
            kontaktaarsag="ALCC01",
            prioritet="ATA1" if acute else "ATA3",
            kontakttype=kind,
            dato_henvisning=day(referred) if referred else None,
            sorenhed_ans="1",
            hovedspeciale_ans=ward,
        )

    def with_diagnosis(
        self,
        code: str,
        on: str = "2022-05-01",
        *,
        type: str = "A",
        revoked: bool = False,
        specialty: str | None = None,
    ) -> Person:
        """A diagnosis at a virtual contact, so that it makes no stay."""
        key = f"d{len(self.rows)}"
        person = self.with_stay(on, diagnosis=code, kind="ALCA03", key=key, specialty=specialty)
        return person._and(
            "diagnoser",
            dw_ek_kontakt=key,
            diagnosekode=code,
            diagnosetype=type,
            senere_afkraeftet="Ja" if revoked else "Nej",
        )

    def in_ruks(
        self, disease: str, debut: str | None, until: str = "", *, updated: str = "2026-01-15"
    ) -> Person:
        """A row of the register of chronic diseases."""
        return self._and(
            "kronikere",
            sygdom=disease,
            debut=day(debut) if debut else None,
            uddato=day(until) if until else None,
            opdateringsdato=day(updated) if updated else None,
        )

    def with_gp(
        self, week: str, *, specialty: str = "800101", contacts: int = 1, child: int | None = 0
    ) -> Person:
        """A claim to the health insurance in a week, yyww."""
        return self._and("sssy", speciale=specialty, honuge=week, kontakt=contacts, barnmak=child)

    def with_test(self, on: str, value: str | None, *, code: str = "NPU27300") -> Person:
        """A result of the laboratory: long-term blood sugar (HbA1c), mmol/mol."""
        return self._and("lab_dm_forsker", samplingdate=day(on), analysiscode=code, value=value)

    def with_medicine(
        self,
        atc: str | None,
        on: str,
        *,
        dose_packed: bool = False,
        ddd: float = 30.0,
        indication: str | None = None,
    ) -> Person:
        """A prescription medicine handed over."""
        doso = "1" if dose_packed else "0"
        return self._and("lmdb", eksd=day(on), atc=atc, apk=1, volume=ddd, doso=doso,
                         indo=indication)  # fmt: skip

    def migrated(self, on: str, direction: str) -> Person:
        """A move out of the country ("out") or into it ("in")."""
        code = {"out": "U", "in": "I"}[direction]
        return self._and("vnds", haend_dato=day(on), indud_kode=code)

    def educated(self, group: str | None, on: str = "", *, code: str | None = None) -> Person:
        """A completed education: its main group in DISCED-15, or the code alone."""
        completed = day(on) if on else None
        return self._and("udda", hfaudd=code, hovedgruppe=group, hf_vfra=completed)

    def in_care_home(self, from_day: str, to_day: str = "") -> Person:
        """A time of living in a care home."""
        end = day(to_day) if to_day else None
        return self._and("plejehjem", d_tilflyt_dato=day(from_day), d_fraflyt_dato=end)

    def with_medicines(self, on: str, *codes: str) -> Person:
        """Several prescription medicines handed over on one day."""
        person = self
        for code in codes:
            person = person.with_medicine(code, on)
        return person

    def marked(self, on: str, marker: str = "AWA1") -> Person:
        """A marker of a contact: ready for discharge, unless told otherwise."""
        return self._and("markoerer", markoer=marker, dato=day(on))

    def in_prevention(self, from_day: str, to_day: str = "") -> Person:
        """A municipal offer of prevention (section 119)."""
        end = day(to_day) if to_day else None
        return self._and("forebyggelsestilbud", start_dato=day(from_day), slut_dato=end)

    def visited(self, on: str) -> Person:
        """A preventive home visit."""
        return self._and("aefb", besoeg_dato=day(on))

    def in_training(self, month: str) -> Person:
        """A month with training, yyyymm."""
        return self._and("aetr", haend_mdr=month)

    def in_reablement(self, year: int) -> Person:
        """A year with reablement."""
        return self._and("aerehab", aar=year)

    def nursed(self, *days: str) -> Person:
        """Days with home nursing."""
        person = self
        for each in days:
            person = person._and("aehjsp", hjemsygep_dato=day(each))
        return person

    def with_home_help(
        self,
        month: str,
        *,
        personal: float | None = 60.0,
        practical: float | None = 30.0,
        granted: bool = False,
    ) -> Person:
        """Home help granted in a month, yyyymm, in minutes a week; `granted`: told as such."""
        return self._and(
            "aefv",
            haend_mdr=month,
            perpl_vis=personal,
            prahj_vis=practical,
            visiteret="ja" if granted else None,
        )

    def with_plan(
        self,
        made: str,
        *,
        discharged: str = "",
        offered: str = "",
        kind: str = "AWG2",
        held_back: str | None = None,
    ) -> Person:
        """A rehabilitation plan; discharged the same day unless told otherwise."""
        return self._and(
            "genoptraeningsplaner",
            plan_dato=day(made),
            plan_type=kind,
            udskrivningsdato=day(discharged) if discharged else None,
            foerste_tilbud_dato=day(offered) if offered else None,
            aarsag=held_back,
        )

    def _and(self, table: str, **row: Any) -> Person:
        return replace(self, rows=(*self.rows, (table, row)))

    def home(self, year: int) -> str | None:
        """Where the person lives on 1 January of the year."""
        if self.homes is not None:
            return self.homes.get(year)
        before = date(year, 1, 1)
        alive = not self.died or day(self.died) >= before
        return self.kommune if alive and day(self.born) < before else None


_TEXT = pa.string()
SCHEMAS: dict[str, pa.Schema] = {
    "bef": pa.schema(
        [("pnr", _TEXT), ("koen", pa.int64()), ("foed_dag", pa.date32()), ("kom", _TEXT),
         ("referencetid", pa.date32())]
    ),
    "dod": pa.schema([("pnr", _TEXT), ("doddato", pa.date32())]),
    "vnds": pa.schema([("pnr", _TEXT), ("indud_kode", _TEXT), ("haend_dato", pa.date32())]),
    "kontakter": pa.schema(
        [("dw_ek_kontakt", _TEXT), ("cpr", _TEXT), ("dato_start", pa.date32()),
         ("tidspunkt_start", _TEXT), ("dato_slut", pa.date32()), ("tidspunkt_slut", _TEXT),
         ("aktionsdiagnose", _TEXT), ("kontaktaarsag", _TEXT), ("prioritet", _TEXT),
         ("kontakttype", _TEXT), ("dato_henvisning", pa.date32()), ("sorenhed_ans", _TEXT),
         ("hovedspeciale_ans", _TEXT)]
    ),
    "diagnoser": pa.schema(
        [("dw_ek_kontakt", _TEXT), ("diagnosekode", _TEXT), ("diagnosetype", _TEXT),
         ("senere_afkraeftet", _TEXT)]
    ),
    "sssy": pa.schema(
        [("pnr", _TEXT), ("speciale", _TEXT), ("honuge", _TEXT), ("kontakt", pa.int64()),
         ("barnmak", pa.int64())]
    ),
    "lmdb": pa.schema(
        [("pnr12", _TEXT), ("eksd", pa.date32()), ("atc", _TEXT), ("apk", pa.int64()),
         ("volume", pa.float64()), ("doso", _TEXT), ("indo", _TEXT)]
    ),
    "plejehjem": pa.schema(
        [("v_pnr", _TEXT), ("d_tilflyt_dato", pa.date32()), ("d_fraflyt_dato", pa.date32())]
    ),
    "markoerer": pa.schema([("cpr", _TEXT), ("markoer", _TEXT), ("dato", pa.date32())]),
    "aefb": pa.schema([("pnr", _TEXT), ("besoeg_dato", pa.date32())]),
    "aetr": pa.schema([("pnr", _TEXT), ("haend_mdr", _TEXT)]),
    "aerehab": pa.schema([("pnr", _TEXT), ("aar", pa.int64())]),
    "aehjsp": pa.schema([("pnr", _TEXT), ("hjemsygep_dato", pa.date32())]),
    "aefv": pa.schema(
        [("pnr", _TEXT), ("haend_mdr", _TEXT), ("perpl_vis", pa.float64()),
         ("prahj_vis", pa.float64()), ("visiteret", _TEXT)]
    ),
    "genoptraeningsplaner": pa.schema(
        [("cpr", _TEXT), ("plan_dato", pa.date32()), ("plan_type", _TEXT),
         ("udskrivningsdato", pa.date32()), ("foerste_tilbud_dato", pa.date32()),
         ("aarsag", _TEXT)]
    ),
    "lab_dm_forsker": pa.schema(
        [("patient_cpr", _TEXT), ("samplingdate", pa.date32()), ("analysiscode", _TEXT),
         ("value", _TEXT)]
    ),
    "kronikere": pa.schema(
        [("cpr", _TEXT), ("sygdom", _TEXT), ("debut", pa.date32()), ("uddato", pa.date32()),
         ("opdateringsdato", pa.date32())]
    ),
    "forebyggelsestilbud": pa.schema(
        [("cpr", _TEXT), ("start_dato", pa.date32()), ("slut_dato", pa.date32())]
    ),
    "udda": pa.schema(
        [("pnr", _TEXT), ("hfaudd", _TEXT), ("hovedgruppe", _TEXT), ("hf_vfra", pa.date32())]
    ),
}  # fmt: skip
_KEY = {"lab_dm_forsker": "patient_cpr", "kronikere": "cpr",
        "kontakter": "cpr", "lmdb": "pnr12", "plejehjem": "v_pnr", "sssy": "pnr", "aehjsp": "pnr",
        "aefv": "pnr", "genoptraeningsplaner": "cpr", "markoerer": "cpr", "aefb": "pnr",
        "aetr": "pnr", "aerehab": "pnr", "forebyggelsestilbud": "cpr", "udda": "pnr",
        "vnds": "pnr"}  # fmt: skip


def write_registers(
    folder: Path,
    people: Sequence[Person],
    *,
    years: Sequence[int] = YEARS,
    without: Sequence[str] = (),
    with_nobody: Sequence[str] = (),
) -> Path:
    """The registers of `people` as Parquet files in `folder`, but those `without`.

    with_nobody: optional ones that are written though they tell of nobody.
    """
    rows: dict[str, list[Row]] = {name: [] for name in SCHEMAS}
    for number, person in enumerate(people):
        # The day 61 to 91 (DD + 60) is no date: nobody has such a number.
        pnr = f"6101{number:06d}"
        homes = {date(year - 1, 12, 31): person.home(year) for year in years}
        homes |= {day(on): kommune for on, kommune in person.seen.items()}
        rows["bef"] += [
            {
                "pnr": pnr,
                "koen": 2 if person.woman else 1,
                "foed_dag": day(person.born),
                "kom": home,
                "referencetid": on,
            }
            for on, home in homes.items()
            if home is not None
        ]
        if person.died:
            rows["dod"].append({"pnr": pnr, "doddato": day(person.died)})
        for at, (table, row) in enumerate(person.rows):
            own = dict(row)
            if "dw_ek_kontakt" in own:
                own["dw_ek_kontakt"] = f"{number:06d}-{own['dw_ek_kontakt'] or f'{at:06d}'}"
            if table in _KEY:
                own[_KEY[table]] = pnr
            rows[table].append(own)
    # An optional register that tells of nobody is not delivered; an empty one would be a fault.
    unasked = {name for name in ("udda", "kronikere", "vnds") if not rows[name]} - set(with_nobody)
    left_out = set(without) | unasked
    for name in SCHEMAS.keys() - left_out:
        schema = SCHEMAS[name]
        table = pa.Table.from_pylist(rows[name], schema=schema)
        pa.parquet.write_table(table, folder / f"{name}.parquet")
    return folder
