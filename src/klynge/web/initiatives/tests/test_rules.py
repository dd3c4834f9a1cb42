"""From need to spread: what each step asks for, and what is refused whole."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from klynge.web.accounts.tests.builders import a_member
from klynge.web.audit.models import Event
from klynge.web.bodies.tests.builders import a_body, a_person
from klynge.web.decisions import rules as decision_rules
from klynge.web.figures.tests.builders import a_country, an_imported_pack
from klynge.web.initiatives import model_rules, plan_rules, rules
from klynge.web.initiatives.models import Initiative, Milestone, Step
from klynge.web.initiatives.tests.builders import START, WHOLE, an_initiative, running

pytestmark = pytest.mark.django_db
FIGURE = rules.FigureOnTheTable("psyk", "klynge", "rm-randers", "2024")


def test_it_begins_with_a_need_and_its_first_step():
    one = an_initiative()

    assert (one.state, one.place_kind, one.place) == ("need", "klynge", "rm-randers")
    assert [step.state for step in one.steps.all()] == ["need"]
    assert Event.objects.filter(what="initiative begun").count() == 1


def test_the_figure_that_began_it_is_kept_with_the_seal_of_its_pack(tmp_path):
    pack = an_imported_pack(
        tmp_path, **a_country(value=lambda _k, _y: (3, 50), years=range(2022, 2025))
    )
    one = an_initiative(origin="figure", figure=FIGURE)

    assert (one.need_indicator, one.need_period, one.need_pack) == ("psyk", "2024", pack.seal)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"need": "  "}, "hvilket behov"),
        ({"origin": "figure"}, "Vælg det tal"),
        ({"origin": "figure", "figure": FIGURE}, "ikke det tal"),
        ({"groups": ["alle"]}, "målgrupperne er ukendt"),
        ({"crossings": ["nord_syd"]}, "overgangene er ukendt"),
        ({"starts_on": START, "ends_on": START}, "slutte, efter at det er begyndt"),
    ],
)
def test_a_need_that_is_not_whole_is_refused(given, says):
    with pytest.raises(rules.NotAllowed, match=says):
        an_initiative(**given)
    assert not Initiative.objects.exists()


def test_the_whole_way_from_need_to_spread():
    one = running()
    rules.move(by=None, initiative=one, to="evaluated", why="Det virker.")
    model_rules.publish_model(by=None, initiative=one, title="Modellen", what="Sådan", who="Alle")
    rules.move(by=None, initiative=one, to="spread", why="Andre følger den.")

    assert [step.state for step in Step.objects.filter(initiative=one)] == [
        "need", "idea", "proposal", "decided", "running", "evaluated", "spread",
    ]  # fmt: skip


def at(state):
    """An initiative on the way, as bare as it may be there."""
    one = an_initiative(**(WHOLE if state not in ("need", "idea") else {}))
    for step in ("idea", "proposal", "decided"):
        if one.state == state:
            break
        rules.move(by=None, initiative=one, to=step, why="Sagt.")
        one.refresh_from_db()
    return one


@pytest.mark.parametrize(
    ("state", "to", "says"),
    [
        ("need", "running", "kan ikke gå fra »Behov« til »I gang«"),
        ("idea", "proposal", "formål, målgruppe"),
        ("idea", "proposal", "ligheden i sundhed"),
        ("proposal", "decided", "Vælg beslutningen"),
        ("decided", "running", "første dag og projektleder"),
        ("decided", "stopped", "hvad konklusionen er"),
    ],
)
def test_a_step_asks_for_what_it_needs(state, to, says):
    one = at(state)
    with pytest.raises(rules.NotAllowed, match=says):
        rules.move(by=None, initiative=one, to=to)
    one.refresh_from_db()
    assert one.state == state


def test_running_without_a_leader_is_refused_by_the_database_too():
    one = an_initiative()
    with pytest.raises(IntegrityError), transaction.atomic():
        Initiative.objects.filter(pk=one.pk).update(state="running")


def test_a_decision_can_be_followed_to_what_it_led_to():
    one = at("proposal")
    decision = decision_rules.bring_in(
        by=None, body=one.body, text="Vi går i gang.", decided_on=date(2024, 3, 1), origin="Møde"
    )
    rules.move(by=None, initiative=one, to="decided", decision=decision)

    (row,) = decision.led_to.all()
    assert (row.title, row.key) == (one.title, str(one.uid))
    assert one.steps.last().decision == decision


def test_the_second_of_two_who_change_it_is_told():
    one = an_initiative()
    rules.change(by=None, initiative=one, version=1, changes={"purpose": "Et"})
    with pytest.raises(rules.ChangedMeanwhile):
        rules.change(by=None, initiative=one, version=1, changes={"purpose": "To"})
    one.refresh_from_db()
    assert one.purpose == "Et"


def test_a_member_may_not():
    one = an_initiative()
    with pytest.raises(rules.NotAllowed, match="Kun sekretariatet"):
        rules.move(by=a_member(), initiative=one, to="idea")


def test_a_milestone_after_the_end_is_refused_and_one_is_reached_once():
    one = running(ends_on=date(2024, 1, 1))
    with pytest.raises(rules.NotAllowed, match="efter, at initiativet slutter"):
        plan_rules.add_milestone(by=None, initiative=one, title="For sent", due_on=date(2024, 2, 1))
    mark = plan_rules.add_milestone(
        by=None, initiative=one, title="Alle er med", due_on=date(2023, 6, 1)
    )
    plan_rules.reach(by=None, milestone=mark, on=date(2023, 5, 1))
    with pytest.raises(rules.NotAllowed, match="allerede nået"):
        plan_rules.reach(by=None, milestone=mark, on=date(2023, 5, 2))


def test_a_model_is_published_only_when_it_is_tried():
    with pytest.raises(rules.NotAllowed, match="først, når initiativet er i gang"):
        model_rules.publish_model(by=None, initiative=an_initiative(), title="x", what="x", who="x")


def test_another_body_follows_the_model_with_its_origin():
    one = running(effect_indicator="psyk")
    model = model_rules.publish_model(by=None, initiative=one, title="Model", what="Så", who="Vi")
    other = a_body(place="rm-horsens")
    made = model_rules.adopt(by=None, model=model, body=other)

    assert (made.adopted_from, made.body, made.state) == (model, other, "idea")
    assert (made.groups, made.effect_indicator, made.pathway) == (["psychiatry"], "psyk", "Så")
    with pytest.raises(rules.NotAllowed, match="følger allerede"):
        model_rules.adopt(by=None, model=model, body=other)
    with pytest.raises(rules.NotAllowed, match="organets egen"):
        model_rules.adopt(by=None, model=model, body=one.body)


def test_carried_over_it_goes_on_with_its_plan_and_points_back():
    one = running()
    plan_rules.add_to_group(by=None, initiative=one, person=a_person(), role="sygeplejerske")
    mark = plan_rules.add_milestone(
        by=None, initiative=one, title="Færdig", due_on=date(2027, 6, 1)
    )
    done = plan_rules.add_milestone(
        by=None, initiative=one, title="Begyndt", due_on=date(2023, 2, 1)
    )
    plan_rules.reach(by=None, milestone=done, on=date(2023, 2, 1))
    new = model_rules.carry(
        by=None, initiative=one, to=a_body("sundhedsraad", "kronjylland"), reason="Ophør"
    )

    one.refresh_from_db()
    assert (one.state, new.state, new.continues) == ("carried", "running", one)
    assert [row.title for row in new.milestones.all()] == [mark.title]
    assert new.group_members.count() == 1
    assert Milestone.objects.filter(initiative=one).count() == 2
