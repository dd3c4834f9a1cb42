"""Handing over: where things go, what is refused, and that it is whole or not at all."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from klynge import structure
from klynge.faults import BadInput
from klynge.web.accounts.tests.builders import a_member, a_secretary
from klynge.web.audit.models import Event
from klynge.web.bodies import following, handover_rules, history, overview, rules
from klynge.web.bodies.closing import closing, every_klynge, together
from klynge.web.bodies.handover import COUNT, OERE
from klynge.web.bodies.handover_plan import plan
from klynge.web.bodies.models import (
    BodyDocument,
    BodyLink,
    BodyRecord,
    Deviation,
    Handover,
    HandoverChoice,
    Membership,
    Organisation,
)
from klynge.web.bodies.standing import body_called
from klynge.web.bodies.tests.builders import FIRST, a_body, a_person, a_seat
from klynge.web.bodies.tests.handing_over import (
    GRANT,
    ON,
    a_grant,
    a_klynge,
    a_paper,
    everything,
    grants,
)

pytestmark = pytest.mark.django_db
THREE = ["rn-midt", "rn-syd", "rn-vest"]


@pytest.fixture(autouse=True)
def with_grants():
    with grants() as kind:
        yield kind


def _carry_out(*sources, to=(), on=ON, by=None):
    return handover_rules.carry_out(by=by, closing=closing(list(sources), list(to), on))


def _choose(sources, values, by=None):
    held = handover_rules.draft(by=by, closing=closing(sources, [], ON))
    handover_rules.choose(by=by, handover=held, values=values)
    return held


def _item(found, title):
    return next(item for item in found.items if item.matter.title == title)


# Where things go


def test_three_become_one():
    for number, place in enumerate(THREE):
        a_klynge(place, number=number)

    done = _carry_out(*THREE, to=["limfjorden"])

    assert {tuple(pair["new"]) for pair in done.report["bodies"]} == {
        ("sundhedsraad", "limfjorden")
    }
    assert BodyLink.objects.filter(new__place="limfjorden").count() == 6
    there = Organisation.objects.filter(place="limfjorden", place_kind="sundhedsraad")
    assert there.filter(name__startswith=GRANT).count() == 3


def test_in_a_split_what_belongs_to_a_kommune_goes_where_the_kommune_goes():
    political, _professional = a_klynge("rh-syd")
    homes = {"hovedstaden": set(), "amager-vestegnen": set()}
    for place, codes in homes.items():
        codes |= {row.kommune for row in structure.members("sundhedsraad", place, on=ON)}
    mine = {row.kommune for row in structure.members("klynge", "rh-syd", on=FIRST)}
    for number, code in enumerate(sorted(mine)):
        a_grant(political, 500 + number, 100, code)

    _carry_out("rh-syd")

    for place, codes in homes.items():
        found = Organisation.objects.filter(place=place, name__startswith=f"{GRANT} 5")
        assert {row.name.split(" ")[3] for row in found} == codes & mine
        assert codes & mine


def test_in_a_split_what_belongs_to_no_kommune_goes_with_most_of_them_and_says_it_is_a_guess():
    a_klynge("rh-syd")

    item = _item(plan(closing(["rh-syd"], [], ON)), "Bevilling 100")

    assert item.guessed
    assert item.step.to.place.id == "amager-vestegnen"


def test_one_becomes_one_without_a_guess():
    a_klynge("rm-randers")

    found = plan(closing(["rm-randers"], ["kronjylland"], ON))

    assert {item.guessed for item in found.items} == {False}
    assert _item(found, "Bevilling 100").step.to.place.id == "kronjylland"


def test_a_preparatory_council_hands_over_to_its_own():
    body = a_body("forberedende-sundhedsraad", "limfjorden")
    a_grant(body, 1, 5)

    _carry_out("sundhedsraad:limfjorden")

    assert Organisation.objects.get(name__startswith=GRANT).place_kind == "sundhedsraad"
    assert BodyLink.objects.get().new.kind == "sundhedsraad"


def test_a_regions_committee_hands_over_to_the_councils_of_the_region():
    body = a_body("ssu", "1081")
    a_grant(body, 1, 5, "851")

    _carry_out("region:1081")

    assert Organisation.objects.get(name__startswith=GRANT).place == "limfjorden"


def test_a_term_without_an_end_ends_with_the_body_or_the_day_before():
    political, _professional = a_klynge("rm-randers")

    _carry_out("rm-randers")

    rows = Membership.objects.filter(body=political).known_at()
    assert {row.valid_to for row in rows} == {date(2025, 12, 31)}
    assert history.as_of(political, date(2025, 12, 31)) != ()


def test_a_term_that_ended_by_itself_is_no_open_matter():
    a_seat(a_body(), valid_to=date(2025, 12, 31))

    assert plan(closing(["rm-randers"], [], ON)).items == ()


def test_a_member_can_go_over_and_begins_as_an_ordinary_member():
    mayor = a_seat(
        a_body(), party="kommune", kommune="730", office="borgmester", role="formand",
        person=a_person("Birthe Borgmester"),
    )  # fmt: skip
    _choose(["rm-randers"], {("members", str(mayor.key)): "carry:kronjylland"})

    _carry_out("rm-randers")

    (new,) = history.as_of(history.find("sundhedsraad", "kronjylland"), ON)
    assert (new.person, new.kommune, new.office) == (mayor.person, "730", "borgmester")
    assert (new.role, new.valid_from) == ("medlem", ON)


def test_an_agreement_to_deviate_ends():
    deviation = rules.record_deviation(
        by=None, body=a_body(), rule="K04-plo", decision="Møde", agreed=1, valid_from=FIRST
    )

    _carry_out("rm-randers")

    now = Deviation.objects.known_at().get(key=deviation.key)
    assert now.valid_to == date(2025, 12, 31)


def test_a_document_ends_stays_readable_and_can_be_taken_over():
    paper = a_paper(a_body())
    _choose(["rm-randers"], {("documents", str(paper.pk)): "carry:kronjylland"})

    _carry_out("rm-randers")

    old, new = BodyDocument.objects.order_by("pk")
    assert (old.valid_to, old.texts) == (date(2025, 12, 31), paper.texts)
    assert (new.body.place, new.number, new.valid_from) == ("kronjylland", 1, ON)
    assert new.texts == paper.texts
    assert new.numbers == paper.numbers
    assert "Overtaget fra" in new.decision
    assert history.documents(a_body(), ON) == {}
    assert history.documents(a_body(), date(2025, 12, 31))["forretningsorden"] == old


def test_what_goes_home_goes_to_the_party():
    a_klynge("rm-randers")
    grant = Organisation.objects.get(name__startswith=GRANT)
    _choose(["rm-randers"], {("grants", str(grant.pk)): "home:kommune:730"})

    _carry_out("rm-randers")

    grant.refresh_from_db()
    assert (grant.place_kind, grant.place) == ("kommune", "730")


def test_the_old_body_can_be_read_as_it_was(client):
    political, _professional = a_klynge("rm-randers")
    name = history.known(political)[0].person.name
    _carry_out("rm-randers")
    client.force_login(a_member())

    for address in ("?dato=2024-09-15", "?dato=2027-06-01", ""):
        page = client.get(f"/organ/klynge-politisk/rm-randers/{address}")

        assert page.status_code == 200
        assert name in page.content.decode()


# Links


def test_old_and_new_bodies_lead_to_each_other(client):
    client.force_login(a_member())
    old = client.get("/organ/klynge-politisk/rh-syd/").content.decode()
    new = client.get("/organ/sundhedsraad/limfjorden/").content.decode()

    for place in ("hovedstaden", "amager-vestegnen"):
        assert f'href="/organ/sundhedsraad/{place}/"' in old
    for place in THREE:
        assert f'href="/organ/klynge-politisk/{place}/"' in new
        assert f'href="/organ/klynge-faglig/{place}/"' in new


def test_every_succession_is_told_from_both_ends():
    for place in structure.places("klynge"):
        for kind in ("klynge-politisk", "klynge-faglig"):
            body = body_called(kind, place.id)
            follows = following.after(body)

            assert {each.place for each in follows} == set(structure.successors("klynge", place.id))
            assert all(body.key in {b.key for b in following.before(each)} for each in follows)


def test_a_body_that_goes_on_is_followed_by_none():
    assert following.after(body_called("sundhedsraad", "limfjorden")) == ()


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
    _choose(THREE, {("documents", str(paper.pk)): "carry:limfjorden" for paper in papers})
    before = everything()

    with pytest.raises(rules.NotAllowed, match="kun have ét forretningsorden ad gangen"):
        _carry_out(*THREE)
    assert everything() == before


def test_two_who_cannot_both_have_an_office_cannot_both_go_over():
    chairs = [
        a_seat(a_body("klynge-politisk", place), office="regionsraadsformand") for place in THREE
    ]
    _choose(THREE, {("members", str(row.key)): "carry:limfjorden" for row in chairs})

    with pytest.raises(rules.NotAllowed, match="er allerede regionsrådsformand"):
        _carry_out(*THREE)


def test_a_choice_that_is_none_is_refused():
    grant = a_grant(a_body(), 1, 5)

    with pytest.raises(rules.NotAllowed, match="passer ikke længere"):
        _choose(["rm-randers"], {("grants", str(grant.pk)): "carry:aarhus"})
    with pytest.raises(rules.NotAllowed, match="passer ikke længere"):
        _choose(["rm-randers"], {("grants", "999"): "close"})


def test_only_secretariat_and_administrators_may():
    a_klynge("rm-randers")
    reader = a_member()
    before = everything()

    for attempt in (
        lambda: _carry_out("rm-randers", by=reader),
        lambda: _choose(["rm-randers"], {}, by=reader),
    ):
        with pytest.raises(rules.NotAllowed, match="Kun sekretariatet"):
            attempt()
    assert everything() == before


def test_what_is_carried_out_cannot_be_changed():
    a_klynge("rm-randers")
    done = _carry_out("rm-randers")

    with pytest.raises(rules.NotAllowed, match="er gennemført"):
        handover_rules.choose(by=None, handover=done, values={})
    with pytest.raises(rules.NotAllowed, match="er gennemført"):
        handover_rules.drop(by=None, handover=done)


def test_who_did_it_is_noted():
    a_klynge("rm-randers")
    secretary = a_secretary()

    _carry_out("rm-randers", by=secretary)

    assert Event.objects.filter(what="hand-over carried out", by_id=str(secretary.pk)).exists()


# Whole or not at all


def test_a_fault_half_way_leaves_everything_as_it_was(with_grants):
    for number, place in enumerate(THREE):
        a_klynge(place, number=number)
    with_grants.fails_at = "101"
    before = everything()

    with pytest.raises(RuntimeError):
        _carry_out(*THREE)
    assert everything() == before

    with_grants.fails_at = ""
    assert _carry_out(*THREE) is not None


def test_a_sum_that_does_not_agree_leaves_everything_as_it_was(with_grants):
    a_klynge("rm-randers")
    with_grants.loses = 1
    before = everything()

    with pytest.raises(rules.NotAllowed, match="stemmer ikke for: Ubrugte midler"):
        _carry_out("rm-randers")
    assert everything() == before


def test_a_room_that_forgets_a_matter_is_found_out(monkeypatch, with_grants):
    a_klynge("rm-randers")
    monkeypatch.setattr(type(with_grants), "carry_over", lambda self, matter, **how: None)

    with pytest.raises(rules.NotAllowed, match="stemmer ikke"):
        _carry_out("rm-randers")


def test_a_dry_run_tells_everything_and_changes_nothing():
    a_klynge("rm-randers")
    before = everything()

    tried = handover_rules.try_out(by=None, closing=closing(["rm-randers"], [], ON))
    assert everything() == before

    assert tried.report["matters"] == _carry_out("rm-randers").report["matters"]


def test_twice_changes_nothing():
    a_klynge("rm-randers")
    _carry_out("rm-randers")
    before = everything()

    assert _carry_out("rm-randers") is None
    assert everything() == before


def test_what_comes_afterwards_can_be_handed_over_too():
    a_klynge("rm-randers")
    _carry_out("rm-randers")
    a_grant(a_body(), 77, 5)

    again = _carry_out("rm-randers")

    assert [row["title"] for row in again.report["matters"]] == ["Bevilling 77"]


def test_a_choice_is_kept_when_the_plan_is_opened_again():
    grant = a_grant(a_body(), 1, 5)
    held = _choose(["rm-randers"], {("grants", str(grant.pk)): "close"})

    assert _choose(["rm-randers"], {}) == held
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
        _carry_out(*with_members)
    assert everything() == before
    with_grants.fails_at = ""

    done = _carry_out(*with_members)

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
    assert _carry_out(*with_members) is None
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
    held = _choose(["rm-randers"], {("grants", str(grant.pk)): "close"})

    handover_rules.drop(by=None, handover=held)

    assert not Handover.objects.exists()
    assert not HandoverChoice.objects.exists()


def test_the_new_bodies_show_in_the_overview():
    a_klynge("rm-randers")
    _carry_out("rm-randers")

    keys = {one.body.key for region in overview.denmark(ON).regions for one in region.standings}
    assert ("sundhedsraad", "kronjylland") in keys
