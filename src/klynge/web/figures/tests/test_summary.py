"""The headline figures on a place's own page."""

from __future__ import annotations

from datetime import date

import pytest
from django.template import Context, Template

from klynge.web.figures.templatetags.figures import place_figures_summary
from klynge.web.figures.tests.builders import an_imported_pack, plain, published

pytestmark = pytest.mark.django_db
ON = date(2025, 6, 1)
TAG = "{% load figures %}{% place_figures_summary kind=kind place=place on=on %}"


def _shown(kind: str, place: str) -> str:
    context = Context({"kind": kind, "place": place, "on": ON})
    return plain(Template(TAG).render(context))


def test_it_shows_some_figures_and_the_way_to_the_rest(tmp_path):
    an_imported_pack(tmp_path)

    shown = _shown("klynge", "rm-randers")

    assert "Folketal" in shown
    assert "Alle tal" in shown
    assert "Opdigtede personer." in shown


def test_published_figures_are_there_with_their_source(tmp_path):
    an_imported_pack(tmp_path)
    published("x;klynge;rm-randers;2024;12;Kilden")

    assert "Kilde: Kilden 12,0" in _shown("klynge", "rm-randers")


def test_it_is_empty_without_a_pack():
    assert _shown("klynge", "rm-randers").strip() == ""


def test_it_is_empty_for_a_place_that_is_not_there(tmp_path):
    an_imported_pack(tmp_path)

    assert _shown("klynge", "nej").strip() == ""


def test_it_is_empty_for_a_place_the_pack_has_no_figures_for(tmp_path):
    an_imported_pack(tmp_path)

    assert _shown("kommune", "101").strip() == ""


def test_it_needs_few_queries(tmp_path, django_assert_max_num_queries):
    an_imported_pack(tmp_path)

    with django_assert_max_num_queries(4):
        place_figures_summary("klynge", "rm-randers", ON)
