"""Every page of goals: it works, who may not, the reason on the page."""

from __future__ import annotations

import pytest
from django.urls import reverse

from klynge.web.accounts.tests.builders import a_member, a_secretary
from klynge.web.bodies.tests.builders import a_lawful_political_level, a_person
from klynge.web.goals.models import Assessment, Goal, Measurement, OwnIndicator
from klynge.web.goals.tests.builders import a_goal, an_own_indicator, measured

pytestmark = pytest.mark.django_db
BODY = {"kind": "klynge-politisk", "place": "rm-randers"}
TOPS = [80, 84, 78, 82, 79, 83, 77, 81, 80, 82, 78, 81, 140]


@pytest.fixture
def goal():
    a_lawful_political_level()
    own = measured(an_own_indicator(), TOPS)
    return a_goal(own)


@pytest.fixture
def reader(client):
    client.force_login(a_member())
    return client


def readable(goal):
    return [
        reverse("goals:home"),
        reverse("goals:body", kwargs=BODY),
        reverse("goals:goal", args=[goal.pk]),
        reverse("goals:chart", args=[goal.pk]),
    ]


def changing(goal):
    return [
        reverse("goals:new", kwargs=BODY),
        reverse("goals:define", kwargs=BODY),
        reverse("goals:measure", args=[goal.own_indicator.pk]),
        reverse("goals:change", args=[goal.pk]),
        reverse("goals:assess", args=[goal.pk]),
    ]


def test_it_works(goal, reader):
    for address in readable(goal):
        assert reader.get(address, {"dato": "2026-02-01"}).status_code == 200, address


def test_it_works_for_the_secretariat(goal, secretary):
    for address in changing(goal):
        assert secretary.get(address, {"dato": "2026-02-01"}).status_code == 200, address


def test_a_reader_may_not(goal, reader):
    for address in changing(goal):
        response = reader.get(address)
        assert response.status_code == 403
        assert "Kun sekretariatet" in response.content.decode()


def test_a_stranger_is_sent_to_login(goal, client):
    for address in (*readable(goal), *changing(goal)):
        response = client.get(address)
        assert response.status_code == 302
        assert response["Location"].startswith(reverse("accounts:login"))


def test_what_is_not_there_is_404(goal, reader):
    assert reader.get(reverse("goals:goal", args=[999])).status_code == 404
    assert reader.get(reverse("goals:body", kwargs={**BODY, "place": "nul"})).status_code == 404


def test_the_page_tells_the_sign_and_the_way(goal, reader):
    page = reader.get(reverse("goals:goal", args=[goal.pk]), {"dato": "2026-02-01"})
    text = page.content.decode()
    assert "Januar 2025 ligger over det, tilfældet forklarer" in text
    assert "Det er den vej, målet peger." in text
    assert reverse("goals:chart", args=[goal.pk]) in text


def test_the_chart_is_drawn_with_the_target(goal, reader):
    drawn = reader.get(reverse("goals:chart", args=[goal.pk]), {"dato": "2026-02-01"})
    assert drawn["Content-Type"] == "image/svg+xml"
    assert "Måltal" in drawn.content.decode()


def test_the_bodys_page_shows_its_goals(goal, reader):
    page = reader.get(reverse("bodies:body", kwargs=BODY), {"dato": "2026-02-01"})
    assert goal.title in page.content.decode()


def test_a_goal_is_set_in_two_steps(goal, secretary):
    address = reverse("goals:new", kwargs=BODY)
    chosen = {"figure": f"egen:{goal.own_indicator.pk}", "place": "klynge:rm-randers",
              "dato": "2026-02-01"}  # fmt: skip
    step = secretary.get(address, chosen)
    assert "Går ud fra" in step.content.decode()

    person = a_person("Gerda Gøremål")
    sent = secretary.post(
        f"{address}?figure={chosen['figure']}&place={chosen['place']}&dato=2026-02-01",
        {"title": "Alle har en plan", "why": "Fordi", "baseline_period": "2024-12",
         "target": "99,5", "target_on": "2026-12-31", "owner": person.name},
    )  # fmt: skip
    assert sent.status_code == 302
    new = Goal.objects.get(title="Alle har en plan")
    assert (new.target, new.owner, new.baseline) == (99.5, person, 40.5)


def test_the_reason_is_shown_on_the_page(goal, secretary):
    address = reverse("goals:change", args=[goal.pk])
    sent = {"title": "x", "why": "y", "target": "40", "target_on": "2026-12-31", "version": 1}
    response = secretary.post(address, sent)
    assert "Måltallet er det samme som udgangspunktet." in response.content.decode()
    goal.refresh_from_db()
    assert goal.title == "Flere med en plan"


def test_an_unknown_owner_is_told_beside_the_field(goal, secretary):
    sent = {"title": "x", "why": "y", "target": "70", "target_on": "2026-12-31", "version": 1,
            "owner": "Ingen Kendt"}  # fmt: skip
    response = secretary.post(reverse("goals:change", args=[goal.pk]), sent)
    assert "Ingen med det navn er registreret." in response.content.decode()


def test_an_assessment_is_written(goal, secretary):
    secretary.post(
        reverse("goals:assess", args=[goal.pk]), {"text": "Det går fremad.", "state": "active"}
    )
    assert Assessment.objects.get().text == "Det går fremad."


def test_an_own_figure_is_defined_and_measured(goal, secretary):
    secretary.post(
        reverse("goals:define", kwargs=BODY),
        {"title": "Ventetid", "definition": "Dage til første samtale.", "kind": "number",
         "per": "1", "unit": "dage", "source": "Optælling"},
    )  # fmt: skip
    own = OwnIndicator.objects.get(title="Ventetid")
    secretary.post(
        reverse("goals:measure", args=[own.pk]), {"lines": "2024-01; 12,5\n\n2024-k2\t9"}
    )
    assert sorted(own.measurements.values_list("period", "value")) == [
        ("2024-01", 12.5), ("2024-K2", 9.0),
    ]  # fmt: skip


def test_lines_that_cannot_be_read_are_all_told(goal, secretary):
    response = secretary.post(
        reverse("goals:measure", args=[goal.own_indicator.pk]), {"lines": "2024-01\n2024-02; a; b"}
    )
    text = response.content.decode()
    assert "Linje 1 kan ikke læses" in text
    assert "Linje 2 kan ikke læses" in text
    assert Measurement.objects.filter(replaced_at__isnull=False).count() == 0


def test_a_goal_near_its_date_is_a_duty(goal, secretary):
    from datetime import date

    from klynge.web.bodies import duties

    user = a_secretary()
    found = duties.every(user, date(2026, 12, 1))
    assert any(goal.title in duty.what for duty in found)
    assert not any(goal.title in duty.what for duty in duties.every(user, date(2026, 6, 1)))


def test_the_pages_speak_english_too(goal, reader):
    reader.cookies["django_language"] = "en"
    page = reader.get(reverse("goals:goal", args=[goal.pk]), {"dato": "2026-02-01"})
    assert "What the figures say" in page.content.decode()
