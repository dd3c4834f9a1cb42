"""What the operator may set in the environment, read in one place.

KLYNGE_HOME           folder for the database, the secret key and imported packs (default: ./var)
KLYNGE_DATABASE_URL   sqlite:///path or postgresql://user:password@host:port/name
KLYNGE_SECRET_KEY     required in production
KLYNGE_ALLOWED_HOSTS  host names with commas between; required in production
KLYNGE_STATIC_ROOT    where `collectstatic` puts files (default: KLYNGE_HOME/static)
KLYNGE_TODAY          a date (2024-09-15) the clock is set to; empty means today
KLYNGE_OUTLINES       a GeoJSON with municipality outlines that replaces the built-in drawing
KLYNGE_CONTACT        where users write when something does not work for them
KLYNGE_MAIL           smtp://user:password@host:port (smtps:// for TLS from the start) that sends
                      invitations; without it they are put in KLYNGE_HOME/mail, and nobody gets them
KLYNGE_MAIL_FROM      the address invitations are from
KLYNGE_SECOND_STEP    "everybody" logs in with a code from the telephone too, or it is "voluntary"
                      (default: everybody in production, else voluntary)
KLYNGE_HTTPS          "no" when TLS ends nowhere (a trial on a closed network); production only
"""

from __future__ import annotations

import os
import secrets
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def home() -> Path:
    """The folder everything changeable lives in."""
    return Path(os.environ.get("KLYNGE_HOME") or "var").resolve()


def database() -> dict[str, Any]:
    """Django's description of the database KLYNGE_DATABASE_URL names, SQLite by default.

    Raises ImproperlyConfigured for an address that is neither SQLite nor PostgreSQL.
    """
    address = os.environ.get("KLYNGE_DATABASE_URL") or f"sqlite:///{home() / 'klynge.sqlite3'}"
    parts = urlsplit(address)
    if parts.scheme == "sqlite":
        return _sqlite(unquote(parts.path.removeprefix("/")) or ":memory:")
    if parts.scheme in ("postgresql", "postgres"):
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    # The address may hold a password, so it is not repeated here.
    raise ImproperlyConfigured("KLYNGE_DATABASE_URL must start with sqlite:/// or postgresql://")


def secret_key(*, required: bool) -> str:
    """The key that signs sessions: from the environment, else one kept in KLYNGE_HOME."""
    key = os.environ.get("KLYNGE_SECRET_KEY", "")
    if key or required:
        return key or _missing("KLYNGE_SECRET_KEY")
    file = home() / "secret-key"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(50), encoding="ascii")
    return file.read_text(encoding="ascii").strip()


def hosts(*, default: list[str] | None = None) -> list[str]:
    """The host names the site answers to."""
    named = [name.strip() for name in os.environ.get("KLYNGE_ALLOWED_HOSTS", "").split(",")]
    return [name for name in named if name] or default or [_missing("KLYNGE_ALLOWED_HOSTS")]


def static_root() -> Path:
    """Where `collectstatic` gathers files for production."""
    return Path(os.environ.get("KLYNGE_STATIC_ROOT") or home() / "static")


def outlines() -> Path | None:
    """The operator's own GeoJSON of municipality outlines, if there is one."""
    return Path(name) if (name := os.environ.get("KLYNGE_OUTLINES", "")) else None


def contact() -> str:
    """The operator's address, shown in the accessibility statement."""
    return os.environ.get("KLYNGE_CONTACT", "").strip()


def mail() -> dict[str, Any]:
    """Django's settings for sending mail; into a folder when no server is named.

    Raises ImproperlyConfigured for an address that is not one of a mail server.
    """
    address = os.environ.get("KLYNGE_MAIL", "")
    sender = os.environ.get("KLYNGE_MAIL_FROM", "").strip() or "klynge@localhost"
    if not address:
        backend = "django.core.mail.backends.filebased.EmailBackend"
        kept = {"EMAIL_BACKEND": backend, "EMAIL_FILE_PATH": str(home() / "mail")}
        return {**kept, "DEFAULT_FROM_EMAIL": sender}
    parts = urlsplit(address)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        # The address may hold a password, so it is not repeated here.
        raise ImproperlyConfigured("KLYNGE_MAIL must start with smtp:// or smtps:// and a host")
    straight = parts.scheme == "smtps"
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if straight else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": straight,
        # A server on the machine itself often has no certificate.
        "EMAIL_USE_TLS": not straight and parts.hostname not in ("localhost", "127.0.0.1"),
        "DEFAULT_FROM_EMAIL": sender,
    }


def second_step(*, default: str) -> str:
    """Who must log in with a code too: "everybody", or those who want to ("voluntary").

    Raises ImproperlyConfigured for anything else.
    """
    chosen = os.environ.get("KLYNGE_SECOND_STEP", "").strip() or default
    if chosen not in ("everybody", "voluntary"):
        raise ImproperlyConfigured(
            f"KLYNGE_SECOND_STEP must be everybody or voluntary, not {chosen!r}"
        )
    return chosen


def day(name: str, default: str = "") -> date | None:
    """The date in variable `name`, None when it is empty."""
    text = os.environ.get(name, default)
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ImproperlyConfigured(
            f"{name} must be a date written as 2024-09-15, not {text!r}"
        ) from None


def _sqlite(name: str) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name,
        "OPTIONS": {
            # Writers wait for each other instead of failing, and readers do not wait at all.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }


def _missing(name: str) -> str:
    raise ImproperlyConfigured(f"{name} must be set in the environment (see settings/environment)")
