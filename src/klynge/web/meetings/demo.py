"""The demo's invented year in Randersklyngen: meetings held, an agenda out, one in review, a plan.

The clock stands at 15 September 2024. The names, the cases and the texts are made up; the figures
are the demo pack's own.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from klynge.web.accounts.models import User
from klynge.web.bodies import clock, history
from klynge.web.bodies import rules as bodies
from klynge.web.bodies.models import BodyRecord
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.figures.models import Pack
from klynge.web.meetings import demo_minutes, demo_texts, rules, year_plan
from klynge.web.meetings.models import Item, Meeting

PLACE, REGION = "rm-randers", "1082"
PROFESSIONAL = ((2, 20), (5, 14), (8, 27), (10, 8), (12, 3))
POLITICAL = ((3, 12), (10, 29))
SSU = ((2, 28), (5, 29), (9, 25), (11, 27))


@transaction.atomic
def fill() -> int:
    """Lay the year; returns how many meetings. Nothing happens when there are meetings already."""
    records = [
        history.find("klynge-faglig", PLACE),
        history.find("klynge-politisk", PLACE),
        history.find("ssu", REGION),
    ]
    if Meeting.objects.exists() or None in records:
        return 0
    professional, political, ssu = (record for record in records if record is not None)
    with clock.at(clock.noon_of(date(2023, 11, 14))):
        _standing_items(professional, political)
        _rhythms(professional, political, ssu)
        for body, days, hour, minutes, where in (
            (professional, PROFESSIONAL, 13, 120, "Regionshospitalet Randers, mødelokale 2"),
            (political, POLITICAL, 9, 120, "Randers Rådhus, byrådssalen"),
            (ssu, SSU, 14, 150, "Regionshuset Viborg"),
        ):
            for month, day in days:
                _lay(body, month, day, hour, minutes, where)
    _past(political)
    _released(professional)
    _in_review(political)
    _backlog(professional, political)
    _next_year(ssu, political, professional)
    _who_is_who(political)
    return Meeting.objects.count()


def _lay(body: BodyRecord, month: int, day: int, hour: int, minutes: int, where: str) -> Meeting:
    begins = timezone.make_aware(datetime.combine(date(2024, month, day), time(hour)))
    ends = begins + timedelta(minutes=minutes)
    return rules.plan_meeting(by=None, body=body, begins_at=begins, ends_at=ends, place=where)


def _on(body: BodyRecord, month: int, day: int) -> Meeting:
    return Meeting.objects.get(body=body, begins_at__date=date(2024, month, day))


def _standing_items(professional: BodyRecord, political: BodyRecord) -> None:
    for body in (professional, political):
        for number, (title, kind, minutes, last) in enumerate(demo_texts.STANDING, start=1):
            rules.save_template(
                by=None, body=body, name=title, title=title, kind=kind, standing=True,
                minutes_planned=minutes, last=last, position=number,
            )  # fmt: skip
    rules.save_template(
        by=None,
        body=None,
        name="Sag fra en arbejdsgruppe",
        title="Anbefalinger fra arbejdsgruppen",
        kind="beslutning",
        minutes_planned=20,
        blocks={"sagsresume": "<p>Hvad gruppen har set på, og hvad den anbefaler.</p>"},
        clauses=["drøfte anbefalingerne", "beslutte, hvem der fører dem ud i livet"],
    )  # fmt: skip


def _rhythms(*records: BodyRecord) -> None:
    weekdays = (1, 1, 2)
    for body, weekday in zip(records, weekdays, strict=True):
        hour = {"klynge-faglig": 13, "klynge-politisk": 9, "ssu": 14}[body.kind]
        rules.save_rhythm(by=None, body=body, weekday=weekday, begins=time(hour), minutes=120)


def _past(body: BodyRecord) -> None:
    """The political level's spring meeting: released, held, and its minutes approved."""
    meeting = _on(body, 3, 12)
    with clock.at(clock.noon_of(date(2024, 2, 20))):
        for values in demo_texts.SPRING:
            rules.add_item(by=None, body=body, meeting=meeting, **values)
    _approve_and_release(meeting, date(2024, 3, 4))
    demo_minutes.hold(Meeting.objects.get(pk=meeting.pk))


def _released(body: BodyRecord) -> None:
    """The professional level's next agenda: out, with figures of the pack and a closed item."""
    meeting = _on(body, 10, 8)
    with clock.at(clock.noon_of(date(2024, 9, 3))):
        rules.call_for_items(by=None, meeting=meeting)
    with clock.at(clock.noon_of(date(2024, 9, 9))):
        items = [
            rules.add_item(by=None, body=body, meeting=meeting, **values)
            for values in demo_texts.AUTUMN
        ]
        _figures(items[0])
        rules.add_annex(
            by=None, item=items[1], name="Kommissorium for arbejdsgruppen",
            file=ContentFile(demo_texts.ANNEX.encode(), name="kommissorium.txt"),
        )  # fmt: skip
    _approve_and_release(meeting, date(2024, 9, 13))


def _in_review(body: BodyRecord) -> None:
    """The political level's autumn agenda: with the chairs, one of whom has answered."""
    meeting = _on(body, 10, 29)
    source = Item.objects.get(title=demo_texts.AUTUMN[1]["title"])
    with clock.at(clock.noon_of(date(2024, 9, 10))):
        sent = rules.forward_item(by=None, item=source, to=body, why="Til politisk stillingtagen")
        rules.put_on_agenda(by=None, item=sent, meeting=meeting)
        for values in demo_texts.POLITICAL_AUTUMN:
            rules.add_item(by=None, body=body, meeting=meeting, **values)
        rules.call_for_items(by=None, meeting=meeting)
        version = rules.send_to_review(by=None, meeting=meeting)
    with clock.at(clock.noon_of(date(2024, 9, 13))):
        first = rules.chairs(meeting)[0]
        rules.approve_agenda(
            by=None, version=version, person=first.person, comment="Godkendt pr. telefon."
        )


def _backlog(professional: BodyRecord, political: BodyRecord) -> None:
    with clock.at(clock.noon_of(date(2024, 9, 12))):
        for values in demo_texts.WAITING:
            rules.add_item(by=None, body=professional, **values)
        officer = User.objects.filter(username="sagsbehandler").first()
        if officer is not None:
            rules.propose_item(by=officer, body=political, **demo_texts.PROPOSED)


def _next_year(*records: BodyRecord) -> None:
    """The SSU first: the others lay their dates by it."""
    with clock.at(clock.noon_of(date(2024, 9, 14))):
        for body in records:
            dates = year_plan.propose(body, 2025)
            times = [(each.begins_at, each.ends_at, "") for each in dates]
            if times:
                rules.propose_year(by=None, body=body, times=times)


def _who_is_who(political: BodyRecord) -> None:
    """The demo's member is the political level's first municipal member."""
    user = User.objects.filter(username="medlem", person=None).first()
    rows = history.as_of(political, date(2024, 9, 15))
    member = next((row for row in rows if row.party == "kommune" and row.role == "medlem"), None)
    if user is not None and member is not None:
        bodies.link_user(by=None, person=member.person, user=user)


def _figures(item: Item) -> None:
    """What the pack has of the item's matter; without a pack the item is without figures."""
    pack = Pack.objects.current()
    if pack is None:
        return
    codes = [one.code for one in pack.indicators.filter(theme="frail")][:2]
    for code in codes:
        values: dict[str, Any] = {"indicator": code, "place_kind": "klynge", "place": PLACE}
        try:
            rules.add_figure(by=None, item=item, on=date(2024, 9, 15), **values)
        except NotAllowed:
            continue


def _approve_and_release(meeting: Meeting, day: date) -> None:
    with clock.at(clock.noon_of(day)):
        version = rules.send_to_review(by=None, meeting=meeting)
        for chair in rules.chairs(meeting):
            rules.approve_agenda(by=None, version=version, person=chair.person)
        rules.release_agenda(by=None, meeting=meeting)
