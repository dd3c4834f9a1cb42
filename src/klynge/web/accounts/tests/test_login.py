"""Logging in and out, and the page about oneself."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from klynge.web.accounts.demo import PASSWORD as DEMO_PASSWORD
from klynge.web.accounts.demo import PEOPLE
from klynge.web.accounts.models import User
from klynge.web.accounts.tests.builders import PASSWORD, a_secretary, a_user

pytestmark = pytest.mark.django_db
LOGIN = "/konto/log-ind/"


def test_a_stranger_sees_the_login_page(client):
    assert client.get(LOGIN).status_code == 200


def test_the_right_password_lets_one_in(client):
    user = a_user()

    response = client.post(LOGIN, {"username": user.username, "password": PASSWORD})

    assert response.headers["Location"] == "/"


def test_one_comes_to_the_page_one_wanted(client):
    user = a_user()

    response = client.post(
        LOGIN, {"username": user.username, "password": PASSWORD, "next": "/kommuner/"}
    )

    assert response.headers["Location"] == "/kommuner/"


def test_one_is_never_sent_to_another_site(client):
    user = a_user()

    response = client.post(
        LOGIN, {"username": user.username, "password": PASSWORD, "next": "https://example.org/"}
    )

    assert response.headers["Location"] == "/"


def test_the_reason_is_shown_when_the_password_is_wrong(client):
    user = a_user()

    response = client.post(LOGIN, {"username": user.username, "password": "forkert"})

    assert "Brugernavn og adgangskode passer ikke sammen." in response.content.decode()


def test_a_wrong_password_and_an_unknown_user_get_the_same_answer(client):
    user = a_user(username="findes")

    known = client.post(LOGIN, {"username": user.username, "password": "forkert"})
    unknown = client.post(LOGIN, {"username": "ukendt", "password": "forkert"})

    assert known.context["form"].errors == unknown.context["form"].errors


def test_logging_out_needs_a_post(client):
    client.force_login(a_secretary())

    assert client.get("/konto/log-ud/").status_code == 405


def test_logging_out_ends_the_session(client):
    client.force_login(a_secretary())

    client.post("/konto/log-ud/")

    assert client.get("/").status_code == 302


def test_my_page_shows_my_roles(client):
    client.force_login(a_user("analyst", name="Rikke Regnskab"))

    page = client.get("/konto/").content.decode()

    assert "Rikke Regnskab" in page
    assert "<dd>Analytiker</dd>" in page


def test_a_stranger_is_sent_to_login_from_my_page(client):
    assert client.get("/konto/").headers["Location"] == "/konto/log-ind/?next=/konto/"


def test_the_demo_users_can_log_in(client, settings):
    settings.KLYNGE_DEMO = True
    call_command("create_demo_users", stdout=StringIO())

    assert all(client.login(username=who, password=DEMO_PASSWORD) for who, *_rest in PEOPLE)


def test_making_the_demo_users_twice_changes_nothing(settings):
    settings.KLYNGE_DEMO = True

    for _time in range(2):
        call_command("create_demo_users", stdout=StringIO())

    assert User.objects.count() == len(PEOPLE)


def test_demo_users_are_refused_outside_a_demo():
    with pytest.raises(CommandError):
        call_command("create_demo_users", stdout=StringIO())

    assert not User.objects.exists()


def test_the_login_page_shows_demo_users_in_a_demo_alone(client, settings):
    assert DEMO_PASSWORD not in client.get(LOGIN).content.decode()

    settings.KLYNGE_DEMO = True
    assert DEMO_PASSWORD in client.get(LOGIN).content.decode()
