"""The demo's bodies: invented, with the story a secretariat knows."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from klynge.web.accounts.tests.builders import a_secretary
from klynge.web.bodies import cadence, demo, history, overview, panels, standing
from klynge.web.bodies.models import Deviation, Membership, Person

pytestmark = pytest.mark.django_db
DAY = date(2024, 9, 15)


@pytest.fixture
def filled():
    demo.fill()
    return {
        one.body.key: one
        for region in overview.denmark(DAY).regions
        for one in region.standings
        if one.registered
    }


def test_it_has_one_vacancy_and_one_agreed_deviation(filled):
    states = [one.state for one in filled.values()]

    assert states.count(standing.WRONG) == 1
    assert states.count(standing.AGREED) == 1
    assert states.count(standing.LAWFUL) == len(states) - 2
    assert filled["klynge-faglig", "rm-randers"].vacant == 1
    assert Deviation.objects.count() == 1


def test_somebody_left_in_mid_term(filled):
    body = history.find("klynge-politisk", "rm-randers")
    sat = {row.person.name for row in history.as_of(body, date(2024, 1, 31))}

    assert sat - {row.person.name for row in history.as_of(body, date(2024, 2, 1))}


def test_one_general_practitioner_sits_on_both_levels(filled):
    levels = {"klynge-politisk", "klynge-faglig"}
    rows = Membership.objects.filter(party="plo", recorded_to=None, body__place="rm-randers")
    bodies: dict[int, set[str]] = {}
    for row in rows.select_related("body"):
        bodies.setdefault(row.person_id, set()).add(row.body.kind)

    assert list(bodies.values()).count(levels) == 1


def test_every_name_is_plainly_invented_and_given_once(filled):
    names = list(Person.objects.values_list("name", flat=True))

    invented = [name for name in names if name not in demo.NAMES.values()]
    assert all(name.split()[-1] in demo.LAST_NAMES for name in invented)
    assert len(names) == len(set(names))


def test_the_second_time_nothing_happens(filled):
    before = Membership.objects.count()

    assert demo.fill() == 0
    assert Membership.objects.count() == before


def test_no_link_from_a_filled_body_is_dead(filled, client):
    client.force_login(a_secretary())
    queue = ["/organer/", "/organ/klynge-politisk/rm-randers/", "/organ/klynge-faglig/rm-horsens/"]
    links = {
        unescape(link)
        for address in queue
        for link in re.findall(r'href="(/[^"#]+)"', client.get(address).content.decode())
        if not link.startswith("/static/")
    }

    assert [link for link in links if client.get(link).status_code != 200] == []
    assert len(links) > 80


def test_a_filled_body_asks_the_database_a_few_times_only(
    filled, client, django_assert_max_num_queries, monkeypatch
):
    """Beside what the rooms above ask for their boxes; each of them counts its own."""
    monkeypatch.setattr(panels, "_bodies", [])
    monkeypatch.setattr(cadence, "_providers", [])
    client.force_login(a_secretary())

    with django_assert_max_num_queries(16):
        client.get("/organ/klynge-politisk/rm-randers/")


def test_it_is_refused_outside_the_demo():
    with pytest.raises(CommandError, match="demoens indstillinger"):
        call_command("demo_bodies")


def test_the_command_says_how_many_bodies_it_filled(settings, capsys):
    settings.KLYNGE_DEMO = True

    call_command("demo_bodies")

    assert "14 organer" in capsys.readouterr().out


def test_the_users_of_the_demo_are_people_in_its_bodies(settings):
    settings.KLYNGE_DEMO = True
    call_command("create_demo_users", verbosity=0, stdout=StringIO())
    demo.fill()

    assert demo.link_users() == 2
    assert demo.link_users() == 0

    member = Person.objects.get(user__username="medlem")
    seat = Membership.objects.known_at().get(person=member, body__kind="klynge-politisk")
    assert (seat.body.place, seat.kommune) == ("rm-randers", "730")
    secretary = Person.objects.get(user__username="sekretariat")
    roles = Membership.objects.known_at().filter(person=secretary).values_list("role", flat=True)
    assert set(roles) == {"sekretariat"}
