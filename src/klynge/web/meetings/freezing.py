"""A figure of the data pack as it is now, in plain values that no later pack can change.

{"unit": "pr. 1.000", "age": "...", "measure": "...", "period": "2024",
 "columns": ["Periode", "Randersklyngen", "Region Midtjylland", "Danmark"],
 "rows": [["2024", "12,3", "11,0", "10,8"], ...],
 "newest": {"text", "interval", "n", "why", "status", "value", "lower", "upper", ...},
 "certainty": "K", "certainty_text": "...", "cautions": ["..."], "definition": "..."}
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from klynge.structure import UnknownPlace
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.figures import chart_addresses, charts, reading
from klynge.web.figures.models import Indicator, said
from klynge.web.figures.reading import Desk, Face
from klynge.web.figures.vocabulary import CERTAINTY_ABOUT, MEASURE_TITLES, age_title

CHOSEN_BY_ITSELF = ""


@dataclass(frozen=True)
class Frozen:
    """What is kept of a figure: the fields of `FrozenFigure` but the item and the moment."""

    title: str
    cells: dict[str, Any]
    svg: str
    alt: str
    source: str
    pack: str
    period: str


def freeze(
    *,
    indicator: str,
    place_kind: str,
    place: str,
    period: str,
    on: date,
    standardised: bool = False,
) -> list[Frozen]:
    """The figure of an indicator at a place up to a period, one for each age it is told in.

    period: empty: the newest known on the day. The paper is Danish, and so are the words. Raises
    NotAllowed when there is no such figure.
    """
    with override("da"):
        desk = Desk.of(on)
        if desk is None:
            raise NotAllowed(_("Der er ingen datapakke at tage tal fra."))
        faces = _faces(desk, indicator, place_kind, place, standardised)
        found = [_until(face, period) for face in faces]
        kept = [_frozen(desk, face) for face in found if face.has_figures]
    if not kept:
        raise NotAllowed(_("Datapakken har ikke det tal for det sted og den periode."))
    return kept


def _faces(desk: Desk, code: str, place_kind: str, place: str, standardised: bool) -> list[Face]:
    try:
        at = desk.places.place(place_kind, place)
        return reading.faces(desk, at, [desk.indicator(code)], standardised=standardised)
    except (Indicator.DoesNotExist, UnknownPlace):
        raise NotAllowed(_("Datapakken har ikke den indikator eller det sted.")) from None


def _until(face: Face, period: str) -> Face:
    """The figures up to a period, so that it is the newest one."""
    if not period:
        return face
    periods = [cell.period for cell in face.own.cells]
    if period not in periods:
        return replace(face, own=replace(face.own, cells=()))
    last = periods.index(period) + 1
    return replace(face, own=replace(face.own, cells=face.own.cells[:last]))


def _frozen(desk: Desk, face: Face) -> Frozen:
    chart = charts.trend(face, "da")
    picture = chart_addresses.trend(face, desk.on)
    title = f"{face.title}, {face.place.name}"
    return Frozen(
        title=f"{title}, {face.age_title}" if face.age_title else title,
        cells=_cells(face),
        svg=charts.svg(chart) if picture else "",
        alt=picture.alt if picture else "",
        source=_source(desk, face),
        pack=desk.pack.seal,
        period=face.newest.period,
    )


def _cells(face: Face) -> dict[str, Any]:
    newest, entry = face.newest, face.indicator.entry
    places = [face.place, *(series.place for series in face.beside)]
    return {
        "unit": face.indicator.unit,
        "age": face.age_title or age_title("all", list(entry["ages"])),
        "measure": str(MEASURE_TITLES.get(face.measure, face.measure)),
        "period": newest.period_title,
        "columns": [_("Periode"), *(place.name for place in places)],
        "rows": [
            [title, own.text, *(other.text if other else "–" for other in others)]
            for title, own, others in face.table
        ],
        "newest": {
            "text": newest.text,
            "interval": newest.interval,
            "n": newest.n,
            "why": newest.why,
            "status": newest.status,
            "value": newest.value,
            "lower": newest.lower,
            "upper": newest.upper,
            "numerator": newest.numerator,
            "denominator": newest.denominator,
        },
        "certainty": face.indicator.certainty,
        "certainty_text": str(CERTAINTY_ABOUT.get(face.indicator.certainty, "")),
        "cautions": [f"{caution.label}: {caution.words}" for caution in face.cautions],
        "definition": said(entry.get("description")) or said(entry.get("numerator")),
    }


def _source(desk: Desk, face: Face) -> str:
    told = _("{pack}, lavet {day}, indikator {code}").format(
        pack=desk.pack.title,
        day=date_format(desk.pack.created, "SHORT_DATE_FORMAT"),
        code=face.code,
    )
    return told[:400]
