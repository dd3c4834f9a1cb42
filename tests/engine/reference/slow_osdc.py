"""Diabetes by OSDC, slowly: gather the events, take the second, then ask for the type."""

from __future__ import annotations

from datetime import date, timedelta

from tests.engine.reference.slow import Counted, Life, age_on, share

# fmt: off
ENDOCRINOLOGY = ("medicinsk endokrinologi", "endokrinologi")
MEDICAL = (
    "blandet medicin og kirurgi", "intern medicin", "geriatri", "hepatologi", "hæmatologi",
    "infektionsmedicin", "kardiologi", "medicinsk allergologi", "medicinsk gastroenterologi",
    "medicinsk lungesygdomme", "lungesygdomme", "nefrologi", "reumatologi", "palliativ medicin",
    "akut medicin", "akutmedicin", "dermato-venerologi", "neurologi", "onkologi", "fysiurgi",
    "tropemedicin",
)
PREGNANCY = (
    "DO00", "DO01", "DO02", "DO03", "DO04", "DO05", "DO06", "DO80", "DO81", "DO82", "DO83", "DO84",
    "DZ33", "DZ37",
)
# fmt: on


def diabetes(life: Life) -> tuple[date, str] | None:
    """When the person got diabetes, and its type."""
    births = [day for day, code, _type in life.diagnosed if code.startswith(PREGNANCY)]

    def expecting(day: date) -> bool:
        return any(
            birth - timedelta(weeks=40) <= day <= birth + timedelta(weeks=12) for birth in births
        )

    bought = []
    for row in life.medicine:
        atc = row["atc"] or ""
        if not atc.startswith("A10") or atc.startswith(("A10BJ", "A10BK01", "A10BK03")):
            continue
        ovaries = row["indo"] in ("0000092", "0000276", "0000781")
        young = age_on(life.born, row["eksd"]) < 40
        if atc == "A10BA02" and life.is_woman and (young or ovaries):
            continue
        if not expecting(row["eksd"]):
            bought.append(row)
    told = [
        one for one in life.wards if one[1].startswith(("DE10", "DE11", "DE12", "DE13", "DE14"))
    ]
    days = sorted(
        [
            *{row["eksd"] for row in bought},
            *{row["samplingdate"] for row in life.tests if _is_high(row)
              if not expecting(row["samplingdate"])},
            *{day for day, *_rest in told},
            *set(life.feet),
        ]
    )  # fmt: skip
    if len(days) < 2:
        return None
    return days[1], "T1D" if _is_type_1(bought, [one for one in told if one[2] == "A"]) else "T2D"


def _is_high(row: dict) -> bool:  # type: ignore[type-arg]
    try:
        value = float((row["value"] or "").replace(",", "."))
    except ValueError:
        return False
    return value >= {"NPU27300": 48, "NPU03835": 6.5}.get(row["analysiscode"], float("inf"))


def _is_type_1(bought, main) -> bool:
    insulin = [
        row
        for row in bought
        if row["atc"].startswith("A10A") and not row["atc"].startswith("A10AE56")
    ]
    if not insulin:
        return False

    def number(code: str, wards: tuple[str, ...]) -> int:
        return sum(one[1].startswith(code) and one[3] in wards for one in main)

    if len(insulin) == len(bought):
        return number("DE10", ENDOCRINOLOGY) + number("DE10", MEDICAL) >= 1
    wards = ENDOCRINOLOGY
    if number("DE10", wards) + number("DE11", wards) == 0:
        wards = MEDICAL
    first = min(row["eksd"] for row in bought)
    return (
        number("DE10", wards) > number("DE11", wards)
        and 3 * _hundredths(insulin) >= 2 * _hundredths(bought)
        and min(row["eksd"] for row in insulin) <= first + timedelta(days=180)
    )


def _hundredths(rows) -> int:
    return sum(round(100 * (row["volume"] or 0)) for row in rows)


def _has(kind: str, *, new: bool):
    def counted(life: Life, year: int, _age: int) -> Counted:
        if not hasattr(life, "osdc"):
            life.osdc = diabetes(life)  # type: ignore[attr-defined]
        found = life.osdc  # type: ignore[attr-defined]
        if found is None or found[1] != kind:
            return share(False)
        began = found[0]
        return share(began.year == year and year >= 1998 if new else began <= date(year, 1, 1))

    return counted


COUNTING = {
    "osdc_praev_t1d": _has("T1D", new=False),
    "osdc_inc_t1d": _has("T1D", new=True),
    "osdc_praev_t2d": _has("T2D", new=False),
    "osdc_inc_t2d": _has("T2D", new=True),
}
