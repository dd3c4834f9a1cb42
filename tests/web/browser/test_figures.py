"""Working with figures in a browser: themes, comparing, and bringing figures in."""

from __future__ import annotations

from pathlib import Path

import pytest

from klynge.web.figures import rules
from tests.datapack.builders import a_pack
from tests.web.browser.conftest import WIDE

RANDERS = "/klynge/rm-randers/tal/"
THEMES = ("populationsoverblik", "saarbare-aeldre", "kronikere", "psykiatri")
HEAD = "indicator;place_kind;place;period;value;source\n"


@pytest.fixture
def figures(tmp_path, db) -> None:
    """An invented pack, and published figures for the kommuner of Randersklyngen."""
    rules.import_pack(a_pack(tmp_path / "pack"), by=None)
    rows = "".join(f"x;kommune;{code};2025;10;Kilde\n" for code in ("706", "707", "710", "730"))
    rules.import_published("tal.csv", (HEAD + rows).encode(), by=None)


def test_every_theme_is_accessible_and_fits(reader, figures):
    themes = (f"{RANDERS}{theme}/" for theme in THEMES)

    assert reader().faults_of([RANDERS, *themes]) == []


def test_what_unfolds_is_accessible_and_fits(reader, figures):
    watched = reader()
    page = watched.goto(f"{RANDERS}saarbare-aeldre/")
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")

    assert watched.faults() == []


def test_comparing_the_kommuner_is_accessible_and_fits(reader, figures):
    watched = reader()
    watched.goto("/tal/sammenlign/dagophold/?type=kommune&sted=klynge:rm-randers")

    assert watched.faults() == []


def test_every_chart_is_drawn(reader, figures):
    watched = reader(viewport=WIDE)
    for address in (f"{RANDERS}saarbare-aeldre/", f"{RANDERS}indikator/dagophold/"):
        page = watched.goto(address)
        images = page.locator("main img")

        assert images.count() > 0
        for number in range(images.count()):
            images.nth(number).scroll_into_view_if_needed()
            page.wait_for_function(f"document.querySelectorAll('main img')[{number}].complete")
            assert images.nth(number).evaluate("image => image.naturalWidth") > 100
    assert watched.complaints == []


def test_the_table_of_a_chart_is_opened_from_the_keyboard(reader, figures):
    page = reader(viewport=WIDE).goto(f"{RANDERS}saarbare-aeldre/")
    page.locator("article summary").first.focus()
    page.keyboard.press("Enter")

    assert page.locator("article table").first.is_visible()


def test_another_kind_of_place_is_chosen_from_the_keyboard(reader, figures):
    page = reader(viewport=WIDE).goto("/tal/sammenlign/dagophold/?sted=klynge:rm-randers")
    page.locator("#c-type").focus()
    page.keyboard.type("Kommuner")
    page.locator(".f-choices button").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**type=kommune**")

    assert page.locator("tr.k-now").count() == 4


def test_a_file_with_faults_is_refused_on_an_accessible_page(reader, figures, tmp_path):
    watched = reader()
    page = _offer(watched, tmp_path, "x;kommune;Rander;2025;mange;Kilde\n")
    page.wait_for_selector("[role=alert]")

    assert "Mente du 730 (Randers)" in page.inner_text("main")
    assert watched.faults() == []


def test_a_file_is_looked_at_and_brought_in(reader, figures, tmp_path):
    watched = reader()
    page = _offer(watched, tmp_path, "y;kommune;730;2025;12,5;En anden kilde\n")
    page.wait_for_selector("h1:has-text('Se importen igennem')")
    assert watched.faults() == []

    page.click("main form button[type=submit]")
    page.wait_for_selector("h1:has-text('En anden kilde')")
    assert watched.faults() == []


def _offer(watched, folder: Path, rows: str):
    file = folder / "egne tal.csv"
    file.write_text(HEAD + rows, encoding="utf-8")
    page = watched.goto("/publicerede-tal/")
    page.set_input_files("[name=file]", file)
    page.click(".f-form button[type=submit]")
    return page
