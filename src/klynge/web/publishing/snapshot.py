"""What would be public of a meeting's agenda or minutes: a plain copy, without anything closed.

Everything the public sees (pages, JSON, OParl, search, PDF) is drawn from such a copy and never
from the tables, so that a view that forgets to ask cannot show more than was published. It is built
from what is open, field by field; nothing is taken along and removed afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from klynge.web.decisions.models import Decision
from klynge.web.meetings import access
from klynge.web.meetings import html as markup
from klynge.web.meetings.models import Annex, Attendance, Item, Meeting

AGENDA, MINUTES = "dagsorden", "referat"
Content = dict[str, Any]


def of(meeting: Meeting, part: str) -> Content:
    """The copy of one part of a meeting, as JSON can hold it."""
    minutes = part == MINUTES
    seen = access.public_view(meeting)
    views = seen.items if seen else ()
    rows = {item.pk: item for item in _minuted_items(meeting)} if minutes else {}
    items = [_item(view, rows.get(view.pk)) for view in views]
    opened = {each["uid"] for each in items if not each["closed"]}
    return {
        "part": part,
        "meeting": _meeting(meeting, minutes),
        "body": {
            "kind": meeting.body.kind,
            "place": meeting.body.place,
            "name": meeting.body.name,
        },
        "items": items,
        "attendance": _attendance(meeting) if minutes else [],
        "decisions": _decisions(meeting, opened) if minutes else [],
        "corrections": _corrections(meeting, opened) if minutes else [],
    }


def open_annexes(meeting: Meeting) -> list[Annex]:
    """The files that go along."""
    seen = access.public_view(meeting)
    keys = [annex.pk for item in (seen.items if seen else ()) for annex in item.annexes]
    return list(Annex.objects.filter(pk__in=keys).order_by("item__number", "position", "pk"))


def words_of(content: Content) -> str:
    """Everything that can be read in a copy, as plain text: for the search and for the checks."""
    return "\n".join(text for _where, text in texts_of(content))


def texts_of(content: Content) -> list[tuple[str, str]]:
    """Every text of a copy with the item it stands in ("" for the meeting's own): (item, text)."""
    found: list[tuple[str, str]] = []
    for name, value in content.items():
        if name != "items":
            found += [("", text) for text in _strings(value)]
    for item in content["items"]:
        found += [(item["title"], text) for text in _strings(item)]
    return found


def item_words(item: Content) -> str:
    """The words of one item of a copy."""
    return "\n".join(_strings(item))


def told_besides(content: Content, item: Content) -> list[Content]:
    """The decisions made on an item that its clauses do not tell already."""
    clauses = item.get("clauses", ())
    told = {_said(each.get("decision", "")) for each in clauses}
    told |= {_said(each["text"]) for each in clauses if each.get("outcome")}
    return [
        each
        for each in content["decisions"]
        if each["item"] == item["uid"] and _said(each["text"]) not in told
    ]


def _said(text: str) -> str:
    """A decision without how it is written: "At drøfte planen." says "drøfte planen"."""
    return " ".join(text.casefold().removeprefix("at ").rstrip(". ").split())


# What is no words: keys, digests, drawings.
_NOT_WORDS = {
    "uid",
    "sha256",
    "svg",
    "content_type",
    "kind",
    "closed",
    "state",
    "status",
    "item",
    "cells",
}


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [markup.to_text(value)] if value else []
    if isinstance(value, dict):
        parts = [each for name, each in value.items() if name not in _NOT_WORDS]
        return [text for each in parts for text in _strings(each)]
    if isinstance(value, list):
        return [text for each in value for text in _strings(each)]
    return []


def _meeting(meeting: Meeting, minutes: bool) -> Content:
    """The online address is not among it: it lets people in."""
    return {
        "uid": str(meeting.uid),
        "title": meeting.title,
        "begins_at": _moment(meeting.begins_at),
        "ends_at": _moment(meeting.ends_at),
        "place": meeting.place,
        "chair": meeting.chair.name if minutes and meeting.chair else "",
        "opened_at": _moment(meeting.opened_at) if minutes else None,
        "closed_at": _moment(meeting.closed_at) if minutes else None,
    }


def _item(view: access.ItemView, row: Item | None) -> Content:
    """A closed item is its number and the title that was written for the public: no more.

    row: the item itself, when what the minutes say is to go along.
    """
    head = {
        "uid": str(view.uid),
        "number": view.number,
        "addendum": view.addendum,
        "withdrawn": view.withdrawn,
    }
    if not view.readable:
        return {**head, "closed": True, "title": view.title}
    content = {
        **head,
        "closed": False,
        "title": view.title,
        "kind": view.kind,
        "kind_name": view.kind_name,
        "case_number": view.case_number,
        "recommended_by": view.recommended_by,
        "blocks": [
            {"kind": each.kind, "caption": each.caption, "html": markup.clean(each.html)}
            for each in view.blocks
        ],
        "clauses": [_clause(each, minutes=row is not None) for each in view.clauses],
        "annexes": [_annex(each) for each in view.annexes],
        "figures": [_figure(each) for each in view.figures],
    }
    return content | (_minuted(row) if row is not None else {})


def _clause(clause: access.ClauseView, *, minutes: bool) -> Content:
    if not minutes:
        return {"text": clause.text}
    return {"text": clause.text, "outcome": clause.outcome_name, "decision": clause.decision}


def _annex(annex: access.AnnexView) -> Content:
    return {
        "uid": str(annex.uid),
        "name": annex.name,
        "file_name": annex.file_name,
        "content_type": annex.content_type,
        "size": annex.size,
        "sha256": annex.sha256,
    }


def _figure(figure: access.FigureView) -> Content:
    return {
        "title": figure.title,
        "alt": figure.alt,
        "svg": figure.svg,
        "source": figure.source,
        "cells": figure.cells,
    }


def _minuted_items(meeting: Meeting) -> Iterable[Item]:
    rows = meeting.items.select_related("minute")
    return rows.prefetch_related(
        "clauses", "votes", "absences__attendance__person", "dissents__attendance__person"
    )


def _minuted(item: Item) -> Content:
    """What the minutes say of an open item. Notes on why somebody was away are not among it."""
    minute = getattr(item, "minute", None)
    return {
        "minutes": markup.clean(minute.html) if minute else "",
        "absent": [
            {"name": each.attendance.person.name, "why": str(each.get_why_display())}
            for each in item.absences.all()
        ],
        "votes": _votes(item),
        "dissents": [
            {"name": each.attendance.person.name, "text": each.text} for each in item.dissents.all()
        ],
    }


def _votes(item: Item) -> list[Content]:
    counted: dict[tuple[int | None, str], int] = {}
    words: dict[int | None, str] = {clause.pk: clause.text for clause in item.clauses.all()}
    for vote in item.votes.all():
        key = (vote.clause_id, str(vote.get_choice_display()))
        counted[key] = counted.get(key, 0) + 1
    return [
        {"clause": words.get(clause, ""), "choice": choice, "number": number}
        for (clause, choice), number in counted.items()
    ]


def _attendance(meeting: Meeting) -> list[Content]:
    rows = meeting.attendance.select_related("person", "deputy_for__person")
    return [
        {
            "name": row.person.name,
            "represents": row.represents,
            "status": row.status,
            "status_name": str(row.get_status_display()),
            "deputy_for": row.deputy_for.person.name if row.deputy_for else "",
        }
        for row in rows
        if row.status != Attendance.Status.EXPECTED
    ]


def _decisions(meeting: Meeting, opened: set[str]) -> list[Content]:
    rows = Decision.objects.filter(meeting=meeting).select_related("item", "organisation")
    found = []
    for row in rows:
        hidden = row.closed or (row.item is not None and str(row.item.uid) not in opened)
        text = row.public_text if hidden else row.text
        if text:
            found.append(
                {
                    "uid": str(row.uid),
                    "text": text,
                    "closed": hidden,
                    "decided_on": row.decided_on.isoformat(),
                    "item": str(row.item.uid) if row.item else "",
                    "organisation": row.organisation.name
                    if row.organisation and not hidden
                    else "",
                }
            )
    return found


def _corrections(meeting: Meeting, opened: set[str]) -> list[Content]:
    rows = meeting.corrections.select_related("item")
    return [
        {
            "uid": str(row.uid),
            "item": str(row.item.uid) if row.item else "",
            "html": markup.clean(row.html),
            "at": _moment(row.at),
        }
        for row in rows
        if row.item is None or str(row.item.uid) in opened
    ]


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
