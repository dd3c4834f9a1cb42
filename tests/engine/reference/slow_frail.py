"""Frail older people: stays, readmissions, care, hand-overs and medicine, slowly."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from tests.engine.reference.slow import (
    NOT_ASKED,
    Counted,
    Life,
    Stay,
    among,
    rate,
    share,
)
from tests.engine.reference.slow_chronic import has
from tests.engine.reference.slow_hospital import (
    MEDICAL,
    begun,
    days_ready,
    ended,
    gp_contacts,
    is_acute_admission,
    is_first_somatic,
    is_medical,
    is_somatic_again,
)

# fmt: off
PREVENTABLE = (
    "DE86", "DK590", "DN30", "DA09", "DL89", "DD50", "DD51", "DD52", "DD53", "DZ59", "DZ74", "DZ75",
    "DJ12", "DJ13", "DJ14", "DJ15", "DJ18", "DJ20", "DJ21", "DJ22",
    "DJ40", "DJ41", "DJ42", "DJ43", "DJ44", "DJ45", "DJ46", "DJ47",
    "DS02", "DS12", "DS22", "DS32", "DS42", "DS52", "DS62", "DS72", "DS82", "DS92",
)
ANTIPSYCHOTICS = (
    "N05AA", "N05AB", "N05AC", "N05AD", "N05AE", "N05AF", "N05AG", "N05AH", "N05AL", "N05AX",
)
# fmt: on


def readmitted(life: Life, year: int, first: Callable[[Stay], bool]) -> Counted:
    """Discharges of the year that can be followed for 30 days, by somatic readmission."""
    index = [stay for stay in ended(life, year) if first(stay) and is_followed(life, stay, 30)]
    return among([came_back(life, stay, is_somatic_again) for stay in index])


def came_back(life: Life, stay: Stay, again: Callable[[Stay], bool], *, days: int = 30) -> bool:
    return any(
        again(other) and timedelta(0) < other.start - stay.end <= timedelta(days=days)
        for other in life.stays
    )


def is_followed(life: Life, stay: Stay, days: int) -> bool:
    return stay.end + timedelta(days=days) <= life.extract_end


def saw_gp(life: Life, first: date, last: date) -> bool:
    """A day of a claim week is one of the days."""
    return any(
        first <= monday + timedelta(days=step) <= last
        for monday, _year, _number in life.claims
        for step in range(7)
    )


def lives_in_care_home(life: Life, day: date) -> bool:
    return any(into <= day and (out is None or day < out) for into, out in life.homes)


def _preventable(life: Life, year: int) -> int:
    return sum(
        stay.acute and not stay.psychiatric and stay.diagnosis.startswith(PREVENTABLE)
        for stay in begun(life, year)
    )


def _hip_fractures(life: Life, year: int) -> int:
    hip = ("DS720", "DS721", "DS722")
    return sum(
        stay.acute
        and not stay.psychiatric
        and any(contact.diagnosis.startswith(hip) for contact in stay.contacts)
        for stay in begun(life, year)
    )


def _medical_nights(life: Life, year: int) -> int:
    return sum(
        (contact.end.date() - contact.start.date()).days
        for stay in life.stays
        for contact in stay.contacts
        if contact.specialty in MEDICAL and not contact.unfinished and contact.end.year == year
    )


def _handover(days: int, medical: bool, meets: Callable[[Life, Stay], bool]):
    def counted(life: Life, year: int, age: int) -> Counted:
        index = [
            stay
            for stay in ended(life, year)
            if is_acute_admission(stay) and not stay.unfinished and not stay.died
            if (is_medical(stay) or not medical) and is_followed(life, stay, days)
        ]
        return among([meets(life, stay) for stay in index])

    return counted


def _week(day: datetime, *, after: bool) -> tuple[date, date]:
    week = timedelta(days=7)
    return (day.date(), day.date() + week) if after else (day.date() - week, day.date())


def _gp_near(*, after: bool) -> Callable[[Life, Stay], bool]:
    def meets(life: Life, stay: Stay) -> bool:
        return saw_gp(life, *_week(stay.end if after else stay.start, after=after))

    return meets


def _nurse_near(*, after: bool) -> Callable[[Life, Stay], bool]:
    def meets(life: Life, stay: Stay) -> bool:
        first, last = _week(stay.end if after else stay.start, after=after)
        return any(first <= day <= last for day in life.nursed)

    return meets


def _moves_in(life: Life, stay: Stay) -> bool:
    first = stay.end.date()
    last = first + timedelta(days=30)
    moves = any(first <= into <= last for into, _out in life.homes)
    return moves and not lives_in_care_home(life, stay.start.date())


def _dies(life: Life, stay: Stay) -> bool:
    first = stay.end.date()
    return life.died is not None and first <= life.died <= first + timedelta(days=30)


def _admitted_from_care_home(life: Life, year: int, _age: int) -> Counted:
    if not lives_in_care_home(life, date(year, 1, 1)):
        return NOT_ASKED
    return rate(
        sum(
            is_acute_admission(stay) and lives_in_care_home(life, stay.start.date())
            for stay in begun(life, year)
        )
    )


def _help_minutes(life: Life, year: int, _age: int) -> Counted:
    january = date(year, 1, 1)
    return rate(life.helped[january]) if january in life.helped else NOT_ASKED


def _nursed(life: Life, year: int) -> bool:
    return any(day.year == year for day in life.nursed)


def _nursed_and(meets: Callable[[Life, int], bool]):
    return lambda life, year, _age: share(meets(life, year)) if _nursed(life, year) else NOT_ASKED


def _plans(life: Life, year: int) -> int:
    return sum(
        plan["plan_type"].startswith("AWG2") and plan["plan_dato"].year == year
        for plan in life.plans
    )


def _waits(life: Life, year: int) -> list[int]:
    """The days to the offer of each plan that counts, below 0 when it came before."""
    found = []
    for plan in life.plans:
        waits_from = plan["udskrivningsdato"] or plan["plan_dato"]
        offered = plan["foerste_tilbud_dato"]
        if plan["plan_type"].startswith("AWG2") and waits_from.year == year and offered is not None:
            if plan.get("aarsag"):
                continue
            found.append((offered - waits_from).days)
    return found


def _offers(life: Life, year: int, _age: int) -> Counted:
    return among([days <= 7 for days in _waits(life, year)])


def _days_to_offers(life: Life, year: int, _age: int) -> Counted:
    return rate(sum(max(days, 0) for days in _waits(life, year)))


def _substances(life: Life, year: int) -> int:
    last = date(year, 1, 1)
    first = last - timedelta(days=180)
    return len(
        {
            row["atc"]
            for row in life.medicine
            if len(row["atc"] or "") == 7 and first <= row["eksd"] < last
        }
    )


def _dose_packed(life: Life, year: int) -> bool:
    return any(row["doso"] == "1" and row["eksd"].year == year for row in life.medicine)


def _antipsychotics(life: Life, year: int, _age: int) -> Counted:
    if not has(life, "demens", date(year, 1, 1)):
        return NOT_ASKED
    return share(
        any(
            (row["atc"] or "").startswith(ANTIPSYCHOTICS) and row["eksd"].year == year
            for row in life.medicine
        )
    )


COUNTING = {
    "forebyg_65": lambda life, year, _age: rate(_preventable(life, year)),
    "genind_som_u67": lambda life, year, age: (
        readmitted(life, year, is_first_somatic) if age < 67 else NOT_ASKED
    ),
    "genind_67": lambda life, year, _age: readmitted(life, year, is_first_somatic),
    "fald_hofte": lambda life, year, _age: rate(_hip_fractures(life, year)),
    "med_sengedage_65": lambda life, year, _age: rate(_medical_nights(life, year)),
    "hjemmehjaelp_mod": lambda life, year, _age: share(date(year, 1, 1) in life.granted),
    "hjemmehjaelp_timer": _help_minutes,
    "sygepleje_mod": lambda life, year, _age: share(_nursed(life, year)),
    "aeldre_tvaers_praksis": _nursed_and(lambda life, year: gp_contacts(life, year) > 0),
    "aeldre_tvaers_sygehus": _nursed_and(lambda life, year: bool(ended(life, year))),
    "kontakt_foer_praksis": _handover(7, True, _gp_near(after=False)),
    "kontakt_foer_sygepleje": _handover(7, True, _nurse_near(after=False)),
    "kontakt_efter_praksis": _handover(7, True, _gp_near(after=True)),
    "kontakt_efter_sygepleje": _handover(7, True, _nurse_near(after=True)),
    "plejehjem_efter_akut": _handover(30, False, _moves_in),
    "doed_efter_akut": _handover(30, False, _dies),
    "plejehjem": lambda life, year, _age: share(lives_in_care_home(life, date(year, 1, 1))),
    "plejehjem_indl": _admitted_from_care_home,
    "genop_planer": lambda life, year, _age: rate(_plans(life, year)),
    "genop_vent": _offers,
    "genop_ventedage": _days_to_offers,
    "faerdigbeh_som": lambda life, year, _age: rate(days_ready(life, year, psychiatric=False)),
    "forebyg_besoeg": lambda life, year, _age: share(any(day.year == year for day in life.visited)),
    "rehab_83a": lambda life, year, _age: share(year in life.reabled),
    "traening_86": lambda life, year, _age: share(str(year) in life.trained),
    "dosispak": lambda life, year, _age: share(_dose_packed(life, year)),
    "polyfarmaci": lambda life, year, _age: share(_substances(life, year) >= 5),
    "antipsyk_demens": _antipsychotics,
}
