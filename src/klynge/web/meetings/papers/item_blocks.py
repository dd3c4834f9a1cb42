"""One item's part of the papers: what was put before the body, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator

from klynge.web.documents import (
    Block,
    Boxed,
    Cell,
    Chart,
    Definitions,
    Heading,
    Listed,
    Note,
    Paragraph,
    Table,
    Text,
)
from klynge.web.documents.html import blocks_of
from klynge.web.meetings import access
from klynge.web.meetings.minutes_reading import Who
from klynge.web.meetings.papers.reading import ItemPaper, clock_time, long_day

CLOSED = "Punktet er lukket."
WITHDRAWN = "Punktet er taget af dagsordenen."
AUTHORITIES = "Punktet behandles af regionen og kommunerne alene (BEK 1248 § 2, stk. 3)."
SUB = 2


def title(item: ItemPaper) -> str:
    """The title that may be said, with the mark of a closed item."""
    return f"{item.view.title} (lukket punkt)" if item.view.closed else item.view.title


def heading(item: ItemPaper) -> str:
    return f"{item.number}. {title(item)}"


def facts(item: ItemPaper) -> Iterator[Block]:
    """Kind, case number, who recommends and presents, when; or that there is no more to see."""
    view = item.view
    pairs = [("Type", view.kind_name + (", tillægspunkt" if view.addendum else ""))]
    if view.case_number:
        pairs.append(("Sagsnummer", view.case_number))
    if view.recommended_by:
        pairs.append(("Indstillende part", view.recommended_by))
    if view.presenter:
        pairs.append(("Fremlægges af", view.presenter))
    if view.minutes_planned and view.begins_at:
        pairs.append(("Tid", f"kl. {clock_time(view.begins_at)}, {view.minutes_planned} minutter"))
    elif view.minutes_planned:
        pairs.append(("Tid", f"{view.minutes_planned} minutter"))
    yield Definitions(tuple(pairs))
    if view.withdrawn:
        yield Paragraph((Text(WITHDRAWN, strong=True),))
    if view.authorities_only:
        yield Paragraph(AUTHORITIES)
    if not view.readable and view.closed:
        yield Paragraph(CLOSED)


def agenda(item: ItemPaper) -> Iterator[Block]:
    """What was put before the body."""
    for block in item.view.blocks:
        yield Heading(SUB, f"{block.caption} (lukket)" if block.closed else block.caption)
        yield from blocks_of(block.html, below=SUB)
    yield from figures(item.view)
    if item.view.clauses:
        yield Heading(SUB, "Indstilling")
        yield from clauses(item.view)
    if item.annexes:
        yield Heading(SUB, "Bilag")
        yield annex_names(item)


def clauses(view: access.ItemView) -> Iterator[Block]:
    """«X indstiller, at ...», clause by clause."""
    who = view.recommended_by
    yield Paragraph(f"{who} indstiller," if who else "Det indstilles,")
    yield Listed(tuple((Paragraph(f"at {clause.text}"),) for clause in view.clauses), ordered=True)


def annex_names(item: ItemPaper) -> Block:
    return Listed(
        tuple(
            (Paragraph(f"{number} {annex.name}" + (" (lukket)" if annex.closed else "")),)
            for number, annex in item.annexes
        )
    )


def figures(view: access.ItemView) -> Iterator[Block]:
    """The figures on the item, with the numbers, the source and what to be careful about."""
    for figure in view.figures:
        yield Heading(SUB, figure.title)
        cells = figure.cells
        table = _numbers(figure)
        if figure.svg and figure.alt:
            yield Chart(figure.svg, figure.alt, data=table)
        elif table is not None:
            yield table
        said = [f"Enhed: {cells['unit']}." if cells.get("unit") else ""]
        newest = cells.get("newest") or {}
        if newest.get("interval"):
            said.append(f"Seneste tal: {newest.get('text', '')} ({newest['interval']}).")
        said.append(f"Kilde: {figure.source}.")
        said.append(f"Sikkerhed: {cells['certainty_text']}" if cells.get("certainty_text") else "")
        said += [f"Bemærk: {caution}" for caution in cells.get("cautions", ())]
        yield Note(" ".join(one for one in said if one))


def _numbers(figure: access.FigureView) -> Table | None:
    columns, rows = figure.cells.get("columns"), figure.cells.get("rows")
    if not columns or not rows:
        return None
    return Table(
        tuple(str(column) for column in columns),
        tuple((str(row[0]), *(Cell(str(cell), right=True) for cell in row[1:])) for row in rows),
        caption=f"Tal: {figure.title}",
        row_heads=True,
    )


def minutes(item: ItemPaper) -> Iterator[Block]:
    """What came of the item, where that may be read."""
    if not item.told:
        return
    yield Boxed(Heading(SUB, "Beslutning"), tuple(_came_of(item)))
    for name, text in item.minutes.dissents:
        yield Heading(SUB, f"Særudtalelse fra {name}")
        yield Paragraph(text)
    for corrected in item.minutes.corrections:
        yield Heading(SUB, f"Rettelse {long_day(corrected.at)}")
        yield from blocks_of(corrected.html, below=SUB)


def _came_of(item: ItemPaper) -> Iterator[Block]:
    came, told = item.minutes, outcomes(item)
    if told:
        yield Listed(tuple((Paragraph(text),) for text in told))
    yield from blocks_of(came.html, below=SUB)
    if came.votes:
        yield Paragraph(f"Afstemning: {'; '.join(came.votes)}.")
    if came.away:
        yield Paragraph(f"Deltog ikke i punktet: {'; '.join(_away(who) for who in came.away)}.")
    if came.quorum:
        yield Paragraph(came.quorum)
    if not (told or came.html or came.votes):
        yield Paragraph("Ikke skrevet.")


def _away(who: Who) -> str:
    return f"{who.name} ({who.what[:1].lower()}{who.what[1:]})" if who.what else who.name


def outcomes(item: ItemPaper) -> list[str]:
    """What each clause came to, in a line of its own."""
    found = []
    for at, clause in enumerate(item.view.clauses, start=1):
        said = ". ".join(one for one in (clause.outcome_name, clause.decision) if one)
        if said:
            found.append(f"Indstilling {at}: {said}")
    return found
