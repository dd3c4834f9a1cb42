"""The numbers of a page as CSV, each row with its source, pack and definition.

Danish: semicolons and decimal commas, as Danish Excel reads them; English: commas and points.
The first three bytes tell Excel that it is UTF-8. A hidden cell has its status and no number.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from klynge.web.figures.across import Across
from klynge.web.figures.cells import Cell
from klynge.web.figures.models import Indicator
from klynge.web.figures.places import Place
from klynge.web.figures.published import PublishedLine, Told
from klynge.web.figures.reading import Breakdown, Desk, Face
from klynge.web.figures.vocabulary import notice

COLUMNS = (
    "indicator",
    "title",
    "unit",
    "place_kind",
    "place",
    "place_name",
    "period",
    "sex",
    "age",
    "measure",
    "status",
    "value",
    "lower",
    "upper",
    "numerator",
    "denominator",
    "certainty",
    "source",
    "pack",
    "definition",
    "note",
)
Row = dict[str, Any]


def of_faces(
    desk: Desk, place: Place, faces: Iterable[Face], lines: Iterable[PublishedLine]
) -> HttpResponse:
    """Every period of every indicator on the page, the region's and the country's too."""
    rows = [row for face in faces for row in _face_rows(desk, face)]
    rows += [row for line in lines for row in _published_rows(line, place)]
    return _sent(f"{place.name} {_('tal')}", rows)


def of_indicator(
    desk: Desk,
    place: Place,
    face: Face,
    breakdown: Breakdown | None,
    inside: Across | None,
) -> HttpResponse:
    """One indicator over time, by sex and age, and in the place's kommuner."""
    rows = list(_face_rows(desk, face))
    if breakdown:
        rows += [
            _row(desk, face.indicator, place, cell)
            for _age, _title, cells in breakdown.rows
            for cell in cells
            if not (cell.sex == "all" and cell.age == face.age)
        ]
    rows += list(_across_rows(desk, inside)) if inside else []
    return _sent(f"{place.name} {face.code}", rows)


def of_across(desk: Desk, across: Across) -> HttpResponse:
    """Every place of the comparison, and what they are compared with."""
    return _sent(f"{across.indicator.code} {across.period}", _across_rows(desk, across))


def _face_rows(desk: Desk, face: Face) -> Iterator[Row]:
    for series in (face.own, *face.beside):
        for cell in series.cells:
            yield _row(desk, face.indicator, series.place, cell)


def _across_rows(desk: Desk, across: Across) -> Iterator[Row]:
    for line in across.lines:
        yield _row(desk, across.indicator, line.place, line.cell)
    for place, cell in across.marks:
        yield _row(desk, across.indicator, place, cell)


def _row(desk: Desk, indicator: Indicator, place: Place, cell: Cell) -> Row:
    pack = desk.pack
    return {
        "indicator": indicator.code,
        "title": indicator.title,
        "unit": indicator.unit,
        "place_kind": place.kind,
        "place": place.id,
        "place_name": place.name,
        "period": cell.period,
        "sex": cell.sex,
        "age": cell.age,
        "measure": cell.measure,
        "status": cell.status,
        "value": cell.value,
        "lower": cell.lower,
        "upper": cell.upper,
        "numerator": cell.numerator,
        "denominator": cell.denominator,
        "certainty": indicator.certainty,
        "source": pack.title,
        "pack": f"{pack.name} {pack.created:%Y-%m-%d} {pack.seal[:19]}",
        "definition": reverse("figures:definition", kwargs={"code": indicator.code}),
        "note": notice(pack),
    }


def _published_rows(line: PublishedLine, place: Place) -> Iterator[Row]:
    yield _published_row(line, line.own, place.name)
    if line.region:
        yield _published_row(line, line.region, _("Regionen"))
    if line.land:
        yield _published_row(line, line.land, _("Danmark"))


def _published_row(line: PublishedLine, told: Told, name: str) -> Row:
    figure, source = told.figure, line.source
    return {
        "indicator": line.indicator.code,
        "title": line.indicator.title,
        "unit": line.indicator.unit,
        "place_kind": figure.place_kind,
        "place": figure.place,
        "place_name": name,
        "period": figure.period,
        "status": "shown",
        "value": figure.value,
        "lower": figure.lower,
        "upper": figure.upper,
        "denominator": figure.n,
        "source": source.title,
        "note": "; ".join(
            part for part in (told.method, source.get_terms_display(), source.note) if part
        ),
    }


def _sent(name: str, rows: Iterable[Row]) -> HttpResponse:
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slugify(name)}.csv"'
    response.write("\ufeff")
    english = get_language() == "en"
    writer = csv.DictWriter(
        response, COLUMNS, restval="", delimiter="," if english else ";", lineterminator="\r\n"
    )
    writer.writeheader()
    writer.writerows({key: _written(value, english) for key, value in row.items()} for row in rows)
    return response


def _written(value: Any, english: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        # Never an exponent: a spreadsheet would round the population of the country.
        text = f"{value:.6f}".rstrip("0").rstrip(".")
        return text if english else text.replace(".", ",")
    text = str(value)
    # A spreadsheet would run a text that begins like a formula.
    return f"'{text}" if text[:1] in "=+-@\t" and not isinstance(value, int) else text
