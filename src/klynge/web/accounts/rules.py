"""What may happen to users, and the predicates other rooms build their permissions of."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import rules
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from klynge.web.accounts.models import Role, User
from klynge.web.audit.rules import note


def _holds(*names: str) -> rules.Predicate:
    @rules.predicate(f"holds {' or '.join(names)}")
    def held(user: User) -> bool:
        return bool(user.is_active and user.is_authenticated and user.has_role(*names))

    return held


is_secretariat = _holds(Role.Name.SECRETARIAT)
is_member = _holds(Role.Name.MEMBER)
is_analyst = _holds(Role.Name.ANALYST)
is_case_officer = _holds(Role.Name.CASE_OFFICER)
is_administrator = _holds(Role.Name.ADMINISTRATOR)

rules.add_perm("accounts.manage_users", is_administrator)


@transaction.atomic
def create_user(
    *,
    by: User | None,
    username: str,
    password: str | None = None,
    name: str,
    organisation: str = "",
    roles: Iterable[str] = (),
) -> User:
    """A new user with `roles`. Without a password nobody can log in as them until they have chosen
    one by a link (`links.to_choose_a_password`).

    Raises ValidationError when the password is too weak or the name is taken.
    """
    user = User(username=User.normalize_username(username), name=name, organisation=organisation)
    if password is not None:
        validate_password(password, user)
    user.set_password(password)
    user.full_clean(exclude=["password"])
    user.save()
    note("user created", about=user, by=by)
    for role in roles:
        give_role(by=by, user=user, role=role)
    return user


@transaction.atomic
def describe_user(*, by: User, user: User, name: str, organisation: str) -> None:
    """Correct what a user is called and where they work."""
    if (user.name, user.organisation) == (name, organisation):
        return
    user.name, user.organisation = name, organisation
    user.full_clean(exclude=["password"])
    user.save(update_fields=["name", "organisation"])
    note("user described", about=user, by=by)


@transaction.atomic
def give_role(*, by: User | None, user: User, role: str) -> Role:
    """Let `user` hold `role`; nothing happens when they already do."""
    held, new = Role.objects.get_or_create(user=user, name=Role.Name(role))
    if new:
        note(f"role given: {held.name}", about=user, by=by)
    return held


@transaction.atomic
def take_role(*, by: User | None, user: User, role: str) -> None:
    """Take `role` from `user`; nothing happens when they do not hold it."""
    removed, _rows = Role.objects.filter(user=user, name=role).delete()
    if removed:
        note(f"role taken: {role}", about=user, by=by)


@transaction.atomic
def set_roles(*, by: User, user: User, roles: Collection[str]) -> None:
    """Let `user` hold `roles` and no others.

    Raises ValidationError when nobody would be left who can administer users.
    """
    if Role.Name.ADMINISTRATOR not in roles:
        _somebody_else_administers(user)
    for name in Role.Name.values:
        if name in roles:
            give_role(by=by, user=user, role=name)
        else:
            take_role(by=by, user=user, role=name)


@transaction.atomic
def close_user(*, by: User, user: User) -> None:
    """Let nobody log in as `user` any more, and end what is under way. What they did stays.

    Raises ValidationError when nobody would be left who can administer users.
    """
    _somebody_else_administers(user)
    if user.is_active:
        user.is_active = False
        user.save(update_fields=["is_active"])
        note("user closed", about=user, by=by)


@transaction.atomic
def open_user(*, by: User | None, user: User) -> None:
    """Let a closed user log in again."""
    if not user.is_active:
        user.is_active = True
        user.save(update_fields=["is_active"])
        note("user opened", about=user, by=by)


def _somebody_else_administers(user: User) -> None:
    """Locked until the transaction ends, so that two who leave at once do not both leave."""
    administrators = User.objects.select_for_update().filter(
        is_active=True, roles__name=Role.Name.ADMINISTRATOR
    )
    others = [each for each in administrators if each.pk != user.pk]
    if not others and user.is_active and user.has_role(Role.Name.ADMINISTRATOR):
        raise ValidationError(
            _(
                "{name} er den eneste administrator. Giv en anden rollen først, ellers kan ingen"
                " oprette brugere."
            ).format(name=user)
        )
