"""One indicator in every place of a kind, the chosen place beside the others."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from klynge.structure import UnknownPlace
from klynge.web.figures import chart_addresses, choices, downloads, membership, reading
from klynge.web.figures.across import Across, find_across, known_periods
from klynge.web.figures.choices import Option
from klynge.web.figures.models import Indicator
from klynge.web.figures.places import Place
from klynge.web.figures.reading import Desk
from klynge.web.figures.views.common import NotThere, found_indicator, no_pack_page
from klynge.web.figures.vocabulary import (
    KIND_TITLES,
    MEASURE_TITLES,
    MEASURE_WORDS,
    SEX_TITLES,
    SEX_WORDS,
    STANDARDISED,
    THEME_OF_CODE,
    age_title,
)

KINDS = ("klynge", "kommune", "sundhedsraad", "region")


@dataclass(frozen=True)
class Asked:
    """What the reader chose, every choice there is, and the answer."""

    kind: str
    chosen: Place | None
    words: dict[str, str]
    measures: list[Option]
    sexes: list[Option]
    ages: list[Option]
    periods: list[Option]
    kinds: list[Option]
    later: list[str]
    across: Across


@require_safe
def compare(request: HttpRequest, code: str) -> HttpResponse:
    """The dot plot and its table."""
    desk = Desk.of(request.on)
    if desk is None:
        return no_pack_page(request)
    try:
        indicator = found_indicator(request, desk, code)
    except NotThere as gone:
        return gone.page
    asked = asked_across(request, desk, indicator)
    if request.GET.get("format") == "csv":
        return downloads.of_across(desk, asked.across)
    context = {
        "desk": desk,
        "indicator": indicator,
        "theme": THEME_OF_CODE.get(indicator.theme),
        "asked": asked,
        "across": asked.across,
        "picture": chart_addresses.dots(asked.across, asked.words, desk.on),
        "membership": membership.notes(desk.places, asked.chosen, {indicator.domain}, desk.on)
        if asked.chosen
        else [],
        "kind_title": KIND_TITLES[asked.kind],
    }
    return render(request, "figures/compare.html", context)


def asked_across(request: HttpRequest, desk: Desk, indicator: Indicator) -> Asked:
    """Read the reader's choices and find the figures. Three queries at most."""
    kind = choices.choose(request, "type", KINDS, "klynge")
    chosen = _place(request, desk)
    measures = _measures(indicator)
    measure = choices.choose(request, "maal", list(measures), next(iter(measures)))
    sexes = {word: str(SEX_TITLES[sex]) for word, sex in SEX_WORDS.items()}
    ages = _ages(indicator)
    if MEASURE_WORDS.get(measure) == STANDARDISED:
        # A standardised figure is one number for all of both sexes.
        sexes, ages = {"alle": sexes["alle"]}, {"all": next(iter(ages.values()))}
    sex = choices.choose(request, "koen", list(sexes), "alle")
    age = choices.choose(request, "alder", list(ages), next(iter(ages)))
    code = _measure(indicator, measure)
    known, later = known_periods(desk, indicator, code)
    period = choices.choose(request, "periode", known, known[-1] if known else "")
    across = find_across(
        desk,
        indicator,
        kind,
        period=period,
        sex=SEX_WORDS[sex],
        age=age,
        measure=code,
        chosen=chosen,
    )
    words = {"type": kind, "maal": measure, "koen": sex, "alder": age, "periode": period}
    words |= {"sted": f"{chosen.kind}:{chosen.id}"} if chosen else {}
    return Asked(
        kind=kind,
        chosen=chosen,
        words=words,
        measures=choices.options(measures, measure),
        sexes=choices.options(sexes, sex),
        ages=choices.options(ages, age),
        periods=choices.options({p: p for p in reversed(known)}, period),
        kinds=choices.options({kind: str(KIND_TITLES[kind][1]) for kind in KINDS}, kind),
        later=later,
        across=across,
    )


def _measures(indicator: Indicator) -> dict[str, str]:
    if indicator.is_count:
        return {"faktisk": _("Antal")}
    return {word: str(MEASURE_TITLES[measure]) for word, measure in MEASURE_WORDS.items()}


def _measure(indicator: Indicator, word: str) -> str:
    return reading.plain_measure(indicator) if word == "faktisk" else MEASURE_WORDS[word]


def _ages(indicator: Indicator) -> dict[str, str]:
    ages = list(indicator.entry["ages"])
    return {age: age_title(age, ages) for age in ages}


def _place(request: HttpRequest, desk: Desk) -> Place | None:
    """`sted=klynge:rm-randers`; None when none, or an unknown one, is named."""
    kind, _colon, id = request.GET.get("sted", "").partition(":")
    try:
        return desk.places.place(kind, id) if id else None
    except UnknownPlace:
        return None
