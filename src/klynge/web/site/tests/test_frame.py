"""The frame of every page: policy, language, closed doors, and pages for what went wrong."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import get_resolver

from klynge.web.accounts.tests.builders import a_secretary

pytestmark = pytest.mark.django_db
PAGES = ("/", "/klynger/", "/kommuner/", "/klynge/rh-syd/", "/kommune/101/", "/konto/", "/soeg/")
PUBLISHED = (
    "home", "body", "body_calendar", "popolo", "meeting", "part", "part_pdf", "figure", "annex",
    "decisions", "search", "atom", "sitemap", "robots", "personal_calendar",
    "agenda_committees", "agenda_meeting", "agenda_search", "agenda_annex", "agenda_pdf",
    "agenda_link", "oparl_system", "oparl_bodies", "oparl_meetings_of", "oparl_list",
    "oparl_thing",
)  # fmt: skip
"""What the publishing room shows to everybody: only what was published (tests/web/leaks)."""
OPEN = {
    "accounts:login",
    "site:accessibility",
    "site:language",
    "agreements:portal",
    "agreements:public_hearing",
    *(f"publishing:{name}" for name in PUBLISHED),
}


@pytest.fixture
def reader(client):
    client.force_login(a_secretary())
    return client


def test_the_policy_allows_our_own_files_alone(reader):
    policy = reader.get("/").headers["Content-Security-Policy"]

    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("address", PAGES)
def test_no_page_has_script_or_style_in_it(reader, address):
    page = reader.get(address).content.decode()

    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=\"", page)


def test_the_page_may_not_be_put_in_a_frame(reader):
    assert reader.get("/").headers["X-Frame-Options"] == "DENY"


def test_every_page_needs_login_but_the_few_that_are_open():
    closed = [name for name in _names() if name not in OPEN]
    client = Client()

    for name, address in _addresses(closed).items():
        location = client.get(address).headers.get("Location", "")
        assert location.startswith("/konto/log-ind/"), name


def _names() -> list[str]:
    resolver = get_resolver()
    return [
        f"{space}:{name}"
        for space, (_prefix, inner) in resolver.namespace_dict.items()
        for name in inner.reverse_dict
        if isinstance(name, str)
    ]


def _addresses(names: list[str]) -> dict[str, str]:
    """An address for each name that needs no argument, and for the places."""
    from django.urls import NoReverseMatch, reverse

    found = {"place": reverse("bodies:place", kwargs={"kind": "klynge", "place": "rh-syd"})}
    for name in names:
        try:
            found[name] = reverse(name)
        except NoReverseMatch:
            continue
    return found


def test_the_accessibility_statement_is_open_to_all(client):
    assert client.get("/tilgaengelighed/").status_code == 200


def test_the_accessibility_statement_names_the_operators_address(client, settings):
    settings.KLYNGE_CONTACT = "tilgaengelig@example.org"

    assert "tilgaengelig@example.org" in client.get("/tilgaengelighed/").content.decode()


def test_danish_comes_first_whatever_the_browser_would_rather(reader):
    page = reader.get("/", headers={"accept-language": "en-GB,en"}).content.decode()

    assert '<html lang="da">' in page


def test_the_language_can_be_changed_without_login(client):
    client.post("/sprog/", {"language": "en", "next": "/konto/log-ind/"})

    page = client.get("/konto/log-ind/").content.decode()
    assert '<html lang="en">' in page
    assert "<h1>Log in</h1>" in page


def test_dates_are_written_in_the_language_of_the_page(reader):
    reader.post("/sprog/", {"language": "en", "next": "/"})

    assert "on 15 September 2024" in reader.get("/").content.decode()


def test_an_unknown_address_gets_a_page_that_says_so(reader):
    response = reader.get("/findes-ikke/")

    assert response.status_code == 404
    assert "Siden findes ikke" in response.content.decode()


def test_what_cannot_be_read_gets_a_page_that_says_so(client, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 10

    response = client.post("/konto/log-ind/", {f"felt{n}": "x" for n in range(11)})

    assert response.status_code == 400
    assert "Det sendte kunne ikke læses" in response.content.decode()


def test_an_address_of_another_site_gets_that_page_too(client):
    response = client.get("/", headers={"host": "en.anden.example"})

    assert response.status_code == 400
    assert "Det sendte kunne ikke læses" in response.content.decode()


def test_an_expired_form_is_told_why():
    client = Client(enforce_csrf_checks=True)

    response = client.post("/konto/log-ind/", {"username": "x", "password": "y"})

    assert response.status_code == 403
    assert "Formularen var for gammel" in response.content.decode()


def test_the_reason_is_shown_when_something_is_not_allowed(rf):
    from klynge.web.site.views import not_allowed

    request = rf.get("/")
    request.user = a_secretary()

    response = not_allowed(request, PermissionError("Kun sekretariatet kan det."))

    assert response.status_code == 403
    assert "Kun sekretariatet kan det." in response.content.decode()


@pytest.mark.parametrize("address", PAGES)
def test_every_page_has_one_heading_and_a_title(reader, address):
    page = reader.get(address).content.decode()

    assert page.count("<h1") == 1
    assert re.search(r"<title>\S.* – Klynge</title>", page)


def test_the_navigation_marks_where_one_is(reader):
    page = reader.get("/klynger/").content.decode()

    assert 'href="/klynger/" aria-current="page"' in page


def test_the_navigation_calls_the_places_what_they_are_called_on_the_date(reader):
    page = reader.get("/?dato=2027-01-01").content.decode()

    assert 'href="/klynger/">Sundhedsråd</a>' in page
