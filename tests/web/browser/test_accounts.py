"""Users, passwords and codes: every page can be read and used by everybody."""

from __future__ import annotations

from django.urls import reverse
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from klynge.web.accounts import links, second_step
from klynge.web.accounts.tests.builders import PASSWORD, a_member, a_user
from tests.web.browser.conftest import NARROW, WIDE


def test_the_administrators_pages(reader):
    other = a_member()
    a_user("secretariat", "administrator", name="Et Meget Langt Navn Med Bindestreg-Efternavnsen")
    pages = [
        reverse("accounts:users"),
        reverse("accounts:users") + "?lukkede=1",
        reverse("accounts:new_user"),
        reverse("accounts:user", args=[other.pk]),
        reverse("accounts:other_password"),
        reverse("accounts:set_up"),
    ]

    assert reader().faults_of(pages) == []


def test_a_user_is_made_and_the_link_shown(reader):
    watched = reader(viewport=NARROW)
    page = watched.goto(reverse("accounts:new_user"))
    page.click("main button[type=submit]")
    page.wait_for_selector(".form-error-message")
    assert watched.violations() == []
    page.fill("[name=name]", "Ny Opfundet")
    page.fill("[name=username]", "ny.opfundet")
    page.click("label[for=rolle-member]")
    page.click("main button[type=submit]")
    page.wait_for_selector("#link")

    assert watched.faults() == []


def test_a_password_is_chosen(stranger):
    user = a_member()
    watched = stranger(viewport=WIDE)
    page = watched.goto(links.to_choose_a_password(user, by=None))
    assert watched.faults() == []
    page.fill("[name=new_password1]", "1234")
    page.fill("[name=new_password2]", "1234")
    page.click("main button[type=submit]")
    page.wait_for_selector(".form-error-message")

    assert watched.violations() == []


def test_a_link_that_is_over(stranger):
    watched = stranger(viewport=WIDE)
    watched.goto("/konto/adgangskode/MQ/xxxxxx-00000000000000000000000000000000/")

    assert watched.violations() == []


def test_logging_in_with_a_code(stranger, settings):
    settings.KLYNGE_SECOND_STEP = "everybody"
    user = a_member()
    watched = stranger(viewport=NARROW)

    _first_step(watched, user)
    watched.page.wait_for_selector(".k-qr")
    assert watched.faults() == []
    watched.page.click("summary")
    device = TOTPDevice.objects.get(user=user)
    watched.page.fill("[name=code]", f"{totp(device.bin_key):06}")
    watched.page.click("main button[type=submit]")
    watched.page.wait_for_selector(".k-recovery")
    assert watched.faults() == []

    watched.page.context.clear_cookies()
    _first_step(watched, user)
    watched.page.wait_for_selector("#uden")
    assert watched.faults() == []
    watched.page.fill("[name=code]", "000000")
    watched.page.click("main button[type=submit]")
    watched.page.wait_for_selector(".form-error-message")
    assert watched.violations() == []
    assert second_step.has(user)


def _first_step(watched, user):
    page = watched.goto("/konto/log-ind/")
    page.fill("[name=username]", user.username)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
