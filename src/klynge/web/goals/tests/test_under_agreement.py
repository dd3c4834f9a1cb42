"""A goal under an agreement's goal: one leads to the other."""

from __future__ import annotations

from datetime import date

import pytest

from klynge.web.accounts.tests.builders import a_member, a_secretary
from klynge.web.agreements import rules as agreements
from klynge.web.agreements import text_rules
from klynge.web.agreements.models import Process
from klynge.web.agreements.tests.builders import a_version, adopted, an_agreement
from klynge.web.goals import rules
from klynge.web.goals.tests.builders import DAY, a_goal

pytestmark = pytest.mark.django_db
ON = {"dato": DAY.isoformat()}


@pytest.fixture
def theirs():
    process = an_agreement()
    a_version(process)
    made = text_rules.set_goal(
        by=None, process=process, title="Færre genindlæggelser", valid_from=date(2024, 1, 1)
    )
    agreements.set_state(by=None, process=adopted(process), state=Process.State.HOLDS)
    return made


def test_each_page_leads_to_the_other(client, theirs):
    goal = a_goal(agreement_goal=theirs)
    client.force_login(a_member())

    ours = client.get(f"/maal/{goal.pk}/").content.decode()
    process = client.get(f"/aftaler/{theirs.process_id}/").content.decode()

    assert f'href="/aftaler/{theirs.process_id}/#maal-{theirs.pk}"' in ours
    assert f'id="maal-{theirs.pk}"' in process
    assert f'href="/maal/{goal.pk}/"' in process


def test_it_is_chosen_among_the_goals_that_hold_in_the_region(client, theirs):
    goal = a_goal()
    client.force_login(a_secretary())
    address = f"/maal/{goal.pk}/ret/"
    assert "Sundhedsaftale 2024-2027: 1. Færre" in client.get(address, ON).content.decode()
    sent = {
        "version": goal.version,
        "title": goal.title,
        "why": goal.why,
        "target": "60",
        "target_on": "2026-12-31",
        "agreement_goal": theirs.pk,
    }

    assert client.post(f"{address}?dato={DAY}", sent).status_code == 302

    goal.refresh_from_db()
    assert (goal.agreement_goal, goal.agreement) == (theirs, "Færre genindlæggelser")


def test_a_goal_of_another_agreement_that_has_ended_stays_where_it_was(client, theirs):
    goal = a_goal(agreement_goal=theirs)
    text_rules.end_goal(by=None, goal=theirs, last_day=date(2026, 1, 31))
    rules.change_goal(by=None, goal=goal, version=goal.version, changes={"title": "Nyt navn"})

    goal.refresh_from_db()
    assert goal.agreement_goal == theirs
    client.force_login(a_secretary())
    assert "Færre genindlæggelser" in client.get(f"/maal/{goal.pk}/ret/", ON).content.decode()
    assert "til 31. januar 2026" in client.get(f"/maal/{goal.pk}/", ON).content.decode()


def test_without_a_kept_agreement_the_goal_is_told_in_words(client):
    goal = a_goal()
    client.force_login(a_secretary())
    page = client.get(f"/maal/{goal.pk}/ret/", ON).content.decode()
    assert "Hører under sundhedsaftalens mål" in page
    assert 'name="agreement_goal"' not in page


def test_a_goal_of_the_agreement_is_ended_on_its_page(client, theirs):
    address = f"/aftaler/maal/{theirs.pk}/afslut/"
    assert client.get(address).status_code == 302
    client.force_login(a_member())
    assert client.get(address).status_code == 403
    client.force_login(a_secretary())
    assert address in client.get(f"/aftaler/{theirs.process_id}/").content.decode()
    refused = client.post(address, {"last_day": "2023-12-31"})
    assert "ikke slutte, før det begynder" in refused.content.decode()
    assert client.post(address, {"last_day": "2026-01-31"}).status_code == 302
    theirs.refresh_from_db()
    assert theirs.valid_to == date(2026, 1, 31)
