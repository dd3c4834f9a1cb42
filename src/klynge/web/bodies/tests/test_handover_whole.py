"""Handing over: what is refused, and that it is whole or not at all."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from klynge import structure
from klynge.faults import BadInput
from klynge.web.accounts.tests.builders import a_member, a_secretary
from klynge.web.audit.models import Event
from klynge.web.bodies import handover_rules, overview, rules
from klynge.web.bodies.closing import closing, every_klynge, together
from klynge.web.bodies.handover import COUNT, OERE
from klynge.web.bodies.handover_plan import plan
from klynge.web.bodies.models import (
    BodyLink,
    BodyRecord,
    Handover,
    HandoverChoice,
    Membership,
    Organisation,
)
from klynge.web.bodies.tests.builders import a_body, a_seat
from klynge.web.bodies.tests.handing_over import (
    ON,
    a_grant,
    a_klynge,
    a_paper,
    carry_out,
    choose,
    everything,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("with_grants")]
THREE = ["rn-midt", "rn-syd", "rn-vest"]


# Refused


@pytest.mark.parametrize(
    ("sources", "targets", "on", "problem"),
    [
        (["rn-mitd"], [], ON, "kendes ikke"),
        ([], [], ON, "ikke skrevet, hvad der lukker"),
        (["rn-midt"], ["aarhus"], ON, "tager ikke over fra nogen"),
        (["rh-syd"], ["hovedstaden"], ON, "noget går over til"),
        (["rn-midt"], [], date(2024, 1, 1), "ingen af stedets organer er lukket"),
        (["rn-midt"], ["limfjorden", "limfjordne"], ON, "kendes ikke"),
        (["kommune:730"], [], ON, "kendes ikke"),
    ],
)
def test_what_makes_no_hand_over_is_refused_with_the_reason(sources, targets, on, problem):
    with pytest.raises(BadInput) as refused:
        closing(sources, targets, on)

    assert problem in str(refused.value)


def test_all_faults_are_told_at_once():
    with pytest.raises(BadInput) as refused:
        closing(["rn-mitd", "rh-syd"], ["aarhus", "hovedstaden"], ON)

    assert len(refused.value.faults) == 3


def test_two_papers_of_a_kind_cannot_both_go_over():
    papers = [a_paper(a_body("klynge-politisk", place)) for place in THREE]
    choose(THREE, {("documents", str(paper.pk)): "carry:limfjorden" for paper in papers})
    before = everything()

    with pytest.raises(rules.NotAllowed, match="kun have ét forretningsorden ad gangen"):
        carry_out(*THREE)
    assert everything() == before


def test_two_who_cannot_both_have_an_office_cannot_both_go_over():
    chairs = [
        a_seat(a_body("klynge-politisk", place), office="regionsraadsformand") for place in THREE
    ]
    choose(THREE, {("members", str(row.key)): "carry:limfjorden" for row in chairs})

    with pytest.raises(rules.NotAllowed, match="er allerede regionsrådsformand"):
        carry_out(*THREE)


def test_a_choice_that_is_none_is_refused():
    grant = a_grant(a_body(), 1, 5)

    with pytest.raises(rules.NotAllowed, match="passer ikke længere"):
        choose(["rm-randers"], {("grants", str(grant.pk)): "carry:aarhus"})
    with pytest.raises(rules.NotAllowed, match="passer ikke længere"):
        choose(["rm-randers"], {("grants", "999"): "close"})


def test_only_secretariat_and_administrators_may():
    a_klynge("rm-randers")
    reader = a_member()
    before = everything()

    for attempt in (
        lambda: carry_out("rm-randers", by=reader),
        lambda: choose(["rm-randers"], {}, by=reader),
    ):
        with pytest.raises(rules.NotAllowed, match="Kun sekretariatet"):
            attempt()
    assert everything() == before


def test_what_is_carried_out_cannot_be_changed():
    a_klynge("rm-randers")
    done = carry_out("rm-randers")

    with pytest.raises(rules.NotAllowed, match="er gennemført"):
        handover_rules.choose(by=None, handover=done, values={})
    with pytest.raises(rules.NotAllowed, match="er gennemført"):
        handover_rules.drop(by=None, handover=done)


def test_who_did_it_is_noted():
    a_klynge("rm-randers")
    secretary = a_secretary()

    carry_out("rm-randers", by=secretary)

    assert Event.objects.filter(what="hand-over carried out", by_id=str(secretary.pk)).exists()


# Whole or not at all


def test_a_fault_half_way_leaves_everything_as_it_was(with_grants):
    for number, place in enumerate(THREE):
        a_klynge(place, number=number)
    with_grants.fails_at = "101"
    before = everything()

    with pytest.raises(RuntimeError):
        carry_out(*THREE)
    assert everything() == before

    with_grants.fails_at = ""
    assert carry_out(*THREE) is not None


def test_a_sum_that_does_not_agree_leaves_everything_as_it_was(with_grants):
    a_klynge("rm-randers")
    with_grants.loses = 1
    before = everything()

    with pytest.raises(rules.NotAllowed, match="stemmer ikke for: Ubrugte midler"):
        carry_out("rm-randers")
    assert everything() == before


def test_a_room_that_forgets_a_matter_is_found_out(monkeypatch, with_grants):
    a_klynge("rm-randers")
    monkeypatch.setattr(type(with_grants), "carry_over", lambda self, matter, **how: None)

    with pytest.raises(rules.NotAllowed, match="stemmer ikke"):
        carry_out("rm-randers")


def test_a_dry_run_tells_everything_and_changes_nothing():
    a_klynge("rm-randers")
    before = everything()

    tried = handover_rules.try_out(by=None, closing=closing(["rm-randers"], [], ON))
    assert everything() == before

    assert tried.report["matters"] == carry_out("rm-randers").report["matters"]


def test_twice_changes_nothing():
    a_klynge("rm-randers")
    carry_out("rm-randers")
    before = everything()

    assert carry_out("rm-randers") is None
    assert everything() == before


def test_what_comes_afterwards_can_be_handed_over_too():
    a_klynge("rm-randers")
    carry_out("rm-randers")
    a_grant(a_body(), 77, 5)

    again = carry_out("rm-randers")

    assert [row["title"] for row in again.report["matters"]] == ["Bevilling 77"]


def test_a_choice_is_kept_when_the_plan_is_opened_again():
    grant = a_grant(a_body(), 1, 5)
    held = choose(["rm-randers"], {("grants", str(grant.pk)): "close"})

    assert choose(["rm-randers"], {}) == held
    found = plan(handover_rules.closing_of(held), handover_rules.choices_of(held))
    assert (found.items[0].chosen, found.items[0].value) == (True, "close")


# All of Denmark


def test_all_22_go_to_all_17_in_one_run_and_the_counts_agree(with_grants):
    with_members = every_klynge(ON)
    for number, name in enumerate(with_members):
        a_klynge(name.partition(":")[2], number=number)
    money = sum(int(row.name.split(" ")[2]) for row in Organisation.objects.filter(kind="andet"))
    seats = Membership.objects.known_at().filter(valid_to=None).count()

    before = everything()
    with_grants.fails_at = "111"
    with pytest.raises(RuntimeError):
        carry_out(*with_members)
    assert everything() == before
    with_grants.fails_at = ""

    done = carry_out(*with_members)

    assert len(with_members) == 22
    assert {link.new.place for link in BodyLink.objects.select_related("new")} == {
        place.id for place in structure.places("sundhedsraad", ON)
    }
    assert BodyRecord.objects.filter(kind="sundhedsraad").count() == 17
    counts = {row["kind"]: row for row in done.report["counts"]}
    assert counts["grants"]["old_before"] == {COUNT: 22, OERE: money}
    assert counts["grants"]["new_after"] == {COUNT: 22, OERE: money}
    assert counts["grants"]["old_after"] == {}
    assert counts["members"]["done"] == {"close": {COUNT: seats}}
    assert counts["documents"]["done"] == {"close": {COUNT: 44}}
    assert not Membership.objects.known_at().filter(valid_to=None).exists()
    by_kind = Counter(row["kind"] for row in done.report["matters"])
    assert by_kind == {"grants": 22, "members": seats, "documents": 44}

    before = everything()
    assert carry_out(*with_members) is None
    assert everything() == before


def test_the_klynger_fall_into_hand_overs_that_cannot_be_parted():
    found = together(ON)

    assert sum(len(each.sources) for each in found) == 22
    assert sum(len(each.targets) for each in found) == 17
    assert [sorted(p.id for p in each.sources) for each in found if len(each.targets) > 1] == [
        ["rh-bornholm", "rh-byen", "rh-syd"]
    ]


def test_a_plan_that_is_thrown_away_is_gone():
    grant = a_grant(a_body(), 1, 5)
    held = choose(["rm-randers"], {("grants", str(grant.pk)): "close"})

    handover_rules.drop(by=None, handover=held)

    assert not Handover.objects.exists()
    assert not HandoverChoice.objects.exists()


def test_the_new_bodies_show_in_the_overview():
    a_klynge("rm-randers")
    carry_out("rm-randers")

    keys = {one.body.key for region in overview.denmark(ON).regions for one in region.standings}
    assert ("sundhedsraad", "kronjylland") in keys
