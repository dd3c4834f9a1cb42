"""Whether events are there for every month and kommune: sudden gaps, doubles, and late months.

What is expected of a kommune in a month is its usual share of what the other kommuner have that
month; of the whole country, what is usual around that month. So a summer is no gap, and a kommune
whose system stood still is one. No number is told, only that there is far less or far more than
expected.
"""

# ruff: noqa: S608  (names come from this file)
from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, Literal

Kind = Literal["gap", "double", "late", "absent"]
Months = Mapping[int, int]
"""How many events in each month, told as 202403."""

LEAST_MONTHS = 12
LEAST_EXPECTED = 30
LEAST_RESIDENTS = 3_000
GAP, DOUBLE, LATE, ABSENT = 0.4, 1.8, 0.8, 0.1
AROUND = 12
"""Months before and after that tell what is usual for the whole country."""
MOST_WARNINGS = 20
COUNTRY = ""

# Spine tables that a kommune delivers or uses evenly, with the day of a row and their register.
_BY_KOMMUNE = {
    "stays": ("CAST(started_at AS DATE)", "kontakter"),
    "home_nursing": ("nursed_on", "aehjsp"),
    "home_help": ("month_begins_on", "aefv"),
    "rehabilitation_plans": ("made_on", "genoptraeningsplaner"),
    "training": ("month_begins_on", "aetr"),
    "preventive_visits": ("visited_on", "aefb"),
}
# Large national registers, which come from one place: the months alone tell.
_BY_MONTH = {"gp_weeks": ("week_begins_on", "sssy"), "dispensings": ("dispensed_on", "lmdb")}

_QUESTION = "months "
_RESIDENTS = "residents by kommune"


@dataclass(frozen=True, slots=True)
class Finding:
    """Months from `first` to `last` of a register in a kommune (the whole country when "") that
    have far less or far more than expected."""

    register: str
    kommune: str
    first: int
    last: int
    kind: Kind


def questions(made: Iterable[str]) -> dict[str, str]:
    """What must be asked of the spine's tables that are `made`, in SQL by name."""
    made = set(made)
    asked = {
        _QUESTION + table: _by_kommune(table, day)
        for table, (day, _register) in _BY_KOMMUNE.items()
        if table in made and "residents" in made
    }
    asked |= {
        _QUESTION + table: f"SELECT {_month(day)} AS month, COUNT(*) AS n FROM {table} GROUP BY 1"
        for table, (day, _register) in _BY_MONTH.items()
        if table in made
    }
    if "residents" in made:
        asked[_RESIDENTS] = "SELECT kommune, COUNT(*) AS n FROM residents GROUP BY 1"
    return asked


def told(answers: Mapping[str, Sequence[tuple[Any, ...]]]) -> list[Finding]:
    """What was found, from the answers to `questions`."""
    residents = {kommune: int(n) for kommune, n in answers.get(_RESIDENTS, ())}
    found: list[Finding] = []
    for table, (_day, register) in (_BY_KOMMUNE | _BY_MONTH).items():
        counts: dict[str, dict[int, int]] = defaultdict(dict)
        for *area, month, n in answers.get(_QUESTION + table, ()):
            counts[area[0] if area else COUNTRY][int(month)] = int(n)
        found += findings(register, counts, residents)
    return found


def findings(
    register: str, counts: Mapping[str, Months], residents: Mapping[str, int]
) -> list[Finding]:
    """Gaps, doubles and late months of one register, by kommune and in the whole country."""
    country: dict[int, int] = defaultdict(int)
    for months in counts.values():
        for month, n in months.items():
            country[month] += n
    covered = _covered(country)
    if len(covered) < LEAST_MONTHS:
        return []
    found = list(_late(register, covered, country))
    found += _runs(register, COUNTRY, covered, country, _usual(country, covered))
    odd = {month for each in found for month in covered if each.first <= month <= each.last}
    for kommune, months in sorted(counts.items()):
        if kommune != COUNTRY and len(counts) > 1:
            # What is odd in the whole country is told once.
            expected = {
                m: n for m, n in _expected(months, country, covered).items() if m not in odd
            }
            found += _runs(register, kommune, covered, months, expected)
    found += _absent(register, covered, counts, residents)
    return found


def as_json(found: Sequence[Finding], names: Mapping[str, str]) -> list[dict[str, Any]]:
    """The findings as quality.json holds them, with words. names: what kommuner are called."""
    return [
        {
            "register": each.register,
            "kommune": each.kommune or None,
            "from": _written(each.first),
            "to": _written(each.last),
            "kind": each.kind,
            **_words(each, names.get(each.kommune, each.kommune)),
        }
        for each in found
    ]


def warnings(told: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """The first of the findings as warnings, and how many more there are."""
    some = [{"da": each["da"], "en": each["en"]} for each in told[:MOST_WARNINGS]]
    more = len(told) - len(some)
    if more > 0:
        some.append(
            {
                "da": f"{more} andre huller og spring i måneder og kommuner står i quality.json.",
                "en": f"{more} other gaps and jumps in months and kommuner are in quality.json.",
            }
        )
    return some


def _month(day: str) -> str:
    return f"CAST(EXTRACT(YEAR FROM {day}) * 100 + EXTRACT(MONTH FROM {day}) AS INTEGER)"


def _by_kommune(table: str, day: str) -> str:
    # Gathered to a row a person and month first, so that each meets the population once.
    return f"""
        SELECT r.kommune AS kommune, e.month AS month, CAST(SUM(e.events) AS BIGINT) AS n
        FROM (
          SELECT pid, year, month, COUNT(*) AS events
          FROM (
            SELECT pid, CAST(EXTRACT(YEAR FROM {day}) AS INTEGER) AS year, {_month(day)} AS month
            FROM {table}
          ) AS dated
          GROUP BY pid, year, month
        ) AS e
        JOIN residents AS r ON r.pid = e.pid AND r.year = e.year
        GROUP BY r.kommune, e.month
        """


def _covered(country: Months) -> list[int]:
    """All months from the first to the last that has a tenth of a usual one or more."""
    if not country:
        return []
    usual = median(country.values())
    real = [month for month, n in country.items() if n >= 0.1 * usual]
    months, month = [], min(real)
    while month <= max(real):
        months.append(month)
        month = _next(month)
    return months


def _next(month: int) -> int:
    return month + 89 if month % 100 == 12 else month + 1


def _usual(country: Months, covered: Sequence[int]) -> dict[int, float]:
    """What the whole country usually has around each month: a register grows over the years, and
    its last years are not twice delivered for that. Months with nothing are no part of it."""
    usual = {}
    for at, month in enumerate(covered):
        near = covered[max(0, at - AROUND) : at + AROUND + 1]
        some = [country[other] for other in near if country.get(other)]
        usual[month] = float(median(some)) if some else usual.get(covered[at - 1], 0.0)
    return usual


def _expected(months: Months, country: Months, covered: Sequence[int]) -> dict[int, float]:
    """A kommune's usual share of what the others have, month by month."""
    others = {month: country[month] - months.get(month, 0) for month in covered}
    shares = [months.get(month, 0) / others[month] for month in covered if others[month]]
    share = median(shares) if shares else 0
    return {month: share * others[month] for month in covered}


def _runs(
    register: str,
    kommune: str,
    covered: Sequence[int],
    months: Months,
    expected: Mapping[int, float],
) -> Iterator[Finding]:
    """Months after each other that all have far too little, or all far too much."""
    first, last, kind = 0, 0, None
    for month in covered:
        now = _kind(months.get(month, 0), expected.get(month, 0))
        if now != kind:
            if kind:
                yield Finding(register, kommune, first, last, kind)
            first, kind = month, now
        last = month
    if kind:
        yield Finding(register, kommune, first, last, kind)


def _kind(number: int, expected: float) -> Kind | None:
    if expected < LEAST_EXPECTED:
        return None
    if number < GAP * expected:
        return "gap"
    return "double" if number > DOUBLE * expected else None


def _late(register: str, covered: Sequence[int], country: Months) -> Iterator[Finding]:
    """The last months, while each has less than the same month of the year before. So December is
    not late for being December."""
    first, share = 0, 0.0
    for month in reversed(covered):
        before = country.get(month - 100, 0)
        now = country[month] / before if before >= LEAST_EXPECTED else 1.0
        if not max(share, GAP) <= now < LATE:
            break
        first, share = month, now
    if first:
        yield Finding(register, COUNTRY, first, covered[-1], "late")


def _absent(
    register: str,
    covered: Sequence[int],
    counts: Mapping[str, Months],
    residents: Mapping[str, int],
) -> Iterator[Finding]:
    """Kommuner that have next to nothing for their size in all of the time."""
    totals = {kommune: sum(counts.get(kommune, {}).values()) for kommune in residents}
    rates = [totals[kommune] / n for kommune, n in residents.items() if n and totals[kommune]]
    if COUNTRY in counts or len(rates) < 2:
        return
    usual = median(rates)
    for kommune, n in sorted(residents.items()):
        expected = usual * n
        # A few people may have many days of care each, so a small place can have none by chance.
        is_large = n >= LEAST_RESIDENTS and expected >= 10 * LEAST_EXPECTED
        if is_large and totals[kommune] < ABSENT * expected:
            yield Finding(register, kommune, covered[0], covered[-1], "absent")


def _written(month: int) -> str:
    return f"{month // 100}-{month % 100:02}"


def _words(found: Finding, name: str) -> dict[str, str]:
    first, last = _written(found.first), _written(found.last)
    when_da = first if first == last else f"{first} til {last}"
    when_en = first if first == last else f"{first} to {last}"
    where_da, where_en = (f" i {name}", f" in {name}") if name else ("", "")
    da, en = {
        "gap": (
            "har langt færre hændelser end ventet: mangler der rækker?",
            "has far fewer events than expected: are rows missing?",
        ),
        "double": (
            "har langt flere hændelser end ventet: er noget leveret to gange?",
            "has far more events than expected: was something delivered twice?",
        ),
        "late": (
            "har færre hændelser end sædvanlig: indberetningen er måske ikke færdig.",
            "has fewer events than usual: reporting may not be finished.",
        ),
        "absent": (
            "har næsten ingen hændelser: leverer kommunen til registeret?",
            "has next to no events: does the kommune deliver to the register?",
        ),
    }[found.kind]
    return {
        "da": f"{found.register}{where_da} {when_da} {da}",
        "en": f"{found.register}{where_en} {when_en} {en}",
    }
