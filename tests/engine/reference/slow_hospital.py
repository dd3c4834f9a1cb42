"""The population, deaths, hospital use and general practice, slowly."""

from __future__ import annotations

from datetime import date, timedelta

from tests.engine.reference.slow import Counted, Life, Stay, rate, share

# fmt: off
MEDICAL = (
    "intern medicin", "geriatri", "kardiologi", "lungesygdomme", "lungemedicin", "nefrologi",
    "endokrinologi", "gastroenterologi og hepatologi", "medicinsk gastroenterologi", "hæmatologi",
    "infektionsmedicin", "reumatologi",
)
NOT_AGAIN = (
    "DZ763", "DF", "DC", "DD0", "DO80", "DO81", "DO82", "DO84",
    "DS", "DT1", "DT2", "DT30", "DT31", "DT32", "DT33", "DT34", "DT35",
    "DT51", "DT52", "DT53", "DT54", "DT55", "DT56", "DT57", "DT58", "DT59",
    "DT6", "DT7", "DT9", "DX", "DY",
)
# fmt: on


def is_acute_admission(stay: Stay) -> bool:
    return stay.acute and stay.is_admission and not stay.psychiatric


def is_medical(stay: Stay) -> bool:
    return any(contact.specialty in MEDICAL for contact in stay.contacts)


def is_first_somatic(stay: Stay) -> bool:
    left_out = ("DF", "DZ763", "DO4", "DC", "DD0")
    usable = not stay.unfinished and not stay.died and not stay.psychiatric
    return usable and stay.is_admission and not stay.diagnosis.startswith(left_out)


def is_somatic_again(stay: Stay) -> bool:
    return is_acute_admission(stay) and not stay.diagnosis.startswith(NOT_AGAIN)


def ended(life: Life, year: int) -> list[Stay]:
    return [stay for stay in life.stays if stay.end.year == year]


def begun(life: Life, year: int) -> list[Stay]:
    return [stay for stay in life.stays if stay.start.year == year]


def acute_admissions(life: Life, year: int) -> int:
    return sum(is_acute_admission(stay) for stay in begun(life, year))


def gp_contacts(life: Life, year: int) -> int:
    return sum(number for _monday, claimed, number in life.claims if claimed == year)


def days_ready(life: Life, year: int, *, psychiatric: bool) -> int:
    """Days from being marked ready until it was taken back or the admission ended."""
    days = 0
    for stay in ended(life, year):
        if not stay.is_admission or stay.unfinished or stay.psychiatric != psychiatric:
            continue
        first, last = stay.start.date(), stay.end.date()
        markers = sorted({mark for mark in life.marked if first <= mark[0] <= last})
        ready_on = None
        for day, marker in markers:
            if marker == "AWA1" and ready_on is None:
                ready_on = day
            elif marker == "AWX1" and ready_on is not None:
                days += (day - ready_on).days
                ready_on = None
        if ready_on is not None:
            days += (last - ready_on).days
    return days


def _short_medical(life: Life, year: int) -> int:
    stays = [stay for stay in begun(life, year) if is_acute_admission(stay) and is_medical(stay)]
    return sum(stay.is_under_a_day for stay in stays)


def _everyone(_life: Life, _year: int, _age: int) -> Counted:
    return 1, 1, False


def _days_lost(life: Life, year: int) -> int:
    """Day by day from 1 January, when the person was here."""
    here, lost, day = True, 0, date(year, 1, 1)
    while day.year == year:
        codes = {code for moved_on, code in life.moves if moved_on == day}
        if len(codes) == 1:
            here = codes == {"I"}
        alive = life.died is None or day <= life.died
        lost += not (here and alive)
        day += timedelta(days=1)
    return lost


COUNTING = {
    "pop_folketal": _everyone,
    "pop_aldersandel": _everyone,
    "doedsfald_1000": lambda life, year, _age: share(
        life.died is not None and life.died.year == year
    ),
    "tabt_persontid": lambda life, year, _age: rate(_days_lost(life, year)),
    "prim_andel": lambda life, year, _age: share(gp_contacts(life, year) > 0),
    "prim_kontakter": lambda life, year, _age: rate(gp_contacts(life, year)),
    "sgh_patienter": lambda life, year, _age: share(bool(ended(life, year))),
    "sgh_ophold_1000": lambda life, year, _age: rate(len(ended(life, year))),
    "indl_1000": lambda life, year, _age: rate(
        sum(stay.is_admission for stay in begun(life, year))
    ),
    "akut_indl_1000": lambda life, year, _age: rate(acute_admissions(life, year)),
    "korttid_med": lambda life, year, _age: rate(_short_medical(life, year)),
}
