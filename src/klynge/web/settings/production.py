"""A real installation: TLS, hashed and compressed static files, nothing without a stated secret."""

from __future__ import annotations

import os

from klynge.web.settings import environment
from klynge.web.settings.base import *  # noqa: F403

SECRET_KEY = environment.secret_key(required=True)
ALLOWED_HOSTS = environment.hosts()
KLYNGE_SECOND_STEP = environment.second_step(default="everybody")

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

_https = os.environ.get("KLYNGE_HTTPS", "yes") != "no"
SECURE_SSL_REDIRECT = _https
SESSION_COOKIE_SECURE = _https
CSRF_COOKIE_SECURE = _https
LANGUAGE_COOKIE_SECURE = _https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if _https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _https
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
# Being in the browsers' preload list binds the whole domain, which is not ours to decide.
SILENCED_SYSTEM_CHECKS += ["security.W021"]  # noqa: F405
