"""Where the page finds the picture of a chart, and the words said in its place.

The address ends in the chart's hash, so that a browser may keep the picture for ever: other
figures, another language or another drawing give another address.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from klynge.web.figures import charts, numbers, periods
from klynge.web.figures.across import Across
from klynge.web.figures.cells import Cell
from klynge.web.figures.choices import grain_word, measure_word
from klynge.web.figures.reading import Breakdown, Face

LATEST, VERSION, LANGUAGE = "senest", "v", "sprog"


@dataclass(frozen=True)
class Picture:
    """An image on a page: its address, and the message of the chart in words."""

    address: str
    alt: str


def trend(face: Face, on: date, *, small: bool = False) -> Picture | None:
    """The picture of a face over time; None when there is no value to draw."""
    chart = charts.trend(face, language(), small=small)
    if not chart.points:
        return None
    address = reverse(
        "figures:chart",
        kwargs={
            "kind": face.place.kind,
            "place": face.place.id,
            "code": face.code,
            "shape": "lille" if small else "udvikling",
        },
    )
    asked = {
        "alder": face.age,
        "maal": measure_word(face.measure),
        LATEST: on.isoformat(),
    }
    if face.grain != periods.YEAR:
        asked["opgjort"] = grain_word(face.grain)
    return Picture(_with(address, asked, chart), _trend_in_words(face))


def bands(face: Face, breakdown: Breakdown, on: date) -> Picture | None:
    """The picture of one period by sex and age; None when there is no value to draw."""
    chart = charts.bands(breakdown, face.indicator.unit, language())
    if not chart.points:
        return None
    address = reverse(
        "figures:chart",
        kwargs={
            "kind": face.place.kind,
            "place": face.place.id,
            "code": face.code,
            "shape": "alder",
        },
    )
    asked = {"periode": breakdown.period, LATEST: on.isoformat()}
    words = _("{title} i {place} {period} efter køn og alder, i {unit}.").format(
        title=face.title,
        place=face.place.name,
        period=breakdown.period_title,
        unit=face.indicator.unit,
    )
    return Picture(_with(address, asked, chart), f"{words} {_('Tallene står i tabellen.')}")


def dots(across: Across, asked: dict[str, str], on: date) -> Picture | None:
    """The picture of every place of a kind; None when there is no value to draw."""
    chart = charts.dots(across, language())
    if not across.shown:
        return None
    address = reverse("figures:compare-chart", kwargs={"code": across.indicator.code})
    return Picture(_with(address, {**asked, LATEST: on.isoformat()}, chart), _dots_in_words(across))


def language() -> str:
    """The language a chart's numbers are written in."""
    return "en" if get_language() == "en" else "da"


def _with(address: str, asked: dict[str, str], chart: charts.Chart) -> str:
    return f"{address}?{urlencode({**asked, LANGUAGE: chart.language, VERSION: chart.hash})}"


def _trend_in_words(face: Face) -> str:
    """The message: from what to what, and the country's newest beside it."""
    drawn = [cell for cell in face.own.cells if cell.has_value]
    if not drawn:
        words = _("{place} har ingen tal, der kan vises.").format(place=face.place.name)
    elif len(drawn) == 1:
        words = _("{place}: {value} i {period}.").format(
            place=face.place.name, value=_valued(drawn[0], face), period=drawn[0].period_title
        )
    else:
        words = _("{place} går fra {first} i {start} til {last} i {end}.").format(
            place=face.place.name,
            first=drawn[0].text,
            start=drawn[0].period_title,
            last=_valued(drawn[-1], face),
            end=drawn[-1].period_title,
        )
    said = [f"{face.title}.", words]
    said += [f"{place.name}: {cell.text}." for place, cell in face.others if cell.has_value]
    return " ".join([*said, _("Tallene står i tabellen.")])


def _valued(cell: Cell, face: Face) -> str:
    return f"{cell.text} {face.indicator.unit}"


def _dots_in_words(across: Across) -> str:
    shown = across.shown
    words = [
        _("{title}, {period}: {count} steder fra {lowest} ({low}) til {highest} ({high}).").format(
            title=across.indicator.title,
            period=across.period_title,
            count=numbers.whole(len(shown)),
            lowest=shown[-1].place.name,
            low=shown[-1].cell.text,
            highest=shown[0].place.name,
            high=shown[0].cell.text,
        )
    ]
    words += [f"{line.place.name}: {line.cell.text}." for line in across.chosen]
    words += [f"{place.name}: {cell.text}." for place, cell in across.marks if cell.has_value]
    return " ".join([*words, _("Tallene står i tabellen.")])
