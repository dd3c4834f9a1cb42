"""An indicator's definition as pages tell it, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from klynge.web.figures import numbers
from klynge.web.figures.models import Indicator, said
from klynge.web.figures.vocabulary import (
    BETTER_TITLES,
    CERTAINTY_ABOUT,
    CERTAINTY_TITLES,
    DOMAIN_TITLES,
    KIND_OF_FIGURE,
    age_title,
    first_age,
)

_DAYS_IN_1000_YEARS = 365_250
"""What a rate by person-time is given per: its denominator is days."""


@dataclass(frozen=True)
class Definition:
    """One definition. `on`: the date the page is seen as on, for what is due for review."""

    indicator: Indicator
    on: date

    @property
    def entry(self) -> dict[str, Any]:
        return self.indicator.entry

    @property
    def facts(self) -> list[tuple[str, str]]:
        """The definition's parts in words, those that are empty left out."""
        rows = [
            (_("Tæller"), said(self.entry["numerator"])),
            (_("Nævner"), said(self.entry["denominator"])),
            (_("Enhed"), said(self.entry["unit"])),
            (_("Periode"), said(self.entry["window"])),
            (_("Tidspunkt"), self._timing()),
            (_("Aldre"), self._ages()),
            (_("Regnes ikke med"), said(self.entry["leaves_out"])),
            (_("Hvem tæller hvor"), str(DOMAIN_TITLES[self.entry["domain"]])),
            (_("Hvordan det læses"), str(BETTER_TITLES[self.entry["better"]])),
        ]
        return [(label, text) for label, text in rows if text]

    @property
    def kind(self) -> str:
        """ "andel pr. 100" and the like."""
        kind = str(KIND_OF_FIGURE[self.entry["kind"]])
        if self.indicator.is_count:
            return kind
        if self.entry["per"] == _DAYS_IN_1000_YEARS:
            return _("{kind} pr. 1.000 personår").format(kind=kind)
        return _("{kind} pr. {per}").format(kind=kind, per=numbers.whole(self.entry["per"]))

    @property
    def certainty_title(self) -> str:
        return str(CERTAINTY_TITLES[self.entry["certainty"]])

    @property
    def certainty_about(self) -> str:
        return str(CERTAINTY_ABOUT[self.entry["certainty"]])

    @property
    def certainty_note(self) -> str:
        return said(self.entry["certainty_note"])

    @property
    def weak_points(self) -> str:
        return said(self.entry["weak_points"])

    @property
    def codelists(self) -> list[dict[str, Any]]:
        """Each list with its codes as they stand and its source."""
        return [
            {
                "name": _text(codelist.get("name", "")),
                "codes": [str(code) for code in codelist.get("codes", ())],
                "source": _link(_text(codelist.get("source", ""))),
            }
            for codelist in self.entry["codelists"]
        ]

    @property
    def sources(self) -> list[tuple[str, str]]:
        """What is said of each source, and its address where it has one."""
        return [_link(_text(source)) for source in self.entry["sources"]]

    @property
    def owner(self) -> str:
        return str(self.entry["owner"])

    @property
    def review_by(self) -> date:
        return date.fromisoformat(self.entry["review_by"])

    @property
    def is_overdue(self) -> bool:
        """Whether the definition should have been looked at again by now."""
        return self.review_by < self.on

    def _timing(self) -> str:
        if self.indicator.is_snapshot:
            return _("Opgjort 1. januar i året")
        return _("Alt, der sker i perioden, for dem, der bor i kommunen 1. januar")

    def _ages(self) -> str:
        ages = sorted(self.entry["ages"], key=first_age)
        return ", ".join(age_title(age, ages) for age in ages)


def _text(value: Any) -> str:
    return said(value) if isinstance(value, dict) else str(value)


def _link(text: str) -> tuple[str, str]:
    """A text and the address to link it to: only an address of the web is made a link."""
    scheme = urlsplit(text.strip()).scheme if " " not in text.strip() else ""
    return (text, text.strip() if scheme in ("http", "https") else "")
