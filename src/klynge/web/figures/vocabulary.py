"""The words of the figures room: themes, kinds of place, sexes, measures and ages, as people say.

The codes are the data pack's; the words in addresses are Danish, like the rest of the site's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from klynge.web.figures.models import Pack

Words = str | Promise


@dataclass(frozen=True)
class Theme:
    """One of the four themes of the national data packs. `slug` is its word in addresses."""

    code: str
    slug: str
    title: Words
    about: Words


THEMES = (
    Theme(
        "population",
        "populationsoverblik",
        gettext_lazy("Populationsoverblik"),
        gettext_lazy("Hvem der bor her, og hvor mange der ser egen læge."),
    ),
    Theme(
        "frail",
        "saarbare-aeldre",
        gettext_lazy("De sårbare ældre"),
        gettext_lazy("Forebyggelige ophold, genindlæggelser og plejehjem for de ældste."),
    ),
    Theme(
        "chronic",
        "kronikere",
        gettext_lazy("Kronikere"),
        gettext_lazy("Hvor mange der lever med udvalgte kroniske sygdomme."),
    ),
    Theme(
        "psychiatry",
        "psykiatri",
        gettext_lazy("Psykiatri"),
        gettext_lazy("Borgere, indlæggelser og genindlæggelser i psykiatrien."),
    ),
)
THEME_OF_SLUG = {theme.slug: theme for theme in THEMES}
THEME_OF_CODE = {theme.code: theme for theme in THEMES}

KIND_TITLES: dict[str, tuple[Words, Words]] = {
    "kommune": (gettext_lazy("Kommune"), gettext_lazy("Kommuner")),
    "klynge": (gettext_lazy("Klynge"), gettext_lazy("Klynger")),
    "sundhedsraad": (gettext_lazy("Sundhedsråd"), gettext_lazy("Sundhedsråd")),
    "region": (gettext_lazy("Region"), gettext_lazy("Regioner")),
    "land": (gettext_lazy("Land"), gettext_lazy("Land")),
}

SEX_TITLES: dict[str, Words] = {
    "all": gettext_lazy("Alle"),
    "female": gettext_lazy("Kvinder"),
    "male": gettext_lazy("Mænd"),
}
SEX_WORDS = {"alle": "all", "kvinder": "female", "maend": "male"}

MEASURE_TITLES: dict[str, Words] = {
    "count": gettext_lazy("Antal"),
    "crude": gettext_lazy("Faktisk"),
    "standardised": gettext_lazy("Korrigeret for køn og alder"),
    "median": gettext_lazy("Median"),
    "sum": gettext_lazy("Sum"),
}
CRUDE_WORD, STANDARDISED_WORD = "faktisk", "korrigeret"
MEASURE_WORDS = {CRUDE_WORD: "crude", STANDARDISED_WORD: "standardised"}

STANDARDISED = "standardised"

CERTAINTY_TITLES: dict[str, Words] = {
    "S": gettext_lazy("efter kilden"),
    "P": gettext_lazy("delvis efter kilden"),
    "K": gettext_lazy("lokal definition"),
}
CERTAINTY_ABOUT: dict[str, Words] = {
    "S": gettext_lazy("Definitionen følger den officielle kilde."),
    "P": gettext_lazy(
        "Definitionen følger en officiel kilde, men noget er tilføjet eller udeladt."
    ),
    "K": gettext_lazy("Definitionen er Klynges egen. Tallet er ikke et officielt tal."),
}
DOMAIN_TITLES: dict[str, Words] = {
    "somatik": gettext_lazy("Somatik: kommunerne tæller i deres somatiske klynge"),
    "psykiatri": gettext_lazy("Psykiatri: kommunerne tæller i deres psykiatriske klynge"),
    "begge": gettext_lazy("Somatik og psykiatri: kommunerne tæller i deres somatiske klynge"),
}
KIND_OF_FIGURE: dict[str, Words] = {
    "count": gettext_lazy("antal"),
    "proportion": gettext_lazy("andel"),
    "rate": gettext_lazy("rate"),
}
BETTER_TITLES: dict[str, Words] = {
    "lower": gettext_lazy("Lavere er som regel bedre"),
    "higher": gettext_lazy("Højere er som regel bedre"),
    "neither": gettext_lazy("Hverken højt eller lavt er i sig selv godt"),
}


def age_title(age: str, ages: Any = ()) -> str:
    """An age band as people say it: "80 år og derover", "18-44 år".

    "all" is every age the indicator is about; `ages` are its bands and tell which that is.
    """
    if age == "all":
        return _whole_range([band for band in ages if band != "all"])
    if age.endswith("+"):
        return _("{low} år og derover").format(low=age[:-1])
    low, _dash, high = age.partition("-")
    return _("{low}–{high} år").format(low=low, high=high)


def _whole_range(bands: list[str]) -> str:
    lows = [int(band.rstrip("+").partition("-")[0]) for band in bands]
    if not lows or min(lows) == 0:
        return _("Alle aldre")
    return _("{low} år og derover").format(low=min(lows))


def first_age(age: str) -> tuple[int, int]:
    """Sorts bands by where they begin, "all" first."""
    if age == "all":
        return (-1, 0)
    low, _dash, high = age.rstrip("+").partition("-")
    return (int(low), int(high or 999))


def notice(pack: Pack) -> str:
    """What a reader must know of every number of a pack; or empty."""
    told = [pack.note] if pack.note else []
    if pack.rounded_to:
        told.append(
            _(
                "Alle antal er afrundet til nærmeste {step}, og andele og rater er regnet af de"
                " afrundede antal. Derfor går summer ikke altid op."
            ).format(step=pack.rounded_to)
        )
    return " ".join(told)
