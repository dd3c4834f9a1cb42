"""Who somebody is, by password. What they may do is said by rules alone, never by the database."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend


class PasswordBackend(ModelBackend):
    """Logs in with a password. Gives no permissions: looking for them would cost every page two
    questions whose answer is always none."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        return False

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        return set()
