"""The rules of the pack's JSON documents: indicators, quality and the descriptor's own part."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from klynge.datapack import schema
from klynge.faults import Fault
from klynge.texts import _


def indicator_faults(entries: object) -> list[Fault]:
    """All faults of what indicators.json holds: one fault an entry."""
    if not isinstance(entries, Sequence) or isinstance(entries, (str, bytes)):
        return [_document_fault(schema.INDICATORS, _("en liste med én post for hver indikator"))]
    faults = []
    for number, entry in enumerate(entries, start=1):
        if not isinstance(entry, Mapping):
            place = _("{file}, post {number}").format(file=schema.INDICATORS, number=number)
            faults.append(_document_fault(place, _("en post med navngivne felter")))
            continue
        problems = list(_entry_problems(entry))
        if problems:
            faults.append(
                Fault(
                    _("{file}, post {number} ({code})").format(
                        file=schema.INDICATORS, number=number, code=_code_of(entry)
                    ),
                    "; ".join(problems),
                    _("alle felter: {keys}").format(keys=", ".join(schema.INDICATOR_KEYS)),
                    _("Ret indikatorens definition, og byg datapakken igen."),
                )
            )
    return faults + _repeated(entries)


def places_of(geography: object) -> frozenset[tuple[str, str]]:
    """The (kind, id) pairs of a geography's "places"; empty unless every one has both."""
    listed = geography.get("places") if isinstance(geography, Mapping) else None
    if not isinstance(listed, Sequence) or not all(map(_is_place, listed)):
        return frozenset()
    return frozenset((place["kind"], place["id"]) for place in listed)


def geography_faults(geography: object) -> list[Fault]:
    """A geography says which places there are, each with kind and id."""
    if places_of(geography):
        return []
    where = _("{file}, geography").format(file=schema.DESCRIPTOR)
    return [_document_fault(where, _("'places': en liste, hvor hvert sted har 'kind' og 'id'"))]


def years_faults(years: object) -> list[Fault]:
    """Years are whole numbers, at least one of them."""
    right = isinstance(years, Sequence) and not isinstance(years, (str, bytes))
    if right and years and all(type(year) is int for year in years):  # type: ignore[attr-defined]
        return []
    return [_document_fault(_("{file}, years").format(file=schema.DESCRIPTOR), _("mindst ét år"))]


def quality_faults(quality: object) -> list[Fault]:
    """Quality is an object with named parts; what they are is the engine's affair."""
    if isinstance(quality, Mapping):
        return []
    return [_document_fault(schema.QUALITY, _("et objekt med navngivne felter"))]


def rounding_faults(rounding: object) -> list[Fault]:
    """What is said of a rounded edition: what counts are rounded to, and which edition it is of."""
    if rounding is None or multiple_of(rounding) is not None:
        return []
    where = _("{file}, rounding").format(file=schema.DESCRIPTOR)
    return [_document_fault(where, _("'to': et helt tal over 1, og 'edition': en kontrolsum"))]


def multiple_of(rounding: object) -> int | None:
    """What every count is a multiple of; None where counts are exact, or it is not said rightly."""
    if not isinstance(rounding, Mapping) or not isinstance(rounding.get("edition"), str):
        return None
    to = rounding.get("to")
    return to if type(to) is int and to > 1 else None


def _is_place(place: object) -> bool:
    if not isinstance(place, Mapping):
        return False
    return place.get("kind") in schema.PLACE_KINDS and isinstance(place.get("id"), str)


def _entry_problems(entry: Mapping[str, Any]) -> list[str]:
    missing = [key for key in schema.INDICATOR_KEYS if key not in entry]
    problems = [_("mangler {keys}").format(keys=", ".join(missing))] if missing else []
    wrong = [key for key in schema.INDICATOR_KEYS if key in entry and not _is_right(key, entry)]
    if wrong:
        problems.append(_("forkert indhold i {keys}").format(keys=", ".join(wrong)))
    return problems


def _is_right(key: str, entry: Mapping[str, Any]) -> bool:
    value = entry[key]
    if key == "code":
        return isinstance(value, str) and re.fullmatch(schema.CODE_PATTERN, value) is not None
    if key in schema.INDICATOR_VOCABULARIES:
        words = schema.INDICATOR_VOCABULARIES[key]
        return not isinstance(value, (bool, list, dict)) and value in words
    if key in schema.BILINGUAL:
        # A definition without certainty_note or weak points says so with an empty text.
        return _is_bilingual(value, may_be_empty=key not in ("title", "numerator", "unit"))
    if key == "denominator":
        return (value is None) == (entry.get("kind") == "count") and (
            value is None or _is_bilingual(value)
        )
    if key in schema.LISTS:
        return isinstance(value, (list, tuple))
    if key == "review_by":
        return _is_date(value)
    return isinstance(value, str) and bool(value.strip())


def _is_bilingual(value: object, *, may_be_empty: bool = False) -> bool:
    if not isinstance(value, Mapping):
        return False
    texts = [value.get("da"), value.get("en")]
    return all(isinstance(text, str) and (may_be_empty or text.strip()) for text in texts)


def _is_date(value: object) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _repeated(entries: Sequence[Any]) -> list[Fault]:
    counts = Counter(_code_of(entry) for entry in entries if isinstance(entry, Mapping))
    return [
        Fault(
            schema.INDICATORS,
            _("Indikatoren {code} er beskrevet {count} gange.").format(code=code, count=count),
            _("én post for hver indikator"),
            _("Fjern de overtallige definitioner, og byg datapakken igen."),
        )
        for code, count in counts.items()
        if count > 1
    ]


def _code_of(entry: Mapping[str, Any]) -> str:
    code = entry.get("code")
    known = isinstance(code, str) and re.fullmatch(schema.CODE_PATTERN, code)
    return str(code) if known else _("uden kode")


def _document_fault(where: str, expected: str) -> Fault:
    return Fault(
        where,
        _("Indholdet har ikke den rette form."),
        expected,
        _("Byg datapakken igen, eller hent den igen fra den, der lavede den."),
    )
