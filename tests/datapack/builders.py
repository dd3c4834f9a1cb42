"""A small, valid, invented pack, for the tests of every room.

    folder = a_pack(tmp_path / "pack")                       five indicators, two years
    folder = a_pack(tmp_path / "pack", years=(2024,), figures=a_table(a_row(...)))

`figures()` gives, for every place, sex, age and year:
  folketal   count; female 80+ in kommune 707 is zero
  dagophold  proportion, somatik; women and men of 707 hidden in every year; standardised rows
  laege      rate per 1000, begge; women 65+ of 730 hidden in the last year
  psyk       proportion, psykiatri; kommune rows not counted
  ventetid   rate by quarter, only all/all
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from klynge import datapack

YEARS = (2023, 2024)
CREATED = datetime(2025, 3, 1, 12, 0, tzinfo=UTC)
KOMMUNER = {"706": "Syddjurs", "707": "Norddjurs", "710": "Favrskov", "730": "Randers"}
PLACES: dict[tuple[str, str], str] = {
    **{("kommune", code): name for code, name in KOMMUNER.items()},
    ("kommune", "175"): "Rødovre",
    ("klynge", "rm-randers"): "Randersklyngen",
    ("klynge", "rh-midt"): "Sundhedsklynge Midt",
    ("klynge", "rh-syd"): "Sundhedsklynge Syd",
    ("sundhedsraad", "kronjylland"): "Sundhedsråd Kronjylland",
    ("region", "1082"): "Region Midtjylland",
    ("region", "1084"): "Region Hovedstaden",
    ("land", "DK"): "Danmark",
}
SEXES = ("all", "female", "male")
AGES = ("all", "0-64", "65+", "80+")
NUMBERS = datapack.NUMBER_COLUMNS


def a_pack(folder: Path, **overrides: Any) -> Path:
    """Write a pack with `klynge.datapack.write`, any argument of it overridden."""
    years = overrides.pop("years", YEARS)
    arguments: dict[str, Any] = {
        "figures": overrides.pop("figures", None),
        "indicators": indicators(),
        "quality": quality(),
        "geography": geography(),
        "registers": {"bef": {"extracted": "2025-02-01"}, "kontakter": {"extracted": "2025-02-01"}},
        "created": CREATED,
        "years": years,
        "note": "Opdigtede personer.",
        **overrides,
    }
    if arguments["figures"] is None:
        arguments["figures"] = figures(years)
    return datapack.write(folder, **arguments)


def an_indicator(code: str = "dagophold", **overrides: Any) -> dict[str, Any]:
    """One entry of indicators.json."""
    kind = overrides.get("kind", "proportion")
    out_of = {"da": f"borgere ({code})", "en": f"citizens ({code})"}
    return {
        "code": code,
        "theme": "frail",
        "domain": "somatik",
        "title": {"da": f"Opdigtet nøgletal {code}", "en": f"Invented indicator {code}"},
        "numerator": {"da": "personer med hændelsen", "en": "persons with the event"},
        "denominator": None if kind == "count" else out_of,
        "unit": {"da": "procent", "en": "per cent"},
        "kind": kind,
        "per": 100,
        "window": {"da": "kalenderår", "en": "calendar year"},
        "timing": "year",
        "ages": list(AGES),
        "codelists": [{"name": "liste", "codes": ["DJ44"], "source": "opdigtet"}],
        "leaves_out": {"da": "intet", "en": "nothing"},
        "weak_points": {"da": "er opdigtet", "en": "is invented"},
        "better": "lower",
        "certainty": "K",
        "certainty_note": {"da": "lokal definition", "en": "local definition"},
        "sources": ["https://example.org/"],
        "owner": "Datagruppen",
        "review_by": "2027-11-01",
        **overrides,
    }


def indicators() -> list[dict[str, Any]]:
    """Definitions of every kind and domain."""
    people = {"da": "antal personer", "en": "number of persons"}
    per_1000 = {"da": "pr. 1.000 borgere", "en": "per 1,000 citizens"}
    return [
        an_indicator(
            "folketal",
            title={"da": "Folketal", "en": "Population"},
            kind="count",
            per=1,
            unit=people,
            theme="population",
            domain="begge",
            timing="snapshot",
            better="neither",
            certainty="S",
        ),
        an_indicator("dagophold", title={"da": "Dagophold", "en": "Day stays"}),
        an_indicator(
            "laege",
            title={"da": "Kontakter til almen praksis", "en": "General practice contacts"},
            kind="rate",
            per=1000,
            unit=per_1000,
            domain="begge",
            theme="chronic",
            better="neither",
            certainty="P",
        ),
        an_indicator(
            "psyk",
            title={"da": "Borgere i psykiatrien", "en": "Citizens in psychiatric care"},
            domain="psykiatri",
            theme="psychiatry",
        ),
        an_indicator(
            "ventetid",
            title={"da": "Korte ventetider", "en": "Short waits"},
            better="higher",
        ),
    ]


def quality() -> dict[str, Any]:
    """A quality.json."""
    return {
        "tables": {"bef": {"rows_in": 1000, "rows_used": 995, "left_out": {"no_kom": "<5"}}},
        "sectors": [
            {
                "sector": "hospital",
                "da": "kontakt på sygehus",
                "en": "hospital contacts",
                "year": 2024,
                "persons": 26725,
                "found_in": {"practice": 93, "medicine": 79, "municipal": 20, "population": 99},
            }
        ],
        "totals": [
            a_total(answer="agrees", published=100, ours=100, difference_per_cent=0.0),
            a_total(answer="not_compared", why={"da": "vores tal er skjult", "en": "hidden"}),
            a_total(
                answer="differs",
                published=1200,
                ours=1000.5,
                difference_per_cent=-16.6,
                reasons=[{"da": "Er det samme enhed?", "en": "Is it the same unit?"}],
            ),
        ],
    }


def a_total(**overrides: Any) -> dict[str, Any]:
    """A published number as quality.json tells it."""
    return {
        "what": "dagophold",
        "title": {"da": "Dagophold", "en": "Day stays"},
        "number": "value",
        "place_kind": "land",
        "place": "DK",
        "place_name": "Danmark",
        "period": "2024",
        "sex": "female",
        "age": "18-44",
        "education": "all",
        "tolerance_per_cent": 5.0,
        "source": "Prøvekilden, tabel 1",
        "as_of": "2025-03-01",
        **overrides,
    }


def geography(places: Iterable[tuple[str, str]] | None = None) -> dict[str, Any]:
    """A geography that knows PLACES, or those given."""
    names = PLACES if places is None else dict.fromkeys(places, "Opdigtet")
    return {
        "klynge_on": "2024-01-01",
        "places": [{"kind": kind, "id": id, "name": name} for (kind, id), name in names.items()],
    }


def a_row(**overrides: Any) -> dict[str, Any]:
    """One shown row of figures: 20 of 100, 20 per cent."""
    row: dict[str, Any] = {
        "indicator": "dagophold",
        "place_kind": "land",
        "place": "DK",
        "period": "2024",
        "sex": "all",
        "age": "all",
        "education": "all",
        "measure": "crude",
        "status": "shown",
        "numerator": 20,
        "denominator": 100,
        "value": 20.0,
        "lower": 13.3,
        "upper": 28.9,
        **overrides,
    }
    if row["status"] != "shown":
        row.update({name: overrides.get(name) for name in NUMBERS})
    return row


def a_table(*rows: Mapping[str, Any]) -> pa.Table:
    """Rows as a table of figures."""
    return pa.Table.from_pylist(list(rows), schema=datapack.FIGURE_SCHEMA)


def figures(years: Sequence[int] = YEARS) -> pa.Table:
    """The invented figures told at the top of this file."""
    cells = [
        (year, kind, place, sex, age)
        for year in years
        for kind, place in PLACES
        for sex in SEXES
        for age in AGES
    ]
    rows = [row for cell in cells for row in _rows_of(*cell, last=max(years))]
    return a_table(*rows)


def _rows_of(
    year: int, kind: str, place: str, sex: str, age: str, *, last: int
) -> Iterable[dict[str, Any]]:
    people = _people(year, kind, place, sex, age)
    if (place, sex, age) == ("707", "female", "80+"):
        people = 0
    at = {"place_kind": kind, "place": place, "period": str(year), "sex": sex, "age": age}
    yield _count("folketal", people, at)
    hidden = place == "707" and sex != "all"
    yield _share("dagophold", people // 5, people, 100, at, "hidden" if hidden else "shown")
    hidden = year == last and (place, sex, age) == ("730", "female", "65+")
    yield _share("laege", people * 7, people, 1000, at, "hidden" if hidden else "shown")
    status = "not_counted" if kind == "kommune" else "shown"
    yield _share("psyk", people // 40, people, 100, at, status)
    if sex == age == "all":
        yield _share("dagophold", people // 5, people, 100, {**at, "measure": "standardised"})
        for quarter in (1, 2, 3, 4):
            when = {**at, "period": f"{year}-K{quarter}"}
            yield _share("ventetid", people // 10 + quarter, people, 100, when)


def _people(year: int, kind: str, place: str, sex: str, age: str) -> int:
    size = {"kommune": 1, "klynge": 4, "sundhedsraad": 5, "region": 20, "land": 100}[kind]
    whole = 1000 * size + 10 * (year - 2000) + sum(place.encode()) % 90
    part = {"all": 100, "0-64": 80, "65+": 20, "80+": 5}[age]
    return whole * {"all": 2, "female": 1, "male": 1}[sex] * part // 100


def _count(code: str, people: int, at: Mapping[str, Any]) -> dict[str, Any]:
    numbers = {"numerator": people, "denominator": None, "value": float(people)}
    return a_row(indicator=code, **{"measure": "count", **at}, **numbers, lower=None, upper=None)


def _share(
    code: str, top: int, bottom: int, per: int, at: Mapping[str, Any], status: str = "shown"
) -> dict[str, Any]:
    if status != "shown":
        return a_row(indicator=code, status=status, **at)
    value = per * top / bottom if bottom else None
    return a_row(
        indicator=code,
        **at,
        numerator=top,
        denominator=bottom,
        value=value,
        lower=None if value is None else value * 0.9,
        upper=None if value is None else value * 1.1,
    )
