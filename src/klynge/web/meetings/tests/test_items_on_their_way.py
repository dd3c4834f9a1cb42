"""Figures frozen with an item, items sent on, and what is open when a body closes."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.base import ContentFile

from klynge.web.bodies import rules as bodies
from klynge.web.figures.models import Pack
from klynge.web.figures.tests.builders import an_imported_pack, with_hidden
from klynge.web.meetings import access, rules
from klynge.web.meetings.handover import ComingMeetings, WaitingItems
from klynge.web.meetings.models import FrozenFigure
from klynge.web.meetings.tests.builders import (
    MARKER,
    WHEN,
    a_closed_item,
    a_level,
    a_meeting,
    a_released_meeting,
    an_item,
)

pytestmark = pytest.mark.django_db
ON = date(2026, 6, 1)


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def a_figure(item, code: str = "dagophold", **more):
    place = {"place_kind": "klynge", "place": "rm-randers"}
    return rules.add_figure(by=None, item=item, indicator=code, on=ON, **place | more)


def professional():
    return bodies.open_body(by=None, kind="klynge-faglig", place="rm-randers")


def test_a_figure_stays_as_it_was_when_the_pack_goes(tmp_path):
    pack = an_imported_pack(tmp_path)
    item = an_item()
    figure = a_figure(item)[0]
    kept = (figure.cells, figure.svg, figure.alt, figure.source)

    Pack.objects.all().delete()

    figure = FrozenFigure.objects.get(pk=figure.pk)
    assert (figure.cells, figure.svg, figure.alt, figure.source) == kept
    assert figure.pack == pack.seal
    assert figure.svg.startswith("<svg")
    assert pack.title in figure.source
    assert figure.cells["rows"]
    assert figure.cells["newest"]["interval"]


def test_a_hidden_figure_is_frozen_as_hidden_without_a_number(tmp_path):
    an_imported_pack(tmp_path, figures=with_hidden(code="dagophold", place="rm-randers"))

    figure = a_figure(an_item())[0]

    assert figure.cells["newest"]["text"] == "skjult"
    assert figure.cells["newest"]["value"] is None
    assert all(row[1] == "skjult" for row in figure.cells["rows"])


def test_a_figure_up_to_an_earlier_period_ends_there(tmp_path):
    an_imported_pack(tmp_path)
    newest = a_figure(an_item())[0]
    earlier = newest.cells["rows"][-1][0]

    figure = a_figure(an_item(), period=earlier)[0]

    assert [row[0] for row in figure.cells["rows"]] == [earlier]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"code": "findes-ikke"}, "ikke den indikator"),
        ({"place": "findes-ikke"}, "ikke den indikator eller det sted"),
        ({"period": "1999"}, "ikke det tal"),
    ],
)
def test_a_figure_that_is_not_there_is_refused(tmp_path, wrong, says):
    an_imported_pack(tmp_path)

    with pytest.raises(rules.NotAllowed, match=says):
        a_figure(an_item(), **wrong)


def test_without_a_pack_there_are_no_figures():
    with pytest.raises(rules.NotAllowed, match="ingen datapakke"):
        a_figure(an_item())


def test_an_item_goes_to_another_body_with_everything_in_it():
    meeting = a_released_meeting("En sag")
    item = meeting.items.get()
    rules.add_annex(by=None, item=item, file=ContentFile(b"%PDF-1.7", name="a.pdf"), closed=True)

    sent = rules.forward_item(by=None, item=item, to=professional(), why="Til drøftelse")

    assert (sent.body, sent.meeting, sent.number) == (professional(), None, None)
    assert [clause.text for clause in sent.clauses.all()] == [
        clause.text for clause in item.clauses.all()
    ]
    assert sent.annexes.get().closed
    assert sent.annexes.get().uid != item.annexes.get().uid
    (step,) = rules.history_of(sent)
    assert (step.item, step.note) == (item, "Til drøftelse")


def test_a_closed_item_stays_closed_on_its_way():
    sent = rules.forward_item(by=None, item=a_closed_item(), to=professional(), why="")

    assert sent.closed
    assert MARKER not in str(sent)
    assert access.title_for(sent, None) == "Lukket punkt om en kontrakt"


def test_the_way_is_told_from_its_beginning():
    item = a_released_meeting("En sag").items.get()
    up = rules.forward_item(by=None, item=item, to=professional())
    down = rules.forward_item(by=None, item=up, to=a_level())

    assert [step.item for step in rules.history_of(down)] == [item, up]


def test_a_matter_is_taken_up_again_on_a_later_meeting():
    item = a_released_meeting("En sag").items.get()
    later = a_meeting(begins_at=WHEN.replace(month=12))

    again = rules.take_up_again(by=None, item=item, meeting=later)

    assert (again.meeting, again.number) == (later, None)
    assert item.meeting != later


def test_what_is_open_at_a_hand_over_goes_to_the_body_that_follows():
    old = a_level()
    meeting, waiting = a_meeting(begins_at=WHEN.replace(year=2025)), an_item(title="Venter")
    an_item(meeting, "På dagsordenen")
    new, on, kinds = professional(), date(2025, 7, 1), (ComingMeetings(), WaitingItems())
    before = [kind.tally([old], on) for kind in kinds]

    for kind in kinds:
        for matter in list(kind.open_matters([old], on)):
            kind.carry_over(matter, to=new, on=on, by=None, reason="Overdragelse")

    assert [kind.tally([new], on) for kind in kinds] == before == [{"count": 1}, {"count": 1}]
    assert [kind.tally([old], on) for kind in kinds] == [{}, {}]
    waiting.refresh_from_db()
    meeting.refresh_from_db()
    assert (waiting.body, meeting.state) == (old, "cancelled")
    assert new.meetings.get().items.get().title == "På dagsordenen"
