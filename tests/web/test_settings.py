"""What the operator sets in the environment."""

from __future__ import annotations

import inspect
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from klynge.web.settings import environment

ROOT = Path(__file__).parents[2]


def test_the_database_is_sqlite_in_the_home_by_default(monkeypatch, tmp_path):
    monkeypatch.delenv("KLYNGE_DATABASE_URL", raising=False)
    monkeypatch.setenv("KLYNGE_HOME", str(tmp_path))

    assert environment.database()["NAME"] == str(tmp_path / "klynge.sqlite3")


def test_a_postgresql_address_is_read_with_its_password(monkeypatch):
    monkeypatch.setenv("KLYNGE_DATABASE_URL", "postgresql://kl:p%40ss@db.example.org:5433/klynge")

    found = environment.database()

    assert found["ENGINE"] == "django.db.backends.postgresql"
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"], found["NAME"]) == (
        "kl",
        "p@ss",
        "db.example.org",
        "5433",
        "klynge",
    )


def test_another_database_is_refused_without_repeating_its_password(monkeypatch):
    monkeypatch.setenv("KLYNGE_DATABASE_URL", "mysql://kl:hemmelig@db/klynge")

    with pytest.raises(ImproperlyConfigured) as refusal:
        environment.database()

    assert "hemmelig" not in str(refusal.value)


def test_the_secret_key_is_made_once_and_kept_to_oneself(monkeypatch, tmp_path):
    monkeypatch.delenv("KLYNGE_SECRET_KEY", raising=False)
    monkeypatch.setenv("KLYNGE_HOME", str(tmp_path / "new"))

    first, second = (environment.secret_key(required=False) for _time in range(2))

    assert first == second
    assert len(first) >= 50
    assert (tmp_path / "new/secret-key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("name", ["KLYNGE_SECRET_KEY", "KLYNGE_ALLOWED_HOSTS"])
def test_production_does_not_start_without(name, monkeypatch):
    monkeypatch.delenv(name, raising=False)

    with pytest.raises(ImproperlyConfigured, match=name):
        environment.secret_key(required=True) if "SECRET" in name else environment.hosts()


def test_a_clock_that_is_no_date_is_refused(monkeypatch):
    monkeypatch.setenv("KLYNGE_TODAY", "i morgen")

    with pytest.raises(ImproperlyConfigured, match="2024-09-15"):
        environment.day("KLYNGE_TODAY")


def test_the_demos_clock_stands_where_klynger_are_at_work(monkeypatch):
    monkeypatch.delenv("KLYNGE_TODAY", raising=False)

    assert environment.day("KLYNGE_TODAY", default="2024-09-15") == date(2024, 9, 15)


def test_djangos_deployment_check_has_nothing_to_say(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"],
        env={
            **{name: value for name, value in os.environ.items() if name in ("PATH", "PYTHONPATH")},
            "DJANGO_SETTINGS_MODULE": "klynge.web.settings.production",
            "KLYNGE_SECRET_KEY": "k" * 20 + "0123456789abcdefghijklmnopqrstuvwxyz-ABCDEFG",
            "KLYNGE_ALLOWED_HOSTS": "klynge.example.org",
            "KLYNGE_HOME": str(tmp_path),
        },
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stderr


@pytest.mark.django_db
def test_the_migrations_say_what_the_models_say():
    from django.core.management import call_command

    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_setting_is_documented():
    read = set(re.findall(r"KLYNGE_[A-Z_]+", inspect.getsource(environment)))
    page = (ROOT / "docs/reference/settings.md").read_text(encoding="utf-8")

    assert read == set(re.findall(r"^\| `(KLYNGE_[A-Z_]+)`", page, flags=re.MULTILINE))


def test_mail_is_kept_in_a_folder_until_a_server_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv("KLYNGE_HOME", str(tmp_path))
    monkeypatch.delenv("KLYNGE_MAIL", raising=False)

    assert environment.mail()["EMAIL_FILE_PATH"] == str(tmp_path / "mail")


def test_a_mail_server_is_read_and_a_wrong_one_refused_without_its_password(monkeypatch):
    monkeypatch.setenv("KLYNGE_MAIL", "smtps://kl:p%40ss@mail.example.org")
    found = environment.mail()
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"], found["EMAIL_HOST_PASSWORD"]) == (
        "mail.example.org",
        465,
        "p@ss",
    )
    assert found["EMAIL_USE_SSL"]
    assert not found["EMAIL_USE_TLS"]

    monkeypatch.setenv("KLYNGE_MAIL", "kl:secret@mail.example.org")
    with pytest.raises(ImproperlyConfigured) as refused:
        environment.mail()
    assert "secret" not in str(refused.value)
