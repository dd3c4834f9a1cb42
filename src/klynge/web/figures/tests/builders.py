"""Packs and files for the tests of this room, brought in the way people bring them in."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.test import Client

from klynge import datapack
from klynge.structure import Geography
from klynge.web.figures import rules
from klynge.web.figures.models import Pack, PublishedSource
from tests.datapack.builders import a_pack, a_table, an_indicator, figures

HEAD = "indicator;place_kind;place;period;value;source\n"


def an_imported_pack(folder: Path, **overrides: Any) -> Pack:
    """The invented pack of tests/datapack/builders.py, brought in."""
    return rules.import_pack(a_pack(folder / "pack", **overrides), by=None).pack


def with_hidden(*, code: str, place: str) -> Any:
    """The invented figures, with every cell of one indicator at one place hidden."""
    rows = figures().to_pylist()
    for row in rows:
        if row["indicator"] == code and row["place"] == place:
            row["status"] = "hidden"
            row.update(dict.fromkeys(datapack.NUMBER_COLUMNS))
    return a_table(*rows)


def a_country(*, value: Callable[[str, int], tuple[int, int]], years: range) -> dict[str, Any]:
    """Arguments of a pack with one indicator for every place of Denmark, in each domain.

    value: numerator and denominator of a kommune in a year; larger places add theirs up.
    """
    geography = Geography.of_pack()
    codes = {"somatik": "ophold", "psykiatri": "psyk"}
    rows = [
        _row(code, cells, year, value)
        for domain, code in codes.items()
        for cells in geography.places(domain)
        for year in years
    ]
    return {
        "figures": a_table(*rows),
        "years": tuple(years),
        "geography": geography.descriptor(),
        "indicators": [
            an_indicator(
                code,
                domain=domain,
                theme="psychiatry" if domain == "psykiatri" else "frail",
                ages=["all"],
                title={"da": f"Nøgletal {code}", "en": f"Indicator {code}"},
            )
            for domain, code in codes.items()
        ],
    }


def _row(code: str, cells: Any, year: int, value: Any) -> dict[str, Any]:
    counts = [value(kommune, year) for kommune in cells.kommuner]
    top, bottom = sum(n for n, _d in counts), sum(d for _n, d in counts)
    share = 100 * top / bottom
    return {
        "indicator": code,
        "place_kind": cells.kind,
        "place": cells.id,
        "period": str(year),
        "sex": "all",
        "age": "all",
        "education": "all",
        "measure": "crude",
        "status": "shown",
        "numerator": top,
        "denominator": bottom,
        "value": share,
        "lower": share * 0.95,
        "upper": share * 1.05,
    }


def csv_file(*rows: str, head: str = HEAD) -> bytes:
    """A tidy file with semicolons, in UTF-8."""
    return (head + "".join(f"{row}\n" for row in rows)).encode()


def published(*rows: str, head: str = HEAD, **options: Any) -> list[PublishedSource]:
    """Those rows, brought in."""
    return rules.import_published("tal.csv", csv_file(*rows, head=head), by=None, **options)


def read(client: Client, address: str, **parameters: str) -> str:
    """A page without tags and with single spaces."""
    return plain(client.get(address, parameters).content.decode())


def plain(html: str) -> str:
    """HTML without tags and with single spaces."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))
