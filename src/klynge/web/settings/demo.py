"""A trial on one's own machine: invented people, the clock set back, no TLS, no collectstatic."""

from __future__ import annotations

from klynge.web.settings import environment
from klynge.web.settings.base import *  # noqa: F403

SECRET_KEY = environment.secret_key(required=False)
ALLOWED_HOSTS = environment.hosts(default=["localhost", "127.0.0.1", "[::1]"])

# Clusters were at work on this day: between their start in 2022 and the reform of 2024.
KLYNGE_TODAY = environment.day("KLYNGE_TODAY", default="2024-09-15")
KLYNGE_DEMO = True

STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
