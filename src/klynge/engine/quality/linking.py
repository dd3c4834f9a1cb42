"""How registers link: to the population, and to each other.

Rows are looked up in the population register, by year. Persons are looked up in each other sector:
of those with hospital contacts in a year, how many also had claims of general practice, medicine
or municipal care that year. Who has one of them mostly has others too, so a year in which they
have not is one whose keys do not fit. Shares only, in whole per cent, and only of a thousand or
more.
"""

# ruff: noqa: S608  (names come from this file)
from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from statistics import median
from typing import Any

from klynge.engine.quality.fates import DELIVERED_TWICE, NOBODYS, ROWS, Words, by_year
from klynge.engine.quality.rounding import rounded, share

LOW_LINKAGE = 99.0
A_BREAK = 15
"""Percentage points from what is usual in the other years."""

POPULATION = "population"
# Which spine tables tell that a person met a sector, with the year of a row.
_SECTORS: dict[str, dict[str, str]] = {
    "hospital": {"contacts": "started_at"},
    "practice": {"gp_weeks": "year"},
    "medicine": {"dispensings": "dispensed_on"},
    "municipal": {
        "home_nursing": "nursed_on",
        "home_help": "month_begins_on",
        "training": "month_begins_on",
        "reablement": "year",
        "rehabilitation_plans": "made_on",
        "preventive_visits": "visited_on",
        "prevention": "began_on",
        "care_home": "moved_in_on",
    },
    POPULATION: {"residents": "year"},
}
_NAMES: dict[str, Words] = {
    "hospital": {"da": "kontakt på sygehus", "en": "hospital contacts"},
    "practice": {"da": "ydelser i praksissektoren", "en": "claims of general practice"},
    "medicine": {"da": "receptmedicin", "en": "prescription medicine"},
    "municipal": {"da": "kommunal pleje og træning", "en": "municipal care"},
    POPULATION: {"da": "befolkningen 1. januar", "en": "the population on 1 January"},
}
_QUESTION = "sectors"


def questions(made: set[str]) -> dict[str, str]:
    """What must be asked of the spine's tables that are `made`, in SQL by name.

    The answer has the persons of each year by the sum of the sectors' bits.
    """
    met = [_met(bit, parts, made) for bit, parts in _bits() if made & parts.keys()]
    if "residents" not in made or len(met) < 2:
        return {}
    bits = " + ".join(
        f"MAX(CASE WHEN bit = {bit} THEN {bit} ELSE 0 END)" for bit, _parts in _bits()
    )
    return {
        _QUESTION: f"""
        SELECT year, CAST(sectors AS INTEGER) AS sectors, COUNT(*) AS n
        FROM (
          SELECT pid, year, {bits} AS sectors
          FROM ({" UNION ALL ".join(met)}) AS met
          GROUP BY pid, year
        ) AS persons
        GROUP BY year, sectors
        """
    }


def overall(tables: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """How large a share of each register's rows belongs to somebody in the population."""
    told = []
    for register, account in tables.items():
        if register == "bef" or not isinstance(account["rows"], int) or not account["rows"]:
            continue
        lost = [_least(line["rows"]) for line in account["fell_out"] if line["reason"] in NOBODYS]
        linked = 100 * (1 - sum(lost) / account["rows"])
        told.append({"register": register, "to": "bef", "per_cent": round(linked, 1)})
    return told


def yearly(
    found: Mapping[str, Sequence[tuple[Any, ...]]], years: Sequence[int]
) -> list[dict[str, Any]]:
    """The same for each year, in whole per cent, where there are rows enough to tell it."""
    told = []
    for register, rows in ROWS.items():
        fates = by_year(found.get(rows.view, ()))
        linked = {
            str(year): per_cent
            for year in years
            if (per_cent := _linked(fates.get(year, {}))) is not None
        }
        if register != "bef" and linked:
            told.append({"register": register, "per_cent": linked})
    return told


def sectors(
    found: Mapping[str, Sequence[tuple[Any, ...]]], years: Sequence[int]
) -> list[dict[str, Any]]:
    """Of the persons who met a sector in a year, the share found in each of the others: a line a
    sector and year. A share is None where there is nothing to look in, or there are too few."""
    counts: dict[int, dict[int, int]] = defaultdict(dict)
    for year, mask, n in found.get(_QUESTION, ()):
        if year is not None and int(year) in years:
            counts[int(year)][int(mask)] = int(n)
    there = _all_in(counts)
    return [
        _line(name, bit, year, masks, there)
        for name, bit in there.items()
        if name != POPULATION
        for year, masks in sorted(counts.items())
        if any(mask & bit for mask in masks)
    ]


def warnings(
    linkage: Sequence[Mapping[str, Any]],
    by_year: Sequence[Mapping[str, Any]],
    met: Sequence[Mapping[str, Any]],
) -> list[Words]:
    """Registers that link badly, and years that link otherwise than the others."""
    return [*_low(linkage), *_broken_years(by_year), *_broken_sectors(met)]


def _linked(fates: Mapping[str, int]) -> int | None:
    """Whole per cent of the rows that belong to somebody in the population."""
    n = sum(n for fate, n in fates.items() if fate != DELIVERED_TWICE)
    return share(n - sum(fates.get(fate, 0) for fate in NOBODYS), n)


def _bits() -> Iterator[tuple[int, Mapping[str, str]]]:
    for place, parts in enumerate(_SECTORS.values()):
        yield 1 << place, parts


def _met(bit: int, parts: Mapping[str, str], made: set[str]) -> str:
    """Persons and years with the bit, each table's once."""
    selected = [
        f"SELECT DISTINCT pid, CAST({_year(day)} AS INTEGER) AS year, {bit} AS bit FROM {table}"
        for table, day in parts.items()
        if table in made
    ]
    return " UNION ALL ".join(selected)


def _year(day: str) -> str:
    return "year" if day == "year" else f"EXTRACT(YEAR FROM {day})"


def _all_in(counts: Mapping[int, Mapping[int, int]]) -> dict[str, int]:
    """The sectors that anybody met, with their bits."""
    every = 0
    for masks in counts.values():
        for mask in masks:
            every |= mask
    return {name: bit for name, (bit, _p) in zip(_SECTORS, _bits(), strict=True) if every & bit}


def _line(
    name: str, bit: int, year: int, masks: Mapping[int, int], there: Mapping[str, int]
) -> dict[str, Any]:
    persons = sum(n for mask, n in masks.items() if mask & bit)
    in_year = {other for other in there if any(mask & there[other] for mask in masks)}
    line: dict[str, Any] = {"sector": name, **_NAMES[name], "year": year}
    line["persons"] = rounded(persons)
    line["found_in"] = {
        other: share(sum(n for mask, n in masks.items() if mask & bit and mask & it), persons)
        for other, it in there.items()
        if other != name and other in in_year
    }
    return line


def _least(count: int | str) -> int:
    return count if isinstance(count, int) else 0


def _low(linkage: Sequence[Mapping[str, Any]]) -> list[Words]:
    return [
        {
            "da": f"Kun {_comma(line['per_cent'])} pct. af rækkerne i {line['register']} hører til"
            " en person i befolkningen.",
            "en": f"Only {line['per_cent']} per cent of the rows in {line['register']} belong to a"
            " person in the population.",
        }
        for line in linkage
        if line["per_cent"] < LOW_LINKAGE
    ]


def _broken_years(lines: Sequence[Mapping[str, Any]]) -> list[Words]:
    return [
        {
            "da": f"I {year} hører {now} pct. af rækkerne i {line['register']} til en person i"
            f" befolkningen; i de andre år er det {usual} pct. Passer nøglerne sammen?",
            "en": f"In {year} {now} per cent of the rows in {line['register']} belong to a"
            f" person in the population; in the other years {usual} per cent do. Do the keys fit?",
        }
        for line in lines
        for year, now, usual in _breaks(line["per_cent"])
    ]


def _broken_sectors(lines: Sequence[Mapping[str, Any]]) -> list[Words]:
    shares: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for line in lines:
        for other, per_cent in line["found_in"].items():
            if per_cent is not None:
                shares[line["sector"], other][str(line["year"])] = per_cent
    return [
        {
            "da": f"Af dem med {_NAMES[sector]['da']} i {year} findes {now} pct. i"
            f" {_NAMES[other]['da']}; i de andre år er det {usual} pct. Mangler der rækker, eller"
            " passer nøglerne ikke sammen?",
            "en": f"Of those with {_NAMES[sector]['en']} in {year} {now} per cent are found in"
            f" {_NAMES[other]['en']}; in the other years {usual} per cent are. Are rows missing, or"
            " do the keys not fit?",
        }
        for (sector, other), by_year in shares.items()
        for year, now, usual in _breaks(by_year)
    ]


def _breaks(shares: Mapping[str, int]) -> Iterator[tuple[str, int, int]]:
    """Years that are far below what is usual in the others: the year, its share, the usual one."""
    for year, now in shares.items():
        others = [share for other, share in shares.items() if other != year]
        if others and now <= (usual := round(median(others))) - A_BREAK:
            yield year, now, usual


def _comma(per_cent: float) -> str:
    return str(per_cent).replace(".", ",")
