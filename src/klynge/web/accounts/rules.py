"""What may happen to users, and the predicates other rooms build their permissions of."""

from __future__ import annotations

from collections.abc import Iterable

import rules
from django.contrib.auth.password_validation import validate_password
from django.db import transaction

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
    password: str,
    name: str,
    organisation: str = "",
    roles: Iterable[str] = (),
) -> User:
    """A new user with `roles`. Raises ValidationError when the password is too weak."""
    validate_password(password, User(username=username, name=name))
    user = User.objects.create_user(username, password, name=name, organisation=organisation)
    note("user created", about=user, by=by)
    for role in roles:
        give_role(by=by, user=user, role=role)
    return user


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
