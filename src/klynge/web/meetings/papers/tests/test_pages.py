"""The pages where papers are chosen, and those of the templates."""

from __future__ import annotations

from html import unescape
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from klynge.web.accounts.tests.builders import a_member
from klynge.web.audit.models import Event
from klynge.web.documents import word
from klynge.web.documents.tests.reading import Read
from klynge.web.meetings.models import Annex, Meeting
from klynge.web.meetings.papers import rules, template_uses
from klynge.web.meetings.papers.models import PaperTemplate
from klynge.web.meetings.papers.rules import NotAllowed
from klynge.web.meetings.papers.tests.builders import all_words_of, an_annex, with_secrets
from klynge.web.meetings.tests.builders import MARKER, a_meeting, an_item, release

pytestmark = pytest.mark.django_db
TEMPLATES = [
    "/papirer/skabeloner/",
    "/papirer/skabeloner/moede/",
    "/papirer/skabeloner/sag-herning/",
    "/papirer/skabeloner/moede/hent/",
]


@pytest.fixture
def meeting():
    made = a_meeting()
    an_annex(an_item(made, "Akutte genindlæggelser"))
    return release(with_secrets(made))


@pytest.fixture
def reader(client):
    client.force_login(a_member())
    return client


def pages(meeting):
    item = meeting.items.get(title="Akutte genindlæggelser")
    return [
        f"/papirer/moede/{meeting.uid}/",
        f"/papirer/moede/{meeting.uid}/fil/",
        f"/papirer/moede/{meeting.uid}/fil/?form=docx&dele=dagsorden",
        f"/papirer/moede/{meeting.uid}/fil/?bilag=pages&offentlig=on",
        f"/papirer/moede/{meeting.uid}/journal.zip",
        f"/papirer/moede/{meeting.uid}/journal.zip?offentlig=1",
        f"/papirer/punkt/{item.uid}/",
        f"/papirer/punkt/{item.uid}/fil/?myndighed=herning&form=pdf",
    ]


def text(response):
    return unescape(response.content.decode())


def test_it_works(secretary, meeting):
    for address in [*pages(meeting), *TEMPLATES]:
        assert secretary.get(address).status_code == 200, address


def test_a_reader_may_not(reader, meeting):
    closed = meeting.items.get(closed=True)
    for address in TEMPLATES:
        assert reader.get(address).status_code == 403, address
    assert reader.post("/papirer/skabeloner/moede/tilbage/").status_code == 403
    for address in (f"/papirer/punkt/{closed.uid}/", f"/papirer/punkt/{closed.uid}/fil/"):
        assert reader.get(address).status_code == 404, address


def test_a_reader_gets_only_what_is_open(reader, meeting):
    for address in pages(meeting):
        response = reader.get(address)
        assert response.status_code == 200, address
        assert MARKER not in all_words_of(response.content), address
        assert MARKER not in repr(response.headers), address


def test_a_stranger_is_sent_to_login(client, meeting):
    for address in [*pages(meeting), *TEMPLATES]:
        assert client.get(address).headers["Location"].startswith("/konto/log-ind/"), address


def test_the_reason_is_shown_on_the_page(secretary, meeting):
    item = meeting.items.get(title="Akutte genindlæggelser")
    response = secretary.get(f"/papirer/punkt/{item.uid}/fil/?myndighed=herning&sagsnummer=15/604")

    assert response.status_code == 422
    assert "Herning Kommune skriver sagsnumre som KLE: 29.30.08-P27-1-21." in text(response)


def test_an_annex_that_cannot_be_pages_is_named_on_the_page(secretary, meeting):
    annex = Annex.objects.get(name="Notat")
    annex.file.storage.delete(annex.file.name)
    annex.file.storage.save(annex.file.name, SimpleUploadedFile("x", b"%PDF-1.7 i stykker"))
    response = secretary.get(f"/papirer/moede/{meeting.uid}/fil/?bilag=pages&dele=bilag")

    assert response.status_code == 422
    assert "Bilag 1.1 Notat kan ikke sættes ind som sider" in text(response)


def test_an_annex_whose_file_is_gone_is_named_and_no_file_is_made_without_it(secretary, meeting):
    annex = Annex.objects.get(name="Notat")
    annex.file.storage.delete(annex.file.name)
    for address in pages(meeting)[4:5] + pages(meeting)[1:2] + pages(meeting)[7:8]:
        response = secretary.get(address)

        assert response.status_code == 422, address
        assert "Filen til bilaget “Notat” er ikke i lageret." in text(response)


@pytest.mark.parametrize(
    "query", ["form=exe", "bilag=alt", "dele=hemmeligheder", "dele=referat&form=pdf"]
)
def test_what_there_is_no_choice_of_is_refused(reader, meeting, query):
    assert reader.get(f"/papirer/moede/{meeting.uid}/fil/?{query}").status_code == 422


def test_no_cache_keeps_a_file_and_its_name_tells_nothing(secretary, meeting):
    response = secretary.get(f"/papirer/moede/{meeting.uid}/fil/")

    assert response.headers["Cache-Control"] == "private, no-store"
    assert "2024-10-22-dagsorden-" in response.headers["Content-Disposition"]
    assert "ETag" not in response.headers


def test_a_meeting_that_may_not_be_known_of_is_not_there(reader):
    proposed = a_meeting()
    Meeting.objects.filter(pk=proposed.pk).update(state=Meeting.State.PROPOSED)

    assert reader.get(f"/papirer/moede/{proposed.uid}/").status_code == 404
    assert reader.get(f"/papirer/moede/{uuid4()}/").status_code == 404


def test_the_public_version_is_the_same_for_everybody(secretary, meeting):
    made = secretary.get(f"/papirer/moede/{meeting.uid}/fil/?offentlig=on").content

    assert MARKER not in all_words_of(made)
    assert "offentlig udgave" in Read(made).text


# Templates


def edited(*lines):
    return word.make_template([word.Line(line) for line in lines], title="Vores")


def hand_in(client, content, use="moede", name="vores.docx"):
    file = SimpleUploadedFile(name, content)
    return client.post(f"/papirer/skabeloner/{use}/", {"file": file}, follow=True)


def test_an_edited_template_is_used_from_then_on(secretary, meeting):
    told = text(hand_in(secretary, edited("Vores egen: {{ titel }}", "{{ hoved }}")))
    made = secretary.get(f"/papirer/moede/{meeting.uid}/fil/?form=docx").content

    assert "Skabelonen er prøvet" in told
    assert "Vores egen: Dagsorden" in all_words_of(made)
    assert Event.objects.filter(what="paper template replaced").exists()


def test_a_template_that_does_not_work_is_refused_with_all_reasons_and_the_old_one_stays(secretary):
    hand_in(secretary, edited("{{ titel }}"))
    response = hand_in(secretary, edited("{{ tittel }}", "{{ helt_andet }}"))

    assert response.status_code == 422
    assert "Feltet tittel kendes ikke. Mente du titel?" in text(response)
    assert "Feltet helt_andet kendes ikke." in text(response)
    assert PaperTemplate.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"ikke Word", "Filen er ikke et Word-dokument"),
        (b"x" * 5_000_001, "Filen er for stor"),
        (edited("{% for a in punkter %}"), "ikke skrevet færdig"),
        (edited("Kun tekst"), "ingen felter"),
    ],
)
def test_the_reason_a_template_is_refused_is_shown(secretary, content, reason):
    response = hand_in(secretary, content)

    assert response.status_code == 422
    assert reason in text(response)
    assert not PaperTemplate.objects.exists()


def test_ours_can_be_used_again_and_the_edited_one_is_kept(secretary):
    hand_in(secretary, edited("{{ titel }}"))
    told = text(secretary.post("/papirer/skabeloner/moede/tilbage/", follow=True))

    assert "I bruger den medfølgende skabelon." in told
    assert PaperTemplate.objects.get().retired_at is not None
    assert "ingen egen skabelon" in text(
        secretary.post("/papirer/skabeloner/moede/tilbage/", follow=True)
    )


@pytest.mark.parametrize("use", template_uses.uses())
def test_every_template_we_ship_works_and_can_be_fetched_edited_and_handed_in(secretary, use):
    shipped = secretary.get(f"/papirer/skabeloner/{use}/hent/?vores=1").content

    assert "Skabelonen er prøvet" in text(hand_in(secretary, shipped, use))
    assert secretary.get(f"/papirer/skabeloner/{use}/hent/").content == shipped


def test_a_template_of_nothing_is_not_there(secretary):
    assert secretary.get("/papirer/skabeloner/findes-ikke/").status_code == 404
    with pytest.raises(NotAllowed):
        rules.replace_template(by=None, use="x", file_name="x.docx", content=b"")


def test_only_the_secretariat_may_replace_a_template():
    with pytest.raises(NotAllowed, match="Kun sekretariatet"):
        rules.replace_template(
            by=a_member(), use="moede", file_name="x.docx", content=edited("{{ titel }}")
        )
