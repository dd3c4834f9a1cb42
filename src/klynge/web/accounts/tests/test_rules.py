"""Users and roles: made through rules, noted, and asked about through predicates."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from klynge.web.accounts import rules
from klynge.web.accounts.models import Role, User
from klynge.web.accounts.tests.builders import (
    PASSWORD,
    a_member,
    a_secretary,
    a_user,
    an_administrator,
)
from klynge.web.audit.models import Event

pytestmark = pytest.mark.django_db


def test_a_new_user_has_the_roles_given():
    assert a_user("analyst", "member").has_role("member")


def test_a_new_user_is_noted():
    user = a_user()

    assert Event.objects.about(user).filter(what="user created").exists()


def test_a_weak_password_makes_no_user():
    with pytest.raises(ValidationError):
        rules.create_user(by=None, username="ny", password="1234", name="Ny")

    assert not User.objects.filter(username="ny").exists()


def test_a_password_is_not_kept_in_clear():
    user = a_user()

    assert PASSWORD not in user.password
    assert user.check_password(PASSWORD)


def test_an_unknown_role_is_refused():
    with pytest.raises(ValueError, match="emperor"):
        rules.give_role(by=None, user=a_user(), role="emperor")


def test_a_role_taken_is_no_longer_held():
    user = a_secretary()

    rules.take_role(by=None, user=user, role=Role.Name.SECRETARIAT)

    assert not User.objects.get(pk=user.pk).has_role("secretariat")


def test_taking_a_role_nobody_held_is_not_noted():
    user = a_member()

    rules.take_role(by=None, user=user, role=Role.Name.ANALYST)

    assert not Event.objects.filter(what="role taken: analyst").exists()


def test_the_database_refuses_the_same_role_twice():
    user = a_member()

    with pytest.raises(IntegrityError), transaction.atomic():
        Role.objects.create(user=user, name="member")


def test_the_database_refuses_an_unknown_role():
    user = a_user()

    with pytest.raises(IntegrityError), transaction.atomic():
        Role.objects.create(user=user, name="emperor")


@pytest.mark.parametrize(
    ("predicate", "role"),
    [
        (rules.is_secretariat, "secretariat"),
        (rules.is_member, "member"),
        (rules.is_analyst, "analyst"),
        (rules.is_case_officer, "case_officer"),
        (rules.is_administrator, "administrator"),
    ],
)
def test_each_predicate_holds_for_its_role_alone(predicate, role):
    others = [name for name in Role.Name.values if name != role]

    assert predicate(a_user(role))
    assert not predicate(a_user(*others))


def test_a_closed_user_holds_no_role():
    user = an_administrator()
    user.is_active = False

    assert not rules.is_administrator(user)


def test_only_an_administrator_may_manage_users():
    assert an_administrator().has_perm("accounts.manage_users")
    assert not a_secretary().has_perm("accounts.manage_users")
