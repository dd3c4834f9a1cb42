"""The pages of figures, wide and narrow, with an invented pack."""

from __future__ import annotations

import pytest
from django.urls import reverse

from klynge.web.figures import rules
from klynge.web.figures.models import Pack
from tests.datapack.builders import a_pack
from tests.datapack.test_flows import a_definition, rows
from tests.web.browser.conftest import WIDE

PLACE = {"kind": "klynge", "place": "rm-randers"}


@pytest.fixture
def pack(tmp_path, db) -> Pack:
    folder = a_pack(tmp_path / "pack", flows=rows(), flow_definition=a_definition())
    return rules.import_pack(folder, by=None).pack


def addresses(pack: Pack) -> list[str]:
    """One address of each kind of page in the figures room."""
    return [
        reverse("figures:home"),
        reverse("figures:place", kwargs=PLACE),
        reverse("figures:indicator", kwargs={**PLACE, "code": "dagophold"}),
        reverse("figures:compare", kwargs={"code": "dagophold"}),
        reverse("figures:definition", kwargs={"code": "dagophold"}),
        reverse("figures:flows", kwargs={"kind": "kommune", "place": "707"}),
        reverse("figures:packs"),
        reverse("figures:pack", kwargs={"pk": pack.pk}),
        reverse("figures:published"),
        reverse("bodies:place", kwargs=PLACE),
    ]


def test_every_page_is_accessible_and_fits_and_does_not_complain(reader, pack):
    assert reader().faults_of(addresses(pack)) == []


def test_the_themes_of_a_place_are_accessible(reader, tmp_path):
    rules.import_pack(a_pack(tmp_path / "pack"), by=None)
    watched = reader(viewport=WIDE)
    page = watched.goto(reverse("figures:place", kwargs=PLACE))
    themes = page.eval_on_selector_all(
        "main nav a[href*='/tal/']", "links => links.map(link => link.getAttribute('href'))"
    )
    assert themes
    for address in themes:
        watched.goto(address)
        assert watched.violations() == [], address


def test_a_page_of_figures_is_reached_from_denmark_by_keyboard(reader, pack):
    page = reader(viewport=WIDE).goto("/")
    page.focus("#k-q")
    page.keyboard.type("randersk")
    page.wait_for_selector(".k-found a:has-text('Randersklyngen')")
    page.focus(".k-found a:has-text('Randersklyngen')")
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('Randersklyngen')")
    page.focus(f"a[href='{reverse('figures:place', kwargs=PLACE)}'] >> nth=0")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tal/")

    assert "Randersklyngen" in page.inner_text("main")
