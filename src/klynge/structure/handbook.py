"""The handbook for a new member: what a klynge is, who sits, who decides what, what comes in 2027.

The plain words are in `data/handbook.json`; what the law says is taken from the rules, and who
follows whom from the successions, so that the handbook cannot say anything else than they do.
docs/explanation/haandbog.md is made from it by tools/renew.py, and a page of the workspace.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from klynge.faults import DefinitionError
from klynge.structure.facts import facts
from klynge.structure.law import Rule, rules
from klynge.structure.model import UNMARKED, Place, Text
from klynge.structure.places import places, successors
from klynge.structure.reading import Reading, Row, WrongRow, text
from klynge.texts import _

THEN, NOW = date(2024, 1, 1), date(2027, 1, 1)
# The docs have one sentence a line. "1. juli" ends none.
_A_SENTENCE_ENDS = re.compile(r"(?<=[.?!]) (?=[A-ZÆØÅ])")
DOUBT = Text("usikkert", "uncertain")
SILENT = Text("Loven tier:", "The law is silent:")


@dataclass(frozen=True, slots=True)
class Group:
    """Rules about one thing, such as who chairs."""

    title: Text
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class _Asked:
    title: Text
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A section: plain words, then rules by group, then who follows whom."""

    id: str
    title: Text
    paragraphs: tuple[Text, ...]
    groups: tuple[Group, ...]
    successions: tuple[tuple[Place, tuple[Place, ...]], ...]


@cache
def sections() -> tuple[Section, ...]:
    """The whole handbook, in order."""
    return load(files("klynge.structure") / "data")


def load(folder: Traversable) -> tuple[Section, ...]:
    """Read and check `handbook.json`. Raises DefinitionError with every fault."""
    reading = Reading(folder)
    asked = reading.all_of("handbook_groups.json", _asked)
    found = reading.all_of("handbook.json", lambda row: _section(row, asked))
    if reading.faults:
        raise DefinitionError(_("Håndbogen kan ikke bruges."), reading.faults)
    return found


def markdown(language: str = "da") -> str:
    """The handbook as Markdown."""
    title = Text("Håndbog for et nyt medlem", "Handbook for a new member")
    made = Text(
        "Lavet af `make docs` ud fra reglerne i `klynge.structure`; ret dem, ikke siden.",
        "Made by `make docs` from the rules in `klynge.structure`; mend them, not the page.",
    )
    lines = [f"# {title.said_in(language)}", "", made.said_in(language), ""]
    for section in sections():
        lines += _section_lines(section, language)
    return "\n".join(lines).rstrip() + "\n"


def doubt(rule: Rule) -> bool:
    """Whether the rule must be shown with a mark."""
    return rule.certainty not in UNMARKED


def _asked(row: Row) -> _Asked:
    return _Asked(text(row, "title"), tuple(row["topics"]))


def _section(row: Row, asked: Sequence[_Asked]) -> Section:
    numbers = _numbers()
    body = row.get("body", "")
    if body and body not in {each.id for each in facts().bodies}:
        raise WrongRow(_("ukendt organ {body}.").format(body=body))
    mine = rules(body) if body else ()
    groups = tuple(_groups(asked, mine)) if body else ()
    if row.get("silent"):
        quiet = tuple(rule for rule in rules() if rule.silent)
        groups = (Group(Text("Hvor loven tier", "Where the law is silent"), quiet),)
    return Section(
        id=row["id"],
        title=text(row, "title"),
        paragraphs=tuple(_filled(each, numbers) for each in row["paragraphs"]),
        groups=groups,
        successions=tuple(_successions()) if row.get("successions") else (),
    )


def _groups(asked: Sequence[_Asked], mine: Sequence[Rule]) -> Iterator[Group]:
    known = {topic for each in asked for topic in each.topics}
    left = {rule.topic for rule in mine} - known
    if left:
        # A new topic must be given a place, or the handbook would leave it out unseen.
        raise WrongRow(_("emnerne {topics} står i ingen gruppe.").format(topics=", ".join(left)))
    for each in asked:
        found = tuple(rule for rule in mine if rule.topic in each.topics)
        if found:
            yield Group(each.title, found)


def _successions() -> Iterator[tuple[Place, tuple[Place, ...]]]:
    for place in places("klynge", THEN):
        yield place, successors("klynge", place.id)


def _numbers() -> dict[str, int]:
    return {
        "klynger": len(places("klynge", THEN)),
        "regioner": len(places("region", THEN)),
        "kommuner": len(places("kommune", THEN)),
        "sundhedsraad": len(places("sundhedsraad", NOW)),
        "regioner_2027": len(places("region", NOW)),
    }


def _filled(said: Any, numbers: dict[str, int]) -> Text:
    return Text(said["da"].format(**numbers), said["en"].format(**numbers))


def _section_lines(section: Section, language: str) -> Iterator[str]:
    yield from (f"## {section.title.said_in(language)}", "")
    for paragraph in section.paragraphs:
        yield from (_A_SENTENCE_ENDS.sub("\n", paragraph.said_in(language)), "")
    for group in section.groups:
        yield from (f"### {group.title.said_in(language)}", "")
        for rule in group.rules:
            quiet = f"**{SILENT.said_in(language)}** " if rule.silent else ""
            sure = f", {DOUBT.said_in(language)}" if doubt(rule) else ""
            yield f"- {quiet}{rule.text.said_in(language)} *({rule.paragraph}{sure})*"
        yield ""
    if section.successions:
        yield from _table(section, language)


def _table(section: Section, language: str) -> Iterator[str]:
    yield "| klynge | sundhedsråd |"
    yield "|---|---|"
    for place, follows in section.successions:
        yield f"| {place.name} | {', '.join(each.name for each in follows)} |"
    yield ""
