"""The handbook as a page of the workspace."""

from __future__ import annotations

from html import unescape

import pytest

from klynge.structure import handbook
from klynge.web.accounts.tests.builders import a_member

pytestmark = pytest.mark.django_db


def test_it_works_for_a_reader_and_says_the_whole_handbook(client):
    client.force_login(a_member())

    page = unescape(client.get("/haandbog/").content.decode())

    for section in handbook.sections():
        assert section.title in page
        for group in section.groups:
            for rule in group.rules:
                assert rule.text in page
                assert rule.paragraph in page


def test_it_speaks_english(client):
    client.force_login(a_member())
    client.cookies["django_language"] = "en"

    page = unescape(client.get("/haandbog/").content.decode())

    assert handbook.sections()[0].title.en in page


def test_a_stranger_is_sent_to_login(client):
    assert client.get("/haandbog/").headers["Location"].startswith("/konto/log-ind/")


def test_the_pages_of_bodies_lead_to_it(client):
    client.force_login(a_member())

    for address in ("/organer/", "/organ/klynge-politisk/rm-randers/"):
        assert 'href="/haandbog/"' in client.get(address).content.decode()
