"""What is being written survives a lost connection, and never touches the minutes by itself."""

from __future__ import annotations

import pytest

from klynge.web.accounts.tests.builders import a_member, a_secretary
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.meetings import draft_rules, minutes_rules
from klynge.web.meetings.minutes_rules import Came, Written
from klynge.web.meetings.models import Minute, MinuteDraft, MinuteRevision
from klynge.web.meetings.tests.minutes_builders import (
    a_held_meeting,
    a_meeting_under_way,
    an_approved_meeting,
    items_of,
    write,
)

pytestmark = pytest.mark.django_db
TYPED = "Klyngen drøftede tallene."


def _item():
    return items_of(a_meeting_under_way("Et punkt"))[0]


def _sent(item, text=TYPED, base=0) -> dict[str, str]:
    clauses = {f"outcome-{each.pk}": "" for each in item.clauses.all()}
    return {"base": str(base), "text": text, **clauses}


def _address(item) -> str:
    return f"/moeder/{item.meeting.uid}/referat/{item.uid}/"


def test_a_draft_is_kept_and_the_minutes_are_untouched(secretary):
    item = _item()

    answer = secretary.post(f"{_address(item)}kladde/", _sent(item))

    assert set(answer.json()) == {"at"}
    assert Minute.objects.get(item=item).version == 0
    assert not MinuteRevision.objects.exists()
    page = secretary.get(_address(item)).content.decode()
    assert "Du har en kladde" in page
    assert TYPED not in page
    assert TYPED in secretary.get(f"{_address(item)}?kladde=1").content.decode()


def test_a_later_draft_takes_the_place_of_the_writers_own_and_nobody_elses():
    item, one, other = _item(), a_secretary(), a_secretary()
    for by, text in ((one, "Første"), (other, "En andens"), (one, "Anden")):
        draft_rules.keep(by=by, item=item, written=Written(text, {}), base=0)

    assert draft_rules.of(by=one, item=item).written.text == "Anden"
    assert draft_rules.of(by=other, item=item).written.text == "En andens"


def test_saving_ends_the_draft(secretary):
    item = _item()
    secretary.post(f"{_address(item)}kladde/", _sent(item))

    secretary.post(_address(item), _sent(item))

    assert not MinuteDraft.objects.exists()
    assert "kladde fra" not in secretary.get(_address(item)).content.decode()


def test_a_draft_from_an_older_version_overwrites_nothing_when_it_is_saved(secretary):
    item = _item()
    secretary.post(f"{_address(item)}kladde/", _sent(item, "Min tekst."))
    write(item, "Den andens tekst.")

    page = secretary.get(f"{_address(item)}?kladde=1").content.decode()
    assert 'name="base" value="0"' in page
    answer = secretary.post(_address(item), _sent(item, "Min tekst."))

    assert answer.status_code == 409
    assert minutes_rules.read(item)[0].text == "Den andens tekst."


def test_a_draft_that_says_what_is_saved_is_no_draft():
    item, by = _item(), a_secretary()
    clause = item.clauses.first()
    draft_rules.keep(by=by, item=item, written=Written(TYPED, {clause.pk: Came("agreed")}), base=0)
    write(item, TYPED, c1="agreed")

    assert draft_rules.of(by=by, item=item) is None


def test_a_draft_is_thrown_away_by_a_click(secretary):
    item = _item()
    secretary.post(f"{_address(item)}kladde/", _sent(item))

    assert secretary.post(f"{_address(item)}kladde/", {"smid": "1"}).status_code == 302
    assert not MinuteDraft.objects.exists()


def test_who_may_not_write_keeps_no_draft(client):
    item = items_of(a_held_meeting("Et punkt"))[0]
    assert client.post(f"{_address(item)}kladde/", _sent(item)).status_code == 302
    client.force_login(a_member())
    assert client.post(f"{_address(item)}kladde/", _sent(item)).status_code == 403
    with pytest.raises(NotAllowed, match="sekretariatet"):
        draft_rules.keep(by=a_member(), item=item, written=Written("x", {}), base=0)


def test_approved_minutes_take_no_draft(secretary):
    item = items_of(an_approved_meeting("Et punkt"))[0]
    answer = secretary.post(f"{_address(item)}kladde/", _sent(item))

    assert answer.status_code == 409
    assert "Skriv en rettelse" in answer.json()["why"]
    assert not MinuteDraft.objects.exists()


def test_nonsense_is_refused(secretary):
    item = _item()
    assert secretary.post(f"{_address(item)}kladde/", {"base": "x"}).status_code == 422
