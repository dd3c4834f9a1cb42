"""A meeting's papers as the fields a DOCX template may ask for, and the template to begin with."""

from __future__ import annotations

from typing import Any

from klynge.web.documents import Contents, word
from klynge.web.documents.html import blocks_of
from klynge.web.meetings.papers import composing, item_blocks
from klynge.web.meetings.papers.composing import Wanted
from klynge.web.meetings.papers.parts import Part, title_of
from klynge.web.meetings.papers.reading import ItemPaper, MeetingPaper, clock_time, long_day

LINES = (
    word.Line("{{ titel }}", "Title"),
    word.Line("{{ undertitel }}", "Subtitle"),
    word.Line("{{ hoved }}"),
    word.Line("{{ indkaldelse }}"),
    word.Line("{{ indholdsfortegnelse }}"),
    word.Line("{{ fremmoede }}"),
    word.Line("{%p for punkt in punkter %}"),
    word.Line("{{ punkt.nummer }}. {{ punkt.titel }}", "Heading 1"),
    word.Line("{{ punkt.oplysninger }}"),
    word.Line("{{ punkt.dagsorden }}"),
    word.Line("{{ punkt.referat }}"),
    word.Line("{%p endfor %}"),
    word.Line("{{ afslutning }}"),
    word.Line("{{ beslutningsliste }}"),
    word.Line("{{ bilagsliste }}"),
)


def fields_of(paper: MeetingPaper, wanted: Wanted) -> dict[str, Any]:
    """Every field of the papers, for a reader. What was not chosen is empty."""
    wanted = wanted.within(paper)
    parts = wanted.parts
    with_items = bool(parts & {Part.AGENDA, Part.MINUTES})
    meeting = paper.meeting
    return {
        "titel": composing.heading(paper, parts),
        "undertitel": composing.below_heading(paper),
        "organ": paper.body,
        "dato": long_day(paper.day),
        "begynder": clock_time(meeting.begins_at),
        "slutter": clock_time(meeting.ends_at),
        "sted": meeting.place,
        "moedeleder": meeting.chair.name if meeting.chair else "",
        "referent": meeting.minute_taker,
        "sidefod": title_of(paper, parts),
        "offentlig": paper.is_public,
        "hoved": tuple(composing.head(paper, parts)),
        "indkaldelse": _when(Part.INVITATION in parts, composing.invitation(paper)),
        "indholdsfortegnelse": _contents(paper) if with_items else (),
        "fremmoede": _when(Part.ATTENDANCE in parts, composing.attendance(paper)),
        "punkter": [_item(item, parts) for item in paper.items] if with_items else [],
        "afslutning": _when(Part.MINUTES in parts, composing.closing(paper)),
        "beslutningsliste": _when(
            Part.DECISIONS in parts, composing.decisions(paper, wanted.followed)
        ),
        "bilagsliste": composing.annex_list(paper) if Part.ANNEXES in parts else (),
    }


def _when(chosen: bool, blocks: Any) -> tuple[Any, ...]:
    return tuple(blocks) if chosen else ()


def _contents(paper: MeetingPaper) -> tuple[Any, ...]:
    return (Contents(depth=1),) if len(paper.items) > composing.FEW else ()


def _item(item: ItemPaper, parts: frozenset[Part]) -> dict[str, Any]:
    view = item.view
    agenda = Part.AGENDA in parts
    texts = {block.kind: blocks_of(block.html, below=2) for block in view.blocks} if agenda else {}
    return {
        "nummer": item.number,
        "titel": item_blocks.title(item),
        "type": view.kind_name,
        "sagsnummer": view.case_number,
        "indstillende_part": view.recommended_by,
        "fremlaegges_af": view.presenter,
        "lukket": view.closed,
        "oplysninger": tuple(item_blocks.facts(item)),
        "dagsorden": _when(agenda, item_blocks.agenda(item)),
        "sagsresume": texts.get("sagsresume", ()),
        "sagsfremstilling": texts.get("sagsfremstilling", ()),
        "oekonomi": texts.get("oekonomi", ()),
        "indstilling": _when(agenda and bool(view.clauses), item_blocks.clauses(view)),
        "tal": _when(agenda, item_blocks.figures(view)),
        "bilag": (item_blocks.annex_names(item),) if agenda and item.annexes else (),
        "referat": _when(Part.MINUTES in parts, item_blocks.minutes(item)),
    }
