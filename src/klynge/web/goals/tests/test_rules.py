"""Setting, changing, assessing and measuring; what is refused, and that nothing is then saved."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from klynge.web.accounts.tests.builders import a_member, a_secretary
from klynge.web.audit.models import Event
from klynge.web.bodies.tests.builders import a_body
from klynge.web.figures.tests.builders import a_country
from klynge.web.figures.tests.builders import an_imported_pack as bring_in
from klynge.web.goals import readings, rules
from klynge.web.goals.models import Goal, Measurement
from klynge.web.goals.rules import Entry
from klynge.web.goals.tests.builders import DAY, a_goal, an_own_indicator, measured

pytestmark = pytest.mark.django_db


def test_a_goal_keeps_what_it_sets_out_from():
    goal = a_goal()

    assert (goal.baseline, goal.baseline_period, goal.direction) == (40.0, "2024-01", "up")
    assert Event.objects.filter(what="goal set").count() == 1


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"target": 40.0}, "det samme som udgangspunktet"),
        ({"target_on": date(2026, 1, 1)}, "efter den dag, det er sat"),
        ({"target_on": date(2023, 12, 31), "on": date(2023, 1, 1)}, "Der er intet tal"),
        ({"baseline_period": "2025-06"}, "Der er intet tal for juni 2025"),
        ({"why": "  "}, "hvorfor det er sat"),
    ],
)
def test_a_goal_that_makes_no_sense_is_refused(given, says):
    with pytest.raises(rules.NotAllowed, match=says):
        a_goal(**given)

    assert not Goal.objects.exists()
    assert not Event.objects.filter(what="goal set").exists()


def test_a_target_on_the_wrong_side_is_refused_by_the_database_too():
    goal = a_goal()
    with pytest.raises(IntegrityError), transaction.atomic():
        Goal.objects.filter(pk=goal.pk).update(target=10)


def test_a_target_before_the_baseline_is_refused():
    own = measured(an_own_indicator(), [80] * 12)
    with pytest.raises(rules.NotAllowed, match="efter den periode, det går ud fra"):
        a_goal(own, baseline_period="2024-12", on=date(2025, 1, 5), target_on=date(2024, 12, 1))


def test_the_second_of_two_who_change_a_goal_is_told():
    goal = a_goal()
    rules.change_goal(by=None, goal=goal, version=1, changes={"title": "Alle har en plan"})

    with pytest.raises(rules.ChangedMeanwhile):
        rules.change_goal(by=None, goal=goal, version=1, changes={"title": "Noget andet"})
    goal.refresh_from_db()
    assert (goal.title, goal.version) == ("Alle har en plan", 2)


def test_changing_the_target_turns_no_baseline():
    goal = a_goal()
    changed = rules.change_goal(by=None, goal=goal, version=1, changes={"target": 30.0})
    assert (changed.baseline, changed.direction) == (40.0, "down")


def test_an_assessment_can_close_a_goal_and_then_it_is_closed():
    goal = a_goal()
    rules.assess(by=None, goal=goal, text="Det lykkedes.", state="reached")

    with pytest.raises(rules.NotAllowed, match="afsluttet"):
        rules.assess(by=None, goal=goal, text="Og igen.", state="active")
    with pytest.raises(rules.NotAllowed, match="gælder ikke længere"):
        rules.change_goal(by=None, goal=goal, version=2, changes={"title": "Nyt"})


def test_a_member_may_not():
    body = a_body()
    with pytest.raises(rules.NotAllowed, match="Kun sekretariatet"):
        an_own_indicator(body=body, by=a_member()) if False else rules.define_own(
            by=a_member(), body=body, title="x", definition="x", unit="x", kind="share", source="x"
        )


def test_the_secretariat_may():
    own = an_own_indicator()
    rules.measure(by=a_secretary(), indicator=own, entries=[Entry(1, "2024-01", None, 1, 2)])
    assert Measurement.objects.get().value == 50.0


def test_a_corrected_measurement_is_kept():
    own = measured(an_own_indicator(), [80])
    rules.measure(by=None, indicator=own, entries=[Entry(1, "2024-01", None, 90, 200)])

    rows = Measurement.objects.order_by("pk")
    assert [(row.numerator, row.replaced_at is None) for row in rows] == [(80, False), (90, True)]


def test_every_fault_of_every_line_is_told_and_nothing_is_saved():
    own = an_own_indicator()
    entries = [
        Entry(1, "januar", None, 1, 2),
        Entry(2, "2024-02", None, 3, 2),
        Entry(3, "2024-03"),
        Entry(4, "2024-04", None, 1, 2),
        Entry(5, "2024-04", None, 1, 2),
    ]
    with pytest.raises(rules.NotAllowed) as refused:
        rules.measure(by=None, indicator=own, entries=entries)

    assert [reason[:8] for reason in refused.value.reasons] == [
        "Linje 1:", "Linje 2:", "Linje 3:", "Perioden",
    ]  # fmt: skip
    assert not Measurement.objects.exists()


def test_a_pack_that_restates_the_baseline_changes_no_goal(tmp_path):
    def first(kommune, year):
        return 40 + year - 2020, 100

    def second(kommune, year):
        return 50 + year - 2020, 100

    bring_in(tmp_path / "a", **a_country(value=first, years=range(2020, 2025)))
    goal = rules.set_goal(
        by=None, body=a_body(), title="Færre", why="Fordi", indicator="ophold",
        place=("klynge", "rm-randers"), baseline_period="2024", target=30.0,
        target_on=date(2027, 1, 1), on=DAY,
    )  # fmt: skip
    assert (goal.baseline, goal.direction) == (44.0, "down")
    assert readings.restated(goal, readings.of_goal(goal, DAY)) is None

    bring_in(tmp_path / "b", **a_country(value=second, years=range(2020, 2025)), note="ny")
    goal.refresh_from_db()
    again = readings.restated(goal, readings.of_goal(goal, DAY))
    assert goal.baseline == 44.0
    assert again is not None
    assert again.value == 54.0


def test_an_indicator_that_left_the_pack_is_followed_in_the_last_that_had_it(tmp_path):
    bring_in(tmp_path / "a", **a_country(value=lambda _k, _y: (4, 10), years=range(2020, 2025)))
    goal = rules.set_goal(
        by=None, body=a_body(), title="Færre", why="Fordi", indicator="ophold",
        place=("klynge", "rm-randers"), baseline_period="2024", target=30.0,
        target_on=date(2027, 1, 1), on=DAY,
    )  # fmt: skip
    assert not readings.of_goal(goal, DAY).left

    bring_in(tmp_path / "b")
    found = readings.of_goal(goal, DAY)
    assert found.left
    assert [row.period for row in found.rows] == [str(year) for year in range(2020, 2025)]


def test_a_hidden_figure_is_nothing_to_set_out_from(tmp_path):
    from klynge.web.figures.tests.builders import with_hidden

    bring_in(tmp_path / "a", figures=with_hidden(code="dagophold", place="rm-randers"))
    with pytest.raises(rules.NotAllowed, match="skjult eller findes ikke"):
        rules.set_goal(
            by=None, body=a_body(), title="Færre", why="Fordi", indicator="dagophold",
            place=("klynge", "rm-randers"), baseline_period="2024", target=1.0,
            target_on=date(2027, 1, 1), on=DAY,
        )  # fmt: skip


def test_a_goal_carried_over_goes_on_at_the_new_body_and_points_back():
    goal = a_goal()
    new = rules.carry(
        by=None, goal=goal, to=a_body("sundhedsraad", "kronjylland"), on=date(2027, 1, 1),
        reason="Klyngen ophører.",
    )  # fmt: skip

    goal.refresh_from_db()
    assert (goal.state, new.state, new.continues) == ("carried", "active", goal)
    assert (new.baseline, new.target, new.own_indicator) == (40.0, 60.0, goal.own_indicator)
    assert new.uid != goal.uid
