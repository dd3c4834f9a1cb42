"""What each DOCX template is for, the one to begin with, and every field it may ask for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from klynge.web.documents import Paragraph, word
from klynge.web.documents.blocks import Definitions
from klynge.web.meetings.papers import cases, word_fields
from klynge.web.meetings.papers.case_formats import CaseFormat, formats

MEETING = "moede"
CASE = "sag-"


@dataclass(frozen=True)
class Use:
    """One kind of paper that has a template. case: the authority's format, for a case."""

    id: str
    name: str
    case: CaseFormat | None = None

    def first_template(self) -> bytes:
        """The template to begin with."""
        if self.case is None:
            return word.make_template(
                word_fields.LINES, title=self.name, header="{{ organ }}", footer="{{ sidefod }}"
            )
        return word.make_template(
            self.case.lines(),
            title=self.name,
            header="{{ myndighed }}",
            footer="Fra {{ organ }}, {{ moededato }}",
        )

    def sample(self) -> dict[str, Any]:
        """A value for every field, to try a template on."""
        return _meeting_sample() if self.case is None else _case_sample()

    def fields(self) -> Fields:
        """The fields as they are written in a template."""
        sample = self.sample()
        [item] = sample.pop("punkter", [{}])
        return Fields(
            words=_those(sample, blocks=False),
            blocks=_those(sample, blocks=True),
            item_words=[f"punkt.{name}" for name in _those(item, blocks=False)],
            item_blocks=[f"punkt.{name}" for name in _those(item, blocks=True)],
        )


@dataclass(frozen=True)
class Fields:
    """The fields of a template: those with a few words, and those that hold whole paragraphs."""

    words: list[str]
    blocks: list[str]
    item_words: list[str]
    item_blocks: list[str]


def _those(sample: dict[str, Any], *, blocks: bool) -> list[str]:
    return [name for name, value in sample.items() if isinstance(value, tuple) is blocks]


@cache
def uses() -> dict[str, Use]:
    """Every kind of paper that has a template, by its id."""
    meeting = Use(MEETING, "Dagsorden og referat")
    found = [Use(f"{CASE}{one.id}", f"Sag til {one.name}", one) for one in formats().values()]
    return {use.id: use for use in (meeting, *found)}


def _some(text: str) -> tuple[Any, ...]:
    return (Paragraph(text),)


def _meeting_sample() -> dict[str, Any]:
    words = ("titel", "undertitel", "organ", "dato", "begynder", "slutter", "sted", "moedeleder",
             "referent", "sidefod")  # fmt: skip
    blocks = ("hoved", "indkaldelse", "indholdsfortegnelse", "fremmoede", "afslutning",
              "beslutningsliste", "bilagsliste")  # fmt: skip
    item_words = ("nummer", "titel", "type", "sagsnummer", "indstillende_part", "fremlaegges_af")
    item_blocks = ("oplysninger", "dagsorden", "sagsresume", "sagsfremstilling", "oekonomi",
                   "indstilling", "tal", "bilag", "referat")  # fmt: skip
    item: dict[str, Any] = {name: f"Prøve: {name}" for name in item_words}
    item |= {name: _some(f"Prøve: {name}") for name in item_blocks} | {"lukket": False}
    return {
        **{name: f"Prøve: {name}" for name in words},
        "offentlig": False,
        **{name: _some(f"Prøve: {name}") for name in blocks},
        "punkter": [item],
    }


def _case_sample() -> dict[str, Any]:
    words = ("titel", "undertitel", "myndighed", "udvalg", "dato", "sagsnummer", "organ",
             "moededato")  # fmt: skip
    return {
        **{name: f"Prøve: {name}" for name in words},
        "oplysninger": (Definitions((("Sagsnr.", "Prøve"),)),),
        **{name: _some(f"Prøve: {name}") for name in cases.field_names()},
    }
