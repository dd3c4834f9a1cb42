"""What a series may be said to show, in words; and when nothing may be said."""

from __future__ import annotations

import pytest

from klynge.methods import p_chart
from klynge.web.goals import control, readings
from klynge.web.goals.rules import Entry, measure
from klynge.web.goals.tests.builders import DAY, a_goal, an_own_indicator, measured

pytestmark = pytest.mark.django_db
STEADY = [80, 84, 78, 82, 79, 83, 77, 81, 80, 82, 78, 81]


def progress_of(tops, bottom=200, **more):
    own = measured(an_own_indicator(), tops, bottom)
    goal = a_goal(own, **more)
    return control.of(goal, readings.of_goal(goal, DAY))


def test_a_steady_series_says_nothing_but_chance():
    found = progress_of(STEADY)

    assert found.signs == ()
    assert found.headline == "Ingen tegn på andet end tilfældige udsving."
    assert found.kind == "Kontroldiagram for andele (p)"


def test_the_limits_are_those_of_the_methods():
    found = progress_of(STEADY)
    by_hand = p_chart(STEADY, [200] * 12, per=100)
    assert found.chart is not None
    assert found.chart.lower.tolist() == by_hand.lower.tolist()


def test_one_month_beyond_the_limits_is_said_with_its_way():
    found = progress_of([*STEADY, 140])

    assert len(found.signs) == 1
    assert found.signs[0].words.startswith("Januar 2025 ligger over det, tilfældet forklarer")
    assert found.signs[0].better is True


def test_the_same_is_the_wrong_way_for_a_goal_that_points_down():
    assert progress_of([*STEADY, 140], target=20.0).signs[0].better is False


def test_a_lasting_shift_is_seen_although_every_month_is_within_the_limits():
    found = progress_of([80, 79, 81, 80, 78, 80, 79, 80, 81, 79] + [88] * 10)

    assert any("Niveauet har flyttet sig" in sign.words for sign in found.signs)
    assert all(sign.better for sign in found.signs)


def test_few_measurements_say_nothing_yet():
    found = progress_of([80, 60, 90])
    assert found.signs == ()
    assert found.headline == (
        "For få målinger til at sige noget endnu: 3 målinger, og der skal 10 til."
    )


def test_small_counts_say_nothing_yet():
    found = progress_of([1, 0, 2, 1, 0, 3, 1, 0, 1, 2, 0, 1], 8, target=90.0)
    assert found.headline.startswith("For små tal til at sige noget endnu")


def test_large_denominators_get_limits_that_hold_the_variation_between_periods():
    assert (
        progress_of([value * 100 for value in STEADY], 20_000).kind
        == "Kontroldiagram for andele (p′, Laney)"
    )


def test_plain_numbers_go_on_an_xmr_chart():
    own = an_own_indicator(kind="number", unit="dage")
    entries = [Entry(n, f"2024-{n:02d}", value=10.0 + n % 3) for n in range(1, 13)]
    measure(by=None, indicator=own, entries=entries)
    goal = a_goal(own, target=5.0)
    assert (
        control.of(goal, readings.of_goal(goal, DAY)).kind
        == "Kontroldiagram for enkelte målinger (XmR)"
    )


def test_the_finest_periods_are_followed_and_those_not_over_are_left_out():
    own = measured(an_own_indicator(), STEADY)
    measure(by=None, indicator=own, entries=[Entry(1, "2024", None, 960, 2400),
                                             Entry(2, "2026-03", None, 1, 2)])  # fmt: skip
    found = readings.of_own(own, DAY)
    assert (found.grain, len(found.rows), found.newest.period) == ("month", 12, "2024-12")


def test_a_target_inside_the_interval_is_not_said_to_be_reached(tmp_path):
    from datetime import date

    from klynge.web.bodies.tests.builders import a_body
    from klynge.web.figures.tests.builders import a_country, an_imported_pack
    from klynge.web.goals import rules

    an_imported_pack(tmp_path / "a", **a_country(value=lambda _k, y: (40 + y - 2020, 100),
                                                 years=range(2020, 2025)))  # fmt: skip
    goal = rules.set_goal(
        by=None, body=a_body(), title="Færre", why="Fordi", indicator="ophold",
        place=("klynge", "rm-randers"), baseline_period="2020", target=45.0,
        target_on=date(2027, 1, 1), on=DAY,
    )  # fmt: skip
    assert "kan ikke afgøres" in control.of(goal, readings.of_goal(goal, DAY)).target
