"""A register of many decisions is read in as few questions to the database as a short one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from klynge.web.accounts.models import Role
from klynge.web.accounts.tests.builders import a_secretary, a_user
from klynge.web.bodies import rules as bodies
from klynge.web.decisions import rules
from klynge.web.decisions.models import TreatedAtHome
from klynge.web.meetings.tests.builders import a_level

pytestmark = pytest.mark.django_db
FIRST = date(2023, 1, 3)


def _decisions(number: int, start: int = 0) -> None:
    body = a_level()
    person = body.memberships.first().person
    home = bodies.organisation(kind="kommune", name="Randers Kommune")
    for each in range(start, start + number):
        made = rules.bring_in(
            by=None, body=body, text=f"Beslutning {each}", decided_on=FIRST + timedelta(days=each),
            origin="Skriftligt", responsible=person, deadline=date(2024, 1, 1),
        )  # fmt: skip
        if each % 5 == 0:
            TreatedAtHome.objects.create(decision=made, organisation=home)


def _asked(client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize("address", ["/beslutninger/", "/beslutninger/hjemme/"])
@pytest.mark.parametrize("who", ["secretary", "member"])
def test_the_register(client, who, address):
    body = a_level()
    if who == "secretary":
        user = a_secretary()
    else:
        user = a_user(Role.Name.MEMBER)
        bodies.link_user(by=None, person=body.memberships.first().person, user=user)
    client.force_login(user)
    _decisions(6)
    client.get(address)
    few = _asked(client, address)

    _decisions(30, start=6)

    assert _asked(client, address) <= few + 3
