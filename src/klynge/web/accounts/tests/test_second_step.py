"""The second step of logging in: codes from an app, recovery codes, and being made to have one."""

from __future__ import annotations

import re
from time import time

import pytest
from django.urls import reverse
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from klynge.web.accounts import second_step
from klynge.web.accounts.tests.builders import PASSWORD, a_secretary, a_user, an_administrator
from klynge.web.audit.models import Event

pytestmark = pytest.mark.django_db
LOGIN, CODE, SET_UP = "/konto/log-ind/", "/konto/log-ind/kode/", "/konto/andet-trin/"
WRONG = "Koden passer ikke"


def a_code(device: TOTPDevice, *, steps: int = 0) -> str:
    """What the app shows now, or so many half minutes from now."""
    device.refresh_from_db()
    shown = TOTP(device.bin_key, device.step, device.t0, device.digits)
    shown.time = time() + 30 * steps
    return f"{shown.token():06}"


@pytest.fixture
def user():
    """A user with an app, and its recovery codes."""
    made = a_secretary()
    made.codes = second_step.take_into_use(made, a_code(second_step.being_set_up(made)))
    made.app = TOTPDevice.objects.get(user=made)
    return made


def with_password(client, user, **more):
    return client.post(LOGIN, {"username": user.username, "password": PASSWORD, **more})


def is_in(client) -> bool:
    return client.get("/").status_code == 200


def test_a_password_alone_lets_nobody_in_who_has_an_app(client, user):
    answer = with_password(client, user)

    assert answer.headers["Location"] == CODE
    assert not is_in(client)


def test_the_right_code_lets_one_in_to_the_page_one_wanted(client, user):
    with_password(client, user, next="/kommuner/")

    answer = client.post(CODE, {"code": a_code(user.app, steps=1)})

    assert answer.headers["Location"] == "/kommuner/"
    assert is_in(client)


def test_the_first_step_is_over_when_the_second_is(client, user):
    with_password(client, user)
    client.post(CODE, {"code": a_code(user.app, steps=1)})

    assert client.get(CODE).headers["Location"] == LOGIN


def test_a_code_may_be_written_with_spaces(client, user):
    with_password(client, user)
    code = a_code(user.app, steps=1)

    client.post(CODE, {"code": f" {code[:3]} {code[3:]} "})

    assert is_in(client)


def test_the_same_code_is_not_taken_twice(client, user):
    code = a_code(user.app, steps=1)
    with_password(client, user)
    client.post(CODE, {"code": code})
    client.post("/konto/log-ud/")
    with_password(client, user)

    assert WRONG in client.post(CODE, {"code": code}).content.decode()
    assert not is_in(client)


@pytest.mark.parametrize("code", ["000000", "1", "abc", "²²²²²²", "", "9" * 20])
def test_a_wrong_code_lets_nobody_in(client, user, code):
    with_password(client, user)

    answer = client.post(CODE, {"code": code})

    assert answer.status_code == 200
    assert not is_in(client)


def test_after_a_wrong_code_the_next_must_wait(client, user):
    with_password(client, user)
    client.post(CODE, {"code": "000000"})

    client.post(CODE, {"code": a_code(user.app, steps=1)})

    assert not is_in(client)


def test_nobody_comes_to_the_code_without_a_password(client, user):
    assert client.get(CODE).headers["Location"] == LOGIN


def test_the_password_is_forgotten_after_ten_minutes(client, user, monkeypatch):
    with_password(client, user)
    late = time() + 60 * second_step.MINUTES + 1
    code = a_code(user.app, steps=1)
    monkeypatch.setattr(second_step, "time", lambda: late)

    assert client.post(CODE, {"code": code}).headers["Location"] == LOGIN
    assert not is_in(client)


def test_a_user_who_is_closed_between_the_steps_does_not_get_in(client, user):
    with_password(client, user)
    type(user).objects.filter(pk=user.pk).update(is_active=False)

    client.post(CODE, {"code": a_code(user.app, steps=1)})

    assert not is_in(client)


def test_a_recovery_code_lets_one_in_once(client, user):
    with_password(client, user)
    client.post(CODE, {"code": user.codes[0].upper()})
    assert is_in(client)

    client.post("/konto/log-ud/")
    with_password(client, user)
    client.post(CODE, {"code": user.codes[0]})
    assert not is_in(client)


def test_the_use_of_a_recovery_code_is_noted(client, user):
    with_password(client, user)
    client.post(CODE, {"code": user.codes[0]})

    assert Event.objects.about(user).filter(what="recovery code used").exists()


def test_the_code_of_somebody_else_is_not_taken(client, user):
    other = a_secretary()
    second_step.take_into_use(other, a_code(second_step.being_set_up(other)))
    with_password(client, user)

    client.post(CODE, {"code": a_code(TOTPDevice.objects.get(user=other), steps=1)})

    assert not is_in(client)


def test_where_everybody_must_one_is_led_to_set_up(client, settings):
    settings.KLYNGE_SECOND_STEP = "everybody"

    assert with_password(client, a_user()).headers["Location"] == SET_UP
    assert not is_in(client)


def test_setting_up_lets_one_in_and_shows_recovery_codes_once(client, settings):
    settings.KLYNGE_SECOND_STEP = "everybody"
    who = a_secretary()
    with_password(client, who)
    page = client.get(SET_UP).content.decode()
    device = TOTPDevice.objects.get(user=who)
    assert second_step.secret_of(device) in page

    told = client.post(SET_UP, {"code": a_code(device)}).content.decode()

    assert len(re.findall(r"<code>[a-z2-7]{8}</code>", told)) == second_step.RECOVERY_CODES
    assert is_in(client)


def test_a_wrong_code_sets_nothing_up(client, settings):
    settings.KLYNGE_SECOND_STEP = "everybody"
    who = a_secretary()
    with_password(client, who)
    client.get(SET_UP)

    assert WRONG in client.post(SET_UP, {"code": "000000"}).content.decode()
    assert not second_step.has(who)
    assert not is_in(client)


def test_a_password_alone_cannot_replace_the_app(client, user):
    with_password(client, user)

    assert client.get(SET_UP).headers["Location"] == CODE
    assert TOTPDevice.objects.filter(user=user).count() == 1


def test_one_may_take_a_new_telephone_into_use(client, user):
    client.force_login(user)
    client.get(SET_UP)
    new = TOTPDevice.objects.get(user=user, confirmed=False)

    client.post(SET_UP, {"code": a_code(new), "password": PASSWORD})

    assert list(TOTPDevice.objects.filter(user=user)) == [new]
    assert not second_step.accepts(user, user.codes[0])


@pytest.mark.parametrize(
    ("password", "told"), [("", "Skriv din adgangskode."), ("forkert", "Adgangskoden passer ikke.")]
)
def test_an_open_session_alone_cannot_replace_the_app(client, user, password, told):
    client.force_login(user)
    client.get(SET_UP)
    new = TOTPDevice.objects.get(user=user, confirmed=False)

    page = client.post(SET_UP, {"code": a_code(new), "password": password}).content.decode()

    assert told in page
    assert list(TOTPDevice.objects.filter(user=user, confirmed=True)) == [user.app]


def test_guessing_the_password_there_is_an_attempt_to_log_in(client, user, settings):
    settings.AXES_ENABLED = True
    client.force_login(user)
    for _each in range(10):
        answer = client.post(SET_UP, {"code": "000000", "password": "forkert"})

    assert answer.status_code == 429


def test_who_has_no_password_is_not_asked_for_one(client, user):
    user.set_unusable_password()
    user.save()
    client.force_login(user)
    client.get(SET_UP)
    new = TOTPDevice.objects.get(user=user, confirmed=False)

    client.post(SET_UP, {"code": a_code(new)})

    assert list(TOTPDevice.objects.filter(user=user)) == [new]


def test_the_page_may_be_looked_at_without_losing_the_old_telephone(client, user):
    client.force_login(user)
    client.get(SET_UP)

    assert second_step.accepts(user, a_code(user.app, steps=1))


def test_an_administrator_takes_away_a_lost_telephone(client, user):
    client.force_login(an_administrator())

    client.post(reverse("accounts:reset_second_step", args=[user.pk]))

    assert not second_step.has(user)
    assert not second_step.accepts(user, user.codes[0])
    assert Event.objects.about(user).filter(what="second step taken away").exists()
