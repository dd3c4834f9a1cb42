"""The secretariat's pages: who may, what happens, and the reason on the page."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone

from klynge.web.accounts.tests.builders import a_member, a_secretary
from klynge.web.agreements import hearing_rules
from klynge.web.agreements.tests.builders import a_hearing
from klynge.web.bodies import clock
from klynge.web.meetings.models import Meeting
from klynge.web.meetings.tests.builders import a_meeting, a_released_meeting, an_item, release
from klynge.web.publishing import public, rules
from klynge.web.publishing.models import Publication, PublicBody
from klynge.web.publishing.tests.test_publishing import CPR, publish
from tests.web.exchange.test_firstagenda import ANSWER

pytestmark = pytest.mark.django_db
DESK = "/offentliggoerelse/"
BODY = "organ/klynge-politisk/rm-randers/"


def _pages(meeting: Meeting) -> list[str]:
    return [
        DESK,
        f"{DESK}moede/{meeting.uid}/",
        f"{DESK}moede/{meeting.uid}/dagsorden/vis/",
        f"{DESK}moede/{meeting.uid}/dagsorden/traek-tilbage/",
        f"{DESK}moede/{meeting.uid}/indkald/",
        f"{DESK}{BODY}",
        f"{DESK}indlaes/",
    ]


def _text(response) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", response.content.decode())))


def test_they_work(secretary):
    for address in _pages(a_released_meeting()):
        assert secretary.get(address).status_code == 200, address


def test_a_reader_may_not(client):
    meeting = a_released_meeting()
    client.force_login(a_member())
    for address in _pages(meeting):
        assert client.get(address).status_code == 403, address
        assert client.post(address, {"part": "dagsorden"}).status_code in (403, 405), address
    assert not Publication.objects.exists()


def test_a_stranger_is_sent_to_login(client):
    for address in [*_pages(a_released_meeting()), "/min-kalender/"]:
        assert client.get(address).headers["Location"].startswith("/konto/log-ind/"), address


def test_the_agenda_is_published_with_one_button(secretary):
    meeting = a_released_meeting()
    answer = secretary.post(f"{DESK}moede/{meeting.uid}/", {"part": "dagsorden"}, follow=True)

    assert "Dagsorden er offentlig nu." in _text(answer)
    assert public.part_of_meeting(meeting.uid, "dagsorden")


def test_it_can_wait_and_end(secretary):
    meeting = a_released_meeting()
    day = timezone.localtime(clock.now()).date()
    secretary.post(
        f"{DESK}moede/{meeting.uid}/",
        {
            "part": "dagsorden",
            "dagsorden-from_day": day + timedelta(days=2),
            "dagsorden-from_hour": "08:30",
            "dagsorden-to_day": day + timedelta(days=30),
        },
    )

    row = Publication.objects.get()
    assert f"{timezone.localtime(row.visible_from):%H:%M}" == "08:30"
    assert timezone.localtime(row.visible_to).date() == day + timedelta(days=30)
    assert public.part_of_meeting(meeting.uid, "dagsorden") is None


def test_the_reason_is_shown_on_the_page(secretary):
    meeting = a_meeting()
    an_item(meeting, "Sagen", blocks={"sagsfremstilling": f"<p>Borger {CPR}</p>"})
    release(meeting)
    page = secretary.post(f"{DESK}moede/{meeting.uid}/", {"part": "dagsorden"})

    assert "punktet “Sagen”" in _text(page)
    assert "ligner et CPR-nummer" in _text(page)
    assert "9996" not in _text(page)
    assert not Publication.objects.exists()


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"from_hour": "09:00"}, "Skriv også datoen"),
        ({"from_day": "2020-01-01"}, "er gået"),
        ({"to_day": "2020-01-01"}, "Udløbet skal ligge efter"),
        ({"from_day": "2026-10-25", "from_hour": "02:30"}, "kommer to gange"),
        ({"from_day": "2026-03-29", "from_hour": "02:30"}, "findes ikke"),
        ({"from_day": "i morgen"}, "gyldig dato"),
    ],
)
def test_times_that_cannot_be_used_are_told(secretary, values, why):
    meeting = a_released_meeting()
    posted = {f"dagsorden-{name}": value for name, value in values.items()}
    page = secretary.post(f"{DESK}moede/{meeting.uid}/", {"part": "dagsorden", **posted})

    assert why in _text(page)
    assert not Publication.objects.exists()


def test_the_desk_tells_when_what_is_written_is_not_what_is_public(secretary):
    meeting = a_released_meeting("Før")
    publish(meeting)
    address = f"{DESK}moede/{meeting.uid}/"
    assert "ikke det, der er offentligt" not in _text(secretary.get(address))

    meeting.items.update(title="Efter")
    assert "ikke det, der er offentligt" in _text(secretary.get(address))


def test_the_preview_shows_what_would_be_public_and_what_was_found(secretary):
    meeting = a_meeting()
    an_item(meeting, "Sagen", blocks={"sagsfremstilling": f"<p>Borger {CPR}</p>"})
    release(meeting)
    page = secretary.get(f"{DESK}moede/{meeting.uid}/dagsorden/vis/")

    assert "1 sted skal ses på" in _text(page)
    assert "1. Sagen" in _text(page)


def test_withdrawing_needs_a_reason_and_then_answers_with_the_day(secretary, client):
    meeting = a_released_meeting()
    publish(meeting)
    address = f"{DESK}moede/{meeting.uid}/dagsorden/traek-tilbage/"
    secretary.post(address, {"because": ""})
    assert public.part_of_meeting(meeting.uid, "dagsorden")

    secretary.post(address, {"because": "Forkert bilag"})

    page = client.get(f"/offentligt/moede/{meeting.uid}/dagsorden/")
    assert page.status_code == 410
    assert "Forkert bilag" not in _text(page)
    assert "15. september 2024" in _text(page)


def test_what_of_a_body_is_shown_is_chosen(secretary, client):
    a_meeting()
    address = f"/offentligt/{BODY}"
    assert client.get(address).status_code == 404

    secretary.post(f"{DESK}{BODY}", {"members": "on", "dates": "on"})
    assert "Borgmester 730" in _text(client.get(address))
    assert "22. oktober 2024" in _text(client.get(address))

    secretary.post(f"{DESK}{BODY}", {})
    assert PublicBody.objects.get().dates is False
    assert client.get(address).status_code == 404


def test_old_meetings_are_looked_through_and_brought_in(secretary):
    meeting = a_meeting()
    file = SimpleUploadedFile("svar.json", json.dumps(ANSWER).encode())
    page = secretary.post(f"{DESK}indlaes/", {"body": meeting.body_id, "files": file})
    assert "2 punkter, 1 lukket" in _text(page)
    assert Meeting.objects.count() == 1
    packed = re.search(r'name="confirmed" value="([^"]+)"', page.content.decode())[1]

    secretary.post(f"{DESK}indlaes/", {"confirmed": packed})

    assert Meeting.objects.filter(source="firstagenda").count() == 1


def test_files_with_faults_are_told_and_nothing_is_saved(secretary):
    page = secretary.post(f"{DESK}indlaes/", {"files": SimpleUploadedFile("svar.json", b"<html>")})

    assert "Filen er ikke JSON." in _text(page)
    assert not Meeting.objects.exists()


def test_what_was_looked_through_cannot_be_exchanged_for_something_else(secretary):
    secretary.post(f"{DESK}indlaes/", {"confirmed": "eyJ:made-up"})

    assert not Meeting.objects.exists()


def test_the_demo_publishes_what_is_ready_and_nothing_twice():
    meeting = a_released_meeting()
    for _time in range(2):
        call_command("demo_publishing")

    assert Publication.objects.get().meeting == meeting
    assert public.bodies() == [meeting.body]


# ---- the public ----


def test_a_public_page_is_the_same_for_everybody_and_kept_by_its_digest(client):
    meeting = a_released_meeting()
    publish(meeting)
    address = f"/offentligt/moede/{meeting.uid}/dagsorden/"
    before = client.get(address)
    client.force_login(a_secretary())
    after = client.get(address)

    assert after.content == before.content
    assert before.headers["Cache-Control"] == "public, no-cache"
    tag = before.headers["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304


def test_english_has_an_address_of_its_own(client):
    publish(a_released_meeting())
    page = client.get("/offentligt/?sprog=en")

    assert page.headers["Content-Language"] == "en"
    assert "Agendas and minutes" in _text(page)


def test_nothing_can_be_changed_from_the_public_pages(client):
    for address in ("/offentligt/", "/api/agenda/udvalgsliste", "/api/oparl/v1.1/"):
        assert client.post(address).status_code == 405, address


def test_a_file_that_could_run_is_only_ever_saved(client, tmp_path, settings):
    from klynge.web.publishing.tests.test_publishing import an_annex

    settings.MEDIA_ROOT = tmp_path
    meeting = a_meeting()
    annex = an_annex(
        an_item(meeting), b"<script>1</script>", file_name="x.html", content_type="text/html"
    )
    publish(release(meeting))
    answer = client.get(f"/offentligt/bilag/{annex.uid}/")
    answer.close()

    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_robots_are_sent_to_the_public_pages_alone(client):
    publish(a_released_meeting())

    assert "Disallow: /\n" in client.get("/robots.txt").content.decode()
    sitemap = client.get("/sitemap.xml").content.decode()
    places = re.findall("<loc>(.*?)</loc>", sitemap)
    assert len(places) == 5
    assert all("/offentligt/" in each or each.endswith(PORTAL) for each in places)


PORTAL = "/aftaler/hoeringsportal/"


def test_published_hearings_are_found_by_robots_and_from_the_front_page(client):
    hidden = a_hearing()
    shown = a_hearing(hidden.process, title="Høring om planen", deadline=date(2099, 1, 1))
    hearing_rules.publish(by=None, hearing=shown)
    sitemap = client.get("/sitemap.xml").content.decode()
    front = client.get("/offentligt/").content.decode()

    assert f"Allow: {PORTAL}\n" in client.get("/robots.txt").content.decode()
    for text in (sitemap, front):
        assert f"{PORTAL}{shown.uid}/" in text
        assert str(hidden.uid) not in text
    assert "<lastmod>" in sitemap.split(str(shown.uid))[1][:60]
    assert "Høring om planen" in front
    hearing_rules.withdraw(by=None, hearing=shown)
    assert str(shown.uid) not in client.get("/sitemap.xml").content.decode()
    assert "Ingen høringer er åbne for svar." in client.get("/offentligt/").content.decode()


def test_the_feed_tells_what_was_published(client):
    meeting = a_released_meeting("Akutte genindlæggelser")
    publish(meeting)
    feed = client.get("/offentligt/nyt.atom").content.decode()

    assert "Akutte genindlæggelser" in feed
    assert f"/offentligt/moede/{meeting.uid}/dagsorden/" in feed


def test_a_reader_sees_on_a_meetings_page_only_what_is_public(rf):
    from klynge.web.publishing import elsewhere

    meeting, reader = a_released_meeting(), a_member()
    assert elsewhere.on_meeting(meeting, reader) is None
    publish(meeting)
    assert elsewhere.on_meeting(meeting, reader).context["may_publish"] is False
    with pytest.raises(rules.NotAllowed):
        rules.show_body(by=reader, body=meeting.body, members=True, dates=True)
