"""The effect on pack figures: a planted one is found, and what cannot be told is said."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from klynge.web.bodies.tests.builders import a_body
from klynge.web.figures.tests.builders import a_country, an_imported_pack
from klynge.web.initiatives import effect, model_rules, rules
from klynge.web.initiatives.tests.builders import an_initiative, running

pytestmark = pytest.mark.django_db
ON = date(2026, 2, 1)
YEARS = range(2019, 2026)


def import_with_effect(folder, places, *, ratio: float, first: int, seed: int = 1):
    """Every kommune has about 20 per cent; those of `places` (klynger) from `first` on less."""
    from klynge import structure

    treated = {row.kommune for place in places for row in structure.members("klynge", place,
               domain="psykiatri", on=date(2024, 9, 15))}  # fmt: skip

    def value(kommune, year):
        chance = np.random.default_rng([seed, int(kommune), year])
        share = 0.2 * (ratio if kommune in treated and year >= first else 1.0)
        return int(chance.binomial(4000, share)), 4000

    return an_imported_pack(folder, **a_country(value=value, years=YEARS))


def test_a_planted_effect_is_found_with_its_interval(tmp_path):
    import_with_effect(tmp_path, ["rm-randers"], ratio=0.85, first=2023)
    found = effect.estimate(running(effect_indicator="psyk"), ON)

    assert found.compared is not None
    assert found.main.lower <= 0.85 <= found.main.upper
    assert found.main.upper < 0.95
    assert effect.in_words(found)[0].startswith("Tallet er 1")
    assert "lavere" in effect.in_words(found)[0]


def test_where_nothing_happened_nothing_is_claimed(tmp_path):
    import_with_effect(tmp_path, ["rm-randers"], ratio=1.0, first=2023)
    found = effect.estimate(running(effect_indicator="psyk"), ON)

    assert found.main.lower <= 1 <= found.main.upper
    assert effect.in_words(found)[0].startswith("Det kan ikke afgøres")


def test_those_that_follow_the_model_are_treated_from_their_own_start(tmp_path):
    import_with_effect(tmp_path, ["rm-randers", "rm-horsens"], ratio=0.85, first=2023)
    one = running(effect_indicator="psyk")
    model = model_rules.publish_model(by=None, initiative=one, title="M", what="x", who="y")
    other = model_rules.adopt(by=None, model=model, body=a_body(place="rm-horsens"))
    rules.change(by=None, initiative=other, version=other.version,
                 changes={"starts_on": date(2024, 1, 1)})  # fmt: skip

    found = effect.estimate(one, ON)
    assert sorted(start for start in found.series.starts if start is not None) == [4, 5]
    assert found.synthetic is None


def test_the_year_in_which_it_began_is_neither_before_nor_after(tmp_path):
    import_with_effect(tmp_path, ["rm-randers"], ratio=0.85, first=2023)
    series = effect.series_of(running(start=date(2022, 7, 1), effect_indicator="psyk"), ON)

    assert "2022" not in series.periods
    assert series.starts[0] == 3


def test_more_looks_widen_the_interval_and_are_told(tmp_path):
    import_with_effect(tmp_path, ["rm-randers"], ratio=0.9, first=2023)
    one = running(effect_indicator="psyk")
    first = effect.estimate(one, ON)
    rules.report(by=None, initiative=one, going="well", text="Fint", effect=first.kept)
    second = effect.estimate(one, ON)

    assert second.looks == 2
    assert second.main.upper > first.main.upper
    assert any("set efter 2 gange" in text for text in effect.in_words(second))


def test_what_a_status_kept_is_told_in_one_line(tmp_path):
    import_with_effect(tmp_path, ["rm-randers"], ratio=0.85, first=2023)
    kept = effect.estimate(running(effect_indicator="psyk"), ON).kept
    assert "lavere (" in effect.kept_in_words(kept)
    assert effect.kept_in_words({**kept, "upper": 1.1}).startswith("Kan ikke afgøres")


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "Vælg det nøgletal"),
        ({"effect_indicator": "psyk"}, "fra hvilken dag"),
        ({"effect_indicator": "nul", "starts_on": date(2023, 1, 1)}, "har ikke nøgletallet"),
        ({"effect_indicator": "psyk", "starts_on": date(2019, 6, 1)}, "for få perioder"),
        ({"effect_indicator": "psyk", "starts_on": date(2026, 1, 1)}, "for få perioder"),
    ],
)
def test_what_cannot_be_told_is_said(tmp_path, given, says):
    import_with_effect(tmp_path, [], ratio=1.0, first=2023)
    with pytest.raises(effect.CannotTell, match=says):
        effect.estimate(an_initiative(**given), ON)
