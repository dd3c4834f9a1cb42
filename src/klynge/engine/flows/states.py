"""The states a citizen can be in during a month, the strongest first; and the words of the table.

A month has one state: the first of these that fits. Events come before standing care, so that a
resident of a care home who is admitted acutely is seen to be so.

Owner, review date and weak points are told in the pack with the figures (`definition`). The table
is a local definition (certainty K): the sources define stays, admissions and readmissions; that a
citizen is in one state a month, and which goes before which, is our own choice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

CODE = "borgerstroemme"
"""What the table is called where indicators are chosen."""
AGES = ("all", "18-64", "65-79", "80+")
ATOMS: tuple[tuple[int, int | None], ...] = ((18, 64), (65, 79), (80, None))
FROM_AGE = 18
TABLES = ("residents", "stays", "care_home", "home_help", "home_nursing", "training", "gp_weeks")
"""The spine tables it reads, beside the persons themselves."""
YEARLY = ("stays", "gp_weeks", "home_nursing")
"""Those of them that must cover the whole year."""
REVIEW_BY = date(2027, 11, 1)


@dataclass(frozen=True, slots=True)
class State:
    """id: in the pack. number: in `steps.sql`."""

    id: str
    number: int
    da: str
    en: str
    means_da: str
    means_en: str


STATES = (
    State(
        "doed", 1, "Død", "Death",
        "døde i måneden", "died in the month",
    ),
    State(
        "genindlagt", 2, "Genindlagt", "Readmitted",
        "en akut indlæggelse begyndte i måneden, højst 30 dage efter en udskrivning",
        "an acute admission began in the month, at most 30 days after a discharge",
    ),
    State(
        "akut", 3, "Akut indlagt", "Acutely admitted",
        "en akut indlæggelse (ophold på mindst 12 timer) begyndte i måneden eller varede den ud",
        "an acute admission (a stay of at least 12 hours) began in the month or outlasted it",
    ),
    State(
        "plejehjem", 4, "Plejehjem", "Care home",
        "bor på plejehjem månedens sidste dag", "lives in a care home on the month's last day",
    ),
    State(
        "kommunal", 5, "Kommunal pleje", "Municipal care",
        "visiteret hjemmehjælp, hjemmesygepleje eller træning (§ 86) i måneden",
        "home help granted, home nursing or training (section 86) in the month",
    ),
    State(
        "praksis", 6, "Almen praksis", "General practice",
        "kontakt med almen praksis i en uge, hvis mandag ligger i måneden",
        "contact with general practice in a week whose Monday is in the month",
    ),
    State(
        "hjemme", 7, "Hjemme", "At home",
        "intet af det andet", "none of the others",
    ),
)  # fmt: skip
DEATH, HOME = STATES[0], STATES[-1]
ORIGINS = tuple(reversed(STATES[1:]))
"""Where one can come from, as the table is read: from home to readmission."""
DESTINATIONS = tuple(reversed(STATES))


def definition() -> dict[str, Any]:
    """What the pack says of the table, in words and in numbers."""
    return {
        "code": CODE,
        "title": {
            "da": "Borgernes veje fra måned til måned (lokal definition)",
            "en": "Where citizens go from month to month (local definition)",
        },
        "origins": [_told(state) for state in ORIGINS],
        "destinations": [_told(state) for state in DESTINATIONS],
        "numerator": {
            "da": "skridt fra en måned til den næste, der ender i tilstanden til højre",
            "en": "steps from one month to the next that end in the state on the right",
        },
        "denominator": {
            "da": "alle skridt i året fra tilstanden til venstre, for borgere på 18 år og derover",
            "en": "all steps in the year from the state on the left, of citizens aged 18 or over",
        },
        "unit": {"da": "pct. af skridtene", "en": "per cent of steps"},
        "window": {
            "da": "De elleve skridt fra januar til december; bopæl og alder 1. januar. Den, der"
            " dør, har intet skridt efter den måned.",
            "en": "The eleven steps from January to December; residence and age on 1 January. Who"
            " dies has no step after that month.",
        },
        "ties": {
            "da": "En måned har én tilstand: den første, der passer, i rækkefølgen død, genindlagt,"
            " akut indlagt, plejehjem, kommunal pleje, almen praksis, hjemme.",
            "en": "A month has one state: the first that fits, in the order death, readmitted,"
            " acutely admitted, care home, municipal care, general practice, at home.",
        },
        "ages": list(AGES),
        "leaves_out": {
            "da": "Borgere under 18 år; planlagte indlæggelser; ambulante besøg; flytning ud af"
            " landet i året.",
            "en": "Citizens under 18; planned admissions; outpatient visits; emigration during the"
            " year.",
        },
        "weak_points": {
            "da": "Almen praksis kendes på ugen for afregningen, ikke på dagen. Kommunal pleje er,"
            " hvad kommunen har indberettet. Et ophold over et månedsskifte tæller i den måned, det"
            " begyndte. Skridt tæller, ikke borgere: den samme borger kan gå den samme vej flere"
            " gange, så der er intet interval.",
            "en": "General practice is known by the week of the claim, not by the day. Municipal"
            " care is what the kommune reported. A stay across the turn of a month counts in the"
            " month it began. Steps are counted, not citizens: one citizen can go the same way"
            " several times, so there is no interval.",
        },
        "certainty": "K",
        "certainty_note": {
            "da": "Ophold, indlæggelse og genindlæggelse er defineret i kilderne; tilstandene,"
            " deres rækkefølge og måneden som skridt er vores egne.",
            "en": "Stay, admission and readmission are defined in the sources; the states, their"
            " order and the month as a step are our own.",
        },
        "sources": [
            "https://www.esundhed.dk/Emner/Patienter-og-sygehuse/"
            "Genindlaeggelser-i-somatik-og-psykiatri",
            "Klynge: lokal definition",
        ],
        "owner": "Klynges datagruppe",
        "review_by": REVIEW_BY.isoformat(),
    }


def _told(state: State) -> Mapping[str, Any]:
    return {
        "id": state.id,
        "name": {"da": state.da, "en": state.en},
        "means": {"da": state.means_da, "en": state.means_en},
    }
