"""What a reader can choose on a page of figures, read from the address.

An address with a choice that is not there still gives the page, with the usual choice and a
message: links are kept and sent around, and packs change.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from klynge.web.figures import periods
from klynge.web.figures.vocabulary import STANDARDISED, STANDARDISED_WORD


@dataclass(frozen=True)
class Option:
    """One thing that can be chosen: its word in the address and what it is called."""

    word: str
    title: str
    chosen: bool


def choose(request: HttpRequest, name: str, words: Sequence[str], usual: str) -> str:
    """The word chosen for `name`, or the usual one; says so when the chosen one is not there."""
    wanted = request.GET.get(name, "")
    if wanted in words:
        return wanted
    if wanted:
        messages.warning(
            request,
            _("Valget »{wanted}« findes ikke her. Siden viser det sædvanlige.").format(
                wanted=wanted[:40]
            ),
        )
    return usual


def options(titles: Mapping[str, str], chosen: str) -> list[Option]:
    """Every word with its title, the chosen one marked."""
    return [Option(word, str(title), word == chosen) for word, title in titles.items()]


def wants_standardised(request: HttpRequest) -> bool:
    """Whether the reader asked for figures adjusted for sex and age (`?maal=korrigeret`)."""
    return choose(request, "maal", ("faktisk", STANDARDISED_WORD), "faktisk") == STANDARDISED_WORD


GRAINS = {
    "aar": (periods.YEAR, _lazy("År")),
    "kvartal": (periods.QUARTER, _lazy("Kvartal")),
    "maaned": (periods.MONTH, _lazy("Måned")),
}
"""The address's words for how long the periods of a series are."""


def grain_word(grain: str) -> str:
    """The address's word for a length of period."""
    return next(word for word, (of, _title) in GRAINS.items() if of == grain)


def measure_word(measure: str) -> str:
    """The address's word for a measure."""
    return STANDARDISED_WORD if measure == STANDARDISED else "faktisk"
