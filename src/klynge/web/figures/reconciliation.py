"""A pack's figures held against published ones, as its page tells it.

The engine compares finished rows only, so nothing here is hidden on any other page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klynge.web.figures import numbers, periods
from klynge.web.figures.models import said
from klynge.web.figures.vocabulary import SEX_TITLES

DIFFERS, AGREES = "differs", "agrees"
NUMBERS: dict[str, str | Promise] = {
    "numerator": "",
    "rows": "",
    "denominator": gettext_lazy("nævner"),
    "value": gettext_lazy("værdi"),
    "standardised": gettext_lazy("korrigeret værdi"),
}
EDUCATIONS: dict[str, str | Promise] = {
    "low": gettext_lazy("grundskole"),
    "middle": gettext_lazy("ungdoms- eller erhvervsuddannelse"),
    "high": gettext_lazy("videregående uddannelse"),
}


@dataclass(frozen=True)
class Line:
    """One published number beside ours."""

    title: str
    about: str
    place: str
    period: str
    published: str
    ours: str
    difference: str
    tolerance: str
    differs: bool
    answer: str
    reasons: tuple[str, ...]
    source: str
    as_of: str


def of(entries: Sequence[Any]) -> tuple[Line, ...]:
    """A line an entry: those that differ first, then those that could not be compared."""
    known = [entry for entry in entries if isinstance(entry, Mapping)]
    order = {DIFFERS: 0, AGREES: 2}
    return tuple(
        _line(entry) for entry in sorted(known, key=lambda one: order.get(one.get("answer"), 1))
    )


def _line(entry: Mapping[str, Any]) -> Line:
    answer = entry.get("answer")
    return Line(
        title=said(entry.get("title")) or str(entry.get("what", "")),
        about=_about(entry),
        place=str(entry.get("place_name") or entry.get("place", "")),
        period=_period(str(entry.get("period", ""))),
        published=_number(entry.get("published")),
        ours=_number(entry.get("ours")),
        difference=_per_cent(entry.get("difference_per_cent"), sign=True),
        tolerance=_per_cent(entry.get("tolerance_per_cent")),
        differs=answer == DIFFERS,
        answer=_answer(entry),
        reasons=tuple(said(one) for one in entry.get("reasons", ()) if isinstance(one, Mapping)),
        source=str(entry.get("source", "")),
        as_of=_day(str(entry.get("as_of", ""))),
    )


def _about(entry: Mapping[str, Any]) -> str:
    """Which of the figure's numbers, and of whom, when it is not the usual of all."""
    told = [str(NUMBERS.get(str(entry.get("number")), entry.get("number", "")))]
    if entry.get("sex", "all") != "all":
        told.append(str(SEX_TITLES.get(str(entry["sex"]), entry["sex"])))
    if entry.get("age", "all") != "all":
        told.append(_("{age} år").format(age=str(entry["age"]).replace("-", "–")))
    if entry.get("education", "all") != "all":
        told.append(str(EDUCATIONS.get(str(entry["education"]), entry["education"])))
    return ", ".join(part for part in told if part)


def _answer(entry: Mapping[str, Any]) -> str:
    if entry.get("answer") == DIFFERS:
        return _("afviger")
    if entry.get("answer") == AGREES:
        return _("stemmer")
    return _("ikke sammenlignet: {why}").format(why=said(entry.get("why")))


def _number(number: Any) -> str:
    if isinstance(number, bool) or not isinstance(number, (int, float)):
        return ""
    return numbers.whole(number) if isinstance(number, int) else numbers.value(number, 2)


def _per_cent(number: Any, *, sign: bool = False) -> str:
    if isinstance(number, bool) or not isinstance(number, (int, float)):
        return ""
    plus = "+" if sign and number > 0 else ""
    return f"{plus}{numbers.share(number / 100)}"


def _period(period: str) -> str:
    return periods.title(period) if periods.is_period(period) else period


def _day(written: str) -> str:
    try:
        return periods.day(date.fromisoformat(written))
    except ValueError:
        return written
