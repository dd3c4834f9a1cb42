"""Initiatives at a hand-over: what is open goes over with its plan, or ends with a reason."""

from __future__ import annotations

from datetime import date

import pytest

from klynge.web.bodies.models import Organisation
from klynge.web.bodies.tests.builders import a_body
from klynge.web.initiatives.elsewhere import OpenInitiatives
from klynge.web.initiatives.tests.builders import running

pytestmark = pytest.mark.django_db
ON = date(2027, 1, 1)


def test_what_is_open_goes_over_and_is_open_there():
    one, kind, to = running(), OpenInitiatives(), a_body("sundhedsraad", "kronjylland")
    (matter,) = kind.open_matters([one.body], ON)
    kind.carry_over(matter, to=to, on=ON, by=None, reason="Klyngen ophører.")

    assert kind.tally([one.body], ON) == {}
    assert kind.tally([to], ON) == {"count": 1}


def test_one_that_goes_home_is_stopped_with_who_has_it():
    one, kind = running(), OpenInitiatives()
    (matter,) = kind.open_matters([one.body], ON)
    party = Organisation.objects.create(kind="kommune", name="Prøvekommune")
    kind.send_home(matter, party=party, on=ON, by=None, reason="")

    one.refresh_from_db()
    assert one.state == "stopped"
    assert "Prøvekommune går videre" in one.steps.last().why
