"""What may be chance: somebody looks at it, and who says that a find is none stands by it."""

from __future__ import annotations

import pytest

from klynge.web.accounts.tests.builders import a_member, a_secretary
from klynge.web.audit.models import Event
from klynge.web.meetings.tests.builders import (
    a_closed_item,
    a_meeting,
    an_item,
    release,
)
from klynge.web.publishing import checks, rules, snapshot
from klynge.web.publishing.models import FalseHit, Publication
from klynge.web.publishing.tests.test_publishing import AGENDA, CPR, publish

pytestmark = pytest.mark.django_db
WHY = "Et journalnummer i regionens system"
CLOSED = (
    "<p>Vi siger aftalen op nu. Karen Margrethe Opdigtet har sagen 29.30.08-P27-9-24. Parterne har"
    " i fortrolighed drøftet, hvem der kan overtage akuttilbuddet fra det nye år, og hvad det må"
    " koste dem hver især.</p>"
)


def a_meeting_that_says(text: str, closed: str = CLOSED):
    meeting = a_meeting()
    a_closed_item(meeting, blocks={"sagsfremstilling": closed}, clauses=[])
    an_item(meeting, "Åbent punkt", blocks={"sagsfremstilling": f"<p>{text}</p>"}, clauses=[])
    return release(meeting)


def found_in(meeting) -> list[checks.Finding]:
    return checks.of(meeting, snapshot.of(meeting, AGENDA))


@pytest.mark.parametrize(
    "text",
    [
        "Som sagt: vi siger aftalen op nu.",
        "Spørg Karen Margrethe Opdigtet om det.",
        "Se også 29.30.08-P27-9-24.",
        "Vi har drøftet, hvem der kan overtage akuttilbuddet.",
    ],
)
def test_a_small_thing_from_a_closed_text_must_be_looked_at(text):
    meeting = a_meeting_that_says(text)

    (found,) = found_in(meeting)

    assert not found.stops
    assert "Åbent punkt" in found.where
    assert "det lukkede punkt" in found.problem
    with pytest.raises(rules.Found):
        publish(meeting)
    assert publish(meeting, looked_through=True)


@pytest.mark.parametrize(
    "text",
    [
        "Klyngen tager orienteringen til efterretning.",
        "Region Midtjylland og Randers Kommune er enige.",
        "Vi siger til.",
    ],
)
def test_what_every_paper_says_is_no_finding(text):
    closed = (
        "<p>Det indstilles, at klyngen tager orienteringen til efterretning. Region Midtjylland og"
        " Randers Kommune betaler.</p>"
    )
    assert found_in(a_meeting_that_says(text, closed)) == []


def test_a_member_who_is_named_in_both_is_no_finding():
    meeting = a_meeting_that_says("Ordet er frit.")
    name = meeting.body.memberships.first().person.name
    meeting = a_meeting_that_says(f"{name} fremlægger.", f"<p>{name} er imod.</p>")

    assert found_in(meeting) == []


def _hit(meeting) -> checks.Finding:
    (found,) = found_in(meeting)
    return found


def test_a_false_hit_is_said_to_be_none_with_a_reason_and_then_stops_nothing():
    meeting = a_meeting_that_says(f"Journal {CPR}.")
    hit = _hit(meeting)
    assert hit.stops
    assert CPR not in hit.key

    rules.overrule(by=a_secretary(), meeting=meeting, part=AGENDA, key=hit.key, because=WHY)

    row = FalseHit.objects.get()
    assert (row.where, row.because) == (hit.where, WHY)
    assert Event.objects.filter(what="said to be no CPR number").exists()
    assert publish(meeting)


def test_another_number_at_the_place_is_another_find():
    meeting = a_meeting_that_says(f"Journal {CPR}.")
    key = _hit(meeting).key
    rules.overrule(by=None, meeting=meeting, part=AGENDA, key=key, because=WHY)
    block = meeting.items.get(title="Åbent punkt").blocks.get()
    block.html = "<p>Journal 010190-9990.</p>"
    block.save()

    assert _hit(meeting).key != key
    with pytest.raises(rules.Found):
        publish(meeting)


@pytest.mark.parametrize(
    ("because", "why"), [("Nej", "Skriv, hvad det er"), (f"Det er {CPR} fra os", "ikke tallet")]
)
def test_a_reason_is_needed_and_may_not_hold_the_number(because, why):
    meeting = a_meeting_that_says(f"Journal {CPR}.")
    with pytest.raises(rules.NotAllowed, match=why):
        rules.overrule(
            by=None, meeting=meeting, part=AGENDA, key=_hit(meeting).key, because=because
        )
    assert not FalseHit.objects.exists()


def test_only_the_secretariat_says_so_and_only_of_what_was_found():
    meeting = a_meeting_that_says(f"Journal {CPR}.")
    with pytest.raises(rules.NotAllowed, match="Kun sekretariatet"):
        rules.overrule(
            by=a_member(), meeting=meeting, part=AGENDA, key=_hit(meeting).key, because=WHY
        )
    with pytest.raises(rules.NotAllowed, match="ændret imens"):
        rules.overrule(by=None, meeting=meeting, part=AGENDA, key="0" * 64, because=WHY)


def test_closed_text_cannot_be_overruled():
    text = "hvem der kan overtage akuttilbuddet fra det nye år, og hvad det må koste"
    (found,) = found_in(a_meeting_that_says(text))

    assert found.stops
    assert found.key == ""


def test_the_page_tells_the_place_takes_the_reason_and_shows_it_afterwards(client):
    meeting = a_meeting_that_says(f"Journal {CPR}.")
    client.force_login(a_secretary())
    preview = f"/offentliggoerelse/moede/{meeting.uid}/dagsorden/vis/"
    address = f"/offentliggoerelse/moede/{meeting.uid}/dagsorden/fund/{_hit(meeting).key}/"

    assert address in client.get(preview).content.decode()
    page = client.get(address).content.decode()
    assert "Åbent punkt" in page
    assert "Skriv, hvad det er" in client.post(address, {"because": "x"}).content.decode()
    assert client.post(address, {"because": WHY}).status_code == 302
    assert WHY in client.get(preview).content.decode()
    assert WHY in client.get(f"/offentliggoerelse/moede/{meeting.uid}/").content.decode()
    assert Publication.objects.count() == 0


def test_the_page_is_for_the_secretariat(client):
    meeting = a_meeting_that_says(f"Journal {CPR}.")
    address = f"/offentliggoerelse/moede/{meeting.uid}/dagsorden/fund/{'0' * 64}/"
    assert client.get(address).status_code == 302
    client.force_login(a_member())
    assert client.get(address).status_code == 403
