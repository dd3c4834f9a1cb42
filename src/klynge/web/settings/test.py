"""For the tests: fast, in memory, and with nothing from the environment."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from klynge.web.settings.base import *  # noqa: F403

SECRET_KEY = "for tests only"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
HOME = Path(tempfile.gettempdir()) / "klynge-tests"
MEDIA_ROOT = HOME / "media"
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
AXES_ENABLED = False  # Django's test client logs in without a request, which axes refuses
KLYNGE_SECOND_STEP = "voluntary"
KLYNGE_TODAY = date(2024, 9, 15)
KLYNGE_OUTLINES = None
