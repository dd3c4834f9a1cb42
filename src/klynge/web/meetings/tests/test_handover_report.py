"""The closing report is for everybody, and tells nobody what they could not read before."""

from __future__ import annotations

from datetime import date

import pytest

from klynge.web.accounts.models import Role
from klynge.web.accounts.tests.builders import a_member, a_secretary, a_user
from klynge.web.bodies import handover_rules
from klynge.web.bodies.closing import closing
from klynge.web.bodies.models import Handover
from klynge.web.decisions import rules as decisions
from klynge.web.decisions.rules import New
from klynge.web.meetings import rules
from klynge.web.meetings.tests.builders import MARKER, a_closed_item, a_level, an_item
from klynge.web.meetings.tests.minutes_builders import a_held_meeting

pytestmark = pytest.mark.django_db


def _handed_over() -> Handover:
    """A draft, a wish and a closed item wait; the minutes of a decision are not approved."""
    body = a_level()
    an_item(title=f"{MARKER} udkast")
    rules.propose_item(by=a_user(Role.Name.CASE_OFFICER), body=body, title=f"{MARKER} ønske")
    a_closed_item()
    meeting = a_held_meeting("Akutte genindlæggelser", body=body)
    new = New(item=meeting.items.get(), text=f"{MARKER} besluttet")
    decisions.take_from_minutes(by=None, meeting=meeting, decisions=[new])
    done = handover_rules.carry_out(by=None, closing=closing(["rm-randers"], [], date(2027, 1, 1)))
    assert done is not None
    return done


def test_what_is_not_out_is_told_only_to_those_who_hand_over(client):
    done = _handed_over()
    addresses = (f"/overdragelse/{done.pk}/", f"/overdragelse/{done.pk}/rapport.csv")

    client.force_login(a_member())
    for address in addresses:
        told = client.get(address).content.decode()
        assert MARKER not in told, address
        assert told.count("Ikke sendt ud") == 4, address
        assert "Lukket punkt om en kontrakt" not in told, address

    client.force_login(a_secretary())
    for address in addresses:
        told = client.get(address).content.decode()
        for words in ("udkast", "ønske", "besluttet"):
            assert f"{MARKER} {words}" in told, address
