"""The administrator's pages of users, and the links by which they choose passwords."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.urls import reverse

from klynge.web.accounts import links, rules
from klynge.web.accounts.models import User
from klynge.web.accounts.tests.builders import (
    PASSWORD,
    a_member,
    a_secretary,
    a_user,
    an_administrator,
)
from klynge.web.audit.models import Event

pytestmark = pytest.mark.django_db
NEW = {
    "name": "Ny Opfundet",
    "username": "ny.opfundet",
    "organisation": "Prøvekommune",
    "roles": ["member", "case_officer"],
}
CHOSEN = "En lang sætning om is 7"


@pytest.fixture
def administrator(client):
    client.user = an_administrator()
    client.force_login(client.user)
    return client


def pages(user):
    return [
        reverse("accounts:users"),
        reverse("accounts:new_user"),
        reverse("accounts:user", args=[user.pk]),
    ]


def buttons(user):
    names = ("user_roles", "close_user", "reopen_user", "user_link", "reset_second_step")
    return [reverse(f"accounts:{name}", args=[user.pk]) for name in names]


def link_in(answer) -> str:
    return re.search(r"http://testserver(/konto/adgangskode/[^<\s]+)", answer.content.decode())[1]


def choose(client, link, password=CHOSEN):
    """Follow a link and choose a password, as a browser would."""
    form = client.get(link, follow=True)
    where = form.redirect_chain[-1][0] if form.redirect_chain else link
    return client.post(where, {"new_password1": password, "new_password2": password})


def test_it_works(administrator):
    for address in pages(a_member()):
        assert administrator.get(address).status_code == 200, address


def test_only_an_administrator_may(client):
    other = a_member()
    client.force_login(a_secretary())

    for address in pages(other):
        assert client.get(address).status_code == 403, address
    for address in buttons(other):
        assert client.post(address).status_code == 403, address
    assert client.post(reverse("accounts:new_user"), NEW).status_code == 403
    assert not User.objects.filter(username=NEW["username"]).exists()


def test_a_stranger_is_sent_to_login(client):
    for address in pages(a_member()):
        assert client.get(address).status_code == 302, address


def test_only_an_administrator_sees_users_in_the_menu(client):
    for user, is_there in ((an_administrator(), True), (a_secretary(), False)):
        client.force_login(user)
        menu = client.get("/konto/").content.decode()
        assert (f'href="{reverse("accounts:users")}"' in menu) is is_there


def test_a_new_user_chooses_a_password_by_the_link_and_logs_in(administrator, client):
    answer = administrator.post(reverse("accounts:new_user"), NEW)
    link = link_in(answer)
    administrator.logout()

    assert choose(client, link).headers["Location"] == reverse("accounts:login")

    assert client.login(username=NEW["username"], password=CHOSEN)
    user = User.objects.get(username=NEW["username"])
    assert {role.name for role in user.roles.all()} == set(NEW["roles"])


def test_the_link_is_not_kept_by_a_browser(administrator):
    answer = administrator.post(reverse("accounts:new_user"), NEW)

    assert "no-store" in answer.headers["Cache-Control"]


def test_nobody_gets_in_before_a_password_is_chosen(administrator, client):
    administrator.post(reverse("accounts:new_user"), NEW)
    administrator.logout()

    assert not client.login(username=NEW["username"], password="")


def test_a_link_is_for_one_time(administrator, client):
    link = link_in(administrator.post(reverse("accounts:new_user"), NEW))
    choose(client, link)

    assert "Linket gælder ikke mere" in client.get(link, follow=True).content.decode()


@pytest.mark.parametrize(("hours", "works"), [(71, True), (73, False)])
def test_a_link_works_for_three_days(client, monkeypatch, hours, works):
    link = links.to_choose_a_password(a_member(), by=None)
    later = datetime.now() + timedelta(hours=hours)
    monkeypatch.setattr(default_token_generator, "_now", lambda: later)

    page = client.get(link, follow=True).content.decode()

    assert ("Linket gælder ikke mere" not in page) is works


def test_a_link_of_somebody_else_does_not_fit(client):
    one, other = a_member(), a_member()
    mine, theirs = (links.to_choose_a_password(user, by=None) for user in (one, other))
    mixed = mine.replace(mine.split("/")[4], theirs.split("/")[4])

    assert "Linket gælder ikke mere" in client.get(mixed, follow=True).content.decode()


def test_a_link_of_a_closed_user_does_not_work(client):
    user = a_member()
    link = links.to_choose_a_password(user, by=None)
    rules.close_user(by=an_administrator(), user=user)

    assert "Linket gælder ikke mere" in client.get(link, follow=True).content.decode()


def test_a_weak_password_is_told_and_not_taken(client):
    user = a_member()
    answer = choose(client, links.to_choose_a_password(user, by=None), password="1234")

    assert answer.status_code == 200
    assert answer.context["form"].errors
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_a_new_password_ends_other_sessions(client, administrator):
    user = a_member()
    theirs = type(client)()
    theirs.force_login(user)

    choose(client, links.to_choose_a_password(user, by=None))

    assert theirs.get("/").status_code == 302


def test_one_changes_ones_own_password(client):
    user = a_member()
    client.force_login(user)

    client.post(
        reverse("accounts:other_password"),
        {"old_password": PASSWORD, "new_password1": CHOSEN, "new_password2": CHOSEN},
    )

    user.refresh_from_db()
    assert user.check_password(CHOSEN)
    assert client.get("/").status_code == 200
    assert Event.objects.about(user).filter(what="password changed").exists()


def test_a_name_that_is_taken_is_told(administrator):
    a_user(username=NEW["username"])

    answer = administrator.post(reverse("accounts:new_user"), NEW)

    assert "Der er allerede en bruger med det brugernavn." in answer.content.decode()


def test_a_user_without_a_role_is_not_made(administrator):
    answer = administrator.post(reverse("accounts:new_user"), {**NEW, "roles": []})

    assert "Vælg mindst én rolle." in answer.content.decode()
    assert not User.objects.filter(username=NEW["username"]).exists()


def test_roles_are_changed_at_once(administrator, client):
    user = a_member()
    administrator.post(reverse("accounts:user_roles", args=[user.pk]), {"roles": ["secretariat"]})

    assert {role.name for role in user.roles.all()} == {"secretariat"}


def test_an_unknown_role_is_refused_on_the_page(administrator):
    user = a_member()
    address = reverse("accounts:user_roles", args=[user.pk])

    answer = administrator.post(address, {"roles": ["emperor"]})

    assert answer.status_code == 409
    assert {role.name for role in user.roles.all()} == {"member"}


def test_a_closed_user_is_out_at_once(administrator):
    user = a_member()
    theirs = type(administrator)()
    theirs.force_login(user)

    administrator.post(reverse("accounts:close_user", args=[user.pk]))

    assert theirs.get("/").status_code == 302
    assert not theirs.login(username=user.username, password=PASSWORD)


def test_a_closed_user_can_be_opened_again(administrator, client):
    user = a_member()
    for button in ("close_user", "reopen_user"):
        administrator.post(reverse(f"accounts:{button}", args=[user.pk]))

    assert User.objects.get(pk=user.pk).is_active


@pytest.mark.parametrize("button", ["user_roles", "close_user"])
def test_the_last_administrator_stays(administrator, button):
    me = administrator.user

    answer = administrator.post(reverse(f"accounts:{button}", args=[me.pk]), {"roles": ["member"]})

    assert answer.status_code == 409
    assert "den eneste administrator" in answer.content.decode()
    assert User.objects.get(pk=me.pk).has_role("administrator")


def test_one_of_two_administrators_may_go(administrator):
    other = an_administrator()

    rules.close_user(by=administrator.user, user=other)

    assert not User.objects.get(pk=other.pk).is_active


def test_a_closed_administrator_does_not_count(administrator):
    rules.close_user(by=administrator.user, user=an_administrator())

    with pytest.raises(ValidationError):
        rules.close_user(by=None, user=administrator.user)


def test_a_name_is_corrected_and_noted(administrator):
    user = a_member()

    administrator.post(
        reverse("accounts:user", args=[user.pk]), {"name": "Rettet Navn", "organisation": ""}
    )

    user.refresh_from_db()
    assert user.name == "Rettet Navn"
    assert Event.objects.about(user).filter(what="user described").exists()


def test_an_empty_name_changes_nothing(administrator):
    user = a_member()

    administrator.post(reverse("accounts:user", args=[user.pk]), {"name": "", "organisation": "x"})

    user.refresh_from_db()
    assert (user.name, user.organisation) == ("Prøve Person", "Prøvekommune")


def test_users_are_searched_by_name_organisation_and_user_name(administrator):
    a_user(name="Karen Opdigtet", username="k.opdigtet")
    a_user(name="Svend Påfund")

    for wanted in ("karen", "k.opdig"):
        page = administrator.get(reverse("accounts:users"), {"q": wanted}).content.decode()
        assert "Karen Opdigtet" in page
        assert "Svend Påfund" not in page


def test_closed_users_are_a_list_of_their_own(administrator):
    user = a_user(name="Stoppet Person")
    rules.close_user(by=administrator.user, user=user)

    assert "Stoppet Person" not in administrator.get(reverse("accounts:users")).content.decode()
    closed = administrator.get(reverse("accounts:users"), {"lukkede": "1"}).content.decode()
    assert "Stoppet Person" in closed


def test_the_list_asks_no_more_for_each_user(administrator, django_assert_max_num_queries):
    for _each in range(12):
        a_user("member")

    with django_assert_max_num_queries(7):
        administrator.get(reverse("accounts:users"))


def test_the_first_administrator_is_made_by_a_command(client):
    out = StringIO()
    call_command("create_administrator", "asta", "--name", "Asta Påfund", stdout=out)

    choose(client, out.getvalue().strip())

    assert client.login(username="asta", password=CHOSEN)
    assert User.objects.get(username="asta").has_role("administrator")


def test_the_command_lets_a_closed_administrator_in_again(client):
    user = a_member()
    User.objects.filter(pk=user.pk).update(is_active=False)

    call_command("create_administrator", user.username, stdout=StringIO())

    again = User.objects.get(pk=user.pk)
    assert again.is_active
    assert again.has_role("administrator")


@pytest.mark.parametrize("words", [("ukendt",), ("to ord", "--name", "To Ord")])
def test_the_command_says_what_is_missing(words):
    with pytest.raises(CommandError):
        call_command("create_administrator", *words, stdout=StringIO())

    assert not User.objects.exists()
