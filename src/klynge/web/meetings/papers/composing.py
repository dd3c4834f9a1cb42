"""A meeting's papers as a document: the parts that were chosen, in the order they are read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from klynge.web.documents import (
    Annex,
    Block,
    Contents,
    Definitions,
    Document,
    Heading,
    Link,
    Listed,
    Paragraph,
    Table,
    Text,
)
from klynge.web.documents.html import blocks_of
from klynge.web.meetings.models import Meeting
from klynge.web.meetings.papers import item_blocks
from klynge.web.meetings.papers.follow_up import Followed
from klynge.web.meetings.papers.parts import Part, available, kind_of, title_of
from klynge.web.meetings.papers.reading import ItemPaper, MeetingPaper, clock_time, long_day

FEW = 3
CANCELLED = "Mødet er aflyst"
DRAFT_MINUTES = "Udkast: referatet er ikke godkendt endnu."
DRAFT_AGENDA = "Udkast: dagsordenen er ikke sendt ud endnu."


@dataclass(frozen=True)
class Wanted:
    """What somebody asked for. `followed`: who sees to which decision, for the decision list."""

    parts: frozenset[Part]
    followed: Mapping[str, tuple[Followed, ...]]

    def within(self, paper: MeetingPaper) -> Wanted:
        """The same without the parts there is nothing to put in for this reader."""
        return Wanted(self.parts & frozenset(available(paper)), self.followed)


def document(paper: MeetingPaper, wanted: Wanted) -> Document:
    """The papers of a meeting as one document."""
    wanted = wanted.within(paper)
    return Document(
        title=heading(paper, wanted.parts),
        subtitle=below_heading(paper),
        blocks=tuple(blocks(paper, wanted)),
        made_at=paper.changed_at,
        author=paper.body,
        subject=title_of(paper, wanted.parts),
        keywords=(paper.body, kind_of(wanted.parts), paper.day.isoformat()),
        header=paper.body,
        footer=title_of(paper, wanted.parts) + (", offentlig udgave" if paper.is_public else ""),
    )


def heading(paper: MeetingPaper, parts: frozenset[Part]) -> str:
    """«Referat: Temamøde om akutområdet», or by the body's name."""
    return f"{kind_of(parts)}: {paper.meeting.title or paper.body}"


def below_heading(paper: MeetingPaper) -> str:
    """The body and the day, without saying the body's name twice."""
    day = long_day(paper.day)
    return f"{paper.body}, {day}" if paper.meeting.title else day


def blocks(paper: MeetingPaper, wanted: Wanted) -> Iterator[Block]:
    """All chosen parts in order."""
    parts = wanted.parts
    yield from head(paper, parts)
    if Part.INVITATION in parts:
        yield from invitation(paper)
    if parts & {Part.AGENDA, Part.MINUTES} and len(paper.items) > FEW:
        yield Contents(depth=1)
    if Part.ATTENDANCE in parts:
        yield from attendance(paper)
    if parts & {Part.AGENDA, Part.MINUTES}:
        for item in paper.items:
            yield Heading(1, item_blocks.heading(item))
            yield from item_blocks.facts(item)
            if Part.AGENDA in parts:
                yield from item_blocks.agenda(item)
            if Part.MINUTES in parts:
                yield from item_blocks.minutes(item)
    if Part.MINUTES in parts:
        yield from closing(paper)
    if Part.DECISIONS in parts:
        yield from decisions(paper, wanted.followed)
    if Part.ANNEXES in parts:
        yield from annexes(paper)


def head(paper: MeetingPaper, parts: frozenset[Part]) -> Iterator[Block]:
    """Where and when, who leads, and how far the papers are."""
    meeting = paper.meeting
    if meeting.state == Meeting.State.CANCELLED:
        yield Paragraph((Text(f"{CANCELLED}: {meeting.cancelled_because}", strong=True),))
    elif parts & {Part.MINUTES, Part.DECISIONS} and not paper.is_approved:
        yield Paragraph((Text(DRAFT_MINUTES, strong=True),))
    elif Part.AGENDA in parts and not any(item.view.number for item in paper.items):
        yield Paragraph((Text(DRAFT_AGENDA, strong=True),))
    yield Definitions(tuple(_head(paper)))


def _head(paper: MeetingPaper) -> Iterator[tuple[str, str]]:
    meeting = paper.meeting
    yield (
        "Tidspunkt",
        f"{long_day(paper.day)} kl. {clock_time(meeting.begins_at)}–{clock_time(meeting.ends_at)}",
    )
    if meeting.place or meeting.online_address:
        yield "Sted", meeting.place or "Onlinemøde"
    if meeting.chair is not None:
        yield "Mødeleder", meeting.chair.name
    if meeting.minute_taker:
        yield "Referent", meeting.minute_taker
    if paper.told and meeting.opened_at and meeting.closed_at:
        opened, closed = clock_time(meeting.opened_at), clock_time(meeting.closed_at)
        yield "Mødet holdt", f"åbnet kl. {opened}, hævet kl. {closed}"


def invitation(paper: MeetingPaper) -> Iterator[Block]:
    """The call to the meeting, with the agenda in short."""
    meeting = paper.meeting
    yield Heading(1, "Indkaldelse")
    at = f"{long_day(paper.day)} kl. {clock_time(meeting.begins_at)}–{clock_time(meeting.ends_at)}"
    where = f", {meeting.place}" if meeting.place else ""
    yield Paragraph(f"Du indkaldes til møde i {paper.body} {at}{where}.")
    if meeting.online_address and not paper.is_public:
        yield Paragraph(
            (Text("Deltag online: "), Link(meeting.online_address, meeting.online_address))
        )
    yield Paragraph("Er du forhindret, så meld afbud til sekretariatet, gerne med stedfortræder.")
    if paper.items:
        yield Table(
            ("Punkt", "Titel", "Type", "Tid"),
            tuple(_short(item) for item in paper.items),
            caption="Dagsordenen i kort form",
            row_heads=True,
            widths=(1, 7, 3, 1.4),
        )


def _short(item: ItemPaper) -> tuple[str, str, str, str]:
    begins = clock_time(item.view.begins_at) if item.view.begins_at else ""
    return item.number, item_blocks.title(item), item.view.kind_name, begins


def attendance(paper: MeetingPaper) -> Iterator[Block]:
    """Who was there, and who was not."""
    yield Heading(1, "Fremmøde")
    rows = tuple((who.name, who.represents, how, who.what) for how, who in paper.attendance)
    if not rows:
        yield Paragraph("Der er ikke registreret fremmøde.")
        return
    told = paper.minutes
    members = len(told.present) + len(told.excused) + len(told.absent)
    also = f" Desuden deltog {len(told.others)} andre." if told.others else ""
    yield Paragraph(f"{len(told.present)} af {members} var til stede.{also}")
    yield Table(
        ("Navn", "Repræsenterer", "Fremmøde", "Bemærkning"),
        rows,
        caption="Fremmøde",
        row_heads=True,
        widths=(3, 4, 2, 3),
    )


def decisions(paper: MeetingPaper, followed: Mapping[str, tuple[Followed, ...]]) -> Iterator[Block]:
    """The decision list: what was decided on each item, who sees to it, and by when."""
    yield Heading(1, "Beslutningsliste")
    rows = [row for item in paper.items if item.told for row in _decided(item, followed)]
    if not rows:
        yield Paragraph("Der er ikke truffet beslutninger.")
        return
    yield Table(
        ("Punkt", "Beslutning", "Ansvarlig", "Frist"),
        tuple(rows),
        caption="Beslutninger på mødet",
        row_heads=True,
        widths=(3, 6, 2.4, 1.8),
    )


def _decided(
    item: ItemPaper, followed: Mapping[str, tuple[Followed, ...]]
) -> Iterator[tuple[str, str, str, str]]:
    named = f"{item.number}. {item_blocks.title(item)}"
    mine = followed.get(str(item.view.uid), ())
    if mine:
        for one in mine:
            yield named, one.text, one.responsible, long_day(one.deadline) if one.deadline else ""
        return
    texts = item_blocks.outcomes(item)
    if texts:
        yield named, "\n".join(texts), "", ""


def closing(paper: MeetingPaper) -> Iterator[Block]:
    """Who approved the minutes, and what was corrected of the meeting as a whole since."""
    if paper.told and paper.minutes.approved:
        yield Heading(1, "Godkendelse af referatet")
        names = paper.minutes.approved
        yield Listed(tuple((Paragraph(f"{name}, {long_day(at)}"),) for name, at in names))
    if paper.corrections:
        yield Heading(1, "Rettelser efter godkendelsen")
        for corrected in paper.corrections:
            yield Heading(2, f"Rettelse {long_day(corrected.at)}")
            yield from blocks_of(corrected.html, below=2)


def annexes(paper: MeetingPaper) -> Iterator[Block]:
    """Every annex the reader may have."""
    found = [(number, annex) for item in paper.items for number, annex in item.annexes]
    if found:
        yield Heading(1, "Bilag")
    for number, annex in found:
        yield Annex(
            title=f"Bilag {number} {annex.name}",
            name=f"bilag-{number} {annex.file_name}",
            content=paper.content_of(annex),
            media_type=annex.content_type.partition(";")[0],
        )


def annex_list(paper: MeetingPaper) -> tuple[Block, ...]:
    """The annexes by name, for papers they do not come with."""
    found = [(number, annex) for item in paper.items for number, annex in item.annexes]
    if not found:
        return ()
    names = tuple((Paragraph(f"Bilag {number} {annex.name}"),) for number, annex in found)
    return (Listed(names),)
