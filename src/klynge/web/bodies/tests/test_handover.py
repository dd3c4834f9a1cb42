"""Handing over: where things go."""

from __future__ import annotations

from datetime import date

import pytest

from klynge import structure
from klynge.web.accounts.tests.builders import a_member
from klynge.web.bodies import following, history, rules
from klynge.web.bodies.closing import closing
from klynge.web.bodies.handover_plan import plan
from klynge.web.bodies.models import (
    BodyDocument,
    BodyLink,
    Deviation,
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
    carry_out,
    choose,
    item_titled,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("with_grants")]
THREE = ["rn-midt", "rn-syd", "rn-vest"]


def test_three_become_one():
    for number, place in enumerate(THREE):
        a_klynge(place, number=number)

    done = carry_out(*THREE, to=["limfjorden"])

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

    carry_out("rh-syd")

    for place, codes in homes.items():
        found = Organisation.objects.filter(place=place, name__startswith=f"{GRANT} 5")
        assert {row.name.split(" ")[3] for row in found} == codes & mine
        assert codes & mine


def test_in_a_split_what_belongs_to_no_kommune_goes_with_most_of_them_and_says_it_is_a_guess():
    a_klynge("rh-syd")

    item = item_titled(plan(closing(["rh-syd"], [], ON)), "Bevilling 100")

    assert item.guessed
    assert item.step.to.place.id == "amager-vestegnen"


def test_one_becomes_one_without_a_guess():
    a_klynge("rm-randers")

    found = plan(closing(["rm-randers"], ["kronjylland"], ON))

    assert {item.guessed for item in found.items} == {False}
    assert item_titled(found, "Bevilling 100").step.to.place.id == "kronjylland"


def test_a_preparatory_council_hands_over_to_its_own():
    body = a_body("forberedende-sundhedsraad", "limfjorden")
    a_grant(body, 1, 5)

    carry_out("sundhedsraad:limfjorden")

    assert Organisation.objects.get(name__startswith=GRANT).place_kind == "sundhedsraad"
    assert BodyLink.objects.get().new.kind == "sundhedsraad"


def test_a_regions_committee_hands_over_to_the_councils_of_the_region():
    body = a_body("ssu", "1081")
    a_grant(body, 1, 5, "851")

    carry_out("region:1081")

    assert Organisation.objects.get(name__startswith=GRANT).place == "limfjorden"


def test_a_term_without_an_end_ends_with_the_body_or_the_day_before():
    political, _professional = a_klynge("rm-randers")

    carry_out("rm-randers")

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
    choose(["rm-randers"], {("members", str(mayor.key)): "carry:kronjylland"})

    carry_out("rm-randers")

    (new,) = history.as_of(history.find("sundhedsraad", "kronjylland"), ON)
    assert (new.person, new.kommune, new.office) == (mayor.person, "730", "borgmester")
    assert (new.role, new.valid_from) == ("medlem", ON)


def test_an_agreement_to_deviate_ends():
    deviation = rules.record_deviation(
        by=None, body=a_body(), rule="K04-plo", decision="Møde", agreed=1, valid_from=FIRST
    )

    carry_out("rm-randers")

    now = Deviation.objects.known_at().get(key=deviation.key)
    assert now.valid_to == date(2025, 12, 31)


def test_a_document_ends_stays_readable_and_can_be_taken_over():
    paper = a_paper(a_body())
    choose(["rm-randers"], {("documents", str(paper.pk)): "carry:kronjylland"})

    carry_out("rm-randers")

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
    choose(["rm-randers"], {("grants", str(grant.pk)): "home:kommune:730"})

    carry_out("rm-randers")

    grant.refresh_from_db()
    assert (grant.place_kind, grant.place) == ("kommune", "730")


def test_the_old_body_can_be_read_as_it_was(client):
    political, _professional = a_klynge("rm-randers")
    name = history.known(political)[0].person.name
    carry_out("rm-randers")
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
