"""A pack's quality document as pages tell it, whatever the engine put into it.

What has a known shape is shown as such: texts in two languages, sources with how many rows were
used and why the rest fell out, lists of equal entries, plain facts. Anything else is shown line by
line, so that nothing an engine has written is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klynge.web.figures import numbers, reconciliation
from klynge.web.figures.models import said

LABELS: dict[str, str | Promise] = {
    "tables": gettext_lazy("Registre"),
    "linkage": gettext_lazy("Kobling"),
    "linkage_by_year": gettext_lazy("Rækker, der hører til en person i befolkningen"),
    "sectors": gettext_lazy("Borgere i hver sektor, og hvor mange af dem der findes i de andre"),
    "hospital": gettext_lazy("på sygehus (pct.)"),
    "practice": gettext_lazy("i praksissektoren (pct.)"),
    "medicine": gettext_lazy("med receptmedicin (pct.)"),
    "municipal": gettext_lazy("i kommunal pleje og træning (pct.)"),
    "population": gettext_lazy("i befolkningen 1. januar (pct.)"),
    "persons": gettext_lazy("Personer"),
    "year": gettext_lazy("År"),
    "completeness": gettext_lazy("Huller og spring i måneder og kommuner"),
    "movers": gettext_lazy("Fra 1. januar til den næste"),
    "stayed": gettext_lazy("blev boende"),
    "moved": gettext_lazy("flyttede kommune"),
    "died": gettext_lazy("døde"),
    "gone": gettext_lazy("forlod de 98 kommuner"),
    "born": gettext_lazy("født"),
    "came": gettext_lazy("kom til"),
    "events": gettext_lazy("Hændelser"),
    "no_full_follow_up": gettext_lazy("Uden fuld opfølgningstid"),
    "warnings": gettext_lazy("Advarsler"),
    "extract_end": gettext_lazy("Udtrækket slutter"),
    "max_gap_hours": gettext_lazy("Kontakter kædes ved højst (timer)"),
    "admission_min_hours": gettext_lazy("Indlæggelse fra (timer)"),
    "counts_rounded_to": gettext_lazy("Antal er afrundet til"),
    "disclosure": gettext_lazy("Beskyttelse"),
    "minimum_persons": gettext_lazy("et tal hviler på mindst så mange personer"),
    "crude_cells": gettext_lazy("rå tal i årene"),
    "hidden_per_cent": gettext_lazy("heraf skjult (pct.)"),
    "by_rows_and_columns_per_cent": gettext_lazy(
        "den sædvanlige regel for rækker og søjler ville skjule (pct.)"
    ),
    "said": gettext_lazy("Hvad"),
    "kommune": gettext_lazy("Kommune"),
    "from": gettext_lazy("Fra"),
    "register": gettext_lazy("Register"),
    "to": gettext_lazy("Til"),
    "per_cent": gettext_lazy("Procent"),
    "indicator": gettext_lazy("Nøgletal"),
    "period": gettext_lazy("Periode"),
    "days": gettext_lazy("Dage"),
    "extracted": gettext_lazy("udtrukket"),
    "files": gettext_lazy("filer"),
    "rows": gettext_lazy("rækker"),
    "until": gettext_lazy("til og med"),
}

WORDS = "said"
IDS = ("sector", "kind")
"""Ids that are told in words beside them."""


@dataclass(frozen=True)
class Source:
    """One register or kind of event: rows in, rows used, and why the rest fell out."""

    name: str
    rows: str
    used: str
    fell_out: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Sources:
    """Sources under one heading."""

    title: str
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Listing:
    """Equal entries under one heading, a column a part."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Quality:
    """A quality document sorted into what it holds."""

    warnings: tuple[str, ...]
    sources: tuple[Sources, ...]
    listings: tuple[Listing, ...]
    facts: tuple[tuple[str, str], ...]
    reconciled: tuple[reconciliation.Line, ...] = ()


def of(document: Mapping[str, Any]) -> Quality:
    """The document, every part of it in one place or another."""
    warnings: list[str] = []
    sources: list[Sources] = []
    listings: list[Listing] = []
    facts: list[tuple[str, str]] = []
    reconciled: tuple[reconciliation.Line, ...] = ()
    for name, part in document.items():
        if name == "warnings" and _is_list(part):
            warnings += [said(one) if _is_text(one) else plain(one) for one in part]
        elif name == "totals" and _is_list(part):
            reconciled = reconciliation.of(part)
        elif _are_sources(part):
            sources.append(Sources(label(name), tuple(_source(n, p) for n, p in part.items())))
        elif _is_list(part) and part and all(isinstance(one, Mapping) for one in part):
            listings.append(_listing(name, part))
        else:
            facts += list(_lines(part, label(name)))
    return Quality(tuple(warnings), tuple(sources), tuple(listings), tuple(facts), reconciled)


def label(name: str) -> str:
    """A name of the document in words, where it has them."""
    return str(LABELS.get(name, name))


def plain(value: Any) -> str:
    """A value on one line."""
    if _is_text(value):
        return said(value)
    if isinstance(value, Mapping):
        return ", ".join(f"{label(name)} {plain(inner)}" for name, inner in value.items())
    if _is_list(value):
        return "; ".join(map(plain, value))
    if isinstance(value, bool):
        return _("ja") if value else _("nej")
    if isinstance(value, int):
        return numbers.whole(value)
    if isinstance(value, float):
        return numbers.value(value, 1)
    return "" if value is None else str(value)


def _source(name: str, part: Mapping[str, Any]) -> Source:
    reasons = part.get("fell_out") or part.get("left_out") or ()
    if isinstance(reasons, Mapping):
        told = [(label(reason), plain(rows)) for reason, rows in reasons.items()]
    else:
        told = [
            (said(reason) or str(reason.get("reason", "")), plain(reason.get("rows")))
            for reason in reasons
            if isinstance(reason, Mapping)
        ]
    rows = part.get("rows", part.get("rows_in"))
    return Source(name, plain(rows), plain(part.get("used", part.get("rows_used"))), tuple(told))


def _listing(name: str, part: Sequence[Mapping[str, Any]]) -> Listing:
    rows = [_flat(one) for one in part]
    columns = list(dict.fromkeys(key for one in rows for key in one))
    return Listing(
        label(name),
        tuple(label(column) for column in columns),
        tuple(tuple(_cell(column, one.get(column)) for column in columns) for one in rows),
    )


def _cell(column: str, value: Any) -> str:
    return str(value) if column == "year" else plain(value)


def _flat(entry: Mapping[str, Any]) -> dict[str, Any]:
    """An entry, its words in one language and what lies inside it in columns of its own. The id
    that the words are about need not be told beside them."""
    flat: dict[str, Any] = {}
    words = {key: entry[key] for key in ("da", "en") if key in entry}
    if _is_text(words):
        flat[WORDS] = words
    for key, value in entry.items():
        if isinstance(value, Mapping) and not _is_text(value):
            flat |= value
        elif key not in (words or ()) and not (words and key in IDS):
            flat[key] = value
    return flat


def _lines(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping) and not _is_text(value):
        for name, inner in value.items():
            yield from _lines(inner, f"{path}, {label(name)}")
    elif _is_list(value) and any(isinstance(one, Mapping) for one in value):
        for number, inner in enumerate(value, start=1):
            yield from _lines(inner, f"{path} {number}")
    else:
        yield (path, plain(value))


def _are_sources(part: Any) -> bool:
    return (
        isinstance(part, Mapping)
        and bool(part)
        and all(
            isinstance(one, Mapping) and {"used", "rows_used"} & set(one) for one in part.values()
        )
    )


def _is_text(value: Any) -> bool:
    return isinstance(value, Mapping) and set(value) == {"da", "en"}


def _is_list(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, (str, bytes))
