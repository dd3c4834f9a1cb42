"""The tests once more, on PostgreSQL: see tools/with_postgres.py."""

from __future__ import annotations

import os

from klynge.web.settings.test import *  # noqa: F403

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "postgres",
        "USER": "postgres",
        "HOST": os.environ.get("KLYNGE_TEST_POSTGRES", ""),
    }
}
