"""Invented users for the tests of every room: `a_secretary()`, `a_member()` ..."""

from __future__ import annotations

from itertools import count

from klynge.web.accounts import rules
from klynge.web.accounts.models import Role, User

PASSWORD = "Kun til en afprøvning 7"
_numbers = count(1)


def a_user(*roles: str, name: str = "Prøve Person", username: str = "") -> User:
    """A user with `roles` and the password PASSWORD."""
    return rules.create_user(
        by=None,
        username=username or f"bruger{next(_numbers)}",
        password=PASSWORD,
        name=name,
        organisation="Prøvekommune",
        roles=roles,
    )


def a_secretary() -> User:
    return a_user(Role.Name.SECRETARIAT)


def a_member() -> User:
    return a_user(Role.Name.MEMBER)


def an_analyst() -> User:
    return a_user(Role.Name.ANALYST)


def a_case_officer() -> User:
    return a_user(Role.Name.CASE_OFFICER)


def an_administrator() -> User:
    return a_user(Role.Name.ADMINISTRATOR)
