"""Any page can be seen as on a date."""

from __future__ import annotations

from datetime import date

import pytest

from klynge.web.accounts.tests.builders import a_secretary
from klynge.web.site import dates

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client):
    client.force_login(a_secretary())
    return client


def seen_on(response) -> date:
    return response.context["on"]


def test_without_a_choice_it_is_today(reader):
    assert seen_on(reader.get("/")) == date(2024, 9, 15)


def test_the_clock_is_the_real_one_when_it_is_not_set(reader, settings):
    settings.KLYNGE_TODAY = None

    assert seen_on(reader.get("/")) == dates.today()


def test_a_date_in_the_address_is_the_one_shown(reader):
    assert seen_on(reader.get("/?dato=2027-01-01")) == date(2027, 1, 1)


def test_the_date_is_kept_on_the_next_page(reader):
    reader.get("/?dato=2027-01-01")

    assert seen_on(reader.get("/kommuner/")) == date(2027, 1, 1)


def test_an_empty_date_goes_back_to_today(reader):
    reader.get("/?dato=2027-01-01")
    reader.get("/?dato=")

    assert seen_on(reader.get("/kommuner/")) == date(2024, 9, 15)


def test_choosing_today_forgets_the_other_date(reader):
    reader.get("/?dato=2027-01-01")
    reader.get("/?dato=2024-09-15")

    assert dates.SESSION_KEY not in reader.session


def test_two_readers_do_not_share_a_date(reader, django_user_model):
    other = type(reader)()
    other.force_login(a_secretary())
    reader.get("/?dato=2027-01-01")

    assert seen_on(other.get("/")) == date(2024, 9, 15)


@pytest.mark.parametrize("text", ["i går", "2024-13-01", "1.1.2027", "2006-12-31", "2100-01-01"])
def test_a_date_that_cannot_be_used_is_said_so(reader, text):
    page = reader.get("/", {"dato": text})

    assert "Datoen kunne ikke bruges." in page.content.decode()


def test_a_date_that_cannot_be_used_leaves_the_last_one(reader):
    reader.get("/?dato=2027-01-01")

    assert seen_on(reader.get("/?dato=hovsa")) == date(2027, 1, 1)


def test_a_banner_says_that_it_is_another_day(reader):
    assert "Du ser alle sider som på" in reader.get("/?dato=2027-01-01").content.decode()


def test_no_banner_on_the_day_itself(reader):
    assert "Du ser alle sider som på" not in reader.get("/").content.decode()


def test_the_demo_says_that_its_clock_is_set(reader, settings):
    settings.KLYNGE_DEMO = True

    assert "Demoens ur står på 15. september 2024" in reader.get("/").content.decode()


def test_the_chooser_keeps_what_else_is_in_the_address(reader):
    page = reader.get("/soeg/?q=randers").content.decode()

    assert '<input type="hidden" name="q" value="randers">' in page


def test_every_page_has_the_chooser(reader):
    for address in ("/", "/klynger/", "/kommuner/", "/klynge/rm-randers/", "/konto/", "/soeg/"):
        assert 'name="dato"' in reader.get(address).content.decode(), address


def test_without_middleware_it_is_today(rf):
    assert dates.on(rf.get("/")) == date(2024, 9, 15)
