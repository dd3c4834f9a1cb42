"""The pages of planning and agendas: who may, what happens, and the reason on the page."""

from __future__ import annotations

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile

from klynge.web.accounts.tests.builders import a_case_officer, a_member, a_secretary
from klynge.web.meetings import rules
from klynge.web.meetings.models import Comment, Item, ItemTemplate, Meeting
from klynge.web.meetings.tests.builders import (
    MARKER,
    a_chair,
    a_closed_item,
    a_level,
    a_meeting,
    a_released_meeting,
    a_user_who_sits,
    an_item,
    release,
)
from klynge.web.meetings.tests.pages import BODY, PDF, item_of, text, url

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def reading_pages() -> list[str]:
    meeting = a_released_meeting()
    return [
        url("home"),
        url("mine"),
        url("wheel"),
        url("body", **BODY),
        url("backlog", **BODY),
        url("meeting", meeting.pk),
        url("item", meeting.items.first().pk),
    ]


def editing_pages() -> list[str]:
    meeting = a_meeting()
    item, body = an_item(meeting), meeting.body_id
    annex = rules.add_annex(
        by=None, item=item, file=SimpleUploadedFile("a.pdf", PDF, "application/pdf")
    )
    template = rules.save_template(by=None, body=meeting.body, title="Fast", kind="orientering")
    return [
        url("plan", **BODY),
        url("rhythm", **BODY),
        url("propose", **BODY, year=2025),
        url("templates", **BODY),
        url("new_template", **BODY),
        url("edit_template", pk=template.pk, **BODY),
        url("change_meeting", meeting.pk),
        url("cancel_meeting", meeting.pk),
        url("new_item", body),
        url("new_item", body) + f"?moede={meeting.pk}&skabelon={template.pk}",
        url("change_item", item.pk),
        url("close_item", item.pk),
        url("forward_item", item.pk),
        url("add_annex", item.pk),
        url("edit_annex", annex.uid),
        url("add_figure", item.pk),
    ]


def acts() -> list[str]:
    """What is only ever posted."""
    meeting = a_meeting()
    item = an_item(meeting)
    return [
        url("act", meeting.pk, "gennemsyn"),
        url("act", meeting.pk, "udsend"),
        url("drop_meeting", meeting.pk),
        url("move", meeting.pk),
        url("reorder", meeting.pk),
        url("item_act", item.pk, "tag-af"),
        url("put_item", item.pk),
        url("settle_year", **BODY, year=2024),
    ]


def test_they_work(secretary):
    for address in [*reading_pages(), *editing_pages()]:
        assert secretary.get(address).status_code == 200, address


def test_a_reader_sees_the_reading_pages_and_no_tools(client):
    client.force_login(a_member())

    for address in reading_pages():
        response = client.get(address)
        assert response.status_code == 200, address
        assert "Ret punktet" not in text(response)
        assert "Nyt møde" not in text(response)


def test_a_reader_may_not(client):
    client.force_login(a_member())

    for address in editing_pages():
        assert client.get(address).status_code in (403, 404), address
        assert client.post(address, {}).status_code in (403, 404, 405), address
    for address in acts():
        assert client.post(address, {}).status_code in (403, 404), address
    assert not Item.objects.filter(state=Item.State.WITHDRAWN).exists()


def test_a_stranger_is_sent_to_login(client):
    for address in [*reading_pages(), *editing_pages()]:
        response = client.get(address)
        assert response.status_code == 302, address
        assert "/konto/log-ind/" in response.url


def test_the_reason_is_shown_on_the_page(secretary):
    meeting = a_meeting()

    response = secretary.post(url("act", meeting.pk, "udsend"))

    assert response.status_code == 422
    assert "Der er ingen punkter at sende ud." in text(response)
    assert "Dagsordenen har ikke været til gennemsyn hos formændene." in text(response)


def test_a_meeting_is_planned_with_its_deadlines(secretary):
    day = {"day": "2024-10-22", "begins": "09:00", "ends": "11:00", "place": "Rådhuset"}

    response = secretary.post(url("plan", **BODY), day)

    meeting = Meeting.objects.get()
    assert response.url == url("meeting", meeting.pk)
    assert str(meeting.call_on) == "2024-09-24"


def test_every_fault_of_a_meeting_is_told(secretary):
    day = {"day": "2024-10-22", "begins": "11:00", "ends": "09:00", "online_address": "x y"}

    response = secretary.post(url("plan", **BODY), day)

    assert response.status_code == 422
    assert "Mødet skal slutte, efter at det er begyndt." in text(response)
    assert not Meeting.objects.exists()


def test_two_who_change_a_meeting_at_once(secretary):
    meeting = a_meeting(place="Rådhuset")
    rules.change_meeting(by=None, meeting=meeting, place="Hospitalet")
    sent = {"day": "2024-10-22", "begins": "09:00", "ends": "12:00", "place": "Rådhuset",
            "version": 1}  # fmt: skip

    response = secretary.post(url("change_meeting", meeting.pk), sent)

    meeting.refresh_from_db()
    assert response.status_code == 422
    assert meeting.place == "Hospitalet"
    assert "Hospitalet" in text(response)
    assert 'value="12:00"' in response.content.decode()
    assert 'value="2"' in response.content.decode()


def test_the_chairs_comment_and_approve_and_the_agenda_goes_out(client):
    meeting = a_meeting()
    item = an_item(meeting)
    office, chair = a_secretary(), a_chair(meeting.body)
    client.force_login(office)
    client.post(url("act", meeting.pk, "gennemsyn"))
    client.force_login(chair)
    client.post(url("comment", meeting.pk, 1), {"text": "Mangler økonomi", "item": item.pk})
    client.post(url("approve", meeting.pk, 1), {"answer": "yes"})
    client.force_login(office)
    client.post(url("settle_comment", Comment.objects.get().pk), {"answer": "Den er med"})
    other = next(row for row in rules.chairs(meeting) if row.person.user_id != chair.pk)
    said = {"person": other.person_id, "answer": "yes", "comment": "Pr. telefon"}
    client.post(url("approve", meeting.pk, 1), said)

    client.post(url("act", meeting.pk, "udsend"))

    meeting.refresh_from_db()
    item.refresh_from_db()
    assert meeting.state == Meeting.State.RELEASED
    assert item.number == 1


def test_a_member_who_is_no_chair_may_not_approve(client):
    meeting = a_meeting()
    an_item(meeting)
    rules.send_to_review(by=None, meeting=meeting)
    client.force_login(a_user_who_sits(meeting.body))

    response = client.post(url("approve", meeting.pk, 1), {"answer": "yes"})

    assert response.status_code == 422
    assert "Kun organets formænd godkender dagsordenen." in text(response)
    assert not meeting.approvals.exists()


def test_a_case_officer_proposes_an_item_and_follows_it(client):
    body = a_level()
    client.force_login(a_case_officer())

    response = client.post(url("propose_item", body.pk), item_of(title="Fra Syddjurs"))

    item = Item.objects.get()
    assert item.state == Item.State.IDEA
    assert client.get(response.url).status_code == 200
    assert "Fra Syddjurs" in text(client.get(url("mine")))
    assert client.post(url("change_item", item.pk), item_of(title="Bedre", version=1)).url
    rules.put_on_agenda(by=None, item=item, meeting=a_meeting(body))
    assert client.get(url("change_item", item.pk)).status_code in (403, 404)


def test_a_years_dates_are_proposed_and_settled(secretary):
    a_level()
    page = secretary.get(url("propose", **BODY, year=2025))
    form = page.context["dates"]
    sent = {"form-TOTAL_FORMS": 2, "form-INITIAL_FORMS": 0, "form-0-keep": "on",
            "form-0-day": "2025-03-11", "form-0-begins": "09:00", "form-0-ends": "11:00",
            "form-1-day": "2025-06-05"}  # fmt: skip

    secretary.post(url("propose", **BODY, year=2025), sent)
    secretary.post(url("settle_year", **BODY, year=2025))

    assert len(form.initial_forms) == 2
    assert Meeting.objects.get().state == Meeting.State.PLANNED


def test_a_date_on_a_day_off_is_told_on_the_page(secretary):
    a_level()
    sent = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 0, "form-0-keep": "on"}
    sent |= {"form-0-day": "2025-06-05", "form-0-begins": "09:00", "form-0-ends": "11:00"}

    response = secretary.post(url("propose", **BODY, year=2025), sent)

    assert response.status_code == 422
    assert "5. juni 2025: Grundlovsdag" in text(response)


def test_a_template_becomes_a_standing_item_of_the_next_meeting(secretary):
    body = a_level()
    sent = {"name": "Fast", "title": "Orientering", "kind": "orientering", "standing": "on"}

    secretary.post(url("new_template", **BODY), sent)

    assert ItemTemplate.objects.get().standing
    assert a_meeting(body).items.get().title == "Orientering"


def test_the_search_finds_what_may_be_read_and_nothing_else(client):
    meeting = a_meeting()
    an_item(meeting, "Åbent om hjemmetræning")
    a_closed_item(meeting)
    an_item(
        meeting,
        "Med et lukket afsnit",
        blocks=[{"kind": "oekonomi", "html": f"<p>{MARKER}</p>", "closed": True}],
    )
    release(meeting)
    client.force_login(a_member())

    assert "1 punkt fundet" in text(client.get(url("home"), {"q": "hjemmetræning"}))
    assert "0 punkter fundet" in text(client.get(url("home"), {"q": MARKER}))
    client.force_login(a_user_who_sits(meeting.body))
    assert "2 punkter fundet" in text(client.get(url("home"), {"q": MARKER}))


def test_mit_arbejde_shows_what_waits(client):
    meeting = a_meeting()
    an_item(meeting)
    chair = a_chair(meeting.body)
    rules.send_to_review(by=None, meeting=meeting)
    client.force_login(chair)
    assert "Godkend dagsordenen for 22. oktober" in text(client.get(url("mine")))
    client.force_login(a_secretary())
    assert "Send dagsordenen for 22. oktober ud" in text(client.get(url("mine")))


def test_the_message_of_what_was_done_is_in_the_readers_language(secretary):
    meeting = a_meeting()
    secretary.cookies["django_language"] = "en"

    response = secretary.post(url("act", meeting.pk, "efterlys"))

    (told,) = get_messages(response.wsgi_request)
    assert str(told) == "It is noted that items were called for."
