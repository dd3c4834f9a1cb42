"""A meeting with everything in it that may be public, held and approved."""

from __future__ import annotations

from django.core.files.base import ContentFile

from klynge.web.bodies.models import Person
from klynge.web.decisions.models import Decision
from klynge.web.meetings.models import (
    Annex,
    Attendance,
    Dissent,
    Item,
    ItemAbsence,
    Meeting,
    Minute,
    Vote,
)
from klynge.web.meetings.tests.builders import (
    COPENHAGEN,
    a_closed_item,
    a_meeting,
    an_item,
    datetime,
    release,
)

PDF = b"%PDF-1.4 invented"


def a_whole_meeting(**more) -> Meeting:
    """Two open items and a closed one, decided on, with votes, absence and an annex."""
    begins_at = datetime(2024, 9, 3, 15, 0, tzinfo=COPENHAGEN)
    meeting = a_meeting(begins_at=begins_at, place="Rådhuset, sal 2", title="Ordinært møde", **more)
    first = an_item(
        meeting,
        "Beslutning: Akutte genindlæggelser",
        case_number="29.30.08-P27-1-21",
        blocks={
            "sagsresume": "<p>Kort sagt.</p>",
            "sagsfremstilling": "<p>Tallene er <strong>steget</strong>.</p><ul><li>Et</li></ul>",
            "oekonomi": "<p>Ingen.</p>",
        },
        clauses=["drøfte tallene", "godkende planen"],
    )
    annex = Annex(
        item=first,
        name="Notat om tallene",
        file_name="notat.pdf",
        content_type="application/pdf",
        size=len(PDF),
        sha256="0" * 64,
        added_at=begins_at,
    )
    annex.file.save("notat.pdf", ContentFile(PDF), save=False)
    annex.save()
    an_item(meeting, "Eventuelt", kind="eventuelt", blocks={}, clauses=[])
    a_closed_item(meeting)
    release(meeting)
    _hold(meeting, Item.objects.get(pk=first.pk))
    return Meeting.objects.get(pk=meeting.pk)


def _hold(meeting: Meeting, first: Item) -> None:
    people = list(Person.objects.filter(memberships__body=meeting.body).order_by("pk")[:3])
    rows = [
        Attendance.objects.create(
            meeting=meeting, person=person, status=status, represents="", counts=True
        )
        for person, status in zip(people, ("present", "present", "excused"), strict=True)
    ]
    Minute.objects.create(item=first, html="<p>Planen følges op i foråret.</p>", version=1)
    clause, other = first.clauses.all()
    clause.outcome = "noted"
    clause.save()
    other.outcome, other.decision = "changed", "Planen ses igennem om et år."
    other.save()
    ItemAbsence.objects.create(item=first, attendance=rows[1], why="conflict", note="Ejer")
    Vote.objects.create(item=first, clause=clause, attendance=rows[0], choice="for")
    Dissent.objects.create(item=first, attendance=rows[0], text="Det går for langsomt.")
    Decision.objects.create(
        body=meeting.body,
        meeting=meeting,
        item=first,
        decided_on=meeting.day,
        text="Planen følges.",
    )
    Meeting.objects.filter(pk=meeting.pk).update(state="approved")
