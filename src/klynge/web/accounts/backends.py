"""Who somebody is, by password. What they may do is said by rules alone, never by the database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest
from django.utils.crypto import salted_hmac


class PasswordBackend(ModelBackend):
    """Logs in with a password. Gives no permissions: looking for them would cost every page two
    questions whose answer is always none."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        return False

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        return set()


def name_in_disguise(request: HttpRequest, credentials: Mapping[str, Any] | None) -> str:
    """What stands for a user name where failed attempts are counted: a keyed digest of it."""
    name = (credentials or request.POST).get("username") or ""
    return salted_hmac("klynge.accounts.attempts", str(name).casefold()).hexdigest()


def no_address(request: HttpRequest) -> None:
    """Where somebody writes from is not asked: behind a proxy it is the proxy's, and else it would
    be one more thing to keep about a person."""
