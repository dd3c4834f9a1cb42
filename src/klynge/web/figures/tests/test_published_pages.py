"""The pages of published figures: the list, the look before, and a source."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from klynge.web.accounts.tests.builders import a_member, a_secretary, an_analyst
from klynge.web.figures.models import Draft, PublishedFigure, PublishedSource
from klynge.web.figures.tests.builders import csv_file, plain, published, read

pytestmark = pytest.mark.django_db
LIST = "/publicerede-tal/"
AARHUS, SAMSO = "x;kommune;751;2025;10;Kilde", "x;kommune;741;2025;40;Kilde"


def offer(client, *rows: str, name: str = "tal.csv", **fields: str):
    file = SimpleUploadedFile(name, csv_file(*rows))
    asked = {"file": file, "terms": "unverified", "compute": "on", **fields}
    return client.post(LIST, asked, follow=True)


def test_the_list_works(client):
    published(AARHUS)
    client.force_login(a_secretary())

    page = read(client, LIST)

    assert "Kilde" in page
    assert "Vilkår for genbrug er ikke bekræftet" in page


def test_the_page_of_a_source_works(client):
    (source,) = published(AARHUS, SAMSO)
    client.force_login(a_member())

    page = read(client, f"/publicerede-tal/{source.pk}/")

    assert "Aarhusklyngen 10,3 * egen beregning" in page
    assert "befolkningsvægtet gennemsnit" in page


def test_the_page_of_a_source_shows_the_kommuner_as_published(client):
    (source,) = published(AARHUS, SAMSO)
    client.force_login(a_member())

    page = read(client, f"/publicerede-tal/{source.pk}/", type="kommune")

    assert "Samsø 40,0" in page
    assert "egen beregning" not in page


@pytest.mark.parametrize("address", [LIST, "/publicerede-tal/1/", "/publicerede-tal/udkast/1/"])
def test_a_stranger_is_sent_to_login(client, address):
    assert client.get(address).headers["Location"] == f"/konto/log-ind/?next={address}"


def test_a_reader_may_see_but_not_bring_in(client):
    client.force_login(a_member())

    assert "Indlæs publicerede tal" not in read(client, LIST)
    response = offer(client, AARHUS)
    assert response.status_code == 403
    assert "Kun sekretariatet og analytikere" in response.content.decode()
    assert client.get("/publicerede-tal/udkast/1/").status_code == 403
    assert not Draft.objects.exists()


@pytest.mark.parametrize("user", [a_secretary, an_analyst])
def test_a_file_is_looked_at_before_anything_is_saved(client, user):
    client.force_login(user())

    page = offer(client, AARHUS, SAMSO)

    text = plain(page.content.decode())
    assert page.redirect_chain[-1][0].startswith("/publicerede-tal/udkast/")
    assert "2 tal fra filen og 2, som Klynge beregner. Intet er gemt endnu." in text
    assert "Aarhusklyngen 10,3 *" in text
    assert not PublishedSource.objects.exists()


def test_what_was_looked_at_is_brought_in(client):
    client.force_login(a_secretary())
    page = offer(client, AARHUS, SAMSO, publisher="Udgiveren", retrieved="2026-03-01")

    done = client.post(page.request["PATH_INFO"], follow=True)

    assert "Kilden er indlæst: Kilde." in done.content.decode()
    source = PublishedSource.objects.get()
    assert (source.publisher, source.retrieved.isoformat()) == ("Udgiveren", "2026-03-01")
    assert PublishedFigure.objects.count() == 4
    assert not Draft.objects.exists()


def test_it_says_what_will_be_replaced(client):
    published(AARHUS)
    client.force_login(a_secretary())

    page = plain(offer(client, AARHUS.replace(";10;", ";11;")).content.decode())

    assert "Tallene fra »Kilde«" in page
    assert "bliver erstattet" in page


def test_it_says_that_the_file_is_in_already(client):
    published(AARHUS)
    client.force_login(a_secretary())

    page = plain(offer(client, AARHUS).content.decode())

    assert "allerede indlæst" in page
    assert "Indlæs tallene" not in page


def test_the_reason_is_shown_on_the_page(client):
    client.force_login(a_secretary())

    page = offer(client, "x;kommune;Rander;2025;mange;Kilde")

    text = plain(page.content.decode())
    assert page.status_code == 422
    assert "Kommunen »Rander« findes ikke." in text
    assert "Mente du 730 (Randers)" in text
    assert "»mange« er ikke et tal" in text
    assert "Der er 2 fejl. Der er ikke gemt noget." in text
    assert not Draft.objects.exists()
    assert not PublishedSource.objects.exists()


def test_a_text_in_the_file_cannot_become_markup(client):
    client.force_login(a_secretary())

    page = offer(client, "x;kommune;<b>Randers;2025;1;<script>alert(1)</script>")

    assert "<script>alert" not in page.content.decode()
    assert "<b>Randers" not in page.content.decode()


def test_nobody_else_can_bring_in_my_draft(client):
    client.force_login(a_secretary())
    address = offer(client, AARHUS).request["PATH_INFO"]
    client.force_login(a_secretary())

    assert client.post(address).status_code == 404
    assert not PublishedSource.objects.exists()


def test_an_older_source_says_that_it_is_replaced(client):
    (old,) = published(AARHUS)
    published(AARHUS.replace(";10;", ";11;"))
    client.force_login(a_member())

    assert "Disse vises ikke mere" in read(client, f"/publicerede-tal/{old.pk}/")
