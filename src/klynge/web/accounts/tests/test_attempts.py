"""Too many wrong passwords for one name, and it rests."""

from __future__ import annotations

import pytest
from axes.models import AccessAttempt

from klynge.web.accounts.tests.builders import PASSWORD, a_user

pytestmark = pytest.mark.django_db
LOGIN = "/konto/log-ind/"


@pytest.fixture(autouse=True)
def limited(settings):
    settings.AXES_ENABLED = True


def tried(client, name, times, password="forkert"):
    for _each in range(times):
        answer = client.post(LOGIN, {"username": name, "password": password})
    return answer


def test_nine_wrong_passwords_and_then_the_right_one_let_one_in(client):
    user = a_user()
    tried(client, user.username, 9)

    assert tried(client, user.username, 1, PASSWORD).headers["Location"] == "/"


def test_after_ten_not_even_the_right_one_does(client):
    user = a_user()
    assert tried(client, user.username, 10).status_code == 429

    answer = tried(client, user.username, 1, PASSWORD)

    assert answer.status_code == 429
    assert "Vent 15 minutter" in answer.content.decode()
    assert client.get("/").status_code == 302


def test_another_browser_does_not_help(client):
    user = a_user()
    for agent in ("en", "to", "tre", "fire", "fem"):
        client.defaults["HTTP_USER_AGENT"] = agent
        tried(client, user.username, 2)

    assert tried(client, user.username, 1, PASSWORD).status_code == 429


def test_writing_the_name_with_capitals_does_not_help(client):
    user = a_user(username="kaj.opfundet")
    tried(client, "KAJ.Opfundet", 10)

    assert tried(client, user.username, 1, PASSWORD).status_code == 429


def test_others_are_not_locked_out(client):
    tried(client, a_user().username, 10)

    assert tried(client, a_user().username, 1, PASSWORD).headers["Location"] == "/"


def test_a_name_that_nobody_has_gets_the_same_answer(client):
    assert tried(client, "ingen", 10).status_code == 429


def test_a_log_in_that_goes_well_starts_the_count_again(client):
    user = a_user()
    for _each in range(2):
        tried(client, user.username, 9)
        assert tried(client, user.username, 1, PASSWORD).status_code == 302
        client.logout()


def test_neither_name_password_nor_address_is_kept(client):
    tried(client, "min hemmelige adgangskode", 1, "også hemmelig")

    kept = [str(value) for row in AccessAttempt.objects.values_list() for value in row]
    assert kept
    assert not [each for each in kept if "hemmelig" in each or "127.0.0.1" in each]
