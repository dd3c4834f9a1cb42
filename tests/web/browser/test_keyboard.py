"""The keyboard alone reaches everything, and one sees where one is."""

from __future__ import annotations

import pytest

from tests.web.browser.conftest import NARROW, WIDE
from tests.web.browser.tabbing import tabbed_through


@pytest.mark.parametrize(
    ("address", "size"),
    [
        ("/", WIDE),
        ("/klynger/", WIDE),
        ("/klynge/rh-midt/", WIDE),
        ("/klynge/rh-midt/", NARROW),
        ("/kommune/101/", WIDE),
        ("/konto/", NARROW),
    ],
    ids=str,
)
def test_tab_reaches_everything_that_can_be_used(reader, address, size):
    page = reader(viewport=size).goto(address)
    never, unseen = tabbed_through(page)

    assert never == set()
    assert unseen == []


def test_a_whole_journey_by_keyboard(stranger, live_server):
    from klynge.web.accounts.tests.builders import PASSWORD, a_secretary

    user = a_secretary()
    page = stranger(viewport=WIDE).goto("/")
    page.focus("[name=username]")
    page.keyboard.type(user.username)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('Danmark')")

    page.focus("#k-q")
    page.keyboard.type("limfj")
    page.wait_for_selector(".k-found a:has-text('Limfjorden')")
    page.focus(".k-found a:has-text('Sundhedsråd Limfjorden')")
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('Forberedende Sundhedsråd Limfjorden')")

    page.fill("#k-dato", "2027-01-01")
    page.keyboard.press("Tab")
    page.focus(".k-dates button")
    page.keyboard.press("Enter")
    page.wait_for_selector(".k-banner-date:has-text('1. januar 2027')")

    assert page.inner_text("h1").strip() == "Sundhedsråd Limfjorden"
    assert not page.is_visible("text=findes ikke den")


def test_the_first_stop_leads_past_the_header(reader):
    page = reader(viewport=WIDE).goto("/klynger/")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main-content"


def test_the_map_can_be_skipped(reader):
    page = reader(viewport=WIDE).goto("/")

    page.focus(".k-skip")
    assert page.is_visible(".k-skip")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "liste"


def test_the_menu_opens_and_closes_by_keyboard(reader):
    page = reader(viewport=NARROW).goto("/")
    assert not page.is_visible("#k-nav")

    page.focus(".k-menubutton")
    page.keyboard.press("Enter")
    assert page.is_visible("#k-nav")
    assert page.get_attribute(".k-menubutton", "aria-expanded") == "true"

    page.keyboard.press("Escape")
    assert not page.is_visible("#k-nav")
    assert page.evaluate("document.activeElement.className").endswith("k-menubutton")


def test_pointing_at_a_tile_names_it_and_shows_it_on_the_map(reader):
    page = reader(viewport=WIDE).goto("/")

    page.focus(".k-tile[data-kommune='730']")

    assert page.inner_text("#k-pointed") == "Randers, Randersklyngen"
    assert page.locator(".k-outlines path[data-kommune='730'].k-pointed").count() == 1
    assert page.locator(".k-tile.k-same").count() == 4


def test_a_municipality_on_the_outline_map_can_be_clicked(reader):
    page = reader(viewport=WIDE).goto("/")

    page.click(".k-outlines path[data-kommune='657']")
    page.wait_for_selector("h1:has-text('Herning')")
