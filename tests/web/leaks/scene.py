"""Meetings in every state towards the public, with markers in all that must not be seen.

CLOSED stands in what is closed: neither the public nor a member of another body may see it.
INSIDE stands in what is open but not published: the public may not see it.

Every text field of a row is filled, whatever it is called, so that a field that is added later is
in the test without anybody thinking of it. What may be seen of a closed row is named here instead.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

import typst
from django.core.files.base import ContentFile
from django.db import models

from klynge.web.accounts.tests.builders import a_secretary
from klynge.web.bodies import clock
from klynge.web.bodies import rules as bodies
from klynge.web.bodies.tests.builders import a_body, a_seat
from klynge.web.decisions.models import Decision, FollowUp, LedTo, TreatedAtHome
from klynge.web.meetings.models import (
    AgendaVersion,
    Annex,
    Approval,
    Attendance,
    Block,
    Clause,
    Comment,
    Correction,
    Dissent,
    FrozenFigure,
    Item,
    ItemAbsence,
    Meeting,
    Minute,
    MinuteDraft,
    MinuteRevision,
)
from klynge.web.meetings.tests.builders import (
    COPENHAGEN,
    a_meeting,
    a_user_who_sits,
    an_item,
    release,
)
from klynge.web.publishing import calendar_rules, rules
from klynge.web.publishing.models import Publication

CLOSED = "Hemmeligskilt"
INSIDE = "Indenforskilt"
SEEN = "Offentligskilt"
AGENDA, MINUTES = Publication.Part.AGENDA, Publication.Part.MINUTES
# What of a closed row everybody may see, and what is no text of anybody's.
LEFT = {
    "public_title",
    "public_text",
    "content_type",
    "sha256",
    "place_kind",
    "place",
    "indicator",
    "period",
    "pack",
    "source_id",
    "key",
}


@dataclass(frozen=True)
class Scene:
    """What was made. member: sits in the body; outsider: in another one."""

    meetings: tuple[Meeting, ...]
    member: Any
    outsider: Any
    secretary: Any
    token: str


def fill(row: models.Model, marker: str, *, leave: set[str] = frozenset()) -> models.Model:
    """Put a marker into every text of a row."""
    for field in row._meta.concrete_fields:
        if field.name in LEFT | set(leave) or field.choices or field.unique:
            continue
        if isinstance(field, models.FileField):
            continue
        if isinstance(field, models.JSONField):
            setattr(row, field.name, {marker: [marker]})
        elif isinstance(field, models.URLField):
            setattr(row, field.name, f"https://{marker.lower()}.example.org/{marker}")
        elif isinstance(field, models.EmailField):
            setattr(row, field.name, f"{marker.lower()}@example.org")
        elif isinstance(field, models.TextField):
            svg = f'<svg xmlns="http://www.w3.org/2000/svg"><text>{marker}</text></svg>'
            setattr(row, field.name, svg if field.name == "svg" else f"<p>{marker}</p>")
        elif isinstance(field, models.CharField):
            setattr(row, field.name, f"{marker} {field.name}"[: field.max_length])
    row.save()
    return row


def build() -> Scene:
    """One meeting of each kind, and one with everything closed in it, published whole."""
    secretary = a_secretary()
    member = a_user_who_sits()
    outsider = a_user_who_sits(a_body("klynge-faglig", "rm-horsens"), party="plo", office="laege")
    held = _held(secretary)
    body = held.body
    bodies.save_contact(by=None, person=member.person, email="member@example.org", note_text=INSIDE)
    rules.show_body(by=secretary, body=body, members=True, dates=True)
    for part in (AGENDA, MINUTES):
        rules.publish(by=secretary, meeting=held, part=part, looked_through=True)
    others = (
        _unpublished(secretary),
        _withdrawn(secretary),
        _expired(secretary),
        _waiting(secretary),
        _closed_afterwards(secretary),
        _draft(),
    )
    token = calendar_rules.make_address(by=member)
    calendar_rules.send(by=secretary, meeting=held, address="https://example.org/moede/")
    return Scene((held, *others), member, outsider, secretary, token)


def _held(secretary: Any) -> Meeting:
    """An agenda and minutes with open and closed items, closed parts of open ones, and remarks."""
    meeting = a_meeting(begins_at=_day(10), place="Rådhuset")
    opened = an_item(meeting, f"{SEEN} sag")
    _annex(opened, "Åbent bilag", SEEN)
    shut = an_item(
        meeting,
        "Skal lukkes",
        closed=True,
        closed_because="x",
        public_title="Lukket punkt om en kontrakt",
    )
    authorities = an_item(
        meeting, "Kun for myndigheder", authorities_only=True, public_title="For myndighederne"
    )
    _annex(shut, "Bilag", CLOSED)
    _annex(authorities, "Bilag", CLOSED)
    _annex(opened, "Bilag", CLOSED, closed=True)
    release(meeting)
    Block.objects.create(item=opened, kind="andet", closed=True, html="x", position=9)
    fill(opened.blocks.get(closed=True), CLOSED)
    for item in (shut, authorities):
        item.refresh_from_db()
        fill(item, CLOSED, leave={"case_number"})
        item.case_number = f"29.30.08-{CLOSED}"
        item.save()
        for row in item.blocks.all():
            fill(row, CLOSED)
        for row in item.clauses.all():
            fill(row, CLOSED)
        _minuted(item, CLOSED, secretary)
    opened.refresh_from_db()
    _minuted(opened, SEEN, secretary, notes=INSIDE)
    _remarks(meeting, secretary)
    meeting.online_address = f"https://video.example.org/{INSIDE}"
    meeting.state = Meeting.State.APPROVED
    meeting.save()
    meeting.refresh_from_db()
    return meeting


def _minuted(item: Item, marker: str, secretary: Any, notes: str = "") -> None:
    meeting, at = item.meeting, item.meeting.begins_at
    here, _new = Attendance.objects.get_or_create(
        meeting=meeting,
        person=a_seat(meeting.body).person,
        defaults={"status": "present", "note": INSIDE},
    )
    minute = Minute.objects.create(item=item, html=f"<p>{marker}</p>", version=1)
    fill(MinuteRevision(minute=minute, number=1, version=1, at=at), marker, leave={"clauses"})
    fill(MinuteDraft(item=item, user=secretary, base=1, at=at), marker, leave={"clauses"})
    fill(ItemAbsence(item=item, attendance=here, why="conflict"), notes or marker)
    fill(Dissent(item=item, attendance=here), marker)
    fill(Correction(meeting=meeting, item=item, at=at), marker)
    fill(
        FrozenFigure(item=item, indicator="x", place_kind="klynge", place="x", frozen_at=at), marker
    )
    decision = Decision(
        body=meeting.body, meeting=meeting, item=item, decided_on=at.date(), closed=marker == CLOSED
    )
    fill(decision, marker, leave={"public_text"})
    fill(FollowUp(decision=decision, state="open", at=at), notes or marker)
    fill(LedTo(decision=decision, at=at, key="1"), notes or marker)
    home = bodies.organisation(kind="andet", name=f"Part {item.pk}")
    fill(TreatedAtHome(decision=decision, organisation=home), notes or marker)


def _remarks(meeting: Meeting, secretary: Any) -> None:
    at, person = meeting.begins_at, a_seat(meeting.body).person
    fill(
        Approval(meeting=meeting, what="agenda", version=1, person=person, approved=False, at=at),
        INSIDE,
    )
    version = AgendaVersion.objects.filter(meeting=meeting).first()
    fill(Comment(agenda=version, at=at, by=secretary), CLOSED)


def _unpublished(secretary: Any) -> Meeting:
    meeting = a_meeting(begins_at=_day(3), title=f"{INSIDE} møde")
    _annex(an_item(meeting, f"{INSIDE} sag"), f"{INSIDE} bilag", INSIDE)
    return release(meeting)


def _withdrawn(secretary: Any) -> Meeting:
    meeting = _published(secretary, _day(4))
    rules.withdraw(by=secretary, meeting=meeting, part=AGENDA, because=f"{INSIDE} fejl")
    return meeting


def _expired(secretary: Any) -> Meeting:
    with clock.at(clock.now() - timedelta(days=9)):
        return _published(secretary, _day(5), visible_to=clock.now() + timedelta(days=1))


def _waiting(secretary: Any) -> Meeting:
    return _published(secretary, _day(6), visible_from=clock.now() + timedelta(days=9))


def _published(secretary: Any, begins_at: datetime, **when: Any) -> Meeting:
    meeting = a_meeting(begins_at=begins_at, title=f"{INSIDE} møde")
    item = an_item(meeting, f"{INSIDE} sag", blocks={"sagsfremstilling": f"<p>{INSIDE}</p>"})
    _annex(item, f"{INSIDE} bilag", INSIDE)
    release(meeting)
    rules.publish(by=secretary, meeting=meeting, part=AGENDA, **when)
    return meeting


def _closed_afterwards(secretary: Any) -> Meeting:
    """Published open by mistake, and closed when somebody saw it."""
    meeting = a_meeting(begins_at=_day(7))
    whole = an_item(meeting, f"{CLOSED} titel", blocks={"sagsfremstilling": f"<p>{CLOSED}</p>"})
    partly = an_item(meeting, "Åben sag", blocks={"sagsfremstilling": f"<p>{CLOSED}</p>"})
    _annex(partly, f"{CLOSED} bilag", CLOSED, shut_later=True)
    _annex(whole, f"{CLOSED} bilag", CLOSED, shut_later=True)
    release(meeting)
    rules.publish(by=secretary, meeting=meeting, part=AGENDA)
    whole.refresh_from_db()
    whole.closed, whole.closed_because, whole.public_title = True, "Fejl", "Et punkt"
    whole.save()
    partly.blocks.update(closed=True)
    partly.annexes.update(closed=True)
    return meeting


def _draft() -> Meeting:
    """An agenda that has not gone out, and an item on the backlog."""
    meeting = a_meeting(begins_at=_day(25))
    for where in (meeting, None):
        item = an_item(where, f"{CLOSED} udkast", blocks={"sagsfremstilling": f"<p>{CLOSED}</p>"})
        Clause.objects.filter(item=item).update(text=CLOSED)
    return meeting


def _annex(
    item: Item, name: str, marker: str, *, closed: bool = False, shut_later: bool = False
) -> None:
    """A PDF with the marker in its text, bookmarks and metadata; and a DOCX beside it."""
    shut = marker == CLOSED and not shut_later
    for ending, content in (("pdf", _pdf(marker)), ("docx", _docx(marker))):
        annex = Annex(
            item=item,
            name=f"{marker} {name}" if shut else name,
            closed=closed,
            file_name=f"{marker}-{item.pk}.{ending}",
            content_type="application/pdf" if ending == "pdf" else "application/zip",
            size=len(content),
            sha256="0" * 64,
            added_at=clock.now(),
        )
        annex.file.save(f"{marker}.{ending}", ContentFile(content), save=False)
        annex.save()


@lru_cache
def _pdf(marker: str) -> bytes:
    text = f'#set document(title: "{marker}", author: "{marker}", keywords: ("{marker}",))\n'
    return typst.compile(f"{text}#set page(width: 9cm, height: 5cm)\n= {marker}\n{marker}".encode())


def _docx(marker: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:p><w:t>{marker}</w:t></w:p>")
        archive.writestr("docProps/core.xml", f"<dc:title>{marker}</dc:title>")
    return file.getvalue()


def _day(day: int) -> datetime:
    return datetime(2024, 9, day, 9, tzinfo=COPENHAGEN)
