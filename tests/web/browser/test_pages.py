"""Every main page, wide and narrow: accessible, within the screen, and without complaints."""

from __future__ import annotations

from tests.web.browser.conftest import NARROW, WIDE

PAGES = (
    "/",
    "/?dato=2027-01-01",
    "/?dato=2020-01-01",
    "/klynger/",
    "/kommuner/",
    "/klynge/rh-syd/",
    "/klynge/rm-randers/?dato=2027-01-01",
    "/sundhedsraad/limfjorden/",
    "/kommune/101/",
    "/region/1084/",
    "/soeg/?q=randers",
    "/konto/",
    "/tilgaengelighed/",
)


def test_every_page_is_accessible_and_fits_and_does_not_complain(reader):
    assert reader().faults_of(PAGES) == []


def test_the_login_page_is_accessible(stranger):
    assert stranger().faults_of(["/konto/log-ind/"]) == []


def test_the_login_page_is_accessible_when_it_says_what_was_wrong(stranger):
    watched = stranger(viewport=WIDE)
    page = watched.goto("/konto/log-ind/")
    page.fill("[name=username]", "ingen")
    page.fill("[name=password]", "forkert")
    page.click("main button[type=submit]")
    page.wait_for_selector("[role=alert]")

    assert watched.violations() == []


def test_what_unfolds_is_accessible_too(reader):
    watched = reader(viewport=NARROW)
    for address in ("/", "/klynge/rh-syd/"):
        page = watched.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
        page.click(".k-menubutton")

        assert watched.violations() == [], address


def test_a_page_that_is_not_there_is_accessible(reader):
    watched = reader(viewport=WIDE)
    watched.goto("/klynge/rm-rander/", status=404)

    assert watched.violations() == []


def test_every_kommune_can_be_hit_on_a_telephone(reader):
    page = reader(viewport=NARROW).goto("/")

    sizes = page.evaluate(
        "[...document.querySelectorAll('.k-tile rect')].map(tile => {"
        " const box = tile.getBoundingClientRect(); return Math.min(box.width, box.height); })"
    )
    assert len(sizes) == 98
    assert min(sizes) >= 24


def test_the_english_pages_are_accessible(reader):
    watched = reader(viewport=WIDE)
    page = watched.goto("/klynge/rh-syd/")
    page.click("button[name=language]")
    page.wait_for_selector("html[lang=en]")

    assert watched.violations() == []


def test_a_printed_page_is_without_what_cannot_be_used_on_paper(reader):
    page = reader(viewport=WIDE).goto("/klynge/rm-randers/")
    page.emulate_media(media="print")

    assert not page.is_visible("#k-nav")
    assert not page.is_visible("#k-dato")
    assert page.is_visible("h1")


def test_everything_works_without_script(reader):
    page = reader(viewport=NARROW, java_script_enabled=False).goto("/")
    page.fill("#k-q", "randers")
    page.click("text=Søg >> nth=0")
    page.click(".k-found a")

    assert page.inner_text("h1") == "Randersklyngen"
    assert page.is_visible("#k-nav")
