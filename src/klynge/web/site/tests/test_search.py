"""Searching for a place, with and without script."""

from __future__ import annotations

import pytest

from klynge.web.accounts.tests.builders import a_secretary

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client):
    client.force_login(a_secretary())
    return client


def test_it_works_without_script(reader):
    page = reader.get("/soeg/?q=randers").content.decode()

    assert "<h1>Søg</h1>" in page
    assert 'href="/klynge/rm-randers/"' in page


def test_with_script_only_the_list_comes(reader):
    page = reader.get("/soeg/?q=randers", headers={"hx-request": "true"}).content.decode()

    assert "<h1>" not in page
    assert 'href="/klynge/rm-randers/"' in page


def test_caches_keep_the_two_answers_apart(reader):
    assert "HX-Request" in reader.get("/soeg/?q=randers").headers["Vary"]


def test_a_stranger_is_sent_to_login(client):
    assert client.get("/soeg/?q=x").headers["Location"].startswith("/konto/log-ind/")


def test_the_reason_is_shown_when_nothing_fits(reader):
    assert "Intet sted passer på “xyzzy”" in reader.get("/soeg/?q=xyzzy").content.decode()


def test_what_was_written_cannot_become_markup(reader):
    assert "<script>alert" not in reader.get("/soeg/?q=<script>alert(1)").content.decode()


def test_an_empty_search_finds_nothing(reader):
    assert reader.get("/soeg/?q=%20").context["results"] == ()
