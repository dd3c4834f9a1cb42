"""Goals at a hand-over: what is open is found, goes over with its past, or ends with a reason."""

from __future__ import annotations

from datetime import date

import pytest

from klynge.web.bodies.tests.builders import a_body
from klynge.web.goals.elsewhere import OpenGoals
from klynge.web.goals.models import Goal
from klynge.web.goals.tests.builders import a_goal

pytestmark = pytest.mark.django_db
ON = date(2027, 1, 1)


def test_what_is_open_goes_over_and_is_open_there():
    goal, kind, to = a_goal(), OpenGoals(), a_body("sundhedsraad", "kronjylland")
    (matter,) = kind.open_matters([goal.body], ON)

    kind.carry_over(matter, to=to, on=ON, by=None, reason="Klyngen ophører.")

    assert kind.tally([goal.body], ON) == {}
    assert kind.tally([to], ON) == {"count": 1}


def test_a_closed_goal_is_open_no_longer_and_says_why():
    goal, kind = a_goal(), OpenGoals()
    (matter,) = kind.open_matters([goal.body], ON)
    kind.close(matter, on=ON, by=None, reason="Klyngen ophører.")

    goal.refresh_from_db()
    assert goal.state == Goal.State.DROPPED
    assert goal.assessments.get().text == "Klyngen ophører."
    assert list(kind.open_matters([goal.body], ON)) == []
