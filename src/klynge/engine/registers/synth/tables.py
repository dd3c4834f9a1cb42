"""Numbers become register tables: canonical column names, text codes, dates."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from klynge.engine.registers.synth import beds, care, chronic, education
from klynge.engine.registers.synth import contacts as hospital
from klynge.engine.registers.synth.care import Help, Homes, Plans
from klynge.engine.registers.synth.causes import CODES, SPECIALTIES
from klynge.engine.registers.synth.contacts import Contacts
from klynge.engine.registers.synth.days import DAY, NEVER, Ints, day_number
from klynge.engine.registers.synth.diagnosing import TYPES
from klynge.engine.registers.synth.medicine import ATC, Dispensings
from klynge.engine.registers.synth.numbering import digits, text_of
from klynge.engine.registers.synth.people import People, Span
from klynge.engine.registers.synth.primary import SPECIALITIES, Claims
from klynge.engine.registers.synth.reference import denmark

SCHEMAS = {
    "bef": pa.schema(
        [("pnr", pa.string()), ("koen", pa.int8()), ("foed_dag", pa.date32()),
         ("kom", pa.string()), ("referencetid", pa.date32())]
    ),
    "dod": pa.schema([("pnr", pa.string()), ("doddato", pa.date32())]),
    "vnds": pa.schema(
        [("pnr", pa.string()), ("indud_kode", pa.string()), ("haend_dato", pa.date32())]
    ),
    "udda": pa.schema([("pnr", pa.string()), ("hfaudd", pa.string()), ("hf_vfra", pa.date32())]),
    "kontakter": pa.schema(
        [("dw_ek_kontakt", pa.string()), ("cpr", pa.string()),
         ("dato_start", pa.date32()), ("tidspunkt_start", pa.string()),
         ("dato_slut", pa.date32()), ("tidspunkt_slut", pa.string()),
         ("aktionsdiagnose", pa.string()), ("kontaktaarsag", pa.string()),
         ("prioritet", pa.string()), ("kontakttype", pa.string()),
         ("dato_henvisning", pa.date32()),
         ("sorenhed_ans", pa.string()), ("hovedspeciale_ans", pa.string())]
    ),
    "diagnoser": pa.schema(
        [("dw_ek_kontakt", pa.string()), ("diagnosekode", pa.string()),
         ("diagnosetype", pa.string()), ("senere_afkraeftet", pa.string())]
    ),
    "sssy": pa.schema(
        [("pnr", pa.string()), ("speciale", pa.string()), ("honuge", pa.string()),
         ("kontakt", pa.int32())]
    ),
    "lmdb": pa.schema(
        [("pnr12", pa.string()), ("eksd", pa.date32()), ("atc", pa.string()), ("apk", pa.int32()),
         ("volume", pa.float64()), ("doso", pa.string()), ("indo", pa.string())]
    ),
    "aefv": pa.schema(
        [("pnr", pa.string()), ("haend_mdr", pa.string()), ("perpl_vis", pa.int32()),
         ("prahj_vis", pa.int32())]
    ),
    "aehjsp": pa.schema([("pnr", pa.string()), ("hjemsygep_dato", pa.date32())]),
    "plejehjem": pa.schema(
        [("v_pnr", pa.string()), ("d_tilflyt_dato", pa.date32()), ("d_fraflyt_dato", pa.date32()),
         ("plejehjemsnavn", pa.string())]
    ),
    "forebyggelsestilbud": pa.schema(
        [("cpr", pa.string()), ("start_dato", pa.date32()), ("slut_dato", pa.date32())]
    ),
    "aetr": pa.schema(
        [("pnr", pa.string()), ("haend_mdr", pa.string()), ("trean_art", pa.string())]
    ),
    "aerehab": pa.schema([("pnr", pa.string()), ("aar", pa.int32()), ("ael_komkod", pa.string())]),
    "aefb": pa.schema([("pnr", pa.string()), ("besoeg_dato", pa.date32())]),
    "lab_dm_forsker": pa.schema(
        [("patient_cpr", pa.string()), ("samplingdate", pa.date32()),
         ("analysiscode", pa.string()), ("value", pa.string())]
    ),
    "kronikere": pa.schema(
        [("cpr", pa.string()), ("sygdom", pa.string()), ("debut", pa.date32()),
         ("uddato", pa.date32()), ("opdateringsdato", pa.date32())]
    ),
    "markoerer": pa.schema(
        [("cpr", pa.string()), ("markoer", pa.string()), ("dato", pa.date32())]
    ),
    "genoptraeningsplaner": pa.schema(
        [("cpr", pa.string()), ("plan_dato", pa.date32()), ("plan_type", pa.string()),
         ("udskrivningsdato", pa.date32()), ("foerste_tilbud_dato", pa.date32())]
    ),
    **beds.SCHEMAS,
}  # fmt: skip


class Tables:
    """Makes the tables of one block of people."""

    def __init__(self, people: People, span: Span, block: int) -> None:
        self._people, self._span, self._block = people, span, block
        self._pnr = text_of(people.pnr)

    def bef(self, *, quarterly: bool = False) -> pa.Table:
        """Residents at the end of the year before the first, and of every year or quarter."""
        parts = []
        ends = ((3, 31), (6, 30), (9, 30), (12, 31)) if quarterly else ((12, 31),)
        days = [day_number(year, *end) for year in self._span.years for end in ends]
        for on in (day_number(self._span.run_in_year, 12, 31), *days):
            person = np.flatnonzero(self._people.residents(on))
            parts.append((person, self._people.places(on)[person], np.full(len(person), on)))
        person, place, on = (np.concatenate(column) for column in zip(*parts, strict=True))
        order = np.lexsort((on, person))
        person, place, on = person[order], place[order], on[order]
        return self._table(
            "bef", self._of(person), self._people.sex[person] + 1,
            _dates(self._people.born[person]), _words(denmark().kom, place),
            _dates(on),
        )  # fmt: skip

    def dod(self) -> pa.Table:
        """Deaths of residents since the first snapshot."""
        people = self._people
        known = (people.dies >= self._span.first_day) & (people.dies < self._span.end)
        person = np.flatnonzero(known & (people.dies < people.leaves) & ~people.visitor)
        return self._table("dod", self._of(person), _dates(people.dies[person]))

    def vnds(self) -> pa.Table:
        """Everyone who came to the country after the first snapshot, and everyone who left it."""
        people, span = self._people, self._span
        seen = ~people.visitor
        came = np.flatnonzero(
            seen & (people.enters > people.born)
            & (people.enters >= span.first_day) & (people.enters < span.end)
        )  # fmt: skip
        left = np.flatnonzero(seen & (people.leaves < span.end) & (people.leaves <= people.dies))
        person = np.concatenate([came, left])
        code = np.repeat([0, 1], [len(came), len(left)])
        day = np.concatenate([people.enters[came], people.leaves[left]])
        return self._table("vnds", self._of(person), _words(("I", "U"), code), _dates(day))

    def udda(self, person: Ints, day: Ints, kind: Ints) -> pa.Table:
        """Completed educations."""
        return self._table("udda", self._of(person), _words(education.GROUPS, kind), _dates(day))

    def kontakter(self, contacts: Contacts, referred: Ints) -> pa.Table:
        """Hospital contacts; those still open when the extract was made have no end.

        referred: the day of each contact's referral, NEVER without one."""
        is_open = contacts.end >= self._span.end * DAY
        return self._table(
            "kontakter", text_of(self._keys(np.arange(len(contacts)))), self._of(contacts.person),
            _dates(contacts.start // DAY), _clock(contacts.start),
            _dates(contacts.end // DAY, is_open), _clock(contacts.end, is_open),
            _words(CODES, contacts.diag), _words(hospital.REASONS, contacts.reason),
            _words(hospital.PRIORITIES, contacts.priority), _words(hospital.TYPES, contacts.kind),
            _dates(referred, referred == NEVER),
            self._departments(contacts), _words(SPECIALTIES, contacts.specialty),
        )  # fmt: skip

    def diagnoser(
        self, row: Ints, code: NDArray[np.int16], kind: NDArray[np.int8], back: NDArray[np.bool_]
    ) -> pa.Table:
        """Diagnoses of the contacts in the same block."""
        return self._table(
            "diagnoser", text_of(self._keys(row)), _words(CODES, code), _words(TYPES, kind),
            _words(("Nej", "Ja"), back.astype(np.int8)),
        )  # fmt: skip

    def sssy(self, claims: Claims) -> pa.Table:
        """Practice claims."""
        codes = [f"{code:06}" for code in SPECIALITIES]
        return self._table(
            "sssy", self._of(claims.person), _words(codes, claims.service),
            _numbered(claims.week, 4), claims.number,
        )  # fmt: skip

    def lmdb(self, redeemed: Dispensings) -> pa.Table:
        """Redeemed prescriptions."""
        missing = redeemed.indication == 0
        return self._table(
            "lmdb", self._of(redeemed.person), _dates(redeemed.day), _words(ATC, redeemed.atc),
            redeemed.packs, redeemed.ddd, _words(("0", "1"), redeemed.dosed.astype(np.int8)),
            _numbered(redeemed.indication, 7, missing),
        )  # fmt: skip

    def lab_dm_forsker(self, person: Ints, day: Ints, level: Ints) -> pa.Table:
        """Results of long-term blood sugar (HbA1c), mmol/mol."""
        codes = _words(("NPU27300",), np.zeros(len(person), np.int64))
        return self._table("lab_dm_forsker", self._of(person), _dates(day), codes,
                           _numbered(level, 1))  # fmt: skip

    def kronikere(self) -> pa.Table:
        """Everybody's chronic diseases as the register RUKS would have them; asthma ends when COPD
        begins, as there."""
        onset = self._people.onset
        person, disease = np.nonzero(onset < self._span.end)
        begun = onset[person, disease]
        over = np.where(disease == chronic.ASTMA, onset[person, chronic.KOL], NEVER)
        over = np.where(over < self._span.end, over, NEVER)
        lives_until = np.minimum(self._people.dies, self._people.leaves)[person]
        known = (over > begun) & (begun < lives_until)
        person, disease, begun, over = (each[known] for each in (person, disease, begun, over))
        return self._table(
            "kronikere", self._of(person), _words(chronic.IN_RUKS, disease), _dates(begun),
            _dates(over, over == NEVER), _dates(np.full(len(person), self._span.end - 1)),
        )  # fmt: skip

    def aefv(self, help: Help) -> pa.Table:
        """Home help by month."""
        return self._table(
            "aefv", self._of(help.person), _numbered(help.month, 6), help.personal, help.practical
        )

    def aehjsp(self, person: Ints, day: Ints) -> pa.Table:
        """Days of home nursing."""
        return self._table("aehjsp", self._of(person), _dates(day))

    def aetr(self, person: Ints, month: Ints, kind: Ints) -> pa.Table:
        """Training by month."""
        kinds = _words(care.TRAINING_KINDS, kind)
        return self._table("aetr", self._of(person), _numbered(month, 6), kinds)

    def aerehab(self, person: Ints, year: Ints) -> pa.Table:
        """Years of reablement."""
        kom = _words(denmark().kom, self._people.kom[person])
        return self._table("aerehab", self._of(person), year, kom)

    def aefb(self, person: Ints, day: Ints) -> pa.Table:
        """Preventive home visits."""
        return self._table("aefb", self._of(person), _dates(day))

    def forebyggelsestilbud(self, person: Ints, begins: Ints, ends: Ints) -> pa.Table:
        """Offers of prevention."""
        return self._table(
            "forebyggelsestilbud", self._of(person), _dates(begins), _dates(ends, ends == NEVER)
        )

    def markoerer(self, person: Ints, day: Ints, kind: Ints) -> pa.Table:
        """Markers of being ready for discharge, and of not being so any longer."""
        return self._table("markoerer", self._of(person), _words(care.MARKERS, kind), _dates(day))

    def plejehjem(self, homes: Homes) -> pa.Table:
        """Care-home stays."""
        return self._table(
            "plejehjem", self._of(homes.person), _dates(homes.moved_in),
            _dates(homes.left, homes.left == NEVER), pa.array(homes.name, pa.string()),
        )  # fmt: skip

    def genoptraeningsplaner(self, plans: Plans) -> pa.Table:
        """Rehabilitation plans."""
        return self._table(
            "genoptraeningsplaner", self._of(plans.person), _dates(plans.made),
            _words(care.PLAN_TYPES, plans.kind), _dates(plans.discharged),
            _dates(plans.offered, plans.offered == NEVER),
        )  # fmt: skip

    def _of(self, person: Ints) -> pa.Array:
        return self._pnr.take(pa.array(person))

    def _keys(self, row: Ints) -> NDArray[np.uint8]:
        return digits((self._block + 1) * 10**10 + row, 18)

    def _departments(self, contacts: Contacts) -> pa.Array:
        """An invented organisation number: region of residence and speciality."""
        region = np.array([int(code) for code in denmark().region])[
            self._people.kom[contacts.person]
        ]
        return _numbered(990_000_000_000_000 + region * 1000 + contacts.specialty, 15)

    def _table(self, name: str, *columns: pa.Array | NDArray[np.generic]) -> pa.Table:
        schema = SCHEMAS[name]
        arrays = [
            pa.array(column).cast(field.type) for column, field in zip(columns, schema, strict=True)
        ]
        return pa.Table.from_arrays(arrays, schema=schema)


def _dates(days: Ints, missing: NDArray[np.bool_] | None = None) -> pa.Array:
    return pa.array(days.astype(np.int32), type=pa.int32(), mask=missing).cast(pa.date32())


def _clock(minutes: Ints, missing: NDArray[np.bool_] | None = None) -> pa.Array:
    return _words(_CLOCK, minutes % DAY, missing)


def _words(
    words: Sequence[str], at: NDArray[np.integer], missing: NDArray[np.bool_] | None = None
) -> pa.Array:
    index = pa.array(at.astype(np.int32), mask=missing)
    return pa.DictionaryArray.from_arrays(index, pa.array(list(words), pa.string()))


def _numbered(number: Ints, width: int, missing: NDArray[np.bool_] | None = None) -> pa.Array:
    unique, at = np.unique(number, return_inverse=True)
    words = [f"{value:0{width}}" for value in unique.tolist()] or [""]
    return _words(words, at.reshape(-1), missing)


_CLOCK = tuple(f"{minute // 60:02}:{minute % 60:02}:00" for minute in range(DAY))
