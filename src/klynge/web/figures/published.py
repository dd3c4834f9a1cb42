"""Published figures as a page shows them: beside the pack's, and never mistaken for them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from klynge.web.figures import numbers, periods
from klynge.web.figures.models import PublishedFigure, PublishedIndicator, PublishedSource
from klynge.web.figures.places import LAND, Place
from klynge.web.figures.weighting import POPULATION_SOURCE

DECIMALS = 1


@dataclass(frozen=True)
class Told:
    """One published figure in words."""

    figure: PublishedFigure

    @property
    def text(self) -> str:
        return numbers.value(self.figure.value, DECIMALS)

    @property
    def interval(self) -> str:
        return numbers.interval(self.figure.lower, self.figure.upper, DECIMALS)

    @property
    def n(self) -> str:
        return numbers.whole(self.figure.n)

    @property
    def period_title(self) -> str:
        return periods.title(self.figure.period)

    @property
    def method(self) -> str:
        """How Klynge computed it; empty for a figure that is as published."""
        figure = self.figure
        if not figure.computed:
            return ""
        text = _("Egen beregning: befolkningsvægtet gennemsnit af {known} kommuner ({source})")
        if figure.members_with_value != figure.members:
            text = _(
                "Egen beregning: befolkningsvægtet gennemsnit af {known} af {members} kommuner med"
                " {share} af borgerne ({source})"
            )
        return text.format(
            known=figure.members_with_value,
            members=figure.members,
            share=numbers.share(figure.coverage or 0),
            source=POPULATION_SOURCE,
        )


def method_in_general() -> str:
    """How Klynge computes figures for larger places, for the note under a table."""
    return _(
        "Egen beregning: befolkningsvægtet gennemsnit af kommunernes tal (folketal: {source})."
        " København tæller helt med i begge sine klynger; tal om psykiatri følger kommunernes"
        " psykiatriske tilhør. Der er intet interval, fordi kilden ikke giver grundlaget for et."
    ).format(source=POPULATION_SOURCE)


@dataclass(frozen=True)
class PublishedLine:
    """One published indicator at a place: the figure chosen, and the region's and country's."""

    indicator: PublishedIndicator
    own: Told
    region: Told | None
    land: Told | None
    is_later: bool

    @property
    def source(self) -> PublishedSource:
        return self.indicator.source


def lines(place: Place, beside: list[Place], on: date, *, theme: str = "") -> list[PublishedLine]:
    """Every published indicator with a figure of the place. One query.

    The newest period over on the date is chosen; where none is, the first later one, marked so:
    published figures are few, and a reader is better served by one with its year than by none.
    """
    keys = [place.key, *(other.key for other in beside)]
    figures = PublishedFigure.objects.filter(
        indicator__source__replaced_at=None,
        place_kind__in={kind for kind, _id in keys},
        place__in={id for _kind, id in keys},
    ).select_related("indicator__source")
    if theme:
        figures = figures.filter(indicator__theme=theme)
    found: dict[PublishedIndicator, dict[tuple[str, str, str], PublishedFigure]] = defaultdict(dict)
    for figure in figures.order_by("indicator__source__title", "indicator_id"):
        key = (figure.place_kind, figure.place)
        if key in keys:
            found[figure.indicator][*key, figure.period] = figure
    made = (_line(indicator, by_key, place, beside, on) for indicator, by_key in found.items())
    return [line for line in made if line]


def _line(
    indicator: PublishedIndicator,
    by_key: dict[tuple[str, str, str], PublishedFigure],
    place: Place,
    beside: list[Place],
    on: date,
) -> PublishedLine | None:
    own = sorted(
        (figure for key, figure in by_key.items() if key[:2] == place.key),
        key=lambda figure: periods.last_day(figure.period),
    )
    if not own:
        return None
    known = [figure for figure in own if periods.is_known_on(figure.period, on)]
    figure = known[-1] if known else own[0]
    others = {
        other.kind: Told(found)
        for other in beside
        if (found := by_key.get((*other.key, figure.period)))
    }
    return PublishedLine(
        indicator, Told(figure), others.get("region"), others.get(LAND[0]), not known
    )


def all_of(source: PublishedSource, kind: str) -> list[Told]:
    """Every figure of a source for one kind of place."""
    figures = (
        PublishedFigure.objects.filter(indicator__source=source, place_kind=kind)
        .select_related("indicator")
        .order_by("indicator_id", "place", "period")
    )
    return [Told(figure) for figure in figures]
