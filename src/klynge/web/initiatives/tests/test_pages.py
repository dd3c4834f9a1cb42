"""Every page of initiatives: it works, who may not, the reason on the page."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from klynge.web.accounts.tests.builders import a_member, a_secretary
from klynge.web.bodies import duties
from klynge.web.bodies.models import Organisation
from klynge.web.bodies.tests.builders import a_body, a_lawful_political_level, a_person
from klynge.web.figures.tests.builders import a_country, an_imported_pack
from klynge.web.goals.tests.builders import a_goal
from klynge.web.initiatives import model_rules, plan_rules
from klynge.web.initiatives.models import Initiative
from klynge.web.initiatives.tests.builders import an_initiative, running

pytestmark = pytest.mark.django_db
BODY = {"kind": "klynge-politisk", "place": "rm-randers"}
ON = {"dato": "2024-09-15"}


@pytest.fixture
def one():
    body = a_lawful_political_level()
    made = running(body, ends_on=date(2025, 12, 31))
    plan_rules.add_milestone(by=None, initiative=made, title="Alle er med", due_on=date(2024, 9, 1))
    plan_rules.add_risk(by=None, initiative=made, text="Ingen tid", likely=2, bad=3)
    plan_rules.add_to_group(by=None, initiative=made, person=a_person(), role="sygeplejerske")
    kommune = Organisation.objects.create(kind="kommune", name="Prøvekommune")
    plan_rules.add_partner(by=None, initiative=made, organisation=kommune, role="Hjemmebesøg")
    model_rules.publish_model(by=None, initiative=made, title="Modellen", what="Så", who="Vi")
    return made


@pytest.fixture
def reader(client):
    client.force_login(a_member())
    return client


def readable(one):
    return [
        *(reverse(f"initiatives:{name}") for name in ("home", "board", "timeline", "catalogue")),
        reverse("initiatives:initiative", args=[one.pk]),
        reverse("initiatives:model", args=[one.models.get().pk]),
    ]


def changing(one):
    names = ("change", "move", "report", "partner", "group", "milestone", "risk", "goal", "publish")
    return [
        reverse("initiatives:begin", kwargs=BODY),
        *(reverse(f"initiatives:{name}", args=[one.pk]) for name in names),
        reverse("initiatives:adopt", args=[one.models.get().pk]),
    ]


def test_it_works(one, reader):
    for address in readable(one):
        response = reader.get(address, ON)
        assert response.status_code == 200, address
        assert one.models.get().title in response.content.decode() or one.title in (
            response.content.decode()
        )


def test_it_works_for_the_secretariat(one, secretary):
    for address in changing(one):
        assert secretary.get(address, ON).status_code == 200, address


def test_a_reader_may_not(one, reader):
    for address in changing(one):
        response = reader.get(address)
        assert response.status_code == 403, address
        assert "Kun sekretariatet" in response.content.decode()


def test_a_stranger_is_sent_to_login(one, client):
    for address in (*readable(one), *changing(one)):
        response = client.get(address)
        assert response.status_code == 302
        assert response["Location"].startswith(reverse("accounts:login"))


def test_the_reason_is_shown_on_the_page(one, secretary):
    response = secretary.post(
        reverse("initiatives:move", args=[one.pk]), {"to": "evaluated", "why": ""}
    )
    assert "Skriv, hvad konklusionen er." in response.content.decode()
    one.refresh_from_db()
    assert one.state == "running"


def test_what_is_not_there_is_404(one, reader):
    assert reader.get(reverse("initiatives:initiative", args=[9999])).status_code == 404
    assert reader.get(reverse("initiatives:model", args=[9999])).status_code == 404


def test_a_need_is_begun_from_a_figure(tmp_path, secretary):
    a_body()
    an_imported_pack(tmp_path, **a_country(value=lambda _k, _y: (3, 50), years=range(2022, 2025)))
    address = reverse("initiatives:begin", kwargs=BODY)
    sent = {"title": "Fælles plan", "origin": "figure", "need": "For mange kommer igen."}
    secretary.post(f"{address}?noegletal=psyk&sted=klynge:rm-randers&periode=2024", sent)

    made = Initiative.objects.get()
    assert (made.need_indicator, made.need_place) == ("psyk", "rm-randers")
    page = secretary.get(reverse("initiatives:initiative", args=[made.pk])).content.decode()
    assert reverse("figures:definition", kwargs={"code": "psyk"}) in page


def test_everything_that_is_written_is_kept(one, secretary):
    person = a_person("Pia Projektleder")
    sent = {
        "title": "Nyt navn", "need": "Et behov", "purpose": "Et formål", "pathway": "Et forløb",
        "groups": ["young", "frail"], "crossings": ["home_hospital"], "equality": "Lige for alle",
        "leader": person.name, "starts_on": "2023-02-01", "ends_on": "2025-02-01",
        "report_every": "30", "version": one.version,
    }  # fmt: skip
    assert secretary.post(reverse("initiatives:change", args=[one.pk]), sent).status_code == 302

    one.refresh_from_db()
    assert (one.title, one.groups, one.leader, one.report_every) == (
        "Nyt navn", ["young", "frail"], person, 30,
    )  # fmt: skip


def test_a_status_is_written_and_is_due_again(one, secretary):
    user = a_secretary()
    assert any("Skriv status" in duty.what for duty in duties.every(user, date(2024, 9, 15)))
    secretary.post(
        reverse("initiatives:report", args=[one.pk]), {"going": "care", "text": "To mangler."}
    )
    assert one.reports.get().text == "To mangler."


def test_a_milestone_is_reached_from_the_page(one, secretary):
    mark = one.milestones.get()
    secretary.post(reverse("initiatives:reach", args=[mark.pk]))
    mark.refresh_from_db()
    assert mark.done_on is not None


def test_a_goal_is_linked(one, secretary):
    goal = a_goal(body=one.body)
    secretary.post(reverse("initiatives:goal", args=[one.pk]), {"goal": goal.pk})
    page = secretary.get(reverse("initiatives:initiative", args=[one.pk])).content.decode()
    assert goal.title in page


def test_another_body_follows_the_model_from_its_page(one, secretary):
    other = a_body(place="rm-horsens")
    model = one.models.get()
    secretary.post(reverse("initiatives:adopt", args=[model.pk]), {"body": other.pk})

    made = Initiative.objects.get(body=other)
    assert made.adopted_from == model
    page = secretary.get(reverse("initiatives:model", args=[model.pk])).content.decode()
    assert str(other) in page


@pytest.mark.parametrize(
    ("asked", "there"),
    [
        ({}, True),
        ({"q": "udskrivning"}, True),
        ({"q": "noget helt andet"}, False),
        ({"maalgruppe": "psychiatry"}, True),
        ({"maalgruppe": "young"}, False),
        ({"overgang": "psychiatry_kommune"}, True),
        ({"overgang": "home_hospital"}, False),
        ({"tilstand": "running"}, True),
        ({"tilstand": "need"}, False),
        ({"tilstand": "ukendt", "organ": "x"}, True),
    ],
)
def test_the_portfolio_is_searched(one, reader, asked, there):
    for name in ("home", "board", "catalogue"):
        page = reader.get(reverse(f"initiatives:{name}"), asked).content.decode()
        link = reverse("initiatives:initiative", args=[one.pk])
        assert (f'"{link}"' in page) is there, name


def test_the_bodys_page_shows_its_initiatives(one, reader):
    page = reader.get(reverse("bodies:body", kwargs=BODY), ON).content.decode()
    assert one.title in page


def test_what_is_over_is_out_of_the_way_but_in_the_catalogue(reader):
    from klynge.web.initiatives import rules

    one = an_initiative()
    rules.stop(by=None, initiative=one, why="Ingen ville.")
    link = f'"{reverse("initiatives:initiative", args=[one.pk])}"'
    assert link not in reader.get(reverse("initiatives:home")).content.decode()
    assert link in reader.get(reverse("initiatives:catalogue")).content.decode()
