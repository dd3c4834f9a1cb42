"""How each authority sets up a case for its own committee: data, with source and certainty.

The formats stand in `formats/*.toml`. certainty: S from the authority's own template, P read off
published agendas, K our own. A secretary who knows better edits the DOCX template.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from klynge.web.documents import word

FOLDER = Path(__file__).resolve().parent / "formats"
COMMON = "faelles"
TEXTS = ("sagsresume", "sagsfremstilling", "oekonomi", "lighed", "videre_proces")
OTHERS = ("behandling", "indstilling", "beslutning", "bilag", "tal")


@dataclass(frozen=True)
class Section:
    """One heading of a case, and which field stands below it.

    heading: may hold {udvalg}, {dato} and {organ}. keep_empty: stands there to be filled in.
    """

    heading: str
    field: str
    keep_empty: bool = False

    @property
    def shown(self) -> str:
        """The heading with dots where a name or a date comes."""
        return re.sub(r"\{\w+\}", "…", self.heading)


@dataclass(frozen=True)
class CaseFormat:
    """The case of one authority. organisation_kind and place: whose; empty for everybody's."""

    id: str
    name: str
    organisation_kind: str
    place: str
    case_number_label: str
    case_number_shape: str
    case_number_pattern: str
    certainty: str
    source: str
    sections: tuple[Section, ...]
    recommends: str = ""
    open_mark: str = ""
    closed_mark: str = ""
    kind_in_title: bool = False

    def fits_number(self, number: str) -> bool:
        """Whether a case number has the authority's own shape; any has where none is known."""
        pattern = self.case_number_pattern
        return not pattern or re.fullmatch(pattern, number.strip()) is not None

    def lines(self) -> tuple[word.Line, ...]:
        """The DOCX template to begin with."""
        found = [
            word.Line("{{ titel }}", "Title"),
            word.Line("{{ undertitel }}", "Subtitle"),
            word.Line("{{ oplysninger }}"),
        ]
        for section in self.sections:
            heading = re.sub(r"\{(\w+)\}", r"{{ \1 }}", section.heading)
            lines = [word.Line(heading, "Heading 1"), word.Line(f"{{{{ {section.field} }}}}")]
            if not section.keep_empty:
                asks = word.Line(f"{{%p if {section.field} %}}")
                lines = [asks, *lines, word.Line("{%p endif %}")]
            found += lines
        return tuple(found)


@cache
def formats() -> dict[str, CaseFormat]:
    """Every format by its id, the common one last."""
    read = [_format(file) for file in sorted(FOLDER.glob("*.toml"))]
    return {one.id: one for one in sorted(read, key=lambda one: (one.id == COMMON, one.name))}


def format_of(organisation_kind: str, place: str) -> CaseFormat:
    """The format of an authority; the common one for an authority we have not seen."""
    for one in formats().values():
        if place and (one.organisation_kind, one.place) == (organisation_kind, place):
            return one
    return formats()[COMMON]


def _format(file: Path) -> CaseFormat:
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    sections = tuple(
        Section(one["heading"], one["from"], one.get("keep_empty", False))
        for one in data.pop("sections")
    )
    return CaseFormat(sections=sections, **data)
