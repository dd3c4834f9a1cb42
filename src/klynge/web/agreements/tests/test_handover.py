"""Agreements at a hand-over: what is open is found, goes over, ends, or goes home."""

from __future__ import annotations

from datetime import date

import pytest

from klynge.web.agreements.elsewhere import OpenAgreements
from klynge.web.agreements.tests.builders import an_agreement
from klynge.web.bodies.models import Organisation
from klynge.web.bodies.tests.builders import a_body

pytestmark = pytest.mark.django_db
ON = date(2026, 1, 1)


def test_what_is_open_goes_over_and_is_open_there():
    process, kind, to = an_agreement(), OpenAgreements(), a_body("sundhedsraad", "kronjylland")
    (matter,) = kind.open_matters([process.body], ON)
    assert "Næste skridt: Møde med patient" in matter.detail

    kind.carry_over(matter, to=to, on=ON, by=None, reason="")
    assert kind.tally([process.body], ON) == {}
    assert kind.tally([to], ON) == {"count": 1}


@pytest.mark.parametrize(("way", "state"), [("close", "ended"), ("home", "carried")])
def test_one_that_ends_says_why(way, state):
    process, kind = an_agreement(), OpenAgreements()
    (matter,) = kind.open_matters([process.body], ON)
    if way == "close":
        kind.close(matter, on=ON, by=None, reason="Udvalget ophører.")
    else:
        party = Organisation.objects.create(kind="region", name="Region Prøve")
        kind.send_home(matter, party=party, on=ON, by=None, reason="Udvalget ophører.")
    process.refresh_from_db()
    assert process.state == state
    assert "Udvalget ophører." in process.ended_because
    assert kind.tally([process.body], ON) == {}
