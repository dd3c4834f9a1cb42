"""Versions of an agenda: what is in one, and what is missing before it goes out."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from klynge.web.bodies import history
from klynge.web.bodies.models import Membership
from klynge.web.meetings import item_content
from klynge.web.meetings.models import AgendaVersion, Approval, Item, Meeting
from klynge.web.meetings.readers import items_of

Content = dict[str, Any]
CHAIR, VICE_CHAIR, BOTH = "formand", "naestformand", 2


def chairs(meeting: Meeting) -> list[Membership]:
    """Who approves an agenda: the body's chairs, and where it has but one, its vice-chair too."""
    seated = history.as_of(meeting.body, meeting.day)
    found = {row.person_id: row for row in seated if row.role == CHAIR}
    if len(found) < BOTH:
        found |= {row.person_id: row for row in seated if row.role == VICE_CHAIR}
    return list(found.values())


def latest(meeting: Meeting) -> AgendaVersion | None:
    """The latest version of a meeting's agenda; None before the first."""
    return meeting.versions.order_by("-number").first()


def last_reviewed(meeting: Meeting) -> AgendaVersion | None:
    """The version the chairs were last asked about; None before the first."""
    return meeting.versions.filter(kind=AgendaVersion.Kind.REVIEW).order_by("-number").first()


def waiting(meeting: Meeting) -> list[Item]:
    """The items that have not gone out yet, in order, without those that were taken off."""
    rows = items_of(meeting).filter(number=None).exclude(state=Item.State.WITHDRAWN)
    return list(rows)


def content_of(meeting: Meeting) -> Content:
    """The whole agenda as it is now, in plain values; closed items with everything in them."""
    return {"items": [_item(item) for item in items_of(meeting)]}


def approvals(meeting: Meeting, version: AgendaVersion) -> dict[int, Approval]:
    """What each chair has last said of a version, by person."""
    rows = meeting.approvals.exclude(what=Approval.What.MINUTES).filter(version=version.number)
    return {row.person_id: row for row in rows.select_related("person", "by")}


def is_changed_since(version: AgendaVersion) -> bool:
    """Whether the agenda says something else now than in the version."""
    return content_of(version.meeting) != version.content


def missing(meeting: Meeting) -> list[str]:
    """Why the agenda, or its addendum, cannot go out yet; empty when it can."""
    if not (meeting.agenda_is_open or meeting.state == Meeting.State.RELEASED):
        return [_("Dagsordenen kan ikke længere sendes ud.")]
    found = []
    if not waiting(meeting):
        found.append(_("Der er ingen punkter at sende ud."))
    approvers = chairs(meeting)
    if not approvers:
        found.append(_("Organet har ingen formand den dag. Registrér formændene på organets side."))
    version = latest(meeting)
    if version is None or version.kind != AgendaVersion.Kind.REVIEW:
        return [*found, _("Dagsordenen har ikke været til gennemsyn hos formændene.")]
    if is_changed_since(version):
        found.append(_("Dagsordenen er ændret siden gennemsynet. Send den til gennemsyn igen."))
    said = approvals(meeting, version)
    for chair in approvers:
        approval = said.get(chair.person_id)
        if approval is None:
            found.append(_("{name} har ikke godkendt endnu.").format(name=chair.person))
        elif not approval.approved:
            found.append(_("{name} har indvendinger.").format(name=chair.person))
    return found


def _item(item: Item) -> Content:
    return {
        "uid": str(item.uid),
        "number": item.number,
        "addendum": item.addendum,
        "withdrawn": item.state == Item.State.WITHDRAWN,
        **item_content.content_of(item),
        "annexes": [
            {"uid": str(annex.uid), "name": annex.name, "sha256": annex.sha256,
             "closed": annex.closed}
            for annex in item.annexes.all()
            if annex.replaced_at is None
        ],
        "figures": [
            {"title": figure.title, "source": figure.source, "pack": figure.pack,
             "cells": figure.cells}
            for figure in item.figures.all()
        ],
    }  # fmt: skip
