"""Which fields of this room are about a person. A test fails on a field that is not here."""

from __future__ import annotations

PERSONAL = {
    "User": {
        "id": True,
        "username": True,
        "name": True,
        "organisation": True,
        "password": True,
        "last_login": True,
        "is_active": True,
        "is_superuser": True,
        "created_at": True,
        "groups": False,
        "user_permissions": False,
    },
    "Role": {"id": False, "user": True, "name": True, "since": True},
}
