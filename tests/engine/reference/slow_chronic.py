"""Nine chronic diseases and what they lead to, slowly."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from tests.engine.reference.slow import (
    NOT_ASKED,
    Counted,
    Life,
    age_on,
    among,
    rate,
    share,
)
from tests.engine.reference.slow_hospital import (
    acute_admissions,
    ended,
    gp_contacts,
    is_first_somatic,
    is_somatic_again,
)

Times = tuple[date, date | None]
"""The first day with a disease, and the first without it."""


def diseases(life: Life) -> dict[str, Times]:
    """The diseases the person gets, and when."""
    kept: dict[str, Times] | None = getattr(life, "diseases", None)
    if kept is None:
        kept = {}
        for name, rule in _RULES.items():
            told = _in_ruks(name)
            when = _by_ruks(life, told) if told & life.in_ruks else rule(life)
            if when is not None:
                kept[name] = when
        life.diseases = kept  # type: ignore[attr-defined]
    return kept


def _in_ruks(name: str) -> frozenset[str]:
    """What the register calls the disease."""
    if name in ("t1d", "t2d"):
        return frozenset({f"type {name[1]} - diabetes", f"type {name[1]}-diabetes"})
    return frozenset({"skizofreni" if name == "skizo" else name})


def _by_ruks(life: Life, names: frozenset[str]) -> Times | None:
    """From the first debut to the last day out, of the newest update."""
    rows = [
        row
        for row in life.ruks
        if row["sygdom"].strip().lower() in names
        and row["debut"] is not None
        and (row["uddato"] is None or row["uddato"] >= row["debut"])
    ]
    newest = max((row["opdateringsdato"] for row in rows if row["opdateringsdato"]), default=None)
    rows = [row for row in rows if row["opdateringsdato"] == newest]
    rows = [row for row in rows if row["uddato"] != row["debut"]]
    if not rows:
        return None
    out = [row["uddato"] for row in rows]
    return min(row["debut"] for row in rows), None if None in out else max(out)


def has(life: Life, name: str, day: date) -> bool:
    when = diseases(life).get(name)
    return when is not None and when[0] <= day and (when[1] is None or day < when[1])


def diagnosed_on(
    life: Life, *codes: str, from_age: int = 0, types: str = "AB", exactly: tuple[str, ...] = ()
) -> list[date]:
    """The days with such a diagnosis, in order."""
    return sorted(
        {
            day
            for day, code, type_ in life.diagnosed
            if (code.startswith(codes) or code in exactly) and type_ in types
            if age_on(life.born, day) >= from_age
        }
    )


def dispensed_on(life: Life, *codes: str, from_age: int = 0) -> list[date]:
    """The days with such a medicine, in order."""
    return sorted(
        {
            row["eksd"]
            for row in life.medicine
            if (row["atc"] or "").startswith(codes) and age_on(life.born, row["eksd"]) >= from_age
        }
    )


def _within_a_year(days: list[date]) -> list[date]:
    """The later of two days at most 365 days apart."""
    return [
        later
        for later in days
        if any(timedelta(0) < later - earlier <= timedelta(days=365) for earlier in days)
    ]


def _for_life(days: Iterable[date]) -> Times | None:
    first = min(days, default=None)
    return None if first is None else (first, None)


def _copd(life: Life) -> Times | None:
    """One diagnosis, or two days with COPD medicine at most 365 days apart; from age 30."""
    inhaler = ("R03AC18", "R03AC19", "R03AL", "R03BB04", "R03BB05", "R03BB06", "R03BB07")
    medicine = _within_a_year(dispensed_on(life, *inhaler, from_age=30))
    return _for_life([*diagnosed_on(life, "DJ44", from_age=30), *medicine])


def _asthma(life: Life) -> Times | None:
    """One diagnosis, or from age 6 two days with asthma medicine at most 365 days apart. Not after
    COPD; over when COPD comes, or 3,650 days after the last diagnosis or medicine."""
    inhaler = (
        "R03AC0", "R03AC12", "R03AC13", "R03AK", "R03BA", "R03BC", "R03DC",
    )  # fmt: skip
    diagnosed = diagnosed_on(life, "DJ45", "DJ46")
    medicine = dispensed_on(life, *inhaler, from_age=6)
    first = min([*diagnosed, *_within_a_year(medicine)], default=None)
    if first is None:
        return None
    over = max([*diagnosed, *medicine]) + timedelta(days=3650)
    copd = _copd(life)
    if copd is not None:
        if copd[0] <= first:
            return None
        over = min(over, copd[0])
    return first, over


def _type_1(life: Life) -> Times | None:
    """A diagnosis and insulin, with more days of type 1 than of type 2 diagnosis."""
    type_1, type_2 = diagnosed_on(life, "DE10"), diagnosed_on(life, "DE11")
    insulin = dispensed_on(life, "A10A")
    if not type_1 or not insulin or len(type_2) >= len(type_1):
        return None
    return max(type_1[0], insulin[0]), None


def _type_2(life: Life) -> Times | None:
    """One diagnosis, or two days with glucose-lowering medicine that is not insulin; not metformin
    to women under 40; not when type 1 outweighs and there is insulin."""
    type_1, type_2 = diagnosed_on(life, "DE10"), diagnosed_on(life, "DE11")
    if len(type_1) > len(type_2) and dispensed_on(life, "A10A"):
        return None
    days = set()
    for row in life.medicine:
        atc = row["atc"] or ""
        young_woman = life.is_woman and age_on(life.born, row["eksd"]) < 40
        if atc.startswith("A10B") and not (atc.startswith("A10BA02") and young_woman):
            days.add(row["eksd"])
    return _for_life([*type_2, *sorted(days)[1:]])


def _dementia(life: Life) -> Times | None:
    """One diagnosis, or two days with dementia medicine; from age 40."""
    codes = (
        "DF00", "DF01", "DF02", "DF03", "DF051", "DG30", "DG310B", "DG318B", "DG318E", "DG319",
    )  # fmt: skip
    medicine = dispensed_on(life, "N06D", from_age=40)[1:]
    return _for_life([*diagnosed_on(life, *codes, from_age=40), *medicine])


def _arthritis(life: Life) -> Times | None:
    """Two A diagnoses at least 30 days apart, or one and a DMARD; from age 18."""
    codes = ("DM05", "DM060", "DM062", "DM063", "DM068", "DM069")
    days = diagnosed_on(life, *codes, from_age=18, types="A", exactly=("DM06",))
    if not days:
        return None
    met = [day for day in days if (day - days[0]).days >= 30]
    dmard = dispensed_on(life, "L04", "L01BA01", "P01BA", from_age=18)
    if dmard:
        met.append(max(days[0], dmard[0]))
    return _for_life(met)


def _osteoporosis(life: Life) -> Times | None:
    """One diagnosis or one dispensing; from age 40."""
    medicine = dispensed_on(life, "M05B", "G03XC01", "H05AA02", "H05AA03", from_age=40)
    return _for_life([*diagnosed_on(life, "DM80", "DM81", from_age=40), *medicine])


def _schizophrenia(life: Life) -> Times | None:
    """One diagnosis."""
    return _for_life(diagnosed_on(life, "DF20"))


def _heart_failure(life: Life) -> Times | None:
    """One diagnosis, from age 18."""
    codes = ("DI50", "DI110", "DI130", "DI132", "DI42")
    return _for_life(diagnosed_on(life, *codes, from_age=18))


_RULES = {
    "kol": _copd, "astma": _asthma, "t1d": _type_1, "t2d": _type_2, "demens": _dementia,
    "leddegigt": _arthritis, "osteoporose": _osteoporosis, "skizo": _schizophrenia,
    "hjertesvigt": _heart_failure,
}  # fmt: skip


def prevalence(name: str):
    return lambda life, year, _age: share(has(life, name, date(year, 1, 1)))


def incidence(name: str):
    def counted(life: Life, year: int, _age: int) -> Counted:
        when = diseases(life).get(name)
        return share(when is not None and when[0].year == year)

    return counted


def admitted_with(name: str):
    """Acute somatic admissions of those who have the disease on 1 January."""

    def counted(life: Life, year: int, _age: int) -> Counted:
        if not has(life, name, date(year, 1, 1)):
            return NOT_ASKED
        return rate(acute_admissions(life, year))

    return counted


def _number(life: Life, year: int) -> int:
    return sum(has(life, name, date(year, 1, 1)) for name in _RULES)


def _chronic_use(use):
    def counted(life: Life, year: int, _age: int) -> Counted:
        return rate(use(life, year)) if _number(life, year) else NOT_ASKED

    return counted


def _readmitted_with_copd(life: Life, year: int, _age: int) -> Counted:
    if not has(life, "kol", date(year, 1, 1)):
        return NOT_ASKED
    month = timedelta(days=30)
    index = [
        stay
        for stay in ended(life, year)
        if is_first_somatic(stay) and stay.end + month <= life.extract_end
    ]
    return among(
        [
            any(
                is_somatic_again(other) and timedelta(0) < other.start - stay.end <= month
                for other in life.stays
            )
            for stay in index
        ]
    )


def _in_programme(life: Life, year: int, _age: int) -> Counted:
    if not _number(life, year):
        return NOT_ASKED
    first, last = date(year, 1, 1), date(year, 12, 31)
    return share(any(on <= last and (off is None or off >= first) for on, off in life.prevention))


CHRONIC = [name for name in _RULES if name != "skizo"]
COUNTING = {
    **{f"ruks_praev_{name}": prevalence(name) for name in CHRONIC},
    **{f"ruks_inc_{name}": incidence(name) for name in CHRONIC},
    "ruks_kronisk": lambda life, year, _age: share(_number(life, year) >= 1),
    "ruks_multi": lambda life, year, _age: share(_number(life, year) >= 2),
    "akut_kol": admitted_with("kol"),
    "akut_t2d": admitted_with("t2d"),
    "kron_119": _in_programme,
    "genind_kol": _readmitted_with_copd,
    "kron_forbrug_praksis": _chronic_use(gp_contacts),
    "kron_forbrug_sygehus": _chronic_use(lambda life, year: len(ended(life, year))),
    "kron_forbrug_sygepleje": _chronic_use(
        lambda life, year: sum(day.year == year for day in life.nursed)
    ),
}
