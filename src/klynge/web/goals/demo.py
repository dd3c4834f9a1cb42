"""The demo's invented goals: one that Randersklyngen measures itself, one on the pack's figure.

The measurements are made up: two years of months, in which something happens half-way.
"""

from __future__ import annotations

from datetime import date

from klynge.web.agreements.models import AgreementGoal
from klynge.web.bodies import clock, history
from klynge.web.bodies.models import BodyRecord
from klynge.web.goals import readings, rules
from klynge.web.goals.models import Goal, OwnIndicator
from klynge.web.goals.rules import Entry

BODY = ("klynge-politisk", "rm-randers")
PLACE = ("klynge", "rm-randers")
TODAY = date(2024, 9, 15)
TITLE = "Udskrevne fra psykiatrien har en aftale i kommunen"
MONTHS = tuple(
    f"{year}-{month:02d}"
    for year in (2022, 2023, 2024)
    for month in range(1, 13)
    if (2022, 9) <= (year, month) <= (2024, 8)
)
WITH_PLAN = (
    31, 35, 29, 33, 36, 30, 34, 32, 28, 35, 33, 31,
    38, 42, 47, 44, 49, 46, 51, 48, 45, 50, 52, 49,
)  # fmt: skip
DISCHARGED = (
    78, 82, 75, 80, 84, 73, 81, 79, 72, 83, 80, 77,
    76, 81, 83, 78, 85, 80, 84, 79, 77, 82, 86, 81,
)  # fmt: skip
# What a pack may have of figures to set a goal on: the first with a shown figure of 2023 is taken.
ON_PACK = (
    ("genind_67", "all", "Færre genindlæggelser af ældre"),
    ("forebyg_65", "all", "Færre forebyggelige indlæggelser af ældre"),
    ("psyk_indl", "all", "Færre indlæggelser i psykiatrien"),
    ("psyk_patienter", "all", "Tidligere hjælp uden for psykiatrien"),
)
LESS = 0.9
"""The target: a tenth lower than where it sets out from."""


def fill() -> int:
    """Set the goals; does nothing the second time. Gives the number of goals."""
    body = history.find(*BODY)
    if body is not None and not OwnIndicator.objects.filter(body=body, title=TITLE).exists():
        own = _measured(body)
        with clock.at(clock.noon_of(date(2023, 9, 1))):
            _goal_on(own)
        with clock.at(clock.noon_of(date(2024, 3, 12))):
            _goal_on_the_pack(body)
    return Goal.objects.count()


def _measured(body: BodyRecord) -> OwnIndicator:
    with clock.at(clock.noon_of(date(2022, 10, 3))):
        own = rules.define_own(
            by=None,
            body=body,
            title=TITLE,
            definition="Udskrivelser fra psykiatrien, hvor borgeren har en aftalt dag og en"
            " navngiven kontakt i kommunen, af alle udskrivelser til klyngens kommuner.",
            unit="pct.",
            kind="share",
            source="Opdigtet optælling i afsnittene, hver måned",
        )
    rows = zip(MONTHS, WITH_PLAN, DISCHARGED, strict=True)
    entries = [
        Entry(number, month, numerator=top, denominator=bottom)
        for number, (month, top, bottom) in enumerate(rows, start=1)
    ]
    with clock.at(clock.noon_of(date(2024, 9, 4))):
        rules.measure(by=None, indicator=own, entries=entries)
    return own


def _goal_on(own: OwnIndicator) -> Goal:
    return rules.set_goal(
        by=None,
        body=own.body,
        own_indicator=own,
        place=PLACE,
        title="Flere har en aftale, når de forlader psykiatrien",
        why="Den første uge efter udskrivelsen er den farligste. Uden en aftale ved ingen, hvem"
        " der tager over.",
        group="Borgere, der udskrives fra psykiatrien",
        agreement="Bedre overgange for mennesker med psykisk lidelse",
        agreement_goal=_of_agreement("psykiatrien"),
        baseline_period=MONTHS[0],
        target=70.0,
        target_on=date(2025, 12, 31),
        on=date(2023, 9, 1),
    )


def _goal_on_the_pack(body: BodyRecord) -> None:
    day = date(2024, 3, 12)
    for code, age, title in ON_PACK:
        found = readings.of_pack(code, *PLACE, age, day)
        row = found.at("2023")
        if row is None or not row.value:
            continue
        rules.set_goal(
            by=None,
            body=body,
            indicator=code,
            place=PLACE,
            age=age,
            title=title,
            why="Tallet ligger højt, og kommunerne kan gøre noget ved det sammen med hospitalet.",
            agreement="Mere sammenhæng for ældre borgere" if "ældre" in title else "",
            agreement_goal=_of_agreement("genindlæggelser") if "ældre" in title else None,
            baseline_period="2023",
            target=round(row.value * LESS, 1),
            target_on=date(2026, 12, 31),
            on=day,
        )
        return


def _of_agreement(word: str) -> AgreementGoal | None:
    """The goal of the demo's sundhedsaftale with a word in it."""
    return AgreementGoal.objects.filter(valid_to=None, title__icontains=word).first()
