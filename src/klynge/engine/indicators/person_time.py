"""Events per 1,000 person-years: a figure beside an indicator that asks for it.

Counts:      the numerator of an indicator with `per_person_years=True`, as it stands.
Out of:      the days of the year that its citizens of 1 January lived in the country: all of the
             year's, less those that `tabt_persontid` tells. 365.25 days are a person-year.
Leaves out:  ages that the two do not share; standardised values; months and quarters.
Weak points: the time is that of those who lived here on 1 January, as the events are: whoever was
             born or moved in later gives neither. Moves within the country end nothing, for the
             events follow the citizen too.

It is made of finished rows, so a cell that either side hides is hidden here.
"""

from __future__ import annotations

from collections.abc import Iterable

from klynge.engine.indicators.admitting import EVERY_AGE, ages_admitted
from klynge.engine.indicators.ages import end, span, whole
from klynge.engine.indicators.described import PersonTime
from klynge.engine.indicators.indicator import Indicator
from klynge.engine.indicators.relations import Words

TIME_LOST = "tabt_persontid"
"""The indicator that tells how many days citizens were not here."""

LOST_AGES = ("all", "0-17", "18-44", "45-64", "65-79", "80+")
"""Its ages: those a rate can be given for."""

DAYS_IN_1000_YEARS = 365_250

_PER = {"da": "pr. 1.000 personår", "en": "per 1,000 person-years"}
_CITIZENS = {"da": "pr. 1.000 borgere", "en": "per 1,000 citizens"}


def person_time(indicators: Iterable[Indicator]) -> tuple[PersonTime, ...]:
    """The rate of each indicator that asks for one."""
    return tuple(_rate(each) for each in indicators if each.per_person_years)


def shared_ages(indicator: Indicator) -> tuple[str, ...]:
    """The bands that mean the same here and in `tabt_persontid`."""
    admitted = ages_admitted(indicator.people) or set()
    meant = {age: whole(indicator.ages) if age == "all" else span(age) for age in indicator.ages}
    return tuple(
        age
        for age, (low, high) in meant.items()
        if age in LOST_AGES
        and (age != "all" or (low, high) == (0, None))
        and admitted >= {year for year in EVERY_AGE if low <= year <= end((low, high))}
    )


def _rate(indicator: Indicator) -> PersonTime:
    return PersonTime(
        code=f"{indicator.code.removesuffix('_1000')}_personaar",
        theme=indicator.theme,
        domain=indicator.domain,
        title=_by_time(indicator.title),
        numerator=indicator.numerator,
        denominator={
            "da": "dage, som borgerne 1. januar levede i landet i året; 365,25 dage er et personår",
            "en": "days of the year that the citizens of 1 January lived in the country; 365.25"
            " days are a person-year",
        },
        unit=_PER,
        kind="rate",
        per=DAYS_IN_1000_YEARS,
        better=indicator.better,
        certainty="K",
        certainty_note={
            "da": f"Tælleren er den i {indicator.code}; at regne den pr. 1.000 personår er vores"
            " tillæg.",
            "en": f"The numerator is that of {indicator.code}; per 1,000 person-years is our"
            " addition.",
        },
        sources=indicator.sources,
        owner=indicator.owner,
        review_by=indicator.review_by,
        leaves_out={
            "da": f"{indicator.leaves_out['da']} Borgere, der er født eller flyttet til i løbet af"
            " året, giver hverken hændelser eller tid.",
            "en": f"{indicator.leaves_out['en']} Citizens who were born or moved in during the"
            " year give neither events nor time.",
        },
        weak_points={
            "da": f"{indicator.weak_points['da']} Den, der rejser uden at melde det, tæller, som"
            f" var de her. Vises kun, hvor både {indicator.code} og {TIME_LOST} vises, og røber"
            " derfor intet, de ikke gør.",
            "en": f"{indicator.weak_points['en']} Who leaves without telling counts as being here."
            f" Shown only where both {indicator.code} and {TIME_LOST} are, so it reveals nothing"
            " that they do not.",
        },
        places={"da": "alle", "en": "all"},
        given_by={
            "da": f"{indicator.code}, tæller for tæller, og {TIME_LOST}: folketallet gange årets"
            " dage, minus de tabte",
            "en": f"{indicator.code}, numerator by numerator, and {TIME_LOST}: the population"
            " times the days of the year, less those lost",
        },
        ages=shared_ages(indicator),
        above=indicator.code,
        below=TIME_LOST,
    )


def _by_time(title: Words) -> Words:
    return {
        language: title[language].replace(_CITIZENS[language], _PER[language])
        if _CITIZENS[language] in title[language]
        else f"{title[language]}, {_PER[language]}"
        for language in ("da", "en")
    }
