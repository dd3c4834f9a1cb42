"""Why a published number and ours may differ: what the pack itself tells that fits the difference.

Each reason is a sentence for the analyst, the likeliest first. None is certain: they say where to
look.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from klynge.engine.disclosure.rules import ROUND_TO
from klynge.engine.indicators.described import Told
from klynge.engine.indicators.indicator import Indicator
from klynge.engine.quality.fates import Words
from klynge.engine.spine.models import needed_for, registers_of
from klynge.engine.totals.comparing import Compared

MOST = 4
LOW_LINKAGE = 99.0
SEVERAL_PLACES = 3


@dataclass(frozen=True)
class Known:
    """What the pack knows beside its figures. told: the indicators by code. quality: the rest of
    the quality report. invented: whether the registers are made up. rounded: whether our counts are
    rounded."""

    told: Mapping[str, Told]
    quality: Mapping[str, Any]
    invented: bool = False
    rounded: bool = False

    def registers(self, code: str) -> tuple[str, ...]:
        """The registers a figure is counted from."""
        indicator = self.told.get(code)
        if isinstance(indicator, Indicator):
            return registers_of(needed_for(indicator.tables, indicator.basis))
        return () if indicator else (code,)


def reasons(one: Compared, every: Sequence[Compared], known: Known) -> list[Words]:
    """The likeliest reasons that `one` differs, at most `MOST`. every: all that was compared."""
    found = [
        words
        for look in _LOOKS
        for words in (look(known, one, every) if one.answer == "differs" else ())
    ]
    return found[:MOST]


def _invented(known: Known, _one: Compared, _every: Sequence[Compared]) -> Iterator[Words]:
    if known.invented:
        yield {
            "da": "Registrene er opdigtede, så forskellen siger intet om virkeligheden.",
            "en": "The registers are made up, so the difference says nothing of the real world.",
        }


def _rounded(known: Known, one: Compared, _every: Sequence[Compared]) -> Iterator[Words]:
    if known.rounded and not one.total.is_of_register:
        yield {
            "da": f"Vores tal er afrundet til nærmeste {ROUND_TO}. Den nøjagtige afstemning står i"
            " pakken, som det er afrundet fra.",
            "en": f"Our number is rounded to the nearest {ROUND_TO}. The exact reconciliation is in"
            " the pack it was rounded from.",
        }


def _unit(_known: Known, one: Compared, _every: Sequence[Compared]) -> Iterator[Words]:
    if one.ours and one.total.published and not one.total.is_of_register:
        times = max(one.ours / one.total.published, one.total.published / one.ours)
        for size in (10, 100, 1_000, 100_000):
            if abs(times / size - 1) < 0.05:
                yield {
                    "da": f"Tallene er omkring {size} gange fra hinanden: er det samme enhed?",
                    "en": f"The numbers are about {size} times apart: are they of the same unit?",
                }


def _holes(known: Known, one: Compared, _every: Sequence[Compared]) -> Iterator[Words]:
    """Months with far too few rows, or too many, that the report names for the same registers."""
    wanted = ("double",) if _above(one) else ("gap", "late", "absent")
    registers = known.registers(one.total.what)
    for line in known.quality.get("completeness", ()):
        here = line["kommune"] in (None, one.total.place) or one.total.place_kind != "kommune"
        then = line["from"][:4] <= one.total.period[:4] <= line["to"][:4]
        if line["register"] in registers and line["kind"] in wanted and here and then:
            yield {"da": line["da"], "en": line["en"]}
            return


def _others(_known: Known, one: Compared, every: Sequence[Compared]) -> Iterator[Words]:
    """Whether the same number of other places differs too."""
    same = [
        each
        for each in every
        if each.ours is not None
        and (each.total.what, each.total.number, each.total.period)
        == (one.total.what, one.total.number, one.total.period)
        and each.total.place_kind == one.total.place_kind
    ]
    if len(same) < SEVERAL_PLACES:
        return
    alike = [each for each in same if each.answer == "differs" and _above(each) == _above(one)]
    if len(alike) == len(same):
        yield {
            "da": f"Alle {len(same)} steder afviger til samme side: se efter forskelle i"
            " definition, opgørelsesdag og dækning.",
            "en": f"All {len(same)} places differ the same way: look for differences in definition,"
            " date and coverage.",
        }
    elif len(alike) == 1:
        yield {
            "da": f"Af {len(same)} steder afviger kun dette til den side: se efter, hvad stedet har"
            " leveret.",
            "en": f"Of {len(same)} places only this differs that way: look at what the place"
            " delivered.",
        }


def _grown(known: Known, one: Compared, _every: Sequence[Compared]) -> Iterator[Words]:
    """Registers go on growing after a period has ended."""
    end = known.quality.get("extract_end")
    if end is None or "kontakter" not in known.registers(one.total.what):
        return
    later = one.total.as_of > date.fromisoformat(end)
    if later and not _above(one):
        yield {
            "da": f"Kilden er fra efter udtrækket ({end}): registret kan være vokset siden.",
            "en": f"The source is of after the extract ({end}): the register may have grown since.",
        }
    elif not later and _above(one):
        yield {
            "da": f"Kilden er ældre end udtrækket ({end}): registret kan være vokset siden.",
            "en": f"The source is older than the extract ({end}): the register may have grown"
            " since.",
        }


def _unlinked(known: Known, one: Compared, _every: Sequence[Compared]) -> Iterator[Words]:
    if _above(one) or one.total.is_of_register:
        return
    registers = known.registers(one.total.what)
    for line in known.quality.get("linkage", ()):
        if line["register"] in registers and line["per_cent"] < LOW_LINKAGE:
            share = str(line["per_cent"])
            yield {
                "da": f"Kun {share.replace('.', ',')} pct. af rækkerne i {line['register']} hører"
                " til en person i befolkningen, og resten er ikke talt.",
                "en": f"Only {share} per cent of the rows in {line['register']} belong to a person"
                " in the population, and the rest were not counted.",
            }


def _history(known: Known, one: Compared, _every: Sequence[Compared]) -> Iterator[Words]:
    indicator = known.told.get(one.total.what)
    if isinstance(indicator, Indicator) and indicator.chronic:
        yield {
            "da": "Sygdommen findes i de år, udtrækket har: er historikken kort, findes for få, og"
            " gamle tilfælde tælles som nye.",
            "en": "The disease is found in the years the extract has: with a short history too few"
            " are found, and old cases count as new.",
        }


def _local(known: Known, one: Compared, _every: Sequence[Compared]) -> Iterator[Words]:
    indicator = known.told.get(one.total.what)
    if indicator is not None and indicator.certainty == "K":
        yield {
            "da": "Vores definition er lokal og ikke den officielle.",
            "en": "Our definition is a local one and not the official.",
        }


def _cohort(known: Known, one: Compared, _every: Sequence[Compared]) -> Iterator[Words]:
    indicator = known.told.get(one.total.what)
    if not isinstance(indicator, Indicator):
        return
    if indicator.is_snapshot:
        yield {
            "da": "Vores tal er fra 1. januar: er det offentliggjorte fra en anden dag?",
            "en": "Our number is of 1 January: is the published one of another day?",
        }
    elif not _above(one):
        yield {
            "da": "Vi tæller dem, der boede her 1. januar. De, der kom til eller blev født senere"
            " på året, er ikke med.",
            "en": "We count those who lived here on 1 January. Those who came or were born later"
            " that year are not in it.",
        }


def _register(_known: Known, one: Compared, _every: Sequence[Compared]) -> Iterator[Words]:
    if not one.total.is_of_register:
        return
    if _above(one):
        yield {
            "da": "Er noget leveret to gange, eller tæller kilden færre slags rækker?",
            "en": "Was something delivered twice, or does the source count fewer kinds of rows?",
        }
    else:
        yield {
            "da": "Er udtrækket afgrænset til nogle personer, år eller slags rækker?",
            "en": "Is the extract limited to some persons, years or kinds of rows?",
        }


_Look = Callable[[Known, Compared, Sequence[Compared]], Iterator[Words]]
_LOOKS: tuple[_Look, ...] = (
    _invented,
    _rounded,
    _unit,
    _holes,
    _others,
    _grown,
    _unlinked,
    _register,
    _history,
    _local,
    _cohort,
)


def _above(one: Compared) -> bool:
    return one.ours is not None and one.ours > one.total.published
