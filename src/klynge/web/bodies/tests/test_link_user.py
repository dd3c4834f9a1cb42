"""Which log-in is a person's own: who may say so, and what is refused."""

from __future__ import annotations

import re
from html import unescape

import pytest

from klynge.web.accounts.tests.builders import a_member, a_secretary, an_administrator
from klynge.web.audit.models import Event
from klynge.web.bodies import rules
from klynge.web.bodies.tests.builders import a_person

pytestmark = pytest.mark.django_db


def _text(response) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", response.content.decode())))


def _address(person) -> str:
    return f"/person/{person.pk}/log-in/"


def test_a_log_in_is_linked_and_taken_away_again():
    person, user = a_person(), a_member()

    rules.link_user(by=None, person=person, user=user)
    assert user.person == person
    rules.link_user(by=None, person=person, user=None)

    person.refresh_from_db()
    assert person.user is None
    assert Event.objects.filter(what="log-in linked to person").count() == 2


def test_one_log_in_is_only_one_persons():
    user = a_member()
    rules.link_user(by=None, person=a_person(), user=user)
    other = a_person()

    with pytest.raises(rules.NotAllowed, match="allerede til en anden person"):
        rules.link_user(by=None, person=other, user=user)

    other.refresh_from_db()
    assert other.user is None


@pytest.mark.parametrize("who", [a_secretary, an_administrator])
def test_it_works(client, who):
    client.force_login(who())
    person, user = a_person(), a_member()

    page = client.get(f"/person/{person.pk}/")
    told = client.post(_address(person), {"user": user.pk}, follow=True)

    assert user.username in page.content.decode()
    assert "Log-in er gemt." in _text(told)
    person.refresh_from_db()
    assert person.user == user


def test_a_reader_may_not(client):
    reader, person = a_member(), a_person()
    client.force_login(reader)

    assert _address(person) not in client.get(f"/person/{person.pk}/").content.decode()
    assert client.post(_address(person), {"user": reader.pk}).status_code == 403
    with pytest.raises(rules.NotAllowed):
        rules.link_user(by=reader, person=person, user=reader)
    person.refresh_from_db()
    assert person.user is None


def test_a_stranger_is_sent_to_login(client):
    response = client.post(_address(a_person()), {})

    assert response.headers["Location"].startswith("/konto/log-ind/")


def test_the_reason_is_shown_on_the_page(client):
    client.force_login(a_secretary())
    user = a_member()
    rules.link_user(by=None, person=a_person(), user=user)

    told = client.post(_address(a_person()), {"user": user.pk})

    assert told.status_code == 422
    assert "hører allerede til en anden person" in _text(told)


def test_a_log_in_that_is_anothers_is_not_offered(client):
    client.force_login(a_secretary())
    user = a_member()
    rules.link_user(by=None, person=a_person(), user=user)

    assert f"{user.username})" not in client.get(f"/person/{a_person().pk}/").content.decode()
