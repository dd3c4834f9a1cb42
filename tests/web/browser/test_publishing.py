"""The public pages and the publishing desk in a browser: accessible, fitting, and by keyboard."""

from __future__ import annotations

import pytest

from klynge.web.accounts.tests.builders import a_secretary
from klynge.web.meetings.tests.builders import a_released_meeting
from klynge.web.publishing import rules
from klynge.web.publishing.tests.test_looking_again import a_meeting_that_says
from klynge.web.publishing.tests.test_publishing import CPR
from tests.web.browser.conftest import NARROW, WIDE
from tests.web.browser.tabbing import tabbed_through
from tests.web.exchange.whole import a_whole_meeting

DESK = "/offentliggoerelse/"
BODY = "organ/klynge-politisk/rm-randers/"


@pytest.fixture
def meeting(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    meeting = a_whole_meeting()
    rules.show_body(by=a_secretary(), body=meeting.body, members=True, dates=True)
    for part in ("dagsorden", "referat"):
        rules.publish(by=a_secretary(), meeting=meeting, part=part, looked_through=True)
    return meeting


def test_every_page_is_accessible_and_fits_and_does_not_complain(reader, meeting):
    watched = reader()
    addresses = (
        "/offentligt/",
        "/offentligt/?sprog=en",
        f"/offentligt/{BODY}",
        f"/offentligt/moede/{meeting.uid}/dagsorden/",
        f"/offentligt/moede/{meeting.uid}/referat/",
        "/offentligt/beslutninger/",
        "/offentligt/soeg/?q=genindl",
        DESK,
        f"{DESK}moede/{meeting.uid}/",
        f"{DESK}moede/{meeting.uid}/referat/vis/",
        f"{DESK}moede/{meeting.uid}/referat/traek-tilbage/",
        f"{DESK}moede/{meeting.uid}/indkald/",
        f"{DESK}{BODY}",
        f"{DESK}indlaes/",
        "/min-kalender/",
    )
    assert watched.faults_of(addresses) == []
    watched.goto("/offentligt/moede/00000000-0000-4000-8000-000000000000/", status=404)
    assert watched.faults() == []
    rules.withdraw(by=a_secretary(), meeting=meeting, part="dagsorden", because="Prøve")
    watched.goto(f"/offentligt/moede/{meeting.uid}/dagsorden/", status=410)
    assert watched.faults() == []


def test_a_find_that_is_none_is_passed_on_an_accessible_page(reader, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    meeting = a_meeting_that_says(f"Journalnummer {CPR}")
    watched = reader(viewport=WIDE)
    page = watched.goto(f"{DESK}moede/{meeting.uid}/dagsorden/vis/")
    assert watched.faults() == []
    page.click("main a[href*='/fund/']")
    page.wait_for_selector("h1:has-text('Det er ikke et CPR-nummer')")

    assert watched.faults() == []
    page.fill("[name=because]", "Et journalnummer i regionens system")
    page.click("main form button[type=submit]")
    page.wait_for_selector("text=Et journalnummer i regionens system")
    assert page.locator("main a[href*='/fund/']").count() == 0


def test_an_agenda_is_published_and_read_without_script(reader, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    meeting = a_released_meeting("Akutte genindlæggelser")
    page = reader(viewport=NARROW, java_script_enabled=False).goto(f"{DESK}moede/{meeting.uid}/")
    page.click("main form button[type=submit]")
    page.click("text=Se den offentlige side")

    assert page.is_visible("h2:has-text('1. Akutte genindlæggelser')")


@pytest.mark.parametrize("address", ["/offentligt/", "desk"])
def test_tab_reaches_everything_that_can_be_used(reader, meeting, address):
    address = address.replace("desk", f"{DESK}moede/{meeting.uid}/")
    page = reader(viewport=WIDE).goto(address)
    never, unseen = tabbed_through(page)

    assert never == set()
    assert unseen == []
