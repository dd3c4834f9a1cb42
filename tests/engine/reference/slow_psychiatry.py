"""Psychiatry, slowly."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from tests.engine.reference.slow import NOT_ASKED, Counted, Life, Stay, among, rate, share
from tests.engine.reference.slow_chronic import admitted_with, incidence, prevalence
from tests.engine.reference.slow_frail import came_back, is_followed, saw_gp
from tests.engine.reference.slow_hospital import begun, days_ready, ended

SUBSTANCES = ("DF10", "DF11", "DF12", "DF13", "DF14", "DF15", "DF16", "DF18", "DF19")


def _goes_on_in(stay: Stay, year: int) -> bool:
    first, after = datetime(year, 1, 1), datetime(year + 1, 1, 1)
    if stay.start == stay.end:
        return first <= stay.start < after
    return stay.start < after and stay.end > first


def _is_patient(life: Life, year: int) -> bool:
    return any(stay.psychiatric and _goes_on_in(stay, year) for stay in life.stays)


def _discharged(life: Life, year: int) -> list[Stay]:
    return [
        stay
        for stay in ended(life, year)
        if stay.psychiatric and stay.is_admission and not stay.unfinished and not stay.died
        if is_followed(life, stay, 30)
    ]


def _is_back(stay: Stay) -> bool:
    return stay.psychiatric and stay.is_admission and stay.acute


def _is_outpatient(stay: Stay) -> bool:
    return stay.psychiatric and not stay.is_admission


def _followed_up(days: int):
    def counted(life: Life, year: int, _age: int) -> Counted:
        return among(
            [
                came_back(life, stay, _is_outpatient, days=days)
                or saw_gp(life, stay.end.date(), stay.end.date() + timedelta(days=days))
                for stay in _discharged(life, year)
            ]
        )

    return counted


def _double(life: Life, year: int, _age: int) -> Counted:
    if not _is_patient(life, year):
        return NOT_ASKED
    return share(
        any(
            code.startswith(SUBSTANCES) and date(year, 1, 1) <= day <= date(year, 12, 31)
            for day, code, _type in life.diagnosed
        )
    )


def _short(life: Life, year: int, _age: int) -> Counted:
    stays = [stay for stay in begun(life, year) if _is_back(stay) and not stay.unfinished]
    return among([stay.is_under_a_day for stay in stays])


def _psychotropics(life: Life, year: int) -> bool:
    groups = ("N05A", "N05B", "N05C", "N06A", "N06BA", "N06D")
    return any(
        (row["atc"] or "").startswith(groups) and row["eksd"].year == year for row in life.medicine
    )


def _seen_in_time(life: Life, year: int, _age: int) -> Counted:
    return among(
        [(seen - referred).days <= 30 for referred, seen in life.referrals if seen.year == year]
    )


def _days_to_be_seen(life: Life, year: int, _age: int) -> Counted:
    waits = [(seen - referred).days for referred, seen in life.referrals if seen.year == year]
    return rate(sum(waits))


COUNTING = {
    "psyk_ventedage": _days_to_be_seen,
    "psyk_vent": _seen_in_time,
    "psyk_patienter": lambda life, year, _age: share(_is_patient(life, year)),
    "psyk_indl": lambda life, year, _age: rate(
        sum(stay.psychiatric and stay.is_admission for stay in begun(life, year))
    ),
    "psyk_amb_1000": lambda life, year, _age: rate(
        sum(_is_outpatient(stay) for stay in begun(life, year))
    ),
    "korttid_psyk": _short,
    "faerdigbeh_psyk": lambda life, year, _age: rate(days_ready(life, year, psychiatric=True)),
    "genind_psyk_30": lambda life, year, _age: among(
        [came_back(life, stay, _is_back) for stay in _discharged(life, year)]
    ),
    "psyk_opfoelg_7": _followed_up(7),
    "psyk_opfoelg_30": _followed_up(30),
    "psyk_dobbelt": _double,
    "psykofarmaka": lambda life, year, _age: share(_psychotropics(life, year)),
    "ruks_skizo": prevalence("skizo"),
    "ruks_inc_skizo": incidence("skizo"),
    "psyk_somatik": admitted_with("skizo"),
}
