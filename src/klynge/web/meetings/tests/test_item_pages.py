"""The pages of an item: written, cleaned, held back, by two at once, moved; its annexes."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from klynge.web.meetings import rules
from klynge.web.meetings.models import Annex, Item
from klynge.web.meetings.tests.builders import (
    a_level,
    a_meeting,
    an_item,
)
from klynge.web.meetings.tests.pages import PDF, item_of, text, url

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_an_item_is_written_without_script(secretary):
    meeting = a_meeting()

    secretary.post(url("new_item", meeting.body_id) + f"?moede={meeting.pk}", item_of())

    item = Item.objects.get()
    assert [clause.text for clause in item.clauses.all()] == ["drøfte", "godkende"]
    assert item.blocks.get().html == "<p><strong>Kort</strong> sagt</p>"
    assert item.meeting == meeting


def test_an_item_with_script_in_its_html_is_cleaned(secretary):
    bad = '<p onclick="alert(1)">Fint</p><script>alert(1)</script>'

    secretary.post(url("new_item", a_level().pk), item_of(text_sagsresume__html=bad))

    assert Item.objects.get().blocks.get().html == "<p>Fint</p>"


def test_a_closed_item_with_a_telling_title_is_held_back(secretary):
    closed = item_of(
        title="Opsigelse af kontrakt med Eksempel A/S",
        closed="on",
        closed_because="Forretningsforhold",
        public_title="Opsigelse af kontrakt",
    )
    address = url("new_item", a_level().pk)

    response = secretary.post(address, closed)
    assert response.status_code == 422
    assert "er en del af den rigtige titel" in text(response)
    assert not Item.objects.exists()

    secretary.post(address, closed | {"telling_title_confirmed": "on"})
    assert Item.objects.get().public_title == "Opsigelse af kontrakt"


def test_a_closed_item_whose_public_title_is_the_same_is_refused_though_confirmed(secretary):
    closed = item_of(closed="on", closed_because="x", public_title="et punkt.",
                     telling_title_confirmed="on")  # fmt: skip

    response = secretary.post(url("new_item", a_level().pk), closed)

    assert "er den samme som den rigtige" in text(response)
    assert not Item.objects.exists()


def test_the_second_writer_loses_nothing(secretary):
    item = an_item(title="Først", blocks={"sagsresume": "<p>a</p>", "oekonomi": "<p>b</p>"})
    rules.change_item(
        by=None,
        item=item,
        title="Ny titel",
        blocks={"sagsresume": "<p>deres</p>", "oekonomi": "<p>b</p>"},
    )
    mine = item_of(title="Først", text_sagsresume="mit", text_oekonomi="b2", version=1,
                   clauses="drøfte tallene\ngodkende det videre arbejde")  # fmt: skip

    response = secretary.post(url("change_item", item.pk), mine)

    told = text(response)
    assert response.status_code == 409
    assert "deres" in told
    assert "mit" in told
    form = response.context["form"]
    assert form["title"].value() == "Ny titel"
    assert form["text_sagsresume"].value() == "<p>mit</p>"
    assert form["text_oekonomi"].value() == "<p>b2</p>"
    assert str(form["version"].value()) == "2"
    assert item.blocks.get(kind="sagsresume").html == "<p>deres</p>"


def test_what_only_one_of_two_changed_is_kept_from_both(secretary):
    item = an_item(title="Først", blocks={"sagsresume": "<p>a</p>"})
    rules.change_item(by=None, item=item, title="Ny titel")
    mine = item_of(title="Først", text_sagsresume="mit", version=1,
                   clauses="drøfte tallene\ngodkende det videre arbejde")  # fmt: skip

    secretary.post(url("change_item", item.pk), mine)

    item.refresh_from_db()
    assert item.title == "Ny titel"
    assert item.blocks.get().html == "<p>mit</p>"
    assert item.revisions.count() == 3


def test_items_are_moved_by_the_arrows(secretary):
    meeting = a_meeting()
    first, second = an_item(meeting, "A"), an_item(meeting, "B")

    secretary.post(url("move", meeting.pk), {"up": second.pk})

    assert list(meeting.items.all()) == [second, first]


def test_items_are_moved_by_dragging(secretary):
    meeting = a_meeting()
    rows = [an_item(meeting, title) for title in "ABC"]

    answer = secretary.post(
        url("reorder", meeting.pk), {"order": f"{rows[2].pk},{rows[0].pk},{rows[1].pk}"}
    )

    assert answer.json() == {"told": "Rækkefølgen er gemt."}
    assert [item.title for item in meeting.items.all()] == ["C", "A", "B"]


def test_an_annex_is_put_on_and_fetched(secretary):
    item = an_item()
    file = SimpleUploadedFile("rapport.pdf", PDF, "application/pdf")

    secretary.post(url("add_annex", item.pk), {"file": file, "name": "Rapporten"})

    response = secretary.get(url("annex", Annex.objects.get().uid))
    assert b"".join(response.streaming_content) == PDF
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_an_annex_that_is_gone_from_the_disk_is_not_there(secretary):
    file = SimpleUploadedFile("rapport.pdf", PDF, "application/pdf")
    secretary.post(url("add_annex", an_item().pk), {"file": file, "name": "Rapporten"})
    annex = Annex.objects.get()
    annex.file.storage.delete(annex.file.name)

    assert secretary.get(url("annex", annex.uid)).status_code == 404


def test_an_annex_that_is_too_large_is_refused_with_a_reason(secretary, monkeypatch):
    from klynge.web.bodies import uploads

    monkeypatch.setattr(uploads, "LARGEST", 100)
    file = SimpleUploadedFile("stor.pdf", PDF + b"x" * 1000, "application/pdf")

    response = secretary.post(url("add_annex", an_item().pk), {"file": file})

    assert response.status_code == 422
    assert "Filen stor.pdf fylder 1 MB. Et bilag fylder højst 100 MB." in text(response)
    assert not Annex.objects.exists()


def test_an_annex_that_is_not_what_its_name_says_is_refused_with_a_reason(secretary):
    file = SimpleUploadedFile("rapport.docx", PDF)

    response = secretary.post(url("add_annex", an_item().pk), {"file": file})

    assert response.status_code == 422
    assert "hedder .docx, men indholdet ser ud til at være .pdf" in text(response)
