"""An item as a case for one authority's own committee, so that it is not written ten times."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from klynge.web.documents import Annex, Block, Definitions, Document, Heading, Listed, Paragraph
from klynge.web.documents.html import blocks_of
from klynge.web.meetings.papers import item_blocks
from klynge.web.meetings.papers.case_formats import OTHERS, TEXTS, CaseFormat
from klynge.web.meetings.papers.reading import ItemPaper, MeetingPaper, long_day

ADMINISTRATION = "Administrationen indstiller,"
TO_COME = "(Skrives efter mødet.)"


@dataclass(frozen=True)
class Details:
    """What the authority itself adds: its committee, the day, its own case number."""

    committee: str = ""
    day: date | None = None
    case_number: str = ""


def document(paper: MeetingPaper, item: ItemPaper, form: CaseFormat, details: Details) -> Document:
    """The case as a document in the authority's format."""
    fields = fields_of(paper, item, form, details)
    blocks: list[Block] = list(fields["oplysninger"])
    for section in form.sections:
        inside = fields[section.field]
        if inside or section.keep_empty:
            blocks += [Heading(1, _filled(section.heading, fields)), *inside]
    return Document(
        title=fields["titel"],
        subtitle=fields["undertitel"],
        blocks=(*blocks, *_annexes(paper, item)),
        made_at=paper.changed_at,
        author=paper.body,
        subject=f"Sag til {form.name}, fra {paper.body} {long_day(paper.day)}",
        header=form.name,
        footer=f"Fra {paper.body}, {long_day(paper.day)}, punkt {item.number}",
    )


def fields_of(
    paper: MeetingPaper, item: ItemPaper, form: CaseFormat, details: Details
) -> dict[str, Any]:
    """Every field a template of a case may ask for."""
    view = item.view
    texts = {block.kind: blocks_of(block.html, below=1) for block in view.blocks}
    return {
        "titel": _title(item, form),
        "undertitel": details.committee or form.name,
        "myndighed": form.name,
        "udvalg": details.committee or "udvalget",
        "dato": long_day(details.day) if details.day else "",
        "sagsnummer": details.case_number or view.case_number,
        "organ": paper.body,
        "moededato": long_day(paper.day),
        "oplysninger": (Definitions(tuple(_facts(paper, item, form, details))),),
        **{name: texts.get(name, ()) for name in TEXTS},
        "sagsfremstilling": _presented(item, texts),
        "tal": tuple(item_blocks.figures(view)),
        "behandling": tuple(_treated(paper, item)),
        "indstilling": tuple(_recommended(item, form)),
        # The authority's own decision is still to come.
        "beslutning": (Paragraph(TO_COME),),
        "bilag": (item_blocks.annex_names(item),) if item.annexes else (),
    }


def field_names() -> tuple[str, ...]:
    """The fields that hold text below a heading."""
    return (*TEXTS, *OTHERS)


def _title(item: ItemPaper, form: CaseFormat) -> str:
    title = item.view.title
    if form.kind_in_title and not title.startswith(item.view.kind_name):
        title = f"{item.view.kind_name}: {title}"
    mark = form.closed_mark if item.view.closed else form.open_mark
    if not mark and item.view.closed:
        mark = "(lukket)"
    return f"{title} {mark}" if mark.startswith("(") else f"{mark} {title}".strip()


def _facts(
    paper: MeetingPaper, item: ItemPaper, form: CaseFormat, details: Details
) -> Iterator[tuple[str, str]]:
    yield form.case_number_label, details.case_number or "(udfyldes)"
    if details.committee:
        yield "Behandles i", details.committee
    if details.day:
        yield "Mødedato", long_day(details.day)
    yield "Kommer fra", f"{paper.body}, {long_day(paper.day)}, punkt {item.number}"
    if item.view.case_number and item.view.case_number != details.case_number:
        yield "Sagsnummer der", item.view.case_number


def _presented(item: ItemPaper, texts: dict[str, tuple[Block, ...]]) -> tuple[Block, ...]:
    """The presentation with what has no heading of its own: other parts and the figures."""
    found = list(texts.get("sagsfremstilling", ()))
    for block in item.view.blocks:
        if block.kind not in TEXTS:
            found += [Heading(2, block.caption), *blocks_of(block.html, below=2)]
    return (*found, *item_blocks.figures(item.view))


def _treated(paper: MeetingPaper, item: ItemPaper) -> Iterator[Block]:
    """What the cluster itself decided, when that may be read."""
    if not item.told:
        return
    told = item_blocks.outcomes(item)
    minute = blocks_of(item.minutes.html, below=2)
    if told or minute:
        yield Paragraph(f"{paper.body} behandlede sagen {long_day(paper.day)}.")
    if told:
        yield Listed(tuple((Paragraph(text),) for text in told))
    yield from minute


def _recommended(item: ItemPaper, form: CaseFormat) -> Iterator[Block]:
    if item.view.clauses:
        yield Paragraph(form.recommends or ADMINISTRATION)
        clauses = tuple((Paragraph(f"at {clause.text}"),) for clause in item.view.clauses)
        yield Listed(clauses, ordered=True)


def _annexes(paper: MeetingPaper, item: ItemPaper) -> Iterator[Block]:
    for number, annex in item.annexes:
        yield Annex(
            title=f"Bilag {number} {annex.name}",
            name=f"bilag-{number} {annex.file_name}",
            content=paper.content_of(annex),
            media_type=annex.content_type.partition(";")[0],
        )


def _filled(heading: str, fields: dict[str, Any]) -> str:
    text = heading
    for name in ("udvalg", "dato", "organ"):
        text = text.replace(f"{{{name}}}", fields[name] or "…")
    return text
