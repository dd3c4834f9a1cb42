"""Did it help? An initiative's effect on one figure of the pack, and what the design can tell.

Only pack figures are used. The places that do not follow the initiative's model, of the same kind,
are the comparison; those that do are treated, each from its own start. A period in which it began
is left out, for it is neither before nor after. Places with a hidden or missing period are left
out, and the page says how many.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from klynge import methods
from klynge.methods import DifferenceInDifferences, Effect, InterruptedTimeSeries, SyntheticControl
from klynge.web.figures import numbers, periods
from klynge.web.figures.models import Figure, Indicator, Pack
from klynge.web.initiatives.models import Initiative

SEASONS = {periods.MONTH: 12, periods.QUARTER: 4}
ENOUGH_PLACES = 8
"""Finer periods are used only where so many other places are whole in them."""
Floats = np.ndarray
Key = tuple[str, str]


@dataclass(frozen=True)
class Series:
    """The figures the effect is judged by: (places, periods) without gaps, oldest first.

    starts: for each place its first period after it began; None for those that did not do it.
    left_out: places that were left out because a period is hidden or missing.
    """

    indicator: Indicator
    periods: tuple[str, ...]
    places: tuple[Key, ...]
    values: Floats
    errors: Floats
    numerators: Floats
    denominators: Floats
    starts: tuple[int | None, ...]
    left_out: int
    season: int


@dataclass(frozen=True)
class Estimate:
    """The effect by the main design, and what stands beside it.

    main: the effect as a ratio: 0.9 is ten per cent lower. compared: difference-in-differences,
    None when too few places did not do it, and then `own` is the main one. synthetic: one treated
    place against a mixture of others. own: the place's own series, where it is long enough.
    looks: how many times it has been judged, this one with them.
    """

    series: Series
    main: Effect
    compared: DifferenceInDifferences | None
    synthetic: SyntheticControl | None
    own: InterruptedTimeSeries | None
    looks: int

    @property
    def kept(self) -> dict[str, Any]:
        """What a status report keeps of it."""
        return {
            "indicator": self.series.indicator.code,
            "pack": self.series.indicator.pack.seal,
            "design": "did" if self.compared else "its",
            "ratio": self.main.value,
            "lower": self.main.lower,
            "upper": self.main.upper,
            "p": self.main.p_value,
            "confidence": self.main.confidence,
            "looks": self.looks,
            "periods": [self.series.periods[0], self.series.periods[-1]],
            "controls": self.compared.controls if self.compared else 0,
        }


class CannotTell(Exception):
    """Why there is no estimate yet, as a whole sentence for the page."""


def estimate(initiative: Initiative, on: date) -> Estimate:
    """The effect as it can be told on a day. Raises CannotTell with the reason when it cannot."""
    series = series_of(initiative, on)
    looks = 1 + initiative.reports.exclude(effect={}).count()
    compared = _compared(series, looks)
    own = _own(series, looks)
    if compared is None and own is None:
        raise CannotTell(
            _("Der er for få perioder og for få andre steder til at måle en effekt endnu.")
        )
    main = compared.effect if compared else own.effect if own else None
    assert main is not None
    return Estimate(series, main, compared, _synthetic(series, looks), own, looks)


def series_of(initiative: Initiative, on: date) -> Series:
    """The series of every place of the initiative's kind. Raises CannotTell."""
    if not initiative.effect_indicator:
        raise CannotTell(_("Vælg det nøgletal, effekten skal måles på."))
    if initiative.starts_on is None:
        raise CannotTell(_("Skriv, fra hvilken dag initiativet ændrede noget for borgerne."))
    pack = Pack.objects.current()
    indicator = (
        pack
        and Indicator.objects.filter(pack=pack, code=initiative.effect_indicator)
        .select_related("pack")
        .first()
    )
    if indicator is None:
        raise CannotTell(_("Den viste datapakke har ikke nøgletallet."))
    if indicator.is_count:
        raise CannotTell(_("Effekten måles på andele og hyppigheder, ikke på rene antal."))
    return _laid_out(initiative, indicator, _figures(initiative, indicator, on), on)


def _figures(initiative: Initiative, indicator: Indicator, on: date) -> list[Figure]:
    figures = Figure.objects.filter(
        indicator=indicator,
        place_kind=initiative.place_kind,
        sex="all",
        age=initiative.effect_age,
        education="all",
        measure="crude",
        status="shown",
        value__gt=0,
        numerator__gt=0,
    )
    known = periods.is_known_on
    return [one for one in figures if known(one.period, on, snapshot=indicator.is_snapshot)]


def _laid_out(
    initiative: Initiative, indicator: Indicator, figures: list[Figure], on: date
) -> Series:
    own = (initiative.place_kind, initiative.place)
    by_place: dict[Key, dict[str, Figure]] = {}
    for figure in figures:
        by_place.setdefault((figure.place_kind, figure.place), {})[figure.period] = figure
    began = _began(initiative)
    found = []
    for grain in periods.GRAINS:
        wanted = _periods(by_place.get(own, {}), grain, began.values())
        if len(wanted) >= 3 and _has_both(wanted, began[own]):
            found.append(_of_grain(indicator, by_place, wanted, began, grain))
    if not found:
        raise CannotTell(
            _("Stedet har for få perioder, der kan vises, før og efter at initiativet begyndte.")
        )
    # Months tell more than years, but more of them are hidden, and with them whole places.
    enough = [one for one in found if one.starts.count(None) >= ENOUGH_PLACES]
    return (enough or found[-1:])[0]


def _began(initiative: Initiative) -> dict[Key, date]:
    """Each place that follows the same model, or that it came from, with its own start."""
    root = initiative.adopted_from.initiative if initiative.adopted_from else initiative
    family = [root, *Initiative.objects.filter(adopted_from__initiative=root)]
    found = {
        (one.place_kind, one.place): one.starts_on
        for one in family
        if one.starts_on is not None and one.place_kind == initiative.place_kind
    }
    assert initiative.starts_on is not None
    return {**found, (initiative.place_kind, initiative.place): initiative.starts_on}


def _periods(of_own: dict[str, Figure], grain: str, starts: Iterable[date]) -> list[str]:
    """The place's periods of that length, without those in which somebody began."""
    days = list(starts)
    found = [period for period in of_own if periods.grain(period) == grain]
    return sorted(
        (
            period
            for period in found
            if not any(periods.first_day(period) < day <= periods.last_day(period) for day in days)
        ),
        key=periods.first_day,
    )


def _has_both(wanted: list[str], began: date) -> bool:
    before = sum(periods.last_day(period) < began for period in wanted)
    return 2 <= before < len(wanted)


def _of_grain(
    indicator: Indicator,
    by_place: dict[Key, dict[str, Figure]],
    wanted: list[str],
    began: dict[Key, date],
    grain: str,
) -> Series:
    whole = {key: rows for key, rows in by_place.items() if set(wanted) <= set(rows)}
    kept = sorted(whole, key=lambda key: (key not in began, key))
    starts = [_start(wanted, began.get(key)) for key in kept]
    # A place that began before the first period, or not yet, can be neither treated nor compared.
    able = [at for at, start in enumerate(starts) if start is None or 1 <= start < len(wanted)]
    rows = [[whole[kept[at]][period] for period in wanted] for at in able]
    tops = np.array([[float(cell.numerator or 0) for cell in row] for row in rows])
    bottoms = np.array([[float(cell.denominator or 0) for cell in row] for row in rows])
    per = float(indicator.entry["per"])
    share = tops / bottoms
    variance = share * (1 - share) if indicator.kind == "proportion" else share
    return Series(
        indicator=indicator,
        periods=tuple(wanted),
        places=tuple(kept[at] for at in able),
        values=per * share,
        errors=per * np.sqrt(np.maximum(variance, share / bottoms) / bottoms),
        numerators=tops,
        denominators=bottoms,
        starts=tuple(starts[at] for at in able),
        left_out=len(by_place) - len(able),
        season=SEASONS.get(grain, 0),
    )


def _start(wanted: list[str], began: date | None) -> int | None:
    if began is None:
        return None
    return sum(periods.last_day(period) < began for period in wanted)


def _compared(series: Series, looks: int) -> DifferenceInDifferences | None:
    try:
        return methods.difference_in_differences(
            series.values, series.starts, standard_error=series.errors, scale="ratio", looks=looks
        )
    except ValueError:
        return None


def _synthetic(series: Series, looks: int) -> SyntheticControl | None:
    treated = [at for at, start in enumerate(series.starts) if start is not None]
    start = series.starts[treated[0]] if len(treated) == 1 else None
    if start is None:
        return None
    try:
        return methods.synthetic_control(
            series.values,
            treated[0],
            start,
            standard_error=series.errors,
            scale="ratio",
            looks=looks,
        )
    except ValueError:
        return None


def _own(series: Series, looks: int) -> InterruptedTimeSeries | None:
    start = series.starts[0]
    if start is None:
        return None
    try:
        return methods.interrupted_time_series(
            series.values[0], start, season=series.season, slope=False, scale="ratio", looks=looks
        )
    except ValueError:
        return None


def in_words(found: Estimate) -> list[str]:
    """What the estimate says and what it rests on, in whole sentences."""
    said = [_headline(found.main), _what_it_rests_on(found)]
    if found.compared is not None and found.compared.pre_trend is not None:
        said.append(_before(found.compared.pre_trend))
    elif found.compared is not None:
        said.append(
            _("Der er for få perioder før til at se, om stedet allerede udviklede sig anderledes.")
        )
    if found.synthetic is not None:
        said.append(_beside(_("En blanding af andre steder giver"), found.synthetic.effect))
    if found.own is not None and found.compared is not None:
        said.append(_beside(_("Stedets egen kurve alene giver"), found.own.effect))
    if found.looks > 1:
        said.append(
            _(
                "Effekten er set efter {n} gange. Intervallet er gjort bredere, så det ikke er"
                " tålmodighed, der finder en effekt."
            ).format(n=found.looks)
        )
    return said


def _headline(effect: Effect) -> str:
    if not effect.is_seen:
        return _(
            "Det kan ikke afgøres, om initiativet har flyttet tallet: ændringen ligger mellem {low}"
            " og {high}."
        ).format(low=change_in_words(effect.lower), high=change_in_words(effect.upper))
    words = _(
        "Tallet er {change} i forhold til, hvad der ellers ville være sket ({low} til {high})."
    )
    return words.format(
        change=change_in_words(effect.value),
        low=change_in_words(effect.lower),
        high=change_in_words(effect.upper),
    )


def _what_it_rests_on(found: Estimate) -> str:
    series = found.series
    span = _("{first} til {last}").format(
        first=periods.title(series.periods[0]), last=periods.title(series.periods[-1])
    )
    if found.compared is None:
        return _(
            "Opgjort på stedets egen kurve, {span}. Noget andet, der skete samtidig, kan ikke"
            " skilles fra initiativet."
        ).format(span=span)
    return _(
        "Sammenlignet med {n} andre steder, {span}. Det forudsætter, at stedet ellers ville have"
        " ændret sig som de andre."
    ).format(n=found.compared.controls, span=span)


def _before(trend: Effect) -> str:
    if trend.is_seen:
        return _(
            "Advarsel: allerede før initiativet udviklede stedet sig anderledes end de andre"
            " ({change} pr. periode). Sammenligningen kan ikke bære en konklusion."
        ).format(change=change_in_words(trend.value))
    return _("Før initiativet udviklede stedet sig ikke kendeligt anderledes end de andre.")


def _beside(what: str, effect: Effect) -> str:
    return _("{what} {change} ({low} til {high}).").format(
        what=what,
        change=change_in_words(effect.value),
        low=change_in_words(effect.lower),
        high=change_in_words(effect.upper),
    )


def change_in_words(ratio: float) -> str:
    """A ratio as people say it: 0.9 is "10 % lavere"."""
    if not math.isfinite(ratio):
        return "–"
    percent = 100 * (ratio - 1)
    if abs(percent) < 0.05:
        return _("uændret")
    number = numbers.value(abs(percent), 0 if abs(percent) >= 9.5 else 1)
    side = _("højere") if percent > 0 else _("lavere")
    return _("{number} % {side}").format(number=number, side=side)


def kept_in_words(kept: dict[str, Any]) -> str:
    """What a status report kept of an estimate, in one line."""
    low, high = change_in_words(kept["lower"]), change_in_words(kept["upper"])
    if kept["lower"] <= 1 <= kept["upper"]:
        return _("Kan ikke afgøres ({low} til {high})").format(low=low, high=high)
    return _("{change} ({low} til {high})").format(
        change=change_in_words(kept["ratio"]), low=low, high=high
    )
